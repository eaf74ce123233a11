//! The pages that patients reach by a link.

use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use clinic::journal::VisitState;
use clinic::patients::ContactState;
use kernel::Address;
use store::Engine;
use store::links::LinkPurpose;
use store::trial::{Room, both};

use super::counter::Counter;

#[tokio::test]
async fn a_patient_confirms_moves_and_cancels_by_the_link_alone() {
    both(async |store| {
        let counter = Counter::open(store).await;
        let visit = counter.booked(counter.anna, "2026-11-25T10:00").await;
        let token = counter.link(LinkPurpose::Visit, counter.anna, Some(visit.chain)).await;
        let mut phone = counter.stranger();
        let path = format!("/visit/{token}");
        let page = phone.get(&path).await;
        assert_eq!(page.status, StatusCode::OK);
        assert!(page.text().contains("Dr Szabo"), "{}", page.text());
        assert_eq!(counter.visit(visit.id).await.state, VisitState::Booked, "looking changes nothing");

        let confirmed = phone.post_without_token(&path, &[("seen", "1"), ("answer", "confirm")]).await;
        assert_eq!(confirmed.leads_to(), format!("{path}?done=confirmed"));
        assert!(matches!(counter.visit(visit.id).await.state, VisitState::Confirmed { .. }));

        let stale = phone.post_without_token(&path, &[("seen", "1"), ("answer", "cancel"), ("reason", "unwell")]).await;
        assert_eq!(stale.status, StatusCode::CONFLICT);
        assert!(matches!(counter.visit(visit.id).await.state, VisitState::Confirmed { .. }));

        let times = phone.get(&format!("{path}/times")).await;
        let slot = times.all("button[name=slot]", "value").remove(0);
        let seen = times.all("input[name=seen]", "value").remove(0);
        let moved = phone.post_without_token(&path, &[("seen", &seen), ("answer", "move"), ("slot", &slot)]).await;
        assert_eq!(moved.leads_to(), format!("{path}?done=moved"), "{}", moved.text());
        assert!(matches!(counter.visit(visit.id).await.state, VisitState::Moved { .. }));

        let calendar = phone.get(&format!("{path}/calendar.ics")).await;
        assert!(calendar.headers[CONTENT_TYPE].to_str().unwrap().starts_with("text/calendar"));
        assert!(calendar.body.contains("SEQUENCE:1") && calendar.body.contains(&visit.chain.to_string()), "{}", calendar.body);
    })
    .await;
}

#[tokio::test]
async fn a_link_that_is_not_ours_says_nothing() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let visit = counter.booked(counter.anna, "2026-11-25T10:00").await;
    let token = counter.link(LinkPurpose::Visit, counter.anna, Some(visit.chain)).await;
    let mails = counter.link(LinkPurpose::Unsubscribe, counter.anna, None).await;
    let mut phone = counter.stranger();
    let before = counter.traces().await;
    let ended = phone.get("/visit/invented").await;
    assert_eq!(ended.status, StatusCode::NOT_FOUND);
    for path in [
        format!("/visit/{mails}"),
        format!("/visit/{mails}/calendar.ics"),
        format!("/unsubscribe/{token}"),
        format!("/visit/{}", visit.id),
        format!("/visit/{token}x"),
    ] {
        let page = phone.get(&path).await;
        assert_eq!((page.status, page.text()), (StatusCode::NOT_FOUND, ended.text()), "{path}");
        let page = phone.post_without_token(path.trim_end_matches("/calendar.ics"), &[("seen", "1"), ("answer", "confirm")]).await;
        assert_eq!(page.status, StatusCode::NOT_FOUND, "{path}");
    }
    for fields in [
        vec![("seen", "1"), ("answer", "delete")],
        vec![("seen", "x"), ("answer", "confirm")],
        vec![("seen", "1"), ("answer", "late"), ("minutes", "many")],
        vec![("seen", "1"), ("answer", "move"), ("slot", "now")],
    ] {
        let page = phone.post_without_token(&format!("/visit/{token}"), &fields).await;
        assert_eq!(page.status, StatusCode::BAD_REQUEST, "{fields:?}");
    }
    phone.headers = vec![("sec-fetch-site", "cross-site".to_owned())];
    let page = phone.post_without_token(&format!("/visit/{token}"), &[("seen", "1"), ("answer", "confirm")]).await;
    assert_eq!(page.status, StatusCode::FORBIDDEN);
    assert_eq!(counter.traces().await, before);

    counter.clock.forward(std::time::Duration::from_hours(49));
    phone.headers.clear();
    assert_eq!(phone.get(&format!("/visit/{token}")).await.status, StatusCode::NOT_FOUND, "a link ends");
}

#[tokio::test]
async fn one_click_ends_the_mails_and_looking_does_not() {
    let counter = Counter::open(Room::on(Engine::Sqlite).store().await).await;
    let anna = counter.anna;
    let address: Address = "mailto:anna@example.org".parse().unwrap();
    desk::add_contact(&counter.desk, clinic::actors::Actor::Program, anna, address.rest().to_owned()).await.unwrap();
    let token = counter.link(LinkPurpose::Unsubscribe, anna, None).await;
    let is_out = async || {
        let contacts = counter.look(move |tx| store::patients::contacts(tx, anna)).await;
        let out = |contact: &clinic::patients::ContactPoint| matches!(contact.state, ContactState::OptedOut { .. });
        contacts.iter().filter(|contact| out(contact)).map(|contact| contact.address.to_string()).collect::<Vec<_>>()
    };
    let mut program = counter.provider();
    assert_eq!(program.get(&format!("/unsubscribe/{token}")).await.status, StatusCode::OK);
    assert!(is_out().await.is_empty());
    // RFC 8058: the mail program of the reader, without cookies and without a page of ours
    for _ in 0..2 {
        let page = program.post_without_token(&format!("/unsubscribe/{token}"), &[("List-Unsubscribe", "One-Click")]).await;
        assert_eq!(page.status, StatusCode::OK);
        assert_eq!(is_out().await, ["mailto:anna@example.org"], "other ways stay as they are");
    }
}
