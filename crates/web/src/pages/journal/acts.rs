//! What is done in the journal: booked, moved, marked, taken back.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;

use clinic::actors::Origin;
use clinic::journal::{Booking, CancelReason, Visit};
use desk::{ActError, Seen, VisitMark};
use kernel::{Refusal, VisitId};

use super::new_visit;
use crate::done::Done;
use crate::fault::Fault;
use crate::query::Filled;
use crate::session::SignedIn;
use crate::site::Site;
use crate::slot_word::SlotWord;

pub fn routes() -> Router<Site> {
    Router::new().route("/journal/visits/{id}/mark", post(mark)).route("/journal/visits/{id}/move", post(move_to))
}

type Form = (State<Site>, SignedIn, Path<String>, Filled);

pub async fn book(State(site): State<Site>, me: SignedIn, form: Filled) -> Result<Response, Fault> {
    let (patient, service) = (form.given("patient")?, form.given("service")?);
    let Some(SlotWord(slot)) = form.maybe_given("slot")? else {
        return new_visit::refused(&site, &me, &form, Refusal::new("form.choose").at("slot")).await;
    };
    let note = form.text("note").trim().to_owned();
    let booking = Booking { clinic: me.clinic.id, patient, service, slot, note, external_key: None };
    match desk::book_visit(site.desk(), me.actor(), Origin::Desk, booking).await {
        Ok(visit) => Ok(shown(&me, &visit, Done::Booked)),
        Err(ActError::Refused(refusal)) if is_of_the_form(&refusal) => new_visit::refused(&site, &me, &form, refusal).await,
        Err(error) => Err(error.into()),
    }
}

/// Something that another time or another word would mend.
fn is_of_the_form(refusal: &Refusal) -> bool {
    !matches!(refusal.code(), "thing.not-found" | "actor.not-allowed")
}

/// `mark=accept|confirm|arrive|in-chair|complete|no-show|late|cancel|undo`
pub async fn mark((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let seen = seen(&id, &form)?;
    let mark = visit_mark(&form)?;
    let visit = desk::mark_visit(site.desk(), me.actor(), Origin::Desk, seen, mark).await;
    let done = if matches!(mark, VisitMark::Cancel(_)) { Done::Cancelled } else { Done::Marked };
    visit.map(|visit| shown(&me, &visit, done)).map_err(|error| overtaken(error, seen))
}

pub async fn move_to((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let seen = seen(&id, &form)?;
    let Some(SlotWord(slot)) = form.maybe_given("slot")? else { return Err(Refusal::new("form.choose").at("slot").into()) };
    let visit = desk::move_visit(site.desk(), me.actor(), Origin::Desk, seen, slot).await;
    visit.map(|visit| shown(&me, &visit, Done::Moved)).map_err(|error| overtaken(error, seen))
}

fn seen(id: &str, form: &Filled) -> Result<Seen, Fault> {
    let visit: VisitId = id.parse().map_err(|_| Fault::not_found())?;
    Ok(Seen { visit, version: form.given("seen")? })
}

fn visit_mark(form: &Filled) -> Result<VisitMark, Fault> {
    Ok(match form.text("mark") {
        "accept" => VisitMark::Accept,
        "confirm" => VisitMark::Confirm,
        "arrive" => VisitMark::Arrive,
        "in-chair" => VisitMark::TakeInChair,
        "complete" => VisitMark::Complete,
        "no-show" => VisitMark::Miss,
        "late" => VisitMark::Late(form.typed("minutes")?),
        "cancel" => {
            VisitMark::Cancel(form.some("reason").map_or(Some(CancelReason::Unsaid), CancelReason::named).ok_or_else(Fault::malformed)?)
        }
        "undo" => VisitMark::Undo,
        _ => return Err(Fault::malformed()),
    })
}

/// The day on which the visit now stands.
fn shown(me: &SignedIn, visit: &Visit, done: Done) -> Response {
    done.go_to(format!("/journal?on={}&visit={}", visit.starts_at.date(&me.clinic.zone), visit.id))
}

/// The page of the trouble leads to the visit as it stands now.
fn overtaken(error: ActError, seen: Seen) -> Fault {
    Fault::from(error).way_on(format!("/journal/visits/{}", seen.visit))
}
