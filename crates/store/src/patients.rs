//! Patients, where they can be reached, what they permitted, and the keys under which they are found.

use std::collections::{BTreeMap, BTreeSet};

use kernel::{Address, ClinicId, ContactPointId, PatientId, PersonName, search_key};

use clinic::consents::Consent;
use clinic::patients::{ContactPoint, ContactState, Patient, ProfileName};

use crate::columns::{at, json, maybe_at, read_at, read_date, read_maybe_at, read_word, read_words, text, word, words};
use crate::{Row, Rows, StoreError, Tx, Value};

const SAVE: &str = "INSERT INTO patients
    (id, clinic_id, given, family, name_key, locale, born_on, guardian_id, zone, preferred_channel, bots, standing, note,
    external_key, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
    ON CONFLICT (id) DO UPDATE SET given = excluded.given, family = excluded.family, name_key = excluded.name_key,
    locale = excluded.locale, born_on = excluded.born_on, guardian_id = excluded.guardian_id, zone = excluded.zone,
    preferred_channel = excluded.preferred_channel, bots = excluded.bots, standing = excluded.standing, note = excluded.note,
    external_key = excluded.external_key, card_version = patients.card_version + 1";
const ONE: &str = "SELECT id, clinic_id, given, family, locale, born_on, guardian_id, zone, preferred_channel, bots, standing, note,
    external_key, created_at, card_version FROM patients WHERE id = $1";
const VERSION: &str = "SELECT card_version FROM patients WHERE id = $1";
const COUNT_ON: &str = "UPDATE patients SET card_version = card_version + 1 WHERE id = $1";
// that somebody has written opens a way and closes none
const COUNT_ON_CONTACT: &str = "UPDATE patients SET card_version = card_version + 1
    WHERE id IN (SELECT patient_id FROM contact_points WHERE id = $1 AND (sureness <> $2 OR state <> $3))";
const BY_EXTERNAL_KEY: &str = "SELECT id, clinic_id, given, family, locale, born_on, guardian_id, zone, preferred_channel, bots,
    standing, note, external_key, created_at FROM patients WHERE clinic_id = $1 AND external_key = $2";
const COUNT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many
    FROM (SELECT 1 AS one FROM patients WHERE clinic_id = $1 LIMIT $2) AS known";
const WARDS: &str = "SELECT id FROM patients WHERE guardian_id = $1 ORDER BY id";
const DROP_KEYS: &str = "DELETE FROM patient_keys WHERE patient_id = $1";
const ADD_KEY: &str = "INSERT INTO patient_keys (clinic_id, search_key, patient_id) VALUES ($1, $2, $3)
    ON CONFLICT (clinic_id, search_key, patient_id) DO NOTHING";
const SAVE_CONTACT: &str = "INSERT INTO contact_points
    (id, patient_id, address, sureness, state, last_inbound_at, called, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
    ON CONFLICT (id) DO UPDATE SET sureness = excluded.sureness, state = excluded.state, last_inbound_at = excluded.last_inbound_at,
    called = excluded.called";
const CHANGE_CONTACT: &str = "UPDATE contact_points SET sureness = $2, state = $3, last_inbound_at = $4, called = $5 WHERE id = $1";
// Nobody has many: they are put in order here, for which SQLite would sort them in a table of its own.
const CONTACTS: &str = "SELECT id, patient_id, address, sureness, state, last_inbound_at, called, created_at
    FROM contact_points WHERE patient_id = $1";
const CONTACTS_OF_READER: &str = "SELECT id, patient_id, address, sureness, state, last_inbound_at, called, created_at
    FROM contact_points WHERE patient_id = (SELECT COALESCE(guardian_id, id) FROM patients WHERE id = $1)";
const CONTACT: &str = "SELECT id, patient_id, address, sureness, state, last_inbound_at, called, created_at
    FROM contact_points WHERE id = $1";
const CONTACTS_AT: &str = "SELECT id, patient_id, address, sureness, state, last_inbound_at, called, created_at
    FROM contact_points WHERE address = $1 ORDER BY created_at, id";
const SAVE_CONSENT: &str = "INSERT INTO consents
    (id, patient_id, purpose, channel, wording, locale, given_by, through, proof, given_at, withdrawn_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
    ON CONFLICT (id) DO UPDATE SET withdrawn_at = excluded.withdrawn_at";
const CONSENTS: &str = "SELECT id, patient_id, purpose, channel, wording, locale, given_by, through, proof, given_at, withdrawn_at
    FROM consents WHERE patient_id = $1 ORDER BY given_at, id";

/// Saves the card and the keys under which it is found.
pub fn save(tx: &mut Tx<'_>, patient: &Patient) -> Result<(), StoreError> {
    tx.execute(SAVE, &columns(patient))?;
    save_keys(tx, patient)
}

/// Cards of people who were not there before, each with where they can be reached: a whole clinic at once.
pub fn add_all(tx: &mut Tx<'_>, people: &[(&Patient, &[ContactPoint])]) -> Result<(), StoreError> {
    let cards: Vec<Vec<Value>> = people.iter().map(|(patient, _)| columns(patient).into()).collect();
    tx.execute_many(SAVE, &cards)?;
    let contacts: Vec<Vec<Value>> =
        people.iter().flat_map(|(_, contacts)| *contacts).map(|contact| contact_columns(contact).into()).collect();
    tx.execute_many(SAVE_CONTACT, &contacts)?;
    // in the order of the index: its pages are gone through once
    let keys: BTreeSet<(ClinicId, String, PatientId)> = people
        .iter()
        .flat_map(|(patient, contacts)| keys(patient, contacts).into_iter().map(|key| (patient.clinic, key, patient.id)))
        .collect();
    let keys: Vec<Vec<Value>> = keys.into_iter().map(|(clinic, key, id)| key_columns(clinic, key, id)).collect();
    tx.execute_many(ADD_KEY, &keys).map(drop)
}

fn columns(patient: &Patient) -> [Value; 15] {
    [
        Value::text(patient.id),
        Value::text(patient.clinic),
        patient.name.given().into(),
        patient.name.family().into(),
        search_key::of(&format!("{} {}", patient.name.family(), patient.name.given())).into(),
        word(&patient.locale),
        text(patient.born_on),
        text(patient.guardian),
        text(patient.zone.as_ref().map(kernel::Zone::name)),
        words(patient.preferred_channel.as_ref()),
        word(&patient.bots),
        word(&patient.standing),
        patient.note.as_str().into(),
        text(patient.external_key.as_ref()),
        at(patient.created_at),
    ]
}

pub fn find(tx: &mut Tx<'_>, id: PatientId) -> Result<Option<Patient>, StoreError> {
    Ok(tx.recall_one(ONE, &[Value::text(id)], read_with_version)?.map(|(patient, _)| patient))
}

/// How often a card, where somebody can be reached or what they permitted has changed. Of what this transaction has read of them
/// the card came first: what changes meanwhile makes the number another one.
pub fn version(tx: &mut Tx<'_>, id: PatientId) -> Result<Option<i64>, StoreError> {
    Ok(tx.recall_one(ONE, &[Value::text(id)], read_with_version)?.map(|(_, version)| version))
}

/// The same of many, as it stands now.
pub fn versions(tx: &mut Tx<'_>, ids: &BTreeSet<PatientId>) -> Result<BTreeMap<PatientId, i64>, StoreError> {
    let keys: Vec<Vec<Value>> = ids.iter().map(|id| vec![Value::text(id)]).collect();
    let found = tx.query_each(VERSION, &keys, |row| row.get("card_version"))?;
    Ok(ids.iter().zip(found).filter_map(|(id, version)| Some((*id, *version.first()?))).collect())
}

fn read_with_version(row: &Row<'_>) -> Result<(Patient, i64), StoreError> {
    Ok((read(row)?, row.get("card_version")?))
}

/// These will be asked for one by one, each with where they can be reached and what they permitted.
pub fn foresee(tx: &mut Tx<'_>, ids: &BTreeSet<PatientId>) -> Result<(), StoreError> {
    foresee_cards(tx, ids)?;
    foresee_contacts(tx, ids)?;
    tx.foresee(CONSENTS, ids.iter().map(|id| vec![Value::text(id)]), read_consent)
}

/// Only the cards of these will be asked for.
pub fn foresee_cards(tx: &mut Tx<'_>, ids: &BTreeSet<PatientId>) -> Result<(), StoreError> {
    tx.foresee(ONE, ids.iter().map(|id| vec![Value::text(id)]), read_with_version)
}

/// Only where these can be reached will be asked for.
pub fn foresee_contacts(tx: &mut Tx<'_>, ids: &BTreeSet<PatientId>) -> Result<(), StoreError> {
    tx.foresee(CONTACTS, ids.iter().map(|id| vec![Value::text(id)]), read_contact)
}

pub fn by_external_key(tx: &mut Tx<'_>, clinic: ClinicId, key: &str) -> Result<Option<Patient>, StoreError> {
    tx.optional(BY_EXTERNAL_KEY, &[Value::text(clinic), key.into()], read)
}

/// How many cards a clinic has, counted no further than `most`.
pub fn count(tx: &mut Tx<'_>, clinic: ClinicId, most: u32) -> Result<u32, StoreError> {
    tx.one(COUNT, &[Value::text(clinic), most.into()], |row| row.get("many"))
}

/// It will be asked for whom each of these speaks.
pub fn foresee_wards(tx: &mut Tx<'_>, guardians: &BTreeSet<PatientId>) -> Result<(), StoreError> {
    tx.foresee(WARDS, guardians.iter().map(|id| vec![Value::text(id)]), |row| row.parse::<PatientId>("id"))
}

/// Those for whom this patient speaks.
pub fn wards(tx: &mut Tx<'_>, guardian: PatientId) -> Result<Vec<PatientId>, StoreError> {
    tx.recall(WARDS, &[Value::text(guardian)], |row| row.parse("id"))
}

pub(crate) fn read(row: &Row<'_>) -> Result<Patient, StoreError> {
    let name =
        PersonName::new(&row.get::<String>("given")?, &row.get::<String>("family")?).map_err(|_| row.misfit("given", "is not a name"))?;
    Ok(Patient {
        id: row.parse("id")?,
        clinic: row.parse("clinic_id")?,
        name,
        locale: read_word(row, "locale")?,
        born_on: read_date(row, "born_on")?,
        guardian: row.parse_optional("guardian_id")?,
        zone: read_words(row, "zone")?,
        preferred_channel: read_words(row, "preferred_channel")?,
        bots: read_word(row, "bots")?,
        standing: read_word(row, "standing")?,
        note: row.get("note")?,
        external_key: row.get("external_key")?,
        created_at: read_at(row, "created_at")?,
    })
}

/// Words of the name, and each phone number from every place at which somebody may begin to type it.
fn save_keys(tx: &mut Tx<'_>, patient: &Patient) -> Result<(), StoreError> {
    let keys = keys(patient, &contacts(tx, patient.id)?);
    let id = Value::text(patient.id);
    tx.execute(DROP_KEYS, std::slice::from_ref(&id))?;
    let rows: Vec<Vec<Value>> = keys.into_iter().map(|key| key_columns(patient.clinic, key, patient.id)).collect();
    tx.execute_many(ADD_KEY, &rows).map(drop)
}

fn key_columns(clinic: ClinicId, key: String, patient: PatientId) -> Vec<Value> {
    vec![Value::text(clinic), key.into(), Value::text(patient)]
}

fn keys(patient: &Patient, contacts: &[ContactPoint]) -> BTreeSet<String> {
    let words = search_key::words(&format!("{} {}", patient.name.given(), patient.name.family()));
    words.into_iter().chain(contacts.iter().flat_map(|contact| address_keys(&contact.address))).collect()
}

fn address_keys(address: &Address) -> Vec<String> {
    match address.scheme() {
        kernel::Scheme::Tel => {
            let digits = address.rest().trim_start_matches('+');
            (0..digits.len().saturating_sub(5)).map(|start| digits[start..].to_owned()).collect()
        }
        kernel::Scheme::Mailto => vec![address.rest().to_owned()],
        _ => Vec::new(),
    }
}

pub fn save_contact(tx: &mut Tx<'_>, contact: &ContactPoint) -> Result<(), StoreError> {
    tx.execute(SAVE_CONTACT, &contact_columns(contact))?;
    tx.put(COUNT_ON, vec![Value::text(contact.patient)], Rows::Any, &[])?;
    let keys = address_keys(&contact.address);
    if keys.is_empty() {
        return Ok(());
    }
    let Some(patient) = find(tx, contact.patient)? else { return Err(StoreError::Bug("a contact point of nobody".to_owned())) };
    let rows: Vec<Vec<Value>> = keys.into_iter().map(|key| key_columns(patient.clinic, key, patient.id)).collect();
    tx.execute_many(ADD_KEY, &rows).map(drop)
}

/// What has become of one that is there. Its address stays, and with it the keys under which it is found.
pub fn change_contact(tx: &mut Tx<'_>, contact: &ContactPoint) -> Result<(), StoreError> {
    tx.put(COUNT_ON_CONTACT, vec![Value::text(contact.id), word(&contact.sureness), json(&contact.state)], Rows::Any, &[])?;
    let params =
        [Value::text(contact.id), word(&contact.sureness), json(&contact.state), maybe_at(contact.last_inbound_at), called(contact)];
    tx.execute(CHANGE_CONTACT, &params).map(drop)
}

fn contact_columns(contact: &ContactPoint) -> [Value; 8] {
    [
        Value::text(contact.id),
        Value::text(contact.patient),
        Value::text(&contact.address),
        word(&contact.sureness),
        json(&contact.state),
        maybe_at(contact.last_inbound_at),
        called(contact),
        at(contact.created_at),
    ]
}

fn called(contact: &ContactPoint) -> Value {
    text(contact.called.as_ref().map(ProfileName::as_str))
}

pub fn contacts(tx: &mut Tx<'_>, patient: PatientId) -> Result<Vec<ContactPoint>, StoreError> {
    tx.recall(CONTACTS, &[Value::text(patient)], read_contact).map(in_order)
}

/// Of whoever reads for a patient: of a child's guardian.
pub fn contacts_of_reader(tx: &mut Tx<'_>, patient: PatientId) -> Result<Vec<ContactPoint>, StoreError> {
    tx.recall(CONTACTS_OF_READER, &[Value::text(patient)], read_contact).map(in_order)
}

/// As they became known.
fn in_order(mut contacts: Vec<ContactPoint>) -> Vec<ContactPoint> {
    contacts.sort_by_key(|contact| (contact.created_at, contact.id));
    contacts
}

/// It will be asked where the readers of these can be reached.
pub fn foresee_contacts_of_readers(tx: &mut Tx<'_>, ids: &BTreeSet<PatientId>) -> Result<(), StoreError> {
    tx.foresee(CONTACTS_OF_READER, ids.iter().map(|id| vec![Value::text(id)]), read_contact)
}

pub fn contact(tx: &mut Tx<'_>, id: ContactPointId) -> Result<Option<ContactPoint>, StoreError> {
    tx.optional(CONTACT, &[Value::text(id)], read_contact)
}

/// Whose address it is: several people may share one. Not of whom it was once.
pub fn contacts_at(tx: &mut Tx<'_>, address: &Address) -> Result<Vec<ContactPoint>, StoreError> {
    let mut contacts = tx.query(CONTACTS_AT, &[Value::text(address)], read_contact)?;
    contacts.retain(|contact| !matches!(contact.state, ContactState::NotTheirs { .. }));
    Ok(contacts)
}

pub(crate) fn read_contact(row: &Row<'_>) -> Result<ContactPoint, StoreError> {
    Ok(ContactPoint {
        id: row.parse("id")?,
        patient: row.parse("patient_id")?,
        address: row.parse("address")?,
        sureness: read_word(row, "sureness")?,
        state: row.json("state")?,
        last_inbound_at: read_maybe_at(row, "last_inbound_at")?,
        called: row.get::<Option<String>>("called")?.as_deref().and_then(ProfileName::new),
        created_at: read_at(row, "created_at")?,
    })
}

pub fn save_consent(tx: &mut Tx<'_>, consent: &Consent) -> Result<(), StoreError> {
    let params = [
        Value::text(consent.id),
        Value::text(consent.patient),
        word(&consent.purpose),
        words(consent.channel.as_ref()),
        consent.wording.as_str().into(),
        word(&consent.locale),
        json(&consent.given_by),
        json(&consent.through),
        consent.proof.as_str().into(),
        at(consent.given_at),
        maybe_at(consent.withdrawn_at),
    ];
    tx.execute(SAVE_CONSENT, &params)?;
    tx.put(COUNT_ON, vec![Value::text(consent.patient)], Rows::Any, &[])
}

pub fn consents(tx: &mut Tx<'_>, patient: PatientId) -> Result<Vec<Consent>, StoreError> {
    tx.recall(CONSENTS, &[Value::text(patient)], read_consent)
}

pub(crate) fn read_consent(row: &Row<'_>) -> Result<Consent, StoreError> {
    Ok(Consent {
        id: row.parse("id")?,
        patient: row.parse("patient_id")?,
        purpose: read_word(row, "purpose")?,
        channel: read_words(row, "channel")?,
        wording: row.get("wording")?,
        locale: read_word(row, "locale")?,
        given_by: row.json("given_by")?,
        through: row.json("through")?,
        proof: row.get("proof")?,
        given_at: read_at(row, "given_at")?,
        withdrawn_at: read_maybe_at(row, "withdrawn_at")?,
    })
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use clinic::actors::{Actor, Origin};
    use clinic::consents::Purpose;
    use clinic::patients::{NewPatient, Sureness};
    use kernel::{Chance, ConsentId, Locale, Scheme, Timestamp};

    use super::*;
    use crate::lanes_walk::open;
    use crate::trial::both;

    const NOW: Timestamp = Timestamp::from_millis(1_790_000_000_000);

    #[tokio::test]
    async fn a_card_counts_on_with_whatever_can_close_a_way() {
        both(async |store| {
            let look = |tx: &mut Tx<'_>| {
                let (premises, mut chance) = (open(tx)?, Chance::from_seed(3));
                let id = PatientId::new(NOW, &mut chance);
                let anna = NewPatient::named(premises.clinic, PersonName::new("Anna", "Kiss").unwrap(), Locale::Hu);
                let (anna, _) = Patient::new(anna, id, NOW).unwrap();
                let contact = ContactPoint {
                    id: ContactPointId::new(NOW, &mut chance),
                    patient: id,
                    address: Address::new(Scheme::Sandbox, "anna").unwrap(),
                    sureness: Sureness::Verified,
                    state: ContactState::Open,
                    last_inbound_at: None,
                    called: None,
                    created_at: NOW,
                };
                let consent = Consent {
                    id: ConsentId::new(NOW, &mut chance),
                    patient: id,
                    purpose: Purpose::Service,
                    channel: None,
                    wording: String::new(),
                    locale: Locale::Hu,
                    given_by: Actor::Program,
                    through: Origin::Program,
                    proof: String::new(),
                    given_at: NOW,
                    withdrawn_at: None,
                };
                let ids = BTreeSet::from([id]);
                let mut seen = Vec::new();
                let mut count = |tx: &mut Tx<'_>| versions(tx, &ids).map(|all| seen.push(all[&id]));
                save(tx, &anna)?;
                save_contact(tx, &contact)?;
                count(tx)?;
                let has_written = ContactPoint { last_inbound_at: Some(NOW + Duration::from_secs(1)), ..contact.clone() };
                change_contact(tx, &has_written)?;
                count(tx)?;
                change_contact(tx, &ContactPoint { state: ContactState::OptedOut { at: NOW }, ..has_written })?;
                count(tx)?;
                save_consent(tx, &consent)?;
                count(tx)?;
                save(tx, &anna)?;
                count(tx)?;
                Ok::<_, StoreError>((seen.clone(), version(tx, id)?))
            };
            let (seen, last) = store.write(look).await.unwrap();
            let steps: Vec<i64> = seen.windows(2).map(|two| two[1] - two[0]).collect();
            assert_eq!((steps, last), (vec![0, 1, 1, 1], seen.last().copied()));
        })
        .await;
    }
}
