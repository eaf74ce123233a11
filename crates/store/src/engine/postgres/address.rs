//! Which database, which schema, and whether the way to it is closed to others.

use std::sync::Arc;
use std::time::Duration;

use rustls::{ClientConfig, RootCertStore};
use tokio::task::JoinHandle;
use tokio_postgres::config::{SslMode, TargetSessionAttrs};
use tokio_postgres::{AsyncMessage, Client, Config, Connection, NoTls, Notification};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::super::error::StoreError;
use super::failure::read_no_connection;

/// PostgreSQL cuts names at 63 bytes, and the channel for live updates is the schema's name behind `touched_`.
const LONGEST_SCHEMA: usize = 50;

pub(crate) struct Address {
    config: Config,
    tls: Option<MakeRustlsConnect>,
    pub(super) schema: String,
}

impl Address {
    pub(crate) fn read(url: &str, schema: &str) -> Result<Self, StoreError> {
        let fits = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
        let begins = schema.starts_with(|letter: char| letter.is_ascii_lowercase());
        if !begins || !schema.chars().all(fits) || schema.len() > LONGEST_SCHEMA {
            return Err(StoreError::Schema("the name of a schema is a to z, 0 to 9 and _, at most 50 of them".to_owned()));
        }
        // the parser's own words may quote the password
        let mut config: Config = url.parse().map_err(|_| StoreError::Schema("the address of the database cannot be read".to_owned()))?;
        if config.get_connect_timeout().is_none() {
            config.connect_timeout(Duration::from_secs(5));
        }
        // of a server and its standbys the one that takes writes is meant, whichever that is now
        if config.get_hosts().len() > 1 {
            config.target_session_attrs(TargetSessionAttrs::ReadWrite);
        }
        // a peer that vanished without a word is noticed within half a minute
        config.keepalives_idle(Duration::from_secs(20)).tcp_user_timeout(Duration::from_secs(30));
        config.application_name("caredesk");
        let tls = if config.get_ssl_mode() == SslMode::Require { Some(trusted()?) } else { None };
        Ok(Self { config, tls, schema: schema.to_owned() })
    }

    /// The channel on which the nodes of this schema tell each other what was touched.
    pub(super) fn channel(&self) -> String {
        format!("touched_{}", self.schema)
    }

    /// Connects on the current runtime; the task that comes with the client ends when the connection does.
    pub(super) async fn connect(&self, hear: impl FnMut(&Notification) + Send + 'static) -> Result<(Client, JoinHandle<()>), StoreError> {
        match &self.tls {
            None => {
                let (client, connection) = self.config.connect(NoTls).await.map_err(|error| read_no_connection(&error))?;
                Ok((client, tokio::spawn(drive(connection, hear))))
            }
            Some(tls) => {
                let (client, connection) = self.config.connect(tls.clone()).await.map_err(|error| read_no_connection(&error))?;
                Ok((client, tokio::spawn(drive(connection, hear))))
            }
        }
    }
}

/// TLS that verifies the server by the authorities this machine trusts (`SSL_CERT_FILE` names a clinic's own).
fn trusted() -> Result<MakeRustlsConnect, StoreError> {
    let mut roots = RootCertStore::empty();
    roots.add_parsable_certificates(rustls_native_certs::load_native_certs().certs);
    if roots.is_empty() {
        return Err(StoreError::Schema("this machine trusts no certificate authority, so TLS cannot be verified".to_owned()));
    }
    let config = ClientConfig::builder_with_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .with_safe_default_protocol_versions()
        .map_err(|error| StoreError::Bug(error.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    Ok(MakeRustlsConnect::new(config))
}

async fn drive<S, T>(mut connection: Connection<S, T>, mut hear: impl FnMut(&Notification))
where
    Connection<S, T>: Unpin,
    S: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
    T: tokio::io::AsyncRead + tokio::io::AsyncWrite + Unpin,
{
    // an error ends the connection; whoever asks next is told
    while let Some(Ok(message)) = std::future::poll_fn(|context| connection.poll_message(context)).await {
        if let AsyncMessage::Notification(note) = message {
            hear(&note);
        }
    }
}
