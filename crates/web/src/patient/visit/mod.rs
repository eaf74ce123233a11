//! The page of one visit: how it stands, and what the patient can do about it with one tap.

pub mod view;

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::http::header::{CONTENT_DISPOSITION, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use std::time::Duration;

use clinic::clinics::Clinic;
use clinic::journal::{CancelReason, Slot, VisitState};
use desk::{ActError, PageAnswer, Wanted};
use kernel::format::{self, RelativeDay};
use kernel::{Arg, OpenDays, Refusal};

use super::{NotShown, shell};
use crate::fault::Fault;
use crate::query::{Asked, Filled};
use crate::responder::{go_to, shown_as};
use crate::site::Site;
use crate::slot_word::SlotWord;
use crate::telling::Telling;
use crate::{Chip, Notice, Tone, Words};
use view::{DayOfTimes, FreeTime, Part, Standing, VisitPage};

/// What has just been done, as it stands in the address of the page that shows it.
const DONE: [(&str, &str); 5] = [
    ("confirmed", "visit-page-done-confirmed"),
    ("moved", "visit-page-done-moved"),
    ("late", "visit-page-done-late"),
    ("cancelled", "visit-page-done-cancelled"),
    ("person", "visit-page-done-person"),
];

pub async fn open(State(site): State<Site>, Path(token): Path<String>, Asked(asked): Asked) -> Result<Response, NotShown> {
    let opened = desk::open_visit_page(site.desk(), token.clone(), Wanted::TheVisit).await?;
    let words = Words::of(opened.patient.locale);
    let done = DONE.iter().find(|(name, _)| *name == asked.text("done"));
    let notice = done.map(|(_, key)| Notice { tone: Tone::Good, text: words.say(key) });
    Ok(shown_as(StatusCode::OK, &page(&token, opened, Wanted::TheVisit, notice))?)
}

pub async fn times(State(site): State<Site>, Path(token): Path<String>) -> Result<Response, NotShown> {
    let opened = desk::open_visit_page(site.desk(), token.clone(), Wanted::OtherTimes).await?;
    Ok(shown_as(StatusCode::OK, &page(&token, opened, Wanted::OtherTimes, None))?)
}

pub async fn calendar(State(site): State<Site>, Path(token): Path<String>) -> Result<Response, NotShown> {
    let file = desk::visit_calendar(site.desk(), token).await?;
    let name = format!("attachment; filename=\"{}\"", file.name);
    Ok(([(CONTENT_TYPE, file.media_type), (CONTENT_DISPOSITION, name)], file.text).into_response())
}

pub async fn answer(State(site): State<Site>, Path(token): Path<String>, form: Filled) -> Result<Response, NotShown> {
    let (answer, done) = answer_of(&form)?;
    let seen = form.given("seen")?;
    match desk::answer_visit_page(site.desk(), token.clone(), seen, answer).await {
        Ok(_) => Ok(go_to(format!("/visit/{token}?done={done}"))),
        Err(ActError::Refused(refusal)) if refusal.code() != "thing.not-found" => again(&site, token, answer, &refusal).await,
        Err(error) => Err(error.into()),
    }
}

/// How it stands now, and why the answer did not count.
async fn again(site: &Site, token: String, answer: PageAnswer, refusal: &Refusal) -> Result<Response, NotShown> {
    let wanted = if matches!(answer, PageAnswer::Move(_)) { Wanted::OtherTimes } else { Wanted::TheVisit };
    let opened = desk::open_visit_page(site.desk(), token.clone(), wanted).await?;
    let words = Words::of(opened.patient.locale);
    let text = if refusal.code() == "visit.stale" { words.say("visit-page-changed") } else { words.refusal(refusal) };
    let status = if Fault::is_overtaken(refusal) { StatusCode::CONFLICT } else { StatusCode::UNPROCESSABLE_ENTITY };
    Ok(shown_as(status, &page(&token, opened, wanted, Some(Notice { tone: Tone::Wait, text })))?)
}

fn answer_of(form: &Filled) -> Result<(PageAnswer, &'static str), Fault> {
    Ok(match form.text("answer") {
        "confirm" => (PageAnswer::Confirm, "confirmed"),
        "person" => (PageAnswer::Person, "person"),
        "late" => (PageAnswer::Late(form.given("minutes")?), "late"),
        "cancel" => (PageAnswer::Cancel(CancelReason::named(form.text("reason")).ok_or_else(Fault::malformed)?), "cancelled"),
        "move" => {
            let SlotWord(slot) = form.given("slot")?;
            (PageAnswer::Move(slot), "moved")
        }
        _ => return Err(Fault::malformed()),
    })
}

fn page(token: &str, opened: desk::VisitPage, wanted: Wanted, notice: Option<Notice>) -> VisitPage {
    let desk::VisitPage { clinic, patient, visit, provider, preparation, slots, now } = opened;
    let mut page = shell(patient.locale, "visit-page-title");
    page.notice = notice;
    let telling = Telling { words: page.words, zone: &clinic.zone, now };
    let standing = match visit.state {
        VisitState::Booked if visit.starts_at > now => Standing::Booked,
        VisitState::Confirmed { .. } if visit.starts_at > now => Standing::Confirmed,
        VisitState::Requested if visit.starts_at > now => Standing::Requested,
        _ => Standing::Closed,
    };
    VisitPage {
        clinic: clinic.name.clone(),
        path: format!("/visit/{token}"),
        version: visit.version,
        patient: patient.name.given().to_owned(),
        chip: Chip { tone: tone(&visit.state), text: page.words.say(&visit.state.key()) },
        standing,
        when: telling.moment(visit.starts_at),
        nearness: nearness(&telling, visit.starts_at),
        provider,
        minutes: u32::try_from(visit.ends_at.since(visit.starts_at).as_secs() / 60).unwrap_or_default(),
        address: clinic.address.clone(),
        map_url: clinic.map_url.clone(),
        preparation,
        late_minutes: visit.late_minutes,
        person: answered_by(&telling, &clinic),
        part: match wanted {
            Wanted::TheVisit => Part::TheVisit,
            Wanted::OtherTimes => Part::OtherTimes(days(&telling, &slots)),
        },
        page,
    }
}

pub const fn tone(state: &VisitState) -> Tone {
    match state {
        VisitState::Confirmed { .. } | VisitState::Arrived { .. } | VisitState::InChair { .. } => Tone::Good,
        VisitState::Requested | VisitState::Booked => Tone::Wait,
        VisitState::Completed { .. } | VisitState::Moved { .. } | VisitState::Cancelled { .. } => Tone::Done,
        VisitState::NoShow { .. } => Tone::Bad,
    }
}

fn nearness(telling: &Telling<'_>, at: kernel::Timestamp) -> String {
    let (day, today) = (at.date(telling.zone), telling.now.date(telling.zone));
    match format::relative_day(day, today) {
        RelativeDay::Today => telling.words.say("visit-page-today"),
        RelativeDay::Tomorrow => telling.words.say("visit-page-tomorrow"),
        RelativeDay::Yesterday | RelativeDay::Other => String::new(),
    }
}

/// When a person answers: today by a time, or from the next opening on.
fn answered_by(telling: &Telling<'_>, clinic: &Clinic) -> String {
    let days = OpenDays { hours: &clinic.hours, exceptions: &clinic.exceptions, zone: &clinic.zone };
    let Some(by) = days.add_open(telling.now, Duration::from_mins(15)) else { return String::new() };
    let (key, time) = if days.is_open(telling.now) && by.date(&clinic.zone) == telling.now.date(&clinic.zone) {
        ("visit-page-answers-by", telling.time(by))
    } else {
        ("visit-page-answers-from", telling.moment(by))
    };
    telling.words.with(key, &[("time", Arg::from(time))])
}

fn days(telling: &Telling<'_>, slots: &[Slot]) -> Vec<DayOfTimes> {
    let mut days: Vec<DayOfTimes> = Vec::new();
    for slot in slots {
        let day = format::date_long(slot.starts_at.date(telling.zone), telling.words.locale());
        let free = FreeTime { value: SlotWord(*slot).to_string(), time: telling.time(slot.starts_at), provider: None };
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => last.times.push(free),
            None => days.push(DayOfTimes { day, times: vec![free] }),
        }
    }
    days
}
