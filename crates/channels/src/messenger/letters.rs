//! From a message to the calls that send it. Answers stand as quick replies under the last part; links are written into the text.

use clinic::actors::Channel;
use clinic::conversations::{Button, Press};
use kernel::Secret;
use serde_json::{Value, json};

use super::{CARD, LABEL, TEXT};
use crate::letters::UPLOAD;
use crate::meta;
use crate::parts::{cut, parts, with_links};
use crate::standing::{Aspect, Question};
use crate::{Body, Carried, HttpLetter, Letter, Outgoing, Part, Settings, Unwritable};

/// Of what we want to hear.
pub const FIELDS: [&str; 5] = ["messages", "messaging_postbacks", "messaging_referrals", "message_deliveries", "message_reads"];

pub fn write(settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
    let parts = parts(Channel::Messenger, &CARD, &with_links(message), TEXT)?;
    let replies: Vec<Value> = message.content.buttons.iter().filter_map(quick_reply).collect();
    let last = parts.len().saturating_sub(1);
    let file = message.file.as_ref().map(|file| file.handle.as_deref().map(|handle| (kind(file), handle)).ok_or(Unwritable::Attachment));
    let file = file.transpose()?.map(|(kind, handle)| {
        let said = json!({ "attachment": { "type": kind, "payload": { "attachment_id": handle } } });
        posted(settings, message, &said)
    });
    let letter = |(at, part): (usize, String)| {
        let mut said = json!({ "text": part });
        if at == last && !replies.is_empty() {
            said["quick_replies"] = replies.clone().into();
        }
        posted(settings, message, &said)
    };
    Ok(parts.into_iter().enumerate().map(letter).chain(file).collect())
}

fn posted(settings: &Settings, message: &Outgoing, said: &Value) -> Letter {
    let call = json!({ "recipient": { "id": message.to.rest() }, "messaging_type": "RESPONSE", "message": said });
    let letter = HttpLetter::posted(address(settings, "/me/messages?"));
    Letter::Http(HttpLetter { body: Body::Json(call.to_string()), ..letter })
}

fn kind(file: &Carried) -> &'static str {
    if CARD.shows(file) { "image" } else { "file" }
}

/// Brings a file there; it is not used again for anybody else.
pub fn upload(settings: &Settings, file: &Carried) -> Letter {
    let said = json!({ "attachment": { "type": kind(file), "payload": { "is_reusable": true } } });
    let parts = vec![Part::field("message", said.to_string()), Part::of("filedata", file)];
    let letter = HttpLetter::posted(address(settings, "/me/message_attachments?"));
    Letter::Http(HttpLetter { body: Body::Multipart(parts), patience: UPLOAD, ..letter })
}

fn quick_reply(button: &Button) -> Option<Value> {
    match &button.press {
        Press::Answer(data) => Some(json!({ "content_type": "text", "title": cut(&button.label, LABEL), "payload": data })),
        Press::Link(_) | Press::ShareContact => None,
    }
}

pub fn who_we_are(settings: &Settings) -> Letter {
    Letter::Http(HttpLetter::asked(address(settings, "/me?fields=id,name,username&")))
}

/// How the page stands there: its token, and which apps are told of what happens on it.
pub fn questions(settings: &Settings) -> Vec<Question> {
    let token = meta::token_asked(settings, &format!("&access_token={}", token(settings)));
    let apps = format!("/{}/subscribed_apps?", settings.text("page_id"));
    vec![
        Question { about: Aspect::Token, letter: Letter::Http(HttpLetter::asked(Secret::new(token))) },
        Question { about: Aspect::Hook, letter: Letter::Http(HttpLetter::asked(address(settings, &apps))) },
    ]
}

/// That we are told of what happens on the page.
pub fn subscribe(settings: &Settings) -> Letter {
    let path = format!("/{}/subscribed_apps?subscribed_fields={}&", settings.text("page_id"), FIELDS.join("%2C"));
    Letter::Http(HttpLetter::posted(address(settings, &path)))
}

fn token(settings: &Settings) -> String {
    form_urlencoded::byte_serialize(settings.text("token").as_bytes()).collect()
}

/// The token is asked for in the address.
fn address(settings: &Settings, path: &str) -> Secret {
    Secret::new(format!("{}{path}access_token={}", settings.text("server").trim_end_matches('/'), token(settings)))
}
