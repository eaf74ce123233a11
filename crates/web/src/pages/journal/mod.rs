//! The journal: the day by provider and chair.

pub mod acts;
pub mod view;

use axum::Router;

use crate::site::Site;

pub fn routes() -> Router<Site> {
    acts::routes()
}
