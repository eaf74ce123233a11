//! What is known of a call: pieces of news joined so that their order and their number do not matter.

use kernel::{Phone, Timestamp};
use serde::{Deserialize, Serialize};

use super::{CallResult, Direction, News, Standing};

/// A call that nobody tells more of than that it was connected for so long was spoken with a person; a shorter one met a machine.
const SPOKEN_AFTER_SECONDS: u32 = 10;

/// What an exchange tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    /// It rings, or is being put through.
    Rings,
    /// A colleague's telephone rings: whether it is taken will be told.
    RingsInside,
    /// Somebody has taken it: who, as the exchange calls them.
    Taken { by: String },
    /// It is over. What was not told is None.
    Ended {
        unspoken: Option<Unspoken>,
        /// Seconds of talk; none were spoken where it is 0.
        talk: Option<u32>,
        /// Seconds for which it was connected, to a person or to a machine.
        lasted: Option<u32>,
    },
}

/// Why nobody spoke. Of several reasons the last in this list counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Unspoken {
    Missed,
    Refused,
    Busy,
    Failed,
}

/// All that was told of a call.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Told {
    pub direction: Option<Direction>,
    /// E.164.
    pub theirs: Option<String>,
    pub ours: String,
    /// The earliest of what was told.
    pub began_at: Timestamp,
    pub taken_at: Option<Timestamp>,
    pub taken_by: String,
    pub ended_at: Option<Timestamp>,
    pub rang_inside: bool,
    pub unspoken: Option<Unspoken>,
    pub talk: Option<u32>,
    pub lasted: Option<u32>,
}

impl Told {
    pub fn of(news: &News) -> Self {
        let mut told = Self {
            direction: news.direction,
            theirs: news.theirs.as_ref().map(|phone| phone.e164().to_owned()),
            ours: news.ours.clone(),
            began_at: news.at,
            taken_at: None,
            taken_by: String::new(),
            ended_at: None,
            rang_inside: false,
            unspoken: None,
            talk: None,
            lasted: None,
        };
        match &news.turn {
            Turn::Rings => {}
            Turn::RingsInside => told.rang_inside = true,
            Turn::Taken { by } => (told.taken_at, told.taken_by) = (Some(news.at), by.clone()),
            Turn::Ended { unspoken, talk, lasted } => {
                (told.ended_at, told.unspoken, told.talk, told.lasted) = (Some(news.at), *unspoken, *talk, *lasted);
            }
        }
        told
    }

    /// Both together. Whatever comes first, and however often, the same comes out.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self {
            direction: self.direction.max(other.direction),
            theirs: self.theirs.max(other.theirs),
            ours: self.ours.max(other.ours),
            began_at: self.began_at.min(other.began_at),
            taken_at: earliest(self.taken_at, other.taken_at),
            taken_by: self.taken_by.max(other.taken_by),
            ended_at: self.ended_at.max(other.ended_at),
            rang_inside: self.rang_inside || other.rang_inside,
            unspoken: self.unspoken.max(other.unspoken),
            talk: self.talk.max(other.talk),
            lasted: self.lasted.max(other.lasted),
        }
    }

    pub fn phone(&self) -> Option<Phone> {
        self.theirs.as_deref().and_then(|number| Phone::from_e164(number).ok())
    }

    pub fn standing(&self) -> Standing {
        let Some(ended_at) = self.ended_at else {
            return if self.taken_at.is_some() { Standing::Talking } else { Standing::Ringing };
        };
        // only one that no telephone inside was rung for is told by its length alone
        let by_length = self.unspoken.is_none() && self.talk.is_none() && !self.rang_inside;
        let long = self.lasted.filter(|seconds| by_length && *seconds >= SPOKEN_AFTER_SECONDS);
        let spoken = self.taken_at.is_some() || self.talk.is_some_and(|seconds| seconds > 0) || long.is_some();
        Standing::Ended(match self.unspoken {
            _ if spoken => CallResult::Answered { seconds: self.talk.or(self.since_taken(ended_at)).or(long) },
            None | Some(Unspoken::Missed) => CallResult::Missed,
            Some(Unspoken::Refused) => CallResult::Refused,
            Some(Unspoken::Busy) => CallResult::Busy,
            Some(Unspoken::Failed) => CallResult::Failed,
        })
    }

    fn since_taken(&self, ended_at: Timestamp) -> Option<u32> {
        u32::try_from(ended_at.since(self.taken_at?).as_secs()).ok()
    }
}

fn earliest(one: Option<Timestamp>, other: Option<Timestamp>) -> Option<Timestamp> {
    [one, other].into_iter().flatten().min()
}
