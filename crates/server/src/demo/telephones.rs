//! The telephones of the patients. What the clinic writes to the sandbox lies on one of them; what is done there comes back
//! through the webhook of the sandbox, signed with its key, like the news of any provider.

use std::sync::{Arc, Mutex, PoisonError};

use channels::sandbox::{Did, KEY_HEADER, Tap};
use channels::{Answer, Call, Letter, Method};
use desk::wire::{Indoors, Wire};
use desk::{ActError, Desk, Received, receive_call};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::{AccountId, MessageId, Secret};

/// Carries letters inside of the program and remembers which have arrived.
#[derive(Default)]
pub struct Doorbell {
    arrived: Mutex<Vec<MessageId>>,
}

impl Doorbell {
    /// What has arrived since it was last asked.
    pub fn arrived(&self) -> Vec<MessageId> {
        std::mem::take(&mut *self.arrived.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

impl Wire for Doorbell {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        async move {
            let answer = Indoors.carry(letter).await;
            if let Letter::Internal { id } = letter
                && let Ok(id) = id.parse()
            {
                self.arrived.lock().unwrap_or_else(PoisonError::into_inner).push(id);
            }
            answer
        }
        .boxed()
    }
}

/// The way from the telephones back to the clinic.
#[derive(Clone)]
pub struct Telephones {
    desk: Desk,
    account: AccountId,
    key: Arc<Secret>,
}

impl Telephones {
    pub fn new(desk: Desk, account: AccountId, key: Secret) -> Self {
        Self { desk, account, key: Arc::new(key) }
    }

    /// Something is done on a telephone. `key` names it: the same key is the same tap.
    pub async fn did(&self, handle: &str, key: String, did: Did) -> Result<(), ActError> {
        let tap = Tap { key, from: handle.to_owned(), name: String::new(), locale: None, did };
        let body = serde_json::to_vec(&tap).expect("a tap is plain data");
        let headers = [(KEY_HEADER, self.key.expose().as_bytes())];
        let call = Call { method: Method::Post, tail: "", query: "", headers: &headers, body: &body, received_at: self.desk.now() };
        let Received { reply, .. } = receive_call(&self.desk, self.account, &call).await?;
        if reply.status >= 400 {
            tracing::warn!(status = reply.status, "the sandbox did not take a tap");
        }
        Ok(())
    }
}
