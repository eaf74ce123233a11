//! The patients of the clinic: found by name or number, and the card of each.

pub mod view;
