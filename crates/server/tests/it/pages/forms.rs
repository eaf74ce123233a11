//! What is wrong in a form is said and changes nothing: stale, malformed, unknown, full of script.

use axum::body::Body;
use axum::http::{Method, StatusCode};
use clinic::journal::VisitState;
use store::Engine;
use store::trial::{Room, both};

use super::counter::Counter;

const SCRIPT: &str = "<script>alert(1)</script><img src=x onerror=alert(2)>";

#[tokio::test]
async fn two_who_mark_the_same_visit_are_told_apart() {
    both(async |store| {
        let counter = Counter::open(store).await;
        let visit = counter.booked(counter.anna, "2026-11-25T10:00").await;
        let (mut first, mut second) = (counter.receptionist().await, counter.receptionist().await);
        let path = format!("/journal/visits/{}/mark", visit.id);
        let cancel = [("seen", "1"), ("mark", "cancel"), ("reason", "unwell")];
        assert_eq!(first.post(&path, &cancel).await.status, StatusCode::SEE_OTHER);
        let late = second.post(&path, &[("seen", "1"), ("mark", "confirm")]).await;
        assert_eq!(late.status, StatusCode::CONFLICT);
        assert!(late.body.contains("visit.stale") && late.body.contains(&visit.id.to_string()), "{}", late.text());
        assert!(matches!(counter.visit(visit.id).await.state, VisitState::Cancelled { .. }));
    })
    .await;
}

#[tokio::test]
async fn the_same_time_is_given_once() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let mut browser = counter.receptionist().await;
    let (slot, service) = (counter.slot_word("2026-11-25T10:00"), counter.service.to_string());
    for (patient, expected) in [(counter.anna, StatusCode::SEE_OTHER), (counter.boris, StatusCode::CONFLICT)] {
        let page = browser.post("/journal/visits", &[("patient", &patient.to_string()), ("service", &service), ("slot", &slot)]).await;
        assert_eq!(page.status, expected);
    }
}

#[tokio::test]
async fn an_answer_over_a_newer_message_keeps_the_text_and_sends_nothing() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let thread = counter.stranger_writes("How much is a cleaning?", "Zoltán").await;
    let (mut first, mut second) = (counter.receptionist().await, counter.receptionist().await);
    let seen = first.get(&format!("/inbox/{thread}")).await.all("input[name=seen]", "value").remove(0);
    let path = format!("/inbox/{thread}/reply");
    assert_eq!(first.post(&path, &[("seen", &seen), ("text", "From 40 euro.")]).await.status, StatusCode::SEE_OTHER);
    let late = second.post(&path, &[("seen", &seen), ("text", "About 50, I think.")]).await;
    assert_eq!(late.status, StatusCode::CONFLICT, "{}", late.text());
    assert!(late.body.contains("About 50, I think."), "what was typed is kept");
    let sent = counter.look(move |tx| store::outbound::of_conversation(tx, thread, "~", 10)).await;
    assert!(sent.iter().all(|message| message.content.text != "About 50, I think."));
}

/// Address, fields, and what is answered.
type Attempt<'a> = (String, Vec<(&'a str, &'a str)>, u16);

#[tokio::test]
async fn whatever_is_sent_is_answered_with_a_refusal_and_never_breaks_the_page() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let visit = counter.booked(counter.anna, "2026-11-25T10:00").await;
    let thread = counter.stranger_writes("hello", "Zoltán").await;
    let mut browser = counter.receptionist().await;
    let seen = browser.get(&format!("/inbox/{thread}")).await.all("input[name=seen]", "value").remove(0);
    let before = counter.traces().await;
    let nobody = "vis_01jd0000000000000000000000";
    let huge = i64::MAX.to_string();
    let (anna, service, far) = (counter.anna.to_string(), counter.service.to_string(), format!("{}..{huge}.{huge}", counter.gromov));
    let ghost_slot = counter.slot_word("2026-11-26T10:00").replace(&counter.gromov.to_string(), "stf_01jd0000000000000000000000");
    let good_slot = counter.slot_word("2026-11-26T10:00");
    let mark = format!("/journal/visits/{}/mark", visit.id);
    let reply = format!("/inbox/{thread}/reply");
    let attempts: Vec<Attempt<'_>> = vec![
        (format!("/journal/visits/{nobody}/mark"), vec![("seen", "1"), ("mark", "confirm")], 404),
        ("/journal/visits/../../etc/mark".to_owned(), vec![("seen", "1")], 404),
        (mark.clone(), vec![("seen", "one"), ("mark", "confirm")], 400),
        (mark.clone(), vec![("seen", "1"), ("mark", "destroy")], 400),
        (mark.clone(), vec![("seen", "1"), ("mark", "late"), ("minutes", "-5")], 422),
        (mark.clone(), vec![("seen", "1"), ("mark", "late"), ("minutes", "4000000000")], 422),
        (mark.clone(), vec![("seen", "1"), ("mark", "cancel"), ("reason", "boredom")], 400),
        (mark, vec![], 400),
        (format!("/journal/visits/{}/move", visit.id), vec![("seen", "1"), ("slot", "tomorrow")], 400),
        (format!("/journal/visits/{}/move", visit.id), vec![("seen", "1"), ("slot", &far)], 422),
        ("/journal/visits".to_owned(), vec![("patient", nobody), ("service", &service), ("slot", &good_slot)], 400),
        (
            "/journal/visits".to_owned(),
            vec![("patient", "pat_01jd0000000000000000000000"), ("service", &service), ("slot", &good_slot)],
            404,
        ),
        ("/journal/visits".to_owned(), vec![("patient", &anna), ("service", &service), ("slot", &ghost_slot)], 404),
        ("/journal/visits".to_owned(), vec![("patient", &anna), ("service", "svc_01jd0000000000000000000000"), ("slot", &good_slot)], 404),
        ("/inbox/cnv_01jd0000000000000000000000/reply".to_owned(), vec![("seen", "1"), ("text", "x")], 404),
        (reply.clone(), vec![("seen", "1"), ("text", "   ")], 422),
        (reply.clone(), vec![("seen", "1"), ("text", "x"), ("channel", "pigeon")], 400),
        (reply, vec![("text", "x")], 400),
        (format!("/inbox/{thread}/snooze"), vec![("seen", &seen), ("until", &huge)], 422),
        (format!("/inbox/{thread}/hand-over"), vec![("to", "stf_01jd0000000000000000000000")], 404),
        (format!("/inbox/{thread}/close"), vec![("seen", "1"), ("topic", "gossip")], 400),
        (format!("/inbox/{thread}/link"), vec![("patient", "pat_01jd0000000000000000000000")], 404),
        ("/messages/msg_01jd0000000000000000000000/release".to_owned(), vec![], 404),
        ("/messages/nonsense/resolve".to_owned(), vec![("resolution", "sent")], 404),
        ("/tasks/tsk_01jd0000000000000000000000".to_owned(), vec![("outcome", "settled")], 404),
    ];
    for (path, fields, expected) in attempts {
        let page = browser.post(&path, &fields).await;
        assert_eq!(page.status.as_u16(), expected, "{path} {fields:?}: {}", page.text());
    }
    for path in
        ["/inbox?tab=%00", "/inbox?before=x", "/inbox/cnv_x", "/inbox/list?open=1", "/live?topic=everything", "/live", "/inbox/%FF%FE"]
    {
        let page = browser.get(path).await;
        assert!(page.status.is_client_error(), "{path}: {}", page.status);
    }
    let csrf = browser.token().await;
    let flood = format!("csrf={csrf}&text={}", "x".repeat(2_000_000));
    let page = browser.ask(Method::POST, &format!("/inbox/{thread}/note"), Body::from(flood)).await;
    assert_eq!(page.status, StatusCode::PAYLOAD_TOO_LARGE);
    assert_eq!(counter.traces().await, before);
}

#[tokio::test]
async fn what_patients_and_colleagues_write_is_never_code() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let thread = counter.stranger_writes(SCRIPT, SCRIPT).await;
    let mut browser = counter.receptionist().await;
    browser.post(&format!("/inbox/{thread}/note"), &[("text", SCRIPT)]).await;
    let address = format!("/inbox/{thread}?find={}", SCRIPT.replace('<', "%3C").replace('>', "%3E").replace(' ', "%20"));
    for path in ["/inbox".to_owned(), format!("/inbox/{thread}"), format!("/inbox/{thread}/talk"), "/today".to_owned(), address] {
        let page = browser.get(&path).await;
        assert_eq!(page.status, StatusCode::OK, "{path}");
        assert!(page.text().contains("alert(1)"), "{path} shows the words");
        assert!(!page.body.contains("<script>alert") && !page.body.contains("<img src=x"), "{path}");
    }
}

#[tokio::test]
async fn settings_that_cannot_stay_so_come_back_with_what_was_typed() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let mut owner = counter.staff(clinic::staff::Role::Owner, kernel::Locale::En).await;
    let clinic = [
        ("name", "Mosoly"),
        ("address", "Budapest"),
        ("map_url", ""),
        ("zone", "Europe/Budapest"),
        ("region", "HU"),
        ("locale", "hu"),
        ("public_url", ""),
        ("quiet_from", "20:00"),
        ("quiet_until", "08:00"),
        ("daily_cap", "3"),
    ];
    let but = |name: &'static str, value: &'static str| {
        clinic.map(|(known, kept)| if known == name { (known, value) } else { (known, kept) }).to_vec()
    };
    let staff = vec![("given", "Bianka"), ("family", "Kiss"), ("role", "desk"), ("locale", "hu"), ("provides", "nothing")];
    let with = |mut fields: Vec<(&'static str, &'static str)>, more: &[(&'static str, &'static str)]| {
        fields.extend_from_slice(more);
        fields
    };
    for (path, fields, kept) in [
        ("/settings", but("name", "  "), "Budapest"),
        ("/settings", but("zone", "Mars/Olympus"), "Mars/Olympus"),
        ("/settings", but("public_url", "javascript:alert(1)"), "javascript:alert(1)"),
        ("/settings", but("quiet_from", "late"), "late"),
        ("/settings", but("daily_cap", "99"), "99"),
        ("/settings/hours", vec![("hours-mon", "09:00-08:00")], "09:00-08:00"),
        ("/settings/hours/days", vec![("on", "soon"), ("hours", "")], "hours-mon"),
        ("/settings/staff", with(staff.clone(), &[("email", "no address")]), "Bianka"),
        ("/settings/staff", with(staff.clone(), &[("email", "b@mosoly.example"), ("password", "short")]), "b@mosoly.example"),
        ("/settings/services", vec![("name", "Filling"), ("minutes", "0"), ("offered", "yes")], "Filling"),
        ("/settings/services", vec![("name", "Filling"), ("minutes", "many"), ("offered", "yes")], "many"),
        ("/settings/chairs", vec![("name", "")], "chair"),
        ("/settings/channels/new/telegram", vec![("token", "nonsense")], "token"),
        ("/patients", vec![("given", ""), ("family", "Orlov"), ("locale", "ru")], "Orlov"),
        ("/patients", vec![("given", "Oleg"), ("family", "Orlov"), ("locale", "ru"), ("born_on", "2999-01-01")], "2999-01-01"),
    ] {
        let page = owner.post(path, &fields).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY, "{path} {fields:?}: {}", page.text());
        assert!(page.body.contains(kept), "{path} {fields:?} keeps {kept}");
        assert!(!page.body.contains('⟨'), "{path} {fields:?}: {}", page.text());
    }
    let saved = counter.look(move |tx| store::clinics::clinic(tx, counter.clinic.id)).await.unwrap();
    assert_eq!((saved.name.as_str(), saved.daily_cap), ("Mosoly", 3));
}

#[tokio::test]
async fn a_card_is_opened_changed_and_tied_to_who_wrote() {
    both(async |store| {
        let counter = Counter::open(store).await;
        let thread = counter.stranger_writes("I would like a check-up", "Zoltán").await;
        let mut browser = counter.receptionist().await;
        let thread_word = thread.to_string();
        let fields = [
            ("given", "Zoltán"),
            ("family", "Kis"),
            ("locale", "hu"),
            ("contact", "06 30 765 4321"),
            ("conversation", thread_word.as_str()),
        ];
        let opened = browser.post("/patients", &fields).await;
        assert_eq!(opened.leads_to(), format!("/inbox/{thread}?done=linked"), "{}", opened.text());
        let found = browser.get("/patients/rows?find=KIS").await;
        let card = found.all("a[href^='/patients/pat_']", "href").remove(0);
        let page = browser.get(&card).await;
        assert!(page.text().contains("+36 30 765 4321"), "{}", page.text());
        let wrong = browser.post(&format!("{card}/contacts"), &[("address", "12")]).await;
        assert_eq!(wrong.status, StatusCode::UNPROCESSABLE_ENTITY);
        let agreed = [("purpose", "marketing"), ("channel", ""), ("proof", "signed form of 23 November"), ("answer", "give")];
        assert_eq!(browser.post(&format!("{card}/consents"), &agreed).await.leads_to(), format!("{card}?done=saved"));
        assert!(browser.get(&card).await.text().contains("signed form of 23 November"));
        let account = counter.telegram.to_string();
        let invited = browser.post(&format!("{card}/connect"), &[("account", &account)]).await;
        assert!(invited.body.contains("https://t.me/mosoly_bot?start="), "{}", invited.text());
        let foreign = browser.post("/patients/pat_01jd0000000000000000000000/contacts", &[("address", "+36301112233")]).await;
        assert_eq!(foreign.status, StatusCode::NOT_FOUND);
    })
    .await;
}
