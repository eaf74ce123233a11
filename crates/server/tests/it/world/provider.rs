//! Telegram, a mail server and a provider of text messages, as far as a story needs them: they answer as the real ones do, keep what they were given,
//! and fail when a story wants them to.

use std::collections::VecDeque;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};

use channels::{Answer, Body, HttpLetter, Letter, MailStage, NotSent};
use desk::wire::Wire;
use futures_util::future::BoxFuture;
use kernel::{Clock, HandClock, Timestamp, Zone};
use serde_json::{Value, json};

use super::Account;
use super::people::EVERYBODY;

pub struct Provider {
    clock: Arc<HandClock>,
    zone: Zone,
    sent: Mutex<Vec<Sent>>,
    troubles: Mutex<VecDeque<Trouble>>,
    /// Taps that were answered: no wheel turns on the patient's screen.
    acknowledged: Mutex<Vec<String>>,
    witness: Mutex<Option<Witness>>,
    tells_prices: AtomicBool,
    /// Nothing is left on the account for text messages.
    is_empty: AtomicBool,
    /// What the name servers say of any name. None: they do not answer.
    published: Mutex<Option<Vec<String>>>,
}

/// Is told every text that leaves, before it is answered.
type Witness = Box<dyn Fn(&str) + Send>;

/// What goes wrong with the next letters, one each.
#[derive(Debug, Clone, Copy)]
pub enum Trouble {
    /// 403: the patient has blocked the bot.
    Blocked,
    /// 429, with the seconds to wait.
    TooFast(u64),
    /// The wire falls silent after the letter has left; it did arrive.
    Silence,
    /// 400 that nothing will mend.
    Refused,
    /// 550: of a mail.
    NoSuchMailbox,
}

/// What a patient sees.
#[derive(Debug, Clone)]
pub struct Sent {
    pub at: Timestamp,
    pub to: String,
    /// The account, on Telegram.
    pub chat: Option<i64>,
    pub message_id: i64,
    pub text: String,
    /// Label and what a tap sends back.
    pub buttons: Vec<(String, String)>,
}

impl Sent {
    pub fn data_of(&self, label: &str) -> Option<String> {
        self.buttons.iter().find(|(known, _)| known == label).map(|(_, data)| data.clone())
    }
}

impl Provider {
    pub fn new(clock: Arc<HandClock>, zone: Zone) -> Self {
        Self {
            clock,
            zone,
            sent: Mutex::default(),
            troubles: Mutex::default(),
            acknowledged: Mutex::default(),
            witness: Mutex::default(),
            tells_prices: AtomicBool::new(true),
            is_empty: AtomicBool::new(false),
            published: Mutex::default(),
        }
    }

    pub fn fails(&self, trouble: Trouble) {
        self.troubles.lock().unwrap().push_back(trouble);
    }

    /// The provider of text messages takes nothing until it is paid.
    pub fn has_no_money(&self) {
        self.is_empty.store(true, Ordering::Relaxed);
    }

    pub fn has_money(&self) {
        self.is_empty.store(false, Ordering::Relaxed);
    }

    /// What a domain has published from now on.
    pub fn publishes(&self, texts: Option<&[&str]>) {
        *self.published.lock().unwrap() = texts.map(|texts| texts.iter().map(|text| (*text).to_owned()).collect());
    }

    /// The provider of text messages says no more what they cost.
    pub fn tells_no_price(&self) {
        self.tells_prices.store(false, Ordering::Relaxed);
    }

    /// As SMSC.ru answers.
    fn text_message(&self, fields: &[(&'static str, String)]) -> Answer {
        if self.is_empty.load(Ordering::Relaxed) {
            return http(200, &json!({ "error": "no money", "error_code": 3 }));
        }
        let field = |name: &str| fields.iter().find(|(known, _)| *known == name).map(|(_, value)| value.clone()).unwrap_or_default();
        let id = self.keep((format!("+{} by text", field("phones")), None), field("mes"), vec![]);
        let mut answer = json!({ "id": 4_000 + id, "cnt": 1 });
        if self.tells_prices.load(Ordering::Relaxed) {
            answer["cost"] = json!("3.20");
        }
        http(200, &answer)
    }

    /// From now on, whatever leaves is told first.
    pub fn before(&self, witness: impl Fn(&str) + Send + 'static) {
        *self.witness.lock().unwrap() = Some(Box::new(witness));
    }

    pub fn sent(&self) -> Vec<Sent> {
        self.sent.lock().unwrap().clone()
    }

    pub fn sent_to(&self, who: Account) -> Vec<Sent> {
        self.sent().into_iter().filter(|sent| sent.chat == Some(who.id)).collect()
    }

    pub fn newest_with(&self, who: Account, label: &str) -> Option<Sent> {
        self.sent_to(who).into_iter().rev().find(|sent| sent.data_of(label).is_some())
    }

    pub fn acknowledged(&self) -> usize {
        self.acknowledged.lock().unwrap().len()
    }

    /// Time, reader, text and buttons, as a patient sees them.
    pub fn shown(&self, sent: &Sent) -> String {
        let wall = sent.at.in_zone(&self.zone).strftime("%a %d %b %H:%M");
        let text = sent.text.replace('\n', "\n  ");
        let buttons: Vec<String> = sent.buttons.iter().map(|(label, _)| format!("[{label}]")).collect();
        let buttons = if buttons.is_empty() { String::new() } else { format!("\n  {}", buttons.join(" ")) };
        format!("{wall}, {}\n  {text}{buttons}", sent.to)
    }

    fn keep(&self, (to, chat): (String, Option<i64>), text: String, buttons: Vec<(String, String)>) -> i64 {
        if let Some(witness) = &*self.witness.lock().unwrap() {
            witness(&text);
        }
        let mut sent = self.sent.lock().unwrap();
        let message_id = 1 + i64::try_from(sent.len()).unwrap();
        sent.push(Sent { at: self.clock.now(), to, chat, message_id, text, buttons });
        message_id
    }

    fn telegram(&self, letter: &HttpLetter) -> Answer {
        let url = letter.url.expose();
        let method = url.rsplit('/').next().unwrap_or_default();
        let call = arguments(&letter.body);
        if method == "answerCallbackQuery" {
            self.acknowledged.lock().unwrap().push(call["callback_query_id"].to_string());
            return http(200, &json!({ "ok": true, "result": true }));
        }
        assert!(matches!(method, "sendMessage" | "sendDocument"), "an unknown method: {method}");
        let chat = call["chat_id"].as_i64().or_else(|| call["chat_id"].as_str()?.parse().ok()).expect("a chat");
        let trouble = self.troubles.lock().unwrap().pop_front();
        let refused = |code: u16, sentence: &str, more: Value| {
            http(code, &json!({ "ok": false, "error_code": code, "description": sentence, "parameters": more }))
        };
        match trouble {
            Some(Trouble::Blocked) => return refused(403, "Forbidden: bot was blocked by the user", json!({})),
            Some(Trouble::TooFast(seconds)) => {
                return refused(429, "Too Many Requests: retry later", json!({ "retry_after": seconds }));
            }
            Some(Trouble::Refused) => return refused(400, "Bad Request: chat not found", json!({})),
            Some(Trouble::NoSuchMailbox) => panic!("not of a messenger"),
            Some(Trouble::Silence) | None => {}
        }
        let known = EVERYBODY.iter().find(|account| account.id == chat).map(|account| account.name.to_owned());
        let name = known.unwrap_or_else(|| chat.to_string());
        let text = call["text"].as_str().or(call["caption"].as_str()).unwrap_or_default().to_owned();
        let text = if method == "sendDocument" { format!("{text}\n(visit.ics)") } else { text };
        let message_id = self.keep((format!("{name} on Telegram"), Some(chat)), text, keys(&call["reply_markup"]));
        if trouble.is_some() {
            return Answer::Broken;
        }
        let chat = json!({ "id": chat, "type": "private" });
        http(200, &json!({ "ok": true, "result": { "message_id": message_id, "chat": chat, "date": 0 } }))
    }
}

impl Wire for Provider {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        let answer = match letter {
            Letter::Http(HttpLetter { body: Body::Form(fields), url, .. }) if url.expose().ends_with("/sys/send.php") => {
                self.text_message(fields)
            }
            Letter::Http(letter) => self.telegram(letter),
            Letter::Mail(_)
                if self.troubles.lock().unwrap().pop_front_if(|trouble| matches!(trouble, Trouble::NoSuchMailbox)).is_some() =>
            {
                Answer::Mail { stage: MailStage::Recipient, code: 550, text: "5.1.1 no such user".to_owned() }
            }
            Letter::Mail(mail) => {
                let data = String::from_utf8_lossy(&mail.data);
                let subject = data.lines().find_map(|line| line.strip_prefix("Subject: ")).unwrap_or_default();
                self.keep((format!("{} by mail", mail.recipient), None), subject.to_owned(), vec![]);
                Answer::Mail { stage: MailStage::Dot, code: 250, text: "2.0.0 taken".to_owned() }
            }
            Letter::MailCheck(_) => Answer::Mail { stage: MailStage::Check, code: 250, text: String::new() },
            Letter::Mailbox(_) | Letter::Centre(_) | Letter::Exchange(_) => Answer::NotSent(NotSent::Unreachable),
            Letter::Internal { id } => Answer::Internal { id: id.clone() },
        };
        Box::pin(std::future::ready(answer))
    }

    fn text_records<'a>(&'a self, _name: &'a str) -> BoxFuture<'a, Option<Vec<String>>> {
        Box::pin(std::future::ready(self.published.lock().unwrap().clone()))
    }
}

fn http(status: u16, body: &Value) -> Answer {
    Answer::Http { status, headers: vec![], body: body.to_string().into_bytes() }
}

/// Of a body in JSON or in parts.
fn arguments(body: &Body) -> Value {
    match body {
        Body::Json(text) => serde_json::from_str(text).expect("JSON"),
        Body::Multipart(parts) => {
            let field = |content: &[u8]| String::from_utf8_lossy(content).into_owned();
            let read = |name: &str, text: String| match name {
                "reply_markup" => serde_json::from_str(&text).expect("JSON"),
                _ => Value::String(text),
            };
            parts.iter().map(|part| (part.name.to_owned(), read(part.name, field(&part.content)))).collect()
        }
        Body::Empty | Body::Form(_) => json!({}),
    }
}

fn keys(markup: &Value) -> Vec<(String, String)> {
    let rows = markup["inline_keyboard"].as_array().or(markup["keyboard"].as_array()).into_iter().flatten();
    let keys = rows.flat_map(|row| row.as_array().into_iter().flatten());
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    keys.map(|key| (text(&key["text"]), text(&key["callback_data"]))).collect()
}
