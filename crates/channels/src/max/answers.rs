//! What MAX answers: what was asked for, or a word that names what is wrong.

use serde_json::Value;

use crate::sending::SHORT_WAIT;
use crate::{Account, Answer, Sending, Trouble};

pub fn read(answer: &Answer) -> Sending {
    let Some((status, body)) = answer.json() else { return answer.without_words() };
    if (200..300).contains(&status) {
        return accepted(&body);
    }
    let Some(code) = body["code"].as_str() else { return answer.without_words() };
    let code = if code.len() <= 60 && code.is_ascii() { code.to_owned() } else { status.to_string() };
    let refused = |why| Sending::Refused { code: code.clone(), why };
    let broken = |why| Sending::AccountBroken { code: code.clone(), why };
    let after = answer.retry_after().unwrap_or(SHORT_WAIT);
    match (status, code.as_str()) {
        // in the provider's own words it has not taken it, or a file is still being looked at
        (503, _) | (_, "attachment.not.ready") => Sending::Later { after, why: Trouble::Overloaded },
        (401, _) => broken(Trouble::Unauthorized),
        // the dialogue was stopped, or never begun
        (403, _) => Sending::Stopped,
        (404, _) => refused(Trouble::NoSuchRecipient),
        (405, _) => broken(Trouble::WrongServer),
        (413, _) => refused(Trouble::TooLong),
        (429, _) => Sending::Later { after, why: Trouble::TooFast },
        (400..500, _) => refused(Trouble::Other),
        (_, _) => Sending::Uncertain,
    }
}

/// A message that was sent comes back whole; other calls say `{"success": true}`.
fn accepted(body: &Value) -> Sending {
    match (&body["message"]["body"]["mid"], &body["success"]) {
        (Value::String(id), _) => Sending::Accepted { ids: vec![id.clone()] },
        (_, Value::Bool(true)) => Sending::Accepted { ids: Vec::new() },
        (_, Value::Bool(false)) => Sending::Refused { code: "success".to_owned(), why: Trouble::WebhookRefused },
        (_, _) => Sending::Uncertain,
    }
}

pub fn read_check(answer: &Answer) -> Result<Account, Trouble> {
    match answer.json() {
        Some((200, body)) if body["user_id"].is_i64() => {
            let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
            let name = [text("first_name"), text("name")].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
            Ok(Account { name, handle: text("username") })
        }
        Some((200..300, _)) => Err(Trouble::StrangeAnswer),
        Some(_) | None => Result::from(read(answer)).and(Err(Trouble::StrangeAnswer)),
    }
}
