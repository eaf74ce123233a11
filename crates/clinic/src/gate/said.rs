//! What has been said is not said again: a key for each thing that a playbook says.

use std::fmt::Write;

use kernel::{Date, RunId, Timestamp, VisitId};

use super::SuppressReason;
use super::question::{Question, Sender};

/// What it is about, so that the same words on another occasion are not a repeat.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Occasion {
    /// A moved visit keeps its chain but not its time: its reminder is a new one.
    Visit {
        chain: VisitId,
        starts_at: Timestamp,
    },
    /// A birthday, the start of a recall.
    Day(Date),
    Run(RunId),
}

/// The key of 'this step of this playbook has been said on this occasion'. Two runs that would say it both have it.
pub fn said_key(playbook: &str, step: &str, occasion: Occasion) -> String {
    let mut key = String::with_capacity(96);
    match occasion {
        Occasion::Visit { chain, starts_at } => write!(key, "{playbook}/{step}/{chain}@{}", starts_at.as_seconds()),
        Occasion::Day(day) => write!(key, "{playbook}/{step}/{day}"),
        Occasion::Run(run) => write!(key, "{playbook}/{step}/{run}"),
    }
    .expect("writing to a string");
    key
}

/// A message that names several visits is a repeat only if all of them were said.
pub(super) fn again(question: &Question<'_>) -> Option<SuppressReason> {
    let wish = &question.wish;
    let was_said = |key: &String| question.history.iter().any(|past| past.says.contains(key));
    let is_repeat = wish.sender == Sender::Bot && !wish.says.is_empty() && wish.says.iter().all(was_said);
    is_repeat.then_some(SuppressReason::Duplicate)
}

#[cfg(test)]
mod tests {
    use kernel::Chance;

    use super::*;

    #[test]
    fn a_moved_visit_is_reminded_of_anew_and_an_unmoved_one_is_not() {
        let nine = Timestamp::from_seconds(1_795_000_000);
        let mut chance = Chance::from_seed(5);
        let (chain, other) = (VisitId::new(nine, &mut chance), VisitId::new(nine, &mut chance));
        let visit = |chain, starts_at| Occasion::Visit { chain, starts_at };
        let day = |day| Occasion::Day(Date::constant(2026, 11, day));
        let key = |occasion| said_key("visit-reminder", "day-before", occasion);
        let first = key(visit(chain, nine));
        assert_eq!(first, key(visit(chain, nine)));
        let later = Timestamp::from_seconds(1_795_003_600);
        let different = [
            key(visit(chain, later)),
            key(visit(other, nine)),
            key(day(23)),
            key(day(24)),
            key(Occasion::Run(RunId::new(nine, &mut chance))),
            said_key("visit-reminder", "two-hours-before", visit(chain, nine)),
            said_key("booked", "day-before", visit(chain, nine)),
        ];
        for (at, one) in different.iter().enumerate() {
            assert_ne!(*one, first);
            assert!(!different[at + 1..].contains(one), "{one}");
        }
    }
}
