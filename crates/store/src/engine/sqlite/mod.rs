//! SQLite: one writer that gathers waiting acts into one commit, readers with connections of their own.

mod copying;
mod failure;
mod folding;
pub(super) mod high_water;
mod in_memory;
mod opening;
mod reading;
mod writing;

pub(super) use copying::{copy, place};
pub(super) use in_memory::InMemory;
pub(super) use opening::{open_file, open_memory};

use std::borrow::Cow;

use rusqlite::types::{ToSqlOutput, ValueRef};
use rusqlite::{CachedStatement, Connection, Statement, ToSql, TransactionState};

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
    gather(&mut *bound(connection, sql, params)?, &[], sql, map)
}

/// The answers to one question for each row of parameters.
pub(super) fn query_each<T>(
    connection: &Connection,
    sql: &str,
    keys: &[Vec<Value>],
    map: &mut dyn FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<Vec<T>>, StoreError> {
    let mut names = None;
    each(connection, sql, keys, |statement| {
        let names = names.get_or_insert_with(|| statement.column_names().map(str::to_owned).collect::<Vec<_>>());
        gather(statement, names, sql, map)
    })
}

fn gather<T>(
    statement: &mut Statement<'_>,
    names: &[String],
    sql: &str,
    map: &mut dyn FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let mut rows = statement.raw_query();
    let mut found = Vec::new();
    while let Some(row) = rows.next().map_err(|error| read_failure(&error, sql))? {
        found.push(map(&Row::of(Source::Sqlite(row, names), sql))?);
    }
    Ok(found)
}

/// Whether each row of parameters has changed something.
pub(super) fn update_each(connection: &Connection, sql: &str, rows: &[Vec<Value>]) -> Result<Vec<bool>, StoreError> {
    each(connection, sql, rows, |statement| Ok(statement.raw_execute().map_err(|error| read_failure(&error, sql))? > 0))
}

pub(super) fn execute(connection: &Connection, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
    let changed = bound(connection, sql, params)?.raw_execute().map_err(|error| read_failure(&error, sql))?;
    Ok(changed as u64)
}

pub(super) fn execute_many(connection: &Connection, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
    let changed = each(connection, sql, rows, |statement| statement.raw_execute().map_err(|error| read_failure(&error, sql)))?;
    Ok(changed.into_iter().sum::<usize>() as u64)
}

/// One statement, prepared once, for each row of parameters.
fn each<T>(
    connection: &Connection,
    sql: &str,
    rows: &[Vec<Value>],
    mut run: impl FnMut(&mut Statement<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let Some(first) = rows.first() else { return Ok(Vec::new()) };
    let (mut statement, numbers) = meant(connection, sql, first.len())?;
    let mut done = Vec::with_capacity(rows.len());
    for row in rows {
        if row.len() != first.len() {
            return Err(StoreError::Bug(format!("rows of different lengths on {}", table_of(sql))));
        }
        bind(&mut statement, &numbers, row).map_err(|error| read_failure(&error, sql))?;
        done.push(run(&mut statement)?);
    }
    Ok(done)
}

pub(super) fn batch(connection: &Connection, text: &str) -> Result<(), StoreError> {
    connection.execute_batch(text).map_err(|error| read_failure(&error, text))
}

pub(super) fn prepare<'a>(connection: &'a Connection, sql: &str) -> Result<CachedStatement<'a>, StoreError> {
    connection.prepare_cached(sql).map_err(|error| read_failure(&error, sql))
}

/// The value of a column, which stands at `expected` if columns are read in the order in which they are asked for.
/// Gives the place behind it.
pub(super) fn cell<'a>(row: &'a rusqlite::Row<'_>, names: &[String], column: &str, expected: usize) -> Result<(Cell<'a>, usize), Misfit> {
    let statement: &Statement<'_> = row.as_ref();
    let stands_at = |place: usize| match names {
        [] => place < statement.column_count() && statement.column_name(place).is_ok_and(|name| name == column),
        names => names.get(place).is_some_and(|name| name == column),
    };
    let place = if stands_at(expected) { Some(expected) } else { statement.column_index(column).ok() };
    let place = place.ok_or(Misfit("is not in the answer"))?;
    let value = row.get_ref(place).map_err(|_| Misfit("is not in the answer"))?;
    let cell = match value {
        ValueRef::Null => Cell::Null,
        ValueRef::Integer(number) => Cell::Int(number),
        ValueRef::Real(number) => Cell::Real(number),
        ValueRef::Text(text) => Cell::Text(str::from_utf8(text).map_err(|_| Misfit("is not UTF-8"))?),
        ValueRef::Blob(bytes) => Cell::Bytes(bytes),
    };
    Ok((cell, place + 1))
}

/// Acts begin their transaction as writers, looks do not. To ask costs less than to switch `query_only` on and off, after
/// which SQLite prepares every statement anew.
fn may_write(connection: &Connection, sql: &str) -> Result<bool, StoreError> {
    let state = connection.transaction_state::<&str>(None).map_err(|error| read_failure(&error, sql))?;
    Ok(state == TransactionState::Write)
}

fn bound<'a>(connection: &'a Connection, sql: &str, params: &[Value]) -> Result<CachedStatement<'a>, StoreError> {
    let (mut statement, numbers) = meant(connection, sql, params.len())?;
    bind(&mut statement, &numbers, params).map_err(|error| read_failure(&error, sql))?;
    Ok(statement)
}

fn bind(statement: &mut Statement<'_>, numbers: &[usize], params: &[Value]) -> rusqlite::Result<()> {
    numbers.iter().enumerate().try_for_each(|(place, number)| statement.raw_bind_parameter(place + 1, &params[number - 1]))
}

/// The statement, and which of so many values each of its places takes. SQLite numbers `$2` by where it first stands in the
/// text, PostgreSQL by its name; here the name counts.
fn meant<'a>(connection: &'a Connection, sql: &str, values: usize) -> Result<(CachedStatement<'a>, Vec<usize>), StoreError> {
    let statement = prepare(connection, sql)?;
    if !statement.readonly() && !may_write(connection, sql)? {
        return Err(StoreError::Bug(format!("a statement on {}: a read may not write", table_of(sql))));
    }
    let mut numbers = Vec::with_capacity(statement.parameter_count());
    for place in 1..=statement.parameter_count() {
        let name = statement.parameter_name(place);
        let number = name.and_then(|name| name.strip_prefix('$')).and_then(|digits| digits.parse::<usize>().ok());
        let Some(number) = number.filter(|number| *number > 0) else {
            return Err(StoreError::Bug(format!("a parameter on {} is not $1, $2, ...", table_of(sql))));
        };
        numbers.push(number);
    }
    let highest = numbers.iter().copied().max().unwrap_or(0);
    if highest != values {
        let counts = format!("expected {highest} parameters but got {values}");
        return Err(StoreError::Bug(format!("{counts} on {}", table_of(sql))));
    }
    Ok((statement, numbers))
}
