//! Telegram as a patient holds it: the test server of `trials/telegram-peer.mjs` in a process of its own, and what an
//! account does with it. Our program talks to the same address as a bot, so that a story passes through the real protocol.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

use serde_json::{Value, json};

/// Ends with the value: the peer lives as long as its standard input.
pub struct Telegram {
    process: Child,
    /// What stands in the channel's settings instead of Telegram's own address.
    pub base_url: String,
}

/// One patient's account, as the bot with this token meets it.
pub struct Account {
    pub token: &'static str,
    pub id: i64,
    pub first_name: &'static str,
}

/// What the bot wrote to an account.
#[derive(Debug)]
pub struct Shown {
    pub message_id: i64,
    pub text: String,
    pub buttons: Vec<Button>,
}

#[derive(Debug)]
pub struct Button {
    pub label: String,
    /// What a tap sends back; a button that opens a link sends nothing.
    pub data: Option<String>,
}

impl Telegram {
    pub fn start() -> Self {
        let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../trials/telegram-peer.mjs");
        let mut process = Command::new("node")
            .arg(script)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()
            .expect("node runs the Telegram peer: `./check machine` installs it");
        let mut line = String::new();
        let output = process.stdout.take().expect("its output is piped");
        BufReader::new(output).read_line(&mut line).expect("its first line can be read");
        let started: Value = serde_json::from_str(&line).expect("the peer starts once `npm ci` has run in trials/");
        let base_url = started["url"].as_str().expect("the address it listens on").to_owned();
        Self { process, base_url }
    }

    /// The patient writes. `at` in seconds since 1970, as Telegram says it.
    pub fn write(&self, account: &Account, at: i64, text: &str) {
        self.send(account, at, &json!({ "text": text }));
    }

    /// A message with more than words: `{"contact": {..}}`, `{"text": .., "reply_to_message": {..}}`.
    pub fn send(&self, account: &Account, at: i64, content: &Value) {
        let mut message = json!({ "botToken": account.token, "from": from(account), "chat": chat(account), "date": at });
        let fields = content.as_object().expect("content is an object");
        message.as_object_mut().expect("made above").extend(fields.clone());
        self.post("/sendMessage", &message);
    }

    /// The patient taps a button of a message that was shown.
    pub fn tap(&self, account: &Account, shown: &Shown, label: &str) {
        let button = shown.buttons.iter().find(|button| button.label == label);
        let data = button.and_then(|button| button.data.as_deref());
        let data = data.unwrap_or_else(|| panic!("no button {label:?} to tap in {shown:?}"));
        let message = json!({ "message_id": shown.message_id, "chat": chat(account), "date": 0, "text": shown.text });
        self.post("/sendCallback", &json!({ "botToken": account.token, "from": from(account), "message": message, "data": data }));
    }

    /// What the bot wrote to this account since the last look.
    pub fn look(&self, account: &Account) -> Vec<Shown> {
        let answer = self.post("/getUpdates", &json!({ "token": account.token, "chatId": account.id }));
        answer["result"].as_array().expect("a list of messages").iter().map(shown).collect()
    }

    fn post(&self, path: &str, body: &Value) -> Value {
        let body = body.to_string();
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        let address = self.base_url.trim_start_matches("http://");
        let mut stream = TcpStream::connect(address).expect("the peer listens");
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).expect("the peer reads");
        let mut answer = String::new();
        stream.read_to_string(&mut answer).expect("the peer answers");
        let (head, body) = answer.split_once("\r\n\r\n").expect("a head and a body");
        assert!(head.starts_with("HTTP/1.1 200"), "the peer refused {path}: {answer}");
        serde_json::from_str(body).expect("the peer answers in JSON")
    }
}

impl Drop for Telegram {
    fn drop(&mut self) {
        // Closing its input ends the peer by itself; waiting keeps no zombie behind.
        drop(self.process.stdin.take());
        self.process.wait().ok();
    }
}

fn from(account: &Account) -> Value {
    json!({ "id": account.id, "first_name": account.first_name, "is_bot": false })
}

fn chat(account: &Account) -> Value {
    json!({ "id": account.id, "type": "private", "first_name": account.first_name })
}

fn shown(entry: &Value) -> Shown {
    let message = &entry["message"];
    let rows = message["reply_markup"]["inline_keyboard"].as_array().into_iter().flatten();
    let buttons = rows.flat_map(|row| row.as_array().into_iter().flatten()).map(|button| Button {
        label: button["text"].as_str().unwrap_or_default().to_owned(),
        data: button["callback_data"].as_str().map(str::to_owned),
    });
    Shown {
        message_id: entry["messageId"].as_i64().expect("every message has its id"),
        text: message["text"].as_str().unwrap_or_default().to_owned(),
        buttons: buttons.collect(),
    }
}

#[test]
fn a_question_with_buttons_is_shown_and_its_tap_comes_back() {
    let telegram = Telegram::start();
    let anna = Account { token: "1000001:a-token", id: 501, first_name: "Anna" };
    let as_bot = |method: &str, body: &Value| telegram.post(&format!("/bot{}/{method}", anna.token), body);

    telegram.write(&anna, 1_795_000_000, "Здравствуйте");
    let greeting = &as_bot("getUpdates", &json!({}))["result"][0]["message"];
    assert_eq!(greeting["text"], "Здравствуйте");
    assert_eq!(greeting["from"]["id"], 501);

    let keyboard = json!({ "inline_keyboard": [[{ "text": "Confirm", "callback_data": "c:vis_1" }]] });
    as_bot("sendMessage", &json!({ "chat_id": 501, "text": "Tomorrow at 9:00", "reply_markup": keyboard }));
    let shown = telegram.look(&anna);
    assert_eq!(shown.len(), 1);
    assert_eq!(shown[0].text, "Tomorrow at 9:00");
    assert!(telegram.look(&anna).is_empty());

    telegram.tap(&anna, &shown[0], "Confirm");
    let tap = &as_bot("getUpdates", &json!({}))["result"][0]["callback_query"];
    assert_eq!(tap["data"], "c:vis_1");
    assert_eq!(tap["message"]["message_id"], shown[0].message_id);
}
