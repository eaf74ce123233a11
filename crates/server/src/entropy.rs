//! The randomness of the operating system, from which all ids, tokens and salts of a run are drawn.

use anyhow::Context;
use kernel::Chance;

pub fn chance() -> anyhow::Result<Chance> {
    let mut seed = [0; 32];
    getrandom::fill(&mut seed).context("the operating system gives no randomness")?;
    Ok(Chance::from_entropy(seed))
}
