//! The executor: one SQL text over SQLite and PostgreSQL, acts as whole transactions.
//!
//! An act is a plain function over [`Tx`]. It is sent to a thread that owns a connection, runs there from beginning to
//! end, and its answer comes back after the commit. An `Err` or a panic keeps nothing of the act. What lies in memory
//! is worked with where the act is asked for.

mod error;
mod job;
mod migrating;
mod place;
mod postgres;
mod remembering;
mod row;
mod sqlite;
#[cfg(test)]
mod tests;
mod tx;
mod value;
mod words;

use std::path::{Path, PathBuf};
use std::sync::Arc;

use tokio::sync::{broadcast, mpsc, watch};

pub use error::{Outcome, StoreError};
pub use migrating::Migration;
pub use place::{Engine, Place};
pub use remembering::Forget;
pub use row::Row;
pub use tx::{Rows, Tx};
pub use value::{Cell, FromValue, Misfit, Value};

use job::{Queue, Task, ask};

/// How many acts may wait in one queue before the next asker has to wait for a place.
const QUEUE: usize = 1_024;

/// How many live updates a slow subscriber may lag behind before it is told that it missed some.
const UPDATES: usize = 1_024;

/// PostgreSQL connections of one store; what an act needs is one.
const WORKERS: usize = 8;

/// What a committed act touched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Touched(pub String);

impl Touched {
    /// Anything may have changed: the connection to the other nodes was lost for a while.
    pub fn anything() -> Self {
        Self("*".to_owned())
    }
}

/// An organisation's store. Clones share it.
#[derive(Clone)]
pub struct Store {
    inner: Arc<Inner>,
}

struct Inner {
    engine: Engine,
    /// Of SQLite, if it stands in one.
    file: Option<PathBuf>,
    writes: Queue,
    reads: Queue,
    updates: broadcast::Sender<Touched>,
    threads: Threads,
}

/// The threads behind a store, for ending them in order: readers before the writer, so that the writer can fold
/// SQLite's log into the file.
struct Threads {
    readers: Group,
    writers: Group,
    listening: watch::Sender<Listening>,
}

/// How many threads there are, and a channel that closes when the last of them has ended.
struct Group {
    count: usize,
    alive: tokio::sync::Mutex<mpsc::Receiver<()>>,
}

/// Whether the connection for the updates of other nodes is wanted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Listening {
    Wanted,
    Over,
}

impl Store {
    /// Opens the organisation's store, making or migrating its tables; `now` is written beside each migration.
    pub async fn open(place: &Place, now: i64) -> Result<Self, StoreError> {
        Self::open_with(place, now, crate::migrations::MIGRATIONS, WORKERS).await
    }

    pub(crate) async fn open_with(place: &Place, now: i64, migrations: &'static [Migration], workers: usize) -> Result<Self, StoreError> {
        let (updates, _) = broadcast::channel(UPDATES);
        let inner = match place {
            Place::File(path) => sqlite::open_file(path, now, migrations, updates).await?,
            Place::Memory => sqlite::open_memory(now, migrations, updates)?,
            Place::Schema { url, schema } => {
                let address = postgres::Address::read(url, schema)?;
                postgres::open(address, now, migrations, updates, workers).await?
            }
        };
        Ok(Self { inner: Arc::new(inner) })
    }

    /// Runs the act in a transaction of its own and keeps what it did if it returns `Ok`. The answer comes after the
    /// commit: an acknowledged act survives a power cut.
    pub async fn write<T, E, F>(&self, act: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        ask(&self.inner.writes, Task::Write, act).await
    }

    /// Looks at one unmoving state of the store; cannot write.
    pub async fn read<T, E, F>(&self, look: F) -> Result<T, E>
    where
        F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
        T: Send + 'static,
        E: From<StoreError> + Send + 'static,
    {
        ask(&self.inner.reads, Task::Read, look).await
    }

    /// Writes everything as it stands now into a file of its own, from which a store can be opened. Only on SQLite.
    pub async fn copy_to(&self, path: &Path) -> Result<(), StoreError> {
        let path = path.to_owned();
        self.read(move |tx| tx.copy_to(&path)).await
    }

    /// How far the database had come when a desk last worked with it, as it stands beside a file; None elsewhere.
    pub async fn high_water(&self) -> Result<Option<i64>, StoreError> {
        match self.inner.file.clone() {
            Some(file) => beside(move || sqlite::high_water::read(&file)).await,
            None => Ok(None),
        }
    }

    /// The database has come so far, and that is on its disk.
    pub async fn raise_high_water(&self, beat: i64) -> Result<(), StoreError> {
        match self.inner.file.clone() {
            Some(file) => beside(move || sqlite::high_water::write(&file, beat)).await,
            None => Ok(()),
        }
    }

    pub fn engine(&self) -> Engine {
        self.inner.engine
    }

    /// From now on, what committed acts touch; on PostgreSQL those of other nodes too.
    pub fn subscribe(&self) -> broadcast::Receiver<Touched> {
        self.inner.updates.subscribe()
    }

    /// Finishes what was asked before and closes; clones answer with [`StoreError::Unavailable`] from then on.
    pub async fn close(self) {
        let Inner { writes, reads, threads, .. } = &*self.inner;
        threads.listening.send_replace(Listening::Over);
        end(&threads.readers, reads).await;
        end(&threads.writers, writes).await;
    }
}

/// A look at the disk, which may take its time.
async fn beside<T: Send + 'static>(look: impl FnOnce() -> Result<T, StoreError> + Send + 'static) -> Result<T, StoreError> {
    tokio::task::spawn_blocking(look).await.unwrap_or_else(|_| Err(StoreError::Bug("a look at the disk panicked".to_owned())))
}

async fn end(group: &Group, queue: &Queue) {
    let mut alive = group.alive.lock().await;
    for _ in 0..group.count {
        if queue.send(Task::Stop).await.is_err() {
            break;
        }
    }
    // never a value: it ends when the last thread has dropped its end
    while alive.recv().await.is_some() {}
}

impl Group {
    fn new(count: usize) -> (Self, mpsc::Sender<()>) {
        let (sender, receiver) = mpsc::channel(1);
        (Self { count, alive: tokio::sync::Mutex::new(receiver) }, sender)
    }

    /// The threads of the other group serve both.
    fn none() -> Self {
        Self::new(0).0
    }
}
