//! E-mail, outward: a message becomes a mail that programs and people can both read, and the mail server's answer becomes a
//! [`Sending`]. Only a 250 to the final dot is a promise; before it nothing was sent, and silence after it is doubt.
//!
//! A reminder can be refused with one click (RFC 8058), does not start a talk between machines (RFC 3834), and threads with what
//! was said before. Nothing a person typed can add a header: see [`header`].

mod answers;
mod body;
mod header;
mod letters;

#[cfg(test)]
mod tests;

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::MediaKind;

use crate::{
    Account, Answer, Arriving, Call, Card, Connector, Cost, Counted, Disclosure, Files, FilesOut, FirstWord, Format, Kind, Letter, Means,
    Medium, Need, Outgoing, Pace, Rate, Reading, Receipts, Repeats, Security, Sending, SettingFault, SettingField, SettingWrong, Settings,
    Templates, TextLimit, Trouble, Unreadable, Unwritable,
};

pub struct Email;

static CARD: Card = Card {
    means: Means::Words,
    text: TextLimit { most: 100_000, counted: Counted::Bytes },
    // Choices are written as links.
    buttons: None,
    media: &[Medium { kind: MediaKind::Image, bytes: 10_000_000 }, Medium { kind: MediaKind::Document, bytes: 10_000_000 }],
    // what is attached comes with the mail
    files: Files { out: FilesOut::Beside, ..Files::NONE },
    window: None,
    templates: Templates::Never,
    receipts: Receipts::None,
    disclosure: Disclosure::LockScreen,
    first_word: FirstWord::Clinic,
    repeats: Repeats::SendsTwice,
    arriving: Arriving::Never,
    // What small mail servers take without distrust.
    pace: Pace {
        per_account: Rate { letters: 60, within: Duration::from_mins(1) },
        per_recipient: Rate { letters: 1, within: Duration::from_secs(10) },
    },
    cost: Cost::Free,
    formats: &[Format::Plain, Format::Html],
};

const FIELDS: [SettingField; 8] = [
    SettingField { name: "host", kind: Kind::Text, need: Need::Required },
    SettingField { name: "port", kind: Kind::Number { from: 1, to: 65_535 }, need: Need::Otherwise("587") },
    SettingField { name: "security", kind: Kind::Choice(&["starttls", "tls", "none"]), need: Need::Otherwise("starttls") },
    SettingField { name: "user", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "password", kind: Kind::Secret, need: Need::Optional },
    SettingField { name: "from_address", kind: Kind::MailAddress, need: Need::Required },
    SettingField { name: "from_name", kind: Kind::Text, need: Need::Required },
    SettingField { name: "bounce_address", kind: Kind::MailAddress, need: Need::Optional },
];

impl Connector for Email {
    fn channel(&self) -> Channel {
        Channel::Email
    }

    fn card(&self) -> &'static Card {
        &CARD
    }

    fn settings(&self) -> &'static [SettingField] {
        &FIELDS
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let fault = |field: &str| Err(SettingFault { field: field.to_owned(), wrong: SettingWrong::WrongForm });
        let host = settings.text("host");
        if host.is_empty() || !host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte)) {
            return fault("host");
        }
        if letters::security(settings) == Security::None && !is_this_machine(host) {
            return fault("security");
        }
        if settings.text("user").is_empty() != settings.text("password").is_empty() {
            return fault("password");
        }
        let foreign = ["from_address", "bounce_address"].into_iter().find(|field| !settings.text(field).is_ascii());
        foreign.map_or(Ok(()), fault)
    }

    fn read_webhook(&self, _settings: &Settings, _call: &Call<'_>) -> Result<Reading, Unreadable> {
        Err(Unreadable::NoWebhook)
    }

    fn write(&self, settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        letters::write(settings, message).map(|letter| vec![Letter::Mail(letter)])
    }

    fn read_answer(&self, letter: &Letter, answer: &Answer) -> Sending {
        answers::read(letter, answer)
    }

    fn check(&self, settings: &Settings) -> Option<Letter> {
        Some(Letter::MailCheck(letters::server(settings)))
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        answers::read_check(answer)
    }
}

fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]" | "::1")
}
