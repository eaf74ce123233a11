//! Keys under which rows are recognised when a file is read again, where the program gives none of its own.

use kernel::{PatientId, PersonName, Timestamp, search_key};
use sha2::{Digest, Sha256};

/// Longer than the ids of any program; what does not fit is a wrong column.
pub(super) const LONGEST: usize = 100;
/// No program's own key begins like this.
const MADE: char = '~';
const BYTES: usize = 16;

/// The same person in the next export: the words of the name in any order and spelling, and what tells them from
/// others of that name (a phone, an address, a day of birth).
pub(super) fn of_patient(name: &PersonName, apart: &str) -> String {
    let mut words = search_key::words(&format!("{} {}", name.given(), name.family()));
    words.sort();
    hashed("patient", &[&words.join(" "), apart])
}

/// The same visit in the next export: who, when and with whom.
pub(crate) fn of_visit(patient: PatientId, starts_at: Timestamp, provider: &str) -> String {
    hashed("visit", &[&patient.to_string(), &starts_at.as_millis().to_string(), &search_key::of(provider)])
}

/// Whether we made it ourselves.
pub(crate) fn is_made(key: &str) -> bool {
    key.starts_with(MADE)
}

fn hashed(kind: &str, parts: &[&str]) -> String {
    let mut hash = Sha256::new();
    for part in std::iter::once(&kind).chain(parts) {
        hash.update(part.as_bytes());
        hash.update([0]);
    }
    format!("{MADE}{}", hex::encode(&hash.finalize()[..BYTES]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_the_same_for_the_same_person_only() {
        let name = |given, family| PersonName::new(given, family).unwrap();
        let anna = of_patient(&name("Anna", "Kovács"), "+36301234567");
        assert_eq!(anna, of_patient(&name("ANNA", "Kovacs"), "+36301234567"));
        assert_eq!(anna, of_patient(&name("Kovács", "Anna"), "+36301234567"));
        assert_ne!(anna, of_patient(&name("Anna", "Kovács"), "+36301234568"));
        assert_ne!(anna, of_patient(&name("Panna", "Kovács"), "+36301234567"));
        assert!(is_made(&anna) && !is_made("1042"));
    }
}
