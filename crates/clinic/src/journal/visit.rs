//! One appointment and its life:
//!
//! ```text
//! requested -> booked -> confirmed -> arrived -> in_chair -> completed
//!     any state before arrived -> cancelled | moved(to the visit that takes its place)
//!     booked or confirmed, after its start, not arrived -> no_show
//! ```
//!
//! A moved visit keeps its chain: the first visit's id stays the identity that calendars, links and integrations know.

use kernel::{ChairId, ClinicId, PatientId, ServiceId, StaffId, Timestamp, VisitId};
use serde::{Deserialize, Serialize};

use crate::actors::{Actor, Origin};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
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
    Arrived { mark: Mark },
    InChair { mark: Mark },
    Completed { mark: Mark },
    Cancelled { mark: Mark, reason: CancelReason, notice: Notice },
    Moved { mark: Mark, to: VisitId },
    NoShow { mark: Mark },
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
#[derive(Debug, Clone, PartialEq)]
pub struct Booking {
    pub clinic: ClinicId,
    pub patient: PatientId,
    pub service: ServiceId,
    pub slot: Slot,
    pub note: String,
    pub external_key: Option<String>,
}
