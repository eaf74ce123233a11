//! Messages decided on, until the channel has taken them:
//!
//! ```text
//! planned -> suppressed(reason) | held(until, reason) | queued
//! held -> queued | suppressed, when its time has come or a person releases it
//! queued -> sending(lease; the intent is on disk before the first byte leaves)
//!        -> held | suppressed, when the facts are asked again at that moment
//! sending -> accepted(provider id) -> delivered -> read
//!         -> queued again (known not sent) | failed(permanent | exhausted | blocked)
//!         -> uncertain (the wire broke after we spoke, the node died, or it has begun anew) -> accepted | failed | planned again,
//!            by evidence or by a person; never a blind resend
//! ```
//!
//! A status report is proof: it lifts a message to accepted, delivered or read from wherever it stands once it may have
//! left us, and never takes it back. *Failed* is final unless a later report shows that it arrived.
//!
//! Two nodes cannot both send: [`Outbound::claim`] is saved under the row's version before anything leaves, and a lease
//! that runs out makes the message uncertain, never queued. To add a step, add it to `steps` and a row to `steps_walk`.

mod breaker;
mod climbing;
mod pace;
#[cfg(test)]
mod pace_trials;
mod steps;
#[cfg(test)]
mod steps_walk;

use std::time::Duration;

use kernel::{ClinicId, ConversationId, MessageId, PatientId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actors::Channel;
use crate::consents::Purpose;
use crate::conversations::{Cause, Content};
use crate::gate::{
    Cost, Follows, Form, HoldReason, Past, Sender, Sensitivity, SuppressReason, Timing, VisitCheck, VisitPin, Why, Wish, Words,
};
pub use crate::gate::{Rank, Route};
use crate::templates::TemplateName;
pub use breaker::{Breaker, Passage};
pub use climbing::Climbed;
pub use pace::{ATTEMPTS, retry_at};
pub use steps::{Claim, Outcome, Report, Resolution, Status};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outbound {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub clinic: ClinicId,
    /// About whom; a guardian's message is about the child.
    pub patient: Option<PatientId>,
    pub purpose: Purpose,
    pub rank: Rank,
    #[serde(default)]
    pub sensitivity: Sensitivity,
    #[serde(default)]
    pub timing: Timing,
    pub cause: Cause,
    /// Never changes, so it is kept apart from what does.
    #[serde(default, skip_serializing)]
    pub content: Content,
    /// What it says, as keys of [`crate::gate::said_key`]: one for each visit that it names.
    #[serde(default)]
    pub says: Vec<String>,
    /// The visit that it speaks of, as it was when this was written.
    #[serde(default)]
    pub visit: Option<VisitPin>,
    /// The channel that a person chose in the composer.
    #[serde(default)]
    pub chosen: Option<Channel>,
    /// Where it goes, once the gate has chosen.
    pub route: Option<Route>,
    #[serde(default)]
    pub form: Form,
    /// The approved text that said it, once it has begun to leave.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub template: Option<TemplateName>,
    pub state: OutboundState,
    /// The message whose words it repeats on another rung, because nobody had reported their delivery in time.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub follows: Option<MessageId>,
    /// In minutes: without word of its delivery it goes on to the next rung after so long. None: it does not climb by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub patience: Option<u32>,
    /// What came of that.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub climbed: Option<Climbed>,
    /// Known from when it leaves on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cost: Option<Cost>,
    /// Why it goes this way, or not: shown beside the message.
    pub why: Why,
    /// After this it is worth nothing and expires.
    pub useful_until: Option<Timestamp>,
    pub attempts: u32,
    pub created_at: Timestamp,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OutboundState {
    Planned,
    Suppressed {
        reason: SuppressReason,
        at: Timestamp,
    },
    Held {
        until: Timestamp,
        reason: HoldReason,
    },
    /// Not before then; retries wait here.
    Queued {
        due_at: Timestamp,
    },
    Sending {
        node: String,
        attempt: String,
        lease_until: Timestamp,
    },
    Accepted {
        provider_key: String,
        at: Timestamp,
    },
    Delivered {
        provider_key: String,
        at: Timestamp,
    },
    Read {
        provider_key: String,
        at: Timestamp,
    },
    Failed {
        failure: Failure,
        at: Timestamp,
    },
    Uncertain {
        attempt: String,
        since: Timestamp,
    },
}

impl OutboundState {
    /// Whether the channel has taken it.
    pub const fn was_taken(&self) -> bool {
        match self {
            Self::Accepted { .. } | Self::Delivered { .. } | Self::Read { .. } => true,
            Self::Planned
            | Self::Suppressed { .. }
            | Self::Held { .. }
            | Self::Queued { .. }
            | Self::Sending { .. }
            | Self::Failed { .. }
            | Self::Uncertain { .. } => false,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The provider says that it will never work: its own code.
    Permanent(String),
    /// Tried as often as is decent.
    Exhausted,
    /// The patient has blocked us.
    Blocked,
    /// It stood in doubt, and the provider's records or a person found that it never left.
    NotSent,
    /// It never left, because its account was out of order for longer than the clinic's ladder waits: it goes on the next rung.
    AccountDown,
}

/// What somebody wants to say, before the gate was asked.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    pub conversation: ConversationId,
    pub clinic: ClinicId,
    /// About whom.
    pub patient: Option<PatientId>,
    pub purpose: Purpose,
    pub rank: Rank,
    pub sensitivity: Sensitivity,
    pub timing: Timing,
    pub cause: Cause,
    pub content: Content,
    pub says: Vec<String>,
    pub visit: Option<VisitPin>,
    pub chosen: Option<Channel>,
    pub useful_until: Option<Timestamp>,
}

/// What was said longer ago and has still not left holds nothing back.
const HOLDS_BACK: Duration = Duration::from_hours(30 * 24);

/// Of what is still to leave, what is named so or later holds back what was said after it.
pub fn holds_back_from(now: Timestamp) -> MessageId {
    MessageId::earliest(now - HOLDS_BACK)
}

impl Outbound {
    pub fn plan(draft: Draft, id: MessageId, now: Timestamp) -> Self {
        Self {
            id,
            conversation: draft.conversation,
            clinic: draft.clinic,
            patient: draft.patient,
            purpose: draft.purpose,
            rank: draft.rank,
            sensitivity: draft.sensitivity,
            timing: draft.timing,
            cause: draft.cause,
            content: draft.content,
            says: draft.says,
            visit: draft.visit,
            chosen: draft.chosen,
            route: None,
            form: Form::Free,
            template: None,
            state: OutboundState::Planned,
            follows: None,
            patience: None,
            climbed: None,
            cost: None,
            why: Why::default(),
            useful_until: draft.useful_until,
            attempts: 0,
            created_at: now,
            version: 1,
        }
    }

    /// What the gate is asked about it. `visit`: how the visit that it speaks of stands now.
    pub fn wish(&self, visit: VisitCheck) -> Wish<'_> {
        Wish {
            purpose: self.purpose,
            rank: self.rank,
            sensitivity: self.sensitivity,
            sender: self.sender(),
            timing: self.timing,
            useful_until: self.useful_until,
            visit,
            says: &self.says,
            chosen: self.chosen,
            follows: if self.follows.is_some() { Follows::Undelivered } else { Follows::Nothing },
            words: Words(&self.content.text),
        }
    }

    pub const fn sender(&self) -> Sender {
        match &self.cause {
            Cause::Reply { by } | Cause::Trial { by } if by.staff().is_some() => Sender::Person,
            Cause::Reply { .. } | Cause::Trial { .. } | Cause::Run { .. } | Cause::Courtesy { .. } => Sender::Bot,
        }
    }

    /// As the gate remembers it for the next question; None if the patient will not have it or may never get it.
    pub fn past(&self) -> Option<Past<'_>> {
        let at = match self.state {
            OutboundState::Planned | OutboundState::Suppressed { .. } | OutboundState::Held { .. } | OutboundState::Failed { .. } => {
                return None;
            }
            OutboundState::Queued { due_at: at }
            | OutboundState::Sending { lease_until: at, .. }
            | OutboundState::Accepted { at, .. }
            | OutboundState::Delivered { at, .. }
            | OutboundState::Read { at, .. }
            | OutboundState::Uncertain { since: at, .. } => at,
        };
        Some(Past { sender: self.sender(), purpose: self.purpose, rank: self.rank, says: &self.says, at })
    }

    /// When a message that waits is to go.
    pub const fn due_at(&self) -> Option<Timestamp> {
        match self.state {
            OutboundState::Queued { due_at } => Some(due_at),
            OutboundState::Planned
            | OutboundState::Suppressed { .. }
            | OutboundState::Held { .. }
            | OutboundState::Sending { .. }
            | OutboundState::Accepted { .. }
            | OutboundState::Delivered { .. }
            | OutboundState::Read { .. }
            | OutboundState::Failed { .. }
            | OutboundState::Uncertain { .. } => None,
        }
    }

    /// Whether it must stay until `other` of the same conversation has gone. A retry holds back what was said after it;
    /// what ranks higher may pass it, but not cut into its sending. Doubt holds nothing back: it may last for days. Nor does
    /// what has not left for a month.
    pub fn waits_for(&self, other: &Self, now: Timestamp) -> bool {
        let is_earlier = (holds_back_from(now)..self.id).contains(&other.id);
        let is_going = match other.state {
            OutboundState::Sending { .. } => true,
            OutboundState::Queued { .. } => other.rank >= self.rank,
            OutboundState::Planned
            | OutboundState::Suppressed { .. }
            | OutboundState::Held { .. }
            | OutboundState::Accepted { .. }
            | OutboundState::Delivered { .. }
            | OutboundState::Read { .. }
            | OutboundState::Failed { .. }
            | OutboundState::Uncertain { .. } => false,
        };
        self.conversation == other.conversation && is_earlier && is_going
    }

    /// The same words for another channel, after this one has failed for good.
    #[must_use]
    pub fn again(&self, id: MessageId, now: Timestamp) -> Self {
        let fresh = self.clone();
        Self {
            id,
            route: None,
            form: Form::Free,
            template: None,
            state: OutboundState::Planned,
            follows: None,
            patience: None,
            climbed: None,
            cost: None,
            why: Why::default(),
            attempts: 0,
            created_at: now,
            version: 1,
            ..fresh
        }
    }

    fn is_stale(&self, now: Timestamp) -> bool {
        self.useful_until.is_some_and(|until| now > until)
    }
}
