//! The chat on the clinic's own website: a script on a foreign page, a thread kept in the visitor's browser. What visitors
//! write comes through the program's own addresses for them, which prove the browser and its page and hand the news over
//! under the key of the account, see [`crate::inside`]. Nobody else knows that key.
//!
//! Nothing leaves the program: a letter is accepted at once, delivered when the browser has fetched it, and read when it was
//! shown. A file that a visitor shows is kept before the news of it comes in here; one of ours waits where its letter does. Who sits at that browser is unknown until they have proven it.

mod look;
#[cfg(test)]
mod tests;

pub use look::{Look, Shade, Side};

use std::time::Duration;

use clinic::actors::Channel;
use clinic::files::MediaKind;
use kernel::Scheme;

use crate::inside::{self, Did};
use crate::{
    Account, Answer, Arriving, Buttons, Call, Card, Connector, Cost, Counted, Disclosure, Files, FilesOut, FirstWord, Format, Kind, Letter,
    Means, Medium, Method, Need, Outgoing, Pace, Rate, Reading, Receipts, Repeats, Sending, SettingFault, SettingField, Settings,
    Templates, TextLimit, Trouble, Unreadable, Unwritable, proof,
};

pub use crate::inside::Tap;

pub struct Web;

/// The header in which the program shows the key of the account.
pub const KEY_HEADER: &str = "x-chat-key";

const LIMITS: Buttons = Buttons { most: 12, label: 64, data: 64, share_contact: false };
/// So long a visitor may be expected to come back to a thread. Long enough for a Friday's question and a Monday's answer.
const THREAD_LIVES: Duration = Duration::from_hours(7 * 24);
/// Either way. A telephone's best picture has less.
const MOST_OF_A_FILE: u64 = 10_000_000;

static CARD: Card = Card {
    means: Means::Words,
    text: TextLimit { most: 4096, counted: Counted::Characters },
    buttons: Some(LIMITS),
    media: &[Medium { kind: MediaKind::Image, bytes: MOST_OF_A_FILE }, Medium { kind: MediaKind::Document, bytes: MOST_OF_A_FILE }],
    files: Files { hosts: &[], most: MOST_OF_A_FILE, out: FilesOut::Beside },
    window: Some(THREAD_LIVES),
    templates: Templates::Never,
    receipts: Receipts::DeliveredAndRead,
    disclosure: Disclosure::Verified,
    first_word: FirstWord::Patient,
    repeats: Repeats::KnowsOurId,
    arriving: Arriving::Inside,
    pace: Pace {
        per_account: Rate { letters: 1_000, within: Duration::from_secs(1) },
        per_recipient: Rate { letters: 20, within: Duration::from_secs(1) },
    },
    cost: Cost::Free,
    formats: &[Format::Plain],
};

const FIELDS: [SettingField; 10] = [
    SettingField { name: "origins", kind: Kind::Text, need: Need::Required },
    SettingField { name: "colour", kind: Kind::Text, need: Need::Otherwise("#0f6b66") },
    SettingField { name: "side", kind: Kind::Choice(&Side::NAMES), need: Need::Otherwise("end") },
    SettingField { name: "shade", kind: Kind::Choice(&Shade::NAMES), need: Need::Otherwise("auto") },
    SettingField { name: "greeting_en", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "greeting_ru", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "greeting_hu", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "greeting_fa", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "booking", kind: Kind::Url, need: Need::Optional },
    SettingField { name: "key", kind: Kind::Secret, need: Need::Made },
];

impl Connector for Web {
    fn channel(&self) -> Channel {
        Channel::Web
    }

    fn card(&self) -> &'static Card {
        &CARD
    }

    fn settings(&self) -> &'static [SettingField] {
        &FIELDS
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let (origins, colour) = (look::origins(settings.text("origins")), look::colour(settings.text("colour")));
        SettingFault::unless([("origins", origins.is_some()), ("colour", colour.is_some())])
    }

    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
        if call.method != Method::Post {
            return Err(Unreadable::NoWebhook);
        }
        proof::by_secret(&settings.secret("key"), call.header(KEY_HEADER))?;
        let tap = inside::tap(call.body)?;
        // nothing that a browser says proves who sits at it
        match &tap.did {
            Did::Words { .. } | Did::Show { .. } | Did::Press { .. } | Did::Receive { .. } | Did::Read { .. } => {}
            Did::React { .. } | Did::Edit { .. } | Did::ShareContact { .. } | Did::Open { .. } | Did::Block | Did::Unblock => {
                return Err(Unreadable::Malformed { at: "did" });
            }
        }
        inside::read(tap, Scheme::Web, call.received_at)
    }

    fn write(&self, _settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        if !Channel::Web.reaches(&message.to) {
            return Err(Unwritable::WrongAddress);
        }
        if message.file.as_ref().is_some_and(|file| !CARD.takes(file)) {
            return Err(Unwritable::Attachment);
        }
        if message.content.text.trim().is_empty() && message.file.is_none() {
            return Err(Unwritable::Empty);
        }
        LIMITS.check(&message.content.buttons)?;
        Ok(vec![Letter::Internal { id: message.id.to_string() }])
    }

    fn read_answer(&self, _letter: &Letter, answer: &Answer) -> Sending {
        match answer {
            // by this name it is found as long as no browser has fetched it
            Answer::Internal { id } => Sending::Accepted { ids: vec![format!("web:{id}")] },
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
