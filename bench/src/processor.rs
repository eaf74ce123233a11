//! Seconds of processor time: of this program, and of the PostgreSQL that it works with on the same machine.

use std::fs;

use store::Store;

/// Linux counts them in hundredths.
const TICKS: f64 = 100.0;

pub struct Processor {
    /// The process from which PostgreSQL's others come.
    server: Option<u32>,
}

impl Processor {
    /// Of this program and of the server behind the store, if it has one and it is here.
    pub async fn of(store: &Store) -> Self {
        let backend = store::trial::backend(store).await;
        Self { server: backend.and_then(|backend| parent(&backend.to_string())) }
    }

    /// So far. Others who use the same server are counted too.
    pub fn seconds(&self) -> f64 {
        let others = fs::read_dir("/proc").into_iter().flatten().flatten().filter_map(|entry| entry.file_name().into_string().ok());
        let server: f64 = others.filter(|id| self.is_of_the_server(id)).map(|id| ticks(&id)).sum();
        (ticks("self") + server) / TICKS
    }

    fn is_of_the_server(&self, id: &str) -> bool {
        self.server
            .is_some_and(|server| id.parse() == Ok(server) || (id.bytes().all(|byte| byte.is_ascii_digit()) && parent(id) == Some(server)))
    }
}

/// What stands behind the name of a process, from its state on.
fn fields(id: &str) -> Vec<String> {
    let line = fs::read_to_string(format!("/proc/{id}/stat")).unwrap_or_default();
    line.rsplit(')').next().unwrap_or_default().split_whitespace().map(str::to_owned).collect()
}

fn parent(id: &str) -> Option<u32> {
    fields(id).get(1)?.parse().ok()
}

/// Its own, and those of the children it has seen end.
fn ticks(id: &str) -> f64 {
    fields(id).iter().skip(11).take(4).filter_map(|field| field.parse::<f64>().ok()).sum()
}
