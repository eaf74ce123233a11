//! What can happen in a life. Which visit, message or button is meant counts what is there at that moment, so that a life
//! from which something was taken out can still be lived.

use std::time::Duration;

use clinic::tasks::TaskOutcome;
use kernel::Chance;

use crate::world::Trouble;

#[derive(Debug, Clone, Copy)]
pub enum Act {
    Book { who: Who, days: i64, hour: i8 },
    Move { visit: usize, days: i64, hour: i8, page: Page },
    Mark { visit: usize, marking: Marking, page: Page },
    Tap { message: usize, button: usize },
    Say(Words),
    Blocks,
    ComesBack,
    Answers(Page),
    Closes,
    Takes,
    GivesBack,
    Settles { task: usize, outcome: TaskOutcome },
    Releases,
    Agrees { who: Who },
    Objects { who: Who },
    WireFails(Trouble),
}

/// The patient, who reads for the child too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Who {
    Parent,
    Child,
}

/// What a patient says to messages about their care.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    Agrees,
    Objects,
}

/// Whether somebody has the newest state before their eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page {
    Fresh,
    Stale,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Marking {
    Confirm,
    Arrive,
    TakeInChair,
    Complete,
    Miss,
    Undo,
    Late,
    Cancel,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Words {
    Stop,
    Start,
    Thanks,
    Emergency,
    Person,
    Unclear,
    Confirm,
    Late,
}

impl Words {
    pub const fn said(self) -> &'static str {
        match self {
            Self::Stop => "STOP",
            Self::Start => "START",
            Self::Thanks => "Thank you!",
            Self::Emergency => "My tooth hurts terribly and it is bleeding",
            Self::Person => "A person, please",
            Self::Unclear => "How much is a crown?",
            Self::Confirm => "I confirm, thank you",
            Self::Late => "I'll be 10 minutes late",
        }
    }
}

const MARKINGS: [Marking; 10] = [
    Marking::Confirm,
    Marking::Arrive,
    Marking::Arrive,
    Marking::TakeInChair,
    Marking::Complete,
    Marking::Miss,
    Marking::Miss,
    Marking::Undo,
    Marking::Late,
    Marking::Cancel,
];

const WORDS: [Words; 8] =
    [Words::Stop, Words::Start, Words::Thanks, Words::Emergency, Words::Person, Words::Unclear, Words::Confirm, Words::Late];

const OUTCOMES: [TaskOutcome; 4] = [TaskOutcome::Confirmed, TaskOutcome::Cancelled, TaskOutcome::NoAnswer, TaskOutcome::Settled];

/// What happens at each step of a life.
pub fn life(steps: usize, chance: &mut Chance) -> Vec<Vec<Act>> {
    let mut life: Vec<Vec<Act>> = vec![vec![Act::Book { who: Who::Parent, days: days(chance), hour: hour(chance) }]];
    for _ in 1..steps {
        let many = *chance.pick(&[0, 1, 1, 2]);
        life.push((0..many).map(|_| act(chance)).collect());
    }
    life
}

fn act(chance: &mut Chance) -> Act {
    let who = if chance.percent(70) { Who::Parent } else { Who::Child };
    let page = if chance.percent(90) { Page::Fresh } else { Page::Stale };
    let visit = chance.below(6);
    match chance.below(100) {
        0..14 => Act::Book { who, days: days(chance), hour: hour(chance) },
        14..19 => Act::Move { visit, days: days(chance), hour: hour(chance), page },
        19..36 => Act::Mark { visit, marking: *chance.pick(&MARKINGS), page },
        36..68 => Act::Tap { message: chance.below(3), button: chance.below(7) },
        68..80 => Act::Say(*chance.pick(&WORDS)),
        80..82 => Act::Blocks,
        82..84 => Act::ComesBack,
        84..87 => Act::Answers(page),
        87..89 => Act::Closes,
        89..91 => Act::Takes,
        91..92 => Act::GivesBack,
        92..94 => Act::Settles { task: chance.below(3), outcome: *chance.pick(&OUTCOMES) },
        94..95 => Act::Releases,
        95..96 => Act::Agrees { who },
        96..97 => Act::Objects { who },
        _ => Act::WireFails(*chance.pick(&[Trouble::Silence, Trouble::TooFast(40), Trouble::Refused])),
    }
}

fn days(chance: &mut Chance) -> i64 {
    *chance.pick(&[0, 0, 1, 1, 2, 4, 6])
}

fn hour(chance: &mut Chance) -> i8 {
    *chance.pick(&[9, 10, 11, 14, 15, 17])
}

/// How much time passes after each step: never to the very moment at which something is due.
pub fn pace(steps: usize, chance: &mut Chance) -> Vec<Duration> {
    let minutes = [7, 41, 73, 303, 727, 1_447, 1_447];
    (0..steps).map(|_| Duration::from_secs(60 * *chance.pick(&minutes) + 13)).collect()
}
