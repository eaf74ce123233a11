//! Acts as whole transactions, alone and in a shared commit.

use std::sync::mpsc;

use super::*;

#[tokio::test]
async fn what_was_kept_is_seen_by_the_next_look() {
    everywhere(async |store| {
        assert_eq!(store.write(|tx| add_slot(tx, "a", 1)).await, Ok(1));
        assert_eq!(slot_ids(&store).await, ["a"]);
    })
    .await;
}

#[derive(Debug, PartialEq)]
enum Trouble {
    Refused,
    Store(StoreError),
}

impl From<StoreError> for Trouble {
    fn from(error: StoreError) -> Self {
        Self::Store(error)
    }
}

#[tokio::test]
async fn an_act_that_refuses_or_panics_is_taken_back_alone() {
    // where acts go to threads: in memory none waits behind another
    for room in [Room::in_a_file(), Room::on(Engine::Postgres)] {
        on(&room, async |store| {
            let (open, gate) = mpsc::channel::<()>();
            let write = |id: &'static str, end: fn() -> Result<(), Trouble>| {
                let store = store.clone();
                tokio::spawn(async move {
                    store
                        .write(move |tx| {
                            add_slot(tx, id, id.len().try_into().expect("short"))?;
                            end()
                        })
                        .await
                })
            };
            let ahead = tokio::spawn({
                let store = store.clone();
                async move { store.write(move |_| gate.recv().map_err(|_| Trouble::Refused)).await }
            });
            let first = write("a", || Ok(()));
            let refused = write("bb", || Err(Trouble::Refused));
            let second = write("ccc", || Ok(()));
            let panicked = write("dddd", || panic!("Anna's words"));
            let third = write("eeeee", || Ok(()));
            tokio::task::yield_now().await;
            open.send(()).expect("the gate is waited for");

            assert_eq!(ahead.await.expect("ends"), Ok(()));
            for kept in [first, second, third] {
                assert_eq!(kept.await.expect("ends"), Ok(()));
            }
            assert_eq!(refused.await.expect("ends"), Err(Trouble::Refused));
            let panicked = panicked.await.expect("ends");
            assert_eq!(panicked, Err(Trouble::Store(StoreError::Bug("an act panicked".to_owned()))));
            assert_eq!(slot_ids(&store).await, ["a", "ccc", "eeeee"]);
        })
        .await;
    }
}

#[tokio::test]
async fn sqlite_answers_an_act_only_when_the_group_has_been_committed() {
    on(&Room::in_a_file(), async |store| {
        let (open_first, first_gate) = mpsc::channel::<()>();
        let (open_last, last_gate) = mpsc::channel::<()>();
        let (runs, running) = tokio::sync::oneshot::channel::<()>();
        let write = |id: &'static str, gate: mpsc::Receiver<()>, runs: Option<tokio::sync::oneshot::Sender<()>>| {
            let store = store.clone();
            tokio::spawn(async move {
                store
                    .write(move |tx| {
                        runs.map(|runs| runs.send(()));
                        gate.recv().expect("opened");
                        add_slot(tx, id, id.len().try_into().expect("short"))
                    })
                    .await
            })
        };
        let first = write("a", first_gate, None);
        let last = write("bb", last_gate, Some(runs));
        tokio::task::yield_now().await;
        open_first.send(()).expect("waited for");
        running.await.expect("the second act runs");
        assert!(!first.is_finished(), "the first act was answered before the commit that it shares");
        open_last.send(()).expect("waited for");
        assert_eq!(first.await.expect("ends"), Ok(1));
        assert_eq!(last.await.expect("ends"), Ok(1));
    })
    .await;
}

#[tokio::test]
async fn an_act_that_hides_a_failed_statement_is_not_kept() {
    everywhere(async |store| {
        store.write(|tx| add_slot(tx, "a", 1)).await.expect("free");
        let hidden = store
            .write(|tx| {
                add_slot(tx, "b", 2)?;
                drop(add_slot(tx, "c", 1));
                Ok::<_, StoreError>(())
            })
            .await;
        assert_eq!(hidden, Err(StoreError::Conflict { on: "slots.chair, slots.starts_at".to_owned() }));
        let went_on = store
            .write(|tx| {
                drop(add_slot(tx, "c", 1));
                add_slot(tx, "d", 4)
            })
            .await;
        assert!(matches!(went_on, Err(StoreError::Bug(_))), "{went_on:?}");
        assert_eq!(slot_ids(&store).await, ["a"]);
    })
    .await;
}

#[tokio::test]
async fn a_broken_rule_of_the_tables_says_what_to_do() {
    const ADD_NOTE: &str = "INSERT INTO notes (id, slot_id, length)
VALUES ($1, $2, $3)";

    everywhere(async |store| {
        store.write(|tx| add_slot(tx, "a", 1)).await.expect("free");
        let taken = store.write(|tx| add_slot(tx, "a", 2)).await;
        assert_eq!(taken, Err(StoreError::Conflict { on: "slots.id".to_owned() }));
        let dangling = store.write(|tx| tx.execute(ADD_NOTE, &["n".into(), "nowhere".into(), 1.into()])).await;
        assert_eq!(dangling, Err(StoreError::Conflict { on: "a foreign key of notes".to_owned() }));
        let needed = store
            .write(|tx| {
                tx.execute(ADD_NOTE, &["n".into(), "a".into(), 1.into()])?;
                tx.execute("DELETE FROM slots WHERE id = $1", &["a".into()])
            })
            .await;
        assert_eq!(needed, Err(StoreError::Conflict { on: "a foreign key of slots".to_owned() }));
        for (what, length) in [("a check", (-1).into()), ("not null", Value::Null)] {
            let broken = store.write(|tx| tx.execute(ADD_NOTE, &["n".into(), "a".into(), length])).await;
            assert!(matches!(broken, Err(StoreError::Bug(_))), "{what}: {broken:?}");
        }
        let misspelt = store.write(|tx| tx.execute("UPDATE slots SET chiar = $1", &[1.into()])).await;
        assert!(misspelt.expect_err("no such column").to_string().contains("chiar"));
    })
    .await;
}

#[tokio::test]
async fn a_look_cannot_write() {
    everywhere(async |store| {
        let refused = store.read(|tx| add_slot(tx, "a", 1)).await;
        assert_eq!(refused, Err(StoreError::Bug("a statement on slots: a read may not write".to_owned())));
        assert_eq!(store.write(|tx| add_slot(tx, "b", 1)).await, Ok(1));
        assert_eq!(slot_ids(&store).await, ["b"]);
    })
    .await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn no_write_is_lost_among_many_writers() {
    everywhere(async |store| {
        store.write(|tx| add_slot(tx, "a", 0)).await.expect("free");
        let writers: Vec<_> = (0..40)
            .map(|_| {
                let store = store.clone();
                tokio::spawn(async move {
                    for _ in 0..5 {
                        store.write(|tx| tx.execute("UPDATE slots SET chair = chair + 1", &[])).await.expect("counted");
                    }
                })
            })
            .collect();
        for writer in writers {
            writer.await.expect("ends");
        }
        let sum: i64 = store.read(|tx| tx.one("SELECT chair FROM slots", &[], |row| row.get("chair"))).await.expect("read");
        assert_eq!(sum, 200);
    })
    .await;
}

#[tokio::test]
async fn a_closed_store_says_so_after_it_has_finished_what_was_asked() {
    for room in rooms() {
        let store = room.store_with(TABLES).await;
        let clone = store.clone();
        let asked = tokio::spawn({
            let store = store.clone();
            async move { store.write(|tx| add_slot(tx, "a", 1)).await }
        });
        tokio::task::yield_now().await;
        store.close().await;
        assert_eq!(asked.await.expect("ends"), Ok(1));
        let late = clone.write(|tx| add_slot(tx, "b", 2)).await;
        assert!(late.expect_err("closed").is_passing());
        let look = clone.read(|tx| tx.query(SLOT_IDS, &[], |row| row.get::<String>("id"))).await;
        assert!(look.is_err());
    }
}

#[tokio::test]
async fn a_file_keeps_what_was_acknowledged_and_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt;

    let room = Room::in_a_file();
    let store = room.store_with(TABLES).await;
    store.write(|tx| add_slot(tx, "a", 1)).await.expect("free");
    drop(store);
    assert_eq!(slot_ids(&room.store_with(TABLES).await).await, ["a"]);
    let Place::File(path) = room.place() else { unreachable!("this room is a file") };
    assert_eq!(path.metadata().expect("is there").permissions().mode() & 0o777, 0o600);
}
