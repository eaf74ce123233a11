//! The chat on the clinic's website: one script that stands on a foreign page, and the few addresses that it speaks to.
//!
//! ```text
//! GET  /chat.js                    the script; the same for everybody. What few need comes when they do:
//! GET  /chat-call.js               the form for a call
//! GET  /chat-files.js              pictures and PDF files
//! GET  /chat/{account}?lang=fa     how it looks, what it says, whether somebody answers now
//! POST /chat/{account}/begin       {lang} -> {token}
//! POST /chat/{account}/say         {key, text}
//! POST /chat/{account}/press       {key, on, data}
//! POST /chat/{account}/call        {key, name, phone, at, about, wording}
//! POST /chat/{account}/file        a picture or a PDF, see [`files`]
//! POST /chat/{account}/follow      {cursor, got, read} -> the thread, as soon as it is another than at `cursor`
//! GET  /chat/{account}/try         a page of ours with the chat on it
//! ```
//!
//! The browser's word for the page (`Origin`) decides who may ask: the websites that the clinic has named, and pages of ours.
//! No cookie is read or set; the token of the visitor comes in `Authorization`. Nothing is told about a patient.

mod files;
mod following;
mod look;
mod trying;

#[cfg(any(test, feature = "samples"))]
pub use trying::TryPage;

use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Path, Request, State};
use axum::http::header::{
    ACCESS_CONTROL_ALLOW_HEADERS, ACCESS_CONTROL_ALLOW_METHODS, ACCESS_CONTROL_ALLOW_ORIGIN, ACCESS_CONTROL_EXPOSE_HEADERS,
    ACCESS_CONTROL_MAX_AGE, AUTHORIZATION, CACHE_CONTROL, CONTENT_TYPE, HeaderName, ORIGIN, RETRY_AFTER, VARY,
};
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::middleware::{Next, from_fn};
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use desk::ActError;
use desk::chat::{self, CallWish, Caller, Page, Press, Words};
use kernel::{Arg, Locale, Secret, Timestamp};
use serde::Deserialize;
use serde::de::DeserializeOwned;
use store::sown::rest;

use crate::assets;
use crate::csrf::{self, From};
use crate::pages::sign_in::Peer;
use crate::query::Asked;
use crate::site::Site;

/// Longer than any message.
const BODY: usize = 16 * 1024;
const BODY_WITHIN: Duration = Duration::from_secs(10);
/// How long a browser need not ask again whether it may.
const ALLOWED_FOR: HeaderValue = HeaderValue::from_static("86400");
/// A new program is on every page within minutes.
const SCRIPT_KEPT: HeaderValue = HeaderValue::from_static("public, max-age=600");

pub fn routes() -> Router<Site> {
    let asked = Router::new()
        .route("/chat/{account}", get(look::look).options(may_it))
        .route("/chat/{account}/begin", post(begin).options(may_it))
        .route("/chat/{account}/say", post(say).options(may_it))
        .route("/chat/{account}/press", post(press).options(may_it))
        .route("/chat/{account}/call", post(call).options(may_it))
        .route("/chat/{account}/follow", post(following::follow).options(may_it))
        .layer(from_fn(tell_page));
    let script = |name: &'static str| get(async move || script(name));
    asked
        .route("/chat.js", script("js/chat.js"))
        .route("/chat-call.js", script("js/chat-call.js"))
        .route("/chat-files.js", script("js/chat-files.js"))
        .route("/chat/{account}/try", get(trying::page))
}

pub use files::routes as file_routes;

/// What a script fetches for itself, every page may read.
fn script(name: &str) -> Response {
    let headers = [
        (CONTENT_TYPE, HeaderValue::from_static("text/javascript; charset=utf-8")),
        (CACHE_CONTROL, SCRIPT_KEPT),
        (HeaderName::from_static("cross-origin-resource-policy"), HeaderValue::from_static("cross-origin")),
        (ACCESS_CONTROL_ALLOW_ORIGIN, HeaderValue::from_static("*")),
    ];
    (headers, assets::text(name)).into_response()
}

/// The answer may be read by the page that asked, if it may ask at all.
#[derive(Clone)]
struct Allowed(HeaderValue);

/// What a page may read is told on every answer that it may read, on refusals too.
async fn tell_page(request: Request, next: Next) -> Response {
    let mut response = next.run(request).await;
    let allowed = response.extensions_mut().remove::<Allowed>();
    let headers = response.headers_mut();
    headers.insert(VARY, HeaderValue::from_static("origin"));
    if let Some(Allowed(origin)) = allowed {
        headers.insert(ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.insert(ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static("retry-after"));
    }
    response
}

/// Before a browser sends what a plain form could not send, it asks (`OPTIONS`).
async fn may_it(State(site): State<Site>, asking: Asking) -> Response {
    let allowed = asking.allowed();
    if let Err(error) = chat::open(site.desk(), asking.caller).await {
        return refused(&error, None);
    }
    let headers = [
        (ACCESS_CONTROL_ALLOW_METHODS, HeaderValue::from_static("GET, POST")),
        (ACCESS_CONTROL_ALLOW_HEADERS, HeaderValue::from_static("authorization, content-type")),
        (ACCESS_CONTROL_MAX_AGE, ALLOWED_FOR),
    ];
    with(allowed, (StatusCode::NO_CONTENT, headers).into_response())
}

/// Who asks: the account in the address, the page, the place, and the token if there is one.
struct Asking {
    caller: Caller,
    token: Secret,
}

impl Asking {
    fn allowed(&self) -> Option<Allowed> {
        match &self.caller.page {
            Page::Own => None,
            Page::Of(origin) => HeaderValue::from_str(origin).ok().map(Allowed),
        }
    }
}

impl FromRequestParts<Site> for Asking {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut axum::http::request::Parts, site: &Site) -> Result<Self, Response> {
        let not_there = |()| problem(StatusCode::NOT_FOUND, "thing.not-found");
        let Path(path) =
            Path::<std::collections::HashMap<String, String>>::from_request_parts(parts, site).await.map_err(|_| not_there(()))?;
        let account = path.get("account").and_then(|account| account.parse().ok()).ok_or_else(|| not_there(()))?;
        let Peer(from) = Peer::from_request_parts(parts, site).await.map_err(IntoResponse::into_response)?;
        let page = page(site, &parts.headers).ok_or_else(|| problem(StatusCode::FORBIDDEN, "chat.foreign"))?;
        let shown = parts.headers.get(AUTHORIZATION).and_then(|value| value.to_str().ok()?.strip_prefix("Bearer "));
        Ok(Self { caller: Caller { account, page, from }, token: Secret::new(shown.unwrap_or_default()) })
    }
}

/// What the browser says. Whoever does not say where they are is not asked any further.
fn page(site: &Site, headers: &HeaderMap) -> Option<Page> {
    if csrf::from(site, headers) == From::Here {
        return Some(Page::Own);
    }
    let origin = headers.get(ORIGIN)?.to_str().ok()?;
    (origin != "null").then(|| Page::Of(origin.to_owned()))
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Beginning {
    lang: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Saying {
    key: String,
    text: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pressing {
    key: String,
    on: String,
    data: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Calling {
    key: String,
    name: String,
    phone: String,
    /// In milliseconds; none: soon.
    at: Option<i64>,
    about: String,
    wording: String,
}

async fn begin(State(site): State<Site>, asking: Asking, request: Request) -> Response {
    let allowed = asking.allowed();
    let done = async {
        let Beginning { lang } = read(request).await?;
        let locale = Locale::preferred(&lang).unwrap_or_default();
        let token = chat::begin(site.desk(), asking.caller, locale).await?;
        Ok(serde_json::json!({ "token": token.expose() }))
    };
    answered(allowed, done.await)
}

async fn say(State(site): State<Site>, asking: Asking, request: Request) -> Response {
    let allowed = asking.allowed();
    let done = async {
        let Saying { key, text } = read(request).await?;
        chat::say(site.desk(), asking.caller, asking.token, Words { key, text }).await?;
        Ok(serde_json::json!({}))
    };
    answered(allowed, done.await)
}

async fn press(State(site): State<Site>, asking: Asking, request: Request) -> Response {
    let allowed = asking.allowed();
    let done = async {
        let Pressing { key, on, data } = read(request).await?;
        let on = on.parse().map_err(|_| NotDone::malformed())?;
        chat::press(site.desk(), asking.caller, asking.token, Press { key, on, data }).await?;
        Ok(serde_json::json!({}))
    };
    answered(allowed, done.await)
}

async fn call(State(site): State<Site>, asking: Asking, request: Request) -> Response {
    let allowed = asking.allowed();
    let done = async {
        let Calling { key, name, phone, at, about, wording } = read(request).await?;
        let wish = CallWish { key, name, phone, at: at.map(Timestamp::from_millis), about, wording };
        chat::ask_for_call(site.desk(), asking.caller, asking.token, wish).await?;
        Ok(serde_json::json!({}))
    };
    answered(allowed, done.await)
}

/// Why an answer is none.
enum NotDone {
    Act(ActError),
    Call(StatusCode),
}

impl NotDone {
    const fn malformed() -> Self {
        Self::Call(StatusCode::BAD_REQUEST)
    }
}

impl<E: Into<ActError>> std::convert::From<E> for NotDone {
    fn from(error: E) -> Self {
        Self::Act(error.into())
    }
}

/// JSON of exactly this form, not too long and not too slow.
async fn read<T: DeserializeOwned>(request: Request<Body>) -> Result<T, NotDone> {
    let is_json = request.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
    if !is_json {
        return Err(NotDone::Call(StatusCode::UNSUPPORTED_MEDIA_TYPE));
    }
    let body = tokio::time::timeout(rest(BODY_WITHIN), to_bytes(request.into_body(), BODY)).await;
    let body = body.map_err(|_| NotDone::Call(StatusCode::REQUEST_TIMEOUT))?.map_err(|_| NotDone::Call(StatusCode::PAYLOAD_TOO_LARGE))?;
    serde_json::from_slice(&body).map_err(|_| NotDone::malformed())
}

fn answered(allowed: Option<Allowed>, done: Result<serde_json::Value, NotDone>) -> Response {
    match done {
        Ok(said) => with(allowed, (StatusCode::OK, [(CONTENT_TYPE, "application/json")], said.to_string()).into_response()),
        Err(NotDone::Act(error)) => refused(&error, allowed),
        Err(NotDone::Call(status)) => with(allowed, problem(status, "page.malformed")),
    }
}

fn with(allowed: Option<Allowed>, mut response: Response) -> Response {
    if let Some(allowed) = allowed {
        response.extensions_mut().insert(allowed);
    }
    response
}

/// A page that may not ask cannot read why.
fn refused(error: &ActError, allowed: Option<Allowed>) -> Response {
    let ActError::Refused(refusal) = error else {
        tracing::error!(%error, "the chat of a website was not answered");
        return with(allowed, problem(StatusCode::SERVICE_UNAVAILABLE, "page.unavailable"));
    };
    let (status, allowed) = match refusal.code() {
        "thing.not-found" => (StatusCode::NOT_FOUND, None),
        "chat.foreign" => (StatusCode::FORBIDDEN, None),
        "chat.unknown-visitor" => (StatusCode::UNAUTHORIZED, allowed),
        "chat.too-fast" => (StatusCode::TOO_MANY_REQUESTS, allowed),
        "chat.malformed" => (StatusCode::BAD_REQUEST, allowed),
        "chat.file-too-large" => (StatusCode::PAYLOAD_TOO_LARGE, allowed),
        "chat.file-type" => (StatusCode::UNSUPPORTED_MEDIA_TYPE, allowed),
        _ => (StatusCode::UNPROCESSABLE_ENTITY, allowed),
    };
    let mut response = problem_at(status, refusal.code(), refusal.field());
    if let Some((_, Arg::Number(seconds))) = refusal.args().iter().find(|(name, _)| *name == "seconds") {
        response.headers_mut().insert(RETRY_AFTER, HeaderValue::from(seconds.unsigned_abs()));
    }
    with(allowed, response)
}

fn problem(status: StatusCode, code: &str) -> Response {
    problem_at(status, code, None)
}

/// RFC 9457. `code` and `at` tell the script which of its sentences to show.
fn problem_at(status: StatusCode, code: &str, at: Option<&str>) -> Response {
    let report = serde_json::json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
        "code": code,
        "at": at,
    });
    (status, [(CONTENT_TYPE, "application/problem+json")], report.to_string()).into_response()
}

/// The language that a page asks for.
fn locale_of(asked: &Asked) -> Locale {
    Locale::preferred(asked.0.text("lang")).unwrap_or_default()
}
