//! What does not go as it should, and since when: so that delay is seen at the desk before a patient tells of it.
//!
//! Most of it stands in the store and is seen from every node: messages that should have gone, accounts that do not work,
//! loops that no node turns any more. That nothing can be saved cannot be saved: each node knows it for itself.

use std::collections::BTreeMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use kernel::{AccountId, Timestamp};
use store::accounts::{Account, AccountState};
use store::clocks::WrongClock;
use store::outbound::Late;
use store::whereabouts::Restore;
use store::{StoreError, Tx};

use clinic::actors::{Actor, Origin};

use crate::clocks::SAID_WITHIN;
use crate::{ActError, Desk, standing, whereabouts};

/// What is a little late mends itself.
const PATIENCE: Duration = Duration::from_mins(1);
/// Counted no further.
const MOST: u32 = 1_000;
/// A node that was not heard of for so long is gone for good.
const GONE_AFTER: Duration = Duration::from_hours(24);
/// How far ahead Today looks for what is tried again, and through how many messages.
const AHEAD: Duration = Duration::from_hours(1);
const LOOKED_THROUGH: u32 = 300;

/// The loops that keep the desk going.
pub(crate) const DISPATCH: &str = "dispatch";
pub(crate) const DUE: &str = "due";
pub(crate) const FILES: &str = "files";
pub(crate) const HOUSEKEEPING: &str = "housekeeping";
pub(crate) const LOOKUPS: &str = "lookups";
pub(crate) const POLLING: &str = "polling";

/// Why nothing can be saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unsaved {
    /// The disk has no room left.
    Full,
    /// The disk fails, or PostgreSQL does not answer.
    Away,
}

/// An account that does not work.
#[derive(Debug, Clone)]
pub struct Broken {
    pub account: Account,
    /// As a key of Fluent.
    pub trouble: String,
    pub since: Option<Timestamp>,
}

/// What is out of order at this moment; nothing of it on a good day.
#[derive(Debug, Clone, Default)]
pub struct Health {
    pub unsaved: Option<(Unsaved, Timestamp)>,
    /// Loops that stand still: their names and since when.
    pub standing: Vec<(String, Timestamp)>,
    /// Nodes that do not work because their clocks are wrong.
    pub clocks: Vec<WrongClock>,
    pub broken: Vec<Broken>,
    pub late: Vec<Late>,
    /// A backup was restored, and so many messages wait for somebody to look whether they have gone.
    pub restored: Option<(Restore, u32)>,
}

impl Health {
    pub fn is_good(&self) -> bool {
        self.unsaved.is_none()
            && self.standing.is_empty()
            && self.broken.is_empty()
            && self.late.is_empty()
            && self.restored.is_none()
            && self.clocks.is_empty()
    }

    /// How many messages are late, and since when the oldest.
    pub fn all_late(&self) -> Option<(u32, Timestamp)> {
        let oldest = self.late.iter().map(|late| late.oldest_at).min()?;
        Some((self.late.iter().map(|late| late.many).sum(), oldest))
    }
}

/// Messages of an account that were tried in vain and are tried again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TriedAgain {
    pub account: Option<AccountId>,
    pub many: u32,
    /// Since when the first of them is on its way.
    pub since: Timestamp,
    pub next_at: Timestamp,
}

/// What this node knows of itself.
#[derive(Default)]
pub(crate) struct Pulse(Mutex<Known>);

#[derive(Default)]
struct Known {
    unsaved: Option<(Unsaved, Timestamp)>,
    rounds: BTreeMap<&'static str, Timestamp>,
    /// How far the database had come when this node last counted on.
    beat: Option<i64>,
    /// By how much its clock was wrong at the last look.
    clock: Option<i64>,
}

impl Pulse {
    /// An act could not be kept.
    pub(crate) fn failed(&self, error: &ActError, now: Timestamp) {
        let why = match error {
            ActError::Store(StoreError::Full) => Unsaved::Full,
            ActError::Store(StoreError::Unavailable { .. }) => Unsaved::Away,
            ActError::Refused(_) | ActError::Store(_) => return,
        };
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let since = known.unsaved.map_or(now, |(_, since)| since);
        known.unsaved = Some((why, since));
    }

    /// Something was written, so that it can be.
    pub(crate) fn saved(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).unsaved = None;
    }

    /// By how much the clock is wrong now; gives what was known before.
    pub(crate) fn clock_is(&self, ahead_by: Option<i64>) -> Option<i64> {
        std::mem::replace(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner).clock, ahead_by)
    }

    /// Whether this node may work.
    pub(crate) fn clock_is_right(&self) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).clock.is_none()
    }

    pub(crate) fn beat(&self) -> Option<i64> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).beat
    }

    pub(crate) fn beats(&self, beat: i64) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).beat = Some(beat);
    }

    fn unsaved(&self) -> Option<(Unsaved, Timestamp)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).unsaved
    }

    fn rounds(&self) -> Vec<(&'static str, Timestamp)> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).rounds.iter().map(|(name, at)| (*name, *at)).collect()
    }
}

impl Desk {
    /// A loop of this node has ended a round well.
    pub(crate) fn went_round(&self, name: &'static str) {
        let now = self.now();
        self.pulse().0.lock().unwrap_or_else(PoisonError::into_inner).rounds.insert(name, now);
    }

    /// What is out of order now, within a look of a page.
    pub fn health(&self, tx: &mut Tx<'_>, now: Timestamp) -> Result<Health, ActError> {
        let unsaved = self.pulse().unsaved();
        let mut standing = store::rounds::newest(tx)?;
        // a loop that cannot save does not stand still, it waits
        standing.retain(|(_, at)| unsaved.is_none() && *at <= now - PATIENCE);
        let standings = standing::all(tx)?;
        let wrong = |account: &Account| standings.get(&account.id).and_then(|(found, _)| Some((found.wrong()?, found.wrong_since)));
        let broken = |account: Account| {
            let wrong = wrong(&account);
            broken(account, wrong, now)
        };
        let broken = store::accounts::all(tx)?.into_iter().filter_map(broken).collect();
        let held = store::outbound::count_restored(tx, MOST)?;
        let restored = if held > 0 { store::whereabouts::last_restore(tx)?.map(|restore| (restore, held)) } else { None };
        let clocks = store::clocks::wrong(tx, now - SAID_WITHIN)?;
        Ok(Health { unsaved, standing, clocks, broken, late: store::outbound::late(tx, now - PATIENCE, MOST)?, restored })
    }
}

/// `wrong`: what its provider has told of it when it was asked.
fn broken(account: Account, wrong: Option<(&'static str, Option<Timestamp>)>, now: Timestamp) -> Option<Broken> {
    if account.state == AccountState::Off {
        return None;
    }
    let Some(known) = account.trouble.clone() else {
        let (trouble, since) = wrong?;
        return Some(Broken { account, trouble: trouble.to_owned(), since });
    };
    let is_old = known.since.is_none_or(|since| since <= now - PATIENCE);
    is_old.then_some(Broken { account, trouble: known.key, since: known.since })
}

/// What is tried again within the hour, by account.
pub fn tried_again(tx: &mut Tx<'_>, now: Timestamp) -> Result<Vec<TriedAgain>, ActError> {
    let mut by_account: BTreeMap<Option<AccountId>, TriedAgain> = BTreeMap::new();
    for message in store::outbound::tried_again(tx, now, now + AHEAD, LOOKED_THROUGH)? {
        let clinic::outbox::OutboundState::Queued { due_at } = message.state else { continue };
        let account = message.route.as_ref().map(|route| route.account);
        let known = by_account.entry(account).or_insert(TriedAgain { account, many: 0, since: message.created_at, next_at: due_at });
        known.many += 1;
        known.since = known.since.min(message.created_at);
        known.next_at = known.next_at.min(due_at);
    }
    Ok(by_account.into_values().collect())
}

/// Writes down when the loops of this node last went round; thereby shows that something can be saved.
pub(crate) async fn beat(desk: &Desk) -> Result<(), ActError> {
    let (node, rounds, remembered) = (desk.node().to_owned(), desk.pulse().rounds(), desk.pulse().beat());
    let written = desk.act(Actor::Program, Origin::Program, move |act| {
        store::rounds::end(act.tx, &node, &rounds)?;
        store::rounds::forget(act.tx, &node, act.now - GONE_AFTER)?;
        // a desk whose loops nobody turns counts nothing
        let beat = remembered.map(|_| act.goes_on_here(None, remembered)).transpose()?;
        Ok((!rounds.is_empty(), beat))
    });
    let (has_written, beat) = written.await?;
    if has_written {
        desk.pulse().saved();
    }
    if let Some((beat, _)) = beat {
        whereabouts::went_on(desk, beat).await;
    }
    Ok(())
}
