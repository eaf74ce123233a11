//! A number lives longer with the operator than with its owner: some day it is somebody else's. What shows that, and what follows,
//! is weighed here. Where it is certain enough, the contact point is taken off at once, because a stranger must not read what is
//! meant for a patient; else a person is asked, and until then nothing is told there that needs proof.

use std::fmt;
use std::time::Duration;

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use super::contacts::goes_by_a_number;
use super::{ContactPoint, Sureness};

/// Why a contact point is no longer the patient's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NotTheirs {
    /// Whoever reads there has said so.
    WrongPerson,
    /// The clinic has learned it.
    ToldAtDesk,
    /// Nothing has arrived there for long.
    NothingArrives,
}

/// What makes one think that somebody else reads there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign<'a> {
    /// 'You have the wrong number.'
    WrongPerson,
    /// The provider says that there is nobody: so often one after the other, within so long.
    NobodyThere { times: usize, over: Duration },
    /// Nothing arrives, for other reasons, while others are reached: so often one after the other, within so long.
    KeepsFailing { times: usize, over: Duration },
    /// Somebody writes whose number has been dead for so long.
    BackAfter(Duration),
    /// Whoever writes calls themselves otherwise than before. `patient`: the name on the card.
    Renamed { was: &'a str, is: &'a str, patient: &'a str },
}

/// Why a person is asked whether it is still the patient's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Doubt {
    WrongPerson,
    NothingArrives,
    BackAgain,
    Renamed,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// It says nothing.
    Theirs,
    /// A person finds out.
    Ask(Doubt),
    /// At once.
    TakeOff(NotTheirs),
}

/// What a tap brings back by which somebody says that a message was meant for somebody else.
pub const WAY_OUT: &str = "wrong-person";

/// A telephone that is switched off on a journey says the same three times within an hour.
const DOUBTED: (usize, Duration) = (3, Duration::from_hours(7 * 24));
const GIVEN_UP: (usize, Duration) = (5, Duration::from_hours(30 * 24));
/// No operator in the clinics' countries gives a number away sooner; in the United States it is the law.
const GIVEN_AWAY_AFTER: Duration = Duration::from_hours(45 * 24);
const SILENT_FOR_LONG: Duration = Duration::from_hours(180 * 24);

pub fn weigh(sureness: Sureness, sign: Sign<'_>) -> Verdict {
    match sign {
        // of a shared one it may be the other one who reads it
        Sign::WrongPerson if sureness == Sureness::Shared => Verdict::Ask(Doubt::WrongPerson),
        Sign::WrongPerson => Verdict::TakeOff(NotTheirs::WrongPerson),
        Sign::NobodyThere { times, over } if times >= GIVEN_UP.0 && over >= GIVEN_UP.1 => Verdict::TakeOff(NotTheirs::NothingArrives),
        Sign::NobodyThere { times, over } | Sign::KeepsFailing { times, over } if times >= DOUBTED.0 && over >= DOUBTED.1 => {
            Verdict::Ask(Doubt::NothingArrives)
        }
        Sign::BackAfter(dead) if dead >= GIVEN_AWAY_AFTER => Verdict::Ask(Doubt::BackAgain),
        Sign::NobodyThere { .. } | Sign::KeepsFailing { .. } | Sign::BackAfter(_) => Verdict::Theirs,
        // several people write from a shared one, each under another name
        Sign::Renamed { .. } if sureness == Sureness::Shared => Verdict::Theirs,
        Sign::Renamed { was, is, patient } => {
            if have_a_word_in_common(is, was) || have_a_word_in_common(is, patient) {
                Verdict::Theirs
            } else {
                Verdict::Ask(Doubt::Renamed)
            }
        }
    }
}

/// Whether a message to this contact point carries one choice more: that it was meant for somebody else. Where nobody has proven that
/// they read there, and where a number has been silent for so long that it may have another owner; each time once.
/// `offered_at`: when it was last said there with that choice.
pub fn offers_a_way_out(contact: &ContactPoint, offered_at: Option<Timestamp>, now: Timestamp) -> bool {
    let long_ago = |at: Timestamp| now.since(at) >= SILENT_FOR_LONG;
    let may_be_others = match contact.sureness {
        Sureness::Unverified => true,
        // an account at a messenger is nobody else's some day, as a number is
        Sureness::Verified => goes_by_a_number(&contact.address) && contact.last_inbound_at.is_none_or(long_ago),
        // whoever reads there passes it on
        Sureness::Shared => false,
    };
    may_be_others && offered_at.is_none_or(long_ago)
}

/// Anna who becomes Anna K. is the same; so is one who writes nothing that is a name.
fn have_a_word_in_common(one: &str, other: &str) -> bool {
    let words = |name: &str| {
        let folded = name.to_lowercase();
        let words = folded.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).map(str::to_owned);
        words.collect::<Vec<_>>()
    };
    let (one, other) = (words(one), words(other));
    one.is_empty() || other.is_empty() || one.iter().any(|word| other.contains(word))
}

impl NotTheirs {
    pub const ALL: [Self; 3] = [Self::WrongPerson, Self::ToldAtDesk, Self::NothingArrives];

    /// The key of its sentence on the card.
    pub const fn key(self) -> &'static str {
        match self {
            Self::WrongPerson => "not-theirs-wrong-person",
            Self::ToldAtDesk => "not-theirs-told-at-desk",
            Self::NothingArrives => "not-theirs-nothing-arrives",
        }
    }
}

impl Doubt {
    pub const ALL: [Self; 4] = [Self::WrongPerson, Self::NothingArrives, Self::BackAgain, Self::Renamed];

    /// The key of its sentence: why there is a task.
    pub const fn key(self) -> &'static str {
        match self {
            Self::WrongPerson => "task-reason-doubt-wrong-person",
            Self::NothingArrives => "task-reason-doubt-nothing-arrives",
            Self::BackAgain => "task-reason-doubt-back-again",
            Self::Renamed => "task-reason-doubt-renamed",
        }
    }
}

/// As somebody calls themselves at a provider. Never printed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct ProfileName(String);

impl ProfileName {
    /// None where somebody shows no name.
    pub fn new(shown: &str) -> Option<Self> {
        let name: String = shown.trim().chars().filter(|letter| !letter.is_control()).take(100).collect();
        (!name.is_empty()).then_some(Self(name))
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for ProfileName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use kernel::ContactPointId;

    use super::*;
    use crate::sample::{Sample, expect_words};

    #[test]
    fn what_shows_that_a_number_is_somebody_elses_is_weighed() {
        use Sureness::{Shared, Unverified, Verified};
        let days = |days: u64| Duration::from_hours(days * 24);
        let nobody = |times, over| Sign::NobodyThere { times, over: days(over) };
        let failing = |times, over| Sign::KeepsFailing { times, over: days(over) };
        let renamed = |was, is| Sign::Renamed { was, is, patient: "Anna Kovács" };
        for (sureness, sign, expected) in [
            (Verified, Sign::WrongPerson, Verdict::TakeOff(NotTheirs::WrongPerson)),
            (Unverified, Sign::WrongPerson, Verdict::TakeOff(NotTheirs::WrongPerson)),
            (Shared, Sign::WrongPerson, Verdict::Ask(Doubt::WrongPerson)),
            (Verified, nobody(1, 0), Verdict::Theirs),
            (Verified, nobody(2, 90), Verdict::Theirs),
            (Verified, nobody(9, 6), Verdict::Theirs),
            (Verified, nobody(3, 7), Verdict::Ask(Doubt::NothingArrives)),
            (Shared, nobody(3, 7), Verdict::Ask(Doubt::NothingArrives)),
            (Unverified, nobody(4, 60), Verdict::Ask(Doubt::NothingArrives)),
            (Unverified, nobody(5, 29), Verdict::Ask(Doubt::NothingArrives)),
            (Unverified, nobody(5, 30), Verdict::TakeOff(NotTheirs::NothingArrives)),
            (Shared, nobody(5, 30), Verdict::TakeOff(NotTheirs::NothingArrives)),
            (Verified, failing(2, 90), Verdict::Theirs),
            (Verified, failing(9, 6), Verdict::Theirs),
            (Verified, failing(3, 7), Verdict::Ask(Doubt::NothingArrives)),
            (Unverified, failing(9, 90), Verdict::Ask(Doubt::NothingArrives)),
            (Verified, Sign::BackAfter(days(44)), Verdict::Theirs),
            (Verified, Sign::BackAfter(days(45)), Verdict::Ask(Doubt::BackAgain)),
            (Verified, renamed("Anna", "Pál"), Verdict::Ask(Doubt::Renamed)),
            (Unverified, renamed("Anna", "Pál"), Verdict::Ask(Doubt::Renamed)),
            (Shared, renamed("Anna", "Pál"), Verdict::Theirs),
            (Verified, renamed("Anna", "ANNA k."), Verdict::Theirs),
            (Verified, renamed("Panni", "Kovács A."), Verdict::Theirs),
            (Verified, renamed("Anna", "🌸🌸"), Verdict::Theirs),
            (Verified, renamed("🌸", "Pál"), Verdict::Theirs),
        ] {
            assert_eq!(weigh(sureness, sign), expected, "{sureness:?} {sign:?}");
        }
    }

    #[test]
    fn a_choice_more_stands_where_somebody_else_may_read_and_each_time_once() {
        use Sureness::{Shared, Unverified, Verified};
        let mut world = Sample::new();
        let (now, id) = (world.monday_nine(), ContactPointId::new(world.monday_nine(), &mut world.chance));
        let ago = |days: u64| Some(now - Duration::from_hours(days * 24));
        for (address, sureness, heard, offered, offers) in [
            ("telegram:501", Unverified, ago(1), None, true),
            ("telegram:501", Unverified, ago(1), ago(1), false),
            ("telegram:501", Unverified, None, ago(179), false),
            ("telegram:501", Unverified, None, ago(180), true),
            ("telegram:501", Verified, None, None, false),
            ("whatsapp:36301234567", Verified, ago(179), None, false),
            ("whatsapp:36301234567", Verified, ago(180), None, true),
            ("whatsapp:36301234567", Verified, None, None, true),
            ("whatsapp:36301234567", Verified, None, ago(30), false),
            ("whatsapp:36301234567", Shared, None, None, false),
        ] {
            let (contact, _) = ContactPoint::new(id, world.anna.id, address.parse().unwrap(), sureness, now);
            let contact = ContactPoint { last_inbound_at: heard, ..contact };
            assert_eq!(offers_a_way_out(&contact, offered, now), offers, "{address} {sureness:?} {heard:?} {offered:?}");
        }
    }

    #[test]
    fn why_a_number_is_doubted_or_taken_off_is_said_in_every_language() {
        expect_words(NotTheirs::ALL.map(|why| why.key().to_owned()));
        expect_words(Doubt::ALL.map(|doubt| doubt.key().to_owned()));
    }
}
