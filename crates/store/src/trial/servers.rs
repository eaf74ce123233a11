//! PostgreSQL servers of a test's own, to be killed, stopped, started again and followed by a standby: throwaway, on
//! the loopback, as somebody who is not root.

use std::fs;
use std::io::Write;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::thread;
use std::time::Duration;

use super::{number, run, says};

/// What a server of the tests is given. It keeps fsync on: an acknowledged commit is on the disk.
const GIVEN: [&str; 9] = [
    "listen_addresses=127.0.0.1",
    "unix_socket_directories=",
    "max_connections=60",
    "shared_buffers=16MB",
    "max_wal_senders=6",
    "hot_standby=on",
    "wal_keep_size=256MB",
    "restart_after_crash=off",
    "wal_retrieve_retry_interval=200ms",
];

/// Everything of one schema, as PostgreSQL's own tool writes it down.
pub(super) fn dump(url: &str, schema: &str) -> Vec<u8> {
    let tool = Owner::find().binaries.join("pg_dump");
    let done = Command::new(tool).args(["--schema", schema, "--no-owner", "--dbname", url]).output().expect("pg_dump runs");
    expect(&done, "pg_dump");
    done.stdout
}

pub(super) fn play_back(url: &str, dump: &[u8]) {
    let mut tool = Command::new(Owner::find().binaries.join("psql"));
    tool.args(["--quiet", "--no-psqlrc", "--set=ON_ERROR_STOP=1", "--single-transaction", "--dbname", url]);
    let mut playing = tool.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::piped()).spawn().expect("psql runs");
    playing.stdin.take().expect("it reads").write_all(dump).expect("it takes the dump");
    expect(&playing.wait_with_output().expect("it ends"), "psql");
}

/// How a server ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// `kill -9` of the postmaster: the others of its processes notice by themselves.
    Killed,
    /// Without a farewell to anybody; at the next start it recovers.
    Immediate,
}

/// One server with its data.
pub struct Server {
    folder: PathBuf,
    port: u16,
    owner: Owner,
    running: Option<Child>,
}

/// Who runs it: PostgreSQL refuses to be root.
#[derive(Clone)]
struct Owner {
    binaries: PathBuf,
    drop_root: Vec<String>,
}

impl Server {
    /// A fresh database that answers.
    pub fn start() -> Self {
        let mut server = Self::unmade();
        let data = server.data();
        let made = server.owner.program("initdb", |initdb| {
            initdb.arg("--pgdata").arg(&data);
            initdb.args(["--username=caredesk", "--auth=trust", "--encoding=UTF8", "--locale=C", "--no-sync"])
        });
        expect(&made, "initdb");
        server.go_on();
        server
    }

    /// A standby that has every commit of this server before the commit is answered: if this one is lost, nothing is.
    #[must_use]
    pub fn standby(&self) -> Self {
        let mut standby = Self::unmade();
        let data = standby.data();
        let from = format!("host=127.0.0.1 port={} user=caredesk", self.port);
        let made = standby.owner.program("pg_basebackup", |backup| {
            backup.args(["--checkpoint=fast", "--wal-method=stream", "--write-recovery-conf", "--no-sync", "--dbname", &from]);
            backup.arg("--pgdata").arg(&data)
        });
        expect(&made, "pg_basebackup");
        // it came along with the data; a server that was promoted waits for nobody
        let settings = data.join("postgresql.auto.conf");
        let text = fs::read_to_string(&settings).expect("the settings that came along");
        fs::write(&settings, format!("{text}\nsynchronous_standby_names = ''\n")).expect("settings");
        standby.go_on();
        run(&self.url(), "ALTER SYSTEM SET synchronous_standby_names = '*'");
        run(&self.url(), "SELECT pg_reload_conf()");
        // a connection knows the settings of its beginning
        while !says(&self.url(), "SELECT EXISTS (SELECT 1 FROM pg_stat_replication WHERE sync_state = 'sync')") {
            thread::sleep(Duration::from_millis(20));
        }
        standby
    }

    pub fn url(&self) -> String {
        format!("postgres://caredesk@127.0.0.1:{}/postgres", self.port)
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    pub fn end(&mut self, how: End) {
        let Some(mut process) = self.running.take() else { return };
        match how {
            End::Killed => process.kill().expect("it runs"),
            End::Immediate => {
                let told = Command::new("kill").args(["-QUIT", &process.id().to_string()]).status().expect("kill runs");
                assert!(told.success(), "the server was not there any more");
            }
        }
        process.wait().expect("it ends");
    }

    /// Starts it again on its data, and waits until it answers. After `kill -9` it refuses as long as a process of
    /// before still holds the memory.
    pub fn go_on(&mut self) {
        for _ in 0..100 {
            let mut process = self.spawn();
            if self.answers(&mut process) {
                self.running = Some(process);
                return;
            }
            process.kill().ok();
            process.wait().expect("it ends");
            thread::sleep(Duration::from_millis(200));
        }
        panic!("the server does not start: {}", fs::read_to_string(self.log()).unwrap_or_default());
    }

    /// The standby becomes the server.
    pub fn promote(&self) {
        let data = self.data();
        let done = self.owner.program("pg_ctl", |control| control.arg("promote").arg("--wait").arg("--pgdata").arg(&data));
        expect(&done, "pg_ctl promote");
    }

    fn unmade() -> Self {
        let folder = std::env::temp_dir().join(format!("caredesk_server_{}", number()));
        fs::remove_dir_all(&folder).ok();
        fs::create_dir_all(&folder).expect("a folder for the server");
        let owner = Owner::find();
        owner.give(&folder);
        // taken and let go: nobody else asks for it within this moment
        let port = TcpListener::bind(("127.0.0.1", 0)).and_then(|listener| listener.local_addr()).expect("a port").port();
        Self { folder, port, owner, running: None }
    }

    fn data(&self) -> PathBuf {
        self.folder.join("data")
    }

    fn log(&self) -> PathBuf {
        self.folder.join("log")
    }

    fn spawn(&self) -> Child {
        let log = fs::OpenOptions::new().create(true).append(true).open(self.log()).expect("a log");
        let data = self.data();
        let mut postgres = self.owner.command("postgres");
        postgres.arg("-D").arg(data).arg("-c").arg(format!("port={}", self.port));
        for given in GIVEN {
            postgres.arg("-c").arg(given);
        }
        postgres.current_dir(&self.folder).stdin(Stdio::null()).stdout(Stdio::null()).stderr(log);
        postgres.spawn().expect("PostgreSQL starts")
    }

    fn answers(&self, process: &mut Child) -> bool {
        for _ in 0..1_000 {
            if process.try_wait().expect("its process is ours").is_some() {
                return false;
            }
            let port = self.port.to_string();
            let asked = self.owner.program("pg_isready", |ready| ready.args(["--host=127.0.0.1", "--quiet", "--port", &port]));
            if asked.status.success() {
                return true;
            }
            thread::sleep(Duration::from_millis(20));
        }
        false
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.end(End::Immediate);
        fs::remove_dir_all(&self.folder).ok();
    }
}

impl Owner {
    fn find() -> Self {
        let mut found: Vec<PathBuf> = fs::read_dir("/usr/lib/postgresql")
            .map(|versions| versions.flatten().map(|version| version.path().join("bin")).collect())
            .unwrap_or_default();
        found.retain(|folder| folder.join("initdb").exists());
        found.sort_by_key(|folder| folder.parent().and_then(|version| version.file_name()?.to_str()?.parse::<u32>().ok()));
        let binaries = found.pop().expect("PostgreSQL's server programs: run ./check, it installs them");
        let is_root = said("id", &["-u"]).is_some_and(|id| id == "0");
        let drop_root = if is_root {
            let owner = if said("id", &["postgres"]).is_some() { "postgres" } else { "nobody" };
            let group = said("id", &["-g", owner]).expect("its group");
            vec!["setpriv".to_owned(), format!("--reuid={owner}"), format!("--regid={group}"), "--clear-groups".to_owned()]
        } else {
            Vec::new()
        };
        Self { binaries, drop_root }
    }

    fn give(&self, folder: &Path) {
        if let Some(owner) = self.drop_root.iter().find_map(|word| word.strip_prefix("--reuid=")) {
            let given = Command::new("chown").arg(owner).arg(folder).status().expect("chown runs");
            assert!(given.success());
        }
    }

    fn command(&self, program: &str) -> Command {
        let program = self.binaries.join(program);
        match self.drop_root.split_first() {
            Some((first, rest)) => {
                let mut command = Command::new(first);
                command.args(rest).arg(program);
                command
            }
            None => Command::new(program),
        }
    }

    fn program(&self, program: &str, arguments: impl FnOnce(&mut Command) -> &mut Command) -> Output {
        let mut command = self.command(program);
        arguments(&mut command).current_dir("/").stdin(Stdio::null());
        command.output().expect("a program of PostgreSQL runs")
    }
}

fn said(program: &str, arguments: &[&str]) -> Option<String> {
    let output = Command::new(program).args(arguments).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

fn expect(done: &Output, what: &str) {
    assert!(done.status.success(), "{what}: {}", String::from_utf8_lossy(&done.stderr));
}
