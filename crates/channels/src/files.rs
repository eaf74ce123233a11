//! Files on the wire, both ways. A file that came in lies at the provider: it is fetched from the provider's own machines and
//! from nowhere else, whatever address a message names and wherever an answer leads. A file that goes out is brought to the
//! provider first, where a message can only name it.
//!
//! Both are steps without memory: each is decided from the answers so far, so both can be repeated.

use std::fmt;
use std::sync::Arc;
use std::time::Duration;

use clinic::files::{MediaKind, WhyLost};
use kernel::Secret;
use url::{Host, Url};

use crate::letters::UPLOAD;
use crate::{Answer, Card, HttpLetter, Letter, Method, Sending, Trouble};

/// An answer that leads elsewhere is followed so often.
const MOST_TURNS: usize = 3;
/// The provider has troubles of its own.
const A_WHILE: Duration = Duration::from_secs(10);

/// The next step towards a file that came in.
#[derive(Clone, PartialEq, Eq)]
pub enum Fetching {
    Ask(Box<Letter>),
    Here(Vec<u8>),
    Lost(WhyLost),
    /// Not now; anew after a while.
    Later(Duration),
}

/// The next step on the way of a file to the provider.
#[derive(Clone, PartialEq, Eq)]
pub enum Bringing {
    /// It goes within the message.
    Needless,
    Ask(Box<Letter>),
    /// The provider calls it so.
    Brought(String),
    /// It is not there, and the message has not left: accepted or uncertain this never is.
    Not(Sending),
}

/// A file on its way out.
#[derive(Clone, PartialEq, Eq)]
pub struct Carried {
    pub name: String,
    pub media_type: &'static str,
    pub kind: MediaKind,
    /// How large it is.
    pub bytes: u64,
    pub content: Arc<Vec<u8>>,
    /// What the provider calls it, once it was brought there.
    pub handle: Option<String>,
    /// Where it can be fetched from us, for channels that carry an address only.
    pub link: Option<String>,
}

/// From where files of an account may be fetched.
pub struct Source<'a> {
    pub card: &'a Card,
    /// The address of the provider in the settings: its own machine too.
    pub server: &'a str,
    /// An authority in PEM that few machines know; empty for most.
    pub authority: &'a str,
}

impl Source<'_> {
    /// Whether an address is on one of the provider's machines. Compared as the network would read it, so no other way to write
    /// a host slips through.
    pub fn owns(&self, address: &Url) -> bool {
        if !address.username().is_empty() || address.password().is_some() {
            return false;
        }
        if Url::parse(self.server).is_ok_and(|server| server.origin() == address.origin()) {
            return true;
        }
        let Some(Host::Domain(host)) = address.host() else { return false };
        let is_below = |own: &&str| host == *own || host.strip_suffix(*own).is_some_and(|rest| rest.ends_with('.'));
        address.scheme() == "https" && address.port().is_none() && self.card.files.hosts.iter().any(is_below)
    }

    /// A letter to an address that the provider has named, if it is its own.
    pub fn letter(&self, method: Method, address: &str) -> Option<HttpLetter> {
        let url = Url::parse(address).ok().filter(|url| self.owns(url))?;
        let authority = self.authority.to_owned();
        Some(HttpLetter { method, authority, patience: UPLOAD, ..HttpLetter::posted(Secret::new(url.to_string())) })
    }

    /// Whether an address is on the provider's very server, and not on another of its machines.
    pub fn is_at_server(&self, address: &str) -> bool {
        let origin = |address| Url::parse(address).ok().map(|address| address.origin());
        origin(self.server).is_some_and(|server| origin(address) == Some(server))
    }

    /// Fetches from an address. `proof` is shown to that address alone, never where an answer leads.
    pub fn fetch(&self, address: &str, proof: &[(&'static str, Secret)], so_far: &[Answer]) -> Fetching {
        let Ok(mut url) = Url::parse(address) else { return Fetching::Lost(WhyLost::Elsewhere) };
        let most = self.card.files.most;
        for answer in so_far {
            let Answer::Http { status, headers, body } = answer else { return Fetching::Later(A_WHILE) };
            match status {
                200 if body.len() as u64 > most => return Fetching::Lost(WhyLost::TooLarge),
                200 if body.is_empty() => return Fetching::Lost(WhyLost::Unreadable),
                200 => return Fetching::Here(body.clone()),
                301 | 302 | 303 | 307 | 308 if so_far.len() <= MOST_TURNS => {
                    let leads = headers.iter().find(|(name, _)| name.eq_ignore_ascii_case("location"));
                    match leads.and_then(|(_, leads)| url.join(leads).ok()) {
                        Some(next) => url = next,
                        None => return Fetching::Lost(WhyLost::Gone),
                    }
                }
                413 => return Fetching::Lost(WhyLost::TooLarge),
                429 | 500.. => return Fetching::Later(answer.retry_after().unwrap_or(A_WHILE)),
                _ => return Fetching::Lost(WhyLost::Gone),
            }
        }
        let Some(letter) = self.letter(Method::Get, url.as_str()) else { return Fetching::Lost(WhyLost::Elsewhere) };
        let headers = if so_far.is_empty() { proof.to_vec() } else { Vec::new() };
        Fetching::ask(Letter::Http(HttpLetter { headers, file: Some(most), ..letter }))
    }
}

impl Fetching {
    pub fn ask(letter: Letter) -> Self {
        Self::Ask(Box::new(letter))
    }
}

impl Bringing {
    pub fn ask(letter: Letter) -> Self {
        Self::Ask(Box::new(letter))
    }

    /// A step did not succeed. What is in doubt there can be brought again, so it is only a delay.
    pub fn failed(sending: Sending) -> Self {
        match sending {
            Sending::Accepted { .. } | Sending::Uncertain => Self::Not(Sending::Later { after: A_WHILE, why: Trouble::StrangeAnswer }),
            known @ (Sending::Later { .. } | Sending::Refused { .. } | Sending::Stopped | Sending::AccountBroken { .. }) => {
                Self::Not(known)
            }
        }
    }
}

impl fmt::Debug for Fetching {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Ask(letter) => write!(out, "Ask({letter:?})"),
            Self::Here(bytes) => write!(out, "Here({} bytes)", bytes.len()),
            Self::Lost(why) => write!(out, "Lost({why:?})"),
            Self::Later(after) => write!(out, "Later({after:?})"),
        }
    }
}

impl fmt::Debug for Bringing {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Needless => out.write_str("Needless"),
            Self::Ask(letter) => write!(out, "Ask({letter:?})"),
            Self::Brought(_) => out.write_str("Brought(***)"),
            Self::Not(sending) => write!(out, "Not({sending:?})"),
        }
    }
}

impl fmt::Debug for Carried {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Carried({}, {} bytes)", self.media_type, self.content.len())
    }
}
