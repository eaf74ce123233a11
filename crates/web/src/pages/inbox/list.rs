//! The left column: who waits, since when, and who holds whom.

use clinic::actors::Channel;
use clinic::conversations::{Conversation, ConversationState, Counterpart, PromiseState, Urgency};
use kernel::{Arg, ConversationId, PersonName, Scheme, StaffId, Timestamp};
use store::Tx;
use store::conversations::{self, Listed};

use super::files::preview_in;
use super::view::{List, ListRow, Tab, TabLine, WaitingClock};
use crate::clock::Clock;
use crate::fault::Fault;
use crate::people::People;
use crate::query::Filled;
use crate::session::SignedIn;
use crate::site::Site;
use crate::telling::Telling;
use crate::{Chip, Tone};

const ROWS: u32 = 50;

/// What the address asks for.
#[derive(Clone, Copy)]
pub struct Wanted {
    pub tab: Tab,
    pub open: Option<ConversationId>,
    /// Older than that.
    pub before: Timestamp,
}

impl Wanted {
    pub fn of(asked: &Filled, open: Option<ConversationId>) -> Result<Self, Fault> {
        let tab = asked.some("tab").map_or(Some(Tab::Waiting), Tab::named).ok_or_else(Fault::malformed)?;
        let before = asked.maybe_given("before")?.map_or(Timestamp::from_millis(i64::MAX), Timestamp::from_millis);
        Ok(Self { tab, open, before })
    }
}

pub async fn list(site: &Site, me: &SignedIn, wanted: Wanted) -> Result<List, Fault> {
    let (clinic, mine, locale) = (me.clinic.id, me.member.id, me.locale());
    let read = move |tx: &mut Tx<'_>, _| {
        let rows = match wanted.tab {
            Tab::Waiting => conversations::list_waiting(tx, clinic, ROWS)?,
            Tab::Mine => conversations::list_in_state(tx, clinic, "assigned", wanted.before, ROWS)?,
            Tab::Bot => conversations::list_in_state(tx, clinic, "bot", wanted.before, ROWS)?,
            Tab::All => conversations::list(tx, clinic, wanted.before, ROWS)?,
            Tab::Snoozed => conversations::list_in_state(tx, clinic, "snoozed", wanted.before, ROWS)?,
            Tab::Closed => conversations::list_in_state(tx, clinic, "closed", wanted.before, ROWS)?,
        };
        Ok((rows, conversations::counts(tx, clinic)?, conversations::held_by(tx, mine)?, People::read(tx, locale)?))
    };
    let (rows, counts, held, people) = site.desk().look(read).await?;
    let is_full = rows.len() == ROWS as usize && wanted.tab != Tab::Waiting;
    let older = rows
        .last()
        .filter(|_| is_full)
        .map(|last| format!("/inbox?tab={}&before={}", wanted.tab.name(), last.conversation.last_message_at.as_millis()));
    let rows = rows.into_iter().filter(|row| wanted.tab != Tab::Mine || holder(&row.conversation) == Some(mine));
    let rows = rows.map(|row| shown(me, &people, row)).collect();
    Ok(List { tab: wanted.tab, tabs: tabs(me, &counts, held), rows, open: wanted.open, older })
}

fn tabs(me: &SignedIn, counts: &[(String, u32)], held: u32) -> Vec<TabLine> {
    let count = |state: &str| counts.iter().find(|(known, _)| known == state).map_or(0, |(_, many)| *many);
    let many = |tab: Tab| match tab {
        Tab::Waiting => count("waiting"),
        Tab::Mine => held,
        Tab::Snoozed => count("snoozed"),
        Tab::Bot | Tab::All | Tab::Closed => 0,
    };
    let number = |many: u32| if many == 0 { String::new() } else { kernel::format::number(i64::from(many), me.locale()) };
    Tab::ALL.into_iter().map(|tab| TabLine { tab, count: number(many(tab)) }).collect()
}

fn shown(me: &SignedIn, people: &People, row: Listed) -> ListRow {
    let (name, initials) = called(me, &row.conversation, &row.given, &row.family);
    ListRow {
        conversation: row.conversation.id,
        name,
        initials,
        for_whom: for_whom(me, &row),
        chip: chip(me, &row.conversation, row.channel),
        preview: preview_in(me.words(), row.preview),
        holder: holder(&row.conversation).filter(|holder| *holder != me.member.id).map(|id| people.name(id)).unwrap_or_default(),
    }
}

/// 'for Mira', where a guardian was written to about her.
pub fn for_whom(me: &SignedIn, row: &Listed) -> String {
    let Some((given, family)) = &row.ward else { return String::new() };
    let name = PersonName::new(given, family).map(|name| name.given().to_owned()).unwrap_or_default();
    me.words().with("inbox-for", &[("patient", Arg::from(name))])
}

/// Somebody unknown is called as they call themselves, or by their address.
pub fn called(me: &SignedIn, conversation: &Conversation, given: &str, family: &str) -> (String, String) {
    match &conversation.with {
        Counterpart::Patient(_) => {
            let name = PersonName::new(given, family).ok();
            let full = name.as_ref().map(|name| name.full(me.locale())).unwrap_or_default();
            (full, name.map(|name| name.initials()).unwrap_or_default())
        }
        // the name that a browser has here says nothing to anybody
        Counterpart::Unknown { address, name } if name.is_empty() && address.scheme() == Scheme::Web => {
            (me.words().say("inbox-website-visitor"), "?".to_owned())
        }
        Counterpart::Unknown { address, name } if name.is_empty() => (address.rest().to_owned(), "?".to_owned()),
        Counterpart::Unknown { name, .. } => (name.clone(), "?".to_owned()),
    }
}

pub const fn holder(conversation: &Conversation) -> Option<StaffId> {
    match conversation.state {
        ConversationState::Assigned { to, .. } => Some(to),
        ConversationState::Bot
        | ConversationState::Waiting { .. }
        | ConversationState::Answered { .. }
        | ConversationState::Snoozed { .. }
        | ConversationState::Closed { .. } => None,
    }
}

/// The clock of the promise, or until when it is put aside.
pub fn chip(me: &SignedIn, conversation: &Conversation, channel: Option<Channel>) -> Option<Chip> {
    if let Some(clock) = clock(me, conversation, channel) {
        return Some(clock.chip(me.words()));
    }
    match conversation.state {
        ConversationState::Snoozed { until, .. } => Some(Chip::new(Tone::Calm, me.telling().at(until))),
        ConversationState::Bot
        | ConversationState::Waiting { .. }
        | ConversationState::Assigned { .. }
        | ConversationState::Answered { .. }
        | ConversationState::Closed { .. } => None,
    }
}

/// What was promised on the channel where they wrote.
pub fn clock(me: &SignedIn, conversation: &Conversation, channel: Option<Channel>) -> Option<WaitingClock> {
    if let Some((_, Urgency::Emergency)) = conversation.waiting_since() {
        return Some(WaitingClock::Emergency);
    }
    let channel = match (channel, &conversation.with) {
        (Some(channel), _) => channel,
        (None, Counterpart::Unknown { address, .. }) => Channel::of(address.scheme()),
        // nobody has written: the bot gave a question to the desk, and messengers are where it asks
        (None, Counterpart::Patient(_)) => Channel::Telegram,
    };
    let (telling, days) = (me.telling(), me.open_days());
    let promise = conversation.promise(channel, &days, me.now)?;
    Some(match promise.state {
        PromiseState::OnTime => WaitingClock::Left(Clock::Promise.left(&telling, &days, promise.due_at)),
        PromiseState::HalfGone => WaitingClock::Soon(Clock::Promise.left(&telling, &days, promise.due_at)),
        PromiseState::Late => WaitingClock::Over(Clock::Promise.late(&telling, &days, promise.due_at)),
    })
}

impl SignedIn {
    /// Speaks their language, by the clock of their clinic.
    pub fn telling(&self) -> Telling<'_> {
        Telling { words: self.words(), zone: &self.clinic.zone, now: self.now }
    }
}
