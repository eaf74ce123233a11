//! The engine's promises, each tried on a SQLite file, on SQLite in memory and on PostgreSQL.

mod acts;
mod crossing;
mod losses;
mod migrating;
mod recovery;
mod remembering;
mod statements;
mod updates;
mod values;

use super::{Engine, Migration, Place, Row, Store, StoreError, Tx, Value};
use crate::trial::{Named, Room};

/// A table of slots, of which an open one is unique, and one of notes about them.
const TABLES: &[Migration] = &[Migration {
    number: 1,
    name: "trial",
    text: "CREATE TABLE slots (
    id TEXT NOT NULL PRIMARY KEY,
    chair BIGINT,
    starts_at BIGINT,
    is_open BOOLEAN,
    weight DOUBLE PRECISION,
    picture BYTEA
);
CREATE UNIQUE INDEX slots_taken ON slots (chair, starts_at) WHERE is_open;
CREATE TABLE notes (
    id TEXT NOT NULL PRIMARY KEY,
    slot_id TEXT NOT NULL REFERENCES slots (id) ON DELETE RESTRICT,
    length BIGINT NOT NULL CHECK (length >= 0)
);",
}];

const ADD_SLOT: &str = "INSERT INTO slots (id, chair, starts_at, is_open)
VALUES ($1, $2, $3, TRUE)";

const SLOT_IDS: &str = "SELECT id
FROM slots
ORDER BY id";

fn rooms() -> [Room; 3] {
    [Room::in_a_file(), Room::on(Engine::Sqlite), Room::on(Engine::Postgres)]
}

async fn everywhere(test: impl AsyncFn(Store)) {
    for room in rooms() {
        on(&room, &test).await;
    }
}

async fn on(room: &Room, test: impl AsyncFn(Store)) {
    let store = room.store_with(TABLES).await;
    let _named = Named(store.engine());
    test(store.clone()).await;
    store.close().await;
}

fn add_slot(tx: &mut Tx<'_>, id: &str, chair: i64) -> Result<u64, StoreError> {
    tx.execute(ADD_SLOT, &[id.into(), chair.into(), 900.into()])
}

fn touch(topic: &'static str) -> impl FnOnce(&mut Tx<'_>) -> Result<(), StoreError> + Send {
    move |tx| {
        tx.touch(topic);
        Ok(())
    }
}

async fn slot_ids(store: &Store) -> Vec<String> {
    store.read(|tx| tx.query(SLOT_IDS, &[], |row| row.get("id"))).await.expect("slots are read")
}
