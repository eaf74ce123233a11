//! Fetching what came in by reference. The message is in the thread already, so nothing is lost where a provider is slow: it is
//! asked again, ever more rarely, and the thread says so meanwhile.

use std::time::Duration;

use futures_util::future::join_all;

use channels::Fetching;
use clinic::actors::{Actor, Origin};
use clinic::conversations::{MediaFile, Said};
use clinic::files::{FileState, WhyLost};
use store::files::{Due, SentWith};

use super::{NotKept, keep_file};
use crate::receive::settings_of;
use crate::wire::Wire;
use crate::{Act, ActError, Desk};

/// Fetched side by side.
const AT_ONCE: u32 = 6;
/// Nobody else asks for it meanwhile; whoever dies over it is replaced after that.
const LEASE: Duration = Duration::from_mins(5);
/// No provider needs more questions for one file.
const MOST_STEPS: usize = 8;
/// Before each new try. Providers keep a file for hours at least.
const PAUSES: [Duration; 7] = [
    Duration::from_secs(10),
    Duration::from_secs(30),
    Duration::from_mins(2),
    Duration::from_mins(10),
    Duration::from_hours(1),
    Duration::from_hours(3),
    Duration::from_hours(8),
];

/// One round: fetches what waits. Says how many it has looked after.
/// Idempotent by the message and the number of the file in it.
pub async fn fetch_files(desk: &Desk, wire: &dyn Wire) -> Result<usize, ActError> {
    if !desk.look(|tx, now| Ok(store::files::is_waiting(tx, now)?)).await? {
        return Ok(0);
    }
    let take = |act: &mut Act<'_, '_>| Ok(store::files::take_waiting(act.tx, act.now, act.now + LEASE, AT_ONCE)?);
    let due = desk.act(Actor::Program, Origin::Program, take).await?;
    let many = due.len();
    for done in join_all(due.into_iter().map(|due| fetch(desk, wire, due))).await {
        done?;
    }
    Ok(many)
}

async fn fetch(desk: &Desk, wire: &dyn Wire, due: Due) -> Result<(), ActError> {
    let Due { message, number, attempts } = due;
    let Some(sent) = desk.look(move |tx, _| Ok(store::files::sent_with(tx, message)?)).await? else { return Ok(()) };
    let found = match &sent.said {
        Said::Media { file: Some(file), .. } => load(desk, wire, &sent, file).await?,
        _ => Found::Lost(WhyLost::Gone),
    };
    let pause = PAUSES.get(attempts as usize - 1).copied();
    let name = if let Said::Media { file: Some(file), .. } = &sent.said { file.name.clone() } else { String::new() };
    let state = match (found, pause) {
        (Found::Here(bytes), _) => match keep_file(desk, &name, bytes).await {
            Ok(kept) => FileState::Kept(kept),
            Err(NotKept::Lost(why)) => FileState::Lost(why),
            Err(NotKept::Trouble(error)) => return Err(error),
        },
        (Found::Lost(why), _) => FileState::Lost(why),
        (Found::Later(after), Some(pause)) => FileState::Waiting { due_at: desk.now() + after.max(pause), attempts },
        (Found::Later(_), None) => FileState::Lost(WhyLost::OutOfReach),
    };
    let conversation = sent.conversation;
    let settle = move |act: &mut Act<'_, '_>| {
        if store::files::settle(act.tx, message, number, &state)? {
            act.tx.touch(format!("conversation:{conversation}"));
        }
        Ok(())
    };
    desk.act(Actor::Program, Origin::Program, settle).await
}

enum Found {
    Here(Vec<u8>),
    Lost(WhyLost),
    Later(Duration),
}

async fn load(desk: &Desk, wire: &dyn Wire, sent: &SentWith, file: &MediaFile) -> Result<Found, ActError> {
    let account = sent.account;
    let account = desk.look(move |tx, _| Ok(store::accounts::find(tx, account)?)).await?;
    let settings = account.as_ref().and_then(settings_of);
    // an account whose settings nobody can read may be mended
    let (Some(connector), Some(settings)) = (channels::connector(sent.channel), settings) else { return Ok(Found::Later(Duration::ZERO)) };
    let mut answers = Vec::new();
    while answers.len() < MOST_STEPS {
        match connector.fetch(&settings, file, &answers) {
            Fetching::Ask(letter) => answers.push(wire.carry(&letter).await),
            Fetching::Here(bytes) => return Ok(Found::Here(bytes)),
            Fetching::Lost(why) => return Ok(Found::Lost(why)),
            Fetching::Later(after) => return Ok(Found::Later(after)),
        }
    }
    Ok(Found::Lost(WhyLost::Gone))
}
