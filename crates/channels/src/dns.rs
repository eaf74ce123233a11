//! A question for the text records of a name, and what a name server answers (RFC 1035): one message each way, without I/O.

/// A name may have 255 bytes, and 63 between two dots.
const LONGEST_NAME: usize = 253;
const LONGEST_LABEL: usize = 63;
const HEAD: usize = 12;
const TEXT: u16 = 16;
const INTERNET: u16 = 1;
/// A name that points at a name that points at a name.
const MOST_JUMPS: usize = 20;

/// What a name server says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Told {
    /// All that is there, each record in one piece; none, where there is no such name.
    Texts(Vec<String>),
    /// It was too long for one packet.
    CutOff,
    /// The server cannot say.
    Nothing,
}

/// None: no name that could be asked for. `id`: by which the answer is known.
pub fn question(name: &str, id: u16) -> Option<Vec<u8>> {
    let name = name.trim_end_matches('.');
    if name.is_empty() || name.len() > LONGEST_NAME || !name.bytes().all(|byte| byte.is_ascii_graphic()) {
        return None;
    }
    let mut packet = id.to_be_bytes().to_vec();
    // one question; the server asks others for us
    packet.extend([1, 0, 0, 1, 0, 0, 0, 0, 0, 0]);
    for label in name.split('.') {
        if label.is_empty() || label.len() > LONGEST_LABEL {
            return None;
        }
        packet.push(u8::try_from(label.len()).ok()?);
        packet.extend(label.bytes());
    }
    packet.push(0);
    packet.extend(TEXT.to_be_bytes());
    packet.extend(INTERNET.to_be_bytes());
    Some(packet)
}

/// None: it answers another question, or is no answer.
pub fn read(packet: &[u8], name: &str, id: u16) -> Option<Told> {
    let number = |at: usize| Some(u16::from_be_bytes([*packet.get(at)?, *packet.get(at + 1)?]));
    let is_answer = packet.get(2)? & 0x80 != 0;
    if number(0)? != id || !is_answer || number(4)? != 1 {
        return None;
    }
    let (asked, at) = name_at(packet, HEAD)?;
    if !asked.eq_ignore_ascii_case(name.trim_end_matches('.')) || number(at)? != TEXT || number(at + 2)? != INTERNET {
        return None;
    }
    if packet[2] & 0x02 != 0 {
        return Some(Told::CutOff);
    }
    match packet[3] & 0x0F {
        0 => {}
        // there is no such name
        3 => return Some(Told::Texts(Vec::new())),
        _ => return Some(Told::Nothing),
    }
    let (mut at, mut texts) = (at + 4, Vec::new());
    for _ in 0..number(6)? {
        let (_, end) = name_at(packet, at)?;
        let (kind, class, length) = (number(end)?, number(end + 2)?, usize::from(number(end + 8)?));
        let told = packet.get(end + 10..end + 10 + length)?;
        // another name for it stands before what was asked for
        if kind == TEXT && class == INTERNET {
            texts.push(pieces(told)?);
        }
        at = end + 10 + length;
    }
    Some(Told::Texts(texts))
}

/// A record stands there in pieces of 255 bytes at most.
fn pieces(mut told: &[u8]) -> Option<String> {
    let mut text = Vec::with_capacity(told.len());
    while let Some((length, rest)) = told.split_first() {
        let (piece, rest) = rest.split_at_checked(usize::from(*length))?;
        text.extend_from_slice(piece);
        told = rest;
    }
    Some(String::from_utf8_lossy(&text).into_owned())
}

/// The name that stands there, and where what follows it begins.
fn name_at(packet: &[u8], mut at: usize) -> Option<(String, usize)> {
    let (mut name, mut end, mut jumps) = (String::new(), None, 0);
    loop {
        let length = usize::from(*packet.get(at)?);
        match length {
            0 => return Some((name, end.unwrap_or(at + 1))),
            // the rest of it stands elsewhere
            0xC0.. => {
                jumps += 1;
                if jumps > MOST_JUMPS {
                    return None;
                }
                end = end.or(Some(at + 2));
                at = (length & 0x3F) << 8 | usize::from(*packet.get(at + 1)?);
            }
            1..=LONGEST_LABEL => {
                if !name.is_empty() {
                    name.push('.');
                }
                name.push_str(&String::from_utf8_lossy(packet.get(at + 1..=at + length)?));
                if name.len() > LONGEST_NAME {
                    return None;
                }
                at += length + 1;
            }
            _ => return None,
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const NAME: &str = "desk._domainkey.smile.example";

    /// As a server would answer, with records by their kind.
    fn answer(flags: [u8; 2], records: &[(u16, &[&str])]) -> Vec<u8> {
        let mut packet = question(NAME, 7).unwrap();
        packet[2..4].copy_from_slice(&flags);
        packet[7] = u8::try_from(records.len()).unwrap();
        for (kind, pieces) in records {
            packet.extend([0xC0, 12]);
            packet.extend(kind.to_be_bytes());
            packet.extend([0, 1, 0, 0, 0, 60]);
            let told: Vec<u8> =
                pieces.iter().flat_map(|piece| std::iter::once(u8::try_from(piece.len()).unwrap()).chain(piece.bytes())).collect();
            packet.extend(u16::try_from(told.len()).unwrap().to_be_bytes());
            packet.extend(told);
        }
        packet
    }

    #[test]
    fn text_records_are_read_in_one_piece_and_nothing_else_is_taken_for_an_answer() {
        let texts = |texts: &[&str]| Some(Told::Texts(texts.iter().map(|text| (*text).to_owned()).collect()));
        for (packet, expected) in [
            (answer([0x81, 0x80], &[(16, &["v=DKIM1; ", "p=abc"])]), texts(&["v=DKIM1; p=abc"])),
            (answer([0x81, 0x80], &[(5, &["another"]), (16, &["one"]), (16, &["two"])]), texts(&["one", "two"])),
            (answer([0x81, 0x80], &[]), texts(&[])),
            (answer([0x81, 0x83], &[]), texts(&[])),
            (answer([0x81, 0x82], &[]), Some(Told::Nothing)),
            (answer([0x83, 0x80], &[]), Some(Told::CutOff)),
            // a question is none
            (question(NAME, 7).unwrap(), None),
        ] {
            assert_eq!(read(&packet, NAME, 7), expected);
        }
        let good = answer([0x81, 0x80], &[(16, &["p=abc"])]);
        assert_eq!(read(&good, NAME, 8), None, "of another question");
        assert_eq!(read(&good, "desk._domainkey.other.example", 7), None);
        assert_eq!(read(&good, "DESK._domainkey.Smile.example.", 7), texts(&["p=abc"]));
        for cut in 0..good.len() {
            assert_eq!(read(&good[..cut], NAME, 7), None, "the first {cut} bytes");
        }
    }

    #[test]
    fn a_name_that_cannot_be_is_not_asked_for() {
        for name in ["", ".", "a..b", "with space.example", &"x".repeat(64), &"x.".repeat(150), "имя.example"] {
            assert_eq!(question(name, 1), None, "{name}");
        }
    }

    proptest! {
        #[test]
        fn whatever_comes_back_is_read_or_left(packet in proptest::collection::vec(any::<u8>(), 0..200), at in 0_usize..60, byte: u8) {
            read(&packet, NAME, 7);
            let mut spoilt = answer([0x81, 0x80], &[(16, &["p=abc"])]);
            let place = at % spoilt.len();
            spoilt[place] = byte;
            read(&spoilt, NAME, 7);
        }
    }
}
