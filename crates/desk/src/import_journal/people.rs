//! Patients of a file: found by key, else by name with phone or e-mail; added; or filled up where something was missing.

use kernel::{Address, ConsentId, ContactPointId, PatientId, PersonName, search_key};

use clinic::clinics::Clinic;
use clinic::consents::{Answer, Consent, Purpose};
use clinic::happenings::Happening;
use clinic::patients::{Bots, ContactPoint, NewPatient, Patient, Standing, Sureness};

use super::Did;
use crate::import::{ImportedPatient, Marketing, is_made_key};
use crate::{Act, ActError};

/// Under which words an agreement that another program kept is entered.
const WORDING: &str = "import";

pub(super) fn take(act: &mut Act<'_, '_>, clinic: &Clinic, row: &ImportedPatient, line: u64) -> Result<(PatientId, Did), ActError> {
    let guardian = match &row.guardian {
        Some(guardian) => {
            let phone = Address::phone(&guardian.phone);
            let person = Person { key: &guardian.key, name: &guardian.name, addresses: &[phone], born_on: None, note: "" };
            Some(person.take(act, clinic, None)?.0)
        }
        None => None,
    };
    let addresses: Vec<Address> = row.phone.as_ref().map(Address::phone).into_iter().chain(row.email.clone()).collect();
    let person = Person { key: &row.key, name: &row.name, addresses: &addresses, born_on: row.born_on, note: &row.note };
    let (patient, mut did) = person.take(act, clinic, row.locale)?;
    if let Some(guardian) = guardian.filter(|guardian| *guardian != patient) {
        did = did.and(entrust(act, patient, guardian)?);
    }
    if row.marketing == Some(Marketing::Agreed) {
        did = did.and(agree(act, clinic, patient, line)?);
    }
    Ok((patient, did))
}

impl Did {
    /// The greater of two.
    pub(super) fn and(self, other: Self) -> Self {
        match (self, other) {
            (Self::Nothing, other) => other,
            (first, _) => first,
        }
    }
}

struct Person<'a> {
    key: &'a str,
    name: &'a PersonName,
    addresses: &'a [Address],
    born_on: Option<kernel::Date>,
    note: &'a str,
}

impl Person<'_> {
    fn take(&self, act: &mut Act<'_, '_>, clinic: &Clinic, locale: Option<kernel::Locale>) -> Result<(PatientId, Did), ActError> {
        let (patient, did) = match self.found(act, clinic)? {
            Some(patient) => {
                let id = patient.id;
                (id, self.fill(act, patient)?)
            }
            None => (self.add(act, clinic, locale)?, Did::Added),
        };
        let mut did = did;
        for address in self.addresses {
            did = did.and(reach(act, clinic, patient, address)?);
        }
        Ok((patient, did))
    }

    fn found(&self, act: &mut Act<'_, '_>, clinic: &Clinic) -> Result<Option<Patient>, ActError> {
        if let Some(patient) = store::patients::by_external_key(act.tx, clinic.id, self.key)? {
            return Ok(Some(patient));
        }
        let wanted = name_key(self.name);
        for address in self.addresses {
            for contact in store::patients::contacts_at(act.tx, address)? {
                let Some(patient) = store::patients::find(act.tx, contact.patient)? else { continue };
                // Two keys of one program are two people, whatever they share.
                let other_key = patient.external_key.as_deref().is_some_and(|key| !is_made_key(key)) && !is_made_key(self.key);
                if patient.clinic == clinic.id && !other_key && name_key(&patient.name) == wanted {
                    return Ok(Some(patient));
                }
            }
        }
        Ok(None)
    }

    /// What the desk has written stays; only what is missing is filled in.
    fn fill(&self, act: &mut Act<'_, '_>, patient: Patient) -> Result<Did, ActError> {
        let mut card = patient.card();
        card.born_on = card.born_on.or(self.born_on);
        if card.note.is_empty() {
            self.note.clone_into(&mut card.note);
        }
        if card.external_key.as_deref().is_none_or(|key| is_made_key(key) && !is_made_key(self.key)) {
            card.external_key = Some(self.key.to_owned());
        }
        let (clinic, id) = (patient.clinic, patient.id);
        let (patient, what) = patient.rewrite(card, act.by, act.now)?;
        if what.is_empty() {
            return Ok(Did::Nothing);
        }
        store::patients::save(act.tx, &patient)?;
        act.happened(clinic, Some(id), what);
        Ok(Did::Changed)
    }

    fn add(&self, act: &mut Act<'_, '_>, clinic: &Clinic, locale: Option<kernel::Locale>) -> Result<PatientId, ActError> {
        let id = PatientId::new(act.now, &mut act.chance);
        let card = NewPatient {
            clinic: clinic.id,
            name: self.name.clone(),
            locale: locale.unwrap_or(clinic.locale),
            born_on: self.born_on,
            guardian: None,
            zone: None,
            preferred_channel: None,
            bots: Bots::Welcome,
            standing: Standing::Patient,
            note: self.note.to_owned(),
            external_key: Some(self.key.to_owned()),
        };
        let (patient, what) = Patient::new(card, id, act.now)?;
        store::patients::save(act.tx, &patient)?;
        act.happened(clinic.id, Some(id), what);
        Ok(id)
    }
}

/// One more way to reach them. An address that others have too is known to be shared; one of their guardian's or
/// ward's need not be written twice.
fn reach(act: &mut Act<'_, '_>, clinic: &Clinic, patient: PatientId, address: &Address) -> Result<Did, ActError> {
    let holders = store::patients::contacts_at(act.tx, address)?;
    if holders.iter().any(|contact| contact.patient == patient) {
        return Ok(Did::Nothing);
    }
    let guardian = store::patients::find(act.tx, patient)?.and_then(|patient| patient.guardian);
    if holders.iter().any(|contact| Some(contact.patient) == guardian) {
        return Ok(Did::Nothing);
    }
    let wards = store::patients::wards(act.tx, patient)?;
    let shared = holders.iter().any(|contact| !wards.contains(&contact.patient));
    let sureness = if shared { Sureness::Shared } else { Sureness::Unverified };
    let id = ContactPointId::new(act.now, &mut act.chance);
    let (contact, what) = ContactPoint::new(id, patient, address.clone(), sureness, act.now);
    store::patients::save_contact(act.tx, &contact)?;
    act.happened(clinic.id, Some(patient), what);
    if shared {
        for holder in holders {
            let whose = holder.patient;
            let (holder, what) = holder.mark_shared();
            if !what.is_empty() {
                store::patients::save_contact(act.tx, &holder)?;
                act.happened(clinic.id, Some(whose), what);
            }
        }
    }
    Ok(Did::Changed)
}

fn name_key(name: &PersonName) -> Vec<String> {
    let mut words = search_key::words(&format!("{} {}", name.given(), name.family()));
    words.sort();
    words
}

/// A guardian whom the desk has entered stays.
fn entrust(act: &mut Act<'_, '_>, patient: PatientId, guardian: PatientId) -> Result<Did, ActError> {
    let Some(patient) = store::patients::find(act.tx, patient)?.filter(|patient| patient.guardian.is_none()) else {
        return Ok(Did::Nothing);
    };
    let card = NewPatient { guardian: Some(guardian), ..patient.card() };
    let (clinic, id) = (patient.clinic, patient.id);
    let (patient, what) = patient.rewrite(card, act.by, act.now)?;
    store::patients::save(act.tx, &patient)?;
    act.happened(clinic, Some(id), what);
    Ok(Did::Changed)
}

/// Entered once: what the patient has said since then, here, is not undone by an older list.
fn agree(act: &mut Act<'_, '_>, clinic: &Clinic, patient: PatientId, line: u64) -> Result<Did, ActError> {
    let said = store::patients::consents(act.tx, patient)?;
    if said.iter().any(|consent| consent.purpose == Purpose::Marketing) {
        return Ok(Did::Nothing);
    }
    let answer = Answer {
        patient,
        purpose: Purpose::Marketing,
        channel: None,
        wording: WORDING.to_owned(),
        locale: clinic.locale,
        proof: format!("import, line {line}"),
    };
    let id = ConsentId::new(act.now, &mut act.chance);
    let (consent, what): (Consent, Vec<Happening>) = Consent::give(&answer, id, act.by, act.through, act.now)?;
    store::patients::save_consent(act.tx, &consent)?;
    act.happened(clinic.id, Some(patient), what);
    Ok(Did::Changed)
}
