//! Messenger: written to, answered within the window, delivered, and read up to an instant.

use std::time::Duration;

use clinic::actors::Channel;
use serde_json::{Value, json};

use super::provider::{Provider, Seen};
use super::viber::signature;
use super::{ANSWER, Line, words};
use crate::world::told;

const SECRET: &str = "the-secret-of-the-app";
const ZOLTAN: &str = "messenger:8800000000000042";

fn answer(seen: &Seen) -> Option<Value> {
    assert!(seen.query.ends_with("access_token=a-token-of-the-page"));
    match seen.path.as_str() {
        "/me" => Some(json!({ "id": "310000000000001", "name": "Mosoly", "username": "mosoly" })),
        "/310000000000001/subscribed_apps" => Some(json!({ "success": true })),
        "/me/messages" => Some(json!({ "recipient_id": "8800000000000042", "message_id": "m_Out0001" })),
        _ => None,
    }
}

async fn tells(line: &Line, mut inside: Value) {
    inside["sender"] = json!({ "id": "8800000000000042" });
    inside["timestamp"] = line.world.desk.now().as_millis().into();
    let body = json!({ "object": "page", "entry": [{ "id": "310000000000001", "messaging": [inside] }] }).to_string();
    let page = line.called(&[("x-hub-signature-256", format!("sha256={}", signature(SECRET, &body)))], &body).await;
    assert_eq!((page.status.as_u16(), page.body.as_str()), (200, ""));
}

#[test]
fn messenger_is_written_to_answered_and_tells_until_when_was_read() {
    told(async |world| {
        let fields = [("token", "a-token-of-the-page"), ("page_id", "310000000000001"), ("app_secret", SECRET)];
        let provider = Provider::open(answer).await;
        let line = Line::connected(world, Channel::Messenger, provider, &fields).await;
        let challenge = format!("hub.mode=subscribe&hub.verify_token={}&hub.challenge=77", line.shown("copied-1"));
        assert_eq!(line.looked_at(&challenge).await.body, "77");

        for _ in 0..2 {
            tells(&line, json!({ "message": { "mid": "m_In1", "text": "Is there an hour on Friday?" } })).await;
        }
        assert!(line.heard(ZOLTAN).await == [words("Is there an hour on Friday?")]);
        let before = line.world.desk.now();
        let message = line.answers(ZOLTAN).await;
        assert_eq!(line.provider.last("/me/messages").json()["message"]["text"], ANSWER);
        line.expect(&message, "sent").await;
        // seen before it came: that was about something earlier
        tells(&line, json!({ "read": { "watermark": before.as_millis() - 1 } })).await;
        line.expect(&message, "sent").await;
        tells(&line, json!({ "delivery": { "mids": ["m_Out0001"], "watermark": 1 } })).await;
        line.expect(&message, "delivered").await;
        tells(&line, json!({ "read": { "watermark": line.world.desk.now().as_millis() } })).await;
        line.expect(&message, "read").await;

        line.provider.answers_once(400, r#"{"error":{"code":10,"error_subcode":2018278}}"#);
        line.expect(&line.answers(ZOLTAN).await, "failed").await;
        line.world.pass(Duration::from_hours(24));
        let calls = line.provider.calls("/me/messages").len();
        line.expect(&line.answers(ZOLTAN).await, "not sent").await;
        assert_eq!(line.provider.calls("/me/messages").len(), calls);
    });
}
