//! From a message to the calls that send it. Arguments travel as a form, the token among them: never in an address.

use clinic::actors::Channel;
use clinic::conversations::{Button, Press};
use kernel::{MessageId, Secret};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{CARD, LABEL, TEXT};
use crate::parts::{abreast, cut, parts};
use crate::{Body, HttpLetter, Letter, Outgoing, Settings, Unwritable};

pub const VERSION: &str = "5.199";

pub fn write(settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
    let parts = parts(Channel::Vk, &CARD, message, TEXT)?;
    let peer: u64 = message.to.rest().parse().map_err(|_| Unwritable::WrongAddress)?;
    let buttons: Vec<&Button> = message.content.buttons.iter().filter(|button| button.press != Press::ShareContact).collect();
    // words and file in one letter, or the file alone
    let parts = if parts.is_empty() { vec![String::new()] } else { parts };
    let last = parts.len() - 1;
    let file = message.file.as_ref().map(|file| file.handle.clone().ok_or(Unwritable::Attachment)).transpose()?;
    let letter = |(at, part): (usize, String)| {
        let mut arguments = vec![
            ("peer_id", peer.to_string()),
            ("random_id", own_number(message.id, at).to_string()),
            ("message", part),
            ("dont_parse_links", "1".to_owned()),
        ];
        if let Some(file) = file.clone().filter(|_| at == last) {
            arguments.push(("attachment", file));
        }
        if at == last && !buttons.is_empty() {
            arguments.push(("keyboard", keyboard(&buttons, abreast(&message.content.buttons)).to_string()));
        }
        method(settings, "messages.send", arguments)
    };
    Ok(parts.into_iter().enumerate().map(letter).collect())
}

/// A call of a method of the API.
pub fn method(settings: &Settings, name: &str, mut arguments: Vec<(&'static str, String)>) -> Letter {
    let server = settings.text("server").trim_end_matches('/');
    arguments.push(("access_token", settings.text("token").to_owned()));
    arguments.push(("v", VERSION.to_owned()));
    Letter::Http(HttpLetter { body: Body::Form(arguments), ..HttpLetter::posted(Secret::new(format!("{server}/method/{name}"))) })
}

/// The number by which VK knows this part of this message again: positive and of 31 bits.
fn own_number(id: MessageId, part: usize) -> u32 {
    let digest = Sha256::digest(format!("{id}:{part}"));
    let number = u32::from_be_bytes([digest[0], digest[1], digest[2], digest[3]]) & 0x7FFF_FFFF;
    // nought would mean that nothing is known again
    number.max(1)
}

fn keyboard(buttons: &[&Button], abreast: usize) -> Value {
    let keys: Vec<Value> = buttons.iter().map(|button| key(button)).collect();
    // ten buttons stand in six rows at most
    let abreast = if keys.len() > 6 { 2 } else { abreast };
    json!({ "inline": true, "buttons": keys.chunks(abreast).collect::<Vec<_>>() })
}

fn key(button: &Button) -> Value {
    let label = cut(&button.label, LABEL);
    match &button.press {
        Press::Link(url) => json!({ "action": { "type": "open_link", "link": url, "label": label } }),
        // One of text: every client knows it, and the patient sees what they have answered.
        Press::Answer(data) => {
            json!({ "action": { "type": "text", "label": label, "payload": json!({ "press": data }).to_string() }, "color": "primary" })
        }
        Press::ShareContact => Value::Null,
    }
}

/// What stands in the handle of a tap that waits for its answer: `event:user`.
pub fn tap_handle(event: &str, user: u64) -> String {
    format!("{event}:{user}")
}

/// Until a tap is answered, the button shows a turning wheel.
pub fn tap_answered(settings: &Settings, handle: &str) -> Option<Letter> {
    let (event, user) = handle.rsplit_once(':')?;
    let arguments = vec![("event_id", event.to_owned()), ("user_id", user.to_owned()), ("peer_id", user.to_owned())];
    Some(method(settings, "messages.sendMessageEventAnswer", arguments))
}

/// Of what we want to hear.
pub const EVENTS: [&str; 4] = ["message_new", "message_event", "message_allow", "message_deny"];

/// What we want to be told by Long Poll.
pub fn long_poll_on(settings: &Settings) -> Letter {
    let mut arguments = vec![("group_id", settings.text("group_id").to_owned()), ("api_version", VERSION.to_owned())];
    arguments.push(("enabled", "1".to_owned()));
    arguments.extend(EVENTS.map(|name| (name, "1".to_owned())));
    method(settings, "groups.setLongPollSettings", arguments)
}
