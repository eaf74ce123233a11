//! Twilio Voice: status callbacks of calls and of the legs that `<Dial>` puts through, signed as its text messages are.
//! After: the REST API of 2010-04-01 and `TwiML`.
//!
//! A call that Twilio answers has met a machine; a person has taken it once a leg inside was answered.

use std::fmt::Write;

use clinic::calls::{Direction, Turn, Unspoken};
use kernel::Secret;

use super::news::{Fields, field, key, number, short, told};
use super::{Dial, rings_first, server};
use crate::sms::twilio::{asked, proven, signed_in};
use crate::{Body, Call, CallNews, HttpLetter, Letter, Reading, Reply, Settings, Unreadable};

/// Where in the address of a callback stands whom the desk has rung up.
const THEIRS: &str = "n";

pub fn check(settings: &Settings) -> Letter {
    asked(server(settings), settings, "")
}

/// Rings the desk's telephone, and when that is taken, whom the desk wants to speak with.
pub fn ring(settings: &Settings, dial: &Dial) -> Option<Letter> {
    let line = settings.text("line");
    if line.is_empty() {
        return None;
    }
    let (hook, to) = (settings.text("hook"), dial.to.e164());
    let callback = format!("{hook}?{THEIRS}={}", to.replace('+', "%2B"));
    let mut script = format!("<Response><Dial callerId=\"{}\"><Number", marked(line));
    if !hook.is_empty() {
        write!(script, " statusCallback=\"{}\" statusCallbackEvent=\"answered completed\"", marked(&callback))
            .expect("writing to a string");
    }
    write!(script, ">{}</Number></Dial></Response>", marked(to)).expect("writing to a string");
    let mut form = vec![("To", rings_first(settings, dial).to_owned()), ("From", line.to_owned()), ("Twiml", script)];
    if !hook.is_empty() {
        form.push(("StatusCallback", callback));
    }
    let url = Secret::new(format!("{}/2010-04-01/Accounts/{}/Calls.json", server(settings), settings.text("user")));
    Some(Letter::Http(HttpLetter { headers: signed_in(settings), body: Body::Form(form), ..HttpLetter::posted(url) }))
}

fn marked(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

pub fn read_webhook(settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
    let fields = proven(settings, call)?;
    let reply = Reply { status: 200, media_type: "text/xml; charset=utf-8", body: "<Response/>".to_owned() };
    let is_leg = !field(&fields, "ParentCallSid").is_empty();
    let name = key(field(&fields, if is_leg { "ParentCallSid" } else { "CallSid" }))?;
    let Some(turn) = (if is_leg { leg(&fields) } else { whole(&fields, call) }) else {
        return Ok(Reading { arrivals: Vec::new(), reply });
    };
    let rung = call.asked(THEIRS).map(|theirs| short(&theirs));
    let (direction, theirs, ours) = match (rung, is_leg, field(&fields, "Direction")) {
        (Some(theirs), ..) => (Some(Direction::Out), theirs, String::new()),
        // the ends of a leg are a colleague and the caller
        (None, true, _) => (None, String::new(), String::new()),
        (None, false, "inbound") => (Some(Direction::In), short(field(&fields, "From")), short(field(&fields, "To"))),
        (None, false, _) => (Some(Direction::Out), short(field(&fields, "To")), short(field(&fields, "From"))),
    };
    let arrival = told(call, call.received_at, CallNews { call: name, direction, theirs, ours, turn });
    Ok(Reading { arrivals: vec![arrival], reply })
}

fn whole(fields: &Fields, call: &Call<'_>) -> Option<Turn> {
    let ended = |unspoken, talk, lasted| Some(Turn::Ended { unspoken, talk, lasted });
    match field(fields, "DialCallStatus") {
        "" => {}
        "completed" | "answered" => return ended(None, number(field(fields, "DialCallDuration")).map(|seconds| seconds.max(1)), None),
        _ => return Some(Turn::RingsInside),
    }
    match field(fields, "CallStatus") {
        // the desk's own telephone: who is to be spoken with is told by the leg
        "queued" | "initiated" | "ringing" | "in-progress" if call.asked(THEIRS).is_some() => Some(Turn::RingsInside),
        "queued" | "initiated" | "ringing" | "in-progress" => Some(Turn::Rings),
        "completed" => ended(None, None, number(field(fields, "CallDuration"))),
        "no-answer" | "canceled" => ended(Some(Unspoken::Missed), None, None),
        "busy" => ended(Some(Unspoken::Busy), None, None),
        "failed" => ended(Some(Unspoken::Failed), None, None),
        _ => None,
    }
}

/// A leg that `<Dial>` has put through.
fn leg(fields: &Fields) -> Option<Turn> {
    match field(fields, "CallStatus") {
        "in-progress" => Some(Turn::Taken { by: String::new() }),
        "completed" => Some(Turn::Ended { unspoken: None, talk: number(field(fields, "CallDuration")), lasted: None }),
        "queued" | "initiated" | "ringing" | "no-answer" | "canceled" | "busy" | "failed" => Some(Turn::RingsInside),
        _ => None,
    }
}
