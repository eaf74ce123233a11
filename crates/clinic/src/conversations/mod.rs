//! The one thread of a patient, or of an unknown sender, over all channels: messages both ways, notes, and whose turn it is.
//!
//! ```text
//! bot -> waiting, when what came needs a person
//! waiting -> assigned -> answered -> waiting, when the patient writes again
//! any but closed -> snoozed -> waiting, at its time or when the patient writes
//! any -> closed(topic) -> bot | waiting | assigned, when something is said again
//! ```
//!
//! Nobody answers the same patient twice: who writes, closes or puts aside names the version that they saw.
//! The clock of the promised answer runs in staffed hours only, and stands while we wait for the patient: [`Promise`].
//! To add a step, add it to `steps` and a row to `steps_walk`.

mod promise;
#[cfg(test)]
mod promise_trials;
mod steps;
#[cfg(test)]
mod steps_walk;

use std::collections::BTreeMap;

use kernel::{AccountId, Address, ClinicId, ConversationId, Locale, MessageId, PatientId, RunId, StaffId, Timestamp};
use serde::{Deserialize, Serialize};

use crate::actors::{Actor, Channel};
use crate::files::{Enclosed, FileHash, Kept};

pub use crate::files::MediaKind;
pub use promise::{Acknowledgement, Promise, PromiseState, answer_within};
pub use steps::Handling;

/// Stands before the hash of a file that was kept before its message was.
const KEPT: &str = "kept:";

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
        #[serde(default)]
        urgency: Urgency,
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
        #[serde(default)]
        topic: Topic,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Urgency {
    #[default]
    Normal,
    Emergency,
}

/// What a conversation was about, said when it is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Visit,
    Treatment,
    Price,
    Documents,
    Complaint,
    Thanks,
    /// Advertising, a wrong number.
    NotForUs,
    #[default]
    Other,
}

impl Topic {
    pub const ALL: [Self; 8] =
        [Self::Visit, Self::Treatment, Self::Price, Self::Documents, Self::Complaint, Self::Thanks, Self::NotForUs, Self::Other];

    /// Its name for ever; its words are `conversation-topic-<name with dashes>`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Visit => "visit",
            Self::Treatment => "treatment",
            Self::Price => "price",
            Self::Documents => "documents",
            Self::Complaint => "complaint",
            Self::Thanks => "thanks",
            Self::NotForUs => "not_for_us",
            Self::Other => "other",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|topic| topic.name() == name)
    }
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
    /// Whether it may be from where it says.
    #[serde(default)]
    pub sender: SenderCheck,
    /// When the sender sent it, as the provider says.
    pub sent_at: Timestamp,
    pub received_at: Timestamp,
}

/// What the clinic's own mail server has found of the address over a mail. That it passed says only that the address was not
/// borrowed, not who sits there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SenderCheck {
    /// Messengers know their people, and not every mail server looks.
    #[default]
    NotLookedAt,
    Passed,
    Failed,
}

/// What was said, in the forms that messengers have.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Said {
    Words(String),
    /// By a program in their name, as a note of absence: nobody waits for an answer.
    Automatic(String),
    /// A tap on a button of ours; `data` is what the button carried, `label` what the patient read.
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
        /// Where it can be fetched; None if there is nothing to fetch, as of a place or a sticker.
        #[serde(default)]
        file: Option<MediaFile>,
    },
}

/// A file that the provider keeps for us, named as the provider names it. Not fetched yet, and not to be believed: the
/// name and the type are the sender's.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MediaFile {
    /// The provider's id of it, or its address at the provider.
    pub reference: String,
    /// As the sender called it; empty if the provider does not say.
    pub name: String,
    pub media_type: String,
}

/// What is said to a patient, before it is written for a channel.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Content {
    pub subject: String,
    pub text: String,
    pub buttons: Vec<Button>,
    pub attachments: Vec<Attachment>,
    /// A file that a person has put beside the words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Enclosed>,
    /// What it was made of, where a channel may have to say it by a text that was approved before.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub made_of: Option<MadeOf>,
}

/// A text of the care bot and what was put into it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MadeOf {
    /// Its key.
    pub text: String,
    pub locale: Locale,
    /// By the names of placeholders.
    pub values: BTreeMap<String, String>,
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

impl std::fmt::Debug for Note {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Note({}, ***)", self.id)
    }
}

impl Said {
    /// Something of which there is no more than its kind and what was written beside it.
    pub fn media(kind: MediaKind, caption: impl Into<String>) -> Self {
        Self::Media { kind, caption: caption.into(), file: None }
    }
}

impl MediaFile {
    pub fn at(reference: impl Into<String>) -> Self {
        Self { reference: reference.into(), name: String::new(), media_type: String::new() }
    }

    /// One that came with its message and is kept already.
    pub fn of_kept(name: impl Into<String>, kept: &Kept) -> Self {
        let media_type = kept.file_type.media_type().to_owned();
        Self { reference: format!("{KEPT}{}", kept.hash), name: name.into(), media_type }
    }

    /// The file that is kept already.
    pub fn kept(&self) -> Option<FileHash> {
        self.reference.strip_prefix(KEPT)?.parse().ok()
    }
}

impl std::fmt::Debug for MediaFile {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.write_str("MediaFile(***)")
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
            Self::Automatic(_) => "Automatic(***)",
            Self::Media { .. } => "Media(***)",
        })
    }
}
