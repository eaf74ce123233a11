//! What one thing costs where the smallest coin is too coarse: a text message for 0.0079 dollars.

use crate::{Currency, Money, Refusal};

/// Of one unit of money.
const MILLION: u64 = 1_000_000;
/// Nobody asks more for one message: whoever types this has left out the decimal sign.
const MOST: u64 = 1_000_000 * MILLION;

/// A price in millionths of a dollar, a rouble, a forint.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Price {
    pub millionths: u64,
    pub currency: Currency,
}

impl Price {
    pub const fn new(millionths: u64, currency: Currency) -> Self {
        Self { millionths, currency }
    }

    /// As people and providers write it: `14.9`, `0,045`. At most six digits after the sign.
    pub fn read(text: &str, currency: Currency) -> Result<Self, Refusal> {
        let unreadable = || Refusal::new("price.unreadable");
        let text = crate::format::ascii_digits(text.trim()).replace([',', '٫'], ".");
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let plain = |digits: &str| digits.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !plain(whole) || !plain(part) || part.len() > 6 || (text.contains('.') && part.is_empty()) {
            return Err(unreadable());
        }
        let whole: u64 = whole.parse().map_err(|_| unreadable())?;
        let part: u64 = format!("{part:0<6}").parse().map_err(|_| unreadable())?;
        let millionths = whole.checked_mul(MILLION).and_then(|whole| whole.checked_add(part)).ok_or_else(unreadable)?;
        if millionths > MOST { Err(Refusal::new("price.too-high")) } else { Ok(Self { millionths, currency }) }
    }

    /// `14.9`, as [`Price::read`] reads it.
    pub fn plain(self) -> String {
        let part = format!("{:06}", self.millionths % MILLION);
        let part = part.trim_end_matches('0');
        let point = if part.is_empty() { "" } else { "." };
        format!("{}{point}{part}", self.millionths / MILLION)
    }

    #[must_use]
    pub const fn times(self, many: u64) -> Self {
        Self { millionths: self.millionths.saturating_mul(many), ..self }
    }

    /// What is paid in the end, rounded to the smallest coin.
    pub fn rounded(self) -> Money {
        let coin = MILLION / 10_u64.pow(u32::from(self.currency.minor_digits()));
        let coins = self.millionths.saturating_add(coin / 2) / coin;
        Money::new(i64::try_from(coins).unwrap_or(i64::MAX), self.currency)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_is_read_as_people_write_it_and_written_as_it_is_read() {
        let table = [
            ("14.9", Ok(14_900_000)),
            ("0,045", Ok(45_000)),
            (" 7 ", Ok(7_000_000)),
            ("0.007900", Ok(7_900)),
            ("۱۲٫۵", Ok(12_500_000)),
            ("0.0000001", Err("price.unreadable")),
            ("", Err("price.unreadable")),
            ("5.", Err("price.unreadable")),
            (".5", Err("price.unreadable")),
            ("-1", Err("price.unreadable")),
            ("1e3", Err("price.unreadable")),
            ("1 000", Err("price.unreadable")),
            ("1000000.1", Err("price.too-high")),
            ("99999999999999999999", Err("price.unreadable")),
        ];
        for (text, expected) in table {
            let read = Price::read(text, Currency::Eur);
            assert_eq!(read.as_ref().map(|price| price.millionths).map_err(Refusal::code), expected, "{text}");
            if let Ok(price) = read {
                assert_eq!(Price::read(&price.plain(), Currency::Eur), Ok(price), "{text}");
            }
        }
        assert_eq!(Price::new(14_900_000, Currency::Huf).plain(), "14.9");
        assert_eq!(Price::new(7_000_000, Currency::Huf).plain(), "7");
    }

    #[test]
    fn many_small_prices_make_a_sum_in_coins() {
        let table = [
            (Price::new(7_900, Currency::Usd).times(1), 1),
            (Price::new(7_900, Currency::Usd).times(100), 79),
            (Price::new(14_900_000, Currency::Huf).times(3), 45),
            (Price::new(4_900, Currency::Eur), 0),
            (Price::new(5_000, Currency::Eur), 1),
        ];
        for (price, coins) in table {
            assert_eq!(price.rounded(), Money::new(coins, price.currency), "{price:?}");
        }
    }
}
