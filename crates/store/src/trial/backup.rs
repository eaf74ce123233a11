//! Backups of a test's database, made and put back as people do it: a copy of the file, a dump of the schema.

use std::fs;
use std::path::PathBuf;

use super::{Room, number, run, servers};
use crate::engine::{Place, Store};

pub enum Backup {
    File(PathBuf),
    Dump(Vec<u8>),
}

/// How a copied file comes back.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Copied {
    /// Its bytes over those of the file that stands there.
    Over,
    /// The file itself, in the place of the other.
    Instead,
}

impl Backup {
    pub async fn of(room: &Room, store: &Store) -> Self {
        match room.place() {
            Place::File(_) => {
                let copy = std::env::temp_dir().join(format!("caredesk_backup_{}", number()));
                fs::remove_file(&copy).ok();
                store.copy_to(&copy).await.expect("a copy");
                // the copy is whole without its log
                Self::File(copy)
            }
            Place::Schema { url, schema } => Self::Dump(servers::dump(url, schema)),
            Place::Memory => panic!("what is in memory has no place to come back to"),
        }
    }

    /// Whoever had the database open must be gone.
    pub fn put_back(&self, room: &Room, copied: Copied) {
        match (self, room.place()) {
            (Self::File(copy), Place::File(file)) => {
                for log in ["db-wal", "db-shm"] {
                    fs::remove_file(file.with_extension(log)).ok();
                }
                if copied == Copied::Instead {
                    fs::remove_file(file).expect("the file goes");
                }
                fs::copy(copy, file).expect("the copy comes back");
            }
            (Self::Dump(dump), Place::Schema { url, schema }) => {
                run(url, &format!("DROP SCHEMA \"{schema}\" CASCADE"));
                servers::play_back(url, dump);
            }
            (Self::File(_) | Self::Dump(_), _) => panic!("a backup of another kind of database"),
        }
    }
}

impl Drop for Backup {
    fn drop(&mut self) {
        if let Self::File(copy) = self {
            fs::remove_file(copy).ok();
        }
    }
}
