//! Opening hours of the week, and the days that differ.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use clinic::clinics::Clinic;
use clinic::staff::Right;
use kernel::{Date, Hours, Interval, Refusal, format};

use super::view::{HoursPage, OtherDay};
use crate::Place;
use crate::done::Done;
use crate::fault::Fault;
use crate::forms::{Faults, Week};
use crate::query::Filled;
use crate::responder::shown_as;
use crate::session::SignedIn;
use crate::site::Site;

pub async fn open(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let week = Week::of(&me.clinic.hours, me.words());
    shown(&site, &me, week, None).await
}

pub async fn save(State(site): State<Site>, me: SignedIn, form: Filled) -> Result<Response, Fault> {
    let hours = Week::line(|field| form.text(field).to_owned()).parse::<Hours>();
    let changed = hours.map(|hours| Clinic { hours, ..me.clinic.clone() }).map_err(|refusal| refusal.at("hours"));
    let week = Week::as_typed(me.words(), |day| form.text(&format!("hours-{day}")).to_owned());
    keep(&site, &me, (changed, Done::Saved), week).await
}

/// Another day: closed where no hours are given.
pub async fn add_day(State(site): State<Site>, me: SignedIn, form: Filled) -> Result<Response, Fault> {
    let mut clinic = me.clinic.clone();
    let changed = day(&form).map(|(on, intervals)| {
        clinic.exceptions.insert(on, intervals);
        clinic
    });
    keep(&site, &me, (changed, Done::Added), Week::of(&me.clinic.hours, me.words())).await
}

pub async fn remove_day(State(site): State<Site>, me: SignedIn, Path(on): Path<String>) -> Result<Response, Fault> {
    let on: Date = on.parse().map_err(|_| Fault::not_found())?;
    let mut clinic = me.clinic.clone();
    clinic.exceptions.remove(&on);
    keep(&site, &me, (Ok(clinic), Done::Removed), Week::of(&me.clinic.hours, me.words())).await
}

fn day(form: &Filled) -> Result<(Date, Vec<Interval>), Refusal> {
    let on = form.day("on").and_then(|day| day.ok_or_else(|| Refusal::new("form.day-unreadable")));
    let on = on.map_err(|refusal| refusal.at("exceptions"))?;
    let typed = format::ascii_digits(form.text("hours"));
    let intervals = typed.split_whitespace().map(str::parse::<Interval>).collect::<Result<Vec<_>, _>>();
    Ok((on, intervals.map_err(|refusal| refusal.at("exceptions"))?))
}

async fn keep(site: &Site, me: &SignedIn, (changed, done): (Result<Clinic, Refusal>, Done), week: Week) -> Result<Response, Fault> {
    let saved = match changed {
        Ok(clinic) => desk::save_clinic(site.desk(), me.actor(), clinic).await.map_err(Fault::from),
        Err(refusal) => Err(refusal.into()),
    };
    match saved {
        Ok(_) => Ok(done.go_to("/settings/hours")),
        Err(fault) if fault.status == StatusCode::UNPROCESSABLE_ENTITY => shown(site, me, week, Some(fault)).await,
        Err(fault) => Err(fault),
    }
}

async fn shown(site: &Site, me: &SignedIn, week: Week, fault: Option<Fault>) -> Result<Response, Fault> {
    let today = me.now.date(&me.clinic.zone);
    let hours = |intervals: &[Interval]| {
        let line = intervals.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ");
        format::digits(&line.replace('-', "–"), me.locale())
    };
    let coming = me.clinic.exceptions.iter().filter(|(on, _)| **on >= today);
    let day = |(on, intervals): (&Date, &Vec<Interval>)| OtherDay {
        on: on.to_string(),
        day: format!("{}{} {}", format::weekday(on.weekday(), me.locale()), me.words().comma(), format::date_with_year(*on, me.locale())),
        hours: hours(intervals),
    };
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| fault.status);
    let faults = fault.map(|fault| Faults::of(&fault.refusal, me.words())).unwrap_or_default();
    let page = me.page(site, Place::Settings, "settings-title").await?;
    shown_as(status, &HoursPage { page, week, days: coming.map(day).collect(), faults })
}
