//! From a message to the calls that send it. Buttons stand under the last part of the text.

use clinic::actors::Channel;
use clinic::conversations::{Button, MediaKind, Press};
use kernel::Secret;
use serde_json::{Map, Value, json};

use super::{CARD, NAME, TEXT};
use crate::parts::{abreast, cut, parts};
use crate::split::units;
use crate::{Body, Carried, HttpLetter, Letter, Outgoing, Reach, Settings, Unwritable};

/// Of a picture with words under it; a larger one goes as a file.
const PICTURE: u64 = 1_000_000;
const CAPTION: usize = 512;
/// A row of the keyboard has six columns.
const COLUMNS: usize = 6;

/// What we want to be told besides messages.
pub const EVENTS: [&str; 6] = ["delivered", "seen", "failed", "subscribed", "unsubscribed", "conversation_started"];

pub fn write(settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
    let buttons = &message.content.buttons;
    let parts = parts(Channel::Viber, &CARD, message, TEXT)?;
    if buttons.iter().any(|button| button.press == Press::ShareContact) {
        return shared_in_words(settings, message);
    }
    let last = parts.len().saturating_sub(1);
    let file = message.file.as_ref().map(|file| named(settings, message, file).ok_or(Unwritable::Attachment)).transpose()?;
    let letter = |(at, part): (usize, &String)| {
        let mut call = json!({
            "receiver": message.to.rest(),
            "min_api_version": 1,
            "sender": sender(settings),
            "type": "text",
            "text": part,
        });
        if at == last {
            call["tracking_data"] = tracking(message, buttons).into();
            if !buttons.is_empty() {
                call["keyboard"] = keyboard(buttons);
            }
        }
        method(settings, "send_message", &call)
    };
    let mut letters: Vec<Letter> = parts.iter().enumerate().map(letter).collect();
    if let Some(mut call) = file {
        match parts.as_slice() {
            // under a picture, so that it arrives whole or not at all
            [words] if call["type"] == "picture" && buttons.is_empty() && units(words) <= CAPTION => {
                call["text"] = words.as_str().into();
                letters.clear();
            }
            _ => {}
        }
        letters.push(method(settings, "send_message", &call));
    }
    Ok(letters)
}

/// Viber fetches the file itself, from an address that is good for a while.
fn named(settings: &Settings, message: &Outgoing, file: &Carried) -> Option<Value> {
    let link = file.link.as_deref()?;
    let mut call = json!({
        "receiver": message.to.rest(),
        "min_api_version": 1,
        "sender": sender(settings),
        "tracking_data": tracking(message, &[]),
        "media": link,
    });
    if file.kind == MediaKind::Image && file.bytes <= PICTURE {
        call["type"] = "picture".into();
        call["text"] = "".into();
    } else {
        call["type"] = "file".into();
        call["size"] = file.bytes.into();
        call["file_name"] = file.name.as_str().into();
    }
    Some(call)
}

/// Viber does not say whose number a shared contact is, so nobody is asked for one with a button: the words ask.
fn shared_in_words(settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
    let mut message = message.clone();
    message.content.buttons.retain(|button| button.press != Press::ShareContact);
    write(settings, &message)
}

/// A call of a method of the bot.
pub fn method(settings: &Settings, name: &str, arguments: &Value) -> Letter {
    let server = settings.text("server").trim_end_matches('/');
    let headers = vec![("x-viber-auth-token", settings.secret("token"))];
    let body = Body::Json(arguments.to_string());
    Letter::Http(HttpLetter { headers, body, ..HttpLetter::posted(Secret::new(format!("{server}/pa/{name}"))) })
}

pub fn webhook(settings: &Settings, reach: &Reach) -> Letter {
    let url = match reach {
        Reach::Webhook { url } => url.as_str(),
        // An empty address takes the webhook back.
        Reach::Polling => "",
    };
    method(settings, "set_webhook", &json!({ "url": url, "event_types": EVENTS, "send_name": true }))
}

/// The one message that may answer the opening of a chat: the tap under it brings `token` back.
pub fn welcome(settings: &Settings, token: &str) -> Value {
    let button = settings.text("welcome_button");
    json!({
        "sender": sender(settings),
        "type": "text",
        "text": settings.text("welcome"),
        "tracking_data": json!({ "open": token, "button": button }).to_string(),
        "keyboard": {
            "Type": "keyboard",
            "DefaultHeight": false,
            "Buttons": [{ "Columns": COLUMNS, "Rows": 1, "ActionType": "reply", "ActionBody": button, "Text": button }],
        },
    })
}

fn sender(settings: &Settings) -> Value {
    json!({ "name": cut(settings.text("sender_name"), NAME) })
}

/// What each button means, by its label: Viber brings it back beside the patient's next words.
fn tracking(message: &Outgoing, buttons: &[Button]) -> String {
    let meant = buttons.iter().filter_map(|button| match &button.press {
        Press::Answer(data) => Some((label(button), Value::from(data.as_str()))),
        Press::Link(_) | Press::ShareContact => None,
    });
    json!({ "id": message.id.to_string(), "taps": meant.collect::<Map<_, _>>() }).to_string()
}

fn keyboard(buttons: &[Button]) -> Value {
    let columns = COLUMNS / abreast(buttons);
    let key = |button: &Button| {
        let (action, body) = match &button.press {
            Press::Link(url) => ("open-url", url.clone()),
            Press::Answer(_) | Press::ShareContact => ("reply", label(button)),
        };
        // Viber reads markup in labels.
        let text = label(button).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        json!({ "Columns": columns, "Rows": 1, "ActionType": action, "ActionBody": body, "Text": text })
    };
    json!({ "Type": "keyboard", "DefaultHeight": false, "Buttons": buttons.iter().map(key).collect::<Vec<_>>() })
}

fn label(button: &Button) -> String {
    cut(&button.label, 60)
}
