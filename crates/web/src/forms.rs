//! What the forms of several pages share: what can be chosen, what was wrong, and the hours of a week as seven lines.

use kernel::solar_hijri::{self, SolarDate};
use kernel::{Date, Hours, Locale, Refusal, Weekday, format};

use crate::Words;

/// One line of a list to choose from.
#[derive(Clone, Default)]
pub struct Choice {
    pub value: String,
    pub label: String,
    pub chosen: bool,
}

impl Choice {
    pub fn new(value: impl Into<String>, label: impl Into<String>) -> Self {
        Self { value: value.into(), label: label.into(), chosen: false }
    }

    /// The list with the line of `value` chosen.
    pub fn choose(mut list: Vec<Self>, value: &str) -> Vec<Self> {
        for choice in &mut list {
            choice.chosen = choice.value == value;
        }
        list
    }
}

/// What was wrong with a form, field by field.
#[derive(Clone, Default)]
pub struct Faults(Vec<(String, String)>);

impl Faults {
    /// A refusal stands at its field; one that names none stands over the form.
    pub fn of(refusal: &Refusal, words: Words) -> Self {
        Self::default().and(refusal.field().unwrap_or_default(), words.refusal(refusal))
    }

    #[must_use]
    pub fn and(mut self, field: impl Into<String>, sentence: impl Into<String>) -> Self {
        self.0.push((field.into(), sentence.into()));
        self
    }

    pub fn at(&self, field: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == field).map(|(_, sentence)| sentence.as_str())
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

/// A day as a form carries it: by the browser's own picker, and for readers of Persian, whose calendar it does not have, as
/// they write it: `۱۴۰۵/۰۹/۰۲`.
pub fn day_typed(day: Date, locale: Locale) -> String {
    match locale {
        Locale::En | Locale::Ru | Locale::Hu => day.to_string(),
        Locale::Fa => {
            let SolarDate { year, month, day } = solar_hijri::from_date(day);
            format::digits(&format!("{year}/{month:02}/{day:02}"), locale)
        }
    }
}

/// Reads a day as it comes from a form or stands in an address of ours. `1405/09/02` is of the Solar Hijri calendar,
/// `2026-11-23` of the common one, in any digits.
pub fn day_read(text: &str) -> Option<Date> {
    solar_hijri::parse(text).or_else(|| format::ascii_digits(text.trim()).parse().ok())
}

/// The hours of a week as a form shows them: one line for each day, `09:00-13:00 14:00-18:00`, empty where it is closed.
#[derive(Clone)]
pub struct Week {
    pub days: [Day; 7],
}

#[derive(Clone)]
pub struct Day {
    /// `hours-mon`
    pub field: String,
    pub name: String,
    pub typed: String,
}

const DAYS: [(&str, Weekday); 7] = [
    ("mon", Weekday::Monday),
    ("tue", Weekday::Tuesday),
    ("wed", Weekday::Wednesday),
    ("thu", Weekday::Thursday),
    ("fri", Weekday::Friday),
    ("sat", Weekday::Saturday),
    ("sun", Weekday::Sunday),
];

impl Week {
    pub fn of(hours: &Hours, words: Words) -> Self {
        Self::as_typed(words, |day| {
            let weekday = DAYS.iter().find(|(name, _)| *name == day).map(|(_, weekday)| *weekday);
            let intervals = weekday.into_iter().flat_map(|weekday| hours.on(weekday));
            format::digits(&intervals.map(|interval| interval.to_string()).collect::<Vec<_>>().join(" "), words.locale())
        })
    }

    /// `typed` is asked for `mon`, `tue` and so on: a form that comes back keeps what was typed.
    pub fn as_typed(words: Words, typed: impl Fn(&str) -> String) -> Self {
        let mut days = DAYS.map(|(day, weekday)| Day {
            field: format!("hours-{day}"),
            name: format::weekday(weekday, words.locale()),
            typed: typed(day),
        });
        // a Persian week begins on Saturday
        if words.locale() == Locale::Fa {
            days.rotate_left(5);
        }
        Self { days }
    }

    /// The week in one line, as [`Hours`] reads it. `typed` is asked for the fields: `hours-mon`.
    pub fn line(typed: impl Fn(&str) -> String) -> String {
        let mut days = Vec::new();
        for (day, _) in DAYS {
            let hours = format::ascii_digits(&typed(&format!("hours-{day}"))).replace(['–', '—'], "-").replace([',', '،', ';'], " ");
            let hours = hours.split_whitespace().collect::<Vec<_>>().join(" ").replace(" - ", "-");
            if !hours.is_empty() {
                days.push(format!("{day} {hours}"));
            }
        }
        days.join("; ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hours_of_a_week_come_back_from_the_form_as_they_went_in() {
        let hours: Hours = "mon-fri 09:00-13:00 14:00-18:00; sat 10:00-14:00".parse().unwrap();
        let week = Week::of(&hours, Words::of(Locale::Hu));
        assert_eq!((week.days[0].name.as_str(), week.days[0].typed.as_str()), ("hétfő", "09:00-13:00 14:00-18:00"));
        let typed = |field: &str| week.days.iter().find(|day| day.field == field).map(|day| day.typed.clone()).unwrap_or_default();
        assert_eq!(Week::line(typed).parse::<Hours>().unwrap(), hours);
    }

    #[test]
    fn a_day_is_read_in_the_calendar_in_which_it_is_written() {
        let day = Date::constant(2026, 11, 23);
        for locale in Locale::ALL {
            assert_eq!(day_read(&day_typed(day, locale)), Some(day), "{locale}");
        }
        assert_eq!(day_typed(day, Locale::Fa), "۱۴۰۵/۰۹/۰۲");
        for (text, read) in [
            ("۱۴۰۵/۹/۲", Some(day)),
            ("1405-09-02", Some(day)),
            ("2026-11-23", Some(day)),
            ("۲۰۲۶-۱۱-۲۳", Some(day)),
            // Esfand of 1404 has 29 days
            ("1404/12/30", None),
            ("tomorrow", None),
            ("", None),
        ] {
            assert_eq!(day_read(text), read, "{text:?}");
        }
    }

    #[test]
    fn hours_may_be_typed_as_people_write_them() {
        let typed = |field: &str| if field == "hours-sat" { "۰۹:۰۰ – ۱۳:۰۰، 14:00-15:00".to_owned() } else { String::new() };
        assert_eq!(Week::line(typed), "sat 09:00-13:00 14:00-15:00");
    }
}
