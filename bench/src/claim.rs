//! A claim of a hundred, with little and with much behind it.

use std::sync::Arc;
use std::time::Duration;

use desk::loops::Dispatcher;

use crate::clock::{A_DAY, morning};
use crate::messenger::Nowhere;
use crate::people::People;
use crate::place::Place;
use crate::stopwatch::{Stopwatch, Times};
use crate::table::Line;

const LITTLE: usize = 1_000;
const MUCH: usize = 1_000_000;
const PATIENTS: usize = 50_000;
/// Rounds of which the median is taken.
const ROUNDS: usize = 9;

pub async fn measure(place: Place) -> anyhow::Result<Vec<Line>> {
    let little = median(&place, LITTLE).await?;
    let place = Place::fresh(place.engine)?;
    let much = median(&place, MUCH).await?;
    let (little, much) = (little.as_secs_f64() * 1_000.0, much.as_secs_f64() * 1_000.0);
    Ok(vec![Line {
        what: "claim of 100 with 1,000 and with 1,000,000 waiting".to_owned(),
        required: "at most 1.5 times apart".to_owned(),
        measured: format!("{little:.1} ms and {much:.1} ms: {:.2} times", much / little),
        limit: String::new(),
    }])
}

/// A round claims what an account may send now; so many accounts, each with a lane of its own, that it is about a hundred.
async fn median(place: &Place, waiting: usize) -> anyhow::Result<Duration> {
    let store = place.store().await?;
    // as many patients both times: only the queue is longer
    let mut people = People::settle(store.clone(), PATIENTS).await?;
    people.remind(waiting, A_DAY, |_| morning()).await?;
    place.settle()?;
    let dispatcher = Dispatcher::new(people.desk.clone(), Arc::new(Nowhere)).claiming(100);
    let mut took = Times::default();
    for _ in 0..ROUNDS {
        let watch = Stopwatch::start();
        anyhow::ensure!(dispatcher.round().await? == 100, "a hundred were claimed");
        took.add(watch.read());
        dispatcher.finish().await;
    }
    store.close().await;
    Ok(took.median())
}
