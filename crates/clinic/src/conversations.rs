//! The one thread of a patient, or of an unknown sender, over all channels: messages both ways, notes, and whose turn it is.

use kernel::{AccountId, Address, ClinicId, ConversationId, Locale, MessageId, PatientId, RunId, StaffId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actors::{Actor, Channel};

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Conversation {
    pub id: ConversationId,
    pub clinic: ClinicId,
    pub with: Counterpart,
    pub state: ConversationState,
    pub last_message_at: Timestamp,
    /// Grows with every change: two people who answer at once are told.
    pub version: i64,
}

/// Whose thread it is. An unknown sender stays one until a person or proof links it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Counterpart {
    Patient(PatientId),
    Unknown { address: Address, name: String },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum ConversationState {
    /// The bot leads; nobody needs to look.
    Bot,
    /// The patient waits for a person, since then.
    Waiting {
        since: Timestamp,
        urgency: Urgency,
    },
    Assigned {
        to: StaffId,
        since: Timestamp,
        waiting_since: Option<Timestamp>,
    },
    Answered {
        by: StaffId,
        at: Timestamp,
    },
    Snoozed {
        until: Timestamp,
        by: StaffId,
    },
    Closed {
        at: Timestamp,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    Normal,
    Emergency,
}

/// What came in, durable before we say 'received'.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
pub struct Inbound {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub channel: Channel,
    pub account: AccountId,
    pub from: Address,
    /// The provider's own id of it: with the account, the key that makes a repeat harmless.
    pub provider_key: String,
    pub said: Said,
    /// When the sender sent it, as the provider says.
    pub sent_at: Timestamp,
    pub received_at: Timestamp,
}

/// What was said, in the forms that messengers have.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Words(String),
    /// A tap on a button of ours; `data` is what [`Button::data`] was, `label` what the patient read.
    Pressed {
        data: String,
        label: String,
    },
    /// A reaction to a message of ours, named by the provider's id.
    Reacted {
        to: String,
        emoji: String,
    },
    Edited {
        of: String,
        words: String,
    },
    Deleted {
        of: String,
    },
    /// The sender's own phone number, proven by the messenger.
    SharedContact {
        phone: String,
    },
    /// Opened our deep link; `token` is what stood in it.
    Opened {
        token: String,
    },
    /// A picture, a voice message, a document, a place.
    Media {
        kind: MediaKind,
        caption: String,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    Image,
    Voice,
    Video,
    Document,
    Place,
    Sticker,
    Other,
}

/// What is said to a patient, before it is written for a channel.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Content {
    pub subject: String,
    pub text: String,
    pub buttons: Vec<Button>,
    pub attachments: Vec<Attachment>,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Button {
    pub label: String,
    pub press: Press,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Press {
    /// Comes back to us as [`Said::Pressed`]; at most 64 bytes.
    Answer(String),
    Link(String),
    /// Asks the patient to share their own number.
    ShareContact,
}

#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Attachment {
    pub name: String,
    pub media_type: String,
    pub text: String,
}

/// A line in the thread that no patient sees.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    pub id: MessageId,
    pub conversation: ConversationId,
    pub by: StaffId,
    pub text: String,
    pub at: Timestamp,
}

/// Why a message was written and by whom.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// A step of a run, by the label of the step.
    Run { run: RunId, playbook: String, step: String },
    /// A person at the desk.
    Reply { by: Actor },
    /// Says that the channel works.
    Trial { by: Actor },
    /// The one acknowledgement of a closed period, the echo of STOP, the answer to a link.
    Courtesy { text: String },
}

/// In which language a thread goes on.
pub fn language(patient: Option<Locale>, clinic: Locale) -> Locale {
    patient.unwrap_or(clinic)
}

impl std::fmt::Debug for Content {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Content(***, {} buttons)", self.buttons.len())
    }
}

impl std::fmt::Debug for Said {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str(match self {
            Self::Words(_) => "Words(***)",
            Self::Pressed { .. } => "Pressed(***)",
            Self::Reacted { .. } => "Reacted(***)",
            Self::Edited { .. } => "Edited(***)",
            Self::Deleted { .. } => "Deleted",
            Self::SharedContact { .. } => "SharedContact(***)",
            Self::Opened { .. } => "Opened(***)",
            Self::Media { .. } => "Media(***)",
        })
    }
}
