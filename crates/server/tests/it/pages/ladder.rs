//! The ladder as an owner sets it: whom it reaches stands beside it before it is saved, bad minutes are named, the last change is
//! taken back.

use axum::http::StatusCode;
use clinic::actors::{Actor, Origin};
use clinic::patients::{ContactPoint, Sureness};
use clinic::staff::Role;
use kernel::{Address, ContactPointId, Locale, Scheme};
use store::trial::both;

use super::counter::Counter;

const RULE: &str = "/settings/ladder/rule?purpose=service&group=";
const SAVE: &str = "/settings/ladder/rule";

#[tokio::test]
async fn an_owner_sees_whom_a_ladder_reaches_saves_it_and_takes_it_back() {
    both(async |store| {
        let counter = Counter::open(store).await;
        writes_by_telegram(&counter).await;
        assert_eq!(counter.receptionist().await.get(RULE).await.status, StatusCode::FORBIDDEN);
        let mut owner = counter.staff(Role::Owner, Locale::En).await;
        let fresh = owner.get(RULE).await;
        assert_eq!(fresh.status, StatusCode::OK);
        let reached: Vec<u32> = fresh.all(".reached meter", "value").iter().map(|value| value.parse().unwrap()).collect();
        assert_eq!(reached, [1], "Anna; of Boris nobody knows where");
        let nobody = owner.get("/settings/ladder/unreached?purpose=service&group=&rungs=telegram").await.text();
        assert!(nobody.contains("Boris") && !nobody.contains("Anna"), "{nobody}");

        let typed = |minutes, version| {
            [("purpose", "service"), ("group", ""), ("version", version), ("channel-0", "telegram"), ("minutes-0", minutes), ("do", "save")]
        };
        let refused = owner.post(SAVE, &typed("0", "0")).await;
        assert_eq!(refused.status, StatusCode::UNPROCESSABLE_ENTITY);
        assert_eq!(refused.all("[name=minutes-0]", "value"), ["0"], "it stands as it was typed");
        assert_eq!(owner.post(SAVE, &typed("15", "0")).await.leads_to(), "/settings/ladder?done=saved");
        let rules = |page: super::counter::Page| page.all("ul.list a", "href").iter().filter(|to| to.starts_with(SAVE)).count();
        assert_eq!(rules(owner.get("/settings/ladder").await), 1);
        let late = owner.post(SAVE, &typed("20", "0")).await;
        assert_ne!(late.status, StatusCode::SEE_OTHER, "somebody else has saved it meanwhile");
        owner.post("/settings/ladder/undo", &[("version", "1")]).await;
        assert_eq!(rules(owner.get("/settings/ladder").await), 0);
    })
    .await;
}

/// Anna does.
async fn writes_by_telegram(counter: &Counter) {
    let anna = counter.anna;
    let known = counter.desk.act(Actor::Program, Origin::Program, move |act| {
        let id = ContactPointId::new(act.now, &mut act.chance);
        let address = Address::new(Scheme::Telegram, "4521").unwrap();
        let (contact, _) = ContactPoint::new(id, anna, address, Sureness::Verified, act.now);
        Ok(store::patients::save_contact(act.tx, &contact)?)
    });
    known.await.unwrap();
}
