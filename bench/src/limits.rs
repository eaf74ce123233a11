//! What the machine can do at all: commits of one small row, many at once.

use std::time::Duration;

use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use store::{Store, StoreError};

use crate::stopwatch::{Stopwatch, a_second};

const FOR: Duration = Duration::from_secs(2);
const AT_ONCE: usize = 64;

/// Acts of one small row in a second, 64 of them waiting at any time.
pub async fn commits(store: &Store) -> f64 {
    let act = || async {
        let kept = store.write(store::clinics::take_turns).await;
        assert_eq!(kept, Ok::<(), StoreError>(()), "a commit");
    };
    many(act).await
}

async fn many<F: Future<Output = ()>>(act: impl Fn() -> F) -> f64 {
    let watch = Stopwatch::start();
    let mut running: FuturesUnordered<F> = (0..AT_ONCE).map(|_| act()).collect();
    let mut done = 0;
    while running.next().await.is_some() {
        done += 1;
        if watch.read() < FOR {
            running.push(act());
        }
    }
    a_second(done, watch.read())
}
