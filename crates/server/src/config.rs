//! How the program is configured: one file, and over it the environment. A key that is not known is refused with its
//! line, so that a mistyped one is not silently without effect.
//!
//! ```toml
//! data = "/var/lib/caredesk"             # CAREDESK_DATA: the folder of the database
//! listen = "127.0.0.1:8080"              # CAREDESK_LISTEN
//! public_url = "https://desk.example"    # CAREDESK_PUBLIC_URL: how patients and providers reach the desk
//! trusted_proxies = ["127.0.0.1"]        # CAREDESK_TRUSTED_PROXIES, with commas between
//! node = "first"                         # CAREDESK_NODE: only where several run on one PostgreSQL
//!
//! [postgres]                             # instead of `data`
//! url = "postgres://desk@db/clinic"      # CAREDESK_POSTGRES_URL
//! schema = "mosoly"                      # CAREDESK_POSTGRES_SCHEMA
//! ```

use std::fmt;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use serde::Deserialize;
use store::Place;

/// Read from the folder in which the program is started, if no other is named.
const FILE: &str = "caredesk.toml";
const DATABASE: &str = "caredesk.db";
const LISTEN: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 8080);

#[derive(Debug, PartialEq)]
pub struct Config {
    pub place: Stored,
    pub listen: SocketAddr,
    pub public_url: Option<String>,
    pub trusted_proxies: Vec<IpAddr>,
    pub node: Option<String>,
}

#[derive(PartialEq)]
pub enum Stored {
    Folder(PathBuf),
    Postgres { url: String, schema: String },
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    data: Option<PathBuf>,
    listen: Option<String>,
    public_url: Option<String>,
    trusted_proxies: Option<Vec<String>>,
    node: Option<String>,
    #[serde(default)]
    postgres: Postgres,
}

#[derive(Default, Deserialize)]
#[serde(deny_unknown_fields)]
struct Postgres {
    url: Option<String>,
    schema: Option<String>,
}

impl Config {
    pub fn load(named: Option<PathBuf>) -> anyhow::Result<Self> {
        let file = named.or_else(|| Some(PathBuf::from(FILE)).filter(|file| file.exists()));
        let text = match &file {
            Some(file) => std::fs::read_to_string(file).with_context(|| format!("{} cannot be read", file.display()))?,
            None => String::new(),
        };
        let environment = |name: &str| std::env::var(name).ok();
        let read = Self::read(&text, environment);
        read.with_context(|| format!("the configuration {} is wrong", file.as_deref().unwrap_or(Path::new("in the environment")).display()))
    }

    fn read(file: &str, environment: impl Fn(&str) -> Option<String>) -> anyhow::Result<Self> {
        let written: Written = toml::from_str(file)?;
        let said = |name: &str| environment(name).map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
        let listen = said("CAREDESK_LISTEN").or(written.listen);
        let listen =
            listen.map_or(Ok(LISTEN), |text| text.parse().with_context(|| format!("listen: `{text}` is not like 127.0.0.1:8080")))?;
        let proxies = said("CAREDESK_TRUSTED_PROXIES").map(|list| list.split(',').map(|proxy| proxy.trim().to_owned()).collect());
        let proxies = proxies.or(written.trusted_proxies).unwrap_or_default();
        let proxy = |text: String| text.parse().with_context(|| format!("trusted_proxies: `{text}` is not an IP address"));
        let public_url = said("CAREDESK_PUBLIC_URL").or(written.public_url).as_deref().map(public_url).transpose()?;
        let url = said("CAREDESK_POSTGRES_URL").or(written.postgres.url);
        let schema = said("CAREDESK_POSTGRES_SCHEMA").or(written.postgres.schema);
        let data = said("CAREDESK_DATA").map(PathBuf::from).or(written.data);
        let place = match (data, url, schema) {
            (None, Some(url), Some(schema)) => Stored::Postgres { url, schema },
            (data, None, None) => Stored::Folder(data.unwrap_or_else(|| PathBuf::from("data"))),
            (Some(_), Some(_), _) => bail!("both a data folder and PostgreSQL are named; a desk has one of them"),
            (_, Some(_), None) => bail!("postgres: the schema is missing"),
            (_, None, Some(_)) => bail!("postgres: the url is missing"),
        };
        let trusted_proxies = proxies.into_iter().map(proxy).collect::<anyhow::Result<_>>()?;
        Ok(Self { place, listen, public_url, trusted_proxies, node: said("CAREDESK_NODE").or(written.node) })
    }
}

impl Stored {
    pub fn place(&self) -> Place {
        match self {
            Self::Folder(folder) => Place::File(folder.join(DATABASE)),
            Self::Postgres { url, schema } => Place::Schema { url: url.clone(), schema: schema.clone() },
        }
    }
}

/// Links are made by adding a path to it.
fn public_url(text: &str) -> anyhow::Result<String> {
    let url = text.trim_end_matches('/');
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://")).unwrap_or_default();
    let plain = |letter: char| letter.is_ascii_graphic() && !"/?#@\\\"'<>".contains(letter);
    if host.is_empty() || !host.chars().all(plain) {
        bail!("public_url: `{text}` is not like https://desk.example");
    }
    Ok(url.to_owned())
}

impl fmt::Debug for Stored {
    /// The address holds a password.
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Folder(folder) => write!(out, "Folder({})", folder.display()),
            Self::Postgres { schema, .. } => write!(out, "Postgres(***, {schema})"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOTHING: fn(&str) -> Option<String> = |_| None;

    fn fault(file: &str) -> String {
        format!("{:#}", Config::read(file, NOTHING).unwrap_err())
    }

    #[test]
    fn without_a_word_the_desk_listens_to_this_machine_alone() {
        let config = Config::read("", NOTHING).unwrap();
        assert_eq!(config.listen.to_string(), "127.0.0.1:8080");
        assert_eq!(config.place, Stored::Folder(PathBuf::from("data")));
        assert_eq!((config.public_url, config.trusted_proxies, config.node), (None, vec![], None));
    }

    #[test]
    fn the_environment_stands_over_the_file() {
        let file = "data = 'here'\nlisten = '127.0.0.1:1'\npublic_url = 'https://old.example'\ntrusted_proxies = ['10.0.0.1']\nnode = 'a'";
        let environment = |name: &str| {
            let value = match name {
                "CAREDESK_DATA" => " there ",
                "CAREDESK_LISTEN" => "0.0.0.0:80",
                "CAREDESK_PUBLIC_URL" => "https://desk.example/",
                "CAREDESK_TRUSTED_PROXIES" => "10.0.0.2, ::1",
                "CAREDESK_NODE" => "",
                _ => return None,
            };
            Some(value.to_owned())
        };
        let config = Config::read(file, environment).unwrap();
        assert_eq!(config.place, Stored::Folder(PathBuf::from("there")));
        assert_eq!((config.listen.to_string().as_str(), config.public_url.as_deref()), ("0.0.0.0:80", Some("https://desk.example")));
        assert_eq!(config.trusted_proxies, ["10.0.0.2".parse::<IpAddr>().unwrap(), "::1".parse().unwrap()]);
        assert_eq!(config.node.as_deref(), Some("a"), "an empty variable says nothing");
    }

    #[test]
    fn a_mistyped_key_is_refused_with_its_line() {
        let told = fault("listen = '127.0.0.1:8080'\npublic-url = 'https://desk.example'");
        assert!(told.contains("line 2") && told.contains("public-url"), "{told}");
        assert!(fault("[postgres]\nuser = 'desk'").contains("line 2"));
    }

    #[test]
    fn what_cannot_be_meant_is_refused_by_name() {
        for (file, named) in [
            ("listen = '8080'", "listen"),
            ("public_url = 'desk.example'", "public_url"),
            ("public_url = 'https://desk.example/clinic'", "public_url"),
            ("public_url = 'https://me@desk.example'", "public_url"),
            ("trusted_proxies = ['everybody']", "trusted_proxies"),
            ("[postgres]\nurl = 'postgres://db'", "schema"),
            ("[postgres]\nschema = 'clinic'", "url"),
            ("data = 'x'\n[postgres]\nurl = 'postgres://db'\nschema = 'clinic'", "both"),
        ] {
            assert!(fault(file).contains(named), "{file}: {}", fault(file));
        }
    }

    #[test]
    fn the_address_of_the_database_is_not_shown() {
        let config = Config::read("[postgres]\nurl = 'postgres://desk:word@db'\nschema = 'clinic'", NOTHING).unwrap();
        assert!(!format!("{config:?}").contains("word"));
    }
}
