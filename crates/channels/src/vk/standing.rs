//! What the token may do, and whether VK tells us what happens in the community.

use serde_json::Value;

use super::answers::read;
use super::letters::{EVENTS, method};
use crate::standing::{Aspect, Found, Hook, Question, Token, lacking, same_address};
use crate::{Answer, Reach, Sending, Settings, Trouble};

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
        (Aspect::Hook, Reach::Webhook { url }) => {
            let servers = all("items");
            let ours = servers.iter().find(|server| server["url"].as_str().is_some_and(|known| same_address(known, url)));
            Found::Hook(match ours.map(|server| server["status"].as_str().unwrap_or_default()) {
                Some("ok") => Hook::Ours(crate::standing::Backlog::default()),
                Some(_) => Hook::GivenUp,
                None => Hook::Missing,
            })
        }
        (Aspect::Hook, Reach::Polling) => {
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

fn response(answer: &Answer) -> Result<Value, Trouble> {
    match answer.json() {
        Some((200, mut body)) if body["response"].is_object() => Ok(body["response"].take()),
        Some(_) | None => match read(answer) {
            Sending::Later { why, .. } | Sending::Refused { why, .. } | Sending::AccountBroken { why, .. } => Err(why),
            Sending::Accepted { .. } | Sending::Stopped | Sending::Uncertain => Err(Trouble::StrangeAnswer),
        },
    }
}
