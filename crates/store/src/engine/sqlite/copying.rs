//! Copying: everything that stands in a store at one moment, as a database file of its own.

use std::path::Path;

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
