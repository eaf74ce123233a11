//! The addresses at which providers call, and a call as it stands on the wire.

use std::fmt;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use axum::http::Method;
use clinic::actors::{Actor, Channel, Origin};
use kernel::AccountId;
use serde_json::Value;
use store::accounts::{Account, AccountState};

use crate::world::{SECRET, World, account};

/// So many of the doors are open; behind the last one the account is switched off.
pub const OPEN: usize = 4;

const OTHER_SECRET: &str = "a-secret-of-another-webhook";
const BALE_SECRET: &str = "a-Secret-at-the-end-of-the-address";
const SANDBOX_KEY: &str = "Key-of-the-telephone-beside-the-desk";

const TELEGRAM: &str = "x-telegram-bot-api-secret-token";
const SANDBOX: &str = "x-sandbox-key";

/// An address at which a provider calls, with the key that opens it.
#[derive(Clone)]
pub struct Door {
    pub account: AccountId,
    pub channel: Channel,
    pub key: Key,
    pub secret: &'static str,
    /// What this provider has said, as it stood on the wire.
    pub said: Arc<Vec<Value>>,
}

#[derive(Clone, Copy)]
pub enum Key {
    Header(&'static str),
    /// At the end of the address.
    Path,
}

/// One call, to be made again just so.
#[derive(Clone)]
pub struct Knock {
    pub method: Method,
    pub path: String,
    pub headers: Vec<(&'static str, Vec<u8>)>,
    pub body: Vec<u8>,
}

impl Door {
    /// Without a key that stands in it.
    pub fn address(&self) -> String {
        format!("/hooks/{}/{}", self.channel.name(), self.account)
    }

    pub fn knock(&self, body: Vec<u8>) -> Knock {
        self.knock_with(self.secret, body)
    }

    pub fn knock_with(&self, secret: &str, body: Vec<u8>) -> Knock {
        let path = self.address();
        match self.key {
            Key::Header(name) => Knock { method: Method::POST, path, headers: vec![(name, secret.as_bytes().to_vec())], body },
            Key::Path => Knock { method: Method::POST, path: format!("{path}/{secret}"), headers: vec![], body },
        }
    }
}

/// A second bot, a messenger whose key stands in the address, the telephone beside the desk, and a bot that is off.
pub async fn open_doors(world: &World) -> Vec<Door> {
    let doors = [
        (Channel::Telegram, Key::Header(TELEGRAM), OTHER_SECRET, AccountState::On),
        (Channel::Bale, Key::Path, BALE_SECRET, AccountState::On),
        (Channel::Sandbox, Key::Header(SANDBOX), SANDBOX_KEY, AccountState::On),
        (Channel::Telegram, Key::Header(TELEGRAM), SECRET, AccountState::Off),
    ];
    let mut open = vec![door(Channel::Telegram, Key::Header(TELEGRAM), SECRET, world.people.telegram)];
    for (number, (channel, key, secret, state)) in doors.into_iter().enumerate() {
        let clinic = world.people.clinic.id;
        let opened = world.desk.act(Actor::Program, Origin::Program, move |act| {
            let token = format!("100000{}:AAHdqTcvCH1vGWJxfSeofSAs0K5", number + 2);
            let typed = match channel {
                Channel::Sandbox => vec![("key", secret)],
                _ => vec![("token", token.as_str()), ("webhook_secret", secret)],
            };
            let id = AccountId::new(act.now, &mut act.chance);
            let account = Account { state, ..account((id, clinic), channel, &typed, act.now) };
            store::accounts::save(act.tx, &account)?;
            Ok(account.id)
        });
        open.push(door(channel, key, secret, opened.await.unwrap()));
    }
    open
}

fn door(channel: Channel, key: Key, secret: &'static str, account: AccountId) -> Door {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../channels/fixtures").join(channel.name()).join("arriving");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let said = files.iter().map(|path| serde_json::from_slice(&fs::read(path).unwrap()).unwrap()).collect();
    Door { account, channel, key, secret, said: Arc::new(said) }
}

/// Shows every field of every object, the outer ones first.
pub fn each_field(value: &mut Value, show: &mut impl FnMut(&str, &mut Value)) {
    match value {
        Value::Object(fields) => {
            for (name, field) in fields.iter_mut() {
                show(name, field);
                each_field(field, show);
            }
        }
        Value::Array(list) => list.iter_mut().for_each(|item| each_field(item, show)),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

impl fmt::Debug for Knock {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let body: String = String::from_utf8_lossy(&self.body).chars().take(1_500).collect();
        let headers: Vec<_> = self.headers.iter().map(|(name, value)| (name, String::from_utf8_lossy(value))).collect();
        write!(out, "{} {} {headers:?} {} bytes: {body}", self.method, self.path, self.body.len())
    }
}
