//! A message of whose delivery nobody has told in time goes to the next rung of the clinic's ladder, in the same words:
//!
//! ```text
//! accepted, no report within its minutes -> the gate is asked -> a new message that follows it
//!                                                             -> stays: no other rung, stale, answered
//! delivered or read after all            -> what follows and still waits is taken back
//! ```
//!
//! What has not even left goes on too, once its account has been out of order for as long as its rung may take.
//!
//! It climbs once: whoever comes second finds it climbed, or delivered. What has left already stays sent; then both are shown.

use std::time::Duration;

use kernel::{MessageId, Refusal, Timestamp};
use serde::{Deserialize, Serialize};

use super::{Failure, Outbound, OutboundState};
use crate::gate::{SuppressReason, Why};
use crate::happenings::Happening;

/// What came of a climb.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Climbed {
    To(MessageId),
    /// It went no further: why.
    Stayed(SuppressReason),
}

impl Outbound {
    /// When it goes to the next rung, if nobody has told of its delivery by then. Only what the channel has taken waits for that.
    pub fn climbs_at(&self) -> Option<Timestamp> {
        let OutboundState::Accepted { at, .. } = &self.state else { return None };
        let minutes = self.patience.filter(|_| self.climbed.is_none())?;
        Some(*at + Duration::from_mins(u64::from(minutes)))
    }

    /// The same words once more, for another rung.
    #[must_use]
    pub fn next_rung(&self, id: MessageId, now: Timestamp) -> Self {
        Self { follows: Some(self.id), chosen: None, ..self.again(id, now) }
    }

    /// Its minutes are over. It climbs once.
    pub fn climb(self, climbed: Climbed, now: Timestamp) -> Result<Self, Refusal> {
        if self.climbs_at().is_none_or(|at| now < at) {
            return Err(Refusal::new("outbox.not-climbing"));
        }
        Ok(Self { climbed: Some(climbed), version: self.version + 1, ..self })
    }

    /// Its account is out of order, and its minutes are over before it has left: it is known not to have gone.
    pub fn pass_by(self, now: Timestamp) -> Result<(Self, Vec<Happening>), Refusal> {
        if !matches!(self.state, OutboundState::Queued { .. }) {
            return Err(Refusal::new("outbox.not-queued"));
        }
        Ok(self.failed(Failure::AccountDown, now))
    }

    /// What it repeats has arrived after all. Once it is leaving there is nothing to take back.
    pub fn take_back(self, now: Timestamp) -> (Self, Vec<Happening>) {
        let waits = matches!(self.state, OutboundState::Planned | OutboundState::Held { .. } | OutboundState::Queued { .. });
        if self.follows.is_none() || !waits {
            return (self, vec![]);
        }
        let why = Why { channel: self.why.channel, ..Why::suppressed(SuppressReason::ArrivedAfterAll) };
        self.suppressed(SuppressReason::ArrivedAfterAll, why, now)
    }

    /// Whether whoever reads it has it: a report says so.
    pub const fn has_arrived(&self) -> bool {
        matches!(self.state, OutboundState::Delivered { .. } | OutboundState::Read { .. })
    }
}

#[cfg(test)]
mod tests {
    use super::super::steps_walk::{NOW, STATES, message, state};
    use super::*;
    use crate::gate::HoldReason;

    const MINUTE: Duration = Duration::from_mins(1);

    fn waiting(letter: char) -> Outbound {
        Outbound { patience: Some(10), ..message(state(letter), 1) }
    }

    fn other(seed: u64) -> MessageId {
        MessageId::new(NOW, &mut kernel::Chance::from_seed(seed))
    }

    #[test]
    fn only_what_was_taken_and_has_not_arrived_climbs_and_only_once() {
        let to = Climbed::To(other(9));
        for letter in STATES.chars() {
            let late = waiting(letter).climb(to, NOW + MINUTE * 10);
            assert_eq!(late.is_ok(), letter == 'A', "{letter}");
        }
        assert_eq!(waiting('A').climb(to, NOW + MINUTE * 9).unwrap_err().code(), "outbox.not-climbing", "its minutes are not over");
        let climbed = waiting('A').climb(to, NOW + MINUTE * 10).unwrap();
        assert_eq!((climbed.climbed, climbed.version), (Some(to), 2));
        assert!(climbed.climbs_at().is_none() && climbed.climb(to, NOW + MINUTE * 20).is_err());
        let stays = Outbound { patience: None, ..waiting('A') };
        assert!(stays.climbs_at().is_none());
    }

    #[test]
    fn only_what_is_queued_can_be_passed_by() {
        for letter in STATES.chars() {
            let passed = waiting(letter).pass_by(NOW);
            assert_eq!(passed.is_ok(), letter == 'Q', "{letter}");
            if let Ok((passed, happened)) = passed {
                assert!(matches!(passed.state, OutboundState::Failed { failure: Failure::AccountDown, .. }) && happened.len() == 1);
            }
        }
    }

    #[test]
    fn what_follows_says_the_same_and_is_taken_back_while_it_waits() {
        let first = waiting('A');
        let second = first.next_rung(other(9), NOW + MINUTE * 10);
        assert_eq!((second.follows, &second.content, &second.says), (Some(first.id), &first.content, &first.says));
        assert_eq!((second.route.as_ref(), second.patience, second.attempts), (None, None, 0), "the gate finds its way anew");
        for letter in STATES.chars() {
            let following = Outbound { follows: Some(first.id), ..message(state(letter), 1) };
            let (after, happened) = following.clone().take_back(NOW);
            let waits = "PHQ".contains(letter);
            assert_eq!(matches!(after.state, OutboundState::Suppressed { reason: SuppressReason::ArrivedAfterAll, .. }), waits, "{letter}");
            assert_eq!(happened.is_empty(), !waits, "{letter}");
            assert_eq!(after == following, !waits, "{letter}: what has left stays as it is");
            let own = message(state(letter), 1);
            assert_eq!(own.clone().take_back(NOW).0, own, "{letter}: it follows nothing");
        }
        let held = OutboundState::Held { until: NOW, reason: HoldReason::QuietHours };
        let (taken, _) = Outbound { follows: Some(first.id), ..message(held, 0) }.take_back(NOW);
        assert_eq!(taken.why.suppressed, Some(SuppressReason::ArrivedAfterAll));
    }
}
