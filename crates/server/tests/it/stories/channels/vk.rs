//! VK: the address confirmed, written to, known again by our number, and the errors that hide in a 200.

use clinic::actors::Channel;
use clinic::conversations::Said;
use serde_json::{Value, json};

use super::provider::{Provider, Seen};
use super::{ANSWER, Line, words};
use crate::world::told;

const ZOLTAN: &str = "vk:155000777";

fn answer(seen: &Seen) -> Option<Value> {
    assert_eq!((seen.field("access_token").as_str(), seen.field("v").as_str()), ("vk1.a.a-token-of-the-community", "5.199"));
    match seen.path.as_str() {
        "/method/groups.getById" => {
            Some(json!({ "response": { "groups": [{ "id": 210_000_001, "name": "Mosoly", "screen_name": "mosoly" }] } }))
        }
        "/method/messages.send" => Some(json!({ "response": 9010 })),
        "/method/messages.sendMessageEventAnswer" => Some(json!({ "response": 1 })),
        _ => None,
    }
}

fn news(secret: &str, kind: &str, event: &str, object: &Value) -> String {
    json!({ "type": kind, "group_id": 210_000_001, "event_id": event, "v": "5.199", "secret": secret, "object": object }).to_string()
}

fn said(id: i64, text: &str) -> Value {
    let message =
        json!({ "id": id, "date": 1_795_420_800, "peer_id": 155_000_777, "from_id": 155_000_777, "text": text, "attachments": [] });
    json!({ "message": message, "client_info": {} })
}

#[test]
fn vk_is_confirmed_written_to_and_answered() {
    told(async |world| {
        let fields = [("token", "vk1.a.a-token-of-the-community"), ("group_id", "210000001"), ("confirmation", "1f2e3d4c")];
        let provider = Provider::open(answer).await;
        let mut line = Line::connected(world, Channel::Vk, provider, &fields).await;
        // the owner copies both to VK, which then asks
        let secret = line.shown("copied-1");
        assert_eq!((secret.len(), line.shown("hook")), (32, format!("https://desk.mosoly.example{}", line.hook())));
        assert_eq!(line.called(&[], &news(&secret, "confirmation", "a1", &json!(null))).await.body, "1f2e3d4c");
        assert!(line.tries("155000777").await.contains("was sent"));

        for _ in 0..2 {
            assert_eq!(line.called(&[], &news(&secret, "message_new", "b1", &said(1, "Есть время в пятницу?"))).await.body, "ok");
        }
        assert!(line.heard(ZOLTAN).await == [words("Есть время в пятницу?")]);
        let message = line.answers(ZOLTAN).await;
        let sent = line.provider.last("/messages.send");
        assert_eq!((sent.field("message").as_str(), sent.field("peer_id").as_str()), (ANSWER, "155000777"));
        assert!(sent.field("random_id").parse::<u32>().unwrap() > 0);
        line.expect(&message, "sent").await;

        let tap = json!({ "user_id": 155_000_777, "peer_id": 155_000_777, "event_id": "e7", "payload": { "press": "x.y" } });
        assert_eq!(line.called(&[], &news(&secret, "message_event", "c1", &tap)).await.body, "ok");
        assert!(line.heard(ZOLTAN).await.last() == Some(&Said::Pressed { data: "x.y".to_owned(), label: String::new() }));

        let error = |code: i64| json!({ "error": { "error_code": code, "error_msg": "no" } }).to_string();
        line.provider.answers_once(200, &error(6));
        let later = line.answers(ZOLTAN).await;
        line.world.pass(std::time::Duration::from_mins(1));
        line.goes().await;
        line.expect(&later, "sent").await;
        line.provider.answers_once(200, &error(901));
        line.expect(&line.answers(ZOLTAN).await, "failed").await;
        // the answer was lost: VK knows the letter by our number, so it is brought again
        let before = line.provider.calls("/messages.send").len();
        line.provider.answers_once(502, "<html>");
        line.expect(&line.answers(ZOLTAN).await, "sent").await;
        let brought = line.provider.calls("/messages.send").split_off(before);
        assert_eq!((brought.len(), brought[0].field("random_id")), (2, brought[1].field("random_id")));

        let forged = news("another", "message_new", "b2", &said(2, "I am somebody else"));
        assert_eq!((line.called(&[], &forged).await.status.as_u16(), line.heard(ZOLTAN).await.len()), (401, 2));
    });
}
