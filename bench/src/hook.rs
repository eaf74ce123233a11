//! Inbound webhooks over 64 connections: each call tells what a patient wrote, and is answered once it is on the disk.
//! First as many as the program takes, then a thousand a second, which shows how long each waits.

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
/// From one call to the next.
const EACH: Duration = Duration::from_millis(1);

/// When the calls come.
#[derive(Clone, Copy)]
enum Coming {
    /// Each connection tells the next as soon as it has its answer.
    AtOnce,
    /// Each at its moment, whether the one before has its answer or not.
    Steadily,
}

pub async fn measure(place: Place) -> anyhow::Result<Vec<Line>> {
    let store = place.store().await?;
    let people = Arc::new(People::settle(store.clone(), PATIENTS).await?);
    place.settle()?;
    let (commits, syncs) = (limits::commits(&store).await, limits::syncs().await?);
    let program = Program::start(&people.desk).await?;
    let (took, _) = called(&program, &people, Coming::AtOnce, 0).await?;
    let (_, waited) = called(&program, &people, Coming::Steadily, CALLS).await?;
    program.stop().await?;
    store.close().await;
    let rate = a_second(CALLS, took);
    Ok(vec![
        Line {
            what: format!("inbound webhook, on the disk before the answer, {CONNECTIONS} connections"),
            required: "1,000/s".to_owned(),
            measured: format!("{rate:.0}/s"),
            limit: format!("{commits:.0} commits/s ({:.0} %)", 100.0 * rate / commits),
        },
        Line {
            what: "the same, 1,000 coming in a second: from their moment to the answer".to_owned(),
            required: "99 % within 25 ms".to_owned(),
            measured: format!("99 % within {}, half within {}", millis(waited.percentile(99)), millis(waited.median())),
            limit: format!("a sync of the disk: {}, half within {}", millis(syncs.percentile(99)), millis(syncs.median())),
        },
    ])
}

async fn called(program: &Program, people: &Arc<People>, coming: Coming, first: usize) -> anyhow::Result<(Duration, Times)> {
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(Browser::connect(program.address).await?);
    }
    let told = Arc::new(AtomicUsize::new(0));
    let watch = Arc::new(Stopwatch::start());
    let calling = connections.into_iter().map(|mut connection| {
        let (people, told, watch) = (Arc::clone(people), Arc::clone(&told), Arc::clone(&watch));
        tokio::spawn(async move {
            let mut took = Vec::new();
            loop {
                let number = told.fetch_add(1, Ordering::Relaxed);
                if number >= CALLS {
                    return Ok::<_, anyhow::Error>(took);
                }
                let call = people.writes(number % PATIENTS, first + number, "Jó napot! Kaphatnék számlát a múltkori kezelésről?");
                let begins = match coming {
                    Coming::AtOnce => watch.read(),
                    Coming::Steadily => EACH * u32::try_from(number)?,
                };
                tokio::time::sleep(begins.saturating_sub(watch.read())).await;
                let (status, _) = connection.ask(&call).await?;
                anyhow::ensure!(status == 200, "a call was answered with {status}");
                took.push(watch.read().saturating_sub(begins));
            }
        })
    });
    let mut all = Times::default();
    for took in try_join_all(calling).await? {
        took?.into_iter().for_each(|took| all.add(took));
    }
    Ok((watch.read(), all))
}
