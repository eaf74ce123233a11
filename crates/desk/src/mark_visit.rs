//! Marks a visit: confirmed, arrived, in chair, completed, late, cancelled, missed, or the last mark taken back.

use kernel::VisitId;

use clinic::actors::{Actor, Origin};
use clinic::journal::{CancelReason, Visit};

use crate::bot::facts;
use crate::{ActError, Desk};

/// A visit as the person had it before their eyes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen {
    pub visit: VisitId,
    pub version: i64,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum VisitMark {
    Accept,
    Confirm,
    Arrive,
    TakeInChair,
    Complete,
    Miss,
    Undo,
    Late(u32),
    Cancel(CancelReason),
}

/// Somebody else's change since the person saw the visit is refused.
pub async fn mark_visit(desk: &Desk, by: Actor, through: Origin, seen: Seen, mark: VisitMark) -> Result<Visit, ActError> {
    desk.act(by, through, move |act| {
        let visit = facts::visit(act.tx, seen.visit)?.at_version(seen.version)?;
        let before = visit.version;
        let zone = facts::clinic(act.tx, visit.clinic)?.zone;
        let (visit, what) = match mark {
            VisitMark::Accept => visit.accept(by, through, act.now)?,
            VisitMark::Confirm => visit.confirm(by, through, act.now)?,
            VisitMark::Arrive => visit.arrive(by, through, act.now)?,
            VisitMark::TakeInChair => visit.take_in_chair(by, through, act.now)?,
            VisitMark::Complete => visit.complete(by, through, act.now)?,
            VisitMark::Miss => visit.miss(by, through, act.now)?,
            VisitMark::Undo => visit.undo(&zone, by, act.now)?,
            VisitMark::Late(minutes) => visit.late(minutes, by, through, act.now)?,
            VisitMark::Cancel(reason) => visit.cancel(reason, by, through, act.now)?,
        };
        act.keep_visit(before, &visit, what, None)?;
        Ok(visit)
    })
    .await
}
