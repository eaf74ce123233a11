//! Staff come in.

pub mod view;
