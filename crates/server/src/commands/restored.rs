//! Says that the whole machine was set back to an earlier hour: a snapshot of it was brought back, or PostgreSQL was, and
//! nothing of the database tells. A copy that was put in the place of the database is recognised without this.

use crate::commands::serve;
use crate::config::Config;

pub async fn run(config: &Config) -> anyhow::Result<()> {
    let (desk, _) = serve::open(config).await?;
    let held = desk::declare_restored(&desk).await?;
    println!("Messages held until somebody at the desk has looked: {held}");
    println!("What the bot would have said in the hours that are lost will be held too.");
    desk.store().clone().close().await;
    Ok(())
}
