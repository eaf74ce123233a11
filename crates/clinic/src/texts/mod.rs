//! Words for people: every sentence in Fluent, in four languages, with typed placeholders.
//!
//! The [`Phrasebook`] of a language says every sentence of the program. To add one, write it in all four
//! `locales/<language>/<area>.ftl` under a key that begins with the area: every file of a folder is read.
//!
//! What the care bot says to patients stands in [`SHIPPED`]. A clinic may put its own wording in the place of one:
//! it is [`check`]ed when it is saved, and [`render`] says it with what a [`Filling`] holds.

mod filling;
mod phrasebook;
mod placeholders;
mod saying;
mod segments;
mod shipped;
mod sources;

#[cfg(test)]
mod tests;

pub use filling::{Filling, SlotLine, VisitLine};
pub use phrasebook::Phrasebook;
pub use placeholders::{Absence, Kind, Placeholder, Sensitivity};
pub use saying::{Overrides, Unsaid, render};
pub use segments::{Encoding, Segments, segments};
pub use shipped::{SHIPPED, Shipped, may_name};
pub use sources::{Checked, Fault, FaultKind, TextSource, check};
