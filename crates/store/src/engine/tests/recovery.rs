//! What PostgreSQL's absence does to acts.

use super::super::{Outcome, Touched};
use super::*;
use crate::trial::{postgres_url, run};

const BACKEND: &str = "SELECT pg_backend_pid() AS backend";

fn backend(tx: &mut Tx<'_>) -> Result<i64, StoreError> {
    tx.one(BACKEND, &[], |row| row.get("backend"))
}

/// Ends the connection and waits until the server has let it go.
fn cut(backend: i64) {
    let wait = format!(
        "DO $$ BEGIN
            PERFORM pg_terminate_backend({backend});
            WHILE EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid = {backend}) LOOP
                PERFORM pg_sleep(0.01);
                PERFORM pg_stat_clear_snapshot();
            END LOOP;
        END $$"
    );
    run(&postgres_url(), &wait);
}

#[tokio::test]
async fn a_connection_that_was_lost_between_acts_is_replaced_without_a_word() {
    on(&Room::on(Engine::Postgres), async |store| {
        for round in 0..6 {
            let lost = store.write(backend).await.expect("answers");
            cut(lost);
            assert_eq!(store.write(move |tx| add_slot(tx, &format!("{round}"), round)).await, Ok(1));
        }
        assert_eq!(slot_ids(&store).await.len(), 6);
    })
    .await;
}

#[tokio::test]
async fn an_act_that_loses_its_connection_is_not_done() {
    on(&Room::on(Engine::Postgres), async |store| {
        let lost = store
            .write(|tx| {
                add_slot(tx, "a", 1)?;
                cut(backend(tx)?);
                add_slot(tx, "b", 2)
            })
            .await
            .expect_err("the line is dead");
        assert!(matches!(&lost, StoreError::Unavailable { outcome: Outcome::NotDone, .. }), "{lost}");
        assert!(lost.is_passing());
        assert_eq!(slot_ids(&store).await, Vec::<String>::new());
        assert_eq!(store.write(|tx| add_slot(tx, "a", 1)).await, Ok(1));
    })
    .await;
}

#[tokio::test]
async fn a_commit_without_an_answer_is_told_as_unknown() {
    on(&Room::on(Engine::Postgres), async |store| {
        let lost = store
            .write(|tx| {
                add_slot(tx, "a", 1)?;
                cut(backend(tx)?);
                Ok::<_, StoreError>(())
            })
            .await
            .expect_err("the line is dead");
        assert!(matches!(&lost, StoreError::Unavailable { outcome: Outcome::Unknown, .. }), "{lost}");
        assert!(!lost.is_passing());

        let mut updates = store.subscribe();
        let lost = store
            .write(|tx| {
                tx.touch("day_1");
                cut(backend(tx)?);
                Ok::<_, StoreError>(())
            })
            .await;
        assert!(matches!(&lost, Err(StoreError::Unavailable { .. })), "{lost:?}");
        assert!(updates.try_recv().is_err());
    })
    .await;
}

#[tokio::test]
async fn a_node_that_could_not_listen_for_a_while_is_told_that_anything_may_have_changed() {
    let room = Room::on(Engine::Postgres);
    let (here, there) = (room.store_with(TABLES).await, room.store_with(TABLES).await);
    let mut updates = here.subscribe();
    let Place::Schema { schema, .. } = room.place() else { unreachable!("this room is a schema") };
    let query = format!("LISTEN \"touched_{schema}\"");
    let listeners =
        move |tx: &mut Tx<'_>| tx.query("SELECT pid FROM pg_stat_activity WHERE query = $1", &[query.into()], |row| row.get::<i64>("pid"));
    let listeners = there.read(listeners).await.expect("answers");
    assert_eq!(listeners.len(), 2);
    listeners.into_iter().for_each(cut);
    assert_eq!(updates.recv().await, Ok(Touched::anything()));
    there.write(touch("day_1")).await.expect("kept");
    assert_eq!(updates.recv().await, Ok(Touched("day_1".to_owned())));
}

#[tokio::test]
async fn a_database_that_is_not_there_is_said_to_be_unavailable() {
    // the port of discard, on which nobody listens
    let place = Place::Schema { url: "postgres://anna:secret@127.0.0.1:9/clinic".to_owned(), schema: "clinic".to_owned() };
    let Err(error) = Store::open(&place, 0).await else { panic!("nobody listens there") };
    assert!(error.is_passing(), "{error}");
    assert!(!error.to_string().contains("secret") && !format!("{place:?}").contains("secret"));
}

#[tokio::test]
async fn words_never_go_in_the_open_where_tls_was_asked_for() {
    let place = Place::Schema { url: format!("{}?sslmode=require", postgres_url()), schema: "trial_tls".to_owned() };
    let Err(error) = Store::open(&place, 0).await else { panic!("the PostgreSQL for tests speaks no TLS") };
    assert!(error.to_string().contains("TLS"), "{error}");
}

#[tokio::test]
async fn a_schema_that_needs_quoting_and_an_address_that_is_none_are_refused() {
    let long = "a".repeat(51);
    for schema in ["", "1st", "Clinic", "a\"b", "a;b", "pg-1", &long] {
        let place = Place::Schema { url: postgres_url(), schema: schema.to_owned() };
        assert!(matches!(Store::open(&place, 0).await, Err(StoreError::Schema(_))), "{schema}");
    }
    let place = Place::Schema { url: "nonsense with secret".to_owned(), schema: "clinic".to_owned() };
    let Err(StoreError::Schema(why)) = Store::open(&place, 0).await else { panic!("not an address") };
    assert!(!why.contains("secret"));
}
