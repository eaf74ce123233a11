//! Fetching messages for a clinic without a public address.

use std::collections::HashMap;
use std::sync::Arc;
use std::time::Duration;

use kernel::AccountId;
use tokio::task::JoinHandle;

use channels::{Arrival, Event, Fetched, PollTrouble, Trouble};
use clinic::actors::{Actor, Origin};
use store::accounts::{Account, AccountState};

use super::AFTER_TROUBLE;
use crate::health::POLLING;
use crate::receive::{receive, settings_of};
use crate::wire::Wire;
use crate::{Act, ActError, Desk};

/// How often the list of accounts is looked at for new ones.
const LOOK_AGAIN: Duration = Duration::from_secs(5);
/// Longer than a provider lets a poll wait.
const LEASE: Duration = Duration::from_secs(90);
/// After a trouble that a person must mend.
const BROKEN_REST: Duration = Duration::from_mins(1);

/// Ends with whoever keeps it.
struct Poller(JoinHandle<()>);

impl Drop for Poller {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Keeps one poller for each account that is polled.
pub(super) async fn run(desk: Desk, wire: Arc<dyn Wire>) {
    let mut pollers: HashMap<AccountId, Poller> = HashMap::new();
    loop {
        match desk.look(|tx, _| Ok(store::accounts::all(tx)?)).await {
            Ok(accounts) => {
                desk.went_round(POLLING);
                let polled: Vec<AccountId> = accounts.iter().filter(|account| is_polled(account)).map(|account| account.id).collect();
                pollers.retain(|id, poller| polled.contains(id) && !poller.0.is_finished());
                for id in polled {
                    let (desk, wire) = (desk.clone(), Arc::clone(&wire));
                    pollers.entry(id).or_insert_with(|| Poller(tokio::spawn(poll_account(desk, wire, id))));
                }
            }
            Err(error) => tracing::error!(%error, "accounts cannot be read"),
        }
        tokio::time::sleep(LOOK_AGAIN).await;
    }
}

/// An account on a channel that is polled and was given no public address to be called at.
fn is_polled(account: &Account) -> bool {
    account.state == AccountState::On
        && account.reached == store::accounts::Reached::ByPolling
        && channels::connector(account.channel).is_some_and(|connector| connector.card().arriving.by_polling())
}

async fn poll_account(desk: Desk, wire: Arc<dyn Wire>, id: AccountId) {
    loop {
        if !desk.pulse().clock_is_right() {
            tokio::time::sleep(AFTER_TROUBLE).await;
            continue;
        }
        match poll_once(&desk, wire.as_ref(), id).await {
            Ok(None) => {}
            Ok(Some(rest)) => tokio::time::sleep(rest).await,
            Err(error) => {
                tracing::error!(account = %id, %error, "messages cannot be fetched");
                tokio::time::sleep(AFTER_TROUBLE).await;
            }
        }
    }
}

/// Fetches once and keeps what came before the place to go on from, if no other node does. Says how long to rest where the
/// provider asks for it.
/// Idempotent: what was fetched but not acknowledged comes again and is known by its repeat key.
pub async fn poll_once(desk: &Desk, wire: &dyn Wire, id: AccountId) -> Result<Option<Duration>, ActError> {
    let account = desk.look(move |tx, _| Ok(store::accounts::find(tx, id)?)).await?.ok_or_else(ActError::not_found)?;
    let (Some(connector), Some(settings)) = (channels::connector(account.channel), settings_of(&account)) else {
        return Ok(Some(BROKEN_REST));
    };
    let Some(letter) = connector.poll(&settings, account.cursor.as_deref()) else { return Ok(Some(BROKEN_REST)) };
    if !is_ours(desk, id).await? {
        return Ok(Some(LOOK_AGAIN));
    }
    let answer = wire.carry(&letter).await;
    let fetched = Fetched { cursor: account.cursor.as_deref(), answer: &answer, received_at: desk.now() };
    match connector.read_poll(&settings, &fetched) {
        Ok(polled) => {
            let courtesies: Vec<_> = polled.arrivals.iter().flat_map(|arrival| connector.after(&settings, arrival)).collect();
            let on_a_line = connector.keeps_a_line(&settings);
            let (words, others): (Vec<Arrival>, Vec<Arrival>) =
                polled.arrivals.into_iter().partition(|arrival| on_a_line && matches!(arrival.event, Event::Message { .. }));
            receive(desk, id, account.channel, others).await?;
            if polled.cursor.is_some() || account.trouble.is_some() || !words.is_empty() {
                goes_on(desk, &account, (words, polled.cursor)).await?;
            }
            for courtesy in courtesies {
                wire.carry(&courtesy).await;
            }
            Ok(Some(connector.rests(&settings)).filter(|rest| !rest.is_zero()))
        }
        Err(PollTrouble::Later { after, why: Trouble::TooFast }) => Ok(Some(after)),
        Err(trouble) => {
            let rest = match &trouble {
                PollTrouble::Later { after, .. } => *after,
                PollTrouble::AccountBroken { .. } | PollTrouble::WebhookActive => BROKEN_REST,
            };
            let key = Trouble::from(trouble).key();
            if account.trouble.is_none_or(|known| known.key != key) {
                let told = move |act: &mut Act<'_, '_>| Ok(store::accounts::set_trouble(act.tx, id, key, act.now)?);
                desk.act(Actor::Program, Origin::Program, told).await?;
            }
            Ok(Some(rest))
        }
    }
}

/// Of several nodes one fetches: providers give each message to whoever asks first, and call two who ask a fault.
async fn is_ours(desk: &Desk, id: AccountId) -> Result<bool, ActError> {
    let node = desk.node().to_owned();
    let taken = move |act: &mut Act<'_, '_>| Ok(store::accounts::take_polling(act.tx, id, &node, (act.now, act.now + LEASE))?);
    desk.act(Actor::Program, Origin::Program, taken).await
}

/// The account works, and polling goes on from there. Whoever was held up for longer than its lease moves nothing back.
///
/// `words` came over a line that gives them no name. That they were heard is known by the place alone, so both are kept together:
/// what a dead program had heard in part would else be heard again.
async fn goes_on(desk: &Desk, account: &Account, (words, cursor): (Vec<Arrival>, Option<String>)) -> Result<(), ActError> {
    let (id, channel, node) = (account.id, account.channel, desk.node().to_owned());
    desk.act(Actor::Program, Origin::Channel(channel), move |act| {
        let still_ours = store::accounts::take_polling(act.tx, id, &node, (act.now, act.now + LEASE))?;
        for arrival in words.iter().filter(|_| still_ours) {
            act.arrives(id, channel, arrival)?;
        }
        if let Some(cursor) = cursor.as_ref().filter(|_| still_ours) {
            store::accounts::set_cursor(act.tx, id, cursor)?;
        }
        // that of sending ends with a message that is taken
        if !store::breakers::all(act.tx)?.contains_key(&id) {
            store::accounts::end_trouble(act.tx, id)?;
        }
        Ok(())
    })
    .await
}
