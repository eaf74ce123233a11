//! Live updates: told after the commit, once, to every node.

use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::TryRecvError;

use super::super::Touched;
use super::*;

async fn heard(updates: &mut Receiver<Touched>) -> String {
    updates.recv().await.expect("an update").0
}

#[tokio::test]
async fn what_was_touched_is_told_once_and_only_after_the_commit() {
    everywhere(async |store| {
        let mut updates = store.subscribe();
        let mut inside = store.subscribe();
        store
            .write(move |tx| {
                tx.touch("pat_1");
                tx.touch("pat_1");
                tx.touch("day_2");
                add_slot(tx, "a", 1)?;
                assert_eq!(inside.try_recv(), Err(TryRecvError::Empty));
                Ok::<_, StoreError>(())
            })
            .await
            .expect("kept");
        assert_eq!([updates.try_recv(), updates.try_recv()], ["pat_1", "day_2"].map(|topic| Ok(Touched(topic.to_owned()))));
        assert_eq!(updates.try_recv(), Err(TryRecvError::Empty));
    })
    .await;
}

#[tokio::test]
async fn what_was_taken_back_is_not_told() {
    everywhere(async |store| {
        let mut updates = store.subscribe();
        for round in 0..3 {
            let refused: Result<(), StoreError> = store
                .write(move |tx| {
                    tx.touch("never");
                    match round {
                        0 => Err(StoreError::Full),
                        1 => panic!("on purpose"),
                        _ => {
                            drop(tx.execute("UPDATE slots SET nowhere = 1", &[]));
                            Ok(())
                        }
                    }
                })
                .await;
            assert!(refused.is_err());
        }
        store.write(touch("kept")).await.expect("kept");
        assert_eq!(heard(&mut updates).await, "kept");
    })
    .await;
}

#[tokio::test]
async fn a_look_touches_nothing() {
    everywhere(async |store| {
        let mut updates = store.subscribe();
        store.read(touch("never")).await.expect("looked");
        store.write(touch("kept")).await.expect("kept");
        assert_eq!(heard(&mut updates).await, "kept");
    })
    .await;
}

#[tokio::test]
async fn another_node_hears_it_and_another_organisation_does_not() {
    let (room, elsewhere) = (Room::on(Engine::Postgres), Room::on(Engine::Postgres));
    let (here, there) = (room.store_with(TABLES).await, room.store_with(TABLES).await);
    let stranger = elsewhere.store_with(TABLES).await;
    let (mut at_home, mut next_door, mut far_away) = (here.subscribe(), there.subscribe(), stranger.subscribe());
    here.write(touch("from here")).await.expect("kept");
    assert_eq!(heard(&mut next_door).await, "from here");
    there.write(touch("from there")).await.expect("kept");
    // nothing in between: a node is not told its own twice
    assert_eq!(heard(&mut at_home).await, "from here");
    assert_eq!(heard(&mut at_home).await, "from there");
    assert_eq!(heard(&mut next_door).await, "from there");
    stranger.write(touch("elsewhere")).await.expect("kept");
    assert_eq!(heard(&mut far_away).await, "elsewhere");
}
