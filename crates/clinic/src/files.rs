//! Files that patients and the clinic send each other: a picture of a swollen cheek, a voice message, the plan as a PDF.
//!
//! ```text
//! waiting (it lies at the provider) -> kept | lost(why)
//! ```
//!
//! What a file is, its first bytes say, never its name and never the type that somebody claimed for it. Pictures, sounds and
//! films are shown; everything else is handed out to be stored, under a name that can do no harm; programs are not kept at all.
//! To know one more kind of file, add it to [`FileType`] and a row to the table below.

use std::fmt;
use std::str::FromStr;

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// Longer names are cut; what stands after the last dot stays.
const LONGEST_NAME: usize = 100;
/// The first bytes by which a kind of file is known lie no further in.
const TELLING: usize = 16;

/// What a browser lets its visitor choose: the pictures and the PDFs of [`FileType::is_picture_or_pdf`]. Telephones that take pictures
/// in another form turn them into one of these then.
pub const PICTURES_AND_PDFS: &str = "image/jpeg,image/png,image/webp,image/gif,application/pdf";

/// The SHA-256 of a file: the same picture sent twice is kept once.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct FileHash(String);

/// What does not have the form of a hash.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a hash of a file")]
pub struct NotAHash;

/// The kinds of files that we know by their bytes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FileType {
    Jpeg,
    Png,
    Webp,
    Gif,
    /// What telephones of Apple take.
    Heic,
    Avif,
    Pdf,
    Ogg,
    Mp3,
    Wav,
    Amr,
    M4a,
    Mp4,
    Webm,
    /// Something that a machine would run.
    Program,
    /// Whatever else: handed out, never opened here.
    Unknown,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum MediaKind {
    Image,
    Voice,
    Video,
    Document,
    Place,
    Sticker,
    Other,
}

impl MediaKind {
    const ALL: [Self; 7] = [Self::Image, Self::Voice, Self::Video, Self::Document, Self::Place, Self::Sticker, Self::Other];

    /// What stands for it where the list keeps the first words of a message, and there are none.
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Image => "🖼️",
            Self::Voice => "🎤",
            Self::Video => "🎬",
            Self::Document => "📎",
            Self::Place => "📍",
            Self::Sticker => "🏷️",
            Self::Other => "📦",
        }
    }

    /// The kind that a sign alone stands for.
    pub fn of_sign(text: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.sign() == text)
    }
}

/// What a page does with a file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    Picture,
    Sound,
    Film,
    /// Stored by whoever wants it: no page of ours opens it.
    HandedOut,
}

/// A file that is kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    pub hash: FileHash,
    pub file_type: FileType,
    pub bytes: u64,
    /// Width and height of a picture.
    pub size: Option<(u32, u32)>,
}

/// A file that goes out with a message.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Enclosed {
    pub name: String,
    pub kept: Kept,
}

/// One file of a message, by its place in it.
#[derive(Clone, PartialEq, Eq)]
pub struct MessageFile {
    pub number: u32,
    /// As it was sent, made harmless; empty where nobody has named it.
    pub name: String,
    pub kind: MediaKind,
    pub state: FileState,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FileState {
    /// Still at the provider: fetched at that time, or again.
    Waiting {
        due_at: Timestamp,
        attempts: u32,
    },
    Kept(Kept),
    Lost(WhyLost),
}

/// Why there is no file. The message that came with it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum WhyLost {
    /// The provider no longer has it.
    Gone,
    TooLarge,
    /// It lies on a machine that is not the provider's.
    Elsewhere,
    Program,
    /// Says that it is a picture, and cannot be drawn; or would not fit in memory.
    Unreadable,
    /// The provider was asked for it as often as makes sense.
    OutOfReach,
}

impl FileHash {
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl FromStr for FileHash {
    type Err = NotAHash;

    fn from_str(text: &str) -> Result<Self, NotAHash> {
        let is_hash = text.len() == 64 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if is_hash { Ok(Self(text.to_owned())) } else { Err(NotAHash) }
    }
}

impl TryFrom<String> for FileHash {
    type Error = NotAHash;

    fn try_from(text: String) -> Result<Self, NotAHash> {
        text.parse()
    }
}

impl From<FileHash> for String {
    fn from(hash: FileHash) -> Self {
        hash.0
    }
}

impl fmt::Display for FileHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

impl fmt::Debug for FileHash {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        // enough to find it, too little to ask for it
        write!(out, "{}..", &self.0[..8])
    }
}

impl FileType {
    /// By the first bytes alone.
    pub fn of(bytes: &[u8]) -> Self {
        let begins = |signs: &[u8]| bytes.starts_with(signs);
        let inside = |at: usize, signs: &[u8]| bytes.get(at..at + signs.len()) == Some(signs);
        match bytes.get(..TELLING.min(bytes.len())).unwrap_or_default() {
            [0xFF, 0xD8, 0xFF, ..] => Self::Jpeg,
            [0x89, b'P', b'N', b'G', 0x0D, 0x0A, 0x1A, 0x0A, ..] => Self::Png,
            _ if begins(b"RIFF") && inside(8, b"WEBP") => Self::Webp,
            _ if begins(b"RIFF") && inside(8, b"WAVE") => Self::Wav,
            _ if begins(b"GIF87a") || begins(b"GIF89a") => Self::Gif,
            _ if begins(b"%PDF-") => Self::Pdf,
            _ if begins(b"OggS") => Self::Ogg,
            _ if begins(b"ID3") => Self::Mp3,
            [0xFF, 0xFB | 0xF3 | 0xF2 | 0xFA, ..] => Self::Mp3,
            _ if begins(b"#!AMR") => Self::Amr,
            _ if inside(4, b"ftyp") => Self::of_brand(bytes.get(8..12).unwrap_or_default()),
            // films from before they said so
            _ if [b"moov", b"mdat", b"wide"].into_iter().any(|sign| inside(4, sign)) => Self::Mp4,
            [0x1A, 0x45, 0xDF, 0xA3, ..] => Self::Webm,
            _ if is_program(bytes) => Self::Program,
            _ => Self::Unknown,
        }
    }

    /// By the name that a file of boxes gives itself.
    fn of_brand(brand: &[u8]) -> Self {
        match brand {
            b"heic" | b"heix" | b"hevc" | b"hevx" | b"heim" | b"heis" | b"mif1" | b"msf1" => Self::Heic,
            b"avif" | b"avis" => Self::Avif,
            b"M4A " => Self::M4a,
            _ => Self::Mp4,
        }
    }

    /// What a browser is told that it is.
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Jpeg => "image/jpeg",
            Self::Png => "image/png",
            Self::Webp => "image/webp",
            Self::Gif => "image/gif",
            Self::Heic => "image/heic",
            Self::Avif => "image/avif",
            Self::Pdf => "application/pdf",
            Self::Ogg => "audio/ogg",
            Self::Mp3 => "audio/mpeg",
            Self::Wav => "audio/wav",
            Self::Amr => "audio/amr",
            Self::M4a => "audio/mp4",
            Self::Mp4 => "video/mp4",
            Self::Webm => "video/webm",
            Self::Program | Self::Unknown => "application/octet-stream",
        }
    }

    /// What stands after the dot of a name; nothing where a name of any kind fits.
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Jpeg => "jpg",
            Self::Png => "png",
            Self::Webp => "webp",
            Self::Gif => "gif",
            Self::Heic => "heic",
            Self::Avif => "avif",
            Self::Pdf => "pdf",
            Self::Ogg => "ogg",
            Self::Mp3 => "mp3",
            Self::Wav => "wav",
            Self::Amr => "amr",
            Self::M4a => "m4a",
            Self::Mp4 => "mp4",
            Self::Webm => "webm",
            Self::Program | Self::Unknown => "",
        }
    }

    pub const fn shown(self) -> Shown {
        match self {
            Self::Jpeg | Self::Png | Self::Webp | Self::Gif => Shown::Picture,
            Self::Ogg | Self::Mp3 | Self::Wav | Self::M4a => Shown::Sound,
            Self::Mp4 | Self::Webm => Shown::Film,
            // few browsers show what new telephones take, and none plays what old ones record
            Self::Heic | Self::Avif | Self::Pdf | Self::Amr | Self::Program | Self::Unknown => Shown::HandedOut,
        }
    }

    /// What visitors and the desk may put beside their words.
    pub const fn is_picture_or_pdf(self) -> bool {
        match self {
            Self::Jpeg | Self::Png | Self::Webp | Self::Gif | Self::Pdf => true,
            Self::Heic
            | Self::Avif
            | Self::Ogg
            | Self::Mp3
            | Self::Wav
            | Self::Amr
            | Self::M4a
            | Self::Mp4
            | Self::Webm
            | Self::Program
            | Self::Unknown => false,
        }
    }

    /// As the channels count it.
    pub const fn kind(self) -> MediaKind {
        match self {
            Self::Jpeg | Self::Png | Self::Webp | Self::Gif | Self::Heic | Self::Avif => MediaKind::Image,
            Self::Ogg | Self::Mp3 | Self::Wav | Self::Amr | Self::M4a => MediaKind::Voice,
            Self::Mp4 | Self::Webm => MediaKind::Video,
            Self::Pdf | Self::Program | Self::Unknown => MediaKind::Document,
        }
    }
}

fn is_program(bytes: &[u8]) -> bool {
    let mach =
        [[0xFE, 0xED, 0xFA, 0xCE], [0xFE, 0xED, 0xFA, 0xCF], [0xCE, 0xFA, 0xED, 0xFE], [0xCF, 0xFA, 0xED, 0xFE], [0xCA, 0xFE, 0xBA, 0xBE]];
    bytes.starts_with(b"MZ")
        || bytes.starts_with(b"\x7FELF")
        || bytes.starts_with(b"#!/")
        || mach.iter().any(|signs| bytes.starts_with(signs))
}

/// What a double click would run.
const ENDINGS_OF_PROGRAMS: [&str; 24] = [
    "exe", "com", "scr", "bat", "cmd", "msi", "msix", "js", "jse", "vbs", "vbe", "wsf", "wsh", "hta", "lnk", "ps1", "jar", "apk", "dll",
    "reg", "cpl", "pif", "url", "iso",
];

/// Whether a name says that it is a program, whatever stands in it.
pub fn is_named_as_program(name: &str) -> bool {
    let ending = name.trim_end_matches([' ', '.']).rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| ENDINGS_OF_PROGRAMS.contains(&ending.as_str()))
}

/// A name as somebody sent it, made harmless: no folder, nothing that turns the reading direction, no sign that cannot be seen.
pub fn harmless_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let plain: String = last.chars().filter(|letter| !is_hidden(*letter) && !"<>:\"|?*%;".contains(*letter)).collect();
    let plain = plain.trim().trim_start_matches('.');
    if plain.chars().count() <= LONGEST_NAME {
        return plain.to_owned();
    }
    let ending = plain.rsplit_once('.').map(|(_, ending)| ending).filter(|ending| ending.len() <= 8);
    let kept: String = plain.chars().take(LONGEST_NAME - 10).collect();
    ending.map_or(kept.clone(), |ending| format!("{kept}.{ending}"))
}

fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FEFF}' | '\u{061C}')
}

/// The name under which a file is handed out: its ending is that of what it is.
pub fn name_of(name: &str, file_type: FileType) -> String {
    let ending = file_type.ending();
    let name = if name.is_empty() { "file" } else { name };
    if ending.is_empty() {
        return name.to_owned();
    }
    let (stem, given) = name.rsplit_once('.').unwrap_or((name, ""));
    let fits = given.eq_ignore_ascii_case(ending) || (file_type == FileType::Jpeg && given.eq_ignore_ascii_case("jpeg"));
    if fits { name.to_owned() } else { format!("{stem}.{ending}") }
}

impl WhyLost {
    pub const ALL: [Self; 6] = [Self::Gone, Self::TooLarge, Self::Elsewhere, Self::Program, Self::Unreadable, Self::OutOfReach];

    /// The key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Gone => "file-lost-gone",
            Self::TooLarge => "file-lost-too-large",
            Self::Elsewhere => "file-lost-elsewhere",
            Self::Program => "file-lost-program",
            Self::Unreadable => "file-lost-unreadable",
            Self::OutOfReach => "file-lost-out-of-reach",
        }
    }
}

impl fmt::Debug for Enclosed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Enclosed(***, {:?})", self.kept)
    }
}

impl fmt::Debug for MessageFile {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "MessageFile({}, {:?}, {:?})", self.number, self.kind, self.state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_what_its_first_bytes_say() {
        for (bytes, is) in [
            (&b"\xFF\xD8\xFF\xE1rest"[..], FileType::Jpeg),
            (b"\x89PNG\r\n\x1A\nrest", FileType::Png),
            (b"RIFF\0\0\0\0WEBPVP8 ", FileType::Webp),
            (b"RIFF\0\0\0\0WAVEfmt ", FileType::Wav),
            (b"GIF89a", FileType::Gif),
            (b"%PDF-1.7", FileType::Pdf),
            (b"OggS\0\x02", FileType::Ogg),
            (b"ID3\x04", FileType::Mp3),
            (b"\xFF\xFB\x90", FileType::Mp3),
            (b"#!AMR\n", FileType::Amr),
            (b"\0\0\0\x20ftypM4A ", FileType::M4a),
            (b"\0\0\0\x20ftypisom", FileType::Mp4),
            (b"\0\0\0\x18ftypheic", FileType::Heic),
            (b"\0\0\0\x18ftypmif1", FileType::Heic),
            (b"\0\0\0\x20ftypavif", FileType::Avif),
            (b"\0\0\0\x08wide\0\0\0\0mdat", FileType::Mp4),
            (b"\x1A\x45\xDF\xA3", FileType::Webm),
            (b"MZ\x90\0", FileType::Program),
            (b"\x7FELF\x02", FileType::Program),
            (b"#!/bin/sh\n", FileType::Program),
            (b"<svg xmlns=\"http://www.w3.org/2000/svg\">", FileType::Unknown),
            (b"<!doctype html>", FileType::Unknown),
            (b"PK\x03\x04", FileType::Unknown),
            (b" %PDF-1.7", FileType::Unknown),
            (b"", FileType::Unknown),
            (b"\xFF", FileType::Unknown),
        ] {
            assert_eq!(FileType::of(bytes), is, "{bytes:?}");
        }
    }

    #[test]
    fn a_name_does_no_harm() {
        for (sent, kept) in [
            ("plan.pdf", "plan.pdf"),
            ("../../etc/passwd", "passwd"),
            ("C:\\Windows\\a.txt", "a.txt"),
            ("Rücken \u{202E}gpj.exe", "Rücken gpj.exe"),
            ("a\r\nContent-Type: text", "aContent-Type text"),
            ("<img src=x onerror=alert(1)>.png", "img src=x onerror=alert(1).png"),
            (".htaccess", "htaccess"),
            ("عکس دندان.jpg", "عکس دندان.jpg"),
            ("  ", ""),
        ] {
            assert_eq!(harmless_name(sent), kept, "{sent:?}");
        }
        let long = harmless_name(&format!("{}.pdf", "я".repeat(300)));
        assert!(long.chars().count() <= LONGEST_NAME && long.rsplit('.').next() == Some("pdf"));
    }

    #[test]
    fn a_name_ends_in_what_the_file_is() {
        for (name, file_type, handed_out) in [
            ("photo.jpeg", FileType::Jpeg, "photo.jpeg"),
            ("photo.html", FileType::Jpeg, "photo.jpg"),
            ("", FileType::Png, "file.png"),
            ("letter.docx", FileType::Unknown, "letter.docx"),
            ("", FileType::Unknown, "file"),
        ] {
            assert_eq!(name_of(name, file_type), handed_out);
        }
        for name in ["a.EXE", "photo.jpg.scr", "x.js ", "y.hta."] {
            assert!(is_named_as_program(name), "{name}");
        }
        assert!(!is_named_as_program("exe") && !is_named_as_program("plan.pdf"));
    }

    #[test]
    fn each_kind_has_a_sign_of_its_own() {
        for kind in MediaKind::ALL {
            assert_eq!(MediaKind::of_sign(kind.sign()), Some(kind));
        }
        assert_eq!(MediaKind::of_sign("Look 📎"), None);
    }

    #[test]
    fn only_a_hash_is_a_hash() {
        assert!("0".repeat(64).parse::<FileHash>().is_ok());
        for wrong in ["", "0", &"A".repeat(64), &"g".repeat(64), &"0".repeat(65)] {
            assert_eq!(wrong.parse::<FileHash>(), Err(NotAHash), "{wrong}");
        }
    }
}
