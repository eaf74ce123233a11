//! The clock of the demo: it stands still, runs with the wall, or is pushed forwards by hand.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use kernel::{Clock, Timestamp};

/// How the time of the demo goes on by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Pace {
    Stands,
    Runs,
}

pub struct DemoClock(Mutex<Face>);

struct Face {
    shown: Timestamp,
    /// Since when it runs, on the clock of the machine.
    running_since: Option<Instant>,
}

impl DemoClock {
    /// A clock that stands at a moment.
    pub fn at(now: Timestamp) -> Self {
        Self(Mutex::new(Face { shown: now, running_since: None }))
    }

    pub fn pace(&self) -> Pace {
        self.with(|face| if face.running_since.is_some() { Pace::Runs } else { Pace::Stands })
    }

    /// It never jumps: what it shows is where it goes on.
    pub fn set_pace(&self, pace: Pace) {
        self.with(|face| {
            face.shown = face.now();
            face.running_since = match pace {
                Pace::Stands => None,
                Pace::Runs => Some(machine_now()),
            };
        });
    }

    /// Forwards to a moment; never back.
    pub fn push_to(&self, moment: Timestamp) {
        self.with(|face| {
            face.shown = face.now().max(moment);
            face.running_since = face.running_since.map(|_| machine_now());
        });
    }

    fn with<T>(&self, work: impl FnOnce(&mut Face) -> T) -> T {
        work(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        self.with(|face| face.now())
    }

    /// It never goes back, so what it shows has passed.
    fn run(&self) -> Duration {
        self.now().since(Timestamp::from_millis(0))
    }
}

impl Face {
    fn now(&self) -> Timestamp {
        self.shown + self.running_since.map_or(Duration::ZERO, |since| machine_now().saturating_duration_since(since))
    }
}

#[expect(clippy::disallowed_methods, reason = "a clock that runs with the wall has to look at one")]
fn machine_now() -> Instant {
    Instant::now()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_stands_until_it_is_pushed_and_never_goes_back() {
        let start = Timestamp::from_seconds(1_795_000_000);
        let clock = DemoClock::at(start);
        assert_eq!((clock.now(), clock.pace()), (start, Pace::Stands));
        clock.push_to(start + Duration::from_hours(1));
        assert_eq!(clock.now(), start + Duration::from_hours(1));
        clock.push_to(start);
        assert_eq!(clock.now(), start + Duration::from_hours(1));
    }

    #[test]
    fn a_running_clock_does_not_lose_its_time_when_it_is_stopped() {
        let start = Timestamp::from_seconds(1_795_000_000);
        let clock = DemoClock::at(start);
        clock.set_pace(Pace::Runs);
        assert_eq!(clock.pace(), Pace::Runs);
        let shown = clock.now();
        clock.set_pace(Pace::Stands);
        assert!(clock.now() >= shown && clock.now() < start + Duration::from_mins(1));
        assert_eq!(clock.now(), clock.now());
    }
}
