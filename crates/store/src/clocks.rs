//! Nodes whose clocks have gone wrong while they worked. Every time in here is the database's own.

use kernel::Timestamp;

use crate::columns::{at, read_at};
use crate::{StoreError, Tx, Value};

const TELL: &str = "INSERT INTO wrong_clocks (node, ahead_by, since_at, seen_at) VALUES ($1, $2, $3, $3)
    ON CONFLICT (node) DO UPDATE SET ahead_by = excluded.ahead_by, seen_at = excluded.seen_at";
const END: &str = "DELETE FROM wrong_clocks WHERE node = $1";
const WRONG: &str = "SELECT node, ahead_by, since_at FROM wrong_clocks WHERE seen_at >= $1 ORDER BY since_at, node";

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WrongClock {
    pub node: String,
    /// In milliseconds; below zero: it is behind.
    pub ahead_by: i64,
    pub since: Timestamp,
}

/// A node says that its clock is wrong.
pub fn tell(tx: &mut Tx<'_>, node: &str, ahead_by: i64, now: Timestamp) -> Result<(), StoreError> {
    tx.execute(TELL, &[node.into(), Value::Int(ahead_by), at(now)]).map(drop)
}

/// What it said is over.
pub fn end(tx: &mut Tx<'_>, node: &str) -> Result<(), StoreError> {
    tx.execute(END, &[node.into()]).map(drop)
}

/// Those that have said so since then; one that has died says nothing any more.
pub fn wrong(tx: &mut Tx<'_>, since: Timestamp) -> Result<Vec<WrongClock>, StoreError> {
    tx.query(WRONG, &[at(since)], |row| {
        Ok(WrongClock { node: row.get("node")?, ahead_by: row.get("ahead_by")?, since: read_at(row, "since_at")? })
    })
}
