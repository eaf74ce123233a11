//! A person's name, as it was given to us, without what cannot be seen.

use std::fmt;

use icu_normalizer::ComposingNormalizerBorrowed;
use icu_properties::props::{DefaultIgnorableCodePoint, GeneralCategory};
use icu_properties::{CodePointMapData, CodePointSetData};

use crate::{Locale, Refusal};

/// More than any name that was ever written on a form; keeps pages and messages in shape.
const LONGEST: usize = 100;

/// Joins nothing and shows nothing, but is a part of the spelling inside a Persian word: علی‌رضا.
const ZERO_WIDTH_NON_JOINER: char = '\u{200c}';

/// Given and family name, each trimmed and composed, without control, direction or invisible characters.
/// The family may be empty: not everybody has one. Personal: `***` in Debug.
#[derive(Clone, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(try_from = "Written")]
pub struct PersonName {
    given: String,
    family: String,
}

#[derive(serde::Deserialize)]
struct Written {
    given: String,
    family: String,
}

impl PersonName {
    pub fn new(given: &str, family: &str) -> Result<Self, Refusal> {
        let name = Self { given: clean(given, "given")?, family: clean(family, "family")? };
        if name.given.is_empty() { Err(Refusal::new("name.empty").at("given")) } else { Ok(name) }
    }

    pub fn given(&self) -> &str {
        &self.given
    }

    pub fn family(&self) -> &str {
        &self.family
    }

    /// The whole name in the order of the reader's language: Hungarian puts the family first.
    pub fn full(&self, locale: Locale) -> String {
        match (self.family.as_str(), locale) {
            ("", _) => self.given.clone(),
            (family, Locale::Hu) => format!("{family} {}", self.given),
            (family, Locale::En | Locale::Ru | Locale::Fa) => format!("{} {family}", self.given),
        }
    }

    /// One or two capital letters for the round mark beside a name.
    pub fn initials(&self) -> String {
        let mut initials = String::new();
        for part in [&self.given, &self.family] {
            let Some(first) = part.chars().find(|c| c.is_alphanumeric()).or_else(|| part.chars().next()) else { continue };
            // Without it two Arabic letters would join and read as a syllable.
            if initials.chars().any(is_arabic) && is_arabic(first) {
                initials.push(ZERO_WIDTH_NON_JOINER);
            }
            initials.extend(first.to_uppercase());
        }
        initials
    }
}

fn clean(text: &str, field: &'static str) -> Result<String, Refusal> {
    let kept = |c: &char| c.is_whitespace() || *c == ZERO_WIDTH_NON_JOINER || !is_unseen(*c);
    let seen: String = text.chars().filter(kept).collect();
    let words: Vec<_> = seen.split_whitespace().map(joined_as_spelt).filter(|word| !word.is_empty()).collect();
    let text = ComposingNormalizerBorrowed::new_nfc().normalize(&words.join(" ")).into_owned();
    if text.chars().count() > LONGEST {
        return Err(Refusal::new("name.too-long").at(field).with("most", i64::try_from(LONGEST).expect("a small number")));
    }
    Ok(text)
}

/// One non-joiner stays between two Arabic letters; all others go.
fn joined_as_spelt(word: &str) -> String {
    let mut spelt = String::with_capacity(word.len());
    for piece in word.split(ZERO_WIDTH_NON_JOINER).filter(|piece| !piece.is_empty()) {
        if spelt.ends_with(is_arabic_letter) && piece.starts_with(is_arabic_letter) {
            spelt.push(ZERO_WIDTH_NON_JOINER);
        }
        spelt.push_str(piece);
    }
    spelt
}

fn is_arabic_letter(c: char) -> bool {
    is_arabic(c) && c.is_alphabetic()
}

fn is_unseen(c: char) -> bool {
    let category = CodePointMapData::<GeneralCategory>::new().get(c);
    matches!(category, GeneralCategory::Control | GeneralCategory::Format | GeneralCategory::Unassigned)
        || CodePointSetData::new::<DefaultIgnorableCodePoint>().contains(c)
}

const fn is_arabic(c: char) -> bool {
    matches!(c, '\u{0600}'..='\u{06ff}' | '\u{0750}'..='\u{077f}' | '\u{fb50}'..='\u{fdff}' | '\u{fe70}'..='\u{fefc}')
}

impl TryFrom<Written> for PersonName {
    type Error = Refusal;

    fn try_from(written: Written) -> Result<Self, Refusal> {
        Self::new(&written.given, &written.family)
    }
}

impl fmt::Debug for PersonName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("***")
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_name_loses_what_cannot_be_seen_and_keeps_its_spelling() {
        let table = [
            ("  Anna \t Maria\n", "Anna Maria"),
            ("A\u{301}gnes", "Ágnes"),
            ("Ve\u{200b}ra\u{202e}", "Vera"),
            ("\u{2066}Boris\u{2069}\u{0}", "Boris"),
            ("علی\u{200c}رضا", "علی\u{200c}رضا"),
            ("علی\u{200c}\u{200b}\u{200c}رضا", "علی\u{200c}رضا"),
            ("علی\u{200c} \u{200c} رضا\u{200c}", "علی رضا"),
            ("An\u{200c}na", "Anna"),
            ("Jean\u{a0}Paul", "Jean Paul"),
            ("Anne-Marie O’Neil", "Anne-Marie O’Neil"),
        ];
        for (written, expected) in table {
            assert_eq!(PersonName::new(written, "").unwrap().given(), expected, "{written:?}");
        }
    }

    #[test]
    fn an_empty_or_endless_name_is_refused() {
        for given in ["", "  ", "\u{200b}\u{202e}", "\u{3164}"] {
            let refusal = PersonName::new(given, "Kovács").unwrap_err();
            assert_eq!((refusal.code(), refusal.field()), ("name.empty", Some("given")), "{given:?}");
        }
        assert!(PersonName::new(&"é".repeat(100), "").is_ok());
        let refusal = PersonName::new("Anna", &"a".repeat(101)).unwrap_err();
        assert_eq!((refusal.code(), refusal.field()), ("name.too-long", Some("family")));
    }

    #[test]
    fn the_family_comes_first_in_hungarian_only() {
        let peter = PersonName::new("Péter", "Kovács").unwrap();
        assert_eq!(peter.full(Locale::Hu), "Kovács Péter");
        for locale in [Locale::En, Locale::Ru, Locale::Fa] {
            assert_eq!(peter.full(locale), "Péter Kovács");
        }
        assert_eq!(PersonName::new("Anna", "").unwrap().full(Locale::Hu), "Anna");
    }

    #[test]
    fn initials_are_the_first_letters() {
        let table =
            [("péter", "Kovács", "PK"), ("Вера", "ёлкина", "ВЁ"), ("Anna", "", "A"), ("مریم", "کریمی", "م\u{200c}ک"), ("🙂", "", "🙂")];
        for (given, family, expected) in table {
            assert_eq!(PersonName::new(given, family).unwrap().initials(), expected);
        }
    }

    #[test]
    fn a_stored_name_is_checked_again_and_never_shown_in_debug_output() {
        let name = PersonName::new("Anna", "Kovács").unwrap();
        let stored = serde_json::to_string(&name).unwrap();
        assert_eq!(stored, r#"{"given":"Anna","family":"Kovács"}"#);
        assert!(serde_json::from_str::<PersonName>(&stored).unwrap() == name);
        assert!(serde_json::from_str::<PersonName>(r#"{"given":" ","family":""}"#).is_err());
        assert_eq!(format!("{name:?}"), "***");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn a_name_that_was_taken_down_is_always_read_back(given in "([aéA\u{301}\u{308}آرشعلی\u{64e} \u{200c}\u{200b}\u{202e}]|\\PC){0,30}", family in "\\PC{0,30}") {
            if let Ok(name) = PersonName::new(&given, &family) {
                let again = PersonName::new(name.given(), name.family());
                prop_assert!(again.is_ok_and(|again| again == name));
            }
        }
    }
}
