//! The door: connections of browsers and providers, and what becomes of those that say nothing.
//!
//! A request must have its whole head, and a connection its next request, within [`HEAD_WITHIN`]; how long a body may take
//! is the page's affair. There are as many places as leave the program enough files for its own work. When all are taken,
//! whoever has been silent for longest makes room: a thousand that only keep the door open delay nobody who speaks.

use std::collections::BTreeMap;
use std::convert::Infallible;
use std::net::SocketAddr;
use std::pin::{Pin, pin};
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::task::{Context, Poll};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::extract::{ConnectInfo, Request};
use hyper::body::{Frame, Incoming, SizeHint};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use store::sown::rest;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{Notify, watch};
use tokio::task::JoinSet;
use tower::ServiceExt;

const HEAD_WITHIN: Duration = Duration::from_secs(20);
/// The machine cannot open the door just now: it is not asked without a pause.
const AFTER_TROUBLE: Duration = Duration::from_millis(100);
const PLACES: std::ops::RangeInclusive<usize> = 16..=4_096;
/// Where the machine does not say how many files a program may have open.
const FILES: usize = 1_024;

/// Answers until `stopped` changes; what is being answered then is answered to its end.
pub async fn keep(listener: TcpListener, pages: Router, mut stopped: watch::Receiver<()>) {
    let guests = Arc::new(Guests { places: places(), ..Guests::default() });
    let mut connections = JoinSet::new();
    loop {
        let arrived = tokio::select! {
            arrived = guests.next(&listener) => arrived,
            _ = stopped.changed() => break,
        };
        while connections.try_join_next().is_some() {}
        match arrived {
            Ok((stream, peer)) => {
                connections.spawn(receive(stream, peer, pages.clone(), guests.enter(), stopped.clone()));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be taken");
                tokio::time::sleep(AFTER_TROUBLE).await;
            }
        }
    }
    drop(listener);
    while connections.join_next().await.is_some() {}
}

/// Half of the files that the program may open.
fn places() -> usize {
    let limits = std::fs::read_to_string("/proc/self/limits").unwrap_or_default();
    let files = limits.lines().find_map(|line| line.strip_prefix("Max open files")?.split_whitespace().next()?.parse().ok());
    (files.unwrap_or(FILES) / 2).clamp(*PLACES.start(), *PLACES.end())
}

async fn receive(stream: TcpStream, peer: SocketAddr, pages: Router, guest: Guest, mut stopped: watch::Receiver<()>) {
    // an answer does not wait for more of it
    stream.set_nodelay(true).ok();
    let guest = Arc::new(guest);
    let sent_away = Arc::clone(&guest.sent_away);
    let service = service_fn(|request: hyper::Request<Incoming>| {
        let speaking = Speaking::begin(&guest);
        let mut request: Request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answered = pages.clone().oneshot(request);
        async move {
            let answer = match answered.await {
                Ok(answer) => answer,
                Err(never) => match never {},
            };
            Ok::<_, Infallible>(answer.map(|body| Answered { body, _speaking: speaking }))
        }
    });
    let mut door = http1::Builder::new();
    door.timer(TokioTimer::new()).header_read_timeout(rest(HEAD_WITHIN));
    let mut connection = pin!(door.serve_connection(TokioIo::new(stream), service));
    // how a connection ends is nobody's concern: the other side has gone, or has said nothing
    tokio::select! {
        _ = connection.as_mut() => {}
        () = sent_away.notified() => {}
        _ = stopped.changed() => {
            connection.as_mut().graceful_shutdown();
            drop(connection.await);
        }
    }
}

/// Everybody who has come in.
#[derive(Default)]
struct Guests {
    places: usize,
    inside: Mutex<Inside>,
    left: Notify,
}

#[derive(Default)]
struct Inside {
    /// Grows with each who comes in or falls silent.
    turn: u64,
    here: usize,
    /// Whoever says nothing, the longest silence first, and how they are sent away.
    silent: BTreeMap<u64, Arc<Notify>>,
}

/// One connection; its place is free when this is dropped.
struct Guest {
    /// Since when it is silent, if it is.
    turn: AtomicU64,
    sent_away: Arc<Notify>,
    guests: Arc<Guests>,
}

impl Guests {
    /// Whoever stands at the door next, once there is a place.
    async fn next(&self, listener: &TcpListener) -> std::io::Result<(TcpStream, SocketAddr)> {
        let arrived = listener.accept().await?;
        loop {
            let left = self.left.notified();
            if self.has_place() {
                return Ok(arrived);
            }
            left.await;
        }
    }

    fn inside(&self) -> MutexGuard<'_, Inside> {
        self.inside.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// If everything is taken, the one who has been silent for longest goes.
    fn has_place(&self) -> bool {
        let mut inside = self.inside();
        if inside.here < self.places {
            return true;
        }
        if let Some((_, sent_away)) = inside.silent.pop_first() {
            sent_away.notify_one();
        }
        false
    }

    fn enter(self: &Arc<Self>) -> Guest {
        let mut inside = self.inside();
        inside.here += 1;
        let guest = Guest { turn: AtomicU64::new(0), sent_away: Arc::default(), guests: Arc::clone(self) };
        inside.falls_silent(&guest);
        guest
    }
}

impl Inside {
    fn falls_silent(&mut self, guest: &Guest) {
        self.turn += 1;
        guest.turn.store(self.turn, Ordering::Relaxed);
        self.silent.insert(self.turn, Arc::clone(&guest.sent_away));
    }

    fn speaks(&mut self, guest: &Guest) {
        self.silent.remove(&guest.turn.load(Ordering::Relaxed));
    }
}

impl Drop for Guest {
    fn drop(&mut self) {
        let mut inside = self.guests.inside();
        inside.speaks(self);
        inside.here -= 1;
        drop(inside);
        self.guests.left.notify_one();
    }
}

/// From the head of a request to the last byte of its answer.
struct Speaking(Arc<Guest>);

impl Speaking {
    fn begin(guest: &Arc<Guest>) -> Self {
        guest.guests.inside().speaks(guest);
        Self(Arc::clone(guest))
    }
}

impl Drop for Speaking {
    fn drop(&mut self) {
        self.0.guests.inside().falls_silent(&self.0);
    }
}

/// An answer on its way: a live page lasts for as long as it is open.
struct Answered {
    body: Body,
    _speaking: Speaking,
}

impl hyper::body::Body for Answered {
    type Data = Bytes;
    type Error = axum::Error;

    fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, axum::Error>>> {
        Pin::new(&mut self.body).poll_frame(context)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        self.body.size_hint()
    }
}
