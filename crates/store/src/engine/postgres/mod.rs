//! PostgreSQL: several workers, each with a connection and a runtime of its own, so that a statement and its answer
//! never change threads.

mod address;
mod failure;
mod listening;
mod many;
mod opening;
mod session;
mod working;

pub(super) use address::Address;
pub(super) use opening::open;
pub(super) use session::Session;

use std::error::Error;

use bytes::BytesMut;
use futures_util::future::join_all;
use tokio_postgres::Statement;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type, to_sql_checked};

use super::error::StoreError;
use super::row::{Row, Source};
use super::tx::Rows;
use super::value::{Cell, Misfit, Value, storable};
use failure::read_failure;
use session::Put;

/// Not the transaction's time: that of this moment.
const CLOCK: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS shows";

/// A dump that is played back makes its tables anew; a server that is set back to an hour, or whose standby takes over, goes
/// on along another line of time.
const PLACE: &str = "SELECT CAST(system_identifier AS TEXT) || '/' || CAST(CAST('outbound' AS REGCLASS) AS OID) || '/'
    || substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS place FROM pg_control_system()";

/// How many rows go out before their answers are awaited: enough to hide the way, little enough for memory.
const PIPELINE: usize = 500;

/// From so many rows on they go as one statement.
const MANY: usize = 3;

impl ToSql for Value {
    fn to_sql(&self, wanted: &Type, out: &mut BytesMut) -> Result<IsNull, Box<dyn Error + Sync + Send>> {
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Bool(value) if *wanted == Type::BOOL => value.to_sql(wanted, out),
            Self::Int(value) if *wanted == Type::INT8 => value.to_sql(wanted, out),
            Self::Int(value) if *wanted == Type::INT4 => i32::try_from(*value)?.to_sql(wanted, out),
            Self::Int(value) if *wanted == Type::INT2 => i16::try_from(*value)?.to_sql(wanted, out),
            Self::Real(value) if *wanted == Type::FLOAT8 => value.to_sql(wanted, out),
            Self::Text(value) if is_text(wanted) => storable(value).to_sql(wanted, out),
            Self::Bytes(value) if *wanted == Type::BYTEA => value.to_sql(wanted, out),
            Self::Bool(_) | Self::Int(_) | Self::Real(_) | Self::Text(_) | Self::Bytes(_) => {
                Err(format!("the statement takes {wanted}, it was given {}", self.kind()).into())
            }
        }
    }

    /// What fits depends on the value; `to_sql` says it better.
    fn accepts(_: &Type) -> bool {
        true
    }

    to_sql_checked!();
}

fn is_text(kind: &Type) -> bool {
    [Type::TEXT, Type::VARCHAR, Type::BPCHAR, Type::NAME, Type::UNKNOWN].contains(kind)
}

pub(super) fn query<T>(
    session: &mut Session,
    sql: &str,
    params: &[Value],
    map: &mut dyn FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<T>, StoreError> {
    let statement = prepare(session, sql)?;
    let params: Vec<&(dyn ToSql + Sync)> = params.iter().map(|param| param as _).collect();
    let answer = session.behind_what_was_put(|client| client.query(&statement, &params))?;
    let rows = answer.map_err(|error| read_failure(&error, sql))?;
    rows.iter().map(|row| map(&Row::of(Source::Postgres(row), sql))).collect()
}

pub(super) fn query_each<T>(
    session: &mut Session,
    sql: &str,
    keys: &[Vec<Value>],
    map: &mut dyn FnMut(&Row<'_>) -> Result<T, StoreError>,
) -> Result<Vec<Vec<T>>, StoreError> {
    let Some(statement) = prepare_many(session, sql, many::question)? else {
        return keys.iter().map(|key| query(session, sql, key, map)).collect();
    };
    let rows = ask(session, sql, &statement, keys)?;
    let mut answers: Vec<Vec<T>> = keys.iter().map(|_| Vec::new()).collect();
    for row in &rows {
        answers[place(row)].push(map(&Row::of(Source::Postgres(row), sql))?);
    }
    Ok(answers)
}

pub(super) fn execute(session: &mut Session, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
    let statement = prepare(session, sql)?;
    let answer = session.behind_what_was_put(|client| client.execute_raw(&statement, params))?;
    answer.map_err(|error| read_failure(&error, sql))
}

pub(super) fn put(session: &mut Session, sql: &'static str, params: Vec<Value>, rows: Rows) -> Result<(), StoreError> {
    let statement = prepare(session, sql)?;
    session.put(Put { statement, sql, params, rows });
    if session.is_full() { session.settle() } else { Ok(()) }
}

pub(super) fn execute_many(session: &mut Session, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
    if rows.len() >= MANY
        && let Some(statement) = prepare_many(session, sql, many::write)?
    {
        let columns = columns(rows);
        let answer = session.behind_what_was_put(|client| client.execute_raw(&statement, &columns))?;
        return answer.map_err(|error| read_failure(&error, sql));
    }
    let statement = prepare(session, sql)?;
    session.settle()?;
    let mut changed = 0;
    for part in rows.chunks(PIPELINE) {
        let sent = part.iter().map(|row| session.client.execute_raw(&statement, row));
        for answer in session.wait(join_all(sent)) {
            // the first that failed is the cause; those behind it only say that the transaction is over
            changed += answer.map_err(|error| read_failure(&error, sql))?;
        }
    }
    Ok(changed)
}

pub(super) fn clock(session: &mut Session) -> Result<i64, StoreError> {
    let shows = query(session, CLOCK, &[], &mut |row| row.get("shows"))?;
    shows.first().copied().ok_or_else(|| StoreError::Bug("PostgreSQL has no clock".to_owned()))
}

pub(super) fn update_each(session: &mut Session, sql: &str, rows: &[Vec<Value>]) -> Result<Vec<bool>, StoreError> {
    let mut changed = vec![false; rows.len()];
    match prepare_many(session, sql, many::update)? {
        Some(statement) if rows.len() >= MANY => {
            for row in ask(session, sql, &statement, rows)? {
                changed[place(&row)] = true;
            }
        }
        Some(_) | None => {
            for (row, changed) in rows.iter().zip(&mut changed) {
                *changed = execute(session, sql, row)? > 0;
            }
        }
    }
    Ok(changed)
}

/// A statement for many rows of parameters, given as columns.
fn ask(session: &mut Session, sql: &str, statement: &Statement, rows: &[Vec<Value>]) -> Result<Vec<tokio_postgres::Row>, StoreError> {
    let columns = columns(rows);
    let params: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|column| column as _).collect();
    let answer = session.behind_what_was_put(|client| client.query(statement, &params))?;
    answer.map_err(|error| read_failure(&error, sql))
}

fn columns(rows: &[Vec<Value>]) -> Vec<Vec<&Value>> {
    let width = rows.first().map_or(0, Vec::len);
    (0..width).map(|place| rows.iter().map(|row| &row[place]).collect()).collect()
}

/// Which row of parameters an answer belongs to.
fn place(row: &tokio_postgres::Row) -> usize {
    let place: i64 = row.get("place");
    usize::try_from(place - 1).expect("places begin at one")
}

fn prepare_many(session: &mut Session, sql: &str, say: fn(&str, &[Type]) -> Option<String>) -> Result<Option<Statement>, StoreError> {
    session.prepare_many(sql, say).map_err(|error| read_failure(&error, sql))
}

#[cfg(test)]
pub(super) fn prepare_for_many(session: &mut Session, sql: &str) -> Result<(), StoreError> {
    if sql.starts_with("SELECT") {
        return prepare_many(session, sql, many::question).map(drop);
    }
    prepare_many(session, sql, many::write)?;
    prepare_many(session, sql, many::update).map(drop)
}

pub(super) fn stands_at(session: &mut Session) -> Result<String, StoreError> {
    let place = query(session, PLACE, &[], &mut |row| row.get("place"))?;
    place.into_iter().next().ok_or_else(|| StoreError::Bug("PostgreSQL stands nowhere".to_owned()))
}

pub(super) fn batch(session: &mut Session, text: &str) -> Result<(), StoreError> {
    session.settle()?;
    session.wait(session.client.batch_execute(text)).map_err(|error| read_failure(&error, text))
}

pub(super) fn prepare(session: &mut Session, sql: &str) -> Result<Statement, StoreError> {
    session.prepare(sql).map_err(|error| read_failure(&error, sql))
}

/// The value of a column, which stands at `expected` if columns are read in the order in which they are asked for.
/// Gives the place behind it.
pub(super) fn cell<'a>(row: &'a tokio_postgres::Row, column: &str, expected: usize) -> Result<(Cell<'a>, usize), Misfit> {
    let columns = row.columns();
    let stands_there = columns.get(expected).is_some_and(|known| known.name() == column).then_some(expected);
    let place = stands_there.or_else(|| columns.iter().position(|known| known.name() == column)).ok_or(Misfit("is not in the answer"))?;
    let cell = match columns[place].type_() {
        &Type::INT8 => read(row, place, Cell::Int),
        &Type::INT4 => read(row, place, |number: i32| Cell::Int(number.into())),
        &Type::INT2 => read(row, place, |number: i16| Cell::Int(number.into())),
        &Type::BOOL => read(row, place, Cell::Bool),
        &Type::FLOAT8 => read(row, place, Cell::Real),
        &Type::BYTEA => read(row, place, Cell::Bytes),
        kind if is_text(kind) => read(row, place, Cell::Text),
        _ => Err(Misfit("has a type that SQLite does not share: CAST it in the statement")),
    };
    Ok((cell?, place + 1))
}

fn read<'a, T: FromSql<'a>>(row: &'a tokio_postgres::Row, place: usize, cell: impl FnOnce(T) -> Cell<'a>) -> Result<Cell<'a>, Misfit> {
    let value = row.try_get::<_, Option<T>>(place).map_err(|_| Misfit("cannot be read"))?;
    Ok(value.map_or(Cell::Null, cell))
}
