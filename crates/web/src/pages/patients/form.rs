//! The form of a card, new or known; one that cannot be saved comes back as it was filled in.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use clinic::actors::Channel;
use clinic::conversations::Counterpart;
use clinic::patients::{Bots, Patient, Standing};
use clinic::staff::Right;
use desk::ActError;
use kernel::{ConversationId, PatientId, PersonName, Scheme, Timestamp};
use store::Tx;

use super::acts::patient;
use super::view::{BotWish, CardForm, FormPage, GuardiansPiece};
use crate::Place;
use crate::fault::Fault;
use crate::forms::{Choice, Faults, day_typed};
use crate::pages::inbox::facts;
use crate::pages::set_up::locales;
use crate::query::{Asked, Filled};
use crate::responder::shown_as;
use crate::session::SignedIn;
use crate::site::Site;

pub async fn new(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    me.actor().may(Right::ChangePatients)?;
    let conversation: Option<ConversationId> = asked.maybe_given("conversation")?;
    let (name, contact) = match conversation {
        Some(conversation) => sender(&site, conversation).await?,
        None => Default::default(),
    };
    let form = CardForm {
        conversation,
        given: name,
        contact,
        locales: locales(me.clinic.locale.code()),
        guardians: guardians(&me, None),
        channels: channels(&me, None),
        standings: standings(&me, Standing::Patient),
        bots: Some(BotWish::Welcome),
        ..CardForm::default()
    };
    shown(&site, &me, form, None).await
}

/// How an unknown sender calls themselves, and the number or address they wrote from.
async fn sender(site: &Site, id: ConversationId) -> Result<(String, String), Fault> {
    let read = move |tx: &mut Tx<'_>, _: Timestamp| store::conversations::find(tx, id)?.ok_or_else(ActError::not_found);
    let conversation = site.desk().look(read).await?;
    Ok(match conversation.with {
        Counterpart::Unknown { address, name } if matches!(address.scheme(), Scheme::Tel | Scheme::Mailto) => {
            (name, address.rest().to_owned())
        }
        Counterpart::Unknown { name, .. } => (name, String::new()),
        Counterpart::Patient(_) => Default::default(),
    })
}

pub async fn edit(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    me.actor().may(Right::ChangePatients)?;
    let (known, guardian) = known(&site, patient(&id)?).await?;
    let form = CardForm {
        patient: Some(known.id),
        given: known.name.given().to_owned(),
        family: known.name.family().to_owned(),
        locales: locales(known.locale.code()),
        born_on: known.born_on.map(|born| day_typed(born, me.locale())).unwrap_or_default(),
        guardians: guardians(&me, guardian.as_ref()),
        channels: channels(&me, known.preferred_channel),
        standings: standings(&me, known.standing),
        bots: Some(if known.bots == Bots::NoBots { BotWish::NoBots } else { BotWish::Welcome }),
        note: known.note.clone(),
        ..CardForm::default()
    };
    shown(&site, &me, form, None).await
}

async fn known(site: &Site, id: PatientId) -> Result<(Patient, Option<Patient>), Fault> {
    let read = move |tx: &mut Tx<'_>, _: Timestamp| {
        let known = store::patients::find(tx, id)?.ok_or_else(ActError::not_found)?;
        let guardian = known.guardian.map(|guardian| store::patients::find(tx, guardian)).transpose()?.flatten();
        Ok((known, guardian))
    };
    Ok(site.desk().look(read).await?)
}

/// Who may speak for the patient, as somebody types.
pub async fn guardians_found(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    me.actor().may(Right::ChangePatients)?;
    let mut guardians = guardians(&me, None);
    for one in facts::candidates(&site, &me, asked.text("find")).await? {
        guardians.push(Choice::new(one.patient.to_string(), format!("{} · {}", one.name, one.detail)));
    }
    // whoever was looked for is chosen when there is but one
    let chosen = if guardians.len() == 2 { guardians[1].value.clone() } else { String::new() };
    shown_as(StatusCode::OK, &GuardiansPiece { guardians: Choice::choose(guardians, &chosen) })
}

/// The form as it was filled in, with what was wrong.
pub async fn refused(site: &Site, me: &SignedIn, id: Option<PatientId>, fault: Fault, typed: &Filled) -> Result<Response, Fault> {
    if fault.status != StatusCode::UNPROCESSABLE_ENTITY {
        return Err(fault);
    }
    let text = |name: &str| typed.text(name).to_owned();
    let mut guardians = guardians(me, None);
    for one in facts::candidates(site, me, typed.text("contact")).await? {
        guardians.push(Choice::new(one.patient.to_string(), one.name));
    }
    let form = CardForm {
        patient: id,
        conversation: typed.maybe_given("conversation").ok().flatten(),
        given: text("given"),
        family: text("family"),
        contact: text("contact"),
        locales: locales(typed.text("locale")),
        born_on: text("born_on"),
        guardians: Choice::choose(guardians, typed.text("guardian")),
        channels: channels(me, Channel::named(typed.text("preferred_channel"))),
        standings: Choice::choose(standings(me, Standing::Patient), typed.text("standing")),
        bots: Some(if typed.some("no_bots").is_some() { BotWish::NoBots } else { BotWish::Welcome }),
        note: text("note"),
    };
    shown(site, me, form, Some(fault)).await
}

async fn shown(site: &Site, me: &SignedIn, form: CardForm, fault: Option<Fault>) -> Result<Response, Fault> {
    let mut page = me.page(site, Place::Patients, "patients-new-title").await?;
    if !form.is_new() {
        let patient = PersonName::new(&form.given, &form.family).map(|name| name.full(me.locale())).unwrap_or_default();
        page.title = page.words.with("patients-edit-title", &[("patient", patient.into())]);
    }
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| fault.status);
    let faults = fault.map(|fault| Faults::of(&fault.refusal, me.words())).unwrap_or_default();
    shown_as(status, &FormPage { page, form, faults })
}

fn guardians(me: &SignedIn, guardian: Option<&Patient>) -> Vec<Choice> {
    let nobody = Choice::new("", me.words().say("patients-guardian-nobody"));
    let known = guardian.map(|guardian| Choice { chosen: true, ..Choice::new(guardian.id.to_string(), guardian.name.full(me.locale())) });
    std::iter::once(nobody).chain(known).collect()
}

fn channels(me: &SignedIn, chosen: Option<Channel>) -> Vec<Choice> {
    let telling = me.telling();
    let any = Choice::new("", me.words().say("patients-channel-any"));
    let built = desk::offered_channels().into_iter().map(|offered| offered.channel);
    let list = std::iter::once(any).chain(built.map(|channel| Choice::new(channel.name(), telling.channel(channel)))).collect();
    Choice::choose(list, chosen.map_or("", Channel::name))
}

fn standings(me: &SignedIn, chosen: Standing) -> Vec<Choice> {
    let name = |standing: Standing| match standing {
        Standing::Lead => "lead",
        Standing::Patient => "patient",
        Standing::Refused => "refused",
        Standing::Deceased => "deceased",
    };
    let list = Standing::ALL.map(|standing| Choice::new(name(standing), me.words().say(standing.key()))).into();
    Choice::choose(list, name(chosen))
}
