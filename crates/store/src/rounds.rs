//! When the loops of the nodes have last gone round.

use kernel::Timestamp;

use crate::columns::{at, read_at};
use crate::{StoreError, Tx, Value};

const END: &str = "INSERT INTO rounds (node, loop_name, ended_at) VALUES ($1, $2, $3)
    ON CONFLICT (node, loop_name) DO UPDATE SET ended_at = excluded.ended_at";
const NEWEST: &str = "SELECT loop_name, CAST(MAX(ended_at) AS BIGINT) AS ended_at FROM rounds GROUP BY loop_name ORDER BY loop_name";
const NODES: &str = "SELECT CAST(COUNT(*) AS BIGINT) AS many FROM rounds WHERE loop_name = $1 AND ended_at > $2";
const FORGET: &str = "DELETE FROM rounds WHERE node <> $1 AND ended_at < $2";

/// A node says when each of its loops has last ended a round well.
pub fn end(tx: &mut Tx<'_>, node: &str, rounds: &[(&'static str, Timestamp)]) -> Result<(), StoreError> {
    let rows: Vec<Vec<Value>> = rounds.iter().map(|(name, ended_at)| vec![node.into(), (*name).into(), at(*ended_at)]).collect();
    tx.execute_many(END, &rows).map(drop)
}

/// Of each loop the newest round of any node.
pub fn newest(tx: &mut Tx<'_>) -> Result<Vec<(String, Timestamp)>, StoreError> {
    tx.query(NEWEST, &[], |row| Ok((row.get("loop_name")?, read_at(row, "ended_at")?)))
}

/// How many nodes have turned a loop since then.
pub fn nodes(tx: &mut Tx<'_>, loop_name: &'static str, since: Timestamp) -> Result<u32, StoreError> {
    tx.one(NODES, &[loop_name.into(), at(since)], |row| row.get("many"))
}

/// Nodes that are gone for good. The one that asks stays.
pub fn forget(tx: &mut Tx<'_>, node: &str, before: Timestamp) -> Result<u64, StoreError> {
    tx.execute(FORGET, &[node.into(), at(before)])
}
