//! Writing: the acts that wait are done one after the other and share one commit, because a commit waits for the disk.
//!
//! Each act behind the first stands under a savepoint of its own: one that fails is taken back alone and its neighbours
//! stay. The first one needs none, because nothing stands before it: for a savepoint SQLite copies every page that is
//! changed under it, which with a thousand rows costs more than the rows. Answers are given after the commit; if it fails,
//! every act of the group is told so.
//!
//! A connection whose reading, writing or syncing has failed is not gone on with: the next act gets a new one, and that
//! one has first folded the log into the file. It says whether the disk is well again, and what a failed sync had left in
//! the log stands in nobody's way.

use rusqlite::Connection;
use tokio::sync::{broadcast, mpsc};

use super::super::Touched;
use super::super::error::StoreError;
use super::super::job::{Job, Task, Verdict};
use super::super::tx::{Link, Tx};
use super::failure::read_lost_commit;
use super::folding::Folder;
use super::{batch, execute};
use crate::sown::loses_answer;

/// The most acts that share a commit, so that the first of them is not kept waiting by those that came later.
const GROUP: usize = 128;

const BEGIN: &str = "BEGIN IMMEDIATE";

/// The one connection that writes to a file.
pub(super) struct Writer<Opens> {
    /// Ends before the connection does.
    pub(super) folder: Folder,
    /// None: the last one failed, and the next act begins with a new one.
    pub(super) connection: Option<Connection>,
    pub(super) opens: Opens,
}

impl<Opens: Fn() -> Result<Connection, StoreError>> Writer<Opens> {
    /// Takes acts until it is told to stop.
    pub(super) fn serve(mut self, mut queue: mpsc::Receiver<Task>, updates: &broadcast::Sender<Touched>) {
        let mut waiting = None;
        loop {
            match waiting.take().or_else(|| queue.blocking_recv()) {
                Some(Task::Write(job)) => match self.connection() {
                    Ok(connection) => {
                        let (trust, after) = share_a_commit(connection, job, || queue.try_recv().ok(), updates);
                        waiting = after;
                        match trust {
                            Trust::Kept => self.end_the_log(),
                            Trust::Lost => {
                                tracing::error!("the disk of the database has failed");
                                self.connection = None;
                            }
                        }
                    }
                    Err(error) => job.answer(Err(error)),
                },
                Some(Task::Read(job)) => job.answer(Err(StoreError::Bug("a look among the writes".to_owned()))),
                Some(Task::Stop) | None => return,
            }
        }
    }

    /// What was committed stands in the log, whether it can be folded or not.
    fn end_the_log(&self) {
        if let Some(Err(error)) = self.connection.as_ref().map(|connection| self.folder.ends_the_log(connection)) {
            tracing::warn!(%error, "the log of the database is not folded");
        }
    }

    fn connection(&mut self) -> Result<&Connection, StoreError> {
        if self.connection.is_none() {
            self.connection = Some((self.opens)()?);
            tracing::info!("the database can be written to again");
        }
        Ok(self.connection.as_ref().expect("opened above"))
    }
}

/// Whether a connection may be gone on with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    Kept,
    Lost,
}

/// A step between two acts that could not be made, or a transaction that SQLite gave up by itself (a full disk): the whole
/// group is lost.
struct Lost(StoreError);

/// Does `first` and those that wait behind it; gives back what ended the group, if it was not an act.
pub(super) fn share_a_commit(
    connection: &Connection,
    first: Box<dyn Job>,
    mut behind: impl FnMut() -> Option<Task>,
    updates: &broadcast::Sender<Touched>,
) -> (Trust, Option<Task>) {
    if let Err(error) = batch(connection, BEGIN) {
        let trust = trust_after(connection, [&error]);
        first.answer(Err(error));
        return (trust, None);
    }
    let mut group = Group::default();
    let mut next = Some(first);
    let mut after = None;
    while let Some(job) = next.take() {
        if let Err(Lost(error)) = group.add(connection, job) {
            let trust = trust_after(connection, [&error]);
            group.answer(&Err(error));
            return (trust, None);
        }
        if group.len() < GROUP {
            match behind() {
                Some(Task::Write(job)) => next = Some(job),
                other => after = other,
            }
        }
    }
    let fate = group.commit(connection);
    if fate.is_ok() {
        for topic in group.touched.drain(..) {
            // nobody may be listening
            drop(updates.send(Touched(topic)));
        }
    }
    let trust = trust_after(connection, group.errors().chain(fate.as_ref().err()));
    group.answer(&fate);
    (trust, after)
}

/// A full disk leaves the connection as it was. Nobody knows that of a disk that fails, nor of a transaction that cannot
/// be ended.
fn trust_after<'a>(connection: &Connection, errors: impl IntoIterator<Item = &'a StoreError>) -> Trust {
    let failed = errors.into_iter().any(|error| matches!(error, StoreError::Unavailable { .. }));
    if failed || !connection.is_autocommit() { Trust::Lost } else { Trust::Kept }
}

/// Acts between `BEGIN` and `COMMIT`.
#[derive(Default)]
struct Group {
    kept: Vec<Box<dyn Job>>,
    undone: Vec<(Box<dyn Job>, Result<(), StoreError>)>,
    touched: Vec<String>,
}

impl Group {
    fn len(&self) -> usize {
        self.kept.len() + self.undone.len()
    }

    /// What went wrong with acts that were taken back alone.
    fn errors(&self) -> impl Iterator<Item = &StoreError> {
        self.undone.iter().filter_map(|(_, own)| own.as_ref().err())
    }

    fn add(&mut self, connection: &Connection, mut job: Box<dyn Job>) -> Result<(), Lost> {
        let mut tx = Tx::over(Link::Sqlite(connection));
        let turn = if self.kept.is_empty() { Turn::First } else { Turn::Behind };
        let ran = turn.begin(connection).and_then(|()| {
            let verdict = job.run(&mut tx);
            if connection.is_autocommit() {
                let cause = tx.failed.take();
                return Err(Lost(cause.unwrap_or_else(|| StoreError::Bug("an act ended its transaction itself".to_owned()))));
            }
            match (verdict, &tx.failed) {
                (Verdict::Keep, None) => turn.keep(connection),
                (Verdict::Keep, Some(_)) | (Verdict::Undo, _) => turn.undo(connection),
            }
            .map(|()| verdict)
        });
        match (ran, tx.failed) {
            (Ok(Verdict::Keep), None) => {
                self.kept.push(job);
                self.touched.append(&mut tx.touched);
            }
            (Ok(Verdict::Keep), Some(error)) => self.undone.push((job, Err(error))),
            // the act tells its own error; ours says what it was about
            (Ok(Verdict::Undo), failed) => self.undone.push((job, failed.map_or(Ok(()), Err))),
            (Err(lost), _) => {
                self.kept.push(job);
                if !connection.is_autocommit() {
                    // the commit that would have kept it never comes; a failure leaves the transaction to the next BEGIN
                    drop(batch(connection, "ROLLBACK"));
                }
                return Err(lost);
            }
        }
        Ok(())
    }

    fn commit(&self, connection: &Connection) -> Result<(), StoreError> {
        let words = if self.kept.is_empty() { "ROLLBACK" } else { "COMMIT" };
        let ended = connection.execute_batch(words).map_err(|error| read_lost_commit(&error));
        let ended = if ended.is_ok() && loses_answer() { Err(StoreError::unknown("sown")) } else { ended };
        if ended.is_err() && !connection.is_autocommit() {
            drop(batch(connection, "ROLLBACK"));
        }
        ended
    }

    fn answer(self, fate: &Result<(), StoreError>) {
        for (job, own) in self.undone {
            job.answer(own);
        }
        for job in self.kept {
            job.answer(fate.clone());
        }
    }
}

/// Where an act stands among those that are kept together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Turn {
    /// The transaction is its own so far.
    First,
    Behind,
}

impl Turn {
    fn begin(self, connection: &Connection) -> Result<(), Lost> {
        match self {
            Self::First => Ok(()),
            Self::Behind => step(connection, "SAVEPOINT act"),
        }
    }

    fn keep(self, connection: &Connection) -> Result<(), Lost> {
        match self {
            Self::First => Ok(()),
            Self::Behind => step(connection, "RELEASE act"),
        }
    }

    /// The transaction goes on as if the act had not been.
    fn undo(self, connection: &Connection) -> Result<(), Lost> {
        match self {
            Self::First => batch(connection, "ROLLBACK").and_then(|()| batch(connection, BEGIN)).map_err(Lost),
            Self::Behind => step(connection, "ROLLBACK TO act").and_then(|()| step(connection, "RELEASE act")),
        }
    }
}

fn step(connection: &Connection, words: &str) -> Result<(), Lost> {
    execute(connection, words, &[]).map(drop).map_err(Lost)
}
