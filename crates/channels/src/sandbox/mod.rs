//! The sandbox: a messenger inside the program. The phone beside the desk shows what was written and taps what a patient would tap,
//! so that a clinic can train, show and test without a real channel. It speaks JSON of our own, see
//! [`crate::inside`].
//!
//! Nothing leaves the program: a letter is accepted at once, and the phone reports it delivered and read.

#[cfg(test)]
mod tests;

pub use crate::inside::{Did, Tap};

use std::time::Duration;

use clinic::actors::Channel;
use clinic::files::MediaKind;
use kernel::Scheme;

use crate::{
    Account, Answer, Arriving, Buttons, Call, Card, Connector, Cost, Counted, Disclosure, Files, FilesOut, FirstWord, Format, Kind, Letter,
    Means, Medium, Method, Need, Outgoing, Pace, Rate, Reading, Receipts, Repeats, Sending, SettingFault, SettingField, Settings,
    Templates, TextLimit, Trouble, Unreadable, Unwritable, inside, proof,
};

pub struct Sandbox;

/// The header in which the phone shows the key of its account.
pub const KEY_HEADER: &str = "x-sandbox-key";

const LIMITS: Buttons = Buttons { most: 12, label: 64, data: 64, share_contact: true };
/// Either way.
const MOST_OF_A_FILE: u64 = 10_000_000;

static CARD: Card = Card {
    means: Means::Words,
    text: TextLimit { most: 4096, counted: Counted::Characters },
    buttons: Some(LIMITS),
    media: &[Medium { kind: MediaKind::Image, bytes: MOST_OF_A_FILE }, Medium { kind: MediaKind::Document, bytes: MOST_OF_A_FILE }],
    files: Files { hosts: &[], most: MOST_OF_A_FILE, out: FilesOut::Beside },
    window: None,
    templates: Templates::Never,
    receipts: Receipts::DeliveredAndRead,
    disclosure: Disclosure::Account,
    first_word: FirstWord::Clinic,
    repeats: Repeats::KnowsOurId,
    arriving: Arriving::Inside,
    pace: Pace {
        per_account: Rate { letters: 1_000, within: Duration::from_secs(1) },
        per_recipient: Rate { letters: 100, within: Duration::from_secs(1) },
    },
    cost: Cost::Free,
    formats: &[Format::Plain],
};

const FIELDS: [SettingField; 1] = [SettingField { name: "key", kind: Kind::Secret, need: Need::Made }];

impl Connector for Sandbox {
    fn channel(&self) -> Channel {
        Channel::Sandbox
    }

    fn card(&self) -> &'static Card {
        &CARD
    }

    fn settings(&self) -> &'static [SettingField] {
        &FIELDS
    }

    fn check_settings(&self, _settings: &Settings) -> Result<(), SettingFault> {
        Ok(())
    }

    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
        if call.method != Method::Post {
            return Err(Unreadable::NoWebhook);
        }
        proof::by_secret(&settings.secret("key"), call.header(KEY_HEADER))?;
        inside::read(inside::tap(call.body)?, Scheme::Sandbox, call.received_at)
    }

    fn write(&self, _settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        if !Channel::Sandbox.reaches(&message.to) {
            return Err(Unwritable::WrongAddress);
        }
        if message.file.as_ref().is_some_and(|file| !CARD.takes(file)) {
            return Err(Unwritable::Attachment);
        }
        if message.content.text.trim().is_empty() && message.content.attachments.is_empty() && message.file.is_none() {
            return Err(Unwritable::Empty);
        }
        LIMITS.check(&message.content.buttons)?;
        Ok(vec![Letter::Internal { id: message.id.to_string() }])
    }

    fn read_answer(&self, _letter: &Letter, answer: &Answer) -> Sending {
        match answer {
            Answer::Internal { id } => Sending::Accepted { ids: vec![id.clone()] },
            Answer::NotSent(reason) => Sending::not_sent(*reason),
            Answer::Http { .. } | Answer::Mail { .. } | Answer::Mailbox(_) | Answer::Centre(_) | Answer::Exchange(_) | Answer::Broken => {
                Sending::Uncertain
            }
        }
    }

    fn check(&self, _settings: &Settings) -> Option<Letter> {
        None
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        inside::read_check(answer)
    }
}
