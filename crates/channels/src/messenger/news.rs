//! From news to what it means. Times are in milliseconds. What the page itself has said comes back as an echo and is let go.

use clinic::conversations::{MediaFile, MediaKind, Said};
use kernel::{Address, Scheme, Timestamp};
use serde_json::Value;

use crate::meta::text;
use crate::{Arrival, Became, Event, Settings, Unreadable};

/// Of one message, beside the first.
const MOST_FILES: usize = 10;

pub fn read(settings: &Settings, body: &[u8], received_at: Timestamp) -> Result<Vec<Arrival>, Unreadable> {
    let news: Value = serde_json::from_slice(body).map_err(|_| Unreadable::Malformed { at: "body" })?;
    let entries = news["entry"].as_array().ok_or(Unreadable::Malformed { at: "entry" })?;
    let mut arrivals = Vec::new();
    for entry in entries.iter().filter(|entry| entry["id"].as_str() == Some(settings.text("page_id"))) {
        for one in entry["messaging"].as_array().into_iter().flatten() {
            arrivals.extend(told(one, received_at)?);
        }
    }
    Ok(arrivals)
}

fn told(one: &Value, received_at: Timestamp) -> Result<Vec<Arrival>, Unreadable> {
    if one["message"]["is_echo"] == true {
        return Ok(Vec::new());
    }
    let at = millis(&one["timestamp"]).unwrap_or(received_at);
    let sender = one["sender"]["id"].as_str().unwrap_or_default();
    let from = Address::new(Scheme::Messenger, sender).map_err(|_| Unreadable::Malformed { at: "sender" })?;
    let message = |key: String, said, reply_to| {
        let (phone, locale, name) = (None, None, String::new());
        Arrival::new(key.clone(), at, Event::Message { provider_key: key, from: from.clone(), phone, name, locale, said, reply_to })
    };
    let mid = |place: &Value| place["mid"].as_str().filter(|mid| !mid.is_empty()).map(str::to_owned);
    if let Some(delivered) = one["delivery"]["mids"].as_array() {
        let report = |mid: &str| Arrival::new(format!("delivered:{mid}"), at, Event::report(mid, Became::Delivered));
        return Ok(delivered.iter().filter_map(Value::as_str).map(report).collect());
    }
    if let Some(until) = millis(&one["read"]["watermark"]) {
        return Ok(vec![Arrival::new(format!("read:{sender}:{}", until.as_millis()), at, Event::ReadUntil { from, until })]);
    }
    if let Some(said) = one.get("message") {
        let mid = mid(said).ok_or(Unreadable::Malformed { at: "mid" })?;
        if said["is_deleted"] == true {
            return Ok(vec![message(format!("{mid}:deleted"), Said::Deleted { of: mid }, None)]);
        }
        let reply_to = said["reply_to"]["mid"].as_str().map(str::to_owned);
        // each further file is a message of its own
        let attachments = said["attachments"].as_array().map(Vec::as_slice).unwrap_or_default();
        let further = attachments.iter().enumerate().skip(1).take(MOST_FILES);
        let further: Vec<_> = further.map(|(place, file)| message(format!("{mid}:{place}"), attached(file, String::new()), None)).collect();
        return Ok(std::iter::once(message(mid, self::said(said), reply_to)).chain(further).collect());
    }
    if let Some(postback) = one.get("postback") {
        let key = mid(postback).unwrap_or_else(|| format!("postback:{sender}:{}", at.as_millis()));
        let opened = postback["referral"]["ref"].as_str().or((postback["payload"] == "GET_STARTED").then_some(""));
        let said = match opened {
            Some(token) => Said::Opened { token: token.to_owned() },
            None => Said::Pressed { data: text(&postback["payload"]), label: text(&postback["title"]) },
        };
        return Ok(vec![message(key, said, None)]);
    }
    if let Some(token) = one["referral"]["ref"].as_str() {
        let key = format!("referral:{sender}:{}", at.as_millis());
        return Ok(vec![message(key, Said::Opened { token: token.to_owned() }, None)]);
    }
    if one["reaction"]["action"] == "react" {
        let (to, emoji) = (text(&one["reaction"]["mid"]), text(&one["reaction"]["emoji"]));
        return Ok(vec![message(format!("reaction:{to}:{}", at.as_millis()), Said::Reacted { to: to.clone(), emoji }, Some(to))]);
    }
    Ok(Vec::new())
}

fn said(message: &Value) -> Said {
    let words = text(&message["text"]);
    if let Some(data) = message["quick_reply"]["payload"].as_str() {
        return Said::Pressed { data: data.to_owned(), label: words };
    }
    attached(&message["attachments"][0], words)
}

fn attached(attachment: &Value, words: String) -> Said {
    let kind = match attachment["type"].as_str() {
        None => return Said::Words(words),
        // a page that is shown beside the words that name it
        Some("fallback") if !words.is_empty() => return Said::Words(words),
        Some("location") => {
            let at = &attachment["payload"]["coordinates"];
            return Said::media(MediaKind::Place, format!("{}, {}", at["lat"], at["long"]));
        }
        Some("image") if attachment["payload"]["sticker_id"].is_number() => MediaKind::Sticker,
        Some("image") => MediaKind::Image,
        Some("audio") => MediaKind::Voice,
        Some("video") => MediaKind::Video,
        Some("file") => MediaKind::Document,
        Some(_) => MediaKind::Other,
    };
    let file = MediaFile::at(text(&attachment["payload"]["url"]));
    Said::Media { kind, caption: words, file: (!file.reference.is_empty()).then_some(file) }
}

fn millis(value: &Value) -> Option<Timestamp> {
    value.as_i64().filter(|millis| (1..100_000_000_000_000).contains(millis)).map(Timestamp::from_millis)
}
