//! Guards of the house: what ARCHITECTURE.md and STYLE.md promise and the compiler does not hold.
//!
//! A guard is a function from the text of the project to a list of faults, so that each has two tests: the project has
//! no fault, and a bad sample has one. To add one, write it beside its kin and give it both.

mod pages;
mod project;
mod prose;
mod rooms;
mod rust;
mod trials;
mod words;

use project::{File, Project};

/// Fails with every fault at once, one a line.
#[track_caller]
fn expect_no_fault(faults: &[String]) {
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

/// Fails unless the sample was caught, by exactly one fault that says `part`.
#[track_caller]
fn expect_one_fault(faults: &[String], part: &str) {
    assert!(matches!(faults, [fault] if fault.contains(part)), "expected one fault with {part:?}, got {faults:?}");
}

/// A project of one file, to show a guard what it must catch.
fn sample(path: &str, text: &str) -> Project {
    Project { files: vec![File { path: path.to_owned(), text: text.to_owned() }] }
}
