//! What stands on a disk after the power went: the record of what a program wrote is played up to an instant, and what
//! no sync had made sure of by then is there, is there in pieces of 512 bytes, or is not, as chance has it.
//!
//! A sync that failed makes sure of nothing, and the next one does not try again what it gave up: that is how Linux does
//! it, and why a program may not simply go on after it. A name in the folder is sure once the folder was synced; names
//! that were not come and go in the order in which they were changed.

use std::collections::HashMap;
use std::path::Path;

use kernel::Chance;

/// The smallest piece that a disk writes whole.
const SECTOR: u64 = 512;
/// Of a hundred writes that nothing had made sure of.
const KEPT: usize = 40;
const TORN: usize = 15;

/// One entry of the record, as `disk.c` writes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Entry<'a> {
    Begin,
    Open { file: u32, path: &'a str },
    Make { file: u32, path: &'a str },
    Write { file: u32, place: u64, bytes: &'a [u8] },
    Cut { file: u32, length: u64 },
    Sync { file: u32 },
    FailedSync { file: u32 },
    SyncedNames,
    Unlink { path: &'a str },
    Rename { from: &'a str, to: &'a str },
    Told { words: &'a str },
}

/// What a program wrote, and what it had told others by then.
pub struct Record(Vec<u8>);

impl Record {
    pub fn read(file: &Path) -> Self {
        Self(std::fs::read(file).expect("the record was written"))
    }

    /// Where each entry begins.
    pub fn instants(&self) -> Vec<usize> {
        let mut instants = Vec::new();
        let mut at = 0;
        while at < self.0.len() {
            instants.push(at);
            at += self.entry(at).1;
        }
        instants
    }

    /// The entry at a place, and its length.
    fn entry(&self, at: usize) -> (Entry<'_>, usize) {
        let head = &self.0[at..at + 17];
        let file = u32::from_le_bytes(head[1..5].try_into().expect("four bytes"));
        let place = u64::from_le_bytes(head[5..13].try_into().expect("eight bytes"));
        let length = u32::from_le_bytes(head[13..17].try_into().expect("four bytes")) as usize;
        let bytes = &self.0[at + 17..at + 17 + length];
        let text = || std::str::from_utf8(bytes).expect("paths and words are UTF-8");
        let entry = match head[0] {
            b'B' => Entry::Begin,
            b'O' => Entry::Open { file, path: text() },
            b'M' => Entry::Make { file, path: text() },
            b'W' => Entry::Write { file, place, bytes },
            b'C' => Entry::Cut { file, length: place },
            b'S' => Entry::Sync { file },
            b'F' => Entry::FailedSync { file },
            b'N' => Entry::SyncedNames,
            b'U' => Entry::Unlink { path: text() },
            b'R' => text().split_once('\n').map(|(from, to)| Entry::Rename { from, to }).expect("two paths"),
            b'T' => Entry::Told { words: text() },
            other => panic!("an entry {other} in the record"),
        };
        (entry, 17 + length)
    }
}

/// A file, whatever it is called by now.
type Inode = usize;

#[derive(Clone, Default)]
struct Content {
    /// What is on the disk for certain.
    sure: Vec<u8>,
    /// Where in the record the changes stand that are not.
    unsure: Vec<usize>,
}

#[derive(Clone, Copy)]
enum Naming<'a> {
    Make { path: &'a str, inode: Inode },
    Unlink { path: &'a str },
    Rename { from: &'a str, to: &'a str },
}

type Names<'a> = HashMap<&'a str, Inode>;

fn apply<'a>(names: &mut Names<'a>, naming: Naming<'a>) {
    match naming {
        Naming::Make { path, inode } => drop(names.insert(path, inode)),
        Naming::Unlink { path } => drop(names.remove(path)),
        Naming::Rename { from, to } => {
            if let Some(inode) = names.remove(from) {
                names.insert(to, inode);
            }
        }
    }
}

/// The disk while the record is played.
pub struct Platter<'a> {
    record: &'a Record,
    at: usize,
    contents: Vec<Content>,
    /// The files that this run of the program has open.
    open: HashMap<u32, Inode>,
    /// As the running machine sees them.
    seen: Names<'a>,
    sure: Names<'a>,
    unsure: Vec<Naming<'a>>,
    told: Vec<&'a str>,
    chance: Chance,
}

impl<'a> Platter<'a> {
    pub fn empty(record: &'a Record, chance: Chance) -> Self {
        let (contents, open, told) = (Vec::new(), HashMap::new(), Vec::new());
        Self { record, at: 0, contents, open, seen: Names::new(), sure: Names::new(), unsure: Vec::new(), told, chance }
    }

    /// Everything until that place in the record happens.
    pub fn play(&mut self, until: usize) {
        while self.at < until {
            let (entry, length) = self.record.entry(self.at);
            self.happens(entry);
            self.at += length;
        }
    }

    fn happens(&mut self, entry: Entry<'a>) {
        match entry {
            Entry::Begin => self.open.clear(),
            Entry::Open { file, path } => {
                let inode = self.seen[path];
                self.open.insert(file, inode);
            }
            Entry::Make { file, path } => {
                let inode = self.contents.len();
                self.contents.push(Content::default());
                self.open.insert(file, inode);
                self.named(Naming::Make { path, inode });
            }
            Entry::Write { file, .. } | Entry::Cut { file, .. } => self.contents[self.open[&file]].unsure.push(self.at),
            Entry::Sync { file } => self.made_sure(self.open[&file], |_| Fate::Kept),
            Entry::FailedSync { file } => self.made_sure(self.open[&file], fate),
            Entry::SyncedNames => {
                for naming in std::mem::take(&mut self.unsure) {
                    apply(&mut self.sure, naming);
                }
            }
            Entry::Unlink { path } => self.named(Naming::Unlink { path }),
            Entry::Rename { from, to } => self.named(Naming::Rename { from, to }),
            Entry::Told { words } => self.told.extend(words.lines()),
        }
    }

    fn named(&mut self, naming: Naming<'a>) {
        apply(&mut self.seen, naming);
        self.unsure.push(naming);
    }

    fn made_sure(&mut self, inode: Inode, fate: impl Fn(&mut Chance) -> Fate) {
        let Content { sure, unsure } = &mut self.contents[inode];
        for at in std::mem::take(unsure) {
            change(sure, self.record.entry(at).0, fate(&mut self.chance), &mut self.chance);
        }
    }

    /// What the program had told others by now.
    pub fn told(&self) -> &[&'a str] {
        &self.told
    }

    /// The power goes. Writes into the folder what stands on the disk, by chance; the machine itself runs on, so that
    /// the record can be played further.
    pub fn cut_off(&self, folder: &Path, mut chance: Chance) {
        let mut names = self.sure.clone();
        let kept = chance.below(self.unsure.len() + 1);
        for naming in &self.unsure[..kept] {
            apply(&mut names, *naming);
        }
        for (path, inode) in names {
            let Content { sure, unsure } = &self.contents[inode];
            let mut bytes = sure.clone();
            for at in unsure {
                let fate = fate(&mut chance);
                change(&mut bytes, self.record.entry(*at).0, fate, &mut chance);
            }
            let name = Path::new(path).file_name().expect("a file");
            std::fs::write(folder.join(name), bytes).expect("the state is written");
        }
    }
}

#[derive(Clone, Copy)]
enum Fate {
    Kept,
    Torn,
    Dropped,
}

fn fate(chance: &mut Chance) -> Fate {
    match chance.below(100) {
        lot if lot < KEPT => Fate::Kept,
        lot if lot < KEPT + TORN => Fate::Torn,
        _ => Fate::Dropped,
    }
}

fn change(bytes: &mut Vec<u8>, entry: Entry<'_>, fate: Fate, chance: &mut Chance) {
    match (entry, fate) {
        (_, Fate::Dropped) => {}
        (Entry::Write { place, bytes: written, .. }, Fate::Kept) => write(bytes, place, written),
        (Entry::Write { place, bytes: written, .. }, Fate::Torn) => {
            let end = place + written.len() as u64;
            let mut from = place;
            while from < end {
                let until = ((from / SECTOR + 1) * SECTOR).min(end);
                if chance.below(2) == 0 {
                    let inside = |at: u64| usize::try_from(at - place).expect("inside of a write");
                    write(bytes, from, &written[inside(from)..inside(until)]);
                }
                from = until;
            }
        }
        (Entry::Cut { length, .. }, Fate::Kept | Fate::Torn) => bytes.resize(usize::try_from(length).expect("a small file"), 0),
        (other, _) => unreachable!("{other:?} changes no content"),
    }
}

fn write(bytes: &mut Vec<u8>, place: u64, written: &[u8]) {
    let place = usize::try_from(place).expect("a small file");
    let end = place + written.len();
    if bytes.len() < end {
        bytes.resize(end, 0);
    }
    bytes[place..end].copy_from_slice(written);
}
