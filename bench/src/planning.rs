//! Planning a day: on the Monday morning every reminder of the day is led on, from the journal over the gate into the outbox.

use std::sync::Arc;
use std::time::Duration;

use anyhow::ensure;
use caredesk::demo::premises::zone;
use desk::loops::run_due;
use kernel::{Clock as _, HandClock};
use store::StoreError;

use crate::chain;
use crate::place::Chained;
use crate::stopwatch::{Stopwatch, a_second};
use crate::table::Line;

/// When the reminders of the day are due.
const AT: &str = "10:00";

pub async fn measure(chained: Chained<'_>) -> anyhow::Result<Vec<Line>> {
    let store = chained.place.store().await?;
    let clock = Arc::new(HandClock::at(chain::now()));
    let desk = chain::desk_at(&store, Arc::clone(&clock), u64::MAX - 1);
    let today = chain::now().date(&zone());
    clock.set(zone().at(today.to_datetime(AT.parse()?)));
    let waiting = desk.look(|tx, _| Ok(store::outbound::next_due(tx)?)).await?;
    let watch = Stopwatch::start();
    let mut led = 0;
    loop {
        match run_due(&desk).await? {
            0 => break,
            some => led += some,
        }
    }
    let took = watch.read();
    let now = clock.now();
    let planned = store.read::<_, StoreError, _>(move |tx| store::outbound::late(tx, now + Duration::from_mins(1), u32::MAX)).await?;
    let planned: u32 = planned.iter().map(|late| late.many).sum();
    ensure!(waiting.is_none() && planned > 0, "a fresh day is planned, and its reminders wait to be sent: {planned}");
    store.close().await;
    Ok(vec![Line {
        what: format!("planning a day: {led} runs led on, {planned} reminders in the outbox"),
        required: "under 5 s".to_owned(),
        measured: format!("{:.2} s, {:.0} runs/s", took.as_secs_f64(), a_second(led, took)),
        limit: String::new(),
    }])
}
