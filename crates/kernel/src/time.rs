//! Instants and civil time. An instant is one point on the world's line; a date and a time belong to a zone.

use std::fmt;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::civil::DateTime;
pub use jiff::civil::{Date, Time, Weekday};
use jiff::tz::{AmbiguousOffset, TimeZone};

/// An instant, in whole milliseconds since 1970-01-01 UTC.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Timestamp(i64);

/// A date and a time of day on the wall of some place.
pub type Moment = DateTime;

impl Timestamp {
    pub const fn from_millis(millis: i64) -> Self {
        Self(millis)
    }

    pub const fn from_seconds(seconds: i64) -> Self {
        Self(seconds * 1_000)
    }

    pub const fn as_millis(self) -> i64 {
        self.0
    }

    pub const fn as_seconds(self) -> i64 {
        self.0.div_euclid(1_000)
    }

    /// How long after `earlier` this is; nothing if it is not after it.
    pub fn since(self, earlier: Self) -> Duration {
        Duration::from_millis(u64::try_from(self.0.saturating_sub(earlier.0)).unwrap_or(0))
    }

    /// What the wall shows at this instant.
    pub fn in_zone(self, zone: &Zone) -> Moment {
        let instant =
            jiff::Timestamp::from_millisecond(self.0).unwrap_or(if self.0 < 0 { jiff::Timestamp::MIN } else { jiff::Timestamp::MAX });
        zone.0.to_datetime(instant)
    }

    pub fn date(self, zone: &Zone) -> Date {
        self.in_zone(zone).date()
    }
}

impl std::ops::Add<Duration> for Timestamp {
    type Output = Self;

    fn add(self, span: Duration) -> Self {
        Self(self.0.saturating_add(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl std::ops::Sub<Duration> for Timestamp {
    type Output = Self;

    fn sub(self, span: Duration) -> Self {
        Self(self.0.saturating_sub(i64::try_from(span.as_millis()).unwrap_or(i64::MAX)))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match jiff::Timestamp::from_millisecond(self.0) {
            Ok(instant) => instant.fmt(out),
            Err(_) => write!(out, "{} ms", self.0),
        }
    }
}

impl fmt::Debug for Timestamp {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, out)
    }
}

/// A time zone of the IANA database, by name: `Europe/Budapest`.
#[derive(Clone, PartialEq, Eq)]
pub struct Zone(TimeZone);

/// A name that the time zone database does not know.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the time zone database has no such zone")]
pub struct UnknownZone;

impl Zone {
    pub fn named(name: &str) -> Result<Self, UnknownZone> {
        TimeZone::get(name).map(Self).map_err(|_| UnknownZone)
    }

    pub fn utc() -> Self {
        Self(TimeZone::UTC)
    }

    pub fn name(&self) -> &str {
        self.0.iana_name().unwrap_or("UTC")
    }

    /// The instant at which the wall shows `moment`. A moment that a clock change skips is read
    /// with the offset before it (02:30 becomes 03:30); of a repeated one the first is taken.
    pub fn at(&self, moment: Moment) -> Timestamp {
        let instant = self.0.to_ambiguous_timestamp(moment).compatible();
        Timestamp(instant.map_or(i64::MAX, jiff::Timestamp::as_millisecond))
    }

    pub fn start_of(&self, day: Date) -> Timestamp {
        self.at(day.at(0, 0, 0, 0))
    }

    /// The first instant at which the wall shows `moment` or, if a clock change skips it, a later one.
    /// Unlike [`Zone::at`] it keeps the order of moments: 02:30 that is skipped is reached when 03:00 is.
    pub fn reaches(&self, moment: Moment) -> Timestamp {
        let AmbiguousOffset::Gap { after, .. } = self.0.to_ambiguous_timestamp(moment).offset() else { return self.at(moment) };
        let skip = after.to_timestamp(moment).ok().and_then(|before_it| self.0.following(before_it).next());
        skip.map_or_else(|| self.at(moment), |skip| Timestamp(skip.timestamp().as_millisecond()))
    }
}

impl fmt::Debug for Zone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.name())
    }
}

impl serde::Serialize for Zone {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.name())
    }
}

impl<'de> serde::Deserialize<'de> for Zone {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let name = String::deserialize(from)?;
        Self::named(&name).map_err(serde::de::Error::custom)
    }
}

/// Where the time comes from: the wall in `serve`, a hand in the demo and in tests.
pub trait Clock: Send + Sync {
    fn now(&self) -> Timestamp;

    /// How long it has run since some moment of its own. It never goes back, whoever sets the clock on the wall: what
    /// must not last longer than so long is measured with it.
    fn run(&self) -> Duration;
}

/// A clock that moves only when told to.
pub struct HandClock(Mutex<Hands>);

struct Hands {
    now: Timestamp,
    run: Duration,
}

impl HandClock {
    pub fn at(now: Timestamp) -> Self {
        Self(Mutex::new(Hands { now, run: Duration::ZERO }))
    }

    pub fn forward(&self, span: Duration) {
        let mut hands = self.hands();
        hands.now = hands.now + span;
        hands.run += span;
    }

    /// Set forwards, time has passed; set back, none has.
    pub fn set(&self, to: Timestamp) {
        let mut hands = self.hands();
        let passed = to.since(hands.now);
        hands.run += passed;
        hands.now = to;
    }

    fn hands(&self) -> MutexGuard<'_, Hands> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for HandClock {
    fn now(&self) -> Timestamp {
        self.hands().now
    }

    fn run(&self) -> Duration {
        self.hands().run
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil::date;

    #[test]
    fn a_skipped_hour_becomes_the_hour_after_and_a_repeated_one_the_first() {
        let budapest = Zone::named("Europe/Budapest").unwrap();
        let table = [
            (date(2026, 3, 29).at(2, 30, 0, 0), "2026-03-29T01:30:00Z"),
            (date(2026, 10, 25).at(2, 30, 0, 0), "2026-10-25T00:30:00Z"),
            (date(2026, 11, 22).at(9, 0, 0, 0), "2026-11-22T08:00:00Z"),
        ];
        for (moment, expected) in table {
            assert_eq!(budapest.at(moment).to_string(), expected);
        }
    }

    #[test]
    fn a_skipped_moment_is_reached_when_the_clocks_have_skipped_it() {
        let budapest = Zone::named("Europe/Budapest").unwrap();
        for minute in [0, 1, 30, 59] {
            assert_eq!(budapest.reaches(date(2026, 3, 29).at(2, minute, 0, 0)).to_string(), "2026-03-29T01:00:00Z");
        }
        assert_eq!(budapest.reaches(date(2026, 3, 29).at(3, 0, 0, 0)).to_string(), "2026-03-29T01:00:00Z");
        assert_eq!(budapest.reaches(date(2026, 3, 29).at(1, 59, 0, 0)).to_string(), "2026-03-29T00:59:00Z");
        assert_eq!(budapest.reaches(date(2026, 10, 25).at(2, 30, 0, 0)).to_string(), "2026-10-25T00:30:00Z");
    }

    #[test]
    fn a_clock_that_is_set_back_has_still_run_on() {
        let start = Timestamp::from_seconds(1_795_000_000);
        let clock = HandClock::at(start);
        clock.forward(Duration::from_secs(40));
        clock.set(start);
        assert_eq!((clock.now(), clock.run()), (start, Duration::from_secs(40)));
        clock.set(start + Duration::from_secs(2));
        assert_eq!(clock.run(), Duration::from_secs(42));
    }

    #[test]
    fn an_unknown_zone_is_refused() {
        assert_eq!(Zone::named("Mars/Olympus"), Err(UnknownZone));
    }
}
