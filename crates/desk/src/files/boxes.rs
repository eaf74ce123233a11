//! Pictures of iPhones (HEIC, AVIF) and films: nothing here draws them anew, so what the telephone wrote beside what is seen, the
//! place above all, is blanked where it stands. All of them are boxes within boxes (ISO/IEC 14496-12 and 23008-12), and nothing
//! changes its place, so every address in the file stays right:
//!
//! ```text
//! picture: meta -> iinf (which items: Exif, XMP) and iloc (where they lie) -> those bytes become zeros
//! film:    moov, trak -> udta, meta, uuid -> become a box that says nothing (`free`)
//! ```
//!
//! What is not understood to the end is not kept: better no picture than one that tells where somebody lives.

use std::collections::HashMap;
use std::ops::Range;

/// The same file without it. None: it is not built as it should be.
pub fn blanked(mut bytes: Vec<u8>) -> Option<Vec<u8>> {
    let found = find(&bytes)?;
    if found.blank.iter().any(|blank| found.seen.iter().any(|seen| overlap(blank, seen))) {
        return None;
    }
    for blank in found.blank {
        bytes[blank].fill(0);
    }
    for named in found.freed {
        bytes[named..named + 4].copy_from_slice(b"free");
    }
    Some(bytes)
}

#[derive(Default)]
struct Found {
    /// What becomes zeros.
    blank: Vec<Range<usize>>,
    /// Where the names of boxes stand that say nothing from now on.
    freed: Vec<usize>,
    /// What is seen or heard, and may not change.
    seen: Vec<Range<usize>>,
}

struct Piece {
    kind: [u8; 4],
    /// Where its name stands.
    named: usize,
    body: Range<usize>,
}

impl Found {
    fn free(&mut self, piece: &Piece) {
        self.freed.push(piece.named);
        self.blank.push(piece.body.clone());
    }
}

fn find(bytes: &[u8]) -> Option<Found> {
    let mut found = Found::default();
    let (pieces, end) = pieces(bytes, 0..bytes.len(), Last::MayBeCut)?;
    // what stands behind the last box, some telephones have written
    found.blank.push(end..bytes.len());
    let data: Vec<Range<usize>> = pieces.iter().filter(|piece| &piece.kind == b"mdat").map(|piece| piece.body.clone()).collect();
    for piece in &pieces {
        match &piece.kind {
            b"moov" => film(bytes, piece, &mut found)?,
            b"meta" if is_of_pictures(bytes, piece)? => items(bytes, piece, &data, &mut found)?,
            b"ftyp" | b"styp" | b"mdat" | b"moof" | b"mfra" | b"sidx" | b"ssix" | b"prft" | b"pdin" | b"wide" => {}
            // what nobody needs to show it: notes of the telephone, a film behind a picture
            _ => found.free(piece),
        }
    }
    Some(found)
}

/// The film as a whole, and each of its tracks.
fn film(bytes: &[u8], piece: &Piece, found: &mut Found) -> Option<()> {
    for inner in pieces(bytes, piece.body.clone(), Last::IsWhole)?.0 {
        match &inner.kind {
            b"trak" => film(bytes, &inner, found)?,
            b"udta" | b"meta" | b"uuid" => found.free(&inner),
            _ => {}
        }
    }
    Some(())
}

/// Of a film it is only notes; in those of Apple no version stands before them.
fn is_of_pictures(bytes: &[u8], meta: &Piece) -> Option<bool> {
    let inside = meta.body.start + 4..meta.body.end;
    let Some((inner, _)) = pieces(bytes, inside, Last::IsWhole) else {
        return pieces(bytes, meta.body.clone(), Last::IsWhole).map(|_| false);
    };
    let handler = inner.iter().find(|piece| &piece.kind == b"hdlr");
    Some(handler.is_some_and(|handler| bytes[handler.body.clone()].get(8..12) == Some(b"pict")))
}

/// The items of a picture: those that are notes are blanked, all others stay.
fn items(bytes: &[u8], meta: &Piece, data: &[Range<usize>], found: &mut Found) -> Option<()> {
    let (inner, _) = pieces(bytes, meta.body.start + 4..meta.body.end, Last::IsWhole)?;
    let one = |kind: &[u8; 4]| inner.iter().find(|piece| &piece.kind == kind);
    let notes = match one(b"iinf") {
        Some(list) => notes(bytes, list)?,
        None => HashMap::new(),
    };
    let idat = one(b"idat").map(|piece| piece.body.clone());
    for piece in inner.iter().filter(|piece| [b"xml ", b"bxml", b"uuid", b"udta"].contains(&&piece.kind)) {
        found.free(piece);
    }
    let Some(places) = one(b"iloc") else { return notes.is_empty().then_some(()) };
    for Extent { item, lies, range } in extents(bytes, places)? {
        let container = match lies {
            Lies::InFile => Some(0..bytes.len()),
            Lies::InIdat => idat.clone(),
            Lies::Elsewhere => None,
        };
        let is_note = *notes.get(&item)?;
        let Some(container) = container else {
            // a picture made of others has no bytes of its own
            if is_note {
                return None;
            }
            continue;
        };
        let start = container.start.checked_add(range.start)?;
        let end = if range.is_empty() { container.end } else { container.start.checked_add(range.end)? };
        let here = start..end;
        if !is_note {
            found.seen.push(here);
            continue;
        }
        let is_data = data.iter().chain(&idat).any(|whole| whole.start <= here.start && here.end <= whole.end);
        if range.is_empty() || !is_data {
            return None;
        }
        found.blank.push(here);
    }
    Some(())
}

/// The items by their ids, and whether each is a note.
fn notes(bytes: &[u8], list: &Piece) -> Option<HashMap<u32, bool>> {
    let mut read = Reader::of(bytes, &list.body)?;
    let version = read.version()?;
    read.uint(if version == 0 { 2 } else { 4 })?;
    let mut notes = HashMap::new();
    for entry in pieces(bytes, read.at..list.body.end, Last::IsWhole)?.0.iter().filter(|piece| &piece.kind == b"infe") {
        let mut read = Reader::of(bytes, &entry.body)?;
        let wide = match read.version()? {
            2 => 2,
            3 => 4,
            // before items had kinds
            _ => return None,
        };
        let item = u32::try_from(read.uint(wide)?).ok()?;
        read.uint(2)?;
        let kind = read.take(4)?;
        let is_note = matches!(kind, b"Exif" | b"mime" | b"uri ");
        // called both: a note then
        *notes.entry(item).or_insert(is_note) |= is_note;
    }
    Some(notes)
}

enum Lies {
    InFile,
    InIdat,
    Elsewhere,
}

struct Extent {
    item: u32,
    lies: Lies,
    range: Range<usize>,
}

fn extents(bytes: &[u8], places: &Piece) -> Option<Vec<Extent>> {
    let mut read = Reader::of(bytes, &places.body)?;
    let version = read.version()?;
    if version > 2 {
        return None;
    }
    let sizes = read.uint(2)?;
    let size = |shift: u32| Some(((sizes >> shift) & 0xF) as usize).filter(|size| matches!(size, 0 | 4 | 8));
    let (offset, length, base) = (size(12)?, size(8)?, size(4)?);
    let index = if version == 0 { 0 } else { size(0)? };
    let wide = if version == 2 { 4 } else { 2 };
    let mut extents = Vec::new();
    for _ in 0..read.uint(wide)? {
        let item = u32::try_from(read.uint(wide)?).ok()?;
        let method = if version == 0 { 0 } else { read.uint(2)? & 0xF };
        let is_here = read.uint(2)? == 0;
        let begins = read.uint(base)?;
        for _ in 0..read.uint(2)? {
            read.uint(index)?;
            let start = usize::try_from(begins.checked_add(read.uint(offset)?)?).ok()?;
            let end = start.checked_add(usize::try_from(read.uint(length)?).ok()?)?;
            let lies = match method {
                _ if !is_here => Lies::Elsewhere,
                0 => Lies::InFile,
                1 => Lies::InIdat,
                _ => Lies::Elsewhere,
            };
            extents.push(Extent { item, lies, range: start..end });
        }
    }
    Some(extents)
}

/// Whether the last box may end before it should: a film whose end was lost still plays.
#[derive(Clone, Copy, PartialEq)]
enum Last {
    IsWhole,
    MayBeCut,
}

/// The boxes side by side within a range, and where they end.
fn pieces(bytes: &[u8], within: Range<usize>, last: Last) -> Option<(Vec<Piece>, usize)> {
    let mut pieces = Vec::new();
    let mut at = within.start;
    // four zeros may close a list
    while within.end.saturating_sub(at) >= 8 {
        let mut read = Reader { bytes: &bytes[..within.end], at };
        let short = read.uint(4)?;
        let kind: [u8; 4] = read.take(4)?.try_into().ok()?;
        let size = match short {
            0 if last == Last::MayBeCut => (within.end - at) as u64,
            1 => read.uint(8)?,
            size => size,
        };
        let end = at.checked_add(usize::try_from(size).ok()?)?;
        let end = if end > within.end && last == Last::MayBeCut && &kind == b"mdat" { within.end } else { end };
        if end > within.end || end < read.at {
            return None;
        }
        pieces.push(Piece { kind, named: at + 4, body: read.at..end });
        at = end;
    }
    Some((pieces, at))
}

fn overlap(one: &Range<usize>, other: &Range<usize>) -> bool {
    one.start.max(other.start) < one.end.min(other.end)
}

struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn of(bytes: &'a [u8], range: &Range<usize>) -> Option<Self> {
        Some(Self { bytes: bytes.get(..range.end)?, at: range.start })
    }

    fn take(&mut self, many: usize) -> Option<&'a [u8]> {
        let taken = self.bytes.get(self.at..self.at.checked_add(many)?)?;
        self.at += many;
        Some(taken)
    }

    /// Of so many bytes, the highest first; none is zero.
    fn uint(&mut self, many: usize) -> Option<u64> {
        Some(self.take(many)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    /// Of a box that has one, with its flags behind it.
    fn version(&mut self) -> Option<u64> {
        Some(self.uint(4)? >> 24)
    }
}

#[cfg(test)]
mod tests;
