//! The text of the project as the guards read it: every file that a person wrote, with its path from the root.
//!
//! Folders named `vendor` hold browser code of others and are left out, as is what tools make.

use std::fs;
use std::path::Path;

const NOT_OURS: [&str; 5] = [".git", "target", "node_modules", "vendor", "snapshots"];

pub struct File {
    /// From the root, with `/` between the parts.
    pub path: String,
    pub text: String,
}

impl File {
    pub fn extension(&self) -> &str {
        self.path.rsplit_once('.').map_or("", |(_, extension)| extension)
    }

    /// The crate's folder under `crates/`, if the file is in one.
    pub fn room(&self) -> Option<&str> {
        self.path.strip_prefix("crates/")?.split('/').next()
    }
}

pub struct Project {
    pub files: Vec<File>,
}

impl Project {
    pub fn here() -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the crate lies two folders below the root");
        let mut files = Vec::new();
        collect(root, "", &mut files);
        files.sort_by(|one, other| one.path.cmp(&other.path));
        Self { files }
    }

    pub fn with_extension(&self, extensions: &[&str]) -> impl Iterator<Item = &File> {
        self.files.iter().filter(move |file| extensions.contains(&file.extension()))
    }
}

fn collect(folder: &Path, prefix: &str, files: &mut Vec<File>) {
    let entries = fs::read_dir(folder).unwrap_or_else(|error| panic!("{}: {error}", folder.display()));
    for entry in entries {
        let entry = entry.expect("an entry of a folder that was just opened");
        let name = entry.file_name().into_string().expect("our file names are UTF-8");
        let path = format!("{prefix}{name}");
        let kind = entry.file_type().expect("the kind of an entry just read");
        if NOT_OURS.contains(&name.as_str()) {
            continue;
        }
        if kind.is_dir() {
            collect(&entry.path(), &format!("{path}/"), files);
        } else if kind.is_file()
            && let Ok(text) = fs::read_to_string(entry.path())
        {
            // What is not UTF-8 is a picture, a font or a sample of an old code page: nothing for these guards.
            files.push(File { path, text });
        }
    }
}

#[test]
fn the_guards_see_the_project() {
    let project = Project::here();
    for seen in ["Cargo.toml", "crates/kernel/Cargo.toml", "crates/server/tests/it/main.rs"] {
        assert!(project.files.iter().any(|file| file.path == seen), "{seen} was not read");
    }
    assert!(project.files.iter().all(|file| !file.path.starts_with("target/")));
}
