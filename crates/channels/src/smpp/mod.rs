//! SMPP 3.4, the language of SMS centres, without I/O: [`Unit`]s to octets and back, receipts, and the [`Session`] that is kept
//! with a centre. The desk's wire carries the octets.
//!
//! ```text
//! bind -> bound -> submit, up to a window at a time, at the pace of the centre -> answered by name or refused
//!                  deliver: receipts and patients' words, answered once they are stored
//!                  enquire_link from either side; unbind
//! ```
//!
//! What was submitted and not answered when the connection ends is in doubt. What was not yet submitted is known not to be.

mod fields;
mod receipts;
mod session;
mod unit;

#[cfg(test)]
mod session_tests;
#[cfg(test)]
mod tests;

pub use fields::Malformed;
pub use receipts::{Known, Receipt, State, aliases, plain, receipt};
pub use session::{Ended, Manner, Session, Step, Submission};
pub use unit::{Bind, Command, Frame, Party, Role, ShortMessage, Unit, field, status};
