//! Runs whose moment has come.

use std::collections::BTreeSet;

use kernel::{PatientId, RunId, Timestamp};

use clinic::actors::{Actor, Origin};
use clinic::playbooks::Run;

use crate::bot::facts;
use crate::bot::gating::MEMORY;
use crate::bot::slots::days_after;
use crate::{Act, ActError, Desk};

/// Led on in one transaction: enough to share its commit, few enough that nobody who wants to write waits for long.
const BATCH: u32 = 64;

/// One round: how many runs were led on. Idempotent by the run and its version: a run is asked under the transaction
/// whether it is still due.
pub async fn run_due(desk: &Desk) -> Result<usize, ActError> {
    let due = desk.look(|tx, now| Ok(store::runs::due(tx, now, BATCH)?)).await?;
    if due.is_empty() {
        return Ok(0);
    }
    let together = due.clone();
    match desk.act(Actor::Program, Origin::Program, move |act| act.lead_on(&together)).await {
        Err(error) if error.is_ours() => one_by_one(desk, &due).await?,
        done => done?,
    }
    Ok(due.len())
}

/// One of them cannot be led on: it must not hold up the others.
async fn one_by_one(desk: &Desk, due: &[RunId]) -> Result<(), ActError> {
    for run in due.iter().copied() {
        match desk.act(Actor::Program, Origin::Program, move |act| act.lead_on(&[run])).await {
            Err(error) if error.is_ours() => {
                tracing::error!(%run, %error, "a run cannot be led on");
                desk.act(Actor::Program, Origin::Program, move |act| act.give_up(run)).await?;
            }
            done => done?,
        }
    }
    Ok(())
}

impl Act<'_, '_> {
    /// One after the other: of two runs of a family the first speaks for both, so each must be seen through before the next.
    fn lead_on(&mut self, due: &[RunId]) -> Result<(), ActError> {
        self.foresee_runs(due)?;
        let restore = store::whereabouts::last_restore(self.tx)?;
        for run in due {
            self.run_is_due(*run, restore)?;
            self.settle()?;
        }
        Ok(())
    }

    /// Asks in a few questions for what nearly every run needs, instead of one by one.
    fn foresee_runs(&mut self, due: &[RunId]) -> Result<(), ActError> {
        store::runs::foresee(self.tx, due)?;
        let mut runs = Vec::with_capacity(due.len());
        for id in due {
            runs.extend(store::runs::find(self.tx, *id)?.map(|kept| kept.run));
        }
        store::visits::foresee(self.tx, &runs.iter().flat_map(|run| run.visits.iter().copied()).collect())?;
        store::patients::foresee(self.tx, &runs.iter().map(|run| run.patient).collect())?;
        let mut heads = BTreeSet::new();
        for run in &runs {
            heads.extend(store::patients::find(self.tx, run.patient)?.map(|about| about.guardian.unwrap_or(about.id)));
        }
        store::patients::foresee(self.tx, &heads)?;
        store::patients::foresee_wards(self.tx, &heads)?;
        store::conversations::foresee_of_patients(self.tx, &heads)?;
        let mut threads = BTreeSet::new();
        for head in &heads {
            threads.extend(store::conversations::of_patient(self.tx, *head)?.map(|thread| thread.id));
        }
        store::conversations::foresee(self.tx, &threads)?;
        store::outbound::foresee_since(self.tx, &threads, self.now - MEMORY)?;
        let days = self.family_days(&runs)?;
        Ok(store::visits::foresee_of_patients(self.tx, &days)?)
    }

    /// Everybody of each family with the day of its run.
    fn family_days(&mut self, runs: &[Run]) -> Result<Vec<(PatientId, Timestamp, Timestamp)>, ActError> {
        let mut days = Vec::new();
        for run in runs {
            let Some(visit) = run.visit() else { continue };
            let (clinic, about) = (facts::clinic(self.tx, run.clinic)?, facts::patient(self.tx, run.patient)?);
            let day = facts::visit(self.tx, visit)?.starts_at.date(&clinic.zone);
            let (from, until) = (clinic.zone.start_of(day), clinic.zone.start_of(days_after(day, 1)));
            days.extend(facts::household(self.tx, &about)?.into_iter().map(|member| (member, from, until)));
        }
        Ok(days)
    }
}
