//! What the provider answers: an envelope, an error with a number and a sentence, or something else from a machine in between.

use std::time::Duration;

use serde_json::Value;

use super::updates::message_key;
use super::wire::Envelope;
use crate::sending::{LONGEST_WAIT, SHORT_WAIT};
use crate::{Account, Answer, PollTrouble, Sending, Trouble};

pub fn read(answer: &Answer) -> Sending {
    let (status, envelope) = match answer {
        Answer::NotSent(reason) => return Sending::not_sent(*reason),
        Answer::Broken | Answer::Mail { .. } | Answer::Mailbox(_) | Answer::Centre(_) | Answer::Exchange(_) | Answer::Internal { .. } => {
            return Sending::Uncertain;
        }
        Answer::Http { status, body, .. } => (*status, serde_json::from_slice::<Envelope>(body).ok()),
    };
    match envelope {
        Some(envelope) if envelope.ok && (200..300).contains(&status) => Sending::Accepted { ids: ids(envelope.result.as_ref()) },
        Some(envelope) if !envelope.ok => {
            let code = envelope.error_code.unwrap_or(status);
            refused(code, &envelope.description, wait(answer, Some(&envelope)))
        }
        // Not in the words of the provider: a machine on the way has answered, or the answer is half.
        Some(_) | None if (400..500).contains(&status) => refused(status, "", wait(answer, None)),
        Some(_) | None if (300..400).contains(&status) => broken(status, Trouble::WrongServer),
        Some(_) | None => Sending::Uncertain,
    }
}

/// The sentences are those of the server's source; a sentence that we do not know is judged by its number.
fn refused(code: u16, sentence: &str, wait: Duration) -> Sending {
    let says = |words: &str| sentence.contains(words);
    let refused = |why| Sending::Refused { code: code.to_string(), why };
    match code {
        400 if says("message is not modified") || says("query is too old") => Sending::Accepted { ids: Vec::new() },
        400 if says("chat not found") || says("PEER_ID_INVALID") => refused(Trouble::NoSuchRecipient),
        400 if says("is too long") => refused(Trouble::TooLong),
        400 if says("webhook") => refused(Trouble::WebhookRefused),
        401 => broken(code, Trouble::Unauthorized),
        403 if says("can't initiate conversation") => refused(Trouble::NeverOpened),
        403 => Sending::Stopped,
        404 => broken(code, Trouble::WrongServer),
        409 => refused(Trouble::PolledElsewhere),
        413 => refused(Trouble::TooLong),
        429 => Sending::Later { after: wait, why: Trouble::TooFast },
        400..500 => refused(Trouble::Other),
        _ => Sending::Uncertain,
    }
}

fn broken(code: u16, why: Trouble) -> Sending {
    Sending::AccountBroken { code: code.to_string(), why }
}

/// In the envelope, else in the header.
fn wait(answer: &Answer, envelope: Option<&Envelope>) -> Duration {
    let in_body = envelope.and_then(|envelope| envelope.parameters.as_ref()).and_then(|parameters| parameters.retry_after);
    let in_body = in_body.map(|seconds| Duration::from_secs(seconds).min(LONGEST_WAIT));
    in_body.or_else(|| answer.retry_after()).unwrap_or(SHORT_WAIT)
}

/// Methods that send answer with the message, others with `true`.
fn ids(result: Option<&Value>) -> Vec<String> {
    let id = |result: &Value| Some(message_key(result["chat"]["id"].as_i64()?, result["message_id"].as_i64()?));
    result.and_then(id).into_iter().collect()
}

pub fn read_check(answer: &Answer) -> Result<Account, Trouble> {
    let result = result_of_poll(answer)?;
    let text = |name: &str| result[name].as_str().unwrap_or_default().to_owned();
    let account = Account { name: text("first_name"), handle: text("username") };
    if account.handle.is_empty() { Err(Trouble::StrangeAnswer) } else { Ok(account) }
}

/// The result of a question. A question can be asked again, so doubt is only a delay.
pub fn result_of_poll(answer: &Answer) -> Result<Value, PollTrouble> {
    let later = |after, why| Err(PollTrouble::Later { after, why });
    if let Answer::Http { status: 200, body, .. } = answer {
        return match serde_json::from_slice(body) {
            Ok(Envelope { ok: true, result: Some(result), .. }) => Ok(result),
            _ => Err(strange_poll()),
        };
    }
    if let Answer::Http { status: 409, body, .. } = answer {
        let webhook = serde_json::from_slice::<Envelope>(body).is_ok_and(|envelope| envelope.description.contains("webhook"));
        return if webhook { Err(PollTrouble::WebhookActive) } else { later(SHORT_WAIT * 6, Trouble::PolledElsewhere) };
    }
    match read(answer) {
        Sending::Later { after, why } => later(after, why),
        Sending::AccountBroken { why, .. } => Err(PollTrouble::AccountBroken { why }),
        Sending::Refused { why, .. } => later(SHORT_WAIT * 6, why),
        Sending::Stopped => Err(PollTrouble::AccountBroken { why: Trouble::Unauthorized }),
        Sending::Uncertain | Sending::Accepted { .. } => later(SHORT_WAIT, Trouble::Overloaded),
    }
}

pub const fn strange_poll() -> PollTrouble {
    PollTrouble::Later { after: SHORT_WAIT, why: Trouble::StrangeAnswer }
}
