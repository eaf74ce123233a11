//! A phone number as the world dials it. People write it in many ways; here it has one.

use std::fmt;
use std::str::FromStr;

use rlibphonenumber::enums::Region;
use rlibphonenumber::{PHONE_NUMBER_UTIL, PhoneNumber, PhoneNumberFormat};

use crate::{Refusal, format};

/// A number in E.164: `+79000000001`. Personal: prints as `***` in Debug.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Phone(String);

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not a phone number")]
pub struct UnknownPhone;

impl From<UnknownPhone> for Refusal {
    fn from(_: UnknownPhone) -> Self {
        Self::new("phone.unknown").at("phone")
    }
}

impl Phone {
    /// Reads what a person wrote, with any digits, spaces and brackets: `8 (900) 000-00-01` in `RU`,
    /// `06 30 123 4567` in `HU`, `۰۹۱۲ ۱۲۳ ۴۵۶۷` in `IR`, `0098...` and `+98...` anywhere. An extension is left out.
    /// `default_region` is the ISO 3166 code of the clinic's country.
    pub fn parse(text: &str, default_region: &str) -> Result<Self, UnknownPhone> {
        let region = Region::from_str(default_region).ok();
        let text: String = format::ascii_digits(text).chars().filter(|c| !is_direction_mark(*c)).collect();
        // Not every country dials 00 for 'abroad', but people everywhere write it.
        let abroad = text.trim_start().strip_prefix("00").map(|rest| format!("+{rest}"));
        valid(&text, region).or_else(|| valid(&abroad?, region)).map(Self).ok_or(UnknownPhone)
    }

    /// Reads a number that was stored or that a provider sent. Asks for the shape only: numbering plans change,
    /// and a number that was valid when it was taken down must stay readable.
    pub fn from_e164(text: &str) -> Result<Self, UnknownPhone> {
        let digits = text.strip_prefix('+').ok_or(UnknownPhone)?;
        let fits = (7..=15).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit()) && !digits.starts_with('0');
        if fits { Ok(Self(text.to_owned())) } else { Err(UnknownPhone) }
    }

    pub fn e164(&self) -> &str {
        &self.0
    }

    /// For people to read: `+7 900 000-00-01`.
    pub fn international(&self) -> String {
        self.written(PhoneNumberFormat::International)
    }

    /// The digits as dialled from abroad and at home: `0079000000001 89000000001`. Whoever searches looks for
    /// [`Phone::searched`] anywhere in it.
    pub fn search_key(&self) -> String {
        let home: String = self.written(PhoneNumberFormat::National).chars().filter(char::is_ascii_digit).collect();
        format!("00{} {home}", &self.0[1..])
    }

    /// What to look for when a person types a number or a part of it into a search field; `None` if it has
    /// less than three digits or has letters in it.
    pub fn searched(typed: &str) -> Option<String> {
        let typed = format::ascii_digits(typed);
        if typed.chars().any(char::is_alphabetic) {
            return None;
        }
        let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
        (digits.len() >= 3).then_some(digits)
    }

    fn written(&self, as_format: PhoneNumberFormat) -> String {
        PhoneNumber::parse(&self.0, None).map_or_else(|_| self.0.clone(), |number| number.format_as(as_format).into_owned())
    }
}

fn valid(text: &str, region: Option<Region>) -> Option<String> {
    let number = PHONE_NUMBER_UTIL.parse(text, region).ok().filter(PhoneNumber::is_valid)?;
    Some(number.format_as(PhoneNumberFormat::E164).into_owned())
}

/// Marks that right-to-left text leaves around a pasted number.
const fn is_direction_mark(c: char) -> bool {
    matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{061c}' | '\u{feff}')
}

impl fmt::Debug for Phone {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("***")
    }
}

impl serde::Serialize for Phone {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.0)
    }
}

impl<'de> serde::Deserialize<'de> for Phone {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        Self::from_e164(&String::deserialize(from)?).map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_is_understood_as_people_write_it() {
        let table = [
            ("8 (900) 000-00-01", "RU", "+79000000001"),
            ("+7 900 000 00 01", "RU", "+79000000001"),
            ("79000000001", "RU", "+79000000001"),
            ("9000000001", "RU", "+79000000001"),
            ("8(495)123-45-67 доб. 12", "RU", "+74951234567"),
            ("06 30 123 4567", "HU", "+36301234567"),
            ("30/123-4567", "HU", "+36301234567"),
            ("0036 30 123 4567", "HU", "+36301234567"),
            ("(06 1) 234-5678", "HU", "+3612345678"),
            ("۰۹۱۲ ۱۲۳ ۴۵۶۷", "IR", "+989121234567"),
            ("٠٩١٢١٢٣٤٥٦٧", "IR", "+989121234567"),
            ("00989121234567", "IR", "+989121234567"),
            ("۰۰۹۸۹۱۲۱۲۳۴۵۶۷", "US", "+989121234567"),
            ("0098 912 123 4567", "RU", "+989121234567"),
            ("\u{200e}+98 912 123 4567\u{202c}", "HU", "+989121234567"),
            ("021-8888 1234", "IR", "+982188881234"),
            ("(202) 555-0173", "US", "+12025550173"),
            ("1-202-555-0173", "US", "+12025550173"),
        ];
        for (text, region, expected) in table {
            assert_eq!(Phone::parse(text, region).unwrap().e164(), expected, "{text} in {region}");
        }
    }

    #[test]
    fn what_nobody_can_dial_is_refused() {
        for (text, region) in [
            ("", "RU"),
            ("anna", "RU"),
            ("123", "RU"),
            ("00", "HU"),
            ("8 (900) 000-00-0", "RU"),
            ("+7 900 000 00 01 02", "RU"),
            ("0000000000", "IR"),
            ("9000000001", "XX"),
            ("+999 123 456 789", "US"),
        ] {
            assert_eq!(Phone::parse(text, region), Err(UnknownPhone), "{text}");
        }
        for text in ["", "+", "79000000001", "+7900000000a", "+07900000001", "+123456", "+1234567890123456", "+7 900"] {
            assert_eq!(Phone::from_e164(text), Err(UnknownPhone), "{text}");
        }
    }

    #[test]
    fn a_phone_is_found_in_any_of_its_formats() {
        let table = [
            ("+79000000001", &["8 900 000", "+7 (900) 000-00-01", "8(900)000-00-01", "0001", "900000"][..]),
            ("+36301234567", &["06 30 123 4567", "0036301234567", "+36 30", "30 123", "4567"][..]),
            ("+989121234567", &["۰۹۱۲۱۲۳۴۵۶۷", "0098 912", "+98912", "۴۵۶۷"][..]),
            ("+12025550173", &["(202) 555-0173", "1 202", "0173"][..]),
        ];
        for (number, searches) in table {
            let key = Phone::from_e164(number).unwrap().search_key();
            for typed in searches {
                assert!(key.contains(&Phone::searched(typed).unwrap()), "{typed} in {key}");
            }
            assert!(!key.contains(&Phone::searched("8 901 999").unwrap()));
        }
        assert_eq!(Phone::searched("12"), None);
        assert_eq!(Phone::searched("anna 123"), None);
    }

    #[test]
    fn a_phone_is_shown_spaced_and_stored_as_e164() {
        for (number, shown) in [
            ("+79000000001", "+7 900 000-00-01"),
            ("+36301234567", "+36 30 123 4567"),
            ("+989121234567", "+98 912 123 4567"),
            ("+12025550173", "+1 202-555-0173"),
        ] {
            let phone = Phone::from_e164(number).unwrap();
            assert_eq!(phone.international(), shown);
            let stored = serde_json::to_string(&phone).unwrap();
            assert_eq!(stored, format!("\"{number}\""));
            assert_eq!(serde_json::from_str::<Phone>(&stored).unwrap(), phone);
            assert_eq!(format!("{phone:?}"), "***");
        }
        assert!(serde_json::from_str::<Phone>("\"12\"").is_err());
    }
}
