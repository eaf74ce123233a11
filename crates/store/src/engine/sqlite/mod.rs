//! SQLite: one writer that gathers waiting acts into one commit, readers with connections of their own.

mod copying;
mod failure;
mod opening;
mod reading;
mod writing;

pub(super) use copying::copy;
pub(super) use opening::{open_file, open_memory};

use std::borrow::Cow;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, ToSql, TransactionState};

use super::error::{StoreError, table_of};
use super::row::{Row, Source};
use super::value::{Cell, Misfit, Value, storable};
use failure::read_failure;

impl ToSql for Value {
    fn to_sql(&self) -> rusqlite::Result<ToSqlOutput<'_>> {
        Ok(match self {
            Self::Null => ToSqlOutput::Borrowed(ValueRef::Null),
            Self::Bool(value) => ToSqlOutput::Borrowed(ValueRef::Integer((*value).into())),
            Self::Int(value) => ToSqlOutput::Borrowed(ValueRef::Integer(*value)),
            Self::Real(value) => ToSqlOutput::Borrowed(ValueRef::Real(*value)),
            Self::Text(value) => match storable(value) {
                Cow::Borrowed(text) => ToSqlOutput::Borrowed(ValueRef::Text(text.as_bytes())),
                Cow::Owned(text) => ToSqlOutput::Owned(text.into()),
            },
            Self::Bytes(value) => ToSqlOutput::Borrowed(ValueRef::Blob(value)),
        })
    }
}

pub(super) fn query<T>(
    connection: &Connection,
    sql: &str,
    params: &[Value],
    map: &mut dyn FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut statement = bound(connection, sql, params)?;
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(|error| read_failure(&error, sql))? {
        found.push(map(&Row { source: Source::Sqlite(row), sql })?);
    }
    Ok(found)
}

pub(super) fn execute(connection: &Connection, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
    let changed = bound(connection, sql, params)?.raw_execute().map_err(|error| read_failure(&error, sql))?;
    Ok(changed as u64)
}

pub(super) fn batch(connection: &Connection, text: &str) -> Result<(), StoreError> {
    connection.execute_batch(text).map_err(|error| read_failure(&error, text))
}

pub(super) fn prepare<'a>(connection: &'a Connection, sql: &str) -> Result<CachedStatement<'a>, StoreError> {
    connection.prepare_cached(sql).map_err(|error| read_failure(&error, sql))
}

pub(super) fn cell<'a>(row: &'a rusqlite::Row<'_>, column: &str) -> Result<Cell<'a>, Misfit> {
    let value = row.get_ref(column).map_err(|_| Misfit("is not in the answer"))?;
    Ok(match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(text) => Cell::Text(str::from_utf8(text).map_err(|_| Misfit("is not UTF-8"))?),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes),
    })
}

/// Acts begin their transaction as writers, looks do not. To ask costs less than to switch `query_only` on and off, after
/// which SQLite prepares every statement anew.
fn may_write(connection: &Connection, sql: &str) -> Result<bool, StoreError> {
    let state = connection.transaction_state::<&str>(None).map_err(|error| read_failure(&error, sql))?;
    Ok(state == TransactionState::Write)
}

/// SQLite numbers `$2` by where it first stands in the text, PostgreSQL by its name; here the name counts.
fn bound<'a>(connection: &'a Connection, sql: &str, params: &[Value]) -> Result<CachedStatement<'a>, StoreError> {
    let mut statement = prepare(connection, sql)?;
    if !statement.readonly() && !may_write(connection, sql)? {
        return Err(StoreError::Bug(format!("a statement on {}: a read may not write", table_of(sql))));
    }
    let mut highest = 0;
    for place in 1..=statement.parameter_count() {
        let name = statement.parameter_name(place);
        let number = name.and_then(|name| name.strip_prefix('$')).and_then(|digits| digits.parse::<usize>().ok());
        let Some(number) = number.filter(|number| *number > 0) else {
            return Err(StoreError::Bug(format!("a parameter on {} is not $1, $2, ...", table_of(sql))));
        };
        highest = highest.max(number);
        if let Some(param) = params.get(number - 1) {
            statement.raw_bind_parameter(place, param).map_err(|error| read_failure(&error, sql))?;
        }
    }
    if highest != params.len() {
        let counts = format!("expected {highest} parameters but got {}", params.len());
        return Err(StoreError::Bug(format!("{counts} on {}", table_of(sql))));
    }
    Ok(statement)
}
