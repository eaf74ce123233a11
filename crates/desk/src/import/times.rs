//! Times of day, spans, lengths, and moments with both a day and a time.

use kernel::{Date, Refusal, Time, Timestamp, Zone, format};

use super::days::{self, DayOrder, Years};

/// Longer than any treatment in a chair.
pub(super) const LONGEST_MINUTES: u32 = 12 * 60;
const MINUTES_A_DAY: f64 = 1_440.0;

/// A time, and the one until which it lasts where both stand in one cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Span {
    pub from: Time,
    pub until: Option<Time>,
}

/// `9:00`, `9.30`, `9:00-9:30`; none for an empty cell.
pub(super) fn span(text: &str) -> Result<Option<Span>, Refusal> {
    let text = plain(text);
    if text.is_empty() {
        return Ok(None);
    }
    if let Some(from) = time(&text)? {
        return Ok(Some(Span { from, until: None }));
    }
    let text = text.strip_prefix("с ").unwrap_or(&text);
    let parted = SPANS.iter().find_map(|between| text.split_once(between)).ok_or_else(unreadable)?;
    let (from, until) = (time(parted.0.trim())?, time(parted.1.trim())?);
    match (from, until) {
        (Some(from), Some(until)) => Ok(Some(Span { from, until: Some(until) })),
        _ => Err(unreadable()),
    }
}

const SPANS: [&str; 8] = ["-", " to ", " until ", " до ", " по ", "…", "~", " تا "];

/// None for what is not written like a time; a refusal for one that no clock shows, such as 25:00.
fn time(text: &str) -> Result<Option<Time>, Refusal> {
    let (text, half) = half_of_day(text);
    if let Some(minutes) = text.starts_with("0.").then(|| fraction(text)).flatten() {
        return at(minutes / 60, minutes % 60, half).map(Some);
    }
    let text = HOUR_WORDS.iter().find_map(|word| text.strip_suffix(word)).unwrap_or(text).trim();
    let parts: Vec<&str> = text.split([':', '.', 'h', 'ч']).map(str::trim).collect();
    let number = |part: &str| {
        if (1..=2).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit()) { part.parse::<u32>().ok() } else { None }
    };
    let (hour, minute) = match parts[..] {
        [digits] if (3..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) => {
            let (hour, minute) = digits.split_at(digits.len() - 2);
            (number(hour), number(minute))
        }
        [hour] => (number(hour), Some(0)),
        [hour, minute] | [hour, minute, "00"] if minute.len() == 2 => (number(hour), number(minute)),
        // Seconds and their fractions say nothing about an appointment.
        [hour, minute, seconds] | [hour, minute, seconds, _]
            if minute.len() == 2 && number(seconds).is_some_and(|seconds| seconds < 60) =>
        {
            (number(hour), number(minute))
        }
        _ => return Ok(None),
    };
    match (hour, minute) {
        (Some(hour), Some(minute)) => at(hour, minute, half).map(Some),
        _ => Ok(None),
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Half {
    Morning,
    Afternoon,
}

fn half_of_day(text: &str) -> (&str, Option<Half>) {
    let found = HALVES.iter().find_map(|(word, half)| {
        let rest = text.strip_suffix(word).or_else(|| text.strip_prefix(word))?;
        Some((rest.trim(), Some(*half)))
    });
    found.unwrap_or((text, None))
}

const HALVES: [(&str, Half); 14] = [
    ("am", Half::Morning),
    ("a.m.", Half::Morning),
    ("pm", Half::Afternoon),
    ("p.m.", Half::Afternoon),
    ("de.", Half::Morning),
    ("de", Half::Morning),
    ("du.", Half::Afternoon),
    ("du", Half::Afternoon),
    ("ق.ظ", Half::Morning),
    ("قبل از ظهر", Half::Morning),
    ("صبح", Half::Morning),
    ("ب.ظ", Half::Afternoon),
    ("بعد از ظهر", Half::Afternoon),
    ("عصر", Half::Afternoon),
];

const HOUR_WORDS: [&str; 6] = [" час", " часов", " óra", " órakor", " h", " uhr"];

fn at(hour: u32, minute: u32, half: Option<Half>) -> Result<Time, Refusal> {
    let hour = match (hour, half) {
        (12, Some(Half::Morning)) => 0,
        (1..=11, Some(Half::Afternoon)) => hour + 12,
        _ => hour,
    };
    let made = i8::try_from(hour).ok().zip(i8::try_from(minute).ok()).and_then(|(hour, minute)| Time::new(hour, minute, 0, 0).ok());
    made.ok_or_else(|| Refusal::new("import.time-impossible"))
}

/// A part of a day, as a spreadsheet keeps a time.
fn fraction(text: &str) -> Option<u32> {
    let share = text.parse::<f64>().ok().filter(|share| (0.0..1.0).contains(share))?;
    // At most 1,440: the cast keeps the value.
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "between 0 and 1,440")]
    let minutes = (share * MINUTES_A_DAY).round() as u32;
    Some(minutes)
}

/// `30`, `30 min`, `1:15`, `1 ч 30 мин`, `PT45M`; none for an empty cell.
pub(super) fn minutes(text: &str) -> Result<Option<u32>, Refusal> {
    let text = plain(text);
    if text.is_empty() {
        return Ok(None);
    }
    let unreadable = || Refusal::new("import.minutes-unreadable");
    let read = length(&text).ok_or_else(unreadable)?;
    if (1..=LONGEST_MINUTES).contains(&read) {
        Ok(Some(read))
    } else {
        Err(Refusal::new("import.minutes-range").with("most", LONGEST_MINUTES))
    }
}

fn length(text: &str) -> Option<u32> {
    if text.starts_with("0.") {
        return fraction(text);
    }
    if let Some((hours, rest)) = text.split_once(':') {
        let minutes = rest.split(':').next().unwrap_or(rest);
        return hours.trim().parse::<u32>().ok()?.checked_mul(60)?.checked_add(minutes.trim().parse().ok()?);
    }
    let iso = text.strip_prefix("pt").unwrap_or(text);
    // Numbers and the units behind them, in any spacing.
    let mut total = 0_u32;
    let mut rest = iso.trim();
    while !rest.is_empty() {
        let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
        let number = rest[..digits].parse::<u32>().ok()?;
        let after = rest[digits..].trim_start();
        let letters = after.find(|c: char| c.is_ascii_digit()).unwrap_or(after.len());
        let unit = after[..letters].trim().trim_end_matches('.');
        let factor = if unit.is_empty() || unit.starts_with('m') || unit.starts_with("мин") || unit.starts_with('p') || unit == "دقیقه"
        {
            1
        } else if unit.starts_with('h')
            || unit.starts_with('ч')
            || unit.starts_with("óra")
            || unit == "ó"
            || unit == "ساعت"
            || unit == "ساعت و"
        {
            60
        } else {
            return None;
        };
        total = total.checked_add(number.checked_mul(factor)?)?;
        rest = after[letters..].trim_start();
    }
    Some(total)
}

/// A cell that holds a day and a time: the two texts.
pub(super) fn moment_parts(text: &str) -> Option<(String, String)> {
    let text = plain(text);
    // In an instant the zone stands behind the time, and is read apart.
    let (local, _) = zoned(&text);
    let cuts = local.char_indices().filter(|(_, c)| c.is_whitespace() || *c == 't' || *c == ',');
    for (cut, mark) in cuts {
        let (day, time) = (local[..cut].trim(), local[cut + mark.len_utf8()..].trim());
        let timed = time.contains([':', '.', 'h', 'ч']) || (mark == 't' && matches!(time.len(), 4 | 6));
        let time = time.get(..4).filter(|_| mark == 't' && time.len() == 6).unwrap_or(time);
        if timed
            && days::parts(day).is_some()
            && matches!(span(time), Ok(Some(_)) | Err(_))
            && time.starts_with(|c: char| c.is_ascii_digit())
        {
            return Some((day.to_owned(), time.to_owned()));
        }
    }
    serial_moment(&text)
}

/// `46351.395833`: a spreadsheet's day with its part of a day.
fn serial_moment(text: &str) -> Option<(String, String)> {
    let (day, part) = text.split_once('.')?;
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let serial = day.len() == 5 && digits(day) && digits(part) && days::parts(day).is_some();
    (serial && part.bytes().any(|byte| byte != b'0')).then(|| (day.to_owned(), format!("0.{part}")))
}

/// Where the time of a cell holds: in the clinic's zone, or in the one that stands behind it.
enum Offset {
    Clinic,
    Minutes(i64),
    Named(Zone),
}

fn zoned(text: &str) -> (&str, Offset) {
    if let Some((local, name)) = text.strip_suffix(']').and_then(|rest| rest.split_once('[')) {
        let local = local.trim_end_matches('z');
        return (local, zone_named(name).map_or(Offset::Clinic, Offset::Named));
    }
    let timed = text.find('t').filter(|at| text[..*at].ends_with(|c: char| c.is_ascii_digit()));
    let Some(timed) = timed else { return (text, Offset::Clinic) };
    if let Some(local) = text.strip_suffix('z') {
        return (local, Offset::Minutes(0));
    }
    let sign = text[timed..].rfind(['+', '-']).map(|at| timed + at);
    let offset = sign.and_then(|at| {
        let digits: String = text[at + 1..].chars().filter(char::is_ascii_digit).collect();
        let minutes =
            (digits.len() == 4).then(|| Some(digits[..2].parse::<i64>().ok()? * 60 + digits[2..].parse::<i64>().ok()?)).flatten()?;
        let behind = text.as_bytes()[at] == b'-';
        Some((&text[..at], Offset::Minutes(if behind { -minutes } else { minutes })))
    });
    offset.unwrap_or((text, Offset::Clinic))
}

/// The texts here are in lower case; names of zones are `Europe/Budapest`.
fn zone_named(name: &str) -> Option<Zone> {
    Zone::named(name).ok()
}

/// The moment, and the time until which it lasts where the cell says so.
pub(super) fn moment(text: &str, order: DayOrder, today: Date, clinic: &Zone) -> Result<(Timestamp, Option<Timestamp>), Refusal> {
    let (day, time) = moment_parts(text).ok_or_else(|| Refusal::new("import.start-unreadable"))?;
    let day = days::day(&day, order, Years::OfVisits, today)?;
    let span = span(&time)?.ok_or_else(unreadable)?;
    let lowered = plain(text);
    let (_, offset) = zoned(&lowered);
    let instant = |time: Time| match &offset {
        Offset::Clinic => clinic.at(day.to_datetime(time)),
        Offset::Named(zone) => zone.at(day.to_datetime(time)),
        Offset::Minutes(minutes) => Timestamp::from_millis(Zone::utc().at(day.to_datetime(time)).as_millis() - minutes * 60_000),
    };
    Ok((instant(span.from), span.until.map(instant)))
}

fn plain(text: &str) -> String {
    let text: String = format::ascii_digits(text)
        .chars()
        .filter(|c| !matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
        .collect();
    text.trim().to_lowercase().replace(['–', '—', '−'], "-").replace(['\u{a0}', '\u{202f}'], " ")
}

fn unreadable() -> Refusal {
    Refusal::new("import.time-unreadable")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock(hour: i8, minute: i8) -> Time {
        Time::new(hour, minute, 0, 0).unwrap()
    }

    #[test]
    fn a_time_is_read_in_every_way_it_is_written() {
        let table = [
            ("9:00", clock(9, 0)),
            ("09:00:00", clock(9, 0)),
            ("9.30", clock(9, 30)),
            ("۹:۳۰", clock(9, 30)),
            ("9:00 AM", clock(9, 0)),
            ("9:05pm", clock(21, 5)),
            ("12:30 am", clock(0, 30)),
            ("12:30 PM", clock(12, 30)),
            ("du. 3:15", clock(15, 15)),
            ("۳:۱۵ ب.ظ", clock(15, 15)),
            ("0930", clock(9, 30)),
            ("9 óra", clock(9, 0)),
            ("9h30", clock(9, 30)),
            ("0.395833333333333", clock(9, 30)),
            ("\u{200e}14:45", clock(14, 45)),
        ];
        for (text, expected) in table {
            assert_eq!(span(text), Ok(Some(Span { from: expected, until: None })), "{text}");
        }
        assert_eq!(span("  "), Ok(None));
    }

    #[test]
    fn a_span_has_two_times() {
        for text in
            ["9:00-9:30", "9:00 – 9:30", "09:00—09:30", "9.00-9.30", "с 9:00 до 9:30", "9:00 to 9:30", "۹:۰۰ تا ۹:۳۰", "9:00 AM - 9:30 AM"]
        {
            assert_eq!(span(text), Ok(Some(Span { from: clock(9, 0), until: Some(clock(9, 30)) })), "{text}");
        }
    }

    #[test]
    fn a_time_that_no_clock_shows_is_told_from_what_is_no_time() {
        for text in ["25:00", "9:60", "24:30", "25.00", "9:00-26:00"] {
            assert_eq!(span(text).unwrap_err().code(), "import.time-impossible", "{text}");
        }
        for text in ["soon", "9:5", "9:00:00:00:00", "morning", "9:00-", "12345", "-"] {
            assert_eq!(span(text).unwrap_err().code(), "import.time-unreadable", "{text}");
        }
    }

    #[test]
    fn a_length_is_read_in_minutes() {
        let table = [
            ("30", 30),
            ("30 min", 30),
            ("45 perc", 45),
            ("45 мин.", 45),
            ("۴۰ دقیقه", 40),
            ("1:15", 75),
            ("00:45:00", 45),
            ("1 ч 30 мин", 90),
            ("1h30", 90),
            ("PT1H15M", 75),
            ("0.0208333333", 30),
            ("1 óra 10 perc", 70),
        ];
        for (text, expected) in table {
            assert_eq!(minutes(text), Ok(Some(expected)), "{text}");
        }
        assert_eq!(minutes(""), Ok(None));
        for (text, code) in [
            ("0", "import.minutes-range"),
            ("900", "import.minutes-range"),
            ("long", "import.minutes-unreadable"),
            ("-5", "import.minutes-unreadable"),
        ] {
            assert_eq!(minutes(text).unwrap_err().code(), code, "{text}");
        }
    }

    #[test]
    fn a_moment_is_read_in_the_clinics_zone_or_in_its_own() {
        let budapest = Zone::named("Europe/Budapest").unwrap();
        let today = Date::new(2026, 11, 22).unwrap();
        let expected = budapest.at(Date::new(2026, 11, 25).unwrap().at(9, 30, 0, 0));
        for text in [
            "2026-11-25 09:30",
            "2026-11-25T09:30:00",
            "2026-11-25T09:30",
            "20261125T093000",
            "2026-11-25T08:30:00Z",
            "20261125T083000Z",
            "2026-11-25T10:30:00+02:00",
            "2026-11-25T03:30:00-05:00",
            "20261125T093000[Europe/Budapest]",
            "20261125T113000[Europe/Moscow]",
            "25.11.2026 9:30",
            "2026. 11. 25. 9:30",
            "2026.11.25. 9:30",
            "11/25/2026 9:30 AM",
            "۱۴۰۵/۰۹/۰۴ ۹:۳۰",
            "25.11.2026, 9:30",
            "46351.3958333333",
        ] {
            let order = if text.starts_with("11/") { DayOrder::MonthFirst } else { DayOrder::DayFirst };
            assert_eq!(moment(text, order, today, &budapest), Ok((expected, None)), "{text}");
        }
        let (from, until) = moment("25.11.2026 9:30-10:00", DayOrder::DayFirst, today, &budapest).unwrap();
        assert_eq!((from, until.map(|until| until.since(from).as_secs())), (expected, Some(1_800)));
        for (text, code) in [
            ("25.11.2026", "import.start-unreadable"),
            ("25.11.2026 25:00", "import.time-impossible"),
            ("31.11.2026 9:00", "import.day-impossible"),
            ("20261125T093000 FREQ=WEEKLY", "import.start-unreadable"),
        ] {
            assert_eq!(moment(text, DayOrder::DayFirst, today, &budapest).unwrap_err().code(), code, "{text}");
        }
    }

    #[test]
    fn a_time_that_the_clock_change_skips_is_the_hour_after() {
        let budapest = Zone::named("Europe/Budapest").unwrap();
        let today = Date::new(2026, 3, 1).unwrap();
        let (from, _) = moment("2026-03-29 02:30", DayOrder::DayFirst, today, &budapest).unwrap();
        assert_eq!(from.in_zone(&budapest), Date::new(2026, 3, 29).unwrap().at(3, 30, 0, 0));
    }
}
