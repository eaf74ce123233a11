//! The hand on the clock and on the telephones: what a page asks for goes to the one who keeps the demo, in order.

use clinic::files::Kept;
use std::sync::Arc;
use std::sync::atomic::{AtomicU8, Ordering};

use tokio::sync::{mpsc, oneshot};

use crate::fault::Fault;

/// How far the clock is pushed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Push {
    Hour,
    Day,
}

/// What is done on a telephone.
#[derive(Clone, PartialEq, Eq)]
pub enum Gesture {
    /// A button under a message of ours.
    Press {
        on: String,
        data: String,
        label: String,
    },
    Say {
        text: String,
    },
    /// A file that is kept already, with a word or none.
    Show {
        text: String,
        name: String,
        kept: Kept,
    },
    React {
        on: String,
        emoji: String,
    },
}

#[derive(Clone, PartialEq, Eq)]
pub enum Command {
    Push(Push),
    Run,
    Pause,
    /// From then on the visitor answers for this patient, and nobody else.
    Do {
        handle: String,
        gesture: Gesture,
    },
}

/// A command with where to say that it is done.
pub struct Asked {
    pub command: Command,
    pub done: oneshot::Sender<()>,
}

/// How far a push has come: of a hundred, or none while nobody pushes.
#[derive(Clone, Default)]
pub struct Progress(Arc<AtomicU8>);

impl Progress {
    pub fn set(&self, percent: Option<u8>) {
        self.0.store(percent.map_or(0, |percent| percent.min(100) + 1), Ordering::Relaxed);
    }

    pub fn percent(&self) -> Option<u8> {
        self.0.load(Ordering::Relaxed).checked_sub(1)
    }
}

#[derive(Clone)]
pub struct Remote {
    commands: mpsc::Sender<Asked>,
    pub progress: Progress,
}

impl Remote {
    pub const fn new(commands: mpsc::Sender<Asked>, progress: Progress) -> Self {
        Self { commands, progress }
    }

    /// Comes back when it is done.
    pub async fn ask(&self, command: Command) -> Result<(), Fault> {
        let done = self.begin(command).await?;
        done.await.map_err(|_| Fault::not_found())
    }

    /// Comes back as soon as it is in the queue.
    pub async fn begin(&self, command: Command) -> Result<oneshot::Receiver<()>, Fault> {
        let (done, told) = oneshot::channel();
        // the keeper of the demo is gone only when the program ends
        self.commands.send(Asked { command, done }).await.map_err(|_| Fault::not_found())?;
        Ok(told)
    }
}
