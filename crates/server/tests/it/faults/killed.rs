//! `kill -9` at random and at named points while messages go out and news comes in. After each kill the program starts
//! again; in the end nothing is lost, nothing was said twice, and every doubt is seen at the desk.
//!
//! More of it: `CAREDESK_TRIAL_KILLS=10000 CAREDESK_TRIAL_MESSAGES=100000`, as docs/trust.md says.

use std::sync::Arc;
use std::time::Duration;

use kernel::{Chance, Clock};
use store::sown::Point;
use store::trial::Room;
use store::{Engine, Place, Store};

use super::crowd::{Crowd, desk, monday};
use super::folder::Folder;
use super::messenger::Messenger;
use super::moods::{Mood, Weather};
use super::news::News;
use super::program::{Program, QuickClock, Start};
use super::verdicts::{Judgement, Verdict, judge};

/// A second of the wall is so many of the desk's: a lease is over in a second and a half.
const HURRY: u32 = 20;
const PATIENTS: u32 = 200;
/// A program that has nothing left to do never comes to its point.
const LONGEST_LIFE: Duration = Duration::from_secs(2);

/// How much of it.
struct Measure {
    kills: usize,
    messages: usize,
}

impl Measure {
    fn told() -> Self {
        let told = |name: &str, otherwise| std::env::var(name).ok().map_or(otherwise, |number| number.parse().expect(name));
        Self { kills: told("CAREDESK_TRIAL_KILLS", 100), messages: told("CAREDESK_TRIAL_MESSAGES", 2_500) }
    }
}

/// A database, a messenger and a crowd, between whom programs live and die.
struct Scene {
    place: Place,
    clock: QuickClock,
    messenger: Messenger,
    crowd: Crowd,
    runtime: tokio::runtime::Runtime,
    _room: Room,
    _folder: Folder,
}

impl Scene {
    fn on(engine: Engine, weather: Weather, patients: u32) -> Self {
        let room = match engine {
            Engine::Sqlite => Room::in_a_file(),
            Engine::Postgres => Room::on(engine),
        };
        let folder = Folder::new("killed");
        let clock = QuickClock::showing(monday(), HURRY);
        let messenger = Messenger::open(folder.path(), Arc::new(clock), weather);
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let place = room.place().clone();
        let crowd = runtime.block_on(async {
            let store = Store::open(&place, 0).await.unwrap();
            let crowd = Crowd::settle(&desk(store.clone(), Arc::new(clock), "trial"), &messenger.base_url, patients).await;
            store.close().await;
            crowd
        });
        Self { place, clock, messenger, crowd, runtime, _room: room, _folder: folder }
    }

    /// The trial's own look into the books, or its hand in them. Nobody else has them open meanwhile, unless they wish.
    fn with_desk<T>(&mut self, work: impl AsyncFnOnce(&mut Crowd, &desk::Desk) -> T) -> T {
        let Self { place, clock, crowd, runtime, .. } = self;
        runtime.block_on(async {
            let store = Store::open(place, 0).await.unwrap();
            let value = work(crowd, &desk(store.clone(), Arc::new(*clock), "trial")).await;
            store.close().await;
            value
        })
    }

    fn decide(&mut self, messages: usize) {
        self.with_desk(async |crowd, desk| crowd.decide(desk, messages).await);
    }

    fn program(&self) -> Start<'_> {
        Start::of(&self.place, self.clock)
    }

    /// Lets a program run until nothing is on its way.
    fn run_out(&mut self) -> Program {
        let program = self.program().start();
        for _ in 0..600 {
            std::thread::sleep(Duration::from_millis(100));
            if self.with_desk(async |crowd, desk| crowd.going(desk).await) == 0 {
                return program;
            }
        }
        panic!("messages never come to rest");
    }

    fn judge(&mut self) -> Judgement {
        let shown = self.messenger.shown();
        let kept = self.with_desk(async |crowd, desk| crowd.kept(desk).await);
        judge(&shown, &kept, &self.crowd.rules())
    }
}

fn killed_again_and_again(engine: Engine) {
    let Measure { kills, messages } = Measure::told();
    let moods: &[Mood] = &[Mood::TakesInSilence, Mood::TakesAndFails, Mood::Fails, Mood::TooFast, Mood::ResetsRead, Mood::Drips];
    let mut scene = Scene::on(engine, Weather { seed: 11, troubled: 5, moods, turned_away: 1 }, PATIENTS);
    let news = News::begin(&scene.crowd, kills * 5, scene.clock.now());
    let mut chance = Chance::from_seed(12);
    let mut at_points = 0;
    for kill in 0..kills {
        scene.decide(messages / kills);
        let time = u32::try_from(1 + chance.below(20)).expect("small");
        let point = Point::ALL.get(chance.below(2 * Point::ALL.len())).copied();
        let start = scene.program();
        let start = if kill % 2 == 0 { start.as_node("first") } else { start };
        let start = point.map_or(start.clone(), |point| start.dying_at(point, time));
        let mut program = start.start();
        news.to(program.address.clone());
        if point.is_some() {
            at_points += usize::from(program.outlive(LONGEST_LIFE));
        } else {
            std::thread::sleep(Duration::from_millis(u64::try_from(chance.below(120)).expect("small")));
            program.kill();
        }
        news.to(None);
    }
    let last = scene.run_out();
    news.to(last.address.clone());
    for _ in 0..600 {
        if news.waiting() == 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    drop(last);
    let judgement = scene.judge();
    judgement.expect_kept_promises();
    let heard = scene.with_desk(async |crowd, desk| news.expect_kept(desk, crowd).await);
    let doubtful = judgement.count(Verdict::Doubtful);
    println!("{kills} kills, {at_points} of them at a point; {messages} messages, {doubtful} in doubt; {heard} pieces of news");
    // a trial in which everything stood in doubt would have tried nothing
    assert!(doubtful < messages / 2, "{doubtful} of {messages} in doubt");
    assert!(at_points > kills / 4, "only {at_points} of {kills} died at their point");
}

#[test]
fn killed_again_and_again_nothing_is_lost_and_nothing_is_said_twice_on_sqlite() {
    killed_again_and_again(Engine::Sqlite);
}

#[test]
fn killed_again_and_again_nothing_is_lost_and_nothing_is_said_twice_on_postgres() {
    killed_again_and_again(Engine::Postgres);
}

#[test]
fn what_the_wire_has_said_before_a_kill_is_never_said_again() {
    let mut scene = Scene::on(Engine::Sqlite, Weather::FAIR, 10);
    scene.decide(10);
    assert!(scene.program().dying_at(Point::AfterWire, 5).start().outlive(LONGEST_LIFE), "it dies after the wire has spoken");
    drop(scene.run_out());
    let judgement = scene.judge();
    judgement.expect_kept_promises();
    assert!(judgement.count(Verdict::Doubtful) > 0, "what was on the wire when it died stands in doubt");
}

#[test]
fn what_was_acknowledged_to_a_provider_is_on_disk_whenever_the_program_dies() {
    for point in [Point::BeforeArrival, Point::BeforeAnswer] {
        let mut scene = Scene::on(Engine::Sqlite, Weather::FAIR, 3);
        let news = News::begin(&scene.crowd, 6, scene.clock.now());
        let mut program = scene.program().dying_at(point, 3).start();
        news.to(program.address.clone());
        assert!(program.outlive(LONGEST_LIFE), "it dies {point:?}");
        news.to(None);
        scene.with_desk(async |crowd, desk| news.expect_kept(desk, crowd).await);
        let last = scene.run_out();
        news.to(last.address.clone());
        for _ in 0..600 {
            if news.waiting() == 0 {
                break;
            }
            std::thread::sleep(Duration::from_millis(10));
        }
        drop(last);
        assert_eq!(scene.with_desk(async |crowd, desk| news.expect_kept(desk, crowd).await), 6);
    }
}
