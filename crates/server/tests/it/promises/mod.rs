//! What a clinic is promised, tried by seed: calls of providers that are broken, forged or repeated; many who want the
//! same at once; days on which the clocks change; live pages at several nodes; and whole lives against a plain
//! book-keeping of what must be true.
//!
//! `./check` tries what it has time for; `docs/trust.md` names the commands that try more. A failure names its seed, and
//! `CAREDESK_TRIAL_SEED=<seed>` before the command tries that one alone.

mod calls;
mod clock_changes;
mod histories;
mod nodes;
mod races;

use std::ops::Range;
use std::thread;

use store::Engine;

/// How much of a kind is tried.
struct Measure {
    /// The variable that says how many.
    name: &'static str,
    in_check: u64,
    /// So many with each seed.
    each: u64,
}

impl Measure {
    /// The seeds of so many hundredths of it, or the one that failed.
    fn seeds(&self, hundredths: u64) -> Range<u64> {
        let told = |name: &str| std::env::var(name).ok().map(|number| number.parse::<u64>().expect(name));
        if let Some(seed) = told("CAREDESK_TRIAL_SEED") {
            return seed..seed + 1;
        }
        0..(told(self.name).unwrap_or(self.in_check) * hundredths / 100).div_ceil(self.each)
    }
}

/// Says which trial has failed.
struct Trial {
    seed: u64,
    engine: Engine,
}

impl Drop for Trial {
    fn drop(&mut self) {
        if thread::panicking() {
            eprintln!("failed on {:?} with CAREDESK_TRIAL_SEED={}", self.engine, self.seed);
        }
    }
}

/// Does a trial to its end, on one thread.
fn tried(trial: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(trial);
}
