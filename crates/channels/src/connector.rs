//! What every channel can do for the clinic.
//!
//! ```text
//! a call      -> read_webhook -> arrivals ----------------> the desk
//! poll letter -> carried -> answer -> read_poll -> arrivals -> the desk -> after -> courtesy letters
//! a message   -> write -> letters -> carried -> answer -> read_answer -> Sending
//! approved    -> browse -> carried -> answer -> browse .. -> the texts that the provider has approved
//! a file in   -> fetch -> carried -> answer -> fetch .. -> here, lost or later
//! a file out  -> bring -> carried -> answer -> bring .. -> brought -> write
//! now and then-> questions -> carried -> answer -> read_finding -> how the account stands there
//! settings    -> check -> carried -> answer -> read_check -> who we are there
//! ```

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::{Content, MediaFile};
use clinic::files::WhyLost;
use clinic::templates::{Filled, State, Template};
use kernel::{Address, Chance, Locale, MessageId, Price, Timestamp};

use crate::{
    Answer, Arrival, Aspect, Bringing, Call, Card, Carried, Dial, DnsRecord, Fetching, Found, Letter, Question, Reading, Sending,
    SettingFault, SettingField, Settings, Trouble, Unreadable,
};

/// One channel. Holds no state: settings, time and cursors are arguments.
pub trait Connector: Send + Sync {
    fn channel(&self) -> Channel;

    fn card(&self) -> &'static Card;

    /// The fields of the settings page, in the order in which they are asked.
    fn settings(&self) -> &'static [SettingField];

    /// Makes what only this channel can make, before the settings are read: into what was typed, where there is none yet.
    fn make(&self, _typed: &mut BTreeMap<String, String>, _before: Option<&Settings>, _chance: &mut Chance) {}

    /// What one field alone cannot show: a token that is not of the provider's form, fields that exclude each other.
    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault>;

    /// Verifies before it reads. Unknown kinds of news are read as no arrivals, so that the provider does not repeat them for ever.
    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable>;

    /// The letters of one message, to be carried in order until one is not accepted; see [`crate::whole`].
    fn write(&self, settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable>;

    /// The account's approved text for anything that is to be said when the window is closed, with two gaps: who reads it, and
    /// what is to be said; see [`Card::window`]. Empty: there is none.
    fn general_template<'a>(&self, _settings: &'a Settings) -> &'a str {
        ""
    }

    /// By what name the provider keeps the texts that it approves for the account. Accounts may share them. Empty: it keeps none.
    fn catalogue<'a>(&self, _settings: &'a Settings) -> &'a str {
        ""
    }

    /// How they are fetched: the next step after these answers. `at`: what they are told as of.
    fn browse(&self, _settings: &Settings, _so_far: &[Answer], _at: Timestamp) -> Browsing {
        Browsing::Needless
    }

    /// What a refusal with this code says of the approved text that was sent. None: nothing.
    fn turned_by(&self, _code: &str) -> Option<State> {
        None
    }

    /// What became of a letter; also of the letters of `set_up` and `after`.
    fn read_answer(&self, letter: &Letter, answer: &Answer) -> Sending;

    /// How many parts of a message are paid for, where the price goes by parts.
    fn parts(&self, _message: &Outgoing) -> u32 {
        1
    }

    /// What the provider says that a letter has cost. None: it does not tell, or not yet.
    fn told_price(&self, _answer: &Answer) -> Option<Price> {
        None
    }

    /// A letter whose answer tells who we are there. None: there is nothing to ask.
    fn check(&self, settings: &Settings) -> Option<Letter>;

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble>;

    /// Fetches what is new after `cursor`. None: this channel is not polled.
    fn poll(&self, _settings: &Settings, _cursor: Option<&str>) -> Option<Letter> {
        None
    }

    fn read_poll(&self, _settings: &Settings, _fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
        Ok(Polled { arrivals: Vec::new(), unread: 0, cursor: None })
    }

    /// Whether the provider can call this account, where we have a public address. Else it is polled.
    fn is_called(&self, _settings: &Settings) -> bool {
        self.card().arriving.by_webhook()
    }

    /// Whether a line is kept with the provider. What leaves goes over the line of the node that listens on it.
    fn keeps_a_line(&self, _settings: &Settings) -> bool {
        false
    }

    /// Whether the provider knows who writes. Else only an answer to a message of ours proves whose words they are.
    fn vouches_for_senders(&self) -> bool {
        true
    }

    /// Whether a letter names those before it, so that the reader's program shows them together.
    fn threads(&self) -> bool {
        false
    }

    /// How long to rest after a fetch, where the provider answers at once whether or not there is anything new.
    fn rests(&self, _settings: &Settings) -> Duration {
        Duration::ZERO
    }

    /// Asks what money is left on the account. None: the provider does not tell.
    fn balance(&self, _settings: &Settings) -> Option<Letter> {
        None
    }

    fn read_balance(&self, _answer: &Answer) -> Option<Balance> {
        None
    }

    /// What courtesy asks once an arrival is stored. Nothing depends on the answers.
    fn after(&self, _settings: &Settings, _arrival: &Arrival) -> Vec<Letter> {
        Vec::new()
    }

    /// Rings the desk's own telephone, and then whom the desk wants to speak with. None: this account cannot.
    fn ring(&self, _settings: &Settings, _dial: &Dial) -> Option<Letter> {
        None
    }

    /// What the clinic has to publish for its domain. None for most.
    fn published(&self, _settings: &Settings) -> Option<DnsRecord> {
        None
    }

    /// What the clinic has to copy to the provider so that its calls can be read.
    fn body_template(&self, _settings: &Settings) -> Option<&'static str> {
        None
    }

    /// What shows now and then whether the account still stands there as it should. Nothing is changed by it.
    fn questions(&self, settings: &Settings, _reach: &Reach) -> Vec<Question> {
        self.check(settings).map(Question::of_token).into_iter().collect()
    }

    fn read_finding(&self, _settings: &Settings, _reach: &Reach, _about: Aspect, answer: &Answer) -> Found {
        Found::of_check(self.read_check(answer))
    }

    /// The clinic's own machines behind this account that show a certificate: host, port, and how one knocks.
    fn shows_certificate(&self, _settings: &Settings) -> Vec<(String, u16, Opening)> {
        Vec::new()
    }

    /// Tells the provider how we want to be reached. Can be repeated; `read_answer` reads the answers.
    fn set_up(&self, _settings: &Settings, _reach: &Reach) -> Vec<Letter> {
        Vec::new()
    }

    /// The same for an account that stands, where more has to be asked first: the next step after these answers. None: that is all,
    /// or a person types it in there.
    fn set_again(&self, settings: &Settings, reach: &Reach, so_far: &[Answer]) -> Option<Letter> {
        self.set_up(settings, reach).into_iter().nth(so_far.len())
    }

    /// How a file that came in is fetched: the next step after these answers.
    fn fetch(&self, _settings: &Settings, _file: &MediaFile, _so_far: &[Answer]) -> Fetching {
        Fetching::Lost(WhyLost::Gone)
    }

    /// How the file of a message is brought to the provider before the message can name it: the next step after these answers.
    /// Nothing of it reaches the patient, so every step can be repeated.
    fn bring(&self, _settings: &Settings, _message: &Outgoing, _so_far: &[Answer]) -> Bringing {
        Bringing::Needless
    }

    /// A link with which a patient opens the thread and brings `token` along, as [`clinic::conversations::Said::Opened`].
    fn opening_link(&self, _account: &Account, _token: &str) -> Option<String> {
        None
    }
}

/// How a machine is asked for its certificate.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Opening {
    Tls,
    /// In plain words first, as of a mail server.
    StartTlsOfMail,
    /// The same, as of a mailbox.
    StartTlsOfMailbox,
}

/// A message on its way, with all that any channel may need to write it.
#[derive(Clone, PartialEq)]
pub struct Outgoing {
    pub id: MessageId,
    pub to: Address,
    /// How the receiver is called; empty if that may not be said.
    pub name: String,
    pub content: Content,
    pub locale: Locale,
    pub author: Author,
    pub at: Timestamp,
    /// The provider's id of the message that this answers, if it answers one.
    pub reply_to: Option<String>,
    /// The provider's ids of the thread so far, oldest first.
    pub thread: Vec<String>,
    /// The page where the patient can answer without buttons.
    pub answer_url: Option<String>,
    /// Where one click ends this kind of message. No question is asked there.
    pub unsubscribe_url: Option<String>,
    /// The approved text that says it instead of its own words: the gate found the window closed.
    pub approved: Option<Filled>,
    /// The file beside the words, with its bytes.
    pub file: Option<Carried>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Author {
    /// A person at the desk.
    Person,
    Bot,
}

impl Account {
    /// Whether its handle and a token of at most so many signs stand in a link as they are: letters, digits and these marks.
    pub fn fits_in_a_link(&self, token: &str, longest: usize, marks: &[u8]) -> bool {
        let is_plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || marks.contains(&byte));
        token.len() <= longest && is_plain(token) && is_plain(&self.handle)
    }
}

/// The next step towards all the texts that a provider has approved.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Browsing {
    /// There is nobody to ask.
    Needless,
    Ask(Box<Letter>),
    Found(Vec<Template>),
    Failed(Trouble),
}

impl Browsing {
    pub fn ask(letter: Letter) -> Self {
        Self::Ask(Box::new(letter))
    }
}

/// Why a message cannot be written for a channel. Found before anything is sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum Unwritable {
    #[error("the address is not of this channel")]
    WrongAddress,
    #[error("there is nothing to say")]
    Empty,
    #[error("what a button brings back has more than {most} bytes, or none")]
    ButtonData { most: usize },
    #[error("a button leads to no web address")]
    ButtonLink,
    #[error("a button has no label")]
    ButtonLabel,
    #[error("more than {most} buttons")]
    TooManyButtons { most: usize },
    #[error("an attachment cannot be carried here")]
    Attachment,
    #[error("the text is longer than any number of letters may hold")]
    TooLong,
    /// Outside of the window, and there is no approved text.
    #[error("needs a template")]
    NeedsTemplate,
    /// `at` names the header.
    #[error("a line break or another control character in `{at}`")]
    Control { at: &'static str },
}

/// Who we are at the provider.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Account {
    /// As patients see it.
    pub name: String,
    /// By which it is found: the name of a bot. Empty if the channel has none.
    pub handle: String,
}

/// What is left on an account, as the provider writes it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Balance {
    pub amount: String,
    /// ISO 4217; empty if the provider does not name it.
    pub currency: String,
}

/// How the provider reaches us.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reach {
    /// At this public address; a connector may add a tail to it.
    Webhook { url: String },
    /// Not at all: we ask.
    Polling,
}

/// What came back for the letter of [`Connector::poll`].
#[derive(Debug, Clone, Copy)]
pub struct Fetched<'a> {
    /// The one that the letter was written with.
    pub cursor: Option<&'a str>,
    pub answer: &'a Answer,
    /// Dates what the provider does not date.
    pub received_at: Timestamp,
}

#[derive(Debug, PartialEq)]
pub struct Polled {
    pub arrivals: Vec<Arrival>,
    /// News of a form that we do not know. Passed over, or nothing after it would ever come in.
    pub unread: usize,
    /// Where to go on. None: nothing new, the old cursor stays.
    pub cursor: Option<String>,
}

/// Why nothing was fetched. Nothing is lost: the cursor stays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PollTrouble {
    Later {
        after: Duration,
        why: Trouble,
    },
    /// A person must look at the settings.
    AccountBroken {
        why: Trouble,
    },
    /// Say [`Reach::Polling`] first.
    WebhookActive,
}

impl From<PollTrouble> for Trouble {
    fn from(trouble: PollTrouble) -> Self {
        match trouble {
            PollTrouble::Later { why, .. } | PollTrouble::AccountBroken { why } => why,
            PollTrouble::WebhookActive => Self::WebhookActive,
        }
    }
}

impl Unwritable {
    /// What is recorded beside a message that could not be written.
    pub const fn code(self) -> &'static str {
        match self {
            Self::WrongAddress => "wrong-address",
            Self::Empty => "empty",
            Self::ButtonData { .. } => "button-data",
            Self::ButtonLink => "button-link",
            Self::ButtonLabel => "button-label",
            Self::TooManyButtons { .. } => "too-many-buttons",
            Self::Attachment => "attachment",
            Self::TooLong => "too-long",
            Self::NeedsTemplate => "needs-template",
            Self::Control { .. } => "control-character",
        }
    }
}

impl fmt::Debug for Outgoing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Outgoing({}, {:?}, {:?})", self.id, self.to, self.content)
    }
}
