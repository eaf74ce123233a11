//! Text messages, over whichever provider the clinic has a contract with: Twilio and who speaks as it does, SMSC.ru, Kavenegar
//! in Iran, `SeeMe` in Hungary, or an operator's own [`centre`].
//!
//! All share what a text message is: words without buttons, and numbers as addresses. A provider is one file: how it is
//! written to, what its answers and its calls mean. Each answers in a form of its own, by which it is known, see [`answers`].
//!
//! Who signs nothing proves itself by a word of ours behind the address that it calls. A clinic without a public address fetches;
//! `SeeMe` knows no fetching, so there only what leaves goes without it.

mod alphabet;
mod answers;
mod centre;
mod kavenegar;
mod seeme;
mod smsc;
pub(crate) mod twilio;
mod words;

#[cfg(test)]
mod centre_tests;
#[cfg(test)]
mod tests;

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::MediaFile;
use clinic::files::{MediaKind, WhyLost};
use clinic::texts::segments;
use kernel::Price;

use crate::files::Source;
use crate::{
    Account, Answer, Arriving, Balance, Call, Card, Connector, Cost, Counted, Disclosure, Fetched, Fetching, Files, FilesOut, FirstWord,
    Format, Kind, Letter, Means, Medium, Need, Outgoing, Pace, PollTrouble, Polled, Rate, Reading, Receipts, Repeats, Sending,
    SettingFault, SettingField, SettingWrong, Settings, Templates, TextLimit, Trouble, Unreadable, Unwritable, proof,
};

pub struct Sms;

/// What a patient still reads. Providers take a little more.
const MOST_SEGMENTS: usize = 6;
/// Between two fetches: these providers answer at once.
const FETCH_EVERY: Duration = Duration::from_secs(15);

static CARD: Card = Card {
    means: Means::Words,
    text: TextLimit { most: MOST_SEGMENTS, counted: Counted::Segments },
    // Choices are written as words and as a link.
    buttons: None,
    media: &[Medium { kind: MediaKind::Image, bytes: 10_000_000 }, Medium { kind: MediaKind::Document, bytes: 10_000_000 }],
    files: Files { hosts: &["twilio.com", "twiliocdn.com"], most: 5_000_000, out: FilesOut::ByLink },
    window: None,
    templates: Templates::Never,
    receipts: Receipts::Delivered,
    disclosure: Disclosure::LockScreen,
    first_word: FirstWord::Clinic,
    repeats: Repeats::SendsTwice,
    arriving: Arriving::WebhookOrPolling,
    // What the smallest contracts allow; a provider that wants less says so and is heard.
    pace: Pace {
        per_account: Rate { letters: 10, within: Duration::from_secs(1) },
        per_recipient: Rate { letters: 1, within: Duration::from_secs(5) },
    },
    cost: Cost::PerSegment,
    formats: &[Format::Plain],
};

const FIELDS: [SettingField; 15] = [
    SettingField { name: "provider", kind: Kind::Choice(&["twilio", "smsc", "kavenegar", "seeme", "smpp"]), need: Need::Required },
    SettingField { name: "user", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "key", kind: Kind::Secret, need: Need::Required },
    SettingField { name: "sender", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "server", kind: Kind::Url, need: Need::Optional },
    SettingField { name: "host", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "port", kind: Kind::Number { from: 1, to: 65_535 }, need: Need::Otherwise("2775") },
    SettingField { name: "security", kind: Kind::Choice(&["tls", "none"]), need: Need::Otherwise("tls") },
    SettingField { name: "kind", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "binding", kind: Kind::Choice(&["one", "pair"]), need: Need::Otherwise("one") },
    SettingField { name: "joining", kind: Kind::Choice(&["header", "numbers", "payload"]), need: Need::Otherwise("header") },
    SettingField { name: "window", kind: Kind::Number { from: 1, to: 500 }, need: Need::Otherwise("10") },
    SettingField { name: "rate", kind: Kind::Number { from: 1, to: 10_000 }, need: Need::Otherwise("10") },
    SettingField { name: "word", kind: Kind::Text, need: Need::Made },
    SettingField { name: "hook", kind: Kind::Url, need: Need::Hook },
];

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Provider {
    Twilio,
    Smsc,
    Kavenegar,
    Seeme,
    Smpp,
}

impl Provider {
    fn of(settings: &Settings) -> Self {
        match settings.text("provider") {
            "smsc" => Self::Smsc,
            "kavenegar" => Self::Kavenegar,
            "seeme" => Self::Seeme,
            "smpp" => Self::Smpp,
            // the settings know only one other word
            _ => Self::Twilio,
        }
    }

    const fn server(self) -> &'static str {
        match self {
            Self::Twilio => "https://api.twilio.com",
            Self::Smsc => "https://smsc.ru",
            Self::Kavenegar => "https://api.kavenegar.com",
            Self::Seeme => "https://seeme.hu",
            // has a host and a port
            Self::Smpp => "",
        }
    }
}

/// The provider's own address, or the one in the settings, without a stroke at its end.
fn server(settings: &Settings) -> &str {
    let server = settings.text("server");
    let server = if server.is_empty() { Provider::of(settings).server() } else { server };
    server.trim_end_matches('/')
}

impl Connector for Sms {
    fn channel(&self) -> Channel {
        Channel::Sms
    }

    fn card(&self) -> &'static Card {
        &CARD
    }

    fn settings(&self) -> &'static [SettingField] {
        &FIELDS
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let missing = |field: &&str| settings.text(field).is_empty();
        let needed: &[&str] = match Provider::of(settings) {
            Provider::Twilio => &["user", "sender"],
            Provider::Smpp => &["host", "user"],
            Provider::Smsc | Provider::Kavenegar | Provider::Seeme => &[],
        };
        if let Some(field) = needed.iter().find(|field| missing(field)) {
            return Err(SettingFault { field: (*field).to_owned(), wrong: SettingWrong::Missing });
        }
        let plain = |field: &str| settings.text(field).bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.@+".contains(&byte));
        let key = settings.text("key");
        let fits_in_an_address = Provider::of(settings) != Provider::Kavenegar || plain("key");
        let sender = settings.text("sender");
        // a name has eleven letters at most; the longest number fifteen digits, the name of a service at Twilio more
        let short = sender.chars().count() <= 11 || (sender.chars().count() <= 40 && plain("sender"));
        SettingFault::unless([
            ("user", plain("user")),
            ("host", plain("host")),
            ("key", key.is_ascii() && fits_in_an_address),
            ("sender", short),
        ])
    }

    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
        if Provider::of(settings) == Provider::Twilio {
            return twilio::read_webhook(settings, call);
        }
        proof::by_secret(&settings.secret("word"), Some(call.tail.as_bytes()))?;
        let told = words::fields(call);
        match Provider::of(settings) {
            Provider::Smsc => smsc::read_call(&told, call.received_at),
            Provider::Kavenegar => kavenegar::read_call(&told, call.received_at),
            Provider::Seeme => seeme::read_call(&told, call.received_at),
            Provider::Twilio | Provider::Smpp => Err(Unreadable::NoWebhook),
        }
    }

    fn write(&self, settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        let text = words::text(&CARD, message)?;
        let letter = match Provider::of(settings) {
            Provider::Smpp => return Ok(centre::letters(settings, message, &text)),
            Provider::Twilio => twilio::letter(settings, message, text),
            Provider::Smsc => smsc::letter(settings, message, text),
            Provider::Kavenegar => kavenegar::letter(settings, message, text),
            Provider::Seeme => seeme::letter(settings, message, &text),
        };
        Ok(vec![letter])
    }

    fn read_answer(&self, letter: &Letter, answer: &Answer) -> Sending {
        match answer {
            Answer::Centre(answer) => centre::read(answer),
            other => answers::read(letter, other),
        }
    }

    /// As it leaves, with what is written behind the words.
    fn parts(&self, message: &Outgoing) -> u32 {
        let parts = words::text(&CARD, message).map_or(1, |text| segments(&text).parts);
        u32::try_from(parts).unwrap_or(u32::MAX)
    }

    fn told_price(&self, answer: &Answer) -> Option<Price> {
        answers::read_price(answer)
    }

    fn check(&self, settings: &Settings) -> Option<Letter> {
        Some(match Provider::of(settings) {
            Provider::Twilio => twilio::asked(server(settings), settings, ""),
            Provider::Smpp => centre::check(settings),
            Provider::Smsc | Provider::Kavenegar | Provider::Seeme => self.balance(settings)?,
        })
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        match answer {
            Answer::Centre(answer) => centre::read_check(answer),
            other => answers::read_check(other),
        }
    }

    fn balance(&self, settings: &Settings) -> Option<Letter> {
        Some(match Provider::of(settings) {
            Provider::Twilio => twilio::asked(server(settings), settings, "/Balance"),
            Provider::Smsc => smsc::method(settings, "balance", vec![("cur", "1".to_owned())]),
            Provider::Kavenegar => kavenegar::method(settings, "account/info", Vec::new()),
            Provider::Seeme => seeme::balance(settings),
            Provider::Smpp => return None,
        })
    }

    fn read_balance(&self, answer: &Answer) -> Option<Balance> {
        answers::read_balance(answer)
    }

    fn poll(&self, settings: &Settings, cursor: Option<&str>) -> Option<Letter> {
        match Provider::of(settings) {
            Provider::Twilio => Some(twilio::asked(server(settings), settings, "/Messages")),
            Provider::Smsc => Some(smsc::poll(settings, cursor)),
            Provider::Kavenegar => Some(kavenegar::poll(settings, cursor)),
            Provider::Smpp => Some(centre::poll(settings, cursor)),
            Provider::Seeme => None,
        }
    }

    fn read_poll(&self, settings: &Settings, fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
        if Provider::of(settings) == Provider::Smpp {
            return centre::read_poll(fetched);
        }
        let Some((200, body)) = fetched.answer.json() else {
            return Err(answers::read_question(fetched.answer).map_or(PollTrouble::from(Sending::Uncertain), PollTrouble::from));
        };
        let polled = match Provider::of(settings) {
            Provider::Twilio => twilio::read_poll(settings, &body, fetched.received_at),
            Provider::Smsc => smsc::read_poll(&body, fetched),
            Provider::Kavenegar => kavenegar::read_poll(&body, fetched),
            Provider::Seeme | Provider::Smpp => None,
        };
        polled.ok_or_else(|| answers::read_question(fetched.answer).unwrap_or(Sending::Accepted { ids: Vec::new() }).into())
    }

    fn fetch(&self, settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
        let source = Source { card: &CARD, server: server(settings), authority: "" };
        match Provider::of(settings) {
            Provider::Twilio => {
                // who has this house for a landlord is not the house
                let proof = if source.is_at_server(&file.reference) { twilio::signed_in(settings) } else { Vec::new() };
                source.fetch(&file.reference, &proof, so_far)
            }
            Provider::Smsc | Provider::Kavenegar | Provider::Seeme | Provider::Smpp => Fetching::Lost(WhyLost::Gone),
        }
    }

    fn is_called(&self, settings: &Settings) -> bool {
        !self.keeps_a_line(settings)
    }

    fn keeps_a_line(&self, settings: &Settings) -> bool {
        Provider::of(settings) == Provider::Smpp
    }

    fn rests(&self, settings: &Settings) -> Duration {
        // a line answers when there is something to hear
        if self.keeps_a_line(settings) { Duration::ZERO } else { FETCH_EVERY }
    }
}
