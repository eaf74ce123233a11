//! One kept connection to the program, as a browser or a provider has it. As thin as it can be: what it costs is taken
//! from what is measured.

use std::net::SocketAddr;

use anyhow::Context;
use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::TcpStream;

pub struct Browser(BufReader<TcpStream>);

impl Browser {
    pub async fn connect(address: SocketAddr) -> anyhow::Result<Self> {
        let stream = TcpStream::connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// From another address of this machine.
    pub async fn connect_from(from: std::net::Ipv4Addr, address: SocketAddr) -> anyhow::Result<Self> {
        let socket = tokio::net::TcpSocket::new_v4()?;
        socket.bind(SocketAddr::from((from, 0)))?;
        let stream = socket.connect(address).await?;
        stream.set_nodelay(true)?;
        Ok(Self(BufReader::new(stream)))
    }

    /// Status and body of an answer that says how long it is.
    pub async fn ask(&mut self, request: &str) -> anyhow::Result<(u16, String)> {
        self.begin(request).await?;
        let (status, length) = self.head().await?;
        let mut body = vec![0; length];
        self.0.read_exact(&mut body).await?;
        Ok((status, String::from_utf8(body)?))
    }

    /// Sends a request whose answer never ends, and reads its head.
    pub async fn listen(&mut self, request: &str) -> anyhow::Result<()> {
        self.begin(request).await?;
        let (status, _) = self.head().await?;
        anyhow::ensure!(status == 200, "{status} instead of live updates");
        Ok(())
    }

    /// The next line of an answer that never ends.
    pub async fn line(&mut self) -> anyhow::Result<String> {
        let mut line = String::new();
        anyhow::ensure!(self.0.read_line(&mut line).await? > 0, "the program has hung up");
        line.truncate(line.trim_end().len());
        Ok(line)
    }

    async fn begin(&mut self, request: &str) -> anyhow::Result<()> {
        Ok(self.0.get_mut().write_all(request.as_bytes()).await?)
    }

    async fn head(&mut self) -> anyhow::Result<(u16, usize)> {
        let first = self.line().await?;
        let status = first.split(' ').nth(1).and_then(|status| status.parse().ok()).context("no status")?;
        let mut length = 0;
        loop {
            let line = self.line().await?;
            if line.is_empty() {
                return Ok((status, length));
            }
            if let Some((name, value)) = line.split_once(':')
                && name.eq_ignore_ascii_case("content-length")
            {
                length = value.trim().parse()?;
            }
        }
    }
}
