//! One row of an answer. What does not fit is told by table, column and id, so that a person can find it.

use std::str::FromStr;

use super::error::{StoreError, table_of};
use super::value::{Cell, FromValue};

/// A row, read by the names of its columns.
pub struct Row<'a> {
    pub(super) source: Source<'a>,
    pub(super) sql: &'a str,
}

pub(super) enum Source<'a> {
    Sqlite(&'a rusqlite::Row<'a>),
    Postgres(&'a tokio_postgres::Row),
}

impl Row<'_> {
    pub fn get<T: FromValue>(&self, column: &str) -> Result<T, StoreError> {
        T::from_cell(self.cell(column)?).map_err(|misfit| self.misfit(column, misfit.0))
    }

    /// A text column read by `FromStr`: states, addresses, phones.
    pub fn parse<T: FromStr>(&self, column: &str) -> Result<T, StoreError> {
        self.get::<String>(column)?.parse().map_err(|_| self.misfit(column, "cannot be read"))
    }

    pub fn parse_optional<T: FromStr>(&self, column: &str) -> Result<Option<T>, StoreError> {
        let text = self.get::<Option<String>>(column)?;
        text.map(|text| text.parse().map_err(|_| self.misfit(column, "cannot be read"))).transpose()
    }

    /// A text column that holds JSON.
    pub fn json<T: serde::de::DeserializeOwned>(&self, column: &str) -> Result<T, StoreError> {
        serde_json::from_str(&self.get::<String>(column)?).map_err(|_| self.misfit(column, "is not the JSON that was expected"))
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

    fn cell(&self, column: &str) -> Result<Cell<'_>, StoreError> {
        let cell = match self.source {
            Source::Sqlite(row) => super::sqlite::cell(row, column),
            Source::Postgres(row) => super::postgres::cell(row, column),
        };
        cell.map_err(|misfit| StoreError::Row {
            table: table_of(self.sql).to_owned(),
            column: column.to_owned(),
            id: "unknown".to_owned(),
            problem: misfit.0.to_owned(),
        })
    }
}
