//! The program itself on the database of the chain: how soon it answers, what it holds in memory at rest, how big it is.

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use anyhow::{Context, ensure};

use crate::place::{Chained, root};
use crate::stopwatch::{Stopwatch, Times, millis};
use crate::table::Line;

const STARTS: usize = 5;
/// It has settled down by then: the loops have gone round many times.
const RESTED: Duration = Duration::from_secs(15);
const LISTENS: &str = "Caredesk listens at http://";

/// Stopped when it is dropped.
struct Running {
    child: Child,
    address: String,
}

pub async fn measure(chained: Chained<'_>) -> anyhow::Result<Vec<Line>> {
    let environment = chained.place.environment();
    tokio::task::spawn_blocking(move || measured(&environment)).await?
}

fn measured(environment: &[(&'static str, String)]) -> anyhow::Result<Vec<Line>> {
    let program = built()?;
    let mut times = Times::default();
    for _ in 0..STARTS {
        let watch = Stopwatch::start();
        let running = Running::start(&program, environment)?;
        running.ask("/sign-in")?;
        times.add(watch.read());
        running.stop()?;
    }
    let running = Running::start(&program, environment)?;
    for _ in 0..50 {
        running.ask("/sign-in")?;
    }
    std::thread::sleep(RESTED);
    let memory = running.memory()?;
    running.stop()?;
    let line = |what: &str, required: &str, measured: String| Line {
        what: what.to_owned(),
        required: required.to_owned(),
        measured,
        limit: String::new(),
    };
    let starts = format!("at most {}, half within {}", millis(times.percentile(100)), millis(times.median()));
    Ok(vec![
        line("the program starts, until its first page is answered", "under 500 ms", starts),
        line("memory at rest", "under 100 MB", megabytes(memory)),
        line("the binary", "under 40 MB", megabytes(fs::metadata(&program)?.len())),
    ])
}

fn megabytes(bytes: u64) -> String {
    format!("{}.{} MB", bytes / 1_000_000, bytes / 100_000 % 10)
}

/// The program as a clinic runs it, built now if it is not there.
fn built() -> anyhow::Result<PathBuf> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let built = Command::new(cargo).args(["build", "--release", "--quiet", "--package", "caredesk"]).current_dir(root()?).status()?;
    ensure!(built.success(), "the program cannot be built");
    // `cargo run` has put this very program beside it
    let here = std::env::current_exe()?;
    let program = here.with_file_name("caredesk");
    ensure!(program.exists(), "{} is not there: run the benchmarks with --release", program.display());
    Ok(program)
}

impl Running {
    fn start(program: &PathBuf, environment: &[(&'static str, String)]) -> anyhow::Result<Self> {
        let mut command = Command::new(program);
        // pages alone send nothing: the chain stays as it is
        command.args(["serve", "--web"]).env("CAREDESK_LISTEN", "127.0.0.1:0").env("RUST_LOG", "off");
        command.envs(environment.iter().map(|(name, value)| (name, value.as_str())));
        let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn()?;
        let mut lines = BufReader::new(child.stdout.take().context("its output is piped")?).lines();
        let told = lines.by_ref().map_while(Result::ok).find_map(|line| line.strip_prefix(LISTENS).map(str::to_owned));
        // what it still prints is nobody's concern, but it must not meet a closed door
        std::thread::spawn(move || lines.for_each(drop));
        Ok(Self { address: told.context("the program did not start")?, child })
    }

    fn ask(&self, path: &str) -> anyhow::Result<()> {
        let mut connection = TcpStream::connect(&self.address)?;
        write!(connection, "GET {path} HTTP/1.1\r\nHost: {}\r\nConnection: close\r\n\r\n", self.address)?;
        let mut answer = String::new();
        connection.read_to_string(&mut answer)?;
        ensure!(answer.starts_with("HTTP/1.1 200"), "{path}: {}", answer.lines().next().unwrap_or_default());
        Ok(())
    }

    /// What of it lies in memory, as Linux counts: shared libraries and mapped files are in it.
    fn memory(&self) -> anyhow::Result<u64> {
        let status = fs::read_to_string(format!("/proc/{}/status", self.child.id()))?;
        let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:")).context("Linux says how big a process is")?;
        let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
        Ok(kilobytes * 1_024)
    }

    fn stop(mut self) -> anyhow::Result<()> {
        self.child.kill()?;
        self.child.wait()?;
        Ok(())
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        let _stopped = self.child.kill();
        let _waited = self.child.wait();
    }
}
