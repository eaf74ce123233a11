//! The only place with SQL. An organisation's store is a SQLite file or a PostgreSQL schema; [`Store::write`] and
//! [`Store::read`] run acts on it as whole transactions, with one SQL text for both.
//!
//! SQL for both engines: parameters are `$1`, `$2`; instants are BIGINT milliseconds, sums are
//! `CAST(SUM(x) AS BIGINT)`; text is compared by keys made in Rust; an order says `NULLS LAST`. Who takes
//! waiting rows repeats the condition where they are written and ends the `SELECT` with `/* FOR UPDATE SKIP LOCKED */` (or
//! `OF` a table in between): SQLite, with its one writer, sees a comment, PostgreSQL gets the words.

mod columns;
mod engine;
#[cfg(test)]
mod lanes_walk;
mod migrations;

pub mod accounts;
pub mod breakers;
pub mod calls;
pub mod chat;
pub mod claims;
pub mod clinics;
pub mod clocks;
pub mod conversations;
pub mod files;
pub mod happenings;
pub mod ladders;
pub mod links;
pub mod lookups;
pub mod newest;
pub mod outbound;
pub mod patients;
pub mod rounds;
pub mod runs;
pub mod search;
pub mod sown;
pub mod staff;
pub mod tasks;
pub mod templates;
pub mod texts;
pub mod traffic;
pub mod visits;
pub mod whereabouts;

#[cfg(any(test, feature = "trial"))]
pub mod trial;

pub use engine::{Cell, Engine, Forget, FromValue, Migration, Misfit, Outcome, Place, Row, Rows, Store, StoreError, Touched, Tx, Value};
