//! An SMS centre, spoken to in SMPP. A line is kept with it by the node that fetches for the account; what it hears is acknowledged
//! to the centre once it is on disk, because only then the place to go on from says so.
//!
//! The place remembers three things: which batch was taken, so that the wire acknowledges it; the parts of long messages whose other
//! parts have not come; and what was taken but perhaps not acknowledged, so that a centre that says it again is not heard twice.

use std::time::Duration;

use clinic::conversations::{MediaKind, Said};
use clinic::texts::Encoding;
use kernel::{Address, Timestamp};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::alphabet::{read_gsm7, read_latin, read_ucs2, unparted, written};
use super::words::{digits, own_number, said, sender};
use crate::smpp::{Party, ShortMessage, aliases, field, plain, receipt};
use crate::{
    Account, Answer, Arrival, Binding, Centre, CentreAnswer, CentreLetter, Errand, Event, Fetched, HeardMessage, Letter, Outgoing,
    PollTrouble, Polled, Security, Sending, Settings, Trouble,
};

const PATIENCE: Duration = Duration::from_secs(22);
/// A line that hears nothing answers after so long.
const LISTENS_FOR: Duration = Duration::from_secs(25);
const SLOW_DOWN: Duration = Duration::from_secs(5);
const A_WHILE: Duration = Duration::from_mins(1);
const REBIND: Duration = Duration::from_secs(30);
/// A centre says again within this what was not acknowledged.
const SAID_AGAIN_WITHIN: i64 = 15 * 60 * 1_000;
/// The parts of one message come within seconds. After this the rest is lost, and what came is shown.
const PARTS_WITHIN: i64 = 60 * 60 * 1_000;
/// The text begins with a header.
const WITH_HEADER: u8 = 0x40;

pub fn centre(settings: &Settings) -> Centre {
    let number = |name: &str, otherwise: u32| settings.number(name).unwrap_or(otherwise);
    Centre {
        host: settings.text("host").to_owned(),
        port: u16::try_from(number("port", 2_775)).unwrap_or(2_775),
        security: if settings.text("security") == "none" { Security::None } else { Security::Tls },
        user: settings.text("user").to_owned(),
        password: settings.secret("key"),
        kind: settings.text("kind").to_owned(),
        window: usize::try_from(number("window", 10)).unwrap_or(10),
        rate: number("rate", 10),
        binding: if settings.text("binding") == "pair" { Binding::Pair } else { Binding::One },
    }
}

fn letter(settings: &Settings, errand: Errand, patience: Duration) -> Letter {
    Letter::Centre(CentreLetter { centre: centre(settings), errand, patience })
}

pub fn check(settings: &Settings) -> Letter {
    letter(settings, Errand::Check, PATIENCE)
}

pub fn letters(settings: &Settings, message: &Outgoing, text: &str) -> Vec<Letter> {
    let to = Party { kind: 1, plan: 1, number: digits(&message.to).to_owned() };
    let whole = |encoding, text, class, more| {
        let coding = if encoding == Encoding::Gsm7 { 0 } else { 8 };
        let (from, to) = (from(settings.text("sender")), to.clone());
        ShortMessage { from, to, class, coding, receipt: 1, text, more, ..ShortMessage::default() }
    };
    let cut = written(text);
    let reference = u16::try_from(own_number(message.id, 0xFFFF)).unwrap_or(1);
    let total = u8::try_from(cut.parts.len()).unwrap_or(u8::MAX);
    let messages: Vec<ShortMessage> = if total == 1 {
        cut.parts.into_iter().map(|part| whole(cut.encoding, part, 0, Vec::new())).collect()
    } else if settings.text("joining") == "payload" {
        let (encoding, octets) = unparted(text);
        vec![whole(encoding, Vec::new(), 0, vec![(field::PAYLOAD, octets)])]
    } else {
        let by_numbers = settings.text("joining") == "numbers";
        let part = |(number, part): (u8, Vec<u8>)| {
            if by_numbers {
                let [high, low] = reference.to_be_bytes();
                let more =
                    vec![(field::SAR_REFERENCE, vec![high, low]), (field::SAR_TOTAL, vec![total]), (field::SAR_NUMBER, vec![number])];
                return whole(cut.encoding, part, 0, more);
            }
            let header = [5, 0, 3, reference.to_be_bytes()[1], total, number];
            whole(cut.encoding, [&header[..], &part].concat(), WITH_HEADER, Vec::new())
        };
        (1..=total).zip(cut.parts).map(part).collect()
    };
    let ours = message.id.to_string();
    messages.into_iter().map(|message| letter(settings, Errand::Submit { ours: ours.clone(), message }, PATIENCE)).collect()
}

/// A number of the world, a short number, or a name.
fn from(sender: &str) -> Party {
    let bare = sender.trim_start_matches('+');
    let (kind, plan) = match bare {
        "" => (0, 0),
        digits if !digits.bytes().all(|byte| byte.is_ascii_digit()) => (5, 0),
        short if short.len() <= 8 => (3, 0),
        _ => (1, 1),
    };
    Party { kind, plan, number: bare.to_owned() }
}

pub fn read(answer: &CentreAnswer) -> Sending {
    match answer {
        CentreAnswer::Taken { id } => Sending::Accepted { ids: vec![plain(id)] },
        CentreAnswer::Refused { status } => refused(*status),
        CentreAnswer::NotBound { status } => not_bound(*status),
        CentreAnswer::Bound { .. } | CentreAnswer::Heard { .. } => Sending::Accepted { ids: Vec::new() },
    }
}

/// After the table of `command_status`.
fn refused(status: u32) -> Sending {
    let code = format!("{status:#04X}");
    match status {
        0x58 | 0x14 => Sending::Later { after: SLOW_DOWN, why: Trouble::TooFast },
        // not bound any more, system error, the centre's application, undeliverable now, not taken
        0x04 | 0x08 | 0x45 | 0x64 | 0xFE => Sending::Later { after: A_WHILE, why: Trouble::Overloaded },
        0x01 => Sending::Refused { code, why: Trouble::TooLong },
        0x0B | 0x50 | 0x51 => Sending::Refused { code, why: Trouble::NoSuchRecipient },
        0x0A | 0x48 | 0x49 => Sending::AccountBroken { code, why: Trouble::Policy },
        0x66 => Sending::Refused { code, why: Trouble::Policy },
        _ => Sending::Refused { code, why: Trouble::Other },
    }
}

fn not_bound(status: u32) -> Sending {
    match status {
        0x0D | 0x0E | 0x0F | 0x53 => Sending::AccountBroken { code: format!("{status:#04X}"), why: Trouble::Unauthorized },
        // another line of ours stands already
        0x05 => Sending::Later { after: REBIND, why: Trouble::PolledElsewhere },
        _ => Sending::Later { after: REBIND, why: Trouble::Overloaded },
    }
}

pub fn read_check(answer: &CentreAnswer) -> Result<Account, Trouble> {
    match answer {
        CentreAnswer::Bound { centre } => Ok(Account { name: centre.clone(), handle: String::new() }),
        other => Result::from(read(other)).and(Err(Trouble::StrangeAnswer)),
    }
}

/// Where listening goes on.
#[derive(Default, PartialEq, Serialize, Deserialize)]
struct Place {
    taken: String,
    parts: Vec<Part>,
    recent: Vec<Recent>,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Part {
    from: String,
    reference: u16,
    total: u8,
    number: u8,
    words: String,
    at: i64,
}

#[derive(PartialEq, Serialize, Deserialize)]
struct Recent {
    seal: String,
    at: i64,
}

fn place(cursor: Option<&str>) -> Place {
    cursor.and_then(|cursor| serde_json::from_str(cursor).ok()).unwrap_or_default()
}

pub fn poll(settings: &Settings, cursor: Option<&str>) -> Letter {
    letter(settings, Errand::Listen { taken: place(cursor).taken }, LISTENS_FOR)
}

pub fn read_poll(fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
    let (batch, stored, messages) = match fetched.answer {
        Answer::Centre(CentreAnswer::Heard { batch, stored, messages }) => (batch, *stored, messages),
        Answer::Centre(other) => return Err(read(other).into()),
        other => return Err(other.without_words().into()),
    };
    let (mut place, now) = (place(fetched.cursor), fetched.received_at.as_millis());
    let before = serde_json::to_string(&place).unwrap_or_default();
    place.recent.retain(|recent| !stored && now - recent.at < SAID_AGAIN_WITHIN);
    let mut polled = Polled { arrivals: Vec::new(), unread: 0, cursor: None };
    for (at, heard) in messages.iter().enumerate() {
        let seal = seal(&heard.message);
        if let Some(report) = receipt(&heard.message) {
            polled.arrivals.extend(reported(&report, heard, fetched.received_at));
        } else if !place.recent.iter().any(|recent| recent.seal == seal) {
            // the same words a second time in one batch are words of their own
            let twice = messages[..at].iter().filter(|other| other.message == heard.message).count();
            match place.hears(&heard.message, (&seal, twice), fetched.received_at) {
                Some(arrivals) => polled.arrivals.extend(arrivals),
                None => polled.unread += 1,
            }
        }
    }
    place.recent.extend(messages.iter().map(|heard| Recent { seal: seal(&heard.message), at: now }));
    polled.arrivals.extend(place.late_parts(fetched.received_at));
    if !batch.is_empty() {
        place.taken.clone_from(batch);
    }
    let after = serde_json::to_string(&place).unwrap_or_default();
    polled.cursor = (after != before).then_some(after);
    Ok(polled)
}

/// By which the same delivery is known again.
fn seal(message: &ShortMessage) -> String {
    let mut digest = Sha256::new();
    let marks = [message.class, message.coding];
    for part in [message.from.number.as_bytes(), message.to.number.as_bytes(), marks.as_slice(), message.text.as_slice()] {
        digest.update(u32::try_from(part.len()).unwrap_or_default().to_be_bytes());
        digest.update(part);
    }
    for (number, octets) in &message.more {
        digest.update(number.to_be_bytes());
        digest.update(octets);
    }
    hex::encode(&digest.finalize()[..12])
}

fn reported(report: &crate::smpp::Receipt, heard: &HeardMessage, at: Timestamp) -> Vec<Arrival> {
    let Some(became) = report.became() else { return Vec::new() };
    let ours = heard.ours.as_ref().and_then(|ours| ours.parse().ok());
    let names = if ours.is_some() { Vec::new() } else { aliases(&report.id) };
    let one = |id: String| {
        let key = format!("{id}:{}", report.state.name());
        Arrival::new(key, at, Event::Report { message: id, ours, became: became.clone() })
    };
    [report.id.clone()].into_iter().chain(names).map(one).collect()
}

impl Place {
    /// None: of a form that we do not know.
    fn hears(&mut self, message: &ShortMessage, (seal, twice): (&str, usize), at: Timestamp) -> Option<Vec<Arrival>> {
        let (joined, octets) = header(message)?;
        let Some(from) = sender(&message.from.number) else { return Some(Vec::new()) };
        let minute = at.as_millis() / 60_000;
        let Some(words) = decoded(message.coding, octets) else {
            let mut other = said(&format!("{seal}:{minute}"), at, from, "");
            if let Event::Message { said, .. } = &mut other.event {
                *said = Said::media(MediaKind::Other, "");
            }
            return Some(vec![other]);
        };
        let Some(Joined { reference, total, number }) = joined else {
            return Some(vec![said(&format!("{seal}:{minute}:{twice}"), at, from, &words)]);
        };
        let (name, at_millis) = (from.to_string(), at.as_millis());
        let of_it = |part: &Part| part.from == name && part.reference == reference && part.total == total;
        if !self.parts.iter().any(|part| of_it(part) && part.number == number) {
            self.parts.push(Part { from: name.clone(), reference, total, number, words, at: at_millis });
        }
        let count = self.parts.iter().filter(|part| of_it(part)).count();
        if count < usize::from(total) {
            return Some(Vec::new());
        }
        let parts: Vec<Part> = self.parts.extract_if(.., |part| of_it(part)).collect();
        Some(vec![whole(parts, from, at)])
    }

    /// What is still not whole after so long is shown as it is.
    fn late_parts(&mut self, at: Timestamp) -> Vec<Arrival> {
        let late = |part: &Part| at.as_millis() - part.at >= PARTS_WITHIN;
        let mut arrivals = Vec::new();
        while let Some((from, reference)) = self.parts.iter().find(|part| late(part)).map(|part| (part.from.clone(), part.reference)) {
            let parts: Vec<Part> = self.parts.extract_if(.., |part| part.from == from && part.reference == reference).collect();
            arrivals.extend(from.parse().ok().map(|from| whole(parts, from, at)));
        }
        arrivals
    }
}

/// One message of its parts, in their order. Named by when its first part came.
fn whole(mut parts: Vec<Part>, from: Address, at: Timestamp) -> Arrival {
    parts.sort_by_key(|part| part.number);
    let words: String = parts.iter().map(|part| part.words.as_str()).collect();
    let began = parts.iter().map(|part| part.at).min().unwrap_or_default() / 60_000;
    let digest = Sha256::digest(format!("{from}:{}:{words}", parts.first().map_or(0, |part| part.reference)));
    said(&format!("{}:{began}", hex::encode(&digest[..12])), at, from, &words)
}

struct Joined {
    reference: u16,
    total: u8,
    number: u8,
}

/// Which part it is, and its words without the header. None: a header that cannot be one.
fn header(message: &ShortMessage) -> Option<(Option<Joined>, &[u8])> {
    let words = message.words();
    if message.class & WITH_HEADER == 0 {
        let number = |field: u16| Some(message.more(field)?.iter().fold(0_u16, |number, octet| number << 8 | u16::from(*octet)));
        let small = |field: u16| number(field).and_then(|number| u8::try_from(number).ok());
        let by_numbers = number(field::SAR_REFERENCE).zip(small(field::SAR_TOTAL)).zip(small(field::SAR_NUMBER));
        let joined = by_numbers.map(|((reference, total), number)| Joined { reference, total, number });
        return Some((joined.filter(Joined::is_one), words));
    }
    let length = usize::from(*words.first()?);
    let (mut rest, words) = (words.get(1..=length)?, words.get(length + 1..)?);
    let mut joined = None;
    while let [kind, length, after @ ..] = rest {
        let (value, others) = after.split_at_checked(usize::from(*length))?;
        match (kind, value) {
            (0, [reference, total, number]) => {
                joined = Some(Joined { reference: u16::from(*reference), total: *total, number: *number });
            }
            (8, [high, low, total, number]) => {
                joined = Some(Joined { reference: u16::from_be_bytes([*high, *low]), total: *total, number: *number });
            }
            _ => {}
        }
        rest = others;
    }
    Some((joined.filter(Joined::is_one), words))
}

impl Joined {
    fn is_one(&self) -> bool {
        self.total > 1 && (1..=self.total).contains(&self.number)
    }
}

/// None: no words, but the bytes of something else.
fn decoded(coding: u8, octets: &[u8]) -> Option<String> {
    match coding {
        // some centres say ASCII and write the default alphabet: its escape and its accents stand where ASCII has nothing to read
        1 if octets.iter().any(|octet| *octet < 0x20 && !matches!(octet, b'\n' | b'\r')) => Some(read_gsm7(octets)),
        1 | 3 => Some(read_latin(octets)),
        2 | 4 => None,
        _ if coding & 0xF0 == 0xF0 => (coding & 0x04 == 0).then(|| read_gsm7(octets)),
        _ if coding & 0x0C == 0x08 => Some(read_ucs2(octets)),
        _ if coding & 0x0C == 0x04 => None,
        _ => Some(read_gsm7(octets)),
    }
}
