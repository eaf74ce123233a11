//! No other site acts in the name of somebody who is signed in here.
//!
//! Every request that changes something comes from a page of ours: the browser says so (`Sec-Fetch-Site`, `Origin`), and
//! its form carries a token that only a page of ours could have read, made of the secret in the browser's cookie.

use axum::body::{Body, Bytes, to_bytes};
use axum::extract::{Request, State};
use axum::http::header::{HOST, ORIGIN};
use axum::http::{HeaderMap, Method};
use axum::middleware::Next;
use axum::response::Response;
use axum_extra::extract::CookieJar;

use crate::fault::Fault;
use crate::router::{BODY, BODY_WITH_FILE};
use crate::session;
use crate::site::Site;

/// The name of the field in every form.
pub const FIELD: &str = "csrf";
/// The same where a script sends no form.
pub const HEADER: &str = "x-csrf";

/// The token that belongs to a browser's secret. It says nothing about the secret.
pub fn token_of(secret: &str) -> String {
    desk::token_hash(&format!("form of {secret}"))
}

/// What the browser says about the page that a request comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum From {
    Here,
    Elsewhere,
    /// An old browser, or no browser.
    Unsaid,
}

/// For pages behind a signed link: the link is the secret, the browser's own word is enough.
pub async fn from_here(State(site): State<Site>, request: Request, next: Next) -> Result<Response, Fault> {
    if !changes(request.method()) || from(&site, request.headers()) != From::Elsewhere {
        return Ok(next.run(request).await);
    }
    Err(Fault::foreign())
}

/// For everything else: the form carries the token of this browser.
pub async fn with_token(State(site): State<Site>, request: Request, next: Next) -> Result<Response, Fault> {
    if !changes(request.method()) {
        return Ok(next.run(request).await);
    }
    if from(&site, request.headers()) == From::Elsewhere {
        return Err(Fault::foreign());
    }
    let (parts, body) = request.into_parts();
    let most = if takes_files(parts.uri.path()) { BODY_WITH_FILE } else { BODY };
    let body = to_bytes(body, most).await.map_err(|_| Fault::too_large())?;
    let jar = CookieJar::from_headers(&parts.headers);
    let secret =
        session::token(&site, &jar).or_else(|| jar.get(session::visitor_cookie_name(&site)).map(|cookie| cookie.value().to_owned()));
    let expected = secret.map(|secret| token_of(&secret));
    match (expected, shown(&parts.headers, &body)) {
        (Some(expected), Some(shown)) if expected == shown => Ok(next.run(Request::from_parts(parts, Body::from(body))).await),
        _ => Err(Fault::foreign()),
    }
}

/// The forms with a file in them. Whoever fills them in has signed in.
fn takes_files(path: &str) -> bool {
    path.starts_with("/inbox/") && path.ends_with("/reply") || path.starts_with("/demo/phone/")
}

fn changes(method: &Method) -> bool {
    !matches!(*method, Method::GET | Method::HEAD | Method::OPTIONS)
}

fn shown(headers: &HeaderMap, body: &Bytes) -> Option<String> {
    if let Some(header) = headers.get(HEADER) {
        return header.to_str().ok().map(str::to_owned);
    }
    Some(crate::query::Filled::read(headers, body).text(FIELD).to_owned()).filter(|shown| !shown.is_empty())
}

pub(crate) fn from(site: &Site, headers: &HeaderMap) -> From {
    let said = |name: &str| headers.get(name).and_then(|value| value.to_str().ok());
    match said("sec-fetch-site") {
        Some("same-origin" | "none") => return From::Here,
        Some(_) => return From::Elsewhere,
        None => {}
    }
    let Some(origin) = headers.get(ORIGIN).and_then(|value| value.to_str().ok()) else { return From::Unsaid };
    // what a browser says of a page that sends no referrer
    if origin == "null" {
        return From::Unsaid;
    }
    let host = headers.get(HOST).and_then(|value| value.to_str().ok());
    let own = site.public_url() == Some(origin)
        || host.is_some_and(|host| origin.split_once("://").is_some_and(|(_, authority)| authority == host));
    if own { From::Here } else { From::Elsewhere }
}
