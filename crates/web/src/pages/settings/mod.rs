//! The settings: the clinic, its hours, who works there, what is offered, the channels, one's own account.

pub mod view;
