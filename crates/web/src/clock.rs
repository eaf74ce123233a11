//! How late something is, or how long it still has, as people at a desk say it: '25 min late', 'since Friday'.

use kernel::{Arg, Date, OpenDays, Staffed, Timestamp, Weekday, format};

use crate::telling::{Telling, days_before};

/// Whose minutes are counted: each kind of clock has words of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Clock {
    /// The promised answer.
    Promise,
    /// A desk task.
    Task,
}

impl Clock {
    pub fn late(self, telling: &Telling<'_>, days: &OpenDays<'_>, due: Timestamp) -> String {
        let (minutes_key, hours_key) = match self {
            Self::Promise => ("inbox-clock-over", "inbox-clock-over-hours"),
            Self::Task => ("today-due-over", "today-due-over-hours"),
        };
        match days.late_since(due, telling.now) {
            Staffed::Minutes(minutes) => telling.words.with(minutes_key, &[("minutes", Arg::from(minutes))]),
            Staffed::Hours(hours) => telling.words.with(hours_key, &[("hours", Arg::from(hours))]),
            Staffed::Day(day) => since(telling, day),
        }
    }

    pub fn left(self, telling: &Telling<'_>, days: &OpenDays<'_>, due: Timestamp) -> String {
        let by = || telling.words.with("today-due", &[("at", Arg::from(telling.at(due)))]);
        if self == Self::Task {
            return by();
        }
        match days.left_until(due, telling.now) {
            Staffed::Minutes(minutes) => telling.words.with("inbox-clock-left", &[("minutes", Arg::from(minutes))]),
            Staffed::Hours(hours) => telling.words.with("inbox-clock-left-hours", &[("hours", Arg::from(hours))]),
            Staffed::Day(_) => by(),
        }
    }
}

/// 'since yesterday', 'since Friday', 'since 12 Nov'.
fn since(telling: &Telling<'_>, day: Date) -> String {
    let today = telling.now.date(telling.zone);
    if day == days_before(today, 1) {
        return telling.words.say("clock-since-yesterday");
    }
    if day > days_before(today, 7) {
        return telling.words.form("clock-since-weekday", ("weekday", name(day.weekday())));
    }
    telling.words.with("clock-since-day", &[("day", Arg::from(format::date_short(day, telling.words.locale())))])
}

const fn name(weekday: Weekday) -> &'static str {
    match weekday {
        Weekday::Monday => "monday",
        Weekday::Tuesday => "tuesday",
        Weekday::Wednesday => "wednesday",
        Weekday::Thursday => "thursday",
        Weekday::Friday => "friday",
        Weekday::Saturday => "saturday",
        Weekday::Sunday => "sunday",
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use kernel::{Hours, Locale, Zone};

    use super::*;
    use crate::Words;

    #[test]
    fn what_is_late_since_another_day_names_the_day() {
        let (zone, exceptions) = (Zone::named("Europe/Budapest").unwrap(), BTreeMap::new());
        let hours: Hours = "mon-fri 09:00-17:00".parse().unwrap();
        let days = OpenDays { hours: &hours, exceptions: &exceptions, zone: &zone };
        let at = |wall: &str| zone.at(wall.parse().unwrap());
        let late = |locale, due: &str| {
            let telling = Telling { words: Words::of(locale), zone: &zone, now: at("2026-11-23T08:30") };
            Clock::Promise.late(&telling, &days, at(due))
        };
        for (due, expected) in [
            ("2026-11-22T16:00", ["since yesterday", "со вчерашнего дня", "tegnap óta", "از دیروز"]),
            ("2026-11-20T10:30", ["since Friday", "с пятницы", "péntek óta", "از جمعه"]),
            ("2026-11-17T10:30", ["since Tuesday", "со вторника", "kedd óta", "از سه\u{200c}شنبه"]),
            ("2026-11-16T10:30", ["since 16 Nov", "с 16 нояб.", "nov. 16. óta", "از ۲۵ آبان"]),
        ] {
            assert_eq!(Locale::ALL.map(|locale| late(locale, due)), expected, "{due}");
        }
    }
}
