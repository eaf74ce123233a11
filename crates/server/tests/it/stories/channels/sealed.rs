//! A provider's door behind TLS.

use std::net::SocketAddr;

use axum::serve::Listener;
pub use desk::wire::sealed::AUTHORITY;
use desk::wire::sealed::{TlsAcceptor, TlsStream, acceptor};
use tokio::net::{TcpListener, TcpStream};

pub struct Sealed {
    door: TcpListener,
    acceptor: TlsAcceptor,
}

impl Sealed {
    pub async fn open() -> Self {
        Self { door: TcpListener::bind("127.0.0.1:0").await.unwrap(), acceptor: acceptor() }
    }

    pub fn port(&self) -> u16 {
        self.door.local_addr().unwrap().port()
    }
}

impl Listener for Sealed {
    type Io = TlsStream<TcpStream>;
    type Addr = SocketAddr;

    /// Whoever does not believe us hangs up, and the next one comes.
    async fn accept(&mut self) -> (Self::Io, Self::Addr) {
        loop {
            let Ok((stream, from)) = self.door.accept().await else { continue };
            if let Ok(stream) = self.acceptor.accept(stream).await {
                return (stream, from);
            }
        }
    }

    fn local_addr(&self) -> std::io::Result<Self::Addr> {
        self.door.local_addr()
    }
}
