//! What time alone changes: held messages come due, leases end, conversations wake, old sessions and links go.

use std::time::Duration;

use clinic::actors::{Actor, Origin};

use crate::{Act, ActError, Desk};

const BATCH: u32 = 200;
/// Providers repeat a webhook for a week at most.
const ARRIVALS_KEPT: Duration = Duration::from_hours(30 * 24);

/// One round. Idempotent: each step asks under the transaction whether its time has come.
pub async fn keep_house(desk: &Desk) -> Result<(), ActError> {
    crate::health::beat(desk).await?;
    for chore in [Chore::WakeHeld, Chore::LapseLeases, Chore::WakeConversations, Chore::ForgetOld] {
        desk.act(Actor::Program, Origin::Program, move |act| act.tidy(chore)).await?;
    }
    Ok(())
}

#[derive(Clone, Copy)]
enum Chore {
    WakeHeld,
    LapseLeases,
    WakeConversations,
    ForgetOld,
}

impl Act<'_, '_> {
    fn tidy(&mut self, chore: Chore) -> Result<(), ActError> {
        match chore {
            Chore::WakeHeld => self.wake_held(),
            Chore::LapseLeases => self.lapse_leases(BATCH).map(drop),
            Chore::WakeConversations => self.wake_conversations(),
            Chore::ForgetOld => self.forget_old(),
        }
    }

    fn wake_held(&mut self) -> Result<(), ActError> {
        for message in store::outbound::held_due(self.tx, self.now, BATCH)? {
            self.decide_again(message)?;
        }
        Ok(())
    }

    fn wake_conversations(&mut self) -> Result<(), ActError> {
        for conversation in store::conversations::snoozed(self.tx)? {
            let before = conversation.version;
            let (conversation, what) = conversation.wake(self.now);
            if conversation.version != before {
                self.keep_conversation(before, &conversation, what)?;
            }
        }
        Ok(())
    }

    fn forget_old(&mut self) -> Result<(), ActError> {
        store::staff::end_old_sessions(self.tx, self.now)?;
        store::links::drop_old(self.tx, self.now)?;
        store::conversations::forget_arrivals(self.tx, self.now - ARRIVALS_KEPT)?;
        Ok(())
    }
}
