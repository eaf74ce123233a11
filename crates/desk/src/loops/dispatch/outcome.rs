//! Outcomes: what became of attempts is kept, as many together as have come back while the last ones were being written.
//!
//! Idempotent by the attempt: a message that has moved on since is read again, and left alone if it has an outcome.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};
use std::time::Duration;

use kernel::{Chance, MessageId, Price};

use clinic::actors::{Actor, Origin};
use clinic::conversations::{Cause, Content};
use clinic::gate::{Cost, Told};
use clinic::happenings::Happening;
use clinic::outbox::{Climbed, Failure, Outbound, OutboundState, Outcome};

use store::sown::{Point, passes, rest};

use super::letter::Heard;
use crate::bot::climbing::contacts;
use crate::templates::Turned;
use crate::{Act, ActError, Desk};

/// Written together.
const MOST: usize = 512;
/// What became of a message is worth waiting for: without it, somebody has to ask the patient.
const KEEP_AGAIN: [Duration; 62] = {
    let mut pauses = [Duration::from_secs(2); 62];
    pauses[0] = Duration::from_millis(100);
    pauses[1] = Duration::from_millis(300);
    pauses[2] = Duration::from_secs(1);
    pauses
};

/// An attempt that has ended.
pub(super) struct Done {
    /// As it was when it was claimed, without its words.
    pub message: Outbound,
    pub content: Content,
    pub attempt: String,
    pub together: Arc<Together>,
    pub chance: Chance,
    pub outcome: Outcome,
    pub heard: Heard,
    /// What the provider says that it has cost.
    pub price: Option<Price>,
}

/// What was claimed together. The last outcome takes the claim away.
pub(super) struct Together {
    claim: String,
    /// How many have no outcome yet.
    left: AtomicUsize,
}

impl Together {
    pub fn new(first: &Outbound, many: usize) -> Self {
        Self { claim: store::claims::name(first), left: AtomicUsize::new(many) }
    }
}

/// A message with the name of the attempt to send it.
pub(super) type Attempt = (MessageId, String);

pub(super) struct Outcomes {
    desk: Desk,
    come_back: Arc<Mutex<Vec<Done>>>,
    /// Whoever holds it writes for all that have come back when its turn in the database has come.
    writing: tokio::sync::Mutex<()>,
}

impl Outcomes {
    pub fn new(desk: Desk) -> Self {
        Self { desk, come_back: Arc::default(), writing: tokio::sync::Mutex::default() }
    }

    /// Comes back when the outcome is kept.
    pub async fn keep(&self, done: Done) {
        self.come_back.lock().unwrap_or_else(PoisonError::into_inner).push(done);
        let _turn = self.writing.lock().await;
        // nothing is there if the one before has taken ours along
        let first = self.come_back.lock().unwrap_or_else(PoisonError::into_inner).first_mut().map(|done| done.chance.fork());
        if let Some(chance) = first {
            self.write(chance).await;
        }
    }

    async fn write(&self, mut chance: Chance) {
        let taken: Arc<OnceLock<Vec<Done>>> = Arc::default();
        let (all, come_back) = (Arc::clone(&taken), Arc::clone(&self.come_back));
        let kept = self.persist(chance.fork(), move |act| act.keep_outcomes(all.get_or_init(|| gathered(&come_back)))).await;
        let done = taken.get_or_init(|| gathered(&self.come_back));
        match kept {
            // one of them cannot be kept: it must not take the others along
            Err(error) if error.is_ours() && done.len() > 1 => {
                for place in 0..done.len() {
                    let one = Arc::clone(&taken);
                    let keep_one = move |act: &mut Act<'_, '_>| {
                        act.keep_outcomes(one.get().and_then(|done| done.get(place..=place)).unwrap_or_default())
                    };
                    let kept = self.persist(chance.fork(), keep_one).await;
                    told(&done[place..=place], &kept);
                }
            }
            kept => told(done, &kept),
        }
    }

    /// Does an idempotent act again until the database is back, for two minutes.
    async fn persist(
        &self,
        mut chance: Chance,
        work: impl Fn(&mut Act<'_, '_>) -> Result<(), ActError> + Send + Sync + Clone + 'static,
    ) -> Result<(), ActError> {
        let mut pauses = KEEP_AGAIN.into_iter();
        loop {
            let kept = self.desk.act_by(|| chance.fork(), Actor::Program, Origin::Program, work.clone()).await;
            let Some(pause) = pauses.next().filter(|_| kept.as_ref().is_err_and(ActError::may_pass)) else { return kept };
            tracing::warn!("what became of messages is kept once the database is back");
            tokio::time::sleep(rest(pause)).await;
        }
    }

    /// The answer to a claim was lost: whatever of it was kept is known not to have left.
    pub async fn take_back(&self, attempts: Vec<Attempt>) {
        let taken_back = self.persist(self.desk.chance(), move |act| act.take_back(&attempts));
        if let Err(error) = taken_back.await {
            tracing::error!(%error, "a lost claim could not be taken back: its messages will stand in doubt");
        }
    }
}

/// What is written together: while the acts before it are done, more have come back.
fn gathered(come_back: &Mutex<Vec<Done>>) -> Vec<Done> {
    let mut come_back = come_back.lock().unwrap_or_else(PoisonError::into_inner);
    let most = come_back.len().min(MOST);
    come_back.drain(..most).collect()
}

/// What the provider tells counts more than any list.
fn priced(message: Outbound, told: Option<Price>) -> Outbound {
    let Some(price) = told else { return message };
    let parts = message.cost.map_or(1, |cost| cost.parts);
    Outbound { cost: Some(Cost { price, parts, told: Told::ByProvider }), ..message }
}

fn told(done: &[Done], kept: &Result<(), ActError>) {
    for Done { message, together, .. } in done {
        match kept {
            Ok(()) => drop(together.left.fetch_sub(1, Ordering::Relaxed)),
            Err(error) => {
                tracing::error!(message = %message.id, %error, "what became of a message could not be kept: it will stand in doubt");
            }
        }
    }
}

impl Act<'_, '_> {
    fn keep_outcomes(&mut self, done: &[Done]) -> Result<(), ActError> {
        let mut moved = Vec::with_capacity(done.len());
        let mut happened = Vec::with_capacity(done.len());
        for Done { message, attempt, outcome, price, .. } in done {
            let before = message.version;
            let (message, what) = priced(message.clone(), *price).finish(attempt, outcome.clone(), self.now, &mut self.chance)?;
            moved.push((message, before));
            happened.push(what);
        }
        let kept = store::outbound::move_on(self.tx, moved.iter().map(|(message, before)| (message, *before)))?;
        for (place, (mut message, _)) in moved.into_iter().enumerate() {
            passes(Point::AmidOutcomes);
            if kept[place] {
                if matches!(message.state, OutboundState::Failed { .. }) {
                    message.content = done[place].content.clone();
                }
                self.follow(&message, &done[place].outcome, std::mem::take(&mut happened[place]))?;
            } else {
                self.keep_outcome(&done[place])?;
            }
        }
        self.end_claims(done)?;
        self.learn(done)
    }

    /// With what has an outcome now, all of a claim may have one.
    fn end_claims(&mut self, done: &[Done]) -> Result<(), ActError> {
        let mut ending: BTreeMap<&str, usize> = BTreeMap::new();
        for Done { together, .. } in done {
            let left = ending.entry(&together.claim).or_insert_with(|| together.left.load(Ordering::Relaxed));
            *left = left.saturating_sub(1);
        }
        let ended = ending.into_iter().filter(|(_, left)| *left == 0);
        Ok(ended.into_iter().try_for_each(|(claim, _)| store::claims::end(self.tx, claim))?)
    }

    /// Over the message as it stands now: a report of the provider may have been faster, or the lease is over.
    fn keep_outcome(&mut self, Done { message, attempt, outcome, price, .. }: &Done) -> Result<(), ActError> {
        let message = store::outbound::find(self.tx, message.id)?.ok_or_else(ActError::not_found)?;
        self.finish(priced(message, *price), attempt, outcome)
    }

    fn finish(&mut self, message: Outbound, attempt: &str, outcome: &Outcome) -> Result<(), ActError> {
        let before = message.version;
        let (message, what) = message.finish(attempt, outcome.clone(), self.now, &mut self.chance)?;
        // told once, however often this comes
        if message.version != before {
            store::outbound::change(self.tx, &message, before)?;
            self.follow(&message, outcome, what)?;
        }
        Ok(())
    }

    /// Idempotent by the attempts: what was not kept, or has been taken back, is left alone.
    fn take_back(&mut self, attempts: &[Attempt]) -> Result<(), ActError> {
        for (id, tried) in attempts {
            let Some(message) = store::outbound::find(self.tx, *id)? else { continue };
            if matches!(&message.state, OutboundState::Sending { attempt, .. } if attempt == tried) {
                self.finish(message, tried, &Outcome::Later { after: Duration::ZERO })?;
            }
        }
        Ok(())
    }

    /// What an outcome means for others: the contact, the account, the next channel.
    fn follow(&mut self, message: &Outbound, outcome: &Outcome, what: Vec<Happening>) -> Result<(), ActError> {
        // each message has a timeline of its own: it is not late because others came back with it
        self.noted = 0;
        self.happened(message.clinic, message.patient, what);
        if let Some(route) = message.route.as_ref().filter(|_| *outcome == Outcome::Blocked) {
            self.contact_blocked(&route.to)?;
        }
        match (outcome, &message.state) {
            (Outcome::NobodyThere { .. }, _) => self.nobody_there(message)?,
            (Outcome::NotBrought { .. }, _) | (Outcome::Later { .. }, OutboundState::Failed { failure: Failure::Exhausted, .. }) => {
                self.keeps_failing(message)?;
            }
            _ => {}
        }
        if matches!(message.state, OutboundState::Failed { .. }) {
            self.has_failed(message)?;
        }
        Ok(())
    }

    /// A message of a playbook that failed for good goes to the next channel, or a person is asked to call. Where the approved
    /// text was what failed, another one may say it there.
    pub(crate) fn has_failed(&mut self, failed: &Outbound) -> Result<(), ActError> {
        let turned = self.template_failed(failed)?;
        if !matches!(failed.cause, Cause::Run { .. }) {
            return Ok(());
        }
        match turned {
            Turned::Away => self.say_anew(failed),
            Turned::Nothing => self.say_elsewhere(failed),
        }
    }

    /// On the next channel. What had climbed the ladder is said there already.
    pub(crate) fn say_elsewhere(&mut self, failed: &Outbound) -> Result<(), ActError> {
        if matches!(failed.climbed, Some(Climbed::To(_))) {
            return Ok(());
        }
        let mut tried: Vec<_> = failed.route.iter().filter_map(|route| route.contact).collect();
        tried.extend(contacts(&self.followed(failed)?));
        let id = self.next_message();
        let again = if failed.follows.is_some() { failed.next_rung(id, self.now) } else { failed.again(id, self.now) };
        self.send(again, &tried).map(drop)
    }

    /// The gate decides as if it had not been said.
    pub(crate) fn say_anew(&mut self, stopped: &Outbound) -> Result<(), ActError> {
        let id = self.next_message();
        self.send(stopped.again(id, self.now), &[]).map(drop)
    }
}
