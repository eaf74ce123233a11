//! Finding patients as somebody types: words of a name in any script, a phone number in any of its formats.

use std::collections::HashSet;

use kernel::{ClinicId, PatientId, search_key};

use clinic::patients::Patient;

use crate::{StoreError, Tx, Value, patients};

// Read in the order of the keys and only as far as a page goes: two letters may fit half of the patients.
const ONE_WORD: &str =
    "SELECT patients.id, patients.clinic_id, given, family, locale, born_on, guardian_id, zone, preferred_channel, bots, standing,
    note, external_key, created_at
    FROM patient_keys JOIN patients ON patients.id = patient_id
    WHERE patient_keys.clinic_id = $1 AND search_key >= $2 AND search_key < $3
    ORDER BY search_key, patient_id LIMIT $4";
const TWO_WORDS: &str = "SELECT patients.id, patients.clinic_id, given, family, locale, born_on, guardian_id, zone, preferred_channel,
    bots, standing, note, external_key, created_at
    FROM patient_keys JOIN patients ON patients.id = patient_id
    WHERE patient_keys.clinic_id = $1 AND search_key >= $2 AND search_key < $3 AND EXISTS (
        SELECT 1 FROM patient_keys AS others
        WHERE others.patient_id = patient_keys.patient_id AND others.search_key >= $4 AND others.search_key < $5
    )
    ORDER BY search_key, patient_keys.patient_id LIMIT $6";
const PAGE: &str = "SELECT id, clinic_id, given, family, locale, born_on, guardian_id, zone, preferred_channel, bots, standing, note,
    external_key, created_at, name_key
    FROM patients WHERE clinic_id = $1 AND name_key >= $2 AND (name_key > $2 OR id > $3)
    ORDER BY name_key, id LIMIT $4";

/// Two words of one name may fit what was typed.
const KEYS_OF_ONE: u32 = 3;

/// The first patients that fit every word typed, whole words before longer ones. An empty question finds nobody.
pub fn patients(tx: &mut Tx<'_>, clinic: ClinicId, typed: &str, limit: u32) -> Result<Vec<Patient>, StoreError> {
    let words = keys_of(typed);
    let range = |word: &str| [Value::from(word), Value::from(format!("{word}\u{10FFFF}"))];
    let mut params = vec![Value::text(clinic)];
    match words.as_slice() {
        [] => Ok(Vec::new()),
        [word] => {
            params.extend(range(word));
            params.push((limit * KEYS_OF_ONE).into());
            Ok(each_once(tx.query(ONE_WORD, &params, patients::read)?, limit))
        }
        [first, second, ..] => {
            params.extend(range(first));
            params.extend(range(second));
            params.push((limit * KEYS_OF_ONE).into());
            Ok(each_once(tx.query(TWO_WORDS, &params, patients::read)?, limit))
        }
    }
}

/// In the order in which they were found.
fn each_once(found: Vec<Patient>, limit: u32) -> Vec<Patient> {
    let mut seen = HashSet::new();
    found.into_iter().filter(|patient| seen.insert(patient.id)).take(limit as usize).collect()
}

/// Digits with their separators are one number; the country's own leading zeros and the Russian 8 and Hungarian 06 fall away.
fn keys_of(typed: &str) -> Vec<String> {
    let folded = search_key::of(typed);
    let digits: String = folded.chars().filter(char::is_ascii_digit).collect();
    if digits.len() >= 4 && folded.chars().all(|letter| letter.is_ascii_digit() || letter == ' ') {
        let start = ["00", "06", "8", "0"].iter().find(|start| digits.starts_with(**start)).map_or(0, |start| start.len());
        return vec![digits[start..].to_owned()];
    }
    if typed.contains('@') {
        return vec![typed.trim().to_lowercase()];
    }
    let mut words = search_key::words(typed);
    // the longest words narrow most
    words.sort_by_key(|word| std::cmp::Reverse(word.chars().count()));
    words
}

/// All patients by name, after the one that a page ended with.
pub fn page(tx: &mut Tx<'_>, clinic: ClinicId, after: Option<&Patient>, limit: u32) -> Result<Vec<Patient>, StoreError> {
    let (key, id) = after.map_or((String::new(), String::new()), |patient| {
        (search_key::of(&format!("{} {}", patient.name.family(), patient.name.given())), PatientId::to_string(&patient.id))
    });
    tx.query(PAGE, &[Value::text(clinic), key.into(), id.into(), limit.into()], patients::read)
}
