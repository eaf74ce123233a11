//! Brings a store's tables to what this program knows, step by step and for ever in the same order.
//!
//! A step that was applied never changes afterwards: its checksum is kept and compared at every start. A store that
//! has steps this program does not know belongs to a newer one and stays closed.

use sha2::{Digest, Sha256};

use super::error::StoreError;
use super::tx::Tx;

/// One numbered SQL file.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    pub number: i64,
    pub name: &'static str,
    pub text: &'static str,
}

struct Applied {
    number: i64,
    name: String,
    checksum: String,
}

const TABLE: &str = "CREATE TABLE IF NOT EXISTS migrations (
    number BIGINT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    checksum TEXT NOT NULL,
    applied_at BIGINT NOT NULL
)";

const APPLIED: &str = "SELECT number, name, checksum
FROM migrations
ORDER BY number";

const APPLY: &str = "INSERT INTO migrations (number, name, checksum, applied_at)
VALUES ($1, $2, $3, $4)";

/// Applies what is missing, all in the caller's transaction.
pub(super) fn migrate(tx: &mut Tx<'_>, migrations: &[Migration], now: i64) -> Result<(), StoreError> {
    tx.batch(TABLE)?;
    let applied =
        tx.query(APPLIED, &[], |row| Ok(Applied { number: row.get("number")?, name: row.get("name")?, checksum: row.get("checksum")? }))?;
    for (known, done) in migrations.iter().zip(&applied) {
        compare(known, done)?;
    }
    if let Some(newer) = applied.get(migrations.len()) {
        return Err(StoreError::Schema(format!(
            "the database has migration {} {}, which this version does not know: start the version that made it, or a later one",
            newer.number, newer.name
        )));
    }
    for migration in &migrations[applied.len()..] {
        tx.batch(migration.text)
            .map_err(|error| StoreError::Schema(format!("migration {} {} cannot be applied: {error}", migration.number, migration.name)))?;
        tx.execute(APPLY, &[migration.number.into(), migration.name.into(), checksum(migration.text).into(), now.into()])?;
    }
    Ok(())
}

fn compare(known: &Migration, done: &Applied) -> Result<(), StoreError> {
    if known.number != done.number {
        return Err(StoreError::Schema(format!(
            "the database has migration {} {} where this version has {} {}",
            done.number, done.name, known.number, known.name
        )));
    }
    if checksum(known.text) != done.checksum {
        return Err(StoreError::Schema(format!(
            "migration {} {} is not the one that was applied to this database: its text has changed",
            known.number, known.name
        )));
    }
    Ok(())
}

fn checksum(text: &str) -> String {
    hex::encode(Sha256::digest(text.as_bytes()))
}
