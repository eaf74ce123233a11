//! The key under which a text is found again, whatever script, case or digits it was typed in:
//! `ANNA`, `anna` and `Änna` have one key, and so have `آرش` and `ارش`.
//!
//! What is stored beside a text and what is typed into a search field both go through [`of`]; nothing is shown from it.

use icu_casemap::CaseMapper;
use icu_normalizer::DecomposingNormalizerBorrowed;
use icu_properties::CodePointMapData;
use icu_properties::props::GeneralCategory;

use crate::format;

/// Case folded, without marks, with one Persian spelling and ASCII digits, its words parted by single spaces.
/// The key of a key is the key itself.
pub fn of(text: &str) -> String {
    let decomposed = DecomposingNormalizerBorrowed::new_nfkd();
    let case = CaseMapper::new();
    let once = case.fold_string(&decomposed.normalize(text)).into_owned();
    // Folding can leave composed letters, and decomposing can leave capitals (U+03F4 and the like).
    let folded = case.fold_string(&decomposed.normalize(&once)).into_owned();
    let plain: String = format::ascii_digits(&decomposed.normalize(&folded)).chars().filter_map(plain).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The words of the key, in their order.
pub fn words(text: &str) -> Vec<String> {
    of(text).split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// One spelling for letters that are typed for one another; a space for what parts words; nothing for what is not seen.
fn plain(c: char) -> Option<char> {
    match c {
        'ي' | 'ى' => Some('ی'),
        'ك' => Some('ک'),
        'ٱ' => Some('ا'),
        'ة' | 'ە' | 'ہ' | 'ھ' => Some('ه'),
        // The hamza alone and the tatweel are left out as often as they are typed.
        'ء' | 'ـ' => None,
        'ı' => Some('i'),
        'ł' => Some('l'),
        'ø' => Some('o'),
        'đ' => Some('d'),
        _ => match CodePointMapData::<GeneralCategory>::new().get(c) {
            GeneralCategory::NonspacingMark | GeneralCategory::EnclosingMark | GeneralCategory::Format => None,
            _ if c.is_alphanumeric() => Some(c),
            _ => Some(' '),
        },
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn spellings_of_one_name_have_one_key() {
        let table: [(&str, &[&str]); 9] = [
            ("anna", &["ANNA", "Anna", "Änna", "A\u{301}nna", "ＡＮＮＡ", " anna ", "Anna!"]),
            ("анна", &["АННА", "Анна", "анна"]),
            ("елкина", &["Ёлкина", "ЕЛКИНА", "е\u{308}лкина"]),
            ("ارش", &["آرش", "ارش", "أرش", "إرش", "ا\u{653}رش", "آرَش"]),
            ("علیرضا", &["علی\u{200c}رضا", "عليرضا", "علـیرضا", "ﻋﻠﻴﺮﺿﺎ"]),
            ("فاطمه", &["فاطمة", "فاطمه"]),
            ("موید", &["مؤید", "مويد"]),
            ("kovacs peter", &["Kovács, Péter", "KOVÁCS  PÉTER", "kovács-péter"]),
            ("strasse 12", &["Straße ۱۲", "STRASSE ١٢", "strasse 12"]),
        ];
        for (key, spellings) in table {
            for spelling in spellings {
                assert_eq!(of(spelling), key, "{spelling}");
            }
        }
    }

    #[test]
    fn different_names_have_different_keys() {
        let names = ["anna", "hanna", "анна", "инна", "آرش", "آرشا", "کریم", "گریم", "12", "21"];
        let keys: std::collections::BTreeSet<_> = names.iter().map(|name| of(name)).collect();
        assert_eq!(keys.len(), names.len());
    }

    #[test]
    fn the_words_of_a_key_stand_alone() {
        assert_eq!(words("Dr. Kovács-Nagy,  Péter"), ["dr", "kovacs", "nagy", "peter"]);
        assert_eq!(words(" … "), [""; 0]);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(2_000))]

        #[test]
        fn the_key_of_a_key_is_the_key(text in "\\PC{0,40}") {
            let key = of(&text);
            prop_assert_eq!(of(&key), key);
        }

        #[test]
        fn the_key_does_not_depend_on_case(text in "[a-zа-яёéőű0-9 ]{0,20}") {
            prop_assert_eq!(of(&text.to_uppercase()), of(&text));
        }
    }
}
