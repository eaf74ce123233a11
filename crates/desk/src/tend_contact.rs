//! Where a patient can be reached: a number or address is added, proven, known to be shared, or no longer to be used.

use kernel::{Address, ContactPointId, PatientId, Phone, Refusal, Scheme};

use clinic::actors::{Actor, Origin};
use clinic::clinics::Clinic;
use clinic::patients::{ContactPoint, NotTheirs, Sureness};
use clinic::staff::Right;

use crate::bot::facts;
use crate::{Act, ActError, Desk};

/// What the desk has learned about a contact point.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ContactNews {
    /// The patient has shown that it is theirs.
    Verified,
    Shared,
    /// The patient does not want to be written to here.
    OptedOut,
    /// Somebody else reads there.
    NotTheirs,
    /// That was a slip: it is theirs.
    Theirs,
}

/// Adds a phone number or a mail address as it was typed. One that is on the card already stays as it is; one that was taken off is
/// theirs again.
pub async fn add_contact(desk: &Desk, by: Actor, patient: PatientId, typed: String) -> Result<ContactPoint, ActError> {
    by.may(Right::ChangePatients)?;
    desk.act(by, Origin::Desk, move |act| {
        let patient = facts::patient(act.tx, patient)?;
        let clinic = facts::clinic(act.tx, patient.clinic)?;
        let address = address_of(&typed, &clinic)?;
        let contacts = store::patients::contacts(act.tx, patient.id)?;
        if let Some(known) = contacts.into_iter().find(|contact| contact.address == address) {
            return act.give_back(known);
        }
        let id = ContactPointId::new(act.now, &mut act.chance);
        let (contact, what) = ContactPoint::new(id, patient.id, address, Sureness::Unverified, act.now);
        store::patients::save_contact(act.tx, &contact)?;
        act.happened(patient.clinic, Some(patient.id), what);
        Ok(contact)
    })
    .await
}

/// Writes down what the patient has said or shown about it.
pub async fn tend_contact(desk: &Desk, by: Actor, contact: ContactPointId, news: ContactNews) -> Result<ContactPoint, ActError> {
    by.may(Right::ChangePatients)?;
    desk.act(by, Origin::Desk, move |act| {
        let contact = store::patients::contact(act.tx, contact)?.ok_or_else(ActError::not_found)?;
        let clinic = facts::patient(act.tx, contact.patient)?.clinic;
        if matches!(news, ContactNews::Verified | ContactNews::Theirs) {
            act.is_theirs(&contact)?;
        }
        let (contact, what) = match news {
            ContactNews::NotTheirs => {
                act.take_off(&contact, NotTheirs::ToldAtDesk)?;
                return store::patients::contact(act.tx, contact.id)?.ok_or_else(ActError::not_found);
            }
            ContactNews::Theirs => return act.give_back(contact),
            ContactNews::Verified => contact.verify(),
            ContactNews::Shared => contact.mark_shared(),
            ContactNews::OptedOut => contact.opt_out(act.now),
        };
        store::patients::save_contact(act.tx, &contact)?;
        act.happened(clinic, Some(contact.patient), what);
        Ok(contact)
    })
    .await
}

impl Act<'_, '_> {
    /// Somebody at the desk knows that it is the patient's after all.
    pub(crate) fn give_back(&mut self, contact: ContactPoint) -> Result<ContactPoint, ActError> {
        let (contact, what) = contact.give_back();
        if !what.is_empty() {
            self.is_theirs(&contact)?;
            store::patients::change_contact(self.tx, &contact)?;
            let clinic = facts::patient(self.tx, contact.patient)?.clinic;
            self.happened(clinic, Some(contact.patient), what);
        }
        Ok(contact)
    }
}

fn address_of(typed: &str, clinic: &Clinic) -> Result<Address, Refusal> {
    let typed = typed.trim();
    if typed.contains('@') {
        return Address::new(Scheme::Mailto, typed).map_err(|_| Refusal::new("contact.mail").at("address"));
    }
    let phone = Phone::parse(typed, &clinic.region).map_err(|_| Refusal::new("phone.unknown").at("address"))?;
    Ok(Address::phone(&phone))
}
