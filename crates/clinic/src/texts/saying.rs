//! Saying a text to a patient: the clinic's own wording if there is one, else the shipped one, filled for the reader.

use std::collections::BTreeMap;

use kernel::Locale;

use super::filling::{Filling, NOTHING};
use super::phrasebook::{Fences, Phrasebook};
use super::placeholders::Sensitivity;
use super::shipped;
use super::sources::{Checked, Fault, ONLY, TextSource, as_file, check};

/// A clinic's own wordings, by key.
#[derive(Debug, Clone, Default)]
pub struct Overrides(BTreeMap<String, Checked>);

/// A text that cannot be said: a placeholder has no value, or nothing is left of it. Nothing may go out for it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{key} cannot be said in {locale}: {why}")]
pub struct Unsaid {
    pub key: String,
    pub locale: Locale,
    pub why: String,
}

impl Overrides {
    /// Checks the saved wordings again, as the list of placeholders may have changed since.
    /// What no longer fits is left out and named; the shipped text is said instead.
    pub fn read(texts: Vec<TextSource>) -> (Self, Vec<(String, Vec<Fault>)>) {
        let mut known = Self::default();
        let mut left_out = Vec::new();
        for text in texts {
            let allowed = shipped::may_name(&text.key).unwrap_or_default();
            match check(&text, allowed, Sensitivity::Open) {
                Ok(checked) => known.add(checked),
                Err(faults) => left_out.push((text.key, faults)),
            }
        }
        (known, left_out)
    }

    pub fn add(&mut self, text: Checked) {
        self.0.insert(text.key().to_owned(), text);
    }

    pub fn get(&self, key: &str) -> Option<&Checked> {
        self.0.get(key)
    }

    /// Shipped texts are open.
    pub fn sensitivity(&self, key: &str) -> Sensitivity {
        self.get(key).map_or(Sensitivity::Open, Checked::sensitivity)
    }
}

/// The text in the reader's language. A line that has nothing to say is left out.
pub fn render(key: &str, locale: Locale, filling: &Filling, overrides: &Overrides) -> Result<String, Unsaid> {
    // A subject is shown by mail programs that print direction marks as boxes.
    let fences = if key.starts_with("subject-") { Fences::None } else { Fences::Raised };
    let args = filling.args(locale, fences);
    let own = overrides.get(key).and_then(|text| text.source().by_language.get(&locale));
    let (said, faults) = match own {
        Some(source) => {
            let mut book = Phrasebook::empty(locale);
            book.learn(&as_file(source));
            book.spoken(ONLY, &args, Fences::None)
        }
        None => Phrasebook::of(locale).spoken(key, &args, Fences::None),
    };
    let unsaid = |why: String| Unsaid { key: key.to_owned(), locale, why };
    if let Some(fault) = faults.into_iter().next() {
        return Err(unsaid(fault));
    }
    let text = without_silent_lines(&said);
    if text.is_empty() { Err(unsaid("nothing is left of it".to_owned())) } else { Ok(text) }
}

/// Without the lines that hold an absent value, and without the gaps that they leave.
fn without_silent_lines(said: &str) -> String {
    let mut kept: Vec<&str> = Vec::new();
    for line in said.lines().map(str::trim_end).filter(|line| !line.contains(NOTHING)) {
        let gap = line.is_empty() && kept.last().is_none_or(|before| before.is_empty());
        if !gap {
            kept.push(line);
        }
    }
    kept.join("\n").trim().to_owned()
}
