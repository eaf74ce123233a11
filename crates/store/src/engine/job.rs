//! An act on its way to a thread of the store, and its answer on the way back.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use tokio::sync::{mpsc, oneshot};

use super::error::StoreError;
use super::sqlite::InMemory;
use super::tx::Tx;

/// What waits for a thread of the store.
pub(super) enum Task {
    Write(Box<dyn Job>),
    Read(Box<dyn Job>),
    /// One thread ends after what was asked before.
    Stop,
}

/// What the act said about itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Keep,
    Undo,
}

/// An act with its types forgotten.
pub(super) trait Job: Send {
    /// Runs the act. A panic in it is caught here and becomes its error.
    fn run(&mut self, tx: &mut Tx<'_>) -> Verdict;

    /// Answers the asker. `fate` is what became of the transaction; an act that was never run has only that.
    fn answer(self: Box<Self>, fate: Result<(), StoreError>);
}

struct Waiting<T, E, F> {
    act: Option<F>,
    result: Option<Result<T, E>>,
    asker: oneshot::Sender<Result<T, E>>,
}

impl<T, E, F> Job for Waiting<T, E, F>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send,
    T: Send,
    E: From<StoreError> + Send,
{
    fn run(&mut self, tx: &mut Tx<'_>) -> Verdict {
        let Some(act) = self.act.take() else { return Verdict::Undo };
        // the transaction is rolled back after a panic, so nothing half-done stays to be seen
        let result = catch_unwind(AssertUnwindSafe(|| act(tx)));
        // the panic's own text may hold a person's words
        let result = result.unwrap_or_else(|_| Err(StoreError::Bug("an act panicked".to_owned()).into()));
        let verdict = if result.is_ok() { Verdict::Keep } else { Verdict::Undo };
        self.result = Some(result);
        verdict
    }

    fn answer(self: Box<Self>, fate: Result<(), StoreError>) {
        let answer = match (self.result, fate) {
            (Some(Err(error)), _) => Err(error),
            (_, Err(error)) => Err(error.into()),
            (Some(Ok(value)), Ok(())) => Ok(value),
            (None, Ok(())) => Err(StoreError::Bug("an act was kept without having run".to_owned()).into()),
        };
        // an asker that has gone away needs no answer
        drop(self.asker.send(answer));
    }
}

/// Where acts are handed in.
pub(super) enum Queue {
    /// To threads that own connections.
    Threads(mpsc::Sender<Task>),
    /// What lies in memory waits for no disk, so a thread of its own would only cost the way there and back.
    Here(Arc<InMemory>),
}

impl Queue {
    pub(super) async fn send(&self, task: Task) -> Result<(), StoreError> {
        match self {
            Self::Threads(queue) => queue.send(task).await.map_err(|_| StoreError::closed()),
            Self::Here(memory) => memory.does(task),
        }
    }
}

/// Hands in an act and waits for its answer. The act runs even if the asker goes away.
pub(super) async fn ask<T, E, F>(queue: &Queue, kind: fn(Box<dyn Job>) -> Task, act: F) -> Result<T, E>
where
    F: FnOnce(&mut Tx<'_>) -> Result<T, E> + Send + 'static,
    T: Send + 'static,
    E: From<StoreError> + Send + 'static,
{
    let (asker, answer) = oneshot::channel();
    let job = Waiting { act: Some(act), result: None, asker };
    queue.send(kind(Box::new(job))).await?;
    answer.await.unwrap_or_else(|_| Err(StoreError::closed().into()))
}
