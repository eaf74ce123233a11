//! Every statement of the store is understood by both engines.

use std::fs;
use std::path::Path;

use crate::trial::both;

/// A statement begins with one of these.
const BEGINNINGS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

/// The constants of every file beside the engine.
fn statements(folder: &Path, found: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("the store's sources") {
        let path = entry.expect("a source").path();
        if path.is_dir() {
            if path.file_name().is_some_and(|name| name != "engine") {
                statements(&path, found);
            }
            continue;
        }
        let text = fs::read_to_string(&path).expect("a source is text");
        found.extend(constants(&text).map(|(name, sql)| (format!("{}: {name}", path.display()), sql)));
    }
}

/// What stands between `: &str = "` and `";`, if it is a statement.
fn constants(source: &str) -> impl Iterator<Item = (&str, String)> {
    source.split("const ").skip(1).filter_map(|part| {
        let (name, rest) = part.split_once(": &str =")?;
        let rest = rest.trim_start();
        let body = match rest.strip_prefix("r#\"") {
            Some(raw) => raw.split_once("\"#;")?.0.to_owned(),
            None => unescaped(rest.strip_prefix('"')?.split_once("\";")?.0),
        };
        BEGINNINGS.iter().any(|beginning| body.starts_with(beginning)).then_some((name, body))
    })
}

/// A backslash at the end of a line joins it to the next.
fn unescaped(text: &str) -> String {
    let mut parts = text.split("\\\n");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |joined, part| joined + part.trim_start()).replace("\\\"", "\"")
}

#[tokio::test]
async fn every_statement_is_understood_by_both_engines() {
    let mut found = Vec::new();
    statements(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    both(async |store| {
        for (name, sql) in found.clone() {
            let understood = store.read(move |tx| tx.prepare(&sql).and_then(|()| tx.prepare_for_many(&sql))).await;
            assert_eq!(understood, Ok(()), "{name}");
        }
    })
    .await;
}

#[test]
fn statements_are_read_as_the_compiler_reads_them() {
    let source = r#"
const ADD: &str = "INSERT INTO slots (id) \
    VALUES ($1)";
pub const FIND: &str =
    "SELECT \"id\"
FROM slots";
const NAME: &str = "slots";
const LIMIT: usize = 3;
"#;
    let raw = "const RAW: &str = r#\"DELETE FROM \"slots\"\"#;";
    let found: Vec<_> = constants(source).chain(constants(raw)).collect();
    let expected = [("ADD", "INSERT INTO slots (id) VALUES ($1)"), ("FIND", "SELECT \"id\"\nFROM slots"), ("RAW", "DELETE FROM \"slots\"")];
    assert_eq!(found, expected.map(|(name, sql)| (name, sql.to_owned())));
}
