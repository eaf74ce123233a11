//! A number that is somebody else's by now is noticed, and taken off the patient's card: nothing goes there any more, whoever
//! writes from there is a stranger, what was asked there is asked elsewhere, and a person finds the new number.

use std::collections::HashSet;

use kernel::{Address, ContactPointId};

use clinic::actors::Channel;
use clinic::conversations::Cause;
use clinic::outbox::{Failure, Outbound, OutboundState};
use clinic::patients::{ContactPoint, Doubt, NotTheirs, Patient, Sign, Verdict, same_number, weigh};
use clinic::tasks::{NewTask, TaskKind};
use store::conversations::NEWEST;

use super::facts;
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
        let sent = store::outbound::of_conversation(self.tx, failed.conversation, NEWEST, LOOKED_AT)?;
        let there = sent.iter().filter(|message| message.route.as_ref().is_some_and(|other| other.to == route.to));
        let in_a_row = there.take_while(|message| !reached(&message.state)).filter_map(|message| match &message.state {
            OutboundState::Failed { failure: Failure::Permanent(_), at } => Some(*at),
            _ => None,
        });
        let failures: Vec<_> = in_a_row.collect();
        let (Some(newest), Some(oldest)) = (failures.first(), failures.last()) else { return Ok(()) };
        for contact in store::patients::contacts_at(self.tx, &route.to)? {
            if contact.last_inbound_at.is_none_or(|heard| heard < *oldest) {
                self.notice(&contact, Sign::NobodyThere { times: failures.len(), over: newest.since(*oldest) })?;
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

fn reached(state: &OutboundState) -> bool {
    matches!(state, OutboundState::Accepted { .. } | OutboundState::Delivered { .. } | OutboundState::Read { .. })
}

fn is_about_a_number(reason: &str) -> bool {
    reason == FIND_THE_NEW_ONE || Doubt::ALL.iter().any(|doubt| doubt.key() == reason)
}
