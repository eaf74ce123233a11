//! Telephone calls, each under the name that its exchange gives it.

use kernel::{AccountId, CallId, ClinicId, ConversationId, Timestamp};

use clinic::calls::{Call, Standing};

use crate::columns::{at, changed, json, text};
use crate::{Row, StoreError, Tx, Value};

const ADD: &str = "INSERT INTO calls (id, clinic_id, account_id, call_key, conversation_id, state, told, began_at, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const CHANGE: &str = "UPDATE calls SET conversation_id = $2, state = $3, told = $4, began_at = $5, version = $6
    WHERE id = $1 AND version = $7";
const BY_KEY: &str = "SELECT id, clinic_id, account_id, call_key, conversation_id, told, version
    FROM calls WHERE account_id = $1 AND call_key = $2";
const ONE: &str = "SELECT id, clinic_id, account_id, call_key, conversation_id, told, version FROM calls WHERE id = $1";
const RINGING: &str = "SELECT id, clinic_id, account_id, call_key, conversation_id, told, version
    FROM calls WHERE clinic_id = $1 AND state = 'ringing' AND began_at > $2 ORDER BY began_at, id LIMIT $3";
const OF_CONVERSATION: &str = "SELECT id, clinic_id, account_id, call_key, conversation_id, told, version
    FROM calls WHERE conversation_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";

fn state(call: &Call) -> &'static str {
    match call.standing() {
        Standing::Ringing => "ringing",
        Standing::Talking => "talking",
        Standing::Ended(_) => "ended",
    }
}

pub fn add(tx: &mut Tx<'_>, call: &Call) -> Result<(), StoreError> {
    let params = [
        Value::text(call.id),
        Value::text(call.clinic),
        Value::text(call.account),
        call.key.as_str().into(),
        text(call.conversation),
        state(call).into(),
        json(&call.told),
        at(call.told.began_at),
        call.version.into(),
    ];
    tx.execute(ADD, &params).map(drop)
}

/// Written over the version that was read: two nodes that hear of it at once are told.
pub fn change(tx: &mut Tx<'_>, call: &Call, read_version: i64) -> Result<(), StoreError> {
    let params = [
        Value::text(call.id),
        text(call.conversation),
        state(call).into(),
        json(&call.told),
        at(call.told.began_at),
        call.version.into(),
        read_version.into(),
    ];
    changed(tx.execute(CHANGE, &params)?, "calls")
}

pub fn by_key(tx: &mut Tx<'_>, account: AccountId, key: &str) -> Result<Option<Call>, StoreError> {
    tx.optional(BY_KEY, &[Value::text(account), key.into()], read)
}

pub fn find(tx: &mut Tx<'_>, id: CallId) -> Result<Option<Call>, StoreError> {
    tx.optional(ONE, &[Value::text(id)], read)
}

/// What rings in a clinic and began after `since`, the longest first.
pub fn ringing(tx: &mut Tx<'_>, clinic: ClinicId, since: Timestamp, limit: u32) -> Result<Vec<Call>, StoreError> {
    tx.query(RINGING, &[Value::text(clinic), at(since), limit.into()], read)
}

/// The calls of a thread older than `before`, the newest first.
pub fn of_conversation(tx: &mut Tx<'_>, conversation: ConversationId, before: &str, limit: u32) -> Result<Vec<Call>, StoreError> {
    tx.query(OF_CONVERSATION, &[Value::text(conversation), before.into(), limit.into()], read)
}

fn read(row: &Row<'_>) -> Result<Call, StoreError> {
    Ok(Call {
        id: row.parse("id")?,
        clinic: row.parse("clinic_id")?,
        account: row.parse("account_id")?,
        key: row.get("call_key")?,
        conversation: row.parse_optional("conversation_id")?,
        told: row.json("told")?,
        version: row.get("version")?,
    })
}
