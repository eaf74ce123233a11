//! The loops that run the desk: due runs, dispatch, polling and housekeeping. Each has one round, which tests and the
//! demo turn by hand, and [`run`] turns all of them until it is told to stop.

mod dispatch;
mod due;
mod housekeeping;
mod lookups;
mod orphans;
mod poll;

use std::future::Future;
use std::panic::AssertUnwindSafe;
use std::sync::Arc;
use std::time::Duration;

use futures_util::FutureExt;
use store::StoreError;
use store::sown::rest;
use tokio::task::JoinSet;

use crate::health::{DISPATCH, DUE, FILES, HOUSEKEEPING, LOOKUPS, POLLING};
use crate::wire::Wire;
use crate::{ActError, Desk, look_whether_restored};

pub use crate::files::fetch_files;
pub use dispatch::{Dispatcher, next_due};
pub use due::run_due;
pub use housekeeping::keep_house;
use housekeeping::wake_held;
pub use lookups::look_up;
pub use orphans::{find_orphans, find_own_orphans};
pub use poll::poll_once;

/// How long a loop rests when nothing wakes it.
const REST: Duration = Duration::from_secs(1);
const TIDY_AFTER: Duration = Duration::from_secs(10);
/// A lease lasts thirty seconds, and whoever has died is found out within five more, even where the database is slow.
const ORPHANS: Duration = Duration::from_secs(1);
/// How long what is being sent may take when the program stops.
const PARTING: Duration = Duration::from_secs(20);
/// After a trouble of ours a loop waits before it tries again.
const AFTER_TROUBLE: Duration = Duration::from_secs(3);

/// Turns all loops until `stop` is done, then lets what is being sent end.
pub async fn run(desk: Desk, wire: Arc<dyn Wire>, stop: impl Future<Output = ()>) {
    until_done("whereabouts", || look_whether_restored(&desk)).await;
    until_done("own orphans", || find_own_orphans(&desk)).await;
    let mut loops = JoinSet::new();
    for name in [DISPATCH, DUE, FILES, HOUSEKEEPING, LOOKUPS, POLLING] {
        desk.went_round(name);
    }
    let dispatcher = Arc::new(Dispatcher::new(desk.clone(), Arc::clone(&wire)));
    let sending = Arc::clone(&dispatcher);
    loops.spawn(turn(desk.clone(), DISPATCH, Rest::UntilWoken(REST), move |desk| {
        let sending = Arc::clone(&sending);
        async move {
            // what was held until now goes out with what is due; what cannot be woken holds up nothing
            let woken = wake_held(&desk).await;
            let moved = sending.round().await?;
            Ok(woken? + moved)
        }
    }));
    loops.spawn(turn(desk.clone(), DUE, Rest::UntilWoken(REST), |desk| async move { run_due(&desk).await }));
    let tidying = |desk: Desk| async move { keep_house(&desk).await.map(|()| 0) };
    loops.spawn(turn(desk.clone(), HOUSEKEEPING, Rest::Full(TIDY_AFTER), tidying));
    loops.spawn(look_for_orphans(desk.clone()));
    let fetching = Arc::clone(&wire);
    loops.spawn(turn(desk.clone(), FILES, Rest::Full(REST), move |desk| {
        let wire = Arc::clone(&fetching);
        async move { fetch_files(&desk, wire.as_ref()).await }
    }));
    let asking = Arc::clone(&wire);
    loops.spawn(turn(desk.clone(), LOOKUPS, Rest::Full(TIDY_AFTER), move |desk| {
        let wire = Arc::clone(&asking);
        async move { look_up(&desk, wire.as_ref()).await.map(|()| 0) }
    }));
    let polling = desk.clone();
    loops.spawn(poll::run(polling, wire));
    stop.await;
    loops.shutdown().await;
    // what has no outcome by then will stand in doubt after the next start
    if tokio::time::timeout(PARTING, dispatcher.finish()).await.is_err() {
        tracing::warn!("messages were still being sent when the program stopped");
    }
}

/// Leases end by themselves, so nobody wakes this loop.
async fn look_for_orphans(desk: Desk) {
    loop {
        // by a wrong clock the leases of others would seem to be over
        if desk.pulse().clock_is_right() {
            until_done("orphans", || find_orphans(&desk)).await;
        }
        tokio::time::sleep(rest(ORPHANS)).await;
    }
}

/// Tries until it is done: the database may be away.
async fn until_done<T, F: Future<Output = Result<T, ActError>>>(name: &'static str, round: impl Fn() -> F) {
    while let Err(error) = round().await {
        tracing::error!(loop_name = name, %error, "a round did not succeed");
        tokio::time::sleep(rest(AFTER_TROUBLE)).await;
    }
}

/// How long a loop rests once there is nothing to do.
#[derive(Clone, Copy)]
enum Rest {
    /// Less if somebody wakes the desk.
    UntilWoken(Duration),
    /// What it does each time would wake it again.
    Full(Duration),
}

/// One loop: rounds as long as there is something to do, then a rest.
async fn turn<F>(desk: Desk, name: &'static str, resting: Rest, round: impl Fn(Desk) -> F + Send)
where
    F: Future<Output = Result<usize, ActError>> + Send,
{
    loop {
        if !desk.pulse().clock_is_right() {
            tokio::time::sleep(rest(AFTER_TROUBLE)).await;
            continue;
        }
        // whoever wakes us while the round is still going is heard
        let woken = desk.woken();
        // a fault of ours ends one round, never the loop
        let ended = AssertUnwindSafe(round(desk.clone())).catch_unwind().await;
        let ended = ended.unwrap_or_else(|_| Err(StoreError::Bug("a round panicked".to_owned()).into()));
        if ended.is_ok() {
            desk.went_round(name);
        }
        match ended {
            Ok(0) => match resting {
                Rest::UntilWoken(most) => drop(tokio::time::timeout(rest(most), woken).await),
                Rest::Full(whole) => tokio::time::sleep(rest(whole)).await,
            },
            Ok(_) => {}
            Err(error) => {
                tracing::error!(loop_name = name, %error, "a round did not succeed");
                tokio::time::sleep(rest(AFTER_TROUBLE)).await;
            }
        }
    }
}
