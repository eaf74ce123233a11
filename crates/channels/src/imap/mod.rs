//! IMAP, the language of mailboxes (RFC 3501), as far as a clinic's post needs it, without I/O: what is said is made here, and what is
//! answered is read in [`responses`]. The desk's wire carries the octets.
//!
//! ```text
//! greeting  [STARTTLS]  LOGIN  EXAMINE -> the numbers of the folder
//!           UID SEARCH what is above the last -> UID FETCH sizes -> UID FETCH each, as much of it as we read
//!           nothing new: IDLE until something comes (RFC 2177), or NOOP where the server cannot
//! ```
//!
//! The folder is opened for reading only and mails are peeked at: whoever reads the same mailbox with a mail program finds every
//! mail as it was.

mod responses;

#[cfg(test)]
mod tests;

pub use responses::{Frames, Response, Status, Token, TooLong, Untagged};

use std::fmt::Write;

/// Of one mail so much is read: words come first, and a name of a file behind it is not worth more memory.
pub const MOST_OF_A_MAIL: u32 = 12_000_000;
/// Mails fetched in one go, so that what was fetched is stored before more is.
pub const MOST_AT_ONCE: usize = 20;
/// And octets of them, but for the first.
pub const MOST_OCTETS_AT_ONCE: u64 = 16_000_000;

/// One thing to say, without its tag and its line end.
#[derive(Clone, PartialEq, Eq)]
pub enum Command<'a> {
    Capability,
    StartTls,
    /// The proof follows once the server waits for it.
    ProvePlainly,
    LogIn {
        user: &'a str,
        password: &'a str,
    },
    /// Opens a folder for reading only.
    Examine {
        folder: &'a str,
    },
    SearchAbove(u32),
    /// Since that day, as IMAP writes days: `21-Nov-2026`.
    SearchSince(&'a str),
    FetchSizes(&'a [u32]),
    FetchMail(u32),
    Idle,
    Noop,
    LogOut,
}

impl Command<'_> {
    /// As it stands on the wire, literals and all. None: holds what IMAP has no form for.
    pub fn text(&self) -> Option<String> {
        Some(match self {
            Self::Capability => "CAPABILITY".to_owned(),
            Self::StartTls => "STARTTLS".to_owned(),
            Self::ProvePlainly => "AUTHENTICATE PLAIN".to_owned(),
            Self::LogIn { user, password } => format!("LOGIN {} {}", quoted(user)?, quoted(password)?),
            Self::Examine { folder } => format!("EXAMINE {}", quoted(&modified_utf7(folder))?),
            Self::SearchAbove(uid) => format!("UID SEARCH UID {}:*", uid.saturating_add(1)),
            Self::SearchSince(day) => format!("UID SEARCH SINCE {day}"),
            Self::FetchSizes(uids) => {
                let uids: Vec<String> = uids.iter().map(u32::to_string).collect();
                format!("UID FETCH {} (UID RFC822.SIZE INTERNALDATE)", uids.join(","))
            }
            Self::FetchMail(uid) => format!("UID FETCH {uid} (UID BODY.PEEK[]<0.{MOST_OF_A_MAIL}>)"),
            Self::Idle => "IDLE".to_owned(),
            Self::Noop => "NOOP".to_owned(),
            Self::LogOut => "LOGOUT".to_owned(),
        })
    }
}

/// A quoted string. Eight-bit words are said as they are: servers of today read UTF-8 in names and passwords.
fn quoted(words: &str) -> Option<String> {
    let fits = !words.chars().any(char::is_control);
    fits.then(|| format!("\"{}\"", words.replace('\\', "\\\\").replace('"', "\\\"")))
}

/// Names of folders are written so (RFC 3501 5.1.3): `Входящие` is `&BBIERQQ+BDQETwRJBDgENQ-`.
fn modified_utf7(name: &str) -> String {
    use base64::Engine;
    use base64::engine::general_purpose::STANDARD_NO_PAD;
    let (mut out, mut foreign) = (String::new(), Vec::new());
    let shift = |out: &mut String, foreign: &mut Vec<u8>| {
        if !foreign.is_empty() {
            write!(out, "&{}-", STANDARD_NO_PAD.encode(&*foreign).replace('/', ",")).expect("writing to a string");
            foreign.clear();
        }
    };
    for sign in name.chars() {
        if (' '..='~').contains(&sign) {
            shift(&mut out, &mut foreign);
            out.push(sign);
            out.push_str(if sign == '&' { "-" } else { "" });
        } else {
            foreign.extend(sign.encode_utf16(&mut [0; 2]).iter().flat_map(|unit| unit.to_be_bytes()));
        }
    }
    shift(&mut out, &mut foreign);
    out
}

/// Which of these mails to fetch now: the oldest first, as many as fit. `sizes` are those that the server has named.
pub fn batch(mut sizes: Vec<(u32, u32)>) -> Vec<u32> {
    sizes.sort_unstable();
    sizes.dedup_by_key(|(uid, _)| *uid);
    let mut octets = 0_u64;
    let fits = |(_, size): &(u32, u32)| {
        let before = octets;
        octets += u64::from(*size.min(&MOST_OF_A_MAIL));
        before == 0 || octets <= MOST_OCTETS_AT_ONCE
    };
    sizes.into_iter().take(MOST_AT_ONCE).take_while(fits).map(|(uid, _)| uid).collect()
}
