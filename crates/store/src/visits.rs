//! The journal: visits by day, provider and patient. Whoever books takes the day first, so two at once stand in line.

use std::collections::BTreeSet;

use kernel::{ClinicId, Date, PatientId, Timestamp, VisitId};

use clinic::journal::{Visit, VisitState};

use crate::columns::{at, changed, json, read_at, read_maybe_at, text};
use crate::{Row, StoreError, Tx, Value};

const ADD: &str = "INSERT INTO visits
    (id, clinic_id, patient_id, provider_id, chair_id, service_id, starts_at, ends_at, state, state_detail, late_minutes, note,
    booked_at, chain_id, moves, version, external_key)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17)";
const CHANGE: &str = "UPDATE visits SET provider_id = $2, chair_id = $3, service_id = $4, starts_at = $5, ends_at = $6, state = $7,
    state_detail = $8, late_minutes = $9, note = $10, version = $11, external_key = $12
    WHERE id = $1 AND version = $13";
const ONE: &str = "SELECT id, clinic_id, patient_id, provider_id, chair_id, service_id, starts_at, ends_at, state_detail, late_minutes,
    note, booked_at, chain_id, moves, version, external_key FROM visits WHERE id = $1";
const NEWEST_OF_CHAIN: &str = "SELECT id, clinic_id, patient_id, provider_id, chair_id, service_id, starts_at, ends_at, state_detail,
    late_minutes, note, booked_at, chain_id, moves, version, external_key
    FROM visits WHERE chain_id = $1 ORDER BY moves DESC, id DESC LIMIT 1";
const BETWEEN: &str = "SELECT id, clinic_id, patient_id, provider_id, chair_id, service_id, starts_at, ends_at, state_detail,
    late_minutes, note, booked_at, chain_id, moves, version, external_key
    FROM visits WHERE clinic_id = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id";
const DAY: &str =
    "SELECT visits.id, visits.clinic_id, visits.patient_id, provider_id, chair_id, service_id, starts_at, ends_at, state_detail,
    late_minutes, visits.note, booked_at, chain_id, moves, version, visits.external_key, patients.given, patients.family,
    services.name AS service, COALESCE(chairs.name, '') AS chair
    FROM visits JOIN patients ON patients.id = visits.patient_id JOIN services ON services.id = visits.service_id
    LEFT JOIN chairs ON chairs.id = visits.chair_id
    WHERE visits.clinic_id = $1 AND starts_at >= $2 AND starts_at < $3 AND visits.state <> 'moved'
    ORDER BY starts_at, visits.id";
const LISTED_OF_PATIENT: &str = "SELECT visits.id, visits.clinic_id, visits.patient_id, provider_id, chair_id, service_id, starts_at,
    ends_at, state_detail, late_minutes, visits.note, booked_at, chain_id, moves, version, visits.external_key, patients.given,
    patients.family, services.name AS service, COALESCE(chairs.name, '') AS chair
    FROM visits JOIN patients ON patients.id = visits.patient_id JOIN services ON services.id = visits.service_id
    LEFT JOIN chairs ON chairs.id = visits.chair_id
    WHERE visits.patient_id = $1 AND visits.state <> 'moved'
    ORDER BY starts_at DESC, visits.id LIMIT $2";
const NEXT_OF_PATIENT: &str = "SELECT id, clinic_id, patient_id, provider_id, chair_id, service_id, starts_at, ends_at, state_detail,
    late_minutes, note, booked_at, chain_id, moves, version, external_key
    FROM visits WHERE patient_id = $1 AND starts_at > $2 AND state <> 'cancelled' AND state <> 'moved' AND state <> 'no_show'
    ORDER BY starts_at, id LIMIT 1";
const OF_PATIENT: &str = "SELECT id, clinic_id, patient_id, provider_id, chair_id, service_id, starts_at, ends_at, state_detail,
    late_minutes, note, booked_at, chain_id, moves, version, external_key
    FROM visits WHERE patient_id = $1 AND starts_at >= $2 AND starts_at < $3 ORDER BY starts_at, id";
const BY_EXTERNAL_KEY: &str = "SELECT id, clinic_id, patient_id, provider_id, chair_id, service_id, starts_at, ends_at, state_detail,
    late_minutes, note, booked_at, chain_id, moves, version, external_key
    FROM visits WHERE clinic_id = $1 AND external_key = $2";
const HOLD: &str = "UPDATE visits SET version = version WHERE id = $1 AND version = $2";
const TAKE_DAY: &str = "INSERT INTO journal_days (owner_id, day_on, version) VALUES ($1, $2, 1)
    ON CONFLICT (owner_id, day_on) DO UPDATE SET version = journal_days.version + 1";
const NEXT_OF_PROVIDER: &str = "SELECT MIN(starts_at) AS starts_at FROM visits
    WHERE provider_id = $1 AND starts_at >= $2 AND starts_at < $3 AND id <> $4 AND clinic_id = $5
    AND state <> 'cancelled' AND state <> 'moved' AND state <> 'no_show'";
const MISSED: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS missed FROM visits
    WHERE patient_id = $1 AND state = 'no_show' AND starts_at >= $2";

pub fn add(tx: &mut Tx<'_>, visit: &Visit) -> Result<(), StoreError> {
    tx.execute(ADD, &columns(visit)).map(drop)
}

/// A whole journal at once.
pub fn add_all(tx: &mut Tx<'_>, visits: &[Visit]) -> Result<(), StoreError> {
    let rows: Vec<Vec<Value>> = visits.iter().map(|visit| columns(visit).into()).collect();
    tx.execute_many(ADD, &rows).map(drop)
}

fn columns(visit: &Visit) -> [Value; 17] {
    [
        Value::text(visit.id),
        Value::text(visit.clinic),
        Value::text(visit.patient),
        Value::text(visit.provider),
        text(visit.chair),
        Value::text(visit.service),
        at(visit.starts_at),
        at(visit.ends_at),
        state_word(&visit.state).into(),
        json(&visit.state),
        visit.late_minutes.into(),
        visit.note.as_str().into(),
        at(visit.booked_at),
        Value::text(visit.chain),
        visit.moves.into(),
        visit.version.into(),
        text(visit.external_key.as_ref()),
    ]
}

/// Writes a visit over the version that was read; somebody else's change in between is a conflict.
pub fn change(tx: &mut Tx<'_>, visit: &Visit, read_version: i64) -> Result<(), StoreError> {
    let params = [
        Value::text(visit.id),
        Value::text(visit.provider),
        text(visit.chair),
        Value::text(visit.service),
        at(visit.starts_at),
        at(visit.ends_at),
        state_word(&visit.state).into(),
        json(&visit.state),
        visit.late_minutes.into(),
        visit.note.as_str().into(),
        visit.version.into(),
        text(visit.external_key.as_ref()),
        read_version.into(),
    ];
    changed(tx.execute(CHANGE, &params)?, "visits")
}

/// Keeps a visit as it was read until the transaction ends; somebody else's change since then is a conflict.
pub fn hold(tx: &mut Tx<'_>, visit: &Visit) -> Result<(), StoreError> {
    changed(tx.execute(HOLD, &[Value::text(visit.id), visit.version.into()])?, "visits")
}

pub fn find(tx: &mut Tx<'_>, id: VisitId) -> Result<Option<Visit>, StoreError> {
    tx.recall_one(ONE, &[Value::text(id)], read)
}

/// These will be asked for one by one.
pub fn foresee(tx: &mut Tx<'_>, ids: &BTreeSet<VisitId>) -> Result<(), StoreError> {
    tx.foresee(ONE, ids.iter().map(|id| vec![Value::text(id)]), read)
}

/// The visit as it stands now, however often it was moved.
pub fn newest_of_chain(tx: &mut Tx<'_>, chain: VisitId) -> Result<Option<Visit>, StoreError> {
    tx.optional(NEWEST_OF_CHAIN, &[Value::text(chain)], read)
}

/// When the next visit of the same provider that takes time begins, if it is before `until`.
pub fn next_of_provider(tx: &mut Tx<'_>, visit: &Visit, until: Timestamp) -> Result<Option<Timestamp>, StoreError> {
    let params = [Value::text(visit.provider), at(visit.ends_at), at(until), Value::text(visit.id), Value::text(visit.clinic)];
    tx.one(NEXT_OF_PROVIDER, &params, |row| read_maybe_at(row, "starts_at"))
}

/// Visits that start in `from..until`, in every state.
pub fn between(tx: &mut Tx<'_>, clinic: ClinicId, from: Timestamp, until: Timestamp) -> Result<Vec<Visit>, StoreError> {
    tx.query(BETWEEN, &[Value::text(clinic), at(from), at(until)], read)
}

pub fn of_patient(tx: &mut Tx<'_>, patient: PatientId, from: Timestamp, until: Timestamp) -> Result<Vec<Visit>, StoreError> {
    tx.recall(OF_PATIENT, &[Value::text(patient), at(from), at(until)], read)
}

/// The next visit of each of these patients that still takes its time, in the order in which they are named.
pub fn next_of_each(tx: &mut Tx<'_>, patients: &[PatientId], after: Timestamp) -> Result<Vec<Option<Visit>>, StoreError> {
    let keys: Vec<Vec<Value>> = patients.iter().map(|patient| vec![Value::text(patient), at(after)]).collect();
    Ok(tx.query_each(NEXT_OF_PATIENT, &keys, read)?.into_iter().map(|mut next| next.pop()).collect())
}

/// It will be asked for the visits of each of these patients in a time.
pub fn foresee_of_patients(tx: &mut Tx<'_>, times: &[(PatientId, Timestamp, Timestamp)]) -> Result<(), StoreError> {
    tx.foresee(OF_PATIENT, times.iter().map(|(patient, from, until)| vec![Value::text(patient), at(*from), at(*until)]), read)
}

pub fn by_external_key(tx: &mut Tx<'_>, clinic: ClinicId, key: &str) -> Result<Option<Visit>, StoreError> {
    tx.optional(BY_EXTERNAL_KEY, &[Value::text(clinic), key.into()], read)
}

/// Takes the day of a provider or a chair until the transaction ends.
pub fn take_day(tx: &mut Tx<'_>, owner: impl std::fmt::Display, day: Date) -> Result<(), StoreError> {
    tx.execute(TAKE_DAY, &[Value::text(owner), Value::text(day)]).map(drop)
}

/// No-shows of a patient since an instant.
pub fn missed_since(tx: &mut Tx<'_>, patient: PatientId, since: Timestamp) -> Result<u32, StoreError> {
    tx.one(MISSED, &[Value::text(patient), at(since)], |row| row.get("missed"))
}

pub(crate) const fn state_word(state: &VisitState) -> &'static str {
    match state {
        VisitState::Requested => "requested",
        VisitState::Booked => "booked",
        VisitState::Confirmed { .. } => "confirmed",
        VisitState::Arrived { .. } => "arrived",
        VisitState::InChair { .. } => "in_chair",
        VisitState::Completed { .. } => "completed",
        VisitState::Cancelled { .. } => "cancelled",
        VisitState::Moved { .. } => "moved",
        VisitState::NoShow { .. } => "no_show",
    }
}

/// A visit as the journal's page and the card show it.
#[derive(Debug, Clone)]
pub struct Listed {
    pub visit: Visit,
    pub given: String,
    pub family: String,
    pub service: String,
    /// Empty where no chair is set.
    pub chair: String,
}

/// A day of the journal, with names. The old times of moved visits are not in it.
pub fn day(tx: &mut Tx<'_>, clinic: ClinicId, from: Timestamp, until: Timestamp) -> Result<Vec<Listed>, StoreError> {
    tx.query(DAY, &[Value::text(clinic), at(from), at(until)], read_listed)
}

/// A patient's visits with names, the latest first.
pub fn listed_of_patient(tx: &mut Tx<'_>, patient: PatientId, limit: u32) -> Result<Vec<Listed>, StoreError> {
    tx.query(LISTED_OF_PATIENT, &[Value::text(patient), limit.into()], read_listed)
}

fn read_listed(row: &Row<'_>) -> Result<Listed, StoreError> {
    Ok(Listed {
        visit: read(row)?,
        given: row.get("given")?,
        family: row.get("family")?,
        service: row.get("service")?,
        chair: row.get("chair")?,
    })
}

fn read(row: &Row<'_>) -> Result<Visit, StoreError> {
    Ok(Visit {
        id: row.parse("id")?,
        clinic: row.parse("clinic_id")?,
        patient: row.parse("patient_id")?,
        provider: row.parse("provider_id")?,
        chair: row.parse_optional("chair_id")?,
        service: row.parse("service_id")?,
        starts_at: read_at(row, "starts_at")?,
        ends_at: read_at(row, "ends_at")?,
        state: row.json("state_detail")?,
        late_minutes: row.get("late_minutes")?,
        note: row.get("note")?,
        booked_at: read_at(row, "booked_at")?,
        chain: row.parse("chain_id")?,
        moves: row.get("moves")?,
        version: row.get("version")?,
        external_key: row.get("external_key")?,
    })
}
