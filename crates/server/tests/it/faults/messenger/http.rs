//! The messenger as a house that is spoken to over HTTP: Telegram, WhatsApp.

use std::io;

use serde_json::{Value, json};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::super::houses::House;
use super::super::moods::Mood;
use super::super::phones::Shown;
use super::{Brought, DROP, NEVER, Room};

pub async fn talk(mut stream: TcpStream, room: &Room) -> io::Result<()> {
    let mut read = Vec::new();
    while let Some(head) = head(&mut stream, &mut read).await? {
        if room.turns_away() {
            stream.set_zero_linger()?;
            return Ok(());
        }
        let method = head.path.rsplit('/').next().unwrap_or_default().to_owned();
        let body = body(&mut stream, &mut read, head.length).await?;
        if !matches!(method.as_str(), "sendMessage" | "messages") {
            answer(&mut stream, "200 OK", &json!({ "ok": true, "result": result_of(&method) }).to_string()).await?;
            continue;
        }
        let letter: Value = serde_json::from_slice(&body).map_err(io::Error::other)?;
        let (mood, shown) = room.take(brought(room.house, &letter));
        respond(&mut stream, (room.house, mood), &shown).await?;
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

fn brought(house: House, letter: &Value) -> Brought {
    let text = |value: &Value| value.as_str().expect("a text").to_owned();
    if house == House::Telegram {
        return Brought { chat: letter["chat_id"].as_i64().expect("a chat"), text: text(&letter["text"]), named: String::new() };
    }
    let named = text(&letter["biz_opaque_callback_data"]);
    Brought { chat: text(&letter["to"]).parse().expect("a number"), text: text(&letter["text"]["body"]), named }
}

/// How the house calls a message.
pub fn name(shown: &Shown) -> String {
    format!("wamid.out:{}", shown.message)
}

/// In the words of the house: it was taken; something went wrong; you are too fast; never.
struct Words {
    taken: String,
    failed: String,
    too_fast: String,
    refused: String,
}

fn words(house: House, shown: &Shown) -> Words {
    let telegram = |code: i64, why: &str| json!({ "ok": false, "error_code": code, "description": why });
    let whatsapp = |code: i64, why: &str| json!({ "error": { "message": why, "type": "OAuthException", "code": code } });
    let words = match house {
        House::Telegram => {
            let chat = json!({ "id": shown.chat, "type": "private" });
            let mut too_fast = telegram(429, "Too Many Requests: retry after 1");
            too_fast["parameters"] = json!({ "retry_after": 1 });
            let taken = json!({ "ok": true, "result": { "message_id": shown.message, "chat": chat, "date": shown.at.as_seconds() } });
            [taken, telegram(500, "Internal Server Error"), too_fast, telegram(400, "Bad Request: message is not allowed")]
        }
        House::Whatsapp | House::Centre | House::Mail => {
            let contact = json!({ "input": shown.chat.to_string(), "wa_id": shown.chat.to_string() });
            let message = json!({ "id": name(shown) });
            [
                json!({ "messaging_product": "whatsapp", "contacts": [contact], "messages": [message] }),
                whatsapp(131_000, "(#131000) Something went wrong"),
                whatsapp(130_429, "(#130429) Rate limit hit"),
                whatsapp(131_049, "(#131049) Not delivered to maintain a healthy ecosystem"),
            ]
        }
    };
    let [taken, failed, too_fast, refused] = words.map(|word| word.to_string());
    Words { taken, failed, too_fast, refused }
}

async fn respond(stream: &mut TcpStream, (house, mood): (House, Mood), shown: &Shown) -> io::Result<()> {
    let Words { taken, failed, too_fast, refused } = words(house, shown);
    match mood {
        Mood::Takes | Mood::RepeatsNumber | Mood::Returns => answer(stream, "200 OK", &taken).await,
        Mood::TakesAndFails | Mood::Fails => answer(stream, "500 Internal Server Error", &failed).await,
        Mood::TooFast => answer(stream, "429 Too Many Requests\r\nRetry-After: 1", &too_fast).await,
        Mood::Refuses => answer(stream, "400 Bad Request", &refused).await,
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
        Mood::Drips => drip(stream, page("200 OK", &taken).as_bytes()).await,
    }
}

/// A few bytes at a time.
pub async fn drip(stream: &mut TcpStream, bytes: &[u8]) -> io::Result<()> {
    for drop in bytes.chunks(8) {
        stream.write_all(drop).await?;
        stream.flush().await?;
        tokio::time::sleep(DROP).await;
    }
    Ok(())
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
