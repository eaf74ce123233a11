//! An operator's SMS centre over SMPP: a simulator from the npm registry, that has never heard of us. Written to, answered,
//! told what became of it under another name, refused, out of breath, and gone in the middle of a message.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use clinic::actors::Channel;
use desk::loops::poll_once;
use serde_json::{Value, json};

use super::provider::Provider;
use super::{ANSWER, Line, words};
use crate::world::told;

const ZOLTAN: &str = "tel:+36309876543";
const TOO_FAST: u32 = 0x58;
const NO_SUCH_NUMBER: u32 = 0x0B;

/// Ends with the value: the centre lives as long as its standard input.
struct Centre {
    process: Child,
    port: u64,
    desk: String,
}

impl Centre {
    fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../trials/smpp-peer.mjs");
        let mut process = Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs the SMS centre: `./check machine` installs it");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output is piped");
        BufReader::new(output).read_line(&mut line).expect("its first line can be read");
        let started: Value = serde_json::from_str(&line).expect("the centre starts once `npm ci` has run in trials/");
        let desk = started["url"].as_str().expect("where its telephones are").trim_start_matches("http://").to_owned();
        Self { process, port: started["port"].as_u64().expect("where it speaks SMPP"), desk }
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let body = body.to_string();
        let length = body.len();
        let head = format!("POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n");
        let mut stream = TcpStream::connect(&self.desk).expect("the centre listens");
        stream.write_all((head + &body).as_bytes()).expect("the centre reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the centre answers");
        let (_, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        // in one piece or in chunks, it is one line of JSON
        let json = body.lines().find(|line| line.starts_with('{')).expect("JSON");
        serde_json::from_str(json).expect("JSON")
    }

    fn telephone_writes(&self, content: &Value) {
        let mut said = json!({ "from": "36309876543", "to": "61234" });
        said.as_object_mut().expect("made above").extend(content.as_object().expect("content").clone());
        self.post("/say", &said);
    }

    fn seen(&self) -> Vec<Value> {
        self.post("/seen", &json!({}))["seen"].as_array().expect("a list").clone()
    }

    fn unacknowledged(&self) -> u64 {
        self.post("/seen", &json!({}))["waiting"].as_u64().expect("a number")
    }
}

impl Drop for Centre {
    fn drop(&mut self) {
        drop(self.process.stdin.take());
        self.process.wait().ok();
    }
}

/// Listens until something has come.
async fn listens(line: &Line) {
    assert_eq!(poll_once(&line.world.desk, &*line.wire, line.account).await.unwrap(), None);
}

#[test]
fn text_messages_go_both_ways_over_a_centre_that_was_not_written_here() {
    for binding in ["one", "pair"] {
        told(async move |world| {
            let centre = Centre::start();
            let port = centre.port.to_string();
            let fields = [
                ("provider", "smpp"),
                ("host", "127.0.0.1"),
                ("port", &port),
                ("security", "none"),
                ("binding", binding),
                ("user", "clinic7"),
                ("key", "s3cretpw"),
                ("sender", "Mosoly"),
            ];
            let mut line = Line::connected(world, Channel::Sms, Provider::open(|_| None).await, &fields).await;
            assert!(line.tries("06 30 987 6543").await.contains("was sent"));
            let trial = centre.seen().remove(0);
            assert_eq!((trial["from"].as_str(), trial["to"].as_str()), (Some("Mosoly"), Some("36309876543")));

            centre.telephone_writes(&json!({ "text": "Is there an hour on Friday? {€}" }));
            listens(&line).await;
            assert!(line.heard(ZOLTAN).await == [words("Is there an hour on Friday? {€}")]);
            assert_eq!(centre.unacknowledged(), 1, "only what the place to go on from names is acknowledged");

            let message = line.answers(ZOLTAN).await;
            assert_eq!(centre.seen().last().unwrap()["text"], ANSWER);
            line.expect(&message, "sent").await;
            centre.post("/receipt", &json!({ "stat": "DELIVRD", "in": "decimal" }));
            listens(&line).await;
            line.expect(&message, "delivered").await;
            assert_eq!(centre.unacknowledged(), 1);

            // in three parts, as telephones send them
            centre.telephone_writes(&json!({ "parts": ["I need ", "a long ", "time"] }));
            while line.heard(ZOLTAN).await.len() < 2 {
                listens(&line).await;
            }
            assert!(line.heard(ZOLTAN).await[1] == words("I need a long time"));

            centre.post("/mood", &json!({ "status": NO_SUCH_NUMBER }));
            line.expect(&line.answers(ZOLTAN).await, "failed").await;
            centre.post("/mood", &json!({ "status": TOO_FAST }));
            let later = line.answers(ZOLTAN).await;
            line.world.pass(Duration::from_secs(30));
            line.goes().await;
            line.expect(&later, "sent").await;

            // it hangs up with a message in its hand: nobody says it again
            let before = centre.seen().len();
            centre.post("/mood", &json!({ "hangs_up": true }));
            let doubted = line.answers(ZOLTAN).await;
            line.expect(&doubted, "in doubt").await;
            centre.telephone_writes(&json!({ "text": "Are you there?" }));
            while line.heard(ZOLTAN).await.len() < 3 {
                listens(&line).await;
            }
            line.goes().await;
            assert_eq!((centre.seen().len(), line.heard(ZOLTAN).await.len()), (before + 1, 3));
            line.expect(&doubted, "in doubt").await;
            // the line stands again
            let after = line.answers(ZOLTAN).await;
            line.expect(&after, "sent").await;
            centre.post("/receipt", &json!({ "stat": "UNDELIV", "in": "hexadecimal" }));
            listens(&line).await;
            line.expect(&after, "failed").await;
        });
    }
}
