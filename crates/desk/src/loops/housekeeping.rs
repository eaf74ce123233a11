//! What time alone changes: held messages come due, leases end, conversations wake, old sessions and links go.

use std::time::Duration;

use clinic::actors::{Actor, Origin};

use crate::{Act, ActError, Desk};

const BATCH: u32 = 200;
/// Whoever guessed at codes a day ago may try again.
const TRIES_KEPT: Duration = Duration::from_hours(24);
/// Providers repeat a webhook for a week at most.
const ARRIVALS_KEPT: Duration = Duration::from_hours(30 * 24);

/// A browser that has not come for so long has lost its token.
const VISITORS_KEPT: Duration = Duration::from_hours(90 * 24);
/// One in which nothing was ever written.
const SILENT_KEPT: Duration = Duration::from_hours(24);
/// A file that no message names was left behind halfway.
const UNUSED_KEPT: Duration = Duration::from_hours(24);

/// One round. Idempotent: each step asks under the transaction whether its time has come.
pub async fn keep_house(desk: &Desk) -> Result<(), ActError> {
    crate::health::beat(desk).await?;
    for chore in
        [Chore::WakeHeld, Chore::LapseLeases, Chore::WakeConversations, Chore::MoveOnFromChat, Chore::ClimbLadders, Chore::ForgetOld]
    {
        desk.act(Actor::Program, Origin::Program, move |act| act.tidy(chore)).await?;
    }
    Ok(())
}

/// One round of what waits for its time alone: the end of the quiet hours, the opening. Idempotent by the message's state.
pub(super) async fn wake_held(desk: &Desk) -> Result<usize, ActError> {
    let waits = desk.look(|tx, now| Ok(!store::outbound::held_due(tx, now, 1)?.is_empty())).await?;
    if !waits {
        return Ok(0);
    }
    desk.act(Actor::Program, Origin::Program, |act| act.tidy(Chore::WakeHeld)).await
}

#[derive(Clone, Copy)]
enum Chore {
    WakeHeld,
    LapseLeases,
    WakeConversations,
    /// What no browser has fetched.
    MoveOnFromChat,
    /// What has gone without word of its delivery.
    ClimbLadders,
    ForgetOld,
}

impl Act<'_, '_> {
    /// How much of what waited it has moved on.
    fn tidy(&mut self, chore: Chore) -> Result<usize, ActError> {
        match chore {
            Chore::WakeHeld => self.wake_held(),
            Chore::LapseLeases => self.lapse_leases(BATCH),
            Chore::WakeConversations => self.wake_conversations(),
            Chore::MoveOnFromChat => self.move_on_from_chat(),
            Chore::ClimbLadders => self.climb_ladders(BATCH),
            Chore::ForgetOld => self.forget_old(),
        }
    }

    fn wake_held(&mut self) -> Result<usize, ActError> {
        let mut woken = 0;
        for message in store::outbound::held_due(self.tx, self.now, BATCH)? {
            let id = message.id;
            match self.decide_again(message) {
                Ok(_) => woken += 1,
                // it stays held, and does not hold up the others
                Err(error @ ActError::Refused(_)) => tracing::error!(message = %id, %error, "a held message cannot be decided on"),
                Err(error @ ActError::Store(_)) => return Err(error),
            }
        }
        Ok(woken)
    }

    fn wake_conversations(&mut self) -> Result<usize, ActError> {
        let mut woken = 0;
        for conversation in store::conversations::snoozed(self.tx)? {
            let before = conversation.version;
            let (conversation, what) = conversation.wake(self.now);
            if conversation.version != before {
                self.keep_conversation(before, &conversation, what)?;
                woken += 1;
            }
        }
        Ok(woken)
    }

    fn forget_old(&mut self) -> Result<usize, ActError> {
        store::staff::end_old_sessions(self.tx, self.now)?;
        store::links::drop_old(self.tx, self.now)?;
        store::links::drop_old_tries(self.tx, self.now - TRIES_KEPT)?;
        store::chat::forget(self.tx, self.now - VISITORS_KEPT, self.now - SILENT_KEPT)?;
        store::files::forget(self.tx, self.now - UNUSED_KEPT, self.now)?;
        store::conversations::forget_arrivals(self.tx, self.now - ARRIVALS_KEPT)?;
        Ok(0)
    }
}
