//! Viber, as a bot of the clinic. Calls are signed with the token over their very bytes; a patient must have written first.
//!
//! Whoever opens our link is not reachable yet: Viber lets us answer the call itself, once. That answer asks for one tap, and
//! the tap brings our token along. What a tap says is found in the tracking data that Viber brings back with it.
//! After: the REST API for bots, chatapi.viber.com/pa.

mod answers;
mod events;
mod letters;
mod standing;

#[cfg(test)]
mod tests;

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::MediaFile;
use clinic::files::MediaKind;

use crate::files::Source;
use crate::{
    Account, Answer, Arriving, Aspect, Buttons, Call, Card, Connector, Cost, Counted, Disclosure, Fetching, Files, FilesOut, FirstWord,
    Format, Found, Kind, Letter, Means, Medium, Method, Need, Outgoing, Pace, Question, Rate, Reach, Reading, Receipts, Repeats, Sending,
    SettingFault, SettingField, Settings, Templates, TextLimit, Trouble, Unreadable, Unwritable, proof,
};

pub struct Viber;

pub const SIGNATURE_HEADER: &str = "x-viber-content-signature";

/// Of one text.
const TEXT: usize = 7_000;
/// Of the sender's name.
const NAME: usize = 28;
/// The longest token in a link, of `A-Za-z0-9_-`.
const LONGEST_TOKEN: usize = 64;

static CARD: Card = Card {
    means: Means::Words,
    text: TextLimit { most: TEXT, counted: Counted::Utf16 },
    buttons: Some(Buttons { most: 12, label: 60, data: 64, share_contact: false }),
    media: &[Medium { kind: MediaKind::Image, bytes: 10_000_000 }, Medium { kind: MediaKind::Document, bytes: 50_000_000 }],
    files: Files { hosts: &["viber.com"], most: 25_000_000, out: FilesOut::ByLink },
    window: None,
    templates: Templates::Never,
    receipts: Receipts::DeliveredAndRead,
    disclosure: Disclosure::Account,
    first_word: FirstWord::Patient,
    repeats: Repeats::SendsTwice,
    arriving: Arriving::Webhook,
    // Not documented: careful.
    pace: Pace {
        per_account: Rate { letters: 10, within: Duration::from_secs(1) },
        per_recipient: Rate { letters: 1, within: Duration::from_secs(1) },
    },
    cost: Cost::PerMessage,
    formats: &[Format::Plain],
};

const FIELDS: [SettingField; 5] = [
    SettingField { name: "token", kind: Kind::Secret, need: Need::Required },
    SettingField { name: "sender_name", kind: Kind::Text, need: Need::Required },
    SettingField { name: "welcome", kind: Kind::Text, need: Need::Required },
    SettingField { name: "welcome_button", kind: Kind::Text, need: Need::Required },
    SettingField { name: "server", kind: Kind::Url, need: Need::Otherwise("https://chatapi.viber.com") },
];

impl Connector for Viber {
    fn channel(&self) -> Channel {
        Channel::Viber
    }

    fn card(&self) -> &'static Card {
        &CARD
    }

    fn settings(&self) -> &'static [SettingField] {
        &FIELDS
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let token = settings.text("token");
        let fits = [
            ("token", token.len() >= 16 && token.bytes().all(|byte| byte.is_ascii_graphic())),
            ("sender_name", settings.text("sender_name").chars().count() <= NAME),
            ("welcome_button", settings.text("welcome_button").chars().count() <= 60),
        ];
        SettingFault::unless(fits)
    }

    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
        if call.method != Method::Post {
            return Err(Unreadable::NoWebhook);
        }
        proof::by_signature(&settings.secret("token"), call.body, call.header(SIGNATURE_HEADER), "")?;
        events::read(settings, call)
    }

    fn write(&self, settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        letters::write(settings, message)
    }

    fn read_answer(&self, _letter: &Letter, answer: &Answer) -> Sending {
        answers::read(answer)
    }

    fn check(&self, settings: &Settings) -> Option<Letter> {
        Some(letters::method(settings, "get_account_info", &serde_json::json!({})))
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        answers::read_check(answer)
    }

    fn questions(&self, settings: &Settings, _reach: &Reach) -> Vec<Question> {
        let token = self.check(settings).map(Question::of_token);
        token.into_iter().chain([standing::question(settings)]).collect()
    }

    fn read_finding(&self, _settings: &Settings, reach: &Reach, about: Aspect, answer: &Answer) -> Found {
        match about {
            Aspect::Token => Found::of_check(self.read_check(answer)),
            Aspect::Hook | Aspect::Fields => standing::hook(reach, answer),
        }
    }

    fn set_up(&self, settings: &Settings, reach: &Reach) -> Vec<Letter> {
        vec![letters::webhook(settings, reach)]
    }

    fn fetch(&self, settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
        source(settings).fetch(&file.reference, &[], so_far)
    }

    fn opening_link(&self, account: &Account, token: &str) -> Option<String> {
        account.fits_in_a_link(token, LONGEST_TOKEN, b"_-").then(|| format!("viber://pa?chatURI={}&context={token}", account.handle))
    }
}

/// Where files lie.
fn source(settings: &Settings) -> Source<'_> {
    Source { card: &CARD, server: settings.text("server"), authority: "" }
}
