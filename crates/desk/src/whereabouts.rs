//! Whether this is still the database that was worked with last, or a backup that was put in its place.
//!
//! A desk that works counts on, in the database and, where that is a file, beside it. A backup has the number of its hour
//! and, being a copy, stands in another place. Whatever it would send now may have gone in the hours that it knows nothing
//! of, so that is held until somebody at the desk has looked:
//!
//! - what was queued; what was being sent stands in doubt;
//! - what a run says whose moment came in those hours: see [`Act::run_is_due`].
//!
//! What is decided on afterwards goes as ever. A machine that was set back as a whole cannot know it by itself: somebody
//! says so, with `caredesk restored`.

use kernel::{ClinicId, MessageId, Timestamp};

use clinic::actors::{Actor, Origin};
use clinic::outbox::Outbound;
use clinic::staff::Right;
use store::sown::{Fault, sown};
use store::whereabouts::{Restore, Whereabouts};

use crate::{Act, ActError, Desk};

/// Settled in one transaction.
const BATCH: u32 = 200;

/// What a person has found out about what is held since a restore.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Finding {
    /// It has not gone: it may go now.
    StillToGo,
    /// It went in the hours that are lost.
    WentBefore,
}

/// Before anything is sent, and again with every beat: is it still the same database? Says how many messages were held
/// because it is not. Idempotent: what is held already is left alone.
pub async fn look_whether_restored(desk: &Desk) -> Result<usize, ActError> {
    let (mark, remembered) = (desk.store().high_water().await?, desk.pulse().beat());
    let work = move |act: &mut Act<'_, '_>| act.goes_on_here(mark, remembered);
    let (beat, held) = desk.act(Actor::Program, Origin::Program, work).await?;
    went_on(desk, beat).await;
    if held > 0 {
        tracing::warn!(held, "this database was restored from a backup: what may have gone since waits for a person");
    }
    Ok(held)
}

/// Somebody says that the whole machine was set back. Says how many messages are held.
pub async fn declare_restored(desk: &Desk) -> Result<usize, ActError> {
    let held = desk.act(Actor::Program, Origin::Program, |act| {
        let lost_from = act.last_seen()?;
        act.hold_what_may_have_gone(lost_from)
    });
    held.await
}

/// The database has come so far.
pub(crate) async fn went_on(desk: &Desk, beat: i64) {
    desk.pulse().beats(beat);
    // without it only a copy in another place would be recognised: no reason to stand still
    if let Err(error) = desk.store().raise_high_water(beat).await {
        tracing::warn!(%error, "how far the database has come could not be written beside it");
    }
}

/// A message that is held since a restore is known to have gone, or is not needed any more.
pub async fn drop_message(desk: &Desk, by: Actor, message: MessageId) -> Result<Outbound, ActError> {
    desk.act(by, Origin::Desk, move |act| {
        let message = store::outbound::find(act.tx, message)?.ok_or_else(ActError::not_found)?;
        act.drop_restored(message)
    })
    .await
}

/// Settles everything of a clinic that is held since a restore. Says how many messages there were. Idempotent by their
/// states: what somebody has settled meanwhile is left alone.
pub async fn settle_restored(desk: &Desk, by: Actor, clinic: ClinicId, finding: Finding) -> Result<usize, ActError> {
    by.may(Right::WriteToPatients)?;
    let mut settled = 0;
    loop {
        let some = desk.act(by, Origin::Desk, move |act| {
            let some = store::outbound::restored(act.tx, clinic, BATCH)?;
            for held in &some {
                match finding {
                    Finding::StillToGo => act.release(held.message.clone())?,
                    Finding::WentBefore => act.drop_restored(held.message.clone())?,
                };
            }
            Ok(some.len())
        });
        match some.await? {
            0 => return Ok(settled),
            some => settled += some,
        }
    }
}

impl Act<'_, '_> {
    /// Counts on. Gives the number, and how many messages were held because this is a backup.
    pub(crate) fn goes_on_here(&mut self, mark: Option<i64>, remembered: Option<i64>) -> Result<(i64, usize), ActError> {
        let place = self.tx.place()?;
        let known = store::whereabouts::find(self.tx)?;
        let beat = known.as_ref().map_or(0, |known| known.beat);
        let is_restored = match (&known, remembered) {
            // whoever has worked here all along needs no other proof: a standby that took over stands elsewhere too
            (_, Some(remembered)) => beat < remembered,
            (Some(known), None) => known.place != place || mark.is_some_and(|mark| mark > beat),
            (None, None) => mark.is_some(),
        };
        let held = if is_restored && !sown(Fault::RestoredNotHeld) {
            let lost_from = self.last_seen()?;
            self.hold_what_may_have_gone(lost_from)?
        } else {
            0
        };
        let beat = beat.max(mark.unwrap_or(0)).max(remembered.unwrap_or(0)) + 1;
        store::whereabouts::save(self.tx, &Whereabouts { place, beat, seen_at: self.now })?;
        Ok((beat, held))
    }

    /// Until when the database knows what has happened.
    fn last_seen(&mut self) -> Result<Timestamp, ActError> {
        let seen = store::whereabouts::find(self.tx)?.map(|known| known.seen_at);
        let newest = store::happenings::newest_at(self.tx)?;
        Ok(seen.max(newest).unwrap_or(self.now).min(self.now))
    }

    fn hold_what_may_have_gone(&mut self, lost_from: Timestamp) -> Result<usize, ActError> {
        let mut held = 0;
        for message in store::outbound::on_its_way(self.tx)? {
            let before = message.version;
            let (message, what) = message.restored(self.now)?;
            store::outbound::change(self.tx, &message, before)?;
            self.happened(message.clinic, message.patient, what);
            held += 1;
        }
        store::whereabouts::note_restore(self.tx, Restore { found_at: self.now, lost_from })?;
        self.tx.touch("today");
        Ok(held)
    }

    fn drop_restored(&mut self, message: Outbound) -> Result<Outbound, ActError> {
        let before = message.version;
        let (message, what) = message.drop_restored(self.by, self.now)?;
        store::outbound::change(self.tx, &message, before)?;
        self.happened(message.clinic, message.patient, what);
        Ok(message)
    }
}
