//! Pages of patients: no sign-in, a signed link is the key. They work on a small phone and without scripts.

mod files;
pub mod unsubscribe;
pub mod visit;

use axum::Router;
use axum::extract::Request;
use axum::middleware::{Next, from_fn};
use axum::response::Response;
use axum::routing::get;
use desk::ActError;
use kernel::Locale;

use crate::fault::Fault;
use crate::responder;
use crate::site::Site;
use crate::{PlainPage, Words};
use visit::view::LinkEndedPage;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/visit/{token}", get(visit::open).post(visit::answer))
        .route("/visit/{token}/times", get(visit::times))
        .route("/visit/{token}/calendar.ics", get(visit::calendar))
        .route("/files/{token}", get(files::file))
        .layer(from_fn(tell_ended_link))
}

/// What a mail program calls by itself when somebody presses 'unsubscribe' in it (RFC 8058).
pub fn one_click_routes() -> Router<Site> {
    Router::new().route("/unsubscribe/{token}", get(unsubscribe::open).post(unsubscribe::end)).layer(from_fn(tell_ended_link))
}

/// The shell of a page in the patient's language.
pub fn shell(locale: Locale, title: &str) -> PlainPage {
    let words = Words::of(locale);
    PlainPage { words, title: words.say(title), csrf: String::new(), notice: None }
}

/// A link that leads nowhere has a page of its own, the same for expired, replaced and invented ones.
async fn tell_ended_link(request: Request, next: Next) -> Response {
    let locale = responder::asked_locale(&request);
    let response = next.run(request).await;
    if response.extensions().get::<Ended>().is_none() {
        return response;
    }
    let page = shell(locale, "link-ended-title");
    responder::shown_as(response.status(), &LinkEndedPage { page }).unwrap_or(response)
}

/// Marks an answer as that of a link that has ended.
#[derive(Clone, Copy)]
struct Ended;

/// Why a page of a patient is not shown.
pub enum NotShown {
    Ended,
    Fault(Fault),
}

impl From<ActError> for NotShown {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(refusal) if refusal.code() == "thing.not-found" => Self::Ended,
            error => Self::Fault(error.into()),
        }
    }
}

impl From<Fault> for NotShown {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

impl axum::response::IntoResponse for NotShown {
    fn into_response(self) -> Response {
        match self {
            Self::Fault(fault) => fault.into_response(),
            Self::Ended => {
                let mut response = Fault::not_found().into_response();
                response.extensions_mut().insert(Ended);
                response
            }
        }
    }
}
