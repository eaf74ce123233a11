//! What an exchange answers when it is asked to ring somebody up, and who we are there. Each answers in a form of its own.

use super::{asterisk, mango, zadarma};
use crate::sms::twilio;
use crate::{Account, Answer, Letter, NotSent, Sending, Trouble};

pub fn read(letter: &Letter, answer: &Answer) -> Sending {
    let asks = |part: &str| matches!(letter, Letter::Http(letter) if letter.url.expose().contains(part));
    let Some((status, body)) = answer.json() else { return unreadable(answer) };
    let read = if asks("/request/callback/") {
        zadarma::answered(status, &body)
    } else if asks("/commands/callback") {
        mango::answered(status, &body)
    } else if asks("/Calls.json") {
        twilio::answered(answer, status, &body)
    } else if asks("/ari/channels?") {
        asterisk::answered_over_http(status, &body)
    } else {
        None
    };
    read.unwrap_or_else(|| unreadable(answer))
}

/// A telephone that may be ringing is not rung again by itself.
fn unreadable(answer: &Answer) -> Sending {
    match answer {
        Answer::NotSent(reason) => Sending::not_sent(*reason),
        Answer::Http { status: 401 | 403, .. } => Sending::AccountBroken { code: "unauthorized".to_owned(), why: Trouble::Unauthorized },
        Answer::Http { status: status @ 400..500, .. } => Sending::Refused { code: status.to_string(), why: Trouble::Other },
        Answer::Http { .. }
        | Answer::Mail { .. }
        | Answer::Mailbox(_)
        | Answer::Centre(_)
        | Answer::Exchange(_)
        | Answer::Internal { .. }
        | Answer::Broken => Sending::Uncertain,
    }
}

pub fn read_check(answer: &Answer) -> Result<Account, Trouble> {
    let Some((status, body)) = answer.json() else {
        return Err(match answer {
            Answer::NotSent(reason) => NotSent::trouble(*reason),
            Answer::Http { status: 401 | 403, .. } => Trouble::Unauthorized,
            Answer::Http { .. } => Trouble::WrongServer,
            Answer::Mail { .. }
            | Answer::Mailbox(_)
            | Answer::Centre(_)
            | Answer::Exchange(_)
            | Answer::Internal { .. }
            | Answer::Broken => Trouble::Interrupted,
        });
    };
    let named = |name: &str| Account { name: name.chars().take(100).collect(), handle: String::new() };
    match (status, body["friendly_name"].as_str(), body["status"].as_str()) {
        (200..300, Some(name), _) => Ok(named(name)),
        (200..300, None, Some("success")) => Ok(named("Zadarma")),
        (401 | 403, ..) => Err(Trouble::Unauthorized),
        _ => Err(Trouble::WrongServer),
    }
}
