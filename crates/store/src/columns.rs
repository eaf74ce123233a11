//! How values of the domain stand in a column: ids and days as text, closed lists by their word, the rest as JSON.

use kernel::{Date, Timestamp};
use serde::Serialize;
use serde::de::{DeserializeOwned, IntoDeserializer};

use crate::{Row, StoreError, Value};

/// JSON, never queried inside.
pub(crate) fn json(value: &impl Serialize) -> Value {
    Value::Text(serde_json::to_string(value).expect("our values have text keys only"))
}

/// The word of a closed list: `booked`, `telegram`.
pub(crate) fn word(value: &impl Serialize) -> Value {
    match serde_json::to_value(value).expect("our values have text keys only") {
        serde_json::Value::String(word) => Value::Text(word),
        other => Value::Text(other.to_string()),
    }
}

pub(crate) fn words(values: Option<&impl Serialize>) -> Value {
    values.map_or(Value::Null, word)
}

pub(crate) fn text(value: Option<impl std::fmt::Display>) -> Value {
    value.map_or(Value::Null, Value::text)
}

pub(crate) fn at(instant: Timestamp) -> Value {
    Value::Int(instant.as_millis())
}

pub(crate) fn maybe_at(instant: Option<Timestamp>) -> Value {
    instant.map_or(Value::Null, at)
}

pub(crate) fn read_at(row: &Row<'_>, column: &str) -> Result<Timestamp, StoreError> {
    row.get(column).map(Timestamp::from_millis)
}

pub(crate) fn read_maybe_at(row: &Row<'_>, column: &str) -> Result<Option<Timestamp>, StoreError> {
    Ok(row.get::<Option<i64>>(column)?.map(Timestamp::from_millis))
}

pub(crate) fn read_word<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<T, StoreError> {
    read_words(row, column)?.ok_or_else(|| row.misfit(column, "is NULL, not text"))
}

pub(crate) fn read_words<T: DeserializeOwned>(row: &Row<'_>, column: &str) -> Result<Option<T>, StoreError> {
    let Some(word) = row.text(column)? else { return Ok(None) };
    let read: Result<T, serde::de::value::Error> = T::deserialize(word.into_deserializer());
    read.map(Some).map_err(|_| row.misfit(column, "is not a word of its list"))
}

pub(crate) fn read_date(row: &Row<'_>, column: &str) -> Result<Option<Date>, StoreError> {
    row.parse_optional(column)
}

/// A change is written only over the version that it was decided on.
pub(crate) fn changed(rows: u64, table: &str) -> Result<(), StoreError> {
    if rows == 1 { Ok(()) } else { Err(StoreError::Conflict { on: format!("{table}.version") }) }
}
