//! Several programs on one PostgreSQL: they share the work, are paused past their leases in the middle of it, have clocks
//! that do not quite agree, and die.
//!
//! More of it: `CAREDESK_TRIAL_PAUSES=200 CAREDESK_TRIAL_KILLS=1000`, as docs/trust.md says.

use std::time::Duration;

use clinic::outbox::OutboundState;
use desk::Desk;
use kernel::{Chance, Clock};
use store::Engine;

use super::folder::Folder;
use super::moods::{Mood, Weather};
use super::program::{Part, Program};
use super::scene::{HURRY, Scene, measure};
use super::verdicts::Verdict;
use crate::world::SECRET;

const PAST_THE_LEASE: Duration = Duration::from_secs(33);
/// By how much the clocks of the nodes are wrong, in milliseconds: less than a start would refuse.
const SKEWS: [i64; 4] = [0, 2_000, -2_000, 900];
const MESSAGES: usize = 40;

/// `workers` share the work; in each phase all of them but one are paused past their leases and one is killed and begins anew.
fn paused(workers: usize, pauses: usize, kills: usize) {
    let moods: &[Mood] = &[Mood::TakesInSilence, Mood::TooFast, Mood::Drips, Mood::ResetsRead];
    let mut scene = Scene::on(Engine::Postgres, Weather { seed: 21, troubled: 5, moods, turned_away: 0 }, 120, HURRY);
    let mut chance = Chance::from_seed(22);
    let mut nodes: Vec<Program> = (0..workers).map(|node| start(&scene, node)).collect();
    let at_once = workers - 1;
    let phases = pauses.div_ceil(at_once);
    let (mut killed, mut went_on) = (0, 0);
    for phase in 0..phases {
        scene.decide(MESSAGES * at_once);
        std::thread::sleep(Duration::from_millis(u64::try_from(chance.below(60)).expect("small")));
        let first = phase % workers;
        let asleep: Vec<usize> = (first..first + at_once).map(|node| node % workers).collect();
        for node in &asleep {
            nodes[*node].signal("-STOP");
        }
        let before = scene.messenger.brought();
        scene.clock.wait(PAST_THE_LEASE);
        went_on += usize::from(scene.messenger.brought() > before);
        for node in &asleep {
            nodes[*node].signal("-CONT");
        }
        for _ in 0..kills.div_ceil(phases) {
            let node = chance.below(workers);
            nodes[node].kill();
            nodes[node] = start(&scene, node);
            killed += 1;
        }
    }
    scene.come_to_rest();
    drop(nodes);
    let judgement = scene.judge();
    judgement.expect_kept_promises();
    let (doubtful, messages) = (judgement.count(Verdict::Doubtful), MESSAGES * at_once * phases);
    println!("{workers} workers, {} pauses, {killed} kills, {messages} messages, {doubtful} in doubt", phases * at_once);
    assert!(went_on > 0, "while some slept nobody went on");
    assert!(doubtful < messages * 2 / 3, "{doubtful} of {messages} in doubt");
}

fn start(scene: &Scene, node: usize) -> Program {
    let mut start = scene.program().named(&format!("worker-{node}"));
    (start.part, start.skew) = (Part::Work, SKEWS[node]);
    start.start()
}

#[test]
fn two_workers_paused_past_their_leases_say_nothing_twice() {
    paused(2, measure("CAREDESK_TRIAL_PAUSES", 5), measure("CAREDESK_TRIAL_KILLS", 4));
}

#[test]
fn four_workers_paused_past_their_leases_say_nothing_twice() {
    paused(4, measure("CAREDESK_TRIAL_PAUSES", 15), measure("CAREDESK_TRIAL_KILLS", 4));
}

#[test]
fn what_a_dead_worker_was_sending_stands_in_doubt_within_thirty_five_seconds() {
    let mut scene = Scene::on(Engine::Postgres, Weather { seed: 31, troubled: 100, moods: &[Mood::Hangs], turned_away: 0 }, 20, 4);
    scene.decide(20);
    let mut dying = start(&scene, 0);
    while scene.messenger.brought() < 5 {
        std::thread::sleep(Duration::from_millis(10));
    }
    dying.kill();
    let died_at = scene.clock.now();
    scene.messenger.set_weather(Weather::FAIR);
    let _other = start(&scene, 1);
    let clock = scene.clock.clone();
    let found_after = scene.with_desk(async |_, desk| {
        while are_being_sent_by(desk, "worker-0").await > 0 {
            std::thread::sleep(Duration::from_millis(20));
        }
        clock.now().since(died_at)
    });
    assert!(found_after <= Duration::from_secs(35), "found after {found_after:?}");
    scene.come_to_rest();
    let judgement = scene.judge();
    judgement.expect_kept_promises();
    assert!(judgement.count(Verdict::Doubtful) >= 5);
}

async fn are_being_sent_by(desk: &Desk, node: &'static str) -> usize {
    let sending = desk.look(|tx, _| Ok(store::outbound::sending(tx)?)).await.unwrap();
    let by = |state: &OutboundState| matches!(state, OutboundState::Sending { node: sender, .. } if sender == node);
    sending.iter().filter(|message| by(&message.state)).count()
}

#[test]
fn a_node_that_answers_sends_nothing_and_one_that_works_answers_nobody() {
    let scene = Scene::on(Engine::Postgres, Weather::FAIR, 1, HURRY);
    let mut start = scene.program();
    start.part = Part::Web;
    let web = start.start();
    let address = web.address.clone().expect("it listens");
    let path = format!("/hooks/telegram/{}", scene.crowd.people.telegram);
    let chat = scene.crowd.members[0].chat;
    let update = serde_json::json!({ "update_id": 1, "message": {
        "message_id": 1, "date": scene.clock.now().as_seconds(), "text": "START",
        "chat": { "id": chat, "type": "private" }, "from": { "id": chat, "is_bot": false, "first_name": "Anna" },
    } });
    assert_eq!(Program::tell(&address, &path, SECRET, &update.to_string()), Some(200));
    scene.clock.wait(Duration::from_secs(5));
    assert_eq!(scene.messenger.shown().len(), 0, "nobody works yet");
    start.part = Part::Work;
    let work = start.start();
    assert_eq!(work.address, None);
    for _ in 0..1_000 {
        if !scene.messenger.shown().is_empty() {
            return;
        }
        std::thread::sleep(Duration::from_millis(10));
    }
    panic!("the node that works did not send what the other had decided");
}

#[test]
fn a_node_whose_clock_is_wrong_does_not_begin() {
    let scene = Scene::on(Engine::Postgres, Weather::FAIR, 1, HURRY);
    for (skew, says) in [(3_600_000, "ahead of"), (-90_000, "behind")] {
        let mut start = scene.program();
        (start.part, start.skew) = (Part::Work, skew);
        let refused = start.refused();
        assert!(refused.contains("the clock of this machine") && refused.contains(says), "{says}: {refused}");
    }
}

#[test]
fn a_node_whose_clock_goes_wrong_while_it_works_stands_still_and_says_so_until_it_is_right() {
    let mut scene = Scene::on(Engine::Postgres, Weather::FAIR, 5, HURRY);
    let folder = Folder::new("skew");
    let file = folder.path().join("skew");
    let wrong_by = |skew: i64| {
        // never half of it
        std::fs::write(folder.path().join("next"), skew.to_string()).unwrap();
        std::fs::rename(folder.path().join("next"), &file).unwrap();
    };
    wrong_by(0);
    let mut start = scene.program().named("drifting");
    (start.part, start.skew_file) = (Part::Work, Some(file.clone()));
    let node = start.start();
    scene.decide(5);
    scene.come_to_rest();
    for (skew, wrong) in [(20_000, 1), (-3_000, 0), (-60_000, 1), (0, 0)] {
        wrong_by(skew);
        let told = scene.with_desk(async |_, desk| {
            for _ in 0..600 {
                if wrong_clocks(desk).await.len() == wrong {
                    return true;
                }
                std::thread::sleep(Duration::from_millis(50));
            }
            false
        });
        assert!(told, "the desk is told of the clock");
        let shown = scene.messenger.shown().len();
        scene.decide(3);
        if wrong == 0 {
            scene.come_to_rest();
        } else {
            scene.clock.wait(Duration::from_secs(4));
        }
        let went = scene.messenger.shown().len() - shown;
        assert_eq!(went > 0, wrong == 0, "with a clock that is wrong by {skew} ms {went} went");
    }
    drop(node);
    let judgement = scene.judge();
    judgement.expect_kept_promises();
    assert_eq!((judgement.count(Verdict::Doubtful), scene.messenger.shown().len()), (0, 5 + 4 * 3));
}

async fn wrong_clocks(desk: &Desk) -> Vec<String> {
    let told = desk.look(|tx, now| Ok(store::clocks::wrong(tx, now - Duration::from_mins(1))?)).await.unwrap();
    told.into_iter().map(|clock| clock.node).collect()
}
