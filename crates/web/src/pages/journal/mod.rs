//! The journal: the day by provider and chair.

pub mod acts;
pub mod day;
mod new_visit;
mod panel;
pub mod view;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use clinic::staff::Right;
use kernel::VisitId;

use crate::fault::Fault;
use crate::query::Asked;
use crate::responder::{go_to, shown, shown_as};
use crate::session::{Piece, SignedIn};
use crate::site::Site;
use crate::{Notice, Place, Tone};
use view::{DayPiece, JournalPage, VisitPiece};

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/journal", get(open))
        .route("/journal/new", get(new_visit::open))
        .route("/journal/visits", post(acts::book))
        .route("/journal/visits/{id}", get(open_visit))
        .merge(acts::routes())
}

pub async fn open(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    me.actor().may(Right::SeeJournal)?;
    if let Some(patient) = asked.some("book") {
        return Ok(go_to(format!("/journal/new?patient={}", crate::query::encoded(patient))));
    }
    let asked_for = asked.day("on");
    let on = asked_for.as_ref().ok().copied().flatten().unwrap_or_else(|| me.today());
    let visit: Option<VisitId> = asked.maybe_given("visit")?;
    let (whole_day, beside) = day::read(&site, &me, on).await?.shown(&me, visit);
    let mut page = me.page(&site, Place::Journal, "journal-title").await?;
    if me.asks_for == Piece::Fragment {
        return shown(&DayPiece { page, day: whole_day, side: beside });
    }
    let open = match visit {
        Some(visit) => panel::shown(&site, &me, visit).await?,
        None => None,
    };
    let status = if let Err(refusal) = asked_for {
        page.notice = Some(Notice { tone: Tone::Bad, text: page.words.refusal(&refusal) });
        StatusCode::UNPROCESSABLE_ENTITY
    } else {
        StatusCode::OK
    };
    shown_as(status, &JournalPage { page, day: whole_day, side: beside, open })
}

/// One visit: beside its day, or alone for a script of ours.
pub async fn open_visit(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    me.actor().may(Right::SeeJournal)?;
    let id: VisitId = id.parse().map_err(|_| Fault::not_found())?;
    let open = panel::shown(&site, &me, id).await?.ok_or(Fault::not_found())?;
    if me.asks_for == Piece::Page {
        return Ok(go_to(format!("/journal?on={}&visit={}", open.on, open.id)));
    }
    shown(&VisitPiece { page: me.page(&site, Place::Journal, "journal-title").await?, open: Some(open) })
}
