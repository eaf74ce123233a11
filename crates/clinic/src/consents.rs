//! The ledger of permissions: for what, on which channel, with what words, how given, with what proof, withdrawn when.

use kernel::{ConsentId, Locale, PatientId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actors::{Actor, Channel, Origin};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Consent {
    pub id: ConsentId,
    pub patient: PatientId,
    pub purpose: Purpose,
    /// None: on every channel.
    pub channel: Option<Channel>,
    /// Which wording the patient saw, and in which language.
    pub wording: String,
    pub locale: Locale,
    pub given_by: Actor,
    pub through: Origin,
    /// What shows it: the id of a message, 'signed form of 12 May', a row of an import.
    pub proof: String,
    pub given_at: Timestamp,
    pub withdrawn_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Purpose {
    /// Messages about the patient's own care. Rests on the treatment itself; can be objected to.
    Service,
    Marketing,
    Reviews,
    DataTransfer,
    Photos,
}
