//! Reading: each look sees one unmoving state.

use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::mpsc;

use super::super::error::StoreError;
use super::super::job::{Job, Task};
use super::super::tx::{Link, Tx};
use super::execute;

/// Takes looks from the readers' common queue until it is told to stop.
pub(super) fn serve(connection: &Connection, queue: &Mutex<mpsc::Receiver<Task>>) {
    loop {
        let task = queue.lock().unwrap_or_else(PoisonError::into_inner).blocking_recv();
        match task {
            Some(Task::Read(job)) => look(connection, job),
            Some(Task::Write(job)) => job.answer(Err(StoreError::Bug("a write among the reads".to_owned()))),
            Some(Task::Stop) | None => return,
        }
    }
}

pub(super) fn look(connection: &Connection, mut job: Box<dyn Job>) {
    let fate = execute(connection, "BEGIN", &[]).and_then(|_| {
        let mut tx = Tx::over(Link::Sqlite(connection));
        job.run(&mut tx);
        let failed = tx.failed.take();
        // a disk that cannot be read has ended it already
        let ended = if connection.is_autocommit() { Ok(()) } else { execute(connection, "ROLLBACK", &[]).map(drop) };
        failed.map_or(ended, Err)
    });
    job.answer(fate);
}
