//! The clock on the wall.

use std::sync::OnceLock;
use std::time::{Duration, Instant, SystemTime, UNIX_EPOCH};

use kernel::{Clock, Timestamp};

pub struct WallClock;

impl Clock for WallClock {
    /// A machine whose clock stands before 1970 is told its time as 1970.
    #[expect(clippy::disallowed_methods, reason = "this is where the program reads the wall clock")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        let wall = i64::try_from(since.as_millis()).unwrap_or(i64::MAX);
        Timestamp::from_millis(store::sown::hurried(wall).saturating_add(store::sown::skew()))
    }

    #[expect(clippy::disallowed_methods, reason = "this is where the program reads the clock that is never set")]
    fn run(&self) -> Duration {
        static BEGUN: OnceLock<Instant> = OnceLock::new();
        let now = Instant::now();
        store::sown::stretched(now.saturating_duration_since(*BEGUN.get_or_init(|| now)))
    }
}
