//! Every address of the program, and what stands in front of it.
//!
//! ```text
//! all:     security headers, limits of size and time, every trouble becomes a page
//! staff:   signed in, and what changes something carries the token of the browser
//! patient: a signed link is the key; what changes something comes from its own page
//! hooks:   the provider's signature is the key
//! chat:    the websites that the clinic has named; the token of the visitor's browser is the key
//! ```
//!
//! A `GET` never changes anything. What somebody may do is asked by the act, not here.

use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;
use tower_http::catch_panic::CatchPanicLayer;
use tower_http::timeout::TimeoutLayer;

use crate::fault::Fault;
use crate::site::Site;
use crate::{assets, chat, csrf, headers, hooks, live, pages, patient, responder, session};

/// No form of ours is longer.
pub const BODY: usize = 1024 * 1024;
/// But for an answer with files: all of them, and the words around.
pub const BODY_WITH_FILE: usize = desk::LARGEST_TOGETHER + BODY;
const ANSWERED_WITHIN: Duration = Duration::from_secs(30);

pub fn router(site: Site) -> Router {
    router_beside(site, Beside::default())
}

/// Pages that only this program has, as the demo.
#[derive(Default)]
pub struct Beside {
    pub staff: Router<Site>,
    /// For whoever has not signed in.
    pub visitors: Router<Site>,
}

pub fn router_beside(site: Site, beside: Beside) -> Router {
    let by_token = || from_fn_with_state(site.clone(), csrf::with_token);
    let staff_only = || from_fn_with_state(site.clone(), session::staff_only);
    let staff = pages::routes().merge(beside.staff).layer(by_token()).layer(staff_only());
    let visitors = pages::visitor_routes().merge(beside.visitors).layer(by_token());
    let patients = patient::routes().layer(from_fn_with_state(site.clone(), csrf::from_here));
    let answered = staff
        .merge(visitors)
        .merge(patients)
        .merge(patient::one_click_routes())
        .merge(chat::routes())
        .layer(DefaultBodyLimit::max(BODY))
        .merge(hooks::routes())
        .route("/assets/{version}/{*name}", get(assets::asset))
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, ANSWERED_WITHIN))
        .merge(chat::file_routes());
    // a page listens for as long as it is open
    let listening = Router::new().route("/live", get(live::live)).layer(staff_only());
    let all = answered
        .merge(listening)
        .fallback(|| async { Fault::not_found() })
        .layer(CatchPanicLayer::custom(responder::panicked))
        .layer(from_fn(headers::guard))
        .layer(from_fn(responder::tell_faults))
        .layer(from_fn(headers::protect));
    let all = if site.is_https() { all.layer(from_fn(headers::only_https)) } else { all };
    all.with_state(site)
}
