//! The cards of those whom a claim is about. An opt-out, a refusal or a death that is written down while a claim is under
//! way is not among what the claim has read; so the cards are read once more after its commit, and what is meant for
//! somebody whose card is another one now does not leave: the next claim asks the gate anew.

use std::collections::{BTreeMap, BTreeSet};

use kernel::PatientId;
use store::{StoreError, Tx};

use clinic::consents::Consent;
use clinic::patients::{ContactPoint, Patient};

pub type Cards = BTreeMap<PatientId, Card>;

/// Everything on it that the gate asks about.
#[derive(PartialEq)]
pub struct Card {
    patient: Option<Patient>,
    contacts: Vec<ContactPoint>,
    consents: Vec<Consent>,
}

pub fn read(tx: &mut Tx<'_>, people: &BTreeSet<PatientId>) -> Result<Cards, StoreError> {
    store::patients::foresee(tx, people)?;
    let card = |id: &PatientId| {
        let (patient, contacts) = (store::patients::find(tx, *id)?, store::patients::contacts(tx, *id)?);
        Ok((*id, Card { patient, contacts, consents: store::patients::consents(tx, *id)? }))
    };
    people.iter().map(card).collect()
}

/// Whose cards are others now.
pub fn changed(before: &Cards, now: &Cards) -> BTreeSet<PatientId> {
    before.iter().filter(|(id, card)| now.get(*id) != Some(*card)).map(|(id, _)| *id).collect()
}
