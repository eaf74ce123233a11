//! A Monday at ten in the morning, wherever and whenever the benchmarks run, and on from there: nobody is disturbed at
//! night, and messages may go.

use std::time::Duration;

use kernel::{Clock, Timestamp, Zone};

use crate::stopwatch::Stopwatch;

pub const A_DAY: Duration = Duration::from_hours(24);

pub struct MorningClock {
    begins: Timestamp,
    watch: Stopwatch,
}

impl MorningClock {
    pub fn start() -> Self {
        Self { begins: morning(), watch: Stopwatch::start() }
    }
}

pub fn zone() -> Zone {
    Zone::named("Europe/Budapest").expect("a zone of the time zone database")
}

pub fn morning() -> Timestamp {
    zone().at("2026-11-23T10:00".parse().expect("a moment"))
}

impl Clock for MorningClock {
    fn now(&self) -> Timestamp {
        self.begins + self.run()
    }

    fn run(&self) -> Duration {
        self.watch.read()
    }
}
