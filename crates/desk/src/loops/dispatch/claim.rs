//! Claim and intent: what is due is taken, asked about once more, and noted as `sending`, all in one transaction.
//!
//! Opt-outs, consents, standing and quiet hours are read in this transaction: what was taken back before it is not sent.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::time::Duration;

use kernel::{AccountId, Chance, MessageId};

use channels::{Author, Card, Carried, Connector, FilesOut, Outgoing, Settings};
use clinic::clinics::Clinic;
use clinic::conversations::{Cause, Counterpart};
use clinic::files::Enclosed;
use clinic::gate::{Form, Recheck, Sender};
use clinic::outbox::{Claim, Outbound, OutboundState, Passage};
use store::StoreError;
use store::links::LinkPurpose;
use store::outbound::Lane;
use store::sown::{Fault, Point, passes, sown};

use super::LEASE;
use super::berths::OpenLane;
use super::cards::{self, Cards};
use crate::bot::facts::{self, Whose};
use crate::bot::gating::{History, Known, Who};
use crate::connected::{self, Connected};
use crate::health::DISPATCH;
use crate::pace::Paces;
use crate::{Act, ActError};

/// What is wrong with such an account, as a key of Fluent.
const UNREADABLE: &str = "channel-trouble-settings";
/// A node whose loop has ended a round since then sends too.
const AT_WORK: Duration = Duration::from_mins(1);

pub(super) struct Claimed {
    pub ready: Vec<Ready>,
    /// Of everybody whom they are about, as the gate has seen them.
    pub cards: Cards,
    /// How many messages are not where they were before.
    pub moved: usize,
}

/// One message whose intent is on disk.
pub(super) struct Ready {
    /// Without its words: they go out with [`Ready::outgoing`].
    pub message: Outbound,
    pub attempt: String,
    pub account: AccountId,
    pub connector: &'static dyn Connector,
    pub settings: Arc<Settings>,
    pub outgoing: Outgoing,
    pub whose: Option<Whose>,
    /// For what follows from its outcome.
    pub chance: Chance,
}

/// A message with the version that it was read with.
type Moved = (Outbound, i64);

impl Act<'_, '_> {
    /// Takes what is due for this node.
    pub(super) fn claim(&mut self, open: &[OpenLane], at_once: usize, paces: &Paces) -> Result<Claimed, ActError> {
        let waiting = self.ready(open, at_once, paces)?;
        passes(Point::BeforeIntent);
        self.foresee(&waiting)?;
        let (mut halted, mut ready, mut cards): (Vec<Moved>, Vec<Ready>, Cards) = (Vec::new(), Vec::new(), Cards::new());
        for message in waiting {
            let id = message.id;
            match self.ask_once_more(message, paces) {
                Ok(Next::Stays) => {}
                Ok(Next::Halts(moved)) => halted.push(*moved),
                Ok(Next::Goes(letter, card)) => {
                    cards.extend(card.map(|card| (card.whose(), card.versions)));
                    ready.push(*letter);
                }
                // it stays where it is, and does not hold up the others
                Err(error @ ActError::Refused(_)) => tracing::error!(message = %id, %error, "a message cannot be claimed"),
                Err(error @ ActError::Store(_)) => return Err(error),
            }
        }
        let intents = ready.iter().map(|ready| (&ready.message, ready.message.version - 1));
        let intents = intents.take(if sown(Fault::IntentAfterSend) { 0 } else { usize::MAX });
        let halted_as_read = store::outbound::move_on(self.tx, halted.iter().map(|(message, before)| (message, *before)))?;
        let claimed_as_read = store::outbound::claim(self.tx, intents)?;
        if halted_as_read.contains(&false) || claimed_as_read.contains(&false) {
            return Err(StoreError::Conflict { on: "outbound.version".to_owned() }.into());
        }
        self.are_on_trial(&ready)?;
        let moved = halted.len() + ready.len();
        Ok(Claimed { ready, cards, moved })
    }

    /// What is due, the most urgent first. Of each account no more than may leave now.
    fn ready(&mut self, open: &[OpenLane], at_once: usize, paces: &Paces) -> Result<Vec<Outbound>, ActError> {
        let mut waiting: Vec<Outbound> = Vec::new();
        paces.shared_by(store::rounds::nodes(self.tx, DISPATCH, self.now - AT_WORK)?);
        let breakers = store::breakers::all(self.tx)?;
        for equals in open.chunk_by(|one, other| one.lane.rank == other.lane.rank) {
            let mut rooms = Vec::with_capacity(equals.len());
            for OpenLane { lane, free } in equals {
                let may_pass = match breakers.get(&lane.account).copied().unwrap_or_default().passage(self.now) {
                    Passage::All => usize::MAX,
                    Passage::One => 1,
                    Passage::Nobody => continue,
                };
                if !self.is_readable(lane.account)? {
                    continue;
                }
                let is_taken = |message: &&Outbound| message.route.as_ref().is_some_and(|route| route.account == lane.account);
                let taken = waiting.iter().filter(is_taken).count();
                let pace = channels::connector(lane.channel).map(|connector| connector.card().pace);
                let pace = pace.map_or(0, |pace| paces.room(lane.account, pace, self.now));
                let room = (*free.min(&pace)).min(may_pass).saturating_sub(taken);
                if room > 0 {
                    rooms.push((*lane, room));
                }
            }
            self.take(rooms, at_once, &mut waiting)?;
        }
        waiting.sort_by_key(|message| (std::cmp::Reverse(message.rank), message.due_at(), message.id));
        Ok(waiting)
    }

    /// Of lanes that are equally urgent each gets its share of what is left, and then those that have more what the others did
    /// not need. So no account holds up another; and what was said at one time lies together, so that few pages are written.
    fn take(&mut self, mut lanes: Vec<(Lane, usize)>, at_once: usize, waiting: &mut Vec<Outbound>) -> Result<(), ActError> {
        let mut taken: BTreeMap<AccountId, BTreeSet<MessageId>> = BTreeMap::new();
        while waiting.len() < at_once && !lanes.is_empty() {
            let mut left = at_once - waiting.len();
            let many = lanes.len();
            let mut asked = Vec::with_capacity(many);
            for (place, (lane, room)) in lanes.iter().enumerate() {
                let had = taken.entry(lane.account).or_default().len();
                let share = left.div_ceil(many - place).min(room - had);
                left -= share;
                asked.push((*lane, had + share));
            }
            let found = store::outbound::ready(self.tx, &asked, self.now)?;
            let mut had_more = BTreeSet::new();
            for ((lane, most), found) in asked.iter().zip(found) {
                let known = taken.entry(lane.account).or_default();
                if found.len() == *most {
                    had_more.insert(lane.account);
                }
                waiting.extend(found.into_iter().filter(|message| known.insert(message.id)));
            }
            lanes.retain(|(lane, room)| had_more.contains(&lane.account) && taken[&lane.account].len() < *room);
        }
        Ok(())
    }

    /// Where a provider has not answered lately, nobody else follows before this one has come back.
    fn are_on_trial(&mut self, ready: &[Ready]) -> Result<(), ActError> {
        for (account, breaker) in store::breakers::all(self.tx)? {
            if !breaker.is_closed() && ready.iter().any(|ready| ready.account == account) {
                store::breakers::save(self.tx, account, breaker.tried(self.now))?;
            }
        }
        Ok(())
    }

    /// An account whose settings nobody can read any more keeps its messages, and takes no place from others.
    fn is_readable(&mut self, account: AccountId) -> Result<bool, ActError> {
        let all = connected::all(self.tx)?;
        let Some(Connected { account, connector, settings }) = all.get(&account) else { return Ok(false) };
        if settings.as_ref().is_some_and(|settings| connector.keeps_a_line(settings))
            && !store::accounts::is_polled_by(self.tx, account.id, self.desk.node(), self.now)?
        {
            // it leaves over the line of the node that keeps it
            return Ok(false);
        }
        let is_readable = settings.is_some();
        if !is_readable && account.trouble.is_none() {
            store::accounts::set_trouble(self.tx, account.id, UNREADABLE, self.now)?;
            self.tx.touch("settings");
            self.tx.touch("today");
        }
        Ok(is_readable)
    }

    /// Asks for everything that these messages need in a few questions, not one by one.
    fn foresee(&mut self, waiting: &[Outbound]) -> Result<(), ActError> {
        let threads: BTreeSet<_> = waiting.iter().map(|message| message.conversation).collect();
        store::conversations::foresee(self.tx, &threads)?;
        let mut whose = Vec::with_capacity(waiting.len());
        for message in waiting {
            if let Some(Counterpart::Patient(reader)) = store::conversations::find(self.tx, message.conversation)?.map(|thread| thread.with)
            {
                whose.push((reader, message.patient.unwrap_or(reader)));
            }
        }
        cards::foresee(self.tx, whose)?;
        store::visits::foresee(self.tx, &waiting.iter().filter_map(|message| Some(message.visit?.visit)).collect())?;
        store::runs::foresee_states(self.tx, &waiting.iter().filter_map(|message| run_of(&message.cause)).collect())?;
        Ok(())
    }

    fn ask_once_more(&mut self, message: Outbound, paces: &Paces) -> Result<Next, ActError> {
        let known = self.known(&message, History::Settled)?;
        let recheck = if sown(Fault::AskedOnlyWhenQueued) { Recheck::Go } else { self.still_goes(&message, &known)? };
        let before = message.version;
        let (message, what) = message.halt(recheck, self.now)?;
        self.happened(message.clinic, message.patient, what);
        if let OutboundState::Suppressed { reason, .. } = message.state
            && reason.is_of_the_window()
            && matches!(message.cause, Cause::Run { .. })
        {
            self.say_anew(&message)?;
        }
        if !matches!(message.state, OutboundState::Queued { .. }) {
            return Ok(Next::Halts(Box::new((message, before))));
        }
        let Some(letter) = self.intend(message, &known, paces)? else { return Ok(Next::Stays) };
        let card = match known.who {
            Who::Patient(card) => Some(card),
            Who::Stranger { .. } => None,
        };
        Ok(Next::Goes(Box::new(letter), card))
    }

    /// The message as it is noted before its first byte leaves. None if its channel has to wait.
    fn intend(&mut self, mut message: Outbound, known: &Known, paces: &Paces) -> Result<Option<Ready>, ActError> {
        let all = connected::all(self.tx)?;
        let Some(route) = &message.route else { return Ok(None) };
        let Some(Connected { account, connector, settings: Some(settings) }) = all.get(&route.account) else { return Ok(None) };
        if !paces.may_go(account.id, &route.to, connector.card().pace, self.now) {
            return Ok(None);
        }
        let outgoing = self.outgoing(&mut message, known, *connector)?;
        message.cost = known.cost(&message, || connector.parts(&outgoing));
        let (attempt, chance) = (self.chance.token(), self.chance.fork());
        let claim = Claim { node: self.desk.node().to_owned(), attempt: attempt.clone(), lease_until: self.now + LEASE };
        let (message, what) = message.claim(claim, self.now)?;
        self.happened(message.clinic, message.patient, what);
        let whose = match &known.who {
            Who::Patient(card) => Some(card.whose()),
            Who::Stranger { .. } => None,
        };
        let settings = Arc::clone(settings);
        Ok(Some(Ready { message, attempt, account: account.id, connector: *connector, settings, outgoing, whose, chance }))
    }

    /// Takes the words along.
    fn outgoing(&mut self, message: &mut Outbound, known: &Known, connector: &dyn Connector) -> Result<Outgoing, ActError> {
        let (clinic, card) = (known.clinic(), connector.card());
        let route = message.route.as_ref().ok_or_else(ActError::not_found)?;
        let reader = match &known.who {
            Who::Patient(card) => Some(&card.reader),
            Who::Stranger { .. } => None,
        };
        let locale = reader.map_or(clinic.locale, |reader| reader.locale);
        let (mut answer_url, mut unsubscribe_url) = (None, None);
        if card.buttons.is_none()
            && let Some(reader) = reader
        {
            let visit = message.visit.map(|pin| store::visits::find(self.tx, pin.visit)).transpose()?.flatten();
            if let Some(visit) = visit {
                answer_url = self.link(clinic, reader, LinkPurpose::Visit, Some(&visit))?;
            }
            unsubscribe_url = self.link(clinic, reader, LinkPurpose::Unsubscribe, None)?;
        }
        let mut reply_to = None;
        if connector.threads() {
            let last = store::conversations::inbound_of(self.tx, message.conversation, store::conversations::NEWEST, 10)?;
            let last = last.into_iter().find(|inbound| inbound.channel == route.channel);
            reply_to = last.filter(|inbound| inbound.from == route.to).map(|inbound| inbound.provider_key);
        }
        // what the gate found of the window goes along: nobody decides it again
        let approved = (message.form == Form::Template).then(|| known.filled(route.account).cloned()).flatten();
        message.form = if approved.is_some() { Form::Template } else { Form::Free };
        message.template = approved.as_ref().map(|filled| filled.of.clone());
        let file = self.carried(message, clinic, card)?;
        Ok(Outgoing {
            id: message.id,
            to: route.to.clone(),
            name: reader.map(|reader| reader.name.full(locale)).unwrap_or_default(),
            locale,
            author: if message.sender() == Sender::Person { Author::Person } else { Author::Bot },
            content: std::mem::take(&mut message.content),
            at: self.now,
            reply_to,
            thread: Vec::new(),
            answer_url,
            unsubscribe_url,
            approved,
            file,
        })
    }
}

impl Act<'_, '_> {
    /// The file beside the words, still without its bytes; where an address goes instead of it, with that.
    fn carried(&mut self, message: &Outbound, clinic: &Clinic, card: &Card) -> Result<Option<Carried>, ActError> {
        let Some(Enclosed { name, kept }) = &message.content.file else { return Ok(None) };
        let link = if card.files.out == FilesOut::ByLink { self.file_link(clinic, message.id)? } else { None };
        Ok(Some(Carried {
            name: name.clone(),
            media_type: kept.file_type.media_type(),
            kind: kept.file_type.kind(),
            bytes: kept.bytes,
            content: Arc::default(),
            handle: None,
            link,
        }))
    }
}

/// What becomes of a message that is due.
enum Next {
    /// Its channel has to wait.
    Stays,
    /// It may no longer go, or not yet.
    Halts(Box<Moved>),
    Goes(Box<Ready>, Option<Box<facts::Card>>),
}

const fn run_of(cause: &Cause) -> Option<kernel::RunId> {
    match cause {
        Cause::Run { run, .. } => Some(*run),
        Cause::Reply { .. } | Cause::Trial { .. } | Cause::Courtesy { .. } => None,
    }
}
