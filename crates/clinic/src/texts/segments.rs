//! How many parts an SMS takes, as networks bill it (3GPP TS 23.038 and 23.040).

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// The default alphabet: 160 letters in one part.
    Gsm7,
    /// For everything else, an accent or an emoji included: 70 units in one part.
    Ucs2,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Segments {
    pub encoding: Encoding,
    /// Septets, or UTF-16 units.
    pub units: usize,
    pub parts: usize,
}

/// Each takes one septet.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿\
                     abcdefghijklmnopqrstuvwxyzäöñüà";

/// Each takes two: an escape and itself.
const EXTENSION: &str = "\u{0C}^{}\\[~]|€";

pub fn segments(text: &str) -> Segments {
    let septets: Option<Vec<usize>> = text.chars().map(septets).collect();
    match septets {
        Some(widths) => counted(Encoding::Gsm7, &widths, 160, 153),
        None => counted(Encoding::Ucs2, &text.chars().map(char::len_utf16).collect::<Vec<_>>(), 70, 67),
    }
}

fn septets(letter: char) -> Option<usize> {
    if BASIC.contains(letter) {
        Some(1)
    } else if EXTENSION.contains(letter) {
        Some(2)
    } else {
        None
    }
}

/// A letter of two units is never split over two parts, so parts are filled one by one.
fn counted(encoding: Encoding, widths: &[usize], alone: usize, joined: usize) -> Segments {
    let units: usize = widths.iter().sum();
    if units <= alone {
        return Segments { encoding, units, parts: 1 };
    }
    let (mut parts, mut filled) = (1, 0);
    for width in widths {
        if filled + width > joined {
            parts += 1;
            filled = 0;
        }
        filled += width;
    }
    Segments { encoding, units, parts }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_take_the_parts_that_networks_bill() {
        let table = [
            (String::new(), Encoding::Gsm7, 0, 1),
            ("a".repeat(160), Encoding::Gsm7, 160, 1),
            ("a".repeat(161), Encoding::Gsm7, 161, 2),
            ("a".repeat(306), Encoding::Gsm7, 306, 2),
            ("a".repeat(307), Encoding::Gsm7, 307, 3),
            ("€".repeat(80), Encoding::Gsm7, 160, 1),
            // 76 euro signs fill 152 of 153 septets; the 77th does not fit and begins the second part.
            ("€".repeat(153), Encoding::Gsm7, 306, 3),
            ("ÇA".to_owned(), Encoding::Gsm7, 2, 1),
            ("C'est ça".to_owned(), Encoding::Ucs2, 8, 1),
            ("Szép napot! Örülünk Önnek".to_owned(), Encoding::Gsm7, 25, 1),
            ("Várjuk holnap 10:30-kor".to_owned(), Encoding::Ucs2, 23, 1),
            ("я".repeat(70), Encoding::Ucs2, 70, 1),
            ("я".repeat(71), Encoding::Ucs2, 71, 2),
            ("я".repeat(134), Encoding::Ucs2, 134, 2),
            ("я".repeat(135), Encoding::Ucs2, 135, 3),
            ("😀".repeat(35), Encoding::Ucs2, 70, 1),
            ("😀".repeat(36), Encoding::Ucs2, 72, 2),
            // A pair that would straddle the border moves over as a whole.
            (format!("{}😀{}", "я".repeat(66), "я".repeat(66)), Encoding::Ucs2, 134, 3),
            ("سلام".to_owned(), Encoding::Ucs2, 4, 1),
            ("It`s".to_owned(), Encoding::Ucs2, 4, 1),
        ];
        for (text, encoding, units, parts) in table {
            assert_eq!(segments(&text), Segments { encoding, units, parts }, "{text}");
        }
    }
}
