//! One row of an answer. What does not fit is told by table, column and id, so that a person can find it.

use std::cell::Cell as Cursor;
use std::str::FromStr;

use super::error::{StoreError, table_of};
use super::value::{Cell, FromValue};

/// A row, read by the names of its columns.
pub struct Row<'a> {
    source: Source<'a>,
    sql: &'a str,
    /// Where the next column is looked for first: most are read in their order.
    next: Cursor<usize>,
}

pub(super) enum Source<'a> {
    /// With the names of its columns, where they are read once for many rows.
    Sqlite(&'a rusqlite::Row<'a>, &'a [String]),
    Postgres(&'a tokio_postgres::Row),
}

impl<'a> Row<'a> {
    pub(super) fn of(source: Source<'a>, sql: &'a str) -> Self {
        Self { source, sql, next: Cursor::new(0) }
    }

    pub fn get<T: FromValue>(&self, column: &str) -> Result<T, StoreError> {
        T::from_cell(self.cell(column)?).map_err(|misfit| self.misfit(column, misfit.0))
    }

    /// A text column read by `FromStr`: states, addresses, phones.
    pub fn parse<T: FromStr>(&self, column: &str) -> Result<T, StoreError> {
        self.needed(column)?.parse().map_err(|_| self.misfit(column, "cannot be read"))
    }

    pub fn parse_optional<T: FromStr>(&self, column: &str) -> Result<Option<T>, StoreError> {
        self.text(column)?.map(|text| text.parse().map_err(|_| self.misfit(column, "cannot be read"))).transpose()
    }

    /// A text column that holds JSON.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        serde_json::from_str(self.needed(column)?).map_err(|_| self.misfit(column, "is not the JSON that was expected"))
    }

    /// The error for a value that the domain does not take, naming this row.
    pub fn misfit(&self, column: &str, problem: &str) -> StoreError {
        let id = match self.cell("id") {
            Ok(Cell::Text(id)) => id.to_owned(),
            Ok(Cell::Int(id)) => id.to_string(),
            Ok(Cell::Null | Cell::Bool(_) | Cell::Real(_) | Cell::Bytes(_)) | Err(_) => "unknown".to_owned(),
        };
        StoreError::Row { table: table_of(self.sql).to_owned(), column: column.to_owned(), id, problem: problem.to_owned() }
    }

    fn needed(&self, column: &str) -> Result<&str, StoreError> {
        self.text(column)?.ok_or_else(|| self.misfit(column, "is NULL, not text"))
    }

    pub(crate) fn text(&self, column: &str) -> Result<Option<&str>, StoreError> {
        match self.cell(column)? {
            Cell::Text(text) => Ok(Some(text)),
            Cell::Null => Ok(None),
            other => Err(self.misfit(column, String::from_cell(other).err().map_or("is not text", |misfit| misfit.0))),
        }
    }

    fn cell(&self, column: &str) -> Result<Cell<'_>, StoreError> {
        let found = match self.source {
            Source::Sqlite(row, names) => super::sqlite::cell(row, names, column, self.next.get()),
            Source::Postgres(row) => super::postgres::cell(row, column, self.next.get()),
        };
        let found = found.map(|(cell, behind)| {
            self.next.set(behind);
            cell
        });
        found.map_err(|misfit| StoreError::Row {
            table: table_of(self.sql).to_owned(),
            column: column.to_owned(),
            id: "unknown".to_owned(),
            problem: misfit.0.to_owned(),
        })
    }
}
