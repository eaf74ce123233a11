//! What a node was sending when it died. Nobody knows whether it left, so it stands in doubt, where the desk sees it,
//! and nobody sends it again by itself. An answer that comes late still settles the doubt.

use clinic::actors::{Actor, Origin};
use clinic::happenings::Happening;
use clinic::outbox::{Outbound, OutboundState};
use kernel::Refusal;
use store::sown::{Fault, sown};

use crate::{Act, ActError, Desk};

const BATCH: u32 = 200;

/// At the start: what stands as being sent by a node of this name was left behind by the run before. Idempotent by the
/// message's state. Says how many there were.
pub async fn find_own_orphans(desk: &Desk) -> Result<usize, ActError> {
    let node = desk.node().to_owned();
    desk.act(Actor::Program, Origin::Program, move |act| {
        let mut found = 0;
        for message in store::outbound::sending(act.tx)? {
            let now = act.now;
            let abandoned =
                |message: Outbound| if sown(Fault::RequeuedAtStart) { Ok(requeued(message)) } else { message.abandon(&node, now) };
            found += act.doubt(message, abandoned)?;
        }
        Ok(found)
    })
    .await
}

/// One round: leases that have run out, whoever held them. Idempotent by the message's state.
pub async fn find_orphans(desk: &Desk) -> Result<usize, ActError> {
    desk.act(Actor::Program, Origin::Program, |act| act.lapse_leases(BATCH)).await
}

impl Act<'_, '_> {
    /// Whoever was sending has not come back.
    pub(super) fn lapse_leases(&mut self, most: u32) -> Result<usize, ActError> {
        let over = store::outbound::lease_over(self.tx, self.now, most)?;
        let (mut found, is_all) = (0, over.len() < most as usize);
        for message in over {
            let now = self.now;
            found += self.doubt(message, |message| message.lapse(now))?;
        }
        if is_all {
            store::claims::forget(self.tx, self.now)?;
        }
        Ok(found)
    }

    fn doubt(
        &mut self,
        message: Outbound,
        step: impl FnOnce(Outbound) -> Result<(Outbound, Vec<Happening>), Refusal>,
    ) -> Result<usize, ActError> {
        let before = message.version;
        let (message, what) = step(message)?;
        if message.version == before {
            return Ok(0);
        }
        store::outbound::change(self.tx, &message, before)?;
        self.happened(message.clinic, message.patient, what);
        Ok(1)
    }
}

fn requeued(message: Outbound) -> (Outbound, Vec<Happening>) {
    let (due_at, version) = (message.created_at, message.version + 1);
    (Outbound { state: OutboundState::Queued { due_at }, version, ..message }, vec![])
}
