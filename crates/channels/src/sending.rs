//! What became of a letter. The variant alone says what to do next: nobody compares texts of providers outside of here.

use std::fmt;
use std::time::Duration;

use serde_json::Value;

use crate::smpp::ShortMessage;
use crate::{MailPlace, PollTrouble};

/// When told to wait, but not for how long.
pub const SHORT_WAIT: Duration = Duration::from_secs(5);

/// What came back for one letter.
#[derive(Clone, PartialEq, Eq)]
pub enum Answer {
    Http {
        status: u16,
        headers: Vec<(String, String)>,
        body: Vec<u8>,
    },
    /// Known not to have reached the provider.
    NotSent(NotSent),
    /// The wire broke or fell silent after the letter had begun to leave: it may have arrived.
    Broken,
    /// The last answer of the mail server and to what it answered. A wire that broke before the final dot is
    /// [`NotSent::Interrupted`], after it [`Answer::Broken`].
    Mail {
        stage: MailStage,
        code: u16,
        text: String,
    },
    /// What a mailbox holds, or why it was not opened.
    Mailbox(MailboxAnswer),
    /// What came over a line to an SMS centre.
    Centre(CentreAnswer),
    /// What came over a line to a telephone exchange.
    Exchange(ExchangeAnswer),
    /// A letter that stayed in the program.
    Internal {
        id: String,
    },
}

#[derive(Clone, PartialEq, Eq)]
pub enum MailboxAnswer {
    /// The server knows us, and the folder is there.
    Open,
    /// It does not let us in, or the folder is not there. The server's code, if it named one.
    Refused { at: MailboxStage, code: String },
    /// What has come, the oldest first, and where to go on once it is stored.
    Fetched { place: MailPlace, mails: Vec<FetchedMail> },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailboxStage {
    Greeting,
    SignIn,
    Folder,
    /// What we asked for afterwards.
    Fetch,
}

#[derive(Clone, PartialEq, Eq)]
pub struct FetchedMail {
    pub uid: u32,
    /// As the server dates it: `23-Nov-2026 11:02:11 +0000`. Empty if it does not.
    pub arrived: String,
    /// As much of it as is read.
    pub octets: Vec<u8>,
}

#[derive(Clone, PartialEq, Eq)]
pub enum CentreAnswer {
    /// The name that the centre gives itself.
    Bound {
        centre: String,
    },
    NotBound {
        status: u32,
    },
    Taken {
        id: String,
    },
    Refused {
        status: u32,
    },
    /// What has come, and the name of this batch; empty if nothing has. `stored`: the batch before was acknowledged to the centre.
    Heard {
        batch: String,
        stored: bool,
        messages: Vec<HeardMessage>,
    },
}

#[derive(Clone, PartialEq, Eq)]
pub enum ExchangeAnswer {
    /// The line stands; the name that the exchange gives itself.
    Stands {
        name: String,
    },
    NotLetIn,
    Rung,
    Refused {
        why: String,
    },
    /// What was told, as it stood on the wire, and the name of this batch; empty if nothing was.
    Heard {
        batch: String,
        told: Vec<String>,
    },
}

#[derive(Clone, PartialEq, Eq)]
pub struct HeardMessage {
    pub message: ShortMessage,
    /// Our own id of the message that a receipt speaks of, where it is remembered.
    pub ours: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum NotSent {
    NoSuchHost,
    Refused,
    Unreachable,
    Tls,
    /// The connection broke before the letter was handed over.
    Interrupted,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MailStage {
    Greeting,
    SignIn,
    Sender,
    Recipient,
    /// After DATA, before the message.
    Data,
    /// After the final dot: the server has taken responsibility, or not.
    Dot,
    /// The answer to NOOP of a check.
    Check,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Sending {
    /// The provider has it. `ids` are its names for it; none, if it gives none.
    Accepted { ids: Vec<String> },
    /// Known not sent: again, not before `after`.
    Later { after: Duration, why: Trouble },
    /// Known not sent, and never will be in this form: `code` is the provider's own.
    Refused { code: String, why: Trouble },
    /// The patient has blocked us: nothing more on this address until they come back.
    Stopped,
    /// Known not sent, and nothing of this account will be until a person has looked at its settings.
    AccountBroken { code: String, why: Trouble },
    /// Nobody knows: never repeated blindly.
    Uncertain,
}

/// What is wrong, in the words of Fluent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Trouble {
    /// The token or password is wrong or was revoked.
    Unauthorized,
    /// The address in the settings is not that of the provider.
    WrongServer,
    NoSuchHost,
    Refused,
    Unreachable,
    Tls,
    Interrupted,
    /// We write faster than the provider allows.
    TooFast,
    /// The provider has troubles of its own.
    Overloaded,
    NoSuchRecipient,
    /// The patient has never opened the thread.
    NeverOpened,
    MailboxFull,
    /// Mail leaves, but the mailbox does not let us in or has no such folder.
    Incoming,
    TooLong,
    /// Taken for spam, or against a rule of the provider.
    Policy,
    /// Nothing is left on the account.
    NoMoney,
    WindowClosed,
    /// Somebody else fetches the messages of this account.
    PolledElsewhere,
    /// Messages go to a webhook, so they cannot be fetched.
    WebhookActive,
    /// The provider does not accept or does not reach our public address.
    WebhookRefused,
    /// The desk has no public address at which the provider could call us, and the channel knows no other way.
    NoPublicAddress,
    /// Says that it worked, but not in a way that we can read.
    StrangeAnswer,
    /// Refused with a code that has no sentence of its own.
    Other,
}

/// The outcome of a message of several letters, sent in order until one was not accepted.
///
/// If the first is not accepted, nothing has reached the patient and its outcome is the message's. If a later one fails, a part
/// has arrived: repeating the message would say it twice, so a person is asked instead.
pub fn whole(outcomes: Vec<Sending>) -> Sending {
    let mut all = Vec::new();
    for (at, outcome) in outcomes.into_iter().enumerate() {
        match outcome {
            Sending::Accepted { ids } => all.extend(ids),
            not_accepted if at == 0 => return not_accepted,
            Sending::Later { .. } | Sending::Refused { .. } | Sending::Stopped | Sending::AccountBroken { .. } | Sending::Uncertain => {
                return Sending::Uncertain;
            }
        }
    }
    Sending::Accepted { ids: all }
}

impl Trouble {
    pub const ALL: [Self; 23] = [
        Self::Unauthorized,
        Self::WrongServer,
        Self::NoSuchHost,
        Self::Refused,
        Self::Unreachable,
        Self::Tls,
        Self::Interrupted,
        Self::TooFast,
        Self::Overloaded,
        Self::NoSuchRecipient,
        Self::NeverOpened,
        Self::MailboxFull,
        Self::Incoming,
        Self::TooLong,
        Self::Policy,
        Self::NoMoney,
        Self::WindowClosed,
        Self::PolledElsewhere,
        Self::WebhookActive,
        Self::WebhookRefused,
        Self::NoPublicAddress,
        Self::StrangeAnswer,
        Self::Other,
    ];

    /// Whether the provider was not reached at all.
    pub const fn is_silence(self) -> bool {
        matches!(self, Self::NoSuchHost | Self::Refused | Self::Unreachable | Self::Tls | Self::Interrupted)
    }

    /// Whether it may have to do with whoever reads there, and not with us or with what we said.
    pub const fn is_about_the_reader(self) -> bool {
        matches!(self, Self::NoSuchRecipient | Self::Unreachable | Self::MailboxFull | Self::Other)
    }

    /// Whether it is over once the provider takes a message: one of fetching is not.
    pub const fn ends_with_a_message(self) -> bool {
        !matches!(self, Self::PolledElsewhere | Self::WebhookActive | Self::WebhookRefused | Self::NoPublicAddress)
    }

    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trouble| trouble.key() == key)
    }

    /// The key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unauthorized => "channel-trouble-unauthorized",
            Self::WrongServer => "channel-trouble-wrong-server",
            Self::NoSuchHost => "channel-trouble-no-such-host",
            Self::Refused => "channel-trouble-refused",
            Self::Unreachable => "channel-trouble-unreachable",
            Self::Tls => "channel-trouble-tls",
            Self::Interrupted => "channel-trouble-interrupted",
            Self::TooFast => "channel-trouble-too-fast",
            Self::Overloaded => "channel-trouble-overloaded",
            Self::NoSuchRecipient => "channel-trouble-no-such-recipient",
            Self::NeverOpened => "channel-trouble-never-opened",
            Self::MailboxFull => "channel-trouble-mailbox-full",
            Self::Incoming => "channel-trouble-incoming",
            Self::TooLong => "channel-trouble-too-long",
            Self::Policy => "channel-trouble-policy",
            Self::NoMoney => "channel-trouble-no-money",
            Self::WindowClosed => "channel-trouble-window-closed",
            Self::PolledElsewhere => "channel-trouble-polled-elsewhere",
            Self::WebhookActive => "channel-trouble-webhook-active",
            Self::WebhookRefused => "channel-trouble-webhook-refused",
            Self::NoPublicAddress => "channel-trouble-no-public-address",
            Self::StrangeAnswer => "channel-trouble-strange-answer",
            Self::Other => "channel-trouble-other",
        }
    }
}

/// No provider's wish makes us wait longer before we ask again.
pub const LONGEST_WAIT: Duration = Duration::from_hours(24);

impl Answer {
    /// The status and the JSON that stood in it; None if it is no JSON, half of one, or no answer over HTTP.
    pub fn json(&self) -> Option<(u16, Value)> {
        match self {
            Self::Http { status, body, .. } => Some((*status, serde_json::from_slice(body).ok()?)),
            Self::NotSent(_)
            | Self::Broken
            | Self::Mail { .. }
            | Self::Mailbox(_)
            | Self::Centre(_)
            | Self::Exchange(_)
            | Self::Internal { .. } => None,
        }
    }

    /// How long the provider asks us to wait.
    pub fn retry_after(&self) -> Option<Duration> {
        let Self::Http { headers, .. } = self else { return None };
        let (_, value) = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("retry-after"))?;
        Some(Duration::from_secs(value.trim().parse().ok()?).min(LONGEST_WAIT))
    }

    /// What an answer means that is not in the words of the provider: a machine on the way spoke, or nobody did.
    pub fn without_words(&self) -> Sending {
        let after = self.retry_after().unwrap_or(SHORT_WAIT);
        match self {
            Self::NotSent(reason) => Sending::not_sent(*reason),
            Self::Broken | Self::Mail { .. } | Self::Mailbox(_) | Self::Centre(_) | Self::Exchange(_) | Self::Internal { .. } => {
                Sending::Uncertain
            }
            Self::Http { status, .. } => match status {
                401 | 403 => Sending::AccountBroken { code: status.to_string(), why: Trouble::Unauthorized },
                300..400 | 404 | 405 => Sending::AccountBroken { code: status.to_string(), why: Trouble::WrongServer },
                413 => Sending::Refused { code: status.to_string(), why: Trouble::TooLong },
                429 => Sending::Later { after, why: Trouble::TooFast },
                400..500 => Sending::Refused { code: status.to_string(), why: Trouble::Other },
                _ => Sending::Uncertain,
            },
        }
    }
}

impl NotSent {
    pub const fn trouble(self) -> Trouble {
        match self {
            Self::NoSuchHost => Trouble::NoSuchHost,
            Self::Refused => Trouble::Refused,
            Self::Unreachable => Trouble::Unreachable,
            Self::Tls => Trouble::Tls,
            Self::Interrupted => Trouble::Interrupted,
        }
    }
}

impl Sending {
    /// The wire could not be opened: again after a while. The dispatch loop stretches it with every attempt.
    pub const fn not_sent(reason: NotSent) -> Self {
        Self::Later { after: Duration::from_secs(30), why: reason.trouble() }
    }
}

impl From<Sending> for Result<(), Trouble> {
    /// Of a letter that asks or sets up something, of which nothing reaches a patient.
    fn from(sending: Sending) -> Self {
        match sending {
            Sending::Accepted { .. } => Ok(()),
            Sending::Later { why, .. } | Sending::Refused { why, .. } | Sending::AccountBroken { why, .. } => Err(why),
            Sending::Stopped | Sending::Uncertain => Err(Trouble::StrangeAnswer),
        }
    }
}

impl From<Sending> for PollTrouble {
    /// A question can be asked again, so doubt is only a delay.
    fn from(sending: Sending) -> Self {
        match sending {
            Sending::Later { after, why } => Self::Later { after, why },
            Sending::AccountBroken { why, .. } => Self::AccountBroken { why },
            Sending::Refused { why, .. } => Self::Later { after: SHORT_WAIT * 6, why },
            Sending::Stopped => Self::AccountBroken { why: Trouble::Unauthorized },
            Sending::Accepted { .. } => Self::Later { after: SHORT_WAIT, why: Trouble::StrangeAnswer },
            Sending::Uncertain => Self::Later { after: SHORT_WAIT, why: Trouble::Overloaded },
        }
    }
}

impl fmt::Debug for Sending {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // A provider's id may hold the number of the patient's account.
            Self::Accepted { ids } => write!(out, "Accepted({} ids)", ids.len()),
            Self::Later { after, why } => write!(out, "Later({after:?}, {why:?})"),
            Self::Refused { code, why } => write!(out, "Refused({code}, {why:?})"),
            Self::Stopped => out.write_str("Stopped"),
            Self::AccountBroken { code, why } => write!(out, "AccountBroken({code}, {why:?})"),
            Self::Uncertain => out.write_str("Uncertain"),
        }
    }
}

impl fmt::Debug for Answer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Http { status, body, .. } => write!(out, "Http({status}, {} bytes)", body.len()),
            Self::NotSent(reason) => write!(out, "NotSent({reason:?})"),
            Self::Broken => out.write_str("Broken"),
            Self::Mail { stage, code, .. } => write!(out, "Mail({stage:?}, {code})"),
            Self::Mailbox(answer) => write!(out, "Mailbox({answer:?})"),
            Self::Centre(answer) => write!(out, "Centre({answer:?})"),
            Self::Exchange(answer) => write!(out, "Exchange({answer:?})"),
            Self::Internal { id } => write!(out, "Internal({id})"),
        }
    }
}

impl fmt::Debug for ExchangeAnswer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Stands { .. } => out.write_str("Stands"),
            Self::NotLetIn => out.write_str("NotLetIn"),
            Self::Rung => out.write_str("Rung"),
            Self::Refused { .. } => out.write_str("Refused"),
            Self::Heard { told, .. } => write!(out, "Heard({} news)", told.len()),
        }
    }
}

impl fmt::Debug for MailboxAnswer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Open => out.write_str("Open"),
            Self::Refused { at, code } => write!(out, "Refused({at:?}, {code})"),
            Self::Fetched { place, mails } => write!(out, "Fetched({} mails, up to {place:?})", mails.len()),
        }
    }
}

impl fmt::Debug for CentreAnswer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Bound { .. } => out.write_str("Bound"),
            Self::NotBound { status } => write!(out, "NotBound({status:#04X})"),
            Self::Taken { .. } => out.write_str("Taken"),
            Self::Refused { status } => write!(out, "Refused({status:#04X})"),
            Self::Heard { messages, .. } => write!(out, "Heard({} messages)", messages.len()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_message_of_several_letters_is_sent_whole_or_doubted() {
        let accepted = |id: &str| Sending::Accepted { ids: vec![id.to_owned()] };
        let later = || Sending::Later { after: Duration::from_secs(5), why: Trouble::TooFast };
        let both = Sending::Accepted { ids: vec!["1".to_owned(), "2".to_owned()] };
        let table = [
            (vec![accepted("1"), accepted("2")], both),
            (vec![later()], later()),
            (vec![Sending::Stopped], Sending::Stopped),
            (vec![accepted("1"), later()], Sending::Uncertain),
            (vec![accepted("1"), Sending::Stopped], Sending::Uncertain),
            (vec![Sending::Uncertain], Sending::Uncertain),
        ];
        for (outcomes, expected) in table {
            assert_eq!(whole(outcomes), expected);
        }
    }
}
