//! The inbox: every conversation of the clinic over all channels, and whose turn it is.

pub mod view;
