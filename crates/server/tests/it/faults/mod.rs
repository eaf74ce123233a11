//! The worst day: a messenger that fails in every way that one was seen to fail, a program that is killed and paused in
//! the middle of it, and a checker that holds what patients' phones show against what our books say.
//!
//! The trials are themselves tried: `sown` puts one fault after another into the program, and each must be found.

mod crowd;
mod database;
mod disk;
mod folder;
mod killed;
mod messenger;
mod moods;
mod news;
mod phones;
mod program;
mod verdicts;
mod verdicts_table;
