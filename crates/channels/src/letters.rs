//! Letters: what is to be carried to a provider. The desk carries them and brings the answer back.
//!
//! Tokens stand in addresses, headers and bodies, and patients' words in bodies: none of these is ever printed.

use std::fmt;
use std::time::Duration;

use kernel::Secret;

use crate::exchange::{Dialect, Originate};
use crate::smpp::ShortMessage;
use crate::{Carried, Method};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Letter {
    Http(HttpLetter),
    Mail(MailLetter),
    /// Signs in to the mail server, and to the mailbox where there is one, and says nothing more.
    MailCheck(MailCheck),
    /// Asks a mailbox what has come.
    Mailbox(MailboxLetter),
    /// Over the line that is kept with an SMS centre.
    Centre(CentreLetter),
    /// Over the line that is kept with a telephone exchange.
    Exchange(ExchangeLetter),
    /// Does not leave the program: accepted at once under this id.
    Internal {
        id: String,
    },
}

#[derive(Clone, PartialEq, Eq)]
pub struct HttpLetter {
    pub method: Method,
    /// May hold a token.
    pub url: Secret,
    pub headers: Vec<(&'static str, Secret)>,
    pub body: Body,
    /// Believed too when the provider shows its certificate: an authority in PEM that few machines know. Empty for most.
    pub authority: String,
    /// How long to wait for the whole answer. Silence after that is doubt, not failure.
    pub patience: Duration,
    /// The answer is a file of at most so many bytes; one that is larger is not read on and answered as 413.
    pub file: Option<u64>,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Body {
    Empty,
    Json(String),
    Form(Vec<(&'static str, String)>),
    Multipart(Vec<Part>),
}

/// One part of `multipart/form-data`.
#[derive(Clone, PartialEq, Eq)]
pub struct Part {
    pub name: &'static str,
    pub content: Vec<u8>,
    /// A file has a name and a media type; without them it is a plain field.
    pub file: Option<(String, String)>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct MailLetter {
    pub server: MailServer,
    /// The envelope's sender: bounces come back to it.
    pub sender: String,
    pub recipient: String,
    /// Without its angle brackets: by this name later mails refer to it.
    pub message_id: String,
    /// By this name the server speaks of it in its reports, where it sends some.
    pub envelope_id: String,
    pub tell: Tell,
    /// The whole message with CRLF line ends; dots are not stuffed yet.
    pub data: Vec<u8>,
    pub patience: Duration,
}

/// What a server is asked to report, if it can (RFC 3461).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tell {
    /// Nobody reads its reports but people: only what they must know.
    Failures,
    /// Also that it has arrived.
    Everything,
}

#[derive(Clone, PartialEq, Eq)]
pub struct MailCheck {
    pub server: MailServer,
    pub mailbox: Option<Mailbox>,
}

/// Where the clinic's mail comes in.
#[derive(Clone, PartialEq, Eq)]
pub struct Mailbox {
    pub server: MailServer,
    pub folder: String,
}

#[derive(Clone, PartialEq, Eq)]
pub struct MailboxLetter {
    pub mailbox: Mailbox,
    pub errand: MailErrand,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MailErrand {
    /// What has come.
    Look {
        /// Above this. None: nothing of what is there already, only what comes from now on.
        after: Option<MailPlace>,
        /// Where the folder has been numbered anew: what has come since that day, as IMAP writes days.
        since: String,
        /// How long to wait for something to come.
        patience: Duration,
    },
    /// This one mail again, for a file in it.
    Again(MailPlace),
}

/// The last mail that was read: numbers count only as long as the folder keeps its validity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MailPlace {
    pub validity: u32,
    pub uid: u32,
}

#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    pub host: String,
    pub port: u16,
    pub security: Security,
    /// Empty: the server asks for no sign-in.
    pub user: String,
    pub password: Secret,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Security {
    /// Begins readable and must turn to TLS before anything is said.
    StartTls,
    Tls,
    /// Readable: only to this very machine.
    None,
}

#[derive(Clone, PartialEq, Eq)]
pub struct CentreLetter {
    pub centre: Centre,
    pub errand: Errand,
    pub patience: Duration,
}

/// An SMS centre and how it wants to be spoken to.
#[derive(Clone, PartialEq, Eq)]
pub struct Centre {
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
    pub password: Secret,
    /// The system type; empty for most.
    pub kind: String,
    /// So many messages may wait for their answers.
    pub window: usize,
    /// Messages in a second.
    pub rate: u32,
    pub binding: Binding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Binding {
    /// One connection for both directions.
    One,
    /// One for what leaves, one for what comes.
    Pair,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Errand {
    /// Says who we are and nothing more.
    Check,
    /// `ours` is our id of the message.
    Submit { ours: String, message: ShortMessage },
    /// What has come since. The batch `taken` is on disk: the centre may forget it.
    Listen { taken: String },
}

#[derive(Clone, PartialEq, Eq)]
pub struct ExchangeLetter {
    pub exchange: Exchange,
    pub errand: ExchangeErrand,
    pub patience: Duration,
}

/// A telephone exchange and how it is spoken to.
#[derive(Clone, PartialEq, Eq)]
pub struct Exchange {
    pub dialect: Dialect,
    pub host: String,
    pub port: u16,
    pub security: Security,
    pub user: String,
    pub password: Secret,
}

#[derive(Clone, PartialEq, Eq)]
pub enum ExchangeErrand {
    /// Says who we are and nothing more.
    Check,
    Ring(Originate),
    /// What has been told since. The batch `taken` is on disk.
    Listen {
        taken: String,
    },
}

impl Part {
    pub fn field(name: &'static str, value: impl Into<String>) -> Self {
        Self { name, content: value.into().into_bytes(), file: None }
    }

    pub fn of(name: &'static str, file: &Carried) -> Self {
        Self { name, content: file.content.to_vec(), file: Some((file.name.clone(), file.media_type.to_owned())) }
    }
}

/// How long a provider may take over an ordinary letter.
pub const PATIENCE: Duration = Duration::from_secs(20);
/// And over one with a file in it, there or back.
pub const UPLOAD: Duration = Duration::from_mins(1);

impl HttpLetter {
    /// With an empty body and no headers.
    pub fn posted(url: Secret) -> Self {
        Self { method: Method::Post, url, headers: Vec::new(), body: Body::Empty, authority: String::new(), patience: PATIENCE, file: None }
    }

    pub fn asked(url: Secret) -> Self {
        Self { method: Method::Get, ..Self::posted(url) }
    }

    /// Scheme and host: all of the address that may be shown.
    pub fn host(&self) -> &str {
        let url = self.url.expose();
        let end = url.find("://").and_then(|scheme| Some(scheme + 3 + url[scheme + 3..].find(['/', '?', '#'])?));
        &url[..end.unwrap_or(url.len())]
    }
}

impl Body {
    fn kind(&self) -> &'static str {
        match self {
            Self::Empty => "empty",
            Self::Json(_) => "json",
            Self::Form(_) => "form",
            Self::Multipart(_) => "multipart",
        }
    }
}

impl fmt::Debug for HttpLetter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "HttpLetter({:?} {}/***, {})", self.method, self.host(), self.body.kind())
    }
}

impl fmt::Debug for Body {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Body({})", self.kind())
    }
}

impl fmt::Debug for Part {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Part({}, {} bytes)", self.name, self.content.len())
    }
}

impl fmt::Debug for MailLetter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MailLetter({:?}, {} bytes)", self.server, self.data.len())
    }
}

impl fmt::Debug for MailCheck {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MailCheck({:?}, {:?})", self.server, self.mailbox)
    }
}

impl fmt::Debug for Mailbox {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Mailbox({:?})", self.server)
    }
}

impl fmt::Debug for MailboxLetter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MailboxLetter({:?}, {:?})", self.mailbox, self.errand)
    }
}

impl fmt::Debug for CentreLetter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errand = match self.errand {
            Errand::Check => "check",
            Errand::Submit { .. } => "submit",
            Errand::Listen { .. } => "listen",
        };
        write!(out, "CentreLetter({}:{} {:?}, {errand})", self.centre.host, self.centre.port, self.centre.security)
    }
}

impl fmt::Debug for ExchangeLetter {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let errand = match self.errand {
            ExchangeErrand::Check => "check",
            ExchangeErrand::Ring(_) => "ring",
            ExchangeErrand::Listen { .. } => "listen",
        };
        let Exchange { dialect, host, port, security, .. } = &self.exchange;
        write!(out, "ExchangeLetter({dialect:?} {host}:{port} {security:?}, {errand})")
    }
}

impl fmt::Debug for MailServer {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{} {:?}", self.host, self.port, self.security)
    }
}
