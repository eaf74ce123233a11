//! How an account stands at its provider: whether its token is still good, and whether the provider still calls us where we
//! listen. A connector says which questions to ask and reads the answers into these plain values; the desk asks and keeps them.

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Answer, Letter, Trouble};

/// One thing that is asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Question {
    pub about: Aspect,
    pub letter: Letter,
}

impl Question {
    /// Who lets us in lets our token in.
    pub const fn of_token(letter: Letter) -> Self {
        Self { about: Aspect::Token, letter }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aspect {
    /// What we sign in with.
    Token,
    /// Where the provider calls us.
    Hook,
    /// Of what it tells us there, where that is another question.
    Fields,
}

/// What an answer showed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Found {
    Token(Token),
    Hook(Hook),
    /// It could not be found out: the key of why.
    Unknown {
        why: String,
    },
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Token {
    /// None: it does not end, or nobody tells when.
    Valid {
        until: Option<Timestamp>,
    },
    Refused,
    /// It lets us in, but not do what we need: the provider's names of it.
    Lacks(Vec<String>),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Hook {
    /// As it should be: the provider calls us here, or leaves it to us to fetch.
    Ours(Backlog),
    /// It calls somebody else.
    Elsewhere,
    /// It calls nobody.
    Missing,
    /// It calls us, but does not tell all that we need: its names of that.
    Lacks(Vec<String>),
    /// It has called us in vain so often that it has stopped, or has never got the answer that it wanted.
    GivenUp,
    /// It calls an address, though we fetch: nothing is left for us.
    InTheWay,
}

/// What waits at the provider for us.
#[derive(Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Backlog {
    pub waiting: u32,
    /// When it last called us in vain, and what it says of that.
    pub failed: Option<(Timestamp, String)>,
}

impl Found {
    /// What the check of an account shows of its token, where nobody tells when that ends.
    pub fn of_check<T>(checked: Result<T, Trouble>) -> Self {
        checked.map_or_else(Self::unknown, |_| Self::Token(Token::Valid { until: None }))
    }

    pub fn unknown(why: Trouble) -> Self {
        match why {
            Trouble::Unauthorized => Self::Token(Token::Refused),
            other => Self::Unknown { why: other.key().to_owned() },
        }
    }

    /// Of an answer in which nothing was found.
    pub fn of_silence(answer: &Answer) -> Self {
        let why = Result::from(answer.without_words()).err();
        Self::unknown(why.unwrap_or(Trouble::StrangeAnswer))
    }

    /// The key of what is wrong; what to do stands under the same key with `-do`. None: nothing is, or nobody knows.
    pub const fn wrong(&self) -> Option<&'static str> {
        match self {
            Self::Token(Token::Refused) => Some("standing-token-refused"),
            Self::Token(Token::Lacks(_)) => Some("standing-token-lacks"),
            Self::Hook(Hook::Elsewhere) => Some("standing-hook-elsewhere"),
            Self::Hook(Hook::Missing) => Some("standing-hook-missing"),
            Self::Hook(Hook::Lacks(_)) => Some("standing-hook-lacks"),
            Self::Hook(Hook::GivenUp) => Some("standing-hook-given-up"),
            Self::Hook(Hook::InTheWay) => Some("standing-hook-in-the-way"),
            Self::Token(Token::Valid { .. }) | Self::Hook(Hook::Ours(_)) | Self::Unknown { .. } => None,
        }
    }
}

/// What of `wanted` is not among what is there.
pub fn lacking<'a>(wanted: impl IntoIterator<Item = &'a str>, there: &[&str]) -> Vec<String> {
    wanted.into_iter().filter(|name| !there.contains(name)).map(str::to_owned).collect()
}

/// Whether two addresses are the same but for a slash at their end.
pub fn same_address(one: &str, other: &str) -> bool {
    one.trim_end_matches('/') == other.trim_end_matches('/')
}

impl std::fmt::Debug for Backlog {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Backlog({} waiting, failed at {:?})", self.waiting, self.failed.as_ref().map(|(at, _)| at))
    }
}
