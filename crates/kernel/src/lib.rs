//! Words that every room of the house shares: who (ids), when (time), where to reach somebody (phone, address),
//! how a thing is called (names, languages) and why something was refused.
//!
//! Nothing in here reads a clock or rolls dice by itself: [`Clock`] and [`Chance`] are passed in.

mod address;
mod chance;
mod hours;
mod ids;
mod line;
mod locale;
mod money;
mod name;
mod open_days;
mod phone;
mod price;
mod quiet_hours;
mod refusal;
mod secret;
mod staffed;
mod time;

pub mod format;
pub mod search_key;
pub mod solar_hijri;

pub use address::{Address, Scheme, UnknownAddress};
pub use chance::Chance;
pub use hours::{Hours, Interval};
pub use ids::*;
pub use line::{one_line, some_lines};
pub use locale::{Direction, Locale};
pub use money::{Currency, Money, UnknownCurrency};
pub use name::PersonName;
pub use open_days::OpenDays;
pub use phone::{Phone, UnknownPhone};
pub use price::Price;
pub use quiet_hours::QuietHours;
pub use refusal::{Arg, Refusal};
pub use secret::Secret;
pub use staffed::Staffed;
pub use time::{Clock, Date, HandClock, Moment, Time, Timestamp, Weekday, Zone};
