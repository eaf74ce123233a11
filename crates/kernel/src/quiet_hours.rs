//! The hours in which nobody is disturbed.

use jiff::ToSpan;

use crate::{Time, Timestamp, Zone};

/// From `from` up to `until`, every day: over midnight (21:00 to 09:00) or within one day (13:00 to 15:00).
/// If both are the same there are none.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct QuietHours {
    pub from: Time,
    pub until: Time,
}

impl QuietHours {
    /// `None` if a message may go now, else the instant from which it may. If the clocks skip the hour in which
    /// the quiet would end, it ends with the skip; if they repeat it, the first time.
    pub fn until_allowed(&self, now: Timestamp, zone: &Zone) -> Option<Timestamp> {
        let today = now.date(zone);
        // The quiet of this instant may have begun yesterday.
        [today.saturating_sub(1.day()), today].into_iter().find_map(|evening| {
            let last = if self.from < self.until { evening } else { evening.saturating_add(1.day()) };
            let (begins, ends) = (zone.reaches(evening.to_datetime(self.from)), zone.reaches(last.to_datetime(self.until)));
            (self.from != self.until && begins <= now && now < ends).then_some(ends)
        })
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time};

    use super::*;

    fn quiet(from: i8, until: (i8, i8)) -> QuietHours {
        QuietHours { from: time(from, 0, 0, 0), until: time(until.0, until.1, 0, 0) }
    }

    #[test]
    fn at_night_a_message_waits_for_the_morning() {
        for name in ["Europe/Budapest", "Asia/Tehran", "America/New_York"] {
            let zone = Zone::named(name).unwrap();
            let at = |day, hour, minute| zone.at(date(2026, 11, day).at(hour, minute, 0, 0));
            let table = [
                (quiet(21, (9, 0)), at(22, 20, 59), None),
                (quiet(21, (9, 0)), at(22, 21, 0), Some(at(23, 9, 0))),
                (quiet(21, (9, 0)), at(23, 0, 0), Some(at(23, 9, 0))),
                (quiet(21, (9, 0)), at(23, 8, 59), Some(at(23, 9, 0))),
                (quiet(21, (9, 0)), at(23, 9, 0), None),
                (quiet(13, (15, 0)), at(22, 12, 59), None),
                (quiet(13, (15, 0)), at(22, 14, 0), Some(at(22, 15, 0))),
                (quiet(13, (15, 0)), at(22, 15, 0), None),
                (quiet(22, (0, 0)), at(22, 23, 0), Some(at(23, 0, 0))),
                (quiet(9, (9, 0)), at(22, 9, 0), None),
            ];
            for (hours, now, expected) in table {
                assert_eq!(hours.until_allowed(now, &zone), expected, "{hours:?} at {now} in {name}");
            }
        }
    }

    #[test]
    fn quiet_that_would_end_in_a_skipped_hour_ends_with_the_skip() {
        let zone = Zone::named("Europe/Budapest").unwrap();
        let now = zone.at(date(2026, 3, 29).at(1, 0, 0, 0));
        let ends = quiet(21, (2, 30)).until_allowed(now, &zone).unwrap();
        assert_eq!(ends.to_string(), "2026-03-29T01:00:00Z");
        assert_eq!(quiet(21, (2, 30)).until_allowed(ends, &zone), None);
        // Tehran skipped the hour after midnight.
        let tehran = Zone::named("Asia/Tehran").unwrap();
        let evening = tehran.at(date(2022, 3, 21).at(23, 0, 0, 0));
        assert_eq!(quiet(22, (0, 30)).until_allowed(evening, &tehran).unwrap().in_zone(&tehran), date(2022, 3, 22).at(1, 0, 0, 0));
    }

    #[test]
    fn a_night_with_a_repeated_hour_is_longer() {
        let zone = Zone::named("America/New_York").unwrap();
        let evening = zone.at(date(2026, 10, 31).at(21, 0, 0, 0));
        let ends = quiet(21, (9, 0)).until_allowed(evening, &zone).unwrap();
        assert_eq!(ends.since(evening).as_secs(), 13 * 3_600);
        assert_eq!(ends.in_zone(&zone), date(2026, 11, 1).at(9, 0, 0, 0));
    }
}
