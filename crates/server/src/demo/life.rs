//! The life of the demo clinic. While nobody pushes the clock, the loops turn as in `serve`, and patients and desk do what
//! is due beside them. A push stops the loops, walks from one moment at which something is due to the next, does at each
//! what is due in one order, and lets the loops go on: the same push over the same clinic gives the same day.

use std::sync::Arc;
use std::time::Duration;

use desk::loops::{Dispatcher, keep_house, next_due, run_due};
use desk::wire::Wire;
use desk::{ActError, Desk};
use kernel::{Clock, Timestamp};

use super::clock::DemoClock;
use super::day::Day;
use super::patients::Patients;
use super::receptionist::Receptionist;
use super::telephones::Doorbell;

/// The longest walk without looking around: what nobody could foresee is seen at its end.
const STEP: Duration = Duration::from_hours(1);
/// What is due within a minute is done together.
const MINUTE_MILLIS: i64 = 60_000;
/// A moment at which this often something new is due is caught in a circle.
const ROUNDS: usize = 200;

pub struct Life {
    pub desk: Desk,
    pub clock: Arc<DemoClock>,
    pub doorbell: Arc<Doorbell>,
    pub patients: Patients,
    pub day: Day,
}

impl Life {
    /// Walks to a moment. `told` hears each moment on the way.
    pub async fn push_to(&self, until: Timestamp, mut told: impl FnMut(Timestamp)) -> Result<(), ActError> {
        let dispatcher = self.dispatcher();
        self.moment(&dispatcher).await?;
        while self.clock.now() < until {
            let next = self.next_moment().await?.min(until);
            self.clock.push_to(next);
            told(next);
            self.moment(&dispatcher).await?;
        }
        Ok(())
    }

    /// The days before the visitor came, with somebody at the desk.
    pub async fn live_until(&self, opens_at: Timestamp, receptionist: &Receptionist) -> Result<(), ActError> {
        while self.clock.now() < opens_at {
            let next = receptionist.next_look(self.clock.now()).min(opens_at);
            self.push_to(next, |_| {}).await?;
            receptionist.look_through(&self.desk).await?;
        }
        self.push_to(opens_at, |_| {}).await
    }

    /// What patients and desk do beside the loops. Says whether there was anything.
    pub async fn beside_the_loops(&self) -> Result<usize, ActError> {
        let mut done = self.patients.look(&self.desk, &self.doorbell).await?;
        done += self.patients.act_due(self.desk.now()).await?;
        Ok(done + self.day.act_due(&self.desk).await?)
    }

    fn dispatcher(&self) -> Dispatcher {
        let wire: Arc<dyn Wire> = Arc::clone(&self.doorbell) as Arc<dyn Wire>;
        Dispatcher::new(self.desk.clone(), wire)
    }

    /// Everything that is due now, until nothing is.
    async fn moment(&self, dispatcher: &Dispatcher) -> Result<(), ActError> {
        keep_house(&self.desk).await?;
        for _ in 0..ROUNDS {
            let mut done = run_due(&self.desk).await?;
            done += dispatcher.round().await?;
            dispatcher.finish().await;
            done += self.beside_the_loops().await?;
            if done == 0 {
                return Ok(());
            }
        }
        tracing::warn!("a moment of the demo did not come to an end");
        Ok(())
    }

    async fn next_moment(&self) -> Result<Timestamp, ActError> {
        let now = self.clock.now();
        let due = [next_due(&self.desk).await?, self.patients.next_due(), self.day.next_due(&self.desk).await?];
        let nearest = due.into_iter().flatten().filter(|at| *at > now).min();
        // whole hours by the wall: days begin and conversations wake on them
        let step = i64::try_from(STEP.as_millis()).expect("an hour");
        let whole_hour = Timestamp::from_millis((now.as_millis().div_euclid(step) + 1) * step);
        let next = nearest.map_or(whole_hour, |at| whole_minute(at).min(whole_hour));
        Ok(next)
    }
}

/// The first whole minute at or after a moment.
fn whole_minute(at: Timestamp) -> Timestamp {
    Timestamp::from_millis(-(-at.as_millis()).div_euclid(MINUTE_MILLIS) * MINUTE_MILLIS)
}
