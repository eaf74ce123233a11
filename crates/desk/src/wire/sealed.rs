//! A door behind TLS, for the tests of every crate. Its certificate was made for them, by an authority that was too.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::pki_types::pem::PemObject;
use rustls::pki_types::{CertificateDer, PrivateKeyDer};
pub use tokio_rustls::TlsAcceptor;
pub use tokio_rustls::server::TlsStream;

/// What stands in the settings of whoever is to believe it.
pub const AUTHORITY: &str = include_str!("trial/root.pem");
pub(super) const LOCALHOST: &[u8] = include_bytes!("trial/localhost.pem");
const KEY: &[u8] = include_bytes!("trial/localhost.key.pem");

/// Shows that it is `localhost`.
pub fn acceptor() -> TlsAcceptor {
    let chain = vec![CertificateDer::from_pem_slice(LOCALHOST).expect("a certificate")];
    let key = PrivateKeyDer::from_pem_slice(KEY).expect("a key");
    let config = ServerConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key))
        .expect("the key is that of the certificate");
    TlsAcceptor::from(Arc::new(config))
}
