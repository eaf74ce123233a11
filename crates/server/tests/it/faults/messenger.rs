//! A messenger on its worst day, on loopback, on a thread of its own: it speaks as Telegram, as WhatsApp, as an SMS centre or as a
//! mail server. What it shows on phones is written down before it answers, and how it answers is drawn by lot from a seed.

mod centre;
mod http;
mod mail;

use std::collections::HashMap;
use std::io;
use std::net::SocketAddr;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use kernel::{Clock, Timestamp};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;

use self::centre::Deliveries;
pub use self::centre::receipt;
pub use self::http::name as http_name;
use super::houses::House;
use super::moods::{Fate, Mood, Weather};
use super::phones::{Phones, Shown};

/// Longer than any sender is patient.
const NEVER: Duration = Duration::from_mins(10);
/// Between two drops of a slow answer.
const DROP: Duration = Duration::from_millis(1);

/// Runs until it is dropped.
pub struct Messenger {
    /// Where it stands instead of the house's own address.
    pub address: SocketAddr,
    room: Arc<Room>,
    over: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

struct Room {
    house: House,
    clock: Arc<dyn Clock>,
    weather: Mutex<Weather>,
    desk: Mutex<Counter>,
    /// Requests so far.
    arrived: AtomicU64,
    /// What an SMS centre has for us.
    deliveries: Mutex<Deliveries>,
    /// Lines to it so far: the newest puts out those before.
    lines: AtomicU64,
}

/// What one letter at a time is done with.
struct Counter {
    phones: Phones,
    /// How often each letter was brought.
    brought: HashMap<(i64, String), u32>,
    last: i64,
    last_shown: i64,
    /// One for each letter that was read.
    met: Vec<Mood>,
    /// Taken, and on no phone.
    returned: Vec<Shown>,
}

/// What stands on a letter, in whatever protocol it came.
struct Brought {
    chat: i64,
    text: String,
    named: String,
}

impl Messenger {
    pub fn open(house: House, folder: &Path, (clock, weather): (Arc<dyn Clock>, Weather)) -> Self {
        let phones = Phones::open(&folder.join("phones.log"));
        let last = phones.shown().iter().map(|shown| shown.message).max().unwrap_or(0);
        let desk = Mutex::new(Counter { phones, brought: HashMap::new(), last, last_shown: last, met: Vec::new(), returned: Vec::new() });
        let (arrived, deliveries, lines) = (AtomicU64::new(0), Mutex::default(), AtomicU64::new(0));
        let room = Arc::new(Room { house, clock, weather: Mutex::new(weather), desk, arrived, deliveries, lines });
        let (over, closing) = oneshot::channel::<()>();
        let (ready, opened) = std::sync::mpsc::channel::<SocketAddr>();
        let serving = Arc::clone(&room);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
            runtime.block_on(async {
                let listener = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
                ready.send(listener.local_addr().expect("its address")).expect("somebody waits for the address");
                tokio::select! {
                    () = serve(listener, serving) => {}
                    _ = closing => {}
                }
            });
        });
        let address = opened.recv().expect("the messenger opens");
        Self { address, room, over: Some(over), thread: Some(thread) }
    }

    /// From the next letter on.
    pub fn set_weather(&self, weather: Weather) {
        *self.room.weather.lock().unwrap() = weather;
    }

    /// The house, and where it is to be found.
    pub fn door(&self) -> (House, SocketAddr) {
        (self.room.house, self.address)
    }

    /// What it has taken and found out later to reach nobody.
    pub fn returned(&self) -> Vec<Shown> {
        self.room.desk.lock().unwrap().returned.clone()
    }

    /// Everything on the phones.
    pub fn shown(&self) -> Vec<Shown> {
        self.room.desk.lock().unwrap().phones.shown()
    }

    /// Letters brought so far, repeats included.
    pub fn brought(&self) -> u32 {
        self.room.desk.lock().unwrap().brought.values().sum()
    }

    /// How many letters met this mood.
    pub fn met(&self, mood: Mood) -> usize {
        self.room.desk.lock().unwrap().met.iter().filter(|met| **met == mood).count()
    }
}

impl Drop for Messenger {
    fn drop(&mut self) {
        drop(self.over.take());
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}

async fn serve(listener: TcpListener, room: Arc<Room>) {
    loop {
        let Ok((stream, _)) = listener.accept().await else { return };
        let room = Arc::clone(&room);
        // a sender that has gone away, or was killed, is its own affair
        tokio::spawn(async move { talk(stream, &room).await.ok() });
    }
}

/// One connection, which may bring several letters.
async fn talk(stream: TcpStream, room: &Room) -> io::Result<()> {
    match room.house {
        House::Telegram | House::Whatsapp => http::talk(stream, room).await,
        House::Centre => centre::talk(stream, room).await,
        House::Mail => mail::talk(stream, room).await,
    }
}

impl Room {
    /// Whether this letter is not even read.
    fn turns_away(&self) -> bool {
        let arrived = self.arrived.fetch_add(1, Ordering::Relaxed);
        self.weather.lock().unwrap().turns_away(arrived)
    }

    /// Draws the lot and, where it says so, shows the letter.
    fn take(&self, Brought { chat, text, named }: Brought) -> (Mood, Shown) {
        let mut desk = self.desk.lock().unwrap();
        let times = desk.brought.entry((chat, text.clone())).or_insert(0);
        *times += 1;
        let weather = *self.weather.lock().unwrap();
        let in_turn = weather.in_turn(&text, *times).filter(|_| self.house != House::Telegram);
        let mood = in_turn.unwrap_or_else(|| weather.mood(chat, &text, *times));
        desk.last += 1;
        desk.met.push(mood);
        let mut shown = Shown { chat, message: desk.last, text, named, at: self.now() };
        match mood.fate() {
            Fate::Shown => desk.phones.show(&shown),
            Fate::Returned => desk.returned.push(shown.clone()),
            Fate::NotShown => {}
        }
        if mood == Mood::RepeatsNumber {
            shown.message = desk.last_shown.max(1);
        }
        if mood.fate() == Fate::Shown {
            desk.last_shown = shown.message;
        }
        (mood, shown)
    }

    fn now(&self) -> Timestamp {
        self.clock.now()
    }
}
