//! The bar over a demo clinic: what its clock shows, and the hand that pushes it.

use std::time::Duration;

use axum::Extension;
use axum::extract::State;
use axum::response::Response;

use super::remote::{Command, Push, Remote};
use super::view::{BarPage, BarPiece, Moving};
use crate::fault::Fault;
use crate::query::Filled;
use crate::responder::{go_to, shown};
use crate::session::{Piece, SignedIn};
use crate::site::Site;

/// A short push is over before its answer is written.
const SOON: Duration = Duration::from_millis(250);

pub async fn show(State(site): State<Site>, me: SignedIn, Extension(remote): Extension<Remote>) -> Result<Response, Fault> {
    piece(&site, &me, &remote)
}

pub async fn push(State(site): State<Site>, me: SignedIn, Extension(remote): Extension<Remote>, filled: Filled) -> Result<Response, Fault> {
    let command = match filled.text("push") {
        "hour" => Command::Push(Push::Hour),
        "day" => Command::Push(Push::Day),
        "run" => Command::Run,
        "pause" => Command::Pause,
        _ => return Err(Fault::malformed()),
    };
    if me.asks_for == Piece::Page {
        remote.ask(command).await?;
        return Ok(go_to("/today"));
    }
    let pushes = matches!(command, Command::Push(_));
    let done = remote.begin(command).await?;
    if tokio::time::timeout(SOON, done).await.is_err() && pushes && remote.progress.percent().is_none() {
        remote.progress.set(Some(0));
    }
    piece(&site, &me, &remote)
}

fn piece(site: &Site, me: &SignedIn, remote: &Remote) -> Result<Response, Fault> {
    let words = me.words();
    let demo = site.demo_bar(words, &me.clinic.zone).ok_or_else(Fault::not_found)?;
    let moving = match (remote.progress.percent(), demo.running) {
        (Some(percent), _) => Moving::Pushed(percent),
        (None, true) => Moving::ByItself,
        (None, false) => Moving::No,
    };
    shown(&BarPiece { page: BarPage { words, csrf: me.csrf.clone() }, demo, moving })
}
