//! Runs whose moment has come.

use kernel::RunId;

use clinic::actors::{Actor, Origin};

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
        for run in due {
            self.run_is_due(*run)?;
            self.settle()?;
        }
        Ok(())
    }
}
