//! In which encoding a practice program wrote its text. UTF-8 and UTF-16 are certain; among the one-byte pages of our
//! four languages the text that reads like words wins.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1250, WINDOWS_1251, WINDOWS_1256};

/// Enough words to tell languages apart.
const LOOKED_AT: usize = 256 * 1024;

pub(super) fn decode(bytes: &[u8]) -> String {
    if let Some((encoding, mark)) = Encoding::for_bom(bytes) {
        return encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return text.to_owned();
    }
    if let Some(encoding) = utf_16_without_mark(bytes) {
        return encoding.decode_without_bom_handling(bytes).0.into_owned();
    }
    page_of(bytes).decode_without_bom_handling(bytes).0.into_owned()
}

/// Latin headers and digits in UTF-16 have a zero in every second byte.
pub(super) fn utf_16_without_mark(bytes: &[u8]) -> Option<&'static Encoding> {
    let start = &bytes[..bytes.len().min(4_096)];
    let zeros = |from: usize| start.iter().skip(from).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let quarter = start.len() / 8;
    match (even, odd) {
        _ if start.len() < 4 || !bytes.len().is_multiple_of(2) => None,
        (0, odd) if odd > quarter => Some(UTF_16LE),
        (even, 0) if even > quarter => Some(UTF_16BE),
        _ => None,
    }
}

/// Whether a letter is one of the page's language.
type Expected = fn(char) -> bool;

/// A damaged UTF-8 file reads better as UTF-8 with a few marks than as anything else.
fn page_of(bytes: &[u8]) -> &'static Encoding {
    let start = &bytes[..bytes.len().min(LOOKED_AT)];
    let pages: [(&'static Encoding, Expected); 4] =
        [(WINDOWS_1251, is_cyrillic), (WINDOWS_1250, is_hungarian), (WINDOWS_1256, is_persian), (UTF_8, any_letter)];
    let scored = pages.map(|(page, expected)| (score(&page.decode_without_bom_handling(start).0, expected), page));
    scored.into_iter().rev().max_by_key(|(score, _)| *score).map_or(WINDOWS_1251, |(_, page)| page)
}

/// Letters beyond ASCII count for the page when they are of its language and stand in words as its people write them:
/// one alphabet, capitals in front.
fn score(text: &str, expected: Expected) -> i64 {
    let mut score = 0;
    for word in text.split(|c: char| c.is_ascii() && !c.is_ascii_alphabetic()) {
        let foreign = word.chars().filter(|c| !c.is_ascii()).count();
        if foreign == 0 {
            continue;
        }
        let strange = word.chars().any(|c| !c.is_ascii() && !expected(c));
        let mixed = word.chars().any(|c| c.is_ascii_alphabetic()) && word.chars().any(|c| is_cyrillic_letter(c) || is_arabic_letter(c));
        let lower_then_upper = word.chars().zip(word.chars().skip(1)).any(|(one, next)| one.is_lowercase() && next.is_uppercase());
        let weight = i64::try_from(foreign).unwrap_or(i64::MAX);
        score += if strange || mixed || lower_then_upper { -2 * weight } else { weight };
    }
    score
}

const fn is_cyrillic_letter(c: char) -> bool {
    matches!(c, 'А'..='я' | 'Ё' | 'ё' | 'І' | 'і' | 'Ї' | 'ї' | 'Є' | 'є' | 'Ґ' | 'ґ' | 'Ў' | 'ў')
}

fn is_cyrillic(c: char) -> bool {
    is_cyrillic_letter(c) || matches!(c, '№' | '«' | '»' | '–' | '—' | '\u{a0}' | '…')
}

fn is_hungarian(c: char) -> bool {
    "áéíóöőúüűÁÉÍÓÖŐÚÜŰ".contains(c) || matches!(c, '„' | '”' | '–' | '—' | '\u{a0}' | '…')
}

const fn is_arabic_letter(c: char) -> bool {
    matches!(c, '\u{0621}'..='\u{064a}' | 'پ' | 'چ' | 'ژ' | 'ک' | 'گ' | 'ی')
}

fn is_persian(c: char) -> bool {
    is_arabic_letter(c) || matches!(c, '،' | '؛' | '؟' | '\u{200c}' | '\u{200d}' | '«' | '»' | '\u{a0}')
}

fn any_letter(c: char) -> bool {
    c != char::REPLACEMENT_CHARACTER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journal_is_read_in_the_encoding_it_was_written_in() {
        let table = [
            ("Пациент;Телефон\nПетрова Анна;+79000000001\nЁлкин Борис;\n", WINDOWS_1251),
            ("ФИО;ВРАЧ;УСЛУГА\nИВАНОВ ИВАН;ГРОМОВ;ЧИСТКА\n", WINDOWS_1251),
            ("Páciens;Telefonszám;Kezelés\nKovács Péter;;Tömés\nSzűcs Ágnes;;Gyökérkezelés\n", WINDOWS_1250),
            ("نام بيمار;تلفن\nمريم کريمي;\nآرش رضايي;\n", WINDOWS_1256),
        ];
        for (text, page) in table {
            let bytes = page.encode(text).0.into_owned();
            assert_eq!(decode(&bytes), text, "{}", page.name());
        }
    }

    #[test]
    fn unicode_is_recognised_with_and_without_its_mark() {
        let text = "Név;Telefon\nKovács Péter;+36 30 123 4567\n";
        let wide = |little: bool| text.encode_utf16().flat_map(move |unit| if little { unit.to_le_bytes() } else { unit.to_be_bytes() });
        assert_eq!(decode(text.as_bytes()), text);
        assert_eq!(decode(format!("\u{feff}{text}").as_bytes()), text);
        for little in [true, false] {
            let bytes: Vec<u8> = wide(little).collect();
            let marked: Vec<u8> = if little { [0xff, 0xfe] } else { [0xfe, 0xff] }.into_iter().chain(bytes.clone()).collect();
            assert_eq!(decode(&bytes), text);
            assert_eq!(decode(&marked), text);
        }
    }

    #[test]
    fn a_damaged_file_keeps_what_can_be_read() {
        let mut bytes = "Név;Telefon\nKovács Péter;1\nSzűcs Ágnes;2\nŐri Éva;3\n".as_bytes().to_vec();
        bytes.push(0xc3);
        assert!(decode(&bytes).starts_with("Név;Telefon\nKovács Péter;1\n"));
    }
}
