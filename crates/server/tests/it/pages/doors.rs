//! Who gets in: signing in, sessions, forms of other sites, and the rights of each role.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use clinic::journal::VisitState;
use clinic::staff::Role;
use kernel::Locale;
use store::Engine;
use store::trial::{Room, both};

use super::counter::{Browser, Counter, form};

#[tokio::test]
async fn the_first_run_makes_the_clinic_and_its_owner_and_signs_them_in() {
    let store = Room::on(Engine::Sqlite).store().await;
    let counter = {
        let desk = desk::Desk::new(desk::Parts {
            store,
            clock: std::sync::Arc::new(kernel::HandClock::at(kernel::Timestamp::from_seconds(1_795_420_800))),
            chance: kernel::Chance::from_seed(5),
            node: "node-1".to_owned(),
        });
        let site = web::Site::new(web::Parts { desk: desk.clone(), wire: std::sync::Arc::new(desk::wire::Indoors), public_url: None });
        (desk, web::router(site))
    };
    let (desk, router) = counter;
    let code = desk::set_up_code(&desk).await.unwrap().unwrap();
    let mut browser = Browser::at(router);
    assert_eq!(browser.get("/sign-in").await.leads_to(), "/set-up");
    let page = browser.get("/set-up").await;
    let csrf = page.all("input[name=csrf]", "value").remove(0);
    let filled = |code: &'static str, password: &'static str| {
        [
            ("code", code),
            ("organisation", "Mosoly"),
            ("name", "Mosoly"),
            ("address", "Budapest"),
            ("zone", "Europe/Budapest"),
            ("region", "HU"),
            ("locale", "hu"),
            ("hours-mon", "09:00-17:00"),
            ("public_url", ""),
            ("given", "Olga"),
            ("family", "Nagy"),
            ("email", "olga@mosoly.example"),
            ("password", password),
            ("owner_locale", "hu"),
        ]
    };
    let with_token = |fields: [(&'static str, &'static str); 14], code: String| {
        let mut fields: Vec<(String, String)> = fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into();
        fields[0].1 = code;
        fields.push(("csrf".to_owned(), csrf.clone()));
        fields
    };
    let send = async |browser: &mut Browser, fields: Vec<(String, String)>| {
        let fields: Vec<(&str, &str)> = fields.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        browser.post_without_token("/set-up", &fields).await
    };
    let guessed = send(&mut browser, with_token(filled("", "a long way to the tooth"), "guessed".to_owned())).await;
    assert_eq!(guessed.status, StatusCode::UNPROCESSABLE_ENTITY);
    let short = send(&mut browser, with_token(filled("", "short"), code.expose().to_owned())).await;
    assert_eq!(short.status, StatusCode::UNPROCESSABLE_ENTITY);
    assert_eq!(short.all("input[name=email]", "value"), ["olga@mosoly.example"]);
    assert_eq!(short.all("input[name=password]", "value"), Vec::<String>::new(), "a password is never shown again");
    let done = send(&mut browser, with_token(filled("", "a long way to the tooth"), code.expose().to_owned())).await;
    assert_eq!(done.status, StatusCode::SEE_OTHER, "{}", done.text());
    assert_eq!(browser.get("/today").await.status, StatusCode::OK);
    assert_eq!(browser.get("/set-up").await.leads_to(), "/sign-in");

    browser.post("/sign-out", &[]).await;
    assert_eq!(browser.get("/today").await.leads_to(), "/sign-in?next=/today");
    let wrong = browser.post("/sign-in", &[("email", "olga@mosoly.example"), ("password", "another way to it"), ("next", "/")]).await;
    assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
    let right = [("email", "Olga@mosoly.example"), ("password", "a long way to the tooth"), ("next", "//evil.example")];
    assert_eq!(browser.post("/sign-in", &right).await.leads_to(), "/", "nobody is led to another site");
    assert_eq!(browser.get("/inbox").await.status, StatusCode::OK);
}

#[tokio::test]
async fn whoever_is_not_signed_in_is_led_to_the_door_and_back() {
    both(async |store| {
        let counter = Counter::open(store).await;
        let mut stranger = counter.stranger();
        for path in ["/today", "/inbox", "/inbox/list", "/journal/visits/vis_x/mark", "/live?topic=inbox", "/"] {
            let page = stranger.get(path).await;
            assert_eq!((page.status, page.leads_to().starts_with("/sign-in?next=/")), (StatusCode::SEE_OTHER, true), "{path}");
        }
        let mut old = counter.receptionist().await;
        assert_eq!(old.get("/today").await.status, StatusCode::OK);
        counter.clock.forward(std::time::Duration::from_hours(13));
        assert_eq!(old.get("/today").await.status, StatusCode::SEE_OTHER, "a session ends");
    })
    .await;
}

/// What is wrong with it, its headers, its token.
type Attempt<'a> = (&'a str, Vec<(&'static str, String)>, Option<&'a str>);

#[tokio::test]
async fn a_form_of_another_site_changes_nothing() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let visit = counter.booked(counter.anna, "2026-11-25T10:00").await;
    let mut browser = counter.receptionist().await;
    let path = format!("/journal/visits/{}/mark", visit.id);
    let csrf = browser.get("/inbox").await.all("input[name=csrf]", "value").remove(0);
    let fields = [("seen", "1"), ("mark", "confirm")];
    let before = counter.traces().await;

    let mut attempts: Vec<Attempt<'_>> = vec![
        ("no token", vec![("sec-fetch-site", "same-origin".to_owned())], None),
        ("a token of somebody else", vec![("sec-fetch-site", "same-origin".to_owned())], Some("0000")),
        ("the right token from another site", vec![("sec-fetch-site", "cross-site".to_owned())], Some(&csrf)),
        ("the right token from a neighbour", vec![("sec-fetch-site", "same-site".to_owned())], Some(&csrf)),
    ];
    attempts.push((
        "a foreign origin",
        vec![("origin", "https://evil.example".to_owned()), ("host", "desk.example".to_owned())],
        Some(&csrf),
    ));
    attempts.push((
        "an origin that only begins like ours",
        vec![("origin", "https://desk.example.evil".to_owned()), ("host", "desk.example".to_owned())],
        Some(&csrf),
    ));
    for (name, headers, token) in attempts {
        browser.headers = headers;
        let mut fields = fields.to_vec();
        fields.extend(token.map(|token| ("csrf", token)));
        let page = browser.post_without_token(&path, &fields).await;
        assert_eq!(page.status, StatusCode::FORBIDDEN, "{name}");
        assert!(page.body.contains("page.foreign"), "{name}");
    }
    assert_eq!(counter.traces().await, before);
    assert_eq!(counter.visit(visit.id).await.state, VisitState::Booked);

    browser.headers = vec![("origin", "https://desk.example".to_owned()), ("host", "desk.example".to_owned())];
    let mut own = fields.to_vec();
    own.push(("csrf", &csrf));
    assert_eq!(browser.post_without_token(&path, &own).await.status, StatusCode::SEE_OTHER);
    assert!(matches!(counter.visit(visit.id).await.state, VisitState::Confirmed { .. }));
}

#[tokio::test]
async fn each_role_does_only_what_the_table_allows() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let thread = counter.stranger_writes("How much is a cleaning?", "Zoltán").await;
    let ok = StatusCode::SEE_OTHER;
    let no = StatusCode::FORBIDDEN;
    //                     desk clinician manager owner
    let table = [("book", [ok, no, ok, ok]), ("note", [ok, ok, ok, ok]), ("reply", [ok, no, ok, ok]), ("link", [ok, no, ok, ok])];
    for (act, expected) in table {
        for (number, (role, expected)) in Role::ALL.into_iter().zip(expected).enumerate() {
            let mut browser = counter.staff(role, Locale::En).await;
            let page = match act {
                "book" => {
                    let slot = counter.slot_word(&format!("2026-11-2{}T10:00", 4 + number));
                    let (patient, service) = (counter.anna.to_string(), counter.service.to_string());
                    browser.post("/journal/visits", &[("patient", &patient), ("service", &service), ("slot", &slot)]).await
                }
                "note" => browser.post(&format!("/inbox/{thread}/note"), &[("text", "asks for prices")]).await,
                "reply" => {
                    let seen = browser.get(&format!("/inbox/{thread}")).await.all("input[name=seen]", "value");
                    let seen = seen.first().cloned().unwrap_or_else(|| "1".to_owned());
                    browser.post(&format!("/inbox/{thread}/reply"), &[("seen", &seen), ("text", "From 40 euro.")]).await
                }
                "switch" => browser.post("/playbooks/no-show/switch", &[("state", "off")]).await,
                "chair" => browser.post("/settings/chairs", &[("name", "3")]).await,
                "staff" => {
                    let card = [("given", "Bianka"), ("family", "Kiss"), ("role", "desk"), ("locale", "hu"), ("provides", "nothing")];
                    browser.post("/settings/staff", &card).await
                }
                "card" => browser.post("/patients", &[("given", "Oleg"), ("family", "Orlov"), ("locale", "ru")]).await,
                _ => {
                    let thread = counter.stranger_writes("again", "Zoltán").await;
                    browser.post(&format!("/inbox/{thread}/link"), &[("patient", &counter.boris.to_string())]).await
                }
            };
            assert_eq!(page.status, expected, "{role:?} {act}: {}", page.text());
        }
    }
}

#[tokio::test]
async fn every_answer_forbids_frames_foreign_code_and_keeping() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let mut browser = counter.receptionist().await;
    for path in ["/today", "/sign-in", "/nothing-here", "/visit/nobody", "/hooks/telegram/nobody"] {
        let page = browser.get(path).await;
        let said = |name: &str| page.headers.get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default();
        assert!(said("content-security-policy").contains("frame-ancestors 'none'"), "{path}");
        assert!(!said("content-security-policy").contains("unsafe"), "{path}");
        assert_eq!(said("x-content-type-options"), "nosniff", "{path}");
        assert_eq!(said("referrer-policy"), "no-referrer", "{path}");
        assert_eq!(said("cache-control"), "no-store", "{path}");
        assert!(!said("permissions-policy").is_empty(), "{path}");
    }
    for (method, path, expected) in [
        (Method::DELETE, "/inbox", StatusCode::METHOD_NOT_ALLOWED),
        (Method::GET, "/sign-out", StatusCode::METHOD_NOT_ALLOWED),
        (Method::GET, "/nothing-here", StatusCode::NOT_FOUND),
        (Method::PUT, "/hooks/telegram/nobody", StatusCode::METHOD_NOT_ALLOWED),
    ] {
        let with_token = if method == Method::DELETE { form(&[("csrf", &browser.token().await)]) } else { String::new() };
        let page = browser.ask(method.clone(), path, Body::from(with_token)).await;
        assert_eq!(page.status, expected, "{method} {path}");
        assert!(!page.body.is_empty(), "{method} {path}");
    }
    browser.headers.push(("x-long", "x".repeat(20_000)));
    assert_eq!(browser.get("/today").await.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
}
