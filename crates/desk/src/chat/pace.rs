//! How fast strangers may speak to the chat: so many at once, then slowly; by browser and by address.

use std::hash::Hash;
use std::net::IpAddr;
use std::sync::{Arc, Mutex, PoisonError};
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
/// A plan in several pieces, or all that the telephone has of one tooth.
const FILES: Rate = Rate { at_once: 12, then_one_in: Duration::from_secs(20) };
/// Each is held in memory until it is whole: so many come in at once, and so many of them from one address.
const COMING: usize = 12;
const COMING_FROM_A_PLACE: usize = 4;
/// When to ask again.
const ONE_IS_THROUGH: i64 = 4;
/// Several tabs, each of which asks again as soon as it has an answer.
const FOLLOWING: Rate = Rate { at_once: 40, then_one_in: Duration::from_millis(500) };

#[derive(Default)]
pub(crate) struct Pace {
    looks: Mutex<Tries<IpAddr>>,
    beginnings: Mutex<Tries<IpAddr>>,
    places: Mutex<Tries<IpAddr>>,
    words: Mutex<Tries<VisitorId>>,
    calls: Mutex<Tries<VisitorId>>,
    files: Mutex<Tries<VisitorId>>,
    coming: Arc<Mutex<Vec<IpAddr>>>,
    following: Mutex<Tries<VisitorId>>,
}

/// Of a file that is coming in; free again once this is dropped.
pub(crate) struct Place {
    from: IpAddr,
    coming: Arc<Mutex<Vec<IpAddr>>>,
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut coming = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(at) = coming.iter().position(|from| *from == self.from) {
            coming.swap_remove(at);
        }
    }
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

    pub fn show(&self, visitor: VisitorId, now: Timestamp) -> Result<(), Refusal> {
        take(&self.files, visitor, &FILES, now)
    }

    /// A place for a file, before it is known whose it is.
    pub fn come_in(&self, from: IpAddr) -> Result<Place, Refusal> {
        let from = network(from);
        let mut coming = self.coming.lock().unwrap_or_else(PoisonError::into_inner);
        let beside = coming.iter().filter(|other| **other == from).count();
        if coming.len() >= COMING || beside >= COMING_FROM_A_PLACE {
            return Err(Refusal::new("chat.too-fast").with("seconds", ONE_IS_THROUGH));
        }
        coming.push(from);
        Ok(Place { from, coming: Arc::clone(&self.coming) })
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
        let shown = (0..500).filter(|_| pace.show(visitor(1), now).is_ok()).count();
        assert_eq!(shown, 12);
    }

    #[test]
    fn only_so_many_files_are_held_at_once_and_few_from_one_place() {
        let pace = Pace::default();
        let coming = |place: &str| (0..50).filter_map(|_| pace.come_in(place.parse().unwrap()).ok()).collect::<Vec<_>>();
        let (one, two) = (coming("203.0.113.7"), coming("203.0.113.8"));
        let (three, four) = (coming("2001:db8::1"), coming("203.0.113.9"));
        assert_eq!((one.len(), two.len(), three.len(), four.len()), (4, 4, 4, 0));
        drop(two);
        assert_eq!(coming("203.0.113.9").len(), 4);
    }
}
