//! How often somebody may try to sign in: so many times at once, then slowly. Each try is counted before it is judged, so
//! that a thousand tries at the same instant are no way around it.

use std::collections::HashMap;
use std::hash::Hash;
use std::net::{IpAddr, Ipv6Addr};
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use kernel::{Refusal, Timestamp};
use sha2::{Digest, Sha256};

/// Beyond so many those that may try freely again are forgotten.
const MOST_REMEMBERED: usize = 10_000;

pub(crate) struct Rate {
    pub at_once: i64,
    pub then_one_in: Duration,
}

/// Somebody who mistypes gets in; somebody who guesses has 1,440 tries a day.
const ONE_MAILBOX: Rate = Rate { at_once: 8, then_one_in: Duration::from_mins(1) };
/// A whole clinic may stand behind one address.
const ONE_PLACE: Rate = Rate { at_once: 30, then_one_in: Duration::from_secs(10) };

#[derive(Default)]
pub struct Attempts {
    mailboxes: Mutex<Tries<[u8; 32]>>,
    places: Mutex<Tries<IpAddr>>,
}

/// By when all tries of each are forgiven.
pub(crate) type Tries<K> = HashMap<K, i64>;

impl Attempts {
    /// Counts a try, or refuses it.
    pub fn count(&self, email: &str, from: IpAddr, now: Timestamp) -> Result<(), Refusal> {
        take(&self.places, network(from), &ONE_PLACE, now)?;
        self.count_for(email, now)
    }

    /// A try of somebody who is inside already.
    pub fn count_for(&self, email: &str, now: Timestamp) -> Result<(), Refusal> {
        take(&self.mailboxes, mailbox(email), &ONE_MAILBOX, now)
    }

    /// The password was right.
    pub fn forgive(&self, email: &str) {
        self.mailboxes.lock().unwrap_or_else(PoisonError::into_inner).remove(&mailbox(email));
    }
}

/// A hash, so that no address of a stranger stays in memory and none is long.
fn mailbox(email: &str) -> [u8; 32] {
    Sha256::digest(email.trim().to_lowercase()).into()
}

/// Whoever has one address of the new kind has a whole block of them.
pub(crate) fn network(from: IpAddr) -> IpAddr {
    match from.to_canonical() {
        IpAddr::V4(address) => address.into(),
        IpAddr::V6(address) => Ipv6Addr::from_bits(address.to_bits() & !u128::from(u64::MAX)).into(),
    }
}

fn take<K: Hash + Eq>(tries: &Mutex<Tries<K>>, who: K, rate: &Rate, now: Timestamp) -> Result<(), Refusal> {
    let Some(wait) = wait(tries, who, rate, now) else { return Ok(()) };
    let minutes = i64::try_from(wait.as_secs() / 60).unwrap_or(i64::MAX) + 1;
    Err(Refusal::new("sign-in.too-many").with("minutes", minutes))
}

/// Counts a try; how long somebody must wait who has tried too often.
pub(crate) fn wait<K: Hash + Eq>(tries: &Mutex<Tries<K>>, who: K, rate: &Rate, now: Timestamp) -> Option<Duration> {
    let mut tries = tries.lock().unwrap_or_else(PoisonError::into_inner);
    let now = now.as_millis();
    if tries.len() > MOST_REMEMBERED {
        tries.retain(|_, forgiven_at| *forgiven_at > now);
    }
    let one = i64::try_from(rate.then_one_in.as_millis()).expect("a pace is minutes at most");
    let forgiven_at = tries.get(&who).copied().unwrap_or(now).max(now) + one;
    let wait = forgiven_at - now - one * rate.at_once;
    if wait > 0 {
        return Some(Duration::from_millis(wait.unsigned_abs()));
    }
    tries.insert(who, forgiven_at);
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = Timestamp::from_seconds(1_795_000_000);

    fn from(text: &str) -> IpAddr {
        text.parse().unwrap()
    }

    #[test]
    fn whoever_guesses_has_eight_tries_and_then_one_a_minute() {
        let attempts = Attempts::default();
        let count = |now| {
            (0..500)
                .filter(|place| {
                    attempts.count("Olga@mosoly.example", from(&format!("198.51.{}.{}", place / 250, place % 250)), now).is_ok()
                })
                .count()
        };
        assert_eq!(count(NOON), 8);
        assert_eq!(count(NOON + Duration::from_secs(59)), 0);
        assert_eq!(count(NOON + Duration::from_mins(1)), 1);
        assert_eq!(count(NOON + Duration::from_hours(1)), 8);
    }

    #[test]
    fn writing_the_address_otherwise_or_being_right_elsewhere_gives_no_further_tries() {
        let attempts = Attempts::default();
        for email in ["olga@mosoly.example", "OLGA@mosoly.example", " olga@Mosoly.example "].into_iter().cycle().take(8) {
            attempts.count(email, from("203.0.113.7"), NOON).unwrap();
        }
        attempts.forgive("kata@mosoly.example");
        let refusal = attempts.count("olga@mosoly.example", from("203.0.113.8"), NOON).unwrap_err();
        assert_eq!((refusal.code(), refusal.args()), ("sign-in.too-many", &[("minutes", 2_i64.into())][..]));
        attempts.forgive("olga@mosoly.example");
        assert!(attempts.count("olga@mosoly.example", from("203.0.113.8"), NOON).is_ok());
    }

    #[test]
    fn one_place_cannot_try_every_mailbox() {
        for (name, place) in [("one address", "203.0.113.7"), ("one block", "2001:db8:1:2::"), ("mapped", "::ffff:203.0.113.7")] {
            let attempts = Attempts::default();
            let tried = |number: usize| {
                let place = if name == "one block" { format!("{place}{number:x}") } else { place.to_owned() };
                attempts.count(&format!("{number}@mosoly.example"), from(&place), NOON).is_ok()
            };
            assert_eq!((1..500).filter(|number| tried(*number)).count(), 30, "{name}");
        }
    }

    #[test]
    fn memory_does_not_grow_with_strangers() {
        let tries = Mutex::new(Tries::new());
        for number in 0..100_000_u32 {
            let now = NOON + Duration::from_secs(u64::from(number));
            take(&tries, number, &ONE_MAILBOX, now).unwrap();
        }
        assert!(tries.lock().unwrap().len() <= MOST_REMEMBERED + 1);
    }
}
