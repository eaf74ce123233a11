//! What mail servers report of our mails (RFC 3464): refused for good, delivered, only late. Also what providers pass on when a
//! patient called a mail spam (RFC 5965).
//!
//! A report is believed only if it brings back the name of our message, which nobody can guess: behind the plus sign of the address
//! that it came to, as the envelope's id, or in the mail that it returns. A report without one is a mail from a machine.

use kernel::MessageId;
use mail_parser::{HeaderName, HeaderValue, Message, MimeHeaders, PartType};

use super::arriving::{behind_a_plus, own_id};
use crate::{Became, Event, Trouble};

/// None: no report, or none of ours. Empty: one that changes nothing.
pub fn read(message: &Message<'_>) -> Option<Vec<Event>> {
    let ours =
        |told: &str| behind_a_plus(message).or_else(|| envelope_id(told)).or_else(|| returned(message)).or_else(|| answered(message));
    // the second form is that of servers for addresses in every script (RFC 6533)
    let told = part(message, "message", "delivery-status").or_else(|| part(message, "message", "global-delivery-status"));
    if let Some(told) = told {
        let id = ours(&told)?;
        let is_late = field(&told, "action").is_some_and(|action| action.eq_ignore_ascii_case("delayed"));
        let Some(became) = outcome(&told) else { return Some(is_late.then_some(Event::Delayed { ours: id }).into_iter().collect()) };
        // the message has failed, and so will every other one to that address
        let is_gone = matches!(became, Became::Failed { why: Trouble::NoSuchRecipient, .. });
        return Some([event(id, became)].into_iter().chain(is_gone.then_some(Event::NobodyThere { ours: id })).collect());
    }
    if let Some(told) = part(message, "message", "feedback-report") {
        let id = ours(&told)?;
        let is_abuse = field(&told, "feedback-type").is_none_or(|kind| kind.eq_ignore_ascii_case("abuse"));
        return Some(is_abuse.then_some(Event::Unwelcome { ours: id }).into_iter().collect());
    }
    // older servers say it in a field and in words
    message.header_raw("X-Failed-Recipients")?;
    let id = ours("")?;
    Some(vec![event(id, Became::Failed { code: "5.0.0".to_owned(), why: Trouble::Other })])
}

fn event(id: MessageId, became: Became) -> Event {
    Event::Report { message: id.to_string(), ours: Some(id), became }
}

/// Of several receivers there is only ours.
fn outcome(told: &str) -> Option<Became> {
    let status = field(told, "status").and_then(code).unwrap_or("5.0.0");
    // some say no more than that it failed, and quote the other server, which knew why
    let quoted = field(told, "diagnostic-code").and_then(code).filter(|_| status.ends_with(".0.0"));
    let code = quoted.unwrap_or(status).to_owned();
    match field(told, "action")?.to_ascii_lowercase().as_str() {
        "failed" => Some(Became::Failed { why: why(&code), code }),
        "delivered" => Some(Became::Delivered),
        // handed on to a server that tells nothing, or to a list
        _ => None,
    }
}

/// The first code of RFC 3463 in a sentence: `5.1.1`.
fn code(sentence: &str) -> Option<&str> {
    sentence.split(|c: char| !c.is_ascii_digit() && c != '.').find(|word| {
        let mut parts = word.split('.');
        let classes = parts.next().is_some_and(|class| matches!(class, "2" | "4" | "5"));
        classes && word.split('.').count() == 3 && parts.all(|part| (1..=3).contains(&part.len()))
    })
}

fn why(code: &str) -> Trouble {
    match code {
        "5.2.2" | "4.2.2" => Trouble::MailboxFull,
        // moved, unknown, no such domain, disabled
        "5.2.1" => Trouble::NoSuchRecipient,
        code if code.starts_with("5.1.") && !matches!(code, "5.1.7" | "5.1.8") => Trouble::NoSuchRecipient,
        code if code.starts_with("5.7.") => Trouble::Policy,
        "5.3.4" | "5.2.3" => Trouble::TooLong,
        _ => Trouble::Other,
    }
}

fn envelope_id(told: &str) -> Option<MessageId> {
    field(told, "original-envelope-id").and_then(own_id)
}

/// In the mail that came back, or in its head.
fn returned(message: &Message<'_>) -> Option<MessageId> {
    message.parts.iter().find_map(|part| match &part.body {
        PartType::Message(inner) => inner.message_id().and_then(own_id),
        PartType::Text(head) if is(part, "text", "rfc822-headers") => field(head, "message-id").and_then(own_id),
        _ => None,
    })
}

fn answered(message: &Message<'_>) -> Option<MessageId> {
    let named = [HeaderName::InReplyTo, HeaderName::References].map(|name| message.header(name).cloned());
    named.into_iter().flatten().find_map(|value| match value {
        HeaderValue::Text(id) => own_id(&id),
        HeaderValue::TextList(ids) => ids.iter().find_map(|id| own_id(id)),
        _ => None,
    })
}

fn part(message: &Message<'_>, kind: &str, of: &str) -> Option<String> {
    let part = message.parts.iter().find(|part| is(part, kind, of))?;
    Some(String::from_utf8_lossy(part.contents()).into_owned())
}

fn is(part: &mail_parser::MessagePart<'_>, kind: &str, of: &str) -> bool {
    part.content_type().is_some_and(|media| {
        media.ctype().eq_ignore_ascii_case(kind) && media.subtype().is_some_and(|subtype| subtype.eq_ignore_ascii_case(of))
    })
}

/// The value of the first field of this name, without its continuation.
fn field<'a>(told: &'a str, name: &str) -> Option<&'a str> {
    told.lines().find_map(|line| {
        let (known, value) = line.split_once(':')?;
        known.trim().eq_ignore_ascii_case(name).then(|| value.trim())
    })
}
