//! One connection, bound to the schema of its organisation, with its prepared statements.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::join_all;
use tokio::runtime::Runtime;
use tokio_postgres::{Client, Error, SimpleQueryMessage, Statement};

use super::super::error::StoreError;
use super::super::value::Value;
use super::address::Address;
use super::failure::{read_failure, read_lost_commit};

/// More statements than the program has; composed ones beyond it start anew.
const STATEMENTS: usize = 1_024;

/// Written as a comment, because SQLite does not know the words; its one writer does not need them.
const SKIP: &str = "/* FOR UPDATE SKIP LOCKED */";

const NOTIFY: &str = "SELECT pg_notify($1, $2)";

/// The server's numbers of this node's own connections: what they touch is told here without the way around.
#[derive(Clone, Default)]
pub(super) struct Own(Arc<Mutex<HashSet<i32>>>);

impl Own {
    pub(super) fn has(&self, backend: i32) -> bool {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).contains(&backend)
    }
}

pub(crate) struct Session {
    pub(super) client: Client,
    runtime: Rc<Runtime>,
    statements: HashMap<String, Statement>,
    backend: i32,
    own: Own,
}

impl Session {
    pub(super) fn open(runtime: &Rc<Runtime>, address: &Address, own: &Own) -> Result<Self, StoreError> {
        let set = format!(
            "SET search_path TO \"{}\";
            SET TimeZone TO 'UTC';
            SET lock_timeout TO '10s';
            SET client_min_messages TO warning;
            SELECT pg_backend_pid()",
            address.schema
        );
        runtime.block_on(async {
            let (client, _) = address.connect(|_| {}).await?;
            let answer = client.simple_query(&set).await.map_err(|error| read_failure(&error, "SET"))?;
            let backend = answer.iter().find_map(|message| match message {
                SimpleQueryMessage::Row(row) => row.get(0)?.parse().ok(),
                _ => None,
            });
            let backend = backend.ok_or_else(|| StoreError::not_done("PostgreSQL did not say which connection this is"))?;
            own.0.lock().unwrap_or_else(PoisonError::into_inner).insert(backend);
            Ok(Self { client, runtime: Rc::clone(runtime), statements: HashMap::new(), backend, own: own.clone() })
        })
    }

    pub(super) fn wait<T>(&self, what: impl Future<Output = T>) -> T {
        self.runtime.block_on(what)
    }

    pub(super) fn prepare(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(known) = self.statements.get(sql) {
            return Ok(known.clone());
        }
        let text = sql.replace(SKIP, "FOR UPDATE SKIP LOCKED");
        let statement = self.wait(self.client.prepare(&text))?;
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    pub(super) fn commit(&mut self) -> Result<(), StoreError> {
        self.wait(self.client.batch_execute("COMMIT")).map_err(|error| read_lost_commit(&error))
    }

    /// Tells the other nodes what a committed act has touched.
    ///
    /// Not inside the act's transaction: there a NOTIFY makes every commit of the database wait for the one before it,
    /// disk and all (350 writes a second with eight workers, 1,000 to 1,500 like this). Should this node die in
    /// between, the others' screens are late, not wrong.
    pub(super) fn tell(&mut self, channel: &str, touched: &[String]) -> Result<(), StoreError> {
        let notify = self.prepare(NOTIFY).map_err(|error| read_failure(&error, NOTIFY))?;
        let notes: Vec<[Value; 2]> = touched.iter().map(|topic| [channel.into(), topic.into()]).collect();
        let told = self.wait(join_all(notes.iter().map(|note| self.client.execute_raw(&notify, note))));
        told.into_iter().try_for_each(|note| note.map(drop)).map_err(|error| read_failure(&error, NOTIFY))
    }
}

impl Drop for Session {
    fn drop(&mut self) {
        self.own.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.backend);
    }
}
