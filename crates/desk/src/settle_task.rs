//! A desk task is done.

use std::time::Duration;

use kernel::{DeskTaskId, VisitId};

use clinic::actors::{Actor, Origin};
use clinic::journal::CancelReason;
use clinic::tasks::{DeskTask, TaskKind, TaskOutcome};

use crate::bot::facts;
use crate::{Act, ActError, Desk};

/// Of the clinic's open time.
const AGAIN_AFTER: Duration = Duration::from_hours(2);

/// What came of it marks the journal: a call in which the patient confirmed confirms the visit.
pub async fn settle_task(desk: &Desk, by: Actor, task: DeskTaskId, outcome: TaskOutcome) -> Result<(), ActError> {
    desk.act(by, Origin::Desk, move |act| {
        let task = store::tasks::find(act.tx, task)?.ok_or_else(ActError::not_found)?;
        let visit = task.visit;
        let again = (outcome == TaskOutcome::NoAnswer).then(|| task.clone());
        act.finish_task(task, outcome)?;
        if let Some(again) = again {
            act.try_again_later(&again)?;
        }
        match (outcome, visit) {
            (TaskOutcome::Confirmed, Some(visit)) => act.confirm_by_call(visit),
            (TaskOutcome::Cancelled, Some(visit)) => act.cancel_by_call(visit),
            (TaskOutcome::Confirmed | TaskOutcome::Cancelled, None)
            | (TaskOutcome::Moved | TaskOutcome::NoAnswer | TaskOutcome::Settled, _) => Ok(()),
        }
    })
    .await
}

impl Act<'_, '_> {
    pub(crate) fn finish_task(&mut self, task: DeskTask, outcome: TaskOutcome) -> Result<(), ActError> {
        let (clinic, patient) = (task.clinic, task.patient);
        let (task, what) = task.done(outcome, self.by, self.now)?;
        store::tasks::save(self.tx, &task)?;
        self.happened(clinic, patient, what);
        Ok(())
    }

    /// An answer to the patient, or a closed thread, is what an 'answer' task asked for.
    pub(crate) fn settle_by_answer(&mut self, task: DeskTask) -> Result<(), ActError> {
        match task.kind {
            TaskKind::Answer | TaskKind::Emergency => self.finish_task(task, TaskOutcome::Settled),
            TaskKind::Call | TaskKind::Decide => Ok(()),
        }
    }

    /// Nobody answered: they are rung up again, in staffed hours and before what it is about has come.
    fn try_again_later(&mut self, task: &DeskTask) -> Result<(), ActError> {
        let clinic = facts::clinic(self.tx, task.clinic)?;
        let Some(due_at) = facts::open_days(&clinic).add_open(self.now, AGAIN_AFTER) else { return Ok(()) };
        let visit = task.visit.map(|visit| facts::visit(self.tx, visit)).transpose()?;
        if visit.is_some_and(|visit| visit.starts_at <= due_at) {
            return Ok(());
        }
        task.again(due_at).map_or(Ok(()), |again| self.open(again).map(drop))
    }

    fn confirm_by_call(&mut self, visit: VisitId) -> Result<(), ActError> {
        let visit = facts::visit(self.tx, visit)?;
        let before = visit.version;
        let (visit, what) = visit.confirm(self.by, self.through, self.now)?;
        self.keep_visit(before, &visit, what, None)
    }

    fn cancel_by_call(&mut self, visit: VisitId) -> Result<(), ActError> {
        let visit = facts::visit(self.tx, visit)?;
        let before = visit.version;
        let (visit, what) = visit.cancel(CancelReason::Unsaid, self.by, self.through, self.now)?;
        self.keep_visit(before, &visit, what, None)
    }
}
