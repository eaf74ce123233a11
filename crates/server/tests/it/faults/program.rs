//! The real program as a child: started on a database of its own, killed, paused, and started again.

use std::io::{BufRead, BufReader, Read, Write};
use std::net::TcpStream;
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::sync::{Arc, Mutex};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use kernel::{Clock, Timestamp};
use store::Place;
use store::sown::{CLOCK, DIES_AT, Hurry, Point, SKEW};

/// The clock on the wall, in a hurry: the program and the trial are told the same one.
#[derive(Debug, Clone)]
pub struct QuickClock {
    hurry: Arc<Mutex<Hurry>>,
    began: Timestamp,
}

impl QuickClock {
    /// It shows this now, and runs so many times as fast as the wall's.
    pub fn showing(now: Timestamp, times: u32) -> Self {
        Self { hurry: Arc::new(Mutex::new(Hurry { from: wall(), shows: now.as_millis(), times })), began: now }
    }

    /// From now on it runs so many times as fast as the wall's, for the trial and for programs that are started from now on.
    pub fn hastens(&self, times: u32) {
        let mut hurry = self.hurry.lock().unwrap();
        let from = wall();
        *hurry = Hurry { from, shows: hurry.shown(from), times };
    }

    /// How long the machine must wait for so much time.
    pub fn wait(&self, of: Duration) {
        std::thread::sleep(of / self.hurry().times);
    }

    fn hurry(&self) -> Hurry {
        *self.hurry.lock().unwrap()
    }
}

impl Clock for QuickClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_millis(self.hurry().shown(wall()))
    }

    fn run(&self) -> Duration {
        self.now().since(self.began)
    }
}

#[expect(clippy::disallowed_methods, reason = "a trial of the real program runs with the wall")]
fn wall() -> i64 {
    i64::try_from(SystemTime::now().duration_since(UNIX_EPOCH).expect("after 1970").as_millis()).expect("before the year 292 million")
}

/// How the program is started.
#[derive(Clone)]
pub struct Start<'a> {
    pub place: &'a Place,
    pub clock: QuickClock,
    /// Its name among several; none: as the program names itself.
    pub node: Option<String>,
    pub part: Part,
    pub dies_at: Option<(Point, u32)>,
    /// By how much its own clock is wrong, in milliseconds.
    pub skew: i64,
    /// A file in which stands by how much it is wrong at the moment.
    pub skew_file: Option<PathBuf>,
    /// How many files it may have open; none: as many as this machine lets it.
    pub files: Option<u32>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Whole,
    Web,
    Work,
}

/// Killed when it is dropped.
pub struct Program {
    child: Child,
    /// Where its hooks listen; nothing for one that only works.
    pub address: Option<String>,
}

/// How long a start may take on a busy machine.
const PATIENCE: Duration = Duration::from_mins(1);

impl<'a> Start<'a> {
    pub fn of(place: &'a Place, clock: QuickClock) -> Self {
        Self { place, clock, node: None, part: Part::Whole, dies_at: None, skew: 0, skew_file: None, files: None }
    }

    pub fn dying_at(mut self, point: Point, time: u32) -> Self {
        self.dies_at = Some((point, time));
        self
    }

    pub fn named(mut self, node: &str) -> Self {
        self.node = Some(node.to_owned());
        self
    }

    /// Comes back when the program listens or works, or has died before.
    pub fn start(&self) -> Program {
        let mut child = self.command().stdout(Stdio::piped()).stderr(Stdio::null()).spawn().expect("the program starts");
        let mut lines = BufReader::new(child.stdout.take().expect("its output is piped")).lines();
        let mut address = None;
        while let Some(Ok(line)) = lines.next() {
            address = line.strip_prefix("Caredesk listens at http://").map(str::to_owned);
            if address.is_some() || line.starts_with("Caredesk works") {
                break;
            }
        }
        // what it still prints is nobody's concern, but it must not meet a closed door
        std::thread::spawn(move || lines.for_each(drop));
        Program { child, address }
    }

    /// What it says when it will not start.
    pub fn refused(&self) -> String {
        let done = self.command().output().expect("the program starts");
        assert!(!done.status.success(), "it has started and ended well");
        String::from_utf8_lossy(&done.stderr).into_owned()
    }

    fn command(&self) -> Command {
        let binary = env!("CARGO_BIN_EXE_caredesk");
        let mut program = match self.files {
            None => Command::new(binary),
            Some(files) => {
                let mut shell = Command::new("sh");
                shell.args(["-c", &format!("ulimit -n {files}; exec \"$0\" \"$@\""), binary]);
                shell
            }
        };
        program.arg("serve").env("CAREDESK_LISTEN", "127.0.0.1:0").env("RUST_LOG", "off").env(CLOCK, self.clock.hurry().line());
        let skew = self.skew_file.as_ref().map_or_else(|| self.skew.to_string(), |file| format!("@{}", file.display()));
        program.env(SKEW, skew).stdin(Stdio::null());
        program.args(match self.part {
            Part::Whole => None,
            Part::Web => Some("--web"),
            Part::Work => Some("--work"),
        });
        match self.place {
            Place::File(file) => program.env("CAREDESK_DATA", file.parent().expect("a folder")),
            Place::Schema { url, schema } => program.env("CAREDESK_POSTGRES_URL", url).env("CAREDESK_POSTGRES_SCHEMA", schema),
            Place::Memory => panic!("a program that is killed needs a database that stays"),
        };
        if let Some(node) = &self.node {
            program.env("CAREDESK_NODE", node);
        }
        if let Some((point, time)) = self.dies_at {
            program.env(DIES_AT, format!("{point:?} {time}"));
        }
        program
    }
}

impl Program {
    /// `kill -9`.
    pub fn kill(&mut self) {
        self.child.kill().expect("a child can be killed");
        self.child.wait().expect("a child can be waited for");
    }

    /// Waits until it dies by itself; kills it if it does not within `patience`. Says whether it died by itself.
    pub fn outlive(&mut self, patience: Duration) -> bool {
        let step = Duration::from_millis(5);
        for _ in 0..patience.as_millis() / step.as_millis() {
            if self.child.try_wait().expect("a child can be waited for").is_some() {
                return true;
            }
            std::thread::sleep(step);
        }
        self.kill();
        false
    }

    pub fn signal(&self, name: &str) {
        let sent = Command::new("kill").arg(name).arg(self.child.id().to_string()).status().expect("kill is there");
        assert!(sent.success(), "the signal {name} was not sent");
    }

    /// Tells the program's hook something as Telegram does; its status, if it has answered.
    pub fn tell(address: &str, path: &str, secret: &str, body: &str) -> Option<u16> {
        Self::told(address, path, ("X-Telegram-Bot-Api-Secret-Token", secret), body)
    }

    /// The same with another proof.
    pub fn told(address: &str, path: &str, (proof, value): (&str, &str), body: &str) -> Option<u16> {
        let head = format!(
            "POST {path} HTTP/1.1\r\nHost: localhost\r\n{proof}: {value}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n",
            body.len()
        );
        let mut stream = TcpStream::connect(address).ok()?;
        stream.set_read_timeout(Some(PATIENCE)).ok()?;
        stream.write_all(head.as_bytes()).and_then(|()| stream.write_all(body.as_bytes())).ok()?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).ok()?;
        answer.strip_prefix("HTTP/1.1 ")?.get(..3)?.parse().ok()
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}
