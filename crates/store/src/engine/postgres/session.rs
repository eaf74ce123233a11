//! One connection, bound to the schema of its organisation, with its prepared statements.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::future::{join, join_all, join3};
use tokio::runtime::Runtime;
use tokio_postgres::types::{ToSql, Type};
use tokio_postgres::{Client, Error, SimpleQueryMessage, Statement};

use super::super::error::StoreError;
use super::super::tx::Rows;
use super::super::value::Value;
use super::address::Address;
use super::failure::{read_failure, read_lost_commit};

/// More statements than the program has; composed ones beyond it start anew.
const STATEMENTS: usize = 1_024;

/// Written as a comment, because SQLite does not know the words; its one writer does not need them.
const SKIP: [(&str, &str); 2] = [("/* FOR UPDATE", "FOR UPDATE"), ("SKIP LOCKED */", "SKIP LOCKED")];

const NOTIFY: &str = "SELECT pg_notify($1, note) FROM unnest(CAST($2 AS TEXT[])) AS note";

/// What is told is on no disk anyway: to wait for one would only hold up this connection.
const TELL: &str = "BEGIN; SET LOCAL synchronous_commit TO off";

/// Statements are planned while the tables are still small, and keep their plan. Each has its index: PostgreSQL is not to
/// bet on a table staying as small as it was found.
const WAYS: &str = "SET enable_seqscan TO off; SET enable_hashjoin TO off; SET enable_mergejoin TO off; SET jit TO off";

/// A note of PostgreSQL holds less than 8,000 bytes.
const NOTE: usize = 7_900;

/// So many writes may stand between two questions.
const PUT: usize = 500;

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
    /// By the statement for one row; none where it cannot be said for many.
    for_many: HashMap<String, Option<Statement>>,
    put: Vec<Put>,
    backend: i32,
    own: Own,
}

/// A write that goes out together with the next question.
pub(super) struct Put {
    pub(super) statement: Statement,
    pub(super) sql: &'static str,
    pub(super) params: Vec<Value>,
    pub(super) rows: Rows,
}

impl Session {
    pub(super) fn open(runtime: &Rc<Runtime>, address: &Address, own: &Own) -> Result<Self, StoreError> {
        let set = format!(
            "SET search_path TO \"{}\";
            SET TimeZone TO 'UTC';
            SET lock_timeout TO '10s';
            {WAYS};
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
            Ok(Self {
                client,
                runtime: Rc::clone(runtime),
                statements: HashMap::new(),
                for_many: HashMap::new(),
                put: Vec::new(),
                backend,
                own: own.clone(),
            })
        })
    }

    pub(super) fn wait<T>(&self, what: impl Future<Output = T>) -> T {
        self.runtime.block_on(what)
    }

    pub(super) fn prepare(&mut self, sql: &str) -> Result<Statement, Error> {
        if let Some(known) = self.statements.get(sql) {
            return Ok(known.clone());
        }
        let statement = self.wait(self.client.prepare(&skipping(sql)))?;
        if self.statements.len() >= STATEMENTS {
            self.statements.clear();
        }
        self.statements.insert(sql.to_owned(), statement.clone());
        Ok(statement)
    }

    /// The statement for many rows that `say` makes of the one for one row.
    pub(super) fn prepare_many(&mut self, sql: &str, say: fn(&str, &[Type]) -> Option<String>) -> Result<Option<Statement>, Error> {
        if let Some(known) = self.for_many.get(sql) {
            return Ok(known.clone());
        }
        let one = self.prepare(sql)?;
        let many = say(sql, one.params()).map(|text| self.wait(self.client.prepare(&skipping(&text)))).transpose()?;
        if self.for_many.len() >= STATEMENTS {
            self.for_many.clear();
        }
        self.for_many.insert(sql.to_owned(), many.clone());
        Ok(many)
    }

    pub(super) fn put(&mut self, put: Put) {
        self.put.push(put);
    }

    pub(super) fn is_full(&self) -> bool {
        self.put.len() >= PUT
    }

    /// Sends what was put and then the question, and waits for all answers at once.
    pub(super) fn behind_what_was_put<'a, T, F>(&'a mut self, ask: impl FnOnce(&'a Client) -> F) -> Result<T, StoreError>
    where
        F: Future<Output = T>,
    {
        let put = std::mem::take(&mut self.put);
        let writes = join_all(put.iter().map(|put| self.client.execute_raw(&put.statement, &put.params)));
        // polled in this order, so sent in this order
        let (written, answer) = self.runtime.block_on(join(writes, ask(&self.client)));
        // the first that failed is the cause; those behind it only say that the transaction is over
        for (put, changed) in put.iter().zip(written) {
            put.rows.check(put.sql, changed.map_err(|error| read_failure(&error, put.sql))?)?;
        }
        Ok(answer)
    }

    /// Waits until everything that was put is there.
    pub(in super::super) fn settle(&mut self) -> Result<(), StoreError> {
        if self.put.is_empty() {
            return Ok(());
        }
        self.behind_what_was_put(|_| std::future::ready(()))
    }

    /// What was put and has not gone out never goes.
    pub(super) fn roll_back(&mut self) -> Result<(), StoreError> {
        self.put.clear();
        self.wait(self.client.batch_execute("ROLLBACK")).map_err(|error| read_failure(&error, "ROLLBACK"))
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
        let notes = notes(touched);
        let params: [&(dyn ToSql + Sync); 2] = [&channel, &notes];
        let (opening, notifying, closing) =
            (self.client.batch_execute(TELL), self.client.execute(&notify, &params), self.client.batch_execute("COMMIT"));
        // polled in this order, so sent in this order
        let (begun, told, ended) = self.wait(join3(opening, notifying, closing));
        begun.and(told.map(drop)).and(ended).map_err(|error| read_failure(&error, NOTIFY))
    }
}

fn skipping(sql: &str) -> String {
    SKIP.iter().fold(sql.to_owned(), |text, (comment, words)| text.replace(comment, words))
}

/// Topics carry no white space: as many as fit stand on one note.
fn notes(touched: &[String]) -> Vec<String> {
    let mut notes: Vec<String> = Vec::new();
    for topic in touched {
        match notes.last_mut() {
            Some(note) if note.len() + topic.len() < NOTE => {
                note.push('\n');
                note.push_str(topic);
            }
            _ => notes.push(topic.clone()),
        }
    }
    notes
}

impl Drop for Session {
    fn drop(&mut self) {
        self.own.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.backend);
    }
}
