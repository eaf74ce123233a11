//! Days, hours and weekdays in words.

use icu_calendar::Gregorian;
use icu_calendar::cal::Persian;
use icu_datetime::FixedCalendarDateTimeFormatter as Formatter;
use icu_datetime::fieldsets::enums::{CalendarPeriodFieldSet, CompositeDateTimeFieldSet as Fields, DateFieldSet};
use icu_datetime::fieldsets::{E, MD, MDE, YM, YMD};
use icu_datetime::input;
use icu_locale_core::locale;

use super::digits;
use crate::{Date, Locale, Time, Timestamp, Weekday, Zone, solar_hijri};

/// Writes a day in one way and one language.
type Writer = Box<dyn Fn(Date) -> String>;

struct Writers {
    long: Writer,
    short: Writer,
    with_year: Writer,
    month: Writer,
    weekday: Writer,
    weekday_short: Writer,
}

thread_local! {
    // Built once for each thread: loading names and patterns costs more than writing a date.
    static WRITERS: [Writers; 4] = Locale::ALL.map(|locale| Writers {
        long: writer(locale, Fields::Date(DateFieldSet::MDE(MDE::long()))),
        short: writer(locale, Fields::Date(DateFieldSet::MD(MD::medium()))),
        with_year: writer(locale, Fields::Date(DateFieldSet::YMD(YMD::long()))),
        month: writer(locale, Fields::CalendarPeriod(CalendarPeriodFieldSet::YM(YM::long()))),
        weekday: writer(locale, Fields::Date(DateFieldSet::E(E::long()))),
        weekday_short: writer(locale, Fields::Date(DateFieldSet::E(E::short()))),
    });
}

fn writer(locale: Locale, fields: Fields) -> Writer {
    let known = "the names and patterns of our languages are compiled in";
    let preferences = match locale {
        Locale::En => locale!("en-GB"),
        Locale::Ru => locale!("ru"),
        Locale::Hu => locale!("hu"),
        Locale::Fa => {
            let formatter = Formatter::<Persian, _>::try_new(locale!("fa").into(), fields).expect(known);
            return Box::new(move |day| formatter.format(&at_midnight(solar_hijri::calendar_day(day))).to_string());
        }
    };
    let formatter = Formatter::<Gregorian, _>::try_new(preferences.into(), fields).expect(known);
    Box::new(move |day| formatter.format(&at_midnight(solar_hijri::iso_day(day).to_calendar(Gregorian))).to_string())
}

fn at_midnight<C: icu_calendar::AsCalendar>(date: icu_calendar::Date<C>) -> input::DateTime<C> {
    input::DateTime { date, time: input::Time::start_of_day() }
}

fn written(day: Date, locale: Locale, kind: impl Fn(&Writers) -> &Writer) -> String {
    WRITERS.with(|all| kind(&all[locale as usize])(day))
}

/// `Wednesday, 25 November`, `среда, 25 ноября`, `november 25., szerda`, `چهارشنبه ۴ آذر`.
pub fn date_long(day: Date, locale: Locale) -> String {
    let text = written(day, locale, |all| &all.long);
    match locale {
        // The CLDR has dropped the comma after an English weekday; beside a time it reads better with it.
        Locale::En => text.replacen(' ', ", ", 1),
        Locale::Ru | Locale::Hu | Locale::Fa => text,
    }
}

/// `25 Nov`, `25 нояб.`, `nov. 25.`, `۴ آذر`.
pub fn date_short(day: Date, locale: Locale) -> String {
    written(day, locale, |all| &all.short)
}

/// `25 November 2026`, `25 ноября 2026 г.`, `2026. november 25.`, `۴ آذر ۱۴۰۵`.
pub fn date_with_year(day: Date, locale: Locale) -> String {
    written(day, locale, |all| &all.with_year)
}

/// The month of a day and its year: `November 2026`, `آذر ۱۴۰۵`.
pub fn month_title(day: Date, locale: Locale) -> String {
    let text = written(day, locale, |all| &all.month);
    match (locale, text.split_once(' ')) {
        // The CLDR has no pattern of its own for the Solar Hijri calendar here and puts the year first; nobody writes so.
        (Locale::Fa, Some((year, month))) => format!("{month} {year}"),
        (Locale::En | Locale::Ru | Locale::Hu | Locale::Fa, _) => text,
    }
}

/// `Wednesday`, `среда`, `szerda`, `چهارشنبه`.
pub fn weekday(weekday: Weekday, locale: Locale) -> String {
    written(some_day_that_is(weekday), locale, |all| &all.weekday)
}

/// For the head of a narrow column: `Wed`, `ср`, `Sze`, `چهارشنبه`.
pub fn weekday_short(weekday: Weekday, locale: Locale) -> String {
    written(some_day_that_is(weekday), locale, |all| &all.weekday_short)
}

fn some_day_that_is(weekday: Weekday) -> Date {
    Date::constant(2026, 6, 1 + weekday.to_monday_zero_offset())
}

/// Hours and minutes of 24 hours, as on the clinic's wall: `09:30`, `۰۹:۳۰`.
pub fn time(time: Time, locale: Locale) -> String {
    digits(&format!("{:02}:{:02}", time.hour(), time.minute()), locale)
}

/// The long date and the time on the wall of `zone`: `Wednesday, 25 November, 10:30`.
pub fn moment(instant: Timestamp, zone: &Zone, locale: Locale) -> String {
    let moment = instant.in_zone(zone);
    joined(&date_long(moment.date(), locale), moment.time(), locale)
}

/// The short date and the time on the wall of `zone`: `25 Nov, 10:30`.
pub fn moment_short(instant: Timestamp, zone: &Zone, locale: Locale) -> String {
    let moment = instant.in_zone(zone);
    joined(&date_short(moment.date(), locale), moment.time(), locale)
}

fn joined(day: &str, at: Time, locale: Locale) -> String {
    let comma = match locale {
        Locale::En | Locale::Ru => ",",
        Locale::Hu => "",
        Locale::Fa => "،",
    };
    format!("{day}{comma} {}", time(at, locale))
}

/// How far a day is from today, for sentences that say so in a word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RelativeDay {
    Today,
    Tomorrow,
    Yesterday,
    Other,
}

pub fn relative_day(day: Date, today: Date) -> RelativeDay {
    match (today.duration_until(day)).as_hours() / 24 {
        0 => RelativeDay::Today,
        1 => RelativeDay::Tomorrow,
        -1 => RelativeDay::Yesterday,
        _ => RelativeDay::Other,
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::{date, time as at};

    use super::*;

    fn in_all(write: impl Fn(Locale) -> String) -> [String; 4] {
        Locale::ALL.map(write)
    }

    #[test]
    fn a_day_is_written_as_each_language_writes_it() {
        let day = date(2026, 11, 25);
        assert_eq!(
            in_all(|locale| date_long(day, locale)),
            ["Wednesday, 25 November", "среда, 25 ноября", "november 25., szerda", "چهارشنبه ۴ آذر"]
        );
        assert_eq!(in_all(|locale| date_short(day, locale)), ["25 Nov", "25 нояб.", "nov. 25.", "۴ آذر"]);
        assert_eq!(
            in_all(|locale| date_with_year(day, locale)),
            ["25 November 2026", "25 ноября 2026\u{202f}г.", "2026. november 25.", "۴ آذر ۱۴۰۵"]
        );
        assert_eq!(in_all(|locale| month_title(day, locale)), ["November 2026", "ноябрь 2026\u{202f}г.", "2026. november", "آذر ۱۴۰۵"]);
        assert_eq!(in_all(|locale| weekday(Weekday::Wednesday, locale)), ["Wednesday", "среда", "szerda", "چهارشنبه"]);
        assert_eq!(in_all(|locale| weekday_short(Weekday::Wednesday, locale)), ["Wed", "ср", "Sze", "چهارشنبه"]);
        assert_eq!(weekday(Weekday::Sunday, Locale::Fa), "یکشنبه");
    }

    #[test]
    fn persian_years_turn_at_nowruz_and_leap_years_have_thirty_days_of_esfand() {
        let table = [
            (date(2025, 3, 19), "۲۹ اسفند ۱۴۰۳", "چهارشنبه ۲۹ اسفند"),
            (date(2025, 3, 20), "۳۰ اسفند ۱۴۰۳", "پنجشنبه ۳۰ اسفند"),
            (date(2025, 3, 21), "۱ فروردین ۱۴۰۴", "جمعه ۱ فروردین"),
            (date(2026, 3, 20), "۲۹ اسفند ۱۴۰۴", "جمعه ۲۹ اسفند"),
            (date(2026, 3, 21), "۱ فروردین ۱۴۰۵", "شنبه ۱ فروردین"),
            (date(2026, 9, 22), "۳۱ شهریور ۱۴۰۵", "سه\u{200c}شنبه ۳۱ شهریور"),
        ];
        for (day, with_year, long) in table {
            assert_eq!(date_with_year(day, Locale::Fa), with_year);
            assert_eq!(date_long(day, Locale::Fa), long);
        }
    }

    #[test]
    fn a_time_is_that_of_the_clinics_wall() {
        assert_eq!(in_all(|locale| time(at(9, 5, 0, 0), locale)), ["09:05", "09:05", "09:05", "۰۹:۰۵"]);
        let tehran = Zone::named("Asia/Tehran").unwrap();
        let instant = tehran.at(date(2026, 11, 25).at(10, 30, 0, 0));
        assert_eq!(
            in_all(|locale| moment(instant, &tehran, locale)),
            ["Wednesday, 25 November, 10:30", "среда, 25 ноября, 10:30", "november 25., szerda 10:30", "چهارشنبه ۴ آذر، ۱۰:۳۰"]
        );
        let budapest = Zone::named("Europe/Budapest").unwrap();
        assert_eq!(
            in_all(|locale| moment_short(instant, &budapest, locale)),
            ["25 Nov, 08:00", "25 нояб., 08:00", "nov. 25. 08:00", "۴ آذر، ۰۸:۰۰"]
        );
    }

    #[test]
    fn the_days_around_today_have_their_words() {
        let today = date(2026, 3, 29); // a day of 23 hours in Budapest
        for (day, expected) in [
            (today, RelativeDay::Today),
            (date(2026, 3, 30), RelativeDay::Tomorrow),
            (date(2026, 3, 28), RelativeDay::Yesterday),
            (date(2026, 3, 31), RelativeDay::Other),
            (date(2025, 3, 29), RelativeDay::Other),
        ] {
            assert_eq!(relative_day(day, today), expected);
        }
    }
}
