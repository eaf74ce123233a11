//! The mailbox that a clinic may name: where it is, what was read of it, and what is asked for next.
//!
//! The place to go on from is the number of the last mail and the validity that it counts in. A folder that was numbered anew is
//! read again from the day before the last look: each mail is known by its own name, so nothing of that is heard twice.

use std::time::Duration;

use clinic::conversations::MediaFile;
use clinic::files::WhyLost;
use kernel::{Timestamp, Zone};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{arriving, letters};
use crate::imap::MOST_OF_A_MAIL;
use crate::{
    Answer, Fetched, Fetching, Letter, MailErrand, MailPlace, MailServer, Mailbox, MailboxAnswer, MailboxLetter, MailboxStage, NotSent,
    PollTrouble, Polled, Security, Settings, Trouble,
};

/// Well within the lease of whoever fetches, and far below the half hour after which servers end a wait.
const WAITS_FOR: Duration = Duration::from_secs(45);
/// A server that was just started, or a line that was cut.
const SOON: Duration = Duration::from_secs(10);
const DAY: Duration = Duration::from_hours(24);
/// So old a place is written anew even if nothing came: it says since when to look if the folder is numbered anew.
const NOTED_EVERY: i64 = 12 * 3_600_000;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
struct Place {
    /// Which mailbox it is: in another one the same numbers mean other mails.
    of: String,
    validity: u32,
    uid: u32,
    /// In milliseconds.
    at: i64,
}

/// None: mail only goes out.
pub fn of(settings: &Settings) -> Option<Mailbox> {
    let host = settings.text("imap_host");
    let own = |field: &str, other: &str| if settings.text(field).is_empty() { other.to_owned() } else { field.to_owned() };
    (!host.is_empty()).then(|| Mailbox {
        server: MailServer {
            host: host.to_owned(),
            port: settings.number("imap_port").and_then(|port| u16::try_from(port).ok()).unwrap_or(993),
            security: letters::security(settings, "imap_security"),
            user: settings.text(&own("imap_user", "user")).to_owned(),
            password: settings.secret(&own("imap_password", "password")),
        },
        folder: settings.text("imap_folder").to_owned(),
    })
}

pub fn poll(settings: &Settings, cursor: Option<&str>) -> Option<Letter> {
    let mailbox = of(settings)?;
    let place = read_place(cursor).filter(|place| place.of == name(&mailbox));
    let since = place.as_ref().map(|place| imap_day(Timestamp::from_millis(place.at) - DAY)).unwrap_or_default();
    let after = place.map(|place| MailPlace { validity: place.validity, uid: place.uid });
    Some(Letter::Mailbox(MailboxLetter { mailbox, errand: MailErrand::Look { after, since, patience: WAITS_FOR } }))
}

fn name(mailbox: &Mailbox) -> String {
    let digest = Sha256::digest(format!("{}\n{}\n{}", mailbox.server.host, mailbox.server.user, mailbox.folder));
    hex::encode(&digest[..8])
}

pub fn read_poll(settings: &Settings, fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
    let (place, mails) = match fetched.answer {
        Answer::Mailbox(MailboxAnswer::Fetched { place, mails }) => (*place, mails),
        Answer::Mailbox(MailboxAnswer::Refused { at: MailboxStage::SignIn | MailboxStage::Folder, code }) if is_final(code) => {
            return Err(PollTrouble::AccountBroken { why: Trouble::Incoming });
        }
        Answer::Mailbox(_) => return Err(PollTrouble::Later { after: SOON * 3, why: Trouble::Overloaded }),
        Answer::NotSent(NotSent::Interrupted | NotSent::Refused) | Answer::Broken => {
            return Err(PollTrouble::Later { after: SOON, why: Trouble::Interrupted });
        }
        other => return Err(other.without_words().into()),
    };
    let mut polled = Polled { arrivals: Vec::new(), unread: 0, cursor: None };
    for mail in mails {
        match arriving::read(settings, place.validity, mail, fetched.received_at) {
            Some(arrivals) => polled.arrivals.extend(arrivals),
            None => polled.unread += 1,
        }
    }
    let now = fetched.received_at.as_millis();
    let of = of(settings).map(|mailbox| name(&mailbox)).unwrap_or_default();
    let next = Place { of, validity: place.validity, uid: place.uid, at: now };
    let is_noted =
        read_place(fetched.cursor).is_some_and(|known| Place { at: now, ..known.clone() } == next && now - known.at <= NOTED_EVERY);
    polled.cursor = (!is_noted).then(|| serde_json::to_string(&next).expect("a word and three numbers"));
    Ok(polled)
}

/// A file lies in its mail: `<validity>.<number of the mail>.<its part>`, and the mail in the mailbox of the clinic.
pub fn fetch(settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
    let mut numbers = file.reference.split('.').map(|number| number.parse::<u32>().ok());
    let (Some(Some(validity)), Some(Some(uid)), Some(Some(part)), Some(mailbox)) =
        (numbers.next(), numbers.next(), numbers.next(), of(settings))
    else {
        return Fetching::Lost(WhyLost::Gone);
    };
    match so_far.first() {
        None => Fetching::ask(Letter::Mailbox(MailboxLetter { mailbox, errand: MailErrand::Again(MailPlace { validity, uid }) })),
        Some(Answer::Mailbox(MailboxAnswer::Fetched { mails, .. })) => {
            // moved or deleted since, or the folder was numbered anew
            let Some(mail) = mails.first() else { return Fetching::Lost(WhyLost::Gone) };
            match arriving::file(&mail.octets, part) {
                Some(bytes) if bytes.is_empty() => Fetching::Lost(WhyLost::Unreadable),
                // of a mail that long its end was not read
                Some(_) if mail.octets.len() >= MOST_OF_A_MAIL as usize => Fetching::Lost(WhyLost::TooLarge),
                Some(bytes) => Fetching::Here(bytes),
                None => Fetching::Lost(WhyLost::Gone),
            }
        }
        Some(_) => Fetching::Later(SOON),
    }
}

/// What a server says that is only overworked is not the fault of the settings (RFC 5530).
fn is_final(code: &str) -> bool {
    !matches!(code, "UNAVAILABLE" | "INUSE" | "LIMIT" | "SERVERBUG" | "CONTACTADMIN" | "OVERQUOTA")
}

fn read_place(cursor: Option<&str>) -> Option<Place> {
    serde_json::from_str(cursor?).ok()
}

/// `21-Nov-2026`: names of months are English there, whoever asks.
fn imap_day(at: Timestamp) -> String {
    at.in_zone(&Zone::utc()).strftime("%d-%b-%Y").to_string()
}

/// Readable only to this very machine, like what leaves.
pub fn may_be_read(settings: &Settings) -> bool {
    of(settings).is_none_or(|mailbox| mailbox.server.security != Security::None || super::is_this_machine(&mailbox.server.host))
}
