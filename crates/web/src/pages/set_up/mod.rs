//! The first run: the organisation, its first clinic and its owner.

pub mod view;
