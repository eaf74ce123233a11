//! An exchange of any make, told by a script of the clinic's own: signed JSON, as `docs/telephone.md` describes it for
//! whoever writes that script.

use std::time::Duration;

use clinic::calls::{Direction, Turn, Unspoken};
use kernel::Timestamp;
use serde::Deserialize;

use super::news::{key, reading, short, told};
use crate::{Call, CallNews, Method, Reading, Settings, Unreadable, proof};

pub const TIMESTAMP_HEADER: &str = "x-caredesk-timestamp";
pub const SIGNATURE_HEADER: &str = "x-caredesk-signature";
pub const SIGNATURE_PREFIX: &str = "sha256=";
/// A call that was signed longer ago, or by a clock so far ahead, is one that somebody has kept.
const SIGNED_WITHIN: Duration = Duration::from_mins(5);

#[derive(Deserialize)]
struct Told {
    call: String,
    event: Turned,
    direction: Option<Direction>,
    /// The number outside.
    #[serde(default)]
    number: String,
    /// Our own number.
    #[serde(default)]
    line: String,
    /// Who has taken it.
    #[serde(default)]
    by: String,
    result: Option<Became>,
    /// Of talk.
    seconds: Option<u32>,
    /// Seconds since 1970; now, where it is left out.
    at: Option<i64>,
}

#[derive(Deserialize)]
#[serde(rename_all = "snake_case")]
enum Turned {
    Ringing,
    Answered,
    Ended,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Became {
    Answered,
    Missed,
    Busy,
    Refused,
    Failed,
}

pub fn read_webhook(settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
    if call.method != Method::Post {
        return Err(Unreadable::NoWebhook);
    }
    let at = call.header(TIMESTAMP_HEADER).unwrap_or_default();
    let signed = [at, b".", call.body].concat();
    proof::by_signature(&settings.secret("word"), &signed, call.header(SIGNATURE_HEADER), SIGNATURE_PREFIX)?;
    is_fresh(at, call.received_at)?;
    let read: Told = serde_json::from_slice(call.body).map_err(|_| Unreadable::Malformed { at: "body" })?;
    let turn = match read.event {
        Turned::Ringing => Turn::Rings,
        Turned::Answered => Turn::Taken { by: short(&read.by) },
        Turned::Ended => ended(read.result, read.seconds),
    };
    let at = read.at.and_then(|seconds| seconds.checked_mul(1_000)).map(Timestamp::from_millis);
    // a script with a wrong clock puts no call into another day
    let at = at.filter(|at| at.since(call.received_at).max(call.received_at.since(*at)) < Duration::from_hours(24));
    let news = CallNews { call: key(&read.call)?, direction: read.direction, theirs: short(&read.number), ours: short(&read.line), turn };
    Ok(reading(vec![told(call, at.unwrap_or(call.received_at), news)]))
}

fn ended(result: Option<Became>, seconds: Option<u32>) -> Turn {
    let (unspoken, talk) = match result {
        Some(Became::Answered) => (None, Some(seconds.unwrap_or(1).max(1))),
        None => (None, seconds),
        Some(Became::Missed) => (Some(Unspoken::Missed), None),
        Some(Became::Busy) => (Some(Unspoken::Busy), None),
        Some(Became::Refused) => (Some(Unspoken::Refused), None),
        Some(Became::Failed) => (Some(Unspoken::Failed), None),
    };
    Turn::Ended { unspoken, talk, lasted: None }
}

fn is_fresh(at: &[u8], now: Timestamp) -> Result<(), Unreadable> {
    let seconds = std::str::from_utf8(at).ok().and_then(|text| text.parse::<i64>().ok()).and_then(|seconds| seconds.checked_mul(1_000));
    let at = Timestamp::from_millis(seconds.ok_or(Unreadable::Malformed { at: "timestamp" })?);
    if at.since(now).max(now.since(at)) <= SIGNED_WITHIN { Ok(()) } else { Err(Unreadable::BadSignature) }
}
