//! SMSC.ru: forms over HTTP, answered 200 with what is wrong inside. It calls us with the fields of a form and signs nothing that
//! we can check, so our word stands behind the address.
//! After: the HTTP API of smsc.ru; the fields of its calls are read leniently.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::{Secret, Timestamp};
use serde_json::Value;

use super::server;
use super::words::{digits, own_number, said, sender};
use crate::{
    Arrival, Became, Body, Event, Fetched, HttpLetter, Letter, Outgoing, Polled, Reading, Reply, Sending, Settings, Trouble, Unreadable,
};

/// Its numbers for messages have 31 bits.
const BELOW: u64 = 0x7FFF_FFFF;
/// The same words to the same number are taken once a minute.
const SAME_AGAIN: Duration = Duration::from_secs(61);
/// Who has made too many mistakes is kept out for a while.
const KEPT_OUT: Duration = Duration::from_mins(10);

pub fn letter(settings: &Settings, message: &Outgoing, text: String) -> Letter {
    let mut form = vec![
        ("phones", digits(&message.to).to_owned()),
        ("mes", text),
        ("id", own_number(message.id, BELOW).to_string()),
        ("charset", "utf-8".to_owned()),
        ("cost", "3".to_owned()),
    ];
    let from = settings.text("sender");
    if !from.is_empty() {
        form.push(("sender", from.to_owned()));
    }
    method(settings, "send", form)
}

/// A call of a method. With a login the key is its password, without one it is the key of the API.
pub fn method(settings: &Settings, name: &str, mut form: Vec<(&'static str, String)>) -> Letter {
    let (user, key) = (settings.text("user").to_owned(), settings.text("key").to_owned());
    if user.is_empty() {
        form.push(("apikey", key));
    } else {
        form.extend([("login", user), ("psw", key)]);
    }
    form.push(("fmt", "3".to_owned()));
    let url = Secret::new(format!("{}/sys/{name}.php", server(settings)));
    Letter::Http(HttpLetter { body: Body::Form(form), ..HttpLetter::posted(url) })
}

pub fn accepted(body: &Value) -> Option<Sending> {
    Some(Sending::Accepted { ids: vec![text(&body["id"])?] })
}

pub fn refused(body: &Value) -> Option<Sending> {
    let code = body["error_code"].as_i64()?;
    let refused = |why| Sending::Refused { code: code.to_string(), why };
    let broken = |why| Sending::AccountBroken { code: code.to_string(), why };
    Some(match code {
        2 => broken(Trouble::Unauthorized),
        3 => broken(Trouble::NoMoney),
        4 => Sending::Later { after: KEPT_OUT, why: Trouble::TooFast },
        6 => refused(Trouble::Policy),
        7 | 8 => refused(Trouble::NoSuchRecipient),
        9 => Sending::Later { after: SAME_AGAIN, why: Trouble::TooFast },
        _ => refused(Trouble::Other),
    })
}

pub fn read_call(told: &BTreeMap<String, String>, at: Timestamp) -> Result<Reading, Unreadable> {
    let field = |name: &str| told.get(name).map_or("", String::as_str);
    let arrivals = if let Some(words) = told.get("mes") {
        let key = [field("sms_id"), field("id")].into_iter().find(|key| !key.is_empty()).ok_or(Unreadable::Malformed { at: "id" })?;
        sender(field("phone")).map(|from| said(key, at, from, words)).into_iter().collect()
    } else {
        let id = Some(field("id")).filter(|id| !id.is_empty()).ok_or(Unreadable::Malformed { at: "id" })?;
        let status = field("status").parse().map_err(|_| Unreadable::Malformed { at: "status" })?;
        reported(id, status, at).into_iter().collect()
    };
    Ok(Reading { arrivals, reply: Reply::saying("OK") })
}

fn reported(id: &str, status: i64, at: Timestamp) -> Option<Arrival> {
    let failed = |why| Became::Failed { code: status.to_string(), why };
    let became = match status {
        0 => Became::Sent,
        1 => Became::Delivered,
        // a link in it that was opened was read before
        2 | 4 => Became::Read,
        3 | 25 => failed(Trouble::Unreachable),
        20 | 22 => failed(Trouble::NoSuchRecipient),
        23 => failed(Trouble::Policy),
        24 => failed(Trouble::NoMoney),
        // it waits, or is not known
        _ => return None,
    };
    Some(Arrival::new(format!("{id}:{status}"), at, Event::report(id, became)))
}

/// In turn: what patients have answered, and how our messages of the last two days stand. The cursor says what is next and the
/// last answer that we have: `sent 7781`.
pub fn poll(settings: &Settings, cursor: Option<&str>) -> Letter {
    let (next, last) = place(cursor);
    match next {
        Next::Answers => {
            let mut form = vec![("get_answers", "1".to_owned()), ("hour", "48".to_owned())];
            if !last.is_empty() {
                form.push(("after_id", last.to_owned()));
            }
            method(settings, "get", form)
        }
        Next::Sent => method(settings, "get", vec![("get_messages", "1".to_owned()), ("cnt", "1000".to_owned())]),
    }
}

#[derive(PartialEq)]
enum Next {
    Answers,
    Sent,
}

fn place(cursor: Option<&str>) -> (Next, &str) {
    match cursor.and_then(|cursor| cursor.split_once(' ')) {
        Some(("sent", last)) => (Next::Sent, last),
        Some((_, last)) => (Next::Answers, last),
        None => (Next::Answers, ""),
    }
}

pub fn read_poll(body: &Value, fetched: &Fetched<'_>) -> Option<Polled> {
    let (next, last) = place(fetched.cursor);
    let turn = if next == Next::Answers { "sent" } else { "answers" };
    let mut polled = Polled { arrivals: Vec::new(), unread: 0, cursor: Some(format!("{turn} {last}")) };
    for entry in body.as_array()? {
        let arrival = match (text(&entry["id"]), text(&entry["phone"]), &next) {
            (Some(id), Some(phone), Next::Answers) => {
                polled.cursor = Some(format!("{turn} {id}"));
                sender(&phone).map(|from| said(&id, fetched.received_at, from, entry["message"].as_str().unwrap_or_default()))
            }
            (Some(id), _, Next::Sent) => entry["status"].as_i64().and_then(|status| reported(&id, status, fetched.received_at)),
            (_, _, _) => {
                polled.unread += 1;
                None
            }
        };
        polled.arrivals.extend(arrival);
    }
    Some(polled)
}

/// A number or a text that should be one.
fn text(value: &Value) -> Option<String> {
    value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|number| number.to_string())).filter(|text| !text.is_empty())
}
