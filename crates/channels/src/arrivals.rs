//! What comes in: a provider's call as it stood on the wire, and what it means to the clinic.

use std::fmt;

use clinic::calls::{Direction, Turn};
use clinic::conversations::{Said, SenderCheck};
use clinic::templates::News;
use kernel::{Address, MessageId, Phone, Timestamp};

use crate::Trouble;

/// Longer than any name a messenger allows.
const LONGEST_NAME: usize = 200;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Method {
    Get,
    Post,
}

/// One call of a provider to our webhook, raw: signatures are over the very bytes.
pub struct Call<'a> {
    pub method: Method,
    /// What follows the address of the account: empty, or a secret that some providers need there.
    pub tail: &'a str,
    /// What stood after `?`, still encoded.
    pub query: &'a str,
    pub headers: &'a [(&'a str, &'a [u8])],
    pub body: &'a [u8],
    pub received_at: Timestamp,
}

impl<'a> Call<'a> {
    /// Names of headers are compared without regard to case.
    pub fn header(&self, name: &str) -> Option<&'a [u8]> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| *value)
    }

    /// A value that stood after `?`, decoded.
    pub fn asked(&self, name: &str) -> Option<String> {
        form_urlencoded::parse(self.query.as_bytes()).find(|(known, _)| known == name).map(|(_, value)| value.into_owned())
    }
}

/// What a call meant, and what to answer once it is stored.
#[derive(Debug, PartialEq)]
pub struct Reading {
    pub arrivals: Vec<Arrival>,
    pub reply: Reply,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reply {
    pub status: u16,
    pub media_type: &'static str,
    pub body: String,
}

impl Reply {
    pub fn ok() -> Self {
        Self { status: 200, media_type: "text/plain; charset=utf-8", body: String::new() }
    }

    /// What some providers want to read before they believe that we have it.
    pub fn saying(body: impl Into<String>) -> Self {
        Self { body: body.into(), ..Self::ok() }
    }

    pub fn json(body: impl Into<String>) -> Self {
        Self { status: 200, media_type: "application/json", body: body.into() }
    }
}

/// One thing that a provider told us.
#[derive(Debug, Clone, PartialEq)]
pub struct Arrival {
    /// With the account, what makes the same news harmless when it is told twice.
    pub repeat_key: String,
    /// When it happened, as the provider says; when it came in, if the provider does not say.
    pub at: Timestamp,
    /// What [`crate::Connector::after`] needs to be polite: the id of a tap that waits for its acknowledgement.
    pub handle: Option<String>,
    /// Whether a message may be from where it says.
    pub sender: SenderCheck,
    pub event: Event,
}

#[derive(Clone, PartialEq)]
pub enum Event {
    Message {
        /// The provider's id of it, in the form in which [`Event::Report`] names messages.
        provider_key: String,
        from: Address,
        /// The sender's own number, where the provider vouches for it by itself.
        phone: Option<Phone>,
        /// How the sender calls themselves. Anybody's words: proves nothing.
        name: String,
        /// The language of their telephone, as a language tag.
        locale: Option<String>,
        said: Said,
        /// The provider's id of the message that this answers.
        reply_to: Option<String>,
    },
    /// What became of a message of ours. Comes twice, late and out of order.
    Report {
        /// The provider's name for it.
        message: String,
        /// Our own id of it, where the provider brings it back: settles what stood in doubt and has no other name yet.
        ours: Option<MessageId>,
        became: Became,
    },
    /// The reader has seen everything that had reached them by then.
    ReadUntil {
        from: Address,
        until: Timestamp,
    },
    /// The patient does not want to be written to on this channel.
    Blocked {
        from: Address,
    },
    Unblocked {
        from: Address,
    },
    /// An exchange tells of a telephone call.
    Call(CallNews),
    /// A server on the way has this message of ours and cannot hand it on yet.
    Delayed {
        ours: MessageId,
    },
    /// Nobody can be reached where this message of ours went.
    NobodyThere {
        ours: MessageId,
    },
    /// Whoever got this message of ours has called it spam.
    Unwelcome {
        ours: MessageId,
    },
    /// The provider thinks otherwise of a text that it approves.
    Template(News),
}

/// What an exchange tells of a call, its numbers as it writes them.
#[derive(Clone, PartialEq, Eq)]
pub struct CallNews {
    /// The exchange's name for the call.
    pub call: String,
    pub direction: Option<Direction>,
    /// The number outside; empty where it is withheld or was told elsewhere.
    pub theirs: String,
    pub ours: String,
    pub turn: Turn,
}

/// How far a message of ours has come.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Became {
    Sent,
    Delivered,
    Read,
    /// Never reaches the patient in this form: `code` is the provider's own.
    Failed {
        code: String,
        why: Trouble,
    },
}

impl Arrival {
    pub fn new(repeat_key: impl Into<String>, at: Timestamp, event: Event) -> Self {
        Self { repeat_key: repeat_key.into(), at, handle: None, sender: SenderCheck::NotLookedAt, event }
    }

    #[must_use]
    pub fn checked(self, sender: SenderCheck) -> Self {
        Self { sender, ..self }
    }
}

impl Event {
    /// A report of a provider that knows a message by its own name only.
    pub fn report(message: impl Into<String>, became: Became) -> Self {
        Self::Report { message: message.into(), ours: None, became }
    }
}

/// How somebody calls themselves, cut to what a name can be, without signs that nobody sees or that turn the words around them.
/// The joiner within Persian names stays.
pub fn called(name: &str) -> String {
    let seen: String = name.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).filter(|sign| !is_hidden(*sign)).collect();
    seen.trim().chars().take(LONGEST_NAME).collect()
}

/// A sign that nobody sees, or that turns the words around it.
pub const fn is_hidden(sign: char) -> bool {
    matches!(sign, '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{061c}')
}

impl fmt::Debug for CallNews {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // whoever has taken it is a person, too
        let turn: &dyn fmt::Debug = if let Turn::Taken { .. } = self.turn { &"Taken" } else { &self.turn };
        write!(out, "CallNews({:?}, {turn:?})", self.direction)
    }
}

impl fmt::Debug for Event {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // A provider's key may hold the number of the patient's account.
            Self::Message { said, .. } => write!(out, "Message({said:?})"),
            Self::Report { became, .. } => write!(out, "Report({became:?})"),
            Self::ReadUntil { until, .. } => write!(out, "ReadUntil({until:?})"),
            Self::Blocked { from } => write!(out, "Blocked({from:?})"),
            Self::Unblocked { from } => write!(out, "Unblocked({from:?})"),
            Self::Call(news) => write!(out, "Call({news:?})"),
            Self::Delayed { ours } => write!(out, "Delayed({ours})"),
            Self::NobodyThere { ours } => write!(out, "NobodyThere({ours})"),
            Self::Unwelcome { ours } => write!(out, "Unwelcome({ours})"),
            Self::Template(news) => write!(out, "Template({}, {:?})", news.of, news.turn),
        }
    }
}

/// Why a call was not read. Nothing is changed by such a call.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unreadable {
    /// This channel calls nobody, or not this way.
    #[error("no webhook of this kind")]
    NoWebhook,
    /// The account has no secret, so that nobody can prove to be the provider.
    #[error("no secret is set for the account")]
    NoSecret,
    #[error("unsigned")]
    Unsigned,
    #[error("wrongly signed")]
    BadSignature,
    /// `at` names the place in the provider's message, never what stood there.
    #[error("malformed at `{at}`")]
    Malformed { at: &'static str },
}

impl Unreadable {
    /// What to answer. A signature that is missing or wrong gets the same answer.
    pub const fn status(self) -> u16 {
        match self {
            Self::NoWebhook => 404,
            Self::NoSecret | Self::Unsigned | Self::BadSignature => 401,
            Self::Malformed { .. } => 400,
        }
    }
}
