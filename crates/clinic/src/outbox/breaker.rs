//! A provider that does not answer is not asked anew by every message in turn: after some letters in a row that came to
//! nothing its account rests, then one message tries, and the others wait without using up their attempts.
//!
//! ```text
//! closed --five failures in a row--> open --its rest is over--> half-open: one message is on trial
//! half-open --failure--> open, twice as long, five minutes at most
//!           --nothing heard of the trial--> the next one tries
//! any --an answer of the provider--> closed
//! ```

use std::time::Duration;

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// Failures in a row after which an account rests.
const FAILURES: u32 = 5;
const FIRST_REST: Duration = Duration::from_secs(15);
const LONGEST_REST: Duration = Duration::from_mins(5);
/// A trial of which nothing is heard for so long is over: longer than the lease of a message.
const TRIAL: Duration = Duration::from_secs(45);

/// Whether the messages of an account leave: its circuit breaker.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum Breaker {
    /// All of them. `failures`: how many letters in a row have come to nothing.
    Closed { failures: u32 },
    /// None until then; `trips`: for which time in a row.
    Open { until: Timestamp, trips: u32 },
    /// One is on trial, and the others wait for it until then.
    HalfOpen { until: Timestamp, trips: u32 },
}

/// How many messages may leave now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Passage {
    All,
    One,
    Nobody,
}

impl Default for Breaker {
    fn default() -> Self {
        Self::Closed { failures: 0 }
    }
}

impl Breaker {
    pub fn passage(self, now: Timestamp) -> Passage {
        match self {
            Self::Closed { .. } => Passage::All,
            Self::Open { until, .. } | Self::HalfOpen { until, .. } if until <= now => Passage::One,
            Self::Open { .. } | Self::HalfOpen { .. } => Passage::Nobody,
        }
    }

    /// A message leaves.
    #[must_use]
    pub fn tried(self, now: Timestamp) -> Self {
        match self {
            Self::Closed { .. } => self,
            Self::Open { trips, .. } | Self::HalfOpen { trips, .. } => Self::HalfOpen { until: now + TRIAL, trips },
        }
    }

    /// The provider has answered, whatever it said of that message.
    #[must_use]
    pub fn answered(self) -> Self {
        Self::default()
    }

    /// The provider was not reached, was silent, or does not let the account in.
    #[must_use]
    pub fn failed(self, now: Timestamp) -> Self {
        match self {
            Self::Closed { failures } if failures + 1 < FAILURES => Self::Closed { failures: failures + 1 },
            Self::Closed { .. } => Self::opened(1, now),
            // letters that were under way when it opened
            Self::Open { .. } => self,
            Self::HalfOpen { trips, .. } => Self::opened(trips.saturating_add(1), now),
        }
    }

    fn opened(trips: u32, now: Timestamp) -> Self {
        let rest = FIRST_REST.saturating_mul(1 << trips.saturating_sub(1).min(10)).min(LONGEST_REST);
        Self::Open { until: now + rest, trips }
    }

    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Closed { .. })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn at(seconds: i64) -> Timestamp {
        Timestamp::from_seconds(1_795_000_000 + seconds)
    }

    /// `.` the provider answers, `x` it does not, `>` a message leaves; each a second after the one before.
    fn after(story: &str) -> (Breaker, Timestamp) {
        story.chars().zip(0..).fold((Breaker::default(), at(0)), |(breaker, _), (what, second)| {
            let now = at(second);
            let next = match what {
                '.' => breaker.answered(),
                'x' => breaker.failed(now),
                '>' => breaker.tried(now),
                other => panic!("{other} is no part of a story"),
            };
            (next, now)
        })
    }

    #[test]
    fn an_account_rests_after_five_failures_in_a_row_and_twice_as_long_after_each_vain_trial() {
        let open = |second, trips| Breaker::Open { until: at(second), trips };
        for (story, expected) in [
            ("", Breaker::Closed { failures: 0 }),
            ("xxxx", Breaker::Closed { failures: 4 }),
            ("xxxx.xxxx", Breaker::Closed { failures: 4 }),
            (">xxxx", Breaker::Closed { failures: 4 }),
            ("xxxxx", open(4 + 15, 1)),
            // those under way when it opened
            ("xxxxxxxx", open(4 + 15, 1)),
            ("xxxxx>", Breaker::HalfOpen { until: at(5 + 45), trips: 1 }),
            ("xxxxx>x", open(6 + 30, 2)),
            ("xxxxx>x>x", open(8 + 60, 3)),
            ("xxxxx>x>x>x>x>x", open(14 + 300, 6)),
            ("xxxxx>x>.", Breaker::Closed { failures: 0 }),
            ("xxxxx.", Breaker::Closed { failures: 0 }),
        ] {
            assert_eq!(after(story).0, expected, "{story}");
        }
    }

    #[test]
    fn while_it_rests_nobody_leaves_then_one_and_after_an_answer_all() {
        for (story, later, expected) in [
            ("xxxx", 0, Passage::All),
            ("xxxxx", 14, Passage::Nobody),
            ("xxxxx", 15, Passage::One),
            ("xxxxx>", 44, Passage::Nobody),
            ("xxxxx>", 45, Passage::One),
            ("xxxxx>x", 29, Passage::Nobody),
            ("xxxxx>.", 0, Passage::All),
        ] {
            let (breaker, now) = after(story);
            assert_eq!(breaker.passage(now + Duration::from_secs(later)), expected, "{later} s after {story}");
        }
    }

    proptest! {
        #[test]
        fn nobody_waits_for_longer_than_five_minutes_and_an_answer_lets_all_go(story in "[.x>]{0,200}") {
            let (breaker, now) = after(&story);
            prop_assert_ne!(breaker.passage(now + LONGEST_REST), Passage::Nobody, "{:?}", breaker);
            prop_assert_eq!(breaker.answered().passage(now), Passage::All);
        }
    }
}
