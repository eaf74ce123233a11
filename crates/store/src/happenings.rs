//! The stream of what happened: appended in the transaction that made it true, never changed.

use kernel::{PatientId, Timestamp, VisitId};

use clinic::happenings::Recorded;

use crate::columns::{at, json, read_at, text};
use crate::{Row, Rows, StoreError, Tx, Value};

const APPEND: &str = "INSERT INTO happenings
    (id, at, by_actor, through, clinic_id, patient_id, visit_id, conversation_id, name, what)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const OF_PATIENT: &str = "SELECT id, at, by_actor, through, clinic_id, patient_id, what
    FROM happenings WHERE patient_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
const OF_VISIT: &str = "SELECT id, at, by_actor, through, clinic_id, patient_id, what
    FROM happenings WHERE visit_id = $1 ORDER BY id";
const MARKS: &str = "SELECT id, at, by_actor, through, clinic_id, patient_id, what FROM happenings
    WHERE clinic_id = $1 AND id < $2 AND visit_id IS NOT NULL ORDER BY id DESC LIMIT $3";

/// Not worth a way of their own.
const FEW: usize = 8;
const NEWEST_AT: &str = "SELECT at FROM happenings ORDER BY id DESC LIMIT 1";

/// When something last happened.
pub fn newest_at(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.optional(NEWEST_AT, &[], |row| read_at(row, "at"))
}

pub fn append<'a>(tx: &mut Tx<'_>, happenings: impl IntoIterator<Item = &'a Recorded>) -> Result<(), StoreError> {
    let rows: Vec<Vec<Value>> = happenings
        .into_iter()
        .map(|recorded| {
            vec![
                Value::text(recorded.id),
                at(recorded.at),
                json(&recorded.by),
                json(&recorded.through),
                Value::text(recorded.clinic),
                text(recorded.patient),
                text(recorded.what.visit()),
                text(recorded.what.conversation()),
                recorded.what.name().into(),
                json(&recorded.what),
            ]
        })
        .collect();
    if rows.len() > FEW {
        return tx.execute_many(APPEND, &rows).map(drop);
    }
    rows.into_iter().try_for_each(|row| tx.put(APPEND, row, Rows::Any, &[]))
}

/// A patient's timeline, newest first, older than `before`.
pub fn of_patient(tx: &mut Tx<'_>, patient: PatientId, before: &str, limit: u32) -> Result<Vec<Recorded>, StoreError> {
    tx.query(OF_PATIENT, &[Value::text(patient), before.into(), limit.into()], read)
}

/// Everything that happened to a visit, in its order.
pub fn of_visit(tx: &mut Tx<'_>, visit: VisitId) -> Result<Vec<Recorded>, StoreError> {
    tx.query(OF_VISIT, &[Value::text(visit)], read)
}

/// The newest marks of the journal.
pub fn marks(tx: &mut Tx<'_>, clinic: kernel::ClinicId, before: &str, limit: u32) -> Result<Vec<Recorded>, StoreError> {
    tx.query(MARKS, &[Value::text(clinic), before.into(), limit.into()], read)
}

fn read(row: &Row<'_>) -> Result<Recorded, StoreError> {
    Ok(Recorded {
        id: row.parse("id")?,
        at: read_at(row, "at")?,
        by: row.json("by_actor")?,
        through: row.json("through")?,
        clinic: row.parse("clinic_id")?,
        patient: row.parse_optional("patient_id")?,
        what: row.json("what")?,
    })
}
