//! One value on its way into a statement, or out of a row.

use std::borrow::Cow;
use std::fmt;

/// A parameter of a statement. Words and bytes print as `***`: they may be a patient's.
#[derive(Clone, PartialEq)]
pub enum Value {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(String),
    Bytes(Vec<u8>),
}

impl Value {
    /// A value by its outside form: an id, a day, the name of a state.
    pub fn text(shown: impl fmt::Display) -> Self {
        Self::Text(shown.to_string())
    }

    pub(super) fn kind(&self) -> &'static str {
        match self {
            Self::Null => "nothing",
            Self::Bool(_) => "yes or no",
            Self::Int(_) => "an integer",
            Self::Real(_) => "a real number",
            Self::Text(_) => "text",
            Self::Bytes(_) => "bytes",
        }
    }
}

/// A text as both engines can keep it: PostgreSQL has no place for the letter NUL, so it becomes the sign for a letter
/// that cannot be shown.
pub(super) fn storable(text: &str) -> Cow<'_, str> {
    if text.contains('\0') { Cow::Owned(text.replace('\0', "\u{FFFD}")) } else { Cow::Borrowed(text) }
}

impl fmt::Debug for Value {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Null => out.write_str("NULL"),
            Self::Bool(value) => value.fmt(out),
            Self::Int(value) => value.fmt(out),
            Self::Real(value) => value.fmt(out),
            Self::Text(_) | Self::Bytes(_) => out.write_str("***"),
        }
    }
}

impl From<&str> for Value {
    fn from(value: &str) -> Self {
        Self::Text(value.to_owned())
    }
}

impl From<String> for Value {
    fn from(value: String) -> Self {
        Self::Text(value)
    }
}

impl From<&String> for Value {
    fn from(value: &String) -> Self {
        Self::Text(value.clone())
    }
}

impl From<bool> for Value {
    fn from(value: bool) -> Self {
        Self::Bool(value)
    }
}

impl From<i64> for Value {
    fn from(value: i64) -> Self {
        Self::Int(value)
    }
}

impl From<i32> for Value {
    fn from(value: i32) -> Self {
        Self::Int(value.into())
    }
}

impl From<u32> for Value {
    fn from(value: u32) -> Self {
        Self::Int(value.into())
    }
}

impl From<u16> for Value {
    fn from(value: u16) -> Self {
        Self::Int(value.into())
    }
}

impl From<u8> for Value {
    fn from(value: u8) -> Self {
        Self::Int(value.into())
    }
}

impl From<f64> for Value {
    fn from(value: f64) -> Self {
        Self::Real(value)
    }
}

impl From<Vec<u8>> for Value {
    fn from(value: Vec<u8>) -> Self {
        Self::Bytes(value)
    }
}

impl From<&[u8]> for Value {
    fn from(value: &[u8]) -> Self {
        Self::Bytes(value.to_vec())
    }
}

impl<T: Into<Self>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Self::Null, Into::into)
    }
}

/// A value as it stands in a row.
#[derive(Clone, Copy)]
pub enum Cell<'a> {
    Null,
    Bool(bool),
    Int(i64),
    Real(f64),
    Text(&'a str),
    Bytes(&'a [u8]),
}

/// Why a cell does not fit what was asked for. Says kinds, never the content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Misfit(pub &'static str);

/// What can be taken out of a row.
pub trait FromValue: Sized {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit>;
}

impl FromValue for String {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        match cell {
            Cell::Text(text) => Ok(text.to_owned()),
            Cell::Null => Err(Misfit("is NULL, not text")),
            Cell::Bool(_) | Cell::Int(_) | Cell::Real(_) | Cell::Bytes(_) => Err(Misfit("is not text")),
        }
    }
}

impl FromValue for i64 {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        match cell {
            Cell::Int(number) => Ok(number),
            Cell::Null => Err(Misfit("is NULL, not an integer")),
            Cell::Bool(_) | Cell::Real(_) | Cell::Text(_) | Cell::Bytes(_) => Err(Misfit("is not an integer")),
        }
    }
}

fn narrowed<T: TryFrom<i64>>(cell: Cell<'_>) -> Result<T, Misfit> {
    T::try_from(i64::from_cell(cell)?).map_err(|_| Misfit("is out of range"))
}

impl FromValue for i32 {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        narrowed(cell)
    }
}

impl FromValue for u64 {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        narrowed(cell)
    }
}

impl FromValue for u32 {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        narrowed(cell)
    }
}

impl FromValue for u16 {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        narrowed(cell)
    }
}

impl FromValue for u8 {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        narrowed(cell)
    }
}

impl FromValue for usize {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        narrowed(cell)
    }
}

impl FromValue for bool {
    /// SQLite keeps yes and no as 1 and 0.
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        match cell {
            Cell::Bool(value) => Ok(value),
            Cell::Int(0) => Ok(false),
            Cell::Int(1) => Ok(true),
            Cell::Null => Err(Misfit("is NULL, not yes or no")),
            Cell::Int(_) | Cell::Real(_) | Cell::Text(_) | Cell::Bytes(_) => Err(Misfit("is not yes or no")),
        }
    }
}

impl FromValue for f64 {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        match cell {
            Cell::Real(number) => Ok(number),
            Cell::Null => Err(Misfit("is NULL, not a real number")),
            Cell::Bool(_) | Cell::Int(_) | Cell::Text(_) | Cell::Bytes(_) => Err(Misfit("is not a real number")),
        }
    }
}

impl FromValue for Vec<u8> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        match cell {
            Cell::Bytes(bytes) => Ok(bytes.to_vec()),
            Cell::Null => Err(Misfit("is NULL, not bytes")),
            Cell::Bool(_) | Cell::Int(_) | Cell::Real(_) | Cell::Text(_) => Err(Misfit("is not bytes")),
        }
    }
}

impl<T: FromValue> FromValue for Option<T> {
    fn from_cell(cell: Cell<'_>) -> Result<Self, Misfit> {
        match cell {
            Cell::Null => Ok(None),
            Cell::Bool(_) | Cell::Int(_) | Cell::Real(_) | Cell::Text(_) | Cell::Bytes(_) => T::from_cell(cell).map(Some),
        }
    }
}
