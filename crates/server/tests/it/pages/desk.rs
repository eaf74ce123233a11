//! What a person at the desk sees change: live pages, what was just done, who waits since when, days in their own calendar.

use axum::http::StatusCode;
use clinic::patients::Patient;
use clinic::staff::Role;
use futures_util::StreamExt;
use kernel::{Locale, PatientId, PersonName};
use store::Engine;
use store::trial::{Room, both};

use super::counter::{Browser, Counter, form};

#[tokio::test]
async fn an_open_page_hears_what_changes_and_nothing_else() {
    both(async |store| {
        let counter = Counter::open(store).await;
        let mut browser = counter.receptionist().await;
        assert_eq!(counter.stranger().listen("/live?topic=journal").await.status(), StatusCode::SEE_OTHER, "nobody listens unknown");
        let heard = browser.listen("/live?topic=journal").await;
        assert_eq!((heard.status(), heard.headers()["content-type"].to_str().unwrap()), (StatusCode::OK, "text/event-stream"));
        let mut news = heard.into_body().into_data_stream();
        counter.stranger_writes("How much is a cleaning?", "Zoltán").await;
        counter.booked(counter.anna, "2026-11-25T10:00").await;
        let first = news.next().await.unwrap().unwrap();
        assert_eq!(String::from_utf8(first.to_vec()).unwrap(), "event: journal\ndata: journal\n\n", "what it became is not told");
    })
    .await;
}

#[tokio::test]
async fn what_was_done_is_said_on_the_next_page_without_a_script() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    for (locale, said) in [(Locale::En, "Saved."), (Locale::Fa, "ذخیره شد.")] {
        let mut browser = counter.staff(Role::Owner, locale).await;
        let saved = browser.post("/settings/chairs", &[("name", "3")]).await;
        assert_eq!(saved.leads_to(), "/settings/chairs?done=saved");
        let page = browser.get(saved.leads_to()).await;
        assert_eq!(page.notice(), said);
        assert!(page.body.contains(&format!("<title>{said} ")), "whoever does not see the page hears it first");
        assert_eq!(browser.get("/settings/chairs").await.notice(), "");
        assert_eq!(browser.get("/settings/chairs?done=%3Cscript%3E").await.notice(), "", "nobody else's words");
    }
}

#[tokio::test]
async fn whoever_waits_stands_there_with_their_channel_since_when_and_for_whom() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    counter.stranger_writes("How much is a cleaning?", "Zoltán").await;
    let mut browser = counter.receptionist().await;
    let text = browser.get("/today").await.text();
    assert!(text.contains("Telegram") && text.contains("15 min left"), "{text}");
    for (wall, said) in [
        ("2026-11-23T09:40", "25 min late"),
        ("2026-11-23T16:30", "6 h late"),
        ("2026-11-24T08:00", "since yesterday"),
        ("2026-11-26T10:00", "since Monday"),
        ("2026-12-03T10:00", "since 23 Nov"),
    ] {
        counter.clock.set(counter.at(wall));
        let mut browser = counter.receptionist().await;
        let (today, inbox) = (browser.get("/today").await.text(), browser.get("/inbox").await.text());
        assert!(today.contains(said) && inbox.contains(said), "{wall}: {today}");
    }
}

#[tokio::test]
async fn a_guardians_row_says_for_whom() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let (anna, mira) = (counter.anna, child_of(&counter).await);
    counter.booked(mira, "2026-11-25T10:00").await;
    let listed = counter.look(move |tx| store::conversations::of_patient(tx, anna)).await;
    assert!(listed.is_some(), "a child's messages go to the guardian");
    let text = counter.receptionist().await.get("/inbox?tab=all").await.text();
    assert!(text.contains("Anna Bell") && text.contains("for Mira"), "{text}");
}

/// Anna's little Mira.
async fn child_of(counter: &Counter) -> PatientId {
    let anna = counter.anna;
    let added = counter.desk.act(clinic::actors::Actor::Program, clinic::actors::Origin::Program, move |act| {
        let anna = store::patients::find(act.tx, anna)?.expect("Anna");
        let id = PatientId::new(act.now, &mut act.chance);
        let name = PersonName::new("Mira", "Bell").expect("a name");
        store::patients::save(act.tx, &Patient { id, name, guardian: Some(anna.id), ..anna })?;
        Ok(id)
    });
    added.await.unwrap()
}

#[tokio::test]
async fn readers_of_persian_write_their_own_days() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let mut browser = counter.staff(Role::Owner, Locale::Fa).await;
    let card = format!("/patients/{}/edit", counter.anna);
    assert_eq!(browser.get(&card).await.all("#born_on", "value"), ["۱۳۶۳/۱۱/۱۰"], "in the calendar of the reader");
    let written = |day: &'static str| [("given", "Anna"), ("family", "Bell"), ("locale", "en"), ("born_on", day)];
    for (day, born) in [("۱۳۷۳/۰۲/۲۲", "1994-05-12"), ("1373-2-22", "1994-05-12"), ("1985-01-30", "1985-01-30")] {
        assert_eq!(browser.post(&card, &written(day)).await.status, StatusCode::SEE_OTHER, "{day}");
        let anna = counter.anna;
        let known = counter.look(move |tx| store::patients::find(tx, anna)).await.unwrap();
        assert_eq!(known.born_on.unwrap().to_string(), born, "{day}");
    }
    for wrong in ["۱۴۰۴/۱۲/۳۰", "دیروز"] {
        let page = browser.post(&card, &written(wrong)).await;
        assert_eq!(page.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert!(page.text().contains("۱۴۰۵/۰۹/۰۲") && page.body.contains(wrong), "an example, and what was typed is kept");
    }
    assert_eq!(on(&mut browser, "۱۴۰۵/۰۹/۰۴").await, (StatusCode::OK, true), "the day of the journal");
    assert_eq!(on(&mut browser, "2026-11-25").await, (StatusCode::OK, true), "and the links between its days");
    assert_eq!(on(&mut browser, "1405/13/04").await, (StatusCode::UNPROCESSABLE_ENTITY, false));
    let closed = browser.post("/settings/hours/days", &[("on", "۱۴۰۵/۱۰/۱۱"), ("hours", "")]).await;
    assert_eq!(closed.leads_to(), "/settings/hours?done=added");
    assert!(browser.get("/settings/hours").await.text().contains("۱۱ دی"));
}

/// What the journal answers for a day, and whether it shows 4 Azar.
async fn on(browser: &mut Browser, day: &str) -> (StatusCode, bool) {
    let page = browser.get(&format!("/journal?{}", form(&[("on", day)]))).await;
    (page.status, page.text().contains("چهارشنبه ۴ آذر"))
}
