//! One's own account: who one is here, the telephone at which one sits, and another password.

use axum::extract::State;
use axum::http::StatusCode;
use axum::response::Response;
use axum_extra::extract::CookieJar;

use clinic::staff::Right;
use kernel::Secret;

use super::view::MePage;
use crate::Place;
use crate::done::Done;
use crate::fault::Fault;
use crate::forms::Faults;
use crate::pages::sign_in::signed_in;
use crate::query::Filled;
use crate::responder::shown_as;
use crate::session::SignedIn;
use crate::site::Site;

pub async fn open(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    shown(&site, &me, None).await
}

pub async fn sit_at(State(site): State<Site>, me: SignedIn, form: Filled) -> Result<Response, Fault> {
    match desk::sit_at(site.desk(), me.actor(), form.text("telephone")).await {
        Ok(()) => Ok(Done::Saved.go_to("/settings/me")),
        Err(error) => {
            let fault = Fault::from(error);
            if fault.status == StatusCode::UNPROCESSABLE_ENTITY { shown(&site, &me, Some(fault)).await } else { Err(fault) }
        }
    }
}

/// Every other browser of theirs is signed out.
pub async fn change_password(State(site): State<Site>, me: SignedIn, jar: CookieJar, form: Filled) -> Result<Response, Fault> {
    let (current, new) = (Secret::new(form.text("current")), Secret::new(form.text("password")));
    let signed = desk::Signed { staff: me.member.clone(), actor: me.actor(), clinic: me.clinic.clone(), now: me.now };
    match desk::change_password(site.desk(), &signed, current, new).await {
        Ok(session) => Ok(signed_in(&site, jar, &session, &Done::PasswordChanged.at("/settings/me"))),
        Err(error) => {
            let fault = Fault::from(error);
            if fault.status == StatusCode::UNPROCESSABLE_ENTITY { shown(&site, &me, Some(fault)).await } else { Err(fault) }
        }
    }
}

async fn shown(site: &Site, me: &SignedIn, fault: Option<Fault>) -> Result<Response, Fault> {
    let page = me.page(site, Place::Settings, "settings-title").await?;
    let status = fault.as_ref().map_or(StatusCode::OK, |fault| fault.status);
    let faults = fault.map(|fault| Faults::of(&fault.refusal, me.words())).unwrap_or_default();
    let name = me.member.name.full(me.locale());
    let role = me.words().say(&me.member.role.key());
    let (id, calls) = (me.member.id, me.member.role.has(Right::WriteToPatients));
    let telephone = site.desk().look(move |tx, _| Ok(store::staff::telephone(tx, id)?)).await?.unwrap_or_default();
    let telephone = calls.then_some(telephone);
    shown_as(status, &MePage { page, name, role, email: me.member.email.clone().unwrap_or_default(), telephone, faults })
}
