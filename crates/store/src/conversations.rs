//! Threads, what came in, and notes.

use std::collections::BTreeSet;

use kernel::{AccountId, Address, ClinicId, ConversationId, PatientId, Timestamp};

use clinic::actors::Channel;
use clinic::conversations::{Conversation, ConversationState, Counterpart, Inbound, Note, SenderCheck, Urgency};

use crate::columns::{at, changed, json, maybe_at, read_at, read_word, read_words, text, word};
use crate::{Row, Rows, StoreError, Tx, Value};

const ADD: &str = "INSERT INTO conversations
    (id, clinic_id, patient_id, address, name, state, state_detail, waiting_since, urgency, assigned_to, last_message_at, preview, version)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, '', $12)";
const CHANGE: &str = "UPDATE conversations SET patient_id = $2, address = $3, name = $4, state = $5, state_detail = $6,
    waiting_since = $7, urgency = $8, assigned_to = $9, last_message_at = $10, version = $11
    WHERE id = $1 AND version = $12";
const PREVIEW: &str = "UPDATE conversations SET preview = $2 WHERE id = $1";
const ONE: &str = "SELECT id, clinic_id, patient_id, address, name, state_detail, last_message_at, version
    FROM conversations WHERE id = $1";
const OF_PATIENT: &str = "SELECT id, clinic_id, patient_id, address, name, state_detail, last_message_at, version
    FROM conversations WHERE patient_id = $1";
const AT_ADDRESS: &str = "SELECT id, clinic_id, patient_id, address, name, state_detail, last_message_at, version
    FROM conversations WHERE address = $1";
const SNOOZED: &str = "SELECT id, clinic_id, patient_id, address, name, state_detail, last_message_at, version
    FROM conversations WHERE state = 'snoozed' ORDER BY last_message_at, id";
const ADD_INBOUND: &str = "INSERT INTO inbound
    (id, conversation_id, channel, account_id, from_address, provider_key, said, sender_check, sent_at, received_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)";
const ARRIVE: &str = "INSERT INTO arrivals (account_id, repeat_key, received_at) VALUES ($1, $2, $3)
    ON CONFLICT (account_id, repeat_key) DO NOTHING";
const FORGET_ARRIVALS: &str = "DELETE FROM arrivals WHERE received_at < $1";
const INBOUND_OF: &str = "SELECT id, conversation_id, channel, account_id, from_address, provider_key, said, sender_check, sent_at,
    received_at FROM inbound WHERE conversation_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";
const MOVE_INBOUND: &str = "UPDATE inbound SET conversation_id = $2 WHERE conversation_id = $1";
const MOVE_OUTBOUND: &str = "UPDATE outbound SET conversation_id = $2 WHERE conversation_id = $1";
const MOVE_NOTES: &str = "UPDATE notes SET conversation_id = $2 WHERE conversation_id = $1";
const MOVE_TASKS: &str = "UPDATE desk_tasks SET conversation_id = $2 WHERE conversation_id = $1";
const MOVE_CALLS: &str = "UPDATE calls SET conversation_id = $2 WHERE conversation_id = $1";
// the list shows the newest words of both
const NEWER_PREVIEW: &str = "UPDATE conversations SET preview = (SELECT preview FROM conversations AS unknown WHERE unknown.id = $1)
    WHERE id = $2 AND last_message_at <= (SELECT last_message_at FROM conversations AS unknown WHERE unknown.id = $1)";
const DROP: &str = "DELETE FROM conversations WHERE id = $1";
const ADD_NOTE: &str = "INSERT INTO notes (id, conversation_id, staff_id, text, at) VALUES ($1, $2, $3, $4, $5)";
const NOTES_OF: &str = "SELECT id, conversation_id, staff_id, text, at
    FROM notes WHERE conversation_id = $1 AND id < $2 ORDER BY id DESC LIMIT $3";

/// Later than every id: where a thread is read from its newest end.
pub const NEWEST: &str = "~";

fn columns(conversation: &Conversation) -> [Value; 11] {
    let (patient, address, name) = match &conversation.with {
        Counterpart::Patient(patient) => (Value::text(patient), Value::Null, ""),
        Counterpart::Unknown { address, name } => (Value::Null, Value::text(address), name.as_str()),
    };
    let (state, waiting_since, urgency, assigned_to) = match conversation.state {
        ConversationState::Bot => ("bot", None, None, None),
        ConversationState::Waiting { since, urgency } => ("waiting", Some(since), Some(urgency), None),
        ConversationState::Assigned { to, waiting_since, .. } => {
            ("assigned", waiting_since, waiting_since.map(|_| Urgency::Normal), Some(to))
        }
        ConversationState::Answered { by, .. } => ("answered", None, None, Some(by)),
        ConversationState::Snoozed { by, .. } => ("snoozed", None, None, Some(by)),
        ConversationState::Closed { .. } => ("closed", None, None, None),
    };
    [
        Value::text(conversation.id),
        patient,
        address,
        name.into(),
        state.into(),
        json(&conversation.state),
        maybe_at(waiting_since),
        urgency.as_ref().map_or(Value::Null, word),
        text(assigned_to),
        at(conversation.last_message_at),
        conversation.version.into(),
    ]
}

pub fn add(tx: &mut Tx<'_>, conversation: &Conversation) -> Result<(), StoreError> {
    tx.execute(ADD, &all_columns(conversation)).map(drop)
}

/// Many new threads at once.
pub fn add_all(tx: &mut Tx<'_>, conversations: &[Conversation]) -> Result<(), StoreError> {
    let rows: Vec<Vec<Value>> = conversations.iter().map(all_columns).collect();
    tx.execute_many(ADD, &rows).map(drop)
}

fn all_columns(conversation: &Conversation) -> Vec<Value> {
    let [id, rest @ ..] = columns(conversation);
    let mut params = vec![id, Value::text(conversation.clinic)];
    params.extend(rest);
    params
}

/// Writes a conversation over the version that was read; somebody else's answer in between is a conflict.
pub fn change(tx: &mut Tx<'_>, conversation: &Conversation, read_version: i64) -> Result<(), StoreError> {
    let mut params = columns(conversation).to_vec();
    params.push(read_version.into());
    changed(tx.execute(CHANGE, &params)?, "conversations")
}

/// The first words of the newest message, for the list.
pub fn set_preview(tx: &mut Tx<'_>, id: ConversationId, preview: &str) -> Result<(), StoreError> {
    tx.put(PREVIEW, vec![Value::text(id), preview.into()], Rows::Any, &[])
}

pub fn find(tx: &mut Tx<'_>, id: ConversationId) -> Result<Option<Conversation>, StoreError> {
    tx.recall_one(ONE, &[Value::text(id)], read)
}

/// These will be asked for one by one.
pub fn foresee(tx: &mut Tx<'_>, ids: &BTreeSet<ConversationId>) -> Result<(), StoreError> {
    tx.foresee(ONE, ids.iter().map(|id| vec![Value::text(id)]), read)
}

pub fn of_patient(tx: &mut Tx<'_>, patient: PatientId) -> Result<Option<Conversation>, StoreError> {
    tx.recall_one(OF_PATIENT, &[Value::text(patient)], read)
}

/// It will be asked for the thread of each of these.
pub fn foresee_of_patients(tx: &mut Tx<'_>, patients: &BTreeSet<PatientId>) -> Result<(), StoreError> {
    tx.foresee(OF_PATIENT, patients.iter().map(|id| vec![Value::text(id)]), read)
}

pub fn with_unknown(tx: &mut Tx<'_>, address: &Address) -> Result<Option<Conversation>, StoreError> {
    tx.optional(AT_ADDRESS, &[Value::text(address)], read)
}

pub fn snoozed(tx: &mut Tx<'_>) -> Result<Vec<Conversation>, StoreError> {
    tx.query(SNOOZED, &[], read)
}

fn read(row: &Row<'_>) -> Result<Conversation, StoreError> {
    let with = match (row.parse_optional("patient_id")?, row.parse_optional("address")?) {
        (Some(patient), _) => Counterpart::Patient(patient),
        (None, Some(address)) => Counterpart::Unknown { address, name: row.get("name")? },
        (None, None) => return Err(row.misfit("patient_id", "is NULL, and so is address")),
    };
    Ok(Conversation {
        id: row.parse("id")?,
        clinic: row.parse::<ClinicId>("clinic_id")?,
        with,
        state: row.json("state_detail")?,
        last_message_at: read_at(row, "last_message_at")?,
        version: row.get("version")?,
    })
}

/// What an unknown sender said becomes part of the patient's one thread.
pub fn join(tx: &mut Tx<'_>, from: ConversationId, into: ConversationId) -> Result<(), StoreError> {
    let both = [Value::text(from), Value::text(into)];
    for statement in [NEWER_PREVIEW, MOVE_INBOUND, MOVE_OUTBOUND, MOVE_NOTES, MOVE_TASKS, MOVE_CALLS] {
        tx.execute(statement, &both)?;
    }
    tx.execute(DROP, &both[..1]).map(drop)
}

/// True for the first time that a provider tells us this; with the account, `repeat_key` is its name.
pub fn arrives(tx: &mut Tx<'_>, account: AccountId, repeat_key: &str, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(ARRIVE, &[Value::text(account), repeat_key.into(), at(now)])? == 1)
}

/// Providers repeat themselves for days, not for months.
pub fn forget_arrivals(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET_ARRIVALS, &[at(before)])
}

pub fn add_inbound(tx: &mut Tx<'_>, inbound: &Inbound) -> Result<(), StoreError> {
    tx.execute(ADD_INBOUND, &inbound_columns(inbound)).map(drop)
}

/// Much that came in, at once.
pub fn add_all_inbound(tx: &mut Tx<'_>, inbound: &[Inbound]) -> Result<(), StoreError> {
    let rows: Vec<Vec<Value>> = inbound.iter().map(|inbound| inbound_columns(inbound).into()).collect();
    tx.execute_many(ADD_INBOUND, &rows).map(drop)
}

fn inbound_columns(inbound: &Inbound) -> [Value; 10] {
    let sender_check = match inbound.sender {
        SenderCheck::NotLookedAt => Value::Null,
        SenderCheck::Passed | SenderCheck::Failed => word(&inbound.sender),
    };
    [
        Value::text(inbound.id),
        Value::text(inbound.conversation),
        word(&inbound.channel),
        Value::text(inbound.account),
        Value::text(&inbound.from),
        inbound.provider_key.as_str().into(),
        json(&inbound.said),
        sender_check,
        at(inbound.sent_at),
        at(inbound.received_at),
    ]
}

/// Newest first, older than `before`.
pub fn inbound_of(tx: &mut Tx<'_>, conversation: ConversationId, before: &str, limit: u32) -> Result<Vec<Inbound>, StoreError> {
    tx.query(INBOUND_OF, &[Value::text(conversation), before.into(), limit.into()], |row| {
        Ok(Inbound {
            id: row.parse("id")?,
            conversation: row.parse("conversation_id")?,
            channel: read_word(row, "channel")?,
            account: row.parse("account_id")?,
            from: row.parse("from_address")?,
            provider_key: row.get("provider_key")?,
            said: row.json("said")?,
            sender: read_words(row, "sender_check")?.unwrap_or_default(),
            sent_at: read_at(row, "sent_at")?,
            received_at: read_at(row, "received_at")?,
        })
    })
}

pub fn add_note(tx: &mut Tx<'_>, note: &Note) -> Result<(), StoreError> {
    let params = [Value::text(note.id), Value::text(note.conversation), Value::text(note.by), note.text.as_str().into(), at(note.at)];
    tx.execute(ADD_NOTE, &params).map(drop)
}

pub fn notes_of(tx: &mut Tx<'_>, conversation: ConversationId, before: &str, limit: u32) -> Result<Vec<Note>, StoreError> {
    tx.query(NOTES_OF, &[Value::text(conversation), before.into(), limit.into()], |row| {
        Ok(Note {
            id: row.parse("id")?,
            conversation: row.parse("conversation_id")?,
            by: row.parse("staff_id")?,
            text: row.get("text")?,
            at: read_at(row, "at")?,
        })
    })
}

/// A line of the Inbox list.
#[derive(Debug, Clone)]
pub struct Listed {
    pub conversation: Conversation,
    pub given: String,
    pub family: String,
    pub preview: String,
    /// Where they last wrote.
    pub channel: Option<Channel>,
    /// Given and family name of the child whom a guardian was written to about within the last three days of the thread.
    pub ward: Option<(String, String)>,
}

const LIST: &str = "SELECT conversations.id, conversations.clinic_id, patient_id, address, conversations.name, state_detail,
    last_message_at, conversations.version, preview, COALESCE(patients.given, '') AS given, COALESCE(patients.family, '') AS family,
    (SELECT channel FROM inbound WHERE conversation_id = conversations.id ORDER BY id DESC LIMIT 1) AS channel, ward.given AS ward_given,
    ward.family AS ward_family
    FROM conversations LEFT JOIN patients ON patients.id = conversations.patient_id
    LEFT JOIN patients AS ward ON ward.guardian_id = conversations.patient_id AND ward.id = (SELECT outbound.patient_id FROM outbound
        WHERE outbound.conversation_id = conversations.id AND outbound.patient_id <> conversations.patient_id
        AND outbound.created_at > conversations.last_message_at - 259200000 ORDER BY outbound.id DESC LIMIT 1)
    WHERE conversations.clinic_id = $1 AND last_message_at < $2
    ORDER BY last_message_at DESC, conversations.id DESC LIMIT $3";
const LIST_IN_STATE: &str = "SELECT conversations.id, conversations.clinic_id, patient_id, address, conversations.name, state_detail,
    last_message_at, conversations.version, preview, COALESCE(patients.given, '') AS given, COALESCE(patients.family, '') AS family,
    (SELECT channel FROM inbound WHERE conversation_id = conversations.id ORDER BY id DESC LIMIT 1) AS channel, ward.given AS ward_given,
    ward.family AS ward_family
    FROM conversations LEFT JOIN patients ON patients.id = conversations.patient_id
    LEFT JOIN patients AS ward ON ward.guardian_id = conversations.patient_id AND ward.id = (SELECT outbound.patient_id FROM outbound
        WHERE outbound.conversation_id = conversations.id AND outbound.patient_id <> conversations.patient_id
        AND outbound.created_at > conversations.last_message_at - 259200000 ORDER BY outbound.id DESC LIMIT 1)
    WHERE conversations.clinic_id = $1 AND state = $2 AND last_message_at < $3
    ORDER BY last_message_at DESC, conversations.id DESC LIMIT $4";
const LIST_WAITING: &str = "SELECT conversations.id, conversations.clinic_id, patient_id, address, conversations.name, state_detail,
    last_message_at, conversations.version, preview, COALESCE(patients.given, '') AS given, COALESCE(patients.family, '') AS family,
    (SELECT channel FROM inbound WHERE conversation_id = conversations.id ORDER BY id DESC LIMIT 1) AS channel, ward.given AS ward_given,
    ward.family AS ward_family
    FROM conversations LEFT JOIN patients ON patients.id = conversations.patient_id
    LEFT JOIN patients AS ward ON ward.guardian_id = conversations.patient_id AND ward.id = (SELECT outbound.patient_id FROM outbound
        WHERE outbound.conversation_id = conversations.id AND outbound.patient_id <> conversations.patient_id
        AND outbound.created_at > conversations.last_message_at - 259200000 ORDER BY outbound.id DESC LIMIT 1)
    WHERE conversations.clinic_id = $1 AND state = 'waiting'
    ORDER BY urgency, waiting_since, conversations.id LIMIT $2";
const HELD_BY: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM conversations WHERE assigned_to = $1 AND state = 'assigned'";
const EMERGENCIES: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM conversations
    WHERE clinic_id = $1 AND state = 'waiting' AND urgency = 'emergency'";
const COUNTS: &str = "SELECT state, CAST(COUNT(*) AS BIGINT) AS many FROM conversations
    WHERE clinic_id = $1 AND state IN ('waiting', 'assigned', 'snoozed') GROUP BY state ORDER BY state";

fn read_listed(row: &Row<'_>) -> Result<Listed, StoreError> {
    let ward: (Option<String>, Option<String>) = (row.get("ward_given")?, row.get("ward_family")?);
    Ok(Listed {
        conversation: read(row)?,
        given: row.get("given")?,
        family: row.get("family")?,
        preview: row.get("preview")?,
        channel: read_words(row, "channel")?,
        ward: ward.0.zip(ward.1),
    })
}

/// Newest first, older than `before`.
pub fn list(tx: &mut Tx<'_>, clinic: ClinicId, before: Timestamp, limit: u32) -> Result<Vec<Listed>, StoreError> {
    tx.query(LIST, &[Value::text(clinic), at(before), limit.into()], read_listed)
}

/// Those in one state (`assigned`, `snoozed`, `closed`, `bot`), newest first.
pub fn list_in_state(tx: &mut Tx<'_>, clinic: ClinicId, state: &str, before: Timestamp, limit: u32) -> Result<Vec<Listed>, StoreError> {
    tx.query(LIST_IN_STATE, &[Value::text(clinic), state.into(), at(before), limit.into()], read_listed)
}

/// Those who wait for a person: emergencies first, then whoever has waited longest.
pub fn list_waiting(tx: &mut Tx<'_>, clinic: ClinicId, limit: u32) -> Result<Vec<Listed>, StoreError> {
    tx.query(LIST_WAITING, &[Value::text(clinic), limit.into()], read_listed)
}

/// How many wait, are held or are put aside. Those that were answered are not counted: there is no end to them.
pub fn counts(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<Vec<(String, u32)>, StoreError> {
    tx.query(COUNTS, &[Value::text(clinic)], |row| Ok((row.get("state")?, row.get("many")?)))
}

/// How many wait with an emergency.
pub fn emergencies(tx: &mut Tx<'_>, clinic: ClinicId) -> Result<u32, StoreError> {
    tx.one(EMERGENCIES, &[Value::text(clinic)], |row| row.get("many"))
}

/// How many somebody holds.
pub fn held_by(tx: &mut Tx<'_>, member: kernel::StaffId) -> Result<u32, StoreError> {
    tx.one(HELD_BY, &[Value::text(member)], |row| row.get("many"))
}
