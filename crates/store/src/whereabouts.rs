//! Where a database stood when it was last worked with, and how far it had come; and the hours that a restored backup
//! knows nothing of.

use kernel::Timestamp;

use crate::columns::{at, read_at};
use crate::{StoreError, Tx, Value};

const FIND: &str = "SELECT place, beat, seen_at FROM whereabouts WHERE seat = 1";
const SAVE: &str = "INSERT INTO whereabouts (seat, place, beat, seen_at) VALUES (1, $1, $2, $3)
    ON CONFLICT (seat) DO UPDATE SET place = excluded.place, beat = excluded.beat, seen_at = excluded.seen_at";
const RESTORED: &str = "INSERT INTO restores (found_at, lost_from) VALUES ($1, $2) ON CONFLICT (found_at) DO NOTHING";
const LAST_RESTORE: &str = "SELECT found_at, lost_from FROM restores ORDER BY found_at DESC LIMIT 1";

/// As the database itself has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Whereabouts {
    /// See [`Tx::place`].
    pub place: String,
    /// Grows as long as a desk works; a backup has the one of its hour.
    pub beat: i64,
    pub seen_at: Timestamp,
}

/// A backup was put in the place of the database.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Restore {
    pub found_at: Timestamp,
    /// What happened from then until it was found is not in the database.
    pub lost_from: Timestamp,
}

/// Nothing before the first desk has worked with it.
pub fn find(tx: &mut Tx<'_>) -> Result<Option<Whereabouts>, StoreError> {
    tx.optional(FIND, &[], |row| Ok(Whereabouts { place: row.get("place")?, beat: row.get("beat")?, seen_at: read_at(row, "seen_at")? }))
}

pub fn save(tx: &mut Tx<'_>, whereabouts: &Whereabouts) -> Result<(), StoreError> {
    let Whereabouts { place, beat, seen_at } = whereabouts;
    tx.execute(SAVE, &[place.as_str().into(), Value::Int(*beat), at(*seen_at)]).map(drop)
}

pub fn note_restore(tx: &mut Tx<'_>, restore: Restore) -> Result<(), StoreError> {
    tx.execute(RESTORED, &[at(restore.found_at), at(restore.lost_from)]).map(drop)
}

pub fn last_restore(tx: &mut Tx<'_>) -> Result<Option<Restore>, StoreError> {
    tx.optional(LAST_RESTORE, &[], |row| Ok(Restore { found_at: read_at(row, "found_at")?, lost_from: read_at(row, "lost_from")? }))
}
