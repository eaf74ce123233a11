//! Every way by which something comes in, for the tests of every crate: each channel of the registry and, where a clinic chooses
//! among providers, each of them. A way proves its news as its provider does, and says other words in any place of them.
//!
//! A channel or a provider that is added is a way at once. Trials walk over [`ways`], so whoever adds one must say here how it is
//! proven and where its news lie, or they fail.

mod hostile;
mod news;
mod proofs;

use std::collections::BTreeMap;
use std::fmt;

use clinic::actors::Channel;
use kernel::Timestamp;

pub use self::hostile::{TRAPS, scripts};
pub use self::news::{News, Shown, shown};
pub use self::proofs::{Knock, Proof};
use crate::{Answer, Arrival, Connector, Fetched, Kind, Settings, Unreadable, registry};

/// What a clinic fills in, and what was made for it. Which of it a channel asks for, it says itself.
pub const TYPED: [(&str, &str); 26] = [
    ("token", "6100000001:AAtrialtrialtrialtrialtrialtrialtri"),
    ("webhook_secret", SECRET),
    ("key", SECRET),
    ("host", "mail.smile.example"),
    ("user", "desk"),
    ("password", "open sesame"),
    ("from_address", "hello@smile.example"),
    ("from_name", "Smile Dental"),
    ("imap_host", "mail.smile.example"),
    ("sender_name", "Smile Dental"),
    ("welcome", "Нажмите, чтобы начать."),
    ("welcome_button", "Начать"),
    ("phone_number_id", "206500000000002"),
    ("business_account_id", "106500000000003"),
    ("app_id", "210000000000009"),
    ("page_id", "310000000000001"),
    ("app_secret", "test_app_secret"),
    ("verify_token", SECRET),
    ("list_button", "Выбрать"),
    ("group_id", "210000001"),
    ("confirmation", "1f2e3d4c"),
    ("secret", SECRET),
    ("provider", "kavenegar"),
    ("sender", "10004346"),
    ("word", SECRET),
    ("origins", "https://smile.example"),
];

pub const SECRET: &str = "wh_6Jp2-Zs9_A";
/// Twilio knows the clinic by this.
const ACCOUNT: &str = "AC0123456789abcdef0123456789abcdef";

#[derive(Clone, Copy)]
pub struct Way {
    pub connector: &'static dyn Connector,
    /// Empty, where the channel has but one.
    pub provider: &'static str,
}

/// As something came in.
#[derive(Clone)]
pub enum Told {
    Called(Knock),
    /// To a question after this cursor.
    Fetched(Answer, Option<String>),
}

pub fn ways() -> Vec<Way> {
    let of = |connector: &&'static dyn Connector| {
        let field = connector.settings().iter().find(|field| field.name == "provider");
        let providers = field.and_then(|field| if let Kind::Choice(choices) = field.kind { Some(choices) } else { None });
        providers.unwrap_or(&[""]).iter().map(|provider| Way { connector: *connector, provider }).collect::<Vec<_>>()
    };
    registry().iter().flat_map(of).collect()
}

impl Way {
    pub fn channel(&self) -> Channel {
        self.connector.channel()
    }

    /// `sms-twilio`, `vk`.
    pub fn name(&self) -> String {
        [self.channel().name(), self.provider].join("-").trim_end_matches('-').to_owned()
    }

    /// As a clinic connects it; `hook` is where we are called.
    pub fn typed(&self, hook: &str) -> BTreeMap<String, String> {
        let own: &[(&str, &str)] = match (self.channel(), self.provider) {
            (Channel::Sms, "twilio") => &[("user", ACCOUNT), ("sender", "+3612345678")],
            (Channel::Sms, "smsc") => &[("user", "clinic7"), ("sender", "Ulybka")],
            (Channel::Sms, "seeme") => &[("sender", "MosolyDent")],
            (Channel::Sms, "smpp") => &[("host", "centre.example"), ("user", "clinic7")],
            (Channel::Telephone, "twilio") => &[("user", ACCOUNT), ("line", "+15005550006"), ("extension", "+3612345678")],
            (Channel::Telephone, "ari") => &[("server", "https://pbx.example"), ("extension", "101")],
            (Channel::Telephone, _) => &[("host", "pbx.example"), ("extension", "101")],
            _ => &[],
        };
        let given = [("provider", self.provider), ("hook", hook)].into_iter().filter(|(_, value)| !value.is_empty());
        let known = |name: &str| self.connector.settings().iter().any(|field| field.name == name);
        let all = TYPED.iter().copied().chain(own.iter().copied()).chain(given);
        all.filter(|(name, _)| known(name)).map(|(name, value)| (name.to_owned(), value.to_owned())).collect()
    }

    pub fn settings(&self, hook: &str) -> Settings {
        self.settings_with(hook, &[])
    }

    /// The same with other values.
    pub fn settings_with(&self, hook: &str, others: &[(&str, &str)]) -> Settings {
        let mut typed = self.typed(hook);
        typed.extend(others.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let settings = Settings::read(self.connector.settings(), &typed, None).unwrap_or_else(|faults| panic!("{self:?}: {faults:?}"));
        self.connector.check_settings(&settings).unwrap_or_else(|fault| panic!("{self:?}: {fault:?}"));
        settings
    }

    /// What it tells.
    pub fn read(&self, settings: &Settings, told: &Told, at: Timestamp) -> Result<Vec<Arrival>, Unreadable> {
        match told {
            Told::Called(knock) => knock.call(at, |call| self.connector.read_webhook(settings, call)).map(|reading| reading.arrivals),
            Told::Fetched(answer, cursor) => {
                let fetched = Fetched { cursor: cursor.as_deref(), answer, received_at: at };
                let polled = self.connector.read_poll(settings, &fetched).map_err(|_| Unreadable::Malformed { at: "answer" })?;
                Ok(polled.arrivals)
            }
        }
    }
}

impl fmt::Debug for Way {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.name())
    }
}
