//! The Solar Hijri calendar, in which Persian-speaking clinics write their dates. Inside the program a day is
//! always a [`Date`]; this is the way in and out.

use icu_calendar::cal::{Iso, Persian};

use crate::{Date, format};

/// Years that a clinic can mean, 1821 to 2221 of the common era. Keeps a Gregorian year from being read as one of these.
const PLAUSIBLE_YEARS: std::ops::RangeInclusive<i32> = 1200..=1600;

/// Year, month and day of the Solar Hijri calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct SolarDate {
    pub year: i32,
    /// 1 is Farvardin, 12 is Esfand.
    pub month: u8,
    pub day: u8,
}

pub fn from_date(day: Date) -> SolarDate {
    let solar = calendar_day(day);
    SolarDate { year: solar.year().extended_year(), month: solar.month().number(), day: solar.day_of_month().0 }
}

/// `None` if the calendar has no such day, such as 30 Esfand of a common year.
pub fn to_date(day: SolarDate) -> Option<Date> {
    let iso = icu_calendar::Date::try_new_persian(day.year, day.month, day.day).ok()?.to_calendar(Iso);
    let (month, day) = (i8::try_from(iso.month().number()).ok()?, i8::try_from(iso.day_of_month().0).ok()?);
    Date::new(i16::try_from(iso.year().extended_year()).ok()?, month, day).ok()
}

/// Reads `۱۴۰۵/۰۹/۰۴`, `1405-9-4` or `4.9.1405`, in any digits.
pub fn parse(text: &str) -> Option<Date> {
    let text = format::ascii_digits(text.trim());
    let separator = text.chars().find(|c| matches!(c, '/' | '-' | '.'))?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let [first, month, last] = parts[..] else { return None };
    let (year, day) = if first.len() == 4 { (first, last) } else { (last, first) };
    let numeric = [year, month, day].iter().all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    if !numeric || year.len() != 4 || month.len() > 2 || day.len() > 2 {
        return None;
    }
    let day = SolarDate { year: year.parse().ok()?, month: month.parse().ok()?, day: day.parse().ok()? };
    PLAUSIBLE_YEARS.contains(&day.year).then(|| to_date(day)).flatten()
}

pub(crate) fn calendar_day(day: Date) -> icu_calendar::Date<Persian> {
    iso_day(day).to_calendar(Persian)
}

pub(crate) fn iso_day(day: Date) -> icu_calendar::Date<Iso> {
    icu_calendar::Date::try_new_iso(day.year().into(), day.month().cast_unsigned(), day.day().cast_unsigned())
        .expect("a civil date is one of ISO 8601")
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;
    use proptest::prelude::*;

    use super::*;

    const fn solar(year: i32, month: u8, day: u8) -> SolarDate {
        SolarDate { year, month, day }
    }

    #[test]
    fn known_days_agree_in_both_calendars() {
        let table = [
            (date(2026, 11, 25), solar(1405, 9, 4)),
            (date(2025, 3, 20), solar(1403, 12, 30)), // 1403 was a leap year
            (date(2025, 3, 21), solar(1404, 1, 1)),
            (date(2026, 3, 20), solar(1404, 12, 29)),
            (date(2026, 3, 21), solar(1405, 1, 1)),
            (date(2021, 3, 20), solar(1399, 12, 30)),
            (date(2024, 3, 20), solar(1403, 1, 1)),
            (date(1979, 2, 11), solar(1357, 11, 22)),
            (date(2026, 9, 22), solar(1405, 6, 31)),
            (date(2026, 9, 23), solar(1405, 7, 1)),
        ];
        for (civil, expected) in table {
            assert_eq!(from_date(civil), expected);
            assert_eq!(to_date(expected), Some(civil));
        }
    }

    #[test]
    fn days_that_do_not_exist_are_refused() {
        for day in [solar(1404, 12, 30), solar(1405, 7, 31), solar(1405, 13, 1), solar(1405, 0, 1), solar(1405, 1, 0), solar(1405, 1, 32)] {
            assert_eq!(to_date(day), None, "{day:?}");
        }
    }

    #[test]
    fn written_dates_are_read_in_any_digits() {
        let expected = Some(date(2026, 11, 25));
        for text in ["۱۴۰۵/۰۹/۰۴", "1405-9-4", "1405.09.04", " 1405/9/04 ", "٤/٩/١٤٠٥", "4.9.1405", "۱۴۰۵ / ۹ / ۴"] {
            assert_eq!(parse(text), expected, "{text}");
        }
        for text in
            ["", "1405", "1405/9", "1405/9/4/1", "2026-11-25", "05/9/4", "1404/12/30", "1405/+9/4", "1405/9/x", "1405/009/4", "1405/9-4"]
        {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn every_day_there_and_back_is_itself(days in -40_000_i64..80_000) {
            let day = date(1970, 1, 1).saturating_add(jiff::Span::new().days(days));
            prop_assert_eq!(to_date(from_date(day)), Some(day));
        }
    }
}
