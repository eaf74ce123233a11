//! How many letters of an account are under way: a provider that has become slow holds up its own messages only, and
//! nothing is claimed that could not leave at once.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use kernel::AccountId;
use store::outbound::Lane;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// Under way at once, for one account.
const MOST: usize = 256;

#[derive(Default)]
pub struct Berths(Mutex<HashMap<AccountId, Arc<Semaphore>>>);

/// A lane with how many of its messages can leave now.
pub struct OpenLane {
    pub lane: Lane,
    pub free: usize,
}

impl Berths {
    /// The lanes in which something can leave.
    pub fn open(&self, lanes: &[Lane]) -> Vec<OpenLane> {
        let open = lanes.iter().map(|lane| OpenLane { lane: *lane, free: self.of(lane.account).available_permits() });
        open.filter(|open| open.free > 0).collect()
    }

    /// Taken until it is dropped.
    pub fn take(&self, account: AccountId) -> Option<OwnedSemaphorePermit> {
        self.of(account).try_acquire_owned().ok()
    }

    fn of(&self, account: AccountId) -> Arc<Semaphore> {
        let mut berths = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        Arc::clone(berths.entry(account).or_insert_with(|| Arc::new(Semaphore::new(MOST))))
    }
}
