//! WhatsApp, by the Cloud API. Within a day of the patient's last words the clinic writes as it likes; after it only a text that
//! was approved before: the one that the clinic has chosen for what is to be said, or the one that the settings name, with two gaps,
//! the patient's name and all of it.
//!
//! A patient may hide their number and be known by a name of the house only, so an address here is either. Reports bring our own
//! id back: doubt about a letter whose answer was lost ends with the first of them.
//! After: Graph API v25.0, developers.facebook.com/documentation/business-messaging.

mod answers;
mod files;
mod letters;
mod news;
mod templates;

#[cfg(test)]
mod tests;

use std::time::Duration;

use clinic::actors::Channel;
use clinic::conversations::MediaFile;
use clinic::files::MediaKind;
use clinic::templates::State;
use kernel::Timestamp;

use crate::meta::{self, Asked, is_number};
use crate::{
    Account, Answer, Arriving, Aspect, Bringing, Browsing, Buttons, Call, Card, Connector, Cost, Counted, Disclosure, Fetching, Files,
    FilesOut, FirstWord, Format, Found, Kind, Letter, Means, Medium, Method, Need, Outgoing, Pace, Question, Rate, Reach, Reading,
    Receipts, Repeats, Reply, Sending, SettingFault, SettingField, Settings, Templates, TextLimit, Trouble, Unreadable, Unwritable,
};

pub struct Whatsapp;

const WINDOW: Duration = Duration::from_hours(24);
/// Of what the app must hear: what people write and what becomes of our messages, and how our texts stand.
const TOLD: [&str; 4] = ["messages", "message_template_status_update", "message_template_quality_update", "template_category_update"];
/// Without which nothing can be sent.
const RIGHTS: [&str; 1] = ["whatsapp_business_messaging"];
/// Of one text.
const TEXT: usize = 4_096;
/// Of a text with buttons under it.
const BODY: usize = 1_024;

static CARD: Card = Card {
    means: Means::Words,
    text: TextLimit { most: TEXT, counted: Counted::Utf16 },
    buttons: Some(Buttons { most: 10, label: 24, data: 200, share_contact: false }),
    media: &[Medium { kind: MediaKind::Image, bytes: 5_000_000 }, Medium { kind: MediaKind::Document, bytes: 100_000_000 }],
    files: Files { hosts: &["fbsbx.com", "fbcdn.net", "whatsapp.net"], most: 25_000_000, out: FilesOut::Beside },
    window: Some(WINDOW),
    templates: Templates::OutsideWindow,
    receipts: Receipts::DeliveredAndRead,
    disclosure: Disclosure::Account,
    first_word: FirstWord::Clinic,
    repeats: Repeats::EchoesOurId,
    arriving: Arriving::Webhook,
    // 80 a second of one number, and one in six seconds to one patient, of which a few may come at once.
    pace: Pace {
        per_account: Rate { letters: 60, within: Duration::from_secs(1) },
        per_recipient: Rate { letters: 5, within: Duration::from_secs(30) },
    },
    cost: Cost::PerMessage,
    formats: &[Format::Plain],
};

const FIELDS: [SettingField; 9] = [
    SettingField { name: "token", kind: Kind::Secret, need: Need::Required },
    SettingField { name: "phone_number_id", kind: Kind::Text, need: Need::Required },
    SettingField { name: "app_secret", kind: Kind::Secret, need: Need::Required },
    SettingField { name: "list_button", kind: Kind::Text, need: Need::Required },
    SettingField { name: "business_account_id", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "app_id", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "template", kind: Kind::Text, need: Need::Optional },
    SettingField { name: "server", kind: Kind::Url, need: Need::Otherwise(meta::SERVER) },
    SettingField { name: "verify_token", kind: Kind::Text, need: Need::Made },
];

impl Connector for Whatsapp {
    fn channel(&self) -> Channel {
        Channel::Whatsapp
    }

    fn card(&self) -> &'static Card {
        &CARD
    }

    fn settings(&self) -> &'static [SettingField] {
        &FIELDS
    }

    fn check_settings(&self, settings: &Settings) -> Result<(), SettingFault> {
        let is_plain = |name: &str| settings.text(name).bytes().all(|byte| byte.is_ascii_graphic());
        let template = settings.text("template");
        let fits = [
            ("token", settings.text("token").len() >= 16 && is_plain("token")),
            ("app_secret", settings.text("app_secret").len() >= 8 && is_plain("app_secret")),
            ("phone_number_id", is_number(settings.text("phone_number_id"))),
            ("app_id", settings.text("app_id").is_empty() || is_number(settings.text("app_id"))),
            ("business_account_id", settings.text("business_account_id").is_empty() || is_number(settings.text("business_account_id"))),
            ("list_button", settings.text("list_button").chars().count() <= 20),
            ("template", template.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')),
        ];
        SettingFault::unless(fits)
    }

    fn read_webhook(&self, settings: &Settings, call: &Call<'_>) -> Result<Reading, Unreadable> {
        match meta::check(settings, call)? {
            Asked::Challenge(reading) => Ok(reading),
            Asked::News(body) => Ok(Reading { arrivals: news::read(settings, body, call.received_at)?, reply: Reply::ok() }),
        }
    }

    fn write(&self, settings: &Settings, message: &Outgoing) -> Result<Vec<Letter>, Unwritable> {
        letters::write(settings, message)
    }

    fn general_template<'a>(&self, settings: &'a Settings) -> &'a str {
        settings.text("template")
    }

    fn catalogue<'a>(&self, settings: &'a Settings) -> &'a str {
        settings.text("business_account_id")
    }

    fn browse(&self, settings: &Settings, so_far: &[Answer], at: Timestamp) -> Browsing {
        templates::browse(settings, so_far, at)
    }

    fn turned_by(&self, code: &str) -> Option<State> {
        templates::turned_by(code)
    }

    fn read_answer(&self, _letter: &Letter, answer: &Answer) -> Sending {
        answers::read(answer)
    }

    fn check(&self, settings: &Settings) -> Option<Letter> {
        Some(letters::asked(settings, "?fields=verified_name,display_phone_number"))
    }

    fn read_check(&self, answer: &Answer) -> Result<Account, Trouble> {
        answers::read_check(answer)
    }

    fn questions(&self, settings: &Settings, _reach: &Reach) -> Vec<Question> {
        let token = letters::at(settings, meta::token_asked(settings, ""));
        let token = Question { about: Aspect::Token, letter: token };
        let hook = (!settings.text("business_account_id").is_empty())
            .then(|| Question { about: Aspect::Hook, letter: letters::subscriptions(settings, Method::Get) });
        let fields =
            (!settings.text("app_id").is_empty()).then(|| Question { about: Aspect::Fields, letter: meta::fields_asked(settings) });
        std::iter::once(token).chain(hook).chain(fields).collect()
    }

    fn read_finding(&self, _settings: &Settings, reach: &Reach, about: Aspect, answer: &Answer) -> Found {
        match about {
            Aspect::Token => meta::token(&RIGHTS, answer),
            Aspect::Hook => meta::subscribed(&[], reach, answer),
            Aspect::Fields => meta::fields(("whatsapp_business_account", &TOLD), answer),
        }
    }

    fn set_up(&self, settings: &Settings, _reach: &Reach) -> Vec<Letter> {
        // without the number of the business account nobody knows which app to tell
        let is_known = !settings.text("business_account_id").is_empty();
        is_known.then(|| letters::subscriptions(settings, Method::Post)).into_iter().collect()
    }

    fn set_again(&self, settings: &Settings, reach: &Reach, so_far: &[Answer]) -> Option<Letter> {
        let app = match reach {
            Reach::Webhook { url } if !settings.text("app_id").is_empty() => {
                Some(meta::fields_set(settings, ("whatsapp_business_account", &TOLD), url))
            }
            Reach::Webhook { .. } | Reach::Polling => None,
        };
        self.set_up(settings, reach).into_iter().chain(app).nth(so_far.len())
    }

    fn fetch(&self, settings: &Settings, file: &MediaFile, so_far: &[Answer]) -> Fetching {
        files::fetch(settings, file, so_far)
    }

    fn bring(&self, settings: &Settings, message: &Outgoing, so_far: &[Answer]) -> Bringing {
        message.file.as_ref().map_or(Bringing::Needless, |file| files::bring(settings, file, so_far))
    }

    fn opening_link(&self, account: &Account, token: &str) -> Option<String> {
        // What stands there is the patient's first message: they see it, and send it.
        let fits = is_number(&account.handle) && news::opens(&format!("#{token}")).is_some();
        fits.then(|| format!("https://wa.me/{}?text=%23{token}", account.handle))
    }
}
