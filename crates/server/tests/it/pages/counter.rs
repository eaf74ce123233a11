//! A clinic with somebody of each role at the counter, and the browsers they sit at.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::{CONTENT_TYPE, COOKIE, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, HeaderValue, Method, Request, StatusCode};
use axum::response::Response;
use clinic::actors::{Actor, Channel, Origin};
use clinic::clinics::Clinic;
use clinic::journal::{Booking, Slot, Visit};
use clinic::patients::{ContactPoint, NewPatient, Patient, Sureness};
use clinic::services::{Chair, Offered, Service};
use clinic::staff::{Employed, Provides, Role, StaffMember};
use desk::wire::Indoors;
use desk::{ActError, Desk, Parts};
use kernel::{
    AccountId, Address, ChairId, Chance, ClinicId, ContactPointId, ConversationId, HandClock, Locale, OrganisationId, PatientId,
    PersonName, QuietHours, ServiceId, SessionId, StaffId, Time, Timestamp, VisitId, Zone,
};
use scraper::{Html, Selector};
use store::Store;
use store::accounts::Account;
use store::links::{Link, LinkPurpose};
use store::staff::NewSession;
use tower::ServiceExt;

use crate::world::account;

pub const HOOK_SECRET: &str = "a-secret-of-the-webhook";

pub struct Counter {
    pub desk: Desk,
    pub router: Router,
    pub clinic: Clinic,
    pub gromov: StaffId,
    pub chair: ChairId,
    pub service: ServiceId,
    pub telegram: AccountId,
    pub anna: PatientId,
    pub boris: PatientId,
    pub clock: Arc<HandClock>,
    strangers: AtomicU32,
}

/// What came back.
pub struct Page {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

/// Somebody's browser, with what it keeps.
#[derive(Clone)]
pub struct Browser {
    router: Router,
    cookies: BTreeMap<String, String>,
    pub headers: Vec<(&'static str, String)>,
}

impl Counter {
    pub async fn open(store: Store) -> Self {
        let zone = Zone::named("Europe/Budapest").unwrap();
        let clock = Arc::new(HandClock::at(zone.at("2026-11-23T09:00".parse().unwrap())));
        let desk = Desk::new(Parts { store, clock: clock.clone(), chance: Chance::from_seed(23), node: "node-1".to_owned() });
        let site = web::Site::new(web::Parts { desk: desk.clone(), wire: Arc::new(Indoors), public_url: None });
        let router = web::router(site);
        let moved_in = desk.act(Actor::Program, Origin::Program, |act| {
            let (now, chance) = (act.now, &mut act.chance);
            let clinic = clinic(ClinicId::new(now, chance));
            let (owner, gromov) = (StaffId::new(now, chance), StaffId::new(now, chance));
            let (chair, service) = (ChairId::new(now, chance), ServiceId::new(now, chance));
            let (anna, boris) = (PatientId::new(now, chance), PatientId::new(now, chance));
            let (telegram, organisation) = (AccountId::new(now, chance), OrganisationId::new(now, chance));
            let contact = ContactPointId::new(now, chance);
            store::clinics::add_organisation(act.tx, organisation, "Mosoly", now)?;
            store::clinics::save_clinic(act.tx, &clinic)?;
            store::clinics::save_chair(act.tx, &Chair { id: chair, clinic: clinic.id, name: "2".to_owned() })?;
            store::clinics::save_service(act.tx, &check_up(service, clinic.id))?;
            store::staff::save(act.tx, &member(&clinic, owner, Role::Owner))?;
            store::staff::save(act.tx, &StaffMember { provides: Provides::Treatment, ..member(&clinic, gromov, Role::Clinician) })?;
            store::accounts::save(act.tx, &bot(&clinic, telegram, now))?;
            for (id, given) in [(anna, "Anna"), (boris, "Boris")] {
                store::patients::save(act.tx, &patient(&clinic, id, given, now))?;
            }
            let address: Address = "tel:+36301234567".parse().unwrap();
            let (contact, _) = ContactPoint::new(contact, anna, address, Sureness::Unverified, now);
            store::patients::save_contact(act.tx, &contact)?;
            Ok((clinic, gromov, chair, service, telegram, anna, boris))
        });
        let (clinic, gromov, chair, service, telegram, anna, boris) = moved_in.await.unwrap();
        Self { desk, router, clinic, gromov, chair, service, telegram, anna, boris, clock, strangers: AtomicU32::new(0) }
    }

    /// A browser that nobody has signed in at.
    pub fn stranger(&self) -> Browser {
        Browser { router: self.router.clone(), cookies: BTreeMap::new(), headers: vec![("sec-fetch-site", "same-origin".to_owned())] }
    }

    /// Somebody of this role who reads this language, signed in.
    pub async fn staff(&self, role: Role, locale: Locale) -> Browser {
        let clinic = self.clinic.clone();
        let token = self.desk.chance().token();
        let hash = desk::token_hash(&token);
        let done = self.desk.act(Actor::Program, Origin::Program, move |act| {
            let id = StaffId::new(act.now, &mut act.chance);
            let email = Some(format!("{}@mosoly.example", id.to_string().replace('_', "-")));
            store::staff::save(act.tx, &StaffMember { locale, email, ..member(&clinic, id, role) })?;
            let session = SessionId::new(act.now, &mut act.chance);
            let (created_at, expires_at) = (act.now, act.now + Duration::from_hours(12));
            Ok(store::staff::add_session(act.tx, &hash, NewSession { id: session, staff: id, created_at, expires_at })?)
        });
        done.await.unwrap();
        let mut browser = self.stranger();
        browser.cookies.insert("desk".to_owned(), token);
        browser
    }

    pub async fn receptionist(&self) -> Browser {
        self.staff(Role::Desk, Locale::En).await
    }

    pub fn at(&self, wall: &str) -> Timestamp {
        self.clinic.zone.at(wall.parse().unwrap())
    }

    pub fn slot(&self, wall: &str) -> Slot {
        let starts_at = self.at(wall);
        Slot { provider: self.gromov, chair: Some(self.chair), starts_at, ends_at: starts_at + Duration::from_hours(1) }
    }

    pub fn slot_word(&self, wall: &str) -> String {
        let Slot { provider, chair, starts_at, ends_at } = self.slot(wall);
        format!("{provider}.{}.{}.{}", chair.unwrap(), starts_at.as_millis(), ends_at.as_millis())
    }

    pub async fn booked(&self, patient: PatientId, wall: &str) -> Visit {
        let slot = self.slot(wall);
        let booking = Booking { clinic: self.clinic.id, patient, service: self.service, slot, note: String::new(), external_key: None };
        desk::book_visit(&self.desk, Actor::Program, Origin::Program, booking).await.unwrap()
    }

    pub async fn visit(&self, id: VisitId) -> Visit {
        self.look(move |tx| store::visits::find(tx, id)).await.unwrap()
    }

    /// A link that a patient holds.
    pub async fn link(&self, purpose: LinkPurpose, patient: PatientId, chain: Option<VisitId>) -> String {
        let token = self.desk.chance().token();
        let hash = desk::token_hash(&token);
        let done = self.desk.act(Actor::Program, Origin::Program, move |act| {
            let expires_at = act.now + Duration::from_hours(48);
            let link = Link { purpose, patient, chain, channel: None, expires_at, used_at: None };
            Ok(store::links::add(act.tx, &hash, &link, act.now)?)
        });
        done.await.unwrap();
        token
    }

    /// Somebody unknown writes to the bot; their thread.
    pub async fn stranger_writes(&self, words: &str, name: &str) -> ConversationId {
        let number = 599 + self.strangers.fetch_add(1, Ordering::Relaxed);
        let sender = serde_json::json!({ "id": number, "is_bot": false, "first_name": name, "language_code": "en" });
        let message = serde_json::json!({
            "message_id": 7, "date": 1_795_420_800, "text": words,
            "from": sender, "chat": { "id": number, "type": "private", "first_name": name },
        });
        let body = serde_json::json!({ "update_id": 70_000 + number, "message": message }).to_string();
        let page = self.provider().hook(&self.hook(), Some(HOOK_SECRET), body.into_bytes()).await;
        assert_eq!(page.status, StatusCode::OK, "{}", page.body);
        let address: Address = format!("telegram:{number}").parse().unwrap();
        self.look(move |tx| store::conversations::with_unknown(tx, &address)).await.unwrap().id
    }

    pub fn hook(&self) -> String {
        format!("/hooks/telegram/{}", self.telegram)
    }

    /// A caller that is no browser.
    pub fn provider(&self) -> Browser {
        Browser { headers: Vec::new(), ..self.stranger() }
    }

    pub async fn look<T: Send + 'static>(
        &self,
        look: impl FnOnce(&mut store::Tx<'_>) -> Result<T, store::StoreError> + Send + 'static,
    ) -> T {
        self.desk.look(move |tx, _| Ok::<_, ActError>(look(tx)?)).await.unwrap()
    }

    /// How many happenings and messages there are: what is refused adds none.
    pub async fn traces(&self) -> (usize, usize) {
        let (anna, boris, clinic) = (self.anna, self.boris, self.clinic.id);
        self.look(move |tx| {
            let happened =
                store::happenings::of_patient(tx, anna, "~", 1_000)?.len() + store::happenings::of_patient(tx, boris, "~", 1_000)?.len();
            Ok((happened, store::conversations::list(tx, clinic, Timestamp::from_millis(i64::MAX), 1_000)?.len()))
        })
        .await
    }
}

impl Browser {
    /// One at which somebody has signed in.
    pub fn signed_in(router: Router, token: String) -> Self {
        let cookies = BTreeMap::from([("desk".to_owned(), token)]);
        Self { router, cookies, headers: vec![("sec-fetch-site", "same-origin".to_owned())] }
    }

    pub async fn get(&mut self, path: &str) -> Page {
        self.ask(Method::GET, path, Body::empty()).await
    }

    /// Fills in a form: with the token that stands on the pages of this browser.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        let csrf = self.token().await;
        let mut fields = fields.to_vec();
        fields.push(("csrf", csrf.as_str()));
        self.post_without_token(path, &fields).await
    }

    pub async fn post_without_token(&mut self, path: &str, fields: &[(&str, &str)]) -> Page {
        self.ask(Method::POST, path, Body::from(form(fields))).await
    }

    pub async fn token(&mut self) -> String {
        let page = self.get("/sign-in").await;
        page.all("input[name=csrf]", "value").first().cloned().unwrap_or_default()
    }

    pub async fn hook(&mut self, path: &str, secret: Option<&str>, body: Vec<u8>) -> Page {
        self.headers = vec![("content-type", "application/json".to_owned())];
        self.headers.extend(secret.map(|secret| ("x-telegram-bot-api-secret-token", secret.to_owned())));
        self.ask(Method::POST, path, Body::from(body)).await
    }

    pub async fn ask(&mut self, method: Method, path: &str, body: Body) -> Page {
        let response = self.send(method, path, body).await;
        let (status, headers) = (response.status(), response.headers().clone());
        let body = to_bytes(response.into_body(), 8 * 1024 * 1024).await.unwrap();
        Page { status, headers, body: String::from_utf8(body.to_vec()).unwrap() }
    }

    /// Listens: what comes, as it comes.
    pub async fn listen(&mut self, path: &str) -> Response {
        self.send(Method::GET, path, Body::empty()).await
    }

    async fn send(&mut self, method: Method, path: &str, body: Body) -> Response {
        let mut request = Request::builder().method(method).uri(path).body(body).unwrap();
        request.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/x-www-form-urlencoded"));
        for (name, value) in &self.headers {
            request.headers_mut().insert(*name, value.parse().unwrap());
        }
        let cookies = self.cookies.iter().map(|(name, value)| format!("{name}={value}")).collect::<Vec<_>>().join("; ");
        if !cookies.is_empty() {
            request.headers_mut().insert(COOKIE, cookies.parse().unwrap());
        }
        let response = self.router.clone().oneshot(request).await.unwrap();
        for cookie in response.headers().get_all(SET_COOKIE) {
            let (name, rest) = cookie.to_str().unwrap().split_once('=').unwrap();
            let value = rest.split(';').next().unwrap();
            if value.is_empty() {
                self.cookies.remove(name);
            } else {
                self.cookies.insert(name.to_owned(), value.to_owned());
            }
        }
        response
    }
}

impl Page {
    pub fn leads_to(&self) -> &str {
        self.headers.get(LOCATION).map_or("", |to| to.to_str().unwrap())
    }

    /// The attribute of everything that the selector finds.
    pub fn all(&self, selector: &str, attribute: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let found = Selector::parse(selector).unwrap();
        html.select(&found).filter_map(|element| element.attr(attribute).map(str::to_owned)).collect()
    }

    /// What stands in everything that the selector finds, each on one line.
    pub fn texts(&self, selector: &str) -> Vec<String> {
        let html = Html::parse_document(&self.body);
        let found = Selector::parse(selector).unwrap();
        let text = |words: String| words.split_whitespace().collect::<Vec<_>>().join(" ");
        html.select(&found).map(|element| text(element.text().collect::<Vec<_>>().join(" "))).collect()
    }

    /// What is said about what was done.
    pub fn notice(&self) -> String {
        let html = Html::parse_document(&self.body);
        let found = Selector::parse("main > .notice[role=status]").unwrap();
        html.select(&found).flat_map(|notice| notice.text()).collect()
    }

    pub fn text(&self) -> String {
        Html::parse_document(&self.body).root_element().text().collect::<Vec<_>>().join(" ")
    }
}

pub fn form(fields: &[(&str, &str)]) -> String {
    let encoded = |text: &str| {
        text.bytes().fold(String::new(), |mut encoded, byte| {
            write!(encoded, "%{byte:02X}").expect("writing to a string");
            encoded
        })
    };
    fields.iter().map(|(name, value)| format!("{name}={}", encoded(value))).collect::<Vec<_>>().join("&")
}

fn clinic(id: ClinicId) -> Clinic {
    Clinic {
        id,
        name: "Mosoly".to_owned(),
        zone: Zone::named("Europe/Budapest").unwrap(),
        locale: Locale::Hu,
        address: "1052 Budapest, Petőfi Sándor utca 7.".to_owned(),
        map_url: None,
        region: "HU".to_owned(),
        hours: "mon-fri 09:00-13:00 14:00-18:00".parse().unwrap(),
        exceptions: BTreeMap::new(),
        quiet_hours: QuietHours { from: Time::constant(20, 0, 0, 0), until: Time::constant(8, 0, 0, 0) },
        daily_cap: 3,
        public_url: None,
    }
}

fn member(clinic: &Clinic, id: StaffId, role: Role) -> StaffMember {
    StaffMember {
        id,
        clinic: clinic.id,
        name: PersonName::new("Kata", "Szabo").unwrap(),
        title: "Dr Szabo".to_owned(),
        role,
        locale: Locale::En,
        email: None,
        shifts: clinic.hours.clone(),
        provides: Provides::Nothing,
        employed: Employed::Yes,
    }
}

fn patient(clinic: &Clinic, id: PatientId, given: &str, now: Timestamp) -> Patient {
    let card = NewPatient::named(clinic.id, PersonName::new(given, "Bell").unwrap(), Locale::En);
    Patient::new(NewPatient { born_on: Some("1985-01-30".parse().unwrap()), ..card }, id, now).unwrap().0
}

fn check_up(id: ServiceId, clinic: ClinicId) -> Service {
    Service {
        id,
        clinic,
        name: "Check-up".to_owned(),
        minutes: 60,
        buffer_minutes: 0,
        providers: Vec::new(),
        chairs: Vec::new(),
        preparation: String::new(),
        offered: Offered::Yes,
    }
}

fn bot(clinic: &Clinic, id: AccountId, now: Timestamp) -> Account {
    let settings = [("token", "123456789:AAEabcdefghijklmnopqrstuvwxyz0123456"), ("webhook_secret", HOOK_SECRET)];
    account((id, clinic.id), Channel::Telegram, &settings, now)
}

impl Browser {
    pub fn at(router: Router) -> Self {
        Self { router, cookies: BTreeMap::new(), headers: vec![("sec-fetch-site", "same-origin".to_owned())] }
    }
}
