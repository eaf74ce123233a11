//! What the machine can do at all: commits of one small row, many at once, and bare HTTP.

use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use channels::Letter;
use desk::wire::Wire;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use store::{Store, StoreError};

use crate::clock::morning;
use crate::stopwatch::{Stopwatch, a_second};

const FOR: Duration = Duration::from_secs(2);
const AT_ONCE: usize = 64;

/// Acts of one small row in a second, 64 of them waiting at any time. Each has a row of its own: none waits for another's.
pub async fn commits(store: &Store) -> f64 {
    let number = AtomicUsize::new(0);
    let act = || {
        let node = format!("limit-{}", number.fetch_add(1, Ordering::Relaxed));
        async move {
            let kept = store.write(move |tx| store::rounds::end(tx, &node, &[("commit", morning())])).await;
            assert_eq!(kept, Ok::<(), StoreError>(()), "a commit");
        }
    };
    many(act).await
}

/// Letters of the fake channel in a second, with nothing kept of them.
pub async fn letters(wire: Arc<dyn Wire>) -> f64 {
    let letter = Arc::new(Letter::Internal { id: "msg".to_owned() });
    many(|| async { drop(wire.carry(&letter).await) }).await
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
