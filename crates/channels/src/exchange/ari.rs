//! Asterisk's REST interface: events as JSON over a WebSocket. Its events name channels, not calls, so the line remembers which
//! channels a call began with and passes on what is told of these alone: the legs of colleagues tell nothing new.

use std::collections::BTreeSet;

use serde_json::Value;

use super::websocket::{Heard, Socket, key, written};
use super::{Manner, Step, basic};

/// Under this name the line is seen at the exchange.
pub const APP: &str = "caredesk";
/// Before the name of a channel that we have asked for.
pub const OURS: &str = "caredesk-";
/// More than an exchange of a clinic has at once; the oldest names go first.
const MOST_CALLS: usize = 2_000;
const PONG: u8 = 0xA;
const PING: u8 = 0x9;

pub struct Session {
    socket: Socket,
    calls: BTreeSet<String>,
}

impl Session {
    pub fn begin(manner: &Manner) -> (Self, Vec<Step>) {
        let proof = basic(&manner.user, &manner.password);
        let asked = format!(
            "GET /ari/events?app={APP}&subscribeAll=true HTTP/1.1\r\nHost: {}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Key: {}\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Protocol: ari\r\nAuthorization: {proof}\r\n\r\n",
            manner.host,
            key(manner.nonce),
        );
        let session = Self { socket: Socket::begin(manner.nonce), calls: BTreeSet::new() };
        (session, vec![Step::Say(asked.into_bytes())])
    }

    pub fn received(&mut self, octets: &[u8]) -> Vec<Step> {
        let heard = self.socket.received(octets);
        heard.into_iter().filter_map(|heard| self.heard(heard)).collect()
    }

    fn heard(&mut self, heard: Heard) -> Option<Step> {
        Some(match heard {
            Heard::Open { server } => Step::LetIn { name: server },
            Heard::Refused(401 | 403) => Step::NotLetIn,
            Heard::Refused(_) | Heard::Closed => Step::Over,
            Heard::Ping(payload) => Step::Say(written(PONG, &payload)),
            Heard::Text(text) => return self.passes(&text).then_some(Step::Told(text)),
        })
    }

    /// Whether it tells of a call that is known, or of a new one.
    fn passes(&mut self, text: &str) -> bool {
        let Ok(event) = serde_json::from_str::<Value>(text) else { return false };
        let id = |channel: &Value| channel["id"].as_str().unwrap_or_default().to_owned();
        match event["type"].as_str() {
            Some("ChannelCreated" | "StasisStart") if begins(&event["channel"]) => {
                while self.calls.len() >= MOST_CALLS {
                    self.calls.pop_first();
                }
                self.calls.insert(id(&event["channel"]));
                true
            }
            Some("Dial") => event["dialstatus"] == "ANSWER" && self.calls.contains(&id(&event["caller"])),
            Some("ChannelDestroyed") => self.calls.remove(&id(&event["channel"])),
            _ => false,
        }
    }
}

/// Asks whether the exchange is still there.
pub fn ping() -> Vec<Step> {
    vec![Step::Say(written(PING, b"caredesk"))]
}

/// Whoever has dialled rings; the telephones that are rung for them are 'Ringing'.
fn begins(channel: &Value) -> bool {
    channel["state"] == "Ring" || channel["id"].as_str().is_some_and(|id| id.starts_with(OURS))
}
