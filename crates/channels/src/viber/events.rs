//! From a call to what it means. Numbers of messages have 64 bits.

use clinic::conversations::{MediaFile, MediaKind, Said};
use kernel::{Address, Scheme, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use super::letters::welcome;
use crate::arrivals::called;
use crate::{Arrival, Became, Call, Event, Reading, Reply, Settings, Trouble, Unreadable};

#[derive(Deserialize)]
struct News {
    event: String,
    timestamp: Option<i64>,
    message_token: Option<u64>,
    user_id: Option<String>,
    user: Option<User>,
    sender: Option<User>,
    message: Option<Message>,
    #[serde(default)]
    context: String,
    #[serde(default)]
    subscribed: bool,
}

#[derive(Deserialize)]
struct User {
    id: String,
    #[serde(default)]
    name: String,
    language: Option<String>,
}

#[derive(Deserialize)]
struct Message {
    #[serde(rename = "type")]
    kind: String,
    #[serde(default)]
    text: String,
    #[serde(default)]
    tracking_data: String,
    #[serde(default)]
    media: String,
    #[serde(default)]
    file_name: String,
    contact: Option<Contact>,
    location: Option<Location>,
}

#[derive(Deserialize)]
struct Contact {
    #[serde(default)]
    name: String,
    #[serde(default)]
    phone_number: String,
}

#[derive(Deserialize)]
struct Location {
    lat: f64,
    lon: f64,
}

pub fn read(settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
    let news: News = serde_json::from_slice(call.body).map_err(|_| Unreadable::Malformed { at: "body" })?;
    let at = news.timestamp.map_or(call.received_at, told_at);
    let key = |news: &News| {
        news.message_token.map(|token| format!("{}:{token}", news.event)).ok_or(Unreadable::Malformed { at: "message_token" })
    };
    let token = |news: &News| news.message_token.map(|token| token.to_string()).ok_or(Unreadable::Malformed { at: "message_token" });
    let one = |event| Ok::<_, Unreadable>(vec![Arrival::new(key(&news)?, at, event)]);
    let report = |became| one(Event::report(token(&news)?, became));
    let arrivals = match news.event.as_str() {
        "message" => said(&news, &token(&news)?, at)?,
        "delivered" => report(Became::Delivered)?,
        "seen" => report(Became::Read)?,
        "failed" => report(Became::Failed { code: "failed".to_owned(), why: Trouble::Other })?,
        "subscribed" => one(Event::Unblocked { from: address(&news)? })?,
        "unsubscribed" => one(Event::Blocked { from: address(&news)? })?,
        "conversation_started" if news.subscribed => one(opened(&news, &token(&news)?, &news.context)?)?,
        // Not reachable yet: the answer to this very call asks for the first tap.
        "conversation_started" => {
            return Ok(Reading { arrivals: Vec::new(), reply: Reply::json(welcome(settings, &plain(&news.context)).to_string()) });
        }
        _ => Vec::new(),
    };
    Ok(Reading { arrivals, reply: Reply::ok() })
}

fn said(news: &News, token: &str, at: Timestamp) -> Result<Vec<Arrival>, Unreadable> {
    let Some(message) = &news.message else { return Err(Unreadable::Malformed { at: "message" }) };
    let tracked: Value = serde_json::from_str(&message.tracking_data).unwrap_or_default();
    let mut arrivals = Vec::new();
    if let Some(opening) = tracked["open"].as_str() {
        arrivals.push(Arrival::new(format!("opened:{token}"), at, opened(news, &format!("{token}:opened"), opening)?));
        // The tap under the welcome says nothing by itself.
        if tracked["button"].as_str() == Some(message.text.as_str()) {
            return Ok(arrivals);
        }
    }
    let said = match tracked["taps"][message.text.trim()].as_str() {
        Some(data) if message.kind == "text" => Said::Pressed { data: data.to_owned(), label: message.text.trim().to_owned() },
        Some(_) | None => in_words(message),
    };
    arrivals.push(Arrival::new(format!("message:{token}"), at, message_of(news, token.to_owned(), said)?));
    Ok(arrivals)
}

fn in_words(message: &Message) -> Said {
    let stored = |kind| {
        let file = MediaFile { name: message.file_name.clone(), ..MediaFile::at(message.media.clone()) };
        Said::Media { kind, caption: message.text.clone(), file: (!message.media.is_empty()).then_some(file) }
    };
    match message.kind.as_str() {
        "text" => Said::Words(message.text.clone()),
        "url" => Said::Words(format!("{} {}", message.text, message.media).trim().to_owned()),
        "picture" => stored(MediaKind::Image),
        "video" => stored(MediaKind::Video),
        "file" => stored(MediaKind::Document),
        "sticker" => Said::media(MediaKind::Sticker, ""),
        "location" => Said::media(
            MediaKind::Place,
            message.location.as_ref().map(|place| format!("{}, {}", place.lat, place.lon)).unwrap_or_default(),
        ),
        // Whose number it is, Viber does not say: it proves nothing.
        "contact" => {
            let card = message.contact.as_ref().map(|contact| format!("{} {}", contact.name, contact.phone_number));
            Said::media(MediaKind::Other, card.unwrap_or_default().trim())
        }
        // Of a kind that is newer than this program: a person should know that something came.
        _ => Said::media(MediaKind::Other, message.text.clone()),
    }
}

fn opened(news: &News, key: &str, token: &str) -> Result<Event, Unreadable> {
    message_of(news, key.to_owned(), Said::Opened { token: plain(token) })
}

fn message_of(news: &News, provider_key: String, said: Said) -> Result<Event, Unreadable> {
    let user = news.sender.as_ref().or(news.user.as_ref());
    let (name, locale) = user.map_or((String::new(), None), |user| (called(&user.name), user.language.clone()));
    Ok(Event::Message { provider_key, from: address(news)?, phone: None, name, locale, said, reply_to: None })
}

fn address(news: &News) -> Result<Address, Unreadable> {
    let of = |user: &Option<User>| user.as_ref().map(|user| user.id.clone());
    let id = of(&news.sender).or_else(|| of(&news.user)).or_else(|| news.user_id.clone()).unwrap_or_default();
    Address::new(Scheme::Viber, &id).map_err(|_| Unreadable::Malformed { at: "user" })
}

/// A date far outside of any calendar is cut to its end.
fn told_at(millis: i64) -> Timestamp {
    Timestamp::from_millis(millis.clamp(0, 100_000_000_000_000))
}

/// What a link may carry: nothing else comes back into a message of ours.
fn plain(token: &str) -> String {
    token.chars().filter(|c| c.is_ascii_alphanumeric() || "_-".contains(*c)).take(64).collect()
}
