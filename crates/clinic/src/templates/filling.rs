//! A template with its gaps filled for one message.

use std::collections::BTreeMap;
use std::fmt;

use super::{Assignment, Button, Gap, Meaning, Part, Template, TemplateName};
use crate::conversations::{self, Press};
use crate::patients::WAY_OUT;
use crate::texts::Placeholder;

/// Of what fills a gap. All of a text may have 1,024 characters.
const LONGEST_VALUE: usize = 900;
/// A gap must not stay empty.
const NOTHING: &str = "…";

/// What is said, for whatever gaps there are.
#[derive(Clone, Copy)]
pub struct Material<'a> {
    /// Without its links.
    pub words: &'a str,
    pub buttons: &'a [conversations::Button],
    /// By the names of placeholders.
    pub values: &'a BTreeMap<String, String>,
}

/// Ready to be written for the provider.
#[derive(Clone, PartialEq, Eq)]
pub struct Filled {
    pub of: TemplateName,
    pub header: Vec<Value>,
    pub body: Vec<Value>,
    pub buttons: Vec<FilledButton>,
}

#[derive(Clone, PartialEq, Eq)]
pub struct Value {
    /// None: known by its place.
    pub name: Option<String>,
    pub text: String,
}

#[derive(Clone, PartialEq, Eq)]
pub enum FilledButton {
    /// The button at this place brings this back.
    Answer { place: usize, brings: String },
    /// The address under the button at this place ends so.
    Link { place: usize, tail: String },
}

impl Filled {
    /// A text with two gaps of which the provider has told nothing: who reads it, and what is to be said.
    pub fn of_two_gaps(of: TemplateName, said: &Material<'_>) -> Self {
        let numbered = |text: String| Value { name: None, text };
        let reader = said.values.get(Meaning::Named(Placeholder::PatientName).name());
        let reader = reader.map(|name| one_line(name)).filter(|name| !name.is_empty()).unwrap_or_else(|| NOTHING.to_owned());
        let body = vec![numbered(reader), numbered(said.all())];
        Self { of, header: Vec::new(), body, buttons: Vec::new() }
    }
}

impl Material<'_> {
    /// With its links, which a gap can carry as words only.
    fn words(&self) -> String {
        let links = self.buttons.iter().filter_map(|button| match &button.press {
            Press::Link(url) => Some(format!(" {}: {url}", button.label.trim())),
            Press::Answer(_) | Press::ShareContact => None,
        });
        one_line(&std::iter::once(self.words.to_owned()).chain(links).collect::<String>())
    }

    /// With the choices too, where no buttons stand under it.
    fn all(&self) -> String {
        let choices: Vec<&str> = self.answers().map(|(_, label)| label).collect();
        let words = self.words();
        cut(&if choices.is_empty() { words } else { format!("{words} ({})", choices.join(" / ")) })
    }

    fn answers(&self) -> impl Iterator<Item = (&str, &str)> {
        self.buttons.iter().filter_map(|button| match &button.press {
            Press::Answer(data) => Some((data.as_str(), button.label.trim())),
            Press::Link(_) | Press::ShareContact => None,
        })
    }

    /// What comes back for a reply of this code.
    fn brings(&self, code: &str) -> Option<String> {
        let mut answers = self.answers().filter_map(|(data, _)| data.rsplit_once('.'));
        let (message, _) = match code {
            // it fits every message, also one that does not offer it among its own
            WAY_OUT => answers.next()?,
            _ => answers.find(|(_, known)| *known == code)?,
        };
        Some(format!("{message}.{code}"))
    }
}

impl Template {
    /// None: something of it has no value in this message, and the template cannot say it.
    pub fn filled(&self, assignment: &Assignment, said: &Material<'_>) -> Option<Filled> {
        let answers = self.answers().len();
        let value = |gap: &Gap| match assignment.gaps.get(&gap.key())? {
            Meaning::Words if answers == 0 => Some(said.all()),
            Meaning::Words => Some(cut(&said.words())),
            Meaning::Named(placeholder) => {
                let value = said.values.get(placeholder.name()).map(|value| cut(&one_line(value))).filter(|value| !value.is_empty());
                // whoever has no name yet is still told
                value.or_else(|| (*placeholder == Placeholder::PatientName).then(|| NOTHING.to_owned()))
            }
        };
        let mut filled = Filled { of: self.called(), header: Vec::new(), body: Vec::new(), buttons: Vec::new() };
        for gap in self.gaps() {
            let text = value(&gap)?;
            let name = (!gap.is_numbered()).then(|| gap.name.clone());
            match gap.part {
                Part::Header => filled.header.push(Value { name, text }),
                Part::Body => filled.body.push(Value { name, text }),
                Part::Link(place) => {
                    let Some(Button::Link { url, .. }) = self.buttons.get(place) else { return None };
                    let (head, _) = url.split_once("{{")?;
                    let tail = text.strip_prefix(head).filter(|tail| !tail.is_empty())?.to_owned();
                    filled.buttons.push(FilledButton::Link { place, tail });
                }
            }
        }
        let places = self.buttons.iter().enumerate().filter(|(_, button)| matches!(button, Button::Answer { .. }));
        for ((place, _), code) in places.zip(assignment.answers.iter().map(String::as_str).chain(std::iter::repeat(""))) {
            filled.buttons.push(FilledButton::Answer { place, brings: said.brings(code)? });
        }
        Some(filled)
    }
}

/// Line breaks and rows of spaces are refused in a gap, and fences for names have no use there.
fn one_line(text: &str) -> String {
    let plain: String = text.chars().filter(|letter| !matches!(letter, '\u{2066}'..='\u{2069}' | '\u{202A}'..='\u{202E}')).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn cut(text: &str) -> String {
    if text.chars().count() <= LONGEST_VALUE {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(LONGEST_VALUE - 1).collect();
    short.truncate(short.trim_end().len());
    short + NOTHING
}

impl fmt::Debug for Filled {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "Filled({}, {} values, {} buttons)", self.of, self.header.len() + self.body.len(), self.buttons.len())
    }
}
