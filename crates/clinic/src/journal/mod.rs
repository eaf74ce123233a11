//! The appointment book: visits by provider and chair, working time, and the search for a free slot.

mod conflicts;
mod offers;
mod slots;
mod slots_oracle;
mod steps;
mod steps_walk;
mod visit;
mod working_time;

pub use conflicts::{Busy, Conflict, conflicts};
pub use offers::pick_three;
pub use slots::{Daypart, SlotRules, SlotSearch, Wanted};
pub use visit::{Booking, CancelReason, Course, Mark, Move, Notice, Slot, Visit, VisitState};
pub use working_time::Absence;
