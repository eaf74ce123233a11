//! Telephone calls: what an exchange tells of one, put together into one call whatever comes first, twice or late.
//!
//! ```text
//! ringing -> talking -> answered(length)
//!        \-> missed | busy | refused | failed
//! ```
//!
//! A call keeps all that was ever told of it and nothing of the order: each piece of news adds to what is known, and how the
//! call stands follows from that. So what is told twice changes nothing, and a summary that comes after the hang-up completes it.

mod told;

#[cfg(test)]
mod tests;

pub use told::{Told, Turn, Unspoken};

use kernel::{AccountId, CallId, ClinicId, ConversationId, Phone, Timestamp};
use serde::{Deserialize, Serialize};

use crate::happenings::Happening;

#[derive(Clone, PartialEq, Eq)]
pub struct Call {
    pub id: CallId,
    pub clinic: ClinicId,
    pub account: AccountId,
    /// How the exchange calls it.
    pub key: String,
    /// The thread that it stands in; None where the number is withheld.
    pub conversation: Option<ConversationId>,
    pub told: Told,
    pub version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Direction {
    /// Somebody calls the clinic.
    In,
    /// The clinic calls somebody.
    Out,
}

/// How a call stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    Ringing,
    Talking,
    Ended(CallResult),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CallResult {
    /// In seconds, where it was told.
    Answered {
        seconds: Option<u32>,
    },
    Missed,
    Busy,
    Refused,
    Failed,
}

/// One piece of news of a call, with the number as a number.
#[derive(Clone, PartialEq, Eq)]
pub struct News {
    pub at: Timestamp,
    pub direction: Option<Direction>,
    pub theirs: Option<Phone>,
    /// Our own number, as the exchange writes it.
    pub ours: String,
    pub turn: Turn,
}

/// Where a new call belongs.
#[derive(Debug, Clone)]
pub struct Place {
    pub clinic: ClinicId,
    pub account: AccountId,
    pub key: String,
}

impl Direction {
    pub const fn name(self) -> &'static str {
        match self {
            Self::In => "in",
            Self::Out => "out",
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("call-direction-{}", self.name())
    }
}

impl CallResult {
    pub const fn name(self) -> &'static str {
        match self {
            Self::Answered { .. } => "answered",
            Self::Missed => "missed",
            Self::Busy => "busy",
            Self::Refused => "refused",
            Self::Failed => "failed",
        }
    }

    /// The key of its word: a call of ours that nobody took is not a call that we have missed.
    pub fn key(self, direction: Direction) -> String {
        format!("call-{}-{}", direction.name(), self.name())
    }

    const fn was_spoken(self) -> bool {
        matches!(self, Self::Answered { .. })
    }
}

impl Call {
    pub fn begin(place: Place, id: CallId, news: &News) -> Self {
        let Place { clinic, account, key } = place;
        Self { id, clinic, account, key, conversation: None, told: Told::of(news), version: 1 }
    }

    /// Adds what was told.
    #[must_use]
    pub fn hear(self, news: &News) -> Self {
        let told = self.told.clone().and(Told::of(news));
        let version = self.version + i64::from(told != self.told);
        Self { told, version, ..self }
    }

    /// The thread of whose number it is.
    #[must_use]
    pub fn belongs_to(self, conversation: ConversationId) -> Self {
        let is_new = self.conversation != Some(conversation);
        Self { conversation: Some(conversation), version: self.version + i64::from(is_new), ..self }
    }

    pub fn direction(&self) -> Direction {
        self.told.direction.unwrap_or(Direction::In)
    }

    pub fn standing(&self) -> Standing {
        self.told.standing()
    }

    /// What has happened since it stood as `before`; None: it was unknown. An end that is told anew happens once, and one that
    /// turns out to have been answered after all is said so.
    pub fn happened_since(&self, before: Option<Standing>) -> Option<Happening> {
        let (call, conversation) = (self.id, self.conversation?);
        let Standing::Ended(result) = self.standing() else { return None };
        if let Some(Standing::Ended(known)) = before
            && (known.was_spoken() || !result.was_spoken())
        {
            return None;
        }
        Some(match (self.direction(), result.was_spoken()) {
            (direction, true) => Happening::CallAnswered { call, conversation, direction },
            (Direction::In, false) => Happening::CallMissed { call, conversation },
            (Direction::Out, false) => Happening::CallUnanswered { call, conversation },
        })
    }
}

impl std::fmt::Debug for Call {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Call({}, {:?})", self.id, self.standing())
    }
}

impl std::fmt::Debug for News {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "News({:?}, {:?})", self.direction, self.turn)
    }
}
