//! Twilio's own library, from the npm registry: it signs as Twilio does and has never heard of us.

use std::io::{BufRead, BufReader, Write};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};
use std::sync::{Mutex, OnceLock};

use serde_json::{Map, Value, json};

/// Ends with the trial: it lives as long as its standard input.
struct Library {
    _process: Child,
    asked: ChildStdin,
    answered: BufReader<ChildStdout>,
}

impl Library {
    fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../trials/twilio-peer.mjs");
        let mut process = Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs the library: `./check machine` installs it");
        let (asked, answered) = (process.stdin.take().expect("piped"), process.stdout.take().expect("piped"));
        Self { _process: process, asked, answered: BufReader::new(answered) }
    }

    fn ask(&mut self, question: &Value) -> Value {
        writeln!(self.asked, "{question}").expect("the library reads");
        let mut line = String::new();
        self.answered.read_line(&mut line).expect("the library answers");
        serde_json::from_str(&line).expect("the library is there once `npm ci` has run in trials/")
    }
}

/// What Twilio shows of a call with these fields at this address.
pub fn signature(token: &str, url: &str, fields: &[(&str, &str)]) -> String {
    static LIBRARY: OnceLock<Mutex<Library>> = OnceLock::new();
    let params: Map<String, Value> = fields.iter().map(|(name, value)| ((*name).to_owned(), Value::from(*value))).collect();
    let question = json!({ "url": url, "token": token, "params": params });
    let answer = LIBRARY.get_or_init(|| Mutex::new(Library::start())).lock().unwrap().ask(&question);
    answer["signature"].as_str().expect("a signature").to_owned()
}
