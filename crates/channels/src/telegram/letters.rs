//! From a message to the calls that send it.
//!
//! Buttons stand under the last part of the text. A button that shares the patient's number needs the messenger's other keyboard,
//! which has no data and no links: beside it, answers come back as the words on them, and links are written into the text.

use std::time::Duration;

use clinic::conversations::{Attachment, Button, MediaKind, Press};
use kernel::Secret;
use serde_json::{Value, json};

use super::dialect::{BUTTONS, CAPTION, Dialect, Replies, TEXT};
use crate::letters::{PATIENCE, UPLOAD};
use crate::split::{split, units};
use crate::{Body, Carried, HttpLetter, Letter, Outgoing, Part, Settings, Unwritable};

/// A message that needs more is not a message.
const MOST_PARTS: usize = 5;
/// Labels up to this length stand two in a row.
const SHORT_LABEL: usize = 18;

const PATIENCE_SECONDS: u64 = PATIENCE.as_secs();
const UPLOAD_SECONDS: u64 = UPLOAD.as_secs();

pub fn write(dialect: &Dialect, settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
    let content = &message.content;
    let chat = chat(dialect, message)?;
    BUTTONS.check(&content.buttons)?;
    if content.attachments.iter().any(|file| !dialect.card.carries(MediaKind::Document, file.text.len() as u64) || file.name.is_empty()) {
        return Err(Unwritable::Attachment);
    }
    if message.file.as_ref().is_some_and(|file| !dialect.card.takes(file)) {
        return Err(Unwritable::Attachment);
    }
    let (text, keyboard) = keyboard(&content.text, &content.buttons);
    let reply = message.reply_to.as_deref().and_then(|key| answered(key, chat));
    let mut letters = Vec::new();
    let files: Vec<Filed> =
        content.attachments.iter().map(Filed::written).chain(message.file.iter().map(|file| Filed::carried(dialect, file))).collect();
    match files.as_slice() {
        // In one letter, so that it arrives whole or not at all.
        [only] if units(text.trim()) <= CAPTION => letters.push(filed(settings, chat, text.trim(), keyboard.as_ref(), only)),
        files => {
            let parts = split(&text, TEXT);
            match parts.len() {
                0 if files.is_empty() || keyboard.is_some() => return Err(Unwritable::Empty),
                more if more > MOST_PARTS => return Err(Unwritable::TooLong),
                _ => {}
            }
            for (at, part) in parts.iter().enumerate() {
                let mut call = json!({ "chat_id": chat, "text": part });
                dialect.replies.write(&mut call, reply.filter(|_| at == 0));
                if let Some(keyboard) = keyboard.as_ref().filter(|_| at + 1 == parts.len()) {
                    call["reply_markup"] = keyboard.clone();
                }
                letters.push(method(settings, "sendMessage", &call));
            }
            letters.extend(files.iter().map(|file| filed(settings, chat, "", None, file)));
        }
    }
    Ok(letters)
}

/// A call of a method of the bot, with its arguments as JSON.
pub fn method(settings: &Settings, name: &str, arguments: &Value) -> Letter {
    patient_method(settings, name, arguments, PATIENCE_SECONDS)
}

pub fn patient_method(settings: &Settings, name: &str, arguments: &Value, seconds: u64) -> Letter {
    letter(settings, name, Body::Json(arguments.to_string()), seconds)
}

fn letter(settings: &Settings, name: &str, body: Body, seconds: u64) -> Letter {
    let server = settings.text("server").trim_end_matches('/');
    let url = Secret::new(format!("{server}/bot{}/{name}", settings.text("token")));
    Letter::Http(HttpLetter { body, patience: Duration::from_secs(seconds), ..HttpLetter::posted(url) })
}

/// A file as it stands in a letter.
struct Filed {
    method: &'static str,
    part: Part,
}

impl Filed {
    fn written(file: &Attachment) -> Self {
        let named = Some((file.name.clone(), file.media_type.clone()));
        Self { method: "sendDocument", part: Part { name: "document", content: file.text.clone().into_bytes(), file: named } }
    }

    fn carried(dialect: &Dialect, file: &Carried) -> Self {
        let (method, name) = if dialect.card.shows(file) { ("sendPhoto", "photo") } else { ("sendDocument", "document") };
        Self { method, part: Part::of(name, file) }
    }
}

fn filed(settings: &Settings, chat: i64, caption: &str, keyboard: Option<&Value>, file: &Filed) -> Letter {
    let mut parts = vec![Part::field("chat_id", chat.to_string())];
    if !caption.is_empty() {
        parts.push(Part::field("caption", caption));
    }
    if let Some(keyboard) = keyboard {
        parts.push(Part::field("reply_markup", keyboard.to_string()));
    }
    parts.push(file.part.clone());
    letter(settings, file.method, Body::Multipart(parts), UPLOAD_SECONDS)
}

fn chat(dialect: &Dialect, message: &Outgoing) -> Result<i64, Unwritable> {
    if !dialect.channel.reaches(&message.to) {
        return Err(Unwritable::WrongAddress);
    }
    message.to.rest().parse().map_err(|_| Unwritable::WrongAddress)
}

/// The number of the message that is answered, if it is one of this chat.
fn answered(key: &str, chat: i64) -> Option<i64> {
    let (in_chat, message) = key.split_once(':')?;
    if in_chat.parse() == Ok(chat) { message.parse().ok() } else { None }
}

/// The text, with the links that no key can carry, and the keyboard under it.
fn keyboard(text: &str, buttons: &[Button]) -> (String, Option<Value>) {
    if buttons.is_empty() {
        return (text.to_owned(), None);
    }
    if buttons.iter().any(|button| button.press == Press::ShareContact) {
        return number_keyboard(text, buttons);
    }
    let keys = buttons.iter().filter_map(|button| match &button.press {
        Press::Answer(data) => Some(json!({ "text": label(button), "callback_data": data })),
        Press::Link(url) => Some(json!({ "text": label(button), "url": url })),
        Press::ShareContact => None,
    });
    (text.to_owned(), Some(json!({ "inline_keyboard": rows(buttons, &keys.collect::<Vec<_>>()) })))
}

fn number_keyboard(text: &str, buttons: &[Button]) -> (String, Option<Value>) {
    let mut text = text.to_owned();
    let mut rows = Vec::new();
    for button in buttons {
        match &button.press {
            Press::ShareContact => rows.push(json!([{ "text": label(button), "request_contact": true }])),
            Press::Answer(_) => rows.push(json!([{ "text": label(button) }])),
            Press::Link(url) => text = format!("{text}\n\n{}: {url}", button.label),
        }
    }
    (text, Some(json!({ "keyboard": rows, "resize_keyboard": true, "one_time_keyboard": true })))
}

fn rows(buttons: &[Button], keys: &[Value]) -> Vec<Vec<Value>> {
    let short = buttons.iter().all(|button| button.label.chars().count() <= SHORT_LABEL);
    keys.chunks(if short { 2 } else { 1 }).map(<[Value]>::to_vec).collect()
}

/// Cut with an ellipsis where the messenger would cut without one.
fn label(button: &Button) -> String {
    let label = button.label.trim();
    if label.chars().count() <= BUTTONS.label {
        return label.to_owned();
    }
    label.chars().take(BUTTONS.label - 1).chain(['…']).collect()
}

impl Replies {
    fn write(self, call: &mut Value, reply: Option<i64>) {
        match self {
            Self::Parameters => {
                call["link_preview_options"] = json!({ "is_disabled": true });
                if let Some(message) = reply {
                    call["reply_parameters"] = json!({ "message_id": message, "allow_sending_without_reply": true });
                }
            }
            Self::Fields => {
                call["disable_web_page_preview"] = true.into();
                if let Some(message) = reply {
                    call["reply_to_message_id"] = message.into();
                }
            }
        }
    }
}
