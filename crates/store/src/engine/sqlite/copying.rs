//! Copying: everything that stands in a store at one moment, as a database file of its own; and how a copy is told from
//! the file that it was made of.

use std::os::unix::fs::MetadataExt;
use std::path::Path;
use std::time::UNIX_EPOCH;

use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};

use super::super::error::StoreError;
use super::failure::read_failure;
use super::opening::empty_file;

/// All pages in one step: whoever copies looks at one unmoving state anyway.
const ALL: i32 = -1;

/// Writes the whole store into `path`, where nothing may stand yet. The copy is on the disk when this comes back.
pub(in super::super) fn copy(connection: &Connection, path: &Path) -> Result<(), StoreError> {
    let mut file = empty_file(path)?;
    let done = Backup::new(connection, &mut file).and_then(|copying| copying.step(ALL));
    match done.map_err(|error| read_failure(&error, "COPY"))? {
        StepResult::Done => Ok(()),
        _ => Err(StoreError::Busy { why: "the store could not be copied as a whole".to_owned() }),
    }
}

/// The file's number on its disk, and when it was born where the disk says so: numbers are given again, and nothing brings
/// a birth back.
pub(in super::super) fn place(connection: &Connection) -> Result<String, StoreError> {
    let Some(file) = connection.path().filter(|file| !file.is_empty()) else { return Ok("memory".to_owned()) };
    let file = std::fs::metadata(file).map_err(|error| StoreError::not_done(format!("the database file: {}", error.kind())))?;
    let born = file.created().ok().and_then(|born| born.duration_since(UNIX_EPOCH).ok()).map_or(0, |born| born.as_nanos());
    Ok(format!("{}/{born}", file.ino()))
}
