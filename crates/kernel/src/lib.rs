//! Words that every room of the house shares: who (ids), when (time), where to reach somebody (phone, address),
//! how a thing is called (names, languages) and why something was refused.
//!
//! Nothing in here reads a clock or rolls dice by itself: [`Clock`] and [`Chance`] are passed in.

mod address;
mod chance;
mod hours;
mod ids;
mod locale;
mod name;
mod phone;
mod refusal;
mod secret;
mod time;

pub mod format;
pub mod search_key;

pub use address::{Address, Scheme, UnknownAddress};
pub use chance::Chance;
pub use hours::{Hours, Interval, QuietHours};
pub use ids::*;
pub use locale::{Direction, Locale};
pub use name::PersonName;
pub use phone::Phone;
pub use refusal::{Arg, Refusal};
pub use secret::Secret;
pub use time::{Clock, Date, HandClock, Moment, Time, Timestamp, Weekday, Zone};
