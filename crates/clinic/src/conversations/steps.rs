//! The steps of a conversation. Each takes it and gives the next one with what happened, or refuses.
//! A step that is already done gives it back with nothing happened.

use std::time::Duration;

use kernel::{ClinicId, ConversationId, MessageId, PatientId, Refusal, StaffId, Timestamp};

use super::{Conversation, ConversationState, Counterpart, Note, Topic, Urgency};
use crate::actors::Actor;
use crate::happenings::Happening;
use crate::staff::Right;

type Step = Result<(Conversation, Vec<Happening>), Refusal>;

const NOTE_CHARACTERS: u32 = 4_000;
const SNOOZED_WITHIN: Duration = Duration::from_hours(24 * 366);

/// Who takes care of what has come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Handling {
    /// A run understood it.
    ByBot,
    ForDesk(Urgency),
}

impl Conversation {
    /// Nothing has been said yet: the bot leads.
    pub const fn begin(id: ConversationId, clinic: ClinicId, with: Counterpart, now: Timestamp) -> Self {
        Self { id, clinic, with, state: ConversationState::Bot, last_message_at: now, version: 1 }
    }

    /// A message has come in.
    pub fn receive(self, handling: Handling, now: Timestamp) -> (Self, Vec<Happening>) {
        let (state, happened) = match handling {
            Handling::ByBot => (self.led_by_bot(), vec![]),
            Handling::ForDesk(urgency) => self.for_desk(urgency, now),
        };
        let last_message_at = self.last_message_at.max(now);
        (Self { last_message_at, ..self.becomes(state) }, happened)
    }

    /// Somebody unknown says how they are called. Who has said so before keeps that name.
    #[must_use]
    pub fn introduce(self, called: &str) -> Self {
        let Counterpart::Unknown { address, name } = &self.with else { return self };
        if !name.is_empty() || called.is_empty() {
            return self;
        }
        let with = Counterpart::Unknown { address: address.clone(), name: called.to_owned() };
        Self { with, version: self.version + 1, ..self }
    }

    /// The bot can no longer lead: whose turn it is changes, nothing is said.
    pub fn waits(self, urgency: Urgency, now: Timestamp) -> (Self, Vec<Happening>) {
        let (state, happened) = self.for_desk(urgency, now);
        if state == self.state { (self, vec![]) } else { (self.becomes(state), happened) }
    }

    /// A message of a playbook goes out. It never takes a conversation away from a person.
    #[must_use]
    pub fn bot_said(self, now: Timestamp) -> Self {
        let last_message_at = self.last_message_at.max(now);
        let state = self.led_by_bot();
        Self { last_message_at, ..self.becomes(state) }
    }

    /// A person takes it, or hands it over to another.
    pub fn assign(self, to: StaffId, by: Actor, now: Timestamp) -> Step {
        by.may(Right::WriteToPatients)?;
        let (waiting_since, urgency) = match self.state {
            ConversationState::Assigned { to: holder, .. } if holder == to => return Ok((self, vec![])),
            ConversationState::Assigned { waiting_since, urgency, .. } => (waiting_since, urgency),
            ConversationState::Waiting { since, urgency } => (Some(since), urgency),
            ConversationState::Bot | ConversationState::Answered { .. } | ConversationState::Snoozed { .. } => (None, Urgency::Normal),
            ConversationState::Closed { .. } => return Err(Refusal::new("conversation.closed")),
        };
        let what = Happening::ConversationAssigned { conversation: self.id, to };
        Ok((self.becomes(ConversationState::Assigned { to, since: now, waiting_since, urgency }), vec![what]))
    }

    /// Back to the list of all: the holder is silent, has gone off shift or has left.
    pub fn give_back(self, by: Actor, now: Timestamp) -> Step {
        by.may(Right::WriteToPatients)?;
        let ConversationState::Assigned { waiting_since, urgency, .. } = self.state else {
            return Err(Refusal::new("conversation.not-assigned"));
        };
        let what = Happening::ConversationWaiting { conversation: self.id };
        let since = waiting_since.unwrap_or(now);
        Ok((self.becomes(ConversationState::Waiting { since, urgency }), vec![what]))
    }

    /// A person answers. `seen`: the version that they had before their eyes.
    pub fn reply(self, by: Actor, seen: i64, now: Timestamp) -> Step {
        let staff = writer(by)?;
        self.as_seen(seen)?;
        if let ConversationState::Assigned { to, .. } = self.state
            && to != staff
        {
            return Err(Refusal::new("conversation.with-somebody-else"));
        }
        let what = Happening::ConversationAnswered { conversation: self.id, by: staff };
        let last_message_at = self.last_message_at.max(now);
        Ok((Self { last_message_at, ..self.becomes(ConversationState::Answered { by: staff, at: now }) }, vec![what]))
    }

    /// Nothing more to do. An emergency must be answered first.
    pub fn close(self, topic: Topic, by: Actor, seen: i64, now: Timestamp) -> Step {
        writer(by)?;
        if matches!(self.state, ConversationState::Closed { .. }) {
            return Ok((self, vec![]));
        }
        self.as_seen(seen)?;
        self.is_no_emergency()?;
        let what = Happening::ConversationClosed { conversation: self.id };
        Ok((self.becomes(ConversationState::Closed { at: now, topic }), vec![what]))
    }

    /// It was closed too early: whoever opens it again has it.
    pub fn reopen(self, by: Actor, now: Timestamp) -> Step {
        let to = writer(by)?;
        if !matches!(self.state, ConversationState::Closed { .. }) {
            return Err(Refusal::new("conversation.not-closed"));
        }
        let what = Happening::ConversationReopened { conversation: self.id };
        let state = ConversationState::Assigned { to, since: now, waiting_since: None, urgency: Urgency::Normal };
        Ok((self.becomes(state), vec![what]))
    }

    /// Put aside until a time.
    pub fn snooze(self, until: Timestamp, by: Actor, seen: i64, now: Timestamp) -> Step {
        let staff = writer(by)?;
        self.as_seen(seen)?;
        self.is_no_emergency()?;
        if matches!(self.state, ConversationState::Closed { .. }) {
            return Err(Refusal::new("conversation.closed"));
        }
        if until <= now || until > now + SNOOZED_WITHIN {
            return Err(Refusal::new("conversation.snooze-time").at("until"));
        }
        let what = Happening::ConversationSnoozed { conversation: self.id, until };
        Ok((self.becomes(ConversationState::Snoozed { until, by: staff }), vec![what]))
    }

    /// Its time has come.
    pub fn wake(self, now: Timestamp) -> (Self, Vec<Happening>) {
        match self.state {
            ConversationState::Snoozed { until, .. } if until <= now => {
                let what = Happening::ConversationWaiting { conversation: self.id };
                (self.becomes(ConversationState::Waiting { since: until, urgency: Urgency::Normal }), vec![what])
            }
            ConversationState::Snoozed { .. }
            | ConversationState::Bot
            | ConversationState::Waiting { .. }
            | ConversationState::Assigned { .. }
            | ConversationState::Answered { .. }
            | ConversationState::Closed { .. } => (self, vec![]),
        }
    }

    /// A person takes it up before its time.
    pub fn unsnooze(self, by: Actor, now: Timestamp) -> Step {
        let to = writer(by)?;
        if !matches!(self.state, ConversationState::Snoozed { .. }) {
            return Err(Refusal::new("conversation.not-snoozed"));
        }
        self.assign(to, by, now)
    }

    /// The unknown sender is known: a person or proof says whose thread it is.
    pub fn identify(self, patient: PatientId, by: Actor) -> Step {
        if by != Actor::Patient(patient) {
            by.may(Right::ChangePatients)?;
        }
        match self.with {
            Counterpart::Patient(known) if known == patient => Ok((self, vec![])),
            Counterpart::Patient(_) => Err(Refusal::new("conversation.already-known")),
            Counterpart::Unknown { .. } => {
                let version = self.version + 1;
                Ok((Self { with: Counterpart::Patient(patient), version, ..self }, vec![]))
            }
        }
    }

    /// What the same person said before they were known belongs to this thread from now on. Whoever waited there waits here,
    /// since then.
    pub fn take_in(self, unknown: &Self) -> (Self, Vec<Happening>) {
        let (state, happened) = match unknown.waiting_since() {
            Some((since, urgency)) => self.for_desk(urgency, since),
            None => (self.state, vec![]),
        };
        let last_message_at = self.last_message_at.max(unknown.last_message_at);
        (Self { last_message_at, ..self.becomes(state) }, happened)
    }

    /// A line that no patient sees. It does not change whose turn it is.
    pub fn note(&self, id: MessageId, by: Actor, text: &str, now: Timestamp) -> Result<(Note, Vec<Happening>), Refusal> {
        by.may(Right::ReadConversations)?;
        let Some(staff) = by.staff() else { return Err(Refusal::new("actor.not-allowed")) };
        let text = text.trim();
        if text.is_empty() {
            return Err(Refusal::new("conversation.note-empty").at("text"));
        }
        if text.chars().count() > NOTE_CHARACTERS as usize {
            return Err(Refusal::new("conversation.note-too-long").at("text").with("most", NOTE_CHARACTERS));
        }
        let what = Happening::NoteWritten { conversation: self.id };
        Ok((Note { id, conversation: self.id, by: staff, text: text.to_owned(), at: now }, vec![what]))
    }

    /// Since when the patient waits for a person.
    pub const fn waiting_since(&self) -> Option<(Timestamp, Urgency)> {
        match self.state {
            ConversationState::Waiting { since, urgency } | ConversationState::Assigned { waiting_since: Some(since), urgency, .. } => {
                Some((since, urgency))
            }
            ConversationState::Assigned { waiting_since: None, .. }
            | ConversationState::Bot
            | ConversationState::Answered { .. }
            | ConversationState::Snoozed { .. }
            | ConversationState::Closed { .. } => None,
        }
    }

    fn as_seen(&self, seen: i64) -> Result<(), Refusal> {
        if seen == self.version {
            return Ok(());
        }
        Err(match self.state {
            ConversationState::Answered { .. } => Refusal::new("conversation.answered-meanwhile"),
            ConversationState::Closed { .. } => Refusal::new("conversation.closed-meanwhile"),
            ConversationState::Bot
            | ConversationState::Waiting { .. }
            | ConversationState::Assigned { .. }
            | ConversationState::Snoozed { .. } => Refusal::new("conversation.changed-meanwhile"),
        })
    }

    fn is_no_emergency(&self) -> Result<(), Refusal> {
        match self.waiting_since() {
            Some((_, Urgency::Emergency)) => Err(Refusal::new("conversation.emergency")),
            Some((_, Urgency::Normal)) | None => Ok(()),
        }
    }

    /// The bot takes up again what was closed, and nothing else.
    const fn led_by_bot(&self) -> ConversationState {
        match self.state {
            ConversationState::Closed { .. } => ConversationState::Bot,
            ConversationState::Bot
            | ConversationState::Waiting { .. }
            | ConversationState::Assigned { .. }
            | ConversationState::Answered { .. }
            | ConversationState::Snoozed { .. } => self.state,
        }
    }

    fn for_desk(&self, urgency: Urgency, now: Timestamp) -> (ConversationState, Vec<Happening>) {
        let state = match self.state {
            ConversationState::Bot
            | ConversationState::Answered { .. }
            | ConversationState::Snoozed { .. }
            | ConversationState::Closed { .. } => ConversationState::Waiting { since: now, urgency },
            ConversationState::Waiting { since, urgency: before } => {
                ConversationState::Waiting { since: since.min(now), urgency: before.max(urgency) }
            }
            // An emergency does not wait for one person who may have gone home: everybody sees it.
            ConversationState::Assigned { waiting_since, urgency: before, .. } if urgency > before => {
                ConversationState::Waiting { since: waiting_since.unwrap_or(now), urgency }
            }
            ConversationState::Assigned { to, since, waiting_since, urgency } => {
                ConversationState::Assigned { to, since, waiting_since: waiting_since.or(Some(now)), urgency }
            }
        };
        let is_news = matches!(state, ConversationState::Waiting { .. }) && state != self.state;
        let happened = if is_news { vec![Happening::ConversationWaiting { conversation: self.id }] } else { vec![] };
        (state, happened)
    }

    fn becomes(self, state: ConversationState) -> Self {
        Self { state, version: self.version + 1, ..self }
    }
}

/// Only people of the clinic write, put aside and close.
fn writer(by: Actor) -> Result<StaffId, Refusal> {
    by.may(Right::WriteToPatients)?;
    by.staff().ok_or_else(|| Refusal::new("actor.not-allowed"))
}
