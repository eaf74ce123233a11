//! What the pages of playbooks show.
//!
//! ```text
//! GET  /playbooks                          PlaybooksPage
//! POST /playbooks/{playbook}/switch        state=on|off
//! GET  /playbooks/{playbook}               PlaybookPage
//! GET  /playbooks/texts/{key}              TextPage; POST with the fields en, ru, hu, fa; .../reset
//! GET  /playbooks/runs/{run}               RunPage
//! ```

use askama::Template;

use crate::{Chip, Page, Words};

#[derive(Template)]
#[template(path = "playbooks.html")]
pub struct PlaybooksPage {
    pub page: Page,
    pub playbooks: Vec<Summary>,
    /// 'in the last 30 days'
    pub span: String,
}

/// A playbook in short.
pub struct Summary {
    pub id: String,
    pub name: String,
    /// What it says and does, in a sentence.
    pub about: String,
    pub switched: Switched,
    pub figures: Vec<Figure>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switched {
    On,
    Off,
}

/// How many runs are in a state.
pub struct Figure {
    pub count: String,
    pub chip: Chip,
}

#[derive(Template)]
#[template(path = "playbook.html")]
pub struct PlaybookPage {
    pub page: Page,
    pub playbook: Summary,
    pub span: String,
    /// What it says, in the order of the script.
    pub texts: Vec<TextLine>,
    pub runs: Vec<RunLine>,
    /// The script as it is kept.
    pub source: String,
}

pub struct TextLine {
    pub key: String,
    /// As the bot would say it, in the reader's language; what it fills in stands in braces.
    pub words: String,
    pub wording: Wording,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wording {
    Shipped,
    Own,
}

pub struct RunLine {
    pub id: String,
    pub patient: String,
    /// '24 Nov, 10:00'
    pub at: String,
    pub chip: Chip,
}

#[derive(Template)]
#[template(path = "playbook-text.html")]
pub struct TextPage {
    pub page: Page,
    pub key: String,
    /// The playbook that says it, where only one does: id and name.
    pub playbook: Option<(String, String)>,
    pub wording: Wording,
    pub languages: Vec<InLanguage>,
    /// What it may name: `{ $patient_name }`, 'the patient's name'.
    pub placeholders: Vec<(String, String)>,
}

/// One language of a text.
pub struct InLanguage {
    /// `fa`; the name of the field.
    pub code: &'static str,
    pub name: String,
    pub dir: &'static str,
    pub source: String,
    pub shipped: String,
    /// Each rule that is broken.
    pub faults: Vec<String>,
    /// 'SMS: 2 parts', where that is known.
    pub length: String,
}

#[derive(Template)]
#[template(path = "run.html")]
pub struct RunPage {
    pub page: Page,
    pub playbook: String,
    /// '{ playbook }', by its own name.
    pub name: String,
    pub patient: String,
    pub card: String,
    /// Where the visit stands: '/journal/visits/...' and its time.
    pub visit: Option<(String, String)>,
    pub chip: Chip,
    /// 'goes on tomorrow at 10:00'; empty once it has ended.
    pub next: String,
    pub steps: Vec<Step>,
}

#[expect(clippy::struct_field_names, reason = "the step of the script that this step of a run is")]
pub struct Step {
    pub at: String,
    /// 'Asked'
    pub what: String,
    /// Which text, which answer, which reason.
    pub why: String,
    /// The step of the script.
    pub step: String,
}

/// A piece of what the bot says: its words, or what it fills in, by the name that the reader knows.
#[derive(Debug, PartialEq, Eq)]
pub enum Piece {
    Words(String),
    Placeholder(String),
}

/// A text as it is written, with `{ $patient_name }` as 'the patient's name'.
fn pieces(words: &Words, source: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = source;
    while let Some((before, after)) = rest.split_once("{ $") {
        let Some((name, behind)) = after.split_once(" }") else { break };
        let Some(known) = words.known(&format!("placeholder-{}", name.replace('_', "-"))) else { break };
        pieces.push(Piece::Words(before.to_owned()));
        pieces.push(Piece::Placeholder(known));
        rest = behind;
    }
    pieces.push(Piece::Words(rest.to_owned()));
    pieces
}

#[cfg(test)]
mod tests {
    use kernel::Locale;

    use super::*;

    #[test]
    fn what_the_bot_fills_in_is_called_by_its_name_and_nothing_is_lost() {
        let words = Words::of(Locale::En);
        let said = |text: &str| Piece::Words(text.to_owned());
        let filled = |name: &str| Piece::Placeholder(name.to_owned());
        let table = [
            ("Hello, { $patient_name }!", vec![said("Hello, "), filled("the patient’s name"), said("!")]),
            ("No more.", vec![said("No more.")]),
            ("{ $unheard_of } and { $", vec![said("{ $unheard_of } and { $")]),
        ];
        for (source, expected) in table {
            assert_eq!(pieces(&words, source), expected, "{source}");
        }
    }
}
