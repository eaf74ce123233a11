//! A full queue without the wire: 100,000 messages claimed, asked about, noted, settled and written into history.

use std::sync::Arc;

use desk::loops::Dispatcher;
use desk::wire::Wire;

use crate::clock::{A_DAY, morning};
use crate::messenger::Nowhere;
use crate::people::People;
use crate::place::Place;
use crate::processor::Processor;
use crate::stopwatch::{Stopwatch, a_second};
use crate::table::Line;

const MESSAGES: usize = 100_000;
const PATIENTS: usize = 20_000;

pub async fn measure(place: Place) -> anyhow::Result<Vec<Line>> {
    let drained = drain(&place, MESSAGES, Arc::new(Nowhere)).await?;
    Ok(vec![
        Line {
            what: format!("queue drain without the wire, {MESSAGES} messages"),
            required: "10,000/s".to_owned(),
            measured: format!("{:.0}/s", drained.a_second),
            limit: String::new(),
        },
        Line {
            what: "processor time of the drain, database included".to_owned(),
            required: "0.10 s a 1,000".to_owned(),
            measured: format!("{:.3} s a 1,000", drained.processor * 1_000.0),
            limit: String::new(),
        },
    ])
}

pub struct Drained {
    pub a_second: f64,
    /// Seconds for one message.
    pub processor: f64,
}

/// Empties a queue of so many over a wire.
pub async fn drain(place: &Place, messages: usize, wire: Arc<dyn Wire>) -> anyhow::Result<Drained> {
    let store = place.store().await?;
    let mut people = People::settle(store.clone(), PATIENTS.min(messages)).await?;
    people.remind(messages, A_DAY, |_| morning()).await?;
    place.settle()?;
    let processor = Processor::of(&store).await;
    let dispatcher = Dispatcher::new(people.desk.clone(), wire);
    let (begun, before) = (Stopwatch::start(), processor.seconds());
    loop {
        let woken = people.desk.woken();
        if dispatcher.round().await? > 0 {
            continue;
        }
        let rested = tokio::time::timeout(std::time::Duration::from_millis(5), woken).await;
        if rested.is_err() && !people.is_waiting().await? {
            break;
        }
    }
    dispatcher.finish().await;
    let (took, after) = (begun.read(), processor.seconds());
    anyhow::ensure!(!people.is_waiting().await?, "everything has gone");
    store.close().await;
    let many = f64::from(u32::try_from(messages)?);
    Ok(Drained { a_second: a_second(messages, took), processor: (after - before) / many })
}
