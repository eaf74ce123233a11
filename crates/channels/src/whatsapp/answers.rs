//! What WhatsApp answers, and what its reports of failure mean. Only the number of an error counts, never its title.

use std::time::Duration;

use crate::meta::{self, TOKEN_IS_WRONG, text};
use crate::{Account, Answer, Sending, Trouble};

const A_WHILE: Duration = Duration::from_secs(30);
/// One patient, one message in six seconds.
const ONE_PATIENT: Duration = Duration::from_secs(6);
/// Hours, after too many patients did not like what they read.
const LOW_QUALITY: Duration = Duration::from_hours(2);

pub fn read(answer: &Answer) -> Sending {
    if meta::is_unsure(answer) {
        return Sending::Uncertain;
    }
    if let Some((code, _)) = meta::error(answer) {
        return refused(code);
    }
    match answer.json() {
        // to a letter that sets something up
        Some((200, body)) if body["success"] == true => Sending::Accepted { ids: Vec::new() },
        Some((200, body)) => match body["messages"][0]["id"].as_str() {
            Some(id) => Sending::Accepted { ids: vec![id.to_owned()] },
            None => Sending::Uncertain,
        },
        Some(_) | None => answer.without_words(),
    }
}

fn refused(code: i64) -> Sending {
    let later = |after, why| Sending::Later { after, why };
    match code {
        4 | 80_007 | 130_429 => later(A_WHILE, Trouble::TooFast),
        131_056 => later(ONE_PATIENT, Trouble::TooFast),
        131_048 | 131_064 => later(LOW_QUALITY, Trouble::TooFast),
        1 | 2 | 131_000 | 131_016 | 131_053 | 135_000 => later(A_WHILE, Trouble::Overloaded),
        _ if is_ours(code) => Sending::AccountBroken { code: code.to_string(), why: trouble(code) },
        _ => Sending::Refused { code: code.to_string(), why: trouble(code) },
    }
}

/// Nothing of this account goes until a person has looked: token, rights, a lock, money, the name that is shown.
fn is_ours(code: i64) -> bool {
    TOKEN_IS_WRONG.contains(&code)
        || matches!(code, 3 | 10 | 200..=299 | 368 | 131_005 | 131_031 | 131_037 | 131_042 | 131_045 | 131_057 | 133_016)
}

pub fn trouble(code: i64) -> Trouble {
    match code {
        _ if TOKEN_IS_WRONG.contains(&code) => Trouble::Unauthorized,
        4 | 80_007 | 130_429 | 131_048 | 131_056 | 131_064 => Trouble::TooFast,
        1 | 2 | 131_000 | 131_016 | 131_053 | 135_000 => Trouble::Overloaded,
        131_047 => Trouble::WindowClosed,
        // no WhatsApp there, the sender's own number, another person has the number now
        131_026 | 131_021 | 137_000 => Trouble::NoSuchRecipient,
        3 | 10 | 200..=299 | 368 | 130_472 | 130_497 | 131_005 | 131_030 | 131_031 | 131_049 | 131_050 | 132_000..=132_099 => {
            Trouble::Policy
        }
        _ => Trouble::Other,
    }
}

pub fn read_check(answer: &Answer) -> Result<Account, Trouble> {
    if let Some((code, _)) = meta::error(answer) {
        return Err(trouble(code));
    }
    let Some((200, body)) = answer.json() else { return Result::from(answer.without_words()).and(Err(Trouble::StrangeAnswer)) };
    let digits: String = text(&body["display_phone_number"]).chars().filter(char::is_ascii_digit).collect();
    let account = Account { name: text(&body["verified_name"]), handle: digits };
    if account.handle.is_empty() { Err(Trouble::StrangeAnswer) } else { Ok(account) }
}
