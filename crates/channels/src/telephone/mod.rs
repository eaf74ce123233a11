//! The telephone, over whichever exchange the clinic has: Twilio, Zadarma, Mango Office, UIS, Asterisk over a
//! line that is kept, or one that signs its calls in the plain way of [`generic`]. An exchange tells of calls; nothing is written here. Where it can, it rings the desk's own
//! telephone and then whom the desk wants to speak with: [`Dial`].
//!
//! A provider is one file: how its calls are proven and what they mean. What they mean is put together by `clinic::calls`, so
//! that no provider has to be told in order. Who signs nothing proves itself by a word of ours behind the address that it calls.

mod answers;
mod asterisk;
mod generic;
mod mango;
mod news;
mod twilio;
mod uis;
mod zadarma;

#[cfg(test)]
mod asterisk_tests;
#[cfg(test)]
mod near_misses;
#[cfg(test)]
mod tests;
#[cfg(any(test, feature = "trial"))]
pub(crate) mod trial;

use std::time::Duration;

use clinic::actors::Channel;
use kernel::Phone;

use crate::exchange::Dialect;
use crate::{
    Account, Answer, Arriving, Call, Card, Connector, Cost, Counted, Disclosure, Fetched, Files, FirstWord, Format, Kind, Letter, Means,
    Need, Outgoing, Pace, PollTrouble, Polled, Rate, Reading, Receipts, Repeats, Sending, SettingFault, SettingField, SettingWrong,
    Settings, Templates, TextLimit, Trouble, Unreadable, Unwritable, proof,
};

pub struct Telephone;

/// Whom the desk wants to speak with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dial {
    pub to: Phone,
    /// Our name for it, where the exchange wants one: letters and digits.
    pub ours: String,
    /// The telephone of whoever dials, which rings first; None: that of the account.
    pub own: Option<String>,
}

/// More than any extension, number or name of an end point has.
const LONGEST_EXTENSION: usize = 64;

/// The shortest numbers outside that cost money have more.
const MOST_DIGITS_INSIDE: usize = 5;

/// Whether an exchange can be asked to ring it.
pub fn is_extension(typed: &str) -> bool {
    (1..=LONGEST_EXTENSION).contains(&typed.len()) && is_plain(typed)
}

/// Whether it can only be a telephone of the exchange itself, and no number outside.
pub fn is_inside(typed: &str) -> bool {
    let is_named = typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte));
    (1..=20).contains(&typed.len()) && is_named && typed.bytes().filter(u8::is_ascii_digit).count() <= MOST_DIGITS_INSIDE
}

fn is_plain(typed: &str) -> bool {
    typed.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.@+/".contains(&byte))
}

/// The telephone at the desk; empty: there is none.
fn rings_first<'a>(settings: &'a Settings, dial: &'a Dial) -> &'a str {
    dial.own.as_deref().unwrap_or_else(|| settings.text("extension"))
}

static CARD: Card = Card {
    means: Means::Calls,
    text: TextLimit { most: 1, counted: Counted::Characters },
    buttons: None,
    media: &[],
    files: Files::NONE,
    window: None,
    templates: Templates::Never,
    receipts: Receipts::None,
    disclosure: Disclosure::LockScreen,
    first_word: FirstWord::Clinic,
    repeats: Repeats::SendsTwice,
    arriving: Arriving::WebhookOrPolling,
    pace: Pace {
        per_account: Rate { letters: 1, within: Duration::from_secs(1) },
        per_recipient: Rate { letters: 1, within: Duration::from_secs(5) },
    },
    cost: Cost::PerMessage,
    formats: &[Format::Plain],
};

const FIELDS: [SettingField; 13] = [
    SettingField {
        name: "provider",
        kind: Kind::Choice(&["generic", "twilio", "zadarma", "mango", "uis", "ami", "ari"]),
        need: Need::Required,
    },
    SettingField { name: "user", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "key", kind: Kind::Secret, need: Need::Optional },
    SettingField { name: "line", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "extension", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "server", kind: Kind::Url, need: Need::Optional },
    SettingField { name: "host", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "port", kind: Kind::Number { from: 1, to: 65_535 }, need: Need::Otherwise("5039") },
    SettingField { name: "security", kind: Kind::Choice(&["tls", "none"]), need: Need::Otherwise("tls") },
    SettingField { name: "inside", kind: Kind::Text, need: Need::Otherwise("from-trunk") },
    SettingField { name: "context", kind: Kind::Text, need: Need::Otherwise("from-internal") },
    SettingField { name: "word", kind: Kind::Text, need: Need::Made },
    SettingField { name: "hook", kind: Kind::Url, need: Need::Hook },
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Provider {
    Generic,
    Twilio,
    Zadarma,
    Mango,
    Uis,
    Ami,
    Ari,
}

impl Provider {
    fn of(settings: &Settings) -> Self {
        match settings.text("provider") {
            "twilio" => Self::Twilio,
            "zadarma" => Self::Zadarma,
            "mango" => Self::Mango,
            "uis" => Self::Uis,
            "ami" => Self::Ami,
            "ari" => Self::Ari,
            // the settings know only one other word
            _ => Self::Generic,
        }
    }

    const fn server(self) -> &'static str {
        match self {
            Self::Twilio => "https://api.twilio.com",
            Self::Zadarma => "https://api.zadarma.com",
            Self::Mango => "https://app.mango-office.ru",
            // nothing is asked of these
            Self::Generic | Self::Uis | Self::Ami | Self::Ari => "",
        }
    }
}

/// The provider's own address, or the one in the settings, without a stroke at its end.
fn server(settings: &Settings) -> &str {
    let server = settings.text("server");
    let server = if server.is_empty() { Provider::of(settings).server() } else { server };
    server.trim_end_matches('/')
}

/// How the line speaks, where one is kept.
fn dialect(settings: &Settings) -> Option<Dialect> {
    match Provider::of(settings) {
        Provider::Ami => Some(Dialect::Ami),
        Provider::Ari => Some(Dialect::Ari),
        Provider::Generic | Provider::Twilio | Provider::Zadarma | Provider::Mango | Provider::Uis => None,
    }
}

impl Connector for Telephone {
    fn channel(&self) -> Channel {
        Channel::Telephone
    }

    fn card(&self) -> &'static Card {
        &CARD
    }

    fn settings(&self) -> &'static [SettingField] {
        &FIELDS
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let needed: &[&str] = match Provider::of(settings) {
            Provider::Twilio | Provider::Zadarma | Provider::Mango => &["user", "key"],
            Provider::Ami => &["host", "user", "key"],
            Provider::Ari => &["server", "user", "key"],
            Provider::Generic | Provider::Uis => &[],
        };
        if let Some(field) = needed.iter().find(|field| settings.text(field).is_empty()) {
            return Err(SettingFault { field: (*field).to_owned(), wrong: SettingWrong::Missing });
        }
        let plain = |field: &str| is_plain(settings.text(field));
        let key = settings.text("key");
        // readable only to this very machine
        let hidden = settings.text("security") == "tls" || ["localhost", "127.0.0.1", "[::1]", "::1"].contains(&settings.text("host"));
        let secure = Provider::of(settings) != Provider::Ami || hidden;
        SettingFault::unless([("host", plain("host") || settings.text("host").starts_with('[')), ("security", secure)])?;
        SettingFault::unless([("inside", plain("inside")), ("context", plain("context"))])?;
        SettingFault::unless([("user", plain("user")), ("key", key.is_ascii()), ("line", plain("line")), ("extension", plain("extension"))])
    }

    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
        match Provider::of(settings) {
            Provider::Generic => generic::read_webhook(settings, call),
            Provider::Twilio => twilio::read_webhook(settings, call),
            Provider::Zadarma => zadarma::read_webhook(settings, call),
            Provider::Mango => mango::read_webhook(settings, call),
            Provider::Uis => {
                proof::by_secret(&settings.secret("word"), Some(call.tail.as_bytes()))?;
                uis::read_call(call)
            }
            // who keeps a line calls nobody; whoever comes is asked for the word all the same
            Provider::Ami | Provider::Ari => {
                proof::by_secret(&settings.secret("word"), Some(call.tail.as_bytes()))?;
                Err(Unreadable::NoWebhook)
            }
        }
    }

    /// Nothing is written by telephone.
    fn write(&self, _settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        Err(if message.file.is_some() { Unwritable::Attachment } else { Unwritable::WrongAddress })
    }

    fn read_answer(&self, letter: &Letter, answer: &Answer) -> Sending {
        match answer {
            Answer::Exchange(answer) => asterisk::answered(answer),
            other => answers::read(letter, other),
        }
    }

    fn check(&self, settings: &Settings) -> Option<Letter> {
        match Provider::of(settings) {
            Provider::Twilio => Some(twilio::check(settings)),
            Provider::Zadarma => Some(zadarma::check(settings)),
            Provider::Ami | Provider::Ari => Some(asterisk::check(settings, dialect(settings)?)),
            Provider::Generic | Provider::Mango | Provider::Uis => None,
        }
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        match answer {
            Answer::Exchange(answer) => asterisk::read_check(answer),
            other => answers::read_check(other),
        }
    }

    fn ring(&self, settings: &Settings, dial: &Dial) -> Option<Letter> {
        if rings_first(settings, dial).is_empty() {
            return None;
        }
        match Provider::of(settings) {
            Provider::Twilio => twilio::ring(settings, dial),
            Provider::Zadarma => Some(zadarma::ring(settings, dial)),
            Provider::Mango => Some(mango::ring(settings, dial)),
            Provider::Ami | Provider::Ari => Some(asterisk::ring(settings, dialect(settings)?, dial)),
            Provider::Generic | Provider::Uis => None,
        }
    }

    fn poll(&self, settings: &Settings, cursor: Option<&str>) -> Option<Letter> {
        Some(asterisk::poll(settings, dialect(settings)?, cursor))
    }

    fn read_poll(&self, settings: &Settings, fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
        match dialect(settings) {
            Some(dialect) => asterisk::read_poll(settings, dialect, fetched),
            None => Ok(Polled { arrivals: Vec::new(), unread: 0, cursor: None }),
        }
    }

    fn is_called(&self, settings: &Settings) -> bool {
        dialect(settings).is_none()
    }

    fn keeps_a_line(&self, settings: &Settings) -> bool {
        dialect(settings).is_some()
    }

    fn body_template(&self, settings: &Settings) -> Option<&'static str> {
        (Provider::of(settings) == Provider::Uis).then_some(uis::TEMPLATE)
    }
}
