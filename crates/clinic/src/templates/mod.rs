//! Texts that a provider has approved, with gaps in them: what may still be said where a messenger's window has closed.
//!
//! ```text
//! pending -> approved | rejected(why)        approved -> paused -> approved | disabled
//! ```
//!
//! The provider decides on the state, and tells of it whenever it likes; what it told earlier changes nothing any more.
//! The clinic decides which of them says which text of the care bot, in which language, and what stands in the gaps:
//! an [`Assignment`]. [`choose`] takes the one for the text, else the clinic's general one, and says why there is none.
//!
//! What was approved for care is not lent to advertising, and what counts as advertising at the provider speaks of care
//! only to those who want advertising.

mod choosing;
mod filling;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::fmt;

use kernel::{Locale, Refusal, Timestamp};
use serde::{Deserialize, Serialize};

pub use choosing::{Advertising, Approval, Need, Shelf, choose};
pub use filling::{Filled, FilledButton, Material, Value};

use crate::patients::WAY_OUT;
use crate::texts::{Kind, Placeholder, Sensitivity, Shipped, may_name};

/// Stands for every text that has no assignment of its own.
pub const GENERAL: &str = "general";

/// What an answer button can mean: the codes of those replies that fit any day and any hour.
pub const ANSWERS: [&str; 8] = ["confirm", "another-time", "cancel", "keep", "more", "late", "person", WAY_OUT];

/// One text in one language, as the provider keeps it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Template {
    pub name: String,
    /// As the provider writes it: `hu`, `en_US`.
    pub language: String,
    pub category: Category,
    pub state: State,
    pub quality: Quality,
    pub header: Header,
    pub body: String,
    pub footer: String,
    pub buttons: Vec<Button>,
    /// When the provider said so.
    pub as_of: Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Of a visit that was agreed, and of care.
    Utility,
    /// Advertising, or what the provider takes for it.
    Marketing,
    /// Codes to sign in with: nothing that a clinic says.
    Authentication,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum State {
    Approved,
    Pending,
    Rejected {
        /// The provider's own word; empty if it gives none.
        why: String,
    },
    /// For a while: too many patients did not like it.
    Paused,
    Disabled,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Quality {
    Unknown,
    High,
    Medium,
    Low,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Header {
    None,
    Words(String),
    /// A picture, a film or a document of the moment.
    File,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Button {
    /// Brings our token back.
    Answer {
        label: String,
    },
    Link {
        label: String,
        url: String,
    },
    /// Needs nothing of us: a number to call.
    Fixed {
        label: String,
    },
    /// Needs what we do not have: a code to copy, a catalogue.
    Foreign {
        label: String,
    },
}

/// Which of its languages: a template is known by both.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct TemplateName {
    pub name: String,
    pub language: String,
}

/// What the provider tells of one of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct News {
    pub of: TemplateName,
    pub at: Timestamp,
    pub turn: Turn,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Turn {
    State(State),
    Quality(Quality),
    Category(Category),
    /// It is there no more.
    Deleted,
}

/// A place that is filled each time.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Gap {
    pub part: Part,
    /// `1`, `2`, or a name.
    pub name: String,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Part {
    Header,
    Body,
    /// The end of the address under the button at this place.
    Link(usize),
}

/// What stands in a gap.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum Meaning {
    /// All that is to be said, on one line.
    Words,
    Named(Placeholder),
}

/// How a text of the care bot is said by an approved one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Assignment {
    pub of: TemplateName,
    /// By [`Gap::key`].
    pub gaps: BTreeMap<String, Meaning>,
    /// What its answer buttons mean, in their order: the codes of replies.
    pub answers: Vec<String>,
}

/// An assignment with what it is for, and the template as far as the provider has told of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assigned {
    /// The key of a text, or [`GENERAL`].
    pub text: String,
    pub locale: Locale,
    pub assignment: Assignment,
    pub template: Option<Template>,
}

impl Template {
    pub fn called(&self) -> TemplateName {
        TemplateName { name: self.name.clone(), language: self.language.clone() }
    }

    /// The language of the program in which it is written, if it is one of them.
    pub fn locale(&self) -> Option<Locale> {
        let language = self.language.split(['_', '-']).next().unwrap_or_default();
        Locale::ALL.into_iter().find(|locale| locale.code() == language)
    }

    /// In the order in which they are read.
    pub fn gaps(&self) -> Vec<Gap> {
        let header = match &self.header {
            Header::Words(words) => gaps_in(words),
            Header::None | Header::File => Vec::new(),
        };
        let named = |part: Part, names: Vec<String>| names.into_iter().map(move |name| Gap { part, name });
        let links = self.buttons.iter().enumerate().flat_map(|(at, button)| match button {
            Button::Link { url, .. } => gaps_in(url).into_iter().map(|name| Gap { part: Part::Link(at), name }).collect(),
            Button::Answer { .. } | Button::Fixed { .. } | Button::Foreign { .. } => Vec::new(),
        });
        named(Part::Header, header).chain(named(Part::Body, gaps_in(&self.body))).chain(links).collect()
    }

    /// What stands on its buttons that bring an answer.
    pub fn answers(&self) -> Vec<&str> {
        self.buttons.iter().filter(|button| matches!(button, Button::Answer { .. })).map(Button::label).collect()
    }

    /// Whether everything in it can be filled by us.
    pub fn can_be_filled(&self) -> bool {
        self.header != Header::File
            && self.category != Category::Authentication
            && !self.buttons.iter().any(|button| matches!(button, Button::Foreign { .. }))
    }

    /// The next state after news of it; None: it is gone. What is older than what is known changes nothing.
    #[must_use]
    pub fn told(self, news: &News) -> Option<Self> {
        if news.at < self.as_of {
            return Some(self);
        }
        let known = Self { as_of: news.at, ..self };
        Some(match &news.turn {
            Turn::State(state) => Self { state: state.clone(), ..known },
            Turn::Quality(quality) => Self { quality: *quality, ..known },
            Turn::Category(category) => Self { category: *category, ..known },
            Turn::Deleted => return None,
        })
    }
}

impl Button {
    pub fn label(&self) -> &str {
        match self {
            Self::Answer { label } | Self::Link { label, .. } | Self::Fixed { label } | Self::Foreign { label } => label,
        }
    }
}

/// The names between `{{` and `}}`, each once.
fn gaps_in(words: &str) -> Vec<String> {
    let mut names: Vec<String> = Vec::new();
    let mut rest = words;
    while let Some((_, after)) = rest.split_once("{{") {
        let Some((name, further)) = after.split_once("}}") else { break };
        let name = name.trim().to_owned();
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if is_name && !names.contains(&name) {
            names.push(name);
        }
        rest = further;
    }
    names
}

impl Gap {
    /// As it stands in a form: `body-1`, `header-name`, `link-0`.
    pub fn key(&self) -> String {
        match self.part {
            Part::Header => format!("header-{}", self.name),
            Part::Body => format!("body-{}", self.name),
            Part::Link(at) => format!("link-{at}"),
        }
    }

    /// Whether it is known by its place, not by a name.
    pub fn is_numbered(&self) -> bool {
        self.name.bytes().all(|byte| byte.is_ascii_digit())
    }
}

impl Meaning {
    /// What can stand in a gap of a text: nothing that several lines take, and nothing sensitive.
    pub fn of_text(text: &str) -> Vec<Self> {
        let may = if text == GENERAL { &[Placeholder::PatientName, Placeholder::ClinicName] } else { may_name(text).unwrap_or_default() };
        let fits = |placeholder: &&Placeholder| placeholder.kind() != Kind::Lines && placeholder.sensitivity() == Sensitivity::Open;
        std::iter::once(Self::Words).chain(may.iter().filter(fits).map(|placeholder| Self::Named(*placeholder))).collect()
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Words => "words",
            Self::Named(placeholder) => placeholder.name(),
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        if name == "words" { Some(Self::Words) } else { Placeholder::named(name).map(Self::Named) }
    }
}

impl TryFrom<String> for Meaning {
    type Error = String;

    fn try_from(name: String) -> Result<Self, String> {
        Self::named(&name).ok_or_else(|| format!("`{name}` stands in no gap"))
    }
}

impl From<Meaning> for String {
    fn from(meaning: Meaning) -> Self {
        meaning.name().to_owned()
    }
}

impl Assignment {
    /// Whether every gap has a meaning that the text knows, and every answer one that the bot understands.
    pub fn check(&self, template: &Template, (text, locale): (&str, Locale)) -> Result<(), Refusal> {
        if text != GENERAL && Shipped::of(text).is_none() {
            return Err(Refusal::new("template.no-such-text").at("text"));
        }
        if !template.can_be_filled() {
            return Err(Refusal::new("template.cannot-be-filled").at("template"));
        }
        if template.locale() != Some(locale) {
            return Err(Refusal::new("template.other-language").at("template"));
        }
        let known = Meaning::of_text(text);
        for gap in template.gaps() {
            let fits = |meaning: &&Meaning| match (gap.part, **meaning) {
                (Part::Link(_), Meaning::Named(placeholder)) => placeholder.kind() == Kind::Link,
                (Part::Link(_), Meaning::Words) => false,
                (Part::Header | Part::Body, _) => true,
            };
            if !self.gaps.get(&gap.key()).filter(fits).is_some_and(|meaning| known.contains(meaning)) {
                return Err(Refusal::new("template.gap-without-meaning").at("gaps"));
            }
        }
        let answers = template.answers();
        for at in 0..answers.len() {
            if !self.answers.get(at).is_some_and(|code| ANSWERS.contains(&code.as_str())) {
                return Err(Refusal::new("template.answer-without-meaning").at("answers"));
            }
        }
        Ok(())
    }
}

impl State {
    /// The key of its word.
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Approved => "template-state-approved",
            Self::Pending => "template-state-pending",
            Self::Rejected { .. } => "template-state-rejected",
            Self::Paused => "template-state-paused",
            Self::Disabled => "template-state-disabled",
        }
    }
}

impl Quality {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Unknown => "template-quality-unknown",
            Self::High => "template-quality-high",
            Self::Medium => "template-quality-medium",
            Self::Low => "template-quality-low",
        }
    }
}

impl Category {
    pub const fn key(self) -> &'static str {
        match self {
            Self::Utility => "template-category-utility",
            Self::Marketing => "template-category-marketing",
            Self::Authentication => "template-category-authentication",
        }
    }
}

impl fmt::Display for TemplateName {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{}/{}", self.name, self.language)
    }
}

impl std::str::FromStr for TemplateName {
    type Err = Refusal;

    fn from_str(text: &str) -> Result<Self, Refusal> {
        let (name, language) = text.rsplit_once('/').ok_or(Refusal::new("template.no-such-template").at("template"))?;
        Ok(Self { name: name.to_owned(), language: language.to_owned() })
    }
}
