//! How long something is late or still has, as the people of a clinic say it: in staffed minutes and hours within the
//! day, and beyond it by the day itself. Nobody says 'seventy hours late' on a Monday morning; they say 'since Friday'.

use crate::{Date, OpenDays, Timestamp};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Staffed {
    Minutes(u32),
    Hours(u32),
    /// Another day than today.
    Day(Date),
}

impl OpenDays<'_> {
    /// How long it has been late since `due`.
    pub fn late_since(&self, due: Timestamp, now: Timestamp) -> Staffed {
        self.staffed(due, due, now)
    }

    /// How long is left until `due`.
    pub fn left_until(&self, due: Timestamp, now: Timestamp) -> Staffed {
        self.staffed(due, now, due)
    }

    fn staffed(&self, due: Timestamp, from: Timestamp, until: Timestamp) -> Staffed {
        if from.date(self.zone) != until.date(self.zone) {
            return Staffed::Day(due.date(self.zone));
        }
        let minutes = u32::try_from(self.open_between(from, until).as_secs() / 60).unwrap_or(u32::MAX);
        if minutes < 60 { Staffed::Minutes(minutes) } else { Staffed::Hours(minutes / 60) }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use jiff::civil::date;

    use super::*;
    use crate::{Hours, Zone};

    #[test]
    fn lateness_is_counted_in_staffed_time_and_named_by_its_day_beyond_today() {
        let hours: Hours = "mon-fri 09:00-13:00 14:00-17:00".parse().unwrap();
        let zone = Zone::named("Europe/Budapest").unwrap();
        let exceptions = BTreeMap::new();
        let days = OpenDays { hours: &hours, exceptions: &exceptions, zone: &zone };
        let (friday, monday) = (date(2026, 11, 20), date(2026, 11, 23));
        for (due, now, expected) in [
            (monday.at(9, 15, 0, 0), monday.at(9, 15, 0, 0), Staffed::Minutes(0)),
            (monday.at(9, 15, 0, 0), monday.at(9, 40, 0, 0), Staffed::Minutes(25)),
            // the break does not count
            (monday.at(12, 45, 0, 0), monday.at(14, 10, 0, 0), Staffed::Minutes(25)),
            (monday.at(9, 15, 0, 0), monday.at(16, 30, 0, 0), Staffed::Hours(6)),
            // nor do the hours after closing
            (monday.at(16, 30, 0, 0), monday.at(23, 0, 0, 0), Staffed::Minutes(30)),
            (friday.at(10, 30, 0, 0), monday.at(8, 30, 0, 0), Staffed::Day(friday)),
        ] {
            assert_eq!(days.late_since(zone.at(due), zone.at(now)), expected, "due {due}, now {now}");
        }
    }

    #[test]
    fn what_is_left_ends_today_or_on_a_day_that_is_named() {
        let hours: Hours = "mon-fri 09:00-13:00 14:00-17:00".parse().unwrap();
        let zone = Zone::named("Asia/Tehran").unwrap();
        let exceptions = BTreeMap::new();
        let days = OpenDays { hours: &hours, exceptions: &exceptions, zone: &zone };
        let (friday, monday) = (date(2026, 11, 20), date(2026, 11, 23));
        for (now, due, expected) in [
            (friday.at(9, 0, 0, 0), friday.at(9, 15, 0, 0), Staffed::Minutes(15)),
            (friday.at(12, 50, 0, 0), friday.at(14, 5, 0, 0), Staffed::Minutes(15)),
            (friday.at(9, 0, 0, 0), friday.at(14, 0, 0, 0), Staffed::Hours(4)),
            (friday.at(16, 55, 0, 0), monday.at(9, 10, 0, 0), Staffed::Day(monday)),
        ] {
            assert_eq!(days.left_until(zone.at(due), zone.at(now)), expected, "due {due}, now {now}");
        }
    }
}
