//! The line that is kept with an Asterisk exchange: AMI over a plain connection, or ARI over a WebSocket. Pure: octets go in,
//! what to say and what was heard comes out; the desk keeps the connection.
//!
//! ```text
//! begin -> let in -> told .. told -> over
//!      \-> not let in
//! ```

mod ami;
mod ari;
mod websocket;

#[cfg(test)]
mod tests;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use kernel::Secret;

pub use ami::Block;
pub use ari::OURS;

/// What an exchange wants of whoever connects.
#[derive(Clone, PartialEq, Eq)]
pub struct Manner {
    pub dialect: Dialect,
    /// As it stands in the address: some answer to no other name.
    pub host: String,
    pub user: String,
    pub password: Secret,
    /// A number of our own choice for the handshake of a WebSocket: 16 octets.
    pub nonce: [u8; 16],
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Dialect {
    /// The manager interface.
    Ami,
    /// The REST interface.
    Ari,
}

/// What follows from what was heard.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    Say(Vec<u8>),
    /// The name that the exchange gives itself.
    LetIn {
        name: String,
    },
    NotLetIn,
    /// News of a call, as it stood on the wire.
    Told(String),
    /// What became of what was asked for under this ticket.
    Answered {
        ticket: u64,
        taken: Result<(), String>,
    },
    /// The exchange ends the line, or speaks nonsense.
    Over,
}

/// Somebody is to be rung up over the line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Originate {
    /// The telephone that rings first: `PJSIP/101`.
    pub from: String,
    /// Digits.
    pub to: String,
    pub context: String,
    /// The name of the call, by which its news are known again.
    pub name: String,
}

pub enum Session {
    Ami(ami::Session),
    Ari(ari::Session),
}

impl Session {
    pub fn begin(manner: &Manner) -> (Self, Vec<Step>) {
        match manner.dialect {
            Dialect::Ami => (Self::Ami(ami::Session::begin(manner)), Vec::new()),
            Dialect::Ari => {
                let (session, steps) = ari::Session::begin(manner);
                (Self::Ari(session), steps)
            }
        }
    }

    pub fn received(&mut self, octets: &[u8]) -> Vec<Step> {
        match self {
            Self::Ami(session) => session.received(octets),
            Self::Ari(session) => session.received(octets),
        }
    }

    /// Something that the exchange must answer.
    pub fn ping(&mut self) -> Vec<Step> {
        match self {
            Self::Ami(session) => session.ping(),
            Self::Ari(_) => ari::ping(),
        }
    }

    /// None: this dialect is asked over HTTP.
    pub fn originate(&self, ticket: u64, originate: &Originate) -> Option<Vec<Step>> {
        match self {
            Self::Ami(_) => Some(ami::Session::originate(ticket, originate)),
            Self::Ari(_) => None,
        }
    }
}

/// How whoever asks over HTTP shows who they are.
pub fn basic(user: &str, password: &Secret) -> String {
    format!("Basic {}", STANDARD.encode(format!("{user}:{}", password.expose())))
}
