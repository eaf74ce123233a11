//! A sum of money as a bill of the country would show it.

use fixed_decimal::Decimal;

use super::numbers::written;
use crate::{Currency, Locale, Money, Price};

/// Signs before the number are an English habit; Persian uses the word.
const fn around(currency: Currency, locale: Locale) -> (&'static str, &'static str) {
    match (locale, currency) {
        (Locale::En, Currency::Usd) => ("$", ""),
        (Locale::En, Currency::Eur) => ("€", ""),
        (Locale::En, Currency::Rub) => ("RUB\u{a0}", ""),
        (Locale::En, Currency::Huf) => ("HUF\u{a0}", ""),
        (Locale::En, Currency::Irr) => ("IRR\u{a0}", ""),
        (Locale::Ru, Currency::Usd) => ("", "$"),
        (Locale::Ru | Locale::Hu, Currency::Eur) => ("", "€"),
        (Locale::Ru, Currency::Rub) => ("", "₽"),
        (Locale::Ru, Currency::Huf) => ("", "HUF"),
        (Locale::Ru | Locale::Hu, Currency::Irr) => ("", "IRR"),
        (Locale::Hu, Currency::Usd) => ("", "USD"),
        (Locale::Hu, Currency::Rub) => ("", "RUB"),
        (Locale::Hu, Currency::Huf) => ("", "Ft"),
        (Locale::Fa, Currency::Usd) => ("", "دلار"),
        (Locale::Fa, Currency::Eur) => ("", "یورو"),
        (Locale::Fa, Currency::Rub) => ("", "روبل"),
        (Locale::Fa, Currency::Huf) => ("", "فورینت"),
        (Locale::Fa, Currency::Irr) => ("", "ریال"),
    }
}

/// `$1,250.00`, `12 500,00 ₽`, `12 500 Ft`, `۱۲٬۵۰۰ ریال`. The parts hold together at the end of a line.
pub fn money(sum: Money, locale: Locale) -> String {
    let mut value = Decimal::from(sum.minor.unsigned_abs());
    value.multiply_pow10(-i16::from(sum.currency.minor_digits()));
    let sign = match locale {
        _ if sum.minor >= 0 => "",
        Locale::En | Locale::Ru | Locale::Hu => "-",
        // Without the mark the sign would stand behind the number, as it does for every negative number.
        Locale::Fa => "\u{200e}−",
    };
    let (before, after) = around(sum.currency, locale);
    let space = if after.is_empty() { "" } else { "\u{a0}" };
    format!("{sign}{before}{}{space}{after}", written(&value, locale))
}

/// A price with all the digits that it has, and no fewer than a sum has: `$0.0079`, `14,9 Ft`.
pub fn price(price: Price, locale: Locale) -> String {
    let digits = i16::from(price.currency.minor_digits());
    let mut value = Decimal::from(price.millionths);
    value.multiply_pow10(-6);
    value.trim_end();
    value.pad_end(-digits);
    let (before, after) = around(price.currency, locale);
    let space = if after.is_empty() { "" } else { "\u{a0}" };
    format!("{before}{}{space}{after}", written(&value, locale))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sum_is_written_as_each_language_writes_it() {
        let table = [
            (Money::new(1_250_000, Currency::Usd), ["$12,500.00", "12_500,00_$", "12_500,00_USD", "۱۲٬۵۰۰٫۰۰_دلار"]),
            (Money::new(1_250_005, Currency::Eur), ["€12,500.05", "12_500,05_€", "12_500,05_€", "۱۲٬۵۰۰٫۰۵_یورو"]),
            (Money::new(1_250_050, Currency::Rub), ["RUB_12,500.50", "12_500,50_₽", "12_500,50_RUB", "۱۲٬۵۰۰٫۵۰_روبل"]),
            (Money::new(12_500, Currency::Huf), ["HUF_12,500", "12_500_HUF", "12_500_Ft", "۱۲٬۵۰۰_فورینت"]),
            (Money::new(12_500, Currency::Irr), ["IRR_12,500", "12_500_IRR", "12_500_IRR", "۱۲٬۵۰۰_ریال"]),
            (Money::new(-5, Currency::Usd), ["-$0.05", "-0,05_$", "-0,05_USD", "\u{200e}−۰٫۰۵_دلار"]),
            (Money::new(0, Currency::Irr), ["IRR_0", "0_IRR", "0_IRR", "۰_ریال"]),
        ];
        for (sum, expected) in table {
            for (locale, expected) in Locale::ALL.into_iter().zip(expected) {
                assert_eq!(money(sum, locale), expected.replace('_', "\u{a0}"), "{sum:?} in {locale}");
            }
        }
    }

    #[test]
    fn a_price_keeps_the_digits_that_it_has() {
        let table = [
            (Price::new(7_900, Currency::Usd), ["$0.0079", "0,0079_$", "0,0079_USD", "۰٫۰۰۷۹_دلار"]),
            (Price::new(45_500_000, Currency::Eur), ["€45.50", "45,50_€", "45,50_€", "۴۵٫۵۰_یورو"]),
            (Price::new(14_900_000, Currency::Huf), ["HUF_14.9", "14,9_HUF", "14,9_Ft", "۱۴٫۹_فورینت"]),
            (Price::new(12_500_000_000, Currency::Irr), ["IRR_12,500", "12_500_IRR", "12_500_IRR", "۱۲٬۵۰۰_ریال"]),
        ];
        for (given, expected) in table {
            for (locale, expected) in Locale::ALL.into_iter().zip(expected) {
                assert_eq!(price(given, locale), expected.replace('_', "\u{a0}"), "{given:?} in {locale}");
            }
        }
    }
}
