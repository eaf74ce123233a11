//! What Messenger answers. Only the numbers of an error count, never its words.

use std::time::Duration;

use crate::meta::{self, TOKEN_IS_WRONG, text};
use crate::{Account, Answer, Sending, Trouble};

const A_WHILE: Duration = Duration::from_secs(30);
/// The page may not write for some time.
const RESTRICTED: Duration = Duration::from_hours(1);

pub fn read(answer: &Answer) -> Sending {
    if meta::is_unsure(answer) {
        return Sending::Uncertain;
    }
    if let Some((code, below)) = meta::error(answer) {
        return refused(code, below);
    }
    match answer.json() {
        // to a letter that sets something up
        Some((200, body)) if body["success"] == true => Sending::Accepted { ids: Vec::new() },
        Some((200, body)) => match body["message_id"].as_str() {
            Some(id) => Sending::Accepted { ids: vec![id.to_owned()] },
            None => Sending::Uncertain,
        },
        Some(_) | None => answer.without_words(),
    }
}

fn refused(code: i64, below: i64) -> Sending {
    let refused = |why| Sending::Refused { code: code.to_string(), why };
    let broken = |why| Sending::AccountBroken { code: code.to_string(), why };
    match (code, below) {
        (code, _) if TOKEN_IS_WRONG.contains(&code) => broken(Trouble::Unauthorized),
        (10, 2_018_278) => refused(Trouble::WindowClosed),
        (10, 1_893_063) => Sending::Later { after: RESTRICTED, why: Trouble::Policy },
        (4 | 17 | 32 | 613, _) => Sending::Later { after: A_WHILE, why: Trouble::TooFast },
        (1 | 2 | 1_200, _) => Sending::Later { after: A_WHILE, why: Trouble::Overloaded },
        // not there any more, or has shut the door on us
        (551, _) => Sending::Stopped,
        (100, 2_018_001) => refused(Trouble::NoSuchRecipient),
        (3 | 10 | 200..=299 | 368 | 2_018_108, _) => broken(Trouble::Policy),
        (_, _) => refused(Trouble::Other),
    }
}

pub fn read_check(answer: &Answer) -> Result<Account, Trouble> {
    if meta::error(answer).is_some() {
        return Result::from(read(answer)).and(Err(Trouble::StrangeAnswer));
    }
    let Some((200, body)) = answer.json() else { return Result::from(answer.without_words()).and(Err(Trouble::StrangeAnswer)) };
    // A page without a name of its own is found by its number.
    let handle = [text(&body["username"]), text(&body["id"])].into_iter().find(|name| !name.is_empty()).unwrap_or_default();
    if handle.is_empty() { Err(Trouble::StrangeAnswer) } else { Ok(Account { name: text(&body["name"]), handle }) }
}
