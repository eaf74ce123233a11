//! The cards of those whom a claim is about. An opt-out, a refusal or a death that is written down while a claim is under
//! way is not among what the claim has read; so it is looked once more after its commit whether the cards are still the same
//! by their numbers, and what is meant for somebody whose card is another one now does not leave: the next claim asks the gate anew.

use std::collections::{BTreeMap, BTreeSet};

use kernel::PatientId;
use store::{StoreError, Tx};

use crate::bot::facts::{Versions, Whose};

pub type Cards = BTreeMap<Whose, Versions>;

/// Everybody's cards will be asked for.
pub fn foresee(tx: &mut Tx<'_>, whose: impl IntoIterator<Item = Whose>) -> Result<(), StoreError> {
    store::patients::foresee(tx, &people(whose))
}

/// Whose cards are others now.
pub fn changed(tx: &mut Tx<'_>, before: &Cards) -> Result<BTreeSet<Whose>, StoreError> {
    let now = store::patients::versions(tx, &people(before.keys().copied()))?;
    let is_same = |whose: &Whose, versions: &Versions| now.get(&whose.0) == Some(&versions.0) && now.get(&whose.1) == Some(&versions.1);
    Ok(before.iter().filter(|(whose, versions)| !is_same(whose, versions)).map(|(whose, _)| *whose).collect())
}

fn people(whose: impl IntoIterator<Item = Whose>) -> BTreeSet<PatientId> {
    whose.into_iter().flat_map(|(reader, about)| [reader, about]).collect()
}
