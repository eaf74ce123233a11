//! Inbound webhooks over 64 connections: each call tells what a patient wrote, and is answered once it is on the disk.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use futures_util::future::try_join_all;

use crate::browser::Browser;
use crate::limits;
use crate::people::People;
use crate::place::Place;
use crate::program::Program;
use crate::stopwatch::{Stopwatch, Times, a_second, millis};
use crate::table::Line;

const CONNECTIONS: usize = 64;
const CALLS: usize = 20_000;
const PATIENTS: usize = 20_000;

pub async fn measure(place: Place) -> anyhow::Result<Vec<Line>> {
    let store = place.store().await?;
    let people = Arc::new(People::settle(store.clone(), PATIENTS).await?);
    place.settle();
    let commits = limits::commits(&store).await;
    let program = Program::start(&people.desk).await?;
    let (took, answered) = called(&program, &people).await?;
    program.stop().await?;
    store.close().await;
    let rate = a_second(CALLS, took);
    Ok(vec![Line {
        what: format!("inbound webhook, on the disk before the answer, {CONNECTIONS} connections"),
        required: "1,000/s; 99 % within 25 ms".to_owned(),
        measured: format!("{rate:.0}/s; 99 % within {}, half within {}", millis(answered.percentile(99)), millis(answered.median())),
        limit: format!("{commits:.0} commits/s ({:.0} %)", 100.0 * rate / commits),
    }])
}

async fn called(program: &Program, people: &Arc<People>) -> anyhow::Result<(Duration, Times)> {
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(Browser::connect(program.address).await?);
    }
    let told = Arc::new(AtomicUsize::new(0));
    let watch = Stopwatch::start();
    let calling = connections.into_iter().map(|mut connection| {
        let (people, told) = (Arc::clone(people), Arc::clone(&told));
        tokio::spawn(async move {
            let mut took = Vec::new();
            loop {
                let number = told.fetch_add(1, Ordering::Relaxed);
                if number >= CALLS {
                    return Ok::<_, anyhow::Error>(took);
                }
                let call = people.writes(number % PATIENTS, number, "Jó napot! Kaphatnék számlát a múltkori kezelésről?");
                let asked = Stopwatch::start();
                let (status, _) = connection.ask(&call).await?;
                anyhow::ensure!(status == 200, "a call was answered with {status}");
                took.push(asked.read());
            }
        })
    });
    let mut all = Times::default();
    for took in try_join_all(calling).await? {
        took?.into_iter().for_each(|took| all.add(took));
    }
    Ok((watch.read(), all))
}
