//! How fast strangers may speak to the chat: so many at once, then slowly; by browser and by address.

use std::hash::Hash;
use std::net::IpAddr;
use std::sync::Mutex;
use std::time::Duration;

use kernel::{Refusal, Timestamp, VisitorId};

use crate::access::attempts::{Rate, Tries, network, wait};

/// A whole waiting room may stand behind one address.
const LOOKS: Rate = Rate { at_once: 120, then_one_in: Duration::from_secs(1) };
const BEGINNINGS: Rate = Rate { at_once: 30, then_one_in: Duration::from_secs(20) };
const WORDS_FROM_A_PLACE: Rate = Rate { at_once: 120, then_one_in: Duration::from_secs(1) };
/// Faster than anybody types.
const WORDS: Rate = Rate { at_once: 12, then_one_in: Duration::from_secs(2) };
const CALLS: Rate = Rate { at_once: 3, then_one_in: Duration::from_mins(10) };
/// Several tabs, each of which asks again as soon as it has an answer.
const FOLLOWING: Rate = Rate { at_once: 40, then_one_in: Duration::from_millis(500) };

#[derive(Default)]
pub(crate) struct Pace {
    looks: Mutex<Tries<IpAddr>>,
    beginnings: Mutex<Tries<IpAddr>>,
    places: Mutex<Tries<IpAddr>>,
    words: Mutex<Tries<VisitorId>>,
    calls: Mutex<Tries<VisitorId>>,
    following: Mutex<Tries<VisitorId>>,
}

impl Pace {
    pub fn look(&self, from: IpAddr, now: Timestamp) -> Result<(), Refusal> {
        take(&self.looks, network(from), &LOOKS, now)
    }

    pub fn begin(&self, from: IpAddr, now: Timestamp) -> Result<(), Refusal> {
        take(&self.beginnings, network(from), &BEGINNINGS, now)
    }

    /// Before it is known who it is.
    pub fn speak(&self, from: IpAddr, now: Timestamp) -> Result<(), Refusal> {
        take(&self.places, network(from), &WORDS_FROM_A_PLACE, now)
    }

    pub fn say(&self, visitor: VisitorId, now: Timestamp) -> Result<(), Refusal> {
        take(&self.words, visitor, &WORDS, now)
    }

    pub fn call(&self, visitor: VisitorId, now: Timestamp) -> Result<(), Refusal> {
        take(&self.calls, visitor, &CALLS, now)
    }

    pub fn follow(&self, visitor: VisitorId, now: Timestamp) -> Result<(), Refusal> {
        take(&self.following, visitor, &FOLLOWING, now)
    }
}

fn take<K: Hash + Eq>(tries: &Mutex<Tries<K>>, who: K, rate: &Rate, now: Timestamp) -> Result<(), Refusal> {
    match wait(tries, who, rate, now) {
        None => Ok(()),
        Some(wait) => Err(Refusal::new("chat.too-fast").with("seconds", i64::try_from(wait.as_secs()).unwrap_or(i64::MAX) + 1)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_floods_is_slowed_down_and_nobody_else_is() {
        let (pace, now) = (Pace::default(), Timestamp::from_seconds(1_795_420_800));
        let visitor = |seed| VisitorId::new(now, &mut kernel::Chance::from_seed(seed));
        let said = (0..500).filter(|_| pace.say(visitor(1), now).is_ok()).count();
        assert_eq!(said, 12);
        let refusal = pace.say(visitor(1), now).unwrap_err();
        assert_eq!((refusal.code(), refusal.args()), ("chat.too-fast", &[("seconds", 3_i64.into())][..]));
        assert!(pace.say(visitor(2), now).is_ok());
        assert!(pace.say(visitor(1), now + Duration::from_secs(2)).is_ok());
        let begun = |place: &str| (0..500).filter(|_| pace.begin(place.parse().unwrap(), now).is_ok()).count();
        assert_eq!((begun("203.0.113.7"), begun("::ffff:203.0.113.7"), begun("203.0.113.8")), (30, 0, 30));
    }
}
