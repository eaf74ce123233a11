//! The pages of staff, one folder each: `mod.rs` takes apart, lets act and presents; `view.rs` is what the template shows.

pub mod calls;
pub mod inbox;
pub mod journal;
pub mod patients;
pub mod playbooks;
pub mod set_up;
pub mod settings;
pub mod sign_in;
pub mod today;
pub mod trouble;

use axum::Router;
use axum::response::Redirect;
use axum::routing::get;

use crate::site::Site;

/// Pages for whoever is signed in.
pub fn routes() -> Router<Site> {
    Router::new()
        .route("/", get(|| async { Redirect::to("/today") }))
        .merge(today::routes())
        .merge(calls::routes())
        .merge(inbox::routes())
        .merge(journal::routes())
        .merge(patients::routes())
        .merge(playbooks::routes())
        .merge(settings::routes())
}

/// Pages for whoever is not: signing in, the first run.
pub fn visitor_routes() -> Router<Site> {
    sign_in::routes()
}
