//! How the chat looks on the clinic's pages, and on whose pages it may stand: the settings of the account, read once.

use kernel::Locale;
use url::{Host, Url};

use crate::Settings;

/// More websites than any clinic has.
const MOST_ORIGINS: usize = 10;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Look {
    /// Where the script may speak from, each as a browser says it: `https://smile.example`.
    pub origins: Vec<String>,
    /// `#0f6b66`
    pub colour: String,
    /// What is read best on that colour.
    pub ink: &'static str,
    pub side: Side,
    pub shade: Shade,
    pub booking: Option<String>,
    greetings: Vec<(Locale, String)>,
}

/// At which side of the page: where its lines end, or where they begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    End,
    Start,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shade {
    /// As the visitor's device has it.
    Auto,
    Light,
    Dark,
}

impl Look {
    /// None: the settings no longer fit.
    pub fn of(settings: &Settings) -> Option<Self> {
        let colour = colour(settings.text("colour"))?;
        let greeting = |locale: Locale| (locale, settings.text(&format!("greeting_{}", locale.code())).to_owned());
        Some(Self {
            origins: origins(settings.text("origins"))?,
            ink: ink(&colour),
            colour,
            side: if settings.text("side") == Side::NAMES[1] { Side::Start } else { Side::End },
            shade: match settings.text("shade") {
                "light" => Shade::Light,
                "dark" => Shade::Dark,
                _ => Shade::Auto,
            },
            booking: Some(settings.text("booking").to_owned()).filter(|url| !url.is_empty()),
            greetings: Locale::ALL.into_iter().map(greeting).filter(|(_, words)| !words.is_empty()).collect(),
        })
    }

    /// The clinic's own first words, where it has written some in this language.
    pub fn greeting(&self, locale: Locale) -> Option<&str> {
        self.greetings.iter().find(|(known, _)| *known == locale).map(|(_, words)| words.as_str())
    }
}

impl Side {
    pub const NAMES: [&str; 2] = ["end", "start"];

    pub const fn name(self) -> &'static str {
        match self {
            Self::End => Self::NAMES[0],
            Self::Start => Self::NAMES[1],
        }
    }
}

impl Shade {
    pub const NAMES: [&str; 3] = ["auto", "light", "dark"];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Auto => Self::NAMES[0],
            Self::Light => Self::NAMES[1],
            Self::Dark => Self::NAMES[2],
        }
    }
}

/// Websites as somebody types them, with commas or spaces between; None if one is none. Names in other letters than Latin
/// are written as browsers send them.
pub fn origins(typed: &str) -> Option<Vec<String>> {
    let parts = typed.split([',', ';', ' ']).filter(|part| !part.is_empty());
    let origins = parts.map(origin).collect::<Option<Vec<_>>>()?;
    (1..=MOST_ORIGINS).contains(&origins.len()).then_some(origins)
}

/// A page of the website will do: the origin is its beginning.
fn origin(typed: &str) -> Option<String> {
    let url = Url::parse(typed).ok()?;
    let here = matches!(url.host()?, Host::Domain("localhost")) || matches!(url.host()?, Host::Ipv4(address) if address.is_loopback());
    let is_safe = url.scheme() == "https" || url.scheme() == "http" && here;
    let is_plain = url.username().is_empty() && url.password().is_none();
    (is_safe && is_plain).then(|| url.origin().ascii_serialization())
}

/// `#rrggbb` in lower case.
pub fn colour(typed: &str) -> Option<String> {
    let digits = typed.strip_prefix('#')?;
    let fits = digits.len() == 6 && digits.bytes().all(|digit| digit.is_ascii_hexdigit());
    fits.then(|| typed.to_ascii_lowercase())
}

/// White or black, whichever stands out more: on any colour one of them does by 4.5 to 1 (WCAG 2.2, 1.4.3).
fn ink(colour: &str) -> &'static str {
    let part = |from: usize| u8::from_str_radix(&colour[from..from + 2], 16).map_or(0.0, linear);
    let light = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
    // where (1 + 0.05) / (L + 0.05) = (L + 0.05) / 0.05
    if light > 0.179 { "#000000" } else { "#ffffff" }
}

fn linear(part: u8) -> f64 {
    let part = f64::from(part) / 255.0;
    if part <= 0.04045 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
}
