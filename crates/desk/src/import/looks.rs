//! What the values of a column look like, whatever its header says.

use kernel::format;

use super::{days, times};

/// A number that can be dialled has 7 to 15 digits (E.164) and nothing but punctuation around them.
pub(super) fn phone(text: &str) -> bool {
    let text = format::ascii_digits(text.trim());
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    (9..=15).contains(&digits)
        && text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '(' | ')' | ' ' | '-' | '/' | '.' | '\u{a0}'))
        && !day(&text)
        && times::moment_parts(&text).is_none()
}

pub(super) fn email(text: &str) -> bool {
    let text = text.trim();
    text.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.') && !text.contains(char::is_whitespace))
}

pub(super) fn day(text: &str) -> bool {
    days::parts(text).is_some()
}

pub(super) fn time(text: &str) -> bool {
    text.contains([':', '.']) && times::span(text).is_ok_and(|span| span.is_some())
}

pub(super) fn day_and_time(text: &str) -> bool {
    times::moment_parts(text).is_some()
}

/// A name of two or three words, in letters.
pub(super) fn name(text: &str) -> bool {
    let text = text.trim();
    let words = text.split_whitespace().count();
    (2..=4).contains(&words)
        && text.chars().all(|c| c.is_alphabetic() || c.is_whitespace() || matches!(c, '.' | '-' | '\'' | '’' | ',' | '\u{200c}'))
}

/// Its shape, for a log or a list that must not show what a patient wrote: `+9 999 999-99-99`, `aaaa@aaa.aa`.
pub(super) fn shape(text: &str) -> String {
    let letters = text.trim().chars().map(|c| match c {
        _ if c.is_numeric() => '9',
        _ if c.is_alphabetic() => 'a',
        _ if c.is_control() => ' ',
        _ => c,
    });
    letters.take(24).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_says_what_it_is() {
        for text in ["+7 900 000-00-01", "۰۹۱۲ ۱۲۳ ۴۵۶۷", "06 30/123-4567", "89000000001"] {
            assert!(phone(text) && !day(text) && !email(text), "{text}");
        }
        for text in ["25.11.2026", "2026-11-25", "۱۴۰۵/۰۹/۰۴", "2026. 11. 25.", "11/25/2026"] {
            assert!(day(text) && !phone(text) && !day_and_time(text), "{text}");
        }
        for text in ["2026-11-25 09:30", "25.11.2026 9:30", "2026. 11. 25. 9:30", "20261125T093000Z", "۱۴۰۵/۰۹/۰۴ ۹:۳۰"] {
            assert!(day_and_time(text) && !phone(text), "{text}");
        }
        for text in ["9:00", "9.30", "۹:۳۰", "9:00 - 9:30"] {
            assert!(time(text) && !day(text) && !phone(text), "{text}");
        }
        assert!(email("anna@example.org") && !email("anna at example"));
        assert!(name("Kovács Anna") && !name("Anna") && !name("room 2 left"));
        assert_eq!(shape(" +7 900 Anna@ё"), "+9 999 aaaa@a");
    }
}
