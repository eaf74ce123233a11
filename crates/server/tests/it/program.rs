//! The program as it is started and stopped by the one who runs it.

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder of its own, gone afterwards.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let folder = std::env::temp_dir().join(format!("caredesk_program_{}_{name}", std::process::id()));
        std::fs::create_dir_all(&folder).expect("a folder for the test");
        Self(folder)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        std::fs::remove_dir_all(&self.0).expect("the folder of the test goes");
    }
}

fn program(folder: &Path, command: &str) -> Command {
    let mut program = Command::new(env!("CARGO_BIN_EXE_caredesk"));
    program.arg(command).current_dir(folder).env("CAREDESK_LISTEN", "127.0.0.1:0").env("RUST_LOG", "debug");
    program
}

fn doctor(folder: &Path) -> Output {
    program(folder, "doctor").output().expect("the program starts")
}

#[test]
fn the_first_start_prints_where_it_is_set_up_and_a_signal_ends_it_in_good_order() {
    let folder = Folder::new("serve");
    let mut desk = program(&folder.0, "serve").stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut printed = BufReader::new(desk.stdout.take().unwrap()).lines().map(Result::unwrap);
    let listens = printed.next().unwrap();
    let address = listens.strip_prefix("Caredesk listens at http://").unwrap();
    let link = printed.next().unwrap();
    let (_, code) = link.split_once(&format!("http://{address}/set-up?code=")).unwrap();
    assert_eq!(code.len(), 32, "{link}");
    std::net::TcpStream::connect(address).unwrap();

    assert!(Command::new("kill").arg(desk.id().to_string()).status().unwrap().success());
    let ended = desk.wait_with_output().unwrap();
    let log = String::from_utf8(ended.stderr).unwrap();
    assert!(ended.status.success(), "{log}");
    assert!(!log.contains(code), "the code stands in the log");
    let mut left: Vec<_> = std::fs::read_dir(folder.0.join("data")).unwrap().map(|file| file.unwrap().file_name()).collect();
    left.sort();
    assert_eq!(left, ["caredesk.db", "caredesk.mark"], "the log of the database was folded in");

    let seen = String::from_utf8(doctor(&folder.0).stdout).unwrap();
    assert!(seen.contains("nothing is set up yet"), "{seen}");
}

#[test]
fn the_doctor_says_what_is_wrong_and_makes_nothing() {
    let folder = Folder::new("doctor");
    assert!(doctor(&folder.0).status.success());
    assert!(!folder.0.join("data").exists());
    std::fs::write(folder.0.join("caredesk.toml"), "\nlistn = '127.0.0.1:80'\n").unwrap();
    let wrong = doctor(&folder.0);
    let seen = String::from_utf8(wrong.stdout).unwrap();
    assert!(!wrong.status.success() && seen.contains("line 2") && seen.contains("listn"), "{seen}");
    assert!(!program(&folder.0, "serve").output().unwrap().status.success());

    std::fs::write(folder.0.join("caredesk.toml"), "").unwrap();
    std::fs::create_dir(folder.0.join("data")).unwrap();
    std::fs::write(folder.0.join("data/caredesk.db"), "this is no database, but long enough to be looked at for one").unwrap();
    let damaged = doctor(&folder.0);
    assert!(!damaged.status.success(), "{}", String::from_utf8_lossy(&damaged.stdout));
}
