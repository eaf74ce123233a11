//! Real time, the time of a processor, and what many measured times say together.

use std::fs;
use std::time::{Duration, Instant};

pub struct Stopwatch(Instant);

impl Stopwatch {
    #[expect(clippy::disallowed_methods, reason = "a benchmark measures real time")]
    pub fn start() -> Self {
        Self(Instant::now())
    }

    pub fn read(&self) -> Duration {
        self.0.elapsed()
    }
}

/// The time that a processor gave to this thread: what else the machine does is not in it. Linux counts it every few
/// milliseconds, so it is asked over many calls together. Where it is not told, this is real time.
pub struct Core {
    real: Stopwatch,
    before: Option<Duration>,
}

impl Core {
    pub fn start() -> Self {
        Self { real: Stopwatch::start(), before: given() }
    }

    pub fn read(&self) -> Duration {
        given().zip(self.before).map_or_else(|| self.real.read(), |(now, before)| now.saturating_sub(before))
    }
}

/// So far, in nanoseconds and as the first number of the line.
fn given() -> Option<Duration> {
    let line = fs::read_to_string("/proc/thread-self/schedstat").ok()?;
    line.split_whitespace().next()?.parse().ok().map(Duration::from_nanos)
}

/// How long each of many took.
#[derive(Default)]
pub struct Times(Vec<Duration>);

impl Times {
    pub fn add(&mut self, took: Duration) {
        self.0.push(took);
    }

    /// So many of a hundred took no longer.
    pub fn percentile(&self, percent: usize) -> Duration {
        let mut sorted = self.0.clone();
        sorted.sort();
        let place = (sorted.len() * percent).div_ceil(100).saturating_sub(1);
        sorted.get(place).copied().unwrap_or_default()
    }

    pub fn median(&self) -> Duration {
        self.percentile(50)
    }
}

/// How many are done in a second, where `many` took so long.
pub fn a_second(many: usize, took: Duration) -> f64 {
    f64::from(u32::try_from(many).unwrap_or(u32::MAX)) / took.as_secs_f64()
}

/// As people write a short time.
pub fn millis(took: Duration) -> String {
    format!("{:.2} ms", took.as_secs_f64() * 1_000.0)
}
