//! A worker: takes an act, does it in a transaction on its own connection, answers.

use std::rc::Rc;
use std::sync::Arc;
use std::time::Duration;

use tokio::runtime::Runtime;
use tokio::sync::{Mutex, broadcast, mpsc};

use super::super::Touched;
use super::super::error::StoreError;
use super::super::job::{Job, Task, Verdict};
use super::super::tx::{Link, Tx};
use super::address::Address;
use super::batch;
use super::session::{Own, Session};
use crate::sown::loses_answer;

/// How long an act waits for a lost connection to come back, step by step.
const PAUSES: [Duration; 5] =
    [Duration::ZERO, Duration::from_millis(100), Duration::from_millis(300), Duration::from_secs(1), Duration::from_secs(2)];

const WRITE: &str = "BEGIN";

/// One unmoving state, as a reader of SQLite sees it.
const READ: &str = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY";

pub(super) struct Worker {
    pub(super) runtime: Rc<Runtime>,
    pub(super) address: Arc<Address>,
    pub(super) own: Own,
    pub(super) updates: broadcast::Sender<Touched>,
    session: Option<Session>,
    health: Health,
}

/// While the database is known to be away, acts are answered at once instead of each waiting for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Health {
    Well,
    Away,
}

impl Worker {
    pub(super) fn new(runtime: Runtime, address: Arc<Address>, own: Own, updates: broadcast::Sender<Touched>) -> Self {
        Self { runtime: Rc::new(runtime), address, own, updates, session: None, health: Health::Well }
    }

    /// Takes acts from the common queue until it is told to stop.
    pub(super) fn serve(&mut self, queue: &Mutex<mpsc::Receiver<Task>>) {
        loop {
            let task = self.runtime.block_on(async { queue.lock().await.recv().await });
            match task {
                Some(Task::Write(job)) => self.act(job, WRITE),
                Some(Task::Read(job)) => self.act(job, READ),
                Some(Task::Stop) | None => return,
            }
        }
    }

    fn act(&mut self, mut job: Box<dyn Job>, begin: &'static str) {
        let mut session = match self.begin(begin) {
            Ok(session) => session,
            Err(error) => {
                job.answer(Err(error));
                return;
            }
        };
        let mut tx = Tx::over(Link::Postgres(&mut session));
        let verdict = job.run(&mut tx);
        if verdict == Verdict::Keep {
            tx.settle();
        }
        let (touched, failed) = (tx.touched, tx.failed);
        let fate = match (verdict, failed) {
            (Verdict::Keep, None) => match session.commit() {
                Ok(()) if begin == WRITE && loses_answer() => Err(StoreError::unknown("sown")),
                ended => ended,
            },
            (Verdict::Keep, Some(error)) => session.roll_back().and(Err(error)),
            (Verdict::Undo, _) => session.roll_back(),
        };
        let tells = begin == WRITE && verdict == Verdict::Keep && fate.is_ok() && !touched.is_empty();
        if tells {
            for topic in &touched {
                // nobody may be listening
                drop(self.updates.send(Touched(topic.clone())));
            }
        }
        let lost = matches!(fate, Err(StoreError::Unavailable { .. }));
        job.answer(fate);
        if tells && session.tell(&self.address.channel(), &touched).is_err() {
            tracing::warn!("a live update did not reach the other nodes");
            return;
        }
        if !lost && !session.client.is_closed() {
            self.session = Some(session);
        }
    }

    /// A connection with an open transaction. One that was lost while nobody needed it is replaced without a word:
    /// nothing has been done on it yet.
    fn begin(&mut self, words: &str) -> Result<Session, StoreError> {
        let attempts = match self.health {
            Health::Well => PAUSES.len(),
            Health::Away => 1,
        };
        if let Some(mut session) = self.session.take()
            && batch(&mut session, words).is_ok()
        {
            return Ok(session);
        }
        let mut last = StoreError::closed();
        for pause in &PAUSES[..attempts] {
            self.runtime.block_on(async { tokio::time::sleep(*pause).await });
            let opened = Session::open(&self.runtime, &self.address, &self.own).and_then(|mut session| {
                batch(&mut session, words)?;
                Ok(session)
            });
            match opened {
                Ok(session) => {
                    self.health = Health::Well;
                    return Ok(session);
                }
                Err(error) => last = error,
            }
        }
        self.health = Health::Away;
        Err(last)
    }
}
