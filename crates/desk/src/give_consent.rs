//! Writes down a permission, or that it was taken back.

use kernel::{ConsentId, PatientId};

use clinic::actors::{Actor, Origin};
use clinic::consents::{Answer, Consent};

use crate::bot::facts;
use crate::{ActError, Desk};

/// The patient agrees: a new entry of the ledger, with what shows it.
pub async fn give_consent(desk: &Desk, by: Actor, answer: Answer) -> Result<Consent, ActError> {
    desk.act(by, Origin::Desk, move |act| {
        let clinic = facts::patient(act.tx, answer.patient)?.clinic;
        let id = ConsentId::new(act.now, &mut act.chance);
        let (consent, what) = Consent::give(&answer, id, by, Origin::Desk, act.now)?;
        store::patients::save_consent(act.tx, &consent)?;
        act.happened(clinic, Some(consent.patient), what);
        Ok(consent)
    })
    .await
}

/// The patient says no, to what was agreed before or to what nobody had asked for.
pub async fn refuse_consent(desk: &Desk, by: Actor, answer: Answer) -> Result<Consent, ActError> {
    desk.act(by, Origin::Desk, move |act| {
        let clinic = facts::patient(act.tx, answer.patient)?.clinic;
        let id = ConsentId::new(act.now, &mut act.chance);
        let (consent, what) = Consent::object(&answer, id, by, Origin::Desk, act.now)?;
        store::patients::save_consent(act.tx, &consent)?;
        act.happened(clinic, Some(consent.patient), what);
        Ok(consent)
    })
    .await
}

/// An entry of the ledger is taken back. A second time changes nothing.
pub async fn withdraw_consent(desk: &Desk, by: Actor, patient: PatientId, consent: ConsentId) -> Result<Consent, ActError> {
    desk.act(by, Origin::Desk, move |act| {
        let clinic = facts::patient(act.tx, patient)?.clinic;
        let known = store::patients::consents(act.tx, patient)?.into_iter().find(|known| known.id == consent);
        let (consent, what) = known.ok_or_else(ActError::not_found)?.withdraw(by, act.now)?;
        store::patients::save_consent(act.tx, &consent)?;
        act.happened(clinic, Some(patient), what);
        Ok(consent)
    })
    .await
}
