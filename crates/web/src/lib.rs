//! Pages for staff and patients, the hooks of channels, and live updates.
//!
//! A handler takes what a browser sent apart, lets the desk act, and presents what is so now. Which addresses there are
//! and what stands in front of them is in [`router`]; how a page is written for its reader in `pages/<name>`.

pub mod assets;
mod calls;
mod chat;
mod clock;
mod csrf;
mod delays;
pub mod demo;
mod done;
mod fault;
mod forms;
mod headers;
mod hooks;
mod live;
mod multipart;
mod page;
mod pages;
mod patient;
mod people;
mod qr;
mod query;
mod range;
mod responder;
mod router;
#[cfg(any(test, feature = "samples"))]
pub mod samples;
mod session;
mod shell;
mod site;
mod slot_word;
mod telling;
mod words;

pub use page::{Chip, Counters, DemoBar, Notice, OpenNow, Page, Place, PlainPage, RailLine, Signed, Tone};
pub use router::{Beside, router, router_beside};
pub use session::SignedIn;
pub use site::{Parts, Site};
pub use words::Words;
