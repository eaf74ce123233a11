//! A store in memory: its one connection, worked with by whoever asks. There is no disk that could fail.

use std::sync::{Mutex, PoisonError};

use rusqlite::Connection;
use tokio::sync::broadcast;

use super::super::Touched;
use super::super::error::StoreError;
use super::super::job::Task;
use super::reading::look;
use super::writing::share_a_commit;

pub(in super::super) struct InMemory {
    /// None once it is closed.
    connection: Mutex<Option<Connection>>,
    updates: broadcast::Sender<Touched>,
}

impl InMemory {
    pub(super) fn new(connection: Connection, updates: broadcast::Sender<Touched>) -> Self {
        Self { connection: Mutex::new(Some(connection)), updates }
    }

    /// Done when this returns; refused once the store is closed.
    pub(in super::super) fn does(&self, task: Task) -> Result<(), StoreError> {
        let mut connection = self.connection.lock().unwrap_or_else(PoisonError::into_inner);
        let open = connection.as_ref().ok_or_else(StoreError::closed)?;
        match task {
            // nothing waits behind it
            Task::Write(job) => drop(share_a_commit(open, job, || None, &self.updates)),
            Task::Read(job) => look(open, job),
            Task::Stop => *connection = None,
        }
        Ok(())
    }
}
