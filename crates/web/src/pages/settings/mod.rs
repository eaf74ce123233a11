//! Settings: the clinic, its hours and people, what can be booked, and the channels on which patients reach it.

mod channels;
mod clinic;
pub mod health;
mod hours;
mod ladder;
pub mod ladder_view;
mod me;
mod services;
mod staff;
pub mod texts;
pub mod view;

use axum::Router;
use axum::routing::{get, post};

use crate::site::Site;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/settings", get(clinic::open).post(clinic::save))
        .route("/settings/hours", get(hours::open).post(hours::save))
        .route("/settings/hours/days", post(hours::add_day))
        .route("/settings/hours/days/{on}/remove", post(hours::remove_day))
        .route("/settings/staff", get(staff::list).post(staff::add))
        .route("/settings/staff/new", get(staff::new))
        .route("/settings/staff/{id}", get(staff::open).post(staff::save))
        .route("/settings/staff/{id}/leave", post(staff::leave))
        .route("/settings/staff/{id}/return", post(staff::come_back))
        .route("/settings/services", get(services::list).post(services::add))
        .route("/settings/services/new", get(services::new))
        .route("/settings/services/{id}", get(services::open).post(services::save))
        .route("/settings/chairs", get(services::chairs).post(services::add_chair))
        .route("/settings/chairs/{id}", post(services::save_chair))
        .route("/settings/channels", get(channels::list))
        .route("/settings/channels/new/{channel}", get(channels::new).post(channels::connect))
        .route("/settings/channels/{account}", get(channels::open).post(channels::save))
        .route("/settings/channels/{account}/trial", post(channels::trial))
        .route("/settings/channels/{account}/switch", post(channels::switch))
        .route("/settings/channels/health", get(health::open))
        .route("/settings/channels/{account}/health/check", post(health::check))
        .route("/settings/channels/{account}/health/set-again", post(health::set_again))
        .route("/settings/channels/{account}/record", post(health::check_record))
        .route("/settings/channels/{account}/texts", get(texts::open))
        .route("/settings/channels/{account}/texts/fetch", post(texts::fetch))
        .route("/settings/channels/{account}/texts/assign", get(texts::choose).post(texts::assign))
        .route("/settings/channels/{account}/texts/end", post(texts::end))
        .route("/settings/channels/{account}/prices", post(channels::save_prices))
        .route("/settings/ladder", get(ladder::list))
        .route("/settings/ladder/undo", post(ladder::undo))
        .route("/settings/ladder/rule", get(ladder::open).post(ladder::change))
        .route("/settings/ladder/unreached", get(ladder::unreached))
        .route("/settings/me", get(me::open))
        .route("/settings/me/password", post(me::change_password))
        .route("/settings/me/telephone", post(me::sit_at))
}
