//! Zadarma's exchange: notices as forms, signed over a few of their fields; the API signs the same way. The signature is
//! base 64 of the hex text, not of the bytes. Proven is only what is signed: the number, ours, and when the call began.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use clinic::calls::{Direction, Turn, Unspoken};
use hmac::{Hmac, KeyInit, Mac};
use kernel::Secret;
use md5::{Digest, Md5};
use serde_json::Value;
use sha1::Sha1;
use subtle::ConstantTimeEq;

use super::news::{Fields, field, form, key, number, reading, short, told};
use super::{Dial, rings_first, server};
use crate::{Call, CallNews, HttpLetter, Letter, Method, Reading, Reply, Sending, Settings, Trouble, Unreadable};

pub const SIGNATURE_HEADER: &str = "signature";
const LONGEST_ECHO: usize = 100;

pub fn read_webhook(settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
    if call.method == Method::Get {
        let echo = call.asked("zd_echo").ok_or(Unreadable::NoWebhook)?;
        let plain = echo.len() <= LONGEST_ECHO && echo.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte));
        let reply = if plain { Ok(Reply::saying(echo)) } else { Err(Unreadable::Malformed { at: "zd_echo" }) };
        return Ok(Reading { arrivals: Vec::new(), reply: reply? });
    }
    let fields = form(call);
    prove(settings, call, &fields)?;
    let Some((direction, theirs, ours, turn)) = read(&fields) else { return Ok(reading(Vec::new())) };
    let (theirs, ours) = (short(field(&fields, theirs)), short(field(&fields, ours)));
    let news = CallNews { call: key(field(&fields, "pbx_call_id"))?, direction, theirs, ours, turn };
    Ok(reading(vec![told(call, call.received_at, news)]))
}

/// Which fields hold the two numbers, and what the notice means.
type Meant = (Option<Direction>, &'static str, &'static str, Turn);

fn read(fields: &Fields) -> Option<Meant> {
    let by = || short(field(fields, "internal"));
    Some(match field(fields, "event") {
        "NOTIFY_START" => (Some(Direction::In), "caller_id", "called_did", Turn::Rings),
        "NOTIFY_INTERNAL" => (Some(Direction::In), "caller_id", "called_did", Turn::RingsInside),
        // one of both directions: the numbers were told before
        "NOTIFY_ANSWER" => (None, "", "", Turn::Taken { by: by() }),
        "NOTIFY_END" => (Some(Direction::In), "caller_id", "called_did", ended(fields)),
        "NOTIFY_OUT_START" => (Some(Direction::Out), "destination", "caller_id", Turn::Rings),
        "NOTIFY_OUT_END" => (Some(Direction::Out), "destination", "caller_id", ended(fields)),
        _ => return None,
    })
}

fn ended(fields: &Fields) -> Turn {
    let unspoken = match field(fields, "disposition") {
        "answered" => {
            let talk = number(field(fields, "duration")).unwrap_or_default().max(1);
            return Turn::Ended { unspoken: None, talk: Some(talk), lasted: None };
        }
        "busy" => Unspoken::Busy,
        "cancel" | "no answer" | "" => Unspoken::Missed,
        // no money, unallocated number, no limit, no day limit, line limit ...
        _ => Unspoken::Failed,
    };
    Turn::Ended { unspoken: Some(unspoken), talk: None, lasted: None }
}

fn prove(settings: &Settings, call: &Call<'_>, fields: &Fields) -> Result<(), Unreadable> {
    let key = settings.secret("key");
    if key.is_empty() {
        return Err(Unreadable::NoSecret);
    }
    let shown = call.header(SIGNATURE_HEADER).filter(|shown| !shown.is_empty()).ok_or(Unreadable::Unsigned)?;
    let signed = match field(fields, "event") {
        "NOTIFY_ANSWER" => ["caller_id", "destination", "call_start"],
        "NOTIFY_OUT_START" | "NOTIFY_OUT_END" => ["internal", "destination", "call_start"],
        "NOTIFY_RECORD" => ["pbx_call_id", "call_id_with_rec", ""],
        _ => ["caller_id", "called_did", "call_start"],
    };
    let text: String = signed.map(|name| field(fields, name)).concat();
    // fields are signed without a border between them, and an empty text has a signature too
    let good = !text.is_empty() && bool::from(signature(&key, &text).as_bytes().ct_eq(shown));
    if good { Ok(()) } else { Err(Unreadable::BadSignature) }
}

pub fn signature(key: &Secret, text: &str) -> String {
    let mut mac = Hmac::<Sha1>::new_from_slice(key.expose().as_bytes()).expect("HMAC takes keys of any length");
    mac.update(text.as_bytes());
    STANDARD.encode(hex::encode(mac.finalize().into_bytes()))
}

/// What is left on the account: asked to see whether the keys are right.
pub fn check(settings: &Settings) -> Letter {
    asked(settings, "/v1/info/balance/", &[])
}

/// Rings the desk's telephone, and when that is taken, whom the desk wants to speak with.
pub fn ring(settings: &Settings, dial: &Dial) -> Letter {
    asked(settings, "/v1/request/callback/", &[("from", rings_first(settings, dial)), ("to", dial.to.e164().trim_start_matches('+'))])
}

/// `pairs` in the order of their names.
fn asked(settings: &Settings, method: &str, pairs: &[(&str, &str)]) -> Letter {
    let query = form_urlencoded::Serializer::new(String::new()).extend_pairs(pairs).finish();
    let text = format!("{method}{query}{}", hex::encode(Md5::digest(query.as_bytes())));
    let proof = format!("{}:{}", settings.text("user"), signature(&settings.secret("key"), &text));
    let mark = if query.is_empty() { "" } else { "?" };
    let url = Secret::new(format!("{}{method}{mark}{query}", server(settings)));
    Letter::Http(HttpLetter { headers: vec![("authorization", Secret::new(proof))], ..HttpLetter::asked(url) })
}

pub fn answered(status: u16, body: &Value) -> Option<Sending> {
    let code = || body["message"].as_str().map_or_else(|| status.to_string(), |said| said.chars().take(60).collect());
    match (status, body["status"].as_str()) {
        (200..300, Some("success")) => Some(Sending::Accepted { ids: Vec::new() }),
        (401 | 403, Some("error")) => Some(Sending::AccountBroken { code: code(), why: Trouble::Unauthorized }),
        (_, Some("error")) => Some(Sending::Refused { code: code(), why: Trouble::Other }),
        _ => None,
    }
}
