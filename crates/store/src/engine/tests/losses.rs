//! What a full disk, a failed commit and a held file do to acts that share a commit on SQLite.

use std::sync::mpsc;

use tokio::task::JoinHandle;

use super::*;

type Act = fn(&mut Tx<'_>) -> Result<(), StoreError>;

/// Runs the acts in one group: the first of them waits until the others stand behind it.
async fn together(store: &Store, acts: &[Act]) -> Vec<Result<(), StoreError>> {
    let (open, gate) = mpsc::channel::<()>();
    let ahead = spawn(store, move |_| {
        gate.recv().expect("opened");
        Ok(())
    });
    let behind: Vec<_> = acts.iter().map(|act| spawn(store, *act)).collect();
    tokio::task::yield_now().await;
    open.send(()).expect("waited for");
    ahead.await.expect("ends").ok();
    let mut results = Vec::new();
    for act in behind {
        results.push(act.await.expect("ends"));
    }
    results
}

fn spawn(store: &Store, act: impl FnOnce(&mut Tx<'_>) -> Result<(), StoreError> + Send + 'static) -> JoinHandle<Result<(), StoreError>> {
    let store = store.clone();
    tokio::spawn(async move { store.write(act).await })
}

/// A setting of SQLite, which answers with its new value.
fn set(tx: &mut Tx<'_>, words: &str) -> Result<(), StoreError> {
    tx.query(words, &[], |_| Ok(())).map(drop)
}

#[tokio::test]
async fn when_the_commit_fails_every_act_of_the_group_is_told_and_none_is_kept() {
    on(&Room::in_a_file(), async |store| {
        let mut updates = store.subscribe();
        let results = together(
            &store,
            &[
                |tx| {
                    tx.touch("never");
                    add_slot(tx, "a", 1).map(drop)
                },
                |tx| {
                    // the violation is noticed by the commit only
                    set(tx, "PRAGMA defer_foreign_keys = 1")?;
                    tx.execute("INSERT INTO notes (id, slot_id, length) VALUES ($1, $2, $3)", &["n".into(), "nowhere".into(), 1.into()])
                        .map(drop)
                },
                |tx| add_slot(tx, "b", 2).map(drop),
            ],
        )
        .await;
        for result in results {
            assert!(matches!(result, Err(StoreError::Conflict { .. })), "{result:?}");
        }
        assert_eq!(slot_ids(&store).await, Vec::<String>::new());
        store.write(touch("kept")).await.expect("the store goes on");
        assert_eq!(updates.try_recv().expect("told").0, "kept");
    })
    .await;
}

#[tokio::test]
async fn on_a_full_disk_exactly_the_acknowledged_acts_are_kept() {
    on(&Room::in_a_file(), async |store| {
        let results = together(
            &store,
            &[
                |tx| add_slot(tx, "before", 1).map(drop),
                |tx| {
                    add_slot(tx, "full", 2)?;
                    set(tx, "PRAGMA max_page_count = 20")?;
                    tx.execute("UPDATE slots SET picture = $1", &[vec![7; 1_000_000].into()]).map(drop)
                },
                |tx| add_slot(tx, "later", 3).map(drop),
            ],
        )
        .await;
        assert_eq!(results[1], Err(StoreError::Full));
        let acknowledged: Vec<_> =
            ["before", "full", "later"].into_iter().zip(&results).filter(|(_, result)| result.is_ok()).map(|(id, _)| id).collect();
        assert_eq!(slot_ids(&store).await, acknowledged);
        let freed: Act = |tx| {
            set(tx, "PRAGMA max_page_count = 100000")?;
            add_slot(tx, "z", 4).map(drop)
        };
        assert_eq!(store.write(freed).await, Ok(()));
    })
    .await;
}

#[tokio::test]
async fn an_act_that_ends_its_transaction_itself_is_a_fault_that_the_group_is_told() {
    on(&Room::in_a_file(), async |store| {
        let results = together(
            &store,
            &[|tx| add_slot(tx, "a", 1).map(drop), |tx| tx.execute("ROLLBACK", &[]).map(drop), |tx| add_slot(tx, "b", 2).map(drop)],
        )
        .await;
        let fault = Err(StoreError::Bug("an act ended its transaction itself".to_owned()));
        assert_eq!(results, [fault.clone(), fault, Ok(())]);
        assert_eq!(slot_ids(&store).await, ["b"]);
    })
    .await;
}

#[tokio::test]
async fn an_act_that_waited_too_long_for_another_program_may_be_done_again() {
    let room = Room::in_a_file();
    let (one, other) = (room.store_with(TABLES).await, room.store_with(TABLES).await);
    one.write(|tx| set(tx, "PRAGMA busy_timeout = 5")).await.expect("set");
    let (took, taken) = tokio::sync::oneshot::channel::<()>();
    let (open, gate) = mpsc::channel::<()>();
    let holding = spawn(&other, move |_| {
        took.send(()).expect("waited for");
        gate.recv().expect("opened");
        Ok(())
    });
    taken.await.expect("taken");
    let late = one.write(|tx| add_slot(tx, "a", 1)).await.expect_err("held");
    assert!(matches!(late, StoreError::Busy { .. }) && late.is_passing(), "{late}");
    open.send(()).expect("waited for");
    assert_eq!(holding.await.expect("ends"), Ok(()));
    assert_eq!(one.write(|tx| add_slot(tx, "a", 1)).await, Ok(1));
}

#[tokio::test]
async fn a_log_that_is_written_all_the_time_begins_anew() {
    let room = Room::in_a_file();
    let Place::File(file) = room.place().clone() else { panic!("it lies in a file") };
    on(&room, async move |store| {
        assert_eq!(store.write(|tx| add_slot(tx, "a", 1)).await, Ok(1));
        let (mut written, mut length) = (0, 0);
        for round in 0..96 {
            let picture = vec![round; 1_000_000];
            written += picture.len();
            let drawn = store.write(move |tx| tx.execute("UPDATE slots SET picture = $1", &[picture.into()])).await;
            assert_eq!(drawn, Ok(1));
            length = std::fs::metadata(file.with_extension("db-wal")).expect("the log").len();
        }
        assert!(length < 80_000_000, "{length} bytes of log after {written} were written");
    })
    .await;
}
