//! Caredesk: the patient desk of a dental clinic. The program, its commands and its configuration.
//!
//! Here alone is the wall clock read and the operating system asked for randomness; everybody else gets both handed in.

mod clock;
mod clocks;
mod commands;
mod config;
mod door;
mod entropy;
mod peers;

use std::path::PathBuf;
use std::process::ExitCode;

use clap::{Parser, Subcommand};
use tracing_subscriber::EnvFilter;

use config::Config;

#[derive(Parser)]
#[command(version, about = "The patient desk of a dental clinic")]
struct Program {
    /// The configuration file; caredesk.toml in this folder, if there is one
    #[arg(long, global = true, env = "CAREDESK_CONFIG")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Runs the desk; several on one PostgreSQL share the work
    Serve(commands::serve::Serve),
    /// Takes a clinic's own journal or patient list in
    Import(commands::import::ImportArgs),
    /// Opens a living clinic to look at, in a temporary folder
    Demo(commands::demo::Wanted),
    /// Says that this machine was set back to an earlier hour: what may have gone since is held
    Restored,
    /// Looks whether everything is in order, and says what is not
    Doctor,
}

#[tokio::main]
async fn main() -> ExitCode {
    let Program { config, command } = Program::parse();
    // to the log go ids only; RUST_LOG says how much
    let filter = EnvFilter::try_from_default_env().unwrap_or_else(|_| EnvFilter::new("info"));
    tracing_subscriber::fmt().with_env_filter(filter).with_writer(std::io::stderr).init();
    run(config, command).await.unwrap_or_else(|error| {
        eprintln!("caredesk: {error:#}");
        ExitCode::FAILURE
    })
}

async fn run(config: Option<PathBuf>, command: Command) -> anyhow::Result<ExitCode> {
    match command {
        Command::Serve(serve) => commands::serve::run(&serve, &Config::load(config)?).await?,
        Command::Import(args) => commands::import::run_here(&args, &Config::load(config)?).await?,
        Command::Demo(demo) => commands::demo::run(demo).await?,
        Command::Restored => commands::restored::run(&Config::load(config)?).await?,
        Command::Doctor => return Ok(commands::doctor::run(config).await),
    }
    Ok(ExitCode::SUCCESS)
}
