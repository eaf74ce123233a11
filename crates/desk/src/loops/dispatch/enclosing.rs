//! The file beside a message: its bytes are read, and brought to the provider where a message can only name it. Nothing of that
//! reaches the patient, so whatever breaks here has not left and is done again; the letter behind it alone can stand in doubt.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use channels::{Bringing, FilesOut};
use clinic::outbox::Outcome;
use kernel::MessageId;

use super::claim::Ready;
use super::letter::Carried;
use crate::files::read_file;
use crate::wire::Wire;
use crate::{Desk, loops::AFTER_TROUBLE};

/// No provider needs more steps for one file.
const MOST_STEPS: usize = 6;

/// What providers call the files of messages that have not left yet: one that took long is not brought twice.
#[derive(Default)]
pub struct Brought(Mutex<HashMap<MessageId, String>>);

impl Brought {
    fn find(&self, message: MessageId) -> Option<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(&message).cloned()
    }

    fn keep(&self, message: MessageId, handle: String) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(message, handle);
    }

    /// Once it is known what became of the message.
    pub fn forget(&self, message: MessageId, outcome: &Outcome) {
        if !matches!(outcome, Outcome::Later { .. } | Outcome::NotBegun) {
            self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&message);
        }
    }
}

/// Makes a message whole. If it cannot be: what has become of it.
pub async fn enclose(desk: &Desk, wire: &dyn Wire, brought: &Brought, ready: &mut Ready) -> Result<(), Carried> {
    let (Some(enclosed), Some(file)) = (&ready.outgoing.content.file, &mut ready.outgoing.file) else { return Ok(()) };
    if ready.connector.card().files.out == FilesOut::ByLink {
        return Ok(());
    }
    let bytes = read_file(desk, &enclosed.kept).await.map_err(|error| {
        tracing::error!(message = %ready.message.id, %error, "the file of a message cannot be read");
        not_asked(AFTER_TROUBLE)
    })?;
    file.content = Arc::new(bytes);
    file.handle = brought.find(ready.message.id);
    if file.handle.is_some() {
        return Ok(());
    }
    let mut answers = Vec::new();
    while answers.len() < MOST_STEPS {
        match ready.connector.bring(&ready.settings, &ready.outgoing, &answers) {
            Bringing::Needless => return Ok(()),
            Bringing::Ask(letter) => answers.push(wire.carry(&letter).await),
            Bringing::Not(sending) => return Err(sending.into()),
            Bringing::Brought(handle) => {
                brought.keep(ready.message.id, handle.clone());
                if let Some(file) = &mut ready.outgoing.file {
                    file.handle = Some(handle);
                }
                return Ok(());
            }
        }
    }
    Err(not_asked(Duration::from_secs(30)))
}

/// Again after a while; it says nothing of the provider.
const fn not_asked(after: Duration) -> Carried {
    Carried::unsent(Outcome::Later { after })
}
