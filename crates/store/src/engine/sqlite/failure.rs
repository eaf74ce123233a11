//! What SQLite's result codes mean for an act.

use rusqlite::ffi::{
    SQLITE_CONSTRAINT_FOREIGNKEY, SQLITE_CONSTRAINT_PRIMARYKEY, SQLITE_CONSTRAINT_ROWID, SQLITE_CONSTRAINT_TRIGGER,
    SQLITE_CONSTRAINT_UNIQUE,
};
use rusqlite::{Error, ErrorCode};

use super::super::error::{Outcome, StoreError, table_of};

/// Reads a failed statement. SQLite's own texts name tables and columns, never values.
pub(super) fn read_failure(error: &Error, sql: &str) -> StoreError {
    let (failure, text) = match error {
        Error::SqliteFailure(failure, text) => (failure, text.as_deref().unwrap_or_default()),
        Error::SqlInputError { error, msg, .. } => (error, msg.as_str()),
        Error::ExecuteReturnedResults => return bug(sql, "rows came back where none were asked for"),
        Error::MultipleStatement => return bug(sql, "more than one statement"),
        _ => return bug(sql, "the driver refused it"),
    };
    match failure.code {
        ErrorCode::ConstraintViolation => match failure.extended_code {
            SQLITE_CONSTRAINT_UNIQUE | SQLITE_CONSTRAINT_PRIMARYKEY | SQLITE_CONSTRAINT_ROWID => {
                StoreError::Conflict { on: text.rsplit("failed: ").next().unwrap_or(text).to_owned() }
            }
            // RESTRICT is a trigger to SQLite, and there are no others
            SQLITE_CONSTRAINT_FOREIGNKEY | SQLITE_CONSTRAINT_TRIGGER => {
                StoreError::Conflict { on: format!("a foreign key of {}", table_of(sql)) }
            }
            _ => bug(sql, text),
        },
        ErrorCode::DatabaseBusy | ErrorCode::DatabaseLocked => StoreError::Busy { why: "another program holds the database".to_owned() },
        ErrorCode::DiskFull => StoreError::Full,
        ErrorCode::ReadOnly => bug(sql, "a read may not write"),
        ErrorCode::NotADatabase => StoreError::Schema("the file is no database of SQLite: restore it from a backup".to_owned()),
        // a disk that fails to read is called so too, and the next time it may read well
        ErrorCode::DatabaseCorrupt => {
            StoreError::not_done("the database file cannot be read: if it stays so, it is damaged and has to be restored from a backup")
        }
        ErrorCode::SystemIoFailure | ErrorCode::CannotOpen | ErrorCode::PermissionDenied | ErrorCode::OutOfMemory => {
            StoreError::not_done(format!("SQLite code {}", failure.extended_code))
        }
        _ => bug(sql, text),
    }
}

/// Reads a failed commit: after an input or output error nobody knows what stands on the disk.
pub(super) fn read_lost_commit(error: &Error) -> StoreError {
    match read_failure(error, "COMMIT") {
        StoreError::Unavailable { why, .. } => StoreError::Unavailable { outcome: Outcome::Unknown, why },
        known => known,
    }
}

fn bug(sql: &str, text: &str) -> StoreError {
    StoreError::Bug(format!("a statement on {}: {text}", table_of(sql)))
}
