//! Digits of the reader's language, and back.

use crate::Locale;

const PERSIAN: [char; 10] = ['۰', '۱', '۲', '۳', '۴', '۵', '۶', '۷', '۸', '۹'];

/// The text with its ASCII digits written as the language writes them.
pub fn digits(text: &str, locale: Locale) -> String {
    match locale {
        Locale::Fa => {
            text.chars().map(|c| c.to_digit(10).and_then(|digit| usize::try_from(digit).ok()).map_or(c, |at| PERSIAN[at])).collect()
        }
        Locale::En | Locale::Ru | Locale::Hu => text.to_owned(),
    }
}

/// The text with Persian, Arabic and full-width digits written as ASCII digits, as the program reads them.
pub fn ascii_digits(text: &str) -> String {
    text.chars()
        .map(|c| {
            let zero = match c {
                '۰'..='۹' => '۰',
                '٠'..='٩' => '٠',
                '０'..='９' => '０',
                _ => return c,
            };
            char::from_digit(u32::from(c) - u32::from(zero), 10).expect("one of ten digits")
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_change_their_script_and_nothing_else_does() {
        assert_eq!(digits("Room 12, 10:30", Locale::Fa), "Room ۱۲, ۱۰:۳۰");
        for locale in [Locale::En, Locale::Ru, Locale::Hu] {
            assert_eq!(digits("Room 12", locale), "Room 12");
        }
        assert_eq!(ascii_digits("اتاق ۰۱۲۳۴۵۶۷۸۹ ٠١٢٣٤٥٦٧٨٩ ０９"), "اتاق 0123456789 0123456789 09");
        assert_eq!(ascii_digits(&digits("0123456789", Locale::Fa)), "0123456789");
    }
}
