//! Machines on the other side of the wire that behave badly on purpose.

mod centre;
mod http;
mod mail;
mod mailbox;

use std::future::Future;
use std::io;
use std::net::IpAddr;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

use super::Network;
use super::sealed::AUTHORITY;
pub use super::sealed::acceptor;

/// A network that trusts the authority of the trial, and whose name server knows traps.
pub fn network() -> Network {
    let mut roots = RootCertStore::empty();
    roots.add(CertificateDer::from_pem_slice(AUTHORITY.as_bytes()).unwrap()).unwrap();
    Network::with(roots, lookup)
}

fn lookup(name: &str) -> BoxFuture<'static, io::Result<Vec<IpAddr>>> {
    let found = match name.trim_end_matches('.') {
        "trap.example" | "localhost" => Ok(vec!["127.0.0.1".parse().unwrap(), "::1".parse().unwrap()]),
        "metadata.example" => Ok(vec!["169.254.169.254".parse().unwrap()]),
        "nothing.example" => Ok(Vec::new()),
        _ => Err(io::ErrorKind::NotFound.into()),
    };
    std::future::ready(found).boxed()
}

/// Serves one connection.
pub async fn peer<F, T>(serve: impl FnOnce(TcpStream) -> F + Send + 'static) -> (u16, JoinHandle<T>)
where
    F: Future<Output = T> + Send,
    T: Send + 'static,
{
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let port = listener.local_addr().unwrap().port();
    let served = tokio::spawn(async move {
        let (stream, _) = listener.accept().await.unwrap();
        serve(stream).await
    });
    (port, served)
}

/// A port at which nobody listens.
pub async fn closed_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap().port()
}
