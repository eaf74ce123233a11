//! The settings of a connected account: which fields a channel asks for, and the values, checked once and then trusted.
//!
//! The words of a field stand in Fluent: `channel-telegram-token` is its name, `channel-telegram-token-help` says where to find it.

use std::collections::BTreeMap;
use std::fmt;

use clinic::actors::Channel;
use kernel::{Chance, Secret};
use sha2::{Digest, Sha256};
use subtle::ConstantTimeEq;

/// Longer than any token, address or password a provider hands out.
const LONGEST: usize = 500;
/// A few certificates of authorities, one after the other.
const LONGEST_WITH_LINES: usize = 30_000;

/// One field of the settings page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SettingField {
    pub name: &'static str,
    pub kind: Kind,
    pub need: Need,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Never shown again; left empty on the page, the stored one stays.
    Secret,
    Text,
    /// `https://..`, or `http://` on this very machine.
    Url,
    Number {
        from: u32,
        to: u32,
    },
    MailAddress,
    Choice(&'static [&'static str]),
    /// An authority that signs the provider's certificate, in PEM: several lines.
    Certificate,
    /// A key to sign with, in PEM: several lines. As secret as [`Kind::Secret`].
    PrivateKey,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Need {
    Required,
    Optional,
    /// Made by chance when the account is connected, see [`Settings::fill`]; nobody types it in. One of [`Kind::Text`] is shown
    /// to be copied to the provider.
    Made,
    /// Where the provider calls this account. Nobody types it in; empty without a public address.
    Hook,
    /// What holds when the field is left empty.
    Otherwise(&'static str),
}

/// The checked values of one account. Prints the names of the fields only.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Settings {
    values: BTreeMap<&'static str, String>,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("setting `{field}`: {wrong:?}")]
pub struct SettingFault {
    pub field: String,
    pub wrong: SettingWrong,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum SettingWrong {
    Unknown,
    Missing,
    TooLong,
    /// A line break or another character that no key on a keyboard makes.
    Control,
    NotAnAddress,
    NotANumber,
    NotAMailAddress,
    NotAChoice,
    /// Not of the form in which the provider issues it.
    WrongForm,
}

impl Kind {
    /// Never shown again.
    pub fn is_secret(self) -> bool {
        matches!(self, Self::Secret | Self::PrivateKey)
    }
}

impl SettingFault {
    /// The first field that does not fit the form in which the provider issues it.
    pub fn unless<'a>(fits: impl IntoIterator<Item = (&'a str, bool)>) -> Result<(), Self> {
        let wrong = fits.into_iter().find(|(_, fits)| !fits);
        wrong.map_or(Ok(()), |(field, _)| Err(Self { field: field.to_owned(), wrong: SettingWrong::WrongForm }))
    }
}

impl SettingField {
    /// The key of its name on the page.
    pub fn key(&self, channel: Channel) -> String {
        format!("channel-{}-{}", channel.name(), self.name.replace('_', "-"))
    }

    pub fn help_key(&self, channel: Channel) -> String {
        format!("{}-help", self.key(channel))
    }

    /// The key of the name of one choice: `channel-email-security-starttls`.
    pub fn choice_key(&self, channel: Channel, choice: &str) -> String {
        format!("{}-{choice}", self.key(channel))
    }

    /// Whether it stands on the page: to be filled in, or, made by us, to be copied to where the provider asks for it.
    pub fn is_shown(&self) -> bool {
        match self.need {
            Need::Made => self.kind == Kind::Text,
            Need::Hook => false,
            Need::Required | Need::Optional | Need::Otherwise(_) => true,
        }
    }

    /// Whether somebody is asked for it.
    pub fn is_asked(&self) -> bool {
        !matches!(self.need, Need::Made | Need::Hook)
    }

    fn check(&self, value: &str) -> Result<(), SettingWrong> {
        let has_lines = matches!(self.kind, Kind::Certificate | Kind::PrivateKey);
        if value.len() > if has_lines { LONGEST_WITH_LINES } else { LONGEST } {
            return Err(SettingWrong::TooLong);
        }
        if value.chars().any(|c| c.is_control() && !(has_lines && matches!(c, '\r' | '\n'))) {
            return Err(SettingWrong::Control);
        }
        let (fits, otherwise) = match self.kind {
            // whether a key is sound is found by the channel that uses it
            Kind::Secret | Kind::Text | Kind::PrivateKey => (true, SettingWrong::Control),
            Kind::Url => (is_web_address(value), SettingWrong::NotAnAddress),
            Kind::Number { from, to } => (value.parse::<u32>().is_ok_and(|number| (from..=to).contains(&number)), SettingWrong::NotANumber),
            Kind::MailAddress => (kernel::Address::new(kernel::Scheme::Mailto, value).is_ok(), SettingWrong::NotAMailAddress),
            Kind::Choice(choices) => (choices.contains(&value), SettingWrong::NotAChoice),
            Kind::Certificate => (is_certificate(value), SettingWrong::WrongForm),
        };
        if fits { Ok(()) } else { Err(otherwise) }
    }
}

impl SettingWrong {
    pub const ALL: [Self; 9] = [
        Self::Unknown,
        Self::Missing,
        Self::TooLong,
        Self::Control,
        Self::NotAnAddress,
        Self::NotANumber,
        Self::NotAMailAddress,
        Self::NotAChoice,
        Self::WrongForm,
    ];

    /// The key of its sentence.
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown => "channel-setting-unknown",
            Self::Missing => "channel-setting-missing",
            Self::TooLong => "channel-setting-too-long",
            Self::Control => "channel-setting-control",
            Self::NotAnAddress => "channel-setting-not-an-address",
            Self::NotANumber => "channel-setting-not-a-number",
            Self::NotAMailAddress => "channel-setting-not-a-mail-address",
            Self::NotAChoice => "channel-setting-not-a-choice",
            Self::WrongForm => "channel-setting-wrong-form",
        }
    }
}

impl Settings {
    /// Checks what was typed in or stored. `before` are the values so far: a secret left empty stays as it was.
    pub fn read(fields: &[SettingField], typed: &BTreeMap<String, String>, before: Option<&Self>) -> Result<Self, Vec<SettingFault>> {
        let fault = |field: &str, wrong| SettingFault { field: field.to_owned(), wrong };
        let known = |name: &str| fields.iter().any(|field| field.name == name);
        let mut faults: Vec<_> = typed.keys().filter(|name| !known(name)).map(|name| fault(name, SettingWrong::Unknown)).collect();
        let mut values = BTreeMap::new();
        for field in fields {
            let given = typed.get(field.name).map(|value| value.trim()).filter(|value| !value.is_empty());
            let kept = before.filter(|_| field.kind.is_secret()).and_then(|before| before.values.get(field.name));
            match (given.or(kept.map(String::as_str)), field.need) {
                (Some(value), _) | (None, Need::Otherwise(value)) => match field.check(value) {
                    Ok(()) => {
                        values.insert(field.name, value.to_owned());
                    }
                    Err(wrong) => faults.push(fault(field.name, wrong)),
                },
                (None, Need::Required | Need::Made) => faults.push(fault(field.name, SettingWrong::Missing)),
                (None, Need::Optional | Need::Hook) => {}
            }
        }
        if faults.is_empty() { Ok(Self { values }) } else { Err(faults) }
    }

    /// Makes what nobody types in, where there is none yet.
    pub fn fill(fields: &[SettingField], typed: &mut BTreeMap<String, String>, before: Option<&Self>, chance: &mut Chance) {
        for field in fields.iter().filter(|field| field.need == Need::Made) {
            let kept = before.is_some_and(|before| before.values.contains_key(field.name));
            if !kept && !typed.contains_key(field.name) {
                typed.insert(field.name.to_owned(), chance.token());
            }
        }
    }

    /// Writes down where the provider calls the account, where a channel has to know it.
    pub fn reached_at(fields: &[SettingField], typed: &mut BTreeMap<String, String>, hook: Option<&str>) {
        for field in fields.iter().filter(|field| field.need == Need::Hook) {
            typed.insert(field.name.to_owned(), hook.unwrap_or_default().to_owned());
        }
    }

    /// Empty if the field was left empty.
    pub fn text(&self, name: &str) -> &str {
        self.values.get(name).map_or("", String::as_str)
    }

    pub fn secret(&self, name: &str) -> Secret {
        Secret::new(self.text(name))
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.text(name).parse().ok()
    }

    /// Everything, secrets too, for the row it is stored in.
    pub fn to_store(&self) -> BTreeMap<String, String> {
        self.values.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect()
    }
}

impl fmt::Debug for Settings {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str("Settings")?;
        out.debug_set().entries(self.values.keys()).finish()
    }
}

/// Whether what was shown is the secret, in a time that tells neither its letters nor its length.
/// An unset secret is nobody's secret: nothing matches it.
pub fn same_secret(secret: &Secret, shown: &[u8]) -> bool {
    let same = Sha256::digest(secret.expose()).ct_eq(&Sha256::digest(shown));
    bool::from(same) && !secret.is_empty()
}

/// Certificates in PEM and nothing else. Whether they are sound is found when they are used.
fn is_certificate(value: &str) -> bool {
    let (begin, end) = ("-----BEGIN CERTIFICATE-----", "-----END CERTIFICATE-----");
    let plain = |c: char| c.is_ascii_alphanumeric() || "+/=\r\n".contains(c);
    let mut parts = value.trim().split(begin).map(str::trim);
    let first_is_empty = parts.next() == Some("");
    let mut certificates = 0;
    let all_whole = parts.all(|part| {
        certificates += 1;
        part.strip_suffix(end).is_some_and(|inside| inside.len() > 40 && inside.chars().all(plain))
    });
    first_is_empty && all_whole && certificates > 0
}

/// Tokens travel in these addresses: readable ones are refused, but for a server on this very machine.
fn is_web_address(value: &str) -> bool {
    let (rest, readable) = match (value.strip_prefix("https://"), value.strip_prefix("http://")) {
        (Some(rest), _) => (rest, false),
        (None, Some(rest)) => (rest, true),
        (None, None) => return false,
    };
    let authority = rest.split('/').next().unwrap_or_default();
    let host = authority.rsplit_once(':').map_or(authority, |(host, _)| host);
    let here = matches!(host, "localhost" | "127.0.0.1" | "[::1]");
    let plain = |c: char| c.is_ascii_graphic() && !"@?#\\\"<>^`{|}".contains(c);
    !host.is_empty() && rest.chars().all(plain) && (here || !readable)
}
