//! An address: where a message can go, in one text: `telegram:123`, `tel:+79000000001`, `mailto:vera@example.org`.

use std::fmt;
use std::str::FromStr;

use crate::Phone;

/// What kind of address it is. Its text stands before the colon, for ever.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Scheme {
    Telegram,
    Bale,
    Whatsapp,
    Messenger,
    Vk,
    Max,
    Viber,
    Tel,
    Mailto,
    Web,
    Sandbox,
}

impl Scheme {
    pub const ALL: [Self; 11] = [
        Self::Telegram,
        Self::Bale,
        Self::Whatsapp,
        Self::Messenger,
        Self::Vk,
        Self::Max,
        Self::Viber,
        Self::Tel,
        Self::Mailto,
        Self::Web,
        Self::Sandbox,
    ];

    pub const fn text(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Bale => "bale",
            Self::Whatsapp => "whatsapp",
            Self::Messenger => "messenger",
            Self::Vk => "vk",
            Self::Max => "max",
            Self::Viber => "viber",
            Self::Tel => "tel",
            Self::Mailto => "mailto",
            Self::Web => "web",
            Self::Sandbox => "sandbox",
        }
    }
}

/// One place where one receiver can be reached. Personal: prints as `telegram:***` in Debug.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Address {
    scheme: Scheme,
    rest: String,
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not an address")]
pub struct UnknownAddress;

impl Address {
    /// `rest` is what the provider calls the receiver: at most 190 visible characters, no white space.
    pub fn new(scheme: Scheme, rest: &str) -> Result<Self, UnknownAddress> {
        let visible = !rest.is_empty() && rest.len() <= 190 && rest.chars().all(|c| !c.is_whitespace() && !c.is_control());
        let fits = visible
            && match scheme {
                Scheme::Tel => rest.starts_with('+') && rest[1..].bytes().all(|b| b.is_ascii_digit()),
                Scheme::Mailto => is_mail(rest),
                _ => true,
            };
        let rest = if scheme == Scheme::Mailto { rest.to_lowercase() } else { rest.to_owned() };
        if fits { Ok(Self { scheme, rest }) } else { Err(UnknownAddress) }
    }

    pub fn phone(phone: &Phone) -> Self {
        Self { scheme: Scheme::Tel, rest: phone.e164().to_owned() }
    }

    pub const fn scheme(&self) -> Scheme {
        self.scheme
    }

    pub fn rest(&self) -> &str {
        &self.rest
    }
}

fn is_mail(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let plain = |c: char| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c);
    !local.is_empty()
        && local.len() <= 64
        && local.chars().all(plain)
        && !local.starts_with('.')
        && !local.ends_with('.')
        && domain.contains('.')
        && domain
            .split('.')
            .all(|label| !label.is_empty() && label.chars().all(|c| c.is_alphanumeric() || c == '-') && !label.starts_with('-'))
}

impl fmt::Display for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:{}", self.scheme.text(), self.rest)
    }
}

impl fmt::Debug for Address {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}:***", self.scheme.text())
    }
}

impl FromStr for Address {
    type Err = UnknownAddress;

    fn from_str(text: &str) -> Result<Self, UnknownAddress> {
        let (scheme, rest) = text.split_once(':').ok_or(UnknownAddress)?;
        let scheme = Scheme::ALL.into_iter().find(|known| known.text() == scheme).ok_or(UnknownAddress)?;
        Self::new(scheme, rest)
    }
}

impl serde::Serialize for Address {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> serde::Deserialize<'de> for Address {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_read_back_and_bad_ones_are_refused() {
        for good in ["telegram:123", "tel:+79000000001", "mailto:vera@example.org", "sandbox:pat_1"] {
            assert_eq!(good.parse::<Address>().unwrap().to_string(), good);
        }
        for bad in [
            "",
            "telegram:",
            "telegram",
            "fax:1",
            "tel:900",
            "tel:+7900 1",
            "mailto:vera",
            "mailto:a@b\r\nBcc: x@y.z",
            "mailto:@x.y",
            "mailto:a b@x.y",
        ] {
            assert!(bad.parse::<Address>().is_err(), "{bad}");
        }
    }

    #[test]
    fn an_address_hides_its_owner_in_debug_output() {
        assert_eq!(format!("{:?}", "mailto:vera@example.org".parse::<Address>().unwrap()), "mailto:***");
    }
}
