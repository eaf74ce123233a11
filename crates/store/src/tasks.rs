//! Desk tasks.

use kernel::{ClinicId, ConversationId, DeskTaskId, Timestamp, VisitId};

use clinic::tasks::{DeskTask, TaskState};

use crate::columns::{at, json, read_at, read_maybe_at, read_word, text, word};
use crate::{Row, StoreError, Tx, Value};

const SAVE: &str = "INSERT INTO desk_tasks
    (id, clinic_id, kind, patient_id, visit_id, conversation_id, run_id, reason, state, state_detail, due_at, created_at,
    tries)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
    ON CONFLICT (id) DO UPDATE SET state = excluded.state, state_detail = excluded.state_detail";
const ONE: &str = "SELECT id, clinic_id, kind, patient_id, visit_id, conversation_id, run_id, reason, state_detail, due_at, created_at,
    tries FROM desk_tasks WHERE id = $1";
const OPEN: &str = "SELECT id, clinic_id, kind, patient_id, visit_id, conversation_id, run_id, reason, state_detail, due_at, created_at,
    tries FROM desk_tasks WHERE clinic_id = $1 AND state = 'open' AND due_at < $2 ORDER BY due_at, id LIMIT $3";
const LIST: &str = "SELECT desk_tasks.id, desk_tasks.clinic_id, kind, desk_tasks.patient_id, visit_id, conversation_id, run_id, reason,
    desk_tasks.state_detail, due_at, desk_tasks.created_at, tries, COALESCE(patients.given, '') AS given,
    COALESCE(patients.family, '') AS family, visits.starts_at
    FROM desk_tasks LEFT JOIN patients ON patients.id = desk_tasks.patient_id LEFT JOIN visits ON visits.id = desk_tasks.visit_id
    WHERE desk_tasks.clinic_id = $1 AND desk_tasks.state = 'open'
    ORDER BY due_at, desk_tasks.id LIMIT $2";
const OPEN_OF_VISIT: &str = "SELECT id, clinic_id, kind, patient_id, visit_id, conversation_id, run_id, reason, state_detail, due_at,
    created_at, tries FROM desk_tasks WHERE visit_id = $1 AND state = 'open' ORDER BY id";
const OPEN_OF_CONVERSATION: &str = "SELECT id, clinic_id, kind, patient_id, visit_id, conversation_id, run_id, reason, state_detail,
    due_at, created_at, tries FROM desk_tasks WHERE conversation_id = $1 AND state = 'open' ORDER BY id";
const COUNT_OPEN: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM desk_tasks
    WHERE clinic_id = $1 AND state = 'open' AND due_at < $2";

pub fn save(tx: &mut Tx<'_>, task: &DeskTask) -> Result<(), StoreError> {
    let state = match task.state {
        TaskState::Open => "open",
        TaskState::Done { .. } => "done",
        TaskState::Void { .. } => "void",
    };
    let params = [
        Value::text(task.id),
        Value::text(task.clinic),
        word(&task.kind),
        text(task.patient),
        text(task.visit),
        text(task.conversation),
        text(task.run),
        task.reason.as_str().into(),
        state.into(),
        json(&task.state),
        at(task.due_at),
        at(task.created_at),
        task.tries.into(),
    ];
    tx.execute(SAVE, &params).map(drop)
}

pub fn find(tx: &mut Tx<'_>, id: DeskTaskId) -> Result<Option<DeskTask>, StoreError> {
    tx.optional(ONE, &[Value::text(id)], read)
}

/// Open tasks due before an instant, the oldest first.
pub fn open(tx: &mut Tx<'_>, clinic: ClinicId, due_before: Timestamp, limit: u32) -> Result<Vec<DeskTask>, StoreError> {
    tx.query(OPEN, &[Value::text(clinic), at(due_before), limit.into()], read)
}

/// A task as the list of the day shows it.
#[derive(Debug, Clone)]
pub struct Listed {
    pub task: DeskTask,
    /// Empty where nobody is known yet.
    pub given: String,
    pub family: String,
    /// When the visit it is about begins.
    pub starts_at: Option<Timestamp>,
}

/// Everything open, what comes due first in front.
pub fn list(tx: &mut Tx<'_>, clinic: ClinicId, limit: u32) -> Result<Vec<Listed>, StoreError> {
    tx.query(LIST, &[Value::text(clinic), limit.into()], |row| {
        Ok(Listed { task: read(row)?, given: row.get("given")?, family: row.get("family")?, starts_at: read_maybe_at(row, "starts_at")? })
    })
}

pub fn open_of_visit(tx: &mut Tx<'_>, visit: VisitId) -> Result<Vec<DeskTask>, StoreError> {
    tx.query(OPEN_OF_VISIT, &[Value::text(visit)], read)
}

pub fn open_of_conversation(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Vec<DeskTask>, StoreError> {
    tx.query(OPEN_OF_CONVERSATION, &[Value::text(conversation)], read)
}

pub fn count_open(tx: &mut Tx<'_>, clinic: ClinicId, due_before: Timestamp) -> Result<u32, StoreError> {
    tx.one(COUNT_OPEN, &[Value::text(clinic), at(due_before)], |row| row.get("many"))
}

fn read(row: &Row<'_>) -> Result<DeskTask, StoreError> {
    Ok(DeskTask {
        id: row.parse("id")?,
        clinic: row.parse("clinic_id")?,
        kind: read_word(row, "kind")?,
        patient: row.parse_optional("patient_id")?,
        visit: row.parse_optional("visit_id")?,
        conversation: row.parse_optional("conversation_id")?,
        run: row.parse_optional("run_id")?,
        reason: row.get("reason")?,
        state: row.json("state_detail")?,
        due_at: read_at(row, "due_at")?,
        created_at: read_at(row, "created_at")?,
        tries: row.get("tries")?,
    })
}
