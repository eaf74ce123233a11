//! Telegram, and Bale, which speaks the same language with an accent: the differences are data, in [`dialect`].
//!
//! Texts are sent plain, without markup, so there is nothing to escape. A bot cannot write first: the patient opens the thread
//! with a link that carries our token, or by writing. After: Bot API 10.1; Bale: docs.bale.ai.

mod answers;
mod dialect;
mod files;
mod letters;
mod standing;
mod updates;
mod wire;

#[cfg(test)]
mod tests;

use clinic::actors::Channel;
use clinic::conversations::MediaFile;
use serde_json::json;

use crate::{
    Account, Answer, Arrival, Aspect, Call, Card, Connector, Fetched, Fetching, Found, Letter, Method, Outgoing, PollTrouble, Polled,
    Question, Reach, Reading, Reply, Sending, SettingFault, SettingField, Settings, Trouble, Unreadable, Unwritable, proof,
};
use dialect::{Dialect, SecretPlace};

pub struct Telegram {
    dialect: &'static Dialect,
}

pub static TELEGRAM: Telegram = Telegram { dialect: &dialect::TELEGRAM };
pub static BALE: Telegram = Telegram { dialect: &dialect::BALE };

const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// How long the server may hold a poll open when there is nothing new.
const POLL_SECONDS: u64 = 25;

/// The longest token in a link, of `A-Za-z0-9_-`.
const LONGEST_TOKEN: usize = 64;

impl Connector for Telegram {
    fn channel(&self) -> Channel {
        self.dialect.channel
    }

    fn card(&self) -> &'static Card {
        &self.dialect.card
    }

    fn settings(&self) -> &'static [SettingField] {
        &self.dialect.fields
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let (token, secret) = (settings.text("token"), settings.text("webhook_secret"));
        SettingFault::unless([("token", is_token(token)), ("webhook_secret", secret.len() <= 256 && secret.bytes().all(is_plain))])
    }

    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
        if call.method != Method::Post {
            return Err(Unreadable::NoWebhook);
        }
        let shown = match self.dialect.secret {
            SecretPlace::Header => call.header(SECRET_HEADER),
            SecretPlace::Path => Some(call.tail.as_bytes()),
        };
        proof::by_secret(&settings.secret("webhook_secret"), shown)?;
        let update = serde_json::from_slice(call.body).map_err(|_| Unreadable::Malformed { at: "update" })?;
        let arrivals = updates::read(self.dialect, update, call.received_at)?;
        Ok(Reading { arrivals: arrivals.into_iter().collect(), reply: Reply::ok() })
    }

    fn write(&self, settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        letters::write(self.dialect, settings, message)
    }

    fn read_answer(&self, _letter: &Letter, answer: &Answer) -> Sending {
        answers::read(answer)
    }

    fn check(&self, settings: &Settings) -> Option<Letter> {
        Some(letters::method(settings, "getMe", &json!({})))
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        answers::read_check(answer)
    }

    fn poll(&self, settings: &Settings, cursor: Option<&str>) -> Option<Letter> {
        let mut wanted = json!({ "timeout": POLL_SECONDS, "limit": 100, "allowed_updates": self.dialect.updates });
        if let Some(next) = cursor.and_then(|cursor| cursor.parse::<i64>().ok()) {
            wanted["offset"] = next.into();
        }
        Some(letters::patient_method(settings, "getUpdates", &wanted, POLL_SECONDS + 15))
    }

    fn read_poll(&self, _settings: &Settings, fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
        updates::read_poll(self.dialect, fetched.answer, fetched.received_at)
    }

    fn after(&self, settings: &Settings, arrival: &Arrival) -> Vec<Letter> {
        // Until a tap is answered, the button shows a turning wheel.
        arrival.handle.iter().map(|tap| letters::method(settings, "answerCallbackQuery", &json!({ "callback_query_id": tap }))).collect()
    }

    fn questions(&self, settings: &Settings, _reach: &Reach) -> Vec<Question> {
        let token = self.check(settings).map(Question::of_token);
        token.into_iter().chain([standing::question(settings)]).collect()
    }

    fn read_finding(&self, settings: &Settings, reach: &Reach, about: Aspect, answer: &Answer) -> Found {
        match about {
            Aspect::Token => Found::of_check(self.read_check(answer)),
            Aspect::Hook | Aspect::Fields => standing::hook(self.dialect, settings, reach, answer),
        }
    }

    fn set_up(&self, settings: &Settings, reach: &Reach) -> Vec<Letter> {
        let letter = match reach {
            Reach::Polling => letters::method(settings, "deleteWebhook", &json!({ "drop_pending_updates": false })),
            Reach::Webhook { url } => {
                let secret = settings.text("webhook_secret");
                let wanted = match self.dialect.secret {
                    SecretPlace::Header => json!({ "url": url, "secret_token": secret, "allowed_updates": self.dialect.updates }),
                    SecretPlace::Path => json!({ "url": format!("{}/{secret}", url.trim_end_matches('/')) }),
                };
                letters::method(settings, "setWebhook", &wanted)
            }
        };
        vec![letter]
    }

    fn fetch(&self, settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
        files::fetch(self.dialect, settings, file, so_far)
    }

    fn opening_link(&self, account: &Account, token: &str) -> Option<String> {
        account.fits_in_a_link(token, LONGEST_TOKEN, b"_-").then(|| format!("{}{}?start={token}", self.dialect.opening, account.handle))
    }
}

/// `<number of the bot>:<letters>`, as the provider hands it out. It becomes part of an address, so nothing else may be in it.
fn is_token(token: &str) -> bool {
    token.split_once(':').is_some_and(|(bot, key)| {
        !bot.is_empty() && bot.bytes().all(|byte| byte.is_ascii_digit()) && key.len() >= 16 && key.bytes().all(is_plain)
    })
}

fn is_plain(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-'
}
