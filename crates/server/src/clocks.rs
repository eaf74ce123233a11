//! Whether this machine's clock is right: nodes on one PostgreSQL end each other's leases and send what is due by the
//! time of day, so they must agree about it. The database's clock is the one that counts. A desk on a file has one clock.

use std::time::Duration;

use anyhow::bail;
use desk::Desk;
use kernel::Timestamp;
use store::StoreError;

/// Far less than a lease, and nobody minds a reminder that comes two seconds early.
const APART: Duration = Duration::from_secs(5);

/// Refuses to work by a clock that is wrong.
pub async fn agree(desk: &Desk) -> anyhow::Result<()> {
    let shows = desk.store().read(|tx| Ok::<_, StoreError>(tx.clock()?.map(Timestamp::from_millis)));
    let Some(theirs) = shows.await? else { return Ok(()) };
    let ours = desk.now();
    let (apart, word) = if ours > theirs { (ours.since(theirs), "ahead of") } else { (theirs.since(ours), "behind") };
    if apart > APART {
        bail!("the clock of this machine is {} s {word} the clock of the database: set it, then start again", apart.as_secs());
    }
    Ok(())
}
