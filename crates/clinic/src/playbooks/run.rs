//! One patient going through one playbook:
//!
//! ```text
//! active(step) -> waiting(for an answer or a moment) -> active ...
//!      any -> done(outcome) | stopped(reason) | handed_over
//! ```

use std::fmt;

use kernel::{ClinicId, PatientId, RunId, Timestamp, VisitId};
use serde::{Deserialize, Serialize};

use crate::actors::Actor;
use crate::journal::{CancelReason, Slot};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    pub id: RunId,
    pub playbook: String,
    /// The version it began with, and keeps.
    pub script_version: u32,
    pub clinic: ClinicId,
    pub patient: PatientId,
    /// What it is about, the first one first: visits of one family on one day share one run.
    pub visits: Vec<VisitId>,
    pub state: RunState,
    /// Every slot offered so far; a button names its place in here.
    pub offered: Vec<Slot>,
    /// Where in `offered` the last offer begins.
    pub last_offer: usize,
    /// How often slots were offered.
    pub offers: u32,
    pub reason: Option<CancelReason>,
    pub late_minutes: Option<u32>,
    pub started_by: Actor,
    pub started_at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum RunState {
    /// In the middle of a step: slots are looked up or the journal is being marked.
    Active {
        step: String,
    },
    /// Goes on with `next` at `due_at`, or earlier by an answer to the step `question`.
    Waiting {
        next: String,
        due_at: Timestamp,
        question: Option<String>,
    },
    Done {
        outcome: String,
    },
    Stopped {
        reason: StopReason,
    },
    HandedOver,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum StopReason {
    VisitConfirmed,
    VisitMoved,
    VisitCancelled,
    VisitStarted,
    /// Another run says it for several visits at once.
    Joined,
    /// They were spoken with by telephone.
    Spoken,
    PatientGone,
    SwitchedOff,
    /// The script has no way on from here: said to the desk, never silent.
    Broken,
}

impl StopReason {
    pub const ALL: [Self; 9] = [
        Self::VisitConfirmed,
        Self::VisitMoved,
        Self::VisitCancelled,
        Self::VisitStarted,
        Self::Joined,
        Self::Spoken,
        Self::PatientGone,
        Self::SwitchedOff,
        Self::Broken,
    ];

    /// The sentence in Fluent.
    pub const fn key(self) -> &'static str {
        match self {
            Self::VisitConfirmed => "stop-visit-confirmed",
            Self::VisitMoved => "stop-visit-moved",
            Self::VisitCancelled => "stop-visit-cancelled",
            Self::VisitStarted => "stop-visit-started",
            Self::Joined => "stop-joined",
            Self::Spoken => "stop-spoken",
            Self::PatientGone => "stop-patient-gone",
            Self::SwitchedOff => "stop-switched-off",
            Self::Broken => "stop-broken",
        }
    }
}

/// One line of what a run did and why. `what` is the Fluent key `trace-<what>`.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TraceLine {
    pub step: String,
    pub what: String,
    pub detail: String,
}

impl TraceLine {
    /// Everything that a run can have done. The first ones by its own step, the last two by the desk.
    pub const WHATS: [&'static str; 19] = [
        "started",
        "waiting",
        "said",
        "asked",
        "answered",
        "offered",
        "no-slots",
        "marked",
        "mark-refused",
        "task",
        "joined",
        "handed-over",
        "skipped-condition",
        "skipped-too-soon",
        "skipped-passed",
        "ended",
        "broken",
        "stopped",
        "journal-refused",
    ];
}

impl fmt::Debug for TraceLine {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}: {} {}", self.step, self.what, self.detail)
    }
}

impl Run {
    pub const fn is_open(&self) -> bool {
        matches!(self.state, RunState::Active { .. } | RunState::Waiting { .. })
    }

    pub const fn due_at(&self) -> Option<Timestamp> {
        match &self.state {
            RunState::Waiting { due_at, .. } => Some(*due_at),
            RunState::Active { .. } | RunState::Done { .. } | RunState::Stopped { .. } | RunState::HandedOver => None,
        }
    }

    /// The visit it is about first.
    pub fn visit(&self) -> Option<VisitId> {
        self.visits.first().copied()
    }

    /// Ends it, if it has not ended.
    #[must_use]
    pub fn stop(self, reason: StopReason) -> Self {
        if self.is_open() { Self { state: RunState::Stopped { reason }, ..self } } else { self }
    }

    /// One visit fewer: it went its own way. With the last one the run is over, and stays beside it as its story.
    #[must_use]
    pub fn without(mut self, visit: VisitId, reason: StopReason) -> Self {
        if self.visits.iter().all(|known| *known == visit) {
            return self.stop(reason);
        }
        self.visits.retain(|known| *known != visit);
        self
    }
}
