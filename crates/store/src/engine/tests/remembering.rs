//! Questions that are answered once, asked ahead, or put for many rows; and writes that nobody waits for.

use super::*;
use crate::{Forget, Rows};

const CHAIR: &str = "SELECT chair FROM slots WHERE id = $1";
const MOVE: &str = "UPDATE slots SET chair = $2 WHERE id = $1 AND chair = $3";
const ADD_NOTE: &str = "INSERT INTO notes (id, slot_id, length) VALUES ($1, $2, $3)";

fn chair(tx: &mut Tx<'_>, id: &str) -> Result<Option<i64>, StoreError> {
    tx.recall_one(CHAIR, &[id.into()], |row| row.get("chair"))
}

/// Past the act's memory, as a write of somebody else would be.
fn asked_anew(tx: &mut Tx<'_>, id: &str) -> Result<i64, StoreError> {
    tx.one(CHAIR, &[id.into()], |row| row.get("chair"))
}

#[tokio::test]
async fn an_answer_is_remembered_until_its_table_is_written_or_it_is_named() {
    everywhere(async |store| {
        let act = |tx: &mut Tx<'_>| {
            add_slot(tx, "a", 1)?;
            add_slot(tx, "b", 2)?;
            assert_eq!((chair(tx, "a")?, chair(tx, "b")?, chair(tx, "c")?), (Some(1), Some(2), None));
            // what a write does not name stays as it was remembered, though it has changed
            tx.put(MOVE, vec!["a".into(), 7.into(), 1.into()], Rows::OneVersion, &[Forget::Of(CHAIR, &["b".into()])])?;
            assert_eq!((chair(tx, "a")?, asked_anew(tx, "a")?), (Some(1), 7));
            tx.put(MOVE, vec!["b".into(), 8.into(), 2.into()], Rows::OneVersion, &[Forget::Of(CHAIR, &["b".into()])])?;
            assert_eq!((chair(tx, "a")?, chair(tx, "b")?), (Some(1), Some(8)));
            tx.put(MOVE, vec!["b".into(), 9.into(), 8.into()], Rows::Any, &[Forget::All(CHAIR)])?;
            assert_eq!((chair(tx, "a")?, chair(tx, "b")?), (Some(7), Some(9)));
            // a write of another table changes nothing of it, one of its own everything
            tx.execute(ADD_NOTE, &["n".into(), "a".into(), 3.into()])?;
            tx.put(MOVE, vec!["a".into(), 1.into(), 7.into()], Rows::Any, &[])?;
            assert_eq!(chair(tx, "a")?, Some(7));
            assert!(chair(tx, "c")?.is_none());
            add_slot(tx, "c", 3)?;
            assert_eq!((chair(tx, "a")?, chair(tx, "c")?), (Some(1), Some(3)));
            Ok::<_, StoreError>(())
        };
        assert_eq!(store.write(act).await, Ok(()));
        // the memory ends with the act
        assert_eq!(store.read(|tx| chair(tx, "a")).await, Ok(Some(1)));
    })
    .await;
}

#[tokio::test]
async fn what_follows_from_a_table_is_thought_out_once_until_it_is_written() {
    everywhere(async |store| {
        let act = |tx: &mut Tx<'_>| {
            let mut thoughts = 0;
            let mut doubled = |tx: &mut Tx<'_>, about: Value| {
                let think = |tx: &mut Tx<'_>| {
                    thoughts += 1;
                    Ok::<_, StoreError>((chair(tx, "a")?.unwrap_or(0) * 2, thoughts))
                };
                tx.infer(CHAIR, &[about], think).map(|thought| *thought)
            };
            add_slot(tx, "a", 1)?;
            assert_eq!([doubled(tx, "one".into())?, doubled(tx, "one".into())?], [(2, 1), (2, 1)]);
            assert_eq!([doubled(tx, Value::Null)?, doubled(tx, "".into())?], [(2, 2), (2, 3)], "one for each question");
            add_slot(tx, "b", 4)?;
            assert_eq!(doubled(tx, "one".into())?, (2, 4));
            tx.put(MOVE, vec!["a".into(), 5.into(), 1.into()], Rows::OneVersion, &[Forget::Of(CHAIR, &["a".into()])])?;
            assert_eq!(doubled(tx, "one".into())?, (10, 5));
            Ok::<_, StoreError>(())
        };
        assert_eq!(store.write(act).await, Ok(()));
    })
    .await;
}

#[tokio::test]
async fn what_is_asked_for_many_comes_to_each_in_its_order() {
    everywhere(async |store| {
        let act = |tx: &mut Tx<'_>| {
            for (id, chair) in [("a", 1), ("b", 2), ("c", 3)] {
                add_slot(tx, id, chair)?;
            }
            let keys = |ids: &[&str]| ids.iter().map(|id| vec![Value::from(*id)]).collect::<Vec<_>>();
            let read = |row: &Row<'_>| row.get::<i64>("chair");
            assert_eq!(tx.query_each(CHAIR, &keys(&["c", "x", "a", "c"]), read)?, [vec![3], vec![], vec![1], vec![3]]);
            assert_eq!(tx.query_each(CHAIR, &[], read)?, Vec::<Vec<i64>>::new());
            tx.foresee(CHAIR, keys(&["a", "x", "b"]), read)?;
            tx.put(MOVE, vec!["b".into(), 9.into(), 2.into()], Rows::Any, &[])?;
            assert_eq!((chair(tx, "a")?, chair(tx, "x")?, chair(tx, "b")?), (Some(1), None, Some(2)), "as it was foreseen");
            let rows =
                [("a", 20, 1), ("b", 21, 1), ("x", 22, 1), ("c", 23, 3)].map(|(id, to, from)| vec![id.into(), to.into(), from.into()]);
            let moved = tx.update_each(MOVE, &rows)?;
            assert_eq!(moved, [true, false, false, true]);
            assert_eq!((chair(tx, "a")?, chair(tx, "b")?, chair(tx, "c")?), (Some(20), Some(9), Some(23)));
            let notes: Vec<Vec<Value>> = (0..5).map(|number| vec![format!("n{number}").into(), "a".into(), number.into()]).collect();
            assert_eq!(tx.execute_many(ADD_NOTE, &notes)?, 5);
            assert_eq!(tx.execute_many(ADD_NOTE, &[])?, 0);
            Ok::<_, StoreError>(())
        };
        assert_eq!(store.write(act).await, Ok(()));
    })
    .await;
}

#[tokio::test]
async fn a_write_that_nobody_waited_for_and_that_failed_takes_the_whole_act_back() {
    everywhere(async |store| {
        store.write(|tx| add_slot(tx, "a", 1)).await.expect("free");
        let crossed = |tx: &mut Tx<'_>| {
            add_slot(tx, "b", 2)?;
            tx.put(MOVE, vec!["a".into(), 5.into(), 4.into()], Rows::OneVersion, &[])
        };
        let conflict = StoreError::Conflict { on: "slots.version".to_owned() };
        assert_eq!(store.write::<_, StoreError, _>(crossed).await, Err(conflict));
        let homeless = |tx: &mut Tx<'_>| tx.put(ADD_NOTE, vec!["n".into(), "nowhere".into(), 1.into()], Rows::Any, &[]);
        assert!(store.write::<_, StoreError, _>(homeless).await.is_err());
        assert_eq!(slot_ids(&store).await, ["a"]);
    })
    .await;
}
