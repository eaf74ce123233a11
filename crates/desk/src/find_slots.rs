//! Free times for a service.

use kernel::ServiceId;

use clinic::actors::Actor;
use clinic::journal::{Slot, Wanted};
use clinic::staff::Right;

use crate::bot::{facts, slots};
use crate::{ActError, Desk};

/// The soonest first.
pub async fn find_slots(desk: &Desk, by: Actor, service: ServiceId, wanted: Wanted) -> Result<Vec<Slot>, ActError> {
    by.may(Right::SeeJournal)?;
    desk.look(move |tx, now| {
        let service = facts::service(tx, service)?;
        let clinic = facts::clinic(tx, service.clinic)?;
        slots::free(tx, &clinic, &service, &wanted, now)
    })
    .await
}
