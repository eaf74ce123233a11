//! Files of a thread: how each is shown, and the addresses at which it is fetched. Only staff of the clinic that reads the thread
//! get one; to everybody else it looks as if there were none.
//!
//! No browser is ever led to run what somebody has sent: a file is what its bytes say, pictures were drawn anew, and whatever else
//! is handed out to be stored, in a box that may do nothing.

use axum::Router;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_DISPOSITION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HeaderName};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use clinic::files::{FileState, FileType, Kept, MediaKind, MessageFile, Shown, name_of};
use kernel::{Arg, MessageId, format};

use super::talk::media_key;
use super::view::{File, Look};
use crate::Words;
use crate::fault::Fault;
use crate::range;
use crate::session::SignedIn;
use crate::site::Site;

/// The longer side of a picture in the thread.
const SIDE: u32 = 260;
const BOXED: &str = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src 'self'; media-src 'self'";
/// The bytes of a file never change; who has seen it may keep it for a day, in their own browser only.
const KEPT_FOR: &str = "private, max-age=86400";

pub fn routes() -> Router<Site> {
    Router::new().route("/messages/{id}/files/{number}", get(file)).route("/messages/{id}/files/{number}/preview", get(preview))
}

type Asked = (State<Site>, SignedIn, Path<(String, u32)>);

async fn open(site: &Site, me: &SignedIn, (id, number): (String, u32)) -> Result<(MessageFile, Kept), Fault> {
    let message: MessageId = id.parse().map_err(|_| Fault::not_found())?;
    let file = desk::open_file(site.desk(), me.actor(), me.clinic.id, (message, number)).await?;
    let FileState::Kept(kept) = file.state.clone() else { return Err(Fault::not_found()) };
    Ok((file, kept))
}

pub async fn file((State(site), me, Path(named)): Asked, headers: HeaderMap) -> Result<Response, Fault> {
    let (file, kept) = open(&site, &me, named).await?;
    let bytes = desk::read_file(site.desk(), &kept).await?;
    Ok(handed_out(&file.name, kept.file_type, range::asked(&headers), bytes))
}

pub async fn preview((State(site), me, Path(named)): Asked) -> Result<Response, Fault> {
    let (_, kept) = open(&site, &me, named).await?;
    let bytes = desk::read_preview(site.desk(), &kept).await?.ok_or_else(Fault::not_found)?;
    Ok(handed_out("", FileType::Jpeg, None, bytes))
}

/// What is drawn or played stands in the page; everything else is stored.
pub fn handed_out(name: &str, file_type: FileType, wanted: Option<range::Wanted>, bytes: Vec<u8>) -> Response {
    let name = name_of(name, file_type);
    let way = if file_type.shown() == Shown::HandedOut { "attachment" } else { "inline" };
    let disposition = format!("{way}; filename*=UTF-8''{}", crate::query::encoded(&name).replace('/', "%2F"));
    let mut response = range::of(wanted, bytes).into_response();
    let headers = response.headers_mut();
    let disposition = HeaderValue::from_str(&disposition).expect("an encoded name is ASCII");
    for (name, value) in [
        (CONTENT_TYPE, HeaderValue::from_static(file_type.media_type())),
        (CONTENT_DISPOSITION, disposition),
        (CONTENT_SECURITY_POLICY, HeaderValue::from_static(BOXED)),
        (CACHE_CONTROL, HeaderValue::from_static(KEPT_FOR)),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("same-origin")),
    ] {
        headers.insert(name, value);
    }
    response
}

pub fn shown(words: Words, message: MessageId, file: &MessageFile) -> File {
    let href = format!("/messages/{message}/files/{}", file.number);
    let kind = words.say(media_key(file.kind));
    let name = if file.name.is_empty() { kind } else { file.name.clone() };
    let (look, detail) = match &file.state {
        FileState::Waiting { .. } => (Look::Waiting(words.say("file-waiting")), String::new()),
        FileState::Lost(why) => (Look::Lost(words.say(why.key())), String::new()),
        FileState::Kept(kept) => (look(kept, &href), size(words, kept)),
    };
    File { look, name, detail, href }
}

fn look(kept: &Kept, href: &str) -> Look {
    match kept.file_type.shown() {
        Shown::Picture => {
            let (width, height) = kept.size.unwrap_or((SIDE, SIDE));
            let longer = width.max(height).max(1);
            let scaled = |side: u32| if longer <= SIDE { side } else { (side * SIDE / longer).max(1) };
            Look::Picture { preview: format!("{href}/preview"), width: scaled(width), height: scaled(height) }
        }
        Shown::Sound => Look::Sound,
        Shown::Film => Look::Film,
        Shown::HandedOut => Look::HandedOut,
    }
}

/// The first words of a message, as the lists show them: 'Picture' where there are none.
pub fn preview_in(words: Words, preview: String) -> String {
    MediaKind::of_sign(&preview).map_or(preview, |kind| words.say(media_key(kind)))
}

/// 'PDF · 120 KB'
pub fn size(words: Words, kept: &Kept) -> String {
    let number = |value: u64| Arg::from(format::number(i64::try_from(value).unwrap_or(i64::MAX), words.locale()));
    let size = match kept.bytes {
        bytes if bytes < 1_000_000 => words.with("file-kilobytes", &[("many", number(bytes.div_ceil(1_000)))]),
        bytes => words.with("file-megabytes", &[("many", number(bytes.div_ceil(1_000_000)))]),
    };
    match (kept.file_type.ending(), words.dir()) {
        ("", _) => size,
        // or the number would be read as part of the Latin letters
        (ending, "rtl") => format!("\u{2068}{}\u{2069} · {size}", ending.to_uppercase()),
        (ending, _) => format!("{} · {size}", ending.to_uppercase()),
    }
}
