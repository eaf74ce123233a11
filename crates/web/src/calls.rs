//! A call as a line: which way, what came of it, how long it was and who took it.

use clinic::calls::{Call, CallResult, Direction, Standing};
use kernel::Timestamp;

use crate::Tone;
use crate::telling::Telling;

/// A call of which nothing more was told for so long has ended without anybody saying so.
const FORGOTTEN_AFTER: std::time::Duration = std::time::Duration::from_hours(4);

/// 'Missed call', 'Incoming call · 1:24 · Kata'
pub fn line(telling: &Telling<'_>, call: &Call, now: Timestamp) -> (Tone, String) {
    let (words, direction) = (telling.words, call.direction());
    let is_old = now.since(call.told.began_at) > FORGOTTEN_AFTER;
    let open = |word: &str| words.say(&format!("call-{}-{word}", direction.name()));
    let (tone, said) = match (call.standing(), direction) {
        (Standing::Ringing | Standing::Talking, _) if is_old => (Tone::Done, open("untold")),
        (Standing::Ringing, _) => (Tone::Wait, open("ringing")),
        (Standing::Talking, _) => (Tone::Good, open("talking")),
        (Standing::Ended(result @ CallResult::Answered { .. }), _) => (Tone::Done, words.say(&result.key(direction))),
        (Standing::Ended(result), Direction::In) => (Tone::Bad, words.say(&result.key(direction))),
        (Standing::Ended(result), Direction::Out) => (Tone::Wait, words.say(&result.key(direction))),
    };
    let parts = [Some(said), length(telling, call), Some(call.told.taken_by.clone()).filter(|by| !by.is_empty())];
    (tone, parts.into_iter().flatten().collect::<Vec<_>>().join(" · "))
}

/// '1:24', in the reader's digits. None of what was not spoken or not told.
pub fn length(telling: &Telling<'_>, call: &Call) -> Option<String> {
    let Standing::Ended(CallResult::Answered { seconds: Some(seconds) }) = call.standing() else { return None };
    Some(telling.words.digits(&format!("{}:{:02}", seconds / 60, seconds % 60)))
}
