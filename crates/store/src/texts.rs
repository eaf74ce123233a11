//! A clinic's own wordings of what the care bot says.

use kernel::{ClinicId, StaffId, Timestamp};

use clinic::texts::TextSource;

use crate::columns::{at, json};
use crate::{StoreError, Tx, Value};

const SAVE: &str = "INSERT INTO texts (clinic_id, text_key, wording, saved_by, saved_at) VALUES ($1, $2, $3, $4, $5)
    ON CONFLICT (clinic_id, text_key) DO UPDATE SET wording = excluded.wording, saved_by = excluded.saved_by, saved_at = excluded.saved_at";
const DROP: &str = "DELETE FROM texts WHERE clinic_id = $1 AND text_key = $2";
const OF_CLINIC: &str = "SELECT text_key, wording FROM texts WHERE clinic_id = $1 ORDER BY text_key";

pub fn save(tx: &mut Tx<'_>, clinic: ClinicId, text: &TextSource, by: StaffId, now: Timestamp) -> Result<(), StoreError> {
    let params = [Value::text(clinic), text.key.as_str().into(), json(text), Value::text(by), at(now)];
    tx.execute(SAVE, &params).map(drop)
}

/// The shipped wording is said again.
pub fn drop_own(tx: &mut Tx<'_>, clinic: ClinicId, key: &str) -> Result<(), StoreError> {
    tx.execute(DROP, &[Value::text(clinic), key.into()]).map(drop)
}

pub fn of_clinic(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<Vec<TextSource>, StoreError> {
    tx.recall(OF_CLINIC, &[Value::text(clinic)], |row| row.json("wording"))
}
