//! The pages of the desk over the whole chain, as the real router serves them to whoever has signed in: what a reader waits
//! for at the server. One request after another, over patients, threads and days of which hardly one is asked for twice.

use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::http::header::COOKIE;
use axum::http::{Request, StatusCode};
use caredesk::demo::history::days_after;
use caredesk::demo::people::Person;
use desk::wire::Indoors;
use kernel::{Chance, HandClock, Secret, SessionId};
use store::Store;
use store::staff::NewSession;
use tower::ServiceExt;

use crate::chain::{self, Member};
use crate::place::Chained;
use crate::stopwatch::{Stopwatch, Times, millis};
use crate::table::Line;

/// Requests for one kind of page, and before them some that are not counted.
const REQUESTS: usize = 600;
const UNCOUNTED: usize = 30;
/// Half of the requests come from the first clinic with its many patients, half from others in as many languages.
const OTHERS: u64 = 3;
const REQUIRED: &str = "99 % under 25 ms";

/// Somebody who looks at the pages of a clinic.
struct Visitor {
    token: Secret,
    member: Member,
}

pub async fn measure(chained: Chained<'_>) -> anyhow::Result<Vec<Line>> {
    let store = chained.place.store().await?;
    let visitors = visitors(&store, chained.size).await?;
    let desk = chain::desk_at(&store, Arc::new(HandClock::at(chain::now())), u64::MAX);
    let router = web::router(web::Site::new(web::Parts { desk, wire: Arc::new(Indoors), public_url: None }));
    let mut chance = Chance::from_seed(5);
    let mut lines = Vec::new();
    for (what, address) in PAGES {
        let mut times = Times::default();
        for number in 0..UNCOUNTED + REQUESTS {
            let place = if number % 2 == 0 { 0 } else { number / 2 % visitors.len() };
            let visitor = &visitors[place];
            let took = page(&router, &visitor.token, &address(&visitor.member, &mut chance)).await?;
            if number >= UNCOUNTED {
                times.add(took);
            }
        }
        let measured = format!("99 % within {}, half within {}", millis(times.percentile(99)), millis(times.median()));
        lines.push(Line { what: (*what).to_owned(), required: REQUIRED.to_owned(), measured, limit: String::new() });
    }
    store.close().await;
    Ok(lines)
}

type Address = fn(&Member, &mut Chance) -> String;

/// What is asked for, by what name.
const PAGES: &[(&str, Address)] = &[
    ("Today", |_, _| "/today".to_owned()),
    ("Inbox: who waits", |_, _| "/inbox".to_owned()),
    ("Inbox: all threads, from any time on", |_, chance| format!("/inbox?tab=all&before={}", some_time(chance))),
    ("Inbox: one thread", |member, chance| format!("/inbox/{}", chance.pick(&member.threads))),
    ("Journal: any day of two years", |_, chance| {
        let today = chain::now().date(&caredesk::demo::premises::zone());
        let days = i32::try_from(chance.below(750)).expect("some days") - 730;
        format!("/journal?on={}", days_after(today, days))
    }),
    ("patient card", |member, chance| format!("/patients/{}", someone(member, chance).patient.id)),
    ("patients by name, from the first", |_, _| "/patients".to_owned()),
    ("patients by name, from anywhere", |member, chance| format!("/patients?after={}", someone(member, chance).patient.id)),
    ("search: two letters", |member, chance| find(&letters(someone(member, chance).patient.name.family(), 2))),
    ("search: a family name", |member, chance| find(someone(member, chance).patient.name.family())),
    ("search: a family name and a letter", |member, chance| {
        let name = &someone(member, chance).patient.name;
        find(&format!("{} {}", name.family(), letters(name.given(), 1)))
    }),
    ("search: two names", |member, chance| {
        let name = &someone(member, chance).patient.name;
        find(&format!("{} {}", name.given(), name.family()))
    }),
    ("search: the end of a telephone number", |member, chance| {
        let person = someone(member, chance);
        let phone = person.contacts.iter().find(|contact| contact.address.scheme() == kernel::Scheme::Tel);
        let digits = phone.map_or("+36200000", |contact| contact.address.rest());
        find(&digits[digits.len() - 6..])
    }),
];

fn someone<'a>(member: &'a Member, chance: &mut Chance) -> &'a Person {
    chance.pick(&member.some)
}

fn some_time(chance: &mut Chance) -> i64 {
    let back = Duration::from_hours(24) * u32::try_from(chance.below(500)).expect("some days");
    (chain::now() - back).as_millis()
}

fn letters(name: &str, many: usize) -> String {
    name.chars().take(many).collect()
}

fn find(typed: &str) -> String {
    use std::fmt::Write;
    let mut address = "/patients/rows?find=".to_owned();
    for byte in typed.bytes() {
        write!(address, "%{byte:02x}").expect("writing to a string");
    }
    address
}

async fn visitors(store: &Store, size: chain::Size) -> anyhow::Result<Vec<Visitor>> {
    let mut visitors = Vec::new();
    for number in 0..size.clinics.min(OTHERS + 1) {
        let member = tokio::task::spawn_blocking(move || size.draw(number).member()).await?;
        let token = Secret::new(format!("a-browser-of-clinic-{number}"));
        let at = chain::now();
        let id = SessionId::new(at, &mut Chance::from_seed(number));
        let session = NewSession { id, staff: member.premises.manager.id, created_at: at, expires_at: at + Duration::from_hours(24) };
        let hash = desk::token_hash(token.expose());
        let known = hash.clone();
        store.write::<_, store::StoreError, _>(move |tx| store::staff::end_session(tx, &known)).await?;
        store.write::<_, store::StoreError, _>(move |tx| store::staff::add_session(tx, &hash, session)).await?;
        visitors.push(Visitor { token, member });
    }
    Ok(visitors)
}

async fn page(router: &Router, token: &Secret, address: &str) -> anyhow::Result<Duration> {
    let request = Request::get(address).header(COOKIE, format!("desk={}", token.expose())).body(Body::empty())?;
    let watch = Stopwatch::start();
    let answer = router.clone().oneshot(request).await?;
    let status = answer.status();
    let _shown = to_bytes(answer.into_body(), usize::MAX).await?;
    let took = watch.read();
    ensure!(status == StatusCode::OK, "{address} answered {status}");
    Ok(took)
}
