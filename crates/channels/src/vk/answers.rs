//! What VK answers: 200, and inside either a response or an error with a number.

use std::time::Duration;

use serde_json::Value;

use crate::{Account, Answer, Sending, Trouble};

const A_MOMENT: Duration = Duration::from_secs(1);
const A_WHILE: Duration = Duration::from_secs(5);
/// After the same was said too often.
const FLOOD: Duration = Duration::from_mins(5);
/// The day's share of a method is used up.
const DAY_IS_FULL: Duration = Duration::from_hours(1);

pub fn read(answer: &Answer) -> Sending {
    let Some((200, body)) = answer.json() else { return answer.without_words() };
    if let Some(error) = body.get("error") {
        return refused(error["error_code"].as_i64());
    }
    match &body["response"] {
        Value::Number(id) => Sending::Accepted { ids: vec![id.to_string()] },
        // several receivers, each with an outcome of its own; we write to one
        Value::Array(each) => match each.first().map(|one| (&one["error"]["code"], &one["message_id"])) {
            Some((Value::Number(code), _)) => refused(code.as_i64()),
            Some((_, Value::Number(id))) => Sending::Accepted { ids: vec![id.to_string()] },
            Some(_) | None => Sending::Uncertain,
        },
        Value::Object(_) => Sending::Accepted { ids: Vec::new() },
        Value::Null | Value::Bool(_) | Value::String(_) => Sending::Uncertain,
    }
}

/// After the list of errors of the API.
fn refused(code: Option<i64>) -> Sending {
    let Some(code) = code else { return Sending::Uncertain };
    let refused = |why| Sending::Refused { code: code.to_string(), why };
    let broken = |why| Sending::AccountBroken { code: code.to_string(), why };
    match code {
        // unknown, its own trouble, too late: known by our number when it is brought again
        1 | 10 | 36 => Sending::Later { after: A_WHILE, why: Trouble::Overloaded },
        6 => Sending::Later { after: A_MOMENT, why: Trouble::TooFast },
        9 => Sending::Later { after: FLOOD, why: Trouble::TooFast },
        // a picture with letters is asked for: a sign that VK takes us for a flood
        14 | 29 => Sending::Later { after: DAY_IS_FULL, why: Trouble::TooFast },
        5 | 27 | 28 => broken(Trouble::Unauthorized),
        7 | 15 | 912 => broken(Trouble::Policy),
        18 => refused(Trouble::NoSuchRecipient),
        900 => refused(Trouble::Policy),
        // did not allow messages, or no longer does: until they allow them or write
        901 | 902 => Sending::Stopped,
        910 | 914 => refused(Trouble::TooLong),
        _ => refused(Trouble::Other),
    }
}

pub fn read_check(answer: &Answer) -> Result<Account, Trouble> {
    Result::from(read_question(answer)?)?;
    let Some((_, body)) = answer.json() else { return Err(Trouble::StrangeAnswer) };
    let response = &body["response"];
    let group = if response["groups"].is_array() { &response["groups"][0] } else { &response[0] };
    let text = |name: &str| group[name].as_str().unwrap_or_default().to_owned();
    let account = Account { name: text("name"), handle: text("screen_name") };
    if account.handle.is_empty() { Err(Trouble::StrangeAnswer) } else { Ok(account) }
}

/// Of a question, whose answer is no number of a message.
fn read_question(answer: &Answer) -> Result<Sending, Trouble> {
    match answer.json() {
        Some((200, body)) if body.get("response").is_some() => Ok(Sending::Accepted { ids: Vec::new() }),
        Some(_) | None => match read(answer) {
            Sending::Accepted { .. } => Err(Trouble::StrangeAnswer),
            other => Ok(other),
        },
    }
}
