//! Runs of playbooks with their traces, and which playbooks are switched on.

use std::collections::BTreeSet;

use kernel::{ClinicId, PatientId, RunId, Timestamp, VisitId};

use clinic::playbooks::{Run, RunState, TraceLine};

use crate::columns::{at, json, maybe_at, read_at};
use crate::{Forget, Row, Rows, StoreError, Tx, Value};

const ADD: &str = "INSERT INTO runs (id, playbook, clinic_id, patient_id, state, due_at, run, started_at, changed_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, 1)";
const CHANGE: &str = "UPDATE runs SET state = $2, due_at = $3, run = $4, changed_at = $5, version = version + 1
    WHERE id = $1 AND version = $6";
const DROP_VISITS: &str = "DELETE FROM run_visits WHERE run_id = $1";
const ADD_VISIT: &str = "INSERT INTO run_visits (run_id, visit_id) VALUES ($1, $2) ON CONFLICT (run_id, visit_id) DO NOTHING";
const ONE: &str = "SELECT id, run, changed_at, version FROM runs WHERE id = $1";
const STATE: &str = "SELECT state FROM runs WHERE id = $1";
const OF_VISIT: &str = "SELECT runs.id, run, changed_at, runs.version FROM runs JOIN run_visits ON run_visits.run_id = runs.id
    WHERE run_visits.visit_id = $1 ORDER BY runs.id";
const OPEN_OF_PATIENT: &str = "SELECT id, run, changed_at, version FROM runs
    WHERE patient_id = $1 AND state IN ('active', 'waiting') ORDER BY id DESC";
const COUNT_OF_PATIENT: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM runs WHERE patient_id = $1 AND playbook = $2";
const DUE: &str = "SELECT id FROM runs WHERE state = 'waiting' AND due_at <= $1 ORDER BY due_at, id LIMIT $2";
const NEXT_DUE: &str = "SELECT MIN(due_at) AS due_at FROM runs WHERE state = 'waiting'";
const RECENT: &str = "SELECT id, run, changed_at, version FROM runs
    WHERE clinic_id = $1 AND playbook = $2 ORDER BY changed_at DESC, id DESC LIMIT $3";
const FIGURES: &str = "SELECT state, CAST(COUNT(*) AS BIGINT) AS many FROM runs
    WHERE clinic_id = $1 AND playbook = $2 AND started_at >= $3 GROUP BY state ORDER BY state";
const ASKING: &str = "SELECT run_visits.visit_id, MIN(CASE WHEN runs.state = 'waiting' THEN runs.due_at END) AS next_at,
    CAST(SUM((SELECT COUNT(*) FROM run_traces WHERE run_traces.run_id = runs.id AND run_traces.what = 'asked')) AS BIGINT) AS times
    FROM visits JOIN run_visits ON run_visits.visit_id = visits.id JOIN runs ON runs.id = run_visits.run_id
    WHERE visits.clinic_id = $1 AND visits.starts_at >= $2 AND visits.starts_at < $3 AND visits.state IN ('booked', 'requested')
    GROUP BY run_visits.visit_id ORDER BY run_visits.visit_id";
const ADD_TRACE: &str = "INSERT INTO run_traces (run_id, number, at, step, what, detail) VALUES ($1, $2, $3, $4, $5, $6)";
const NEXT_TRACE: &str = "INSERT INTO run_traces (run_id, number, at, step, what, detail)
    SELECT $1, COALESCE(MAX(number), 0) + 1, $2, $3, $4, $5 FROM run_traces WHERE run_id = $1";
const TRACE: &str = "SELECT at, step, what, detail FROM run_traces WHERE run_id = $1 ORDER BY number";
const SWITCH: &str = "INSERT INTO playbooks (clinic_id, playbook, switched) VALUES ($1, $2, $3)
    ON CONFLICT (clinic_id, playbook) DO UPDATE SET switched = excluded.switched";
const SWITCHED_OFF: &str = "SELECT playbook FROM playbooks WHERE clinic_id = $1 AND switched = 'off' ORDER BY playbook";

/// A run as it was read, with the version that a change is written over.
#[derive(Debug, Clone)]
pub struct Kept {
    pub run: Run,
    pub changed_at: Timestamp,
    pub version: i64,
}

const fn state_word(state: &RunState) -> &'static str {
    match state {
        RunState::Active { .. } => "active",
        RunState::Waiting { .. } => "waiting",
        RunState::Done { .. } => "done",
        RunState::Stopped { .. } => "stopped",
        RunState::HandedOver => "handed_over",
    }
}

pub fn add(tx: &mut Tx<'_>, run: &Run, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(ADD, &columns(run, now))?;
    save_visits(tx, run)
}

/// Many new runs at once, each with its way until now; each stands as it began.
pub fn add_all(tx: &mut Tx<'_>, runs: &[(Run, Vec<TraceLine>)]) -> Result<(), StoreError> {
    let rows: Vec<Vec<Value>> = runs.iter().map(|(run, _)| columns(run, run.started_at).into()).collect();
    tx.execute_many(ADD, &rows)?;
    let visits = |run: &Run| run.visits.iter().map(|visit| vec![Value::text(run.id), Value::text(visit)]).collect::<Vec<_>>();
    let visits: Vec<Vec<Value>> = runs.iter().flat_map(|(run, _)| visits(run)).collect();
    tx.execute_many(ADD_VISIT, &visits)?;
    let traces: Vec<Vec<Value>> = runs.iter().flat_map(|(run, lines)| trace_columns(run.id, (1, lines), run.started_at)).collect();
    tx.execute_many(ADD_TRACE, &traces).map(drop)
}

fn columns(run: &Run, now: Timestamp) -> [Value; 9] {
    [
        Value::text(run.id),
        run.playbook.as_str().into(),
        Value::text(run.clinic),
        Value::text(run.patient),
        state_word(&run.state).into(),
        maybe_at(run.due_at()),
        json(run),
        at(run.started_at),
        at(now),
    ]
}

/// Writes a run over the version that was read: two answers at once cannot both move it.
pub fn change(tx: &mut Tx<'_>, run: &Run, read_version: i64, now: Timestamp) -> Result<(), StoreError> {
    let id = Value::text(run.id);
    let params = vec![id.clone(), state_word(&run.state).into(), maybe_at(run.due_at()), json(run), at(now), read_version.into()];
    let forgets = [Forget::Of(ONE, std::slice::from_ref(&id)), Forget::Of(STATE, std::slice::from_ref(&id)), Forget::All(OF_VISIT)];
    tx.put(CHANGE, params, Rows::OneVersion, &forgets)?;
    save_visits(tx, run)
}

fn save_visits(tx: &mut Tx<'_>, run: &Run) -> Result<(), StoreError> {
    tx.put(DROP_VISITS, vec![Value::text(run.id)], Rows::Any, &[Forget::All(OF_VISIT)])?;
    run.visits
        .iter()
        .try_for_each(|visit| tx.put(ADD_VISIT, vec![Value::text(run.id), Value::text(visit)], Rows::Any, &[Forget::All(OF_VISIT)]))
}

pub fn find(tx: &mut Tx<'_>, id: RunId) -> Result<Option<Kept>, StoreError> {
    tx.recall_one(ONE, &[Value::text(id)], read)
}

/// Whether it ended before its time: what it has said and was not sent is no longer meant.
pub fn is_stopped(tx: &mut Tx<'_>, id: RunId) -> Result<bool, StoreError> {
    Ok(tx.recall_one(STATE, &[Value::text(id)], read_state)?.is_some_and(|state| state == "stopped"))
}

/// These will be asked for one by one.
pub fn foresee(tx: &mut Tx<'_>, ids: &[RunId]) -> Result<(), StoreError> {
    tx.foresee(ONE, ids.iter().map(|id| vec![Value::text(id)]), read)
}

/// Of these it will be asked one by one whether they were stopped.
pub fn foresee_states(tx: &mut Tx<'_>, ids: &BTreeSet<RunId>) -> Result<(), StoreError> {
    tx.foresee(STATE, ids.iter().map(|id| vec![Value::text(id)]), read_state)
}

fn read_state(row: &Row<'_>) -> Result<String, StoreError> {
    row.get("state")
}

pub fn of_visit(tx: &mut Tx<'_>, visit: VisitId) -> Result<Vec<Kept>, StoreError> {
    tx.query(OF_VISIT, &[Value::text(visit)], read)
}

/// Those that can still hear an answer, the newest first.
pub fn open_of_patient(tx: &mut Tx<'_>, patient: PatientId) -> Result<Vec<Kept>, StoreError> {
    tx.query(OPEN_OF_PATIENT, &[Value::text(patient)], read)
}

pub fn has_had(tx: &mut Tx<'_>, patient: PatientId, playbook: &str) -> Result<bool, StoreError> {
    tx.one(COUNT_OF_PATIENT, &[Value::text(patient), playbook.into()], |row| Ok(row.get::<i64>("many")? > 0))
}

/// Runs whose moment has come, the oldest first.
pub fn due(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<RunId>, StoreError> {
    tx.query(DUE, &[at(now), limit.into()], |row| row.parse("id"))
}

pub fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.one(NEXT_DUE, &[], |row| crate::columns::read_maybe_at(row, "due_at"))
}

pub fn recent(tx: &mut Tx<'_>, clinic: ClinicId, playbook: &str, limit: u32) -> Result<Vec<Kept>, StoreError> {
    tx.query(RECENT, &[Value::text(clinic), playbook.into(), limit.into()], read)
}

/// How many runs begun since an instant are in each state.
pub fn figures(tx: &mut Tx<'_>, clinic: ClinicId, playbook: &str, since: Timestamp) -> Result<Vec<(String, u32)>, StoreError> {
    tx.query(FIGURES, &[Value::text(clinic), playbook.into(), at(since)], |row| Ok((row.get("state")?, row.get("many")?)))
}

fn read(row: &Row<'_>) -> Result<Kept, StoreError> {
    Ok(Kept { run: row.json("run")?, changed_at: read_at(row, "changed_at")?, version: row.get("version")? })
}

/// How far the bot has come with a visit that is not sure.
#[derive(Debug, Clone, Copy)]
pub struct Asking {
    pub visit: VisitId,
    pub times: u32,
    pub next_at: Option<Timestamp>,
}

/// Of every visit that is not sure and starts in `from..until`.
pub fn asking(tx: &mut Tx<'_>, clinic: ClinicId, from: Timestamp, until: Timestamp) -> Result<Vec<Asking>, StoreError> {
    tx.query(ASKING, &[Value::text(clinic), at(from), at(until)], |row| {
        Ok(Asking { visit: row.parse("visit_id")?, times: row.get("times")?, next_at: crate::columns::read_maybe_at(row, "next_at")? })
    })
}

pub fn add_trace(tx: &mut Tx<'_>, run: RunId, lines: &[TraceLine], now: Timestamp) -> Result<(), StoreError> {
    lines.iter().try_for_each(|TraceLine { step, what, detail }| {
        let params = vec![Value::text(run), at(now), step.into(), what.into(), detail.into()];
        tx.put(NEXT_TRACE, params, Rows::Any, &[])
    })
}

fn trace_columns(run: RunId, (first, lines): (i64, &[TraceLine]), now: Timestamp) -> Vec<Vec<Value>> {
    let row = |(line, number): (&TraceLine, i64)| {
        vec![Value::text(run), number.into(), at(now), line.step.as_str().into(), line.what.as_str().into(), line.detail.as_str().into()]
    };
    lines.iter().zip(first..).map(row).collect()
}

pub fn trace(tx: &mut Tx<'_>, run: RunId) -> Result<Vec<(Timestamp, TraceLine)>, StoreError> {
    tx.query(TRACE, &[Value::text(run)], |row| {
        Ok((read_at(row, "at")?, TraceLine { step: row.get("step")?, what: row.get("what")?, detail: row.get("detail")? }))
    })
}

/// Switches a playbook on (`on`) or off (`off`) for a clinic.
pub fn switch(tx: &mut Tx<'_>, clinic: ClinicId, playbook: &str, switched: &str) -> Result<(), StoreError> {
    tx.execute(SWITCH, &[Value::text(clinic), playbook.into(), switched.into()]).map(drop)
}

pub fn switched_off(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<Vec<String>, StoreError> {
    tx.recall(SWITCHED_OFF, &[Value::text(clinic)], |row| row.get("playbook"))
}
