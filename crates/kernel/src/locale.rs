//! The four languages of the program.

use std::fmt;
use std::str::FromStr;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    #[default]
    En,
    Ru,
    Hu,
    Fa,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    LeftToRight,
    RightToLeft,
}

impl Locale {
    pub const ALL: [Self; 4] = [Self::En, Self::Ru, Self::Hu, Self::Fa];

    /// The language subtag of BCP 47.
    pub const fn code(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Ru => "ru",
            Self::Hu => "hu",
            Self::Fa => "fa",
        }
    }

    /// How the language calls itself.
    pub const fn own_name(self) -> &'static str {
        match self {
            Self::En => "English",
            Self::Ru => "Русский",
            Self::Hu => "Magyar",
            Self::Fa => "فارسی",
        }
    }

    pub const fn direction(self) -> Direction {
        match self {
            Self::Fa => Direction::RightToLeft,
            Self::En | Self::Ru | Self::Hu => Direction::LeftToRight,
        }
    }

    /// The first of ours that an `Accept-Language` header or a messenger's language tag names.
    pub fn preferred(header: &str) -> Option<Self> {
        header.split(',').find_map(|part| {
            let tag = part.split(';').next().unwrap_or_default().trim();
            tag.split(['-', '_']).next().and_then(|language| language.to_ascii_lowercase().parse().ok())
        })
    }
}

impl fmt::Display for Locale {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.code())
    }
}

#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("not one of en, ru, hu, fa")]
pub struct UnknownLocale;

impl FromStr for Locale {
    type Err = UnknownLocale;

    fn from_str(text: &str) -> Result<Self, UnknownLocale> {
        Self::ALL.into_iter().find(|locale| locale.code() == text).ok_or(UnknownLocale)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_known_language_of_a_header_wins() {
        let table = [
            ("de-DE,de;q=0.9,hu;q=0.8,en;q=0.7", Some(Locale::Hu)),
            ("fa-IR", Some(Locale::Fa)),
            ("RU_ru", Some(Locale::Ru)),
            ("xx", None),
            ("", None),
        ];
        for (header, expected) in table {
            assert_eq!(Locale::preferred(header), expected, "{header}");
        }
    }
}
