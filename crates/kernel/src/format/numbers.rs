//! Numbers with the separators and digits of a language.

use std::time::Duration;

use fixed_decimal::Decimal;
use icu_decimal::DecimalFormatter;
use icu_decimal::options::DecimalFormatterOptions;
use icu_locale_core::locale;

use crate::Locale;

/// A share or mean that is not a number: nobody has answered yet.
const NOTHING: &str = "–";

thread_local! {
    // Built once for each thread: loading the symbols costs more than writing a number.
    static FORMATTERS: [DecimalFormatter; 4] = Locale::ALL.map(|locale| {
        let locale = match locale {
            Locale::En => locale!("en-GB"),
            Locale::Ru => locale!("ru"),
            Locale::Hu => locale!("hu"),
            Locale::Fa => locale!("fa"),
        };
        DecimalFormatter::try_new(locale.into(), DecimalFormatterOptions::default()).expect("the symbols of our languages are compiled in")
    });
}

pub(super) fn written(value: &Decimal, locale: Locale) -> String {
    FORMATTERS.with(|all| all[locale as usize].format(value).to_string())
}

/// A whole number: `12,500`, `12 500`, `۱۲٬۵۰۰`.
pub fn number(value: i64, locale: Locale) -> String {
    written(&Decimal::from(value), locale)
}

/// With as many digits after the decimal sign as `places`.
pub fn decimal(value: f64, places: u8, locale: Locale) -> String {
    let rounded = format!("{value:.0$}", usize::from(places));
    let positive = rounded.trim_start_matches('-');
    // Rounded to nothing it has no sign.
    let rounded = if positive.chars().all(|c| matches!(c, '0' | '.')) { positive } else { &rounded };
    Decimal::try_from_str(rounded).map_or_else(|_| NOTHING.to_owned(), |value| written(&value, locale))
}

/// A share of one as percent: 0.153 is `15%`, `15 %`, `۱۵٪`.
pub fn percent(share: f64, places: u8, locale: Locale) -> String {
    if !share.is_finite() {
        return NOTHING.to_owned();
    }
    let value = decimal(share * 100.0, places, locale);
    match locale {
        Locale::En | Locale::Hu => format!("{value}%"),
        Locale::Ru => format!("{value}\u{a0}%"),
        Locale::Fa => format!("{value}٪"),
    }
}

/// The number of whole minutes; its unit is a word of the sentence.
pub fn minutes(span: Duration, locale: Locale) -> String {
    number(i64::try_from(span.as_secs() / 60).unwrap_or(i64::MAX), locale)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn in_all(write: impl Fn(Locale) -> String) -> [String; 4] {
        Locale::ALL.map(write)
    }

    #[test]
    fn numbers_have_the_separators_and_digits_of_their_language() {
        assert_eq!(in_all(|locale| number(1_234_567, locale)), ["1,234,567", "1\u{a0}234\u{a0}567", "1\u{a0}234\u{a0}567", "۱٬۲۳۴٬۵۶۷"]);
        assert_eq!(in_all(|locale| number(7, locale)), ["7", "7", "7", "۷"]);
        assert_eq!(in_all(|locale| number(-42, locale)), ["-42", "-42", "-42", "\u{200e}−۴۲"]);
        assert_eq!(in_all(|locale| decimal(4.25, 1, locale)), ["4.2", "4,2", "4,2", "۴٫۲"]);
        assert_eq!(in_all(|locale| decimal(-0.04, 1, locale)), ["0.0", "0,0", "0,0", "۰٫۰"]);
        assert_eq!(in_all(|locale| percent(0.153, 0, locale)), ["15%", "15\u{a0}%", "15%", "۱۵٪"]);
        assert_eq!(in_all(|locale| percent(0.1534, 1, locale)), ["15.3%", "15,3\u{a0}%", "15,3%", "۱۵٫۳٪"]);
        assert_eq!(in_all(|locale| minutes(Duration::from_secs(3_599), locale)), ["59", "59", "59", "۵۹"]);
    }

    #[test]
    fn what_is_not_a_number_is_a_dash() {
        for value in [f64::NAN, f64::INFINITY] {
            assert_eq!(decimal(value, 1, Locale::En), "–");
            assert_eq!(percent(value, 1, Locale::Fa), "–");
        }
    }
}
