//! The alphabets of a text message (3GPP TS 23.038): GSM-7, whose rarer letters take an escape before them, and UCS-2 for
//! all that it does not know; and how a long text is parted (23.040), never inside of a letter.

use clinic::texts::{Encoding, segments};

/// By place. A letter of the default alphabet takes one septet, carried here in an octet of its own, as centres want it.
const BASIC: [char; 128] = [
    '@', '£', '$', '¥', 'è', 'é', 'ù', 'ì', 'ò', 'Ç', '\n', 'Ø', 'ø', '\r', 'Å', 'å', 'Δ', '_', 'Φ', 'Γ', 'Λ', 'Ω', 'Π', 'Ψ', 'Σ', 'Θ',
    'Ξ', ESCAPED, 'Æ', 'æ', 'ß', 'É', ' ', '!', '"', '#', '¤', '%', '&', '\'', '(', ')', '*', '+', ',', '-', '.', '/', '0', '1', '2', '3',
    '4', '5', '6', '7', '8', '9', ':', ';', '<', '=', '>', '?', '¡', 'A', 'B', 'C', 'D', 'E', 'F', 'G', 'H', 'I', 'J', 'K', 'L', 'M', 'N',
    'O', 'P', 'Q', 'R', 'S', 'T', 'U', 'V', 'W', 'X', 'Y', 'Z', 'Ä', 'Ö', 'Ñ', 'Ü', '§', '¿', 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i',
    'j', 'k', 'l', 'm', 'n', 'o', 'p', 'q', 'r', 's', 't', 'u', 'v', 'w', 'x', 'y', 'z', 'ä', 'ö', 'ñ', 'ü', 'à',
];
/// Behind an escape.
const EXTENSION: [(u8, char); 10] = [
    (0x0A, '\u{0C}'),
    (0x14, '^'),
    (0x28, '{'),
    (0x29, '}'),
    (0x2F, '\\'),
    (0x3C, '['),
    (0x3D, '~'),
    (0x3E, ']'),
    (0x40, '|'),
    (0x65, '€'),
];
const ESCAPE: u8 = 0x1B;
/// Stands in the place of the escape; no text holds it.
const ESCAPED: char = '\u{FFFF}';

/// Octets of one part alone and of one among several, where six are left to the header that joins them.
const fn room(encoding: Encoding) -> (usize, usize) {
    match encoding {
        Encoding::Gsm7 => (160, 153),
        Encoding::Ucs2 => (140, 134),
    }
}

/// A text as a telephone takes it: each part in the same alphabet, in octets.
#[derive(Clone, PartialEq, Eq)]
pub struct Written {
    pub encoding: Encoding,
    pub parts: Vec<Vec<u8>>,
}

pub fn written(text: &str) -> Written {
    let encoding = segments(text).encoding;
    let letters: Vec<Vec<u8>> = text.chars().map(|letter| octets(encoding, letter)).collect();
    let (alone, joined) = room(encoding);
    let whole: usize = letters.iter().map(Vec::len).sum();
    if whole <= alone {
        return Written { encoding, parts: vec![letters.concat()] };
    }
    let mut parts: Vec<Vec<u8>> = vec![Vec::with_capacity(joined)];
    for letter in letters {
        if parts.last().is_some_and(|part| part.len() + letter.len() > joined) {
            parts.push(Vec::with_capacity(joined));
        }
        if let Some(part) = parts.last_mut() {
            part.extend(letter);
        }
    }
    Written { encoding, parts }
}

/// All of a text without parting it, for centres that part it themselves.
pub fn unparted(text: &str) -> (Encoding, Vec<u8>) {
    let encoding = segments(text).encoding;
    (encoding, text.chars().flat_map(|letter| octets(encoding, letter)).collect())
}

fn octets(encoding: Encoding, letter: char) -> Vec<u8> {
    match encoding {
        Encoding::Gsm7 => septets(letter),
        Encoding::Ucs2 => {
            let mut units = [0; 2];
            letter.encode_utf16(&mut units).iter().flat_map(|unit| unit.to_be_bytes()).collect()
        }
    }
}

/// A question mark for what is not in the alphabet; such a text is not written in it.
fn septets(letter: char) -> Vec<u8> {
    let place = BASIC.iter().position(|known| *known == letter && letter != ESCAPED);
    if let Some(place) = place.and_then(|place| u8::try_from(place).ok()) {
        return vec![place];
    }
    let extended = EXTENSION.iter().find(|(_, known)| *known == letter);
    extended.map_or_else(|| vec![b'?'], |(place, _)| vec![ESCAPE, *place])
}

/// What a telephone has sent in GSM-7, one septet in each octet. What no table knows is shown as a space (23.038, 6.2.1.1).
pub fn read_gsm7(octets: &[u8]) -> String {
    let mut text = String::with_capacity(octets.len());
    let mut escaped = false;
    for octet in octets {
        let place = octet & 0x7F;
        if escaped {
            escaped = false;
            let extended = EXTENSION.iter().find(|(known, _)| *known == place).map(|(_, letter)| *letter);
            // an escape from a table that we do not have shows the letter of the basic one
            text.push(extended.unwrap_or_else(|| basic(place)));
        } else if place == ESCAPE {
            escaped = true;
        } else {
            text.push(basic(place));
        }
    }
    text
}

fn basic(place: u8) -> char {
    Some(BASIC[usize::from(place & 0x7F)]).filter(|letter| *letter != ESCAPED).unwrap_or(' ')
}

/// What has been sent in UCS-2, which is UTF-16 today. Half a letter becomes a replacement mark, never an error.
pub fn read_ucs2(octets: &[u8]) -> String {
    let units = octets.chunks(2).map(|pair| u16::from_be_bytes([pair[0], pair.get(1).copied().unwrap_or_default()]));
    char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)).collect()
}

/// One octet a letter: Latin 1.
pub fn read_latin(octets: &[u8]) -> String {
    octets.iter().map(|octet| char::from(*octet)).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(encoding: Encoding, octets: &[u8]) -> String {
        match encoding {
            Encoding::Gsm7 => read_gsm7(octets),
            Encoding::Ucs2 => read_ucs2(octets),
        }
    }

    #[test]
    fn texts_are_written_in_the_octets_of_the_standard() {
        let table: [(&str, Encoding, &str); 6] = [
            ("@£Δ A", Encoding::Gsm7, "0001102041"),
            ("€{}", Encoding::Gsm7, "1b651b281b29"),
            ("¿§à", Encoding::Gsm7, "605f7f"),
            ("Ждём", Encoding::Ucs2, "041604340451043c"),
            ("😀", Encoding::Ucs2, "d83dde00"),
            ("سه‌شنبه", Encoding::Ucs2, "06330647200c0634064606280647"),
        ];
        for (text, encoding, octets) in table {
            let written = written(text);
            assert_eq!((written.encoding, hex::encode(written.parts.concat())), (encoding, octets.to_owned()), "{text}");
        }
    }

    #[test]
    fn a_letter_is_never_cut_between_two_parts() {
        let table = [
            // the escape and its letter would straddle the border
            (format!("{}€{}", "a".repeat(152), "a".repeat(20)), vec![152, 22]),
            // a pair of units would
            (format!("{}😀{}", "я".repeat(66), "я".repeat(66)), vec![132, 134, 2]),
            ("a".repeat(160), vec![160]),
            ("a".repeat(307), vec![153, 153, 1]),
            ("я".repeat(134), vec![134, 134]),
        ];
        for (text, lengths) in table {
            let written = written(&text);
            assert_eq!(written.parts.iter().map(Vec::len).collect::<Vec<_>>(), lengths, "{text}");
        }
    }

    #[test]
    fn what_no_table_knows_is_read_without_harm() {
        assert_eq!(read_gsm7(&[0x1B]), "");
        assert_eq!(read_gsm7(&[0x1B, 0x41, 0xC1]), "AA");
        assert_eq!(read_ucs2(&[0xD8, 0x3D, 0x04]), "\u{FFFD}\u{400}");
        assert_eq!(read_latin(&[0xE9, 0x41]), "éA");
    }

    proptest! {
        #[test]
        fn every_text_comes_back_in_as_many_parts_as_networks_bill(text in "([a-z€{}\n]{0,400}|[а-я😀a€]{0,300}|\\PC{0,200})") {
            let written = written(&text);
            let counted = segments(&text);
            prop_assert_eq!((written.encoding, written.parts.len()), (counted.encoding, counted.parts));
            let (alone, joined) = room(written.encoding);
            let most = if written.parts.len() == 1 { alone } else { joined };
            prop_assert!(written.parts.iter().all(|part| part.len() <= most));
            let read_each: String = written.parts.iter().map(|part| read(written.encoding, part)).collect();
            prop_assert_eq!(&read_each, &text);
            let (encoding, whole) = unparted(&text);
            prop_assert_eq!(read(encoding, &whole), text);
        }

        #[test]
        fn any_octets_are_read_as_some_text(octets in proptest::collection::vec(any::<u8>(), 0..300)) {
            for text in [read_gsm7(&octets), read_ucs2(&octets), read_latin(&octets)] {
                prop_assert!(text.chars().count() <= octets.len());
            }
        }
    }
}
