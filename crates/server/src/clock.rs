//! The clock on the wall.

use std::time::{SystemTime, UNIX_EPOCH};

use kernel::{Clock, Timestamp};

pub struct WallClock;

impl Clock for WallClock {
    /// A machine whose clock stands before 1970 is told its time as 1970.
    #[expect(clippy::disallowed_methods, reason = "this is where the program reads the wall clock")]
    fn now(&self) -> Timestamp {
        let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
        Timestamp::from_millis(i64::try_from(since.as_millis()).unwrap_or(i64::MAX))
    }
}
