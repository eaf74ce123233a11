//! Messages decided on, until the channel has taken them:
//!
//! ```text
//! planned -> suppressed(reason) | held(until, reason) | queued
//! held -> queued | suppressed(stale)
//! queued -> sending(lease; the intent is on disk before the first byte leaves)
//! sending -> accepted(provider id) -> delivered -> read
//!         -> queued again (known not sent) | failed(permanent | exhausted)
//!         -> uncertain (the wire broke after we spoke) -> accepted | failed, by evidence; never a blind resend
//! ```

use kernel::{ClinicId, ConversationId, MessageId, PatientId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actors::Channel;
use crate::consents::Purpose;
use crate::conversations::{Cause, Content};
use crate::gate::{Form, HoldReason, Sensitivity, SuppressReason, Timing, VisitPin, Why};
pub use crate::gate::{Rank, Route};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outbound {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub clinic: ClinicId,
    /// About whom; a guardian's message is about the child.
    pub patient: Option<PatientId>,
    pub purpose: Purpose,
    pub rank: Rank,
    #[serde(default)]
    pub sensitivity: Sensitivity,
    #[serde(default)]
    pub timing: Timing,
    pub cause: Cause,
    pub content: Content,
    /// What it says, as keys of [`crate::gate::said_key`]: one for each visit that it names.
    #[serde(default)]
    pub says: Vec<String>,
    /// The visit that it speaks of, as it was when this was written.
    #[serde(default)]
    pub visit: Option<VisitPin>,
    /// The channel that a person chose in the composer.
    #[serde(default)]
    pub chosen: Option<Channel>,
    /// Where it goes, once the gate has chosen.
    pub route: Option<Route>,
    #[serde(default)]
    pub form: Form,
    pub state: OutboundState,
    /// Why it goes this way, or not: shown beside the message.
    pub why: Why,
    /// After this it is worth nothing and expires.
    pub useful_until: Option<Timestamp>,
    pub attempts: u32,
    pub created_at: Timestamp,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum OutboundState {
    Planned,
    Suppressed {
        reason: SuppressReason,
        at: Timestamp,
    },
    Held {
        until: Timestamp,
        reason: HoldReason,
    },
    /// Not before then; retries wait here.
    Queued {
        due_at: Timestamp,
    },
    Sending {
        node: String,
        attempt: String,
        lease_until: Timestamp,
    },
    Accepted {
        provider_key: String,
        at: Timestamp,
    },
    Delivered {
        provider_key: String,
        at: Timestamp,
    },
    Read {
        provider_key: String,
        at: Timestamp,
    },
    Failed {
        failure: Failure,
        at: Timestamp,
    },
    Uncertain {
        attempt: String,
        since: Timestamp,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Failure {
    /// The provider says that it will never work: its own code.
    Permanent(String),
    /// Tried as often as is decent.
    Exhausted,
    /// The patient has blocked us.
    Blocked,
}
