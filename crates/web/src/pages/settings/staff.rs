//! The people of the clinic.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use clinic::staff::{Employed, Provides, Right, Role, StaffMember};
use desk::{ActError, StaffCard, StaffChange};
use kernel::{Hours, Locale, PersonName, Refusal, Secret, StaffId, Timestamp};
use store::Tx;

use super::view::{StaffCardPage, StaffForm, StaffLine, StaffPage, Standing};
use crate::done::Done;
use crate::fault::Fault;
use crate::forms::{Choice, Faults, Week};
use crate::pages::set_up::locales;
use crate::query::Filled;
use crate::responder::{shown, shown_as};
use crate::session::SignedIn;
use crate::site::Site;
use crate::{Chip, Place, Tone, Words};

pub async fn list(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    me.actor().may(Right::ChangeSettings)?;
    let read = |tx: &mut Tx<'_>, _: Timestamp| Ok(store::staff::all(tx)?);
    let staff = site.desk().look(read).await?.into_iter().map(|member| line(&me, &member)).collect();
    shown(&StaffPage { page: me.page(&site, Place::Settings, "settings-title").await?, staff })
}

fn line(me: &SignedIn, member: &StaffMember) -> StaffLine {
    let words = me.words();
    let chip = match member.employed {
        Employed::Left => Some(Chip::new(Tone::Done, words.say("staff-left"))),
        Employed::Yes if member.is_on_shift(me.now, &me.clinic.zone) => Some(Chip::new(Tone::Good, words.say("staff-on-shift"))),
        Employed::Yes => None,
    };
    // patients may hear of them by their own name
    let own_name = [Locale::En, Locale::Hu].iter().any(|order| member.name.full(*order) == member.title);
    StaffLine {
        id: member.id.to_string(),
        initials: member.name.initials(),
        name: member.name.full(me.locale()),
        title: if own_name { String::new() } else { member.title.clone() },
        role: words.say(&member.role.key()),
        chip,
    }
}

pub async fn new(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    me.actor().may(Right::ManageStaff)?;
    let words = me.words();
    let form = StaffForm {
        given: String::new(),
        family: String::new(),
        title: String::new(),
        roles: roles(words, Role::Desk.name()),
        locales: locales(me.clinic.locale.code()),
        email: String::new(),
        provides: provides(words, "nothing"),
        week: Week::of(&me.clinic.hours, words),
    };
    card(&site, &me, None, (form, None)).await
}

pub async fn open(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    me.actor().may(Right::ManageStaff)?;
    let member = member(&site, &id).await?;
    let words = me.words();
    let form = StaffForm {
        given: member.name.given().to_owned(),
        family: member.name.family().to_owned(),
        title: member.title.clone(),
        roles: roles(words, member.role.name()),
        locales: locales(member.locale.code()),
        email: member.email.clone().unwrap_or_default(),
        provides: provides(words, if member.provides == Provides::Treatment { "treatment" } else { "nothing" }),
        week: Week::of(&member.shifts, words),
    };
    card(&site, &me, Some(&member), (form, None)).await
}

async fn member(site: &Site, id: &str) -> Result<StaffMember, Fault> {
    let id: StaffId = id.parse().map_err(|_| Fault::not_found())?;
    Ok(site.desk().look(move |tx, _| store::staff::find(tx, id)?.ok_or_else(ActError::not_found)).await?)
}

pub async fn add(State(site): State<Site>, me: SignedIn, form: Filled) -> Result<Response, Fault> {
    let added = match written(&me, &form) {
        Ok(card) => desk::add_staff(site.desk(), me.actor(), card, password(&form)).await.map_err(Fault::from),
        Err(refusal) => Err(refusal.into()),
    };
    match added {
        Ok(_) => Ok(Done::Added.go_to("/settings/staff")),
        Err(fault) => card(&site, &me, None, (as_typed(&me, &form), Some(fault))).await,
    }
}

pub async fn save(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, form: Filled) -> Result<Response, Fault> {
    let before = member(&site, &id).await?;
    let changed = match written(&me, &form) {
        Ok(card) => change(&site, &me, &before, (card, before.employed, password(&form))).await,
        Err(refusal) => Err(refusal.into()),
    };
    match changed {
        Ok(()) => Ok(Done::Saved.go_to("/settings/staff")),
        Err(fault) => card(&site, &me, Some(&before), (as_typed(&me, &form), Some(fault))).await,
    }
}

/// They lose access at once.
pub async fn leave(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    employ(&site, &me, &id, Employed::Left).await
}

pub async fn come_back(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    employ(&site, &me, &id, Employed::Yes).await
}

async fn employ(site: &Site, me: &SignedIn, id: &str, employed: Employed) -> Result<Response, Fault> {
    let before = member(site, id).await?;
    let StaffMember { clinic, name, title, role, locale, email, shifts, provides, .. } = before.clone();
    let card = StaffCard { clinic, name, title, role, locale, email, shifts, provides };
    let done = if employed == Employed::Left { Done::Left } else { Done::Returned };
    let changed = change(site, me, &before, (card, employed, None)).await;
    changed.map_err(|fault| fault.way_on(format!("/settings/staff/{id}")))?;
    Ok(done.go_to("/settings/staff"))
}

async fn change(
    site: &Site,
    me: &SignedIn,
    before: &StaffMember,
    (card, employed, password): (StaffCard, Employed, Option<Secret>),
) -> Result<(), Fault> {
    let card = StaffCard { clinic: before.clinic, ..card };
    desk::change_staff(site.desk(), me.actor(), before.id, StaffChange { card, employed, password }).await?;
    Ok(())
}

fn password(form: &Filled) -> Option<Secret> {
    Some(form.text("password")).filter(|password| !password.is_empty()).map(Secret::new)
}

fn written(me: &SignedIn, form: &Filled) -> Result<StaffCard, Refusal> {
    let shifts = Week::line(|field| form.text(field).to_owned()).parse::<Hours>().map_err(|refusal| refusal.at("hours"))?;
    let name = PersonName::new(form.text("given"), form.text("family"))?;
    let title = form.some("title").map_or_else(|| name.full(me.clinic.locale), str::to_owned);
    Ok(StaffCard {
        clinic: me.clinic.id,
        title,
        name,
        role: Role::named(form.text("role")).ok_or(Refusal::new("form.choose").at("role"))?,
        locale: form.text("locale").parse::<Locale>().map_err(|_| Refusal::new("form.choose").at("locale"))?,
        email: form.some("email").map(str::to_owned),
        shifts,
        provides: match form.text("provides") {
            "treatment" => Provides::Treatment,
            "nothing" => Provides::Nothing,
            _ => return Err(Refusal::new("form.choose").at("provides")),
        },
    })
}

fn as_typed(me: &SignedIn, form: &Filled) -> StaffForm {
    let text = |name: &str| form.text(name).to_owned();
    let words = me.words();
    StaffForm {
        given: text("given"),
        family: text("family"),
        title: text("title"),
        roles: roles(words, form.text("role")),
        locales: locales(form.text("locale")),
        email: text("email"),
        provides: provides(words, form.text("provides")),
        week: Week::as_typed(words, |day| form.text(&format!("hours-{day}")).to_owned()),
    }
}

fn roles(words: Words, chosen: &str) -> Vec<Choice> {
    Choice::choose(Role::ALL.map(|role| Choice::new(role.name(), words.say(&role.key()))).into(), chosen)
}

fn provides(words: Words, chosen: &str) -> Vec<Choice> {
    let choice = |value: &str| Choice::new(value, words.say(&format!("staff-provides-{value}")));
    Choice::choose(["treatment", "nothing"].map(choice).into(), chosen)
}

async fn card(
    site: &Site,
    me: &SignedIn,
    member: Option<&StaffMember>,
    (form, fault): (StaffForm, Option<Fault>),
) -> Result<Response, Fault> {
    if let Some(fault) = fault.as_ref().filter(|fault| fault.status != StatusCode::UNPROCESSABLE_ENTITY) {
        return Err(fault.clone());
    }
    let standing = match member {
        Some(member) if member.id == me.member.id => Standing::Oneself,
        Some(member) if member.employed == Employed::Left => Standing::HasLeft,
        Some(_) | None => Standing::WorksHere,
    };
    let page = me.page(site, Place::Settings, "settings-title").await?;
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| fault.status);
    let faults = fault.map(|fault| Faults::of(&fault.refusal, me.words())).unwrap_or_default();
    shown_as(status, &StaffCardPage { page, id: member.map(|member| member.id.to_string()), form, standing, faults })
}
