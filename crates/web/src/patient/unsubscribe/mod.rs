//! The link under every mail that ends the mails.

pub mod view;
