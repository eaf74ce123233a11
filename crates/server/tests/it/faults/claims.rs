//! Several nodes that take work from one database at the same instant.

use std::sync::Arc;

use desk::loops::Dispatcher;
use store::trial::Room;
use store::{Engine, Store};

use super::crowd::desk;
use super::moods::{Mood, Weather};
use super::office::{Office, wire};

#[test]
fn four_nodes_that_claim_at_once_never_send_the_same_message() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let room = Room::on(Engine::Postgres);
    runtime.block_on(async {
        let weather = Weather { seed: 2, troubled: 10, moods: &[Mood::TooFast, Mood::TakesInSilence], turned_away: 0 };
        let mut office = Office::open(room.store().await, weather, 80).await;
        office.decide(160).await;
        let mut nodes = Vec::new();
        for name in ["one", "two", "three", "four"] {
            let store = Store::open(room.place(), 0).await.unwrap();
            nodes.push(Arc::new(Dispatcher::new(desk(store, office.clock.clone(), name), wire(weather))));
        }
        for _ in 0..15 {
            let rounds: Vec<_> = nodes.iter().cloned().map(|node| tokio::spawn(async move { one_round(&node).await })).collect();
            for round in rounds {
                round.await.unwrap();
            }
            office.turn().await;
        }
        office.settle().await;
        office.judge().await.expect_kept_promises();
    });
}

/// Two nodes that meet at the same rows are told so, and come again.
async fn one_round(node: &Dispatcher) {
    drop(node.round().await);
    node.finish().await;
}
