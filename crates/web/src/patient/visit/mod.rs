//! The patient's page of one visit.

pub mod view;
