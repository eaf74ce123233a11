//! One appointment and its life:
//!
//! ```text
//! requested -> booked -> confirmed -> arrived -> in_chair -> completed
//!     any state before arrived -> cancelled | moved(to the visit that takes its place)
//!     booked or confirmed, after its start, not arrived -> no_show
//! ```
//!
//! A moved visit keeps its chain: the first visit's id stays the identity that calendars, links and integrations know.

use std::fmt;
use std::time::Duration;

use kernel::{ChairId, ClinicId, PatientId, ServiceId, StaffId, Timestamp, VisitId};
use serde::{Deserialize, Serialize};

use crate::actors::{Actor, Origin};

#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Visit {
    pub id: VisitId,
    pub clinic: ClinicId,
    pub patient: PatientId,
    pub provider: StaffId,
    pub chair: Option<ChairId>,
    pub service: ServiceId,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
    pub state: VisitState,
    /// Minutes that the patient said they will be late.
    pub late_minutes: Option<u32>,
    pub note: String,
    pub booked_at: Timestamp,
    /// The first visit of the chain of moves; its own id where it was never moved.
    pub chain: VisitId,
    /// How often it was moved before.
    pub moves: u32,
    /// Grows with every change: a stale form is recognised by it.
    pub version: i64,
    pub external_key: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum VisitState {
    Requested,
    Booked,
    Confirmed { mark: Mark },
    Arrived { mark: Mark, course: Course },
    InChair { mark: Mark, course: Course },
    Completed { mark: Mark, course: Course },
    Cancelled { mark: Mark, reason: CancelReason, notice: Notice },
    Moved { mark: Mark, to: VisitId },
    NoShow { mark: Mark, course: Course },
}

/// The marks that a visit has left behind on its way: who had confirmed it, since when the patient waits,
/// and where an undone mark goes back to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Course {
    pub confirmed: Option<Mark>,
    pub arrived: Option<Mark>,
    pub in_chair: Option<Mark>,
}

/// Who marked it, through what and when: 'confirmed by Telegram, Tue 18:42'.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    pub by: Actor,
    pub through: Origin,
    pub at: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum CancelReason {
    Unwell,
    NoTime,
    Cost,
    Elsewhere,
    Clinic,
    Mistake,
    Other,
    Unsaid,
}

/// How long before the start it was cancelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Notice {
    InTime,
    /// Less than 24 hours before.
    Late,
}

/// A time that is free, with who and where.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Slot {
    pub provider: StaffId,
    pub chair: Option<ChairId>,
    pub starts_at: Timestamp,
    pub ends_at: Timestamp,
}

/// What somebody wants to book.
#[derive(Clone, PartialEq)]
pub struct Booking {
    pub clinic: ClinicId,
    pub patient: PatientId,
    pub service: ServiceId,
    pub slot: Slot,
    pub note: String,
    pub external_key: Option<String>,
}

/// Where a visit moves: the id of the visit that takes its place, and its time.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Move {
    pub id: VisitId,
    pub slot: Slot,
}

impl Visit {
    pub fn slot(&self) -> Slot {
        Slot { provider: self.provider, chair: self.chair, starts_at: self.starts_at, ends_at: self.ends_at }
    }

    /// The revision that calendar programs know (RFC 5545, SEQUENCE): the file of a moved visit replaces the one before.
    pub const fn sequence(&self) -> u32 {
        self.moves
    }

    /// Who confirmed it and through what, also after the patient has come.
    pub fn confirmed(&self) -> Option<Mark> {
        match self.state {
            VisitState::Confirmed { mark } => Some(mark),
            VisitState::Arrived { course, .. }
            | VisitState::InChair { course, .. }
            | VisitState::Completed { course, .. }
            | VisitState::NoShow { course, .. } => course.confirmed,
            VisitState::Requested | VisitState::Booked | VisitState::Cancelled { .. } | VisitState::Moved { .. } => None,
        }
    }
}

impl VisitState {
    /// In the order of a visit's life. The words stand in Fluent under `visit-state-<name>`, with dashes.
    pub const NAMES: [&str; 9] = ["requested", "booked", "confirmed", "arrived", "in_chair", "completed", "cancelled", "moved", "no_show"];

    pub const fn name(&self) -> &'static str {
        match self {
            Self::Requested => "requested",
            Self::Booked => "booked",
            Self::Confirmed { .. } => "confirmed",
            Self::Arrived { .. } => "arrived",
            Self::InChair { .. } => "in_chair",
            Self::Completed { .. } => "completed",
            Self::Cancelled { .. } => "cancelled",
            Self::Moved { .. } => "moved",
            Self::NoShow { .. } => "no_show",
        }
    }

    /// The key of its word.
    pub fn key(&self) -> String {
        format!("visit-state-{}", self.name().replace('_', "-"))
    }

    /// Who brought it here.
    pub const fn mark(&self) -> Option<Mark> {
        match self {
            Self::Requested | Self::Booked => None,
            Self::Confirmed { mark }
            | Self::Arrived { mark, .. }
            | Self::InChair { mark, .. }
            | Self::Completed { mark, .. }
            | Self::Cancelled { mark, .. }
            | Self::Moved { mark, .. }
            | Self::NoShow { mark, .. } => Some(*mark),
        }
    }

    /// The patient is still expected: it can be confirmed, moved and cancelled.
    pub const fn is_ahead(&self) -> bool {
        match self {
            Self::Requested | Self::Booked | Self::Confirmed { .. } => true,
            Self::Arrived { .. }
            | Self::InChair { .. }
            | Self::Completed { .. }
            | Self::Cancelled { .. }
            | Self::Moved { .. }
            | Self::NoShow { .. } => false,
        }
    }

    /// Why it was cancelled, if it was.
    pub const fn cancelled_for(&self) -> Option<CancelReason> {
        match self {
            Self::Cancelled { reason, .. } => Some(*reason),
            Self::Requested
            | Self::Booked
            | Self::Confirmed { .. }
            | Self::Arrived { .. }
            | Self::InChair { .. }
            | Self::Completed { .. }
            | Self::Moved { .. }
            | Self::NoShow { .. } => None,
        }
    }

    /// Its provider and chair are taken. A request holds its time until it is decided.
    pub const fn takes_time(&self) -> bool {
        match self {
            Self::Requested
            | Self::Booked
            | Self::Confirmed { .. }
            | Self::Arrived { .. }
            | Self::InChair { .. }
            | Self::Completed { .. } => true,
            Self::Cancelled { .. } | Self::Moved { .. } | Self::NoShow { .. } => false,
        }
    }
}

impl CancelReason {
    pub const ALL: [Self; 8] =
        [Self::Unwell, Self::NoTime, Self::Cost, Self::Elsewhere, Self::Clinic, Self::Mistake, Self::Other, Self::Unsaid];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Unwell => "unwell",
            Self::NoTime => "no_time",
            Self::Cost => "cost",
            Self::Elsewhere => "elsewhere",
            Self::Clinic => "clinic",
            Self::Mistake => "mistake",
            Self::Other => "other",
            Self::Unsaid => "unsaid",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.name() == name)
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("cancel-reason-{}", self.name().replace('_', "-"))
    }
}

impl Notice {
    /// A cancellation is late when less than this is left to the start.
    pub const IN_TIME_WITHIN: Duration = Duration::from_hours(24);

    pub fn of(starts_at: Timestamp, now: Timestamp) -> Self {
        if starts_at.since(now) < Self::IN_TIME_WITHIN { Self::Late } else { Self::InTime }
    }
}

impl fmt::Debug for Visit {
    /// The note is the clinic's own words about a patient and is not shown.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = (self.id, self.starts_at, self.ends_at, &self.state, self.late_minutes, self.version);
        write!(out, "Visit{shown:?}")
    }
}

impl fmt::Debug for Booking {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Booking{:?}", (self.patient, self.service, self.slot))
    }
}
