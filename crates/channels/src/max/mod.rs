//! MAX, as a bot of the clinic. Comes in by a webhook that shows our secret, or is fetched; a number that a patient shares is
//! believed only with the messenger's own seal on it. The certificate of the server may be signed by an authority that
//! most machines do not know: the settings take one.
//! After: the schema of the bot API of 2026-07-01, dev.max.ru.

mod answers;
mod files;
mod letters;
mod standing;
mod updates;

#[cfg(test)]
mod tests;

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::MediaFile;
use clinic::files::MediaKind;

use crate::files::Source;
use crate::{
    Account, Answer, Arrival, Arriving, Aspect, Bringing, Buttons, Call, Card, Connector, Cost, Counted, Disclosure, Fetched, Fetching,
    Files, FilesOut, FirstWord, Format, Found, Kind, Letter, Means, Medium, Method, Need, Outgoing, Pace, PollTrouble, Polled, Question,
    Rate, Reach, Reading, Receipts, Repeats, Reply, Sending, SettingFault, SettingField, Settings, Templates, TextLimit, Trouble,
    Unreadable, Unwritable, proof,
};

pub struct Max;

pub const SECRET_HEADER: &str = "x-max-bot-api-secret";

/// Of one text.
const TEXT: usize = 4_000;
/// Characters on a button.
const LABEL: usize = 128;
/// The longest token in a link, of `A-Za-z0-9_-`.
const LONGEST_TOKEN: usize = 128;

static CARD: Card = Card {
    means: Means::Words,
    text: TextLimit { most: TEXT, counted: Counted::Utf16 },
    buttons: Some(Buttons { most: 30, label: LABEL, data: 1_024, share_contact: true }),
    media: &[Medium { kind: MediaKind::Image, bytes: 50_000_000 }, Medium { kind: MediaKind::Document, bytes: 50_000_000 }],
    files: Files { hosts: &["oneme.ru", "okcdn.ru", "max.ru"], most: 25_000_000, out: FilesOut::Beside },
    window: None,
    templates: Templates::Never,
    receipts: Receipts::None,
    disclosure: Disclosure::Account,
    first_word: FirstWord::Patient,
    repeats: Repeats::SendsTwice,
    arriving: Arriving::WebhookOrPolling,
    // 30 a second are allowed; a few are left for a person who answers.
    pace: Pace {
        per_account: Rate { letters: 25, within: Duration::from_secs(1) },
        per_recipient: Rate { letters: 2, within: Duration::from_secs(1) },
    },
    cost: Cost::Free,
    formats: &[Format::Plain],
};

const FIELDS: [SettingField; 4] = [
    SettingField { name: "token", kind: Kind::Secret, need: Need::Required },
    SettingField { name: "authority", kind: Kind::Certificate, need: Need::Optional },
    SettingField { name: "server", kind: Kind::Url, need: Need::Otherwise("https://platform-api2.max.ru") },
    SettingField { name: "webhook_secret", kind: Kind::Secret, need: Need::Made },
];

impl Connector for Max {
    fn channel(&self) -> Channel {
        Channel::Max
    }

    fn card(&self) -> &'static Card {
        &CARD
    }

    fn settings(&self) -> &'static [SettingField] {
        &FIELDS
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let token = settings.text("token");
        let fits = token.len() >= 16 && token.bytes().all(|byte| byte.is_ascii_graphic());
        SettingFault::unless([("token", fits)])
    }

    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
        if call.method != Method::Post {
            return Err(Unreadable::NoWebhook);
        }
        proof::by_secret(&settings.secret("webhook_secret"), call.header(SECRET_HEADER))?;
        let update = serde_json::from_slice(call.body).map_err(|_| Unreadable::Malformed { at: "update" })?;
        Ok(Reading { arrivals: updates::read(settings, &update)?, reply: Reply::ok() })
    }

    fn write(&self, settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        letters::write(settings, message)
    }

    fn read_answer(&self, _letter: &Letter, answer: &Answer) -> Sending {
        answers::read(answer)
    }

    fn check(&self, settings: &Settings) -> Option<Letter> {
        Some(letters::asked(settings, "/me", letters::PATIENCE))
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        answers::read_check(answer)
    }

    fn poll(&self, settings: &Settings, cursor: Option<&str>) -> Option<Letter> {
        Some(letters::poll(settings, cursor))
    }

    fn read_poll(&self, settings: &Settings, fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
        updates::read_poll(settings, fetched)
    }

    fn after(&self, settings: &Settings, arrival: &Arrival) -> Vec<Letter> {
        arrival.handle.iter().map(|tap| letters::tap_answered(settings, tap)).collect()
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
        match reach {
            Reach::Webhook { url } => vec![letters::webhook(settings, url)],
            // Nothing needs to be said: whoever has no webhook may fetch.
            Reach::Polling => Vec::new(),
        }
    }

    fn fetch(&self, settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
        source(settings).fetch(&file.reference, &[], so_far)
    }

    fn bring(&self, settings: &Settings, message: &Outgoing, so_far: &[Answer]) -> Bringing {
        message.file.as_ref().map_or(Bringing::Needless, |file| files::bring(settings, file, so_far))
    }

    fn opening_link(&self, account: &Account, token: &str) -> Option<String> {
        account.fits_in_a_link(token, LONGEST_TOKEN, b"_-").then(|| format!("https://max.ru/{}?start={token}", account.handle))
    }
}

/// Where files lie.
fn source(settings: &Settings) -> Source<'_> {
    Source { card: &CARD, server: settings.text("server"), authority: settings.text("authority") }
}
