//! Values on the way in and out.

use super::*;

const PUT: &str = "INSERT INTO slots (id, chair, starts_at, is_open, weight, picture)
VALUES ($1, $2, $3, $4, $5, $6)";

const TAKE: &str = "SELECT id, chair, starts_at, is_open, weight, picture
FROM slots
WHERE id = $1";

#[derive(Debug, Clone, PartialEq)]
struct Slot {
    id: String,
    chair: Option<i64>,
    starts_at: Option<kernel::Timestamp>,
    is_open: Option<bool>,
    weight: Option<f64>,
    picture: Option<Vec<u8>>,
}

fn slot(row: &Row<'_>) -> Result<Slot, StoreError> {
    Ok(Slot {
        id: row.get("id")?,
        chair: row.get("chair")?,
        starts_at: row.get("starts_at")?,
        is_open: row.get("is_open")?,
        weight: row.get("weight")?,
        picture: row.get("picture")?,
    })
}

#[tokio::test]
async fn every_value_comes_back_as_it_went_in() {
    everywhere(async |store| {
        for (chair, id) in ["", "Åsa آرش Анна", "'; DROP TABLE slots; --", "$1"].into_iter().enumerate() {
            let full = Slot {
                id: id.to_owned(),
                chair: Some(i64::MAX - i64::try_from(chair).expect("few")),
                starts_at: Some(kernel::Timestamp::from_millis(i64::MIN)),
                is_open: Some(chair % 2 == 0),
                weight: Some(-0.1),
                picture: Some(vec![0, 255, 128, 39]),
            };
            let put = full.clone();
            let back = store
                .write(move |tx| {
                    let key = put.id.clone();
                    let params: [Value; 6] =
                        [put.id.into(), put.chair.into(), put.starts_at.into(), put.is_open.into(), put.weight.into(), put.picture.into()];
                    tx.execute(PUT, &params)?;
                    tx.one(TAKE, &[key.into()], slot)
                })
                .await;
            assert_eq!(back, Ok(full));
        }
    })
    .await;
}

#[tokio::test]
async fn nothing_comes_back_as_nothing() {
    everywhere(async |store| {
        let back = store
            .write(|tx| {
                let empty = [Value::Null, Value::Null, Value::Null, Value::Null, Value::Null];
                tx.execute(PUT, &[&["a".into()][..], &empty[..]].concat())?;
                tx.optional(TAKE, &["a".into()], slot)
            })
            .await;
        let nothing = Slot { id: "a".to_owned(), chair: None, starts_at: None, is_open: None, weight: None, picture: None };
        assert_eq!(back, Ok(Some(nothing)));
        assert_eq!(store.read(|tx| tx.optional(TAKE, &["b".into()], slot)).await, Ok(None));
        assert!(matches!(store.read(|tx| tx.one(TAKE, &["b".into()], slot)).await, Err(StoreError::Bug(_))));
    })
    .await;
}

#[tokio::test]
async fn a_letter_that_only_one_engine_can_keep_is_replaced_on_both() {
    everywhere(async |store| {
        store.write(|tx| add_slot(tx, "An\0na", 1)).await.expect("kept");
        assert_eq!(slot_ids(&store).await, ["An\u{FFFD}na"]);
    })
    .await;
}

#[tokio::test]
async fn a_row_that_does_not_fit_names_table_column_and_id_and_no_words() {
    everywhere(async |store| {
        store.write(|tx| add_slot(tx, "slot of Anna", 1)).await.expect("free");
        let unfit = |column: &str, problem: &str| {
            let row = ("slots".to_owned(), column.to_owned(), "slot of Anna".to_owned(), problem.to_owned());
            Err(StoreError::Row { table: row.0, column: row.1, id: row.2, problem: row.3 })
        };
        let look =
            async |read: fn(&Row<'_>) -> Result<(), StoreError>| store.read(move |tx| tx.one(TAKE, &["slot of Anna".into()], read)).await;
        assert_eq!(look(|row| row.get::<i64>("weight").map(drop)).await, unfit("weight", "is NULL, not an integer"));
        assert_eq!(look(|row| row.get::<String>("chair").map(drop)).await, unfit("chair", "is not text"));
        assert_eq!(look(|row| row.get::<u8>("starts_at").map(drop)).await, unfit("starts_at", "is out of range"));
        assert_eq!(look(|row| row.get::<kernel::VisitId>("id").map(drop)).await, unfit("id", "is not a VisitId"));
        assert_eq!(look(|row| row.parse::<u64>("id").map(drop)).await, unfit("id", "cannot be read"));
        assert_eq!(look(|row| row.json::<Vec<u8>>("id").map(drop)).await, unfit("id", "is not the JSON that was expected"));
        let absent = look(|row| row.get::<i64>("colour").map(drop)).await;
        assert!(matches!(absent, Err(StoreError::Row { column, .. }) if column == "colour"));
    })
    .await;
    assert_eq!(format!("{:?}", [Value::from("Anna"), Value::from(vec![7]), 7.into(), Value::Null]), "[***, ***, 7, NULL]");
}

#[tokio::test]
async fn a_row_that_does_not_fit_spoils_only_the_answer() {
    everywhere(async |store| {
        let kept = store
            .write(|tx| {
                add_slot(tx, "a", 1)?;
                let unfit = tx.one(TAKE, &["a".into()], |row| row.get::<bool>("id"));
                assert!(matches!(unfit, Err(StoreError::Row { .. })));
                add_slot(tx, "b", 2)
            })
            .await;
        assert_eq!(kept, Ok(1));
        assert_eq!(slot_ids(&store).await, ["a", "b"]);
    })
    .await;
}

#[tokio::test]
async fn parameters_go_by_their_numbers_and_all_are_needed() {
    const SWAPPED: &str = "SELECT id
FROM slots
WHERE chair = $2 AND id = $1 AND chair = $2";

    everywhere(async |store| {
        store.write(|tx| add_slot(tx, "a", 1)).await.expect("free");
        let ask = async |params: Vec<Value>| store.read(move |tx| tx.optional(SWAPPED, &params, |row| row.get::<String>("id"))).await;
        assert_eq!(ask(vec!["a".into(), 1.into()]).await, Ok(Some("a".to_owned())));
        for wrong in [vec![], vec!["a".into()], vec!["a".into(), 1.into(), 2.into()]] {
            let counts = format!("expected 2 parameters but got {}", wrong.len());
            let refused = ask(wrong).await.expect_err("the wrong number");
            assert!(matches!(&refused, StoreError::Bug(why) if why.contains(&counts)), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn a_parameter_of_another_kind_than_its_column_is_refused_by_postgresql() {
    on(&Room::on(Engine::Postgres), async |store| {
        for wrong in [Value::from("Anna"), Value::from(true), Value::from(1.5)] {
            let refused = store.write(|tx| tx.execute("UPDATE slots SET chair = $1", &[wrong])).await;
            let refused = refused.expect_err("the wrong kind").to_string();
            assert!(refused.contains("the statement takes int8") && !refused.contains("Anna"), "{refused}");
        }
    })
    .await;
}

#[tokio::test]
async fn many_rows_are_written_or_none() {
    everywhere(async |store| {
        let rows = |from: i64| -> Vec<Vec<Value>> {
            (from..from + 1_200).map(|number| vec![format!("{number:05}").into(), (from + number).into(), 900.into()]).collect()
        };
        assert_eq!(store.write(move |tx| tx.execute_many(ADD_SLOT, &rows(0))).await, Ok(1_200));
        assert_eq!(store.write(|tx| tx.execute_many(ADD_SLOT, &[])).await, Ok(0));
        let overlapping = store.write(move |tx| tx.execute_many(ADD_SLOT, &rows(1_199))).await;
        assert_eq!(overlapping, Err(StoreError::Conflict { on: "slots.id".to_owned() }));
        assert_eq!(slot_ids(&store).await.len(), 1_200);
    })
    .await;
}
