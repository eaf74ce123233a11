//! A door behind TLS. Its certificate was made for these trials, by an authority that was too.

use std::net::SocketAddr;
use std::sync::Arc;

use axum::serve::Listener;
use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::server::TlsStream;

/// What stands in the settings of whoever is to believe it.
pub const AUTHORITY: &str = include_str!("../../../../../desk/src/wire/trial/root.pem");
const CERTIFICATE: &[u8] = include_bytes!("../../../../../desk/src/wire/trial/localhost.pem");
const KEY: &[u8] = include_bytes!("../../../../../desk/src/wire/trial/localhost.key.pem");

pub struct Sealed {
    door: TcpListener,
    acceptor: TlsAcceptor,
}

impl Sealed {
    pub async fn open() -> Self {
        let chain = vec![CertificateDer::from_pem_slice(CERTIFICATE).unwrap()];
        let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_no_client_auth()
            .with_single_cert(chain, PrivateKeyDer::from_pem_slice(KEY).unwrap())
            .unwrap();
        Self { door: TcpListener::bind("127.0.0.1:0").await.unwrap(), acceptor: TlsAcceptor::from(Arc::new(config)) }
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
