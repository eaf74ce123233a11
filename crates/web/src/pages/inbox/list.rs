//! The left column: who waits, since when, and who holds whom.

use std::collections::HashMap;

use clinic::actors::Channel;
use clinic::conversations::{Conversation, ConversationState, Counterpart, PromiseState, Urgency};
use clinic::staff::StaffMember;
use desk::ActError;
use kernel::{ConversationId, PersonName, StaffId, Timestamp};
use store::Tx;
use store::conversations::{self, Listed};

use super::view::{List, ListRow, Tab, TabLine, WaitingClock};
use crate::fault::Fault;
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

/// Whom the names in a page belong to.
pub struct People(pub HashMap<StaffId, String>);

impl People {
    pub fn read(tx: &mut Tx<'_>, locale: kernel::Locale) -> Result<Self, ActError> {
        let name = |member: StaffMember| (member.id, member.name.full(locale));
        Ok(Self(store::staff::all(tx)?.into_iter().map(name).collect()))
    }

    pub fn name(&self, id: StaffId) -> String {
        self.0.get(&id).cloned().unwrap_or_default()
    }
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
        for_whom: String::new(),
        preview: row.preview,
        chip: chip(me, &row.conversation),
        holder: holder(&row.conversation).filter(|holder| *holder != me.member.id).map(|id| people.name(id)).unwrap_or_default(),
    }
}

/// Somebody unknown is called as they call themselves, or by their address.
pub fn called(me: &SignedIn, conversation: &Conversation, given: &str, family: &str) -> (String, String) {
    match &conversation.with {
        Counterpart::Patient(_) => {
            let name = PersonName::new(given, family).ok();
            let full = name.as_ref().map(|name| name.full(me.locale())).unwrap_or_default();
            (full, name.map(|name| name.initials()).unwrap_or_default())
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
pub fn chip(me: &SignedIn, conversation: &Conversation) -> Option<Chip> {
    if let Some(clock) = clock(me, conversation) {
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

pub fn clock(me: &SignedIn, conversation: &Conversation) -> Option<WaitingClock> {
    if let Some((_, Urgency::Emergency)) = conversation.waiting_since() {
        return Some(WaitingClock::Emergency);
    }
    let channel = match &conversation.with {
        Counterpart::Unknown { address, .. } => Channel::of(address.scheme()),
        // the promise of the messengers: most patients write there
        Counterpart::Patient(_) => Channel::Telegram,
    };
    let promise = conversation.promise(channel, &me.open_days(), me.now)?;
    let minutes = |from: Timestamp, until: Timestamp| i64::try_from(until.since(from).as_secs() / 60).unwrap_or(0);
    Some(match promise.state {
        PromiseState::OnTime => WaitingClock::Left(minutes(me.now, promise.due_at)),
        PromiseState::HalfGone => WaitingClock::Soon(minutes(me.now, promise.due_at)),
        PromiseState::Late => WaitingClock::Over(minutes(promise.due_at, me.now)),
    })
}

impl SignedIn {
    /// Speaks their language, by the clock of their clinic.
    pub fn telling(&self) -> Telling<'_> {
        Telling { words: self.words(), zone: &self.clinic.zone, now: self.now }
    }
}
