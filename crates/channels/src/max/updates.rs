//! From an update to what it means. Times are in milliseconds. Only dialogues are read: in a group a bot hears people who
//! never asked for it.

use clinic::conversations::{MediaFile, MediaKind, Said};
use kernel::{Address, Scheme, Timestamp};
use serde::Deserialize;
use serde_json::Value;

use super::answers;
use crate::arrivals::called;
use crate::sending::SHORT_WAIT;
use crate::signature::is_signed;
use crate::{Arrival, Event, Fetched, PollTrouble, Polled, Settings, Trouble, Unreadable};

#[derive(Deserialize)]
pub struct Update {
    #[serde(rename = "update_type")]
    kind: String,
    timestamp: i64,
    message: Option<Message>,
    callback: Option<Callback>,
    user: Option<User>,
    user_id: Option<i64>,
    message_id: Option<String>,
    payload: Option<String>,
    user_locale: Option<String>,
}

/// Of one message, beside the first.
const MOST_FILES: usize = 11;

#[derive(Deserialize)]
struct Message {
    sender: Option<User>,
    recipient: Recipient,
    body: Body,
    link: Option<Link>,
}

#[derive(Deserialize)]
struct Recipient {
    #[serde(default)]
    chat_type: String,
}

#[derive(Deserialize)]
struct Body {
    mid: String,
    text: Option<String>,
    attachments: Option<Vec<Value>>,
}

#[derive(Deserialize)]
struct Link {
    #[serde(rename = "type")]
    kind: String,
    message: Option<Linked>,
}

#[derive(Deserialize)]
struct Linked {
    mid: Option<String>,
}

#[derive(Deserialize)]
struct Callback {
    #[serde(rename = "callback_id")]
    id: String,
    payload: Option<String>,
    user: User,
}

#[derive(Deserialize)]
struct User {
    #[serde(rename = "user_id")]
    id: i64,
    #[serde(default)]
    first_name: String,
    last_name: Option<String>,
    #[serde(default)]
    is_bot: bool,
}

pub fn read_poll(settings: &Settings, fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
    let Some((200, body)) = fetched.answer.json() else { return Err(answers::read(fetched.answer).into()) };
    let Some(updates) = body["updates"].as_array() else {
        return Err(PollTrouble::Later { after: SHORT_WAIT, why: Trouble::StrangeAnswer });
    };
    let mut polled = Polled { arrivals: Vec::new(), unread: 0, cursor: body["marker"].as_i64().map(|marker| marker.to_string()) };
    for update in updates {
        match serde_json::from_value(update.clone()).ok().and_then(|update| read(settings, &update).ok()) {
            Some(arrivals) => polled.arrivals.extend(arrivals),
            None => polled.unread += 1,
        }
    }
    Ok(polled)
}

pub fn read(settings: &Settings, update: &Update) -> Result<Vec<Arrival>, Unreadable> {
    let at = Timestamp::from_millis(update.timestamp.clamp(0, 100_000_000_000_000));
    let key = |about: &str| format!("{}:{about}", update.kind);
    let about_user = |user: i64| key(&format!("{user}:{}", update.timestamp));
    let user = update.user.as_ref();
    let one = |key: String, event| Ok(vec![Arrival::new(key, at, event)]);
    match (update.kind.as_str(), user, &update.message) {
        ("message_created" | "message_edited", _, Some(message)) => {
            let Some(sender) = message.sender.as_ref().filter(|sender| !sender.is_bot && message.recipient.chat_type == "dialog") else {
                return Ok(Vec::new());
            };
            let of = &message.body.mid;
            let (provider_key, said) = if update.kind == "message_edited" {
                let words = message.body.text.clone().unwrap_or_default();
                (format!("{of}:{}", update.timestamp), Said::Edited { of: of.clone(), words })
            } else {
                (of.clone(), said(settings, message, sender.id))
            };
            let reply_to = message.link.as_ref().filter(|link| link.kind == "reply").and_then(|link| link.message.as_ref()?.mid.clone());
            let mut arrivals = one(key(&provider_key), message_of(sender, provider_key, update.user_locale.clone(), (said, reply_to))?)?;
            // each further file is a message of its own
            let files = message.body.attachments.iter().flatten().enumerate().skip(1).take(MOST_FILES);
            for (place, file) in files.filter(|(_, file)| update.kind == "message_created" && kind_of(file).is_some()) {
                let further = format!("{of}:{place}");
                let said = (attached(file, String::new()), None);
                arrivals.extend(one(key(&further), message_of(sender, further, update.user_locale.clone(), said)?)?);
            }
            Ok(arrivals)
        }
        ("message_callback", _, message) => {
            let Some(callback) = &update.callback else { return Err(Unreadable::Malformed { at: "callback" }) };
            let Some(data) = callback.payload.clone().filter(|_| !callback.user.is_bot) else { return Ok(Vec::new()) };
            let (label, on) = message.as_ref().map_or((String::new(), None), |on| (label(on, &data), Some(on.body.mid.clone())));
            let tap = &callback.id;
            let told = (Said::Pressed { data, label }, on);
            let event = message_of(&callback.user, format!("tap:{tap}"), update.user_locale.clone(), told)?;
            Ok(vec![Arrival { handle: Some(tap.clone()), ..Arrival::new(key(tap), at, event) }])
        }
        ("bot_started", Some(user), _) => {
            let said = Said::Opened { token: update.payload.clone().unwrap_or_default() };
            let provider_key = about_user(user.id);
            one(provider_key.clone(), message_of(user, provider_key, update.user_locale.clone(), (said, None))?)
        }
        ("bot_stopped" | "dialog_removed", Some(user), _) => one(about_user(user.id), Event::Blocked { from: address(user.id)? }),
        ("message_removed", _, _) => match (update.user_id, &update.message_id) {
            (Some(id), Some(of)) => {
                let user = User { id, first_name: String::new(), last_name: None, is_bot: false };
                let told = (Said::Deleted { of: of.clone() }, None);
                one(key(of), message_of(&user, format!("{of}:removed"), None, told)?)
            }
            _ => Ok(Vec::new()),
        },
        ("message_created" | "message_edited", _, None) => Err(Unreadable::Malformed { at: "message" }),
        ("bot_started" | "bot_stopped" | "dialog_removed", None, _) => Err(Unreadable::Malformed { at: "user" }),
        _ => Ok(Vec::new()),
    }
}

fn message_of(
    user: &User,
    provider_key: String,
    locale: Option<String>,
    (said, reply_to): (Said, Option<String>),
) -> Result<Event, Unreadable> {
    let name = called(&format!("{} {}", user.first_name, user.last_name.as_deref().unwrap_or_default()));
    Ok(Event::Message { provider_key, from: address(user.id)?, phone: None, name, locale, said, reply_to })
}

fn said(settings: &Settings, message: &Message, user: i64) -> Said {
    let text = message.body.text.clone().unwrap_or_default();
    let Some(first) = message.body.attachments.as_ref().and_then(|attachments| attachments.first()) else { return Said::Words(text) };
    match first["type"].as_str().unwrap_or_default() {
        "contact" => contact(settings, &first["payload"], user),
        "location" => Said::media(MediaKind::Place, format!("{}, {}", first["latitude"], first["longitude"])),
        // a page that is shown beside the words that name it
        "share" | "inline_keyboard" => Said::Words(text),
        _ => attached(first, text),
    }
}

/// Of a file.
fn kind_of(attachment: &Value) -> Option<MediaKind> {
    Some(match attachment["type"].as_str().unwrap_or_default() {
        "image" => MediaKind::Image,
        "audio" => MediaKind::Voice,
        "video" => MediaKind::Video,
        "file" => MediaKind::Document,
        _ => return None,
    })
}

fn attached(attachment: &Value, caption: String) -> Said {
    let is_sticker = attachment["type"] == "sticker";
    let kind = kind_of(attachment).unwrap_or(if is_sticker { MediaKind::Sticker } else { MediaKind::Other });
    let words = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let file = MediaFile { name: words(&attachment["filename"]), ..MediaFile::at(words(&attachment["payload"]["url"])) };
    Said::Media { kind, caption, file: (!file.reference.is_empty()).then_some(file) }
}

/// Anybody can forward anybody's card: proven is only the sender's own, with the messenger's seal on its very text.
fn contact(settings: &Settings, card: &Value, user: i64) -> Said {
    let text = card["vcf_info"].as_str().unwrap_or_default();
    let phone = phone_of(text);
    let seal = card["hash"].as_str().unwrap_or_default();
    let is_own = card["max_info"]["user_id"].as_i64() == Some(user);
    match phone {
        Some(phone) if is_own && is_signed(&settings.secret("token"), text.as_bytes(), seal.as_bytes()) => Said::SharedContact { phone },
        Some(phone) => Said::media(MediaKind::Other, phone),
        None => Said::media(MediaKind::Other, ""),
    }
}

/// The first number of a card: `TEL;TYPE=cell:79000000001`.
fn phone_of(card: &str) -> Option<String> {
    let line = card.lines().find(|line| line.starts_with("TEL"))?;
    let (_, number) = line.rsplit_once(':')?;
    let digits: String = number.chars().filter(char::is_ascii_digit).collect();
    (7..=15).contains(&digits.len()).then(|| format!("+{digits}"))
}

/// What stood on the button, as far as the messenger still shows it.
fn label(on: &Message, data: &str) -> String {
    let attachments = on.body.attachments.iter().flatten();
    let rows = attachments.filter_map(|attachment| attachment["payload"]["buttons"].as_array()).flatten();
    let keys = rows.filter_map(Value::as_array).flatten();
    let known = keys.into_iter().find(|key| key["payload"].as_str() == Some(data));
    known.and_then(|key| key["text"].as_str()).unwrap_or_default().to_owned()
}

fn address(user: i64) -> Result<Address, Unreadable> {
    let positive = u64::try_from(user).map_err(|_| Unreadable::Malformed { at: "user" })?;
    Address::new(Scheme::Max, &positive.to_string()).map_err(|_| Unreadable::Malformed { at: "user" })
}
