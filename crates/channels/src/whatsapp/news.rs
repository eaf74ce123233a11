//! From news to what it means. One call may hold several messages and several reports, of several numbers: only those of ours
//! are read.

use clinic::conversations::{MediaFile, MediaKind, Said};
use kernel::{Address, MessageId, Phone, Scheme, Timestamp};
use serde_json::Value;

use super::answers::trouble;
use super::templates;
use crate::arrivals::called;
use crate::meta::text;
use crate::{Arrival, Became, Event, Settings, Unreadable};

/// Later than this it is written in milliseconds, as happens now and then.
const SECONDS_END: i64 = 100_000_000_000;

pub fn read(settings: &Settings, body: &[u8], received_at: Timestamp) -> Result<Vec<Arrival>, Unreadable> {
    let news: Value = serde_json::from_slice(body).map_err(|_| Unreadable::Malformed { at: "body" })?;
    let entries = news["entry"].as_array().ok_or(Unreadable::Malformed { at: "entry" })?;
    let mut arrivals = Vec::new();
    let changes = entries.iter().flat_map(|entry| entry["changes"].as_array().into_iter().flatten().map(move |change| (entry, change)));
    for (entry, change) in changes {
        let value = &change["value"];
        arrivals.extend(templates::news(settings, entry, change, received_at));
        if change["field"] != "messages" || value["metadata"]["phone_number_id"].as_str() != Some(settings.text("phone_number_id")) {
            continue;
        }
        for message in value["messages"].as_array().into_iter().flatten() {
            arrivals.extend(told(value, message, received_at)?);
        }
        for status in value["statuses"].as_array().into_iter().flatten() {
            arrivals.extend(report(status, received_at)?);
        }
    }
    Ok(arrivals)
}

fn told(value: &Value, message: &Value, received_at: Timestamp) -> Result<Option<Arrival>, Unreadable> {
    let id = message["id"].as_str().filter(|id| !id.is_empty()).ok_or(Unreadable::Malformed { at: "id" })?;
    // A number, or the name that the house gave to whoever hides theirs.
    let (number, hidden) = (message["from"].as_str(), message["from_user_id"].as_str());
    let from = number.or(hidden).ok_or(Unreadable::Malformed { at: "from" })?;
    let Some(said) = said(message) else { return Ok(None) };
    let contacts = || value["contacts"].as_array().into_iter().flatten();
    let is_theirs =
        |contact: &&Value| [number, hidden].into_iter().flatten().any(|own| contact["wa_id"] == *own || contact["user_id"] == *own);
    let name = contacts().find(is_theirs).map(|contact| text(&contact["profile"]["name"])).unwrap_or_default();
    let event = Event::Message {
        provider_key: id.to_owned(),
        from: Address::new(Scheme::Whatsapp, from).map_err(|_| Unreadable::Malformed { at: "from" })?,
        phone: number.and_then(|number| Phone::from_e164(&format!("+{number}")).ok()),
        name: called(&name),
        locale: None,
        said,
        reply_to: message["context"]["id"].as_str().map(str::to_owned),
    };
    Ok(Some(Arrival::new(id, at(message, received_at), event)))
}

fn said(message: &Value) -> Option<Said> {
    let kind = message["type"].as_str().unwrap_or_default();
    let inside = &message[kind];
    let pressed = |data: &Value, label: &Value| Said::Pressed { data: text(data), label: text(label) };
    let stored = |kind| {
        let file = MediaFile { reference: text(&inside["id"]), name: text(&inside["filename"]), media_type: text(&inside["mime_type"]) };
        Said::Media { kind, caption: text(&inside["caption"]), file: (!file.reference.is_empty()).then_some(file) }
    };
    Some(match kind {
        "text" => {
            let words = text(&inside["body"]);
            opens(&words).map_or(Said::Words(words.clone()), |token| Said::Opened { token })
        }
        // under an approved text
        "button" => pressed(&inside["payload"], &inside["text"]),
        "interactive" => match inside["type"].as_str().unwrap_or_default() {
            reply @ ("button_reply" | "list_reply") => pressed(&inside[reply]["id"], &inside[reply]["title"]),
            _ => Said::media(MediaKind::Other, ""),
        },
        "reaction" => {
            // A reaction that was taken back says nothing.
            let emoji = inside["emoji"].as_str().filter(|emoji| !emoji.is_empty())?;
            Said::Reacted { to: text(&inside["message_id"]), emoji: emoji.to_owned() }
        }
        "image" => stored(MediaKind::Image),
        "audio" => stored(MediaKind::Voice),
        "video" => stored(MediaKind::Video),
        "document" => stored(MediaKind::Document),
        "sticker" => stored(MediaKind::Sticker),
        "location" => Said::media(MediaKind::Place, format!("{}, {}", inside["latitude"], inside["longitude"])),
        // Anybody's card: proves nothing.
        "contacts" => {
            let card = &inside[0];
            Said::media(MediaKind::Other, format!("{} {}", text(&card["name"]["formatted_name"]), text(&card["phones"][0]["phone"])).trim())
        }
        // The messenger's own remarks, not the patient's words.
        "system" => return None,
        _ => Said::media(MediaKind::Other, ""),
    })
}

/// The token of our link, which stands in the patient's first message: `#` and the token, and nothing else.
pub fn opens(words: &str) -> Option<String> {
    let token = words.trim().strip_prefix('#')?;
    let is_token = token.len() == 32 && token.bytes().all(|byte| byte.is_ascii_hexdigit());
    match token {
        "start" => Some(String::new()),
        _ => is_token.then(|| token.to_owned()),
    }
}

fn report(status: &Value, received_at: Timestamp) -> Result<Option<Arrival>, Unreadable> {
    let id = status["id"].as_str().filter(|id| !id.is_empty()).ok_or(Unreadable::Malformed { at: "id" })?;
    let word = status["status"].as_str().unwrap_or_default();
    let became = match word {
        "sent" => Became::Sent,
        "delivered" => Became::Delivered,
        "read" | "played" => Became::Read,
        "failed" => {
            let code = status["errors"][0]["code"].as_i64().unwrap_or_default();
            Became::Failed { code: code.to_string(), why: trouble(code) }
        }
        _ => return Ok(None),
    };
    let ours: Option<MessageId> = status["biz_opaque_callback_data"].as_str().and_then(|id| id.parse().ok());
    let event = Event::Report { message: id.to_owned(), ours, became };
    Ok(Some(Arrival::new(format!("{id}:{word}"), at(status, received_at), event)))
}

/// As text, in seconds.
fn at(dated: &Value, received_at: Timestamp) -> Timestamp {
    let number = dated["timestamp"].as_str().and_then(|text| text.parse::<i64>().ok()).or_else(|| dated["timestamp"].as_i64());
    match number {
        Some(seconds @ 1..SECONDS_END) => Timestamp::from_seconds(seconds),
        Some(millis @ SECONDS_END..100_000_000_000_000) => Timestamp::from_millis(millis),
        Some(_) | None => received_at,
    }
}
