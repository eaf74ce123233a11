//! What the clinic's own book says became of a visit.

use kernel::{Refusal, Timestamp, Zone};

use clinic::actors::{Actor, Origin};
use clinic::happenings::Happening;
use clinic::journal::{CancelReason, Visit, VisitState};

use crate::import::Status;

/// The visit as the book has it, what happened last on the way there, and whether that is to be doubted.
pub(super) struct Marked {
    pub visit: Visit,
    /// Only the last step: nobody is told of a booking that was cancelled long ago.
    pub what: Vec<Happening>,
    pub doubt: Option<&'static str>,
}

/// By whom and when marks are made.
pub(super) struct Marking<'a> {
    pub by: Actor,
    pub now: Timestamp,
    pub zone: &'a Zone,
}

impl Marking<'_> {
    /// A visit that has just been taken in. One of a day that is over, with nothing else said about it, took place: a
    /// book that keeps no record of who came would otherwise be full of people who did not.
    pub fn new_visit(&self, visit: Visit, status: Option<Status>) -> Result<Marked, Refusal> {
        let over = visit.ends_at < self.zone.start_of(self.now.date(self.zone));
        match status {
            None | Some(Status::Booked | Status::Confirmed) if over => self.mark(visit, Some(Status::Completed)),
            other => self.mark(visit, other),
        }
    }

    /// A visit that we have already. What was decided here is not taken back.
    pub fn mark(&self, visit: Visit, status: Option<Status>) -> Result<Marked, Refusal> {
        let (by, through, now) = (self.by, Origin::Import, self.now);
        let ahead = now < visit.starts_at;
        let unchanged = |visit, doubt| Ok(Marked { visit, what: Vec::new(), doubt });
        let stepped =
            |(visit, what): (Visit, Vec<Happening>)| Marked { visit, what: what.into_iter().last().into_iter().collect(), doubt: None };
        match (status, &visit.state) {
            (Some(Status::Confirmed), VisitState::Booked) if ahead => visit.confirm(by, through, now).map(stepped),
            (None | Some(Status::Booked | Status::Confirmed), _)
            | (Some(Status::Cancelled), VisitState::Cancelled { .. })
            | (Some(Status::Completed), VisitState::Completed { .. })
            | (Some(Status::NoShow), VisitState::NoShow { .. }) => unchanged(visit, None),
            (Some(Status::Cancelled), state) if state.is_ahead() => visit.cancel(CancelReason::Unsaid, by, through, now).map(stepped),
            (Some(Status::Completed | Status::NoShow), state) if ahead && state.is_ahead() => {
                unchanged(visit, Some("import.status-too-early"))
            }
            (Some(Status::NoShow), VisitState::Booked | VisitState::Confirmed { .. }) => visit.miss(by, through, now).map(stepped),
            (Some(Status::Completed), VisitState::Booked | VisitState::Confirmed { .. }) => {
                let (visit, _) = visit.arrive(by, through, now)?;
                visit.complete(by, through, now).map(stepped)
            }
            (Some(Status::Completed), VisitState::Arrived { .. } | VisitState::InChair { .. }) => {
                visit.complete(by, through, now).map(stepped)
            }
            (Some(Status::Cancelled | Status::Completed | Status::NoShow), _) => unchanged(visit, Some("import.visit-closed")),
        }
    }
}
