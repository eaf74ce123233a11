//! The cards of those whom a claim is about. An opt-out, a refusal or a death that is written down while a claim is under
//! way is not among what the claim has read; so the cards are read once more after its commit, and what is meant for
//! somebody whose card is another one now does not leave: the next claim asks the gate anew.

use std::collections::{BTreeMap, BTreeSet};

use kernel::PatientId;
use store::{StoreError, Tx};

use crate::ActError;
use crate::bot::facts::{self, Card, Whose};

pub type Cards = BTreeMap<Whose, Card>;

/// Everybody's cards will be asked for.
pub fn foresee(tx: &mut Tx<'_>, whose: impl IntoIterator<Item = Whose>) -> Result<(), StoreError> {
    let people: BTreeSet<PatientId> = whose.into_iter().flat_map(|(reader, about)| [reader, about]).collect();
    store::patients::foresee(tx, &people)
}

/// Whose cards are others now.
pub fn changed(tx: &mut Tx<'_>, before: &Cards) -> Result<BTreeSet<Whose>, ActError> {
    foresee(tx, before.keys().copied())?;
    let mut changed = BTreeSet::new();
    for (whose, card) in before {
        match facts::card(tx, *whose) {
            Ok(now) if now == *card => {}
            Ok(_) | Err(ActError::Refused(_)) => drop(changed.insert(*whose)),
            Err(error @ ActError::Store(_)) => return Err(error),
        }
    }
    Ok(changed)
}
