//! From news to what it means: the same words by Callback API and by Long Poll.

use clinic::conversations::{MediaFile, MediaKind, Said};
use kernel::{Address, Scheme, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use super::letters::tap_handle;
use crate::{Arrival, Event, Unreadable};

/// Talks of several people begin here: there a bot hears people who never asked for it.
const FIRST_GROUP: u64 = 2_000_000_000;

/// Of one message, beside the first; VK takes ten.
const MOST_FILES: usize = 9;

#[derive(Deserialize)]
pub struct News {
    #[serde(rename = "type")]
    pub kind: String,
    #[serde(default)]
    pub object: Value,
    pub group_id: Option<i64>,
    pub event_id: Option<String>,
    pub secret: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    id: i64,
    #[serde(default)]
    conversation_message_id: i64,
    date: i64,
    peer_id: i64,
    from_id: i64,
    #[serde(default)]
    text: String,
    payload: Option<String>,
    #[serde(rename = "ref")]
    reference: Option<String>,
    #[serde(default)]
    attachments: Vec<Value>,
    geo: Option<Value>,
    #[serde(rename = "reply_message")]
    answers: Option<Answered>,
    #[serde(default)]
    out: i64,
}

#[derive(Deserialize)]
struct Answered {
    id: Option<i64>,
}

#[derive(Deserialize)]
struct Tap {
    user_id: u64,
    peer_id: u64,
    event_id: String,
    #[serde(default)]
    payload: Value,
}

#[derive(Deserialize)]
struct Permission {
    user_id: u64,
    #[serde(default)]
    key: String,
}

pub fn parsed(body: &[u8]) -> Result<News, Unreadable> {
    serde_json::from_slice(body).map_err(|_| Unreadable::Malformed { at: "body" })
}

pub fn read(news: &News, received_at: Timestamp) -> Result<Vec<Arrival>, Unreadable> {
    let object = || news.object.clone();
    let malformed = |_| Unreadable::Malformed { at: "object" };
    // Without a name of its own the same news could count twice.
    let key = || news.event_id.clone().filter(|id| !id.is_empty()).ok_or(Unreadable::Malformed { at: "event_id" });
    match news.kind.as_str() {
        "message_new" => told(&key()?, serde_json::from_value(object()["message"].take()).map_err(malformed)?),
        "message_event" => tapped(&key()?, &serde_json::from_value(object()).map_err(malformed)?, received_at),
        "message_allow" => {
            let Permission { user_id, key: token } = serde_json::from_value(object()).map_err(malformed)?;
            let (key, from) = (key()?, address(user_id)?);
            let opened = (!token.is_empty()).then(|| {
                let said = Said::Opened { token };
                Arrival::new(format!("{key}:opened"), received_at, message(format!("allow:{key}"), from.clone(), said))
            });
            let allowed = Arrival::new(key, received_at, Event::Unblocked { from });
            Ok([allowed].into_iter().chain(opened).collect())
        }
        "message_deny" => {
            let Permission { user_id, .. } = serde_json::from_value(object()).map_err(malformed)?;
            Ok(vec![Arrival::new(key()?, received_at, Event::Blocked { from: address(user_id)? })])
        }
        _ => Ok(Vec::new()),
    }
}

fn told(key: &str, message: Message) -> Result<Vec<Arrival>, Unreadable> {
    let (Ok(user), Ok(peer)) = (u64::try_from(message.from_id), u64::try_from(message.peer_id)) else { return Ok(Vec::new()) };
    if message.out != 0 || peer >= FIRST_GROUP {
        return Ok(Vec::new());
    }
    let at = Timestamp::from_seconds(message.date.clamp(0, 100_000_000_000));
    let from = address(user)?;
    let payload: Value = message.payload.as_deref().and_then(|payload| serde_json::from_str(payload).ok()).unwrap_or_default();
    let is_start = payload["command"] == "start";
    let mut arrivals = Vec::new();
    if is_start || message.reference.is_some() {
        let said = Said::Opened { token: message.reference.clone().unwrap_or_default() };
        arrivals.push(Arrival::new(format!("{key}:opened"), at, self::message(format!("{}:opened", message.id), from.clone(), said)));
    }
    if !is_start {
        let reply_to = message.answers.as_ref().and_then(|answered| answered.id).map(|id| id.to_string());
        // a community with many administrators may see no number of its own
        let number = if message.id > 0 { message.id.to_string() } else { format!("{user}:{}", message.conversation_message_id) };
        // each further file is a message of its own
        let further: Vec<Value> = message.attachments.iter().skip(1).take(MOST_FILES).cloned().collect();
        let (of, sender) = (number.clone(), from.clone());
        let event = Event::Message {
            provider_key: number,
            from,
            phone: None,
            name: String::new(),
            locale: None,
            said: said(message, payload["press"].as_str()),
            reply_to,
        };
        arrivals.push(Arrival::new(key, at, event));
        for (place, file) in further.iter().enumerate().filter(|(_, file)| file["type"] != "sticker") {
            let said = attached(file, String::new());
            let event = self::message(format!("{of}:{}", place + 1), sender.clone(), said);
            arrivals.push(Arrival::new(format!("{key}:{}", place + 1), at, event));
        }
    }
    Ok(arrivals)
}

fn said(message: Message, pressed: Option<&str>) -> Said {
    if let Some(data) = pressed {
        return Said::Pressed { data: data.to_owned(), label: message.text };
    }
    if let Some(geo) = &message.geo {
        let at = &geo["coordinates"];
        return Said::media(MediaKind::Place, format!("{}, {}", at["latitude"], at["longitude"]));
    }
    match message.attachments.first() {
        Some(attachment) => attached(attachment, message.text),
        None => Said::Words(message.text),
    }
}

fn attached(attachment: &Value, caption: String) -> Said {
    let name = attachment["type"].as_str().unwrap_or_default();
    let inside = &attachment[name];
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    // Of a picture there are several sizes, the largest last.
    let largest = inside["sizes"].as_array().and_then(|sizes| sizes.last()).map(|size| text(&size["url"]));
    let (kind, reference) = match name {
        "photo" => (MediaKind::Image, largest.unwrap_or_default()),
        "audio_message" => (MediaKind::Voice, text(&inside["link_ogg"])),
        // shown on a page of VK only: there is no file
        "video" => (MediaKind::Video, String::new()),
        "doc" => (MediaKind::Document, text(&inside["url"])),
        "sticker" => (MediaKind::Sticker, String::new()),
        _ => (MediaKind::Other, String::new()),
    };
    let file = MediaFile { name: text(&inside["title"]), ..MediaFile::at(reference) };
    Said::Media { kind, caption, file: (!file.reference.is_empty()).then_some(file) }
}

fn tapped(key: &str, tap: &Tap, received_at: Timestamp) -> Result<Vec<Arrival>, Unreadable> {
    // an object, or the text of one
    let payload = match &tap.payload {
        Value::String(text) => serde_json::from_str(text).unwrap_or_default(),
        other => other.clone(),
    };
    let Some(data) = payload["press"].as_str().filter(|_| tap.peer_id < FIRST_GROUP) else { return Ok(Vec::new()) };
    let said = Said::Pressed { data: data.to_owned(), label: String::new() };
    let event = message(format!("tap:{}", tap.event_id), address(tap.user_id)?, said);
    let handle = Some(tap_handle(&tap.event_id, tap.user_id));
    Ok(vec![Arrival { handle, ..Arrival::new(key, received_at, event) }])
}

fn message(provider_key: String, from: Address, said: Said) -> Event {
    Event::Message { provider_key, from, phone: None, name: String::new(), locale: None, said, reply_to: None }
}

fn address(user: u64) -> Result<Address, Unreadable> {
    Address::new(Scheme::Vk, &user.to_string()).map_err(|_| Unreadable::Malformed { at: "user" })
}
