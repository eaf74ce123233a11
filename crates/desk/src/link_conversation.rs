//! Somebody at the desk says whose thread an unknown sender's is.

use kernel::{Address, ConsentId, ContactPointId, ConversationId, PatientId, Refusal, Scheme};

use clinic::actors::{Actor, Channel, Origin};
use clinic::consents::{self, Consent, Purpose};
use clinic::conversations::Counterpart;
use clinic::patients::{ContactPoint, Patient, Sureness};
use clinic::staff::Right;

use crate::bot::facts;
use crate::{Act, ActError, Desk};

/// The address goes onto the card, unproven: that somebody at the desk believes it is no proof. What was said before
/// becomes part of the patient's one thread, and whoever waited in it still waits.
pub async fn link_conversation(
    desk: &Desk,
    by: Actor,
    conversation: ConversationId,
    patient: PatientId,
) -> Result<ConversationId, ActError> {
    by.may(Right::ChangePatients)?;
    desk.act(by, Origin::Desk, move |act| {
        let unknown = store::conversations::find(act.tx, conversation)?.ok_or_else(ActError::not_found)?;
        let patient = facts::patient(act.tx, patient)?;
        let Counterpart::Unknown { address, .. } = unknown.with.clone() else {
            return match &unknown.with {
                Counterpart::Patient(known) if *known == patient.id => Ok(unknown.id),
                _ => Err(Refusal::new("conversation.already-known").into()),
            };
        };
        let known = store::patients::contacts(act.tx, patient.id)?.into_iter().find(|contact| contact.address == address);
        if let Some(known) = known {
            act.give_back(known)?;
        } else {
            let id = ContactPointId::new(act.now, &mut act.chance);
            let (contact, what) = ContactPoint::new(id, patient.id, address.clone(), Sureness::Unverified, act.now);
            let (contact, heard) = contact.hear(unknown.last_message_at);
            store::patients::save_contact(act.tx, &contact)?;
            act.happened(patient.clinic, Some(patient.id), what.into_iter().chain(heard));
        }
        act.keep_given_consents(&address, &patient)?;
        Ok(act.join_threads(unknown, patient.id)?.id)
    })
    .await
}

impl Act<'_, '_> {
    /// Who asked on the website to be called has agreed to words; now it is known whose ledger they belong to. They speak of
    /// that chat alone: an objection to other channels stands.
    fn keep_given_consents(&mut self, address: &Address, patient: &Patient) -> Result<(), ActError> {
        let Some(visitor) = Some(address).filter(|address| address.scheme() == Scheme::Web).and_then(|address| address.rest().parse().ok())
        else {
            return Ok(());
        };
        for asked in store::chat::callbacks_of(self.tx, visitor)? {
            let answer = consents::Answer {
                patient: patient.id,
                purpose: Purpose::Service,
                channel: Some(Channel::Web),
                wording: format!("{}: {}", asked.wording, asked.wording_said),
                locale: asked.locale,
                proof: asked.message.to_string(),
            };
            let id = ConsentId::new(self.now, &mut self.chance);
            let (consent, what) = Consent::give(&answer, id, self.by, Origin::Channel(Channel::Web), asked.consented_at)?;
            store::patients::save_consent(self.tx, &consent)?;
            self.happened(patient.clinic, Some(patient.id), what);
        }
        Ok(())
    }
}
