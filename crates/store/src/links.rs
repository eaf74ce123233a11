//! What stands behind a link that a patient holds. The token itself is nowhere: only its hash is kept.

use kernel::{AccountId, Address, PatientId, Timestamp, VisitId};

use clinic::actors::Channel;

use crate::columns::{at, read_at, read_maybe_at, read_word, read_words, text, word, words};
use crate::{Rows, StoreError, Tx, Value};

const ADD: &str = "INSERT INTO links (token_hash, purpose, patient_id, chain_id, channel, created_at, expires_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7)";
const ONE: &str = "SELECT purpose, patient_id, chain_id, channel, expires_at, used_at FROM links WHERE token_hash = $1";
const USE: &str = "UPDATE links SET used_at = $2 WHERE token_hash = $1 AND used_at IS NULL";
const DROP_OLD: &str = "DELETE FROM links WHERE expires_at <= $1";
const ADD_TRY: &str = "INSERT INTO code_tries (account_id, address, tried_at) VALUES ($1, $2, $3)";
const TRIES: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM code_tries WHERE account_id = $1 AND tried_at > $2";
const TRIES_OF_ONE: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM code_tries
    WHERE account_id = $1 AND tried_at > $2 AND address = $3";
const DROP_OLD_TRIES: &str = "DELETE FROM code_tries WHERE tried_at <= $1";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    pub purpose: LinkPurpose,
    pub patient: PatientId,
    /// The visit it is about, by its chain: a link sent before a move shows the visit as it stands.
    pub chain: Option<VisitId>,
    pub channel: Option<Channel>,
    pub expires_at: Timestamp,
    pub used_at: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum LinkPurpose {
    /// The visit page.
    Visit,
    /// Ties a messenger account to the patient, once.
    Connect,
    /// The same, by digits that are typed in: good for minutes.
    Code,
    /// Stops mail by one click.
    Unsubscribe,
}

pub fn add(tx: &mut Tx<'_>, token_hash: &str, link: &Link, now: Timestamp) -> Result<(), StoreError> {
    let params = vec![
        token_hash.into(),
        word(&link.purpose),
        Value::text(link.patient),
        text(link.chain),
        words(link.channel.as_ref()),
        at(now),
        at(link.expires_at),
    ];
    tx.put(ADD, params, Rows::Any, &[])
}

pub fn find(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<Link>, StoreError> {
    tx.optional(ONE, &[token_hash.into()], |row| {
        Ok(Link {
            purpose: read_word(row, "purpose")?,
            patient: row.parse("patient_id")?,
            chain: row.parse_optional("chain_id")?,
            channel: read_words(row, "channel")?,
            expires_at: read_at(row, "expires_at")?,
            used_at: read_maybe_at(row, "used_at")?,
        })
    })
}

/// True for the first who uses it.
pub fn use_once(tx: &mut Tx<'_>, token_hash: &str, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.execute(USE, &[token_hash.into(), at(now)])? == 1)
}

/// Somebody has typed digits that are no code.
pub fn add_try(tx: &mut Tx<'_>, account: AccountId, from: &Address, now: Timestamp) -> Result<(), StoreError> {
    tx.put(ADD_TRY, vec![Value::text(account), Value::text(from), at(now)], Rows::Any, &[])
}

/// How often that was since then, from one address or from all.
pub fn tries(tx: &mut Tx<'_>, account: AccountId, from: Option<&Address>, since: Timestamp) -> Result<u32, StoreError> {
    match from {
        Some(from) => tx.one(TRIES_OF_ONE, &[Value::text(account), at(since), Value::text(from)], |row| row.get("many")),
        None => tx.one(TRIES, &[Value::text(account), at(since)], |row| row.get("many")),
    }
}

pub fn drop_old_tries(tx: &mut Tx<'_>, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(DROP_OLD_TRIES, &[at(before)])
}

pub fn drop_old(tx: &mut Tx<'_>, now: Timestamp) -> Result<u64, StoreError> {
    tx.execute(DROP_OLD, &[at(now)])
}
