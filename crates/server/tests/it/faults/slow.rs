//! Callers that say nothing, or so slowly that it never ends: they are cut off, nobody else waits for them, nothing of
//! theirs is kept, and none of them is told that the fault is ours.

use std::io::{ErrorKind, Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use kernel::Clock;
use store::Engine;

use super::moods::Weather;
use super::news::News;
use super::program::Program;
use super::scene::Scene;
use crate::world::SECRET;

/// Ten seconds for a body are five here.
const HURRY: u32 = 2;
/// So many files has the program; half of them are for callers.
const FILES: u32 = 160;
const SILENT: usize = 150;
const SLOW: usize = 12;
const GOOD: usize = 30;

/// How somebody is slow after the head of a call.
#[derive(Debug, Clone, Copy)]
enum Slowness {
    HalfAHead,
    NoBody,
    HalfABody,
    /// A byte now and then.
    Drips,
    EndlessPieces,
}

const WAYS: [Slowness; 5] = [Slowness::HalfAHead, Slowness::NoBody, Slowness::HalfABody, Slowness::Drips, Slowness::EndlessPieces];

struct Slow {
    stream: TcpStream,
    how: Slowness,
}

impl Slow {
    fn begin(address: &str, path: &str, how: Slowness) -> Self {
        let mut stream = TcpStream::connect(address).expect("the door is open");
        let head = format!("POST {path} HTTP/1.1\r\nHost: localhost\r\nX-Telegram-Bot-Api-Secret-Token: {SECRET}\r\n");
        let said = match how {
            Slowness::HalfAHead => head,
            Slowness::NoBody | Slowness::Drips => head + "Content-Length: 4000\r\n\r\n",
            Slowness::HalfABody => head + "Content-Length: 4000\r\n\r\n{\"update_id\": 77,",
            Slowness::EndlessPieces => head + "Transfer-Encoding: chunked\r\n\r\n1\r\n{\r\n",
        };
        stream.write_all(said.as_bytes()).expect("the beginning is taken");
        stream.set_nonblocking(true).expect("a stream that does not wait");
        Self { stream, how }
    }

    /// Goes on a little; what it has been told, once it was cut off.
    fn goes_on(&mut self) -> Option<String> {
        let piece: &[u8] = match self.how {
            Slowness::HalfAHead | Slowness::NoBody | Slowness::HalfABody => b"",
            Slowness::Drips => b" ",
            Slowness::EndlessPieces => b"1\r\n \r\n",
        };
        // whether it still listens is seen by reading
        self.stream.write_all(piece).ok();
        let mut answer = [0; 512];
        match self.stream.read(&mut answer) {
            Err(error) if error.kind() == ErrorKind::WouldBlock => None,
            Err(_) => Some(String::new()),
            Ok(length) => Some(String::from_utf8_lossy(&answer[..length]).into_owned()),
        }
    }
}

/// Those who are no longer listened to, and what they were told.
fn cut_off(slow: &mut Vec<Slow>, told: &mut Vec<(Slowness, String)>) {
    slow.retain_mut(|one| match one.goes_on() {
        None => true,
        Some(answer) => {
            told.push((one.how, answer));
            false
        }
    });
}

#[test]
fn callers_that_are_slow_or_silent_are_cut_off_and_delay_nobody() {
    let mut scene = Scene::on(Engine::Sqlite, Weather::FAIR, 3, HURRY);
    let mut start = scene.program();
    start.files = Some(FILES);
    let program = start.start();
    let address = program.address.clone().expect("it listens");
    let path = format!("/hooks/telegram/{}", scene.crowd.people.telegram);
    let mut slow: Vec<Slow> = WAYS.iter().cycle().take(WAYS.len() * SLOW).map(|how| Slow::begin(&address, &path, *how)).collect();
    // more than there are places: whoever is silent for longest goes
    let mut silent: Vec<TcpStream> = (0..SILENT).map(|_| TcpStream::connect(&address).expect("the door is open")).collect();
    let news = News::begin(&scene.crowd, GOOD, scene.clock.now());
    news.to(Some(address.clone()));
    let mut told = Vec::new();
    let mut heard_before = 0;
    for _ in 0..1_500 {
        cut_off(&mut slow, &mut told);
        // whoever is taken for silent makes room at once; whose time is over is told so
        if told.iter().all(|(_, answer)| answer.is_empty()) {
            heard_before = GOOD - news.waiting();
        }
        if news.waiting() == 0 {
            break;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    assert_eq!(news.waiting(), 0, "whoever speaks is heard");
    assert!(heard_before > 2, "and does not wait until the slow ones are cut off");

    for _ in 0..400 {
        cut_off(&mut slow, &mut told);
        if slow.is_empty() {
            break;
        }
        std::thread::sleep(Duration::from_millis(50));
    }
    assert!(slow.is_empty(), "{} are never cut off", slow.len());
    for (how, answer) in &told {
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 408") || answer.starts_with("HTTP/1.1 400"), "{how:?} is told {answer}");
    }
    assert!(told.iter().any(|(_, answer)| answer.starts_with("HTTP/1.1 408")), "whose body does not come is told so");
    for stream in &mut silent {
        stream.set_read_timeout(Some(Duration::from_secs(30))).expect("a stream that waits");
        let closed = stream.read(&mut [0; 64]);
        assert!(!matches!(closed, Err(ref error) if error.kind() == ErrorKind::WouldBlock), "silence has an end");
    }
    assert_eq!(Program::tell(&address, &path, SECRET, "{"), Some(400), "the program answers as before");
    drop(program);
    assert_eq!(scene.with_desk(async |crowd, desk| news.expect_kept(desk, crowd).await), GOOD);
}
