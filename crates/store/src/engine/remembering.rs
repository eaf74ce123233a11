//! What an act has asked before.
//!
//! An act asks for the same clinic, the same patient, the same account again and again. Questions put by [`Tx::recall`]
//! are answered once per transaction, and [`Tx::foresee`] asks for many rows at once before they are needed one by one.
//! What follows from a table is thought out once, too ([`Tx::infer`]). The memory ends with the transaction. Whatever is
//! written makes the act forget every answer over that table, unless the statement names the few answers that it can have
//! changed ([`Tx::put`]).

use std::any::Any;
use std::collections::HashMap;
use std::rc::Rc;

use foldhash::fast::FixedState;

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
pub(super) struct Remembered(Memory<&'static str, Answers>);

/// The text of a statement is hashed whenever an answer is looked for, a dozen times for each message that goes out, so quickly.
/// What is looked for are statements and names of our own making, which nobody chooses so that they fall together.
type Memory<K, V> = HashMap<K, V, FixedState>;

struct Answers {
    /// What the question reads.
    tables: Vec<&'static str>,
    known: Memory<Vec<u8>, Rc<dyn Any>>,
    inferred: Memory<Vec<u8>, Rc<dyn Any>>,
}

impl Answers {
    fn to(sql: &'static str) -> Self {
        Self { tables: tables_of(sql).collect(), known: HashMap::default(), inferred: HashMap::default() }
    }
}

impl Remembered {
    pub(super) fn recall<T: 'static>(&self, sql: &'static str, params: &[Value]) -> Option<Rc<Vec<T>>> {
        Rc::clone(self.0.get(sql)?.known.get(&key(params))?).downcast().ok()
    }

    pub(super) fn inferred<T: 'static>(&self, from: &'static str, about: &[Value]) -> Option<Rc<T>> {
        Rc::clone(self.0.get(from)?.inferred.get(&key(about))?).downcast().ok()
    }

    pub(super) fn infer<T: 'static>(&mut self, from: &'static str, about: &[Value], thought: Rc<T>) {
        self.0.entry(from).or_insert_with(|| Answers::to(from)).inferred.insert(key(about), thought);
    }

    pub(super) fn knows(&self, sql: &'static str, params: &[Value]) -> bool {
        self.0.get(sql).is_some_and(|answers| answers.known.contains_key(&key(params)))
    }

    pub(super) fn keep<T: 'static>(&mut self, sql: &'static str, params: &[Value], rows: Rc<Vec<T>>) {
        self.0.entry(sql).or_insert_with(|| Answers::to(sql)).known.insert(key(params), rows);
    }

    pub(super) fn forget_table(&mut self, table: &str) {
        for answers in self.0.values_mut() {
            if answers.tables.contains(&table) {
                answers.known.clear();
                answers.inferred.clear();
            }
        }
    }

    pub(super) fn forget(&mut self, forget: Forget<'_>) {
        match forget {
            Forget::Of(sql, params) => {
                let front = key(params);
                if let Some(answers) = self.0.get_mut(sql) {
                    answers.known.retain(|known, _| !known.starts_with(&front));
                    answers.inferred.clear();
                }
            }
            Forget::All(sql) => drop(self.0.remove(sql)),
        }
    }
}

/// Unambiguous for one statement, whose parameters have one kind each.
fn key(params: &[Value]) -> Vec<u8> {
    let mut key = Vec::with_capacity(40 * params.len());
    for param in params {
        let mut long = |bytes: &[u8]| {
            key.extend_from_slice(&bytes.len().to_le_bytes());
            key.extend_from_slice(bytes);
        };
        match param {
            Value::Text(text) => long(text.as_bytes()),
            Value::Bytes(bytes) => long(bytes),
            Value::Int(number) => long(&number.to_le_bytes()),
            Value::Bool(value) => long(&[u8::from(*value)]),
            Value::Real(number) => long(&number.to_le_bytes()),
            // nothing has no length
            Value::Null => key.extend_from_slice(&usize::MAX.to_le_bytes()),
        }
    }
    key
}
