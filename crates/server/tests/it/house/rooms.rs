//! Who may use whom: crates among each other, crates and the outside, modules inside `clinic`.

use toml::Table;

use super::rust::{Leaf, leaves, without_tests};
use super::{File, Project, expect_no_fault, expect_one_fault, sample};

const CLOCKLESS_CORE: [&str; 12] = [
    "tokio",
    "tokio-postgres",
    "rusqlite",
    "axum",
    "axum-extra",
    "tower",
    "tower-http",
    "hyper",
    "reqwest",
    "lettre",
    "tracing-subscriber",
    "anyhow",
];

struct Room {
    name: &'static str,
    may_use: &'static [&'static str],
    never_sees: &'static [&'static str],
}

/// `kernel <- clinic <- { store, channels } <- desk <- web <- server`
const ROOMS: [Room; 8] = [
    Room { name: "kernel", may_use: &[], never_sees: &CLOCKLESS_CORE },
    Room { name: "clinic", may_use: &["kernel"], never_sees: &CLOCKLESS_CORE },
    Room { name: "channels", may_use: &["kernel", "clinic"], never_sees: &CLOCKLESS_CORE },
    Room {
        name: "store",
        may_use: &["kernel", "clinic"],
        never_sees: &["axum", "axum-extra", "tower-http", "reqwest", "lettre", "anyhow"],
    },
    Room {
        name: "desk",
        may_use: &["kernel", "clinic", "store", "channels"],
        never_sees: &["rusqlite", "tokio-postgres", "axum", "axum-extra", "tower-http", "askama", "anyhow"],
    },
    Room {
        name: "web",
        may_use: &["kernel", "clinic", "store", "desk"],
        never_sees: &["rusqlite", "tokio-postgres", "reqwest", "lettre", "anyhow"],
    },
    Room {
        name: "server",
        may_use: &["kernel", "clinic", "store", "channels", "desk", "web"],
        never_sees: &["rusqlite", "tokio-postgres"],
    },
    // what a benchmark asks for, it asks for as the program does: through the rooms, never past them
    Room {
        name: "bench",
        may_use: &["kernel", "clinic", "store", "channels", "desk", "web", "caredesk"],
        never_sees: &["rusqlite", "tokio-postgres"],
    },
];

/// The crate of `server`, as others would name it.
const PROGRAM: &str = "caredesk";

fn crates_out_of_order(project: &Project) -> Vec<String> {
    let mut faults = Vec::new();
    let manifests = project.files.iter().filter_map(|file| {
        let folder = file.path.strip_suffix("/Cargo.toml")?;
        Some((file, folder.strip_prefix("crates/").or((folder == "bench").then_some(folder))?))
    });
    for (file, name) in manifests {
        let Some(room) = ROOMS.iter().find(|room| room.name == name) else {
            faults.push(format!("{}: `{name}` has no place among the rooms", file.path));
            continue;
        };
        let manifest: Table = file.text.parse().expect("cargo has read this manifest before us");
        for table in ["dependencies", "build-dependencies", "dev-dependencies"] {
            let Some(used) = manifest.get(table).and_then(toml::Value::as_table) else { continue };
            for used in used.keys() {
                let is_room = used == PROGRAM || ROOMS.iter().any(|room| room.name == used);
                if is_room && !room.may_use.contains(&used.as_str()) {
                    faults.push(format!("{}: `{name}` may not use `{used}`", file.path));
                }
                if table != "dev-dependencies" && room.never_sees.contains(&used.as_str()) {
                    faults.push(format!("{}: `{name}` never sees `{used}`", file.path));
                }
            }
        }
    }
    faults
}

/// Every step of every module tells what happened: the stream names facts of all modules, and all of them may name it.
const STREAM: &str = "happenings";

/// The modules of `clinic`: each uses only those before it.
const CLINIC: [&str; 25] = [
    "staff",
    "actors",
    "clinics",
    "services",
    "patients",
    "consents",
    "journal",
    "files",
    "conversations",
    "calls",
    "texts",
    "answers",
    "templates",
    "gate",
    "outbox",
    "happenings",
    "tasks",
    "playbooks",
    "surveys",
    "complaints",
    "refusals",
    "leads",
    "segments",
    "figures",
    "sample",
];

fn modules_out_of_order(project: &Project) -> Vec<String> {
    let mut faults = Vec::new();
    for file in project.with_extension(&["rs"]) {
        let Some(inside) = file.path.strip_prefix("crates/clinic/src/") else { continue };
        if inside == "lib.rs" {
            continue;
        }
        let own = inside.split(['/', '.']).next().unwrap_or_default();
        let Some(place) = CLINIC.iter().position(|module| *module == own) else {
            faults.push(format!("{}: `{own}` has no place in the order of the clinic's modules", file.path));
            continue;
        };
        for used in modules_used(file) {
            match CLINIC.iter().position(|module| *module == used) {
                Some(other) if other > place && used != STREAM => {
                    faults.push(format!("{}: `{own}` comes before `{used}` and may not use it", file.path));
                }
                _ => {}
            }
        }
    }
    faults
}

/// Every `x` of `crate::x` and `crate::{x, ..}` outside of tests.
fn modules_used(file: &File) -> Vec<String> {
    let leaves = leaves(&without_tests(&file.text));
    let mut used = Vec::new();
    for (at, leaf) in leaves.iter().enumerate() {
        let follows = |offset: usize| leaves.get(at + offset);
        if !leaf.is("crate") || !follows(1).is_some_and(|leaf| leaf.is("::")) {
            continue;
        }
        match follows(2) {
            Some(Leaf::Word(module)) => used.push(module.clone()),
            Some(Leaf::Open) => used.extend(first_names(&leaves[at + 3..])),
            _ => {}
        }
    }
    used
}

/// The names that begin each branch of a use group: of `a::x, b::{c, d}, e}` they are `a`, `b`, `e`.
fn first_names(group: &[Leaf]) -> Vec<String> {
    let mut names = Vec::new();
    let mut depth = 0;
    let mut begins = true;
    for leaf in group {
        match leaf {
            Leaf::Open => depth += 1,
            Leaf::Close if depth == 0 => break,
            Leaf::Close => depth -= 1,
            Leaf::Word(name) if begins && depth == 0 => names.push(name.clone()),
            _ => {}
        }
        begins = depth == 0 && leaf.is(",");
    }
    names
}

#[test]
fn a_crate_uses_only_the_rooms_below_it() {
    expect_no_fault(&crates_out_of_order(&Project::here()));
}

#[test]
fn a_crate_that_looks_upstairs_is_caught() {
    let upstairs = sample("crates/clinic/Cargo.toml", "[dependencies]\nstore.workspace = true\n");
    expect_one_fault(&crates_out_of_order(&upstairs), "`clinic` may not use `store`");
    let runtime = sample("crates/kernel/Cargo.toml", "[dependencies]\ntokio = \"1\"\n");
    expect_one_fault(&crates_out_of_order(&runtime), "`kernel` never sees `tokio`");
    let measured = sample("crates/desk/Cargo.toml", "[dependencies]\ncaredesk.workspace = true\n");
    expect_one_fault(&crates_out_of_order(&measured), "`desk` may not use `caredesk`");
    let past_the_rooms = sample("bench/Cargo.toml", "[dependencies]\ncaredesk.workspace = true\nrusqlite.workspace = true\n");
    expect_one_fault(&crates_out_of_order(&past_the_rooms), "`bench` never sees `rusqlite`");
    let unknown = sample("crates/annex/Cargo.toml", "");
    expect_one_fault(&crates_out_of_order(&unknown), "`annex` has no place");
}

#[test]
fn a_module_of_the_clinic_uses_only_those_before_it() {
    expect_no_fault(&modules_out_of_order(&Project::here()));
}

#[test]
fn a_module_that_looks_ahead_is_caught() {
    for ahead in ["use crate::gate::Verdict;", "use crate::{journal::{Visit, gate}, gate};", "fn ask() { crate::gate::ask() }"] {
        let ahead = sample("crates/clinic/src/journal/visit.rs", ahead);
        expect_one_fault(&modules_out_of_order(&ahead), "`journal` comes before `gate`");
    }
    let back = sample("crates/clinic/src/gate.rs", "use crate::{journal::{Visit, playbooks}, patients};");
    expect_no_fault(&modules_out_of_order(&back));
    let stream = sample("crates/clinic/src/journal/steps.rs", "use crate::happenings::Happening;");
    expect_no_fault(&modules_out_of_order(&stream));
    let in_test = sample("crates/clinic/src/gate.rs", "#[cfg(test)]\nmod tests { use crate::playbooks::Run; }");
    expect_no_fault(&modules_out_of_order(&in_test));
    let all_tests = sample("crates/clinic/src/gate/walk.rs", "//! Walks.\n#![cfg(test)]\n\nuse crate::playbooks::Run;");
    expect_no_fault(&modules_out_of_order(&all_tests));
    let unknown = sample("crates/clinic/src/cellar.rs", "");
    expect_one_fault(&modules_out_of_order(&unknown), "`cellar` has no place");
}
