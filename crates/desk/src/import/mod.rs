//! Reading a clinic's own journal and patient list, as its practice program exports them: CSV in any usual encoding,
//! XLSX, or a calendar file.
//!
//! Bytes become a [`Table`] ([`tables`]), a [`Mapping`] says which column holds what, a [`Reader`] makes of every row a
//! patient or a visit, or a [`Finding`] that names the line, the column and the rule. Nothing in here writes:
//! that is the act `import_journal`.
//!
//! To understand one more header, status or language word, add it to its table in `fields` or `words`; to understand
//! one more way to write a day or a time, add it to `days` or `times` with a row in their tests.

mod calendar;
mod days;
mod delimited;
mod encoding;
mod fields;
mod keys;
mod looks;
mod mapping;
mod names;
mod reading;
mod table;
mod times;
mod words;
mod workbook;

#[cfg(test)]
mod properties;
#[cfg(test)]
mod samples;

pub(crate) use keys::{is_made as is_made_key, of_visit as key_of_visit};
pub(crate) use names::split as split_name;

pub use fields::Field;
pub use mapping::{Column, Confidence, Contents, Mapping};
pub use names::NameOrder;
pub use reading::{Finding, Imported, ImportedGuardian, ImportedPatient, ImportedRow, ImportedVisit, Marketing, Reader, Terms, Whose};
pub use table::{Line, Table, tables};
pub use words::Status;
