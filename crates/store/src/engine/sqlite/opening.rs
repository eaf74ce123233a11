//! Opening: the settings that the promises rest on are made, read back, and refused when they are not what they must be.

use std::path::Path;
use std::sync::{Arc, Mutex};
use std::thread;

use rusqlite::config::DbConfig;
use rusqlite::hooks::Wal;
use rusqlite::{Connection, OpenFlags, TransactionBehavior};
use tokio::sync::{broadcast, mpsc, oneshot, watch};

use super::super::error::StoreError;
use super::super::job::Queue;
use super::super::migrating::{Migration, migrate};
use super::super::place::Engine;
use super::super::tx::{Link, Tx};
use super::super::{Group, Inner, Listening, QUEUE, Threads, Touched};
use super::failure::{read_failure, read_lost_commit};
use super::folding::{Folder, Log};
use super::in_memory::InMemory;
use super::reading;
use super::writing::Writer;
use crate::sown::{Fault, sown};

/// Screens read side by side; a clinic's two cores need no more.
const READERS: usize = 4;

/// More statements than the program has.
const STATEMENTS: usize = 1_024;

/// What every connection must have. FULL: in 1,000 simulated power cuts NORMAL lost acknowledged commits in 773, FULL
/// in none. `secure_delete` overwrites what was erased. `temp_store` keeps patients' words out of temporary files.
const SETTINGS: [(&str, &str); 6] = [
    ("busy_timeout", "10000"),
    ("synchronous", "2"),
    ("foreign_keys", "1"),
    ("secure_delete", "1"),
    ("temp_store", "2"),
    ("cache_size", "-32000"),
];

const OF_A_FILE: (&str, &str) = ("journal_mode", "wal");

/// The log is folded beside the writing. A batch looks at a few pages of everything that a clinic has: with twenty thousand
/// patients that is 50 MB, and a page that is not at hand costs more than what is done with it.
const OF_THE_WRITER: [(&str, &str); 2] = [("wal_autocheckpoint", "0"), ("cache_size", "-96000")];

/// All that is in the log is brought into the file, and the log begins anew.
///
/// After a failed sync Linux may never write what stood in memory then, but shows it until the machine goes down. A
/// program that is started anew would read it as committed and set its own commits behind it: a power cut would then
/// take those as well, though each of them had been synced.
const FOLD: &str = "PRAGMA wal_checkpoint(TRUNCATE)";

const OF_A_READER: (&str, &str) = ("query_only", "1");

pub(crate) async fn open_file(
    path: &Path,
    now: i64,
    migrations: &'static [Migration],
    updates: broadcast::Sender<Touched>,
) -> Result<Inner, StoreError> {
    let (to_write, queue) = mpsc::channel(QUEUE);
    let (writers, alive) = Group::new(1);
    let file = path.to_owned();
    let told = updates.clone();
    start("store writer", move |ready| {
        let log = Log::default();
        let opens = || writer_of(&file, &log);
        let opened = make_file(&file).and_then(|()| opens()).and_then(|mut connection| {
            prepare(&mut connection, now, migrations)?;
            let log_of = file.clone();
            let folder = Folder::start(log.clone(), move || folder_of(&log_of))?;
            Ok(Writer { folder, connection: Some(connection), opens })
        });
        if let Some(writer) = told_whether(opened, ready) {
            writer.serve(queue, &told);
        }
        drop(alive);
    })
    .await?;

    let (to_read, queue) = mpsc::channel(QUEUE);
    let (readers, alive) = Group::new(READERS);
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..READERS {
        let (file, queue, alive) = (path.to_owned(), Arc::clone(&queue), alive.clone());
        start("store reader", move |ready| {
            if let Some(reader) = told_whether(reader_of(&file), ready) {
                reading::serve(&reader, &queue);
            }
            drop(alive);
        })
        .await?;
    }
    let threads = Threads { readers, writers, listening: watch::Sender::new(Listening::Over) };
    let (to_write, to_read) = (Queue::Threads(to_write), Queue::Threads(to_read));
    Ok(Inner { engine: Engine::Sqlite, file: Some(path.to_owned()), writes: to_write, reads: to_read, updates, threads })
}

pub(crate) fn open_memory(now: i64, migrations: &'static [Migration], updates: broadcast::Sender<Touched>) -> Result<Inner, StoreError> {
    let mut connection = Connection::open_in_memory().map_err(|error| read_failure(&error, "open"))?;
    set(&connection, SETTINGS.iter())?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    prepare(&mut connection, now, migrations)?;
    let memory = Arc::new(InMemory::new(connection, updates.clone()));
    let (writers, _) = Group::new(1);
    let threads = Threads { readers: Group::none(), writers, listening: watch::Sender::new(Listening::Over) };
    let to_read = Queue::Here(Arc::clone(&memory));
    Ok(Inner { engine: Engine::Sqlite, file: None, writes: Queue::Here(memory), reads: to_read, updates, threads })
}

type Ready = oneshot::Sender<Result<(), StoreError>>;

/// Starts a thread and waits until it says whether it could open what it needs.
async fn start(name: &str, run: impl FnOnce(Ready) + Send + 'static) -> Result<(), StoreError> {
    let (ready, opened) = oneshot::channel();
    thread::Builder::new().name(name.to_owned()).spawn(move || run(ready)).map_err(|_| StoreError::not_done("no thread for the store"))?;
    opened.await.unwrap_or_else(|_| Err(StoreError::Bug("a thread of the store ended while opening".to_owned())))
}

fn told_whether<T>(opened: Result<T, StoreError>, ready: Ready) -> Option<T> {
    let (opened, said) = match opened {
        Ok(opened) => (Some(opened), Ok(())),
        Err(error) => (None, Err(error)),
    };
    // whoever opens may have gone away; the thread then ends as the queue closes
    drop(ready.send(said));
    opened
}

/// The file is made before SQLite sees it, readable by its owner only; SQLite gives its log the same rights. A folder
/// that is not synced may forget a new file, and the folder around it a new folder.
fn make_file(path: &Path) -> Result<(), StoreError> {
    let failed = |error: std::io::Error| StoreError::not_done(format!("the database file: {}", error.kind()));
    let is_new = !path.exists();
    let mut options = std::fs::OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path).map_err(failed)?;
    if is_new {
        let mut around = path.ancestors().skip(1).map(|folder| if folder.as_os_str().is_empty() { Path::new(".") } else { folder });
        around.next().map_or(Ok(()), sync_folder).map_err(failed)?;
        // it may belong to somebody else and not be for our eyes
        around.next().map_or(Ok(()), sync_folder).unwrap_or_default();
    }
    Ok(())
}

pub(super) fn sync_folder(folder: &Path) -> std::io::Result<()> {
    std::fs::File::open(folder)?.sync_all()
}

/// A file that was not there before, for a copy. It is as careful with the disk as the store itself.
pub(super) fn empty_file(path: &Path) -> Result<Connection, StoreError> {
    if path.exists() {
        return Err(StoreError::Schema("where the copy would stand there is a file already".to_owned()));
    }
    make_file(path)?;
    let connection = writable(path)?;
    set(&connection, SETTINGS.iter())?;
    Ok(connection)
}

fn writer_of(path: &Path, log: &Log) -> Result<Connection, StoreError> {
    let mut connection = writable(path)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    set(&connection, SETTINGS.iter().chain([&OF_A_FILE]))?;
    set(&connection, OF_THE_WRITER.iter())?;
    if sown(Fault::SynchronousNormal) {
        set(&connection, [("synchronous", "1")].iter())?;
    }
    if sown(Fault::LogGoneOnWith) {
        return Ok(connection);
    }
    // whether another program still reads in the log is no fault: then it stays as it is
    connection.query_row(FOLD, [], |_| Ok(())).map_err(|error| read_failure(&error, "the log"))?;
    let log = log.clone();
    let grew = move |_: &mut Wal, pages: i32| {
        log.grew(pages.into());
        Ok(())
    };
    connection.wal_hook(Some(grew)).map_err(|error| read_failure(&error, "the log"))?;
    Ok(connection)
}

/// As careful with the disk as the writer, and never in its way.
fn folder_of(path: &Path) -> Result<Connection, StoreError> {
    let connection = writable(path)?;
    set(&connection, SETTINGS.iter())?;
    Ok(connection)
}

fn writable(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    Connection::open_with_flags(path, flags).map_err(|error| read_failure(&error, "open"))
}

fn reader_of(path: &Path) -> Result<Connection, StoreError> {
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(path, flags).map_err(|error| read_failure(&error, "open"))?;
    set(&connection, SETTINGS.iter().chain([&OF_A_READER]))?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS);
    Ok(connection)
}

fn set<'a>(connection: &Connection, settings: impl Iterator<Item = &'a (&'a str, &'a str)> + Clone) -> Result<(), StoreError> {
    for (name, value) in settings.clone() {
        connection.execute_batch(&format!("PRAGMA {name} = {value}")).map_err(|error| read_failure(&error, name))?;
    }
    // A plan holds for every value. Without this SQLite plans a statement anew whenever a value might decide whether a
    // partial index fits, which was a tenth of all its work.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true).map_err(|error| read_failure(&error, "the plans"))?;
    require(connection, settings)
}

fn require<'a>(connection: &Connection, settings: impl Iterator<Item = &'a (&'a str, &'a str)>) -> Result<(), StoreError> {
    for (name, value) in settings {
        let found = connection
            .query_row(&format!("PRAGMA {name}"), [], |row| row.get::<_, rusqlite::types::Value>(0))
            .map_err(|error| read_failure(&error, name))?;
        let found = match found {
            rusqlite::types::Value::Integer(number) => number.to_string(),
            rusqlite::types::Value::Text(text) => text,
            other => format!("{other:?}"),
        };
        if found != *value {
            return Err(StoreError::Schema(format!("SQLite's {name} is {found} and must be {value}")));
        }
    }
    Ok(())
}

fn prepare(connection: &mut Connection, now: i64, migrations: &[Migration]) -> Result<(), StoreError> {
    let transaction =
        connection.transaction_with_behavior(TransactionBehavior::Immediate).map_err(|error| read_failure(&error, "BEGIN"))?;
    migrate(&mut Tx::over(Link::Sqlite(&transaction)), migrations, now)?;
    transaction.commit().map_err(|error| read_lost_commit(&error))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_connection_that_would_lose_commits_is_refused() {
        let connection = Connection::open_in_memory().expect("memory");
        set(&connection, SETTINGS.iter()).expect("settings");
        for (setting, name) in
            [("synchronous = NORMAL", "synchronous"), ("foreign_keys = OFF", "foreign_keys"), ("busy_timeout = 4000", "busy_timeout")]
        {
            connection.execute_batch(&format!("PRAGMA {setting}")).expect("set");
            let refused = require(&connection, SETTINGS.iter()).expect_err(name);
            assert!(refused.to_string().contains(name), "{refused}");
            set(&connection, SETTINGS.iter()).expect("settings");
        }
    }

    #[test]
    fn memory_is_not_taken_for_a_file() {
        let connection = Connection::open_in_memory().expect("memory");
        let refused = set(&connection, [OF_A_FILE].iter()).expect_err("memory has no log");
        assert_eq!(refused, StoreError::Schema("SQLite's journal_mode is memory and must be wal".to_owned()));
    }

    #[test]
    fn a_statement_is_planned_once_for_all_its_values() {
        let connection = Connection::open_in_memory().expect("memory");
        set(&connection, SETTINGS.iter()).expect("settings");
        let table = "CREATE TABLE visits (id INTEGER, state TEXT, starts_at INTEGER);
            CREATE INDEX of_state ON visits (state, starts_at); CREATE INDEX booked ON visits (starts_at) WHERE state = 'booked'";
        connection.execute_batch(table).expect("a table");
        let sql = "SELECT id FROM visits WHERE state = ?1 AND starts_at > ?2 ORDER BY starts_at";
        let mut statement = connection.prepare(sql).expect("a statement");
        for at in 0..9 {
            let state = if at % 2 == 0 { "booked" } else { "completed" };
            assert_eq!(statement.query((state, at)).expect("asked").next().expect("answered").map(|_| ()), None);
        }
        assert_eq!(statement.get_status(rusqlite::StatementStatus::RePrepare), 0);
    }
}
