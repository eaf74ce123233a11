//! What is done on a patient's card: opened, rewritten, contacts, consents, a messenger tied to it.

use axum::Router;
use axum::extract::{Path, State};
use axum::response::Response;
use axum::routing::post;

use clinic::actors::Channel;
use clinic::consents::{Answer, Purpose};
use clinic::patients::{Bots, NewPatient, Patient, Standing};
use desk::ContactNews;
use kernel::{ConsentId, ContactPointId, PatientId, PersonName, Refusal};

use super::{card, form};
use crate::done::Done;
use crate::fault::Fault;
use crate::query::Filled;
use crate::session::SignedIn;
use crate::site::Site;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/patients/{id}/contacts", post(add_contact))
        .route("/patients/{id}/contacts/{contact}", post(tend_contact))
        .route("/patients/{id}/consents", post(answer_consent))
        .route("/patients/{id}/consents/{consent}/withdraw", post(withdraw))
        .route("/patients/{id}/connect", post(card::connect))
}

type Form = (State<Site>, SignedIn, Path<String>, Filled);

pub fn patient(id: &str) -> Result<PatientId, Fault> {
    id.parse().map_err(|_| Fault::not_found())
}

fn card_of(patient: PatientId) -> String {
    format!("/patients/{patient}")
}

pub async fn add(State(site): State<Site>, me: SignedIn, filled: Filled) -> Result<Response, Fault> {
    let added = match written(&me, &filled, None) {
        Ok(card) => desk::add_patient(site.desk(), me.actor(), card).await.map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    match added {
        Ok(patient) => first_steps(&site, &me, &patient, &filled).await,
        Err(fault) => form::refused(&site, &me, None, fault, &filled).await,
    }
}

/// The number that stood in the form of a new card, and the thread from which it was opened.
async fn first_steps(site: &Site, me: &SignedIn, patient: &Patient, filled: &Filled) -> Result<Response, Fault> {
    if let Some(typed) = filled.some("contact") {
        let added = desk::add_contact(site.desk(), me.actor(), patient.id, typed.to_owned()).await;
        if let Err(error) = added {
            return card::refused(site, me, patient.id, error).await;
        }
    }
    let Some(conversation) = filled.maybe_given("conversation")? else { return Ok(Done::Added.go_to(card_of(patient.id))) };
    let joined = desk::link_conversation(site.desk(), me.actor(), conversation, patient.id).await?;
    Ok(Done::Linked.go_to(format!("/inbox/{joined}")))
}

pub async fn change((State(site), me, Path(id), filled): Form) -> Result<Response, Fault> {
    let id = patient(&id)?;
    let before = site.desk().look(move |tx, _| Ok(store::patients::find(tx, id)?)).await?.ok_or(Fault::not_found())?;
    let changed = match written(&me, &filled, Some(&before)) {
        Ok(card) => desk::change_patient(site.desk(), me.actor(), id, card).await.map_err(Fault::from),
        Err(fault) => Err(fault),
    };
    match changed {
        Ok(_) => Ok(Done::Saved.go_to(card_of(id))),
        Err(fault) => form::refused(&site, &me, Some(id), fault, &filled).await,
    }
}

/// The card as the form was filled in; what the form does not ask stays as it was.
fn written(me: &SignedIn, form: &Filled, before: Option<&Patient>) -> Result<NewPatient, Fault> {
    let standing = match form.text("standing") {
        "lead" => Standing::Lead,
        "patient" => Standing::Patient,
        "refused" => Standing::Refused,
        "deceased" => Standing::Deceased,
        "" => before.map_or(Standing::Patient, |before| before.standing),
        _ => return Err(Fault::malformed()),
    };
    Ok(NewPatient {
        clinic: before.map_or(me.clinic.id, |before| before.clinic),
        name: PersonName::new(form.text("given"), form.text("family"))?,
        locale: form.given("locale")?,
        born_on: form.day("born_on")?,
        guardian: form.maybe_given("guardian")?,
        zone: before.and_then(|before| before.zone.clone()),
        preferred_channel: form.some("preferred_channel").map(|name| Channel::named(name).ok_or_else(Fault::malformed)).transpose()?,
        bots: if form.some("no_bots").is_some() { Bots::NoBots } else { Bots::Welcome },
        standing,
        note: form.text("note").to_owned(),
        external_key: before.and_then(|before| before.external_key.clone()),
    })
}

pub async fn add_contact((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let id = patient(&id)?;
    match desk::add_contact(site.desk(), me.actor(), id, form.text("address").to_owned()).await {
        Ok(_) => Ok(Done::Added.go_to(card_of(id))),
        Err(error) => card::refused(&site, &me, id, error).await,
    }
}

/// `news=verified|shared|opted-out|not-theirs|theirs`
pub async fn tend_contact(
    State(site): State<Site>,
    me: SignedIn,
    Path((id, contact)): Path<(String, String)>,
    form: Filled,
) -> Result<Response, Fault> {
    let (id, contact) = (patient(&id)?, contact.parse::<ContactPointId>().map_err(|_| Fault::not_found())?);
    let news = match form.text("news") {
        "verified" => ContactNews::Verified,
        "shared" => ContactNews::Shared,
        "opted-out" => ContactNews::OptedOut,
        "not-theirs" => ContactNews::NotTheirs,
        "theirs" => ContactNews::Theirs,
        _ => return Err(Fault::malformed()),
    };
    desk::tend_contact(site.desk(), me.actor(), contact, news).await?;
    Ok(Done::Saved.go_to(card_of(id)))
}

/// `answer=give|refuse`, for a `purpose`, on one `channel` or on all, with what shows it.
pub async fn answer_consent((State(site), me, Path(id), form): Form) -> Result<Response, Fault> {
    let id = patient(&id)?;
    let purpose = Purpose::ALL.into_iter().find(|purpose| purpose.name() == form.text("purpose")).ok_or_else(Fault::malformed)?;
    let channel = form.some("channel").map(|name| Channel::named(name).ok_or_else(Fault::malformed)).transpose()?;
    let wording = form.some("wording").unwrap_or("desk-1").to_owned();
    let answer = Answer { patient: id, purpose, channel, wording, locale: me.locale(), proof: form.text("proof").to_owned() };
    let done = match form.text("answer") {
        "give" => desk::give_consent(site.desk(), me.actor(), answer).await,
        "refuse" => desk::refuse_consent(site.desk(), me.actor(), answer).await,
        _ => return Err(Refusal::new("form.choose").at("answer").into()),
    };
    match done {
        Ok(_) => Ok(Done::Saved.go_to(card_of(id))),
        Err(error) => card::refused(&site, &me, id, error).await,
    }
}

pub async fn withdraw(State(site): State<Site>, me: SignedIn, Path((id, consent)): Path<(String, String)>) -> Result<Response, Fault> {
    let (id, consent) = (patient(&id)?, consent.parse::<ConsentId>().map_err(|_| Fault::not_found())?);
    desk::withdraw_consent(site.desk(), me.actor(), id, consent).await?;
    Ok(Done::Saved.go_to(card_of(id)))
}
