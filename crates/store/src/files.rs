//! Files by their hash, in parts, and which message each belongs to.
//!
//! A file is whole once a message names it: its parts are written before, each in an act of its own, and writing them again
//! changes nothing. What no message names goes after a while.

use kernel::{AccountId, ClinicId, MessageId, Timestamp};

use clinic::actors::Channel;
use clinic::conversations::Said;
use clinic::files::{FileHash, FileState, Kept, MessageFile, WhyLost};

use crate::columns::{at, read_at, read_word, read_words, text, word, words};
use crate::{Row, StoreError, Tx, Value};

/// Of one part. A row of this size is written within a few milliseconds.
pub const PART: usize = 256 * 1024;

const BEGIN: &str = "INSERT INTO files (hash, file_type, bytes, width, height, preview, kept_at) VALUES ($1, $2, $3, $4, $5, $6, $7)
    ON CONFLICT (hash) DO UPDATE SET kept_at = excluded.kept_at";
const ONE: &str = "SELECT hash, file_type, bytes, width, height FROM files WHERE hash = $1";
const COUNT_PARTS: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM file_parts WHERE hash = $1";
const ADD_PART: &str = "INSERT INTO file_parts (hash, number, content) VALUES ($1, $2, $3) ON CONFLICT (hash, number) DO NOTHING";
const PART_OF: &str = "SELECT content FROM file_parts WHERE hash = $1 AND number = $2";
const PREVIEW: &str = "SELECT preview FROM files WHERE hash = $1";
const ADD: &str = "INSERT INTO message_files (message_id, number, name, kind, state, why, hash, due_at, attempts)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)";
const OF_MESSAGE: &str = "SELECT message_id AS id, number, name, kind, state, why, message_files.hash, due_at, attempts,
    file_type, bytes, width, height
    FROM message_files LEFT JOIN files ON files.hash = message_files.hash WHERE message_id = $1 ORDER BY number";
const SETTLE: &str = "UPDATE message_files SET state = $3, why = $4, hash = $5, due_at = $6, attempts = $7
    WHERE message_id = $1 AND number = $2 AND state = 'waiting'";
const IS_WAITING: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM (
    SELECT 1 AS one FROM message_files WHERE state = 'waiting' AND due_at <= $1 LIMIT 1) AS waiting";
const TAKE_WAITING: &str = "UPDATE message_files SET due_at = $2, attempts = attempts + 1
    WHERE state = 'waiting' AND due_at <= $1 AND (message_id, number) IN (
    SELECT message_id, number FROM message_files WHERE state = 'waiting' AND due_at <= $1
    ORDER BY due_at, message_id, number LIMIT $3 /* FOR UPDATE SKIP LOCKED */)
    RETURNING message_id, number, attempts";
const SENT_WITH: &str = "SELECT conversation_id, account_id, channel, said FROM inbound WHERE id = $1";
const CLINIC_OF: &str = "SELECT clinic_id FROM conversations WHERE id IN (
    SELECT conversation_id FROM inbound WHERE id = $1 UNION ALL SELECT conversation_id FROM outbound WHERE id = $1)";
const FORGET_PARTS: &str = "DELETE FROM file_parts WHERE hash IN (SELECT hash FROM files WHERE kept_at < $1
    AND NOT EXISTS (SELECT 1 AS one FROM message_files WHERE message_files.hash = files.hash))";
const FORGET: &str = "DELETE FROM files WHERE kept_at < $1
    AND NOT EXISTS (SELECT 1 AS one FROM message_files WHERE message_files.hash = files.hash)
    AND NOT EXISTS (SELECT 1 AS one FROM file_parts WHERE file_parts.hash = files.hash)";
const FORGET_LINKS: &str = "DELETE FROM file_links WHERE expires_at < $1";
const ADD_LINK: &str = "INSERT INTO file_links (token_hash, message_id, number, expires_at) VALUES ($1, $2, $3, $4)";
const LINKED: &str = "SELECT message_id, number FROM file_links WHERE token_hash = $1 AND expires_at > $2";

/// Before its parts. The same file again is known.
pub fn begin(tx: &mut Tx<'_>, kept: &Kept, preview: Option<&[u8]>, now: Timestamp) -> Result<(), StoreError> {
    let (width, height) = kept.size.unzip();
    let bytes = i64::try_from(kept.bytes).unwrap_or(i64::MAX);
    let params = [Value::text(&kept.hash), word(&kept.file_type), bytes.into(), width.into(), height.into(), Value::from(preview), at(now)];
    tx.execute(BEGIN, &params).map(drop)
}

pub fn find(tx: &mut Tx<'_>, hash: &FileHash) -> Result<Option<Kept>, StoreError> {
    tx.optional(ONE, &[Value::text(hash)], read_kept)
}

fn read_kept(row: &Row<'_>) -> Result<Kept, StoreError> {
    Ok(Kept {
        hash: row.parse("hash")?,
        file_type: read_word(row, "file_type")?,
        bytes: row.get("bytes")?,
        size: row.get::<Option<u32>>("width")?.zip(row.get("height")?),
    })
}

/// How many of its parts are there.
pub fn count_parts(tx: &mut Tx<'_>, hash: &FileHash) -> Result<u32, StoreError> {
    tx.one(COUNT_PARTS, &[Value::text(hash)], |row| row.get("many"))
}

pub fn add_part(tx: &mut Tx<'_>, hash: &FileHash, number: u32, content: &[u8]) -> Result<(), StoreError> {
    tx.execute(ADD_PART, &[Value::text(hash), number.into(), content.into()]).map(drop)
}

pub fn part(tx: &mut Tx<'_>, hash: &FileHash, number: u32) -> Result<Option<Vec<u8>>, StoreError> {
    tx.optional(PART_OF, &[Value::text(hash), number.into()], |row| row.get("content"))
}

/// A small picture of it, where there is one.
pub fn preview(tx: &mut Tx<'_>, hash: &FileHash) -> Result<Option<Vec<u8>>, StoreError> {
    Ok(tx.optional(PREVIEW, &[Value::text(hash)], |row| row.get("preview"))?.flatten())
}

/// The state by its columns: word, why, hash, when it is due, how often it was tried.
fn state_columns(state: &FileState) -> [Value; 5] {
    match state {
        FileState::Waiting { due_at, attempts } => ["waiting".into(), Value::Null, Value::Null, at(*due_at), (*attempts).into()],
        FileState::Kept(kept) => ["kept".into(), Value::Null, Value::text(&kept.hash), Value::Null, 0.into()],
        FileState::Lost(why) => ["lost".into(), words(Some(why)), Value::Null, Value::Null, 0.into()],
    }
}

pub fn add(tx: &mut Tx<'_>, message: MessageId, file: &MessageFile) -> Result<(), StoreError> {
    let [state, why, hash, due_at, attempts] = state_columns(&file.state);
    let params =
        [Value::text(message), file.number.into(), file.name.as_str().into(), word(&file.kind), state, why, hash, due_at, attempts];
    tx.execute(ADD, &params).map(drop)
}

/// The files of each of these messages, in their order.
pub fn of_messages(tx: &mut Tx<'_>, messages: &[MessageId]) -> Result<Vec<Vec<MessageFile>>, StoreError> {
    let keys: Vec<Vec<Value>> = messages.iter().map(|message| vec![Value::text(message)]).collect();
    tx.query_each(OF_MESSAGE, &keys, read)
}

pub fn of_message(tx: &mut Tx<'_>, message: MessageId) -> Result<Vec<MessageFile>, StoreError> {
    tx.query(OF_MESSAGE, &[Value::text(message)], read)
}

fn read(row: &Row<'_>) -> Result<MessageFile, StoreError> {
    let state = match row.get::<String>("state")?.as_str() {
        "waiting" => FileState::Waiting { due_at: read_at(row, "due_at")?, attempts: row.get("attempts")? },
        "lost" => FileState::Lost(read_words::<WhyLost>(row, "why")?.ok_or_else(|| row.misfit("why", "is NULL, not text"))?),
        "kept" => FileState::Kept(read_kept(row)?),
        _ => return Err(row.misfit("state", "is not a word of its list")),
    };
    Ok(MessageFile { number: row.get("number")?, name: row.get("name")?, kind: read_word(row, "kind")?, state })
}

/// A file that is to be fetched now.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub message: MessageId,
    pub number: u32,
    /// Counted with this one.
    pub attempts: u32,
}

/// Whether there is anything to fetch now.
pub fn is_waiting(tx: &mut Tx<'_>, now: Timestamp) -> Result<bool, StoreError> {
    Ok(tx.one(IS_WAITING, &[at(now)], |row| row.get::<u32>("many"))? > 0)
}

/// Takes what waits to be fetched, so that nobody else does before `until`.
pub fn take_waiting(tx: &mut Tx<'_>, now: Timestamp, until: Timestamp, limit: u32) -> Result<Vec<Due>, StoreError> {
    tx.query(TAKE_WAITING, &[at(now), at(until), limit.into()], |row| {
        Ok(Due { message: row.parse("message_id")?, number: row.get("number")?, attempts: row.get("attempts")? })
    })
}

/// What became of one that waited. Says whether it still did.
pub fn settle(tx: &mut Tx<'_>, message: MessageId, number: u32, state: &FileState) -> Result<bool, StoreError> {
    let [word, why, hash, due_at, attempts] = state_columns(state);
    Ok(tx.execute(SETTLE, &[Value::text(message), number.into(), word, why, hash, due_at, attempts])? > 0)
}

/// What a file came with.
pub struct SentWith {
    pub conversation: kernel::ConversationId,
    pub account: AccountId,
    pub channel: Channel,
    pub said: Said,
}

pub fn sent_with(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<SentWith>, StoreError> {
    tx.optional(SENT_WITH, &[Value::text(message)], |row| {
        Ok(SentWith {
            conversation: row.parse("conversation_id")?,
            account: row.parse("account_id")?,
            channel: read_word(row, "channel")?,
            said: row.json("said")?,
        })
    })
}

/// Whose message it is, ours or the patient's.
pub fn clinic_of(tx: &mut Tx<'_>, message: MessageId) -> Result<Option<ClinicId>, StoreError> {
    tx.optional(CLINIC_OF, &[Value::text(message)], |row| row.parse("clinic_id"))
}

/// Files that no message names, and addresses that lead nowhere any more.
pub fn forget(tx: &mut Tx<'_>, unused_since: Timestamp, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(FORGET_PARTS, &[at(unused_since)])?;
    tx.execute(FORGET, &[at(unused_since)])?;
    tx.execute(FORGET_LINKS, &[at(now)]).map(drop)
}

pub fn add_link(tx: &mut Tx<'_>, token_hash: &str, (message, number): (MessageId, u32), expires_at: Timestamp) -> Result<(), StoreError> {
    tx.execute(ADD_LINK, &[token_hash.into(), text(Some(message)), number.into(), at(expires_at)]).map(drop)
}

/// Which file somebody who holds this token may fetch.
pub fn linked(tx: &mut Tx<'_>, token_hash: &str, now: Timestamp) -> Result<Option<(MessageId, u32)>, StoreError> {
    tx.optional(LINKED, &[token_hash.into(), at(now)], |row| Ok((row.parse("message_id")?, row.get("number")?)))
}

#[cfg(test)]
mod tests {
    use clinic::files::{FileType, MediaKind};
    use kernel::Chance;

    use super::*;
    use crate::trial::both;

    fn kept(sign: char) -> Kept {
        let hash = sign.to_string().repeat(64).parse().unwrap();
        Kept { hash, file_type: FileType::Jpeg, bytes: 5, size: Some((4, 3)) }
    }

    #[tokio::test]
    async fn a_file_is_kept_once_fetched_once_at_a_time_and_forgotten_when_nobody_uses_it() {
        both(async |store| {
            let done = store.write::<_, StoreError, _>(|tx| {
                let now = Timestamp::from_millis(1_000_000);
                let later = now + std::time::Duration::from_mins(1);
                let message = MessageId::new(now, &mut Chance::from_seed(7));
                let (used, unused) = (kept('a'), kept('b'));
                for kept in [&used, &unused, &used] {
                    begin(tx, kept, Some(b"small"), now)?;
                    for _ in 0..2 {
                        add_part(tx, &kept.hash, 0, b"hello")?;
                    }
                }
                let waits = FileState::Waiting { due_at: now, attempts: 0 };
                let file = MessageFile { number: 0, name: "cheek.jpg".to_owned(), kind: MediaKind::Image, state: waits };
                add(tx, message, &file)?;
                let due = take_waiting(tx, now, later, 10)?;
                let again = take_waiting(tx, now, later, 10)?;
                let settled = settle(tx, message, 0, &FileState::Kept(used.clone()))?;
                let twice = settle(tx, message, 0, &FileState::Lost(WhyLost::Gone))?;
                add_link(tx, "token", (message, 0), later)?;
                let linked = [linked(tx, "token", now)?, linked(tx, "token", later)?];
                forget(tx, later, now)?;
                let parts = [count_parts(tx, &used.hash)?, count_parts(tx, &unused.hash)?];
                let content = (part(tx, &used.hash, 0)?, preview(tx, &used.hash)?, preview(tx, &unused.hash)?);
                Ok((message, due, again, settled, twice, linked, parts, content, of_messages(tx, &[message])?))
            });
            let (message, due, again, settled, twice, linked, parts, content, files) = done.await.unwrap();
            assert_eq!(due, [Due { message, number: 0, attempts: 1 }]);
            assert_eq!((again.len(), settled, twice), (0, true, false));
            assert_eq!(linked, [Some((message, 0)), None]);
            assert_eq!(parts, [1, 0]);
            assert_eq!(content, (Some(b"hello".to_vec()), Some(b"small".to_vec()), None));
            assert_eq!(files[0][0].state, FileState::Kept(kept('a')));
        })
        .await;
    }
}
