//! Pages of patients: no sign-in, a signed link is the key. They work on a small phone and without scripts.

pub mod unsubscribe;
pub mod visit;

use axum::Router;

use crate::site::Site;

pub fn routes() -> Router<Site> {
    Router::new()
}

/// What a mail program calls by itself when somebody presses 'unsubscribe' in it (RFC 8058).
pub fn one_click_routes() -> Router<Site> {
    Router::new()
}
