//! A database, a messenger and a crowd, between whom real programs live and die, by a clock in a hurry.

use std::sync::Arc;
use std::time::Duration;

use desk::Desk;
use store::trial::{Backup, Copied, Room};
use store::{Engine, Place, Store};

use super::crowd::{Crowd, desk, monday};
use super::folder::Folder;
use super::houses::House;
use super::messenger::Messenger;
use super::moods::Weather;
use super::program::{Program, QuickClock, Start};
use super::verdicts::{Judgement, judge};

/// A second of the wall is so many of the desk's: a lease is over in four seconds.
pub const HURRY: u32 = 8;

pub struct Scene {
    pub place: Place,
    pub clock: QuickClock,
    pub messenger: Messenger,
    pub crowd: Crowd,
    runtime: tokio::runtime::Runtime,
    room: Room,
    _folder: Folder,
}

/// How much of a trial, where the environment does not say more.
pub fn measure(name: &str, otherwise: usize) -> usize {
    std::env::var(name).ok().map_or(otherwise, |number| number.parse().expect(name))
}

const LOOKS: Duration = Duration::from_millis(100);
/// Looks in a row that may find no less than before: four minutes.
const IN_VAIN: u32 = 2_400;

/// However much there is to do, it is waited for as long as it becomes less.
pub struct Hope {
    fewest: usize,
    looks: u32,
    left: u32,
}

impl Hope {
    /// So many looks in a row may find no less than before.
    pub fn lasting(looks: u32) -> Self {
        Self { fewest: usize::MAX, looks, left: looks }
    }

    pub fn is_left(&mut self, to_do: usize) -> bool {
        self.left = if to_do < self.fewest { self.looks } else { self.left - 1 };
        self.fewest = self.fewest.min(to_do);
        self.left > 0
    }
}

impl Scene {
    /// A second of the wall is so many of `clock`'s. All patients are on Telegram.
    pub fn on(engine: Engine, weather: Weather, patients: u32, hurry: u32) -> Self {
        Self::at((House::Telegram, engine), weather, patients, hurry)
    }

    pub fn at((house, engine): (House, Engine), weather: Weather, patients: u32, hurry: u32) -> Self {
        let room = match engine {
            Engine::Sqlite => Room::in_a_file(),
            Engine::Postgres => Room::on(engine),
        };
        let folder = Folder::new("scene");
        let clock = QuickClock::showing(monday(), hurry);
        let messenger = Messenger::open(house, folder.path(), (Arc::new(clock.clone()), weather));
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let place = room.place().clone();
        let crowd = runtime.block_on(async {
            let store = Store::open(&place, 0).await.unwrap();
            let crowd = Crowd::settle(&desk(store.clone(), Arc::new(clock.clone()), "trial"), messenger.door(), patients).await;
            store.close().await;
            crowd
        });
        Self { place, clock, messenger, crowd, runtime, room, _folder: folder }
    }

    /// The trial's own look into the books, or its hand in them. Afterwards nobody but programs has them open.
    pub fn with_desk<T>(&mut self, work: impl AsyncFnOnce(&mut Crowd, &Desk) -> T) -> T {
        let Self { place, clock, crowd, runtime, .. } = self;
        runtime.block_on(async {
            let store = Store::open(place, 0).await.unwrap();
            let value = work(crowd, &desk(store.clone(), Arc::new(clock.clone()), "trial")).await;
            store.close().await;
            value
        })
    }

    pub fn decide(&mut self, messages: usize) {
        self.with_desk(async |crowd, desk| crowd.decide(desk, messages).await);
    }

    pub fn program(&self) -> Start<'_> {
        Start::of(&self.place, self.clock.clone())
    }

    /// Lets a program run until nothing is on its way.
    pub fn run_out(&mut self) -> Program {
        let program = self.program().start();
        self.come_to_rest();
        program
    }

    /// Waits until the programs that run have nothing on its way.
    pub fn come_to_rest(&mut self) {
        let at_rest = self.with_desk(async |_, desk| {
            let mut hope = Hope::lasting(IN_VAIN);
            loop {
                std::thread::sleep(LOOKS);
                match Crowd::going(desk).await {
                    0 => return true,
                    left if hope.is_left(left) => {}
                    _ => return false,
                }
            }
        });
        assert!(at_rest, "messages never come to rest");
    }

    /// As it is now, for later. Nobody but programs may have it open.
    pub fn back_up(&mut self) -> Backup {
        let Self { place, runtime, room, .. } = self;
        runtime.block_on(async {
            let store = Store::open(place, 0).await.unwrap();
            let backup = Backup::of(room, &store).await;
            store.close().await;
            backup
        })
    }

    /// No program may run.
    pub fn put_back(&self, backup: &Backup, copied: Copied) {
        backup.put_back(&self.room, copied);
    }

    /// Whether a desk has found that its database is a backup.
    pub fn was_found_restored(&mut self) -> bool {
        self.with_desk(async |_, desk| desk.look(|tx, _| Ok(store::whereabouts::last_restore(tx)?.is_some())).await.unwrap())
    }

    pub fn judge(&mut self) -> Judgement {
        let shown = self.messenger.shown();
        let kept = self.with_desk(async |crowd, desk| crowd.kept(desk).await);
        judge(&shown, &kept, &Crowd::rules())
    }
}
