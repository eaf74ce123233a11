//! Moves a visit to another slot. Its identity stays: links, calendars and other systems see a move.

use kernel::VisitId;

use clinic::actors::{Actor, Origin};
use clinic::journal::{Slot, Visit};

use crate::bot::facts;
use crate::{ActError, Desk};

/// `seen`: the version that the person had before their eyes; somebody else's change in between is refused.
pub async fn move_visit(desk: &Desk, by: Actor, through: Origin, visit: VisitId, seen: i64, to: Slot) -> Result<Visit, ActError> {
    desk.act(by, through, move |act| {
        let visit = facts::visit(act.tx, visit)?.at_version(seen)?;
        act.shift(visit, to, None)
    })
    .await
}
