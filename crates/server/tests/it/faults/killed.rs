//! `kill -9` at random and at named points while messages go out and news comes in. After each kill the program starts
//! again; in the end nothing is lost, nothing was said twice, and every doubt is seen at the desk.
//!
//! More of it: `CAREDESK_TRIAL_KILLS=10000 CAREDESK_TRIAL_MESSAGES=100000`, as docs/trust.md says.

use kernel::Clock;
use store::Engine;
use store::sown::Point;

use super::deaths::{End, LONGEST_LIFE, Life};
use super::moods::{Mood, Weather};
use super::news::News;
use super::scene::{HURRY, Scene, measure};
use super::verdicts::Verdict;

const PATIENTS: u32 = 200;

fn killed_again_and_again(engine: Engine) {
    // on PostgreSQL a start takes longer, and so does a claim on a busy machine: as long as programs die there is less haste
    let hurry = if engine == Engine::Sqlite { HURRY } else { HURRY / 4 };
    let (kills, messages) = (measure("CAREDESK_TRIAL_KILLS", 200), measure("CAREDESK_TRIAL_MESSAGES", 5_000));
    let moods: &[Mood] = &[Mood::TakesInSilence, Mood::TakesAndFails, Mood::Fails, Mood::TooFast, Mood::ResetsRead, Mood::Drips];
    let mut scene = Scene::on(engine, Weather { seed: 11, troubled: 5, moods, turned_away: 1 }, PATIENTS, hurry);
    let news = News::begin(&scene.crowd, kills * 5, scene.clock.now());
    let at_points = scene.lives((kills, messages), Some(&news), |kill, chance| {
        let point = Point::ALL.get(chance.below(2 * Point::ALL.len())).copied();
        Life { node: (kill % 2 == 0).then_some("first"), end: End::of(point, chance) }
    });
    scene.clock.hastens(HURRY);
    let last = scene.run_out();
    scene.comes_to_an_end(last, Some(&news));
    assert!(!scene.was_found_restored(), "a kill is no restore");
    let judgement = scene.judge();
    judgement.expect_kept_promises();
    let heard = scene.with_desk(async |crowd, desk| news.expect_kept(desk, crowd).await);
    let doubtful = judgement.count(Verdict::Doubtful);
    println!("{kills} kills, {at_points} of them at a point; {messages} messages, {doubtful} in doubt; {heard} pieces of news");
    // a trial in which everything stood in doubt would have tried nothing
    assert!(doubtful < messages * 2 / 3, "{doubtful} of {messages} in doubt");
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
    let mut scene = Scene::on(Engine::Sqlite, Weather::FAIR, 10, HURRY);
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
        let mut scene = Scene::on(Engine::Sqlite, Weather::FAIR, 3, HURRY);
        let news = News::begin(&scene.crowd, 6, scene.clock.now());
        let mut program = scene.program().dying_at(point, 3).start();
        news.to(program.address.clone());
        assert!(program.outlive(LONGEST_LIFE), "it dies {point:?}");
        news.to(None);
        scene.with_desk(async |crowd, desk| news.expect_kept(desk, crowd).await);
        let last = scene.run_out();
        scene.comes_to_an_end(last, Some(&news));
        assert_eq!(scene.with_desk(async |crowd, desk| news.expect_kept(desk, crowd).await), 6);
    }
}
