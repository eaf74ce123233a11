//! The appointment book: visits by provider and chair, working time, and the search for a free slot.

mod steps;
mod visit;

#[cfg(test)]
mod steps_walk;

pub use visit::{Booking, CancelReason, Course, Mark, Notice, Slot, Visit, VisitState};
