//! What all exchanges share: fields of a form or of JSON, and a piece of news of a call under a key of its own.

use std::collections::BTreeMap;

use kernel::Timestamp;
use sha2::{Digest, Sha256};

use crate::arrivals::is_hidden;
use crate::{Arrival, Call, CallNews, Event, Reading, Reply, Unreadable};

/// Longer than any name of a call.
const LONGEST_KEY: usize = 120;
/// Longer than any number or name of a colleague.
const LONGEST: usize = 80;

pub type Fields = BTreeMap<String, String>;

/// The fields of a form; of two with one name the first counts.
pub fn form(call: &Call<'_>) -> Fields {
    let mut fields = Fields::new();
    for (name, value) in form_urlencoded::parse(call.body) {
        fields.entry(name.into_owned()).or_insert(value.into_owned());
    }
    fields
}

/// The members of a JSON object as words; what is no word and no number is left out.
pub fn members(object: &serde_json::Value) -> Fields {
    let word = |value: &serde_json::Value| match value {
        serde_json::Value::String(text) => Some(text.trim().to_owned()),
        serde_json::Value::Number(number) => Some(number.to_string()),
        _ => None,
    };
    let members = object.as_object().into_iter().flatten();
    members.filter_map(|(name, value)| Some((name.clone(), word(value)?))).collect()
}

pub fn field<'a>(fields: &'a Fields, name: &str) -> &'a str {
    fields.get(name).map_or("", String::as_str)
}

/// How an exchange calls a call.
pub fn key(name: &str) -> Result<String, Unreadable> {
    let name = name.trim();
    let fits = !name.is_empty() && name.len() <= LONGEST_KEY && !name.chars().any(char::is_control);
    if fits { Ok(name.to_owned()) } else { Err(Unreadable::Malformed { at: "call" }) }
}

/// A number or a name, without what nobody can read.
pub fn short(text: &str) -> String {
    text.chars().filter(|sign| !sign.is_control() && !is_hidden(*sign)).take(LONGEST).collect::<String>().trim().to_owned()
}

pub fn number(text: &str) -> Option<u32> {
    text.trim().parse().ok()
}

/// One piece of news, named after the very bytes in which it was told.
pub fn told(call: &Call<'_>, at: Timestamp, news: CallNews) -> Arrival {
    let digest = Sha256::new().chain_update(call.query).chain_update([0]).chain_update(call.body).finalize();
    Arrival::new(format!("{}:{}", news.call, hex::encode(&digest[..12])), at, Event::Call(news))
}

pub fn reading(arrivals: Vec<Arrival>) -> Reading {
    Reading { arrivals, reply: Reply::ok() }
}
