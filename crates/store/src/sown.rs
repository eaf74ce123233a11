//! What trials do to the program on purpose: faults that are sown to see whether a trial finds them, points at which it
//! is killed, and a clock that hurries.
//!
//! Only the feature `seeded-faults` brings any of it to life, and only dev-dependencies ask for that feature: in the
//! program that a clinic runs, [`sown`] is the constant `false` and the rest does nothing. A fault is one variant here, one
//! line where it bites, and one row in the table of `crates/server/tests/it/faults/sown.rs`, which names the trial
//! that finds it.

use std::time::Duration;

/// What could be wrong with the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Fault {
    /// The wire speaks first, and the intent is written afterwards.
    IntentAfterSend,
    /// The provider hears 'received' before what it told is on disk.
    WebhookBeforeCommit,
    /// Whoever wakes after its lease has run out sends all the same.
    LeaseUnchecked,
    /// A start takes what stands in `sending` for never sent.
    RequeuedAtStart,
    /// SQLite answers before the disk has it.
    SynchronousNormal,
    /// A start goes on behind what a failed sync has left in SQLite's log.
    LogGoneOnWith,
    /// Opt-out, refusal and death are asked when a message is queued, and not again.
    AskedOnlyWhenQueued,
    /// What a provider has told is known by its key alone, whatever account it was told to.
    RepeatKeyWithoutAccount,
    /// Quiet hours by the hands of a clock in Greenwich.
    NaiveLocalTime,
    /// Doubt is tried again.
    RetriedInDoubt,
    /// The last report wins, whichever it is.
    StatusBackwards,
    /// A claim does not ask whether somebody else was faster.
    ClaimWithoutCondition,
    /// What is written on a card while a message is being claimed is not asked about before it leaves.
    LeavesUnasked,
    /// Doubt is called sent.
    DoubtCalledSent,
    /// A desk goes on with a restored backup as if nothing had been sent since.
    RestoredNotHeld,
    /// What an SMS centre has taken and not answered is called never sent.
    SilentCentreUnsent,
    /// So is what a mail server did not answer after the final dot.
    SilentDotUnsent,
    /// An SMS centre hears that its news is kept before it is on disk.
    DeliveredBeforeCommit,
    /// What stands in a report is believed, whichever account it is told to.
    ReportOfAnotherAccount,
    /// The name of a message at one provider is its name at every other.
    ReceiptOfAnotherLine,
}

impl Fault {
    pub const ALL: [Self; 20] = [
        Self::IntentAfterSend,
        Self::WebhookBeforeCommit,
        Self::LeaseUnchecked,
        Self::RequeuedAtStart,
        Self::SynchronousNormal,
        Self::LogGoneOnWith,
        Self::AskedOnlyWhenQueued,
        Self::RepeatKeyWithoutAccount,
        Self::NaiveLocalTime,
        Self::RetriedInDoubt,
        Self::StatusBackwards,
        Self::ClaimWithoutCondition,
        Self::LeavesUnasked,
        Self::DoubtCalledSent,
        Self::RestoredNotHeld,
        Self::SilentCentreUnsent,
        Self::SilentDotUnsent,
        Self::DeliveredBeforeCommit,
        Self::ReportOfAnotherAccount,
        Self::ReceiptOfAnotherLine,
    ];
}

/// Where a trial kills the program.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Point {
    /// Messages are chosen, and nothing of it is on disk.
    BeforeIntent,
    /// The intent is on disk, and no byte has left.
    AfterIntent,
    /// The wire has spoken, and nothing of it is on disk.
    AfterWire,
    /// Some outcomes of a batch are written, and none is committed.
    AmidOutcomes,
    /// A provider has told something, and nothing of it is on disk.
    BeforeArrival,
    /// What a provider told is on disk, and it has no answer yet.
    BeforeAnswer,
}

impl Point {
    pub const ALL: [Self; 6] =
        [Self::BeforeIntent, Self::AfterIntent, Self::AfterWire, Self::AmidOutcomes, Self::BeforeArrival, Self::BeforeAnswer];
}

/// Time that runs faster than the wall's, the same for everybody who is told the same line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Hurry {
    /// At this moment of the wall, in milliseconds,
    pub from: i64,
    /// this is what the clock shows,
    pub shows: i64,
    /// and from then on it runs so many times as fast.
    pub times: u32,
}

impl Hurry {
    pub fn shown(&self, wall: i64) -> i64 {
        self.shows + (wall - self.from) * i64::from(self.times)
    }

    /// As it stands in the environment of a program.
    pub fn line(&self) -> String {
        format!("{},{},{}", self.from, self.shows, self.times)
    }

    pub fn read(line: &str) -> Option<Self> {
        let mut parts = line.split(',').map(|part| part.trim().parse::<i64>().ok());
        let (from, shows, times) = (parts.next()??, parts.next()??, parts.next()??);
        Some(Self { from, shows, times: u32::try_from(times).ok()? })
    }
}

pub use life::{hurried, loses_answer, passes, rest, skew, sown, stretched};

#[cfg(not(feature = "seeded-faults"))]
mod life {
    use super::{Duration, Fault, Point};

    /// Whether the fault is in the program.
    pub const fn sown(_: Fault) -> bool {
        false
    }

    /// The program comes by a point.
    pub const fn passes(_: Point) {}

    /// What the clock shows when the wall says this, in milliseconds.
    pub const fn hurried(wall: i64) -> i64 {
        wall
    }

    /// By how many milliseconds the clock of this node is wrong.
    pub const fn skew() -> i64 {
        0
    }

    /// Whether the answer to a commit that was kept gets lost on its way.
    pub const fn loses_answer() -> bool {
        false
    }

    /// How much time has passed when the machine has counted so much.
    pub const fn stretched(counted: Duration) -> Duration {
        counted
    }

    /// How long the machine must count until so much time has passed.
    pub const fn rest(of: Duration) -> Duration {
        of
    }
}

#[cfg(feature = "seeded-faults")]
mod life {
    use std::path::PathBuf;
    use std::process::abort;
    use std::sync::OnceLock;
    use std::sync::atomic::{AtomicU32, Ordering};

    use super::{Duration, Fault, Hurry, Point};

    /// The fault's name, as [`Fault`] is written.
    pub const FAULT: &str = "CAREDESK_SOWN_FAULT";
    /// `AfterWire 7`: at the seventh time. An end without any last act, as by `kill -9`.
    pub const DIES_AT: &str = "CAREDESK_DIES_AT";
    pub const CLOCK: &str = "CAREDESK_TRIAL_CLOCK";
    /// By how many milliseconds the node's own clock is wrong; `@` and a file: by what stands there now.
    pub const SKEW: &str = "CAREDESK_TRIAL_SKEW";

    #[derive(Default)]
    struct Told {
        fault: Option<Fault>,
        dies_at: Option<(Point, u32)>,
        clock: Option<Hurry>,
        skew: Skew,
    }

    /// How wrong a node's clock is.
    enum Skew {
        Steady(i64),
        StandsIn(PathBuf),
    }

    impl Default for Skew {
        fn default() -> Self {
            Self::Steady(0)
        }
    }

    fn told() -> &'static Told {
        static TOLD: OnceLock<Told> = OnceLock::new();
        TOLD.get_or_init(|| Told {
            fault: said(FAULT).map(|name| known(&Fault::ALL, &name)),
            dies_at: said(DIES_AT).map(|line| {
                let (point, time) = line.split_once(' ').expect("a point and a number");
                (known(&Point::ALL, point), time.parse().expect("a number"))
            }),
            clock: said(CLOCK).map(|line| Hurry::read(&line).expect("a clock's line")),
            skew: said(SKEW).map_or_else(Skew::default, |line| match line.strip_prefix('@') {
                Some(file) => Skew::StandsIn(file.into()),
                None => Skew::Steady(line.parse().expect("milliseconds")),
            }),
        })
    }

    fn said(name: &str) -> Option<String> {
        std::env::var(name).ok().filter(|value| !value.is_empty())
    }

    fn known<T: std::fmt::Debug + Copy>(all: &[T], name: &str) -> T {
        *all.iter().find(|one| format!("{one:?}") == name).unwrap_or_else(|| panic!("no such thing to sow: {name}"))
    }

    pub fn sown(fault: Fault) -> bool {
        told().fault == Some(fault)
    }

    pub fn passes(point: Point) {
        static PASSED: AtomicU32 = AtomicU32::new(0);
        if let Some((at, time)) = told().dies_at
            && at == point
            && PASSED.fetch_add(1, Ordering::Relaxed) + 1 == time
        {
            abort();
        }
    }

    pub fn hurried(wall: i64) -> i64 {
        told().clock.map_or(wall, |clock| clock.shown(wall))
    }

    pub fn skew() -> i64 {
        match &told().skew {
            Skew::Steady(skew) => *skew,
            Skew::StandsIn(file) => std::fs::read_to_string(file).ok().and_then(|text| text.trim().parse().ok()).unwrap_or(0),
        }
    }

    static LOST: AtomicU32 = AtomicU32::new(0);

    /// From now on the answer to every so many-th commit of this process gets lost, though it is kept; 0: none.
    pub fn lose_answers(every: u32) {
        LOST.store(every, Ordering::Relaxed);
    }

    pub fn loses_answer() -> bool {
        static COMMITS: AtomicU32 = AtomicU32::new(0);
        let every = LOST.load(Ordering::Relaxed);
        every > 0 && COMMITS.fetch_add(1, Ordering::Relaxed) % every == every - 1
    }

    pub fn stretched(counted: Duration) -> Duration {
        told().clock.map_or(counted, |clock| counted * clock.times)
    }

    pub fn rest(of: Duration) -> Duration {
        told().clock.map_or(of, |clock| of / clock.times)
    }
}

#[cfg(feature = "seeded-faults")]
pub use life::{CLOCK, DIES_AT, FAULT, SKEW, lose_answers};
