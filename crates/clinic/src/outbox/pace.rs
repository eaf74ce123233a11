//! How often and how soon a message is tried again.

use std::time::Duration;

use kernel::{Chance, Timestamp};

/// Tried so often, a message has failed: some forty minutes after the first time.
pub const ATTEMPTS: u32 = 8;
const FIRST: Duration = Duration::from_secs(10);
const LONGEST: Duration = Duration::from_mins(15);

/// When to try again after `attempts` in vain. `after` is what the provider asked for; on top of it comes a random part
/// of a time that doubles with each attempt (full jitter), so that a thousand messages do not come back at once.
pub fn retry_at(attempts: u32, after: Duration, now: Timestamp, chance: &mut Chance) -> Timestamp {
    let doubled = FIRST.saturating_mul(2_u32.saturating_pow(attempts.saturating_sub(1)));
    let ceiling = usize::try_from(doubled.min(LONGEST).as_millis()).expect("at most fifteen minutes");
    let jitter = u64::try_from(chance.below(ceiling + 1)).expect("at most fifteen minutes");
    now + after + Duration::from_millis(jitter)
}
