//! Connected accounts of channels.

use std::collections::BTreeMap;
use std::rc::Rc;

use kernel::{AccountId, ClinicId, Secret, Timestamp};

use clinic::actors::Channel;

use crate::columns::{at, json, maybe_at, read_at, read_maybe_at, read_word, text, word};
use crate::{Row, StoreError, Tx, Value};

const SAVE: &str = "INSERT INTO accounts (id, clinic_id, channel, name, handle, settings, reached, state, poll_cursor,
    trouble, troubled_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
    ON CONFLICT (id) DO UPDATE SET name = excluded.name, handle = excluded.handle, settings = excluded.settings,
    reached = excluded.reached, state = excluded.state,
    trouble = excluded.trouble, troubled_at = excluded.troubled_at";
const ALL: &str = "SELECT id, clinic_id, channel, name, handle, settings, reached, state, poll_cursor, trouble,
    troubled_at, created_at
    FROM accounts ORDER BY created_at, id";
const ONE: &str = "SELECT id, clinic_id, channel, name, handle, settings, reached, state, poll_cursor, trouble,
    troubled_at, created_at
    FROM accounts WHERE id = $1";
const SET_CURSOR: &str = "UPDATE accounts SET poll_cursor = $2 WHERE id = $1";
const SET_TROUBLE: &str = "UPDATE accounts SET trouble = $2, troubled_at = CASE WHEN trouble IS NULL THEN $3 ELSE troubled_at END
    WHERE id = $1";
const REMOVE: &str = "DELETE FROM accounts WHERE id = $1";
const END_TROUBLE: &str = "UPDATE accounts SET trouble = NULL, troubled_at = NULL WHERE id = $1 AND trouble IS NOT NULL";

const TAKE_POLLING: &str = "INSERT INTO polling (account_id, node, lease_until) VALUES ($1, $2, $4)
    ON CONFLICT (account_id) DO UPDATE SET node = excluded.node, lease_until = excluded.lease_until
    WHERE polling.node = excluded.node OR polling.lease_until <= $3";

const POLLED_BY: &str = "SELECT account_id FROM polling WHERE account_id = $1 AND node = $2 AND lease_until > $3";

/// An account of the clinic at a provider.
#[derive(Debug, Clone, PartialEq)]
pub struct Account {
    pub id: AccountId,
    pub clinic: ClinicId,
    pub channel: Channel,
    /// How the provider calls it: the bot's name, the sender's address.
    pub name: String,
    /// What stands in its links: the bot's user name.
    pub handle: String,
    /// By the names of the connector's fields.
    pub settings: BTreeMap<String, Secret>,
    pub reached: Reached,
    pub state: AccountState,
    /// Where polling goes on.
    pub cursor: Option<String>,
    pub trouble: Option<Troubled>,
    pub created_at: Timestamp,
}

/// What is wrong with an account.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Troubled {
    /// As a key of Fluent.
    pub key: String,
    /// Not known of a trouble that an older version kept.
    pub since: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccountState {
    On,
    Off,
}

/// How messages come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reached {
    ByWebhook,
    ByPolling,
}

pub fn save(tx: &mut Tx<'_>, account: &Account) -> Result<(), StoreError> {
    let params = [
        Value::text(account.id),
        Value::text(account.clinic),
        word(&account.channel),
        account.name.as_str().into(),
        account.handle.as_str().into(),
        json(&account.settings),
        word(&account.reached),
        word(&account.state),
        text(account.cursor.as_ref()),
        text(account.trouble.as_ref().map(|trouble| &trouble.key)),
        maybe_at(account.trouble.as_ref().and_then(|trouble| trouble.since)),
        at(account.created_at),
    ];
    tx.execute(SAVE, &params).map(drop)
}

pub fn all(tx: &mut Tx<'_>) -> Result<Vec<Account>, StoreError> {
    tx.recall(ALL, &[], read)
}

/// What follows from them all, thought out once in a transaction. `about`: what tells this thought from others.
pub fn infer<T: 'static>(tx: &mut Tx<'_>, about: &[Value], think: impl FnOnce(Vec<Account>) -> T) -> Result<Rc<T>, StoreError> {
    tx.infer(ALL, about, |tx| Ok(think(all(tx)?)))
}

pub fn find(tx: &mut Tx<'_>, id: AccountId) -> Result<Option<Account>, StoreError> {
    tx.recall_one(ONE, &[Value::text(id)], read)
}

/// Takes back an account that the provider did not take. One that anything refers to stays: the database refuses.
pub fn remove(tx: &mut Tx<'_>, id: AccountId) -> Result<(), StoreError> {
    tx.execute(REMOVE, &[Value::text(id)]).map(drop)
}

pub fn set_cursor(tx: &mut Tx<'_>, id: AccountId, cursor: &str) -> Result<(), StoreError> {
    tx.execute(SET_CURSOR, &[Value::text(id), cursor.into()]).map(drop)
}

/// Whether this node may fetch the messages of the account until then: nobody else may, or their time is over.
pub fn take_polling(tx: &mut Tx<'_>, id: AccountId, node: &str, (now, until): (Timestamp, Timestamp)) -> Result<bool, StoreError> {
    Ok(tx.execute(TAKE_POLLING, &[Value::text(id), node.into(), at(now), at(until)])? > 0)
}

/// Whether this node is the one that fetches the messages of the account.
pub fn is_polled_by(tx: &mut Tx<'_>, id: AccountId, node: &str, now: Timestamp) -> Result<bool, StoreError> {
    let found = tx.optional(POLLED_BY, &[Value::text(id), node.into(), at(now)], |row| row.parse::<AccountId>("account_id"))?;
    Ok(found.is_some())
}

/// It does not work, since `now` if it did before.
pub fn set_trouble(tx: &mut Tx<'_>, id: AccountId, trouble: &str, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(SET_TROUBLE, &[Value::text(id), trouble.into(), at(now)]).map(drop)
}

/// It works. Says whether it did not before.
pub fn end_trouble(tx: &mut Tx<'_>, id: AccountId) -> Result<bool, StoreError> {
    Ok(tx.execute(END_TROUBLE, &[Value::text(id)])? > 0)
}

fn read(row: &Row<'_>) -> Result<Account, StoreError> {
    Ok(Account {
        id: row.parse("id")?,
        clinic: row.parse("clinic_id")?,
        channel: read_word(row, "channel")?,
        name: row.get("name")?,
        handle: row.get("handle")?,
        settings: row.json("settings")?,
        reached: read_word(row, "reached")?,
        state: read_word(row, "state")?,
        cursor: row.get("poll_cursor")?,
        trouble: match row.get("trouble")? {
            Some(key) => Some(Troubled { key, since: read_maybe_at(row, "troubled_at")? }),
            None => None,
        },
        created_at: read_at(row, "created_at")?,
    })
}
