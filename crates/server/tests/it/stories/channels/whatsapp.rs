//! WhatsApp: the owner's challenge, the window of a day, a doubt that a report settles, reports out of order, and a patient
//! whose number stands on their card.

use std::time::Duration;

use clinic::actors::Channel;
use clinic::outbox::OutboundState;
use serde_json::{Value, json};

use super::provider::{Provider, Seen};
use super::viber::signature;
use super::{ANSWER, Line, words};
use crate::world::told;

const SECRET: &str = "the-secret-of-the-app";
const ZOLTAN: &str = "whatsapp:HU.9912345678901234";

fn answer(seen: &Seen) -> Option<Value> {
    assert_eq!(seen.headers["authorization"], "Bearer a-token-of-a-system-user");
    match seen.path.as_str() {
        "/206500000000002" => Some(json!({ "verified_name": "Mosoly", "display_phone_number": "+36 1 555 0100" })),
        "/206500000000002/messages" => {
            let ours = seen.json()["biz_opaque_callback_data"].as_str().unwrap().to_owned();
            Some(json!({ "messages": [{ "id": format!("wamid.{ours}"), "message_status": "accepted" }] }))
        }
        _ => None,
    }
}

fn news(name: &str, inside: &Value) -> String {
    let metadata = json!({ "display_phone_number": "3615550100", "phone_number_id": "206500000000002" });
    let mut value = json!({ "messaging_product": "whatsapp", "metadata": metadata });
    value[name] = json!([inside]);
    json!({ "object": "whatsapp_business_account", "entry": [{ "id": "1", "changes": [{ "field": "messages", "value": value }] }] })
        .to_string()
}

async fn tells(line: &Line, name: &str, inside: &Value) {
    let body = news(name, inside);
    let page = line.called(&[("x-hub-signature-256", format!("sha256={}", signature(SECRET, &body)))], &body).await;
    assert_eq!((page.status.as_u16(), page.body.as_str()), (200, ""));
}

fn report(status: &str, name: &str, ours: &str) -> Value {
    json!({ "id": name, "status": status, "timestamp": "1795420900", "biz_opaque_callback_data": ours })
}

#[test]
fn whatsapp_is_confirmed_written_to_answered_and_settles_doubt() {
    told(async |world| {
        let fields = [
            ("token", "a-token-of-a-system-user"),
            ("phone_number_id", "206500000000002"),
            ("app_secret", SECRET),
            ("list_button", "Choose"),
        ];
        let provider = Provider::open(answer).await;
        let line = Line::connected(world, Channel::Whatsapp, provider, &fields).await;
        let challenge = |token: &str| format!("hub.mode=subscribe&hub.verify_token={token}&hub.challenge=1158201444");
        let confirmed = line.looked_at(&challenge(&line.shown("copied-1"))).await;
        assert_eq!((confirmed.status.as_u16(), confirmed.body.as_str()), (200, "1158201444"));
        assert_eq!(line.looked_at(&challenge("another")).await.status.as_u16(), 401);

        let hello = json!({ "from_user_id": "HU.9912345678901234", "id": "wamid.IN1", "timestamp": "1795420800", "type": "text", "text": { "body": "Is there an hour on Friday?" } });
        for _ in 0..2 {
            tells(&line, "messages", &hello).await;
        }
        assert!(line.heard(ZOLTAN).await == [words("Is there an hour on Friday?")]);
        let message = line.answers(ZOLTAN).await;
        let sent = line.provider.last("/messages").json();
        assert_eq!((sent["text"]["body"].as_str(), sent["recipient"].as_str()), (Some(ANSWER), Some("HU.9912345678901234")));
        let OutboundState::Accepted { provider_key, .. } = message.state.clone() else { panic!("{:?}", message.state) };
        for (status, stands) in [("read", "read"), ("delivered", "read"), ("sent", "read")] {
            tells(&line, "statuses", &report(status, &provider_key, "")).await;
            line.expect(&message, stands).await;
        }

        // the answer was lost: nobody knows, until a report brings our own id back
        line.provider.answers_once(200, r#"{"messaging_pro"#);
        let lost = line.answers(ZOLTAN).await;
        line.expect(&lost, "in doubt").await;
        tells(&line, "statuses", &report("delivered", "wamid.LATE", &lost.id.to_string())).await;
        line.expect(&lost, "delivered").await;
        tells(&line, "statuses", &report("read", "wamid.LATE", "")).await;
        line.expect(&lost, "read").await;

        line.provider.answers_once(400, r#"{"error":{"code":131026,"message":"x"}}"#);
        line.expect(&line.answers(ZOLTAN).await, "failed").await;
        line.world.pass(Duration::from_hours(24));
        let before = line.provider.calls("/messages").len();
        line.expect(&line.answers(ZOLTAN).await, "not sent").await;
        assert_eq!(line.provider.calls("/messages").len(), before, "the window has closed, and no template was named");
    });
}

#[test]
fn whoever_writes_from_a_number_on_a_card_is_that_patient() {
    told(async |world| {
        let vera = world.people.vera;
        let fields = [
            ("token", "a-token-of-a-system-user"),
            ("phone_number_id", "206500000000002"),
            ("app_secret", SECRET),
            ("list_button", "Choose"),
            ("template", "care_message"),
        ];
        let provider = Provider::open(answer).await;
        let mut line = Line::connected(world, Channel::Whatsapp, provider, &fields).await;
        let hello =
            json!({ "from": "36301234567", "id": "wamid.IN2", "timestamp": "1795420800", "type": "text", "text": { "body": "Thank you" } });
        tells(&line, "messages", &hello).await;
        let tied = line.world.contacts(vera).await.into_iter().any(|contact| contact.address.to_string() == "whatsapp:36301234567");
        assert!(tied, "Vera's number stands on her card");
        // she is written to freely; whoever has not written hears only the approved text
        for (number, to, template) in [("+36 30 123 4567", "36301234567", None), ("06 30 765 4321", "36307654321", Some("care_message"))] {
            assert!(line.tries(number).await.contains("was sent"));
            let said = line.provider.last("/messages").json();
            assert_eq!((said["template"]["name"].as_str(), said["to"].as_str()), (template, Some(to)));
        }
    });
}
