//! Pages for staff and patients, the hooks of channels, and live updates.

pub mod assets;
mod page;
mod words;

pub use page::{Counters, DemoBar, Notice, OpenNow, Page, Place, RailLine, Signed, Tone};
pub use words::Words;
