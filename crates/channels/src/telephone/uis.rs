//! UIS, known as `CoMagic` and `CallGear` too: notices in whatever form their owner writes down, so the clinic copies ours,
//! [`TEMPLATE`]. They are not signed: a word of ours stands at the end of the address.

use clinic::calls::{Direction, Turn, Unspoken};
use serde_json::Value;

use super::news::{field, key, members, number, reading, short, told};
use crate::{Call, CallNews, Method, Reading, Unreadable};

/// The body of every notice, for the page of the provider. What it does not fill in is left out.
pub const TEMPLATE: &str = r#"{"notification_mnemonic": "{{notification_mnemonic}}", "call_session_id": "{{call_session_id}}", "direction": "{{direction}}", "contact_phone_number": "{{contact_phone_number}}", "virtual_phone_number": "{{virtual_phone_number}}", "talk_time_duration": "{{talk_time_duration}}", "employee_full_name": "{{employee_full_name}}"}"#;

pub fn read_call(call: &Call<'_>) -> Result<Reading, Unreadable> {
    if call.method != Method::Post {
        return Err(Unreadable::NoWebhook);
    }
    let body: Value = serde_json::from_slice(call.body).map_err(|_| Unreadable::Malformed { at: "body" })?;
    if !body.is_object() {
        return Err(Unreadable::Malformed { at: "body" });
    }
    let mut fields = members(&body);
    // a variable that this kind of notice does not know stands there as it was written
    fields.retain(|_, value| !value.starts_with("{{"));
    let mnemonic = field(&fields, "notification_mnemonic");
    let direction = match (field(&fields, "direction"), mnemonic) {
        ("in", _) | (_, "lost_call") => Some(Direction::In),
        ("out", _) => Some(Direction::Out),
        _ => None,
    };
    let talk = || Some(number(field(&fields, "talk_time_duration")).unwrap_or_default());
    let turn = match mnemonic {
        "lost_call" => Turn::Ended { unspoken: Some(Unspoken::Missed), talk: None, lasted: None },
        "call_finished" => Turn::Ended { unspoken: None, talk: talk(), lasted: None },
        known if known.contains("talk_start") => Turn::Taken { by: short(field(&fields, "employee_full_name")) },
        known if known.contains("finish") || known.contains("end") || known.contains("record") => return Ok(reading(Vec::new())),
        known if known.contains("call") || known.contains("wait") => Turn::Rings,
        _ => return Ok(reading(Vec::new())),
    };
    let news = CallNews {
        call: key(field(&fields, "call_session_id"))?,
        direction,
        theirs: short(field(&fields, "contact_phone_number")),
        ours: short(field(&fields, "virtual_phone_number")),
        turn,
    };
    Ok(reading(vec![told(call, call.received_at, news)]))
}
