//! Where MAX calls.

use super::letters::{self, UPDATES};
use crate::standing::{Aspect, Backlog, Found, Hook, Question, lacking, same_address};
use crate::{Answer, Reach, Settings, Trouble};

pub fn question(settings: &Settings) -> Question {
    Question { about: Aspect::Hook, letter: letters::asked(settings, "/subscriptions", letters::PATIENCE) }
}

pub fn hook(reach: &Reach, answer: &Answer) -> Found {
    let Some((200, body)) = answer.json() else {
        return Found::unknown(Result::from(super::answers::read(answer)).err().unwrap_or(Trouble::StrangeAnswer));
    };
    let Some(subscriptions) = body["subscriptions"].as_array() else { return Found::unknown(Trouble::StrangeAnswer) };
    let Reach::Webhook { url } = reach else {
        let hook = if subscriptions.is_empty() { Hook::Ours(Backlog::default()) } else { Hook::InTheWay };
        return Found::Hook(hook);
    };
    let ours = subscriptions.iter().find(|known| known["url"].as_str().is_some_and(|known| same_address(known, url)));
    let Some(ours) = ours else {
        return Found::Hook(if subscriptions.is_empty() { Hook::Missing } else { Hook::Elsewhere });
    };
    // without a list it tells everything
    let named = ours["update_types"].as_array().map(|all| all.iter().filter_map(|name| name.as_str()).collect::<Vec<_>>());
    let lacks = named.map(|named| lacking(UPDATES, &named)).unwrap_or_default();
    Found::Hook(if lacks.is_empty() { Hook::Ours(Backlog::default()) } else { Hook::Lacks(lacks) })
}
