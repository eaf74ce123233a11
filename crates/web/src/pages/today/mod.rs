//! Today: what the person on shift has to know and do, the most urgent first.

mod coming;
mod tasks;
pub mod view;

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::get;

use clinic::gate::HoldReason;
use clinic::outbox::OutboundState;
use desk::{ActError, Health, TriedAgain};
use kernel::{Arg, Timestamp, format};
use store::Tx;
use store::conversations::Listed as Waits;
use store::outbound::HeldUp;
use store::visits::Listed as Stands;

use super::inbox::files::preview_in;
use super::inbox::list;
use crate::delays;
use crate::fault::Fault;
use crate::people::People;
use crate::responder::shown;
use crate::session::{Piece, SignedIn};
use crate::site::Site;
use crate::telling::{Telling, days_after};
use crate::{Chip, Place, Tone};
use view::{Delayed, Remedy, Today, TodayPage, TodayPiece, Waiting};

/// As many of each as somebody can look through.
const LINES: u32 = 40;
/// A message that failed longer ago is no news.
const HELD_UP_SINCE: Duration = Duration::from_hours(3 * 24);

pub fn routes() -> Router<Site> {
    Router::new().route("/today", get(open))
}

pub async fn open(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    let read = Read::of(&site, &me).await?;
    let page = me.page(&site, Place::Today, "today-title").await?;
    let today = read.today(&me);
    match me.asks_for {
        Piece::Page => shown(&TodayPage { page, today }),
        Piece::Fragment => shown(&TodayPiece { page, today }),
    }
}

/// The day as it was read.
struct Read {
    tasks: Vec<tasks::Known>,
    waiting: Vec<Waits>,
    visits: Vec<Stands>,
    /// The next working day.
    next: kernel::Date,
    unsure: Vec<coming::Asked>,
    restored: Vec<HeldUp>,
    held_up: Vec<HeldUp>,
    people: People,
    health: Health,
    tried_again: Vec<TriedAgain>,
}

impl Read {
    async fn of(site: &Site, me: &SignedIn) -> Result<Self, Fault> {
        let (clinic, reader) = (me.clinic.clone(), me.member.id);
        let (locale, desk) = (me.locale(), site.desk().clone());
        let read = move |tx: &mut Tx<'_>, now: Timestamp| {
            let today = now.date(&clinic.zone);
            let start = |day: kernel::Date| clinic.zone.start_of(day);
            let next = (1..15).map(|days| days_after(today, days)).find(|day| !clinic.open_on(*day).is_empty());
            let next = next.unwrap_or_else(|| days_after(today, 1));
            let visits = store::visits::day(tx, clinic.id, start(today), start(days_after(today, 1)))?;
            Ok::<_, ActError>(Self {
                tasks: tasks::read(tx, &clinic, reader, LINES)?,
                waiting: store::conversations::list_waiting(tx, clinic.id, LINES)?,
                visits,
                next,
                unsure: coming::unsure(tx, clinic.id, (start(next), start(days_after(next, 1))))?,
                restored: store::outbound::restored(tx, clinic.id, LINES)?,
                held_up: store::outbound::held_up(tx, clinic.id, now - HELD_UP_SINCE, LINES)?,
                people: People::read(tx, locale)?,
                health: desk.health(tx, now)?,
                tried_again: desk::tried_again(tx, now)?,
            })
        };
        Ok(site.desk().look(read).await?)
    }

    fn today(self, me: &SignedIn) -> Today {
        let telling = me.telling();
        let day = me.now.date(telling.zone);
        let unsure_day =
            if self.next == days_after(day, 1) { telling.words.say("today-tomorrow") } else { format::date_long(self.next, me.locale()) };
        Today {
            day: format::date_long(day, me.locale()),
            delays: delays::concerns(me, &self.health, &self.tried_again),
            summary: summary(&telling, &self.visits),
            tasks: tasks::shown(me, &self.people, self.tasks),
            waiting: self.waiting.into_iter().map(|row| waits(me, &self.people, row)).collect(),
            coming: coming::shown(&telling, &self.people, &self.visits),
            unsure: self.unsure.iter().map(|asked| asked.shown(&telling, &self.people)).collect(),
            unsure_day,
            restored: self.restored.into_iter().map(|held| delayed(&telling, held)).collect(),
            outbox: self.held_up.into_iter().map(|held| delayed(&telling, held)).collect(),
        }
    }
}

fn summary(telling: &Telling<'_>, visits: &[Stands]) -> String {
    let many = |fits: fn(&Stands) -> bool| u32::try_from(visits.iter().filter(|listed| fits(listed)).count()).unwrap_or(u32::MAX);
    let expected = many(|listed| listed.visit.state.takes_time());
    let confirmed = many(|listed| listed.visit.state.takes_time() && listed.visit.confirmed().is_some());
    telling.words.with("today-summary", &[("visits", Arg::from(expected)), ("confirmed", Arg::from(confirmed))])
}

fn waits(me: &SignedIn, people: &People, row: Waits) -> Waiting {
    let (name, initials) = list::called(me, &row.conversation, &row.given, &row.family);
    let clock =
        list::chip(me, &row.conversation, row.channel).unwrap_or_else(|| Chip::new(Tone::Wait, me.words().say("inbox-state-waiting")));
    Waiting {
        conversation: row.conversation.id,
        name,
        initials,
        for_whom: list::for_whom(me, &row),
        channel: row.channel.map(|channel| me.telling().channel(channel)).unwrap_or_default(),
        preview: preview_in(me.words(), row.preview),
        clock,
        holder: list::holder(&row.conversation).map(|id| people.name(id)).unwrap_or_default(),
    }
}

fn delayed(telling: &Telling<'_>, HeldUp { message, given, family }: HeldUp) -> Delayed {
    let words = telling.words;
    let (state, remedy) = match &message.state {
        OutboundState::Held { reason: HoldReason::Restored, .. } => {
            let decided = telling.at(message.created_at);
            (Chip::new(Tone::Wait, words.with("today-restored-of", &[("at", decided.into())])), Remedy::LookAfter)
        }
        OutboundState::Held { until, .. } => {
            (Chip::new(Tone::Calm, words.with("today-outbox-held", &[("until", telling.at(*until).into())])), Remedy::Release)
        }
        OutboundState::Uncertain { .. } => (Chip::new(Tone::Wait, words.say("today-outbox-doubt")), Remedy::Resolve),
        OutboundState::Planned
        | OutboundState::Suppressed { .. }
        | OutboundState::Queued { .. }
        | OutboundState::Sending { .. }
        | OutboundState::Accepted { .. }
        | OutboundState::Delivered { .. }
        | OutboundState::Read { .. }
        | OutboundState::Failed { .. } => (Chip::new(Tone::Bad, words.say("today-outbox-failed")), Remedy::Read),
    };
    Delayed {
        message: message.id,
        conversation: message.conversation,
        name: telling.name(&given, &family),
        preview: message.content.text.chars().take(120).collect(),
        state,
        why: telling.why(&message.why).map(|(sentence, _)| sentence).unwrap_or_default(),
        remedy,
    }
}
