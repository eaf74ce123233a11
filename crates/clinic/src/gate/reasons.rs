//! Why a message goes, waits or does not go: closed lists, each with its sentence in Fluent (`gate.ftl`) and a second one
//! that says who may change it. A new reason is a variant here, a key in its table, and two sentences in four languages.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::actors::Channel;

/// Why a message may not go at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// The provider has paused the approved text that would say it.
    TemplatePaused,
    /// The provider has not approved that text, or not any more.
    TemplateNotApproved,
    /// That text counts as advertising at the provider, and the reader does not want any.
    TemplateAdvertises,
    OverBudget,
    VisitChanged,
    /// It may have gone in the hours that a restored backup knows nothing of; a person dropped it.
    GoneBefore,
    /// What it would repeat on another channel was delivered or answered meanwhile.
    ArrivedAfterAll,
}

/// Why a message waits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum HoldReason {
    QuietHours,
    DailyCap,
    OutOfHours,
    Restored,
}

/// Why this channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ChannelReason {
    Preferred,
    /// The first rung of the clinic's ladder that reaches them.
    Ladder,
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

impl Why {
    pub fn going(channel: Channel, reason: ChannelReason) -> Self {
        Self { channel: Some((channel, reason)), ..Self::default() }
    }

    pub fn suppressed(reason: SuppressReason) -> Self {
        Self { suppressed: Some(reason), ..Self::default() }
    }

    /// The sentence that matters most: not sent, else waits, else why this channel.
    /// It takes `$until` where it waits and `$channel` where it goes.
    pub fn key(&self) -> Option<&'static str> {
        let suppressed = self.suppressed.map(SuppressReason::key);
        suppressed.or(self.held.map(|(_, reason)| reason.key())).or(self.channel.map(|(_, reason)| reason.key()))
    }

    /// Who may change that.
    pub fn change_key(&self) -> Option<&'static str> {
        let suppressed = self.suppressed.map(SuppressReason::change_key);
        suppressed.or(self.held.map(|(_, reason)| reason.change_key())).or(self.channel.map(|(_, reason)| reason.change_key()))
    }
}

impl SuppressReason {
    /// Whether it is the messenger's window that keeps it back: another channel, or another text, may be open.
    pub const fn is_of_the_window(self) -> bool {
        matches!(self, Self::WindowClosed | Self::TemplatePaused | Self::TemplateNotApproved | Self::TemplateAdvertises)
    }

    pub const ALL: [Self; 19] = [
        Self::NoConsent,
        Self::OptedOut,
        Self::Refused,
        Self::Deceased,
        Self::NoBots,
        Self::OpenComplaint,
        Self::Duplicate,
        Self::OverCap,
        Self::Stale,
        Self::NotReachable,
        Self::NotVerified,
        Self::WindowClosed,
        Self::TemplatePaused,
        Self::TemplateNotApproved,
        Self::TemplateAdvertises,
        Self::OverBudget,
        Self::VisitChanged,
        Self::GoneBefore,
        Self::ArrivedAfterAll,
    ];

    pub const fn key(self) -> &'static str {
        match self {
            Self::NoConsent => "why-suppressed-no-consent",
            Self::OptedOut => "why-suppressed-opted-out",
            Self::Refused => "why-suppressed-refused",
            Self::Deceased => "why-suppressed-deceased",
            Self::NoBots => "why-suppressed-no-bots",
            Self::OpenComplaint => "why-suppressed-open-complaint",
            Self::Duplicate => "why-suppressed-duplicate",
            Self::OverCap => "why-suppressed-over-cap",
            Self::Stale => "why-suppressed-stale",
            Self::NotReachable => "why-suppressed-not-reachable",
            Self::NotVerified => "why-suppressed-not-verified",
            Self::WindowClosed => "why-suppressed-window-closed",
            Self::TemplatePaused => "why-suppressed-template-paused",
            Self::TemplateNotApproved => "why-suppressed-template-not-approved",
            Self::TemplateAdvertises => "why-suppressed-template-advertises",
            Self::OverBudget => "why-suppressed-over-budget",
            Self::VisitChanged => "why-suppressed-visit-changed",
            Self::GoneBefore => "why-suppressed-gone-before",
            Self::ArrivedAfterAll => "why-suppressed-arrived-after-all",
        }
    }

    pub const fn change_key(self) -> &'static str {
        match self {
            Self::NoConsent => "why-suppressed-no-consent-change",
            Self::OptedOut => "why-suppressed-opted-out-change",
            Self::Refused => "why-suppressed-refused-change",
            Self::Deceased => "why-suppressed-deceased-change",
            Self::NoBots => "why-suppressed-no-bots-change",
            Self::OpenComplaint => "why-suppressed-open-complaint-change",
            Self::Duplicate => "why-suppressed-duplicate-change",
            Self::OverCap => "why-suppressed-over-cap-change",
            Self::Stale => "why-suppressed-stale-change",
            Self::NotReachable => "why-suppressed-not-reachable-change",
            Self::NotVerified => "why-suppressed-not-verified-change",
            Self::WindowClosed => "why-suppressed-window-closed-change",
            Self::TemplatePaused => "why-suppressed-template-paused-change",
            Self::TemplateNotApproved => "why-suppressed-template-not-approved-change",
            Self::TemplateAdvertises => "why-suppressed-template-advertises-change",
            Self::OverBudget => "why-suppressed-over-budget-change",
            Self::VisitChanged => "why-suppressed-visit-changed-change",
            Self::GoneBefore => "why-suppressed-gone-before-change",
            Self::ArrivedAfterAll => "why-suppressed-arrived-after-all-change",
        }
    }
}

impl HoldReason {
    pub const ALL: [Self; 4] = [Self::QuietHours, Self::DailyCap, Self::OutOfHours, Self::Restored];

    pub const fn key(self) -> &'static str {
        match self {
            Self::QuietHours => "why-held-quiet-hours",
            Self::DailyCap => "why-held-daily-cap",
            Self::OutOfHours => "why-held-out-of-hours",
            Self::Restored => "why-held-restored",
        }
    }

    pub const fn change_key(self) -> &'static str {
        match self {
            Self::QuietHours => "why-held-quiet-hours-change",
            Self::DailyCap => "why-held-daily-cap-change",
            Self::OutOfHours => "why-held-out-of-hours-change",
            Self::Restored => "why-held-restored-change",
        }
    }
}

impl ChannelReason {
    pub const ALL: [Self; 7] =
        [Self::Preferred, Self::Ladder, Self::LastAnswered, Self::Cheapest, Self::OnlyOne, Self::NextInLadder, Self::Chosen];

    pub const fn key(self) -> &'static str {
        match self {
            Self::Preferred => "why-channel-preferred",
            Self::Ladder => "why-channel-ladder",
            Self::LastAnswered => "why-channel-last-answered",
            Self::Cheapest => "why-channel-cheapest",
            Self::OnlyOne => "why-channel-only-one",
            Self::NextInLadder => "why-channel-next-in-ladder",
            Self::Chosen => "why-channel-chosen",
        }
    }

    pub const fn change_key(self) -> &'static str {
        match self {
            Self::Preferred => "why-channel-preferred-change",
            Self::Ladder => "why-channel-ladder-change",
            Self::LastAnswered => "why-channel-last-answered-change",
            Self::Cheapest => "why-channel-cheapest-change",
            Self::OnlyOne => "why-channel-only-one-change",
            Self::NextInLadder => "why-channel-next-in-ladder-change",
            Self::Chosen => "why-channel-chosen-change",
        }
    }
}
