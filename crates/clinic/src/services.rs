//! What can be booked.

use kernel::{ChairId, ClinicId, ServiceId, StaffId};
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Service {
    pub id: ServiceId,
    pub clinic: ClinicId,
    pub name: String,
    pub minutes: u32,
    /// Kept free after the visit, for cleaning and notes.
    pub buffer_minutes: u32,
    /// Who may do it. Empty: every provider of the clinic.
    pub providers: Vec<StaffId>,
    /// Where it can be done. Empty: any chair.
    pub chairs: Vec<ChairId>,
    /// How to prepare, as the patient reads it.
    pub preparation: String,
    pub offered: Offered,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Offered {
    Yes,
    Retired,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Chair {
    pub id: ChairId,
    pub clinic: ClinicId,
    pub name: String,
}
