//! What the machine can do at all: commits of one small row, many at once, syncs of its disk, and bare HTTP.

use std::io::{Seek, SeekFrom, Write};
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use channels::Letter;
use desk::wire::Wire;
use futures_util::StreamExt;
use futures_util::stream::FuturesUnordered;
use store::{Store, StoreError};

use crate::clock::morning;
use crate::stopwatch::{Stopwatch, Times, a_second};

const FOR: Duration = Duration::from_secs(2);
const AT_ONCE: usize = 64;
/// What a commit of some acts brings to the disk, from one to the next.
const SYNCED: usize = 64 * 1_024;
const EACH: Duration = Duration::from_millis(4);
const SYNCS: usize = 1_000;

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

/// How long the disk of the temporary files takes for a sync, with nothing else on it: nobody is answered sooner.
pub async fn syncs() -> anyhow::Result<Times> {
    let path = std::env::temp_dir().join(format!("caredesk_bench_disk_{}", std::process::id()));
    let measured = tokio::task::spawn_blocking({
        let path = path.clone();
        move || sync_often(&path)
    });
    let took = measured.await?;
    std::fs::remove_file(path)?;
    Ok(took?)
}

/// Over a file that has its length, as a log that has begun anew.
fn sync_often(path: &Path) -> std::io::Result<Times> {
    let mut file = std::fs::File::create(path)?;
    let page = vec![7; SYNCED];
    let mut took = Times::default();
    for round in 0..2 {
        file.seek(SeekFrom::Start(0))?;
        for _ in 0..SYNCS {
            file.write_all(&page)?;
            let watch = Stopwatch::start();
            file.sync_data()?;
            if round > 0 {
                took.add(watch.read());
                std::thread::sleep(EACH);
            }
        }
    }
    Ok(took)
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
