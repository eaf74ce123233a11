//! `GET <path>` shows the visit, `GET <path>/times` other times, `GET <path>/calendar.ics` the file for a calendar.
//! `POST <path>` with `seen` (the version) and `answer`: `confirm`, `person`, `late` with `minutes`, `cancel` with `reason`,
//! `move` with `slot`. A page that is out of date is shown again as it stands now, with a notice that says so.

use askama::Template;
use kernel::Arg;

use crate::page::{Chip, PlainPage};

#[derive(Template)]
#[template(path = "visit.html")]
pub struct VisitPage {
    pub page: PlainPage,
    pub clinic: String,
    /// `/visit/<token>`
    pub path: String,
    pub version: i64,
    /// The name to greet by.
    pub patient: String,
    pub chip: Chip,
    pub standing: Standing,
    /// 'Wednesday, 25 November, 10:30'
    pub when: String,
    /// 'tomorrow', 'in 3 days'; empty where it is far away or over.
    pub nearness: String,
    /// As patients hear of them: 'Dr Gromov'.
    pub provider: String,
    pub minutes: u32,
    pub address: String,
    pub map_url: Option<String>,
    pub preparation: String,
    /// Minutes that the patient said they will be late.
    pub late_minutes: Option<u32>,
    /// When a person answers: 'by 9:15', 'on Monday from 9:00'.
    pub person: String,
    pub part: Part,
}

/// What the patient can still do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Everything: it is booked and waits for a yes.
    Booked,
    /// Everything but a second yes.
    Confirmed,
    /// Asked for; the clinic has not accepted it yet.
    Requested,
    /// It has begun, is over, was cancelled or missed: only a person can help.
    Closed,
}

#[derive(Clone)]
pub enum Part {
    TheVisit,
    /// Empty: nothing fits, a person looks for it.
    OtherTimes(Vec<DayOfTimes>),
}

/// 'Thursday, 26 November' with its free times.
#[derive(Clone)]
pub struct DayOfTimes {
    pub day: String,
    pub times: Vec<FreeTime>,
}

#[derive(Clone)]
pub struct FreeTime {
    /// What the form sends as `slot`.
    pub value: String,
    /// '10:30'
    pub time: String,
    /// Only where it is somebody else than before.
    pub provider: Option<String>,
}

/// Minutes that can be tapped.
const LATE: [u32; 5] = [5, 10, 15, 20, 30];
/// Reasons that can be tapped; the words stand under `cancel-reason-<name>`.
const REASONS: [&str; 5] = ["unwell", "no_time", "cost", "elsewhere", "other"];

impl VisitPage {
    fn greeting(&self) -> String {
        let key = match self.standing {
            Standing::Booked | Standing::Confirmed => "visit-page-greeting",
            Standing::Requested => "visit-page-greeting-requested",
            Standing::Closed => "visit-page-greeting-closed",
        };
        self.page.words.with(key, &[("patient", Arg::from(self.patient.clone()))])
    }

    fn length(&self) -> String {
        self.page.words.with("visit-page-length", &[("minutes", Arg::from(self.minutes))])
    }

    fn minutes(&self, minutes: u32) -> String {
        self.page.words.with("visit-page-minutes", &[("minutes", Arg::from(minutes))])
    }

    fn late(&self) -> Option<String> {
        let minutes = self.late_minutes?;
        Some(self.page.words.with("visit-page-late-said", &[("minutes", Arg::from(minutes))]))
    }

    fn late_choices(&self) -> Vec<(u32, String)> {
        LATE.map(|minutes| (minutes, self.minutes(minutes))).into()
    }

    fn reasons(&self) -> Vec<(&'static str, String)> {
        REASONS.map(|name| (name, self.page.words.say(&format!("visit-page-reason-{}", name.replace('_', "-"))))).into()
    }
}

/// A link that leads nowhere any more: expired, already replaced, or never ours. All look the same.
#[derive(Template)]
#[template(path = "link-ended.html")]
pub struct LinkEndedPage {
    pub page: PlainPage,
}
