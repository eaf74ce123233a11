//! VK, as messages of the clinic's community. Comes in by Callback API, which shows a secret inside of its body, or by Long
//! Poll for a clinic without a public address; both name each piece of news, so that it counts once.
//!
//! VK answers 200 to everything: what is wrong stands inside. It knows a message by our own number for about an hour, so
//! a letter that is brought again within it does not arrive twice.
//! After: API 5.199, dev.vk.com.

mod answers;
mod files;
mod letters;
mod news;
mod polling;
mod standing;

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
    Unreadable, Unwritable, same_secret,
};

pub struct Vk;

/// Of one text.
const TEXT: usize = 4_096;
/// Characters on a button.
const LABEL: usize = 40;
/// The longest token in a link, of `A-Za-z0-9_-`.
const LONGEST_TOKEN: usize = 64;

static CARD: Card = Card {
    means: Means::Words,
    text: TextLimit { most: TEXT, counted: Counted::Utf16 },
    buttons: Some(Buttons { most: 10, label: LABEL, data: 64, share_contact: false }),
    media: &[Medium { kind: MediaKind::Image, bytes: 50_000_000 }, Medium { kind: MediaKind::Document, bytes: 200_000_000 }],
    files: Files { hosts: &["userapi.com", "vk.com", "vk.ru", "vkuser.net", "vkuserphoto.ru"], most: 25_000_000, out: FilesOut::Beside },
    window: None,
    templates: Templates::Never,
    receipts: Receipts::None,
    disclosure: Disclosure::Account,
    first_word: FirstWord::Patient,
    repeats: Repeats::KnowsOurId,
    arriving: Arriving::WebhookOrPolling,
    // 20 a second are allowed; a few are left for a person who answers.
    pace: Pace {
        per_account: Rate { letters: 15, within: Duration::from_secs(1) },
        per_recipient: Rate { letters: 1, within: Duration::from_secs(1) },
    },
    cost: Cost::Free,
    formats: &[Format::Plain],
};

const FIELDS: [SettingField; 5] = [
    SettingField { name: "token", kind: Kind::Secret, need: Need::Required },
    SettingField { name: "group_id", kind: Kind::Number { from: 1, to: u32::MAX }, need: Need::Required },
    SettingField { name: "confirmation", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "server", kind: Kind::Url, need: Need::Otherwise("https://api.vk.com") },
    SettingField { name: "secret", kind: Kind::Text, need: Need::Made },
];

impl Connector for Vk {
    fn channel(&self) -> Channel {
        Channel::Vk
    }

    fn card(&self) -> &'static Card {
        &CARD
    }

    fn settings(&self) -> &'static [SettingField] {
        &FIELDS
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"_-.:".contains(&byte);
        let fits = [
            ("token", settings.text("token").len() >= 16 && settings.text("token").bytes().all(is_plain)),
            ("confirmation", settings.text("confirmation").len() <= 40 && settings.text("confirmation").bytes().all(is_plain)),
        ];
        SettingFault::unless(fits)
    }

    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
        if call.method != Method::Post {
            return Err(Unreadable::NoWebhook);
        }
        let secret = settings.secret("secret");
        if secret.is_empty() {
            return Err(Unreadable::NoSecret);
        }
        let news = news::parsed(call.body)?;
        let shown = news.secret.as_deref().filter(|shown| !shown.is_empty()).ok_or(Unreadable::Unsigned)?;
        if !same_secret(&secret, shown.as_bytes()) || settings.number("group_id").map(i64::from) != news.group_id {
            return Err(Unreadable::BadSignature);
        }
        if news.kind == "confirmation" {
            return Ok(Reading { arrivals: Vec::new(), reply: Reply::saying(settings.text("confirmation")) });
        }
        Ok(Reading { arrivals: news::read(&news, call.received_at)?, reply: Reply::saying("ok") })
    }

    fn write(&self, settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        letters::write(settings, message)
    }

    fn read_answer(&self, _letter: &Letter, answer: &Answer) -> Sending {
        answers::read(answer)
    }

    fn check(&self, settings: &Settings) -> Option<Letter> {
        Some(letters::method(settings, "groups.getById", vec![("group_id", settings.text("group_id").to_owned())]))
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        answers::read_check(answer)
    }

    fn poll(&self, settings: &Settings, cursor: Option<&str>) -> Option<Letter> {
        Some(polling::letter(settings, cursor))
    }

    fn read_poll(&self, settings: &Settings, fetched: &Fetched<'_>) -> Result<Polled, PollTrouble> {
        polling::read(settings, fetched)
    }

    fn after(&self, settings: &Settings, arrival: &Arrival) -> Vec<Letter> {
        arrival.handle.iter().filter_map(|handle| letters::tap_answered(settings, handle)).collect()
    }

    fn questions(&self, settings: &Settings, reach: &Reach) -> Vec<Question> {
        standing::questions(settings, reach)
    }

    fn read_finding(&self, _settings: &Settings, reach: &Reach, about: Aspect, answer: &Answer) -> Found {
        standing::found(reach, about, answer)
    }

    fn set_up(&self, settings: &Settings, reach: &Reach) -> Vec<Letter> {
        match reach {
            // The address of a webhook is typed in at VK, where its owner confirms it.
            Reach::Webhook { .. } => Vec::new(),
            Reach::Polling => vec![letters::long_poll_on(settings)],
        }
    }

    fn set_again(&self, settings: &Settings, reach: &Reach, so_far: &[Answer]) -> Option<Letter> {
        match reach {
            Reach::Webhook { url } => standing::called_again(settings, url, so_far),
            Reach::Polling => self.set_up(settings, reach).into_iter().nth(so_far.len()),
        }
    }

    fn fetch(&self, settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
        source(settings).fetch(&file.reference, &[], so_far)
    }

    fn bring(&self, settings: &Settings, message: &Outgoing, so_far: &[Answer]) -> Bringing {
        message.file.as_ref().map_or(Bringing::Needless, |file| files::bring(settings, message, file, so_far))
    }

    fn opening_link(&self, account: &Account, token: &str) -> Option<String> {
        account
            .fits_in_a_link(token, LONGEST_TOKEN, b"_-.")
            .then(|| format!("https://vk.me/{}?ref={token}&ref_source=clinic", account.handle))
    }
}

/// Where files lie.
fn source(settings: &Settings) -> Source<'_> {
    Source { card: &CARD, server: settings.text("server"), authority: "" }
}
