//! The chat of the website: the browsers it was opened in, whose thread each belongs to, and who asked to be called.

use kernel::{AccountId, Address, ConversationId, Locale, MessageId, Timestamp, VisitorId};

use clinic::outbox::Outbound;

use crate::columns::{at, changed, maybe_at, read_at, read_maybe_at, read_word, text, word};
use crate::{Row, StoreError, Tx, Value};

const ADD: &str = "INSERT INTO chat_visitors
    (id, account_id, origin, locale, token_hash, former_hash, renewed_at, seen_at, created_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const BY_TOKEN: &str = "SELECT id, account_id, origin, locale, token_hash, former_hash, renewed_at, seen_at, created_at
    FROM chat_visitors WHERE token_hash = $1";
const BY_FORMER_TOKEN: &str = "SELECT id, account_id, origin, locale, token_hash, former_hash, renewed_at, seen_at, created_at
    FROM chat_visitors WHERE former_hash = $1 ORDER BY id LIMIT 1";
const NEWEST_FROM: &str = "SELECT chat_visitors.id, chat_visitors.account_id, origin, locale, token_hash, former_hash, renewed_at, seen_at,
    created_at FROM chat_visitors
    WHERE account_id = $1 AND origin = $2
    AND EXISTS (SELECT 1 AS one FROM inbound WHERE channel = 'web' AND from_address = 'web:' || chat_visitors.id)
    ORDER BY seen_at DESC, id DESC LIMIT 1";
const CHANGE: &str = "UPDATE chat_visitors SET locale = $2, token_hash = $3, former_hash = $4, renewed_at = $5, seen_at = $6
    WHERE id = $1 AND token_hash = $7";
// one who has written is remembered with the thread; one who never did soon comes to nothing
const FORGET: &str = "DELETE FROM chat_visitors WHERE seen_at < $1 OR seen_at < $2 AND NOT EXISTS (
    SELECT 1 AS one FROM inbound WHERE channel = 'web' AND from_address = 'web:' || chat_visitors.id)";
const THREAD: &str = "SELECT conversation_id FROM inbound WHERE channel = 'web' AND from_address = $1 ORDER BY id DESC LIMIT 1";
const UNFETCHED: &str = "SELECT outbound.id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = outbound.id
    WHERE state = 'accepted' AND substr(provider_key, 1, 4) = 'web:' AND outbound.id > $1
    AND outbound.created_at <= $2 AND patient_id IS NOT NULL
    ORDER BY outbound.id LIMIT $3";
const ADD_CALLBACK: &str = "INSERT INTO callbacks
    (message_id, visitor_id, name, phone, wanted_at, wording, wording_said, locale, consented_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const CALLBACKS_OF: &str = "SELECT message_id, visitor_id, name, phone, wanted_at, wording, wording_said, locale, consented_at
    FROM callbacks WHERE visitor_id = $1 ORDER BY message_id";
const NEWEST_CALLBACK_IN: &str = "SELECT message_id, visitor_id, name, phone, wanted_at, wording, wording_said, locale, consented_at
    FROM callbacks JOIN inbound ON inbound.id = message_id WHERE conversation_id = $1 ORDER BY message_id DESC LIMIT 1";

/// A browser in which the chat was opened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Visitor {
    pub id: VisitorId,
    pub account: AccountId,
    /// The website, as the browser names it.
    pub origin: String,
    pub locale: Locale,
    pub token_hash: String,
    pub former_hash: Option<String>,
    pub renewed_at: Timestamp,
    pub seen_at: Timestamp,
    pub created_at: Timestamp,
}

/// Somebody asked to be called.
#[derive(Clone, PartialEq, Eq)]
pub struct Callback {
    /// The request as it stands in the thread.
    pub message: MessageId,
    pub visitor: VisitorId,
    pub name: String,
    pub phone: String,
    /// None: as soon as somebody can.
    pub wanted_at: Option<Timestamp>,
    /// The version of the words to which they agreed.
    pub wording: String,
    /// Those words, as they were shown.
    pub wording_said: String,
    pub locale: Locale,
    pub consented_at: Timestamp,
}

impl Visitor {
    pub fn address(&self) -> Address {
        Address::new(kernel::Scheme::Web, &self.id.to_string()).expect("an id has no white space")
    }
}

pub fn add(tx: &mut Tx<'_>, visitor: &Visitor) -> Result<(), StoreError> {
    let params = [
        Value::text(visitor.id),
        Value::text(visitor.account),
        visitor.origin.as_str().into(),
        word(&visitor.locale),
        visitor.token_hash.as_str().into(),
        text(visitor.former_hash.as_ref()),
        at(visitor.renewed_at),
        at(visitor.seen_at),
        at(visitor.created_at),
    ];
    tx.execute(ADD, &params).map(drop)
}

/// Whose token has this hash, the one that counts or the one before it.
pub fn by_token(tx: &mut Tx<'_>, token_hash: &str) -> Result<Option<Visitor>, StoreError> {
    match tx.optional(BY_TOKEN, &[token_hash.into()], read)? {
        Some(visitor) => Ok(Some(visitor)),
        None => tx.optional(BY_FORMER_TOKEN, &[token_hash.into()], read),
    }
}

/// Of those who have written from this website, whoever was seen last.
pub fn newest_from(tx: &mut Tx<'_>, account: AccountId, origin: &str) -> Result<Option<Visitor>, StoreError> {
    tx.optional(NEWEST_FROM, &[Value::text(account), origin.into()], read)
}

/// Written over the token that was read: two tabs that renew it at once are told.
pub fn change(tx: &mut Tx<'_>, visitor: &Visitor, read_hash: &str) -> Result<(), StoreError> {
    let params = [
        Value::text(visitor.id),
        word(&visitor.locale),
        visitor.token_hash.as_str().into(),
        text(visitor.former_hash.as_ref()),
        at(visitor.renewed_at),
        at(visitor.seen_at),
        read_hash.into(),
    ];
    changed(tx.execute(CHANGE, &params)?, "chat_visitors")
}

/// Those whom nobody has seen since `before`, and of those who never wrote, since `silent_before`.
pub fn forget(tx: &mut Tx<'_>, before: Timestamp, silent_before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET, &[at(before), at(silent_before)])
}

/// The thread that a browser has written in: the patient's, once it is known whose it is.
pub fn thread_of(tx: &mut Tx<'_>, address: &Address) -> Result<Option<ConversationId>, StoreError> {
    tx.optional(THREAD, &[Value::text(address)], |row| row.parse("conversation_id"))
}

/// What was said to patients until then and no browser has fetched, after `last`, in order.
pub fn unfetched(tx: &mut Tx<'_>, last: Option<MessageId>, until: Timestamp, limit: u32) -> Result<Vec<Outbound>, StoreError> {
    let after = last.map_or_else(String::new, |last| last.to_string());
    tx.query(UNFETCHED, &[after.as_str().into(), at(until), limit.into()], crate::outbound::read)
}

pub fn add_callback(tx: &mut Tx<'_>, callback: &Callback) -> Result<(), StoreError> {
    let params = [
        Value::text(callback.message),
        Value::text(callback.visitor),
        callback.name.as_str().into(),
        callback.phone.as_str().into(),
        maybe_at(callback.wanted_at),
        callback.wording.as_str().into(),
        callback.wording_said.as_str().into(),
        word(&callback.locale),
        at(callback.consented_at),
    ];
    tx.execute(ADD_CALLBACK, &params).map(drop)
}

/// What a visitor has asked for, the oldest first.
pub fn callbacks_of(tx: &mut Tx<'_>, visitor: VisitorId) -> Result<Vec<Callback>, StoreError> {
    tx.query(CALLBACKS_OF, &[Value::text(visitor)], read_callback)
}

/// What was asked for last in a thread.
pub fn newest_callback_in(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Option<Callback>, StoreError> {
    tx.optional(NEWEST_CALLBACK_IN, &[Value::text(conversation)], read_callback)
}

fn read_callback(row: &Row<'_>) -> Result<Callback, StoreError> {
    Ok(Callback {
        message: row.parse("message_id")?,
        visitor: row.parse("visitor_id")?,
        name: row.get("name")?,
        phone: row.get("phone")?,
        wanted_at: read_maybe_at(row, "wanted_at")?,
        wording: row.get("wording")?,
        wording_said: row.get("wording_said")?,
        locale: read_word(row, "locale")?,
        consented_at: read_at(row, "consented_at")?,
    })
}

fn read(row: &Row<'_>) -> Result<Visitor, StoreError> {
    Ok(Visitor {
        id: row.parse("id")?,
        account: row.parse("account_id")?,
        origin: row.get("origin")?,
        locale: read_word(row, "locale")?,
        token_hash: row.get("token_hash")?,
        former_hash: row.get("former_hash")?,
        renewed_at: read_at(row, "renewed_at")?,
        seen_at: read_at(row, "seen_at")?,
        created_at: read_at(row, "created_at")?,
    })
}

impl std::fmt::Debug for Callback {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Callback({})", self.message)
    }
}
