//! A file that came in: asked for by its name, then fetched at the path that the answer gives. The path is good for an hour.

use clinic::conversations::MediaFile;
use clinic::files::WhyLost;
use serde_json::json;

use super::dialect::Dialect;
use super::{answers, letters};
use crate::files::Source;
use crate::{Answer, Fetching, Sending, Settings};

/// In the words of the server's source.
const TOO_BIG: &str = "file is too big";

pub fn fetch(dialect: &Dialect, settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
    let Some((asked, rest)) = so_far.split_first() else {
        return Fetching::ask(letters::method(settings, "getFile", &json!({ "file_id": file.reference })));
    };
    match answers::read(asked) {
        Sending::Accepted { .. } => {}
        Sending::Refused { .. } => return Fetching::Lost(why(asked)),
        Sending::Later { after, .. } => return Fetching::Later(after),
        Sending::Stopped | Sending::AccountBroken { .. } | Sending::Uncertain => return Fetching::Later(crate::sending::SHORT_WAIT),
    }
    let body = asked.json().map(|(_, body)| body).unwrap_or_default();
    let path = body["result"]["file_path"].as_str().unwrap_or_default();
    let is_path = |byte: u8| byte.is_ascii_alphanumeric() || b"/._-".contains(&byte);
    if path.is_empty() || path.contains("..") || !path.bytes().all(is_path) {
        return Fetching::Lost(WhyLost::Gone);
    }
    let server = settings.text("server").trim_end_matches('/');
    let source = Source { card: &dialect.card, server, authority: "" };
    source.fetch(&format!("{server}/file/bot{}/{path}", settings.text("token")), &[], rest)
}

fn why(answer: &Answer) -> WhyLost {
    let body = answer.json().map(|(_, body)| body).unwrap_or_default();
    if body["description"].as_str().is_some_and(|sentence| sentence.contains(TOO_BIG)) { WhyLost::TooLarge } else { WhyLost::Gone }
}
