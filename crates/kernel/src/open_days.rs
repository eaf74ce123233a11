//! What a clinic can promise: the weekly hours, the days that are different, and the wall clock of the place.
//!
//! 'An answer within one staffed hour', said on Friday at 16:30 by a clinic that is open from 9 to 17, is due on
//! Monday at 9:30. On days when the clocks change the promise counts the time that really passes.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::ToSpan;

use crate::{Date, Hours, Interval, Timestamp, Zone};

/// Longer than any holiday of a clinic; after it 'when do you open?' has no answer.
const NEXT_OPENING_WITHIN_DAYS: i64 = 60;
/// No promise to a patient is longer than a year and a month.
const PROMISE_WITHIN_DAYS: i64 = 396;

#[derive(Debug, Clone, Copy)]
pub struct OpenDays<'a> {
    pub hours: &'a Hours,
    /// Days with other hours than their weekday has; an empty list is a closed day.
    pub exceptions: &'a BTreeMap<Date, Vec<Interval>>,
    pub zone: &'a Zone,
}

impl OpenDays<'_> {
    pub fn is_open(&self, now: Timestamp) -> bool {
        self.spans(now, 1).next().is_some_and(|(start, _)| start <= now)
    }

    /// The first instant from `now` on at which it is open: `now` itself if it is. `None` if it stays closed for 60 days.
    pub fn next_opening(&self, now: Timestamp) -> Option<Timestamp> {
        self.spans(now, NEXT_OPENING_WITHIN_DAYS).next().map(|(start, _)| start)
    }

    /// Until when it stays open that is open at `opening`; `opening` itself if it is not.
    pub fn next_closing(&self, opening: Timestamp) -> Timestamp {
        self.spans(opening, 1).next().filter(|(start, _)| *start == opening).map_or(opening, |(_, end)| end)
    }

    /// The earliest instant by which it has been open for `span` since `now`. `None` if that is more than a year away.
    pub fn add_open(&self, now: Timestamp, span: Duration) -> Option<Timestamp> {
        let mut left = Duration::from_millis(u64::try_from(span.as_millis()).ok()?);
        if left.is_zero() {
            return Some(now);
        }
        for (start, end) in self.spans(now, PROMISE_WITHIN_DAYS) {
            let length = end.since(start);
            if left <= length {
                return Some(start + left);
            }
            left -= length;
        }
        None
    }

    /// How long it is open from `from` to `until`.
    pub fn open_between(&self, from: Timestamp, until: Timestamp) -> Duration {
        let days = i64::try_from(until.since(from).as_secs() / 86_400).unwrap_or(i64::MAX).saturating_add(2);
        self.spans(from, days).take_while(|(start, _)| *start < until).map(|(start, end)| end.min(until).since(start)).sum()
    }

    /// Open times that end after `from`, cut off at `from`, in order and without overlap, up to `days` later.
    fn spans(&self, from: Timestamp, days: i64) -> impl Iterator<Item = (Timestamp, Timestamp)> {
        let today = from.date(self.zone);
        // A day on either side: where clocks change at midnight, the wall may show a date again that has passed.
        let first = today.saturating_sub(1.day());
        let last = jiff::Span::new().try_days(days.saturating_add(1)).map_or(Date::MAX, |span| today.saturating_add(span));
        std::iter::successors(Some(first), |day| day.tomorrow().ok())
            .take_while(move |day| *day <= last)
            .flat_map(|day| self.intervals(day).into_iter().map(move |interval| interval.on(day)))
            .map(|(start, end)| (self.zone.reaches(start), self.zone.reaches(end)))
            .scan(from, |reached, (start, end)| {
                let start = start.max(*reached);
                *reached = end.max(*reached);
                Some((start, end))
            })
            .filter(|(start, end)| start < end)
    }

    fn intervals(&self, day: Date) -> Vec<Interval> {
        let Some(exception) = self.exceptions.get(&day) else { return self.hours.on(day.weekday()).collect() };
        let mut intervals = exception.clone();
        intervals.sort_unstable();
        intervals
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;
    use crate::Moment;

    const ZONES: [&str; 4] = ["Europe/Budapest", "Asia/Tehran", "America/New_York", "Europe/Moscow"];

    #[derive(Debug)]
    struct Place {
        hours: Hours,
        exceptions: BTreeMap<Date, Vec<Interval>>,
        zone: Zone,
    }

    impl Place {
        fn new(hours: &str, zone: &str) -> Self {
            Self { hours: hours.parse().unwrap(), exceptions: BTreeMap::new(), zone: Zone::named(zone).unwrap() }
        }

        fn days(&self) -> OpenDays<'_> {
            OpenDays { hours: &self.hours, exceptions: &self.exceptions, zone: &self.zone }
        }

        fn due(&self, from: Moment, minutes: u64) -> Option<Moment> {
            let due = self.days().add_open(self.zone.at(from), Duration::from_mins(minutes));
            due.map(|due| due.in_zone(&self.zone))
        }
    }

    #[test]
    fn an_hour_promised_on_friday_afternoon_is_due_on_monday_morning() {
        let friday = date(2026, 11, 20);
        let monday = date(2026, 11, 23);
        for zone in ZONES {
            let place = Place::new("mon-fri 09:00-17:00", zone);
            let table = [
                (friday.at(16, 30, 0, 0), 60, monday.at(9, 30, 0, 0)),
                (friday.at(16, 0, 0, 0), 60, friday.at(17, 0, 0, 0)),
                (friday.at(20, 0, 0, 0), 15, monday.at(9, 15, 0, 0)),
                (friday.at(9, 0, 0, 0), 8 * 60 * 6, date(2026, 11, 27).at(17, 0, 0, 0)),
                (friday.at(20, 0, 0, 0), 0, friday.at(20, 0, 0, 0)),
            ];
            for (from, minutes, expected) in table {
                assert_eq!(place.due(from, minutes), Some(expected), "{minutes} minutes from {from} in {zone}");
            }
        }
    }

    #[test]
    fn breaks_and_holidays_do_not_count_and_special_days_do() {
        let mut place = Place::new("mon-fri 09:00-13:00 14:00-17:00", "Europe/Budapest");
        let (friday, saturday, monday) = (date(2026, 11, 20), date(2026, 11, 21), date(2026, 11, 23));
        assert_eq!(place.due(friday.at(12, 30, 0, 0), 60), Some(friday.at(14, 30, 0, 0)));
        place.exceptions.insert(monday, vec![]);
        assert_eq!(place.due(friday.at(16, 30, 0, 0), 60), Some(date(2026, 11, 24).at(9, 30, 0, 0)));
        // Written in the wrong order and overlapping: still counted once.
        let late: Interval = "11:00-12:00".parse().unwrap();
        place.exceptions.insert(saturday, vec![late, "10:00-11:30".parse().unwrap()]);
        assert_eq!(place.due(friday.at(16, 30, 0, 0), 60), Some(saturday.at(10, 30, 0, 0)));
        assert_eq!(place.due(friday.at(16, 30, 0, 0), 150), Some(saturday.at(12, 0, 0, 0)));
        assert!(!place.days().is_open(place.zone.at(monday.at(10, 0, 0, 0))));
        assert!(place.days().is_open(place.zone.at(saturday.at(10, 0, 0, 0))));
        assert!(!place.days().is_open(place.zone.at(saturday.at(12, 0, 0, 0))));
    }

    #[test]
    fn when_the_clocks_change_the_time_that_passes_is_counted() {
        let table = [
            // In Budapest 02:00 becomes 03:00 on 29 March 2026, and 03:00 becomes 02:00 on 25 October.
            ("Europe/Budapest", date(2026, 3, 29), 23),
            ("Europe/Budapest", date(2026, 10, 25), 25),
            ("America/New_York", date(2026, 3, 8), 23),
            ("America/New_York", date(2026, 11, 1), 25),
            // Tehran changed at midnight and last did so in 2022.
            ("Asia/Tehran", date(2022, 3, 22), 23),
            ("Asia/Tehran", date(2022, 9, 21), 25),
            ("Asia/Tehran", date(2026, 3, 22), 24),
        ];
        for (zone, day, hours) in table {
            let place = Place::new("mon-sun 00:00-24:00", zone);
            let (start, end) = (place.zone.start_of(day), place.zone.start_of(day.tomorrow().unwrap()));
            assert_eq!(place.days().open_between(start, end), Duration::from_hours(hours), "{day} in {zone}");
            assert_eq!(place.days().add_open(start, Duration::from_hours(hours)), Some(end));
        }
        let night = Place::new("mon-sun 01:00-02:30", "Europe/Budapest");
        let spring = night.zone.start_of(date(2026, 3, 29));
        assert_eq!(night.days().open_between(spring, spring + Duration::from_secs(40_000)), Duration::from_hours(1));
    }

    #[test]
    fn a_clinic_that_never_opens_promises_nothing() {
        let mut place = Place::new("closed", "Europe/Moscow");
        let now = place.zone.at(date(2026, 11, 20).at(12, 0, 0, 0));
        assert_eq!(place.days().next_opening(now), None);
        assert_eq!(place.days().add_open(now, Duration::from_mins(1)), None);
        assert!(!place.days().is_open(now));
        place.exceptions.insert(date(2027, 1, 19), vec!["09:00-10:00".parse().unwrap()]);
        assert_eq!(place.days().next_opening(now), Some(place.zone.at(date(2027, 1, 19).at(9, 0, 0, 0))));
        assert_eq!(place.days().add_open(now, Duration::MAX), None);
        assert_eq!(place.days().open_between(now, now + Duration::from_hours(24 * 3_650)), Duration::from_hours(1));
    }

    #[test]
    fn the_next_opening_is_now_while_open() {
        let place = Place::new("mon-fri 09:00-17:00", "Asia/Tehran");
        let at = |day, hour| place.zone.at(date(2026, 11, day).at(hour, 0, 0, 0));
        for (now, expected) in [(at(20, 8), at(20, 9)), (at(20, 9), at(20, 9)), (at(20, 12), at(20, 12)), (at(20, 17), at(23, 9))] {
            assert_eq!(place.days().next_opening(now), Some(expected));
        }
    }

    fn places() -> impl Strategy<Value = Place> {
        let hours = [
            "mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00",
            "sat-wed 00:00-24:00",
            "sun 01:30-02:45; mon 22:00-24:00",
            "mon-sun 00:00-03:00",
        ];
        (0..hours.len(), 0..ZONES.len()).prop_map(move |(hours_at, zone)| Place::new(hours[hours_at], ZONES[zone]))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]

        #[test]
        fn what_was_added_is_what_lies_between(
            place in places(),
            start in 1_640_000_000_000_i64..1_800_000_000_000,
            span in 0_u64..200_000_000,
        ) {
            let (start, span) = (Timestamp::from_millis(start), Duration::from_millis(span));
            let due = place.days().add_open(start, span).unwrap();
            prop_assert!(due >= start);
            prop_assert_eq!(place.days().open_between(start, due), span);
            // Earliest: a millisecond sooner it was not yet so long.
            if !span.is_zero() {
                prop_assert!(place.days().open_between(start, due - Duration::from_millis(1)) < span);
            }
        }

        #[test]
        fn two_parts_of_a_time_make_the_whole(
            place in places(),
            start in 1_640_000_000_000_i64..1_800_000_000_000,
            (one, two) in (0_u64..900_000_000, 0_u64..900_000_000),
        ) {
            let start = Timestamp::from_millis(start);
            let middle = start + Duration::from_millis(one);
            let end = middle + Duration::from_millis(two);
            let days = place.days();
            prop_assert_eq!(days.open_between(start, middle) + days.open_between(middle, end), days.open_between(start, end));
        }

        #[test]
        fn it_is_open_just_when_the_next_millisecond_counts(place in places(), now in 1_640_000_000_000_i64..1_800_000_000_000) {
            let now = Timestamp::from_millis(now);
            let counted = place.days().open_between(now, now + Duration::from_millis(1));
            prop_assert_eq!(place.days().is_open(now), !counted.is_zero());
            prop_assert_eq!(place.days().next_opening(now) == Some(now), place.days().is_open(now));
        }
    }
}
