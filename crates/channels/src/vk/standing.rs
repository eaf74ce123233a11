//! What the token may do, and whether VK tells us what happens in the community.

use serde_json::Value;

use super::answers::read;
use super::letters::{EVENTS, VERSION, method};
use crate::standing::{Aspect, Found, Hook, Question, Token, lacking, same_address};
use crate::{Answer, Letter, Reach, Sending, Settings, Trouble};

/// What our server is called there: 14 signs at most.
const TITLE: &str = "Caredesk";
/// To write to people, and to see where VK calls.
const RIGHTS: [&str; 2] = ["messages", "manage"];

pub fn questions(settings: &Settings, reach: &Reach) -> Vec<Question> {
    let group = vec![("group_id", settings.text("group_id").to_owned())];
    let hook = match reach {
        Reach::Webhook { .. } => "groups.getCallbackServers",
        Reach::Polling => "groups.getLongPollSettings",
    };
    vec![
        Question { about: Aspect::Token, letter: method(settings, "groups.getTokenPermissions", Vec::new()) },
        Question { about: Aspect::Hook, letter: method(settings, hook, group) },
    ]
}

pub fn found(reach: &Reach, about: Aspect, answer: &Answer) -> Found {
    let response = match response(answer) {
        Ok(response) => response,
        Err(why) => return Found::unknown(why),
    };
    let all = |name: &str| response[name].as_array().cloned().unwrap_or_default();
    match (about, reach) {
        (Aspect::Token, _) => {
            let rights = all("permissions");
            let there: Vec<&str> = rights.iter().filter_map(|right| right["name"].as_str()).collect();
            let lacks = lacking(RIGHTS, &there);
            Found::Token(if lacks.is_empty() { Token::Valid { until: None } } else { Token::Lacks(lacks) })
        }
        (Aspect::Hook | Aspect::Fields, Reach::Webhook { url }) => {
            let servers = all("items");
            let ours = servers.iter().find(|server| server["url"].as_str().is_some_and(|known| same_address(known, url)));
            Found::Hook(match ours.map(|server| server["status"].as_str().unwrap_or_default()) {
                Some("ok") => Hook::Ours(crate::standing::Backlog::default()),
                Some(_) => Hook::GivenUp,
                None => Hook::Missing,
            })
        }
        (Aspect::Hook | Aspect::Fields, Reach::Polling) => {
            if !response["is_enabled"].as_bool().unwrap_or_default() {
                return Found::Hook(Hook::Missing);
            }
            let is_on = |name: &&str| response["events"][*name].as_i64() == Some(1);
            let there: Vec<&str> = EVENTS.into_iter().filter(is_on).collect();
            let lacks = lacking(EVENTS, &there);
            Found::Hook(if lacks.is_empty() { Hook::Ours(crate::standing::Backlog::default()) } else { Hook::Lacks(lacks) })
        }
    }
}

/// The next step by which the community calls us here again: its servers are looked through, ours is entered once more or anew, which
/// makes VK ask for the confirmation at once, and then it is told of what we want to hear.
pub fn called_again(settings: &Settings, url: &str, so_far: &[Answer]) -> Option<Letter> {
    let group = ("group_id", settings.text("group_id").to_owned());
    let Some(servers) = so_far.first() else { return Some(method(settings, "groups.getCallbackServers", vec![group])) };
    let servers = response(servers).ok()?;
    let known = servers["items"].as_array().into_iter().flatten().find(|server| {
        let called = server["url"].as_str().unwrap_or_default();
        same_address(called, url) || server["title"].as_str() == Some(TITLE)
    });
    let known = known.and_then(|server| server["id"].as_i64());
    let entered = match (so_far.get(1), known) {
        (None, known) => {
            let mut arguments =
                vec![group, ("url", url.to_owned()), ("title", TITLE.to_owned()), ("secret_key", settings.text("secret").to_owned())];
            let name = if let Some(server) = known {
                arguments.push(("server_id", server.to_string()));
                "groups.editCallbackServer"
            } else {
                "groups.addCallbackServer"
            };
            return Some(method(settings, name, arguments));
        }
        (Some(_), Some(known)) => known,
        (Some(added), None) => response(added).ok()?["server_id"].as_i64()?,
    };
    (so_far.len() == 2).then(|| {
        let mut arguments = vec![group, ("server_id", entered.to_string()), ("api_version", VERSION.to_owned())];
        arguments.extend(EVENTS.map(|name| (name, "1".to_owned())));
        method(settings, "groups.setCallbackSettings", arguments)
    })
}

fn response(answer: &Answer) -> Result<Value, Trouble> {
    match answer.json() {
        Some((200, mut body)) if body["response"].is_object() => Ok(body["response"].take()),
        Some(_) | None => match read(answer) {
            Sending::Later { why, .. } | Sending::Refused { why, .. } | Sending::AccountBroken { why, .. } => Err(why),
            Sending::Accepted { .. } | Sending::Stopped | Sending::Uncertain => Err(Trouble::StrangeAnswer),
        },
    }
}
