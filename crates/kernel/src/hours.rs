//! Hours of a week, with their breaks, and the hours in which nobody is disturbed.

use crate::{Time, Weekday};

/// From `start` up to `end` of one day; `start` is before `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Interval {
    pub start: Time,
    pub end: Time,
}

/// The intervals of each weekday, sorted, not touching each other. A lunch break is the gap between two.
#[derive(Debug, Clone, PartialEq, Eq, Default, serde::Serialize, serde::Deserialize)]
pub struct Hours(Vec<(u8, Interval)>);

/// From the evening to the morning: nothing is sent from `from` until `until` of the next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct QuietHours {
    pub from: Time,
    pub until: Time,
}

impl Hours {
    pub fn on(&self, weekday: Weekday) -> impl Iterator<Item = Interval> + '_ {
        let day = weekday.to_monday_zero_offset().cast_unsigned();
        self.0.iter().filter(move |(known, _)| *known == day).map(|(_, interval)| *interval)
    }
}
