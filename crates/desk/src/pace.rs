//! How fast each account and each recipient may be written to, as the providers state it.
//!
//! A bucket for each: so many letters within so long, filled again evenly. Time is passed in, so the demo's clock and
//! tests see the same pace as a clinic. Nodes that send at once share what an account may: each keeps to its part.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use channels::{Pace, Rate};
use kernel::{AccountId, Address, Timestamp};

/// Beyond so many recipients those whose bucket is full again are forgotten.
const MOST_RECIPIENTS: usize = 10_000;

#[derive(Default)]
pub struct Paces(Mutex<Buckets>);

#[derive(Default)]
struct Buckets {
    nodes: u32,
    accounts: HashMap<AccountId, Bucket>,
    recipients: HashMap<Address, Bucket>,
}

/// The instant at which the bucket is full again, in letters taken ahead of time.
#[derive(Clone, Copy, Default)]
struct Bucket {
    full_at: i64,
}

impl Paces {
    /// So many nodes send at the moment, this one among them.
    pub fn shared_by(&self, nodes: u32) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).nodes = nodes;
    }

    /// How many letters of an account may go now, whoever they are for.
    pub fn room(&self, account: AccountId, pace: Pace, now: Timestamp) -> usize {
        let buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        buckets.accounts.get(&account).copied().unwrap_or_default().room(part(pace.per_account, buckets.nodes), now.as_millis())
    }

    /// Takes one letter from both buckets, or from none.
    pub fn may_go(&self, account: AccountId, to: &Address, pace: Pace, now: Timestamp) -> bool {
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now.as_millis();
        if buckets.recipients.len() > MOST_RECIPIENTS {
            buckets.recipients.retain(|_, bucket| bucket.full_at > now);
        }
        let of_account = buckets.accounts.get(&account).copied().unwrap_or_default().take(part(pace.per_account, buckets.nodes), now);
        let of_recipient = buckets.recipients.get(to).copied().unwrap_or_default().take(pace.per_recipient, now);
        let (Some(of_account), Some(of_recipient)) = (of_account, of_recipient) else { return false };
        buckets.accounts.insert(account, of_account);
        buckets.recipients.insert(to.clone(), of_recipient);
        true
    }
}

impl Bucket {
    fn take(self, rate: Rate, now: i64) -> Option<Self> {
        let (within, each) = rate_in_millis(rate);
        let full_at = self.full_at.max(now).saturating_add(each);
        (full_at - now <= within).then_some(Self { full_at })
    }

    fn room(self, rate: Rate, now: i64) -> usize {
        let (within, each) = rate_in_millis(rate);
        let room = now + within - self.full_at.max(now);
        if each == 0 { usize::MAX } else { usize::try_from(room / each).unwrap_or(0) }
    }
}

/// The part of one node among several. Where there are fewer letters than nodes, each waits for longer between them.
fn part(rate: Rate, nodes: u32) -> Rate {
    let (nodes, letters) = (nodes.max(1), rate.letters.max(1));
    if letters >= nodes {
        return Rate { letters: letters / nodes, ..rate };
    }
    Rate { letters: 1, within: rate.within * nodes / letters }
}

/// Within how long, and how far apart.
fn rate_in_millis(rate: Rate) -> (i64, i64) {
    let within = i64::try_from(rate.within.as_millis()).unwrap_or(i64::MAX);
    (within, within / i64::from(rate.letters.max(1)))
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use kernel::{Chance, Scheme};

    use super::*;

    #[test]
    fn nodes_share_what_an_account_may() {
        let second = Duration::from_secs(1);
        for (letters, nodes, expected) in [
            (30, 0, (30, second)),
            (30, 1, (30, second)),
            (30, 4, (7, second)),
            (2, 2, (1, second)),
            (2, 4, (1, second * 2)),
            (1, 3, (1, second * 3)),
            (0, 2, (1, second * 2)),
        ] {
            let Rate { letters: some, within } = part(Rate { letters, within: second }, nodes);
            assert_eq!((some, within), expected, "{letters} a second at {nodes} nodes");
        }
    }

    #[test]
    fn so_many_at_once_then_evenly_and_each_recipient_apart() {
        let (paces, start) = (Paces::default(), Timestamp::from_seconds(1_795_000_000));
        let account = AccountId::new(start, &mut Chance::from_seed(1));
        let pace = Pace {
            per_account: Rate { letters: 4, within: Duration::from_secs(1) },
            per_recipient: Rate { letters: 2, within: Duration::from_secs(2) },
        };
        let to = |name| Address::new(Scheme::Telegram, name).unwrap();
        let tries = [
            ("vera", 0, true),
            ("vera", 0, true),
            ("vera", 0, false),
            ("anna", 0, true),
            ("dora", 0, true),
            ("mira", 0, false),
            ("mira", 250, true),
            ("vera", 900, false),
            ("vera", 1_000, true),
        ];
        for (name, millis, goes) in tries {
            let now = start + Duration::from_millis(millis);
            let room = paces.room(account, pace, now);
            assert_eq!(paces.may_go(account, &to(name), pace, now), goes, "{name} after {millis} ms");
            assert!(!goes || paces.room(account, pace, now) == room - 1, "{name} after {millis} ms has taken one of {room}");
        }
    }
}
