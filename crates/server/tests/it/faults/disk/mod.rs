//! Disks that lose power, fail or are full. A program under trial is this test again in a process of its own, with
//! `disk.c` between it and the C library: every change of its database is written down there, or fails when it is told
//! to.

mod failing;
pub mod life;
mod platter;
mod power_cut;

use std::ffi::OsStr;
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// What the process of a test's own is to do; the test itself runs without it.
const PART: &str = "CAREDESK_TRIAL_PART";
const FOLDER: &str = "DISK_FOLDER";
const RECORD: &str = "DISK_RECORD";

/// A folder of a trial's own, gone afterwards. Where the machine has one in memory, it is there: what is tried does not
/// need a disk, and thousands of syncs do not wait for it.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let memory = Path::new("/dev/shm");
        let around = if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() };
        let folder = around.join(format!("caredesk_disk_{}_{name}", std::process::id()));
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).unwrap();
        Self(folder)
    }

    /// One inside, empty.
    fn inside(&self, name: &str) -> PathBuf {
        let folder = self.0.join(name);
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).unwrap();
        folder
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        fs::remove_dir_all(&self.0).ok();
    }
}

/// What this process is to do, if it is the one of a trial, and the folder of its disk.
fn part() -> Option<(String, PathBuf)> {
    Some((std::env::var(PART).ok()?, PathBuf::from(std::env::var_os(FOLDER)?)))
}

/// The disk between a program and the C library, made once for each test.
fn built(folder: &Folder) -> PathBuf {
    let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/it/faults/disk/disk.c");
    let library = folder.0.join("disk.so");
    let done = Command::new("cc")
        .args(["-O1", "-Wall", "-Wextra", "-Werror", "-shared", "-fPIC", "-o"])
        .arg(&library)
        .arg(source)
        .args(["-ldl", "-lpthread"])
        .output()
        .expect("a C compiler: run ./check, it installs one");
    assert!(done.status.success(), "{}", String::from_utf8_lossy(&done.stderr));
    library
}

/// Lives a part in a process of its own over the files of `data`; the name of the test is its whole path.
fn lived(test: &str, part: &str, library: &Path, data: &Path, told: &[(&str, &OsStr)]) -> Output {
    let mut program = Command::new(std::env::current_exe().unwrap());
    program.args(["--exact", test, "--nocapture", "--test-threads=1"]);
    program.env(PART, part).env(FOLDER, data).env("LD_PRELOAD", library);
    program.envs(told.iter().copied()).output().unwrap()
}

/// A file that is only ever written behind its end.
fn appended(file: &Path) -> fs::File {
    fs::OpenOptions::new().create(true).append(true).open(file).unwrap()
}

/// The disk is told how to fail from now on.
fn temper(folder: &Path, words: &str) {
    let failed = folder.join("failed");
    if failed.exists() {
        fs::remove_file(failed).unwrap();
    }
    appended(&folder.join("temper")).write_all(words.as_bytes()).unwrap();
}

/// Whether it did.
fn has_failed(folder: &Path) -> bool {
    folder.join("failed").exists()
}
