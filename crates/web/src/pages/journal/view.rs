//! What the journal shows: a day by provider, one visit beside it, the form of a new one. Texts are ready to be read.
//!
//! ```text
//! GET  /journal?on=2026-11-25&visit={visit}   JournalPage; to a script of ours DayPiece, on `journal`
//! GET  /journal/visits/{visit}                to a script of ours VisitPiece, on `journal`; else its day with it open
//! GET  /journal/new?find=&patient=&service=&provider=&from=   NewVisitPage, always whole
//! POST /journal/visits                        patient, service, slot, note
//! POST /journal/visits/{visit}/mark           seen, mark, and minutes or reason
//! POST /journal/visits/{visit}/move           seen, slot
//! ```

use askama::Template;
use clinic::journal::{CancelReason, Visit, VisitState};
use kernel::{Timestamp, format};

use crate::forms::{Choice, Faults};
use crate::{Chip, Page, Tone, Words};

#[derive(Template)]
#[template(path = "journal.html")]
pub struct JournalPage {
    pub page: Page,
    pub day: JournalDay,
    pub side: Side,
    pub open: Option<VisitPanel>,
}

#[derive(Template)]
#[template(path = "journal/day.html")]
pub struct DayPiece {
    pub page: Page,
    pub day: JournalDay,
    pub side: Side,
}

#[derive(Template)]
#[template(path = "journal/visit.html")]
pub struct VisitPiece {
    pub page: Page,
    pub open: Option<VisitPanel>,
}

pub struct JournalDay {
    /// `2026-11-25`, as the days before and after it.
    pub on: String,
    /// As the reader types it.
    pub typed: String,
    pub before: String,
    pub after: String,
    pub today: Today,
    /// 'Wednesday, 25 November'
    pub title: String,
    /// '18 visits · 13 confirmed'
    pub summary: String,
    /// The clinic is closed: why, or that it is.
    pub closed: Option<String>,
    /// From the first to the last hour that is shown, in minutes of the day; whole hours.
    pub from_minute: u16,
    pub until_minute: u16,
    pub columns: Vec<Column>,
    /// In the order of their start, whoever treats.
    pub visits: Vec<Block>,
    /// The visit that stands open beside the day.
    pub open: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Today {
    /// The day shown is today, and this minute of it is now.
    Now(u16),
    Another,
}

/// A provider.
pub struct Column {
    pub provider: String,
    pub name: String,
    /// Where they usually work that day: id and name.
    pub chair: Option<(String, String)>,
    /// When they are not there, in minutes of the day.
    pub off: Vec<(u16, u16)>,
}

pub struct Block {
    pub id: String,
    pub version: i64,
    /// The place of its provider in `columns`, from 0.
    pub column: usize,
    pub from_minute: u16,
    pub until_minute: u16,
    pub tone: Tone,
    /// 'confirmed'
    pub state: String,
    pub patient: String,
    pub service: String,
    /// 'by Telegram, Tue 18:42'; empty where nobody marked it.
    pub origin: String,
    /// '20 min late'
    pub late: Option<String>,
    /// What a form needs to move it; None where it stays.
    pub moves: Option<Moves>,
}

/// A visit that can still be moved: its chair and its length.
#[derive(Clone)]
pub struct Moves {
    pub chair: String,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

/// Beside the day.
#[derive(Default)]
pub struct Side {
    /// Visits that need a person: not confirmed, at risk, requested.
    pub needs_you: Vec<SideLine>,
    /// What the bot does next: 'The bot asks again at 16:00; call tasks from 17:00.'
    pub next: String,
    /// The newest marks of the day.
    pub marks: Vec<SideLine>,
}

pub struct SideLine {
    /// '10:24', or the time of the visit.
    pub time: String,
    /// The patient.
    pub text: String,
    /// 'Arrived · Bianka, at the desk'
    pub about: String,
    pub visit: String,
    pub chip: Option<Chip>,
}

/// One visit, with all that can be done to it now.
pub struct VisitPanel {
    pub id: String,
    pub version: i64,
    /// `2026-11-25`
    pub on: String,
    pub patient: String,
    /// The id of the card.
    pub card: String,
    pub conversation: Option<String>,
    pub chip: Chip,
    /// 'Wednesday, 25 November, 10:30–11:15'
    pub when: String,
    pub provider: String,
    pub chair: String,
    pub service: String,
    pub note: String,
    pub late: Option<String>,
    /// Newest last.
    pub history: Vec<HistoryLine>,
    /// What the bot does next about it, with its run.
    pub next: Option<HistoryLine>,
    pub acts: Vec<VisitAct>,
    /// The mark that can be taken back: 'arrived'.
    pub undo: Option<String>,
    /// Free times to move to, the soonest first.
    pub times: Vec<Choice>,
}

pub struct HistoryLine {
    /// 'Tue 18:42'
    pub at: String,
    /// 'Confirmed'
    pub text: String,
    /// 'by Telegram', 'Bianka, at the desk'
    pub origin: String,
    /// The run of a playbook that led to it.
    pub run: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitAct {
    Accept,
    Confirm,
    Arrive,
    TakeInChair,
    Complete,
    Miss,
    Late,
    Move,
    Cancel,
}

/// Minutes that can be chosen.
const LATE: [u32; 7] = [5, 10, 15, 20, 30, 45, 60];
const ROW: u16 = 5;

impl JournalDay {
    /// The row of a minute, from the top of the day; what lies outside of it is cut off.
    fn row(&self, minute: u16) -> u16 {
        (minute.clamp(self.from_minute, self.until_minute) - self.from_minute) / ROW
    }

    fn rows(&self) -> u16 {
        self.row(self.until_minute)
    }

    /// The classes of a span of minutes: its first row, and the one it ends at.
    #[expect(clippy::trivially_copy_pass_by_ref, reason = "templates pass by reference")]
    fn rows_of(&self, span: &(u16, u16)) -> String {
        format!("from-{} to-{}", self.row(span.0), self.row(span.1))
    }

    fn place(&self, block: &Block) -> String {
        format!("{} in-{}", self.rows_of(&(block.from_minute, block.until_minute)), block.column + 1)
    }

    fn hours(&self, words: &Words) -> Vec<(u16, String)> {
        let hours = (self.from_minute / 60)..(self.until_minute / 60);
        hours.map(|hour| (self.row(hour * 60), format::digits(&format!("{hour:02}:00"), words.locale()))).collect()
    }

    fn now(&self) -> Option<u16> {
        match self.today {
            Today::Now(minute) if (self.from_minute..self.until_minute).contains(&minute) => Some(self.row(minute)),
            Today::Now(_) | Today::Another => None,
        }
    }

    /// How many visits of the same provider began before and still last: they stand beside each other.
    fn beside(&self, block: &Block) -> usize {
        let earlier = self.visits.iter().take_while(|other| other.id != block.id);
        earlier.filter(|other| other.column == block.column && other.until_minute > block.from_minute).count().min(2)
    }

    fn is_open(&self, block: &Block) -> bool {
        self.open.as_ref() == Some(&block.id)
    }

    fn provider(&self, block: &Block) -> &str {
        self.columns.get(block.column).map_or("", |column| column.name.as_str())
    }
}

impl Block {
    /// '10:30–11:15'
    fn times(&self, words: &Words) -> String {
        let (from, until) = (self.from_minute, self.until_minute);
        format::digits(&format!("{:02}:{:02}–{:02}:{:02}", from / 60, from % 60, until / 60, until % 60), words.locale())
    }

    /// A short visit has one line.
    fn size(&self) -> &'static str {
        match self.until_minute.saturating_sub(self.from_minute) {
            0..=15 => "tiny",
            16..=25 => "small-one",
            26..=40 => "one-line",
            _ => "",
        }
    }
}

impl VisitAct {
    /// What fits the visit as it stands, the likeliest first.
    pub fn of(visit: &Visit, now: Timestamp) -> Vec<Self> {
        let begun = now >= visit.starts_at;
        let mut acts = match visit.state {
            VisitState::Requested => vec![Self::Accept, Self::Move, Self::Cancel],
            VisitState::Booked if !begun => vec![Self::Confirm, Self::Arrive, Self::Late, Self::Move, Self::Cancel],
            VisitState::Booked | VisitState::Confirmed { .. } => vec![Self::Arrive, Self::Late, Self::Move, Self::Cancel],
            VisitState::Arrived { .. } => vec![Self::TakeInChair],
            VisitState::InChair { .. } => vec![Self::Complete],
            VisitState::Completed { .. } | VisitState::Cancelled { .. } | VisitState::Moved { .. } | VisitState::NoShow { .. } => vec![],
        };
        if begun && matches!(visit.state, VisitState::Booked | VisitState::Confirmed { .. }) {
            acts.insert(1, Self::Miss);
        }
        acts
    }

    /// What the form sends as `mark`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Accept => "accept",
            Self::Confirm => "confirm",
            Self::Arrive => "arrive",
            Self::TakeInChair => "in-chair",
            Self::Complete => "complete",
            Self::Miss => "no-show",
            Self::Late => "late",
            Self::Move => "move",
            Self::Cancel => "cancel",
        }
    }

    fn label(self, words: &Words) -> String {
        words.say(&format!("journal-act-{}", self.name()))
    }
}

/// Colour and shape of a visit in the journal.
pub const fn tone(state: &VisitState) -> Tone {
    match state {
        VisitState::Requested | VisitState::Booked => Tone::Wait,
        VisitState::Confirmed { .. } | VisitState::Arrived { .. } | VisitState::InChair { .. } => Tone::Good,
        VisitState::NoShow { .. } => Tone::Bad,
        VisitState::Completed { .. } | VisitState::Cancelled { .. } | VisitState::Moved { .. } => Tone::Done,
    }
}

impl VisitPanel {
    /// One tap each.
    fn marks(&self) -> Vec<VisitAct> {
        let single = |act: &VisitAct| !matches!(act, VisitAct::Late | VisitAct::Move | VisitAct::Cancel);
        self.acts.iter().copied().filter(single).collect()
    }

    fn may(&self, name: &str) -> bool {
        self.acts.iter().any(|act| act.name() == name)
    }
}

/// Minutes that can be tapped.
fn late_minutes(words: &Words) -> Vec<(u32, String)> {
    LATE.map(|minutes| (minutes, words.with("visit-page-minutes", &[("minutes", minutes.into())]))).into()
}

fn reasons(words: &Words) -> Vec<(&'static str, String)> {
    CancelReason::ALL.map(|reason| (reason.name(), words.say(&reason.key()))).into()
}

#[derive(Template)]
#[template(path = "journal-new.html")]
pub struct NewVisitPage {
    pub page: Page,
    pub find: String,
    pub found: Vec<Found>,
    /// Who it is for, once chosen.
    pub patient: Option<Found>,
    pub services: Vec<Choice>,
    /// The first one is anybody.
    pub providers: Vec<Choice>,
    /// `2026-11-25`
    pub from: String,
    /// As the reader types it.
    pub from_typed: String,
    /// Empty: a service is to be chosen first, or nothing is free.
    pub days: Vec<DayOfSlots>,
    pub note: String,
    pub faults: Faults,
}

pub struct Found {
    pub id: String,
    pub name: String,
    /// 'born 1984 · +36 30 555 01 22'
    pub detail: String,
}

pub struct DayOfSlots {
    pub day: String,
    pub slots: Vec<FreeSlot>,
}

pub struct FreeSlot {
    /// What the form sends as `slot`.
    pub value: String,
    pub time: String,
    /// 'Dr Gromov · chair 2'
    pub place: String,
}

impl NewVisitPage {
    fn service(&self) -> Option<&Choice> {
        self.services.iter().find(|choice| choice.chosen && !choice.value.is_empty())
    }
}
