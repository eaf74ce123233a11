//! What only a demo clinic has: the one address that signs in, the bar with its clock, a telephone for every patient, and a
//! website with the chat on it.
//!
//! The clock and the telephones themselves are the program's. This room asks it through a [`Remote`], and shows.

mod bar;
mod entry;
mod phone;
mod phones;
mod remote;
pub mod view;
mod website;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::router::BODY_WITH_FILE;
use crate::site::Site;

pub use entry::Entry;
pub use remote::{Asked, Command, Gesture, Progress, Push, Remote};
pub use website::Website;

/// Pages of the demo for whoever is signed in.
pub fn routes(remote: Remote) -> Router<Site> {
    Router::new()
        .route("/demo/bar", get(bar::show))
        .route("/demo/clock", post(bar::push))
        .route("/demo/phones", get(phones::show))
        .route("/demo/phone/{patient}", get(phone::show).post(phone::act).layer(DefaultBodyLimit::max(BODY_WITH_FILE)))
        .route("/demo/phone/{patient}/talk", get(phone::piece_of_talk))
        .layer(axum::Extension(remote))
}

/// The address that is printed when the demo starts, and the website of the clinic.
pub fn entrance(entry: Entry, website: Website) -> Router<Site> {
    let website = Router::new().route("/demo/website", get(website::show)).layer(axum::Extension(website));
    Router::new().route("/demo/enter", get(entry::enter)).layer(axum::Extension(entry)).merge(website)
}
