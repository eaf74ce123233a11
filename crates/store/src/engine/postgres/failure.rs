//! What PostgreSQL's error codes mean for an act.

use std::error::Error as _;
use std::io;

use tokio_postgres::Error;
use tokio_postgres::error::{DbError, SqlState};

use super::super::error::{Outcome, StoreError, table_of};

/// Reads a failed statement. The server's own texts quote values, so only codes, tables and columns are taken over.
pub(super) fn read_failure(error: &Error, sql: &str) -> StoreError {
    let Some(told) = error.as_db_error() else {
        if is_lost(error) {
            return StoreError::not_done("the connection to PostgreSQL was lost");
        }
        // our own words about a parameter that does not fit
        let why = error.source().map(ToString::to_string).unwrap_or_default();
        return StoreError::Bug(format!("a statement on {}: {error}: {why}", table_of(sql)));
    };
    let code = told.code().code();
    match told.code() {
        &SqlState::UNIQUE_VIOLATION | &SqlState::EXCLUSION_VIOLATION => StoreError::Conflict { on: columns(told) },
        &SqlState::FOREIGN_KEY_VIOLATION | &SqlState::RESTRICT_VIOLATION => {
            StoreError::Conflict { on: format!("a foreign key of {}", table_of(sql)) }
        }
        &SqlState::DISK_FULL => StoreError::Full,
        &SqlState::READ_ONLY_SQL_TRANSACTION => StoreError::Bug(format!("a statement on {}: a read may not write", table_of(sql))),
        &SqlState::T_R_SERIALIZATION_FAILURE
        | &SqlState::T_R_DEADLOCK_DETECTED
        | &SqlState::LOCK_NOT_AVAILABLE
        | &SqlState::QUERY_CANCELED => StoreError::Busy { why: format!("PostgreSQL code {code}") },
        _ => match &code[..2] {
            // 08 connection, 53 too many of them or too little memory, 57P shutting down or starting
            "08" | "53" | "57" => StoreError::not_done(format!("PostgreSQL code {code}")),
            // names that the statement got wrong; no values
            "42" => StoreError::Bug(format!("a statement on {}: {}", table_of(sql), told.message())),
            _ => {
                let rule = told.constraint().or(told.column()).unwrap_or("no rule named");
                StoreError::Bug(format!("a statement on {}: PostgreSQL code {code}, {rule}", table_of(sql)))
            }
        },
    }
}

/// Reads a failed commit: when the line went dead nobody knows whether it had arrived.
pub(super) fn read_lost_commit(error: &Error) -> StoreError {
    match read_failure(error, "COMMIT") {
        StoreError::Unavailable { why, .. } => StoreError::Unavailable { outcome: Outcome::Unknown, why },
        known => known,
    }
}

/// Reads a connection that could not be made.
pub(super) fn read_no_connection(error: &Error) -> StoreError {
    let why = error.as_db_error().map_or_else(|| error.to_string(), |told| told.message().to_owned());
    StoreError::not_done(format!("no connection to PostgreSQL: {why}"))
}

fn is_lost(error: &Error) -> bool {
    error.is_closed() || error.source().is_some_and(<dyn std::error::Error>::is::<io::Error>)
}

/// `visits.chair_id, visits.starts_at`, as SQLite says it, out of `Key (chair_id, starts_at)=(…) already exists`.
fn columns(told: &DbError) -> String {
    let table = told.table().unwrap_or("?");
    let list = told.detail().and_then(|detail| detail.split_once('(')).and_then(|(_, rest)| rest.split_once(")=("));
    match list {
        Some((list, _)) => list.split(", ").map(|column| format!("{table}.{column}")).collect::<Vec<_>>().join(", "),
        None => told.constraint().unwrap_or(table).to_owned(),
    }
}
