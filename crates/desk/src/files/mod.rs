//! Files of patients and of the clinic: kept once by their hash in the organisation's own database, so that one backup holds
//! all and every node sees them, and handed out to those who may read the thread.
//!
//! A file is written in parts, each in an act of its own, so that nobody at the desk waits for a large one. Pictures are drawn
//! anew before they are kept: what the telephone wrote into them, the place above all, is gone. What cannot be drawn anew, and films,
//! have it blanked.

mod boxes;
mod enclosing;
mod fetching;
mod pictures;

use std::sync::Arc;
use std::time::Duration;

use kernel::{ClinicId, MessageId, Refusal, Secret};
use sha2::{Digest, Sha256};
use store::Tx;

use clinic::actors::{Actor, Origin};
use clinic::clinics::Clinic;
use clinic::files::{Enclosed, FileState, FileType, Kept, MessageFile, WhyLost, harmless_name, is_named_as_program};
use clinic::outbox::Outbound;
use clinic::staff::Right;

pub(crate) use enclosing::fits;
pub use enclosing::{LARGEST_ENCLOSED, LARGEST_TOGETHER, enclose_file, takes_files};
pub use fetching::fetch_files;
use pictures::Drawn;

use crate::{Act, ActError, Desk, token_hash};

/// A patient may look at it again on the next days; whoever finds the telephone later may not.
const LINK_LIVES: Duration = Duration::from_hours(7 * 24);

/// Why a file is not kept.
#[derive(Debug, thiserror::Error)]
pub enum NotKept {
    #[error("not a file that is kept: {0:?}")]
    Lost(WhyLost),
    #[error(transparent)]
    Trouble(#[from] ActError),
}

impl NotKept {
    /// As whoever has chosen the file is told: that it is damaged, or that its kind is not taken.
    pub(crate) fn said(self, (damaged, kind): (&'static str, &'static str)) -> ActError {
        let refused = |code| Refusal::new(code).at("file").into();
        match self {
            Self::Trouble(error) => error,
            Self::Lost(WhyLost::Unreadable) => refused(damaged),
            Self::Lost(WhyLost::Gone | WhyLost::TooLarge | WhyLost::Elsewhere | WhyLost::Program | WhyLost::OutOfReach) => refused(kind),
        }
    }
}

/// As people are told how large a file may be.
pub fn megabytes(bytes: u64) -> i64 {
    i64::try_from(bytes / 1_000_000).unwrap_or(i64::MAX)
}

/// Keeps a file, if it is one that is kept. The same file again is known by its hash and takes no more room.
/// Idempotent by the bytes.
pub async fn keep_file(desk: &Desk, name: &str, bytes: Vec<u8>) -> Result<Kept, NotKept> {
    let claimed = FileType::of(&bytes);
    if claimed == FileType::Program || is_named_as_program(name) {
        return Err(NotKept::Lost(WhyLost::Program));
    }
    let Drawn { bytes, file_type, size, preview } = pictures::drawn(bytes, claimed).await.ok_or(NotKept::Lost(WhyLost::Unreadable))?;
    let hash = hex::encode(Sha256::digest(&bytes)).parse().expect("a digest in hex is a hash");
    let kept = Kept { hash, file_type, bytes: bytes.len() as u64, size };
    let parts = bytes.chunks(store::files::PART).count();
    let fresh = kept.clone();
    let begin = move |act: &mut Act<'_, '_>| {
        store::files::begin(act.tx, &fresh, preview.as_deref(), act.now)?;
        Ok(store::files::count_parts(act.tx, &fresh.hash)?)
    };
    let there = desk.act(Actor::Program, Origin::Program, begin).await?;
    if there as usize == parts {
        return Ok(kept);
    }
    let bytes = Arc::new(bytes);
    for number in 0..parts {
        let (bytes, hash) = (Arc::clone(&bytes), kept.hash.clone());
        let add = move |act: &mut Act<'_, '_>| {
            let part = bytes.chunks(store::files::PART).nth(number).unwrap_or_default();
            Ok(store::files::add_part(act.tx, &hash, u32::try_from(number).unwrap_or(u32::MAX), part)?)
        };
        desk.act(Actor::Program, Origin::Program, add).await?;
    }
    Ok(kept)
}

/// The bytes of a file.
pub async fn read_file(desk: &Desk, kept: &Kept) -> Result<Vec<u8>, ActError> {
    let mut bytes = Vec::with_capacity(usize::try_from(kept.bytes).unwrap_or_default());
    for number in 0.. {
        let hash = kept.hash.clone();
        match desk.look(move |tx, _| Ok(store::files::part(tx, &hash, number)?)).await? {
            Some(part) => bytes.extend_from_slice(&part),
            None => break,
        }
    }
    Ok(bytes)
}

/// The small picture of a file.
pub async fn read_preview(desk: &Desk, kept: &Kept) -> Result<Option<Vec<u8>>, ActError> {
    let hash = kept.hash.clone();
    desk.look(move |tx, _| Ok(store::files::preview(tx, &hash)?)).await
}

/// A file of a message, for somebody who may read the threads of that clinic. For everybody else there is none.
pub async fn open_file(desk: &Desk, by: Actor, clinic: ClinicId, (message, number): (MessageId, u32)) -> Result<MessageFile, ActError> {
    by.may(Right::ReadConversations)?;
    desk.look(move |tx, _| {
        if store::files::clinic_of(tx, message)? != Some(clinic) {
            return Err(ActError::not_found());
        }
        named(tx, message, number)
    })
    .await
}

/// A file that somebody holds the address of: whoever was sent it, or the provider on the way.
pub async fn open_linked_file(desk: &Desk, token: &Secret) -> Result<MessageFile, ActError> {
    let hash = token_hash(token.expose());
    desk.look(move |tx, now| {
        let (message, number) = store::files::linked(tx, &hash, now)?.ok_or_else(ActError::not_found)?;
        named(tx, message, number)
    })
    .await
}

fn named(tx: &mut Tx<'_>, message: MessageId, number: u32) -> Result<MessageFile, ActError> {
    let files = store::files::of_message(tx, message)?;
    files.into_iter().find(|file| file.number == number).ok_or_else(ActError::not_found)
}

impl Act<'_, '_> {
    /// An address at which whoever holds it can fetch the file of a message for a while; none without a public address.
    pub(crate) fn file_link(&mut self, clinic: &Clinic, message: MessageId) -> Result<Option<String>, ActError> {
        let Some(base) = clinic.public_url.as_deref() else { return Ok(None) };
        let token = self.chance.token();
        store::files::add_link(self.tx, &token_hash(&token), (message, 0), self.now + LINK_LIVES)?;
        Ok(Some(format!("{}/files/{token}", base.trim_end_matches('/'))))
    }

    /// What goes beside a message of ours, on whichever channel it is said.
    pub(crate) fn enclose_own(&mut self, message: &Outbound) -> Result<(), ActError> {
        let Some(Enclosed { name, kept }) = &message.content.file else { return Ok(()) };
        self.enclose(message.id, name, kept.clone())
    }

    /// A message has a file that is kept already, as one that came with a mail or goes out with an answer.
    pub(crate) fn enclose(&mut self, message: MessageId, name: &str, kept: Kept) -> Result<(), ActError> {
        let file = MessageFile { number: 0, name: harmless_name(name), kind: kept.file_type.kind(), state: FileState::Kept(kept) };
        Ok(store::files::add(self.tx, message, &file)?)
    }
}
