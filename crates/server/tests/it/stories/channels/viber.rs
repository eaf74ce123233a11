//! Viber: asked for one tap, written to, delivered, seen, refused.

use clinic::actors::Channel;
use clinic::conversations::Said;
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;

use super::provider::{Provider, Seen};
use super::{ANSWER, Line, words};
use crate::world::told;

const TOKEN: &str = "4453b6ac12345678-e02c5f12174805f9";
const ZOLTAN: &str = "viber:zO1tan==";

fn answer(seen: &Seen) -> Option<Value> {
    assert_eq!(seen.headers["x-viber-auth-token"], TOKEN);
    match seen.path.as_str() {
        "/pa/get_account_info" => Some(json!({ "status": 0, "status_message": "ok", "name": "Mosoly", "uri": "mosoly" })),
        "/pa/set_webhook" => Some(json!({ "status": 0, "status_message": "ok" })),
        "/pa/send_message" => Some(json!({ "status": 0, "status_message": "ok", "message_token": 5_900_112_233_445_566_800_u64 })),
        _ => None,
    }
}

/// The provider's signature over the very bytes.
pub fn signature(key: &str, body: &str) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).unwrap();
    mac.update(body.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}

async fn tells(line: &Line, news: Value) -> String {
    let body = news.to_string();
    let page = line.called(&[("x-viber-content-signature", signature(TOKEN, &body))], &body).await;
    assert_eq!(page.status, 200, "{}", page.body);
    page.body
}

fn said(token: u64, text: &str, tracking: &Value) -> Value {
    json!({
        "event": "message", "timestamp": 1_795_420_800_000_i64, "message_token": token,
        "sender": { "id": "zO1tan==", "name": "Zoltán", "language": "en" },
        "message": { "type": "text", "text": text, "tracking_data": tracking.to_string() },
    })
}

fn report(event: &str) -> Value {
    let at = 1_795_420_900_000_i64;
    json!({ "event": event, "timestamp": at, "message_token": 5_900_112_233_445_566_800_u64, "user_id": "zO1tan==", "desc": "" })
}

#[test]
fn viber_is_connected_written_to_answered_and_tells_what_was_seen() {
    told(async |world| {
        let fields = [("token", TOKEN), ("sender_name", "Mosoly"), ("welcome", "Tap to begin."), ("welcome_button", "Begin")];
        let provider = Provider::open(answer).await;
        let mut line = Line::connected(world, Channel::Viber, provider, &fields).await;
        let hook = format!("https://desk.mosoly.example{}", line.hook());
        assert_eq!((line.provider.last("/set_webhook").json()["url"].as_str(), line.shown("hook")), (Some(hook.as_str()), hook.clone()));
        assert!(line.tries("zO1tan==").await.contains("was sent"));

        let user = json!({ "id": "zO1tan==", "name": "Zoltán", "language": "en" });
        let opened = json!({ "event": "conversation_started", "timestamp": 1, "message_token": 7, "user": user, "context": "abc", "subscribed": false });
        let welcome: Value = serde_json::from_str(&tells(&line, opened).await).unwrap();
        let tracking: Value = serde_json::from_str(welcome["tracking_data"].as_str().unwrap()).unwrap();
        assert_eq!(welcome["keyboard"]["Buttons"][0]["ActionBody"], "Begin");
        assert_eq!(tells(&line, said(8, "Begin", &tracking)).await, "");
        // told twice, it is heard once
        for _ in 0..2 {
            tells(&line, said(9, "Is there an hour on Friday?", &json!({}))).await;
        }
        assert!(line.heard(ZOLTAN).await == [Said::Opened { token: "abc".to_owned() }, words("Is there an hour on Friday?")]);

        let message = line.answers(ZOLTAN).await;
        assert_eq!(line.provider.last("/send_message").json()["text"], ANSWER);
        line.expect(&message, "sent").await;
        tells(&line, report("seen")).await;
        line.expect(&message, "read").await;
        tells(&line, report("delivered")).await;
        line.expect(&message, "read").await;

        line.provider.answers_once(200, r#"{"status":6,"status_message":"receiverNotSubscribed"}"#);
        line.expect(&line.answers(ZOLTAN).await, "failed").await;
        line.provider.answers_once(200, r#"{"status":0,"status_mess"#);
        line.expect(&line.answers(ZOLTAN).await, "in doubt").await;

        let forged = said(10, "I am somebody else", &json!({})).to_string();
        let page = line.called(&[("x-viber-content-signature", signature("another", &forged))], &forged).await;
        assert_eq!((page.status.as_u16(), line.heard(ZOLTAN).await.len()), (401, 2));
    });
}
