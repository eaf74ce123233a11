//! Long Poll. VK first names a server, a key and where to begin; the cursor holds all three: `ts key server`.
//! A cursor that VK no longer knows is let go, and VK is asked anew.

use std::time::Duration;

use kernel::Secret;
use serde_json::Value;

use super::letters::method;
use super::{answers, news};
use crate::sending::SHORT_WAIT;
use crate::{Fetched, HttpLetter, Letter, PollTrouble, Polled, Settings, Trouble};

/// How long the server may hold a poll open when there is nothing new.
const WAIT_SECONDS: u64 = 25;

struct Place<'a> {
    ts: &'a str,
    key: &'a str,
    server: &'a str,
}

pub fn letter(settings: &Settings, cursor: Option<&str>) -> Letter {
    let Some(place) = cursor.and_then(|cursor| place(settings, cursor)) else {
        return method(settings, "groups.getLongPollServer", vec![("group_id", settings.text("group_id").to_owned())]);
    };
    let url = format!("{}?act=a_check&key={}&ts={}&wait={WAIT_SECONDS}", place.server, place.key, place.ts);
    Letter::Http(HttpLetter { patience: Duration::from_secs(WAIT_SECONDS + 15), ..HttpLetter::asked(Secret::new(url)) })
}

pub fn read(settings: &Settings, fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
    let nothing = |cursor| Ok(Polled { arrivals: Vec::new(), unread: 0, cursor: Some(cursor) });
    let Some((200, body)) = fetched.answer.json() else { return Err(fetched.answer.without_words().into()) };
    if body.get("error").is_some() {
        return Err(answers::read(fetched.answer).into());
    }
    let text = |value: &Value| value.as_str().map(str::to_owned).or_else(|| value.as_i64().map(|number| number.to_string()));
    if let Some(begun) = body.get("response") {
        let (ts, key, server) = (text(&begun["ts"]), text(&begun["key"]), text(&begun["server"]));
        let (Some(ts), Some(key), Some(server)) = (ts, key, server) else { return Err(strange()) };
        let cursor = format!("{ts} {key} {server}");
        return if place(settings, &cursor).is_some() { nothing(cursor) } else { Err(strange()) };
    }
    let known = fetched.cursor.and_then(|cursor| place(settings, cursor));
    let next = text(&body["ts"]);
    match (known, body["failed"].as_i64(), next) {
        // some news is too old to be had: the rest goes on from there
        (Some(Place { key, server, .. }), Some(1), Some(ts)) => nothing(format!("{ts} {key} {server}")),
        (Some(_), Some(_), _) => nothing("anew".to_owned()),
        (Some(Place { key, server, .. }), None, Some(ts)) => {
            let Some(updates) = body["updates"].as_array() else { return Err(strange()) };
            let mut polled = Polled { arrivals: Vec::new(), unread: 0, cursor: Some(format!("{ts} {key} {server}")) };
            for update in updates {
                let read = serde_json::from_value(update.clone()).ok().and_then(|news| news::read(&news, fetched.received_at).ok());
                match read {
                    Some(arrivals) => polled.arrivals.extend(arrivals),
                    None => polled.unread += 1,
                }
            }
            Ok(polled)
        }
        (_, _, _) => Err(strange()),
    }
}

const fn strange() -> PollTrouble {
    PollTrouble::Later { after: SHORT_WAIT, why: Trouble::StrangeAnswer }
}

/// Only VK's own machines are asked, or the one that stands in the settings.
fn place<'a>(settings: &Settings, cursor: &'a str) -> Option<Place<'a>> {
    let mut words = cursor.split(' ');
    let (ts, key, server) = (words.next()?, words.next()?, words.next()?);
    let plain = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-.".contains(&byte));
    let authority = |url: &str| Some(url.split_once("://")?.1.split('/').next()?.to_owned());
    let host = authority(server)?;
    let ours = authority(settings.text("server")).as_deref() == Some(host.as_str());
    let of_vk = server.starts_with("https://") && (host.ends_with(".vk.com") || host.ends_with(".vk.ru"));
    let is_clean = !server.contains(['?', '#', '@']);
    (plain(ts) && plain(key) && is_clean && (ours || of_vk)).then_some(Place { ts, key, server })
}
