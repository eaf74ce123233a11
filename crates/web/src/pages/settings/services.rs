//! What can be booked, and the chairs it is done in.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use clinic::services::{Chair, Offered, Service};
use clinic::staff::{Employed, Provides, Right, StaffMember};
use desk::ServiceCard;
use kernel::{Arg, ChairId, Refusal, ServiceId, Timestamp};
use store::Tx;

use super::view::{ChairsPage, ServiceCardPage, ServiceForm, ServiceLine, ServicesPage};
use crate::done::Done;
use crate::fault::Fault;
use crate::forms::{Choice, Faults};
use crate::query::Filled;
use crate::responder::{shown, shown_as};
use crate::session::SignedIn;
use crate::site::Site;
use crate::{Chip, Place, Tone};

/// What a service is made of.
struct Known {
    services: Vec<Service>,
    providers: Vec<StaffMember>,
    chairs: Vec<Chair>,
}

async fn known(site: &Site, me: &SignedIn) -> Result<Known, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let clinic = me.clinic.id;
    let read = move |tx: &mut Tx<'_>, _: Timestamp| {
        let treats =
            |member: &StaffMember| member.clinic == clinic && member.provides == Provides::Treatment && member.employed == Employed::Yes;
        Ok(Known {
            services: store::clinics::services(tx, clinic)?,
            providers: store::staff::all(tx)?.into_iter().filter(treats).collect(),
            chairs: store::clinics::chairs(tx, clinic)?,
        })
    };
    Ok(site.desk().look(read).await?)
}

pub async fn list(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    let known = known(&site, &me).await?;
    let services = known.services.iter().map(|service| known.line(&me, service)).collect();
    shown(&ServicesPage { page: me.page(&site, Place::Settings, "settings-title").await?, services })
}

pub async fn new(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    let known = known(&site, &me).await?;
    let form = ServiceForm { minutes: "30".to_owned(), buffer_minutes: "0".to_owned(), ..known.form(&me, &[], &[], "yes") };
    card(&site, &me, None, (form, None)).await
}

pub async fn open(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    let id: ServiceId = id.parse().map_err(|_| Fault::not_found())?;
    let known = known(&site, &me).await?;
    let service = known.services.iter().find(|service| service.id == id).ok_or(Fault::not_found())?;
    let chosen = |ids: Vec<String>| ids;
    let providers = chosen(service.providers.iter().map(ToString::to_string).collect());
    let chairs = chosen(service.chairs.iter().map(ToString::to_string).collect());
    let offered = if service.offered == Offered::Yes { "yes" } else { "retired" };
    let form = ServiceForm {
        name: service.name.clone(),
        minutes: service.minutes.to_string(),
        buffer_minutes: service.buffer_minutes.to_string(),
        preparation: service.preparation.clone(),
        ..known.form(&me, &providers, &chairs, offered)
    };
    card(&site, &me, Some(id), (form, None)).await
}

pub async fn add(State(site): State<Site>, me: SignedIn, form: Filled) -> Result<Response, Fault> {
    keep(&site, &me, None, &form).await
}

pub async fn save(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, form: Filled) -> Result<Response, Fault> {
    let id: ServiceId = id.parse().map_err(|_| Fault::not_found())?;
    keep(&site, &me, Some(id), &form).await
}

async fn keep(site: &Site, me: &SignedIn, id: Option<ServiceId>, form: &Filled) -> Result<Response, Fault> {
    let saved = match written(me, form) {
        Ok(card) => desk::save_service(site.desk(), me.actor(), id, card).await.map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    match saved {
        Ok(_) => Ok(Done::Saved.go_to("/settings/services")),
        Err(fault) => {
            let known = known(site, me).await?;
            card(site, me, id, (known.as_typed(me, form), Some(fault))).await
        }
    }
}

fn written(me: &SignedIn, form: &Filled) -> Result<ServiceCard, Fault> {
    let ids = |name: &str| form.all(name).into_iter().map(str::parse).collect::<Result<Vec<_>, _>>();
    let chairs = form.all("chairs").into_iter().map(str::parse::<ChairId>).collect::<Result<Vec<_>, _>>();
    Ok(ServiceCard {
        clinic: me.clinic.id,
        name: form.text("name").to_owned(),
        minutes: form.typed("minutes")?,
        buffer_minutes: form.maybe_typed("buffer_minutes")?.unwrap_or(0),
        providers: ids("providers").map_err(|_| Fault::malformed())?,
        chairs: chairs.map_err(|_| Fault::malformed())?,
        preparation: form.text("preparation").replace("\r\n", "\n"),
        offered: match form.text("offered") {
            "yes" => Offered::Yes,
            "retired" => Offered::Retired,
            _ => return Err(Refusal::new("form.choose").at("offered").into()),
        },
    })
}

impl Known {
    fn line(&self, me: &SignedIn, service: &Service) -> ServiceLine {
        let words = me.words();
        let named = self.providers.iter().filter(|member| service.providers.contains(&member.id)).map(|member| member.title.clone());
        let who = named.collect::<Vec<_>>().join(", ");
        let length = [("minutes", Arg::from(service.minutes)), ("buffer", Arg::from(service.buffer_minutes))];
        ServiceLine {
            id: service.id.to_string(),
            name: service.name.clone(),
            length: words.with("service-length", &length),
            who: if service.providers.is_empty() { words.say("service-everybody") } else { who },
            chip: (service.offered == Offered::Retired).then(|| Chip::new(Tone::Done, words.say("service-offered-retired"))),
        }
    }

    /// What can be chosen from; names and numbers are the caller's to fill in.
    fn form(&self, me: &SignedIn, providers: &[String], chairs: &[String], offered: &str) -> ServiceForm {
        let choice = |id: String, label: &str, chosen: &[String]| Choice { chosen: chosen.contains(&id), ..Choice::new(id, label) };
        let words = me.words();
        ServiceForm {
            providers: self.providers.iter().map(|member| choice(member.id.to_string(), &member.title, providers)).collect(),
            chairs: self.chairs.iter().map(|chair| choice(chair.id.to_string(), &chair.name, chairs)).collect(),
            offered: Choice::choose(
                ["yes", "retired"].map(|value| Choice::new(value, words.say(&format!("service-offered-{value}")))).into(),
                offered,
            ),
            ..ServiceForm::default()
        }
    }

    fn as_typed(&self, me: &SignedIn, form: &Filled) -> ServiceForm {
        let ids = |name: &str| form.all(name).into_iter().map(str::to_owned).collect::<Vec<_>>();
        ServiceForm {
            name: form.text("name").to_owned(),
            minutes: form.text("minutes").to_owned(),
            buffer_minutes: form.text("buffer_minutes").to_owned(),
            preparation: form.text("preparation").to_owned(),
            ..self.form(me, &ids("providers"), &ids("chairs"), form.text("offered"))
        }
    }
}

async fn card(site: &Site, me: &SignedIn, id: Option<ServiceId>, (form, fault): (ServiceForm, Option<Fault>)) -> Result<Response, Fault> {
    if let Some(fault) = fault.as_ref().filter(|fault| fault.status != StatusCode::UNPROCESSABLE_ENTITY) {
        return Err(fault.clone());
    }
    let page = me.page(site, Place::Settings, "settings-title").await?;
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| fault.status);
    let faults = fault.map(|fault| Faults::of(&fault.refusal, me.words())).unwrap_or_default();
    shown_as(status, &ServiceCardPage { page, id: id.map(|id| id.to_string()), form, faults })
}

pub async fn chairs(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    chairs_shown(&site, &me, None).await
}

pub async fn add_chair(State(site): State<Site>, me: SignedIn, form: Filled) -> Result<Response, Fault> {
    keep_chair(&site, &me, None, &form).await
}

pub async fn save_chair(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, form: Filled) -> Result<Response, Fault> {
    let id: ChairId = id.parse().map_err(|_| Fault::not_found())?;
    keep_chair(&site, &me, Some(id), &form).await
}

async fn keep_chair(site: &Site, me: &SignedIn, id: Option<ChairId>, form: &Filled) -> Result<Response, Fault> {
    match desk::save_chair(site.desk(), me.actor(), me.clinic.id, id, form.text("name").to_owned()).await {
        Ok(_) => Ok(Done::Saved.go_to("/settings/chairs")),
        Err(error) => {
            let fault = Fault::from(error);
            if fault.status == StatusCode::UNPROCESSABLE_ENTITY { chairs_shown(site, me, Some(fault)).await } else { Err(fault) }
        }
    }
}

async fn chairs_shown(site: &Site, me: &SignedIn, fault: Option<Fault>) -> Result<Response, Fault> {
    let known = known(site, me).await?;
    let chairs = known.chairs.iter().map(|chair| (chair.id.to_string(), chair.name.clone())).collect();
    let page = me.page(site, Place::Settings, "settings-title").await?;
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| fault.status);
    let faults = fault.map(|fault| Faults::of(&fault.refusal, me.words())).unwrap_or_default();
    shown_as(status, &ChairsPage { page, chairs, faults })
}
