//! Where Viber calls: it stands among what Viber tells of the bot.

use super::letters::{self, EVENTS};
use crate::standing::{Aspect, Backlog, Found, Hook, Question, lacking, same_address};
use crate::{Answer, Reach, Settings};

pub fn question(settings: &Settings) -> Question {
    Question { about: Aspect::Hook, letter: letters::method(settings, "get_account_info", &serde_json::json!({})) }
}

pub fn hook(reach: &Reach, answer: &Answer) -> Found {
    if let Err(why) = Result::from(super::answers::read(answer)) {
        return Found::unknown(why);
    }
    let Some((_, body)) = answer.json() else { return Found::of_silence(answer) };
    let called = body["webhook"].as_str().unwrap_or_default();
    let Reach::Webhook { url } = reach else { return Found::Hook(Hook::Missing) };
    if called.is_empty() {
        return Found::Hook(Hook::Missing);
    }
    if !same_address(called, url) {
        return Found::Hook(Hook::Elsewhere);
    }
    let named: Vec<&str> = body["event_types"].as_array().into_iter().flatten().filter_map(|name| name.as_str()).collect();
    let lacks = if named.is_empty() { Vec::new() } else { lacking(EVENTS, &named) };
    Found::Hook(if lacks.is_empty() { Hook::Ours(Backlog::default()) } else { Hook::Lacks(lacks) })
}
