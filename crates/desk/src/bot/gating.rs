//! The gate asked with everything that is true at this moment, and its decision written into the outbox.

use std::collections::BTreeMap;
use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use kernel::{AccountId, Address, ClinicId, ContactPointId, MessageId, Timestamp, Zone};

use channels::{Means, Receipts};
use clinic::clinics::Clinic;
use clinic::consents::Ledger;
use clinic::conversations::{Cause, Counterpart};
use clinic::gate::{
    Approval, Budget, Complaint, Cost, Disclosure, Kind, Past, Priced, Prices, Question, Reach, Recheck, Reports, SuppressReason, Tariff,
    Verdict, VisitCheck, Whom, decide, patience, recheck, unsent_patience,
};
use clinic::outbox::{Outbound, Rank};
use clinic::patients::ContactState;
use clinic::tasks::{NewTask, TaskKind};
use clinic::templates::Filled;
use store::accounts::AccountState;
use store::ladders::Kept;
use store::sown::{Fault, sown};
use store::{Tx, Value};

use super::climbing::contacts;
use super::facts::{self, Card};
use crate::act::Repeats;
use crate::connected::{self, Connected};
use crate::{Act, ActError};

/// As far back as a repeat would disturb.
pub(crate) const MEMORY: Duration = Duration::from_hours(30 * 24);
const PREVIEW_CHARACTERS: usize = 120;

/// Everything the gate asks about one message.
pub(crate) struct Known {
    clinic: Rc<Option<Clinic>>,
    pub who: Who,
    reaches: Rc<Vec<Reach>>,
    /// By which approved text each account would say it.
    filled: BTreeMap<AccountId, Filled>,
    history: Vec<Outbound>,
    ladder: Rc<Kept>,
}

/// Whether the gate asks what was said before.
#[derive(Clone, Copy)]
pub(crate) enum History {
    Counts,
    /// Repeats, the daily cap and the ladder were settled when the message was queued.
    Settled,
}

/// What is asked anew each time.
pub(crate) struct Moment<'a> {
    pub visit: VisitCheck,
    pub tried: &'a [ContactPointId],
    pub now: Timestamp,
}

pub(crate) enum Who {
    Patient(Box<Card>),
    Stranger { address: Address, account: AccountId, wrote_at: Timestamp },
}

impl Act<'_, '_> {
    /// Asks the gate and writes the message into the outbox, whatever it decided.
    pub(crate) fn send(&mut self, message: Outbound, tried: &[ContactPointId]) -> Result<Outbound, ActError> {
        let known = self.known(&message, History::Counts)?;
        let check = self.visit_check(&message)?;
        let (verdict, patience) = known.decided(&message, &Moment { visit: check, tried, now: self.now });
        let task = matches!(verdict, Verdict::Task { .. });
        let (message, mut what) = Outbound { patience, ..message }.settle(verdict, self.now)?;
        let message = self.with_a_way_out(message, &known.who)?;
        let message = match self.repeats {
            Repeats::Never => message,
            Repeats::Perhaps => {
                let (message, held) = message.restored(self.now)?;
                what = if held.is_empty() { what } else { held };
                message
            }
        };
        // before anything refers to the thread, see `hear`; a courtesy of the program does not cover what the patient said: whoever
        // answers reads that in the list
        if !matches!(message.cause, Cause::Courtesy { .. }) {
            let preview: String = match &message.content.file {
                Some(file) if message.content.text.is_empty() => file.kept.file_type.kind().sign().to_owned(),
                _ => message.content.text.chars().take(PREVIEW_CHARACTERS).collect(),
            };
            store::conversations::set_preview(self.tx, message.conversation, &preview)?;
        }
        store::outbound::add(self.tx, &message)?;
        self.enclose_own(&message)?;
        let inside = match &message.cause {
            Cause::Run { run, .. } => Some(*run),
            Cause::Reply { .. } | Cause::Trial { .. } | Cause::Courtesy { .. } => None,
        };
        self.happened_inside(inside, message.clinic, message.patient, what);
        if task {
            self.task_instead(&message)?;
        }
        Ok(message)
    }

    /// The gate asks for a person.
    pub(crate) fn task_instead(&mut self, message: &Outbound) -> Result<(), ActError> {
        let run = match &message.cause {
            Cause::Run { run, .. } => Some(*run),
            Cause::Reply { .. } | Cause::Trial { .. } | Cause::Courtesy { .. } => None,
        };
        let visit = message.visit.map(|pin| pin.visit);
        if let Some(visit) = visit
            && store::tasks::open_of_visit(self.tx, visit)?.iter().any(|task| task.kind == TaskKind::Call)
        {
            return Ok(());
        }
        self.open(NewTask {
            clinic: message.clinic,
            kind: TaskKind::Call,
            patient: message.patient,
            visit,
            conversation: Some(message.conversation),
            run,
            reason: "task-reason-not-sent".to_owned(),
            due_at: self.now,
            tries: 0,
        })
        .map(drop)
    }

    /// The facts once more, just before a message leaves.
    pub(crate) fn still_goes(&mut self, message: &Outbound, known: &Known) -> Result<Recheck, ActError> {
        let Some(route) = &message.route else {
            return Ok(Recheck::Stop { reason: SuppressReason::NotReachable });
        };
        let followed = self.followed(message)?;
        if self.is_needless(message, &followed)? {
            return Ok(Recheck::Stop { reason: SuppressReason::ArrivedAfterAll });
        }
        let check = self.visit_check(message)?;
        Ok(known.asked(message, &Moment { visit: check, tried: &[], now: self.now }, |question| recheck(question, route, message.form)))
    }

    /// A held message whose time has come, or that a person has released: the gate decides anew.
    pub(crate) fn decide_again(&mut self, message: Outbound) -> Result<Outbound, ActError> {
        let before = message.version;
        let followed = self.followed(&message)?;
        if self.is_needless(&message, &followed)? {
            let (message, what) = message.take_back(self.now);
            store::outbound::change(self.tx, &message, before)?;
            self.happened(message.clinic, message.patient, what);
            return Ok(message);
        }
        let known = self.known(&message, History::Counts)?;
        let check = self.visit_check(&message)?;
        let tried = if followed.is_empty() { known.tried_by(&message) } else { contacts(&followed) };
        let (verdict, patience) = known.decided(&message, &Moment { visit: check, tried: &tried, now: self.now });
        let task = matches!(verdict, Verdict::Task { .. });
        let (message, what) = Outbound { patience, ..message }.settle(verdict, self.now)?;
        store::outbound::change(self.tx, &message, before)?;
        self.happened(message.clinic, message.patient, what);
        if task {
            self.task_instead(&message)?;
        }
        Ok(message)
    }

    pub(crate) fn visit_check(&mut self, message: &Outbound) -> Result<VisitCheck, ActError> {
        if let Cause::Run { run, .. } = &message.cause
            && store::runs::is_stopped(self.tx, *run)?
        {
            return Ok(VisitCheck::Changed);
        }
        let Some(pin) = message.visit else { return Ok(VisitCheck::NoVisit) };
        let visit = store::visits::find(self.tx, pin.visit)?;
        let same = visit.is_some_and(|visit| visit.version == pin.version || visit.state.takes_time());
        Ok(if same { VisitCheck::Unchanged } else { VisitCheck::Changed })
    }

    pub(crate) fn known(&mut self, message: &Outbound, history: History) -> Result<Known, ActError> {
        let mut clinic = store::clinics::shared_clinic(self.tx, message.clinic)?;
        if clinic.is_none() {
            return Err(ActError::not_found());
        }
        if sown(Fault::NaiveLocalTime) {
            clinic = Rc::new(clinic.as_ref().clone().map(|clinic| Clinic { zone: Zone::utc(), ..clinic }));
        }
        let conversation = store::conversations::find(self.tx, message.conversation)?.ok_or_else(ActError::not_found)?;
        let ladder = match history {
            History::Counts => store::ladders::of_clinic(self.tx, message.clinic)?,
            History::Settled => Rc::default(),
        };
        let history = match history {
            History::Counts => store::outbound::since(self.tx, conversation.id, self.now - MEMORY)?,
            History::Settled => Vec::new(),
        };
        // what it repeats on another rung is no repeat, and counts once for the day
        let same: Vec<MessageId> = self.followed(message)?.iter().map(|followed| followed.id).chain([message.id]).collect();
        let history = history.into_iter().filter(|past| !same.contains(&past.id)).collect();
        let reaches = self.reaches(message.clinic)?;
        let who = match &conversation.with {
            Counterpart::Patient(id) => Who::Patient(Box::new(facts::card(self.tx, (*id, message.patient.unwrap_or(*id)))?)),
            Counterpart::Unknown { address, .. } => {
                let last = store::conversations::inbound_of(self.tx, conversation.id, store::conversations::NEWEST, 1)?.pop();
                let (account, wrote_at) = if let Some(last) = last {
                    (last.account, last.received_at)
                } else {
                    // whoever has only called is written to over the account that reaches their number
                    let reach = reaches.iter().find(|reach| reach.channel.reaches(address)).ok_or_else(ActError::not_found)?;
                    (reach.account, conversation.last_message_at)
                };
                Who::Stranger { address: address.clone(), account, wrote_at }
            }
        };
        let (reaches, filled) = self.with_approved_texts(message, reaches, (clinic.as_ref().as_ref(), &who))?;
        Ok(Known { clinic, who, reaches, filled, history, ladder })
    }

    /// Whether any account of a clinic writes to such an address.
    pub(crate) fn writes_to(&mut self, clinic: ClinicId, address: &Address) -> Result<bool, ActError> {
        Ok(self.reaches(clinic)?.iter().any(|reach| reach.channel.reaches(address)))
    }

    pub(crate) fn reaches(&mut self, clinic: ClinicId) -> Result<Rc<Vec<Reach>>, ActError> {
        reaches(self.tx, clinic)
    }
}

/// The accounts over which a clinic speaks, as the gate knows them.
pub(crate) fn reaches(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<Rc<Vec<Reach>>, ActError> {
    let connected = connected::all(tx)?;
    let prices = store::ladders::prices(tx)?;
    let of_the_clinic = |known: &&Connected| {
        known.account.clinic == clinic && known.account.state == AccountState::On
        // over the telephone nothing is written
        && known.connector.card().means == Means::Words
    };
    let question = ["reaches".into(), Value::text(clinic)];
    Ok(store::accounts::infer(tx, &question, |mut all| {
        all.retain(|account| connected.get(&account.id).is_some_and(|known| of_the_clinic(&known)));
        // in their own order: the first of equals is chosen
        let known = all.iter().filter_map(|account| connected.get(&account.id));
        known.map(|known| reach(known, prices.get(&known.account.id))).collect()
    })?)
}

impl Known {
    pub(crate) fn clinic(&self) -> &Clinic {
        self.clinic.as_ref().as_ref().expect("nothing is known of a message without its clinic")
    }

    /// The approved text by which an account says it.
    pub(crate) fn filled(&self, account: AccountId) -> Option<&Filled> {
        self.filled.get(&account)
    }

    /// Said on a further rung while the first saying stands: for the patient's day both are one message.
    fn is_repeated(&self, said: &Outbound) -> bool {
        let stands = |first: MessageId| self.history.iter().any(|other| other.id == first && other.past().is_some());
        said.follows.is_some_and(stands)
    }

    /// What the gate says, and how long the message may wait there for word of its delivery.
    pub(crate) fn decided(&self, message: &Outbound, moment: &Moment<'_>) -> (Verdict, Option<u32>) {
        self.asked(message, moment, |question| {
            let verdict = decide(question);
            let patience = match &verdict {
                Verdict::Allow { route, .. } => patience(question, route),
                Verdict::Hold { .. } | Verdict::Suppress { .. } | Verdict::Task { .. } => None,
            };
            (verdict, patience)
        })
    }

    /// How long it may wait to leave while its account is out of order.
    pub(crate) fn unsent_patience(&self, message: &Outbound, moment: &Moment<'_>) -> Option<u32> {
        let route = message.route.as_ref()?;
        self.asked(message, moment, |question| unsent_patience(question, route))
    }

    /// By the list of the account over which it goes.
    pub(crate) fn cost(&self, message: &Outbound, parts: impl FnOnce() -> u32) -> Option<Cost> {
        let route = message.route.as_ref()?;
        let tariff = &self.reaches.iter().find(|reach| reach.account == route.account)?.tariff;
        let parts = match tariff {
            Tariff::Free => return None,
            Tariff::PerMessage(prices) | Tariff::PerSegment(prices) if prices.is_empty() => return None,
            Tariff::PerMessage(_) => 1,
            Tariff::PerSegment(_) => parts(),
        };
        tariff.cost(&Priced { to: &route.to, kind: Kind::of(message.form, message.purpose), parts })
    }

    /// Where the run of a message that asks on the next channel has asked before. Only such messages say nothing new.
    fn tried_by(&self, message: &Outbound) -> Vec<ContactPointId> {
        let Cause::Run { run, .. } = &message.cause else { return Vec::new() };
        if message.rank >= Rank::Reply || !message.says.is_empty() {
            return Vec::new();
        }
        let of_run = |past: &&Outbound| matches!(&past.cause, Cause::Run { run: other, .. } if other == run);
        self.history.iter().filter(of_run).filter_map(|past| past.route.as_ref()?.contact).collect()
    }

    /// Somebody else has read it: to the patient it was not said.
    fn went_astray(&self, past: &Outbound) -> bool {
        let (Who::Patient(card), Some(contact)) = (&self.who, past.route.as_ref().and_then(|route| route.contact)) else { return false };
        card.contacts.iter().any(|known| known.id == contact && matches!(known.state, ContactState::NotTheirs { .. }))
    }

    fn asked<R>(&self, message: &Outbound, moment: &Moment<'_>, ask: impl FnOnce(&Question<'_>) -> R) -> R {
        let counts = |said: &&Outbound| !self.went_astray(said) && !self.is_repeated(said);
        let history: Vec<Past<'_>> = self.history.iter().filter(counts).filter_map(Outbound::past).collect();
        let (whom, consents) = match &self.who {
            Who::Patient(card) => {
                (Whom::Patient { recipient: &card.reader, about: card.about(), contacts: &card.contacts }, card.consents.as_slice())
            }
            Who::Stranger { address, account, wrote_at } => {
                (Whom::Stranger { address, account: *account, wrote_at: *wrote_at }, [].as_slice())
            }
        };
        ask(&Question {
            wish: message.wish(moment.visit),
            whom,
            consents: Ledger(consents),
            complaint: Complaint::NoneOpen,
            clinic: self.clinic(),
            reaches: &self.reaches,
            ladder: &self.ladder.ladder,
            tried: moment.tried,
            history: &history,
            now: moment.now,
        })
    }
}

/// What the gate needs to know of a connected account, from the channel's card.
fn reach(Connected { account, connector, .. }: &Connected, prices: Option<&Arc<Prices>>) -> Reach {
    let card = connector.card();
    let prices = || prices.cloned().unwrap_or_default();
    let tariff = match card.cost {
        channels::Cost::Free => Tariff::Free,
        channels::Cost::PerMessage => Tariff::PerMessage(prices()),
        channels::Cost::PerSegment => Tariff::PerSegment(prices()),
    };
    let reports = match card.receipts {
        Receipts::None | Receipts::SometimesDelivered => Reports::Nothing,
        Receipts::Delivered | Receipts::DeliveredAndRead => Reports::Delivery,
    };
    let disclosure = match card.disclosure {
        channels::Disclosure::Verified => Disclosure::AfterProof,
        channels::Disclosure::LockScreen | channels::Disclosure::Account => Disclosure::LockScreen,
    };
    let (channel, account) = (account.channel, account.id);
    // whether a text was approved depends on what is to be said
    let approval = Approval::Missing;
    Reach { channel, account, tariff, reports, disclosure, window: card.window, approval, budget: Budget::Left }
}
