//! A provider that is asked whether it still calls us: what it says stands on the page of all channels and on Today, and can be set
//! right from there.

use std::time::Duration;

use clinic::actors::Channel;
use desk::loops::look_up;
use serde_json::{Value, json};

use super::provider::{Provider, Seen, Stored};
use super::{Line, filled_in};
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
