//! The client's end of a WebSocket, RFC 6455: the handshake, and frames both ways. Whatever breaks the rules ends the line.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha1::{Digest, Sha1};

/// After section 1.3.
const MAGIC: &str = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
/// More than any event of an exchange.
const LONGEST: usize = 1024 * 1024;
const LONGEST_HEAD: usize = 16 * 1024;

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard {
    Open {
        server: String,
    },
    /// The status with which the handshake was refused.
    Refused(u16),
    Text(String),
    Ping(Vec<u8>),
    Closed,
}

/// What was cut from what has come.
enum Cut {
    Heard(Heard),
    /// A frame that says nothing by itself.
    Nothing,
    /// The rest of it has not come.
    NotYet,
}

pub struct Socket {
    accept: String,
    open: bool,
    buffer: Vec<u8>,
    /// The beginning of a message that comes in several frames.
    begun: Option<Vec<u8>>,
}

pub fn key(nonce: [u8; 16]) -> String {
    STANDARD.encode(nonce)
}

fn accept(key: &str) -> String {
    STANDARD.encode(Sha1::digest(format!("{key}{MAGIC}")))
}

impl Socket {
    pub fn begin(nonce: [u8; 16]) -> Self {
        Self { accept: accept(&key(nonce)), open: false, buffer: Vec::new(), begun: None }
    }

    pub fn received(&mut self, octets: &[u8]) -> Vec<Heard> {
        self.buffer.extend_from_slice(octets);
        let mut heard = Vec::new();
        if !self.open {
            match self.handshake() {
                Some(opened @ Heard::Open { .. }) => heard.push(opened),
                Some(other) => return vec![other],
                None => return heard,
            }
        }
        loop {
            match self.frame() {
                Ok(Cut::NotYet) => return heard,
                Ok(Cut::Nothing) => {}
                Ok(Cut::Heard(one)) => heard.push(one),
                Err(()) => {
                    heard.push(Heard::Closed);
                    return heard;
                }
            }
        }
    }

    fn handshake(&mut self) -> Option<Heard> {
        let end = self.buffer.windows(4).position(|window| window == b"\r\n\r\n");
        let Some(end) = end else { return (self.buffer.len() > LONGEST_HEAD).then_some(Heard::Closed) };
        let head = String::from_utf8_lossy(&self.buffer[..end]).into_owned();
        self.buffer.drain(..end + 4);
        let mut lines = head.lines();
        let status = lines.next().and_then(|line| line.split(' ').nth(1)).and_then(|status| status.parse().ok()).unwrap_or_default();
        if status != 101 {
            return Some(Heard::Refused(status));
        }
        let fields: Vec<(&str, &str)> = lines.filter_map(|line| line.split_once(':')).collect();
        let field =
            |name: &str| fields.iter().find(|(known, _)| known.trim().eq_ignore_ascii_case(name)).map_or("", |(_, value)| value.trim());
        if field("sec-websocket-accept") != self.accept {
            return Some(Heard::Closed);
        }
        self.open = true;
        Some(Heard::Open { server: field("server").chars().take(80).collect() })
    }

    /// The next whole frame, if it is there; `Err`: nothing that may follow.
    fn frame(&mut self) -> Result<Cut, ()> {
        let [first, second, ..] = self.buffer[..] else { return Ok(Cut::NotYet) };
        let (short, mut at) = (usize::from(second & 0x7F), 2);
        let length = match short {
            126 | 127 => {
                let wide = if short == 126 { 2 } else { 8 };
                let Some(octets) = self.buffer.get(2..2 + wide) else { return Ok(Cut::NotYet) };
                at += wide;
                octets.iter().try_fold(0_usize, |length, octet| length.checked_mul(256)?.checked_add(usize::from(*octet))).ok_or(())?
            }
            short => short,
        };
        // whoever serves does not mask, and uses no extension that was not asked for
        if second & 0x80 != 0 || first & 0x70 != 0 || length > LONGEST {
            return Err(());
        }
        if self.buffer.len() < at + length {
            return Ok(Cut::NotYet);
        }
        let payload: Vec<u8> = self.buffer.drain(..at + length).skip(at).collect();
        let is_last = first & 0x80 != 0;
        let text = |payload: Vec<u8>| String::from_utf8(payload).map(|text| Cut::Heard(Heard::Text(text))).map_err(|_| ());
        match (first & 0x0F, is_last, self.begun.take()) {
            (0x1, true, None) => text(payload),
            (0x1, false, None) => {
                self.begun = Some(payload);
                Ok(Cut::Nothing)
            }
            (0x0, true, Some(begun)) => text([begun, payload].concat()),
            (0x0, false, Some(begun)) if begun.len() + payload.len() <= LONGEST => {
                self.begun = Some([begun, payload].concat());
                Ok(Cut::Nothing)
            }
            // in between may come what keeps the line
            (0x9, true, begun) => {
                self.begun = begun;
                Ok(Cut::Heard(Heard::Ping(payload)))
            }
            (0xA, true, begun) => {
                self.begun = begun;
                Ok(Cut::Nothing)
            }
            (0x8, ..) => Ok(Cut::Heard(Heard::Closed)),
            _ => Err(()),
        }
    }
}

/// A short frame of ours, masked as every client must. The mask hides nothing on a line of our own.
pub fn written(opcode: u8, payload: &[u8]) -> Vec<u8> {
    let payload = &payload[..payload.len().min(125)];
    let mask = [0x37, 0xFA, 0x21, 0x3D];
    let length = u8::try_from(payload.len()).expect("cut to 125 above");
    let mut frame = vec![0x80 | opcode, 0x80 | length];
    frame.extend(mask);
    frame.extend(payload.iter().zip(mask.iter().cycle()).map(|(octet, mask)| octet ^ mask));
    frame
}
