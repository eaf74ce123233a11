//! What Rust code may not say: SQL outside of `store`, the wall clock outside of `server`, and a refusal without words.

use std::str::FromStr;

use proc_macro2::{Delimiter, TokenStream, TokenTree};

use super::{File, Project, expect_no_fault, expect_one_fault, sample};

/// A token of Rust, flat: groups become their brackets, comments and doc comments are gone.
pub enum Leaf {
    Word(String),
    /// As written, quotes included.
    Literal(String),
    /// Punctuation, with `::` as one.
    Mark(&'static str),
    Open,
    Close,
}

impl Leaf {
    pub fn is(&self, text: &str) -> bool {
        match self {
            Self::Word(word) => word == text,
            Self::Mark(mark) => *mark == text,
            Self::Literal(_) | Self::Open | Self::Close => false,
        }
    }

    /// The text of a string literal.
    fn text(&self) -> Option<&str> {
        let Self::Literal(written) = self else { return None };
        let inside = written.trim_start_matches(['b', 'c', 'r']).trim_matches('#');
        Some(inside.strip_prefix('"')?.strip_suffix('"')?.trim_start())
    }
}

pub fn leaves(code: &TokenStream) -> Vec<Leaf> {
    let mut out = Vec::new();
    flatten(code.clone(), &mut out);
    out
}

fn flatten(code: TokenStream, out: &mut Vec<Leaf>) {
    let mut trees = code.into_iter().peekable();
    while let Some(tree) = trees.next() {
        match tree {
            TokenTree::Ident(word) => out.push(Leaf::Word(word.to_string())),
            TokenTree::Literal(literal) => out.push(Leaf::Literal(literal.to_string())),
            TokenTree::Punct(mark) => match mark.as_char() {
                // A doc comment reaches us as `#[doc = ".."]` or `#![doc = ".."]`.
                '#' => {
                    let _inner = trees.next_if(|next| matches!(next, TokenTree::Punct(mark) if mark.as_char() == '!'));
                    let attribute = trees.next_if(|next| matches!(next, TokenTree::Group(_)));
                    if let Some(TokenTree::Group(attribute)) = attribute
                        && !attribute.stream().to_string().starts_with("doc ")
                    {
                        flatten(attribute.stream(), out);
                    }
                }
                ':' => {
                    let pair = trees.next_if(|next| matches!(next, TokenTree::Punct(mark) if mark.as_char() == ':'));
                    out.push(Leaf::Mark(if pair.is_some() { "::" } else { ":" }));
                }
                ',' => out.push(Leaf::Mark(",")),
                '!' => out.push(Leaf::Mark("!")),
                _ => out.push(Leaf::Mark("")),
            },
            TokenTree::Group(group) => {
                out.push(Leaf::Open);
                flatten(group.stream(), out);
                out.push(Leaf::Close);
            }
        }
    }
}

/// The code without its `#[cfg(test)]` items; nothing of a file that is all tests. Code that does not parse is the
/// compiler's to refuse, not ours.
pub fn without_tests(text: &str) -> TokenStream {
    if text.lines().any(|line| line == "#![cfg(test)]") {
        return TokenStream::new();
    }
    let code = TokenStream::from_str(text).unwrap_or_default();
    let mut kept = TokenStream::new();
    let mut trees = code.into_iter().peekable();
    while let Some(tree) = trees.next() {
        let is_hash = matches!(&tree, TokenTree::Punct(mark) if mark.as_char() == '#');
        let is_test = is_hash
            && trees
                .peek()
                .is_some_and(|next| matches!(next, TokenTree::Group(group) if group.stream().to_string().replace(' ', "") == "cfg(test)"));
        if !is_test {
            kept.extend([tree]);
            continue;
        }
        for skipped in trees.by_ref() {
            let ends = match &skipped {
                TokenTree::Punct(mark) => mark.as_char() == ';',
                TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
                TokenTree::Ident(_) | TokenTree::Literal(_) => false,
            };
            if ends {
                break;
            }
        }
    }
    kept
}

fn whole(file: &File) -> Vec<Leaf> {
    leaves(&TokenStream::from_str(&file.text).unwrap_or_default())
}

const STATEMENTS: [&str; 8] =
    ["SELECT", "INSERT INTO", "UPDATE", "DELETE FROM", "CREATE TABLE", "CREATE INDEX", "ALTER TABLE", "DROP TABLE"];

fn sql_outside_store(project: &Project) -> Vec<String> {
    let mut faults = Vec::new();
    for file in project.with_extension(&["rs"]).filter(|file| file.room() != Some("store")) {
        for leaf in whole(file) {
            let Some(text) = leaf.text() else { continue };
            let begins = |statement: &&str| text.strip_prefix(*statement).is_some_and(|rest| rest.starts_with(char::is_whitespace));
            if STATEMENTS.iter().any(begins) {
                let start: String = text.chars().take(40).collect();
                faults.push(format!("{}: SQL outside of store: {start}", file.path));
            }
        }
    }
    faults
}

/// What reads a clock or draws lots by itself: `Type::function`, or a name of its own.
const CLOCKS: [(&str, &str); 11] = [
    ("SystemTime", "now"),
    ("Instant", "now"),
    ("Timestamp", "now"),
    ("Zoned", "now"),
    ("Utc", "now"),
    ("Local", "now"),
    ("OffsetDateTime", "now_utc"),
    ("Uuid", "new_v4"),
    ("Uuid", "now_v7"),
    ("rand", "rng"),
    ("getrandom", "fill"),
];

fn clocks_outside_server(project: &Project) -> Vec<String> {
    let mut faults = Vec::new();
    let inside = |file: &&File| file.room().is_some_and(|room| room != "server") && !file.path.contains("/tests/");
    for file in project.with_extension(&["rs"]).filter(inside) {
        let leaves = leaves(&without_tests(&file.text));
        for triple in leaves.windows(3) {
            let [holder, colons, reads] = triple else { continue };
            let found = CLOCKS.iter().find(|(name, function)| holder.is(name) && reads.is(function));
            if let Some((name, function)) = found.filter(|_| colons.is("::")) {
                faults.push(format!("{}: {name}::{function} outside of server", file.path));
            }
        }
    }
    faults
}

fn ignored_or_unfinished(project: &Project) -> Vec<String> {
    let mut faults = Vec::new();
    for file in project.with_extension(&["rs"]) {
        let leaves = whole(file);
        for (at, leaf) in leaves.iter().enumerate() {
            let shouts = leaves.get(at + 1).is_some_and(|next| next.is("!"));
            let unfinished = ["todo", "unimplemented", "dbg"].iter().find(|name| leaf.is(name)).filter(|_| shouts);
            if let Some(name) = unfinished {
                faults.push(format!("{}: {name}!", file.path));
            }
        }
        let ignored = file.text.lines().filter(|line| line.trim_start().starts_with("#[ignore")).count();
        if ignored > 0 {
            faults.push(format!("{}: {ignored} tests are ignored", file.path));
        }
    }
    faults
}

/// Every code given to `Refusal::new("code", ..)`, with the file that says it.
pub fn refusal_codes(project: &Project) -> Vec<(String, String)> {
    let mut codes = Vec::new();
    let inside = |file: &&File| file.room().is_some() && !file.path.contains("/tests/");
    for file in project.with_extension(&["rs"]).filter(inside) {
        let leaves = leaves(&without_tests(&file.text));
        for five in leaves.windows(5) {
            let [holder, colons, new, Leaf::Open, code] = five else { continue };
            if holder.is("Refusal")
                && colons.is("::")
                && new.is("new")
                && let Some(code) = code.text()
            {
                codes.push((code.to_owned(), file.path.clone()));
            }
        }
    }
    codes
}

/// Every key that is said by a literal, `.say("key", ..)` or `.say_plain("key", ..)`, with the file that says it.
pub fn keys_said(project: &Project) -> Vec<(String, String)> {
    let mut keys = Vec::new();
    for file in project.with_extension(&["rs"]).filter(|file| file.room().is_some() && !file.path.contains("/tests/")) {
        let leaves = leaves(&without_tests(&file.text));
        for (place, three) in leaves.windows(3).enumerate() {
            let [say, Leaf::Open, key] = three else { continue };
            // `with("key", &[..])` fills a sentence; `with("most", 5)` tells a refusal a value
            let filled =
                || say.is("with") && matches!(leaves.get(place + 3..place + 6), Some([comma, Leaf::Mark(""), Leaf::Open]) if comma.is(","));
            if (say.is("say") || say.is("say_plain") || filled())
                && let Some(key) = key.text()
            {
                keys.push((key.to_owned(), file.path.clone()));
            }
        }
    }
    keys
}

#[test]
fn sql_lives_in_store_alone() {
    expect_no_fault(&sql_outside_store(&Project::here()));
}

#[test]
fn sql_in_a_page_is_caught() {
    let statement = format!("{} id FROM patients", "SELECT");
    let page = |text: String| sample("crates/web/src/pages/today.rs", &text);
    expect_one_fault(&sql_outside_store(&page(format!("const LIST: &str = \"{statement}\";"))), "SQL outside");
    expect_one_fault(&sql_outside_store(&page(format!("fn f() {{ g(r#\"\n  {statement}\"#) }}"))), "SQL outside");
    expect_no_fault(&sql_outside_store(&page(format!("/// {statement}\nfn f() {{}} // \"{statement}\""))));
    let store = sample("crates/store/src/patients.rs", &format!("const LIST: &str = \"{statement}\";"));
    expect_no_fault(&sql_outside_store(&store));
}

#[test]
fn only_the_server_reads_the_wall_clock() {
    expect_no_fault(&clocks_outside_server(&Project::here()));
}

#[test]
fn a_domain_that_looks_at_the_clock_is_caught() {
    let code = "fn due() -> bool { jiff::Timestamp::now() > at }";
    expect_one_fault(&clocks_outside_server(&sample("crates/clinic/src/gate.rs", code)), "Timestamp::now");
    expect_no_fault(&clocks_outside_server(&sample("crates/server/src/clock.rs", code)));
    let in_test = "#[cfg(test)] mod tests { fn due() { Instant::now(); } }";
    expect_no_fault(&clocks_outside_server(&sample("crates/desk/src/loops.rs", in_test)));
}

#[test]
fn nothing_is_unfinished_and_no_test_is_ignored() {
    expect_no_fault(&ignored_or_unfinished(&Project::here()));
}

#[test]
fn an_unfinished_function_and_an_ignored_test_are_caught() {
    let file = |text: &str| sample("crates/desk/src/acts/book_visit.rs", text);
    expect_one_fault(&ignored_or_unfinished(&file("fn book() { todo!() }")), "todo!");
    expect_one_fault(&ignored_or_unfinished(&file("#[test]\n#[ignore]\nfn books() {}")), "ignored");
    expect_no_fault(&ignored_or_unfinished(&file("/// never `todo!()`\nfn todo() {}")));
}

#[test]
fn a_refusal_is_found_where_it_is_made() {
    let code = "fn f() { Err(Refusal::new(\"visit.not_found\").with(id)) }\n#[cfg(test)] mod t { fn g() { Refusal::new(\"x\") } }";
    let found = refusal_codes(&sample("crates/clinic/src/journal.rs", code));
    assert_eq!(found, [("visit.not_found".to_owned(), "crates/clinic/src/journal.rs".to_owned())]);
}
