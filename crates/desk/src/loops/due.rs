//! Runs whose moment has come.

use kernel::RunId;

use clinic::actors::{Actor, Origin};

use crate::{ActError, Desk};

const BATCH: u32 = 100;

/// One round: how many runs were led on. Idempotent by the run and its version: a run is asked under the transaction
/// whether it is still due.
pub async fn run_due(desk: &Desk) -> Result<usize, ActError> {
    let due = desk.look(|tx, now| Ok(store::runs::due(tx, now, BATCH)?)).await?;
    // one after another: of two runs of a family the first speaks for both
    for run in &due {
        lead_on(desk, *run).await?;
    }
    Ok(due.len())
}

async fn lead_on(desk: &Desk, run: RunId) -> Result<(), ActError> {
    match desk.act(Actor::Program, Origin::Program, move |act| act.run_is_due(run)).await {
        Err(error) if error.is_ours() => {
            tracing::error!(%run, %error, "a run cannot be led on");
            desk.act(Actor::Program, Origin::Program, move |act| act.give_up(run)).await
        }
        done => done,
    }
}
