//! Words for people: every sentence in Fluent, in four languages, with typed placeholders.
//!
//! The [`Phrasebook`] of a language says every sentence of the program. To add one, write it in all four
//! `locales/<language>/<area>.ftl` under a key that begins with the area: every file of a folder is read.

mod phrasebook;

pub use phrasebook::Phrasebook;
