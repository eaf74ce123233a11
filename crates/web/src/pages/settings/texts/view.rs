//! The approved texts of a channel, and which of them says what.
//!
//! ```text
//! GET  /settings/channels/{account}/texts          TextsPage; POST .../fetch
//! GET  /settings/channels/{account}/texts/assign   AssignPage: text, locale, template (of the address)
//! POST /settings/channels/{account}/texts/assign   text, locale, template, the gaps by their keys, answer-0 ..; .../end: text, locale
//! ```

use askama::Template;

use crate::forms::{Choice, Faults};
use crate::pages::settings::view::tabs;
use crate::{Chip, Page};

#[derive(Template)]
#[template(path = "settings/texts.html")]
pub struct TextsPage {
    pub page: Page,
    pub account: String,
    /// 'WhatsApp'
    pub channel: String,
    /// 'Fetched at 10:42', or that nothing was fetched yet.
    pub fetched: String,
    /// Why nothing can be fetched, or was not.
    pub trouble: Option<String>,
    pub can_fetch: bool,
    pub uses: Vec<UseLine>,
    pub templates: Vec<TemplateLine>,
    /// What can be assigned, and in which language.
    pub texts: Vec<Choice>,
    pub locales: Vec<Choice>,
}

/// One text of the care bot, said by an approved one.
pub struct UseLine {
    pub text: String,
    pub locale: String,
    /// 'visit-reminder · English'
    pub says: String,
    pub language: String,
    pub template: String,
    pub chip: Chip,
}

pub struct TemplateLine {
    pub name: String,
    pub language: String,
    pub category: String,
    pub state: Chip,
    pub quality: Option<Chip>,
    /// Why it was rejected, or why we cannot fill it.
    pub why: Option<String>,
    pub header: String,
    pub body: String,
    pub footer: String,
    pub buttons: Vec<String>,
}

#[derive(Template)]
#[template(path = "settings/texts-assign.html")]
pub struct AssignPage {
    pub page: Page,
    pub account: String,
    pub channel: String,
    /// Its key and what it says.
    pub text: (String, String),
    pub locale: (String, String),
    /// All that can be filled, in that language.
    pub templates: Vec<Choice>,
    pub chosen: Option<Chosen>,
    /// Whether it is assigned already.
    pub stands: Stands,
    pub faults: Faults,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stands {
    New,
    Assigned,
}

/// A template whose gaps are given a meaning.
pub struct Chosen {
    pub template: String,
    pub line: TemplateLine,
    pub gaps: Vec<MeaningField>,
    pub answers: Vec<MeaningField>,
}

pub struct MeaningField {
    pub name: String,
    pub label: String,
    pub choices: Vec<Choice>,
}
