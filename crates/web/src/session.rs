//! Who is signed in. A browser holds a token in a cookie; the store knows only its hash.
//!
//! A request of nobody is led to the sign-in page and back again, to a page of ours and nowhere else.

use axum::extract::{FromRequestParts, Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderValue, Method, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use axum_extra::extract::cookie::{Cookie, SameSite};

use clinic::actors::Actor;
use clinic::clinics::Clinic;
use clinic::staff::StaffMember;
use kernel::{Date, Locale, OpenDays, Secret, Timestamp};

use crate::done::Done;
use crate::fault::Fault;
use crate::query::Filled;
use crate::site::Site;

/// Who asks, and for which clinic.
#[derive(Clone)]
pub struct SignedIn {
    pub member: StaffMember,
    pub clinic: Clinic,
    pub now: Timestamp,
    /// What every form of this browser carries.
    pub csrf: String,
    /// A script of ours asks for a piece of the page.
    pub asks_for: Piece,
    /// What they have just done: the page says so.
    pub done: Option<Done>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Piece {
    Page,
    Fragment,
}

impl SignedIn {
    pub fn actor(&self) -> Actor {
        Actor::Staff { id: self.member.id, role: self.member.role }
    }

    pub fn locale(&self) -> Locale {
        self.member.locale
    }

    pub fn today(&self) -> Date {
        self.now.date(&self.clinic.zone)
    }

    pub fn open_days(&self) -> OpenDays<'_> {
        OpenDays { hours: &self.clinic.hours, exceptions: &self.clinic.exceptions, zone: &self.clinic.zone }
    }
}

/// In which language a trouble on the way to a page is told.
#[derive(Debug, Clone, Copy)]
pub struct Reads(pub Locale);

/// What the cookie of a session is called. `__Host-` binds it to this host, to `/` and to https.
pub fn cookie_name(site: &Site) -> &'static str {
    if site.is_https() { "__Host-desk" } else { "desk" }
}

/// The cookie of a browser that has not signed in: its forms are bound to it.
pub fn visitor_cookie_name(site: &Site) -> &'static str {
    if site.is_https() { "__Host-visitor" } else { "visitor" }
}

pub fn cookie(site: &Site, name: &'static str, value: String) -> Cookie<'static> {
    Cookie::build((name, value)).path("/").http_only(true).same_site(SameSite::Lax).secure(site.is_https()).build()
}

pub fn ended(site: &Site, name: &'static str) -> Cookie<'static> {
    let mut cookie = cookie(site, name, String::new());
    cookie.make_removal();
    cookie
}

/// The token that the browser of a request holds.
pub fn token(site: &Site, jar: &CookieJar) -> Option<String> {
    jar.get(cookie_name(site)).map(|cookie| cookie.value().to_owned()).filter(|token| !token.is_empty())
}

/// Lets staff through, and tells the pages who they are.
pub async fn staff_only(State(site): State<Site>, mut request: Request, next: Next) -> Result<Response, Fault> {
    let jar = CookieJar::from_headers(request.headers());
    let piece = if is_fragment(&request) { Piece::Fragment } else { Piece::Page };
    let Some(signed) = signed_in(&site, &jar, piece).await? else { return Ok(to_sign_in(&request)) };
    let done = Filled::of(request.uri().query().unwrap_or_default().as_bytes()).some("done").and_then(Done::named);
    let signed = SignedIn { done, ..signed };
    let reads = Reads(signed.locale());
    request.extensions_mut().insert(signed);
    let mut response = next.run(request).await;
    response.extensions_mut().insert(reads);
    Ok(response)
}

async fn signed_in(site: &Site, jar: &CookieJar, asks_for: Piece) -> Result<Option<SignedIn>, Fault> {
    let Some(token) = token(site, jar) else { return Ok(None) };
    let csrf = crate::csrf::token_of(&token);
    let found = desk::session(site.desk(), &Secret::new(token)).await?;
    Ok(found.map(|desk::Signed { staff, clinic, now, .. }| SignedIn { member: staff, clinic, now, csrf, asks_for, done: None }))
}

/// A page asks the browser to go there; a fragment asks the page around it.
fn to_sign_in(request: &Request) -> Response {
    let asked = request.uri().path_and_query().map_or("/", |path| path.as_str());
    let next = if request.method() == Method::GET && !is_fragment(request) { asked } else { "/" };
    let target = format!("/sign-in?next={}", crate::query::encoded(local(next)));
    if !is_fragment(request) {
        return Redirect::to(&target).into_response();
    }
    let mut response = StatusCode::UNAUTHORIZED.into_response();
    response.headers_mut().insert("hx-redirect", HeaderValue::from_static("/sign-in"));
    response
}

pub fn is_fragment(request: &Request) -> bool {
    request.headers().contains_key("hx-request")
}

/// A path of ours, or the first page: nobody is led to another site after signing in.
pub fn local(next: &str) -> &str {
    let inside = next.starts_with('/')
        && !next.starts_with("//")
        && !next.contains('\\')
        && !next.contains(|letter: char| letter.is_control() || letter.is_whitespace());
    if inside { next } else { "/" }
}

/// A page that is reached past [`staff_only`] has no signed-in person, and says so as nobody's business.
impl<S: Send + Sync> FromRequestParts<S> for SignedIn {
    type Rejection = Fault;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Fault> {
        parts.extensions.get::<Self>().cloned().ok_or(Fault::not_found())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn after_signing_in_nobody_is_led_away() {
        for (next, leads) in [
            ("/journal?on=2026-11-23", "/journal?on=2026-11-23"),
            ("/", "/"),
            ("", "/"),
            ("//evil.example", "/"),
            ("/\\evil.example", "/"),
            ("https://evil.example/", "/"),
            ("javascript:alert(1)", "/"),
            ("/in\r\nLocation: //evil.example", "/"),
        ] {
            assert_eq!(local(next), leads, "{next:?}");
        }
    }
}
