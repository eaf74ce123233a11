//! The desk itself, and one act on it: one transaction with its time, its actor and what happened in it.

use std::sync::atomic::{AtomicI64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use kernel::{Chance, ClinicId, Clock, HappeningId, MessageId, PatientId, RunId, Timestamp};
use store::{Store, Tx};
use tokio::sync::Notify;
use tokio::sync::futures::Notified;

use clinic::actors::{Actor, Origin};
use clinic::happenings::{Happening, Recorded};

use crate::ActError;
use crate::access::Doors;
use crate::health::Pulse;

/// How often an act is done again because another one had crossed it.
/// Of those that cross at the same row one gets through each time.
const CROSSINGS: usize = 20;

/// What a desk is made of.
pub struct Parts {
    pub store: Store,
    pub clock: Arc<dyn Clock>,
    pub chance: Chance,
    /// The name of this node among several.
    pub node: String,
}

/// One organisation's desk. Cheap to share.
#[derive(Clone)]
pub struct Desk(Arc<Inner>);

struct Inner {
    store: Store,
    clock: Arc<dyn Clock>,
    chance: Mutex<Chance>,
    node: String,
    woken: Notify,
    doors: Doors,
    pulse: Pulse,
    order: Order,
}

/// Names sort by the millisecond in which they were given. Of several in one millisecond each counts as given in the one
/// after the last.
struct Order(AtomicI64);

impl Order {
    fn next(&self, now: Timestamp) -> Timestamp {
        let after = |last: i64| Some(now.as_millis().max(last + 1));
        let last = self.0.fetch_update(Ordering::Relaxed, Ordering::Relaxed, after).unwrap_or_else(|last| last);
        Timestamp::from_millis(now.as_millis().max(last + 1))
    }
}

impl Desk {
    pub fn new(parts: Parts) -> Self {
        let Parts { store, clock, chance, node } = parts;
        Self(Arc::new(Inner {
            store,
            clock,
            chance: Mutex::new(chance),
            node,
            woken: Notify::new(),
            doors: Doors::default(),
            pulse: Pulse::default(),
            order: Order(AtomicI64::new(0)),
        }))
    }

    pub fn store(&self) -> &Store {
        &self.0.store
    }

    pub fn now(&self) -> Timestamp {
        self.0.clock.now()
    }

    /// How long the clock has run; it never goes back.
    pub fn run(&self) -> Duration {
        self.0.clock.run()
    }

    pub fn node(&self) -> &str {
        &self.0.node
    }

    /// A generator of its own for whoever asks.
    pub fn chance(&self) -> Chance {
        self.0.chance.lock().unwrap_or_else(PoisonError::into_inner).fork()
    }

    pub(crate) fn doors(&self) -> &Doors {
        &self.0.doors
    }

    pub(crate) fn pulse(&self) -> &Pulse {
        &self.0.pulse
    }

    /// Tells the loops that there may be something to do now.
    pub fn wake(&self) {
        self.0.woken.notify_waiters();
    }

    /// Comes back when somebody has woken the loops since this was asked for.
    pub fn woken(&self) -> Notified<'_> {
        self.0.woken.notified()
    }

    /// Does an act as one transaction. It may be done anew over fresh rows if another one crossed it, so it must not
    /// change anything outside of it.
    pub async fn act<T, F>(&self, by: Actor, through: Origin, work: F) -> Result<T, ActError>
    where
        T: Send + 'static,
        F: Fn(&mut Act<'_, '_>) -> Result<T, ActError> + Send + Sync + 'static,
    {
        self.act_by(|| self.chance(), by, through, work).await
    }

    /// The same with a chance of its own, for what is gathered as it happens to come: then the chance of other acts does
    /// not depend on how many came together.
    pub(crate) async fn act_by<T, F>(
        &self,
        mut chance: impl FnMut() -> Chance + Send,
        by: Actor,
        through: Origin,
        work: F,
    ) -> Result<T, ActError>
    where
        T: Send + 'static,
        F: Fn(&mut Act<'_, '_>) -> Result<T, ActError> + Send + Sync + 'static,
    {
        let work = Arc::new(work);
        let mut crossings = 0;
        loop {
            let (now, chance, work, desk) = (self.now(), chance(), Arc::clone(&work), self.clone());
            let done = self.0.store.write(move |tx| {
                let mut act = Act { tx, now, by, through, chance, desk: &desk, happened: Vec::new(), noted: 0, repeats: Repeats::Never };
                let value = work(&mut act)?;
                act.settle()?;
                // an act that has written nothing says nothing of the disk, and gives nobody anything to do
                Ok::<(T, bool), ActError>((value, act.tx.wrote()))
            });
            match done.await {
                Err(error) if error.is_crossing() && crossings < CROSSINGS => crossings += 1,
                Err(error) => {
                    self.pulse().failed(&error, now);
                    self.wake();
                    return Err(error);
                }
                Ok((value, wrote)) => {
                    if wrote {
                        self.pulse().saved();
                        self.wake();
                    }
                    return Ok(value);
                }
            }
        }
    }

    /// Reads. Nothing is changed.
    pub async fn look<T, F>(&self, look: F) -> Result<T, ActError>
    where
        T: Send + 'static,
        F: FnOnce(&mut Tx<'_>, Timestamp) -> Result<T, ActError> + Send + 'static,
    {
        let now = self.now();
        self.0.store.read(move |tx| look(tx, now)).await
    }
}

/// One act in its transaction.
pub struct Act<'a, 'tx> {
    pub tx: &'a mut Tx<'tx>,
    pub now: Timestamp,
    pub by: Actor,
    pub through: Origin,
    pub chance: Chance,
    pub(crate) desk: &'a Desk,
    pub(crate) happened: Vec<Happened>,
    /// Happenings so far.
    pub(crate) noted: u64,
    /// A run says now what it may have said in the hours that a restored backup knows nothing of.
    pub(crate) repeats: Repeats,
}

/// Whether what is said may have gone before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Repeats {
    Never,
    Perhaps,
}

/// Something that happened and has yet to start and stop playbooks.
pub(crate) struct Happened {
    pub recorded: Recorded,
    /// The run that did it: it goes on by itself.
    pub inside: Option<RunId>,
}

impl Act<'_, '_> {
    /// Says what happened. It is appended to the stream and moves playbooks before the act commits.
    pub fn happened(&mut self, clinic: ClinicId, patient: Option<PatientId>, what: impl IntoIterator<Item = Happening>) {
        self.happened_inside(None, clinic, patient, what);
    }

    pub(crate) fn happened_inside(
        &mut self,
        inside: Option<RunId>,
        clinic: ClinicId,
        patient: Option<PatientId>,
        what: impl IntoIterator<Item = Happening>,
    ) {
        for what in what {
            self.noted += 1;
            // the timeline is read in the order in which things happened within the act
            let id = HappeningId::new(self.now + Duration::from_millis(self.noted - 1), &mut self.chance);
            let recorded = Recorded { id, at: self.now, by: self.by, through: self.through, clinic, patient, what };
            self.happened.push(Happened { recorded, inside });
        }
    }

    /// The name of the next message. Names sort as the messages were said, so they are read in that order.
    pub(crate) fn next_message(&mut self) -> MessageId {
        MessageId::new(self.desk.0.order.next(self.now), &mut self.chance)
    }

    /// The name of the next run. Of runs that come due together the one that began first is led on first.
    pub(crate) fn next_run(&mut self) -> RunId {
        RunId::new(self.desk.0.order.next(self.now), &mut self.chance)
    }

    /// Appends what happened, and lets it move playbooks, until nothing more happens. What happens next is counted anew.
    pub(crate) fn settle(&mut self) -> Result<(), ActError> {
        while !self.happened.is_empty() {
            let happened = std::mem::take(&mut self.happened);
            store::happenings::append(self.tx, happened.iter().map(|happened| &happened.recorded))?;
            for Happened { recorded, inside } in happened {
                self.tell(&recorded);
                self.move_playbooks(&recorded, inside)?;
            }
        }
        self.noted = 0;
        Ok(())
    }

    /// Live pages follow these topics.
    fn tell(&mut self, recorded: &Recorded) {
        if let Some(conversation) = recorded.what.conversation() {
            self.tx.touch(format!("conversation:{conversation}"));
            self.tx.touch("inbox");
        }
        if recorded.what.visit().is_some() {
            self.tx.touch("journal");
        }
        if let Some(patient) = recorded.patient {
            self.tx.touch(format!("patient:{patient}"));
        }
        self.tx.touch("today");
    }
}
