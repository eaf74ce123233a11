//! What Viber answers: always 200, with a status of its own inside.

use std::time::Duration;

use crate::{Account, Answer, Sending, Trouble};

const SLOW_DOWN: Duration = Duration::from_secs(10);

pub fn read(answer: &Answer) -> Sending {
    let Some((200, body)) = answer.json() else { return answer.without_words() };
    let Some(status) = body["status"].as_i64() else { return Sending::Uncertain };
    let refused = |why| Sending::Refused { code: status.to_string(), why };
    let broken = |why| Sending::AccountBroken { code: status.to_string(), why };
    match status {
        0 => Sending::Accepted { ids: body["message_token"].as_u64().map(|token| token.to_string()).into_iter().collect() },
        1 => refused(Trouble::WebhookRefused),
        2 => broken(Trouble::Unauthorized),
        // not registered, or no device that could show it
        5 | 11 => refused(Trouble::NoSuchRecipient),
        6 => refused(Trouble::NeverOpened),
        // the bot is blocked, unknown, suspended or not allowed
        7 | 8 | 9 | 15 => broken(Trouble::Policy),
        10 => broken(Trouble::WebhookRefused),
        12 => Sending::Later { after: SLOW_DOWN, why: Trouble::TooFast },
        // a country that is not served, or the free messages of this talk are used up
        21 | 23 => refused(Trouble::Policy),
        // no money left
        24 => broken(Trouble::Other),
        _ => refused(Trouble::Other),
    }
}

pub fn read_check(answer: &Answer) -> Result<Account, Trouble> {
    Result::from(read(answer))?;
    let Some((_, body)) = answer.json() else { return Err(Trouble::StrangeAnswer) };
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    let account = Account { name: text("name"), handle: text("uri") };
    if account.name.is_empty() { Err(Trouble::StrangeAnswer) } else { Ok(account) }
}
