//! Name, place, language and quiet hours of the clinic.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;

use clinic::clinics::Clinic;
use clinic::staff::Right;
use kernel::{Locale, QuietHours, Refusal, Time, Zone};

use super::view::{ClinicForm, ClinicPage};
use crate::Place;
use crate::done::Done;
use crate::fault::Fault;
use crate::forms::Faults;
use crate::pages::set_up::{ZONES, locales};
use crate::query::Filled;
use crate::responder::shown_as;
use crate::session::SignedIn;
use crate::site::Site;

pub async fn open(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let form = as_it_stands(&me.clinic);
    shown(&site, &me, form, None).await
}

pub async fn save(State(site): State<Site>, me: SignedIn, form: Filled) -> Result<Response, Fault> {
    let saved = match written(me.clinic.clone(), &form) {
        Ok(clinic) => desk::save_clinic(site.desk(), me.actor(), clinic).await.map_err(Fault::from),
        Err(refusal) => Err(refusal.into()),
    };
    match saved {
        Ok(_) => Ok(Done::Saved.go_to("/settings")),
        Err(fault) if fault.status == StatusCode::UNPROCESSABLE_ENTITY => shown(&site, &me, as_typed(&form), Some(fault)).await,
        Err(fault) => Err(fault),
    }
}

fn written(clinic: Clinic, form: &Filled) -> Result<Clinic, Refusal> {
    let time = |name: &'static str| form.typed::<Time>(name).map_err(|refusal| refusal.at("quiet_hours"));
    Ok(Clinic {
        name: form.text("name").to_owned(),
        address: form.text("address").replace("\r\n", "\n"),
        map_url: form.some("map_url").map(str::to_owned),
        zone: Zone::named(form.text("zone").trim()).map_err(|_| Refusal::new("form.unreadable").at("zone"))?,
        region: form.text("region").trim().to_ascii_uppercase(),
        locale: form.text("locale").parse::<Locale>().map_err(|_| Refusal::new("form.choose").at("locale"))?,
        public_url: form.some("public_url").map(str::to_owned),
        quiet_hours: QuietHours { from: time("quiet_from")?, until: time("quiet_until")? },
        daily_cap: form.typed("daily_cap")?,
        ..clinic
    })
}

fn as_it_stands(clinic: &Clinic) -> ClinicForm {
    let time = |time: Time| format!("{:02}:{:02}", time.hour(), time.minute());
    ClinicForm {
        name: clinic.name.clone(),
        address: clinic.address.clone(),
        map_url: clinic.map_url.clone().unwrap_or_default(),
        zone: clinic.zone.name().to_owned(),
        zones: ZONES.map(str::to_owned).into(),
        region: clinic.region.clone(),
        locales: locales(clinic.locale.code()),
        public_url: clinic.public_url.clone().unwrap_or_default(),
        quiet_from: time(clinic.quiet_hours.from),
        quiet_until: time(clinic.quiet_hours.until),
        daily_cap: clinic.daily_cap.to_string(),
    }
}

fn as_typed(form: &Filled) -> ClinicForm {
    let text = |name: &str| form.text(name).to_owned();
    ClinicForm {
        name: text("name"),
        address: text("address"),
        map_url: text("map_url"),
        zone: text("zone"),
        zones: ZONES.map(str::to_owned).into(),
        region: text("region"),
        locales: locales(form.text("locale")),
        public_url: text("public_url"),
        quiet_from: text("quiet_from"),
        quiet_until: text("quiet_until"),
        daily_cap: text("daily_cap"),
    }
}

async fn shown(site: &Site, me: &SignedIn, form: ClinicForm, fault: Option<Fault>) -> Result<Response, Fault> {
    let page = me.page(site, Place::Settings, "settings-title").await?;
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| fault.status);
    let faults = fault.map(|fault| Faults::of(&fault.refusal, me.words())).unwrap_or_default();
    shown_as(status, &ClinicPage { page, form, faults })
}
