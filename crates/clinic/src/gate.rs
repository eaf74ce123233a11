//! The gate: the one place that decides whether, when and on which channel a message may go.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actors::Channel;

/// Why a message may not go at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SuppressReason {
    NoConsent,
    OptedOut,
    Refused,
    Deceased,
    NoBots,
    OpenComplaint,
    Duplicate,
    OverCap,
    Stale,
    NotReachable,
    NotVerified,
    WindowClosed,
    OverBudget,
    VisitChanged,
}

/// Why a message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    QuietHours,
    DailyCap,
    OutOfHours,
    Restored,
}

/// Why this channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelReason {
    Preferred,
    LastAnswered,
    Cheapest,
    OnlyOne,
    NextInLadder,
    Chosen,
}

/// The sentence beside a message, as data: what decided, and on which channel.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Why {
    pub channel: Option<(Channel, ChannelReason)>,
    pub held: Option<(Timestamp, HoldReason)>,
    pub suppressed: Option<SuppressReason>,
}
