//! Somebody at the desk says whose thread an unknown sender's is.

use kernel::{ContactPointId, ConversationId, PatientId, Refusal};

use clinic::actors::{Actor, Origin};
use clinic::conversations::Counterpart;
use clinic::patients::{ContactPoint, Sureness};
use clinic::staff::Right;

use crate::bot::facts;
use crate::{ActError, Desk};

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
        let Counterpart::Unknown { address, .. } = &unknown.with else {
            return match &unknown.with {
                Counterpart::Patient(known) if *known == patient.id => Ok(unknown.id),
                _ => Err(Refusal::new("conversation.already-known").into()),
            };
        };
        let known = store::patients::contacts(act.tx, patient.id)?.into_iter().any(|contact| contact.address == *address);
        if !known {
            let id = ContactPointId::new(act.now, &mut act.chance);
            let (contact, what) = ContactPoint::new(id, patient.id, address.clone(), Sureness::Unverified, act.now);
            let (contact, heard) = contact.hear(unknown.last_message_at);
            store::patients::save_contact(act.tx, &contact)?;
            act.happened(patient.clinic, Some(patient.id), what.into_iter().chain(heard));
        }
        Ok(act.join_threads(unknown, patient.id)?.id)
    })
    .await
}
