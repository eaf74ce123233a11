//! From a message to the calls that send it. The token travels in a header of its own, without any word before it.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::{Button, Press};
use kernel::Secret;
use serde_json::{Value, json};

use super::{CARD, LABEL, TEXT};
pub use crate::letters::PATIENCE;
use crate::parts::{abreast, cut, parts};
use crate::{Body, Carried, HttpLetter, Letter, Outgoing, Settings, Unwritable};

/// What we want to be told.
pub const UPDATES: [&str; 8] = [
    "bot_started",
    "bot_stopped",
    "dialog_removed",
    "message_created",
    "message_callback",
    "message_edited",
    "message_removed",
    "dialog_cleared",
];

/// How long the server may hold a poll open when there is nothing new.
const WAIT_SECONDS: u64 = 25;

pub fn write(settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
    let parts = parts(Channel::Max, &CARD, message, TEXT)?;
    let user: u64 = message.to.rest().parse().map_err(|_| Unwritable::WrongAddress)?;
    // words and file in one letter, or the file alone
    let parts = if parts.is_empty() { vec![String::new()] } else { parts };
    let last = parts.len() - 1;
    let file = message.file.as_ref().map(|file| named(file).ok_or(Unwritable::Attachment)).transpose()?;
    let keys = (!message.content.buttons.is_empty()).then(|| keyboard(&message.content.buttons));
    let beside: Vec<Value> = file.into_iter().chain(keys).collect();
    let letter = |(at, part): (usize, String)| {
        let mut call = json!({ "text": part, "notify": true });
        if at == last && !beside.is_empty() {
            call["attachments"] = beside.clone().into();
        }
        if at == 0
            && let Some(answered) = &message.reply_to
        {
            call["link"] = json!({ "type": "reply", "mid": answered });
        }
        posted(settings, &format!("/messages?user_id={user}&disable_link_preview=true"), &call)
    };
    Ok(parts.into_iter().enumerate().map(letter).collect())
}

fn named(file: &Carried) -> Option<Value> {
    Some(json!({ "type": kind(file), "payload": { "token": file.handle.as_deref()? } }))
}

pub fn kind(file: &Carried) -> &'static str {
    if CARD.shows(file) { "image" } else { "file" }
}

fn keyboard(buttons: &[Button]) -> Value {
    let keys: Vec<Value> = buttons.iter().map(key).collect();
    json!({ "type": "inline_keyboard", "payload": { "buttons": keys.chunks(abreast(buttons)).collect::<Vec<_>>() } })
}

fn key(button: &Button) -> Value {
    let label = cut(&button.label, LABEL);
    match &button.press {
        Press::Answer(data) => json!({ "type": "callback", "text": label, "payload": data }),
        Press::Link(url) => json!({ "type": "link", "text": label, "url": url }),
        Press::ShareContact => json!({ "type": "request_contact", "text": label }),
    }
}

pub fn posted(settings: &Settings, path: &str, call: &Value) -> Letter {
    let letter = HttpLetter::posted(address(settings, path));
    signed(settings, HttpLetter { body: Body::Json(call.to_string()), ..letter })
}

pub fn asked(settings: &Settings, path: &str, patience: Duration) -> Letter {
    signed(settings, HttpLetter { patience, ..HttpLetter::asked(address(settings, path)) })
}

fn address(settings: &Settings, path: &str) -> Secret {
    Secret::new(format!("{}{path}", settings.text("server").trim_end_matches('/')))
}

fn signed(settings: &Settings, letter: HttpLetter) -> Letter {
    let headers = vec![("authorization", settings.secret("token"))];
    Letter::Http(HttpLetter { headers, authority: settings.text("authority").to_owned(), ..letter })
}

pub fn poll(settings: &Settings, cursor: Option<&str>) -> Letter {
    let marker = cursor.and_then(|cursor| cursor.parse::<i64>().ok()).map(|marker| format!("&marker={marker}")).unwrap_or_default();
    let path = format!("/updates?limit=100&timeout={WAIT_SECONDS}&types={}{marker}", UPDATES.join(","));
    asked(settings, &path, Duration::from_secs(WAIT_SECONDS + 15))
}

pub fn webhook(settings: &Settings, url: &str) -> Letter {
    let wanted = json!({ "url": url, "update_types": UPDATES, "secret": settings.text("webhook_secret") });
    posted(settings, "/subscriptions", &wanted)
}

/// Until a tap is answered, the button shows a turning wheel.
pub fn tap_answered(settings: &Settings, tap: &str) -> Letter {
    let tap: String = form_urlencoded::byte_serialize(tap.as_bytes()).collect();
    posted(settings, &format!("/answers?callback_id={tap}"), &json!({ "notification": "✓" }))
}
