//! Many who want the same at once, at several nodes over one database: one has it, the others are told, and nobody is
//! treated in two places at the same time.

mod at_the_desk;
mod in_the_messenger;
mod rivals;

use store::Engine;
use store::trial::Room;

use self::rivals::{Rivals, overlaps};
use super::{Measure, Trial, tried};

const RACES: Measure = Measure { name: "CAREDESK_TRIAL_RACES", in_check: 200, each: 13 };

#[test]
fn one_of_many_wins_on_sqlite() {
    for seed in RACES.seeds(20) {
        tried(races(Engine::Sqlite, 1, seed));
    }
}

#[test]
fn one_of_many_wins_at_one_node_on_postgres() {
    for seed in RACES.seeds(20) {
        tried(races(Engine::Postgres, 1, seed));
    }
}

#[test]
fn one_of_many_wins_at_four_nodes_on_postgres() {
    for seed in RACES.seeds(60) {
        tried(races(Engine::Postgres, 4, seed));
    }
}

/// Ten races in one clinic, and three for the same offers.
async fn races(engine: Engine, nodes: u64, seed: u64) {
    let _trial = Trial { seed, engine };
    let room = Room::on(engine);
    let mut rivals = Rivals::meet(&room, nodes, seed).await;
    rivals.for_one_slot().await;
    rivals.for_one_slot_over_midnight().await;
    rivals.for_one_chair().await;
    rivals.about_one_visit().await;
    rivals.about_one_visit_on_its_page().await;
    rivals.answering_one_patient().await;
    rivals.telling_one_thing().await;
    rivals.beginning_one_conversation().await;
    rivals.writing_to_one_conversation().await;
    rivals.saying_who_a_stranger_is().await;
    rivals.for_the_same_offers().await;
    assert_eq!(overlaps(&rivals.journal().await), [] as [String; 0], "two in one place");
}
