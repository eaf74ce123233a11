//! Every word that a person reads stands in all four languages, with the same placeholders, and every refusal has words.

use std::collections::{BTreeMap, BTreeSet};

use fluent_syntax::ast::{Entry, Expression, InlineExpression, Pattern, PatternElement};
use fluent_syntax::parser;

use super::rust::{keys_said, refusal_codes};
use super::{File, Project, expect_no_fault, expect_one_fault};

const LANGUAGES: [&str; 4] = ["en", "ru", "hu", "fa"];

/// The placeholders of one text.
#[derive(Default)]
struct Placeholders {
    /// Shown to the reader in at least one form of the text.
    shown: BTreeSet<String>,
    /// Shown, or used to choose a form: a language may need a gender or a number where English does not show one.
    known: BTreeSet<String>,
}

/// Per language its texts by key; an attribute is `key.attribute`.
type Texts = BTreeMap<String, BTreeMap<String, Placeholders>>;

fn read_texts(project: &Project, faults: &mut Vec<String>) -> Texts {
    let mut texts = Texts::new();
    for file in project.with_extension(&["ftl"]) {
        let Some(language) = language_of(file) else { continue };
        if !LANGUAGES.contains(&language) {
            faults.push(format!("{}: nobody here speaks `{language}`", file.path));
            continue;
        }
        let resource = parser::parse(file.text.as_str()).unwrap_or_else(|(resource, errors)| {
            faults.extend(errors.iter().map(|error| format!("{}: {error}", file.path)));
            resource
        });
        let known = texts.entry(language.to_owned()).or_default();
        for (key, placeholders) in resource.body.iter().flat_map(texts_of) {
            if known.insert(key.clone(), placeholders).is_some() {
                faults.push(format!("{}: `{key}` stands twice in `{language}`", file.path));
            }
        }
    }
    texts
}

fn language_of(file: &File) -> Option<&str> {
    file.path.strip_prefix("locales/")?.split('/').next()
}

fn texts_of(entry: &Entry<&str>) -> Vec<(String, Placeholders)> {
    let (key, value, attributes) = match entry {
        Entry::Message(message) => (message.id.name.to_owned(), message.value.as_ref(), &message.attributes),
        Entry::Term(term) => (format!("-{}", term.id.name), Some(&term.value), &term.attributes),
        Entry::Comment(_) | Entry::GroupComment(_) | Entry::ResourceComment(_) | Entry::Junk { .. } => return vec![],
    };
    let own = value.map(|pattern| (key.clone(), placeholders_of(pattern)));
    let further = attributes.iter().map(|attribute| (format!("{key}.{}", attribute.id.name), placeholders_of(&attribute.value)));
    own.into_iter().chain(further).collect()
}

fn placeholders_of(pattern: &Pattern<&str>) -> Placeholders {
    let mut found = Placeholders::default();
    walk_pattern(pattern, &mut found);
    found
}

fn walk_pattern(pattern: &Pattern<&str>, found: &mut Placeholders) {
    for element in &pattern.elements {
        match element {
            PatternElement::TextElement { .. } => {}
            PatternElement::Placeable { expression } => walk_expression(expression, found),
        }
    }
}

fn walk_expression(expression: &Expression<&str>, found: &mut Placeholders) {
    match expression {
        Expression::Inline(inline) => walk_inline(inline, Use::Shown, found),
        Expression::Select { selector, variants } => {
            walk_inline(selector, Use::Chooses, found);
            for variant in variants {
                walk_pattern(&variant.value, found);
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Use {
    Shown,
    Chooses,
}

fn walk_inline(inline: &InlineExpression<&str>, how: Use, found: &mut Placeholders) {
    match inline {
        InlineExpression::VariableReference { id } => {
            found.known.insert(id.name.to_owned());
            if how == Use::Shown {
                found.shown.insert(id.name.to_owned());
            }
        }
        InlineExpression::FunctionReference { arguments, .. } | InlineExpression::TermReference { arguments: Some(arguments), .. } => {
            for argument in &arguments.positional {
                walk_inline(argument, how, found);
            }
            for argument in &arguments.named {
                walk_inline(&argument.value, how, found);
            }
        }
        InlineExpression::Placeable { expression } => walk_expression(expression, found),
        InlineExpression::StringLiteral { .. }
        | InlineExpression::NumberLiteral { .. }
        | InlineExpression::MessageReference { .. }
        | InlineExpression::TermReference { arguments: None, .. } => {}
    }
}

fn words_that_differ(project: &Project) -> Vec<String> {
    let mut faults = Vec::new();
    let mut texts = read_texts(project, &mut faults);
    let english = texts.remove("en").unwrap_or_default();
    for language in LANGUAGES.into_iter().filter(|language| *language != "en") {
        let mut other = texts.remove(language).unwrap_or_default();
        for (key, wanted) in &english {
            // Terms are words of one language and need no twin.
            if key.starts_with('-') {
                continue;
            }
            let Some(text) = other.remove(key) else {
                faults.push(format!("{language}: `{key}` is missing"));
                continue;
            };
            for name in wanted.shown.difference(&text.shown) {
                faults.push(format!("{language}: `{key}` does not show {{ ${name} }}"));
            }
            for name in text.known.difference(&wanted.known) {
                faults.push(format!("{language}: `{key}` has {{ ${name} }}, which English does not"));
            }
        }
        let left = other.keys().filter(|key| !key.starts_with('-'));
        faults.extend(left.map(|key| format!("{language}: `{key}` is not in English")));
    }
    faults
}

fn refusals_without_words(project: &Project) -> Vec<String> {
    let texts = read_texts(project, &mut Vec::new());
    let none = BTreeMap::new();
    let english = texts.get("en").unwrap_or(&none);
    let mut faults = Vec::new();
    for (code, path) in refusal_codes(project) {
        let key = format!("refusal-{}", code.replace(['.', '_'], "-"));
        if !english.contains_key(&key) {
            faults.push(format!("{path}: refusal `{code}` has no words: `{key}`"));
        }
    }
    faults
}

/// Keys in Rust and in templates, where `say("key"` is written the same way.
fn keys_without_words(project: &Project) -> Vec<String> {
    let texts = read_texts(project, &mut Vec::new());
    let none = BTreeMap::new();
    let english = texts.get("en").unwrap_or(&none);
    let mut said = keys_said(project);
    for page in project.with_extension(&["html"]).filter(|file| file.room().is_some()) {
        let calls = ["say(\"", "say_plain(\""].into_iter().flat_map(|call| page.text.split(call).skip(1));
        said.extend(calls.filter_map(|rest| Some((rest.split_once('"')?.0.to_owned(), page.path.clone()))));
    }
    let missing = said.into_iter().filter(|(key, _)| !english.contains_key(key));
    missing.map(|(key, path)| format!("{path}: says `{key}`, which has no words")).collect()
}

#[test]
fn every_text_stands_in_all_four_languages() {
    expect_no_fault(&words_that_differ(&Project::here()));
}

fn in_four_languages(english: &str, russian: &str) -> Project {
    let file = |language: &str, text: &str| File { path: format!("locales/{language}/visits.ftl"), text: text.to_owned() };
    Project { files: vec![file("en", english), file("ru", russian), file("hu", english), file("fa", english)] }
}

#[test]
fn a_text_that_lacks_a_language_or_a_placeholder_is_caught() {
    let greeting = "visit-greeting = Hello, { $name }\n";
    let faults = |russian: &str| words_that_differ(&in_four_languages(greeting, russian));
    expect_no_fault(&faults("visit-greeting = { $name ->\n [one] раз\n *[other] { $name }\n }\n"));
    expect_one_fault(&faults(""), "ru: `visit-greeting` is missing");
    expect_one_fault(&faults("visit-greeting = Здравствуйте\n"), "does not show { $name }");
    expect_one_fault(&faults("visit-greeting = { $name } { $day }\n"), "has { $day }");
    expect_one_fault(&faults("visit-greeting = { $name }\nvisit-bye = Пока\n"), "`visit-bye` is not in English");
    expect_one_fault(&faults("visit-greeting = { $name }\nvisit-greeting = { $name }\n"), "stands twice");
    assert!(!faults("visit-greeting = { $name\n").is_empty());
}

#[test]
fn every_refusal_has_words() {
    expect_no_fault(&refusals_without_words(&Project::here()));
}

#[test]
fn a_refusal_without_words_is_caught() {
    let mut project = in_four_languages("refusal-visit-not-found = Gone\n", "");
    let code =
        |code: &str| File { path: "crates/clinic/src/journal.rs".to_owned(), text: format!("fn f() {{ Refusal::new(\"{code}\") }}") };
    project.files.push(code("visit.not_found"));
    expect_no_fault(&refusals_without_words(&project));
    project.files.push(code("visit.cancelled"));
    expect_one_fault(&refusals_without_words(&project), "`refusal-visit-cancelled`");
}

#[test]
fn every_key_that_is_said_has_words() {
    expect_no_fault(&keys_without_words(&Project::here()));
}

#[test]
fn a_key_without_words_is_caught() {
    let mut project = in_four_languages("today-title = Today\n", "");
    let file = |path: &str, text: &str| File { path: path.to_owned(), text: text.to_owned() };
    project.files.push(file("crates/web/src/pages/today.rs", "fn f() { words.say(\"today-title\", &[]) }"));
    expect_no_fault(&keys_without_words(&project));
    project.files.push(file("crates/web/src/pages/inbox.rs", "fn f() { words.say_plain(\"inbox-title\", &[]) }"));
    expect_one_fault(&keys_without_words(&project), "inbox.rs: says `inbox-title`");
    project.files.pop();
    project.files.push(file("crates/web/src/pages/inbox.rs", "fn f() { words.with(\"inbox-for\", &[]); refusal.with(\"most\", 5); }"));
    expect_one_fault(&keys_without_words(&project), "inbox.rs: says `inbox-for`");
    project.files.pop();
    project.files.push(file("crates/web/templates/inbox.html", "<h1>{{ words.say(\"inbox-empty\", []) }}</h1>"));
    expect_one_fault(&keys_without_words(&project), "inbox.html: says `inbox-empty`");
}
