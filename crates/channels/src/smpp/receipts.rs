//! Receipts: what a centre says became of a message. Best by the optional fields; else by a text that each vendor writes in a way of
//! its own (SMPP 3.4, appendix B), read leniently.
//!
//! The same message may be `7B3F00A1` when it is taken and `2067726497` in its receipt, or have noughts before it. So names are
//! held against each other without their noughts, and, where the receiver is the same, as one number written in two ways.

use std::collections::{HashMap, VecDeque};

use super::unit::{ShortMessage, field};
use crate::{Became, Trouble};

/// Marks of the class of a delivery.
const RECEIPT: u8 = 0x04;
const INTERMEDIATE: u8 = 0x20;
/// A name this long is nobody else's number by chance.
const LONG: usize = 8;
/// So many messages are remembered for their receipts.
const REMEMBERED: usize = 20_000;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum State {
    Enroute,
    Delivered,
    Expired,
    Deleted,
    Undeliverable,
    Accepted,
    Unknown,
    Rejected,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Receipt {
    /// Without noughts before it, in capitals.
    pub id: String,
    pub state: State,
    /// The centre's own code.
    pub error: String,
}

/// None: it is no receipt, but what somebody has written.
pub fn receipt(message: &ShortMessage) -> Option<Receipt> {
    let named = message.more(field::RECEIPTED_ID);
    if message.class & (RECEIPT | INTERMEDIATE) == 0 && named.is_none() {
        return None;
    }
    let text: String = message.words().iter().map(|octet| char::from(*octet)).collect();
    let told = |name: &str| value(&text, name).unwrap_or_default().to_owned();
    let named = named.map(|octets| octets.iter().take_while(|octet| **octet != 0).map(|octet| char::from(*octet)).collect());
    let id = named.filter(|id: &String| !id.is_empty()).unwrap_or_else(|| told("id"));
    let state = message.more(field::STATE).and_then(|octets| State::numbered(*octets.first()?));
    let state = state.or_else(|| State::named(&told("stat"))).unwrap_or(State::Unknown);
    Some(Receipt { id: plain(&id), state, error: told("err") })
}

/// The word behind `name:`; the name stands at the beginning or behind a space.
fn value<'a>(text: &'a str, name: &str) -> Option<&'a str> {
    let lower = text.to_ascii_lowercase();
    let sought = format!("{name}:");
    let at = lower.match_indices(&sought).map(|(at, _)| at).find(|at| *at == 0 || !lower.as_bytes()[at - 1].is_ascii_alphanumeric())?;
    text[at + sought.len()..].split_whitespace().next()
}

/// How a name is held against another.
pub fn plain(id: &str) -> String {
    let id = id.trim().to_ascii_uppercase();
    let bare = id.trim_start_matches('0');
    if bare.is_empty() { id } else { bare.to_owned() }
}

/// The same number in the other way of writing: decimal for hexadecimal, and back.
fn otherwise(id: &str) -> [Option<String>; 2] {
    let decimal = id.parse::<u64>().ok().map(|number| format!("{number:X}"));
    let hexadecimal = u64::from_str_radix(id, 16).ok().map(|number| number.to_string());
    [decimal, hexadecimal]
}

/// What a receipt may also mean, where nobody remembers the message any more.
pub fn aliases(id: &str) -> Vec<String> {
    let long = |other: &String| other.len() >= LONG && id.len() >= LONG && other != id;
    otherwise(id).into_iter().flatten().filter(long).collect()
}

impl State {
    fn numbered(number: u8) -> Option<Self> {
        Some(match number {
            1 => Self::Enroute,
            2 => Self::Delivered,
            3 => Self::Expired,
            4 => Self::Deleted,
            5 => Self::Undeliverable,
            6 => Self::Accepted,
            7 => Self::Unknown,
            8 => Self::Rejected,
            _ => return None,
        })
    }

    fn named(word: &str) -> Option<Self> {
        Some(match word.to_ascii_uppercase().as_str() {
            "ENROUTE" => Self::Enroute,
            "DELIVRD" | "DELIVERED" => Self::Delivered,
            "EXPIRED" => Self::Expired,
            "DELETED" => Self::Deleted,
            "UNDELIV" | "UNDELIVERABLE" => Self::Undeliverable,
            "ACCEPTD" | "ACCEPTED" => Self::Accepted,
            "UNKNOWN" => Self::Unknown,
            "REJECTD" | "REJECTED" => Self::Rejected,
            _ => return None,
        })
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Enroute => "ENROUTE",
            Self::Delivered => "DELIVRD",
            Self::Expired => "EXPIRED",
            Self::Deleted => "DELETED",
            Self::Undeliverable => "UNDELIV",
            Self::Accepted => "ACCEPTD",
            Self::Unknown => "UNKNOWN",
            Self::Rejected => "REJECTD",
        }
    }
}

impl Receipt {
    /// None: it is still on its way, or nobody knows.
    pub fn became(&self) -> Option<Became> {
        let code = if self.error.is_empty() { self.state.name().to_owned() } else { format!("{} {}", self.state.name(), self.error) };
        let failed = |why| Some(Became::Failed { code: code.clone(), why });
        match self.state {
            State::Delivered => Some(Became::Delivered),
            State::Accepted => Some(Became::Sent),
            State::Expired | State::Undeliverable => failed(Trouble::Unreachable),
            State::Deleted => failed(Trouble::Other),
            State::Rejected => failed(Trouble::Policy),
            State::Enroute | State::Unknown => None,
        }
    }
}

/// Which of our messages the centre calls how. A receipt can be faster than what the answer to the message says in our books.
#[derive(Default)]
pub struct Known {
    by_id: HashMap<String, Ours>,
    oldest: VecDeque<String>,
}

struct Ours {
    message: String,
    to: String,
}

impl Known {
    pub fn remember(&mut self, id: &str, message: &str, to: &str) {
        let id = plain(id);
        if self.by_id.insert(id.clone(), Ours { message: message.to_owned(), to: to.to_owned() }).is_none() {
            self.oldest.push_back(id);
        }
        if self.oldest.len() > REMEMBERED
            && let Some(oldest) = self.oldest.pop_front()
        {
            self.by_id.remove(&oldest);
        }
    }

    /// Our id of the message that a receipt speaks of; `from` is who received it.
    pub fn find(&self, id: &str, from: &str) -> Option<&str> {
        let named = self.by_id.get(id);
        let written_otherwise = || {
            let same = |other: String| self.by_id.get(&other).filter(|ours| ours.to == from);
            otherwise(id).into_iter().flatten().find_map(same)
        };
        named.or_else(written_otherwise).map(|ours| ours.message.as_str())
    }
}
