//! Dispatch: how a message leaves, in five steps.
//!
//! ```text
//! claim    what is due is taken for this node, and the gate is asked once more     one transaction,
//! intent   `sending` is committed before the first byte leaves                     for many messages
//! cards    read once more: who has left meanwhile is not written to
//! wire     many letters at once, between transactions
//! outcome  what became of them, gathered while the last ones were being written    one transaction, for many messages
//! ```
//!
//! The next claim does not wait for the letters of the last one. A crash leaves doubt, never a repeat.

mod berths;
mod cards;
mod claim;
mod enclosing;
mod learning;
mod letter;
mod outcome;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kernel::Timestamp;
use store::sown::{Fault, Point, passes, sown};
use tokio::sync::OwnedSemaphorePermit;
use tokio::task::JoinSet;

use clinic::actors::{Actor, Origin};

use crate::bot::facts::Whose;
use crate::pace::Paces;
use crate::wire::Wire;
use crate::{Act, ActError, Desk};

use berths::Berths;
use cards::Cards;
use claim::{Claimed, Ready};
use enclosing::Brought;
use letter::Carried;
use outcome::{Attempt, Done, Outcomes, Together};

/// Claimed at once.
const AT_ONCE: usize = 256;
/// Nobody else looks at a message for so long after it was claimed.
const LEASE: Duration = Duration::from_secs(30);

/// Until when the first byte may leave, on the clock that is never set back. Who wakes later, after a pause of the
/// machine, may have been given up by others: the desk may have decided to say it anew.
#[derive(Clone, Copy, PartialEq)]
struct LeavesBy(Duration);

impl LeavesBy {
    /// It stays, and is claimed anew.
    const NEVER: Self = Self(Duration::ZERO);
}

/// Sends what is due.
pub struct Dispatcher {
    desk: Desk,
    wire: Arc<dyn Wire>,
    paces: Arc<Paces>,
    berths: Berths,
    outcomes: Arc<Outcomes>,
    sending: Mutex<JoinSet<()>>,
    at_once: usize,
    brought: Arc<Brought>,
}

impl Dispatcher {
    pub fn new(desk: Desk, wire: Arc<dyn Wire>) -> Self {
        let outcomes = Arc::new(Outcomes::new(desk.clone()));
        Self {
            desk,
            wire,
            paces: Arc::default(),
            berths: Berths::default(),
            outcomes,
            sending: Mutex::default(),
            at_once: AT_ONCE,
            brought: Arc::default(),
        }
    }

    /// Claims so many at once.
    #[must_use]
    pub fn claiming(self, at_once: usize) -> Self {
        Self { at_once, ..self }
    }

    /// One round: claims what is due and may go at the channels' pace, and begins to send it. Says how many messages it
    /// has moved: those, and those that may no longer go.
    pub async fn round(&self) -> Result<usize, ActError> {
        let waiting = self.desk.look(|tx, now| Ok(due(store::outbound::lanes(tx)?, now))).await?;
        let open = self.berths.open(&waiting);
        if open.is_empty() {
            return Ok(0);
        }
        let (paces, at_once) = (Arc::clone(&self.paces), self.at_once);
        let leaves_by = LeavesBy(self.desk.run() + LEASE / 2);
        let attempts: Arc<Mutex<Vec<Attempt>>> = Arc::default();
        let tried = Arc::clone(&attempts);
        let claimed = self.desk.act(Actor::Program, Origin::Program, move |act| {
            let claimed = act.claim(&open, at_once, &paces)?;
            let names = claimed.ready.iter().map(|ready| (ready.message.id, ready.attempt.clone())).collect();
            *tried.lock().unwrap_or_else(PoisonError::into_inner) = names;
            Ok(claimed)
        });
        let claimed = claimed.await;
        if claimed.as_ref().is_err_and(ActError::is_unsure) {
            let attempts = std::mem::take(&mut *attempts.lock().unwrap_or_else(PoisonError::into_inner));
            self.outcomes.take_back(attempts).await;
        }
        let claimed = claimed?;
        let moved = claimed.moved;
        let mut sending = self.sending.lock().unwrap_or_else(PoisonError::into_inner);
        while sending.try_join_next().is_some() {}
        sending.spawn(self.leave(claimed, leaves_by));
        Ok(moved)
    }

    /// Cards are read once more, and then everything leaves that may. The next claim does not wait for it.
    fn leave(&self, claimed: Claimed, leaves_by: LeavesBy) -> impl Future<Output = ()> + use<> {
        let Claimed { ready, cards, .. } = claimed;
        let together = ready.first().map(|first| Arc::new(Together::new(&first.message, ready.len())));
        let letters: Vec<_> =
            ready.into_iter().zip(together.iter().cycle()).map(|(ready, together)| self.letter(ready, together)).collect();
        let desk = self.desk.clone();
        async move {
            let changed = changed_since(&desk, cards).await;
            let mut leaving = JoinSet::new();
            for letter in letters {
                let is_changed = letter.ready.whose.is_some_and(|whose| changed.contains(&whose));
                let may_leave = if is_changed { LeavesBy::NEVER } else { leaves_by };
                // large, and otherwise moved several times
                leaving.spawn(Box::pin(letter.send(may_leave)));
            }
            while leaving.join_next().await.is_some() {}
        }
    }

    /// Waits until everything that is being sent has an outcome.
    pub async fn finish(&self) {
        let mut sending = std::mem::take(&mut *self.sending.lock().unwrap_or_else(PoisonError::into_inner));
        while sending.join_next().await.is_some() {}
    }

    fn letter(&self, ready: Ready, together: &Arc<Together>) -> Letter {
        Letter {
            desk: self.desk.clone(),
            wire: Arc::clone(&self.wire),
            outcomes: Arc::clone(&self.outcomes),
            brought: Arc::clone(&self.brought),
            together: Arc::clone(together),
            berth: self.berths.take(ready.account),
            ready,
        }
    }
}

/// A message on its way to the wire and back.
struct Letter {
    desk: Desk,
    wire: Arc<dyn Wire>,
    outcomes: Arc<Outcomes>,
    brought: Arc<Brought>,
    together: Arc<Together>,
    /// Free again when its outcome is kept.
    berth: Option<OwnedSemaphorePermit>,
    ready: Ready,
}

impl Letter {
    async fn send(self, leaves_by: LeavesBy) {
        let Self { desk, wire, outcomes, brought, together, berth, mut ready } = self;
        passes(Point::AfterIntent);
        let in_time = || leaves_by != LeavesBy::NEVER && (desk.run() <= leaves_by.0 || sown(Fault::LeaseUnchecked));
        let Carried { outcome, heard, price } = match enclosing::enclose(&desk, wire.as_ref(), &brought, &mut ready).await {
            Ok(()) => letter::carry(wire.as_ref(), in_time, &ready).await,
            Err(carried) => carried,
        };
        brought.forget(ready.message.id, &outcome);
        passes(Point::AfterWire);
        let Ready { message, attempt, chance, outgoing, .. } = ready;
        if sown(Fault::IntentAfterSend) {
            let (message, read) = (message.clone(), message.version - 1);
            let intent = move |act: &mut Act<'_, '_>| Ok(store::outbound::change(act.tx, &message, read)?);
            drop(desk.act(Actor::Program, Origin::Program, intent).await);
        }
        outcomes.keep(Done { message, content: outgoing.content, attempt, together, chance, outcome, heard, price }).await;
        drop(berth);
    }
}

/// Whose cards have changed while they were claimed for; everybody's, if that cannot be read.
async fn changed_since(desk: &Desk, cards: Cards) -> BTreeSet<Whose> {
    if cards.is_empty() || sown(Fault::LeavesUnasked) {
        return BTreeSet::new();
    }
    let everybody = cards.keys().copied().collect();
    desk.look(move |tx, _| Ok(cards::changed(tx, &cards)?)).await.unwrap_or_else(|error| {
        tracing::warn!(%error, "cards cannot be read: what was claimed stays");
        everybody
    })
}

fn due(mut lanes: Vec<store::outbound::Lane>, now: Timestamp) -> Vec<store::outbound::Lane> {
    lanes.retain(|lane| lane.due_at <= now);
    lanes
}

/// When the next message is due, for whoever turns the clock by hand.
pub async fn next_due(desk: &Desk) -> Result<Option<Timestamp>, ActError> {
    desk.look(|tx, _| {
        let messages = store::outbound::next_due(tx)?;
        let runs = store::runs::next_due(tx)?;
        Ok(messages.into_iter().chain(runs).min())
    })
    .await
}
