//! How late a message leaves: 1,000,000 are planned, most for later, and some come due in every moment.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use channels::{Answer, Letter};
use desk::wire::Wire;
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::Timestamp;
use tokio::sync::oneshot;

use crate::clock::{A_DAY, morning};
use crate::people::People;
use crate::place::Place;
use crate::table::Line;

const PLANNED: usize = 1_000_000;
const PATIENTS: usize = 50_000;
/// In each second of those that are looked at.
const A_SECOND: usize = 500;
const SECONDS: usize = 20;

/// Notes when each letter came to the wire.
struct Noting {
    desk: desk::Desk,
    came: Mutex<Vec<Timestamp>>,
}

impl Wire for Noting {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        self.came.lock().expect("nobody panics with it").push(self.desk.now());
        let Letter::Internal { id } = letter else { return std::future::ready(Answer::Broken).boxed() };
        std::future::ready(Answer::Internal { id: id.clone() }).boxed()
    }
}

pub async fn measure(place: Place) -> anyhow::Result<Vec<Line>> {
    let store = place.store().await?;
    let mut people = People::settle(store.clone(), PATIENTS).await?;
    let looked_at = A_SECOND * SECONDS;
    let later = morning() + A_DAY;
    people.remind(PLANNED - looked_at, A_DAY, move |number| later + Duration::from_millis(number as u64)).await?;
    place.settle()?;
    let begins = people.desk.now() + Duration::from_secs(5);
    let due = move |number: usize| begins + Duration::from_millis(number as u64 * 1_000 / A_SECOND as u64);
    people.remind(looked_at, 2 * A_DAY, due).await?;

    let wire = Arc::new(Noting { desk: people.desk.clone(), came: Mutex::default() });
    let (stop, stopped) = oneshot::channel::<()>();
    let loops = tokio::spawn(desk::loops::run(people.desk.clone(), wire.clone(), stopped.map(drop)));
    let ends = due(looked_at) + Duration::from_secs(10);
    while people.desk.now() < ends && wire.came.lock().expect("nobody panics with it").len() < looked_at {
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    drop(stop);
    loops.await?;
    store.close().await;
    let came = std::mem::take(&mut *wire.came.lock().expect("nobody panics with it"));
    anyhow::ensure!(came.len() == looked_at, "{} of {looked_at} have left", came.len());
    // they go in the order in which they came due
    let mut late: Vec<Duration> = came.iter().enumerate().map(|(number, came)| came.since(due(number))).collect();
    late.sort();
    let at = |percent: usize| late[(late.len() - 1) * percent / 100].as_secs_f64();
    Ok(vec![Line {
        what: format!("lateness planned -> sent with {PLANNED} planned, {A_SECOND} a second"),
        required: "99 % under 2 s".to_owned(),
        measured: format!("99 % under {:.2} s, half under {:.2} s", at(99), at(50)),
        limit: String::new(),
    }])
}
