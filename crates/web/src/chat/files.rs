//! Files of the chat: one that a visitor sends, and those that lie in their thread.
//!
//! ```text
//! POST /chat/{account}/file                     a form with `key` and `file`, as browsers send forms with files
//! GET  /chat/{account}/files/{address}          for whoever holds the address: opened or stored in a tab of its own
//! GET  /chat/{account}/files/{address}/preview  a small picture, which the page draws
//! ```
//!
//! The page on which the chat stands gets no more than the small picture, and no page is led to run what somebody has sent: see
//! [`crate::pages::inbox::files`]. A file takes longer than words, so these addresses have more patience.

use std::time::Duration;

use axum::Router;
use axum::body::to_bytes;
use axum::extract::{Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, StatusCode};
use axum::middleware::from_fn;
use axum::response::Response;
use axum::routing::{get, post};
use desk::chat::{self, Lying, Picture};
use kernel::AccountId;
use serde_json::{Value, json};
use store::sown::rest;
use tower_http::timeout::TimeoutLayer;

use clinic::files::{FileState, FileType, Kept, MessageFile, Shown};

use super::{Asking, NotDone, answered, may_it, refused, tell_page, with};
use crate::Words;
use crate::fault::Fault;
use crate::multipart;
use crate::pages::inbox::files::{handed_out, size};
use crate::pages::inbox::talk::media_key;
use crate::pages::sign_in::Peer;
use crate::range;
use crate::site::Site;

/// On a telephone with a poor network ten megabytes take a minute and a half.
const FILE_WITHIN: Duration = Duration::from_mins(2);
/// What is said of the file in the form.
const AROUND: u64 = 16 * 1024;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/chat/{account}/file", post(take).options(may_it))
        .route("/chat/{account}/files/{address}/preview", get(preview).options(may_it))
        .route("/chat/{account}/files/{address}", get(open))
        .layer(from_fn(tell_page))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, FILE_WITHIN))
}

async fn take(State(site): State<Site>, asking: Asking, request: Request) -> Response {
    let allowed = asking.allowed();
    let done = async {
        let awaited = chat::await_file(site.desk(), asking.caller, asking.token).await?;
        let picture = read(request).await?;
        awaited.show(site.desk(), picture).await?;
        Ok(json!({}))
    };
    answered(allowed, done.await)
}

/// A form of exactly two fields.
async fn read(request: Request) -> Result<Picture, NotDone> {
    let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default().to_owned();
    let seam = multipart::boundary(&kind).ok_or(NotDone::Call(StatusCode::UNSUPPORTED_MEDIA_TYPE))?;
    let most = usize::try_from(chat::largest_shown() + AROUND).unwrap_or(usize::MAX);
    let body = tokio::time::timeout(rest(FILE_WITHIN), to_bytes(request.into_body(), most)).await;
    let body = body.map_err(|_| NotDone::Call(StatusCode::REQUEST_TIMEOUT))?.map_err(|_| chat::too_large())?;
    let (fields, files) = multipart::parts(&body, seam);
    match (fields.as_slice(), files.as_slice()) {
        ([(name, key)], [file]) if name == "key" && file.field == "file" => {
            Ok(Picture { key: key.clone(), name: file.name.clone(), bytes: file.bytes.to_vec() })
        }
        _ => Err(NotDone::malformed()),
    }
}

async fn found(site: &Site, (account, address): (String, String), Peer(from): Peer) -> Result<(MessageFile, Kept), desk::ActError> {
    let account: AccountId = account.parse().map_err(|_| desk::ActError::not_found())?;
    let file = chat::open_shown(site.desk(), account, from, address).await?;
    match file.state.clone() {
        FileState::Kept(kept) => Ok((file, kept)),
        FileState::Waiting { .. } | FileState::Lost(_) => Err(desk::ActError::not_found()),
    }
}

async fn open(State(site): State<Site>, peer: Peer, Path(named): Path<(String, String)>, headers: HeaderMap) -> Result<Response, Fault> {
    let (file, kept) = found(&site, named, peer).await?;
    let bytes = desk::read_file(site.desk(), &kept).await?;
    Ok(handed_out(&file.name, kept.file_type, range::asked(&headers), bytes))
}

async fn preview(State(site): State<Site>, asking: Asking, peer: Peer, Path(named): Path<(String, String)>) -> Response {
    let allowed = asking.allowed();
    let done = async {
        chat::open(site.desk(), asking.caller).await?;
        let (_, kept) = found(&site, named, peer).await?;
        desk::read_preview(site.desk(), &kept).await?.ok_or_else(desk::ActError::not_found)
    };
    match done.await {
        Ok(bytes) => with(allowed, handed_out("", FileType::Jpeg, None, bytes)),
        Err(error) => refused(&error, allowed),
    }
}

/// As the script shows it beside the words.
pub fn told(words: Words, Lying { file, address }: &Lying) -> Value {
    match &file.state {
        FileState::Waiting { .. } => json!({ "gone": words.say("file-waiting") }),
        FileState::Lost(why) => json!({ "gone": words.say(why.key()) }),
        FileState::Kept(kept) => {
            let drawn = kept.size.filter(|_| kept.file_type.shown() == Shown::Picture);
            let name = if file.name.is_empty() { words.say(media_key(file.kind)) } else { file.name.clone() };
            json!({ "name": name, "says": size(words, kept), "size": drawn, "address": address })
        }
    }
}
