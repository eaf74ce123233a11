//! Days as people and programs write them. The order of day and month is decided once for a column, from all its values.

use std::time::Duration;

use kernel::solar_hijri::{self, SolarDate};
use kernel::{Date, Refusal, Zone, format};

/// Which of `03/04/2026` is the month.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum DayOrder {
    DayFirst,
    MonthFirst,
}

/// Three numbers that are written like a day, or a month by its name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Parts {
    numbers: [u16; 3],
    layout: Layout,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Layout {
    YearFirst,
    /// Points are European: the day is first.
    DayFirst(Year),
    /// Slashes are either.
    YearLast(Year),
    /// A name of a month was read: year, month, day.
    Named,
    NamedSolar,
    /// Days since 1899-12-30, as a spreadsheet counts.
    Serial,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Year {
    Whole,
    /// The last two digits.
    Short,
}

/// Years from which on a number is a year of the common era; below it is one of the Solar Hijri calendar.
const COMMON_ERA: u16 = 1700;
/// Spreadsheet days of 1927 to 2119: what a person's life and a journal can need.
const SERIALS: std::ops::RangeInclusive<u32> = 10_000..=80_000;

const SPOKEN_WORDS: usize = 3;

pub(super) fn parts(text: &str) -> Option<Parts> {
    let text = plain(text);
    if let Some(serial) = serial(&text) {
        return Some(serial);
    }
    if let Some(compact) = compact(&text) {
        return Some(compact);
    }
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '.' | '/' | '-' | ',' | '(' | ')'));
    let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
    if let Some(named) = with_month_name(&words) {
        return Some(named);
    }
    // A weekday, and the `г.` that Russian puts behind a year.
    let (spoken, numeric): (Vec<&str>, Vec<&str>) = words.iter().partition(|word| word.chars().all(char::is_alphabetic));
    let [first, second, third] = numeric[..] else { return None };
    if spoken.len() > SPOKEN_WORDS || text.matches(['.', '/', '-']).count() < 2 {
        return None;
    }
    let number =
        |word: &str| if word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_digit()) { word.parse::<u16>().ok() } else { None };
    let numbers = [number(first)?, number(second)?, number(third)?];
    let layout = match (first.len(), second.len(), third.len()) {
        (4, 1..=2, 1..=2) => Layout::YearFirst,
        (1..=2, 1..=2, length @ (2 | 4)) => {
            let year = if length == 4 { Year::Whole } else { Year::Short };
            if text.contains('/') { Layout::YearLast(year) } else { Layout::DayFirst(year) }
        }
        _ => return None,
    };
    Some(Parts { numbers, layout })
}

/// Lower case and ASCII digits, without marks of direction.
fn plain(text: &str) -> String {
    let text: String = format::ascii_digits(text)
        .chars()
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    text.to_lowercase().replace('\u{a0}', " ").trim().to_owned()
}

fn serial(text: &str) -> Option<Parts> {
    let whole = text.strip_suffix(".0").unwrap_or(text);
    let number = whole.parse::<u32>().ok().filter(|number| SERIALS.contains(number) && whole.len() == 5)?;
    let day = Zone::utc().at(Date::new(1899, 12, 30).ok()?.at(0, 0, 0, 0)) + Duration::from_hours(u64::from(number) * 24);
    let day = day.date(&Zone::utc());
    Some(Parts {
        numbers: [day.year().unsigned_abs(), day.month().unsigned_abs().into(), day.day().unsigned_abs().into()],
        layout: Layout::Serial,
    })
}

/// `20261125`, as calendars and some programs write it.
fn compact(text: &str) -> Option<Parts> {
    let fits = text.len() == 8 && text.bytes().all(|byte| byte.is_ascii_digit());
    let number = |part: &str| part.parse::<u16>().ok();
    let numbers = fits.then(|| Some([number(&text[..4])?, number(&text[4..6])?, number(&text[6..])?])).flatten()?;
    let plausible = (1300..=1500).contains(&numbers[0]) || (1900..=2100).contains(&numbers[0]);
    (plausible && (1..=12).contains(&numbers[1])).then_some(Parts { numbers, layout: Layout::YearFirst })
}

fn with_month_name(words: &[&str]) -> Option<Parts> {
    let month_of = |word: &str| {
        MONTHS.iter().find_map(|(beginnings, month, layout)| {
            beginnings.iter().any(|beginning| word.starts_with(beginning)).then_some((*month, *layout))
        })
    };
    let (month, layout) = words.iter().find_map(|word| month_of(word))?;
    let numbers: Vec<&str> = words.iter().copied().filter(|word| word.bytes().all(|byte| byte.is_ascii_digit())).collect();
    let [one, other] = numbers[..] else { return None };
    let (year, day) = if one.len() == 4 { (one, other) } else { (other, one) };
    let parsed = (year.len() == 4 && day.len() <= 2).then(|| Some((year.parse().ok()?, day.parse().ok()?))).flatten()?;
    Some(Parts { numbers: [parsed.0, month, parsed.1], layout })
}

/// The order that all days of a column allow; where they allow both, the one of the clinic's country.
pub(super) fn order<'a>(values: impl Iterator<Item = &'a str>, region: &str) -> DayOrder {
    let (mut day_first, mut month_first) = (false, false);
    for parts in values.filter_map(parts).filter(|parts| matches!(parts.layout, Layout::YearLast(_))) {
        let [first, second, _] = parts.numbers;
        day_first |= first > 12;
        month_first |= second > 12 && first <= 12;
    }
    match (day_first, month_first) {
        (false, true) => DayOrder::MonthFirst,
        (false, false) if MONTH_FIRST_COUNTRIES.contains(&region) => DayOrder::MonthFirst,
        _ => DayOrder::DayFirst,
    }
}

const MONTH_FIRST_COUNTRIES: [&str; 4] = ["US", "PH", "FM", "PW"];

/// The day. A year of two digits is the one that is nearest to `today` and, for a birth date, not after it.
pub(super) fn day(text: &str, order: DayOrder, years: Years, today: Date) -> Result<Date, Refusal> {
    let parts = parts(text).ok_or_else(|| Refusal::new("import.day-unreadable"))?;
    let [first, second, third] = parts.numbers;
    let (year, month, day) = match (parts.layout, order) {
        (Layout::YearFirst | Layout::Named | Layout::NamedSolar | Layout::Serial, _) => (first, second, third),
        (Layout::DayFirst(_), _) | (Layout::YearLast(_), DayOrder::DayFirst) => (third, second, first),
        (Layout::YearLast(_), DayOrder::MonthFirst) => (third, first, second),
    };
    let short = matches!(parts.layout, Layout::DayFirst(Year::Short) | Layout::YearLast(Year::Short));
    let year = if short { full_year(year, years, today) } else { year };
    let impossible = || Refusal::new("import.day-impossible");
    let (month, day) = (u8::try_from(month).map_err(|_| impossible())?, u8::try_from(day).map_err(|_| impossible())?);
    let found = if year < COMMON_ERA {
        solar_hijri::to_date(SolarDate { year: year.into(), month, day }).filter(|_| (1200..=1600).contains(&year))
    } else {
        let (year, month, day) = (i16::try_from(year).map_err(|_| impossible())?, month.cast_signed(), day.cast_signed());
        Date::new(year, month, day).ok()
    };
    found.ok_or_else(impossible)
}

/// Which years a column can mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Years {
    OfVisits,
    OfBirths,
}

fn full_year(short: u16, years: Years, today: Date) -> u16 {
    let now = today.year().unsigned_abs();
    let this_century = now - now % 100 + short;
    match years {
        Years::OfBirths if this_century > now => this_century - 100,
        Years::OfBirths | Years::OfVisits => this_century,
    }
}

type Month = (&'static [&'static str], u16, Layout);

/// By how their names begin, in lower case, in each language and each case of its grammar.
#[rustfmt::skip]
const MONTHS: &[Month] = &[
    (&["jan", "янв", "ژانویه"], 1, Layout::Named),
    (&["feb", "фев", "فوریه"], 2, Layout::Named),
    (&["mar", "már", "мар", "مارس"], 3, Layout::Named),
    (&["apr", "ápr", "апр", "آوریل"], 4, Layout::Named),
    (&["may", "máj", "мая", "май"], 5, Layout::Named),
    (&["jun", "jún", "июн", "ژوئن"], 6, Layout::Named),
    (&["jul", "júl", "июл", "ژوئیه", "جولای"], 7, Layout::Named),
    (&["aug", "авг", "اوت", "آگوست"], 8, Layout::Named),
    (&["sep", "szept", "сен", "سپتامبر"], 9, Layout::Named),
    (&["oct", "okt", "окт", "اکتبر"], 10, Layout::Named),
    (&["nov", "ноя", "نوامبر"], 11, Layout::Named),
    (&["dec", "дек", "دسامبر"], 12, Layout::Named),
    (&["فروردین"], 1, Layout::NamedSolar),
    (&["اردیبهشت"], 2, Layout::NamedSolar),
    (&["خرداد"], 3, Layout::NamedSolar),
    (&["تیر"], 4, Layout::NamedSolar),
    (&["مرداد", "امرداد"], 5, Layout::NamedSolar),
    (&["شهریور"], 6, Layout::NamedSolar),
    (&["مهر"], 7, Layout::NamedSolar),
    (&["آبان"], 8, Layout::NamedSolar),
    (&["آذر"], 9, Layout::NamedSolar),
    (&["دی"], 10, Layout::NamedSolar),
    (&["بهمن"], 11, Layout::NamedSolar),
    (&["اسفند"], 12, Layout::NamedSolar),
];

#[cfg(test)]
mod tests {
    use super::*;

    fn today() -> Date {
        Date::new(2026, 11, 22).unwrap()
    }

    fn read(text: &str) -> Result<Date, Refusal> {
        day(text, DayOrder::DayFirst, Years::OfVisits, today())
    }

    #[test]
    fn a_day_is_read_in_every_way_it_is_written() {
        let expected = Date::new(2026, 11, 25).unwrap();
        for text in [
            "2026-11-25",
            "2026/11/25",
            "20261125",
            "25.11.2026",
            " 25.11.26 ",
            "25.11.2026 г.",
            "ср 25.11.2026",
            "25/11/2026",
            "25-11-2026",
            "2026. 11. 25.",
            "2026.11.25.",
            "2026.11.25. (sze)",
            "2026. november 25.",
            "25 ноября 2026 г.",
            "25 Nov 2026",
            "Wed, Nov 25, 2026",
            "46351",
            "46351.0",
            "1405/09/04",
            "۱۴۰۵/۰۹/۰۴",
            "٤-٩-١٤٠٥",
            "۴ آذر ۱۴۰۵",
            "چهارشنبه ۱۴۰۵/۹/۴",
            "\u{200f}۱۴۰۵/۰۹/۰۴",
            "14050904",
        ] {
            assert_eq!(read(text), Ok(expected), "{text}");
        }
        assert_eq!(read("۷ مهر ۱۴۰۵"), Ok(Date::new(2026, 9, 29).unwrap()));
    }

    #[test]
    fn a_day_that_does_not_exist_is_told_from_what_is_no_day() {
        for text in ["31.02.2026", "00.11.2026", "2026-13-01", "29.02.2026", "۱۴۰۴/۱۲/۳۰", "1405/07/31", "0001-01-01"] {
            assert_eq!(read(text).unwrap_err().code(), "import.day-impossible", "{text}");
        }
        for text in ["", "tomorrow", "25.11", "11.2026", "9:00", "+36 30 123 4567", "06 30 1234", "1.2.3.4", "123456"] {
            assert_eq!(read(text).unwrap_err().code(), "import.day-unreadable", "{text}");
        }
    }

    #[test]
    fn the_order_of_day_and_month_is_decided_by_the_whole_column() {
        let table = [
            (&["03/04/2026", "25/11/2026"][..], "US", DayOrder::DayFirst),
            (&["03/04/2026", "11/25/2026"][..], "HU", DayOrder::MonthFirst),
            (&["03/04/2026"][..], "US", DayOrder::MonthFirst),
            (&["03/04/2026"][..], "RU", DayOrder::DayFirst),
            (&["25/11/2026", "11/25/2026"][..], "US", DayOrder::DayFirst),
            (&["03.04.2026", "x"][..], "RU", DayOrder::DayFirst),
        ];
        for (values, region, expected) in table {
            assert_eq!(order(values.iter().copied(), region), expected, "{values:?}");
        }
        let read = day("11/05/2026", DayOrder::MonthFirst, Years::OfVisits, today());
        assert_eq!(read, Ok(Date::new(2026, 11, 5).unwrap()));
    }

    #[test]
    fn a_short_year_of_a_birth_lies_behind_us() {
        let born = |text| day(text, DayOrder::DayFirst, Years::OfBirths, today()).unwrap().year();
        assert_eq!((born("01.02.85"), born("01.02.19"), born("01.02.26")), (1985, 2019, 2026));
    }
}
