//! Where the messenger calls, and what waits there.

use kernel::Timestamp;
use serde_json::json;

use super::answers::result_of_poll;
use super::dialect::{Dialect, SecretPlace};
use super::letters;
use crate::standing::{Aspect, Backlog, Found, Hook, Question, lacking, same_address};
use crate::{Answer, Reach, Settings, Trouble};

pub fn question(settings: &Settings) -> Question {
    Question { about: Aspect::Hook, letter: letters::method(settings, "getWebhookInfo", &json!({})) }
}

pub fn hook(dialect: &Dialect, settings: &Settings, reach: &Reach, answer: &Answer) -> Found {
    let told = match result_of_poll(answer) {
        Ok(told) => told,
        Err(trouble) => return Found::unknown(Trouble::from(trouble)),
    };
    let Some(called) = told["url"].as_str() else { return Found::unknown(Trouble::StrangeAnswer) };
    let waiting = told["pending_update_count"].as_u64().and_then(|many| u32::try_from(many).ok()).unwrap_or_default();
    let ours = match reach {
        Reach::Polling if called.is_empty() => return Found::Hook(Hook::Ours(Backlog { waiting, failed: None })),
        Reach::Polling => return Found::Hook(Hook::InTheWay),
        Reach::Webhook { url } => match dialect.secret {
            SecretPlace::Header => url.clone(),
            SecretPlace::Path => format!("{}/{}", url.trim_end_matches('/'), settings.text("webhook_secret")),
        },
    };
    if called.is_empty() {
        return Found::Hook(Hook::Missing);
    }
    if !same_address(called, &ours) {
        return Found::Hook(Hook::Elsewhere);
    }
    // where nothing is named, it tells all but a few kinds, of which we need some
    let named = told["allowed_updates"].as_array().map(|all| all.iter().filter_map(|name| name.as_str()).collect::<Vec<_>>());
    let lacks = named.filter(|_| dialect.secret == SecretPlace::Header).map(|named| lacking(dialect.updates.iter().copied(), &named));
    if let Some(lacks) = lacks.filter(|lacks| !lacks.is_empty()) {
        return Found::Hook(Hook::Lacks(lacks));
    }
    let failed = told["last_error_date"].as_i64().map(|at| {
        let words = told["last_error_message"].as_str().unwrap_or_default();
        (Timestamp::from_seconds(at), words.chars().take(200).collect())
    });
    Found::Hook(Hook::Ours(Backlog { waiting, failed }))
}
