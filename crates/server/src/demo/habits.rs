//! How a patient answers: soon, late, never, in words, with a thumb, with an emergency. Pure, and chosen by the seed, so
//! that the same patient asked the same question answers the same way in every demo.

use std::time::Duration;

use kernel::Chance;

/// The nature of a patient; it stays the same over all their visits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Habit {
    /// Taps within minutes.
    Soon,
    /// Taps some hours later.
    Late,
    /// Reads and does not answer, or does not even read.
    Never,
    /// Writes instead of tapping.
    InWords,
    /// Puts a thumb under the message.
    WithAThumb,
    /// Would like another time.
    Mover,
    /// Does not come.
    Canceller,
    /// Answers with a question that only a person can answer.
    Questioner,
    /// In pain.
    Emergency,
    /// Confirms, and is late on the day.
    Latecomer,
}

/// What a message asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Asked {
    /// Whether the visit stands.
    Confirmation,
    /// Which of several times.
    Slots,
    /// Why not.
    Reason,
    /// By how much late.
    Minutes,
    /// Whether they would like a new time, after a missed or cancelled visit.
    NewTime,
    Nothing,
}

/// What the patient does on the phone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gesture {
    Confirm,
    AnotherTime,
    Cancel,
    /// One of the offered times, counted from the first button.
    Slot(usize),
    /// One of the reasons, counted from the first button.
    Reason(usize),
    /// One of the minutes, counted from the first button.
    Minutes(usize),
    Thumb,
    Yes,
    Question,
    Emergency,
    Late,
    Thanks,
    Read,
}

/// A gesture, so long after the message came.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Planned {
    pub after: Duration,
    pub gesture: Gesture,
}

/// Of a hundred patients so many are like this.
pub const SHARES: [(Habit, usize); 10] = [
    (Habit::Soon, 36),
    (Habit::Late, 20),
    (Habit::Never, 14),
    (Habit::InWords, 8),
    (Habit::WithAThumb, 5),
    (Habit::Mover, 6),
    (Habit::Canceller, 3),
    (Habit::Questioner, 4),
    (Habit::Emergency, 1),
    (Habit::Latecomer, 3),
];

/// The chance that belongs to a patient and an occasion, and to nothing else.
pub fn chance_of(seed: u64, handle: &str, occasion: &str) -> Chance {
    // FNV-1a: the same on every machine
    let fold = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let text = handle.bytes().chain([0]).chain(occasion.bytes());
    Chance::from_seed(text.fold(0xcbf2_9ce4_8422_2325 ^ seed, fold))
}

pub fn habit(seed: u64, handle: &str) -> Habit {
    let mut place = chance_of(seed, handle, "habit").below(100);
    for (habit, share) in SHARES {
        if place < share {
            return habit;
        }
        place -= share;
    }
    Habit::Soon
}

/// What somebody of this habit does when asked so.
pub fn answer(habit: Habit, asked: Asked, chance: &mut Chance) -> Vec<Planned> {
    match asked {
        Asked::Confirmation => confirmation(habit, chance),
        Asked::Slots => vec![after_minutes(2, 25, Gesture::Slot(chance.below(3)), chance)],
        Asked::Reason => vec![after_minutes(1, 8, Gesture::Reason(chance.below(4)), chance)],
        Asked::Minutes => vec![after_minutes(1, 3, Gesture::Minutes(chance.below(3)), chance)],
        Asked::NewTime => match habit {
            Habit::Soon | Habit::Late | Habit::Mover | Habit::InWords if chance.percent(45) => {
                vec![after_minutes(5, 300, Gesture::AnotherTime, chance)]
            }
            _ => reads_perhaps(chance),
        },
        Asked::Nothing => match habit {
            Habit::InWords | Habit::Soon if chance.percent(12) => vec![after_minutes(1, 20, Gesture::Thanks, chance)],
            Habit::Never => reads_perhaps(chance),
            _ => vec![after_minutes(1, 90, Gesture::Read, chance)],
        },
    }
}

fn confirmation(habit: Habit, chance: &mut Chance) -> Vec<Planned> {
    match habit {
        Habit::Soon => vec![after_minutes(1, 30, Gesture::Confirm, chance)],
        Habit::Late => vec![after_minutes(120, 540, Gesture::Confirm, chance)],
        Habit::Never => reads_perhaps(chance),
        Habit::InWords => vec![after_minutes(3, 90, Gesture::Yes, chance)],
        Habit::WithAThumb => vec![after_minutes(2, 60, Gesture::Thumb, chance)],
        // even somebody who likes to move comes sometimes
        Habit::Mover if chance.percent(70) => vec![after_minutes(4, 120, Gesture::AnotherTime, chance)],
        Habit::Canceller if chance.percent(60) => vec![after_minutes(10, 240, Gesture::Cancel, chance)],
        Habit::Mover | Habit::Canceller => vec![after_minutes(10, 240, Gesture::Confirm, chance)],
        Habit::Questioner => vec![after_minutes(3, 100, Gesture::Question, chance)],
        Habit::Emergency => vec![after_minutes(5, 200, Gesture::Emergency, chance)],
        Habit::Latecomer => vec![after_minutes(5, 60, Gesture::Confirm, chance)],
    }
}

fn reads_perhaps(chance: &mut Chance) -> Vec<Planned> {
    if chance.percent(60) { vec![after_minutes(15, 400, Gesture::Read, chance)] } else { Vec::new() }
}

fn after_minutes(least: usize, most: usize, gesture: Gesture, chance: &mut Chance) -> Planned {
    let minutes = least + chance.below(most - least);
    Planned { after: Duration::from_mins(1) * u32::try_from(minutes).expect("some hours"), gesture }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn gestures(habit: Habit, asked: Asked) -> Vec<Gesture> {
        let mut seen: Vec<Gesture> = Vec::new();
        for seed in 0..200 {
            for planned in answer(habit, asked, &mut Chance::from_seed(seed)) {
                if !seen.contains(&planned.gesture) {
                    seen.push(planned.gesture);
                }
            }
        }
        seen
    }

    #[test]
    fn each_habit_answers_a_reminder_in_its_own_way() {
        for (habit, expected) in [
            (Habit::Soon, vec![Gesture::Confirm]),
            (Habit::Late, vec![Gesture::Confirm]),
            (Habit::Never, vec![Gesture::Read]),
            (Habit::InWords, vec![Gesture::Yes]),
            (Habit::WithAThumb, vec![Gesture::Thumb]),
            (Habit::Questioner, vec![Gesture::Question]),
            (Habit::Emergency, vec![Gesture::Emergency]),
            (Habit::Latecomer, vec![Gesture::Confirm]),
        ] {
            assert_eq!(gestures(habit, Asked::Confirmation), expected, "{habit:?}");
        }
        for (habit, wish) in [(Habit::Mover, Gesture::AnotherTime), (Habit::Canceller, Gesture::Cancel)] {
            let seen = gestures(habit, Asked::Confirmation);
            assert!(seen.contains(&wish) && seen.contains(&Gesture::Confirm), "{habit:?}: {seen:?}");
        }
    }

    #[test]
    fn soon_is_within_half_an_hour_and_late_after_two_hours() {
        for seed in 0..200 {
            let [soon] = answer(Habit::Soon, Asked::Confirmation, &mut Chance::from_seed(seed))[..] else { panic!("one answer") };
            let [late] = answer(Habit::Late, Asked::Confirmation, &mut Chance::from_seed(seed))[..] else { panic!("one answer") };
            assert!(soon.after <= Duration::from_mins(30) && late.after >= Duration::from_hours(2));
        }
    }

    #[test]
    fn the_shares_make_a_hundred_and_each_is_found_among_the_patients() {
        assert_eq!(SHARES.iter().map(|(_, share)| share).sum::<usize>(), 100);
        let of_all: Vec<Habit> = (0..4_000).map(|number| habit(7, &format!("phone-{number:04}"))).collect();
        for (habit, share) in SHARES {
            let found = of_all.iter().filter(|other| **other == habit).count();
            assert!(found.abs_diff(share * 40) <= 40, "{habit:?}: {found} of 4000");
        }
    }

    #[test]
    fn the_same_seed_gives_the_same_habits_and_another_seed_others() {
        let all = |seed| (0..100).map(|number| habit(seed, &format!("phone-{number:04}"))).collect::<Vec<_>>();
        assert_eq!(all(7), all(7));
        assert_ne!(all(7), all(8));
    }
}
