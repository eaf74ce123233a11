//! Mango Office: events and summaries as forms with JSON in them, signed by a plain hash of key, JSON and salt.
//! An entry is the whole call; its legs through menu, queue and colleagues' telephones carry its name.

use clinic::calls::{Direction, Turn, Unspoken};
use kernel::{Secret, Timestamp};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

use super::news::{field, form, key, members, reading, short, told};
use super::{Dial, rings_first, server};
use crate::{Arrival, Body, Call, CallNews, HttpLetter, Letter, Method, Reading, Sending, Settings, Trouble, Unreadable};

pub fn read_webhook(settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
    if call.method != Method::Post {
        return Err(Unreadable::NoWebhook);
    }
    let salt = settings.secret("key");
    if salt.is_empty() {
        return Err(Unreadable::NoSecret);
    }
    let fields = form(call);
    let (shown, text) = (field(&fields, "sign"), field(&fields, "json"));
    if shown.is_empty() {
        return Err(Unreadable::Unsigned);
    }
    let signed = bool::from(signature(settings.text("user"), text, &salt).as_bytes().ct_eq(shown.as_bytes()));
    // key and JSON are signed without a border between them: whose account it is must stand in its place
    if !signed || field(&fields, "vpbx_api_key") != settings.text("user") {
        return Err(Unreadable::BadSignature);
    }
    let body: Value = serde_json::from_str(text).map_err(|_| Unreadable::Malformed { at: "json" })?;
    if !body.is_object() {
        return Err(Unreadable::Malformed { at: "json" });
    }
    let arrivals = match call.tail.trim_matches('/') {
        "events/call" => event(call, &body)?.into_iter().collect(),
        "events/summary" => summary(call, &body)?,
        // recordings, tones and what will be
        _ => Vec::new(),
    };
    Ok(reading(arrivals))
}

/// Lower-case hex of the SHA-256 of the three, one after the other.
pub fn signature(key: &str, json: &str, salt: &Secret) -> String {
    hex::encode(Sha256::new().chain_update(key).chain_update(json).chain_update(salt.expose()).finalize())
}

fn event(call: &Call<'_>, body: &Value) -> Result<Option<Arrival>, Unreadable> {
    let (from, to) = (members(&body["from"]), members(&body["to"]));
    let own = field(&from, "extension");
    let inside = body["location"] == "abonent";
    let turn = match body["call_state"].as_str() {
        Some("Connected") if inside => Turn::Taken { by: short(if own.is_empty() { field(&to, "extension") } else { own }) },
        Some("Appeared") if inside && own.is_empty() => Turn::RingsInside,
        Some("Appeared" | "Connected" | "OnHold") => Turn::Rings,
        // a leg is over; whether the call is says its summary
        _ => return Ok(None),
    };
    let (direction, theirs) = if own.is_empty() { (Direction::In, field(&from, "number")) } else { (Direction::Out, field(&to, "number")) };
    let news = CallNews {
        call: key(body["entry_id"].as_str().unwrap_or_default())?,
        direction: Some(direction),
        theirs: short(theirs),
        ours: short(field(if own.is_empty() { &to } else { &from }, "line_number")),
        turn,
    };
    Ok(Some(told(call, moment(&body["timestamp"]).unwrap_or(call.received_at), news)))
}

fn summary(call: &Call<'_>, body: &Value) -> Result<Vec<Arrival>, Unreadable> {
    let entry = key(body["entry_id"].as_str().unwrap_or_default())?;
    let (direction, theirs) = match body["call_direction"].as_u64() {
        Some(1) => (Direction::In, &body["from"]),
        Some(2) => (Direction::Out, &body["to"]),
        // between colleagues
        _ => return Ok(Vec::new()),
    };
    let (began, ended) = (moment(&body["create_time"]), moment(&body["end_time"]).unwrap_or(call.received_at));
    let unspoken = match body["disconnect_reason"].as_u64() {
        Some(1121) => Unspoken::Busy,
        Some(1122) => Unspoken::Refused,
        Some(1131 | 1133 | 2240 | 3100..3200) => Unspoken::Failed,
        _ => Unspoken::Missed,
    };
    // when the talk began; 0 where nobody spoke
    let talk = moment(&body["talk_time"]).map(|talked| u32::try_from(ended.since(talked).as_secs()).unwrap_or_default().max(1));
    let turn = Turn::Ended { unspoken: talk.is_none().then_some(unspoken), talk, lasted: None };
    let news = |turn| CallNews {
        call: entry.clone(),
        direction: Some(direction),
        theirs: short(field(&members(theirs), "number")),
        ours: short(field(&members(body), "line_number")),
        turn,
    };
    let begins = began.map(|began| {
        let arrival = told(call, began, news(Turn::Rings));
        Arrival { repeat_key: format!("{}:began", arrival.repeat_key), ..arrival }
    });
    Ok(begins.into_iter().chain([told(call, ended, news(turn))]).collect())
}

/// Seconds since 1970; 0 is none.
fn moment(value: &Value) -> Option<Timestamp> {
    let seconds = value.as_i64().or_else(|| value.as_str()?.parse().ok()).filter(|seconds| (1..100_000_000_000).contains(seconds))?;
    Some(Timestamp::from_seconds(seconds))
}

/// Rings the colleague's telephone, and when that is taken, whom the desk wants to speak with.
pub fn ring(settings: &Settings, dial: &Dial) -> Letter {
    let asked = json!({
        "command_id": dial.ours,
        "from": { "extension": rings_first(settings, dial) },
        "to_number": dial.to.e164().trim_start_matches('+'),
    });
    let (user, asked) = (settings.text("user"), asked.to_string());
    let sign = signature(user, &asked, &settings.secret("key"));
    let url = Secret::new(format!("{}/vpbx/commands/callback", server(settings)));
    let form = vec![("vpbx_api_key", user.to_owned()), ("sign", sign), ("json", asked)];
    Letter::Http(HttpLetter { body: Body::Form(form), ..HttpLetter::posted(url) })
}

/// 1000: the command is being carried out. Others are written in its list of results.
pub fn answered(status: u16, body: &Value) -> Option<Sending> {
    let result = body["result"].as_u64().or_else(|| body["code"].as_u64())?;
    let code = result.to_string();
    Some(match result {
        1000 if (200..300).contains(&status) => Sending::Accepted { ids: Vec::new() },
        // key, signature or rights
        3100..3200 | 4001..4100 => Sending::AccountBroken { code, why: Trouble::Unauthorized },
        2240 => Sending::AccountBroken { code, why: Trouble::NoMoney },
        1133 => Sending::Refused { code, why: Trouble::NoSuchRecipient },
        _ => Sending::Refused { code, why: Trouble::Other },
    })
}
