//! The messenger as a mail server: it drops the line before the final dot, after it and in the middle, postpones, refuses, and
//! sends back what it has taken.

use std::io;
use std::sync::atomic::Ordering;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::super::moods::Mood;
use super::super::phones::Shown;
use super::http::drip;
use super::{Brought, NEVER, Room};

const HELLO: &str = "250-mail.example\r\n250-SIZE 10000000\r\n250-8BITMIME\r\n250 DSN\r\n";

/// How far a mail is let before the line is dropped with nothing taken.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Dropped {
    AtTheDoor,
    AtTheReceiver,
    InTheMiddle,
}

struct Line {
    stream: TcpStream,
    read: Vec<u8>,
}

pub async fn talk(stream: TcpStream, room: &Room) -> io::Result<()> {
    let stages = [Dropped::AtTheDoor, Dropped::AtTheReceiver, Dropped::InTheMiddle];
    let number = room.arrived.load(Ordering::Relaxed);
    let dropped = room.turns_away().then(|| stages[usize::try_from(number).expect("few") % stages.len()]);
    let mut line = Line { stream, read: Vec::new() };
    if dropped == Some(Dropped::AtTheDoor) {
        return line.reset();
    }
    line.says("220 mail.example ESMTP\r\n").await?;
    let (mut named, mut chat) = (String::new(), 0);
    while let Some(command) = line.hears(b"\r\n").await? {
        let upper = command.to_ascii_uppercase();
        match upper.split([' ', ':']).next().unwrap_or_default() {
            "EHLO" => line.says(HELLO).await?,
            "MAIL" => {
                named = command.split(' ').find_map(|word| word.strip_prefix("ENVID=")).unwrap_or_default().to_owned();
                line.says("250 ok\r\n").await?;
            }
            "RCPT" if dropped == Some(Dropped::AtTheReceiver) => return line.reset(),
            "RCPT" => {
                let number = command.split(['<', '@']).nth(1).and_then(|mailbox| mailbox.strip_prefix('p'));
                chat = number.and_then(|number| number.parse().ok()).expect("a patient of the trial");
                line.says("250 ok\r\n").await?;
            }
            "DATA" => {
                line.says("354 go on\r\n").await?;
                if dropped == Some(Dropped::InTheMiddle) {
                    return line.reset();
                }
                let Some(mail) = line.hears(b"\r\n.\r\n").await? else { return Ok(()) };
                let (mood, shown) = room.take(Brought { chat, text: said(&mail), named: named.clone() });
                line.responds(mood, &shown).await?;
            }
            "QUIT" => {
                line.says("221 bye\r\n").await?;
                return Ok(());
            }
            _ => line.says("250 ok\r\n").await?,
        }
    }
    Ok(())
}

/// The words of the trial, wherever they stand in the mail.
fn said(mail: &str) -> String {
    let (_, body) = mail.split_once("\r\n\r\n").expect("a head and a body");
    let line = body.lines().find(|line| line.contains(": we are expecting you at Mosoly")).expect("the words of the trial");
    line.trim().trim_end_matches('=').to_owned()
}

impl Line {
    /// Up to this end, without it. None: the other side has hung up.
    async fn hears(&mut self, end: &[u8]) -> io::Result<Option<String>> {
        loop {
            if let Some(at) = self.read.windows(end.len()).position(|some| some == end) {
                let heard = String::from_utf8_lossy(&self.read[..at]).into_owned();
                self.read.drain(..at + end.len());
                return Ok(Some(heard));
            }
            if self.stream.read_buf(&mut self.read).await? == 0 {
                return Ok(None);
            }
        }
    }

    async fn says(&mut self, line: &str) -> io::Result<()> {
        self.stream.write_all(line.as_bytes()).await
    }

    fn reset(self) -> io::Result<()> {
        self.stream.set_zero_linger()
    }

    async fn responds(&mut self, mood: Mood, shown: &Shown) -> io::Result<()> {
        let taken = format!("250 2.0.0 queued as {}\r\n", shown.message);
        let gone = || Err(io::ErrorKind::ConnectionReset.into());
        match mood {
            Mood::Takes | Mood::RepeatsNumber | Mood::Returns => self.says(&taken).await,
            Mood::Fails | Mood::TakesAndFails => self.says("451 4.3.0 try again later\r\n").await,
            Mood::TooFast => self.says("421 4.7.0 too many of them, slow down\r\n").await,
            Mood::Refuses => self.says("554 5.7.1 not wanted here\r\n").await,
            Mood::TakesInSilence => {
                self.stream.shutdown().await?;
                gone()
            }
            Mood::TakesAndHangs | Mood::Hangs => {
                tokio::time::sleep(NEVER).await;
                gone()
            }
            Mood::ResetsRead | Mood::TakesAndResets => {
                self.stream.set_zero_linger()?;
                gone()
            }
            Mood::HalfAnswers => {
                self.says(&taken[..taken.len() / 2]).await?;
                self.stream.shutdown().await?;
                gone()
            }
            Mood::TakesInGarbage => self.says("\u{1}\u{2}{{{ok:yes\r\n").await,
            Mood::Page => self.says("<!doctype html><title>Welcome to the Wi-Fi of the airport</title>\r\n").await,
            Mood::TakesInEmptiness => self.says("\r\n").await,
            Mood::Drips => drip(&mut self.stream, taken.as_bytes()).await,
        }
    }
}
