//! A file that goes out is brought there first and called by the number that it gets. One that came in: its number is asked for an address, which is good for five minutes and wants the token shown too.

use clinic::conversations::MediaFile;
use clinic::files::WhyLost;
use kernel::Secret;

use super::{CARD, answers, letters};
use crate::files::Source;
use crate::meta::{self, is_number};
use crate::{Answer, Bringing, Carried, Fetching, Sending, Settings};

pub fn fetch(settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
    let Some((asked, rest)) = so_far.split_first() else {
        // becomes part of an address, so nothing else may be in it
        if !is_number(&file.reference) {
            return Fetching::Lost(WhyLost::Gone);
        }
        return Fetching::ask(letters::about_file(settings, &file.reference));
    };
    if meta::error(asked).is_some() {
        return match answers::read(asked) {
            Sending::Refused { .. } => Fetching::Lost(WhyLost::Gone),
            Sending::Later { after, .. } => Fetching::Later(after),
            Sending::Accepted { .. } | Sending::Stopped | Sending::AccountBroken { .. } | Sending::Uncertain => {
                Fetching::Later(crate::sending::SHORT_WAIT)
            }
        };
    }
    let Some((200, body)) = asked.json() else { return Fetching::Later(crate::sending::SHORT_WAIT) };
    if body["file_size"].as_u64().is_some_and(|bytes| bytes > CARD.files.most) {
        return Fetching::Lost(WhyLost::TooLarge);
    }
    let proof = [("authorization", Secret::new(format!("Bearer {}", settings.text("token"))))];
    let source = Source { card: &CARD, server: settings.text("server"), authority: "" };
    source.fetch(body["url"].as_str().unwrap_or_default(), &proof, rest)
}

pub fn bring(settings: &Settings, file: &Carried, so_far: &[Answer]) -> Bringing {
    let Some(answer) = so_far.first() else { return Bringing::ask(letters::upload(settings, file)) };
    match answer.json() {
        Some((200, body)) if body["id"].is_string() => Bringing::Brought(body["id"].as_str().unwrap_or_default().to_owned()),
        Some(_) | None => Bringing::failed(answers::read(answer)),
    }
}
