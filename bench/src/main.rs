//! The benchmarks. Each is one file; the list below is all there is to know about how they are called.
//!
//! ```sh
//! cargo run --release -p bench             # all of them
//! cargo run --release -p bench -- advance  # one
//! ```
//!
//! `pages`, `start` and `planning` need a big chain of clinics, which is founded first and says how far it is. It goes
//! afterwards; `CAREDESK_BENCH_KEEP` names a folder in which it is kept for the next run (`found` founds it and does
//! nothing else), `CAREDESK_BENCH_CLINICS` how many of its forty-two clinics are enough.
//!
//! What needs a database runs on both engines. SQLite works in a folder of its own under the folder for temporary files
//! (`TMPDIR` moves it to another disk). PostgreSQL is the one at `CAREDESK_TEST_POSTGRES`; without it `scripts/postgres`
//! starts one. Such a figure stands beside the raw limit of the same engine in the same run, because machines and disks
//! differ more than programs.
//!
//! To add one: a file with a function, and its line in [`BENCHMARKS`].

mod advance;
mod browser;
mod chain;
mod chat;
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
mod pages;
mod people;
mod place;
mod planning;
mod processor;
mod program;
mod slots;
mod smpp;
mod start;
mod stopwatch;
mod table;
mod talk;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use store::Engine;

use chain::{Founded, Size};
use place::{Chained, Place};
use table::Line;

struct Benchmark {
    name: &'static str,
    measure: Measure,
}

#[derive(Clone, Copy)]
enum Measure {
    /// Nothing is read and nothing is kept.
    Pure(fn() -> anyhow::Result<Line>),
    /// Something goes over the network, and nothing is kept.
    OverTheWire(fn() -> BoxFuture<'static, anyhow::Result<Line>>),
    OnBothEngines(fn(Place) -> BoxFuture<'static, anyhow::Result<Vec<Line>>>),
    /// On both engines, over the chain: founded once for all of these, in the order in which they stand here.
    OverTheChain(fn(Chained<'_>) -> BoxFuture<'_, anyhow::Result<Vec<Line>>>),
}

const BENCHMARKS: [Benchmark; 16] = [
    Benchmark { name: "advance", measure: Measure::Pure(advance::measure) },
    Benchmark { name: "gate", measure: Measure::Pure(gate::measure) },
    Benchmark { name: "slots", measure: Measure::Pure(slots::measure) },
    Benchmark { name: "smpp", measure: Measure::OverTheWire(|| smpp::measure().boxed()) },
    Benchmark { name: "commits", measure: Measure::OnBothEngines(|place| commits::measure(place).boxed()) },
    Benchmark { name: "dispatch", measure: Measure::OnBothEngines(|place| dispatch::measure(place).boxed()) },
    Benchmark { name: "drain", measure: Measure::OnBothEngines(|place| drain::measure(place).boxed()) },
    Benchmark { name: "claim", measure: Measure::OnBothEngines(|place| claim::measure(place).boxed()) },
    Benchmark { name: "lateness", measure: Measure::OnBothEngines(|place| lateness::measure(place).boxed()) },
    Benchmark { name: "hook", measure: Measure::OnBothEngines(|place| hook::measure(place).boxed()) },
    Benchmark { name: "inbox", measure: Measure::OnBothEngines(|place| inbox::measure(place).boxed()) },
    Benchmark { name: "chat", measure: Measure::OnBothEngines(|place| chat::measure(place).boxed()) },
    Benchmark { name: "found", measure: Measure::OverTheChain(|chained| std::future::ready(Ok(vec![founded(chained)])).boxed()) },
    Benchmark { name: "pages", measure: Measure::OverTheChain(|chained| pages::measure(chained).boxed()) },
    Benchmark { name: "start", measure: Measure::OverTheChain(|chained| start::measure(chained).boxed()) },
    // the last one: afterwards the day is planned
    Benchmark { name: "planning", measure: Measure::OverTheChain(|chained| planning::measure(chained).boxed()) },
];

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let wanted: Vec<String> = std::env::args().skip(1).collect();
    if let Some(unknown) = wanted.iter().find(|name| BENCHMARKS.iter().all(|known| known.name != **name)) {
        let names: Vec<_> = BENCHMARKS.iter().map(|benchmark| benchmark.name).collect();
        anyhow::bail!("there is no benchmark {unknown}: {}", names.join(", "));
    }
    table::head();
    let chosen = || BENCHMARKS.iter().filter(|known| wanted.is_empty() || wanted.iter().any(|name| name == known.name));
    for benchmark in chosen() {
        match benchmark.measure {
            Measure::Pure(measure) => measure()?.print(None),
            Measure::OverTheWire(measure) => measure().await?.print(None),
            Measure::OnBothEngines(measure) => {
                for engine in ENGINES {
                    show(measure(Place::fresh(engine)?).await?, engine);
                }
            }
            Measure::OverTheChain(_) => {}
        }
    }
    let over_the_chain: Vec<_> = chosen().filter(|benchmark| matches!(benchmark.measure, Measure::OverTheChain(_))).collect();
    if !over_the_chain.is_empty() {
        for engine in ENGINES {
            let size = Size::wanted()?;
            let place = Place::of_the_chain(engine, size)?;
            let chained = place.chained(size).await?;
            for benchmark in &over_the_chain {
                if let Measure::OverTheChain(measure) = benchmark.measure {
                    show(measure(chained).await?, engine);
                }
            }
        }
    }
    Ok(())
}

const ENGINES: [Engine; 2] = [Engine::Sqlite, Engine::Postgres];

fn show(lines: Vec<Line>, engine: Engine) {
    for line in lines {
        line.print(Some(engine));
    }
}

/// What the chain is, and how long it took to make it.
fn founded(chained: Chained<'_>) -> Line {
    let what = format!("a chain of {} clinics is founded", chained.size.clinics);
    let measured = match chained.founded {
        Some(Founded { patients, visits, messages, took }) => {
            format!("{patients} patients, {visits} visits, {messages} messages in {} s", took.as_secs())
        }
        None => "kept from an earlier run".to_owned(),
    };
    Line { what, required: "minutes".to_owned(), measured, limit: String::new() }
}
