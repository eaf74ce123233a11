//! A playbook as data. Its text form is TOML, read and checked in `read.rs`.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::Time;

use crate::consents::Purpose;
use crate::happenings::Happening;
use crate::outbox::Rank;
use crate::tasks::TaskKind;

#[derive(Debug, Clone, PartialEq)]
pub struct Script {
    /// Its name for ever: `visit-reminder`.
    pub id: String,
    pub version: u32,
    pub purpose: Purpose,
    pub rank: Rank,
    pub trigger: Trigger,
    /// Names of happenings that end a run of it.
    pub stops: Vec<String>,
    /// What an answer does wherever the run waits, unless the step says otherwise: reply name to step name.
    pub answers: BTreeMap<String, String>,
    pub steps: Vec<Step>,
    /// The figure that it is meant to move.
    pub goal: String,
}

/// What begins a run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trigger {
    /// Names of happenings; empty where only the desk or another playbook starts it.
    pub on: Vec<String>,
    pub imported: Imported,
    pub repeat: Repeat,
}

/// How often one patient can go through it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeat {
    Always,
    OncePerPatient,
    /// Not while the patient is being led through it.
    OneAtATime,
}

/// Whether what came by import begins runs too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Imported {
    Counts,
    IsLeftAlone,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Step {
    pub name: String,
    pub when: Option<When>,
    pub only_if: Option<Condition>,
    /// A visit that starts within this is spoken of at any hour, and a person rings up whoever cannot be written to.
    pub urgent_within: Option<Duration>,
    pub action: Action,
    /// Where it goes on once it is done; the step below it in the list where nothing is said, or where it is left out.
    pub next: Option<String>,
}

/// The moment of a step.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// So many days before the visit, at a time of day in the clinic's zone.
    DaysBefore { days: u32, at: Time },
    /// So long before the visit's start. Where that falls into quiet hours: the evening before, an hour before they begin.
    Before(Duration),
    /// So long after the visit's start.
    AfterStart(Duration),
    /// So long after the step before it was done.
    After(Duration),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Condition {
    Unconfirmed,
    /// The clinic moved the visit. A patient who moved it in the dialogue has been answered there.
    MovedByUs,
    /// A new visit, booked by the clinic.
    BookedByUs,
    /// The clinic cancelled the visit. A patient who cancelled it has been answered where they did.
    CancelledByUs,
    /// The clinic cannot keep the visit: it owes an apology and a new time.
    CancelledForUs,
    /// Missed at least two visits within the last year.
    MissedOften,
    MissedOnce,
    /// The lateness that the patient gave still leaves time for the visit.
    StillFits,
    DoesNotFit,
    /// The clinic is open just now.
    OpenNow,
    ClosedNow,
}

impl Condition {
    pub const ALL: [(Self, &'static str); 11] = [
        (Self::Unconfirmed, "unconfirmed"),
        (Self::MovedByUs, "moved-by-us"),
        (Self::BookedByUs, "booked-by-us"),
        (Self::CancelledByUs, "cancelled-by-us"),
        (Self::CancelledForUs, "cancelled-for-us"),
        (Self::MissedOften, "missed-often"),
        (Self::MissedOnce, "missed-once"),
        (Self::StillFits, "still-fits"),
        (Self::DoesNotFit, "does-not-fit"),
        (Self::OpenNow, "open-now"),
        (Self::ClosedNow, "closed-now"),
    ];
}

#[derive(Debug, Clone, PartialEq)]
pub enum Action {
    /// Says a text and goes on.
    Say {
        text: String,
        several: Option<String>,
        attach: Attach,
    },
    /// Says a text and waits for an answer until the next step's moment.
    Ask {
        text: String,
        several: Option<String>,
        buttons: Vec<String>,
        answers: BTreeMap<String, String>,
        ladder: Ladder,
    },
    /// Three fitting slots as buttons, with 'more' and 'a person'; `taken` once the visit stands at the chosen one.
    Offer {
        text: String,
        empty: String,
        taken: String,
        gone: String,
        moved_from: MovedFrom,
    },
    /// Changes the journal, then goes to `next`; to `refused` where the journal says no.
    Mark {
        mark: MarkKind,
        refused: String,
    },
    /// Opens a desk task and goes on.
    Task {
        kind: TaskKind,
        reason: String,
    },
    /// Gives the patient to a person with the run's context and ends the run.
    HandOver {
        text: String,
        reason: String,
    },
    End {
        outcome: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Attach {
    #[default]
    Nothing,
    Calendar,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Ladder {
    /// Where the gate would write anyway.
    #[default]
    Same,
    /// On the next channel after those already tried in this run.
    Next,
}

/// What happens to the old time when a slot is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MovedFrom {
    /// The visit moves.
    Visit,
    /// There is no open visit any more: a new one is booked for the same service.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum MarkKind {
    Confirm,
    Cancel,
    Late,
}

impl Script {
    pub fn step(&self, name: &str) -> Option<&Step> {
        self.steps.iter().find(|step| step.name == name)
    }

    /// Where it goes on once `name` is done: the step that it names, else the one below it in the list.
    pub fn after(&self, name: &str) -> Option<&Step> {
        match &self.step(name)?.next {
            Some(next) => self.step(next),
            None => self.below(name),
        }
    }

    /// Where it goes on if `name` is left out: its own way on belongs to what it would have done.
    pub fn below(&self, name: &str) -> Option<&Step> {
        let place = self.steps.iter().position(|step| step.name == name)?;
        self.steps.get(place + 1)
    }

    pub fn is_started_by(&self, happening: &Happening, imported: Imported) -> bool {
        (imported == Imported::Counts || self.trigger.imported == Imported::Counts)
            && self.trigger.on.iter().any(|name| name == happening.name())
    }

    pub fn is_stopped_by(&self, happening: &Happening) -> bool {
        self.stops.iter().any(|name| name == happening.name())
    }

    /// Whether one of its steps depends on one of these conditions.
    pub fn asks_whether(&self, conditions: &[Condition]) -> bool {
        self.steps.iter().any(|step| step.only_if.is_some_and(|condition| conditions.contains(&condition)))
    }

    /// Every text that it can say, with the step that says it.
    pub fn texts(&self) -> Vec<(&str, &str)> {
        let mut texts = Vec::new();
        for step in &self.steps {
            let name = step.name.as_str();
            match &step.action {
                Action::HandOver { text, .. } | Action::Offer { text, .. } => texts.push((name, text.as_str())),
                Action::Say { text, several, .. } | Action::Ask { text, several, .. } => {
                    texts.push((name, text.as_str()));
                    texts.extend(several.as_deref().map(|several| (name, several)));
                }
                Action::Mark { .. } | Action::Task { .. } | Action::End { .. } => {}
            }
        }
        texts
    }
}
