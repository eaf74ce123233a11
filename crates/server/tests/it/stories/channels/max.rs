//! MAX: told where to call, written to, a number shared with the messenger's seal, a dialogue that is stopped.

use clinic::actors::Channel;
use clinic::conversations::Said;
use serde_json::{Value, json};

use super::provider::{Provider, Seen};
use super::viber::signature;
use super::{ANSWER, Line, words};
use crate::world::told;

const TOKEN: &str = "f9LHodD0cOL5a-token-of-the-bot";
const ZOLTAN: &str = "max:55100200";

fn answer(seen: &Seen) -> Option<Value> {
    assert_eq!(seen.headers["authorization"], TOKEN);
    match seen.path.as_str() {
        "/me" => Some(json!({ "user_id": 66_000_001, "first_name": "Mosoly", "username": "mosoly_bot", "is_bot": true })),
        "/subscriptions" | "/answers" => Some(json!({ "success": true })),
        "/messages" => Some(json!({ "message": { "body": { "mid": "mid.out1", "seq": 1, "text": "" } } })),
        _ => None,
    }
}

fn said(mid: &str, text: Option<&str>, attachments: &Value) -> Value {
    let zoltan = json!({ "user_id": 55_100_200, "first_name": "Zoltán", "is_bot": false });
    let recipient = json!({ "chat_id": 91_000_555, "chat_type": "dialog", "user_id": 66_000_001 });
    let body = json!({ "mid": mid, "seq": 116_000_000_000_000_001_u64, "text": text, "attachments": attachments });
    let message = json!({ "sender": zoltan, "recipient": recipient, "timestamp": 1_795_420_800_123_i64, "body": body });
    json!({ "update_type": "message_created", "timestamp": 1_795_420_800_123_i64, "message": message, "user_locale": "en" })
}

#[test]
fn max_is_told_where_to_call_written_to_and_answered() {
    told(async |world| {
        let provider = Provider::open(answer).await;
        let mut line = Line::connected(world, Channel::Max, provider, &[("token", TOKEN)]).await;
        let wanted = line.provider.last("/subscriptions").json();
        let secret = wanted["secret"].as_str().unwrap().to_owned();
        assert_eq!((secret.len(), wanted["url"].as_str().unwrap()), (32, line.shown("hook").as_str()));
        assert!(!line.page.body.contains(&secret) && !line.page.body.contains(TOKEN), "secrets are never shown again");
        assert!(line.tries("55100200").await.contains("was sent"));

        let signed = [("x-max-bot-api-secret", secret)];
        for _ in 0..2 {
            let page = line.called(&signed, &said("mid.in1", Some("Is there an hour on Friday?"), &json!([])).to_string()).await;
            assert_eq!((page.status.as_u16(), page.body.as_str()), (200, ""));
        }
        assert!(line.heard(ZOLTAN).await == [words("Is there an hour on Friday?")]);
        line.goes().await;
        // somebody unknown is asked for their own number, with one tap
        let asked = line.provider.last("/messages").json();
        assert_eq!(asked["attachments"][0]["payload"]["buttons"][0][0]["type"], "request_contact");
        let card = "BEGIN:VCARD\r\nVERSION:3.0\r\nTEL;TYPE=cell:36705550100\r\nFN:Z\r\nEND:VCARD\r\n";
        let shared = |hash: String| json!([{ "type": "contact", "payload": { "vcf_info": card, "hash": hash, "max_info": { "user_id": 55_100_200 } } }]);
        for (mid, key) in [("mid.in2", "another"), ("mid.in3", TOKEN)] {
            line.called(&signed, &said(mid, None, &shared(signature(key, card))).to_string()).await;
        }
        let heard = line.heard(ZOLTAN).await;
        assert!(matches!(&heard[1], Said::Media { .. }), "a card without the seal proves nothing");
        assert!(heard[2] == Said::SharedContact { phone: "+36705550100".to_owned() });

        let message = line.answers(ZOLTAN).await;
        let sent = line.provider.last("/messages");
        assert_eq!((sent.json()["text"].as_str(), sent.query.as_str()), (Some(ANSWER), "user_id=55100200&disable_link_preview=true"));
        line.expect(&message, "sent").await;
        line.provider.answers_once(403, r#"{"code":"chat.denied","message":"stopped"}"#);
        line.expect(&line.answers(ZOLTAN).await, "failed").await;
        line.provider.answers_once(500, "");
        line.expect(&line.answers(ZOLTAN).await, "in doubt").await;

        let forged = said("mid.in4", Some("I am somebody else"), &json!([])).to_string();
        let page = line.called(&[("x-max-bot-api-secret", "another".to_owned())], &forged).await;
        assert_eq!((page.status.as_u16(), line.heard(ZOLTAN).await.len()), (401, 3));
    });
}
