//! The outbox: what was decided, what waits, what the channels took.

use kernel::{AccountId, ClinicId, ConversationId, MessageId, PatientId, Timestamp};

use clinic::conversations::Cause;
use clinic::outbox::{Outbound, OutboundState, Route};

use crate::columns::{at, changed, json, maybe_at, read_at, read_maybe_at, read_word, read_words, text, word, words};
use crate::{Row, StoreError, Tx, Value};

const ADD: &str = "INSERT INTO outbound
    (id, conversation_id, clinic_id, patient_id, purpose, rank, priority, cause, said_key, content, channel, account_id, contact_id,
    to_address, state, state_detail, due_at, lease_until, provider_key, why, useful_until, attempts, created_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24)";
const CHANGE: &str = "UPDATE outbound SET content = $2, channel = $3, account_id = $4, contact_id = $5, to_address = $6, state = $7,
    state_detail = $8, due_at = $9, lease_until = $10, provider_key = $11, why = $12, attempts = $13, version = $14
    WHERE id = $1 AND version = $15";
const ONE: &str = "SELECT id, conversation_id, clinic_id, patient_id, purpose, rank, cause, content, channel, account_id, contact_id,
    to_address, state_detail, why, useful_until, attempts, created_at, version FROM outbound WHERE id = $1";
const BY_PROVIDER_KEY: &str = "SELECT id, conversation_id, clinic_id, patient_id, purpose, rank, cause, content, channel, account_id,
    contact_id, to_address, state_detail, why, useful_until, attempts, created_at, version
    FROM outbound WHERE account_id = $1 AND provider_key = $2 ORDER BY id DESC LIMIT 1";
const OF_CONVERSATION: &str = "SELECT id, conversation_id, clinic_id, patient_id, purpose, rank, cause, content, channel, account_id,
    contact_id, to_address, state_detail, why, useful_until, attempts, created_at, version
    FROM outbound WHERE conversation_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
const OF_PATIENT_SINCE: &str = "SELECT id, conversation_id, clinic_id, patient_id, purpose, rank, cause, content, channel, account_id,
    contact_id, to_address, state_detail, why, useful_until, attempts, created_at, version
    FROM outbound WHERE conversation_id = $1 AND created_at >= $2 ORDER BY created_at, id";
const WAS_SAID: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM outbound
    WHERE patient_id = $1 AND said_key = $2 AND state NOT IN ('suppressed', 'failed')";
const READY: &str = "SELECT id, conversation_id, clinic_id, patient_id, purpose, rank, cause, content, channel, account_id,
    contact_id, to_address, state_detail, why, useful_until, attempts, created_at, version
    FROM outbound WHERE id IN (
        SELECT id FROM outbound WHERE state = 'queued' AND due_at <= $1
        ORDER BY due_at, priority, id LIMIT $2 /* FOR UPDATE SKIP LOCKED */
    ) AND state = 'queued'
    ORDER BY priority, due_at, id";
const HELD_DUE: &str = "SELECT id, conversation_id, clinic_id, patient_id, purpose, rank, cause, content, channel, account_id,
    contact_id, to_address, state_detail, why, useful_until, attempts, created_at, version
    FROM outbound WHERE state = 'held' AND due_at <= $1 ORDER BY due_at, id LIMIT $2";
const LEASE_OVER: &str = "SELECT id, conversation_id, clinic_id, patient_id, purpose, rank, cause, content, channel, account_id,
    contact_id, to_address, state_detail, why, useful_until, attempts, created_at, version
    FROM outbound WHERE state = 'sending' AND lease_until <= $1 ORDER BY lease_until, id LIMIT $2";
const NEXT_WAKE: &str = "SELECT MIN(due_at) AS due_at FROM outbound WHERE state = 'queued'";
const DELAYED: &str = "SELECT state, CAST(COUNT(*) AS BIGINT) AS many, MIN(due_at) AS oldest_at FROM outbound
    WHERE clinic_id = $1 AND state IN ('queued', 'held', 'uncertain') GROUP BY state ORDER BY state";

#[cfg(test)]
pub(crate) const STATEMENTS: &[&str] =
    &[ADD, CHANGE, ONE, BY_PROVIDER_KEY, OF_CONVERSATION, OF_PATIENT_SINCE, WAS_SAID, READY, HELD_DUE, LEASE_OVER, NEXT_WAKE, DELAYED];

/// The columns that show the state to a query: word, when it is due, lease, the provider's id.
fn state_columns(state: &OutboundState) -> (&'static str, Option<Timestamp>, Option<Timestamp>, Option<&str>) {
    match state {
        OutboundState::Planned => ("planned", None, None, None),
        OutboundState::Suppressed { .. } => ("suppressed", None, None, None),
        OutboundState::Held { until, .. } => ("held", Some(*until), None, None),
        OutboundState::Queued { due_at } => ("queued", Some(*due_at), None, None),
        OutboundState::Sending { lease_until, .. } => ("sending", None, Some(*lease_until), None),
        OutboundState::Accepted { provider_key, .. } => ("accepted", None, None, Some(provider_key)),
        OutboundState::Delivered { provider_key, .. } => ("delivered", None, None, Some(provider_key)),
        OutboundState::Read { provider_key, .. } => ("read", None, None, Some(provider_key)),
        OutboundState::Failed { .. } => ("failed", None, None, None),
        OutboundState::Uncertain { .. } => ("uncertain", None, None, None),
    }
}

/// `said_key` names what is said, so that it is not said twice.
pub fn add(tx: &mut Tx<'_>, message: &Outbound, said_key: Option<&str>) -> Result<(), StoreError> {
    let (state, due_at, lease_until, provider_key) = state_columns(&message.state);
    let route = message.route.as_ref();
    let params = [
        Value::text(message.id),
        Value::text(message.conversation),
        Value::text(message.clinic),
        text(message.patient),
        word(&message.purpose),
        word(&message.rank),
        // the highest rank goes first
        Value::Int(-i64::from(message.rank as u8)),
        json(&message.cause),
        said_key.map_or(Value::Null, Value::from),
        json(&message.content),
        words(route.map(|route| route.channel).as_ref()),
        text(route.map(|route| route.account)),
        text(route.and_then(|route| route.contact)),
        text(route.map(|route| &route.to)),
        state.into(),
        json(&message.state),
        maybe_at(due_at),
        maybe_at(lease_until),
        provider_key.map_or(Value::Null, Value::from),
        json(&message.why),
        maybe_at(message.useful_until),
        message.attempts.into(),
        at(message.created_at),
        message.version.into(),
    ];
    tx.execute(ADD, &params).map(drop)
}

/// Writes a message over the version that was read.
pub fn change(tx: &mut Tx<'_>, message: &Outbound, read_version: i64) -> Result<(), StoreError> {
    let (state, due_at, lease_until, provider_key) = state_columns(&message.state);
    let route = message.route.as_ref();
    let params = [
        Value::text(message.id),
        json(&message.content),
        words(route.map(|route| route.channel).as_ref()),
        text(route.map(|route| route.account)),
        text(route.and_then(|route| route.contact)),
        text(route.map(|route| &route.to)),
        state.into(),
        json(&message.state),
        maybe_at(due_at),
        maybe_at(lease_until),
        provider_key.map_or(Value::Null, Value::from),
        json(&message.why),
        message.attempts.into(),
        message.version.into(),
        read_version.into(),
    ];
    changed(tx.execute(CHANGE, &params)?, "outbound")
}

pub fn find(tx: &mut Tx<'_>, id: MessageId) -> Result<Option<Outbound>, StoreError> {
    tx.optional(ONE, &[Value::text(id)], read)
}

/// The message that the provider calls so.
pub fn by_provider_key(tx: &mut Tx<'_>, account: AccountId, key: &str) -> Result<Option<Outbound>, StoreError> {
    tx.optional(BY_PROVIDER_KEY, &[Value::text(account), key.into()], read)
}

/// Newest first, older than `before`.
pub fn of_conversation(tx: &mut Tx<'_>, conversation: ConversationId, before: &str, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    tx.query(OF_CONVERSATION, &[Value::text(conversation), before.into(), limit.into()], read)
}

/// What was decided for a thread since an instant, for caps and ladders.
pub fn since(tx: &mut Tx<'_>, conversation: ConversationId, since: Timestamp) -> Result<Vec<Outbound>, StoreError> {
    tx.query(OF_PATIENT_SINCE, &[Value::text(conversation), at(since)], read)
}

pub fn was_said(tx: &mut Tx<'_>, patient: PatientId, said_key: &str) -> Result<bool, StoreError> {
    tx.one(WAS_SAID, &[Value::text(patient), said_key.into()], |row| Ok(row.get::<i64>("many")? > 0))
}

/// What is due, the most urgent first, locked for this transaction where several nodes work.
pub fn ready(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    tx.query(READY, &[at(now), limit.into()], read)
}

/// Held messages whose time has come.
pub fn held_due(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    tx.query(HELD_DUE, &[at(now), limit.into()], read)
}

/// Messages whose sender has not come back: nobody knows whether they left.
pub fn lease_over(tx: &mut Tx<'_>, now: Timestamp, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    tx.query(LEASE_OVER, &[at(now), limit.into()], read)
}

/// When the next queued message is due.
pub fn next_due(tx: &mut Tx<'_>) -> Result<Option<Timestamp>, StoreError> {
    tx.one(NEXT_WAKE, &[], |row| read_maybe_at(row, "due_at"))
}

/// What waits at the desk's door: state, how many, since when.
pub fn delayed(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<Vec<(String, u32, Option<Timestamp>)>, StoreError> {
    tx.query(DELAYED, &[Value::text(clinic)], |row| Ok((row.get("state")?, row.get("many")?, read_maybe_at(row, "oldest_at")?)))
}

fn read(row: &Row<'_>) -> Result<Outbound, StoreError> {
    let route = match (read_words(row, "channel")?, row.parse_optional("account_id")?, row.parse_optional("to_address")?) {
        (Some(channel), Some(account), Some(to)) => Some(Route { channel, account, contact: row.parse_optional("contact_id")?, to }),
        _ => None,
    };
    Ok(Outbound {
        id: row.parse("id")?,
        conversation: row.parse("conversation_id")?,
        clinic: row.parse("clinic_id")?,
        patient: row.parse_optional("patient_id")?,
        purpose: read_word(row, "purpose")?,
        rank: read_word(row, "rank")?,
        cause: row.json::<Cause>("cause")?,
        content: row.json("content")?,
        route,
        state: row.json("state_detail")?,
        why: row.json("why")?,
        useful_until: read_maybe_at(row, "useful_until")?,
        attempts: row.get("attempts")?,
        created_at: read_at(row, "created_at")?,
        version: row.get("version")?,
    })
}
