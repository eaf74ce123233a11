//! A messenger on its worst day: Telegram's protocol on loopback, on a thread of its own. What it shows on phones is
//! written down before it answers, and how it answers is drawn by lot from a seed.

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use kernel::{Clock, Timestamp};
use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use super::moods::{Fate, Mood, Weather};
use super::phones::{Phones, Shown};

/// Longer than any sender is patient.
const NEVER: Duration = Duration::from_mins(10);
/// Between two drops of a slow answer.
const DROP: Duration = Duration::from_millis(1);

/// Runs until it is dropped.
pub struct Messenger {
    /// What stands in the channel's settings instead of Telegram's own address.
    pub base_url: String,
    room: Arc<Room>,
    over: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Room {
    clock: Arc<dyn Clock>,
    weather: Mutex<Weather>,
    desk: Mutex<Counter>,
    /// Requests so far.
    arrived: AtomicU64,
}

/// What one letter at a time is done with.
struct Counter {
    phones: Phones,
    /// How often each letter was brought.
    brought: HashMap<(i64, String), u32>,
    last: i64,
    /// One for each letter that was read.
    met: Vec<Mood>,
}

impl Messenger {
    pub fn open(folder: &Path, clock: Arc<dyn Clock>, weather: Weather) -> Self {
        let phones = Phones::open(&folder.join("phones.log"));
        let last = phones.shown().iter().map(|shown| shown.message).max().unwrap_or(0);
        let desk = Mutex::new(Counter { phones, brought: HashMap::new(), last, met: Vec::new() });
        let room = Arc::new(Room { clock, weather: Mutex::new(weather), desk, arrived: AtomicU64::new(0) });
        let (over, closing) = oneshot::channel::<()>();
        let (ready, opened) = std::sync::mpsc::channel::<SocketAddr>();
        let serving = Arc::clone(&room);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
                ready.send(listener.local_addr().expect("its address")).expect("somebody waits for the address");
                tokio::select! {
                    () = serve(listener, serving) => {}
                    _ = closing => {}
                }
            });
        });
        let address = opened.recv().expect("the messenger opens");
        Self { base_url: format!("http://{address}"), room, over: Some(over), thread: Some(thread) }
    }

    /// From the next letter on.
    pub fn set_weather(&self, weather: Weather) {
        *self.room.weather.lock().unwrap() = weather;
    }

    /// Everything on the phones.
    pub fn shown(&self) -> Vec<Shown> {
        self.room.desk.lock().unwrap().phones.shown()
    }

    /// Letters brought so far, repeats included.
    pub fn brought(&self) -> u32 {
        self.room.desk.lock().unwrap().brought.values().sum()
    }

    /// How many letters met this mood.
    pub fn met(&self, mood: Mood) -> usize {
        self.room.desk.lock().unwrap().met.iter().filter(|met| **met == mood).count()
    }
}

impl Drop for Messenger {
    fn drop(&mut self) {
        drop(self.over.take());
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

async fn serve(listener: TcpListener, room: Arc<Room>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        let room = Arc::clone(&room);
        // a sender that has gone away, or was killed, is its own affair
        tokio::spawn(async move { talk(stream, &room).await.ok() });
    }
}

/// One connection, which may bring several letters.
async fn talk(mut stream: TcpStream, room: &Room) -> io::Result<()> {
    let mut read = Vec::new();
    while let Some(head) = head(&mut stream, &mut read).await? {
        if room.turns_away() {
            stream.set_zero_linger()?;
            return Ok(());
        }
        let method = head.path.rsplit('/').next().unwrap_or_default().to_owned();
        if method != "sendMessage" {
            body(&mut stream, &mut read, head.length).await?;
            answer(&mut stream, "200 OK", &json!({ "ok": true, "result": result_of(&method) }).to_string()).await?;
            continue;
        }
        let letter = body(&mut stream, &mut read, head.length).await?;
        let letter: Value = serde_json::from_slice(&letter).map_err(io::Error::other)?;
        let (mood, shown) = room.take(&letter);
        respond(&mut stream, mood, &shown).await?;
    }
    Ok(())
}

fn result_of(method: &str) -> Value {
    match method {
        "getMe" => json!({ "id": 1, "is_bot": true, "first_name": "Mosoly", "username": "mosoly_bot" }),
        "getUpdates" => json!([]),
        _ => json!(true),
    }
}

impl Room {
    /// Whether this letter is not even read.
    fn turns_away(&self) -> bool {
        let arrived = self.arrived.fetch_add(1, Ordering::Relaxed);
        self.weather.lock().unwrap().turns_away(arrived)
    }

    /// Draws the lot and, where it says so, shows the letter.
    fn take(&self, letter: &Value) -> (Mood, Shown) {
        let chat = letter["chat_id"].as_i64().expect("a chat");
        let text = letter["text"].as_str().expect("a text").to_owned();
        let mut desk = self.desk.lock().unwrap();
        let times = desk.brought.entry((chat, text.clone())).or_insert(0);
        *times += 1;
        let mood = self.weather.lock().unwrap().mood(chat, &text, *times);
        desk.last += 1;
        desk.met.push(mood);
        let mut shown = Shown { chat, message: desk.last, text, at: self.now() };
        if mood.fate() == Fate::Shown {
            desk.phones.show(&shown);
        }
        if mood == Mood::RepeatsNumber {
            shown.message = (shown.message - 1).max(1);
        }
        (mood, shown)
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}

async fn respond(stream: &mut TcpStream, mood: Mood, shown: &Shown) -> io::Result<()> {
    let chat = json!({ "id": shown.chat, "type": "private" });
    let taken = json!({ "ok": true, "result": { "message_id": shown.message, "chat": chat, "date": shown.at.as_seconds() } }).to_string();
    let failed = json!({ "ok": false, "error_code": 500, "description": "Internal Server Error" }).to_string();
    match mood {
        Mood::Takes | Mood::RepeatsNumber => answer(stream, "200 OK", &taken).await,
        Mood::TakesAndFails | Mood::Fails => answer(stream, "500 Internal Server Error", &failed).await,
        Mood::TooFast => {
            let body = json!({ "ok": false, "error_code": 429, "description": "Too Many Requests: retry after 1",
                "parameters": { "retry_after": 1 } });
            answer(stream, "429 Too Many Requests\r\nRetry-After: 1", &body.to_string()).await
        }
        Mood::TakesInSilence => {
            stream.shutdown().await?;
            Err(io::ErrorKind::ConnectionAborted.into())
        }
        Mood::TakesAndHangs | Mood::Hangs => {
            tokio::time::sleep(NEVER).await;
            Err(io::ErrorKind::TimedOut.into())
        }
        Mood::ResetsRead | Mood::TakesAndResets => {
            stream.set_zero_linger()?;
            Err(io::ErrorKind::ConnectionReset.into())
        }
        Mood::HalfAnswers => {
            let whole = page("200 OK", &taken);
            stream.write_all(&whole.as_bytes()[..whole.len() - taken.len() / 2]).await?;
            stream.shutdown().await?;
            Err(io::ErrorKind::ConnectionAborted.into())
        }
        Mood::TakesInGarbage => answer(stream, "200 OK", "\u{1}\u{2}{{{ok:yes").await,
        Mood::Page => answer(stream, "200 OK", "<!doctype html><title>Welcome to the Wi-Fi of the airport</title>").await,
        Mood::TakesInEmptiness => answer(stream, "200 OK", "").await,
        Mood::Drips => {
            for drop in page("200 OK", &taken).as_bytes().chunks(8) {
                stream.write_all(drop).await?;
                stream.flush().await?;
                tokio::time::sleep(DROP).await;
            }
            Ok(())
        }
    }
}

struct Head {
    path: String,
    length: usize,
}

/// The next request's head; nothing when the sender has ended the connection.
async fn head(stream: &mut TcpStream, read: &mut Vec<u8>) -> io::Result<Option<Head>> {
    loop {
        if let Some(end) = read.windows(4).position(|four| four == b"\r\n\r\n") {
            let text = String::from_utf8_lossy(&read[..end]).into_owned();
            read.drain(..end + 4);
            let path = text.split(' ').nth(1).unwrap_or_default().to_owned();
            let length = text.lines().filter_map(|line| line.split_once(':')).find(|(name, _)| name.eq_ignore_ascii_case("content-length"));
            let length = length.and_then(|(_, value)| value.trim().parse().ok()).unwrap_or(0);
            return Ok(Some(Head { path, length }));
        }
        if stream.read_buf(read).await? == 0 {
            return Ok(None);
        }
    }
}

async fn body(stream: &mut TcpStream, read: &mut Vec<u8>, length: usize) -> io::Result<Vec<u8>> {
    while read.len() < length {
        if stream.read_buf(read).await? == 0 {
            return Err(io::ErrorKind::UnexpectedEof.into());
        }
    }
    Ok(read.drain(..length).collect())
}

async fn answer(stream: &mut TcpStream, status: &str, body: &str) -> io::Result<()> {
    stream.write_all(page(status, body).as_bytes()).await
}

fn page(status: &str, body: &str) -> String {
    format!("HTTP/1.1 {status}\r\nContent-Type: application/json\r\nContent-Length: {}\r\n\r\n{body}", body.len())
}
