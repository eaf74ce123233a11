//! Today: what the person on shift has to know and do, the most urgent first.

pub mod view;
