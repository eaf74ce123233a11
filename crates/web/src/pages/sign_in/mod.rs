//! Signing in and out, and the first run, in which the clinic and its owner are made.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};

use axum::Router;
use axum::extract::{ConnectInfo, FromRequestParts, State};
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::routing::{get, post};
use axum_extra::extract::CookieJar;

use desk::{ActError, Credentials, Session};
use kernel::{Refusal, Secret};

use crate::fault::Fault;
use crate::pages::set_up;
use crate::query::{Asked, Filled};
use crate::responder::{Language, go_to, shown_as};
use crate::session;
use crate::site::Site;
use crate::{PlainPage, Words};
use view::SignInPage;

pub mod view;

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/sign-in", get(open).post(sign_in))
        .route("/sign-out", post(sign_out))
        .route("/set-up", get(set_up::open).post(set_up::set_up))
}

/// Where a browser is: the peer of its connection. Unknown where there is none, as in a test.
pub struct Peer(pub IpAddr);

impl<S: Send + Sync> FromRequestParts<S> for Peer {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|ConnectInfo(address)| address.ip());
        Ok(Self(peer.unwrap_or(IpAddr::V4(Ipv4Addr::LOCALHOST))))
    }
}

/// A browser that holds no secret yet gets one: its form is bound to it.
pub fn visitor(site: &Site, jar: CookieJar) -> (CookieJar, String) {
    let name = session::visitor_cookie_name(site);
    let known = session::token(site, &jar).or_else(|| jar.get(name).map(|cookie| cookie.value().to_owned()));
    if let Some(secret) = known.filter(|secret| !secret.is_empty()) {
        return (jar, crate::csrf::token_of(&secret));
    }
    let secret = site.desk().chance().token();
    let csrf = crate::csrf::token_of(&secret);
    (jar.add(session::cookie(site, name, secret)), csrf)
}

pub async fn open(State(site): State<Site>, language: Language, jar: CookieJar, Asked(asked): Asked) -> Result<Response, Fault> {
    if site.desk().look(|tx, _| Ok(store::clinics::organisation(tx)?)).await?.is_none() {
        return Ok(go_to("/set-up"));
    }
    shown(&site, language, jar, (&asked, None))
}

pub async fn sign_in(
    State(site): State<Site>,
    language: Language,
    jar: CookieJar,
    Peer(from): Peer,
    form: Filled,
) -> Result<Response, Fault> {
    let typed = Credentials { email: form.text("email").to_owned(), password: Secret::new(form.text("password")), from };
    match desk::sign_in(site.desk(), typed).await {
        Ok(begun) => Ok(signed_in(&site, jar, &begun, session::local(form.text("next")))),
        Err(ActError::Refused(refusal)) => shown(&site, language, jar, (&form, Some(refusal))),
        Err(error) => Err(error.into()),
    }
}

/// The form, with what was typed before and why it was not enough. A password is never shown again.
fn shown(site: &Site, Language(locale): Language, jar: CookieJar, (form, refusal): (&Filled, Option<Refusal>)) -> Result<Response, Fault> {
    let (jar, csrf) = visitor(site, jar);
    let words = Words::of(locale);
    let page = PlainPage { words, title: words.say("sign-in-title"), csrf, notice: None };
    let status = if refusal.is_some() { StatusCode::UNPROCESSABLE_ENTITY } else { StatusCode::OK };
    let refusal = refusal.map(|refusal| words.refusal(&refusal));
    let view = SignInPage { page, email: form.text("email").to_owned(), next: session::local(form.text("next")).to_owned(), refusal };
    Ok((jar, shown_as(status, &view)?).into_response())
}

/// The session gets a token of its own: one that somebody had planted is worth nothing.
pub fn signed_in(site: &Site, jar: CookieJar, begun: &Session, next: &str) -> Response {
    let cookie = session::cookie(site, session::cookie_name(site), begun.token.expose().to_owned());
    (jar.remove(session::ended(site, session::visitor_cookie_name(site))).add(cookie), go_to(next)).into_response()
}

pub async fn sign_out(State(site): State<Site>, jar: CookieJar) -> Result<Response, Fault> {
    if let Some(token) = session::token(&site, &jar) {
        desk::sign_out(site.desk(), &Secret::new(token)).await?;
    }
    Ok((jar.remove(session::ended(&site, session::cookie_name(&site))), go_to("/sign-in")).into_response())
}
