//! PostgreSQL: several workers, each with a connection and a runtime of its own, so that a statement and its answer
//! never change threads.

mod address;
mod failure;
mod listening;
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
use super::value::{Cell, Misfit, Value, storable};
use failure::read_failure;

/// Not the transaction's time: that of this moment.
const CLOCK: &str = "SELECT CAST(EXTRACT(EPOCH FROM clock_timestamp()) * 1000 AS BIGINT) AS shows";

/// How many rows go out before their answers are awaited: enough to hide the way, little enough for memory.
const PIPELINE: usize = 500;

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
    let answer = session.wait(session.client.query(&statement, &params));
    let rows = answer.map_err(|error| read_failure(&error, sql))?;
    rows.iter().map(|row| map(&Row { source: Source::Postgres(row), sql })).collect()
}

pub(super) fn execute(session: &mut Session, sql: &str, params: &[Value]) -> Result<u64, StoreError> {
    let statement = prepare(session, sql)?;
    session.wait(session.client.execute_raw(&statement, params)).map_err(|error| read_failure(&error, sql))
}

pub(super) fn execute_many(session: &mut Session, sql: &str, rows: &[Vec<Value>]) -> Result<u64, StoreError> {
    let statement = prepare(session, sql)?;
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

pub(super) fn batch(session: &mut Session, text: &str) -> Result<(), StoreError> {
    session.wait(session.client.batch_execute(text)).map_err(|error| read_failure(&error, text))
}

pub(super) fn prepare(session: &mut Session, sql: &str) -> Result<Statement, StoreError> {
    session.prepare(sql).map_err(|error| read_failure(&error, sql))
}

pub(super) fn cell<'a>(row: &'a tokio_postgres::Row, column: &str) -> Result<Cell<'a>, Misfit> {
    let place = row.columns().iter().position(|known| known.name() == column).ok_or(Misfit("is not in the answer"))?;
    match row.columns()[place].type_() {
        &Type::INT8 => read(row, place, Cell::Int),
        &Type::INT4 => read(row, place, |number: i32| Cell::Int(number.into())),
        &Type::INT2 => read(row, place, |number: i16| Cell::Int(number.into())),
        &Type::BOOL => read(row, place, Cell::Bool),
        &Type::FLOAT8 => read(row, place, Cell::Real),
        &Type::BYTEA => read(row, place, Cell::Bytes),
        kind if is_text(kind) => read(row, place, Cell::Text),
        _ => Err(Misfit("has a type that SQLite does not share: CAST it in the statement")),
    }
}

fn read<'a, T: FromSql<'a>>(row: &'a tokio_postgres::Row, place: usize, cell: impl FnOnce(T) -> Cell<'a>) -> Result<Cell<'a>, Misfit> {
    let value = row.try_get::<_, Option<T>>(place).map_err(|_| Misfit("cannot be read"))?;
    Ok(value.map_or(Cell::Null, cell))
}
