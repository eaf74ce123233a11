//! The card of a channel: what it can carry, as data. The gate, the composer and the dispatch loop read it;
//! none of them knows a channel by name.

use std::time::Duration;

use clinic::conversations::{Button, MediaKind, Press};

use crate::{Carried, Unwritable};

#[derive(Debug, Clone, PartialEq)]
pub struct Card {
    pub means: Means,
    pub text: TextLimit,
    /// None: choices are written as links or as words.
    pub buttons: Option<Buttons>,
    /// What can be attached, and how large.
    pub media: &'static [Medium],
    pub files: Files,
    /// For so long after the patient's last message anything may be said; after it only a template. None: always open.
    pub window: Option<Duration>,
    pub templates: Templates,
    pub receipts: Receipts,
    pub disclosure: Disclosure,
    pub first_word: FirstWord,
    pub repeats: Repeats,
    pub arriving: Arriving,
    pub pace: Pace,
    pub cost: Cost,
    pub formats: &'static [Format],
}

/// What comes and goes there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Means {
    Words,
    /// Telephone calls: nothing can be written.
    Calls,
}

/// How much text one letter holds. A longer message becomes several letters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TextLimit {
    pub most: usize,
    pub counted: Counted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Counted {
    Characters,
    /// Units of UTF-16: an emoji counts twice.
    Utf16,
    Bytes,
    /// Segments of a text message, by the alphabet it needs.
    Segments,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Buttons {
    pub most: usize,
    /// Characters on one button.
    pub label: usize,
    /// Bytes that come back from a tap.
    pub data: usize,
    /// Whether the patient can share their number with one tap.
    pub share_contact: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Medium {
    pub kind: MediaKind,
    pub bytes: u64,
}

/// Where files come from, and how they go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Files {
    /// The provider's own machines beside its server: each with everything below it. From nowhere else is a file fetched.
    pub hosts: &'static [&'static str],
    /// Bytes of a file that comes in. What is larger stays at the provider.
    pub most: u64,
    pub out: FilesOut,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FilesOut {
    /// With the message, or brought to the provider before it.
    Beside,
    /// As an address of ours, which needs to be reached from outside.
    ByLink,
    Never,
}

impl Files {
    /// Nothing comes and nothing goes.
    pub const NONE: Self = Self { hosts: &[], most: 0, out: FilesOut::Never };
}

/// Whether texts must be approved by the provider before they are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Templates {
    Never,
    OutsideWindow,
    Always,
}

/// What we are told about a message after it was accepted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Receipts {
    None,
    /// Where the machines on the way tell.
    SometimesDelivered,
    Delivered,
    DeliveredAndRead,
}

/// Who may see what is written there; sensitive fields are refused below [`Disclosure::Account`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Disclosure {
    /// Shows on a lock screen, travels readable, and the number or mailbox may be shared with the family.
    LockScreen,
    /// An account that the patient has tied to their card themselves; still shows on a lock screen.
    Account,
    /// Seen only after the patient has proven who they are.
    Verified,
}

/// Who may write first.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstWord {
    Clinic,
    /// The patient must have opened the thread.
    Patient,
}

/// What the provider does with a second letter of the same message.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Repeats {
    /// Sends it twice: an uncertain letter must not be repeated blindly.
    SendsTwice,
    /// Sends it twice, but its reports carry our id, so that doubt can be settled.
    EchoesOurId,
    /// Recognises our id and sends once.
    KnowsOurId,
}

/// How the patient's words come to us.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arriving {
    Never,
    /// From within the program, at the same door: no public address is needed.
    Inside,
    Webhook,
    Polling,
    /// Either, by the wish of the clinic: a clinic without a public address polls.
    WebhookOrPolling,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Pace {
    pub per_account: Rate,
    pub per_recipient: Rate,
}

/// So many letters within so long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub letters: u32,
    pub within: Duration,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Cost {
    Free,
    PerMessage,
    PerSegment,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    Plain,
    Html,
}

impl Arriving {
    pub const fn by_webhook(self) -> bool {
        matches!(self, Self::Inside | Self::Webhook | Self::WebhookOrPolling)
    }

    pub const fn by_polling(self) -> bool {
        matches!(self, Self::Polling | Self::WebhookOrPolling)
    }
}

impl Card {
    /// Whether a file of this kind and size can be attached.
    pub fn carries(&self, kind: MediaKind, bytes: u64) -> bool {
        self.media.iter().any(|medium| medium.kind == kind && bytes <= medium.bytes)
    }
}

impl Card {
    /// Whether a file can go, as what it is or as a document.
    pub fn takes(&self, file: &Carried) -> bool {
        self.files.out != FilesOut::Never && (self.carries(file.kind, file.bytes) || self.carries(MediaKind::Document, file.bytes))
    }

    /// Whether a picture goes as one, not as a document.
    pub fn shows(&self, file: &Carried) -> bool {
        file.kind == MediaKind::Image && self.carries(MediaKind::Image, file.bytes)
    }
}

impl Buttons {
    /// Whether these buttons can be shown as they are.
    pub fn check(&self, buttons: &[Button]) -> Result<(), Unwritable> {
        if buttons.len() > self.most {
            return Err(Unwritable::TooManyButtons { most: self.most });
        }
        for button in buttons {
            if button.label.trim().is_empty() {
                return Err(Unwritable::ButtonLabel);
            }
            match &button.press {
                Press::Answer(data) if data.is_empty() || data.len() > self.data => {
                    return Err(Unwritable::ButtonData { most: self.data });
                }
                Press::Link(url) if !is_link(url) => return Err(Unwritable::ButtonLink),
                Press::Answer(_) | Press::Link(_) | Press::ShareContact => {}
            }
        }
        Ok(())
    }
}

/// A web address that can stand in a message: no script, no white space.
pub fn is_link(url: &str) -> bool {
    (url.starts_with("https://") || url.starts_with("http://")) && !url.chars().any(|c| c.is_whitespace() || c.is_control())
}
