//! The appointment book: visits by provider and chair, working time, and the search for a free slot.

mod conflicts;
mod offers;
mod slots;
mod steps;
mod visit;
mod working_time;

#[cfg(test)]
mod slots_oracle;
#[cfg(test)]
mod steps_walk;

pub use conflicts::{Busy, Conflict, conflicts};
pub use offers::pick_three;
pub use slots::{Daypart, SlotRules, SlotSearch, Wanted};
pub use visit::{Booking, CancelReason, Course, Mark, Notice, Slot, Visit, VisitState};
pub use working_time::Absence;
