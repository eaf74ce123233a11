//! How files are named, how long they are, how they begin, and what they leave for later.

use super::{Project, expect_no_fault, expect_one_fault, sample};

const LONGEST: usize = 600;

fn files_too_long(project: &Project) -> Vec<String> {
    project
        .with_extension(&["rs", "html", "css", "js", "mjs", "sql", "toml"])
        .map(|file| (file, file.text.lines().count()))
        .filter(|(_, lines)| *lines > LONGEST)
        .map(|(file, lines)| format!("{}: {lines} lines", file.path))
        .collect()
}

const ROOMS_FOR_ANYTHING: [&str; 12] =
    ["util", "utils", "utilities", "common", "helper", "helpers", "type", "types", "misc", "manager", "managers", "service"];

/// `services` is allowed: what a clinic offers.
fn names_that_say_nothing(project: &Project) -> Vec<String> {
    let says_nothing = |path: &str| path.split('/').any(|part| ROOMS_FOR_ANYTHING.contains(&part.split('.').next().unwrap_or_default()));
    project
        .files
        .iter()
        .filter(|file| says_nothing(&file.path))
        .map(|file| format!("{}: the name does not say what is inside", file.path))
        .collect()
}

fn marks_for_later(project: &Project) -> Vec<String> {
    // Split here, so that this file does not catch itself.
    let marks = [concat!("TO", "DO"), concat!("FIX", "ME")];
    let mut faults = Vec::new();
    for file in &project.files {
        for (at, line) in file.text.lines().enumerate() {
            let words = line.split(|letter: char| !letter.is_alphanumeric() && letter != '_');
            if words.into_iter().any(|word| marks.contains(&word)) {
                faults.push(format!("{}:{}: {}", file.path, at + 1, line.trim()));
            }
        }
    }
    faults
}

fn modules_without_an_opening(project: &Project) -> Vec<String> {
    project
        .with_extension(&["rs"])
        .filter(|file| ["crates/", "bench/"].iter().any(|room| file.path.starts_with(room)))
        .filter(|file| !file.text.starts_with("//!"))
        .map(|file| format!("{}: begins without //!", file.path))
        .collect()
}

/// A path of somebody's machine, or the address of a package registry in a lock file.
fn traces_of_a_machine(project: &Project) -> Vec<String> {
    let homes = [concat!("/ro", "ot/"), concat!("/ho", "me/"), concat!("/Us", "ers/"), concat!("/wo", "rk/")];
    let mut faults = Vec::new();
    for file in &project.files {
        for (at, line) in file.text.lines().enumerate() {
            if homes.iter().any(|home| line.contains(home)) {
                faults.push(format!("{}:{}: a path of somebody's machine", file.path, at + 1));
            }
            if file.path.ends_with("package-lock.json") && line.contains("\"resolved\": \"http") {
                faults.push(format!("{}:{}: the address of a registry", file.path, at + 1));
            }
        }
    }
    faults
}

#[test]
fn no_file_is_longer_than_a_reader_can_hold() {
    expect_no_fault(&files_too_long(&Project::here()));
}

#[test]
fn a_file_of_601_lines_is_caught() {
    let of = |lines: usize| sample("crates/web/src/templates/inbox.html", &"<hr>\n".repeat(lines));
    expect_no_fault(&files_too_long(&of(600)));
    expect_one_fault(&files_too_long(&of(601)), "601 lines");
}

#[test]
fn every_name_says_what_is_inside() {
    expect_no_fault(&names_that_say_nothing(&Project::here()));
}

#[test]
fn a_room_for_anything_is_caught() {
    expect_one_fault(&names_that_say_nothing(&sample("crates/desk/src/utils.rs", "")), "does not say");
    expect_one_fault(&names_that_say_nothing(&sample("crates/desk/src/helpers/visit.rs", "")), "does not say");
    expect_no_fault(&names_that_say_nothing(&sample("crates/clinic/src/services.rs", "")));
}

#[test]
fn nothing_is_left_for_later() {
    expect_no_fault(&marks_for_later(&Project::here()));
}

#[test]
fn a_mark_for_later_is_caught() {
    let mark = concat!("// TO", "DO: think\n");
    expect_one_fault(&marks_for_later(&sample("crates/web/src/assets/inbox.js", mark)), "inbox.js:1");
}

#[test]
fn every_module_says_what_it_is() {
    expect_no_fault(&modules_without_an_opening(&Project::here()));
}

#[test]
fn a_silent_module_is_caught() {
    expect_one_fault(&modules_without_an_opening(&sample("crates/desk/src/lib.rs", "pub mod acts;")), "without //!");
}

#[test]
fn no_file_knows_somebodys_machine() {
    expect_no_fault(&traces_of_a_machine(&Project::here()));
}

#[test]
fn a_trace_of_a_machine_is_caught() {
    let home = sample("scripts/start", concat!("cd /ho", "me/anna/caredesk\n"));
    expect_one_fault(&traces_of_a_machine(&home), "somebody's machine");
    let lock = sample("trials/package-lock.json", "\"resolved\": \"https://registry.example/a.tgz\"\n");
    expect_one_fault(&traces_of_a_machine(&lock), "registry");
}
