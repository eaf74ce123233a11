//! What Today shows, the most urgent first. Every text is ready to be read: dates, digits and names stand in the
//! reader's language.
//!
//! ```text
//! GET  /today                      TodayPage; to a script of ours TodayPiece, on `today`
//! POST /tasks/{task}               outcome=confirmed|moved|cancelled|no_answer|settled
//! POST /messages/{message}/release
//! POST /messages/{message}/drop    only what is held since a restore
//! POST /messages/restored          finding=still_to_go|went_before
//! POST /messages/{message}/resolve resolution=sent|not_sent|send_again
//! POST the address of a Step       its name and value, and the version that was seen
//! ```

use askama::Template;
use clinic::tasks::{TaskKind, TaskOutcome};
use kernel::{ConversationId, DeskTaskId, MessageId, PatientId};

use crate::delays::Concern;
use crate::{Chip, Page, Words};

#[derive(Template)]
#[template(path = "today.html")]
pub struct TodayPage {
    pub page: Page,
    pub today: Today,
}

#[derive(Template)]
#[template(path = "today/live.html")]
pub struct TodayPiece {
    pub page: Page,
    pub today: Today,
}

pub struct Today {
    /// 'Monday, 23 November'
    pub day: String,
    /// '18 visits · 13 confirmed', in the reader's digits.
    pub summary: String,
    /// What does not go as it should; nothing on a good day.
    pub delays: Vec<Concern>,
    /// Emergencies first, then what is overdue, then what comes due.
    pub tasks: Vec<Task>,
    pub waiting: Vec<Waiting>,
    /// In the order of the day; who has been is last.
    pub coming: Vec<Coming>,
    /// The visits of the next working day that are not sure.
    pub unsure: Vec<Unsure>,
    /// 'Tomorrow', 'Monday'
    pub unsure_day: String,
    /// What is held since a backup was restored.
    pub restored: Vec<Delayed>,
    /// What is held, failed or in doubt.
    pub outbox: Vec<Delayed>,
}

/// What a person must do.
pub struct Task {
    pub id: DeskTaskId,
    pub kind: TaskKind,
    pub name: String,
    pub card: Option<PatientId>,
    /// 'The reminders were not answered'
    pub reason: String,
    /// 'Tue 24 Nov, 10:30 · Dr Gromov'
    pub visit: String,
    /// The visit in the journal, to move it while the patient is on the line.
    pub journal: Option<String>,
    /// 'due 12:00', '25 min over'
    pub due: Chip,
    pub phones: Vec<Phone>,
    pub rings: Rings,
    /// What to say, sentence by sentence.
    pub script: Vec<String>,
    pub conversation: Option<ConversationId>,
    /// But for cancelling the visit, which is asked about once more.
    pub outcomes: Vec<TaskOutcome>,
    pub cancels: Cancels,
}

/// Whether the call may end with the visit cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cancels {
    Yes,
    No,
}

/// How a number is dialled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rings {
    /// The exchange rings the desk, then the patient.
    FromHere,
    ByHand,
}

pub struct Phone {
    /// As it is read.
    pub shown: String,
    /// As it is dialled: `+79000000001`.
    pub dialled: String,
}

pub struct Waiting {
    pub conversation: ConversationId,
    pub name: String,
    pub initials: String,
    /// 'for Mira', where a guardian writes.
    pub for_whom: String,
    pub preview: String,
    pub clock: Chip,
    /// 'Telegram'
    pub channel: String,
    /// Who has taken it.
    pub holder: String,
}

pub struct Coming {
    /// The visit in the journal.
    pub href: String,
    pub at: String,
    pub name: String,
    pub card: PatientId,
    /// 'Dr Gromov'
    pub provider: String,
    /// 'chair 2 · check-up'
    pub place: String,
    pub state: Chip,
    /// 'confirmed by Telegram, Tue 18:42'
    pub origin: String,
    /// '10 min late'; for who sits there: 'waits 6 min'.
    pub late: String,
    pub note: String,
    /// The next mark of the visit, one tap away.
    pub step: Option<Step>,
}

/// A button that marks a visit: where the form goes, and what it says.
pub struct Step {
    pub action: String,
    pub name: &'static str,
    pub value: &'static str,
    pub seen: i64,
    pub label: String,
}

pub struct Unsure {
    pub href: String,
    pub at: String,
    pub name: String,
    pub card: PatientId,
    pub provider: String,
    pub state: Chip,
    /// 'asked twice, no answer'
    pub reason: String,
    /// 'the bot asks again at 16:00'
    pub next: String,
}

pub struct Delayed {
    pub message: MessageId,
    pub conversation: ConversationId,
    pub name: String,
    pub preview: String,
    pub state: Chip,
    pub why: String,
    pub remedy: Remedy,
}

/// What a person may do about a message that is not on its way.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    Release,
    Resolve,
    /// Find out whether it has gone before.
    LookAfter,
    /// Nothing but to look.
    Read,
}

impl Today {
    /// Whoever waits comes before what is to be done; an emergency comes before both.
    fn waiting_comes_first(&self) -> bool {
        !self.waiting.is_empty() && !self.tasks.iter().any(Task::is_emergency)
    }
}

impl Task {
    pub fn kind_word(&self, words: &Words) -> String {
        words.say(&self.kind.key())
    }

    /// The buttons of what may come of it: name and words.
    pub fn buttons(&self, words: &Words) -> Vec<(&'static str, String)> {
        let say = |outcome: &TaskOutcome| words.say(&format!("today-outcome-{}", outcome.name().replace('_', "-")));
        self.outcomes.iter().map(|outcome| (outcome.name(), say(outcome))).collect()
    }

    pub fn may_cancel(&self) -> bool {
        self.cancels == Cancels::Yes
    }

    pub fn rings_from_here(&self) -> bool {
        self.rings == Rings::FromHere
    }

    pub fn is_emergency(&self) -> bool {
        self.kind == TaskKind::Emergency
    }
}

impl Remedy {
    pub const fn releases(self) -> bool {
        matches!(self, Self::Release)
    }

    pub const fn resolves(self) -> bool {
        matches!(self, Self::Resolve)
    }
}
