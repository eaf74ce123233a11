//! E-mail: a message becomes a mail that programs and people can both read, and the mail server's answer becomes a
//! [`Sending`]. Only a 250 to the final dot is a promise; before it nothing was sent, and silence after it is doubt.
//!
//! What patients answer, and what servers report, is fetched from a [`mailbox`], if the clinic names one. An address over a mail
//! proves nothing, so whoever wrote is believed only by the name of the message that they answer, see [`arriving`].
//!
//! Whether the address over a mail was borrowed, the clinic's own server says, see [`authenticity`].
//!
//! A clinic whose server does not sign its mails has them signed here, see [`dkim`].
//!
//! A reminder can be refused with one click (RFC 8058), does not start a talk between machines (RFC 3834), and threads with what
//! was said before. Nothing a person typed can add a header: see [`header`].

mod answers;
mod arriving;
mod authenticity;
mod body;
mod dkim;
mod header;
mod html;
mod letters;
mod machines;
mod mailbox;
mod reports;
mod shown;

#[cfg(test)]
mod arriving_tests;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::{MediaFile, MediaKind};
use kernel::Chance;

use crate::imap::MOST_OF_A_MAIL;
use crate::{
    Account, Answer, Arriving, Call, Card, Connector, Cost, Counted, Disclosure, DnsRecord, Fetched, Fetching, Files, FilesOut, FirstWord,
    Format, Kind, Letter, MailCheck, Means, Medium, Need, Opening, Outgoing, Pace, PollTrouble, Polled, Rate, Reading, Receipts, Repeats,
    Security, Sending, SettingFault, SettingField, SettingWrong, Settings, Templates, TextLimit, Trouble, Unreadable, Unwritable,
};

pub struct Email;

static CARD: Card = Card {
    means: Means::Words,
    text: TextLimit { most: 100_000, counted: Counted::Bytes },
    // Choices are written as links.
    buttons: None,
    media: &[Medium { kind: MediaKind::Image, bytes: 10_000_000 }, Medium { kind: MediaKind::Document, bytes: 10_000_000 }],
    // a file is read once more out of its mail, in the clinic's own mailbox
    files: Files { hosts: &[], most: MOST_OF_A_MAIL as u64, out: FilesOut::Beside },
    window: None,
    templates: Templates::Never,
    receipts: Receipts::SometimesDelivered,
    disclosure: Disclosure::LockScreen,
    first_word: FirstWord::Clinic,
    repeats: Repeats::SendsTwice,
    arriving: Arriving::Polling,
    // What small mail servers take without distrust.
    pace: Pace {
        per_account: Rate { letters: 60, within: Duration::from_mins(1) },
        per_recipient: Rate { letters: 1, within: Duration::from_secs(10) },
    },
    cost: Cost::Free,
    formats: &[Format::Plain, Format::Html],
};

const FIELDS: [SettingField; 19] = [
    SettingField { name: "host", kind: Kind::Text, need: Need::Required },
    SettingField { name: "port", kind: Kind::Number { from: 1, to: 65_535 }, need: Need::Otherwise("587") },
    SettingField { name: "security", kind: Kind::Choice(&["starttls", "tls", "none"]), need: Need::Otherwise("starttls") },
    SettingField { name: "user", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "password", kind: Kind::Secret, need: Need::Optional },
    SettingField { name: "from_address", kind: Kind::MailAddress, need: Need::Required },
    SettingField { name: "from_name", kind: Kind::Text, need: Need::Required },
    SettingField { name: "bounce_address", kind: Kind::MailAddress, need: Need::Optional },
    SettingField { name: "reply_address", kind: Kind::MailAddress, need: Need::Optional },
    SettingField { name: "imap_host", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "imap_port", kind: Kind::Number { from: 1, to: 65_535 }, need: Need::Otherwise("993") },
    SettingField { name: "imap_security", kind: Kind::Choice(&["tls", "starttls", "none"]), need: Need::Otherwise("tls") },
    SettingField { name: "imap_user", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "imap_password", kind: Kind::Secret, need: Need::Optional },
    SettingField { name: "imap_folder", kind: Kind::Text, need: Need::Otherwise("INBOX") },
    SettingField { name: "authentication_server", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "dkim", kind: Kind::Choice(&["off", "on", "new"]), need: Need::Otherwise("off") },
    SettingField { name: "dkim_selector", kind: Kind::Text, need: Need::Otherwise("caredesk") },
    SettingField { name: "dkim_key", kind: Kind::PrivateKey, need: Need::Optional },
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

    fn make(&self, typed: &mut BTreeMap<String, String>, before: Option<&Settings>, chance: &mut Chance) {
        dkim::make(typed, before, chance);
    }

    fn published(&self, settings: &Settings) -> Option<DnsRecord> {
        dkim::record(settings)
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let fault = |field: &str| Err(SettingFault { field: field.to_owned(), wrong: SettingWrong::WrongForm });
        let host = settings.text("host");
        let is_host = |host: &str| host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
        if host.is_empty() || !is_host(host) {
            return fault("host");
        }
        if letters::security(settings, "security") == Security::None && !is_this_machine(host) {
            return fault("security");
        }
        if !is_host(settings.text("imap_host")) {
            return fault("imap_host");
        }
        if !is_host(settings.text("authentication_server")) {
            return fault("authentication_server");
        }
        if !mailbox::may_be_read(settings) {
            return fault("imap_security");
        }
        if mailbox::of(settings).is_some_and(|mailbox| mailbox.server.user.is_empty() || mailbox.server.password.is_empty()) {
            return fault("imap_user");
        }
        if settings.text("user").is_empty() != settings.text("password").is_empty() {
            return fault("password");
        }
        let foreign = ["from_address", "bounce_address", "reply_address"].into_iter().find(|field| !settings.text(field).is_ascii());
        foreign.map_or(Ok(()), fault)?;
        dkim::check(settings)
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

    fn shows_certificate(&self, settings: &Settings) -> Vec<(String, u16, Opening)> {
        let machine = |(host, port, security): (&str, &str, &str), by_asking: Opening| {
            let port = settings.number(port).and_then(|port| u16::try_from(port).ok())?;
            let opening = match letters::security(settings, security) {
                Security::Tls => Opening::Tls,
                Security::StartTls => by_asking,
                Security::None => return None,
            };
            let host = settings.text(host);
            (!host.is_empty()).then(|| (host.to_owned(), port, opening))
        };
        let outgoing = machine(("host", "port", "security"), Opening::StartTlsOfMail);
        let incoming = machine(("imap_host", "imap_port", "imap_security"), Opening::StartTlsOfMailbox);
        [outgoing, incoming].into_iter().flatten().collect()
    }

    fn check(&self, settings: &Settings) -> Option<Letter> {
        Some(Letter::MailCheck(MailCheck { server: letters::server(settings), mailbox: mailbox::of(settings) }))
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        answers::read_check(answer)
    }

    fn poll(&self, settings: &Settings, cursor: Option<&str>) -> Option<Letter> {
        mailbox::poll(settings, cursor)
    }

    fn read_poll(&self, settings: &Settings, fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
        mailbox::read_poll(settings, fetched)
    }

    fn fetch(&self, settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
        mailbox::fetch(settings, file, so_far)
    }

    fn vouches_for_senders(&self) -> bool {
        false
    }

    fn threads(&self) -> bool {
        true
    }
}

fn is_this_machine(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]" | "::1")
}
