//! A provider that is asked whether it still calls us: what it says stands on the page of all channels and on Today, and can be set
//! right from there.

use std::time::Duration;

use clinic::actors::Channel;
use desk::loops::look_up;
use serde_json::{Value, json};

use super::provider::{Provider, Seen, Stored};
use super::{Line, filled_in, signed_in};
use crate::pages::counter::Browser;
use crate::world::told;

const PAGE: &str = "/settings/channels/health";
const WRONG: &str = "The provider passes the messages of patients to another address.";

fn answer(seen: &Seen) -> Option<Value> {
    match seen.path.as_str() {
        "/me" => Some(json!({ "user_id": 66_000_001, "first_name": "Mosoly", "username": "mosoly_bot", "is_bot": true })),
        "/subscriptions" => Some(json!({ "success": true })),
        _ => None,
    }
}

/// From now on it calls this address.
fn calls(line: &Line, url: &str) {
    let told = json!({ "success": true, "subscriptions": [{ "url": url, "time": 1_795_420_800_123_i64, "update_types": null }] });
    line.provider.stores("/subscriptions", Stored::File(told.to_string().into_bytes()));
}

#[test]
fn an_account_whose_calls_go_elsewhere_is_found_told_of_and_set_right() {
    told(async |world| {
        let provider = Provider::open(answer).await;
        let mut line = Line::connected(world, Channel::Max, provider, &[("token", "f9LHodD0cOL5a-token-of-the-bot")]).await;
        let own = format!("[id=\"{}\"]", line.account);
        let before = line.owner.get(PAGE).await.texts(&own).join(" ");
        assert!(before.contains("Not checked yet.") && before.contains("none in seven days"), "{before}");
        look_up(&line.world.desk, line.wire.as_ref()).await.unwrap();
        assert_eq!(line.provider.calls("/subscriptions").len(), 1, "whoever has just connected it was told how it stands");

        calls(&line, "https://other.example/max");
        line.world.pass(Duration::from_mins(11));
        look_up(&line.world.desk, line.wire.as_ref()).await.unwrap();
        let found = line.owner.get(PAGE).await.texts(&own).join(" ");
        assert!(found.contains(WRONG) && found.contains("do not come to this desk") && found.contains("accepted"), "{found}");
        assert!(line.owner.get("/today").await.text().contains(WRONG), "it stands on Today");

        let hook = line.shown("hook");
        calls(&line, &hook);
        let form = format!("/settings/channels/{}/health/set-again", line.account);
        let done = filled_in(&mut line.owner, PAGE, &form, &[]).await;
        assert_eq!(done.leads_to(), format!("{PAGE}?done=set-again"));
        let sent: Vec<Value> = line.provider.calls("/subscriptions").iter().filter(|seen| !seen.body.is_empty()).map(Seen::json).collect();
        assert_eq!(sent.last().map(|call| call["url"].clone()), Some(hook.into()));
        let mended = line.owner.get(PAGE).await.texts(&own).join(" ");
        assert!(!mended.contains(WRONG) && mended.contains("come to this desk"), "{mended}");
        assert!(!line.owner.get("/today").await.text().contains(WRONG));

        // the token was taken back: found by whoever presses the button
        line.provider.answers_once(401, r#"{"code":"verify.token","message":"x"}"#);
        let check = format!("/settings/channels/{}/health/check", line.account);
        filled_in(&mut line.owner, PAGE, &check, &[]).await;
        let refused = line.owner.get(PAGE).await.texts(&own).join(" ");
        assert!(refused.contains("no longer accepts the token"), "{refused}");
        let asked = line.provider.calls("/me").len();
        look_up(&line.world.desk, line.wire.as_ref()).await.unwrap();
        assert_eq!(line.provider.calls("/me").len(), asked, "not before the hour is over");
        line.world.pass(Duration::from_hours(1));
        look_up(&line.world.desk, line.wire.as_ref()).await.unwrap();
        assert_eq!(line.provider.calls("/me").len(), asked + 1);
        assert!(!line.owner.get(PAGE).await.texts(&own).join(" ").contains("no longer accepts the token"));
    });
}

fn community(seen: &Seen) -> Option<Value> {
    match seen.path.as_str() {
        "/method/groups.getById" => {
            Some(json!({ "response": { "groups": [{ "id": 210_000_001, "name": "Mosoly", "screen_name": "mosoly" }] } }))
        }
        "/method/groups.getTokenPermissions" => {
            Some(json!({ "response": { "mask": 1, "permissions": [{ "name": "messages" }, { "name": "manage" }] } }))
        }
        "/method/groups.addCallbackServer" => Some(json!({ "response": { "server_id": 4 } })),
        "/method/groups.setCallbackSettings" => Some(json!({ "response": 1 })),
        _ => None,
    }
}

/// VK calls these servers from now on.
fn servers(line: &Line, items: &Value) {
    let told = json!({ "response": { "count": 1, "items": items } });
    line.provider.stores("/method/groups.getCallbackServers", Stored::File(told.to_string().into_bytes()));
}

#[test]
fn a_community_that_calls_nobody_is_set_right_and_one_whose_address_nobody_knows_is_asked_for_its_token() {
    told(async |world| {
        let fields = [("token", "vk1.a.a-token-of-the-community"), ("group_id", "210000001"), ("confirmation", "1f2e3d4c")];
        let mut line = Line::connected(world, Channel::Vk, Provider::open(community).await, &fields).await;
        let own = format!("[id=\"{}\"]", line.account);
        servers(&line, &json!([]));
        let (health, page) = (format!("/settings/channels/{}/health", line.account), PAGE);
        filled_in(&mut line.owner, page, &format!("{health}/check"), &[]).await;
        assert!(line.owner.get(PAGE).await.texts(&own).join(" ").contains("to nobody"));
        let done = filled_in(&mut line.owner, page, &format!("{health}/set-again"), &[]).await;
        assert_eq!(done.leads_to(), format!("{PAGE}?done=set-again"));
        let (entered, told) = (line.provider.last("/groups.addCallbackServer"), line.provider.last("/groups.setCallbackSettings"));
        assert_eq!((entered.field("url"), entered.field("secret_key")), (line.shown("hook"), line.shown("copied-1")));
        assert_eq!((told.field("server_id").as_str(), told.field("message_event").as_str()), ("4", "1"));
        servers(&line, &json!([{ "id": 4, "url": line.shown("hook"), "status": "ok" }]));
        filled_in(&mut line.owner, page, &format!("{health}/check"), &[]).await;
        let mended = line.owner.get(PAGE).await.texts(&own).join(" ");
        assert!(mended.contains("come to this desk") && mended.contains("accepted"), "{mended}");

        // as a restored backup of an older program: nobody remembers where VK calls, and the clinic has no address
        let (account, clinic) = (line.account, line.world.people.clinic.clone());
        let forget = move |act: &mut desk::Act<'_, '_>| {
            store::clinics::save_clinic(act.tx, &clinic::clinics::Clinic { public_url: None, ..clinic.clone() })?;
            Ok(store::lookups::keep(act.tx, (account, "standing"), "{}", (act.now, act.now))?)
        };
        line.world.desk.act(line.world.kata(), clinic::actors::Origin::Desk, forget).await.unwrap();
        filled_in(&mut line.owner, page, &format!("{health}/check"), &[]).await;
        let unknown = line.owner.get(PAGE).await.texts(&own).join(" ");
        assert!(
            unknown.contains("accepted") && unknown.contains("enter the public address") && !unknown.contains("to nobody"),
            "{unknown}"
        );
    });
}

#[test]
fn the_record_of_a_clinics_domain_is_looked_for_and_the_page_says_what_to_enter() {
    const KEY: &str =
        "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g\n-----END PRIVATE KEY-----";
    told(async |world| {
        let mut owner = Browser::signed_in(world.router(), signed_in(&world).await);
        let page = format!("/settings/channels/{}", world.people.mail);
        let fields =
            [("host", "mail.example"), ("from_address", "desk@mosoly.example"), ("from_name", "Mosoly"), ("dkim", "on"), ("dkim_key", KEY)];
        let saved = filled_in(&mut owner, &page, &page, &fields).await;
        assert!(saved.leads_to().starts_with(&page), "{}", saved.text());
        let shown = owner.get(&page).await;
        let text = shown.texts("#record-text").join("");
        assert!(shown.texts("#record").join(" ").contains("Not checked yet.") && text.starts_with("v=DKIM1; k=ed25519; p="), "{text}");
        let record = text.as_str();
        for (published, expected, remedy) in [
            (None, "could not be asked", ""),
            (Some(&["v=spf1 -all"] as &[&str]), "not there", "Enter it where your domain is managed"),
            (Some(&["v=DKIM1; k=ed25519; p=AAAA"]), "another key", "Replace the record at your domain"),
            (Some(&[record]), "in place", ""),
        ] {
            world.provider.publishes(published);
            let done = filled_in(&mut owner, &page, &format!("{page}/record"), &[]).await;
            assert_eq!(done.leads_to(), format!("{page}?done=checked"));
            let found = owner.get(&page).await.texts("#record").join(" ");
            assert!(found.contains(expected) && found.contains(remedy), "{found}");
        }
        // whoever is asked about everything looks for it too
        world.provider.publishes(Some(&[]));
        filled_in(&mut owner, PAGE, &format!("{page}/health/check"), &[]).await;
        let health = owner.get(PAGE).await.text();
        assert!(health.contains("The record by which receivers check your signature is not at your domain."), "{health}");
    });
}
