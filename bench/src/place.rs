//! A fresh store on either engine, gone when the benchmark is over.

use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::Context;
use store::{Engine, Store};

const VARIABLE: &str = "CAREDESK_TEST_POSTGRES";

pub struct Place {
    kept_in: store::Place,
    pub engine: Engine,
    folder: Option<PathBuf>,
}

impl Place {
    pub fn fresh(engine: Engine) -> anyhow::Result<Self> {
        let folder = std::env::temp_dir().join(format!("caredesk_bench_{}", std::process::id()));
        match engine {
            Engine::Sqlite => {
                // what an earlier benchmark of this run has left
                let _gone = std::fs::remove_dir_all(&folder);
                std::fs::create_dir_all(&folder)?;
                Ok(Self { kept_in: store::Place::File(folder.join("clinic.db")), engine, folder: Some(folder) })
            }
            Engine::Postgres => {
                let (url, schema) = (postgres()?, format!("bench_{}", std::process::id()));
                store::trial::run(&url, &format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE"));
                Ok(Self { kept_in: store::Place::Schema { url, schema }, engine, folder: None })
            }
        }
    }

    pub async fn store(&self) -> anyhow::Result<Store> {
        Ok(Store::open(&self.kept_in, 0).await?)
    }

    /// What PostgreSQL's housekeeper would soon do by itself: after a great deal was written it looks at the tables.
    pub fn settle(&self) {
        if let store::Place::Schema { url, .. } = &self.kept_in {
            store::trial::run(url, "VACUUM ANALYZE");
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        if let Some(folder) = &self.folder {
            let _gone = std::fs::remove_dir_all(folder);
        }
        if let store::Place::Schema { url, schema } = &self.kept_in {
            store::trial::run(url, &format!("DROP SCHEMA IF EXISTS \"{schema}\" CASCADE"));
        }
    }
}

fn postgres() -> anyhow::Result<String> {
    if let Ok(url) = std::env::var(VARIABLE) {
        return Ok(url);
    }
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("the benchmarks lie in the project")?;
    let said = Command::new(root.join("scripts/postgres")).output().context("scripts/postgres cannot be started")?;
    let said = String::from_utf8_lossy(&said.stdout).into_owned();
    let url = said
        .split_once(VARIABLE)
        .and_then(|(_, rest)| rest.trim_start_matches('=').split(['\'', '"', '\n']).find(|part| part.contains("://")));
    url.map(str::to_owned).context("scripts/postgres did not say where it listens")
}
