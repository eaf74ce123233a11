//! The benchmarks. Each is one file; the list below is all there is to know about how they are called.
//!
//! ```sh
//! cargo run --release -p bench             # all of them
//! cargo run --release -p bench -- advance  # one
//! ```
//!
//! What needs a database runs on both engines. SQLite works in a folder of its own under the folder for temporary files
//! (`TMPDIR` moves it to another disk). PostgreSQL is the one at `CAREDESK_TEST_POSTGRES`; without it `scripts/postgres`
//! starts one. Such a figure stands beside the raw limit of the same engine in the same run, because machines and disks
//! differ more than programs.
//!
//! To add one: a file with a function, and its line in [`BENCHMARKS`].

mod advance;
mod browser;
mod claim;
mod clock;
mod commits;
mod dispatch;
mod drain;
mod gate;
mod hook;
mod inbox;
mod lateness;
mod limits;
mod machine;
mod messenger;
mod people;
mod place;
mod processor;
mod program;
mod slots;
mod stopwatch;
mod table;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use store::Engine;

use place::Place;
use table::Line;

struct Benchmark {
    name: &'static str,
    measure: Measure,
}

#[derive(Clone, Copy)]
enum Measure {
    /// Nothing is read and nothing is kept.
    Pure(fn() -> anyhow::Result<Line>),
    OnBothEngines(fn(Place) -> BoxFuture<'static, anyhow::Result<Vec<Line>>>),
}

const BENCHMARKS: [Benchmark; 10] = [
    Benchmark { name: "advance", measure: Measure::Pure(advance::measure) },
    Benchmark { name: "gate", measure: Measure::Pure(gate::measure) },
    Benchmark { name: "slots", measure: Measure::Pure(slots::measure) },
    Benchmark { name: "commits", measure: Measure::OnBothEngines(|place| commits::measure(place).boxed()) },
    Benchmark { name: "dispatch", measure: Measure::OnBothEngines(|place| dispatch::measure(place).boxed()) },
    Benchmark { name: "drain", measure: Measure::OnBothEngines(|place| drain::measure(place).boxed()) },
    Benchmark { name: "claim", measure: Measure::OnBothEngines(|place| claim::measure(place).boxed()) },
    Benchmark { name: "lateness", measure: Measure::OnBothEngines(|place| lateness::measure(place).boxed()) },
    Benchmark { name: "hook", measure: Measure::OnBothEngines(|place| hook::measure(place).boxed()) },
    Benchmark { name: "inbox", measure: Measure::OnBothEngines(|place| inbox::measure(place).boxed()) },
];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = wanted.iter().find(|name| BENCHMARKS.iter().all(|known| known.name != **name)) {
        let names: Vec<_> = BENCHMARKS.iter().map(|benchmark| benchmark.name).collect();
        anyhow::bail!("there is no benchmark {unknown}: {}", names.join(", "));
    }
    table::head();
    for benchmark in BENCHMARKS.iter().filter(|known| wanted.is_empty() || wanted.iter().any(|name| name == known.name)) {
        match benchmark.measure {
            Measure::Pure(measure) => measure()?.print(None),
            Measure::OnBothEngines(measure) => {
                for engine in [Engine::Sqlite, Engine::Postgres] {
                    for line in measure(Place::fresh(engine)?).await? {
                        line.print(Some(engine));
                    }
                }
            }
        }
    }
    Ok(())
}
