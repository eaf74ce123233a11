//! The answer to a commit gets lost on its way, though the commit was kept: whoever asked cannot know. A provider calls
//! again, the desk looks before it does it again, and what the loops do again changes nothing twice.

use std::collections::HashMap;
use std::process::Command;
use std::time::Duration;

use channels::{Call, Method};
use clinic::outbox::{Outbound, OutboundState};
use desk::ActError;
use desk::loops::{keep_house, run_due};
use kernel::MessageId;
use store::sown::lose_answers;
use store::{Outcome, StoreError};

use super::disk::life::{Life, Tells};
use super::folder::Folder;
use crate::world::{SECRET, World};

/// Answers are lost to a whole process: this trial has one of its own, so that no other test is spoilt.
const PART: &str = "CAREDESK_TRIAL_LOST_ANSWERS";
/// Every second commit, every fifth.
const EVERY: [u32; 2] = [2, 5];
const ROUNDS: u32 = 6;

/// A webhook, called until it is answered.
async fn hears(world: &World, number: u32, update: &str) {
    let headers: [(&str, &[u8]); 1] = [("X-Telegram-Bot-Api-Secret-Token", SECRET.as_bytes())];
    for _ in 0..10 {
        let received_at = world.desk.now();
        let call = Call { method: Method::Post, tail: "", query: "", headers: &headers, body: update.as_bytes(), received_at };
        match world.answers(world.people.telegram, &call).await {
            Ok(status) => return assert_eq!(status, 200),
            Err(error) => expect_lost(&error),
        }
    }
    panic!("call {number} is never answered");
}

#[track_caller]
fn expect_lost(error: &ActError) {
    assert!(matches!(error, ActError::Store(StoreError::Unavailable { outcome: Outcome::Unknown, .. })), "{error}");
}

/// The loops, of which some rounds end without an answer.
async fn turn(world: &World) {
    world.pass(Duration::from_secs(1));
    for _ in 0..4 {
        let ended = [keep_house(&world.desk).await, run_due(&world.desk).await.map(drop), world.dispatcher.round().await.map(drop)];
        ended.iter().filter_map(|ended| ended.as_ref().err()).for_each(expect_lost);
        world.dispatcher.finish().await;
    }
}

async fn live(world: World, folder: &Folder, every: u32) {
    let life = Life::of(world, Tells::beside(folder.path()));
    lose_answers(every);
    for number in 0..ROUNDS {
        let (who, patient) = life.who(number);
        let update = life.world.message(who, i64::from(number), &format!("Word {number}")).to_string();
        hears(&life.world, number, &update).await;
        while !life.messages().await.values().any(|message| message.content.text == format!("Answer {number}")) {
            if let Err(error) = life.answer(number).await {
                expect_lost(&error);
            }
        }
        if let Err(error) = life.book(patient, &format!("2026-11-{}T{:02}:00", 24 + number / 4, 9 + number % 4)).await {
            expect_lost(&error);
        }
        turn(&life.world).await;
    }
    lose_answers(0);
    for _ in 0..5 {
        life.world.pass(Duration::from_secs(40));
        life.world.turn().await;
    }

    let mut heard = life.heard().await;
    heard.sort();
    let mut words: Vec<String> = (0..ROUNDS).map(|number| format!("Word {number}")).collect();
    words.sort();
    assert_eq!(heard, words, "every {every}: heard not once each");
    let messages = life.messages().await;
    for number in 0..ROUNDS {
        let many = messages.values().filter(|message| message.content.text == format!("Answer {number}")).count();
        assert_eq!(many, 1, "every {every}: answer {number}");
    }
    expect_all_sent_once(&messages, life.world.provider.sent().len(), every);
}

fn expect_all_sent_once(messages: &HashMap<MessageId, Outbound>, sent: usize, every: u32) {
    let taken = messages.values().filter(|message| message.state.was_taken()).count();
    assert_eq!(sent, taken, "every {every}: on the phones, and in the books");
    let is_open = |state: &OutboundState| {
        matches!(state, OutboundState::Uncertain { .. } | OutboundState::Sending { .. } | OutboundState::Queued { .. })
    };
    let open: Vec<_> = messages.values().map(|message| &message.state).filter(|state| is_open(state)).collect();
    assert!(open.is_empty(), "every {every}: {open:?}");
}

#[test]
fn a_lost_answer_to_a_commit_makes_nothing_twice_and_leaves_no_doubt() {
    if std::env::var_os(PART).is_some() {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        for every in EVERY {
            let lives = store::trial::both(async |store| live(World::begin(store).await, &Folder::new("answers"), every).await);
            runtime.block_on(lives);
        }
        return;
    }
    let name = "faults::answers::a_lost_answer_to_a_commit_makes_nothing_twice_and_leaves_no_doubt";
    let own = Command::new(std::env::current_exe().unwrap()).args(["--exact", name, "--nocapture"]).env(PART, "all").output().unwrap();
    assert!(own.status.success(), "{}", String::from_utf8_lossy(&own.stderr));
}
