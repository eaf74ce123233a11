//! How each language writes a date, a time, a number and a sum of money: English, Russian and Hungarian by the
//! Gregorian calendar, Persian by the Solar Hijri one and with its own digits.
//!
//! Patterns and names come from the Unicode CLDR. Marks that keep right-to-left text in order belong to the
//! sentences in Fluent, not to these values.

mod dates;
mod digits;
mod money;
mod numbers;

pub use dates::{
    RelativeDay, date_long, date_short, date_with_year, moment, moment_short, month_title, relative_day, time, weekday, weekday_short,
};
pub use digits::{ascii_digits, digits};
pub use money::{money, price};
pub use numbers::{decimal, minutes, number, percent};
