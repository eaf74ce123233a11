//! The telephones of the patients. What the clinic writes to the sandbox lies on one of them; what is done there comes back
//! through the webhook of the sandbox, signed with its key, like the news of any provider.

use std::sync::{Mutex, PoisonError};

use channels::sandbox::{Did, KEY_HEADER, Tap};
use channels::{Answer, Arrival, Call, Letter, Method, Settings};
use desk::wire::{Indoors, Wire};
use desk::{ActError, Desk, receive, settings_of};
use futures_util::FutureExt;
use futures_util::future::{BoxFuture, try_join_all};
use kernel::MessageId;
use store::accounts::Account;

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

/// One thing done on a telephone.
pub struct Done {
    pub handle: String,
    /// Names it: the same key is the same tap.
    pub key: String,
    pub did: Did,
}

/// The way from the telephones back to the clinic.
#[derive(Clone)]
pub struct Telephones {
    desk: Desk,
    account: Account,
}

impl Telephones {
    pub const fn new(desk: Desk, account: Account) -> Self {
        Self { desk, account }
    }

    /// Things are done on telephones. They are heard in this order, and share a commit.
    pub async fn did(&self, done: Vec<Done>) -> Result<(), ActError> {
        let Some(settings) = settings_of(&self.account) else { return Err(ActError::not_found()) };
        let arrivals = done.into_iter().filter_map(|done| self.read(&settings, done));
        try_join_all(arrivals.map(|arrival| receive(&self.desk, self.account.id, self.account.channel, vec![arrival]))).await?;
        Ok(())
    }

    /// As the sandbox reads a webhook: signed with the key of the account.
    fn read(&self, settings: &Settings, done: Done) -> Option<Arrival> {
        let Done { handle, key, did } = done;
        let tap = Tap { key, from: handle, name: String::new(), locale: None, did };
        let body = serde_json::to_vec(&tap).expect("a tap is plain data");
        let key = settings.secret("key");
        let headers = [(KEY_HEADER, key.expose().as_bytes())];
        let call = Call { method: Method::Post, tail: "", query: "", headers: &headers, body: &body, received_at: self.desk.now() };
        match channels::connector(self.account.channel)?.read_webhook(settings, &call) {
            Ok(reading) => reading.arrivals.into_iter().next(),
            Err(unreadable) => {
                tracing::warn!(status = unreadable.status(), "the sandbox did not take a tap");
                None
            }
        }
    }
}
