//! A sum of money. How it is written in a language is [`crate::format::money`].

use std::fmt;
use std::str::FromStr;

/// A currency that a clinic can take; its text is the ISO 4217 code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    Usd,
    Eur,
    Rub,
    Huf,
    Irr,
}

/// A sum in the smallest unit that is in use: cents, kopecks, whole forints, whole rials.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Currency {
    pub const ALL: [Self; 5] = [Self::Usd, Self::Eur, Self::Rub, Self::Huf, Self::Irr];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Usd => "USD",
            Self::Eur => "EUR",
            Self::Rub => "RUB",
            Self::Huf => "HUF",
            Self::Irr => "IRR",
        }
    }

    /// Digits after the decimal sign. ISO 4217 knows fillér and dinar, but nobody has paid with them for decades.
    pub const fn minor_digits(self) -> u8 {
        match self {
            Self::Usd | Self::Eur | Self::Rub => 2,
            Self::Huf | Self::Irr => 0,
        }
    }
}

impl Currency {
    /// What a clinic of a region pays its bills in; euros where we know no better.
    pub fn of_region(region: &str) -> Self {
        match region {
            "US" => Self::Usd,
            "RU" => Self::Rub,
            "HU" => Self::Huf,
            "IR" => Self::Irr,
            _ => Self::Eur,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not one of USD, EUR, RUB, HUF, IRR")]
pub struct UnknownCurrency;

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, UnknownCurrency> {
        Self::ALL.into_iter().find(|currency| currency.code() == text).ok_or(UnknownCurrency)
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_reads_back_as_it_was_written() {
        for currency in Currency::ALL {
            let sum = Money::new(-1_250_000, currency);
            let stored = serde_json::to_string(&sum).unwrap();
            assert_eq!(stored, format!(r#"{{"minor":-1250000,"currency":"{currency}"}}"#));
            assert_eq!(serde_json::from_str::<Money>(&stored).unwrap(), sum);
            assert_eq!(currency.code().parse(), Ok(currency));
        }
        assert_eq!("XAU".parse::<Currency>(), Err(UnknownCurrency));
    }
}
