//! Every statement of the store is understood by both engines.

use std::fs;
use std::path::Path;

use crate::trial::both;

/// A statement begins with one of these.
const BEGINNINGS: [&str; 5] = ["SELECT ", "INSERT ", "UPDATE ", "DELETE ", "WITH "];

/// The constants of every file beside the engine: what stands between `: &str = "` and `";`.
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
        for part in text.split("const ").skip(1) {
            let Some((name, rest)) = part.split_once(": &str =") else { continue };
            let Some(body) = rest.trim_start().strip_prefix('"').and_then(|rest| rest.split_once("\";")) else { continue };
            if BEGINNINGS.iter().any(|beginning| body.0.starts_with(beginning)) {
                found.push((format!("{}: {name}", path.display()), unescaped(body.0)));
            }
        }
    }
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
            let understood = store.read(move |tx| tx.prepare(&sql)).await;
            assert_eq!(understood, Ok(()), "{name}");
        }
    })
    .await;
}

#[test]
fn a_joined_statement_is_read_as_the_compiler_reads_it() {
    assert_eq!(unescaped("SELECT id \\\n    FROM slots"), "SELECT id FROM slots");
    assert_eq!(unescaped("SELECT \\\"id\\\"\nFROM slots"), "SELECT \"id\"\nFROM slots");
}
