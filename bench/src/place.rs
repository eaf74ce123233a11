//! A store for benchmarks on either engine: a fresh one, gone when the benchmark is over, or the one of the chain, which can
//! be kept for the next run.

use std::path::Path;
use std::process::Command;

use anyhow::Context;
use store::{Engine, Store};

use crate::chain::{self, Founded, Size};

const VARIABLE: &str = "CAREDESK_TEST_POSTGRES";
/// The folder in which the chain is kept; in PostgreSQL it then has a schema of its own. Without it the chain goes.
const KEEP: &str = "CAREDESK_BENCH_KEEP";
const SCHEMA_KEPT: &str = "bench_kept";
/// As the program names it.
const FILE: &str = "caredesk.db";
/// Those that grow with the chain.
const TABLES: [&str; 11] = [
    "patients",
    "patient_keys",
    "contact_points",
    "visits",
    "conversations",
    "inbound",
    "outbound",
    "happenings",
    "runs",
    "run_visits",
    "run_traces",
];

pub struct Place {
    kept_in: store::Place,
    pub engine: Engine,
    stays: Stays,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Stays {
    Kept,
    Gone,
}

/// The chain, founded in its place.
#[derive(Clone, Copy)]
pub struct Chained<'a> {
    pub place: &'a Place,
    pub size: Size,
    /// Nothing where it was kept from an earlier run.
    pub founded: Option<Founded>,
}

impl Place {
    pub fn fresh(engine: Engine) -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("caredesk_bench_{}", std::process::id()));
        let place = Self::named(engine, &folder, format!("bench_{}", std::process::id()), Stays::Gone)?;
        // what an earlier benchmark of this run has left
        place.clear();
        place.ready()
    }

    /// Where the chain of this size is, or is to be founded.
    pub fn of_the_chain(engine: Engine, size: Size) -> anyhow::Result<Self> {
        let Ok(folder) = std::env::var(KEEP) else { return Self::fresh(engine) };
        let folder = Path::new(&folder).join(format!("chain_of_{}", size.clinics));
        Self::named(engine, &folder, format!("{SCHEMA_KEPT}_{}", size.clinics), Stays::Kept)?.ready()
    }

    fn named(engine: Engine, folder: &Path, schema: String, stays: Stays) -> anyhow::Result<Self> {
        let place = match engine {
            Engine::Sqlite => store::Place::File(folder.join(FILE)),
            Engine::Postgres => store::Place::Schema { url: postgres()?, schema },
        };
        Ok(Self { kept_in: place, engine, stays })
    }

    fn ready(self) -> anyhow::Result<Self> {
        if let store::Place::File(file) = &self.kept_in {
            std::fs::create_dir_all(file.parent().context("the file lies in a folder")?)?;
        }
        Ok(self)
    }

    pub async fn store(&self) -> anyhow::Result<Store> {
        Ok(Store::open(&self.kept_in, 0).await?)
    }

    /// Founds the chain, unless it has been kept from an earlier run. What was given up half-way is made anew.
    pub async fn chained(&self, size: Size) -> anyhow::Result<Chained<'_>> {
        let store = self.store().await?;
        let known = store.read::<_, store::StoreError, _>(store::clinics::organisation).await?;
        if known.is_some() {
            store.close().await;
            return Ok(Chained { place: self, size, founded: None });
        }
        store.close().await;
        self.clear();
        if let store::Place::File(file) = &self.kept_in {
            std::fs::create_dir_all(file.parent().context("the file lies in a folder")?)?;
        }
        let store = self.store().await?;
        let founded = chain::found(&store, size).await?;
        store.close().await;
        self.settle()?;
        Ok(Chained { place: self, size, founded: Some(founded) })
    }

    /// What would soon happen by itself after a great deal was written: PostgreSQL's housekeeper looks at the tables, and what
    /// SQLite has folded into its file comes to the disk.
    pub fn settle(&self) -> anyhow::Result<()> {
        match &self.kept_in {
            store::Place::Memory => {}
            store::Place::File(file) => std::fs::File::open(file)?.sync_all()?,
            store::Place::Schema { url, schema } => {
                let tables = TABLES.map(|table| format!("\"{schema}\".{table}"));
                store::trial::run(url, &format!("VACUUM ANALYZE {}", tables.join(", ")));
            }
        }
        Ok(())
    }

    /// How the program is told to work here.
    pub fn environment(&self) -> Vec<(&'static str, String)> {
        match &self.kept_in {
            store::Place::Memory => Vec::new(),
            store::Place::File(file) => vec![("CAREDESK_DATA", file.parent().unwrap_or(file).display().to_string())],
            store::Place::Schema { url, schema } => {
                vec![("CAREDESK_POSTGRES_URL", url.clone()), ("CAREDESK_POSTGRES_SCHEMA", schema.clone())]
            }
        }
    }

    fn clear(&self) {
        match &self.kept_in {
            store::Place::Memory => {}
            store::Place::File(file) => {
                let _gone = file.parent().map(std::fs::remove_dir_all);
            }
            store::Place::Schema { url, schema } => store::trial::run(url, &format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE")),
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if self.stays == Stays::Gone {
            self.clear();
        }
    }
}

/// The project's own folder.
pub fn root() -> anyhow::Result<&'static Path> {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the benchmarks lie in the project")
}

fn postgres() -> anyhow::Result<String> {
    if let Ok(url) = std::env::var(VARIABLE) {
        return Ok(url);
    }
    let said = Command::new(root()?.join("scripts/postgres")).output().context("scripts/postgres cannot be started")?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let url = said
        .split_once(VARIABLE)
        .and_then(|(_, rest)| rest.trim_start_matches('=').split(['\'', '"', '\n']).find(|part| part.contains("://")));
    url.map(str::to_owned).context("scripts/postgres did not say where it listens")
}
