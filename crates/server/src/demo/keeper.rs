//! Keeps the demo while it is shown: lets the loops turn, does what patients and desk do beside them, and pushes the clock
//! or touches a telephone when the visitor asks for it.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use channels::sandbox::Did;
use desk::ActError;
use desk::wire::Wire;
use kernel::{Clock, Timestamp};
use tokio::sync::{mpsc, watch};
use tokio::task::JoinHandle;
use web::demo::{Asked, Command, Gesture, Progress, Push};

use super::Demo;
use super::clock::Pace;
use super::telephones::Done;

/// How often somebody looks at the telephones while nobody pushes.
const LOOKS_EVERY: Duration = Duration::from_millis(200);
/// A finger on the telephone takes its time: what is said one after the other is not said at once.
const FINGER: Duration = Duration::from_secs(1);

pub struct Keeper {
    pub demo: Demo,
    pub commands: mpsc::Receiver<Asked>,
    pub progress: Progress,
    /// Whether the clock runs by itself, for the pages.
    pub running: Arc<AtomicBool>,
}

/// The loops of the desk, as in `serve`, until they are told to rest.
struct Loops {
    rest: watch::Sender<()>,
    turning: JoinHandle<()>,
}

impl Keeper {
    /// Until the program ends.
    pub async fn keep(mut self, mut stop: watch::Receiver<()>) {
        let mut loops = self.start_loops();
        let mut count: u64 = 0;
        loop {
            tokio::select! {
                _ = stop.changed() => break,
                asked = self.commands.recv() => {
                    let Some(Asked { command, done }) = asked else { break };
                    count += 1;
                    let kept = match command {
                        push @ Command::Push(_) => {
                            loops.end().await;
                            let kept = self.obey(push, count).await;
                            loops = self.start_loops();
                            kept
                        }
                        other @ (Command::Run | Command::Pause | Command::Do { .. }) => self.obey(other, count).await,
                    };
                    told(kept);
                    // whoever asked may have closed the page
                    let _closed = done.send(());
                }
                () = tokio::time::sleep(LOOKS_EVERY) => told(self.demo.life.beside_the_loops().await.map(drop)),
            }
        }
        loops.end().await;
    }

    fn start_loops(&self) -> Loops {
        let (rest, mut told) = watch::channel(());
        let wire: Arc<dyn Wire> = Arc::clone(&self.demo.life.doorbell) as Arc<dyn Wire>;
        let ending = async move {
            // told, or whoever could tell is gone
            let _told = told.changed().await;
        };
        Loops { rest, turning: tokio::spawn(desk::loops::run(self.demo.life.desk.clone(), wire, ending)) }
    }

    async fn push(&self, push: Push) -> Result<(), ActError> {
        let span = match push {
            Push::Hour => Duration::from_hours(1),
            Push::Day => Duration::from_hours(24),
        };
        let clock = &self.demo.life.clock;
        let pace = clock.pace();
        clock.set_pace(Pace::Stands);
        let (from, until) = (clock.now(), clock.now() + span);
        self.progress.set(Some(0));
        let pushed = self.demo.life.push_to(until, |now| self.progress.set(Some(percent(from, now, until)))).await;
        self.progress.set(None);
        clock.set_pace(pace);
        pushed
    }

    /// What does not need the loops to rest.
    async fn obey(&self, command: Command, count: u64) -> Result<(), ActError> {
        match command {
            Command::Push(push) => return self.push(push).await,
            Command::Run => self.set_pace(Pace::Runs),
            Command::Pause => self.set_pace(Pace::Stands),
            Command::Do { handle, gesture } => return self.touch(&handle, gesture, count).await,
        }
        Ok(())
    }

    fn set_pace(&self, pace: Pace) {
        self.demo.life.clock.set_pace(pace);
        self.running.store(pace == Pace::Runs, Ordering::Relaxed);
    }

    async fn touch(&self, handle: &str, gesture: Gesture, count: u64) -> Result<(), ActError> {
        let life = &self.demo.life;
        life.patients.hand_over(handle);
        life.clock.push_to(life.clock.now() + FINGER);
        let did = match gesture {
            Gesture::Press { on, data, label } => Did::Press { on, data, label },
            Gesture::Say { text } => Did::Words { text },
            Gesture::Show { text, name, kept } => Did::Show { text, name, kept },
            Gesture::React { on, emoji } => Did::React { on, emoji },
        };
        let done = Done { handle: handle.to_owned(), key: format!("visitor.{count}"), did };
        self.demo.telephones.did(vec![done]).await
    }
}

impl Loops {
    async fn end(self) {
        self.rest.send_replace(());
        if let Err(error) = self.turning.await {
            tracing::error!(%error, "the loops of the demo have ended badly");
        }
    }
}

fn percent(from: Timestamp, now: Timestamp, until: Timestamp) -> u8 {
    let (gone, all) = (now.since(from).as_secs(), until.since(from).as_secs().max(1));
    u8::try_from((gone * 100 / all).min(100)).unwrap_or(100)
}

fn told(kept: Result<(), ActError>) {
    if let Err(error) = kept {
        tracing::error!(%error, "the demo could not do what was asked");
    }
}
