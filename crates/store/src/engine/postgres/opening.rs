//! Opening: checks what the promises rest on, makes the schema if it is missing, migrates it, starts the threads.

use std::rc::Rc;
use std::sync::Arc;
use std::thread;

use tokio::runtime::{Builder, Runtime};
use tokio::sync::{Mutex, broadcast, mpsc, oneshot, watch};

use super::super::error::StoreError;
use super::super::job::Queue;
use super::super::migrating::{Migration, migrate};
use super::super::place::Engine;
use super::super::tx::{Link, Tx};
use super::super::{Group, Inner, Listening, QUEUE, Threads, Touched};
use super::address::Address;
use super::batch;
use super::listening::Listener;
use super::session::{Own, Session};
use super::working::Worker;

/// An acknowledged act must survive a power cut, and every name of a patient must be writable.
const SETTINGS: [(&str, &[&str]); 3] =
    [("fsync", &["on"]), ("synchronous_commit", &["on", "local", "remote_write", "remote_apply"]), ("server_encoding", &["UTF8"])];

const SETTING: &str = "SELECT current_setting($1) AS value";

/// Nodes that start together migrate one after the other.
const LOCK: &str = "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))";

/// A message is written several times within an hour. With room beside it on its page that costs no index a new entry.
const ROOM: &str = "ALTER TABLE outbound SET (fillfactor = 50)";

const HAS_NO_ROOM: &str = "SELECT EXISTS (SELECT 1 FROM pg_class WHERE oid = to_regclass('outbound') AND reloptions IS NULL) AS has_none";

const IS_THERE: &str = "SELECT EXISTS (SELECT 1 FROM pg_namespace WHERE nspname = $1) AS is_there";

pub(crate) async fn open(
    address: Address,
    now: i64,
    migrations: &'static [Migration],
    updates: broadcast::Sender<Touched>,
    workers: usize,
) -> Result<Inner, StoreError> {
    let (address, own) = (Arc::new(address), Own::default());
    let place = Arc::clone(&address);
    start("store migrating", move |runtime, ready| {
        // whoever opens may have gone away
        drop(ready.send(prepare(&Rc::new(runtime), &place, now, migrations)));
    })
    .await?;

    let listening = watch::Sender::new(Listening::Wanted);
    let over = listening.subscribe();
    let listener = Listener { address: Arc::clone(&address), own: own.clone(), updates: updates.clone() };
    start("store listener", move |runtime, ready| runtime.block_on(listener.listen(over, ready))).await?;

    let (asked, queue) = mpsc::channel(QUEUE);
    let (writers, alive) = Group::new(workers);
    let queue = Arc::new(Mutex::new(queue));
    for _ in 0..workers {
        let (address, own, updates) = (Arc::clone(&address), own.clone(), updates.clone());
        let (queue, alive) = (Arc::clone(&queue), alive.clone());
        start("store worker", move |runtime, ready| {
            drop(ready.send(Ok(())));
            Worker::new(runtime, address, own, updates).serve(&queue);
            drop(alive);
        })
        .await?;
    }
    let threads = Threads { readers: Group::none(), writers, listening };
    Ok(Inner {
        engine: Engine::Postgres,
        file: None,
        reads: Queue::Threads(asked.clone()),
        writes: Queue::Threads(asked),
        updates,
        threads,
    })
}

type Ready = oneshot::Sender<Result<(), StoreError>>;

/// Starts a thread with a runtime of its own and waits until it says whether it is ready.
async fn start(name: &str, run: impl FnOnce(Runtime, Ready) + Send + 'static) -> Result<(), StoreError> {
    let (ready, opened) = oneshot::channel();
    let runtime = Builder::new_current_thread()
        .enable_all()
        .build()
        .map_err(|error| StoreError::not_done(format!("no runtime for the store: {}", error.kind())))?;
    thread::Builder::new()
        .name(name.to_owned())
        .spawn(move || run(runtime, ready))
        .map_err(|error| StoreError::not_done(format!("no thread for the store: {}", error.kind())))?;
    opened.await.unwrap_or_else(|_| Err(StoreError::Bug("a thread of the store ended while opening".to_owned())))
}

fn prepare(runtime: &Rc<Runtime>, address: &Address, now: i64, migrations: &[Migration]) -> Result<(), StoreError> {
    let mut session = Session::open(runtime, address, &Own::default())?;
    batch(&mut session, "BEGIN; SET LOCAL lock_timeout TO '10min'")?;
    let mut tx = Tx::over(Link::Postgres(&mut session));
    check(&mut tx)?;
    tx.query(LOCK, &[address.channel().into()], |_| Ok(()))?;
    let schema = &address.schema;
    if !tx.one(IS_THERE, &[schema.into()], |row| row.get("is_there"))? {
        tx.batch(&format!("CREATE SCHEMA \"{schema}\""))?;
    }
    migrate(&mut tx, migrations, now)?;
    if tx.one(HAS_NO_ROOM, &[], |row| row.get("has_none"))? {
        tx.batch(ROOM)?;
    }
    session.commit()
}

fn check(tx: &mut Tx<'_>) -> Result<(), StoreError> {
    for (name, allowed) in SETTINGS {
        let value: String = tx.one(SETTING, &[name.into()], |row| row.get("value"))?;
        if !allowed.contains(&value.as_str()) {
            return Err(StoreError::Schema(format!("PostgreSQL's {name} is {value} and must be {}", allowed.join(" or "))));
        }
    }
    Ok(())
}
