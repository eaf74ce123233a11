//! The connection on which other nodes say what their acts have touched.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::{broadcast, oneshot, watch};
use tokio::task::JoinHandle;
use tokio_postgres::{Client, Notification};

use super::super::error::StoreError;
use super::super::{Listening, Touched};
use super::address::Address;
use super::failure::read_failure;
use super::session::Own;

const PAUSE: Duration = Duration::from_secs(1);

pub(super) struct Listener {
    pub(super) address: Arc<Address>,
    pub(super) own: Own,
    pub(super) updates: broadcast::Sender<Touched>,
}

impl Listener {
    /// Listens until it is over, connecting again whenever the connection is lost. `ready` hears whether the first
    /// attempt went well; if not, it is the last.
    pub(super) async fn listen(self, mut over: watch::Receiver<Listening>, ready: oneshot::Sender<Result<(), StoreError>>) {
        let mut line = match self.connect().await {
            Ok(line) => {
                drop(ready.send(Ok(())));
                line
            }
            Err(error) => {
                drop(ready.send(Err(error)));
                return;
            }
        };
        loop {
            tokio::select! {
                _ = &mut line.ended => tracing::warn!("live updates from other nodes are interrupted"),
                // also when the store itself is gone
                _ = over.wait_for(|wish| *wish == Listening::Over) => return,
            }
            tokio::select! {
                again = self.connect_again() => line = again,
                _ = over.wait_for(|wish| *wish == Listening::Over) => return,
            }
        }
    }

    async fn connect_again(&self) -> Line {
        loop {
            tokio::time::sleep(PAUSE).await;
            if let Ok(line) = self.connect().await {
                drop(self.updates.send(Touched::anything()));
                return line;
            }
        }
    }

    async fn connect(&self) -> Result<Line, StoreError> {
        let (own, updates) = (self.own.clone(), self.updates.clone());
        let hear = move |note: &Notification| {
            if !own.has(note.process_id()) {
                for topic in note.payload().lines() {
                    drop(updates.send(Touched(topic.to_owned())));
                }
            }
        };
        let (client, ended) = self.address.connect(hear).await?;
        let listen = format!("LISTEN \"{}\"", self.address.channel());
        client.batch_execute(&listen).await.map_err(|error| read_failure(&error, "LISTEN"))?;
        Ok(Line { _client: client, ended })
    }
}

/// The connection lives as long as its client is kept.
struct Line {
    _client: Client,
    ended: JoinHandle<()>,
}
