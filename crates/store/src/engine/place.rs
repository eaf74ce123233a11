//! Where an organisation's store stands.

use std::fmt;
use std::path::PathBuf;

/// One organisation is one of these.
#[derive(Clone)]
pub enum Place {
    /// A SQLite file.
    File(PathBuf),
    /// SQLite in memory: gone when the store is closed.
    Memory,
    /// A schema of a PostgreSQL database. `sslmode=require` in the address means TLS with a verified certificate.
    Schema { url: String, schema: String },
}

impl fmt::Debug for Place {
    /// The address holds a password.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(path) => out.debug_tuple("File").field(path).finish(),
            Self::Memory => out.write_str("Memory"),
            Self::Schema { schema, .. } => out.debug_struct("Schema").field("url", &"***").field("schema", schema).finish(),
        }
    }
}

/// Which database stands behind a store.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Engine {
    Sqlite,
    Postgres,
}
