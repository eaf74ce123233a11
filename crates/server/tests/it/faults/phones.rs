//! What patients' phones show: the truth that our books are held against. Nothing of it comes from our program.
//!
//! A message is on its phone once its line is on disk, so what is read after any crash is what a patient would have seen.

use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use kernel::Timestamp;
use serde::{Deserialize, Serialize};

/// One message on somebody's phone.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Shown {
    pub chat: i64,
    /// The messenger's number of it within the chat.
    pub message: i64,
    pub text: String,
    /// How we call it, where the letter says so; else empty.
    pub named: String,
    pub at: Timestamp,
}

pub struct Phones {
    log: File,
    path: PathBuf,
}

impl Phones {
    /// Goes on where an earlier log has ended.
    pub fn open(path: &Path) -> Self {
        let log = OpenOptions::new().create(true).append(true).open(path).expect("the log of the phones opens");
        Self { log, path: path.to_owned() }
    }

    /// From now on the patient can see it.
    pub fn show(&mut self, shown: &Shown) {
        let mut line = serde_json::to_vec(shown).expect("a line of JSON");
        line.push(b'\n');
        self.log.write_all(&line).and_then(|()| self.log.sync_data()).expect("the log of the phones is written");
    }

    /// Everything that was ever shown, in its order.
    pub fn shown(&self) -> Vec<Shown> {
        let lines = BufReader::new(File::open(&self.path).expect("the log of the phones is there")).lines();
        lines.map(|line| serde_json::from_str(&line.expect("a whole line")).expect("a message")).collect()
    }
}

#[test]
fn what_was_shown_is_read_after_the_messenger_is_gone() {
    let folder = super::folder::Folder::new("phones");
    let path = folder.path().join("phones.log");
    let shown = |message| Shown {
        chat: 7,
        message,
        text: "Two\nlines".to_owned(),
        named: String::new(),
        at: Timestamp::from_seconds(1_795_000_000),
    };
    Phones::open(&path).show(&shown(1));
    let mut again = Phones::open(&path);
    again.show(&shown(2));
    assert_eq!(again.shown(), [shown(1), shown(2)]);
}
