//! What is printed.

use store::Engine;

use crate::machine;

/// One figure.
pub struct Line {
    pub what: String,
    pub required: String,
    pub measured: String,
    /// What the engine or the network can do at all, in this run; with the share that was reached.
    pub limit: String,
}

pub fn head() {
    println!("Measured on {}.\n", machine::described());
    println!("| what | engine | required | measured | raw limit of the same run |");
    println!("|---|---|---|---|---|");
}

impl Line {
    /// Without an engine it is a figure of the pure core, on one processor.
    pub fn print(&self, engine: Option<Engine>) {
        let engine = engine.map_or("none", |engine| match engine {
            Engine::Sqlite => "SQLite",
            Engine::Postgres => "PostgreSQL",
        });
        println!("| {} | {engine} | {} | {} | {} |", self.what, self.required, self.measured, self.limit);
    }
}
