//! Patients: the list, found while somebody types, and the card of each.

pub mod acts;
pub mod card;
mod form;
mod list;
mod timeline;
pub mod view;

use axum::Router;
use axum::routing::get;

use crate::site::Site;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/patients", get(list::open).post(acts::add))
        .route("/patients/rows", get(list::rows))
        .route("/patients/new", get(form::new))
        .route("/patients/guardians", get(form::guardians_found))
        .route("/patients/{id}", get(card::open))
        .route("/patients/{id}/edit", get(form::edit).post(acts::change))
        .route("/patients/{id}/lately", get(timeline::piece))
        .merge(acts::routes())
}
