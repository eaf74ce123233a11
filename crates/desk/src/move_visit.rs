//! Moves a visit to another slot. Its identity stays: links, calendars and other systems see a move.

use clinic::actors::{Actor, Origin};
use clinic::journal::{Slot, Visit};

use crate::bot::facts;
use crate::mark_visit::Seen;
use crate::{ActError, Desk};

/// Somebody else's change since the person saw the visit is refused.
pub async fn move_visit(desk: &Desk, by: Actor, through: Origin, seen: Seen, to: Slot) -> Result<Visit, ActError> {
    desk.act(by, through, move |act| {
        let visit = facts::visit(act.tx, seen.visit)?.at_version(seen.version)?;
        act.shift(visit, to, None)
    })
    .await
}
