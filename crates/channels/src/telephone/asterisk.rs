//! Asterisk, over a line that is kept: AMI or ARI, see [`crate::exchange`]. Who calls and who is called stands in the numbers: a
//! long one is outside, a short one a colleague's.

use std::time::Duration;

use clinic::calls::{Direction, Turn, Unspoken};
use kernel::{Secret, Timestamp};
use serde_json::Value;
use sha2::{Digest, Sha256};

use super::news::short;
use super::{Dial, rings_first};
use crate::exchange::{Block, Dialect, OURS, Originate};
use crate::{
    Account, Answer, Arrival, Body, CallNews, Event, Exchange, ExchangeAnswer, ExchangeErrand, ExchangeLetter, Fetched, HttpLetter, Letter,
    NotSent, PollTrouble, Polled, Security, Sending, Settings, Trouble,
};

/// How long a listener waits for news.
const LISTENS_FOR: Duration = Duration::from_secs(20);
const ANSWERS_WITHIN: Duration = Duration::from_secs(15);
const AGAIN_AFTER: Duration = Duration::from_secs(5);
/// A number outside has so many digits at least.
const OUTSIDE: usize = 7;

/// What is kept of the settings for the line.
fn exchange(settings: &Settings, dialect: Dialect) -> Exchange {
    let (host, port, security) = match dialect {
        Dialect::Ami => {
            let security = if settings.text("security") == "none" { Security::None } else { Security::Tls };
            (settings.text("host").to_owned(), settings.text("port").parse().unwrap_or(5039), security)
        }
        Dialect::Ari => place(settings.text("server")),
    };
    Exchange { dialect, host, port, security, user: settings.text("user").to_owned(), password: settings.secret("key") }
}

/// Host, port and whether it is readable, of an address that the settings have checked.
fn place(server: &str) -> (String, u16, Security) {
    let Ok(url) = url::Url::parse(server) else { return (String::new(), 0, Security::Tls) };
    let security = if url.scheme() == "https" { Security::Tls } else { Security::None };
    (url.host_str().unwrap_or_default().to_owned(), url.port_or_known_default().unwrap_or_default(), security)
}

fn letter(settings: &Settings, dialect: Dialect, errand: ExchangeErrand, patience: Duration) -> Letter {
    Letter::Exchange(ExchangeLetter { exchange: exchange(settings, dialect), errand, patience })
}

pub fn check(settings: &Settings, dialect: Dialect) -> Letter {
    letter(settings, dialect, ExchangeErrand::Check, ANSWERS_WITHIN)
}

pub fn poll(settings: &Settings, dialect: Dialect, cursor: Option<&str>) -> Letter {
    letter(settings, dialect, ExchangeErrand::Listen { taken: cursor.unwrap_or_default().to_owned() }, LISTENS_FOR)
}

/// The telephone that rings first, as Asterisk names it: `101` is `PJSIP/101`.
fn endpoint(settings: &Settings, dial: &Dial) -> String {
    let extension = rings_first(settings, dial);
    if extension.contains('/') { extension.to_owned() } else { format!("PJSIP/{extension}") }
}

/// The name of a call that we ask for tells whom it is with.
fn name(dial: &Dial) -> String {
    let ours: String = dial.ours.chars().filter(char::is_ascii_alphanumeric).take(16).collect();
    format!("{OURS}{}-{ours}", dial.to.e164().trim_start_matches('+'))
}

pub fn ring(settings: &Settings, dialect: Dialect, dial: &Dial) -> Letter {
    let (from, to, context) =
        (endpoint(settings, dial), dial.to.e164().trim_start_matches('+').to_owned(), settings.text("context").to_owned());
    match dialect {
        Dialect::Ami => {
            let originate = Originate { from, to, context, name: name(dial) };
            letter(settings, dialect, ExchangeErrand::Ring(originate), ANSWERS_WITHIN)
        }
        Dialect::Ari => {
            let pairs = [
                ("endpoint", from.as_str()),
                ("extension", &to),
                ("context", &context),
                ("priority", "1"),
                ("callerId", &to),
                ("channelId", &name(dial)),
                ("timeout", "30"),
            ];
            let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
            let url = Secret::new(format!("{}/ari/channels?{query}", settings.text("server").trim_end_matches('/')));
            let proof = crate::exchange::basic(settings.text("user"), &settings.secret("key"));
            let headers = vec![("authorization", Secret::new(proof))];
            Letter::Http(HttpLetter { headers, body: Body::Empty, ..HttpLetter::posted(url) })
        }
    }
}

pub fn answered(answer: &ExchangeAnswer) -> Sending {
    match answer {
        ExchangeAnswer::Rung => Sending::Accepted { ids: Vec::new() },
        ExchangeAnswer::Refused { why } => Sending::Refused { code: why.clone(), why: Trouble::Other },
        ExchangeAnswer::NotLetIn => Sending::AccountBroken { code: "login".to_owned(), why: Trouble::Unauthorized },
        ExchangeAnswer::Stands { .. } | ExchangeAnswer::Heard { .. } => Sending::Uncertain,
    }
}

/// Over ARI: the channel that now rings.
pub fn answered_over_http(status: u16, body: &Value) -> Option<Sending> {
    let id = body["id"].as_str()?;
    ((200..300).contains(&status) && id.starts_with(OURS)).then(|| Sending::Accepted { ids: Vec::new() })
}

pub fn read_check(answer: &ExchangeAnswer) -> Result<Account, Trouble> {
    match answer {
        ExchangeAnswer::Stands { name } => Ok(Account { name: name.clone(), handle: String::new() }),
        ExchangeAnswer::NotLetIn => Err(Trouble::Unauthorized),
        ExchangeAnswer::Heard { .. } | ExchangeAnswer::Rung | ExchangeAnswer::Refused { .. } => Err(Trouble::Interrupted),
    }
}

/// What was heard on the line since the place `cursor`, and the name of the place to go on from.
pub fn read_poll(settings: &Settings, dialect: Dialect, fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
    match fetched.answer {
        Answer::Exchange(ExchangeAnswer::Heard { batch, told }) => {
            let read = |told: &String| match dialect {
                Dialect::Ami => ami(told, settings.text("inside"), fetched.received_at),
                Dialect::Ari => ari(told, settings.text("inside"), fetched.received_at),
            };
            let cursor = (!batch.is_empty()).then(|| batch.clone());
            Ok(Polled { arrivals: told.iter().filter_map(read).collect(), unread: 0, cursor })
        }
        Answer::Exchange(ExchangeAnswer::NotLetIn) => Err(PollTrouble::AccountBroken { why: Trouble::Unauthorized }),
        Answer::NotSent(reason) => Err(PollTrouble::Later { after: AGAIN_AFTER, why: NotSent::trouble(*reason) }),
        _ => Err(PollTrouble::Later { after: AGAIN_AFTER, why: Trouble::Interrupted }),
    }
}

/// Which way a call goes, and with whom, by the two numbers of the channel that began it.
fn sides(id: &str, caller: &str, dialled: &str, (context, inside): (&str, &str)) -> Option<(Direction, String, String)> {
    let is_outside = |number: &str| number.bytes().filter(u8::is_ascii_digit).count() >= OUTSIDE;
    if let Some(rest) = id.strip_prefix(OURS) {
        return Some((Direction::Out, format!("+{}", rest.split('-').next().unwrap_or_default()), String::new()));
    }
    match (is_outside(caller), is_outside(dialled)) {
        (true, _) => Some((Direction::In, short(caller), short(dialled))),
        // withheld
        (false, _) if context == inside => Some((Direction::In, String::new(), short(dialled))),
        (false, true) => Some((Direction::Out, short(dialled), String::new())),
        // between colleagues
        (false, false) => None,
    }
}

fn told(id: &str, what: &str, at: Timestamp, (sides, turn): (Option<(Direction, String, String)>, Turn)) -> Arrival {
    let digest = Sha256::digest(what.as_bytes());
    let key = format!("{id}:{}", hex::encode(&digest[..12]));
    let (direction, theirs, ours) = sides.map_or((None, String::new(), String::new()), |(way, theirs, ours)| (Some(way), theirs, ours));
    Arrival::new(key, at, Event::Call(CallNews { call: id.to_owned(), direction, theirs, ours, turn }))
}

fn unspoken(cause: &str) -> Unspoken {
    match cause {
        "17" => Unspoken::Busy,
        "21" => Unspoken::Refused,
        "1" | "3" | "27" | "28" | "34" | "38" | "41" | "42" => Unspoken::Failed,
        _ => Unspoken::Missed,
    }
}

fn ended(cause: &str) -> Turn {
    Turn::Ended { unspoken: Some(unspoken(cause)), talk: None, lasted: None }
}

/// A block of AMI. Of what each channel tells only that of the one that began the call counts.
fn ami(text: &str, inside: &str, at: Timestamp) -> Option<Arrival> {
    let block = Block::read(text);
    let (id, own) = (block.field("Linkedid"), block.field("Uniqueid"));
    let numbers = || sides(id, block.field("CallerIDNum"), block.field("Exten"), (block.field("Context"), inside));
    let first = !id.is_empty() && id == own;
    let meant = match block.field("Event") {
        "Newchannel" if first => (Some(numbers()?), Turn::Rings),
        "Hangup" if first => (Some(numbers()?), ended(block.field("Cause"))),
        "DialEnd" if block.field("DialStatus") == "ANSWER" => (None, Turn::Taken { by: colleague(&block) }),
        "AgentConnect" => (None, Turn::Taken { by: short(block.field("MemberName")) }),
        _ => return None,
    };
    let id = if id.is_empty() { block.field("DestLinkedid") } else { id };
    (!id.is_empty() && id.len() <= 120).then(|| told(id, text, at, meant))
}

/// Whose telephone it was, by the short of its two numbers.
fn colleague(block: &Block<'_>) -> String {
    let short_one = |name: &str| Some(block.field(name)).filter(|number| (1..OUTSIDE).contains(&number.len()));
    short_one("DestCallerIDNum").or_else(|| short_one("CallerIDNum")).map(short).unwrap_or_default()
}

/// An event of ARI that the line has passed on.
fn ari(text: &str, inside: &str, received_at: Timestamp) -> Option<Arrival> {
    let event: Value = serde_json::from_str(text).ok()?;
    let word = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let channel = &event["channel"];
    let numbers = |channel: &Value| {
        let plan = &channel["dialplan"];
        sides(&word(&channel["id"]), &word(&channel["caller"]["number"]), &word(&plan["exten"]), (&word(&plan["context"]), inside))
    };
    let (id, meant) = match event["type"].as_str()? {
        "ChannelCreated" | "StasisStart" => (word(&channel["id"]), (Some(numbers(channel)?), Turn::Rings)),
        "ChannelDestroyed" => (word(&channel["id"]), (Some(numbers(channel)?), ended(&event["cause"].to_string()))),
        "Dial" => {
            let by = word(&event["peer"]["caller"]["number"]);
            let by = if by.len() < OUTSIDE { by } else { String::new() };
            (word(&event["caller"]["id"]), (None, Turn::Taken { by: short(&by) }))
        }
        _ => return None,
    };
    (!id.is_empty() && id.len() <= 120).then(|| told(&id, text, received_at, meant))
}
