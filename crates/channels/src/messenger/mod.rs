//! Facebook Messenger, as messages of the clinic's page. For talking, not for reminding: a day after the patient's last words
//! the door is shut, and no approved text opens it.
//!
//! Patients are known by a number that counts only for this page. What was read is told as a time: everything until then.
//! After: Graph API v25.0, developers.facebook.com/documentation/business-messaging/messenger-platform.

mod answers;
mod letters;
mod news;

#[cfg(test)]
mod tests;

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::MediaFile;
use clinic::files::MediaKind;

use crate::files::Source;
use crate::meta::{self, Asked, is_number};
use crate::{
    Account, Answer, Arriving, Aspect, Bringing, Buttons, Call, Card, Connector, Cost, Counted, Disclosure, Fetching, Files, FilesOut,
    FirstWord, Format, Found, Kind, Letter, Means, Medium, Need, Outgoing, Pace, Question, Rate, Reach, Reading, Receipts, Repeats, Reply,
    Sending, SettingFault, SettingField, Settings, Templates, TextLimit, Trouble, Unreadable, Unwritable,
};

pub struct Messenger;

const WINDOW: Duration = Duration::from_hours(24);
/// Without which nothing can be sent.
const RIGHTS: [&str; 1] = ["pages_messaging"];
/// Of one text.
const TEXT: usize = 2_000;
/// Characters on a button.
const LABEL: usize = 20;
/// The longest token in a link, of `A-Za-z0-9_-.`.
const LONGEST_TOKEN: usize = 250;

static CARD: Card = Card {
    means: Means::Words,
    text: TextLimit { most: TEXT, counted: Counted::Utf16 },
    buttons: Some(Buttons { most: 13, label: LABEL, data: 1_000, share_contact: false }),
    media: &[Medium { kind: MediaKind::Image, bytes: 8_000_000 }, Medium { kind: MediaKind::Document, bytes: 25_000_000 }],
    files: Files { hosts: &["fbcdn.net", "fbsbx.com"], most: 25_000_000, out: FilesOut::Beside },
    window: Some(WINDOW),
    templates: Templates::Never,
    receipts: Receipts::DeliveredAndRead,
    disclosure: Disclosure::Account,
    first_word: FirstWord::Patient,
    repeats: Repeats::SendsTwice,
    arriving: Arriving::Webhook,
    // Not documented: careful.
    pace: Pace {
        per_account: Rate { letters: 10, within: Duration::from_secs(1) },
        per_recipient: Rate { letters: 1, within: Duration::from_secs(1) },
    },
    cost: Cost::Free,
    formats: &[Format::Plain],
};

const FIELDS: [SettingField; 5] = [
    SettingField { name: "token", kind: Kind::Secret, need: Need::Required },
    SettingField { name: "page_id", kind: Kind::Text, need: Need::Required },
    SettingField { name: "app_secret", kind: Kind::Secret, need: Need::Required },
    SettingField { name: "server", kind: Kind::Url, need: Need::Otherwise(meta::SERVER) },
    SettingField { name: "verify_token", kind: Kind::Text, need: Need::Made },
];

impl Connector for Messenger {
    fn channel(&self) -> Channel {
        Channel::Messenger
    }

    fn card(&self) -> &'static Card {
        &CARD
    }

    fn settings(&self) -> &'static [SettingField] {
        &FIELDS
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let is_plain = |name: &str| settings.text(name).bytes().all(|byte| byte.is_ascii_graphic());
        let fits = [
            ("token", settings.text("token").len() >= 16 && is_plain("token")),
            ("app_secret", settings.text("app_secret").len() >= 8 && is_plain("app_secret")),
            ("page_id", is_number(settings.text("page_id"))),
        ];
        SettingFault::unless(fits)
    }

    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
        match meta::check(settings, call)? {
            Asked::Challenge(reading) => Ok(reading),
            Asked::News(body) => Ok(Reading { arrivals: news::read(settings, body, call.received_at)?, reply: Reply::ok() }),
        }
    }

    fn write(&self, settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        letters::write(settings, message)
    }

    fn read_answer(&self, _letter: &Letter, answer: &Answer) -> Sending {
        answers::read(answer)
    }

    fn check(&self, settings: &Settings) -> Option<Letter> {
        Some(letters::who_we_are(settings))
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        answers::read_check(answer)
    }

    fn questions(&self, settings: &Settings, _reach: &Reach) -> Vec<Question> {
        letters::questions(settings)
    }

    fn read_finding(&self, _settings: &Settings, reach: &Reach, about: Aspect, answer: &Answer) -> Found {
        match about {
            Aspect::Token => meta::token(&RIGHTS, answer),
            Aspect::Hook | Aspect::Fields => meta::subscribed(&letters::FIELDS, reach, answer),
        }
    }

    fn set_up(&self, settings: &Settings, _reach: &Reach) -> Vec<Letter> {
        vec![letters::subscribe(settings)]
    }

    fn fetch(&self, settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
        source(settings).fetch(&file.reference, &[], so_far)
    }

    fn bring(&self, settings: &Settings, message: &Outgoing, so_far: &[Answer]) -> Bringing {
        let Some(file) = &message.file else { return Bringing::Needless };
        let Some(answer) = so_far.first() else { return Bringing::ask(letters::upload(settings, file)) };
        match answer.json() {
            Some((200, body)) if body["attachment_id"].is_string() => {
                Bringing::Brought(body["attachment_id"].as_str().unwrap_or_default().to_owned())
            }
            Some(_) | None => Bringing::failed(answers::read(answer)),
        }
    }

    fn opening_link(&self, account: &Account, token: &str) -> Option<String> {
        account.fits_in_a_link(token, LONGEST_TOKEN, b"_-.").then(|| format!("https://m.me/{}?ref={token}", account.handle))
    }
}

/// Where files lie.
fn source(settings: &Settings) -> Source<'_> {
    Source { card: &CARD, server: settings.text("server"), authority: "" }
}
