//! The clock of this machine against the database's: looked at before the desk begins, and again and again while it works.

use std::convert::Infallible;
use std::time::Duration;

use anyhow::bail;
use desk::Desk;
use store::sown::rest;

const LOOK_AGAIN: Duration = Duration::from_secs(5);

/// Refuses to begin by a clock that is wrong.
pub async fn agree(desk: &Desk) -> anyhow::Result<()> {
    let Some(ahead_by) = desk::clock_is_wrong_by(desk).await? else { return Ok(()) };
    let word = if ahead_by > 0 { "ahead of" } else { "behind" };
    bail!("the clock of this machine is {} s {word} the clock of the database: set it, then start again", ahead_by.abs() / 1_000);
}

/// While the clock is wrong the loops of this node stand still.
pub async fn mind(desk: Desk) -> Infallible {
    loop {
        if let Err(error) = desk::mind_clock(&desk).await {
            tracing::warn!(%error, "the clock of the database could not be looked at");
        }
        tokio::time::sleep(rest(LOOK_AGAIN)).await;
    }
}
