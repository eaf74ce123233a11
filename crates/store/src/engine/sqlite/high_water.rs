//! How far the database had come, kept beside its file: a backup that is copied over the file does not bring it back.
//!
//! It is written after the commit that it speaks of, so it is never ahead of a database that nobody has changed.

use std::fs::{File, OpenOptions};
use std::io::{ErrorKind, Read, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use super::super::error::StoreError;
use super::opening::sync_folder;

/// `caredesk.db` has `caredesk.mark`.
fn beside(file: &Path) -> PathBuf {
    file.with_extension("mark")
}

/// None where there is none, or none that can be read: then the place of the file alone must tell.
pub(in super::super) fn read(file: &Path) -> Result<Option<i64>, StoreError> {
    let mut text = String::new();
    match File::open(beside(file)).and_then(|mut mark| mark.read_to_string(&mut text)) {
        Ok(_) => Ok(text.trim().parse().ok()),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::InvalidData) => Ok(None),
        Err(error) => Err(failed(&error)),
    }
}

/// Always the same number of bytes, written over the ones before: no disk tears twenty.
pub(in super::super) fn write(file: &Path, beat: i64) -> Result<(), StoreError> {
    let path = beside(file);
    let is_new = !path.exists();
    let mut mark = OpenOptions::new().create(true).truncate(false).write(true).mode(0o600).open(&path).map_err(|error| failed(&error))?;
    mark.write_all(format!("{beat:019}\n").as_bytes()).and_then(|()| mark.sync_data()).map_err(|error| failed(&error))?;
    if is_new {
        path.parent().map_or(Ok(()), sync_folder).map_err(|error| failed(&error))?;
    }
    Ok(())
}

fn failed(error: &std::io::Error) -> StoreError {
    StoreError::not_done(format!("the mark beside the database: {}", error.kind()))
}
