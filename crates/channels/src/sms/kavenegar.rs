//! Kavenegar, in Iran: forms over HTTP with the key in the address. It knows a message by our own number too. What it sends to
//! us it signs with nothing, so our word stands behind the address.
//! After: the REST API v1; the fields of its calls are read leniently.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::{Address, Phone, Secret, Timestamp};
use serde_json::Value;

use super::server;
use super::words::{digits, own_number, said};
use crate::{
    Arrival, Became, Body, Event, Fetched, HttpLetter, Letter, Outgoing, Polled, Reading, Reply, Sending, Settings, Trouble, Unreadable,
};

/// Its own numbers are whole numbers of a browser.
const BELOW: u64 = 1_000_000_000_000_000;
const BUSY: Duration = Duration::from_secs(30);
const TOO_OFTEN: Duration = Duration::from_mins(1);

pub fn letter(settings: &Settings, message: &Outgoing, text: String) -> Letter {
    let mut form = vec![("receptor", receptor(&message.to)), ("message", text), ("localid", own_number(message.id, BELOW).to_string())];
    let line = settings.text("sender");
    if !line.is_empty() {
        form.push(("sender", line.to_owned()));
    }
    method(settings, "sms/send", form)
}

pub fn method(settings: &Settings, name: &str, form: Vec<(&'static str, String)>) -> Letter {
    let url = Secret::new(format!("{}/v1/{}/{name}.json", server(settings), settings.text("key")));
    Letter::Http(HttpLetter { body: Body::Form(form), ..HttpLetter::posted(url) })
}

/// As it is dialled in Iran.
fn receptor(to: &Address) -> String {
    let digits = digits(to);
    digits.strip_prefix("98").map_or_else(|| format!("00{digits}"), |home| format!("0{home}"))
}

fn sender(shown: &str) -> Option<Address> {
    Phone::parse(shown, "IR").ok().or_else(|| Phone::parse(&format!("+{shown}"), "IR").ok()).map(|phone| Address::phone(&phone))
}

pub fn answered(body: &Value) -> Option<Sending> {
    let code = body["return"]["status"].as_i64()?;
    let refused = |why| Sending::Refused { code: code.to_string(), why };
    let broken = |why| Sending::AccountBroken { code: code.to_string(), why };
    Some(match code {
        200 => {
            let entry = &body["entries"][0];
            if entry["status"] == 14 {
                return Some(Sending::Stopped);
            }
            Sending::Accepted { ids: vec![entry["messageid"].as_i64()?.to_string()] }
        }
        401 | 403 | 407 | 429 => broken(Trouble::Unauthorized),
        404 | 405 => broken(Trouble::WrongServer),
        409 => Sending::Later { after: BUSY, why: Trouble::Overloaded },
        411 => refused(Trouble::NoSuchRecipient),
        412 | 426 => broken(Trouble::Policy),
        413 => refused(Trouble::TooLong),
        418 => broken(Trouble::NoMoney),
        420 | 422 => refused(Trouble::Policy),
        451 => Sending::Later { after: TOO_OFTEN, why: Trouble::TooFast },
        _ => refused(Trouble::Other),
    })
}

pub fn read_call(told: &BTreeMap<String, String>, at: Timestamp) -> Result<Reading, Unreadable> {
    let field = |name: &str| told.get(name).map_or("", String::as_str);
    let id = Some(field("messageid")).filter(|id| !id.is_empty()).ok_or(Unreadable::Malformed { at: "messageid" })?;
    let arrivals = if let Some(words) = told.get("message") {
        sender(field("from")).map(|from| said(id, at, from, words)).into_iter().collect()
    } else {
        let status = field("status").parse().map_err(|_| Unreadable::Malformed { at: "status" })?;
        reported(id, status, None, at)
    };
    Ok(Reading { arrivals, reply: Reply::ok() })
}

/// `to`, where it is told: who has forbidden advertising at the operator takes nothing from this line.
fn reported(id: &str, status: i64, to: Option<Address>, at: Timestamp) -> Vec<Arrival> {
    let failed = |why| Became::Failed { code: status.to_string(), why };
    let became = match status {
        4 | 5 => Became::Sent,
        10 => Became::Delivered,
        6 => failed(Trouble::Overloaded),
        11 => failed(Trouble::Unreachable),
        13 => failed(Trouble::Other),
        14 => failed(Trouble::Policy),
        // it waits, or is not known
        _ => return Vec::new(),
    };
    let mut arrivals = vec![Arrival::new(format!("{id}:{status}"), at, Event::report(id, became))];
    if let Some(from) = to.filter(|_| status == 14) {
        arrivals.push(Arrival::new(format!("{id}:blocked"), at, Event::Blocked { from }));
    }
    arrivals
}

/// In turn: what patients have written to the line, and how our newest messages stand. Without a line of our own nobody can write.
pub fn poll(settings: &Settings, cursor: Option<&str>) -> Letter {
    let line = settings.text("sender");
    if cursor == Some("sent") || line.is_empty() {
        return method(settings, "sms/latestoutbox", vec![("pagesize", "200".to_owned())]);
    }
    method(settings, "sms/receive", vec![("linenumber", line.to_owned()), ("isread", "0".to_owned())])
}

pub fn read_poll(body: &Value, fetched: &Fetched<'_>) -> Option<Polled> {
    if body["return"]["status"] != 200 {
        return None;
    }
    let turn = if fetched.cursor == Some("sent") { "heard" } else { "sent" };
    let mut polled = Polled { arrivals: Vec::new(), unread: 0, cursor: Some(turn.to_owned()) };
    for entry in body["entries"].as_array().into_iter().flatten() {
        let Some(id) = entry["messageid"].as_i64().map(|id| id.to_string()) else {
            polled.unread += 1;
            continue;
        };
        // what leaves has a status and a receiver, what comes has neither
        if let Some(status) = entry["status"].as_i64() {
            let to = entry["receptor"].as_str().and_then(sender);
            polled.arrivals.extend(reported(&id, status, to, fetched.received_at));
        } else {
            let from = entry["sender"].as_str().and_then(sender);
            let words = entry["message"].as_str().unwrap_or_default();
            polled.arrivals.extend(from.map(|from| said(&id, fetched.received_at, from, words)));
        }
    }
    Some(polled)
}
