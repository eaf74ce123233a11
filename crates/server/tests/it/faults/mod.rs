//! The worst day: a messenger that fails in every way that one was seen to fail, a program that is killed and paused in
//! the middle of it, and a checker that holds what patients' phones show against what our books say.
//!
//! The trials are themselves tried: `sown` puts one fault after another into the program, and each must be found.

mod answers;
mod claims;
mod crowd;
mod database;
mod deaths;
mod disk;
mod doubt;
mod each_line;
mod folder;
mod hours;
mod houses;
mod killed;
mod leases;
mod leaving;
mod lines;
mod messenger;
mod moods;
mod news;
mod office;
mod phones;
mod program;
mod reports;
mod restored;
mod scene;
mod slow;
mod sown;
mod telling;
mod verdicts;
mod verdicts_table;
mod workers;
