//! Small pictures and films made here, box by box.

use proptest::prelude::*;

use super::*;

const PLACE: &[u8] = b"Exif GPS 46.2530 20.1414";
const NOTE: &[u8] = b"<x:xmpmeta GPS 46.2530 20.1414/>";
const DOTS: &[u8] = b"the dots of the picture";

fn piece(kind: &[u8], body: &[u8]) -> Vec<u8> {
    [&u32::try_from(body.len() + 8).unwrap().to_be_bytes()[..], kind, body].concat()
}

fn full(kind: &[u8], version: u8, body: &[u8]) -> Vec<u8> {
    piece(kind, &[&[version, 0, 0, 0], body].concat())
}

fn entry(id: u16, kind: &[u8]) -> Vec<u8> {
    full(b"infe", 2, &[&id.to_be_bytes()[..], &[0, 0], kind, b"\0"].concat())
}

/// Where the notes lie.
#[derive(Debug, Clone, Copy)]
struct Layout {
    version: u8,
    in_idat: bool,
}

/// Item 1 is the picture, item 2 its Exif, item 3 its XMP.
fn picture(Layout { version, in_idat }: Layout) -> Vec<u8> {
    let head = piece(b"ftyp", b"heic\0\0\0\0mif1heic");
    let make = |at: usize| {
        let wide = |number: u16| if version == 2 { u32::from(number).to_be_bytes().to_vec() } else { number.to_be_bytes().to_vec() };
        let place = |item: u16, method: u16, from: usize, bytes: &[u8]| {
            let mut row = wide(item);
            if version > 0 {
                row.extend(method.to_be_bytes());
            }
            row.extend([0, 0, 0, 1]);
            row.extend(u32::try_from(from).unwrap().to_be_bytes());
            row.extend(u32::try_from(bytes.len()).unwrap().to_be_bytes());
            row
        };
        let method = u16::from(in_idat);
        let (exif, xmp) = if in_idat { (0, PLACE.len()) } else { (at + DOTS.len(), at + DOTS.len() + PLACE.len()) };
        let rows = [place(1, 0, at, DOTS), place(2, method, exif, PLACE), place(3, method, xmp, NOTE)].concat();
        let places = full(b"iloc", version, &[&[0x44, 0][..], &wide(3), &rows].concat());
        let infos = full(b"iinf", 0, &[&[0, 3][..], &entry(1, b"hvc1"), &entry(2, b"Exif"), &entry(3, b"mime")].concat());
        let idat = if in_idat { piece(b"idat", &[PLACE, NOTE].concat()) } else { Vec::new() };
        let handler = full(b"hdlr", 0, b"\0\0\0\0pict\0\0\0\0\0\0\0\0\0\0\0\0\0");
        full(b"meta", 0, &[handler, infos, places, idat].concat())
    };
    let at = head.len() + make(0).len() + 8;
    let data = if in_idat { DOTS.to_vec() } else { [DOTS, PLACE, NOTE].concat() };
    [head, make(at), piece(b"mdat", &data)].concat()
}

fn film() -> Vec<u8> {
    let place = piece(b"udta", &piece(b"\xA9xyz", b"\0\x12\x15\xC7+46.2530+020.1414/"));
    let keys = piece(b"meta", b"com.apple.quicktime.location.ISO6709 GPS +46.2530");
    let track = piece(b"trak", &[piece(b"tkhd", b"track head"), place.clone(), piece(b"mdia", b"media")].concat());
    let head = piece(b"moov", &[piece(b"mvhd", b"film head"), track, place, keys, piece(b"uuid", b"GPS in XMP")].concat());
    [piece(b"ftyp", b"qt  \0\0\0\0qt  "), piece(b"wide", b""), piece(b"mdat", DOTS), head, piece(b"sefd", b"GPS")].concat()
}

fn tells(bytes: &[u8], words: &[u8]) -> bool {
    bytes.windows(words.len()).any(|window| window == words)
}

#[test]
fn a_picture_loses_its_notes_wherever_they_lie_and_keeps_its_dots() {
    for version in 0..=2 {
        for in_idat in [false, true] {
            if version == 0 && in_idat {
                continue;
            }
            let sent = picture(Layout { version, in_idat });
            assert!(tells(&sent, b"GPS"));
            let kept = blanked(sent.clone()).unwrap_or_else(|| panic!("version {version}, in idat: {in_idat}"));
            assert!(!tells(&kept, b"GPS") && !tells(&kept, b"46.25") && tells(&kept, DOTS), "version {version}, in idat: {in_idat}");
            assert_eq!(kept.len(), sent.len());
            assert_eq!(blanked(kept.clone()), Some(kept), "twice changes nothing more");
        }
    }
}

#[test]
fn a_film_loses_its_place_and_plays_on() {
    let sent = film();
    let kept = blanked(sent.clone()).unwrap();
    for gone in [&b"46.2530"[..], b"GPS", b"udta", b"uuid", b"meta", b"xyz"] {
        assert!(tells(&sent, gone) && !tells(&kept, gone), "{}", String::from_utf8_lossy(gone));
    }
    for stays in [&b"film head"[..], b"track head", b"media", DOTS, b"tkhd", b"moov"] {
        assert!(tells(&kept, stays), "{}", String::from_utf8_lossy(stays));
    }
    assert_eq!(kept.len(), sent.len());
    // a film whose end was lost
    let cut = [piece(b"ftyp", b"isom"), piece(b"moov", &piece(b"mvhd", b"film head")), piece(b"mdat", DOTS)].concat();
    assert!(blanked(cut[..cut.len() - 5].to_vec()).is_some());
}

#[test]
fn what_is_not_understood_is_not_kept() {
    let good = picture(Layout { version: 1, in_idat: false });
    let at = |words: &[u8]| good.windows(words.len()).position(|window| window == words).unwrap();
    let bent = |at: usize, to: &[u8]| {
        let mut bytes = good.clone();
        bytes[at..at + to.len()].copy_from_slice(to);
        bytes
    };
    let places = at(b"iloc");
    // the first row begins behind version, sizes and count; the next ones 16 bytes on
    let row = |number: usize| places + 4 + 4 + 2 + 2 + number * 16;
    for (why, bytes) in [
        ("a version nobody knows", bent(places + 4, &[3])),
        ("sizes nobody writes", bent(places + 8, &[0x33])),
        ("more rows than there are", bent(places + 10, &[0xFF, 0xFF])),
        ("notes outside of the file", bent(row(1) + 8, &[0x7F, 0xFF, 0xFF, 0xFF])),
        ("notes of no length", bent(row(1) + 12, &[0, 0, 0, 0])),
        ("notes where the dots are", bent(row(1) + 8, &good[row(0) + 8..row(0) + 12])),
        ("notes that are the list itself", bent(row(1) + 8, &u32::try_from(places).unwrap().to_be_bytes())),
        ("notes in another file", bent(row(1) + 4, &[0, 1])),
        ("notes made of other items", bent(row(1) + 2, &[0, 2])),
        ("a row of no item", bent(row(2), &[0, 9])),
        ("an entry before items had kinds", bent(at(b"infe") + 4, &[1])),
        ("a box longer than the file", bent(at(b"meta") - 4, &[0x7F])),
        ("a box shorter than its head", bent(at(b"iinf") - 4, &[0, 0, 0, 4])),
        ("a box without an end inside another", bent(at(b"iinf") - 4, &[0, 0, 0, 0])),
    ] {
        assert_eq!(blanked(bytes), None, "{why}");
    }
}

proptest! {
    #[test]
    fn whatever_is_bent_nothing_breaks_and_no_dot_changes(
        version in 0_u8..=2,
        in_idat: bool,
        film_instead: bool,
        bends in proptest::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..6),
        cut in any::<prop::sample::Index>(),
    ) {
        let mut bytes = if film_instead { film() } else { picture(Layout { version, in_idat: in_idat && version > 0 }) };
        for (at, to) in bends {
            let at = at.index(bytes.len());
            bytes[at] = to;
        }
        if cut.index(4) == 0 {
            bytes.truncate(cut.index(bytes.len()));
        }
        let seen = find(&bytes).map(|found| found.seen).unwrap_or_default();
        if let Some(kept) = blanked(bytes.clone()) {
            prop_assert_eq!(kept.len(), bytes.len());
            for range in seen {
                let range = range.start.min(bytes.len())..range.end.min(bytes.len());
                prop_assert_eq!(&kept[range.clone()], &bytes[range]);
            }
            prop_assert_eq!(blanked(kept.clone()), Some(kept));
        }
    }

    #[test]
    fn no_bytes_at_all_break_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        blanked(bytes);
    }
}
