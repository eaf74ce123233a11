//! The hours of a week, with their breaks: when a clinic is open, when a person is on duty.
//!
//! In forms and configuration they are one line: `mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00`.

use std::fmt;
use std::str::FromStr;

use crate::{Date, Moment, Refusal, Time, Weekday, format};

/// From one whole minute of a day up to a later one. Its text is `09:00-13:00`; it may last until `24:00`.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Interval {
    start: Time,
    /// Midnight stands for the end of the day.
    end: Time,
}

impl Interval {
    /// An `end` at midnight is the end of the day.
    pub fn new(start: Time, end: Time) -> Result<Self, Refusal> {
        let whole = |time: Time| time.second() == 0 && time.subsec_nanosecond() == 0;
        if !whole(start) || !whole(end) {
            return Err(Refusal::new("hours.whole-minutes"));
        }
        let interval = Self { start, end };
        if interval.first_minute() < interval.end_minute() { Ok(interval) } else { Err(Refusal::new("hours.inverted")) }
    }

    pub const fn start(self) -> Time {
        self.start
    }

    /// The first moment that is no longer in it; midnight is the end of the day.
    pub const fn end(self) -> Time {
        self.end
    }

    pub fn contains(self, time: Time) -> bool {
        self.start <= time && (self.end == Time::midnight() || time < self.end)
    }

    /// Where it begins and ends on a day. The end may be the midnight that begins the next.
    pub fn on(self, day: Date) -> (Moment, Moment) {
        let last = if self.end == Time::midnight() { day.saturating_add(jiff::Span::new().days(1)) } else { day };
        (day.to_datetime(self.start), last.to_datetime(self.end))
    }

    pub(crate) fn minutes(self) -> i16 {
        self.end_minute() - self.first_minute()
    }

    fn first_minute(self) -> i16 {
        minute_of(self.start)
    }

    fn end_minute(self) -> i16 {
        if self.end == Time::midnight() { 24 * 60 } else { minute_of(self.end) }
    }
}

fn minute_of(time: Time) -> i16 {
    i16::from(time.hour()) * 60 + i16::from(time.minute())
}

impl fmt::Display for Interval {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let end = self.end_minute();
        write!(out, "{:02}:{:02}-{:02}:{:02}", self.start.hour(), self.start.minute(), end / 60, end % 60)
    }
}

impl fmt::Debug for Interval {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Interval {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let plain = format::ascii_digits(text).replace('–', "-");
        let unreadable = || Refusal::new("hours.unreadable").with("part", text);
        let (start, end) = plain.split_once('-').ok_or_else(unreadable)?;
        let end = if end.trim() == "24:00" { Some(Time::midnight()) } else { time(end) };
        match (time(start), end) {
            (Some(start), Some(end)) => Self::new(start, end),
            _ => Err(unreadable()),
        }
    }
}

fn time(text: &str) -> Option<Time> {
    let (hour, minute) = text.trim().split_once(':')?;
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    if !digits(hour) || !digits(minute) || minute.len() != 2 {
        return None;
    }
    Time::new(hour.parse().ok()?, minute.parse().ok()?, 0, 0).ok()
}

/// The intervals of each weekday, sorted, none touching another: a break is the gap between two.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Hours(Vec<(i8, Interval)>);

impl Hours {
    /// Intervals in any order. Those of a day that touch become one; those that overlap are refused.
    pub fn new(intervals: Vec<(Weekday, Interval)>) -> Result<Self, Refusal> {
        let mut sorted: Vec<_> = intervals.into_iter().map(|(day, interval)| (day.to_monday_zero_offset(), interval)).collect();
        sorted.sort_unstable();
        let mut hours: Vec<(i8, Interval)> = Vec::with_capacity(sorted.len());
        for (day, interval) in sorted {
            match hours.last_mut() {
                Some((known, last)) if *known == day && interval.first_minute() < last.end_minute() => {
                    return Err(Refusal::new("hours.overlap").with("first", last.to_string()).with("second", interval.to_string()));
                }
                Some((known, last)) if *known == day && interval.first_minute() == last.end_minute() => last.end = interval.end,
                _ => hours.push((day, interval)),
            }
        }
        Ok(Self(hours))
    }

    pub fn on(&self, weekday: Weekday) -> impl Iterator<Item = Interval> + '_ {
        let day = weekday.to_monday_zero_offset();
        self.0.iter().filter(move |(known, _)| *known == day).map(|(_, interval)| *interval)
    }

    /// Whether it is within the hours when the wall shows `moment`.
    pub fn is_open(&self, moment: Moment) -> bool {
        self.on(moment.date().weekday()).any(|interval| interval.contains(moment.time()))
    }

    /// No hours at all.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Minutes of a whole week.
    pub fn weekly_minutes(&self) -> u32 {
        self.0.iter().map(|(_, interval)| u32::from(interval.minutes().unsigned_abs())).sum()
    }
}

const DAY_NAMES: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
/// How a week without any hours is written.
const CLOSED: &str = "closed";

impl fmt::Display for Hours {
    /// Days with the same hours stand together, also over the end of the week: `sat-wed 09:00-17:00`.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_empty() {
            return out.write_str(CLOSED);
        }
        let days: Vec<Vec<Interval>> = Weekday::Monday.cycle_forward().take(7).map(|day| self.on(day).collect()).collect();
        let first = (0..7).find(|day| days[*day] != days[(day + 6) % 7]).unwrap_or(0);
        let mut separator = "";
        let mut at = 0;
        while at < 7 {
            let day = (first + at) % 7;
            let run = (at..7).take_while(|next| days[(first + next) % 7] == days[day]).count();
            at += run;
            if days[day].is_empty() {
                continue;
            }
            write!(out, "{separator}{}", DAY_NAMES[day])?;
            if run > 1 {
                write!(out, "-{}", DAY_NAMES[(day + run - 1) % 7])?;
            }
            for interval in &days[day] {
                write!(out, " {interval}")?;
            }
            separator = "; ";
        }
        Ok(())
    }
}

impl fmt::Debug for Hours {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

impl FromStr for Hours {
    type Err = Refusal;

    /// Parts are separated by `;`. A part names days (`mon`, `mon-fri`, `sat-wed`, `mon,wed`) and then intervals.
    fn from_str(text: &str) -> Result<Self, Refusal> {
        let text = text.trim().to_lowercase();
        if text == CLOSED {
            return Ok(Self::default());
        }
        let mut all = Vec::new();
        for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
            let mut words = part.split_whitespace();
            let days = words.next().and_then(days);
            let intervals = words.map(str::parse).collect::<Result<Vec<Interval>, _>>()?;
            let days = days.filter(|_| !intervals.is_empty()).ok_or_else(|| Refusal::new("hours.unreadable").with("part", part))?;
            all.extend(days.iter().flat_map(|day| intervals.iter().map(|interval| (*day, *interval))));
        }
        Self::new(all)
    }
}

fn days(text: &str) -> Option<Vec<Weekday>> {
    let named = |name: &str| {
        let at = DAY_NAMES.iter().position(|known| *known == name)?;
        Some(Weekday::Monday.wrapping_add(i64::try_from(at).ok()?))
    };
    let mut days = Vec::new();
    for run in text.replace('–', "-").split(',') {
        let (first, last) = run.split_once('-').unwrap_or((run, run));
        let (first, last) = (named(first)?, named(last)?);
        days.extend(first.cycle_forward().take(usize::from(last.since(first).unsigned_abs()) + 1));
    }
    Some(days)
}

impl serde::Serialize for Interval {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Interval {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

impl serde::Serialize for Hours {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Hours {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn hours_are_read_in_many_ways_and_written_in_one() {
        let table = [
            ("mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00", "mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00"),
            ("SAT 10:00–14:00 ; Mon–Fri 14:00-18:00 9:00-13:00;", "mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00"),
            ("sat-wed ۰۹:۰۰-۱۷:۰۰; thu 9:00-13:00", "thu 09:00-13:00; sat-wed 09:00-17:00"),
            ("sat-wed 09:00-17:00", "sat-wed 09:00-17:00"),
            ("mon,wed,fri 08:00-12:00", "mon 08:00-12:00; wed 08:00-12:00; fri 08:00-12:00"),
            ("mon 09:00-12:00 12:00-15:00", "mon 09:00-15:00"),
            ("mon-sun 00:00-24:00", "mon-sun 00:00-24:00"),
            ("tue 18:00-00:00", "tue 18:00-24:00"),
            ("", "closed"),
            ("Closed", "closed"),
        ];
        for (text, expected) in table {
            assert_eq!(text.parse::<Hours>().unwrap().to_string(), expected, "{text}");
        }
    }

    #[test]
    fn hours_that_make_no_sense_are_refused_with_a_reason() {
        let table = [
            ("mon 18:00-09:00", "hours.inverted"),
            ("mon 09:00-09:00", "hours.inverted"),
            ("mon 09:00-13:00 12:59-15:00", "hours.overlap"),
            ("mon-fri 09:00-13:00; wed 10:00-11:00", "hours.overlap"),
            ("mon 00:00-24:00 23:00-24:00", "hours.overlap"),
            ("someday 09:00-13:00", "hours.unreadable"),
            ("mon", "hours.unreadable"),
            ("mon 9-13", "hours.unreadable"),
            ("mon 09:60-13:00", "hours.unreadable"),
            ("mon 24:00-25:00", "hours.unreadable"),
            ("mon 09:00-13:00 and later", "hours.unreadable"),
            ("mon 09:+1-13:00", "hours.unreadable"),
        ];
        for (text, code) in table {
            assert_eq!(text.parse::<Hours>().unwrap_err().code(), code, "{text}");
        }
        assert_eq!(Interval::new(time(9, 0, 30, 0), time(10, 0, 0, 0)).unwrap_err().code(), "hours.whole-minutes");
    }

    #[test]
    fn a_break_is_closed_and_midnight_ends_the_day() {
        let hours: Hours = "mon 09:00-13:00 14:00-18:00; tue 20:00-24:00".parse().unwrap();
        let monday = date(2026, 11, 23);
        let table = [(8, 59, false), (9, 0, true), (12, 59, true), (13, 0, false), (13, 30, false), (14, 0, true), (18, 0, false)];
        for (hour, minute, open) in table {
            assert_eq!(hours.is_open(monday.at(hour, minute, 0, 0)), open, "{hour}:{minute}");
        }
        assert!(hours.is_open(date(2026, 11, 24).at(23, 59, 59, 0)));
        assert!(!hours.is_open(date(2026, 11, 25).at(0, 0, 0, 0)));
        assert_eq!(hours.weekly_minutes(), 12 * 60);
    }

    #[test]
    fn hours_and_intervals_are_stored_as_text() {
        let hours: Hours = "mon-fri 09:00-17:00".parse().unwrap();
        let stored = serde_json::to_string(&hours).unwrap();
        assert_eq!(stored, r#""mon-fri 09:00-17:00""#);
        assert_eq!(serde_json::from_str::<Hours>(&stored).unwrap(), hours);
        assert_eq!(serde_json::from_str::<Interval>(r#""20:00-24:00""#).unwrap().to_string(), "20:00-24:00");
        assert!(serde_json::from_str::<Interval>(r#""20:00-19:00""#).is_err());
    }

    proptest! {
        #[test]
        fn hours_read_back_as_they_were_written(week in proptest::collection::vec((0_i8..7, 0_i8..24, 0_i8..60, 1_i16..300), 0..12)) {
            let intervals: Vec<_> = week
                .into_iter()
                .filter_map(|(day, hour, minute, length)| {
                    let start = time(hour, minute, 0, 0);
                    let end = start.wrapping_add(jiff::Span::new().minutes(i64::from(length)));
                    Some((Weekday::from_monday_zero_offset(day).unwrap(), Interval::new(start, end).ok()?))
                })
                .collect();
            if let Ok(hours) = Hours::new(intervals) {
                prop_assert_eq!(hours.to_string().parse::<Hours>().unwrap(), hours);
            }
        }
    }
}
