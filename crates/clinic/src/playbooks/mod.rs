//! Playbooks: scripts of care as data, and the pure step that leads one patient through one.
//!
//! A [`Script`] is what staff read and change: a trigger, steps, answers, what ends it. A [`Run`] is one patient going
//! through one version of it. [`advance`] takes the run, what came in and the facts of this moment, and returns the run
//! with the effects that the desk carries out. It sees no clock and no database, so it can be replayed and previewed.
//!
//! ```text
//! event or clock -> advance -> send | search slots | mark the journal | open a task | hand over
//!                      ^                  |
//!                      +--- found, marked, refused
//! ```
//!
//! What is due is worked out from the journal each time: [`moment`] of a step is asked again with the visit as it stands.
//! To add a playbook: one file in `shipped/`, one line in [`shipped`], its texts in `locales/*/patient-texts.ftl`.

mod advance;
#[cfg(test)]
mod dialogues;
mod moment;
mod read;
#[cfg(test)]
mod reading_trials;
mod reply;
mod run;
mod script;
mod shipped;
#[cfg(test)]
mod stage;
#[cfg(test)]
mod timing;
#[cfg(test)]
mod walks;

pub use advance::{Advance, Effect, Facts, Input, JournalMark, Outline, advance};
pub use moment::moment;
pub use read::Fault;
pub use reply::Reply;
pub use run::{Run, RunState, StopReason, TraceLine};
pub use script::{Action, Attach, Condition, Imported, Ladder, Repeat, Script, Step, Trigger, When};
pub use shipped::shipped;
