//! Twilio, and who speaks as it does: forms over HTTP. Its calls are signed over the address that it calls and the sorted fields;
//! the address of a report carries our own id back, so a report settles what stood in doubt.
//! After: the REST API of 2010-04-01.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clinic::conversations::{MediaFile, MediaKind, Said};
use hmac::{Hmac, KeyInit, Mac};
use kernel::{Secret, Timestamp};
use serde_json::Value;
use sha1::Sha1;
use subtle::ConstantTimeEq;

use super::server;
use super::words::{fields, said, sender};
use crate::{
    Answer, Arrival, Became, Body, Call, Event, HttpLetter, Letter, Method, Outgoing, Polled, Reading, Reply, Sending, Settings, Trouble,
    Unreadable,
};

pub const SIGNATURE_HEADER: &str = "x-twilio-signature";
/// Where in the address of a report our own id stands.
const OURS: &str = "m";
const QUEUE_IS_FULL: Duration = Duration::from_mins(1);

pub fn letter(settings: &Settings, message: &Outgoing, text: String) -> Letter {
    let from = settings.text("sender").to_owned();
    let by = if from.starts_with("MG") && from.len() == 34 { "MessagingServiceSid" } else { "From" };
    let mut form = vec![("To", message.to.rest().to_owned()), (by, from), ("Body", text)];
    let hook = settings.text("hook");
    if !hook.is_empty() {
        form.push(("StatusCallback", format!("{hook}?{OURS}={}", message.id)));
    }
    let url = Secret::new(format!("{}/2010-04-01/Accounts/{}/Messages.json", server(settings), settings.text("user")));
    Letter::Http(HttpLetter { headers: signed_in(settings), body: Body::Form(form), ..HttpLetter::posted(url) })
}

/// Reads something of the account: itself, `/Balance`, `/Messages`.
pub fn asked(server: &str, settings: &Settings, what: &str) -> Letter {
    let url = Secret::new(format!("{server}/2010-04-01/Accounts/{}{what}.json", settings.text("user")));
    Letter::Http(HttpLetter { headers: signed_in(settings), ..HttpLetter::asked(url) })
}

pub fn signed_in(settings: &Settings) -> Vec<(&'static str, Secret)> {
    let proof = STANDARD.encode(format!("{}:{}", settings.text("user"), settings.text("key")));
    vec![("authorization", Secret::new(format!("Basic {proof}")))]
}

pub fn answered(answer: &Answer, status: u16, body: &Value) -> Option<Sending> {
    match (status, body["sid"].as_str(), body["code"].as_u64()) {
        (200..300, Some(sid), _) if body["error_code"].is_null() => Some(Sending::Accepted { ids: vec![sid.to_owned()] }),
        (200..300, Some(_), _) => Some(refused(answer, body["error_code"].as_u64()?)),
        (400..500, _, Some(code)) => Some(refused(answer, code)),
        _ => None,
    }
}

/// After Twilio's list of errors.
fn refused(answer: &Answer, code: u64) -> Sending {
    let why = why(code);
    let code_text = code.to_string();
    match code {
        // the patient has written STOP to this number
        21610 => Sending::Stopped,
        20429 => Sending::Later { after: answer.retry_after().unwrap_or(crate::sending::SHORT_WAIT), why },
        21611 | 30001 => Sending::Later { after: QUEUE_IS_FULL, why },
        20003 | 20404 | 30002 | 21606 | 21212 | 21703 | 21705 | 30022 | 30032 | 30034 => Sending::AccountBroken { code: code_text, why },
        _ => Sending::Refused { code: code_text, why },
    }
}

/// In our words.
fn why(code: u64) -> Trouble {
    match code {
        20003 => Trouble::Unauthorized,
        20404 => Trouble::WrongServer,
        20429 | 63018 => Trouble::TooFast,
        21211 | 21217 | 21614 | 21612 | 21601 | 30005 | 30006 | 63024 => Trouble::NoSuchRecipient,
        21617 => Trouble::TooLong,
        21611 | 30001 | 30008..=30010 | 30410 | 30500 => Trouble::Overloaded,
        30003 => Trouble::Unreachable,
        // not allowed by the account, the country, the operator or the patient
        21408 | 21606 | 21608 | 21610 | 21212 | 21703 | 21705 | 30002 | 30004 | 30007 | 30022 | 30032 | 30034 => Trouble::Policy,
        _ => Trouble::Other,
    }
}

pub fn read_webhook(settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
    let told = proven(settings, call)?;
    let field = |name: &str| told.get(name).map_or("", String::as_str);
    let sid = Some(field("MessageSid")).filter(|sid| !sid.is_empty()).ok_or(Unreadable::Malformed { at: "MessageSid" })?;
    let at = call.received_at;
    let arrivals = match field("MessageStatus") {
        "" => heard(sid, at, field),
        status => reported(sid, at, (status, field("ErrorCode").parse().ok()), call.asked(OURS).as_deref()),
    };
    let reply = Reply { status: 200, media_type: "text/xml; charset=utf-8", body: "<Response/>".to_owned() };
    Ok(Reading { arrivals, reply })
}

/// The fields of a call that Twilio has signed for this account.
pub fn proven(settings: &Settings, call: &Call<'_>) -> Result<BTreeMap<String, String>, Unreadable> {
    if call.method != Method::Post {
        return Err(Unreadable::NoWebhook);
    }
    let key = settings.secret("key");
    if key.is_empty() {
        return Err(Unreadable::NoSecret);
    }
    let shown = call.header(SIGNATURE_HEADER).filter(|shown| !shown.is_empty()).ok_or(Unreadable::Unsigned)?;
    let signed = addresses(settings, call).into_iter().any(|url| bool::from(signature(&key, &url, call.body).as_bytes().ct_eq(shown)));
    let told = fields(call);
    // fields are signed without a border between them: whose account it is must stand in its place
    if signed && told.get("AccountSid").is_some_and(|account| account == settings.text("user")) {
        Ok(told)
    } else {
        Err(Unreadable::BadSignature)
    }
}

/// Our address as Twilio may have called it: some versions sign the usual port along.
fn addresses(settings: &Settings, call: &Call<'_>) -> Vec<String> {
    let hook = settings.text("hook");
    let Some((host, path)) = hook.strip_prefix("https://").and_then(|rest| rest.split_once('/')) else { return Vec::new() };
    let query = if call.query.is_empty() { String::new() } else { format!("?{}", call.query) };
    let tail = if call.tail.is_empty() { String::new() } else { format!("/{}", call.tail) };
    vec![format!("https://{host}/{path}{tail}{query}"), format!("https://{host}:443/{path}{tail}{query}")]
}

/// Base 64 of the HMAC-SHA1 over the address and each field, name and value, sorted and without repeats.
pub fn signature(key: &Secret, url: &str, body: &[u8]) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.expose().as_bytes()).expect("HMAC takes keys of any length");
    mac.update(signed_text(url, body).as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

pub fn signed_text(url: &str, body: &[u8]) -> String {
    let fields: BTreeSet<_> = form_urlencoded::parse(body).collect();
    fields.into_iter().fold(url.to_owned(), |text, (name, value)| text + &name + &value)
}

/// Where Twilio keeps a list of words that end and resume everything, it says so beside them.
fn heard<'a>(sid: &str, at: Timestamp, field: impl Fn(&str) -> &'a str) -> Vec<Arrival> {
    let Some(from) = sender(field("From")) else { return Vec::new() };
    let media: usize = field("NumMedia").parse().unwrap_or_default();
    let mut arrivals = Vec::new();
    if media == 0 || !field("Body").trim().is_empty() {
        arrivals.push(said(sid, at, from.clone(), field("Body")));
    }
    for number in 0..media.min(10) {
        let (url, kind) = (field(&format!("MediaUrl{number}")), field(&format!("MediaContentType{number}")));
        let mut arrival = said(&format!("{sid}:{number}"), at, from.clone(), "");
        if let Event::Message { said, .. } = &mut arrival.event {
            let file = MediaFile { media_type: kind.to_owned(), ..MediaFile::at(url.to_owned()) };
            *said = Said::Media { kind: kind_of(kind), caption: String::new(), file: (!url.is_empty()).then_some(file) };
        }
        arrivals.push(arrival);
    }
    match field("OptOutType") {
        "STOP" => arrivals.push(Arrival::new(format!("stop:{sid}"), at, Event::Blocked { from })),
        "START" => arrivals.push(Arrival::new(format!("start:{sid}"), at, Event::Unblocked { from })),
        _ => {}
    }
    arrivals
}

fn kind_of(media_type: &str) -> MediaKind {
    match media_type.split('/').next() {
        Some("image") => MediaKind::Image,
        Some("video") => MediaKind::Video,
        Some("audio") => MediaKind::Voice,
        Some("application" | "text") => MediaKind::Document,
        Some(_) | None => MediaKind::Other,
    }
}

fn reported(sid: &str, at: Timestamp, (status, code): (&str, Option<u64>), ours: Option<&str>) -> Vec<Arrival> {
    let became = match status {
        "sent" => Became::Sent,
        "delivered" => Became::Delivered,
        "read" => Became::Read,
        "failed" | "undelivered" | "canceled" => {
            let code = code.unwrap_or_default();
            Became::Failed { code: code.to_string(), why: why(code) }
        }
        _ => return Vec::new(),
    };
    let event = Event::Report { message: sid.to_owned(), ours: ours.and_then(|ours| ours.parse().ok()), became };
    vec![Arrival::new(format!("{sid}:{status}"), at, event)]
}

/// The newest messages of the account, ours and theirs: what was told before is known by its key.
pub fn read_poll(settings: &Settings, body: &Value, received_at: Timestamp) -> Option<Polled> {
    let mut polled = Polled { arrivals: Vec::new(), unread: 0, cursor: None };
    for message in body["messages"].as_array()?.iter().rev() {
        let text = |name: &str| message[name].as_str().unwrap_or_default();
        let sid = text("sid");
        if sid.is_empty() || text("account_sid") != settings.text("user") {
            polled.unread += 1;
        } else if text("direction") == "inbound" {
            let field = |name: &str| match name {
                "From" => text("from"),
                "Body" => text("body"),
                _ => "",
            };
            polled.arrivals.extend(heard(sid, received_at, field));
        } else {
            let code = message["error_code"].as_u64();
            polled.arrivals.extend(reported(sid, received_at, (text("status"), code), None));
        }
    }
    Some(polled)
}
