//! A file that goes out: MAX names a machine that takes it, and that machine gives it a token for messages. Until the file has
//! been looked at there, the message is told to wait.

use serde_json::json;

use super::{answers, letters, source};
use crate::letters::UPLOAD;
use crate::{Answer, Body, Bringing, Carried, HttpLetter, Letter, Method, Part, Sending, Settings, Trouble};

pub fn bring(settings: &Settings, file: &Carried, so_far: &[Answer]) -> Bringing {
    match so_far {
        [] => Bringing::ask(letters::posted(settings, &format!("/uploads?type={}", letters::kind(file)), &json!({}))),
        [place] => {
            let Some((200, body)) = place.json().filter(|(_, body)| body["url"].is_string()) else {
                return Bringing::failed(answers::read(place));
            };
            // whoever answers in the messenger's name must not lead the file of a patient elsewhere
            let Some(letter) = source(settings).letter(Method::Post, body["url"].as_str().unwrap_or_default()) else { return strange() };
            let body = Body::Multipart(vec![Part::of("data", file)]);
            Bringing::ask(Letter::Http(HttpLetter { body, patience: UPLOAD, ..letter }))
        }
        [_, uploaded, ..] => {
            let Some((200, body)) = uploaded.json() else { return Bringing::failed(uploaded.without_words()) };
            // of a picture each size could have a token; there is one
            let of_picture = body["photos"].as_object().and_then(|photos| photos.values().next()).map(|photo| &photo["token"]);
            let token = of_picture.filter(|_| letters::kind(file) == "image").unwrap_or(&body["token"]);
            match token.as_str() {
                Some(token) if !token.is_empty() => Bringing::Brought(token.to_owned()),
                Some(_) | None => strange(),
            }
        }
    }
}

fn strange() -> Bringing {
    Bringing::Not(Sending::Refused { code: "upload".to_owned(), why: Trouble::StrangeAnswer })
}
