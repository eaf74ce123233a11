//! Folding: what stands in SQLite's log is brought into the file beside the writing, so that no act waits for it.
//!
//! One that has eight thousand pages to fold takes a tenth of a second, and whoever wrote meanwhile waited as long. So a
//! thread with a connection of its own folds a portion whenever one has gathered. The log can begin anew only when all of
//! it is folded and nobody has written since: once it is long the writer itself folds the last few pages between two
//! commits.

use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread;

use rusqlite::Connection;

use super::super::error::StoreError;
use super::failure::read_failure;

/// Pages that are worth a fold, 4 MB: enough that what is written again and again is folded once, few enough that the
/// disk is not kept from the commits for long.
const PORTION: i64 = 1_000;

/// Pages after which the log is to begin anew, 32 MB: the longer it is, the longer its readers look for a page.
const LONG: i64 = 8_000;

/// So many the writer folds by itself.
const LAST_FEW: i64 = 250;

/// However much is left, the writer folds it: it has written so fast that the last few never came.
const TOO_LONG: i64 = 2 * LONG;

/// As much as can be folded without waiting for anybody.
const FOLD: &str = "PRAGMA wal_checkpoint(PASSIVE)";

/// What is known of the log. Clones share it.
#[derive(Clone, Default)]
pub(super) struct Log(Arc<(Mutex<Known>, Condvar)>);

#[derive(Default)]
struct Known {
    /// In the log.
    pages: i64,
    /// Of those, what stands in the file too.
    folded: i64,
    /// How many there were when they were last folded: what a reader holds back is not tried again at once.
    tried: i64,
    folding: Folding,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
enum Folding {
    #[default]
    Idle,
    AtWork,
    Over,
}

impl Known {
    fn left(&self) -> i64 {
        self.pages - self.folded
    }

    /// Whether it is worth a fold beside the writing.
    fn has_gathered(&self) -> bool {
        let worth = if self.pages < LONG { PORTION } else { LAST_FEW };
        self.pages < TOO_LONG && self.left() > worth && self.pages - self.tried > worth
    }

    /// Whether the writer is to fold what is left, after which the log begins anew.
    fn is_to_end(&self) -> bool {
        let is_due = match self.pages {
            ..LONG => false,
            LONG..TOO_LONG => self.left() <= LAST_FEW,
            TOO_LONG.. => self.left() <= LAST_FEW || self.pages - self.tried > PORTION,
        };
        is_due && self.folding != Folding::AtWork
    }
}

impl Log {
    /// A commit has left so many pages in the log.
    pub(super) fn grew(&self, pages: i64) {
        let mut known = self.known();
        if pages < known.pages {
            (known.folded, known.tried) = (0, 0);
        }
        known.pages = pages;
        if known.folding == Folding::Idle && known.has_gathered() {
            self.0.1.notify_one();
        }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.0.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Comes back when there is something to fold; false: never again.
    fn waits(&self) -> bool {
        let mut known = self.known();
        while known.folding != Folding::Over && !known.has_gathered() {
            known = self.0.1.wait(known).unwrap_or_else(PoisonError::into_inner);
        }
        if known.folding == Folding::Over {
            return false;
        }
        (known.folding, known.tried) = (Folding::AtWork, known.pages);
        true
    }

    /// What has not been folded stands in the log, and is folded with what comes.
    fn has_folded(&self, folded: Result<i64, StoreError>) {
        let mut known = self.known();
        if known.folding == Folding::AtWork {
            known.folding = Folding::Idle;
        }
        match folded {
            // the log has begun anew meanwhile if it is shorter than what was folded
            Ok(folded) => known.folded = known.folded.max(folded).min(known.pages),
            Err(error) => tracing::warn!(%error, "the log of the database is not folded"),
        }
    }
}

/// The thread that folds. It ends before the writer, who is the last to close the file and leaves no log behind.
pub(super) struct Folder {
    log: Log,
    thread: Option<thread::JoinHandle<()>>,
}

impl Folder {
    pub(super) fn start(log: Log, opens: impl Fn() -> Result<Connection, StoreError> + Send + 'static) -> Result<Self, StoreError> {
        let shared = log.clone();
        let thread = thread::Builder::new().name("store folder".to_owned()).spawn(move || {
            let mut connection = None;
            while shared.waits() {
                let folded = match connection.take() {
                    Some(open) => Ok(open),
                    None => opens(),
                }
                .and_then(|open| fold(&open).map(|folded| (open, folded)));
                // one whose disk has failed is not gone on with
                shared.has_folded(folded.map(|(open, folded)| {
                    connection = Some(open);
                    folded
                }));
            }
        });
        let thread = thread.map_err(|_| StoreError::not_done("no thread for the store"))?;
        Ok(Self { log, thread: Some(thread) })
    }

    /// Between two commits: the writer folds the last few pages, if that is due.
    pub(super) fn ends_the_log(&self, writer: &Connection) -> Result<(), StoreError> {
        if !self.log.known().is_to_end() {
            return Ok(());
        }
        let folded = fold(writer)?;
        let mut known = self.log.known();
        (known.folded, known.tried) = (known.folded.max(folded), known.pages);
        Ok(())
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        self.log.known().folding = Folding::Over;
        self.log.0.1.notify_one();
        // a panic in it has been told already
        drop(self.thread.take().map(thread::JoinHandle::join));
    }
}

/// How many pages of the log stand in the file now; less than none while another connection folds.
fn fold(connection: &Connection) -> Result<i64, StoreError> {
    connection.query_row(FOLD, [], |row| row.get(2)).map_err(|error| read_failure(&error, "the log"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_log_is_folded_beside_the_writing_until_the_writer_ends_it() {
        let (beside, writer, nobody) = ((true, false), (false, true), (false, false));
        for (pages, folded, tried, expect) in [
            (900, 0, 0, nobody),
            (1_001, 0, 0, beside),
            (1_900, 1_000, 1_000, nobody),
            (2_001, 1_000, 1_000, beside),
            // a reader holds back what is left
            (3_000, 1_000, 2_500, nobody),
            (8_300, 8_000, 8_000, beside),
            (8_240, 8_000, 8_000, writer),
            (8_240, 7_000, 8_000, nobody),
            // the last few never came
            (17_002, 14_000, 16_000, writer),
            (17_000, 14_000, 16_500, nobody),
        ] {
            let known = Known { pages, folded, tried, folding: Folding::Idle };
            assert_eq!((known.has_gathered(), known.is_to_end()), expect, "{pages} pages, {folded} folded, tried at {tried}");
            let folding = Known { folding: Folding::AtWork, ..known };
            assert!(!folding.is_to_end(), "two do not fold at once: {pages} pages");
        }
    }
}
