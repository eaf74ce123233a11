//! What an act has asked before.
//!
//! An act asks for the same clinic, the same patient, the same account again and again. Questions put by [`Tx::recall`]
//! are answered once per transaction, and [`Tx::foresee`] asks for many rows at once before they are needed one by one.
//! The memory ends with the transaction. Whatever is written makes the act forget every answer over that table, unless
//! the statement names the few answers that it can have changed ([`Tx::put`]).

use std::any::Any;
use std::collections::HashMap;
use std::fmt::Write;
use std::rc::Rc;

use super::error::tables_of;
use super::value::Value;

/// Answers that a write may have changed.
#[derive(Debug, Clone, Copy)]
pub enum Forget<'a> {
    /// To a question asked with these parameters, and maybe more behind them.
    Of(&'static str, &'a [Value]),
    /// To a question, whatever it was asked with.
    All(&'static str),
}

#[derive(Default)]
pub(super) struct Remembered(HashMap<&'static str, Answers>);

struct Answers {
    /// What the question reads.
    tables: Vec<&'static str>,
    known: HashMap<String, Rc<dyn Any>>,
}

impl Remembered {
    pub(super) fn recall<T: Clone + 'static>(&self, sql: &'static str, params: &[Value]) -> Option<Vec<T>> {
        let known = self.0.get(sql)?.known.get(&key(params))?;
        Some(known.downcast_ref::<Vec<T>>()?.clone())
    }

    pub(super) fn knows(&self, sql: &'static str, params: &[Value]) -> bool {
        self.0.get(sql).is_some_and(|answers| answers.known.contains_key(&key(params)))
    }

    pub(super) fn keep<T: 'static>(&mut self, sql: &'static str, params: &[Value], rows: Vec<T>) {
        let answers = self.0.entry(sql).or_insert_with(|| Answers { tables: tables_of(sql).collect(), known: HashMap::new() });
        answers.known.insert(key(params), Rc::new(rows));
    }

    pub(super) fn forget_table(&mut self, table: &str) {
        for answers in self.0.values_mut() {
            if answers.tables.contains(&table) {
                answers.known.clear();
            }
        }
    }

    pub(super) fn forget(&mut self, forget: Forget<'_>) {
        match forget {
            Forget::Of(sql, params) => {
                let front = key(params);
                if let Some(answers) = self.0.get_mut(sql) {
                    answers.known.retain(|known, _| !known.starts_with(&front));
                }
            }
            Forget::All(sql) => drop(self.0.remove(sql)),
        }
    }
}

/// Unambiguous for one statement, whose parameters have one kind each.
fn key(params: &[Value]) -> String {
    let mut key = String::with_capacity(32 * params.len());
    for param in params {
        match param {
            Value::Text(text) => write!(key, "{}:{text}", text.len()),
            Value::Int(number) => write!(key, "{number};"),
            Value::Bool(value) => write!(key, "{value};"),
            Value::Real(number) => write!(key, "{number:?};"),
            Value::Bytes(bytes) => write!(key, "{}:{bytes:?}", bytes.len()),
            Value::Null => write!(key, "-;"),
        }
        .expect("writing to a string");
    }
    key
}
