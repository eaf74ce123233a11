//! What an act sees of the store: one transaction, the same on both engines.

use std::path::Path;

use super::error::{StoreError, table_of};
use super::postgres::Session;
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
    pub(super) failed: Option<StoreError>,
}

pub(super) enum Link<'a> {
    Sqlite(&'a rusqlite::Connection),
    Postgres(&'a mut Session),
}

impl<'a> Tx<'a> {
    pub(super) fn over(link: Link<'a>) -> Self {
        Self { link, touched: Vec::new(), failed: None }
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
        self.statement(|link| match link {
            Link::Sqlite(connection) => sqlite::execute(connection, sql, params),
            Link::Postgres(session) => postgres::execute(session, sql, params),
        })
    }

    /// Writes once for each row of parameters, on PostgreSQL without waiting in between; says how many rows were
    /// changed in all.
    pub fn execute_many(&mut self, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
        self.statement(|link| match link {
            Link::Sqlite(connection) => rows.iter().try_fold(0, |sum, row| Ok(sum + sqlite::execute(connection, sql, row)?)),
            Link::Postgres(session) => postgres::execute_many(session, sql, rows),
        })
    }

    /// Says that what is shown under `topic` (a patient's id, a day of the journal) has changed. Told to those who
    /// subscribed only after the commit; never after a rollback. A topic carries ids, never words.
    pub fn touch(&mut self, topic: impl Into<String>) {
        let topic = topic.into();
        if !self.touched.contains(&topic) {
            self.touched.push(topic);
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
