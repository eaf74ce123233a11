//! One place that decides how an answer looks: a page, a fragment of one, a trouble.
//!
//! A handler ends with a view or a [`Fault`]. A fault leaves as a bare status with the fault in it; [`tell_faults`] makes
//! a page of it in the reader's language, a fragment for a script of ours, a problem report (RFC 9457) for a machine.

use std::any::Any;
use std::convert::Infallible;

use askama::Template;
use axum::extract::{FromRequestParts, Request};
use axum::http::header::{ACCEPT, ACCEPT_LANGUAGE, ALLOW, CONTENT_TYPE, RETRY_AFTER};
use axum::http::request::Parts;
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Redirect, Response};
use kernel::Locale;

use crate::Words;
use crate::fault::Fault;
use crate::pages::trouble::view::{TroubleFragment, TroublePage};
use crate::session::{self, Reads};

/// A view as a page or a piece of one.
pub fn shown(view: &impl Template) -> Result<Response, Fault> {
    shown_as(StatusCode::OK, view)
}

/// The form again, with what is wrong with it; or the page as it stands now, after somebody else's change.
pub fn shown_as(status: StatusCode, view: &impl Template) -> Result<Response, Fault> {
    match view.render() {
        Ok(html) => Ok((status, Html(html)).into_response()),
        Err(error) => {
            tracing::error!(%error, "a page could not be written");
            Err(Fault::of_status(StatusCode::INTERNAL_SERVER_ERROR))
        }
    }
}

/// After an act: the page that shows it. A reload does not act again.
pub fn go_to(path: impl AsRef<str>) -> Response {
    Redirect::to(path.as_ref()).into_response()
}

/// What nobody could foresee. No input leads here.
pub fn panicked(_: Box<dyn Any + Send + 'static>) -> Response {
    tracing::error!("a page broke");
    Fault::of_status(StatusCode::INTERNAL_SERVER_ERROR).into_response()
}

/// Whoever finds the desk without its data is asked to come again after so many seconds.
const COME_AGAIN: HeaderValue = HeaderValue::from_static("10");

/// Tells every trouble, the router's own too.
pub async fn tell_faults(request: Request, next: Next) -> Response {
    let asked = Listener::of(&request);
    let mut response = told(asked, next.run(request).await);
    if response.status() == StatusCode::SERVICE_UNAVAILABLE {
        response.headers_mut().entry(RETRY_AFTER).or_insert(COME_AGAIN);
    }
    response
}

fn told(mut asked: Listener, response: Response) -> Response {
    let status = response.status();
    let told = response.headers().contains_key(CONTENT_TYPE) && !is_bare_text(response.headers());
    if !(status.is_client_error() || status.is_server_error()) || told && response.extensions().get::<Fault>().is_none() {
        return response;
    }
    let fault = response.extensions().get::<Fault>().cloned().unwrap_or_else(|| Fault::of_status(status));
    let fault = match asked.again.take() {
        Some(page) if status == StatusCode::SERVICE_UNAVAILABLE => fault.way_on(page),
        _ => fault,
    };
    let locale = response.extensions().get::<Reads>().map_or(asked.locale, |Reads(locale)| *locale);
    let mut answer = asked.tell(&fault, locale);
    *answer.status_mut() = status;
    for name in [ALLOW.as_str(), "hx-redirect"] {
        if let Some(value) = response.headers().get(name) {
            answer
                .headers_mut()
                .insert(axum::http::HeaderName::from_static(if name == "hx-redirect" { name } else { "allow" }), value.clone());
        }
    }
    answer
}

/// What the browser would like to read; a page knows better once it knows its reader.
pub fn asked_locale(request: &Request) -> Locale {
    preferred(request.headers())
}

fn preferred(headers: &HeaderMap) -> Locale {
    let said = headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    Locale::preferred(said).unwrap_or_default()
}

/// The language of a page for somebody who is not known yet.
#[derive(Debug, Clone, Copy)]
pub struct Language(pub Locale);

impl<S: Send + Sync> FromRequestParts<S> for Language {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(Self(preferred(&parts.headers)))
    }
}

/// The words of axum itself, in English: ours are better.
fn is_bare_text(headers: &HeaderMap) -> bool {
    headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(b"text/plain"))
}

/// Who is told.
struct Listener {
    locale: Locale,
    kind: Kind,
    /// The page that was to be shown: it can be asked for again.
    again: Option<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Person,
    Script,
    Machine,
}

impl Listener {
    fn of(request: &Request) -> Self {
        let said = |name| request.headers().get(name).and_then(|value: &HeaderValue| value.to_str().ok()).unwrap_or_default();
        let kind = if session::is_fragment(request) {
            Kind::Script
        } else if request.uri().path().starts_with("/hooks/") || said(ACCEPT).starts_with("application/json") {
            Kind::Machine
        } else {
            Kind::Person
        };
        let again = (request.method() == Method::GET).then(|| request.uri().path_and_query().map(ToString::to_string)).flatten();
        Self { locale: asked_locale(request), kind, again }
    }

    fn tell(&self, fault: &Fault, locale: Locale) -> Response {
        let words = Words::of(locale);
        let sentence = words.refusal(&fault.refusal);
        let code = fault.refusal.code().to_owned();
        let told = match self.kind {
            Kind::Machine => return problem(fault, &sentence),
            Kind::Script => TroubleFragment { sentence, code }.render(),
            Kind::Person => TroublePage::new(words, fault, sentence).render(),
        };
        match told {
            Ok(html) => Html(html).into_response(),
            Err(_) => fault.status.into_response(),
        }
    }
}

fn problem(fault: &Fault, sentence: &str) -> Response {
    let report = serde_json::json!({
        "type": "about:blank",
        "title": sentence,
        "status": fault.status.as_u16(),
        "code": fault.refusal.code(),
    });
    ([(CONTENT_TYPE, "application/problem+json")], report.to_string()).into_response()
}
