//! What stands between a stranger and the desk: passwords, the pace of sign-ins, and the code of the first run.

pub(crate) mod attempts;
pub(crate) mod passwords;
#[cfg(test)]
mod trial;

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use kernel::{Chance, Secret, SessionId, StaffId, Timestamp};
use store::staff::NewSession;
use tokio::sync::Semaphore;

use crate::{Act, ActError, token_hash};
use attempts::Attempts;

/// How long a browser stays signed in.
const SIGNED_IN_FOR: Duration = Duration::from_hours(14 * 24);

/// A hash takes 19 MB and one processor: more at once would make the desk slow for everybody.
const HASHED_AT_ONCE: usize = 2;

/// The doors of one desk.
pub(crate) struct Doors {
    pub attempts: Attempts,
    pub chat: crate::chat::Pace,
    hashing: Semaphore,
    set_up_code: Mutex<Option<Secret>>,
}

impl Default for Doors {
    fn default() -> Self {
        Self {
            attempts: Attempts::default(),
            chat: crate::chat::Pace::default(),
            hashing: Semaphore::new(HASHED_AT_ONCE),
            set_up_code: Mutex::new(None),
        }
    }
}

impl Doors {
    /// The code of this run: made once, the same for everybody who asks.
    pub fn make_set_up_code(&self, chance: &mut Chance) -> Secret {
        self.code().get_or_insert_with(|| Secret::new(chance.token())).clone()
    }

    /// Whether this is the code. Nothing is, before one was made.
    pub fn is_set_up_code(&self, shown: &str) -> bool {
        self.code().as_ref().is_some_and(|code| channels::same_secret(code, shown.as_bytes()))
    }

    fn code(&self) -> std::sync::MutexGuard<'_, Option<Secret>> {
        self.set_up_code.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A new session. Its token is shown to the browser once; the store keeps the hash.
pub struct Session {
    pub token: Secret,
    pub expires_at: Timestamp,
}

impl Act<'_, '_> {
    pub(crate) fn begin_session(&mut self, staff: StaffId) -> Result<Session, ActError> {
        let token = format!("{}{}", self.chance.token(), self.chance.token());
        let id = SessionId::new(self.now, &mut self.chance);
        let expires_at = self.now + SIGNED_IN_FOR;
        let session = NewSession { id, staff, created_at: self.now, expires_at };
        store::staff::add_session(self.tx, &token_hash(&token), session)?;
        Ok(Session { token: Secret::new(token), expires_at })
    }
}
