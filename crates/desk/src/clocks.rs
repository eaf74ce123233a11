//! Whether this node's clock is right: nodes on one PostgreSQL end each other's leases and send what is due by the time of
//! day, so they must agree about it. The database's clock is the one that counts. A desk on a file has one clock.
//!
//! A node does not begin by a clock that is wrong; one whose clock goes wrong while it works stops working until it is
//! right, and the desk is told.

use std::time::Duration;

use kernel::Timestamp;

use clinic::actors::{Actor, Origin};

use crate::{ActError, Desk};

/// Far less than a lease, and nobody minds a reminder that comes two seconds early.
const APART: i64 = 5_000;
/// A node that has not said so for so long is gone.
pub(crate) const SAID_WITHIN: Duration = Duration::from_mins(2);

/// By how many milliseconds this node's clock is ahead of the database's; below zero: behind. None if it is right.
pub async fn clock_is_wrong_by(desk: &Desk) -> Result<Option<i64>, ActError> {
    Ok(compared(desk).await?.and_then(|(_, ahead_by)| ahead_by))
}

/// The database's time, and by how much ours is wrong. Nothing where there is no other clock.
async fn compared(desk: &Desk) -> Result<Option<(Timestamp, Option<i64>)>, ActError> {
    let before = desk.now();
    let Some(theirs) = desk.look(|tx, _| Ok(tx.clock()?)).await? else { return Ok(None) };
    let after = desk.now();
    // their clock was read at some time between
    let ahead_by = if before.as_millis() > theirs { before.as_millis() - theirs } else { (after.as_millis() - theirs).min(0) };
    Ok(Some((Timestamp::from_millis(theirs), Some(ahead_by).filter(|by| by.abs() > APART))))
}

/// One round: looks, stops the loops or lets them go on, and tells the desk. Idempotent.
pub async fn mind_clock(desk: &Desk) -> Result<(), ActError> {
    let Some((theirs, ahead_by)) = compared(desk).await? else { return Ok(()) };
    let known = desk.pulse().clock_is(ahead_by);
    if ahead_by.is_none() && known.is_none() {
        return Ok(());
    }
    if let Some(ahead_by) = ahead_by {
        tracing::error!(ahead_by, "the clock of this machine is wrong: nothing is done until it is right");
    }
    let node = desk.node().to_owned();
    let told = desk.act(Actor::Program, Origin::Program, move |act| {
        // it has just gone wrong, or is right again; what a run before had said is over too
        if known.is_none() || ahead_by.is_none() {
            store::clocks::end(act.tx, &node)?;
            act.tx.touch("today");
        }
        match ahead_by {
            Some(ahead_by) => Ok(store::clocks::tell(act.tx, &node, ahead_by, theirs)?),
            None => Ok(()),
        }
    });
    told.await
}
