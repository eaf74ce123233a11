//! A clinic's own wording of a shipped text, in Fluent, checked when it is saved:
//! every language, known placeholders, nothing sensitive where others may read it, no more syntax than a text needs.
//!
//! What a patient is called never becomes syntax: names are values, put in when the text is already read.

use std::collections::BTreeMap;

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;
use kernel::{Locale, Refusal};
use serde::{Deserialize, Serialize};

use super::placeholders::{Kind, Placeholder, Sensitivity};

/// A clinic's wording. The source of a language is what stands after `key =` in a locale file.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TextSource {
    pub key: String,
    pub by_language: BTreeMap<Locale, String>,
}

/// A wording that has been checked: the only kind that is ever said.
#[derive(Clone, PartialEq, Eq)]
pub struct Checked {
    source: TextSource,
    sensitivity: Sensitivity,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    pub locale: Locale,
    pub what: FaultKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FaultKind {
    MissingLanguage,
    Empty,
    TooLong {
        at_most: usize,
    },
    Syntax {
        line: usize,
    },
    UnknownPlaceholder {
        name: String,
    },
    /// There is such a placeholder, but not in this text.
    NotInThisText(Placeholder),
    SensitiveInOpenText(Placeholder),
    /// Only a number can choose between forms.
    DoesNotCount(Placeholder),
    /// Functions, terms, attributes and other texts: a wording has no use for them.
    NotAllowed {
        what: String,
    },
}

/// In letters. Messengers take about a thousand in a message with buttons, and twenty in a button.
const fn longest(key: &str) -> usize {
    match key.as_bytes() {
        [b'b', b'u', b't', b't', b'o', b'n', b'-', ..] => 20,
        [b's', b'u', b'b', b'j', b'e', b'c', b't', b'-', ..] => 120,
        _ => 1_000,
    }
}

/// Checks a wording before it is saved. `allowed` is what this text may name; `may_be` is [`Sensitivity::Open`]
/// for a text that anybody who holds the phone may see.
pub fn check(text: &TextSource, allowed: &[Placeholder], may_be: Sensitivity) -> Result<Checked, Vec<Fault>> {
    let mut faults = Vec::new();
    for locale in Locale::ALL {
        let mut found = match text.by_language.get(&locale) {
            None => vec![FaultKind::MissingLanguage],
            Some(source) => faults_of(&text.key, source, allowed, may_be),
        };
        found.dedup();
        faults.extend(found.into_iter().map(|what| Fault { locale, what }));
    }
    if faults.is_empty() { Ok(Checked { source: text.clone(), sensitivity: may_be }) } else { Err(faults) }
}

fn faults_of(key: &str, source: &str, allowed: &[Placeholder], may_be: Sensitivity) -> Vec<FaultKind> {
    if source.trim().is_empty() {
        return vec![FaultKind::Empty];
    }
    // fluent-syntax 0.12 panics where an escape breaks off before a letter of several bytes.
    if source.contains('\\') {
        return vec![FaultKind::NotAllowed { what: "\\".to_owned() }];
    }
    let mut faults = Vec::new();
    if source.chars().count() > longest(key) {
        faults.push(FaultKind::TooLong { at_most: longest(key) });
    }
    let file = as_file(source);
    let resource = parser::parse(file.as_str()).unwrap_or_else(|(resource, errors)| {
        faults.extend(errors.iter().map(|error| FaultKind::Syntax { line: line_at(&file, error.pos.start) }));
        resource
    });
    let mut reader = Reader { allowed, may_be, faults };
    for entry in &resource.body {
        match entry {
            Entry::Message(message) => {
                if let Some(attribute) = message.attributes.first() {
                    reader.not_allowed(&format!(".{}", attribute.id.name));
                }
                if let Some(pattern) = &message.value {
                    reader.pattern(pattern);
                }
            }
            Entry::Term(term) => reader.not_allowed(&format!("-{}", term.id.name)),
            Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => {}
        }
    }
    reader.faults
}

/// The only message of a file that holds nothing else.
pub(super) const ONLY: &str = "text";

/// The source as a file of Fluent: every line set in, so that none can begin something of its own.
pub(super) fn as_file(source: &str) -> String {
    let lines: Vec<&str> = source.trim().lines().map(str::trim_end).collect();
    format!("{ONLY} =\n    {}\n", lines.join("\n    "))
}

/// The line of the source; the first of the file is the key.
fn line_at(file: &str, place: usize) -> usize {
    let before = file.get(..place).unwrap_or(file);
    before.matches('\n').count().clamp(1, file.lines().count().saturating_sub(1).max(1))
}

struct Reader<'text> {
    allowed: &'text [Placeholder],
    may_be: Sensitivity,
    faults: Vec<FaultKind>,
}

impl Reader<'_> {
    fn pattern(&mut self, pattern: &Pattern<&str>) {
        for element in &pattern.elements {
            match element {
                PatternElement::TextElement { .. } => {}
                PatternElement::Placeable { expression } => self.expression(expression),
            }
        }
    }

    fn expression(&mut self, expression: &Expression<&str>) {
        match expression {
            Expression::Inline(inline) => {
                self.inline(inline);
            }
            Expression::Select { selector, variants } => {
                if let Some(placeholder) = self.inline(selector)
                    && placeholder.kind() != Kind::Number
                {
                    self.faults.push(FaultKind::DoesNotCount(placeholder));
                }
                for variant in variants {
                    self.pattern(&variant.value);
                }
            }
        }
    }

    /// The placeholder that it names, if it names one that exists.
    fn inline(&mut self, inline: &InlineExpression<&str>) -> Option<Placeholder> {
        match inline {
            InlineExpression::VariableReference { id } => return self.placeholder(id.name),
            InlineExpression::StringLiteral { .. } | InlineExpression::NumberLiteral { .. } => {}
            InlineExpression::Placeable { expression } => self.expression(expression),
            InlineExpression::FunctionReference { id, .. } => self.not_allowed(&format!("{}()", id.name)),
            InlineExpression::TermReference { id, .. } => self.not_allowed(&format!("-{}", id.name)),
            InlineExpression::MessageReference { id, .. } => self.not_allowed(id.name),
        }
        None
    }

    fn placeholder(&mut self, name: &str) -> Option<Placeholder> {
        let Some(placeholder) = Placeholder::named(name) else {
            self.faults.push(FaultKind::UnknownPlaceholder { name: name.to_owned() });
            return None;
        };
        if !self.allowed.contains(&placeholder) {
            self.faults.push(FaultKind::NotInThisText(placeholder));
        }
        if placeholder.sensitivity() == Sensitivity::Sensitive && self.may_be == Sensitivity::Open {
            self.faults.push(FaultKind::SensitiveInOpenText(placeholder));
        }
        Some(placeholder)
    }

    fn not_allowed(&mut self, what: &str) {
        self.faults.push(FaultKind::NotAllowed { what: what.to_owned() });
    }
}

impl Checked {
    pub fn key(&self) -> &str {
        &self.source.key
    }

    /// Whether it may name what is sensitive: then it goes only where the patient is proven.
    pub const fn sensitivity(&self) -> Sensitivity {
        self.sensitivity
    }

    pub const fn source(&self) -> &TextSource {
        &self.source
    }
}

impl Fault {
    /// The sentence for whoever wrote the text.
    pub fn refusal(&self) -> Refusal {
        let refusal = match &self.what {
            FaultKind::MissingLanguage => Refusal::new("text.missing-language"),
            FaultKind::Empty => Refusal::new("text.empty"),
            FaultKind::TooLong { at_most } => Refusal::new("text.too-long").with("at_most", i64::try_from(*at_most).unwrap_or(i64::MAX)),
            FaultKind::Syntax { line } => Refusal::new("text.syntax").with("line", i64::try_from(*line).unwrap_or(i64::MAX)),
            FaultKind::UnknownPlaceholder { name } => Refusal::new("text.unknown-placeholder").with("name", name.as_str()),
            FaultKind::NotInThisText(placeholder) => Refusal::new("text.placeholder-elsewhere").with("name", placeholder.name()),
            FaultKind::SensitiveInOpenText(placeholder) => Refusal::new("text.sensitive").with("name", placeholder.name()),
            FaultKind::DoesNotCount(placeholder) => Refusal::new("text.does-not-count").with("name", placeholder.name()),
            FaultKind::NotAllowed { what } => Refusal::new("text.not-allowed").with("what", what.as_str()),
        };
        refusal.at("source").with("language", self.locale.own_name())
    }
}

impl std::fmt::Debug for TextSource {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "TextSource({}, ***)", self.key)
    }
}

impl std::fmt::Debug for Checked {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "Checked({}, ***)", self.source.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const ALLOWED: [Placeholder; 4] = [Placeholder::PatientName, Placeholder::Date, Placeholder::Minutes, Placeholder::Service];

    fn in_every_language(key: &str, source: &str) -> TextSource {
        TextSource { key: key.to_owned(), by_language: Locale::ALL.map(|locale| (locale, source.to_owned())).into() }
    }

    fn faults(source: &str, may_be: Sensitivity) -> Vec<FaultKind> {
        let Err(faults) = check(&in_every_language("booked-details", source), &ALLOWED, may_be) else { return vec![] };
        faults.into_iter().filter(|fault| fault.locale == Locale::En).map(|fault| fault.what).collect()
    }

    #[test]
    fn a_wording_is_refused_with_its_place_and_its_rule() {
        use FaultKind::{DoesNotCount, Empty, NotAllowed, NotInThisText, SensitiveInOpenText, Syntax, TooLong, UnknownPlaceholder};
        let not_allowed = |what: &str| vec![NotAllowed { what: what.to_owned() }];
        let table = [
            ("Hello, { $patient_name }!", vec![]),
            ("Hello!\n\nSecond part: { $date }\n", vec![]),
            ("{ $minutes ->\n [one] a minute\n*[other] { $minutes } minutes\n}", vec![]),
            ("Curly {\"{\"} braces", vec![]),
            ("  \n ", vec![Empty]),
            ("Hello { $patient_name", vec![Syntax { line: 1 }]),
            ("Hello\nthere { patient }\n{ $ }", vec![Syntax { line: 3 }]),
            ("Hello { $diagnosis }", vec![UnknownPlaceholder { name: "diagnosis".to_owned() }]),
            ("Hello { $address }", vec![NotInThisText(Placeholder::Address)]),
            ("For { $service }", vec![SensitiveInOpenText(Placeholder::Service)]),
            ("{ $patient_name ->\n *[other] Hello\n}", vec![DoesNotCount(Placeholder::PatientName)]),
            ("{ NUMBER($minutes) }", not_allowed("NUMBER()")),
            ("{ -brand }", not_allowed("-brand")),
            ("{ button-confirm }", not_allowed("button-confirm")),
            ("{\"\\u😀", not_allowed("\\")),
            ("Hello\n.label = there", not_allowed(".label")),
            (&"a".repeat(1_001), vec![TooLong { at_most: 1_000 }]),
        ];
        for (source, expected) in table {
            assert_eq!(faults(source, Sensitivity::Open), expected, "{source}");
        }
    }

    #[test]
    fn a_sensitive_word_may_go_where_the_patient_is_proven() {
        assert_eq!(faults("For { $service }", Sensitivity::Sensitive), vec![]);
    }

    #[test]
    fn a_missing_language_is_named() {
        let mut text = in_every_language("booked-details", "Hello");
        text.by_language.remove(&Locale::Fa);
        let faults = check(&text, &ALLOWED, Sensitivity::Open).unwrap_err();
        assert_eq!(faults, [Fault { locale: Locale::Fa, what: FaultKind::MissingLanguage }]);
    }

    #[test]
    fn a_button_is_as_short_as_messengers_want_it() {
        let text = in_every_language("button-confirm", "Yes, I will be there, thank you");
        assert_eq!(check(&text, &[], Sensitivity::Open).unwrap_err().len(), Locale::ALL.len());
    }

    #[test]
    fn no_wording_makes_the_check_panic() {
        let pieces = ["{", "}", "$", "\n", "[", "]", "*", ".", "=", "-", ">", "\"", "\\u", "a", "ё", "ی", "😀", " ", "#", "\t", "\r"];
        let mut seed = 7_u64;
        for _ in 0..20_000 {
            let source: String = (0..12)
                .map(|_| {
                    seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
                    pieces[usize::try_from(seed >> 33).unwrap() % pieces.len()]
                })
                .collect();
            faults(&source, Sensitivity::Open);
        }
    }
}
