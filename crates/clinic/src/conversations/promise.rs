//! The promised answer: by when a person answers, and what a patient reads who writes while nobody is there.

use std::time::Duration;

use kernel::{OpenDays, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Conversation, Urgency};
use crate::actors::Channel;

/// By when the patient who waits has an answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Promise {
    pub due_at: Timestamp,
    pub state: PromiseState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PromiseState {
    OnTime,
    /// Half of the time is gone: somebody is warned.
    HalfGone,
    /// Goes to the lead of the shift.
    Late,
}

/// What a patient reads once in a closed period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Acknowledgement {
    /// By then a person answers.
    pub answer_by: Timestamp,
}

/// The first answer of a person, in staffed hours.
pub const fn answer_within(channel: Channel, urgency: Urgency) -> Duration {
    let minutes = match (urgency, channel) {
        (Urgency::Emergency, _) | (Urgency::Normal, Channel::Web) => 3,
        (
            Urgency::Normal,
            Channel::Telegram
            | Channel::Bale
            | Channel::Whatsapp
            | Channel::Messenger
            | Channel::Vk
            | Channel::Max
            | Channel::Viber
            | Channel::Sms
            | Channel::Telephone
            | Channel::Sandbox,
        ) => 15,
        (Urgency::Normal, Channel::Email) => 4 * 60,
    };
    Duration::from_mins(minutes)
}

impl Conversation {
    /// None while nobody waits for us, and where the clinic never opens. `channel`: the one that the patient wrote on.
    pub fn promise(&self, channel: Channel, days: &OpenDays<'_>, now: Timestamp) -> Option<Promise> {
        let (since, urgency) = self.waiting_since()?;
        let within = answer_within(channel, urgency);
        let due_at = days.add_open(since, within)?;
        let half_at = days.add_open(since, within / 2)?;
        let state = if now >= due_at {
            PromiseState::Late
        } else if now >= half_at {
            PromiseState::HalfGone
        } else {
            PromiseState::OnTime
        };
        Some(Promise { due_at, state })
    }

    /// What to say to the message that came just now while the clinic is closed: once in a closed period, and only where
    /// a person must answer; while the bot leads, the bot speaks. `before`: the last acknowledgement in this thread.
    pub fn acknowledgement(
        &self,
        channel: Channel,
        before: Option<Timestamp>,
        days: &OpenDays<'_>,
        now: Timestamp,
    ) -> Option<Acknowledgement> {
        let (_, urgency) = self.waiting_since()?;
        let is_same_period = before.is_some_and(|before| days.open_between(before, now).is_zero());
        if days.is_open(now) || is_same_period {
            return None;
        }
        let answer_by = days.add_open(now, answer_within(channel, urgency))?;
        Some(Acknowledgement { answer_by })
    }
}
