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

use kernel::{AccountId, Address, ClinicId, ContactPointId, ConversationId, MessageId, PatientId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actors::Channel;
use crate::consents::Purpose;
use crate::conversations::{Cause, Content};
use crate::gate::{HoldReason, SuppressReason, Why};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Outbound {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub clinic: ClinicId,
    /// About whom; a guardian's message is about the child.
    pub patient: Option<PatientId>,
    pub purpose: Purpose,
    pub rank: Rank,
    pub cause: Cause,
    pub content: Content,
    /// Where it goes, once the gate has chosen.
    pub route: Option<Route>,
    pub state: OutboundState,
    /// Why it goes this way, or not: shown beside the message.
    pub why: Why,
    /// After this it is worth nothing and expires.
    pub useful_until: Option<Timestamp>,
    pub attempts: u32,
    pub created_at: Timestamp,
    pub version: i64,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub channel: Channel,
    pub account: AccountId,
    pub contact: Option<ContactPointId>,
    pub to: Address,
}

/// What goes first when several wait, and what drops when a patient has had enough for a day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rank {
    Greeting,
    Care,
    Visit,
    /// An answer to a patient who waits.
    Reply,
    Safety,
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
