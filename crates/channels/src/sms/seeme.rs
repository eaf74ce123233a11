//! `SeeMe`, in Hungary: one address with everything after its `?`, the key included. It names no message, so our own number does.
//! It calls us at the address that each message carries along, with our word behind it.
//! After: the gateway of seeme.hu, version 2.0.1.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::{Secret, Timestamp};
use serde_json::Value;

use super::server;
use super::words::{digits, own_number, said, sender};
use crate::{Arrival, Became, Event, HttpLetter, Letter, Outgoing, Reading, Reply, Sending, Settings, Trouble, Unreadable};

const BELOW: u64 = 1_000_000_000_000_000_000;
/// What we want to be told: accepted by the centre, delivered, and each way to fail.
const TOLD: &str = "3,5,6,7,9";
const GATEWAY_IS_DOWN: Duration = Duration::from_mins(1);

pub fn letter(settings: &Settings, message: &Outgoing, text: &str) -> Letter {
    let reference = own_number(message.id, BELOW).to_string();
    let mut asked = vec![("number", digits(&message.to)), ("message", text), ("reference", &reference)];
    let from = settings.text("sender");
    if !from.is_empty() {
        asked.push(("sender", from));
    }
    let hook = format!("{}/{}", settings.text("hook"), settings.text("word"));
    if !settings.text("hook").is_empty() {
        asked.extend([("callback", TOLD), ("callbackurl", hook.as_str())]);
    }
    gateway(settings, &asked)
}

pub fn balance(settings: &Settings) -> Letter {
    gateway(settings, &[("method", "balance")])
}

fn gateway(settings: &Settings, asked: &[(&str, &str)]) -> Letter {
    let mut query = form_urlencoded::Serializer::new(String::new());
    query.append_pair("key", settings.text("key")).extend_pairs(asked);
    query.append_pair("format", "json").append_pair("apiVersion", "2.0.1");
    Letter::Http(HttpLetter::asked(Secret::new(format!("{}/gateway?{}", server(settings), query.finish()))))
}

pub fn answered(letter: &Letter, body: &Value) -> Option<Sending> {
    let code = body["code"].as_i64()?;
    let refused = |why| Sending::Refused { code: code.to_string(), why };
    let broken = |why| Sending::AccountBroken { code: code.to_string(), why };
    Some(match (body["result"].as_str()?, code) {
        ("OK", _) => Sending::Accepted { ids: reference(letter).into_iter().collect() },
        (_, 3) => refused(Trouble::NoSuchRecipient),
        (_, 4 | 13 | 18) => broken(Trouble::Unauthorized),
        (_, 5 | 9) => broken(Trouble::Policy),
        (_, 6 | 16) => refused(Trouble::TooLong),
        (_, 7 | 11) => broken(Trouble::NoMoney),
        (_, 8) => Sending::Later { after: GATEWAY_IS_DOWN, why: Trouble::Overloaded },
        (_, 15 | 17) => broken(Trouble::WebhookRefused),
        _ => refused(Trouble::Other),
    })
}

/// Our own number, as the letter carries it.
fn reference(letter: &Letter) -> Option<String> {
    let Letter::Http(letter) = letter else { return None };
    let (_, query) = letter.url.expose().split_once('?')?;
    form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "reference").map(|(_, value)| value.into_owned())
}

pub fn read_call(told: &BTreeMap<String, String>, at: Timestamp) -> Result<Reading, Unreadable> {
    let field = |name: &str| told.get(name).map_or("", String::as_str);
    let arrivals = if let Some(words) = told.get("message") {
        // it names no message: who wrote what to whom and when is its name
        let named = format!("{}:{}:{}:{words}", field("number"), field("destination"), field("timestamp"));
        let key = hex::encode(&<sha2::Sha256 as sha2::Digest>::digest(named)[..12]);
        sender(field("number")).map(|from| said(&key, at, from, words)).into_iter().collect()
    } else {
        let reference = Some(field("reference")).filter(|known| !known.is_empty()).ok_or(Unreadable::Malformed { at: "reference" })?;
        let status = field("status").parse().map_err(|_| Unreadable::Malformed { at: "status" })?;
        reported(reference, status, at).into_iter().collect()
    };
    Ok(Reading { arrivals, reply: Reply::ok() })
}

fn reported(reference: &str, status: i64, at: Timestamp) -> Option<Arrival> {
    let failed = |why| Became::Failed { code: status.to_string(), why };
    let became = match status {
        3 | 4 => Became::Sent,
        6 => Became::Delivered,
        5 => failed(Trouble::Policy),
        7 => failed(Trouble::NoSuchRecipient),
        9 => failed(Trouble::Unreachable),
        1 | 10 => failed(Trouble::Other),
        _ => return None,
    };
    Some(Arrival::new(format!("{reference}:{status}"), at, Event::report(reference, became)))
}
