//! The wire: carries letters to providers and brings their answers back. The only place of the program that speaks to
//! the outside world.
//!
//! What became of a letter is told exactly, because a message is said again only if it is known not to have arrived:
//! whatever breaks before the letter begins to leave is [`Answer::NotSent`], whatever breaks later is doubt,
//! [`Answer::Broken`]. Nothing is repeated in here, no redirect is followed, and no machine of the clinic's own network
//! is ever spoken to, see [`addresses`].

mod addresses;
mod centre;
mod certificate;
mod dialogue;
mod exchange;
mod http;
mod line;
mod mail;
mod mailbox;
mod names;
#[cfg(any(test, feature = "trial"))]
pub mod sealed;
#[cfg(test)]
mod trial;

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use channels::{Answer, Letter, NotSent, Opening, Security};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::Timestamp;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, ServerName};
use rustls::{ClientConfig, RootCertStore};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep, timeout};
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use addresses::Lookup;

/// How long a machine may take to open its door.
const CONNECT_WITHIN: Duration = Duration::from_secs(10);

pub trait Wire: Send + Sync {
    /// Carries a letter once. Never fails: what went wrong is an answer too.
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer>;

    /// When the certificate ends that a machine shows to whoever knocks. None: it cannot be known from here.
    fn certificate_ends<'a>(&'a self, _host: &'a str, _port: u16, _opening: Opening) -> BoxFuture<'a, Option<Timestamp>> {
        std::future::ready(None).boxed()
    }

    /// The text records that a domain has published under a name. None: nobody has answered.
    fn text_records<'a>(&'a self, _name: &'a str) -> BoxFuture<'a, Option<Vec<String>>> {
        std::future::ready(None).boxed()
    }
}

/// The real network.
pub struct Network {
    doors: Doors,
    tls: Arc<ClientConfig>,
    roots: RootCertStore,
    /// For the few providers whose authority most machines do not know, by that authority.
    trusting: Mutex<HashMap<String, Doors>>,
    lookup: Lookup,
    lines: centre::Lines,
    exchanges: exchange::Lines,
    mailboxes: mailbox::Mailboxes,
}

/// One client for the world outside, one for this machine.
#[derive(Clone)]
struct Doors {
    outside: reqwest::Client,
    here: reqwest::Client,
}

/// No network at all: letters that stay in the program arrive, all others never leave. For the demo.
pub struct Indoors;

impl Network {
    /// Trusts the authorities that this machine trusts; those of Mozilla where a bare container names none.
    pub fn new() -> Self {
        let mut roots = RootCertStore::empty();
        roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
        if roots.is_empty() {
            roots.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned());
        }
        Self::with(roots, addresses::ask_the_system)
    }

    fn with(roots: RootCertStore, lookup: Lookup) -> Self {
        let tls = believing(roots.clone());
        Self {
            doors: Doors::open(&tls, lookup),
            tls: Arc::new(tls),
            roots,
            trusting: Mutex::default(),
            lookup,
            lines: centre::Lines::default(),
            exchanges: exchange::Lines::default(),
            mailboxes: mailbox::Mailboxes::default(),
        }
    }

    /// The clients that believe this authority too; none, if it is no authority.
    fn doors(&self, authority: &str) -> Option<Doors> {
        if authority.is_empty() {
            return Some(self.doors.clone());
        }
        let mut trusting = self.trusting.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(doors) = trusting.get(authority) {
            return Some(doors.clone());
        }
        let mut roots = self.roots.clone();
        for certificate in CertificateDer::pem_slice_iter(authority.as_bytes()) {
            roots.add(certificate.ok()?).ok()?;
        }
        let doors = Doors::open(&believing(roots), self.lookup);
        trusting.insert(authority.to_owned(), doors.clone());
        Some(doors)
    }
}

impl Doors {
    fn open(tls: &ClientConfig, lookup: Lookup) -> Self {
        Self { outside: http::client(tls.clone(), addresses::Outside(lookup)), here: http::client(tls.clone(), addresses::Here) }
    }
}

/// What letters that are no HTTP travel over, readable or not.
trait Stream: AsyncRead + AsyncWrite + Send + Sync + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Sync + Unpin> Stream for S {}

/// Now, on the clock of the runtime by which its time limits run. Lines are timed by it, and nothing of the clinic's.
fn moment() -> Instant {
    sleep(Duration::ZERO).deadline()
}

/// The first address of this host that opens its door.
async fn connect(lookup: Lookup, host: &str, port: u16) -> Result<TcpStream, NotSent> {
    let mut reason = NotSent::Unreachable;
    for address in addresses::allowed(lookup, host).await? {
        match timeout(CONNECT_WITHIN, TcpStream::connect(SocketAddr::new(address, port))).await {
            Ok(Ok(stream)) => return Ok(stream),
            Ok(Err(error)) if error.kind() == io::ErrorKind::ConnectionRefused => reason = NotSent::Refused,
            Ok(Err(_)) | Err(_) => {}
        }
    }
    Err(reason)
}

/// A line that is kept, readable or not.
async fn line_to(
    tls: &Arc<ClientConfig>,
    lookup: Lookup,
    (host, port, security): (&str, u16, Security),
) -> Result<Box<dyn Stream>, NotSent> {
    let stream = connect(lookup, host, port).await?;
    // short units, each waited for
    drop(stream.set_nodelay(true));
    match security {
        Security::None => Ok(Box::new(stream)),
        Security::Tls | Security::StartTls => Ok(Box::new(secured(tls, host, stream).await?)),
    }
}

/// Goes on unreadable to others, with a machine that has proven its name.
async fn secured<S: AsyncRead + AsyncWrite + Unpin>(tls: &Arc<ClientConfig>, host: &str, stream: S) -> Result<TlsStream<S>, NotSent> {
    let plain = host.trim_start_matches('[').trim_end_matches(']').trim_end_matches('.');
    let name = ServerName::try_from(plain.to_owned()).map_err(|_| NotSent::Tls)?;
    TlsConnector::from(Arc::clone(tls)).connect(name, stream).await.map_err(|_| NotSent::Tls)
}

fn believing(roots: RootCertStore) -> ClientConfig {
    ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .expect("ring knows TLS 1.2 and 1.3")
        .with_root_certificates(roots)
        .with_no_client_auth()
}

impl Default for Network {
    fn default() -> Self {
        Self::new()
    }
}

impl Wire for Network {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        match letter {
            Letter::Http(letter) => http::carry(self, letter).boxed(),
            Letter::Mail(letter) => mail::carry(self, letter).boxed(),
            Letter::MailCheck(errand) => mail::check(self, errand).boxed(),
            Letter::Mailbox(letter) => mailbox::carry(self, letter).boxed(),
            Letter::Centre(letter) => centre::carry(self, letter).boxed(),
            Letter::Exchange(letter) => exchange::carry(self, letter).boxed(),
            Letter::Internal { id } => stayed(id),
        }
    }

    fn certificate_ends<'a>(&'a self, host: &'a str, port: u16, opening: Opening) -> BoxFuture<'a, Option<Timestamp>> {
        certificate::shown(self, host, port, opening).boxed()
    }

    fn text_records<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Option<Vec<String>>> {
        async { names::text_records(&names::servers_of_the_system(), name).await }.boxed()
    }
}

impl Wire for Indoors {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        match letter {
            Letter::Internal { id } => stayed(id),
            Letter::Http(_) | Letter::Mail(_) | Letter::MailCheck(_) | Letter::Mailbox(_) | Letter::Centre(_) | Letter::Exchange(_) => {
                std::future::ready(Answer::NotSent(NotSent::Unreachable)).boxed()
            }
        }
    }
}

fn stayed(id: &str) -> BoxFuture<'static, Answer> {
    std::future::ready(Answer::Internal { id: id.to_owned() }).boxed()
}
