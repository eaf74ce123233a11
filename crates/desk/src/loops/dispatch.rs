//! Dispatch: what is due is claimed in one transaction, carried to its channel between transactions, and what became of
//! it is kept in another. The intent is on disk before the first byte leaves, so a crash leaves doubt, never a repeat.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kernel::{Locale, MessageId, Timestamp};
use tokio::task::JoinSet;

use channels::{Author, Card, Outgoing, Sending, Settings, whole};
use clinic::actors::{Actor, Channel, Origin};
use clinic::conversations::{Cause, Counterpart};
use clinic::gate::{Recheck, Sender};
use clinic::outbox::{Claim, Outbound, OutboundState, Outcome};
use store::links::LinkPurpose;
use store::sown::{Fault, Point, passes, rest, sown};

use crate::bot::facts;
use crate::pace::Paces;
use crate::receive::settings_of;
use crate::wire::Wire;
use crate::{Act, ActError, Desk};

/// Claimed at once.
const BATCH: u32 = 64;
/// Nobody else looks at a message for so long after it was claimed.
const LEASE: Duration = Duration::from_secs(30);
/// What became of a message is worth waiting for: without it, somebody has to ask the patient.
const KEEP_AGAIN: [Duration; 62] = {
    let mut pauses = [Duration::from_secs(2); 62];
    pauses[0] = Duration::from_millis(100);
    pauses[1] = Duration::from_millis(300);
    pauses[2] = Duration::from_secs(1);
    pauses
};
/// How far back a thread is looked at for what must go first.
const THREAD: u32 = 20;

/// Sends what is due.
pub struct Dispatcher {
    desk: Desk,
    wire: Arc<dyn Wire>,
    paces: Arc<Paces>,
    sending: Mutex<JoinSet<()>>,
}

/// Until when the first byte may leave, on the clock that is never set back. Who wakes later, after a pause of the
/// machine, may have been given up by others: the desk may have decided to say it anew.
#[derive(Clone, Copy)]
struct LeavesBy(Duration);

/// The attempts of a round that may have been kept: the answer to its claim was lost.
type Attempts = Arc<Mutex<Vec<(MessageId, String)>>>;

/// One message on its way.
struct Ready {
    message: Outbound,
    attempt: String,
    channel: Channel,
    settings: Settings,
    outgoing: Outgoing,
}

impl Dispatcher {
    pub fn new(desk: Desk, wire: Arc<dyn Wire>) -> Self {
        Self { desk, wire, paces: Arc::new(Paces::default()), sending: Mutex::new(JoinSet::new()) }
    }

    /// One round: claims what is due and may go at the channels' pace, and begins to send it. Says how many.
    pub async fn round(&self) -> Result<usize, ActError> {
        let (node, paces) = (self.desk.node().to_owned(), Arc::clone(&self.paces));
        let attempts = Attempts::default();
        let tried = Arc::clone(&attempts);
        let leaves_by = LeavesBy(self.desk.run() + LEASE / 2);
        let claimed = self.desk.act(Actor::Program, Origin::Program, move |act| {
            let ready = act.claim(&node, &paces)?;
            let names = ready.iter().map(|ready| (ready.message.id, ready.attempt.clone())).collect();
            *tried.lock().unwrap_or_else(PoisonError::into_inner) = names;
            Ok(ready)
        });
        let claimed = claimed.await;
        if claimed.as_ref().is_err_and(ActError::is_unsure) {
            take_back(&self.desk, &attempts).await;
        }
        let ready = claimed?;
        let claimed = ready.len();
        let mut sending = self.sending.lock().unwrap_or_else(PoisonError::into_inner);
        while sending.try_join_next().is_some() {}
        for ready in ready {
            sending.spawn(send(self.desk.clone(), Arc::clone(&self.wire), leaves_by, ready));
        }
        Ok(claimed)
    }

    /// Waits until everything that is being sent has an outcome.
    pub async fn finish(&self) {
        let mut sending = std::mem::take(&mut *self.sending.lock().unwrap_or_else(PoisonError::into_inner));
        while sending.join_next().await.is_some() {}
    }
}

async fn send(desk: Desk, wire: Arc<dyn Wire>, leaves_by: LeavesBy, ready: Ready) {
    passes(Point::AfterIntent);
    let in_time = || desk.run() <= leaves_by.0 || sown(Fault::LeaseUnchecked);
    let outcome = carry(wire.as_ref(), in_time, &ready).await;
    passes(Point::AfterWire);
    let Ready { message, attempt, .. } = ready;
    let id = message.id;
    if sown(Fault::IntentAfterSend) {
        let intent = move |act: &mut Act<'_, '_>| Ok(store::outbound::change(act.tx, &message, message.version - 1)?);
        drop(desk.act(Actor::Program, Origin::Program, intent).await);
    }
    let kept = until_it_is_kept(|| {
        let (attempt, outcome) = (attempt.clone(), outcome.clone());
        desk.act(Actor::Program, Origin::Program, move |act| act.finish(id, &attempt, outcome.clone()))
    });
    if let Err(error) = kept.await {
        tracing::error!(message = %id, %error, "what became of a message could not be kept: it will stand in doubt");
    }
}

/// The answer to a claim was lost: whatever of this round was kept stays here and is known not to have left.
async fn take_back(desk: &Desk, attempts: &Attempts) {
    let taken_back = until_it_is_kept(|| {
        let attempts = attempts.lock().unwrap_or_else(PoisonError::into_inner).clone();
        desk.act(Actor::Program, Origin::Program, move |act| act.take_back(&attempts))
    });
    if let Err(error) = taken_back.await {
        tracing::error!(%error, "a lost claim could not be taken back: its messages will stand in doubt");
    }
}

/// Does an idempotent act again until the database is back, for two minutes.
async fn until_it_is_kept<F: Future<Output = Result<(), ActError>>>(act: impl Fn() -> F) -> Result<(), ActError> {
    for pause in KEEP_AGAIN {
        match act().await {
            Err(error) if error.may_pass() => tracing::warn!(%error, "it is kept once the database is back"),
            done => return done,
        }
        tokio::time::sleep(rest(pause)).await;
    }
    act().await
}

async fn carry(wire: &dyn Wire, in_time: impl Fn() -> bool, ready: &Ready) -> Outcome {
    let Ready { channel, settings, outgoing, .. } = ready;
    let Some(connector) = channels::connector(*channel) else { return Outcome::Refused { code: "no-channel".to_owned() } };
    let letters = match connector.write(settings, outgoing) {
        Ok(letters) => letters,
        Err(unwritable) => return Outcome::Refused { code: unwritable.code().to_owned() },
    };
    let mut outcomes = Vec::with_capacity(letters.len());
    for letter in &letters {
        if !in_time() {
            // what has not begun to leave is known not to have left
            return if outcomes.is_empty() { Outcome::NotBegun } else { Outcome::Uncertain };
        }
        let sending = connector.read_answer(letter, &wire.carry(letter).await);
        let goes_on = matches!(sending, Sending::Accepted { .. });
        outcomes.push(sending);
        if !goes_on {
            break;
        }
    }
    match whole(outcomes) {
        Sending::Accepted { ids } => Outcome::Accepted { provider_key: ids.into_iter().next().unwrap_or_default() },
        Sending::Later { after, .. } => Outcome::Later { after },
        Sending::Refused { code, .. } => Outcome::Refused { code },
        Sending::Stopped => Outcome::Blocked,
        Sending::AccountBroken { .. } => Outcome::AccountBroken,
        Sending::Uncertain if sown(Fault::RetriedInDoubt) => Outcome::Later { after: Duration::ZERO },
        Sending::Uncertain if sown(Fault::DoubtCalledSent) => Outcome::Accepted { provider_key: String::new() },
        Sending::Uncertain => Outcome::Uncertain,
    }
}

impl Act<'_, '_> {
    /// Takes what is due for this node. Each message is asked once more whether it may still go.
    fn claim(&mut self, node: &str, paces: &Paces) -> Result<Vec<Ready>, ActError> {
        let mut ready = Vec::new();
        passes(Point::BeforeIntent);
        for message in store::outbound::ready(self.tx, self.now, BATCH)? {
            if self.must_wait(&message)? {
                continue;
            }
            let recheck = if sown(Fault::AskedOnlyWhenQueued) { Recheck::Go } else { self.still_goes(&message)? };
            let before = message.version;
            let (message, what) = message.halt(recheck, self.now)?;
            let (clinic, patient) = (message.clinic, message.patient);
            self.happened(clinic, patient, what);
            if !matches!(message.state, OutboundState::Queued { .. }) {
                store::outbound::change(self.tx, &message, before)?;
                continue;
            }
            ready.extend(self.claim_one(message, before, node, paces)?);
        }
        Ok(ready)
    }

    fn claim_one(&mut self, message: Outbound, before: i64, node: &str, paces: &Paces) -> Result<Option<Ready>, ActError> {
        let Some(route) = message.route.clone() else { return Ok(None) };
        let Some(account) = store::accounts::find(self.tx, route.account)? else { return Ok(None) };
        let (Some(connector), Some(settings)) = (channels::connector(account.channel), settings_of(&account)) else { return Ok(None) };
        if !paces.may_go(account.id, &route.to, connector.card().pace, self.now) {
            return Ok(None);
        }
        let outgoing = self.outgoing(&message, connector.card())?;
        let attempt = self.chance.token();
        let claim = Claim { node: node.to_owned(), attempt: attempt.clone(), lease_until: self.now + LEASE };
        let (message, what) = message.claim(claim, self.now)?;
        let (clinic, patient) = (message.clinic, message.patient);
        self.happened(clinic, patient, what);
        if !sown(Fault::IntentAfterSend) {
            store::outbound::change(self.tx, &message, before)?;
        }
        let sends = matches!(message.state, OutboundState::Sending { .. });
        Ok(sends.then_some(Ready { message, attempt, channel: account.channel, settings, outgoing }))
    }

    /// What was said before in the same thread goes first.
    fn must_wait(&mut self, message: &Outbound) -> Result<bool, ActError> {
        let thread = store::outbound::of_conversation(self.tx, message.conversation, store::conversations::NEWEST, THREAD)?;
        Ok(thread.iter().any(|other| other.id != message.id && message.waits_for(other)))
    }

    fn outgoing(&mut self, message: &Outbound, card: &Card) -> Result<Outgoing, ActError> {
        let conversation = store::conversations::find(self.tx, message.conversation)?.ok_or_else(ActError::not_found)?;
        let clinic = facts::clinic(self.tx, message.clinic)?;
        let route = message.route.clone().ok_or_else(ActError::not_found)?;
        let reader = match &conversation.with {
            Counterpart::Patient(patient) => Some(facts::patient(self.tx, *patient)?),
            Counterpart::Unknown { .. } => None,
        };
        let locale = reader.as_ref().map_or(clinic.locale, |reader| reader.locale);
        let (mut answer_url, mut unsubscribe_url) = (None, None);
        if card.buttons.is_none()
            && let Some(reader) = &reader
        {
            let visit = message.visit.map(|pin| store::visits::find(self.tx, pin.visit)).transpose()?.flatten();
            if let Some(visit) = visit {
                answer_url = self.link(&clinic, reader, LinkPurpose::Visit, Some(&visit))?;
            }
            unsubscribe_url = self.link(&clinic, reader, LinkPurpose::Unsubscribe, None)?;
        }
        let last = store::conversations::inbound_of(self.tx, conversation.id, store::conversations::NEWEST, 10)?;
        let last = last.into_iter().find(|inbound| inbound.channel == route.channel);
        Ok(Outgoing {
            id: message.id,
            to: route.to,
            name: name_of(reader.as_ref(), locale),
            content: message.content.clone(),
            locale,
            author: if message.sender() == Sender::Person { Author::Person } else { Author::Bot },
            at: self.now,
            reply_to: None,
            thread: Vec::new(),
            answer_url,
            unsubscribe_url,
            template: None,
            last_heard_at: last.map(|inbound| inbound.received_at),
        })
    }

    /// Idempotent by the attempts: what was not kept, or has been taken back, is left alone.
    fn take_back(&mut self, attempts: &[(MessageId, String)]) -> Result<(), ActError> {
        for (id, tried) in attempts {
            let message = store::outbound::find(self.tx, *id)?;
            let is_kept = |message: &Outbound| matches!(&message.state, OutboundState::Sending { attempt, .. } if attempt == tried);
            if message.as_ref().is_some_and(is_kept) {
                self.finish(*id, tried, Outcome::Later { after: Duration::ZERO })?;
            }
        }
        Ok(())
    }

    /// What became of an attempt. Idempotent by the attempt: a message that has moved on is left alone.
    fn finish(&mut self, id: MessageId, attempt: &str, outcome: Outcome) -> Result<(), ActError> {
        let message = store::outbound::find(self.tx, id)?.ok_or_else(ActError::not_found)?;
        passes(Point::AmidOutcomes);
        let before = message.version;
        let blocked = outcome == Outcome::Blocked;
        let broken = outcome == Outcome::AccountBroken;
        let (message, what) = message.finish(attempt, outcome, self.now, &mut self.chance)?;
        let has_moved = message.version != before;
        if has_moved {
            store::outbound::change(self.tx, &message, before)?;
        }
        let (clinic, patient) = (message.clinic, message.patient);
        self.happened(clinic, patient, what);
        if let Some(route) = &message.route {
            if blocked {
                let to = route.to.clone();
                self.contact_blocked(&to)?;
            }
            if broken {
                store::accounts::set_trouble(self.tx, route.account, channels::Trouble::Unauthorized.key(), self.now)?;
                self.tx.touch("settings");
                self.tx.touch("today");
            }
        }
        // said once, however often this is told
        if has_moved && matches!(message.state, OutboundState::Failed { .. }) && matches!(message.cause, Cause::Run { .. }) {
            self.say_elsewhere(&message)?;
        }
        Ok(())
    }

    /// A message of a playbook that failed for good goes to the next channel, or a person is asked to call.
    fn say_elsewhere(&mut self, failed: &Outbound) -> Result<(), ActError> {
        let tried: Vec<_> = failed.route.iter().filter_map(|route| route.contact).collect();
        let id = self.next_message();
        self.send(failed.again(id, self.now), &tried).map(drop)
    }
}

fn name_of(reader: Option<&clinic::patients::Patient>, locale: Locale) -> String {
    reader.map(|reader| reader.name.full(locale)).unwrap_or_default()
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
