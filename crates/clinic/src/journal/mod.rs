//! The appointment book: visits by provider and chair, working time, and the search for a free slot.

mod visit;

pub use visit::{Booking, CancelReason, Mark, Notice, Slot, Visit, VisitState};
