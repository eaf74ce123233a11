//! For the tests of every crate: a fresh store on each engine, gone afterwards. Not part of the program.

use std::collections::BTreeMap;
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::atomic::{AtomicU32, Ordering};
use std::thread;

use tokio_postgres::SimpleQueryMessage;

use crate::engine::{Engine, Migration, Place, Store, StoreError};
use crate::migrations::MIGRATIONS;

mod backup;
mod crossing;
mod servers;

pub use backup::{Backup, Copied};
pub use crossing::Crossing;
pub use servers::{End, Server};

const VARIABLE: &str = "CAREDESK_TEST_POSTGRES";

/// A test does one thing at a time.
const WORKERS: usize = 3;

/// Runs the test twice: on SQLite in memory and on a schema of its own in PostgreSQL.
pub async fn both(test: impl AsyncFn(Store)) {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let room = Room::on(engine);
        let _named = Named(engine);
        test(room.store().await).await;
    }
}

/// An organisation's place for one test; it goes when the test is over.
pub struct Room {
    place: Place,
}

impl Room {
    pub fn on(engine: Engine) -> Self {
        match engine {
            Engine::Sqlite => Self { place: Place::Memory },
            Engine::Postgres => Self::at(Place::Schema { url: postgres_url(), schema: format!("trial_{}", number()) }),
        }
    }

    /// A SQLite file in a folder of its own, named as the program names it.
    pub fn in_a_file() -> Self {
        let folder = std::env::temp_dir().join(format!("caredesk_trial_{}", number()));
        let room = Self::at(Place::File(folder.join("caredesk.db")));
        fs::create_dir_all(folder).expect("a folder for the test");
        room
    }

    pub fn place(&self) -> &Place {
        &self.place
    }

    /// Another node's store in the same place; in memory each is on its own.
    pub async fn store(&self) -> Store {
        self.store_with(MIGRATIONS).await
    }

    pub(crate) async fn store_with(&self, migrations: &'static [Migration]) -> Store {
        self.open_with(migrations).await.expect("a fresh store opens")
    }

    pub(crate) async fn open_with(&self, migrations: &'static [Migration]) -> Result<Store, StoreError> {
        Store::open_with(&self.place, 0, migrations, WORKERS).await
    }

    /// A test that was killed under the same number may have left its things.
    fn at(place: Place) -> Self {
        let room = Self { place };
        room.clear();
        room
    }

    fn clear(&self) {
        match &self.place {
            Place::Memory => {}
            Place::File(path) => {
                if let Some(folder) = path.parent().filter(|folder| folder.exists()) {
                    fs::remove_dir_all(folder).expect("the folder of the test goes");
                }
            }
            Place::Schema { url, schema } => run(url, &format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE")),
        }
    }
}

impl Drop for Room {
    fn drop(&mut self) {
        self.clear();
    }
}

/// Whether SQLite finds every page and every index of its file in order; what it says, if not.
pub async fn is_sound(store: &Store) -> Result<(), String> {
    let said: Result<Vec<String>, StoreError> =
        store.read(|tx| tx.query("PRAGMA integrity_check", &[], |row| row.get("integrity_check"))).await;
    let said = said.map_err(|error| error.to_string())?;
    if said == ["ok"] { Ok(()) } else { Err(said.join("; ")) }
}

/// No other test that runs now has it.
fn number() -> String {
    static NEXT: AtomicU32 = AtomicU32::new(0);
    format!("{}_{}", std::process::id(), NEXT.fetch_add(1, Ordering::Relaxed))
}

/// Where the PostgreSQL for tests listens.
pub fn postgres_url() -> String {
    std::env::var(VARIABLE)
        .unwrap_or_else(|_| panic!("{VARIABLE} is not set: run ./check, or say `eval \"$(scripts/postgres)\"` before the tests"))
}

/// Runs statements beside any store, on a connection and a thread of their own.
pub fn run(url: &str, statements: &str) {
    beside(url, statements);
}

/// Whether a question of one boolean is answered with yes.
pub fn says(url: &str, question: &str) -> bool {
    beside(url, question).iter().any(|message| match message {
        SimpleQueryMessage::Row(row) => row.get(0) == Some("t"),
        _ => false,
    })
}

fn beside(url: &str, statements: &str) -> Vec<SimpleQueryMessage> {
    let (url, statements) = (url.to_owned(), statements.to_owned());
    let done = thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
        runtime.block_on(async {
            let (client, connection) = tokio_postgres::connect(&url, tokio_postgres::NoTls).await.expect("PostgreSQL for tests answers");
            tokio::spawn(connection);
            client.simple_query(&statements).await.expect("statements of the test run")
        })
    });
    done.join().expect("statements beside the store run")
}

/// PostgreSQL's process behind a store, on the machine on which it runs; none for a file.
pub async fn backend(store: &Store) -> Option<u32> {
    if store.engine() == Engine::Sqlite {
        return None;
    }
    let asked = store.read(|tx| tx.one("SELECT CAST(pg_backend_pid() AS BIGINT) AS id", &[], |row| row.get("id")));
    Some(asked.await.unwrap_or_else(|error: StoreError| panic!("PostgreSQL says which process answers: {error}")))
}

/// Everything that stands in a store: for each table how many rows, and a sum over their words that no order changes.
/// What has no effect leaves it the same.
pub async fn contents(store: &Store) -> BTreeMap<String, (usize, u64)> {
    let engine = store.engine();
    let all = store.read(move |tx| {
        let (tables, columns) = match engine {
            Engine::Sqlite => (
                "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' ORDER BY name",
                "SELECT name FROM pragma_table_info($1) ORDER BY cid",
            ),
            Engine::Postgres => (
                "SELECT CAST(table_name AS TEXT) AS name FROM information_schema.tables
                    WHERE table_schema = current_schema() ORDER BY table_name",
                "SELECT CAST(column_name AS TEXT) AS name FROM information_schema.columns
                    WHERE table_schema = current_schema() AND CAST(table_name AS TEXT) = $1 ORDER BY ordinal_position",
            ),
        };
        let mut all = BTreeMap::new();
        for table in tx.query(tables, &[], |row| row.get::<String>("name"))? {
            let columns = tx.query(columns, &[table.as_str().into()], |row| row.get::<String>("name"))?;
            let words: Vec<String> = columns.iter().map(|column| format!("CAST(\"{column}\" AS TEXT) AS \"{column}\"")).collect();
            let sums = tx.query(&format!("SELECT {} FROM \"{table}\"", words.join(", ")), &[], |row| {
                let mut sum = DefaultHasher::new();
                for column in &columns {
                    row.get::<Option<String>>(column)?.hash(&mut sum);
                }
                Ok(sum.finish())
            })?;
            let sum = sums.iter().fold(0, |sum: u64, row| sum.wrapping_add(*row));
            all.insert(table, (sums.len(), sum));
        }
        Ok::<_, StoreError>(all)
    });
    all.await.expect("everything can be read")
}

/// Says on which engine a test failed.
pub(crate) struct Named(pub(crate) Engine);

impl Drop for Named {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("the test failed on {:?}", self.0);
        }
    }
}
