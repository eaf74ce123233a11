//! What exists for trials only must not reach a clinic: features that open stores for tests, sow faults or kill the program.

use toml::{Table, Value};

use super::{Project, expect_no_fault, expect_one_fault, sample};

const FOR_TRIALS: [&str; 2] = ["trial", "seeded-faults"];
/// The benchmarks open and drop stores as tests do, and are no part of the program. They measure it without faults.
const FOR_BENCHMARKS: &str = "trial";

/// Only dev-dependencies ask for them, and no other feature brings them along.
fn trials_in_the_program(project: &Project) -> Vec<String> {
    let mut faults = Vec::new();
    for file in project.files.iter().filter(|file| file.path.ends_with("Cargo.toml")) {
        let manifest: Table = file.text.parse().expect("cargo has read this manifest before us");
        let workspace = manifest.get("workspace").and_then(Value::as_table);
        let tables = ["dependencies", "build-dependencies"].map(|name| manifest.get(name)).into_iter().flatten();
        for used in tables.chain(workspace.and_then(|workspace| workspace.get("dependencies"))).filter_map(Value::as_table) {
            for (name, asked) in used {
                let asked = asked.get("features").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
                let is_measuring = |feature: &str| file.path == "bench/Cargo.toml" && feature == FOR_BENCHMARKS;
                let found = asked.filter(|feature| FOR_TRIALS.contains(feature) && !is_measuring(feature));
                faults.extend(found.map(|feature| format!("{}: `{name}` brings `{feature}` into the program", file.path)));
            }
        }
        for (name, brings) in manifest.get("features").and_then(Value::as_table).into_iter().flatten() {
            let brings = brings.as_array().into_iter().flatten().filter_map(Value::as_str);
            let found = brings.filter_map(|feature| FOR_TRIALS.iter().find(|trial| feature.rsplit('/').next() == Some(**trial)));
            faults.extend(found.map(|feature| format!("{}: the feature `{name}` brings `{feature}` along", file.path)));
        }
    }
    faults
}

#[test]
fn nothing_that_is_for_trials_reaches_the_program() {
    expect_no_fault(&trials_in_the_program(&Project::here()));
}

#[test]
fn a_sown_fault_on_its_way_into_the_program_is_caught() {
    let asked = |table: &str| format!("[{table}]\nstore = {{ workspace = true, features = [\"seeded-faults\"] }}\n");
    for table in ["dependencies", "build-dependencies", "workspace.dependencies"] {
        expect_one_fault(&trials_in_the_program(&sample("crates/desk/Cargo.toml", &asked(table))), "brings `seeded-faults`");
    }
    expect_no_fault(&trials_in_the_program(&sample("crates/desk/Cargo.toml", &asked("dev-dependencies"))));
    expect_one_fault(&trials_in_the_program(&sample("bench/Cargo.toml", &asked("dependencies"))), "brings `seeded-faults`");
    for feature in ["default = [\"trial\"]", "more = [\"store/seeded-faults\"]"] {
        let manifest = format!("[features]\ntrial = []\n{feature}\n");
        expect_one_fault(&trials_in_the_program(&sample("crates/store/Cargo.toml", &manifest)), "along");
    }
}
