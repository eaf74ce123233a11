//! When a certificate ends: the one thing that is read of it here. Whether it is sound is found when it is used.

use kernel::Timestamp;

const SEQUENCE: u8 = 0x30;
const INTEGER: u8 = 0x02;
/// The version, where it is not the first.
const VERSION: u8 = 0xA0;
const UTC_TIME: u8 = 0x17;
const GENERALIZED_TIME: u8 = 0x18;

/// Of a certificate as it is shown on the wire (RFC 5280, DER). None: it is none.
pub fn certificate_ends(der: &[u8]) -> Option<Timestamp> {
    let (tag, certificate, _) = part(der)?;
    let (inner, signed, _) = part(certificate)?;
    if tag != SEQUENCE || inner != SEQUENCE {
        return None;
    }
    let mut rest = signed;
    // version, serial number, how it is signed, by whom; then from when until when
    for expected in [VERSION, INTEGER, SEQUENCE, SEQUENCE] {
        let (tag, _, after) = part(rest)?;
        match tag {
            tag if tag == expected => rest = after,
            _ if expected == VERSION => {}
            _ => return None,
        }
    }
    let (_, validity, _) = part(rest)?;
    let (_, _, after_begin) = part(validity)?;
    let (tag, end, _) = part(after_begin)?;
    instant(tag, std::str::from_utf8(end).ok()?)
}

/// The first part: its tag, what is in it, and what comes after it.
fn part(bytes: &[u8]) -> Option<(u8, &[u8], &[u8])> {
    let (tag, rest) = bytes.split_first()?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0..=0x7F => (usize::from(*first), rest),
        0x81..=0x84 => {
            let (digits, rest) = rest.split_at_checked(usize::from(first - 0x80))?;
            (digits.iter().fold(0, |length, digit| length << 8 | usize::from(*digit)), rest)
        }
        _ => return None,
    };
    let (inside, after) = rest.split_at_checked(length)?;
    Some((*tag, inside, after))
}

/// `261123080000Z`, or with four digits of the year.
fn instant(tag: u8, text: &str) -> Option<Timestamp> {
    let digits = text.strip_suffix('Z').filter(|digits| digits.bytes().all(|byte| byte.is_ascii_digit()))?;
    let full = match (tag, digits.len()) {
        // two digits: of this century up to 49
        (UTC_TIME, 12) if digits < "50" => format!("20{digits}"),
        (UTC_TIME, 12) => format!("19{digits}"),
        (GENERALIZED_TIME, 14) => digits.to_owned(),
        _ => return None,
    };
    let number = |from: usize, to: usize| full[from..to].parse::<i64>().ok();
    let (year, month, day) = (number(0, 4)?, number(4, 6)?, number(6, 8)?);
    if !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    // days since 1970 of the common calendar, March as the first month
    let shifted = if month <= 2 { year - 1 } else { year };
    let (era, of_year) = (shifted.div_euclid(400), shifted.rem_euclid(400));
    let day_of_year = (153 * (month + if month > 2 { -3 } else { 9 }) + 2) / 5 + day - 1;
    let days = era * 146_097 + of_year * 365 + of_year / 4 - of_year / 100 + day_of_year - 719_468;
    let seconds = number(8, 10)? * 3_600 + number(10, 12)? * 60 + number(12, 14)?;
    Some(Timestamp::from_seconds(days * 86_400 + seconds))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A certificate with nothing in it but what is read.
    fn certificate(version: &[u8], end: &[u8]) -> Vec<u8> {
        let sequence = |inside: &[u8]| [&[SEQUENCE, 0x81, u8::try_from(inside.len()).unwrap()], inside].concat();
        let begin = [&[UTC_TIME, 13], b"250101000000Z".as_slice()].concat();
        let validity = sequence(&[begin.as_slice(), end].concat());
        let signed = [version, &[INTEGER, 1, 7], &sequence(b""), &sequence(b""), &validity].concat();
        sequence(&sequence(&signed))
    }

    #[test]
    fn the_end_of_a_certificate_is_read_and_nothing_else_is_taken_for_one() {
        let utc = [&[UTC_TIME, 13], b"261123080000Z".as_slice()].concat();
        let late = [&[GENERALIZED_TIME, 15], b"20500229000001Z".as_slice()].concat();
        let version: &[u8] = &[VERSION, 3, INTEGER, 1, 2];
        let table = [
            (certificate(version, &utc), Some("2026-11-23T08:00:00Z")),
            (certificate(b"", &utc), Some("2026-11-23T08:00:00Z")),
            (certificate(version, &late), Some("2050-03-01T00:00:01Z")),
            (certificate(version, &[UTC_TIME, 2, b'2', b'Z']), None),
            (certificate(version, &[INTEGER, 1, 7]), None),
            (b"".to_vec(), None),
            (b"not a certificate".to_vec(), None),
        ];
        for (row, (der, expected)) in table.into_iter().enumerate() {
            assert_eq!(certificate_ends(&der).map(|end| end.to_string()).as_deref(), expected, "row {row}");
            for cut in 0..der.len() {
                assert_eq!(certificate_ends(&der[..cut]), None, "row {row} cut at {cut}");
            }
        }
    }
}
