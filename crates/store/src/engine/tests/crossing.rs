//! Acts and looks that run at the same time.

use std::sync::mpsc;

use super::*;

const CHAIRS: &str = "SELECT CAST(SUM(chair) AS BIGINT) AS chairs
FROM slots";

fn chairs(tx: &mut Tx<'_>) -> Result<Option<i64>, StoreError> {
    tx.one(CHAIRS, &[], |row| row.get("chairs"))
}

#[tokio::test]
async fn a_look_sees_one_unmoving_state() {
    for room in [Room::in_a_file(), Room::on(Engine::Postgres)] {
        on(&room, async |store| {
            store.write(|tx| add_slot(tx, "a", 1)).await.expect("free");
            let (looks, looking) = tokio::sync::oneshot::channel::<()>();
            let (wrote, written) = mpsc::channel::<()>();
            let look = tokio::spawn({
                let store = store.clone();
                async move {
                    store
                        .read(move |tx| {
                            let before = chairs(tx)?;
                            looks.send(()).expect("waited for");
                            written.recv().expect("written");
                            Ok::<_, StoreError>((before, chairs(tx)?))
                        })
                        .await
                }
            });
            looking.await.expect("looks");
            store.write(|tx| add_slot(tx, "b", 10)).await.expect("a look does not hold a writer");
            wrote.send(()).expect("waited for");
            assert_eq!(look.await.expect("ends"), Ok((Some(1), Some(1))));
            assert_eq!(store.read(chairs).await, Ok(Some(11)));
        })
        .await;
    }
}

/// Holds what `first` took until `second` has ended; gives both results.
async fn while_held<T: Send + 'static>(
    store: &Store,
    first: fn(&mut Tx<'_>) -> Result<T, StoreError>,
    second: fn(&mut Tx<'_>) -> Result<T, StoreError>,
) -> (Result<T, StoreError>, Result<T, StoreError>) {
    let (took, taken) = tokio::sync::oneshot::channel::<()>();
    let (open, gate) = mpsc::channel::<()>();
    let holding = tokio::spawn({
        let store = store.clone();
        async move {
            store
                .write(move |tx| {
                    let held = first(tx)?;
                    took.send(()).expect("waited for");
                    gate.recv().expect("opened");
                    Ok(held)
                })
                .await
        }
    });
    taken.await.expect("taken");
    let second = store.write(second).await;
    open.send(()).expect("waited for");
    (holding.await.expect("ends"), second)
}

#[tokio::test]
async fn two_nodes_never_claim_the_same_row_and_do_not_wait_for_each_other() {
    const CLAIM: &str = "UPDATE slots
SET is_open = FALSE
WHERE is_open AND id IN (
    SELECT id
    FROM slots
    WHERE is_open
    ORDER BY id
    LIMIT $1 /* FOR UPDATE SKIP LOCKED */
)
RETURNING id";

    fn claim(tx: &mut Tx<'_>) -> Result<Vec<String>, StoreError> {
        let mut claimed = tx.query(CLAIM, &[2.into()], |row| row.get::<String>("id"))?;
        claimed.sort();
        Ok(claimed)
    }

    let fill = |tx: &mut Tx<'_>| ["a", "b", "c", "d"].iter().zip(1..).try_for_each(|(id, chair)| add_slot(tx, id, chair).map(drop));
    on(&Room::on(Engine::Postgres), async |store| {
        store.write(fill).await.expect("free");
        let (first, second) = while_held(&store, claim, claim).await;
        assert_eq!((first.expect("claims"), second.expect("claims")), (vec!["a".into(), "b".into()], vec!["c".into(), "d".into()]));
    })
    .await;
    // SQLite has one writer: the second comes after the first
    on(&Room::in_a_file(), async |store| {
        store.write(fill).await.expect("free");
        assert_eq!(store.write(claim).await.expect("claims"), ["a", "b"]);
        assert_eq!(store.write(claim).await.expect("claims"), ["c", "d"]);
        assert_eq!(store.write(claim).await.expect("claims"), Vec::<String>::new());
    })
    .await;
}

#[tokio::test]
async fn of_two_acts_that_wait_for_each_other_one_is_told_to_try_again() {
    const MOVE: &str = "UPDATE slots
SET starts_at = starts_at + 1
WHERE id = $1";

    on(&Room::on(Engine::Postgres), async |store| {
        store.write(|tx| add_slot(tx, "a", 1).and(add_slot(tx, "b", 2))).await.expect("free");
        let (first_took, first_taken) = mpsc::channel::<()>();
        let (second_took, second_taken) = mpsc::channel::<()>();
        let cross = |one: &'static str, other: &'static str, took: mpsc::Sender<()>, taken: mpsc::Receiver<()>| {
            store.write(move |tx| {
                tx.execute(MOVE, &[one.into()])?;
                took.send(()).expect("waited for");
                taken.recv().expect("taken");
                tx.execute(MOVE, &[other.into()])
            })
        };
        let (first, second) = tokio::join!(cross("a", "b", first_took, second_taken), cross("b", "a", second_took, first_taken));
        let (kept, crossed) = if first.is_ok() { (first, second) } else { (second, first) };
        assert_eq!(kept, Ok(1));
        assert_eq!(crossed, Err(StoreError::Busy { why: "PostgreSQL code 40P01".to_owned() }));
    })
    .await;
}

#[tokio::test]
async fn two_programs_on_one_file_take_turns() {
    let room = Room::in_a_file();
    let (one, other) = (room.store_with(TABLES).await, room.store_with(TABLES).await);
    for chair in 0..20 {
        let id = format!("{chair:02}");
        let store = if chair % 2 == 0 { &one } else { &other };
        store.write(move |tx| add_slot(tx, &id, chair)).await.expect("free");
    }
    assert_eq!(slot_ids(&one).await.len(), 20);
    assert_eq!(slot_ids(&one).await, slot_ids(&other).await);
}
