//! Opens and rewrites a patient's card.

use kernel::PatientId;

use clinic::actors::{Actor, Origin};
use clinic::patients::{NewPatient, Patient};
use clinic::staff::Right;
use kernel::Refusal;

use crate::bot::facts;
use crate::{Act, ActError, Desk};

/// A new card.
pub async fn add_patient(desk: &Desk, by: Actor, card: NewPatient) -> Result<Patient, ActError> {
    by.may(Right::ChangePatients)?;
    desk.act(by, Origin::Desk, move |act| {
        facts::clinic(act.tx, card.clinic)?;
        act.expect_guardian(&card)?;
        let id = PatientId::new(act.now, &mut act.chance);
        let (patient, what) = Patient::new(card.clone(), id, act.now)?;
        store::patients::save(act.tx, &patient)?;
        act.happened(patient.clinic, Some(patient.id), what);
        Ok(patient)
    })
    .await
}

/// The card as the form says; nothing happens where nothing differs.
pub async fn change_patient(desk: &Desk, by: Actor, patient: PatientId, card: NewPatient) -> Result<Patient, ActError> {
    desk.act(by, Origin::Desk, move |act| {
        let before = facts::patient(act.tx, patient)?;
        act.expect_guardian(&card)?;
        let (patient, what) = before.rewrite(card.clone(), by, act.now)?;
        if !what.is_empty() {
            store::patients::save(act.tx, &patient)?;
        }
        act.happened(patient.clinic, Some(patient.id), what);
        Ok(patient)
    })
    .await
}

impl Act<'_, '_> {
    /// Somebody who has a card here, and for whom nobody else speaks: a message goes one step, not round in a circle.
    fn expect_guardian(&mut self, card: &NewPatient) -> Result<(), ActError> {
        let Some(guardian) = card.guardian else { return Ok(()) };
        let known = store::patients::find(self.tx, guardian)?.filter(|guardian| guardian.clinic == card.clinic);
        match known {
            None => Err(Refusal::new("patient.guardian-unknown").at("guardian").into()),
            Some(guardian) if guardian.guardian.is_some() => Err(Refusal::new("patient.guardian-has-guardian").at("guardian").into()),
            Some(_) => Ok(()),
        }
    }
}
