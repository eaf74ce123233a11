//! What the provider of an account asks: for each country, by the beginning of a number, and for each kind of message where
//! the provider tells them apart. Typed or pasted in lines:
//!
//! ```text
//! +36; 14.9              a number that begins so
//! +1; utility; 0.004     of a kind, as WhatsApp bills
//! *; 25                  everybody else
//! ```

use std::sync::Arc;

use kernel::{Address, Currency, Price, Refusal};
use serde::{Deserialize, Serialize};

use super::Form;
use crate::consents::Purpose;

/// All countries with all kinds leave room.
const MOST_LINES: u32 = 1_000;

/// The price list of one account.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Prices {
    lines: Vec<Line>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Line {
    /// Digits of a country and more; empty for everybody else.
    prefix: String,
    /// None: whatever kind it is.
    kind: Option<Kind>,
    price: Price,
}

/// As WhatsApp bills: an answer within the window, an approved text about the patient's own care, or advertising.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Service,
    Utility,
    Marketing,
}

/// How an account is paid for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Tariff {
    Free,
    PerMessage(Arc<Prices>),
    PerSegment(Arc<Prices>),
}

/// What a message cost: how much, for how many parts, and who says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cost {
    pub price: Price,
    pub parts: u32,
    pub told: Told,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Told {
    ByPriceList,
    ByProvider,
}

impl Kind {
    pub const ALL: [Self; 3] = [Self::Service, Self::Utility, Self::Marketing];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Utility => "utility",
            Self::Marketing => "marketing",
        }
    }

    pub fn of(form: Form, purpose: Purpose) -> Self {
        match (form, purpose) {
            (Form::Free, _) => Self::Service,
            (Form::Template, Purpose::Service) => Self::Utility,
            (Form::Template, Purpose::Marketing | Purpose::Reviews | Purpose::DataTransfer | Purpose::Photos) => Self::Marketing,
        }
    }
}

impl Prices {
    /// Reads what was typed or pasted; the first line that cannot be is named by its number.
    pub fn read(text: &str, currency: Currency) -> Result<Self, Refusal> {
        let mut lines: Vec<Line> = Vec::new();
        let typed = (1_u32..).zip(text.lines()).map(|(number, line)| (number, line.trim().trim_start_matches('\u{feff}')));
        for (number, typed) in typed.filter(|(_, line)| !line.is_empty()) {
            let wrong = |refusal: Refusal| refusal.at("prices").with("line", number);
            let line = Line::read(typed, currency).map_err(wrong)?;
            let is_known = |known: &Line| (&known.prefix, known.kind) == (&line.prefix, line.kind);
            if lines.iter().any(is_known) {
                return Err(wrong(Refusal::new("prices.twice")));
            }
            if lines.len() == MOST_LINES as usize {
                return Err(wrong(Refusal::new("prices.too-many").with("most", MOST_LINES)));
            }
            lines.push(line);
        }
        Ok(Self { lines })
    }

    /// As [`Prices::read`] reads it.
    pub fn written(&self) -> String {
        self.lines.iter().map(Line::written).collect()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// Of one message or one part of it: the longest beginning counts, and there a kind of its own before all kinds.
    pub fn price(&self, to: &Address, kind: Kind) -> Option<Price> {
        let number = to.rest().trim_start_matches('+');
        let fitting = self.lines.iter().filter(|line| number.starts_with(&line.prefix) && line.kind.is_none_or(|own| own == kind));
        fitting.max_by_key(|line| (line.prefix.len(), line.kind.is_some())).map(|line| line.price)
    }
}

impl Line {
    fn read(line: &str, currency: Currency) -> Result<Self, Refusal> {
        let unreadable = || Refusal::new("prices.unreadable");
        // a decimal comma needs another sign between the columns
        let sign = [';', '\t'].into_iter().find(|sign| line.contains(*sign)).unwrap_or(',');
        let columns: Vec<&str> = line.split(sign).map(|column| column.trim().trim_matches('"')).collect();
        let (prefix, kind, price) = match columns.as_slice() {
            [prefix, price] | [prefix, "" | "*", price] => (prefix, None, price),
            [prefix, kind, price] => {
                let kind = Kind::ALL.into_iter().find(|known| known.name().eq_ignore_ascii_case(kind));
                (prefix, Some(kind.ok_or_else(|| Refusal::new("prices.kind"))?), price)
            }
            _ => return Err(unreadable()),
        };
        let digits = kernel::format::ascii_digits(prefix);
        let digits = digits.strip_prefix('+').or(digits.strip_prefix("00")).unwrap_or(&digits).replace([' ', '-'], "");
        let prefix = if digits == "*" { String::new() } else { digits };
        if (prefix.is_empty() && !columns[0].contains('*')) || prefix.len() > 15 || !prefix.bytes().all(|byte| byte.is_ascii_digit()) {
            return Err(Refusal::new("prices.prefix"));
        }
        Ok(Self { prefix, kind, price: Price::read(price, currency)? })
    }

    fn written(&self) -> String {
        let prefix = if self.prefix.is_empty() { "*".to_owned() } else { format!("+{}", self.prefix) };
        let kind = self.kind.map(|kind| format!("{}; ", kind.name())).unwrap_or_default();
        format!("{prefix}; {kind}{}\n", self.price.plain())
    }
}

impl Tariff {
    /// By which the cheapest is found: what costs nothing, then a messenger whose price nobody has typed in, then what has a
    /// price, then text messages of which nobody knows.
    pub(super) fn weight(&self, message: &Priced<'_>) -> u64 {
        match (self, self.cost(message)) {
            (Self::Free, _) => 0,
            (_, Some(cost)) => cost.price.millionths.saturating_add(2),
            (Self::PerMessage(_), None) => 1,
            (Self::PerSegment(_), None) => u64::MAX,
        }
    }

    /// Whether it matters how many parts a text has.
    pub(super) fn counts_parts(&self) -> bool {
        matches!(self, Self::PerSegment(prices) if !prices.is_empty())
    }

    /// None: free, or nobody has typed a price in.
    pub fn cost(&self, message: &Priced<'_>) -> Option<Cost> {
        let (prices, parts) = match self {
            Self::Free => return None,
            Self::PerMessage(prices) => (prices, 1),
            Self::PerSegment(prices) => (prices, message.parts),
        };
        let price = prices.price(message.to, message.kind)?;
        Some(Cost { price: price.times(u64::from(parts)), parts, told: Told::ByPriceList })
    }
}

/// What a price depends on.
#[derive(Debug, Clone, Copy)]
pub struct Priced<'a> {
    pub to: &'a Address,
    pub kind: Kind,
    /// Segments of a text message.
    pub parts: u32,
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIST: &str = "\u{feff}+36; 14,9\r\n\n+3630;12\n+1 ; utility; 0.004\n+1;marketing;0.025\n+1,0.5\n*\t25\n";

    fn address(text: &str) -> Address {
        text.parse().unwrap()
    }

    #[test]
    fn the_longest_beginning_counts_and_a_kind_of_its_own_before_all() {
        let prices = Prices::read(LIST, Currency::Huf).unwrap();
        let table = [
            ("tel:+36201112233", Kind::Service, 14_900_000),
            ("tel:+36301112233", Kind::Service, 12_000_000),
            ("whatsapp:12025550123", Kind::Utility, 4_000),
            ("whatsapp:12025550123", Kind::Marketing, 25_000),
            ("whatsapp:12025550123", Kind::Service, 500_000),
            ("tel:+491701234567", Kind::Utility, 25_000_000),
            ("mailto:vera@example.org", Kind::Service, 25_000_000),
        ];
        for (to, kind, millionths) in table {
            assert_eq!(prices.price(&address(to), kind), Some(Price::new(millionths, Currency::Huf)), "{to} {kind:?}");
        }
        assert_eq!(Prices::default().price(&address("tel:+36201112233"), Kind::Service), None);
    }

    #[test]
    fn a_list_reads_back_as_it_is_shown() {
        let prices = Prices::read(LIST, Currency::Huf).unwrap();
        assert_eq!(prices.written(), "+36; 14.9\n+3630; 12\n+1; utility; 0.004\n+1; marketing; 0.025\n+1; 0.5\n*; 25\n");
        assert_eq!(Prices::read(&prices.written(), Currency::Huf), Ok(prices));
        assert!(Prices::read(" \n", Currency::Huf).unwrap().is_empty());
    }

    #[test]
    fn a_line_that_cannot_be_is_named_with_its_number() {
        let table = [
            ("+36; 14.9\n+7", "prices.unreadable"),
            ("+36;1\n+7;a;b;1", "prices.unreadable"),
            ("+36;1\n+7;cheap;1", "prices.kind"),
            ("+36;1\nHungary;1", "prices.prefix"),
            ("+36;1\n;1", "prices.prefix"),
            ("+36;1\n+1234567890123456;1", "prices.prefix"),
            ("+36;1\n+7;much", "price.unreadable"),
            ("+36;1\n+7;9999999", "price.too-high"),
            ("+36;1\n0036;2", "prices.twice"),
        ];
        for (text, code) in table {
            let refusal = Prices::read(text, Currency::Huf).unwrap_err();
            assert_eq!((refusal.code(), refusal.field()), (code, Some("prices")), "{text}");
            assert_eq!(
                refusal.args().iter().find(|(name, _)| name == &"line").map(|(_, line)| line.clone()),
                Some(kernel::Arg::from(2_i64)),
                "{text}"
            );
        }
    }

    #[test]
    fn the_cheapest_is_found_even_where_a_price_is_missing() {
        let list = |text| Arc::new(Prices::read(text, Currency::Huf).unwrap());
        let none = || Arc::new(Prices::default());
        let to = address("tel:+36201112233");
        let message = Priced { to: &to, kind: Kind::Utility, parts: 3 };
        let ordered = [
            Tariff::Free,
            Tariff::PerMessage(none()),
            Tariff::PerMessage(list("*;0")),
            Tariff::PerSegment(list("+36;5")),
            Tariff::PerMessage(list("+36;16")),
            Tariff::PerSegment(none()),
        ];
        assert!(ordered.iter().map(|tariff| tariff.weight(&message)).is_sorted_by(|one, other| one < other));
        let expected = Cost { price: Price::new(15_000_000, Currency::Huf), parts: 3, told: Told::ByPriceList };
        assert_eq!(ordered[3].cost(&message), Some(expected), "each part is paid for");
        assert_eq!(ordered[0].cost(&message), None);
    }
}
