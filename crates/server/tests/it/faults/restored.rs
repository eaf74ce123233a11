//! A backup is put in the place of the database: it would send again what went in the hours that it knows nothing of.

use store::Engine;
use store::trial::Copied;

use super::moods::Weather;
use super::scene::{HURRY, Scene};
use super::verdicts::Verdict;

const LOST: usize = 20;

fn put_back(engine: Engine, copied: Copied) {
    let mut scene = Scene::on(engine, Weather::FAIR, 10, HURRY);
    scene.decide(10);
    drop(scene.run_out());
    scene.decide(LOST);
    let backup = scene.back_up();
    drop(scene.run_out());
    assert_eq!(scene.messenger.shown().len(), 10 + LOST);
    assert!(!scene.was_found_restored(), "nothing but a backup is taken for one");
    scene.put_back(&backup, copied);
    drop(scene.run_out());
    let judgement = scene.judge();
    judgement.expect_kept_promises();
    assert_eq!(judgement.count(Verdict::Doubtful), LOST, "and the desk is shown what may have gone");
    // what is decided on from now on goes as ever
    scene.decide(5);
    drop(scene.run_out());
    assert_eq!((scene.messenger.shown().len(), scene.judge().count(Verdict::Doubtful)), (10 + LOST + 5, LOST));
}

#[test]
fn what_a_restored_backup_would_send_again_waits_for_a_person_on_sqlite() {
    put_back(Engine::Sqlite, Copied::Over);
}

#[test]
fn so_it_does_if_the_file_itself_was_exchanged() {
    put_back(Engine::Sqlite, Copied::Instead);
}

#[test]
fn what_a_restored_backup_would_send_again_waits_for_a_person_on_postgres() {
    put_back(Engine::Postgres, Copied::Instead);
}
