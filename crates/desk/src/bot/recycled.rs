//! A number that is somebody else's by now is noticed, and taken off the patient's card: nothing goes there any more, whoever
//! writes from there is a stranger, what was asked there is asked elsewhere, and a person finds the new number.

use std::collections::HashSet;
use std::time::Duration;

use kernel::{Address, ContactPointId, MessageId, Timestamp};

use clinic::actors::Channel;
use clinic::conversations::{Button, Cause, Content, Press};
use clinic::outbox::{Failure, Outbound, OutboundState};
use clinic::patients::{ContactPoint, Doubt, NotTheirs, Patient, Sign, Verdict, WAY_OUT, offers_a_way_out, same_number, weigh};
use clinic::tasks::{NewTask, TaskKind};
use clinic::texts::Phrasebook;
use store::conversations::NEWEST;

use super::facts;
use super::gating::Who;
use crate::{Act, ActError};

/// How far back a thread is looked at for what was sent somewhere.
const LOOKED_AT: u32 = 50;
const FIND_THE_NEW_ONE: &str = "task-reason-number-not-theirs";

impl Act<'_, '_> {
    /// Whoever reads there says that they are somebody else.
    pub(super) fn wrong_person(&mut self, address: &Address) -> Result<(), ActError> {
        for contact in store::patients::contacts_at(self.tx, address)? {
            self.notice(&contact, Sign::WrongPerson)?;
        }
        Ok(())
    }

    /// One choice more under what the bot says, where somebody else may read it.
    pub(super) fn with_a_way_out(&mut self, message: Outbound, who: &Who) -> Result<Outbound, ActError> {
        let (Who::Patient(card), Cause::Run { .. }, Some(route)) = (who, &message.cause, &message.route) else { return Ok(message) };
        let contact = card.contacts.iter().find(|contact| route.contact == Some(contact.id));
        let (Some(contact), Some(buttons)) = (contact, channels::connector(route.channel).and_then(|channel| channel.card().buttons))
        else {
            return Ok(message);
        };
        // most are proven, and of them nobody asks what was said before
        if !offers_a_way_out(contact, None, self.now) || offers(&message) {
            return Ok(message);
        }
        let said = store::outbound::of_conversation(self.tx, message.conversation, NEWEST, LOOKED_AT)?;
        let there = |said: &&Outbound| offers(said) && said.route.as_ref().is_some_and(|route| route.contact == Some(contact.id));
        if !offers_a_way_out(contact, said.iter().find(there).map(|said| said.created_at), self.now) {
            return Ok(message);
        }
        let label = Phrasebook::of(card.reader.locale).say_plain(&format!("button-{WAY_OUT}"), &[]);
        let way_out = Button { label, press: Press::Answer(format!("{}.{WAY_OUT}", message.id)) };
        let with: Vec<Button> = message.content.buttons.iter().cloned().chain([way_out]).collect();
        // what the channel cannot show beside the others is left out
        if buttons.check(&with).is_err() {
            return Ok(message);
        }
        let content = Content { buttons: with, ..message.content };
        Ok(Outbound { content, ..message })
    }

    /// A tap on that choice, under a message of this reader's own thread.
    pub(super) fn takes_the_way_out(&mut self, reader: &Patient, data: &str) -> Result<bool, ActError> {
        let Some((message, WAY_OUT)) = data.split_once('.') else { return Ok(false) };
        let Ok(message) = message.parse::<MessageId>() else { return Ok(false) };
        let Some(message) = store::outbound::find(self.tx, message)? else { return Ok(false) };
        Ok(store::conversations::of_patient(self.tx, reader.id)?.is_some_and(|own| own.id == message.conversation))
    }

    /// What a sign asks for. True: it is doubted whose it is.
    pub(super) fn notice(&mut self, contact: &ContactPoint, sign: Sign<'_>) -> Result<bool, ActError> {
        match weigh(contact.sureness, sign) {
            Verdict::Theirs => Ok(false),
            Verdict::TakeOff(why) => self.take_off(contact, why).map(|()| true),
            Verdict::Ask(doubt) => {
                let patient = facts::patient(self.tx, contact.patient)?;
                if self.ask_a_person(&patient, doubt.key())? {
                    let (contact, what) = contact.clone().doubt();
                    store::patients::change_contact(self.tx, &contact)?;
                    self.happened(patient.clinic, Some(patient.id), what);
                }
                Ok(true)
            }
        }
    }

    /// A message could not be brought there because there is nobody.
    pub(crate) fn nobody_there(&mut self, failed: &Outbound) -> Result<(), ActError> {
        let Some(route) = &failed.route else { return Ok(()) };
        // a mailbox that is gone is gone; a telephone that is switched off may say the same
        if route.channel == Channel::Email {
            return self.contact_blocked(&route.to);
        }
        let failures = self.failures_in_a_row(failed, &route.to)?;
        self.notice_failures(&route.to, &failures, |times, over| Sign::NobodyThere { times, over })
    }

    /// A message could not be brought there, for whatever else: a telephone that is switched off for months, a mailbox that is full.
    pub(crate) fn keeps_failing(&mut self, failed: &Outbound) -> Result<(), ActError> {
        let Some(route) = &failed.route else { return Ok(()) };
        let failures = self.failures_in_a_row(failed, &route.to)?;
        let Some(oldest) = failures.last() else { return Ok(()) };
        // while nothing goes through the account, it is no sign of anybody's number
        if !store::outbound::is_taken_since(self.tx, route.account, *oldest)? {
            return Ok(());
        }
        self.notice_failures(&route.to, &failures, |times, over| Sign::KeepsFailing { times, over })
    }

    /// When messages there have failed for good, the newest first, since one was brought. Whoever has blocked us reads there.
    fn failures_in_a_row(&mut self, failed: &Outbound, to: &Address) -> Result<Vec<Timestamp>, ActError> {
        let sent = store::outbound::of_conversation(self.tx, failed.conversation, NEWEST, LOOKED_AT)?;
        let there = sent.iter().filter(|message| message.route.as_ref().is_some_and(|other| other.to == *to));
        let in_a_row = there.take_while(|message| !reached(&message.state)).filter_map(|message| match &message.state {
            OutboundState::Failed { failure: Failure::Permanent(_) | Failure::Exhausted, at } => Some(*at),
            _ => None,
        });
        Ok(in_a_row.collect())
    }

    fn notice_failures(
        &mut self,
        to: &Address,
        failures: &[Timestamp],
        sign: impl Fn(usize, Duration) -> Sign<'static>,
    ) -> Result<(), ActError> {
        let (Some(newest), Some(oldest)) = (failures.first(), failures.last()) else { return Ok(()) };
        for contact in store::patients::contacts_at(self.tx, to)? {
            if contact.last_inbound_at.is_none_or(|heard| heard < *oldest) {
                self.notice(&contact, sign(failures.len(), newest.since(*oldest)))?;
            }
        }
        Ok(())
    }

    /// With it goes the account at a messenger that goes by the same number.
    pub(crate) fn take_off(&mut self, contact: &ContactPoint, why: NotTheirs) -> Result<(), ActError> {
        let patient = facts::patient(self.tx, contact.patient)?;
        let mut gone = HashSet::new();
        for other in store::patients::contacts(self.tx, patient.id)? {
            if same_number(&other.address, &contact.address) {
                let (other, what) = other.take_off(why, self.now);
                if !what.is_empty() {
                    store::patients::change_contact(self.tx, &other)?;
                    self.happened(patient.clinic, Some(patient.id), what);
                    gone.insert(other.id);
                }
            }
        }
        if gone.is_empty() {
            return Ok(());
        }
        self.ask_elsewhere(&patient, &gone)?;
        self.ask_a_person(&patient, FIND_THE_NEW_ONE).map(drop)
    }

    /// It is the patient's after all, or it is proven: nobody has to find out any more.
    pub(crate) fn is_theirs(&mut self, contact: &ContactPoint) -> Result<(), ActError> {
        let patient = facts::patient(self.tx, contact.patient)?;
        let reader = facts::recipient(self.tx, &patient)?;
        let Some(conversation) = store::conversations::of_patient(self.tx, reader.id)? else { return Ok(()) };
        for task in store::tasks::open_of_conversation(self.tx, conversation.id)? {
            if task.patient == Some(patient.id) && is_about_a_number(&task.reason) {
                let (task, what) = task.void(self.now);
                store::tasks::save(self.tx, &task)?;
                self.happened(task.clinic, task.patient, what);
            }
        }
        Ok(())
    }

    /// What open runs have said there last was not said to the patient.
    fn ask_elsewhere(&mut self, patient: &Patient, gone: &HashSet<ContactPointId>) -> Result<(), ActError> {
        let reader = facts::recipient(self.tx, patient)?;
        let Some(conversation) = store::conversations::of_patient(self.tx, reader.id)? else { return Ok(()) };
        let mut runs = HashSet::new();
        for message in store::outbound::of_conversation(self.tx, conversation.id, NEWEST, LOOKED_AT)? {
            let Cause::Run { run, .. } = &message.cause else { continue };
            let is_newest = runs.insert(*run);
            let went_there = message.route.as_ref().and_then(|route| route.contact).is_some_and(|contact| gone.contains(&contact));
            let is_said = reached(&message.state) || matches!(message.state, OutboundState::Queued { .. });
            if is_newest && went_there && is_said && store::runs::find(self.tx, *run)?.is_some_and(|kept| kept.run.is_open()) {
                self.say_elsewhere(&message)?;
            }
        }
        Ok(())
    }

    /// Once: false if somebody is to find out already.
    fn ask_a_person(&mut self, patient: &Patient, reason: &str) -> Result<bool, ActError> {
        let reader = facts::recipient(self.tx, patient)?;
        let conversation = self.conversation_with(&reader)?;
        let open = store::tasks::open_of_conversation(self.tx, conversation.id)?;
        if open.iter().any(|task| task.patient == Some(patient.id) && task.reason == reason) {
            return Ok(false);
        }
        self.open(NewTask {
            clinic: patient.clinic,
            kind: TaskKind::Decide,
            patient: Some(patient.id),
            visit: None,
            conversation: Some(conversation.id),
            run: None,
            reason: reason.to_owned(),
            due_at: self.now,
            tries: 0,
        })?;
        Ok(true)
    }
}

fn offers(message: &Outbound) -> bool {
    let brings = |button: &Button| matches!(&button.press, Press::Answer(data) if data.ends_with(&format!(".{WAY_OUT}")));
    message.content.buttons.iter().any(brings)
}

fn reached(state: &OutboundState) -> bool {
    matches!(state, OutboundState::Accepted { .. } | OutboundState::Delivered { .. } | OutboundState::Read { .. })
}

fn is_about_a_number(reason: &str) -> bool {
    reason == FIND_THE_NEW_ONE || Doubt::ALL.iter().any(|doubt| doubt.key() == reason)
}
