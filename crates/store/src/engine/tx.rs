//! What an act sees of the store: one transaction, the same on both engines.

use std::borrow::Cow;
use std::collections::HashSet;
use std::path::Path;
use std::rc::Rc;

use super::error::{StoreError, table_of};
use super::postgres::Session;
use super::remembering::{Forget, Remembered};
use super::row::Row;
use super::value::Value;
use super::{postgres, sqlite};

/// One open transaction.
///
/// After a statement has failed, the transaction takes no further one and nothing of the act is kept, even if the
/// act itself returns `Ok`: PostgreSQL works like this, so SQLite does too. Where a conflict is expected, say
/// `ON CONFLICT DO NOTHING` and count the rows.
pub struct Tx<'a> {
    pub(super) link: Link<'a>,
    pub(super) touched: Vec<String>,
    /// The same as `touched`, to find them.
    told: HashSet<Cow<'static, str>>,
    pub(super) failed: Option<StoreError>,
    remembered: Remembered,
    wrote: bool,
}

/// How many rows a write is meant to change.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Rows {
    Any,
    /// The one over whose version it is written; otherwise somebody else was faster.
    OneVersion,
}

pub(super) enum Link<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut Session),
}

impl<'a> Tx<'a> {
    pub(super) fn over(link: Link<'a>) -> Self {
        Self { link, touched: Vec::new(), told: HashSet::new(), failed: None, remembered: Remembered::default(), wrote: false }
    }

    /// All rows of the answer, in its order.
    pub fn query<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::query(connection, sql, params, &mut map),
            Link::Postgres(session) => postgres::query(session, sql, params, &mut map),
        })
    }

    /// The answers to one question for each row of parameters; on PostgreSQL they come in one go.
    pub fn query_each<T>(
        &mut self,
        sql: &str,
        keys: &[Vec<Value>],
        mut map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<Vec<T>>, StoreError> {
        if keys.is_empty() {
            return Ok(Vec::new());
        }
        self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::query_each(connection, sql, keys, &mut map),
            Link::Postgres(session) => postgres::query_each(session, sql, keys, &mut map),
        })
    }

    /// Like [`Tx::query`]. Asked again in the same transaction, it is answered from memory.
    pub fn recall<T: Clone + 'static>(
        &mut self,
        sql: &'static str,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Vec<T>, StoreError> {
        Ok(self.remember(sql, params, map)?.to_vec())
    }

    /// The one row of a remembered answer, or none.
    pub fn recall_one<T: Clone + 'static>(
        &mut self,
        sql: &'static str,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        Ok(self.remember(sql, params, map)?.last().cloned())
    }

    fn remember<T: 'static>(
        &mut self,
        sql: &'static str,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Rc<Vec<T>>, StoreError> {
        if let Some(known) = self.remembered.recall(sql, params) {
            return Ok(known);
        }
        let rows = Rc::new(self.query(sql, params, map)?);
        self.remembered.keep(sql, params, Rc::clone(&rows));
        Ok(rows)
    }

    /// What follows from the answers to a question, thought out once in a transaction until its table is written.
    /// `about`: what tells this thought from others over the same question.
    pub fn infer<T: 'static, E>(
        &mut self,
        from: &'static str,
        about: &[Value],
        think: impl FnOnce(&mut Self) -> Result<T, E>,
    ) -> Result<Rc<T>, E> {
        if let Some(known) = self.remembered.inferred(from, about) {
            return Ok(known);
        }
        let thought = Rc::new(think(self)?);
        self.remembered.infer(from, about, Rc::clone(&thought));
        Ok(thought)
    }

    /// Asks at once what [`Tx::recall`] will be asked one by one.
    pub fn foresee<T: 'static>(
        &mut self,
        sql: &'static str,
        keys: impl IntoIterator<Item = Vec<Value>>,
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<(), StoreError> {
        let keys: Vec<Vec<Value>> = keys.into_iter().filter(|key| !self.remembered.knows(sql, key)).collect();
        for (key, rows) in keys.iter().zip(self.query_each(sql, &keys, map)?) {
            self.remembered.keep(sql, key, Rc::new(rows));
        }
        Ok(())
    }

    /// The one row of the answer, or none. More than one is a fault of the program.
    pub fn optional<T>(
        &mut self,
        sql: &str,
        params: &[Value],
        map: impl FnMut(&Row<'_>) -> Result<T, StoreError>,
    ) -> Result<Option<T>, StoreError> {
        let mut rows = self.query(sql, params, map)?;
        if rows.len() > 1 {
            return Err(StoreError::Bug(format!("{} rows of {} where one was meant", rows.len(), table_of(sql))));
        }
        Ok(rows.pop())
    }

    /// The one row of an answer that always has one: a count, a `RETURNING`.
    pub fn one<T>(&mut self, sql: &str, params: &[Value], map: impl FnMut(&Row<'_>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        self.optional(sql, params, map)?.ok_or_else(|| StoreError::Bug(format!("no row of {} where one was meant", table_of(sql))))
    }

    /// Writes; says how many rows were changed.
    pub fn execute(&mut self, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
        let changed = self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::execute(connection, sql, params),
            Link::Postgres(session) => postgres::execute(session, sql, params),
        })?;
        self.has_written(sql, changed);
        Ok(changed)
    }

    /// Writes once for each row of parameters, on PostgreSQL in one go; says how many rows were changed in all. No two
    /// rows of parameters may change the same row.
    pub fn execute_many(&mut self, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
        let changed = self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::execute_many(connection, sql, rows),
            Link::Postgres(session) => postgres::execute_many(session, sql, rows),
        })?;
        self.has_written(sql, changed);
        Ok(changed)
    }

    /// Updates once for each row of parameters, like [`Tx::execute_many`]; says for each whether it changed a row.
    pub fn update_each(&mut self, sql: &str, rows: &[Vec<Value>]) -> Result<Vec<bool>, StoreError> {
        let changed: Vec<bool> = self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::update_each(connection, sql, rows),
            Link::Postgres(session) => postgres::update_each(session, sql, rows),
        })?;
        self.has_written(sql, changed.iter().map(|changed| u64::from(*changed)).sum());
        Ok(changed)
    }

    /// Writes without waiting for the answer: PostgreSQL gives it with the next question, or before the commit. Of what
    /// the act remembers, only `forgets` can have changed by it.
    pub fn put(&mut self, sql: &'static str, params: Vec<Value>, rows: Rows, forgets: &[Forget<'_>]) -> Result<(), StoreError> {
        self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::execute(connection, sql, &params).and_then(|changed| rows.check(sql, changed)),
            Link::Postgres(session) => postgres::put(session, sql, params, rows),
        })?;
        self.wrote = true;
        for answers in forgets {
            self.remembered.forget(*answers);
        }
        Ok(())
    }

    /// Whether the act has changed anything so far.
    pub fn wrote(&self) -> bool {
        self.wrote
    }

    /// Waits until everything that was put is there.
    pub(super) fn settle(&mut self) {
        if self.failed.is_none() {
            // a failure stays in `failed`
            drop(self.statement(|link| match link {
                Link::Sqlite(_) => Ok(()),
                Link::Postgres(session) => session.settle(),
            }));
        }
    }

    fn has_written(&mut self, sql: &str, changed: u64) {
        self.remembered.forget_table(table_of(sql));
        self.wrote |= changed > 0;
    }

    /// Says that what is shown under `topic` (a patient's id, a day of the journal) has changed. Told to those who
    /// subscribed only after the commit; never after a rollback. A topic carries ids, never words.
    pub fn touch(&mut self, topic: impl Into<Cow<'static, str>>) {
        let topic = topic.into();
        if !self.told.contains(&topic) {
            self.touched.push(topic.clone().into_owned());
            self.told.insert(topic);
        }
    }

    /// What the database's own clock shows, in milliseconds since 1970; nothing for a file, which has none.
    pub fn clock(&mut self) -> Result<Option<i64>, StoreError> {
        let shown = self.statement(|link| match link {
            Link::Sqlite(_) => Ok(None),
            Link::Postgres(session) => postgres::clock(session).map(Some),
        })?;
        Ok(shown.map(crate::sown::hurried))
    }

    /// Where this database stands: another place for every copy, whatever is in it. For a file its number on the disk and
    /// its birth; for a schema the server, its line of time and the number of a table.
    pub fn place(&mut self) -> Result<String, StoreError> {
        self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::place(connection),
            Link::Postgres(session) => postgres::stands_at(session),
        })
    }

    /// Several statements without parameters: migrations.
    pub(super) fn batch(&mut self, text: &str) -> Result<(), StoreError> {
        self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::batch(connection, text),
            Link::Postgres(session) => postgres::batch(session, text),
        })
    }

    /// Everything as this transaction sees it, as a SQLite file of its own.
    pub(super) fn copy_to(&mut self, path: &Path) -> Result<(), StoreError> {
        self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::copy(connection, path),
            Link::Postgres(_) => Err(StoreError::Schema("a schema of PostgreSQL is copied by the tools of PostgreSQL".to_owned())),
        })
    }

    /// Asks the engine whether it understands the statement, without running it.
    #[cfg(any(test, feature = "trial"))]
    pub fn prepare(&mut self, sql: &str) -> Result<(), StoreError> {
        self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::prepare(connection, sql).map(drop),
            Link::Postgres(session) => postgres::prepare(session, sql).map(drop),
        })
    }

    /// Asks PostgreSQL whether it understands the statement as it is put for many rows at once.
    #[cfg(test)]
    pub(super) fn prepare_for_many(&mut self, sql: &str) -> Result<(), StoreError> {
        self.statement(|link| match link {
            Link::Sqlite(_) => Ok(()),
            Link::Postgres(session) => postgres::prepare_for_many(session, sql),
        })
    }

    fn statement<T>(&mut self, run: impl FnOnce(&mut Link<'a>) -> Result<T, StoreError>) -> Result<T, StoreError> {
        if self.failed.is_some() {
            return Err(StoreError::Bug("the act went on after one of its statements had failed".to_owned()));
        }
        run(&mut self.link).inspect_err(|error| match error {
            // the statement itself went well
            StoreError::Row { .. } => {}
            StoreError::Conflict { .. }
            | StoreError::Busy { .. }
            | StoreError::Unavailable { .. }
            | StoreError::Full
            | StoreError::Schema(_)
            | StoreError::Bug(_) => self.failed = Some(error.clone()),
        })
    }
}

impl Rows {
    /// Whether a write has changed what it was meant to.
    pub(super) fn check(self, sql: &str, changed: u64) -> Result<(), StoreError> {
        match self {
            Self::OneVersion if changed != 1 => Err(StoreError::Conflict { on: format!("{}.version", table_of(sql)) }),
            Self::Any | Self::OneVersion => Ok(()),
        }
    }
}
