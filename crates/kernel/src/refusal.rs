//! A refusal: what the user asked for cannot be done, and the user can understand why.
//!
//! The code is for ever; its sentence stands in Fluent as `refusal-<code with dashes>`, in four languages.

use std::fmt;

/// A value in a sentence. Which words may be shown to whom is decided where the sentence is used.
#[derive(Clone, PartialEq)]
pub enum Arg {
    Text(String),
    Number(i64),
}

#[derive(Clone, PartialEq)]
pub struct Refusal {
    code: &'static str,
    field: Option<&'static str>,
    args: Vec<(&'static str, Arg)>,
}

impl Refusal {
    /// `code` in dotted words: `visit.already-started`.
    pub const fn new(code: &'static str) -> Self {
        Self { code, field: None, args: Vec::new() }
    }

    /// The field of the form or body that the rule is about.
    #[must_use]
    pub fn at(mut self, field: &'static str) -> Self {
        self.field = Some(field);
        self
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }

    pub const fn code(&self) -> &'static str {
        self.code
    }

    pub const fn field(&self) -> Option<&'static str> {
        self.field
    }

    pub fn args(&self) -> &[(&'static str, Arg)] {
        &self.args
    }

    /// The key of its sentence.
    pub fn key(&self) -> String {
        format!("refusal-{}", self.code.replace('.', "-"))
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}

impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}

impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}

impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}

impl fmt::Debug for Arg {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(_) => out.write_str("***"),
            Self::Number(number) => write!(out, "{number}"),
        }
    }
}

impl fmt::Debug for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Refusal({})", self.code)
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code)
    }
}

impl std::error::Error for Refusal {}
