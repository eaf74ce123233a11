//! A file that goes out, in three calls: VK names a machine that takes it, takes it there, and gives it a name for messages.
//!
//! ```text
//! a picture: photos.getMessagesUploadServer -> photo -> photos.saveMessagesPhoto -> photo<owner>_<id>_<key>
//! others:    docs.getMessagesUploadServer   -> file  -> docs.save                -> doc<owner>_<id>
//! ```

use serde_json::Value;

use super::{CARD, answers, letters, source};
use crate::letters::UPLOAD;
use crate::{Answer, Body, Bringing, Carried, HttpLetter, Letter, Method, Outgoing, Part, Sending, Settings, Trouble};

pub fn bring(settings: &Settings, message: &Outgoing, file: &Carried, so_far: &[Answer]) -> Bringing {
    let is_picture = CARD.shows(file);
    let peer = ("peer_id", message.to.rest().to_owned());
    match so_far {
        [] if is_picture => Bringing::ask(letters::method(settings, "photos.getMessagesUploadServer", vec![peer])),
        [] => Bringing::ask(letters::method(settings, "docs.getMessagesUploadServer", vec![peer, ("type", "doc".to_owned())])),
        [place] => match said(place) {
            Ok(place) => upload(settings, file, place["upload_url"].as_str().unwrap_or_default()),
            Err(not) => not,
        },
        [_, uploaded] => {
            let Some((200, body)) = uploaded.json() else { return Bringing::failed(uploaded.without_words()) };
            let text = |name: &'static str| (name, body[name].as_str().map_or_else(|| body[name].to_string(), str::to_owned));
            Bringing::ask(if is_picture {
                letters::method(settings, "photos.saveMessagesPhoto", vec![text("server"), text("photo"), text("hash")])
            } else {
                letters::method(settings, "docs.save", vec![text("file"), ("title", file.name.clone())])
            })
        }
        [_, _, saved, ..] => match said(saved) {
            Ok(saved) => named(file, &saved),
            Err(not) => not,
        },
    }
}

fn upload(settings: &Settings, file: &Carried, address: &str) -> Bringing {
    // whoever answers in VK's name must not lead the file of a patient elsewhere
    let Some(letter) = source(settings).letter(Method::Post, address) else { return strange() };
    let part = Part::of(if CARD.shows(file) { "photo" } else { "file" }, file);
    Bringing::ask(Letter::Http(HttpLetter { body: Body::Multipart(vec![part]), patience: UPLOAD, ..letter }))
}

fn named(file: &Carried, saved: &Value) -> Bringing {
    let (kind, one) = if CARD.shows(file) { ("photo", &saved[0]) } else { ("doc", &saved["doc"]) };
    let (Some(owner), Some(id)) = (one["owner_id"].as_i64(), one["id"].as_i64()) else { return strange() };
    let key = one["access_key"].as_str().filter(|key| key.bytes().all(|byte| byte.is_ascii_alphanumeric()));
    Bringing::Brought(format!("{kind}{owner}_{id}{}", key.map(|key| format!("_{key}")).unwrap_or_default()))
}

/// What a method has answered.
fn said(answer: &Answer) -> Result<Value, Bringing> {
    match answer.json() {
        Some((200, mut body)) if body.get("response").is_some() => Ok(body["response"].take()),
        Some(_) | None => Err(Bringing::failed(answers::read(answer))),
    }
}

fn strange() -> Bringing {
    Bringing::Not(Sending::Refused { code: "upload".to_owned(), why: Trouble::StrangeAnswer })
}
