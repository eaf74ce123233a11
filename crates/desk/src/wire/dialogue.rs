//! The lines that are exchanged with a mail server (RFC 5321), and the turn to TLS.

use std::io;
use std::sync::Arc;

use channels::{Answer, MailStage, NotSent};
use rustls::ClientConfig;
use tokio::io::{AsyncBufReadExt, AsyncRead, AsyncReadExt, AsyncWrite, AsyncWriteExt, BufReader};

use super::{Stream, secured};

/// RFC 5321 allows 512 bytes a line; some servers write more.
const LONGEST_LINE: u64 = 4_096;
const MOST_LINES: usize = 200;

pub struct Dialogue {
    stream: BufReader<Box<dyn Stream>>,
}

pub struct Reply {
    pub code: u16,
    /// Its lines, without the code before each.
    pub text: String,
}

impl Dialogue {
    pub fn over(stream: impl AsyncRead + AsyncWrite + Send + Sync + Unpin + 'static) -> Self {
        Self { stream: BufReader::new(Box::new(stream)) }
    }

    /// Goes on unreadable to others. What was received before is not trusted: anybody could have put it there.
    pub async fn turn_to_tls(self, tls: &Arc<ClientConfig>, host: &str) -> Result<Self, Answer> {
        if !self.stream.buffer().is_empty() {
            return Err(Answer::NotSent(NotSent::Tls));
        }
        Ok(Self::over(secured(tls, host, self.stream.into_inner()).await.map_err(Answer::NotSent)?))
    }

    /// Says a line, if there is one to say, and waits for one of the codes that let the dialogue go on.
    pub async fn turn(&mut self, line: Option<&str>, stage: MailStage, good: &[u16]) -> Result<Reply, Answer> {
        let interrupted = |_| Answer::NotSent(NotSent::Interrupted);
        if let Some(line) = line {
            self.write(format!("{line}\r\n").as_bytes()).await.map_err(interrupted)?;
        }
        let reply = self.reply().await.map_err(interrupted)?;
        if good.contains(&reply.code) { Ok(reply) } else { Err(reply.at(stage)) }
    }

    pub async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes).await?;
        self.stream.flush().await
    }

    pub async fn reply(&mut self) -> io::Result<Reply> {
        let strange = || io::Error::from(io::ErrorKind::InvalidData);
        let mut lines = Vec::new();
        while lines.len() < MOST_LINES {
            let mut line = Vec::new();
            (&mut self.stream).take(LONGEST_LINE).read_until(b'\n', &mut line).await?;
            let line = String::from_utf8_lossy(line.strip_suffix(b"\n").ok_or_else(strange)?).into_owned();
            let line = line.trim_end_matches('\r');
            let code = line.get(..3).and_then(|code| code.parse().ok()).filter(|code| (200..600).contains(code)).ok_or_else(strange)?;
            lines.push(line.get(4..).unwrap_or_default().to_owned());
            if line.as_bytes().get(3) != Some(&b'-') {
                return Ok(Reply { code, text: lines.join("\n") });
            }
        }
        Err(strange())
    }
}

impl Reply {
    pub fn at(self, stage: MailStage) -> Answer {
        Answer::Mail { stage, code: self.code, text: self.text }
    }

    /// What follows the name of an extension in the answer to EHLO; nothing, if the server does not know it.
    pub fn extension(&self, name: &str) -> Option<&str> {
        let words = |line: &'_ str| line.split_once(' ').map_or((line.len(), line.len()), |(name, _)| (name.len(), name.len() + 1));
        self.text.lines().find_map(|line| {
            let (end, rest) = words(line);
            line[..end].eq_ignore_ascii_case(name).then(|| &line[rest..])
        })
    }
}
