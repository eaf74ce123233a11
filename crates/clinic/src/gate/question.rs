//! What the gate is asked: what somebody wants to say, to whom, and the facts of that moment. All of it is borrowed.

use std::fmt;
use std::time::Duration;

use kernel::{AccountId, Address, ContactPointId, Timestamp, VisitId};
use serde::{Deserialize, Serialize};

use super::ladder::{Group, Ladder, Rule};
use super::prices::Tariff;
use crate::actors::Channel;
use crate::clinics::Clinic;
use crate::consents::{Ledger, Purpose};
use crate::patients::{ContactPoint, Patient};
pub use crate::templates::Approval;
pub use crate::texts::Sensitivity;

#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    pub wish: Wish<'a>,
    pub whom: Whom<'a>,
    /// Of the patient whom it is about.
    pub consents: Ledger<'a>,
    pub complaint: Complaint,
    pub clinic: &'a Clinic,
    /// The connected accounts, from the channels' cards and the clinic's settings.
    pub reaches: &'a [Reach],
    pub ladder: &'a Ladder,
    /// Where this very question was asked before without a delivery report or an answer in time.
    pub tried: &'a [ContactPointId],
    /// What was queued or sent to this recipient before, as far back as a repeat would disturb.
    pub history: &'a [Past<'a>],
    pub now: Timestamp,
}

/// What somebody wants to say.
#[derive(Debug, Clone, Copy)]
pub struct Wish<'a> {
    pub purpose: Purpose,
    pub rank: Rank,
    pub sensitivity: Sensitivity,
    pub sender: Sender,
    pub timing: Timing,
    /// After this it is worth nothing.
    pub useful_until: Option<Timestamp>,
    pub visit: VisitCheck,
    /// What it says, as keys of [`super::said_key`]: one for each visit that it names.
    pub says: &'a [String],
    /// The channel that a person chose in the composer.
    pub chosen: Option<Channel>,
    pub follows: Follows,
    /// The text itself: how long it is counts where length costs.
    pub words: Words<'a>,
}

/// Whether a message climbs the ladder by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Follows {
    Nothing,
    /// The same words were sent on another channel, and nobody has reported their delivery: they go to another rung or nowhere.
    Undelivered,
}

/// What is said to a patient. Never shown in logs.
#[derive(Clone, Copy)]
pub struct Words<'a>(pub &'a str);

impl fmt::Debug for Words<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("***")
    }
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

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Sender {
    /// A playbook, or the program by itself.
    Bot,
    /// Somebody at the desk.
    Person,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Timing {
    /// It waits for quiet hours, the daily cap and opening.
    #[default]
    Polite,
    /// A person insisted when writing it, or released it while it waited.
    Insisted,
}

/// Whether the visit that a message speaks of is still the one it was written for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum VisitCheck {
    NoVisit,
    Unchanged,
    Changed,
}

/// The visit that a message speaks of, as it was when the message was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct VisitPin {
    pub visit: VisitId,
    pub version: i64,
}

#[derive(Debug, Clone, Copy)]
pub enum Whom<'a> {
    Patient {
        /// Who reads it: the guardian of a child.
        recipient: &'a Patient,
        /// Whom it is about: the child.
        about: &'a Patient,
        /// The recipient's.
        contacts: &'a [ContactPoint],
    },
    /// An unknown sender: is only answered, and only where they wrote.
    Stranger {
        address: &'a Address,
        /// The account that they wrote to.
        account: AccountId,
        /// When they last did.
        wrote_at: Timestamp,
    },
}

/// Whether a complaint of the patient, or of who speaks for them, is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Complaint {
    NoneOpen,
    Open,
}

/// One connected account: what it costs, who may see what it shows, and when it lets us speak.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reach {
    pub channel: Channel,
    pub account: AccountId,
    pub tariff: Tariff,
    pub reports: Reports,
    pub disclosure: Disclosure,
    /// How long after the patient's last message the channel lets us write freely: 24 h on WhatsApp and Messenger.
    pub window: Option<Duration>,
    /// Whether an approved text says this outside the window.
    pub approval: Approval,
    pub budget: Budget,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Disclosure {
    /// Only who has unlocked the account reads it.
    Private,
    /// Shows on a lock screen or passes through foreign hands.
    LockScreen,
    /// Anybody may sit there: nothing of a patient is told before they have proven who they are.
    AfterProof,
}

/// Whether somebody tells that a message has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Reports {
    Delivery,
    /// Nobody, or not always: silence says nothing.
    Nothing,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Budget {
    Left,
    Spent,
}

/// Something queued or sent before.
#[derive(Debug, Clone, Copy)]
pub struct Past<'a> {
    pub sender: Sender,
    pub purpose: Purpose,
    pub rank: Rank,
    pub says: &'a [String],
    pub at: Timestamp,
}

impl Question<'_> {
    /// The rule of the ladder that counts for it. None: there is none, or nobody is known who could be in a group.
    pub(super) fn rule(&self) -> Option<&Rule> {
        let Whom::Patient { recipient, about, .. } = self.whom else { return None };
        if self.ladder.rules().is_empty() {
            return None;
        }
        let today = self.now.date(&self.clinic.zone);
        self.ladder.rule_for(self.wish.purpose, &Group::of(recipient, about, today))
    }
}

impl Wish<'_> {
    /// Answers and warnings: the patient waits for it, or would be harmed without it.
    pub(super) fn is_awaited(&self) -> bool {
        self.rank >= Rank::Reply
    }

    pub(super) fn is_bots_own(&self) -> bool {
        self.sender == Sender::Bot && !self.is_awaited()
    }

    /// The bot speaks of a visit or of the patient's care, of its own accord or in an answer.
    pub(super) fn is_bots_knowledge(&self) -> bool {
        self.sender == Sender::Bot && (!self.is_awaited() || self.visit != VisitCheck::NoVisit)
    }

    /// Greetings, offers and requests for a review.
    pub(super) fn is_cheerful(&self) -> bool {
        self.rank == Rank::Greeting || self.purpose != Purpose::Service
    }

    pub(super) fn is_of_use_at(&self, at: Timestamp) -> bool {
        self.useful_until.is_none_or(|until| at <= until)
    }
}
