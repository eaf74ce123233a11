//! What the messenger tells the program: every piece of news one to five times, out of order, late, and again until it
//! has heard 'received', as providers do.

use std::collections::{HashMap, HashSet, VecDeque};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::JoinHandle;
use std::time::Duration;

use desk::Desk;
use kernel::{AccountId, Chance, Timestamp};

use super::crowd::{Crowd, Member};
use super::houses::{House, Told};
use super::program::Program;

/// What one patient wrote.
#[derive(Clone)]
struct Piece {
    number: i64,
    chat: i64,
    /// How often it is told although it was received.
    again: usize,
}

/// Tells the program that runs now, from a thread of its own.
pub struct News {
    room: Arc<Room>,
    thread: Option<JoinHandle<()>>,
}

struct Room {
    /// Where the program listens just now, and how often it may still be told something.
    open: Mutex<Option<(String, usize)>>,
    waiting: Mutex<VecDeque<Piece>>,
    /// How often each piece was acknowledged.
    received: Mutex<HashMap<i64, usize>>,
    house: House,
    account: AccountId,
    at: Timestamp,
    over: AtomicBool,
}

impl News {
    /// So many patients' words are on their way.
    pub fn begin(crowd: &Crowd, pieces: usize, at: Timestamp) -> Self {
        let mut chance = Chance::from_seed(5);
        let mut waiting: Vec<Piece> = (0..pieces)
            .map(|number| {
                let Member { chat, .. } = crowd.members[number % crowd.members.len()];
                Piece { number: 1_000 + i64::try_from(number).expect("few"), chat, again: chance.below(5) }
            })
            .collect();
        // late and out of order, within a window of a hundred
        for at in 0..waiting.len() {
            let other = (at + chance.below(100)).min(waiting.len() - 1);
            waiting.swap(at, other);
        }
        let room = Arc::new(Room {
            open: Mutex::default(),
            waiting: Mutex::new(waiting.into()),
            received: Mutex::default(),
            house: crowd.house,
            account: crowd.account,
            at,
            over: AtomicBool::new(false),
        });
        let telling = Arc::clone(&room);
        Self { room, thread: Some(std::thread::spawn(move || telling.tell_until_over())) }
    }

    /// From now on the program is found there, or nowhere.
    pub fn to(&self, address: Option<String>) {
        *self.room.open.lock().unwrap() = address.map(|address| (address, usize::MAX));
    }

    /// As [`News::to`], but no more than this often: the rest is for later programs.
    pub fn some_to(&self, address: Option<String>, times: usize) {
        *self.room.open.lock().unwrap() = address.map(|address| (address, times));
    }

    /// Pieces not yet acknowledged as often as they are to be told.
    pub fn waiting(&self) -> usize {
        self.room.waiting.lock().unwrap().len()
    }

    /// Every piece that was acknowledged is in the books once; none is there twice.
    pub async fn expect_kept(&self, desk: &Desk, crowd: &Crowd) -> usize {
        let conversations: Vec<_> = crowd.members.iter().map(|member| member.conversation).collect();
        let inbound = desk.look(move |tx, _| {
            let mut keys = Vec::new();
            for conversation in conversations {
                let heard = store::conversations::inbound_of(tx, conversation, store::conversations::NEWEST, u32::MAX)?;
                keys.extend(heard.into_iter().map(|inbound| inbound.provider_key));
            }
            Ok(keys)
        });
        let mut times: HashMap<String, usize> = HashMap::new();
        for key in inbound.await.unwrap() {
            *times.entry(key).or_default() += 1;
        }
        let twice = times.values().filter(|times| **times > 1).count();
        let received = self.room.received.lock().unwrap();
        let heard: HashSet<&str> = times.keys().filter_map(|key| key.rsplit(':').next()).collect();
        let lost = received.keys().filter(|number| !heard.contains(number.to_string().as_str())).count();
        assert_eq!((lost, twice), (0, 0), "acknowledged news lost, and news kept twice");
        received.len()
    }
}

impl Room {
    fn tell_until_over(&self) {
        while !self.over.load(Ordering::Relaxed) {
            let piece = self.waiting.lock().unwrap().pop_front();
            let address = piece.as_ref().and_then(|_| self.next_address());
            let (Some(address), Some(piece)) = (address, piece.clone()) else {
                self.waiting.lock().unwrap().extend(piece);
                std::thread::sleep(Duration::from_millis(2));
                continue;
            };
            let Told { header: (proof, value), body } = self.house.thanks((piece.chat, piece.number), self.at.as_seconds());
            let next = match Program::told(&address, &self.path(), (proof, &value), &body) {
                Some(200) => {
                    *self.received.lock().unwrap().entry(piece.number).or_default() += 1;
                    (piece.again > 0).then(|| Piece { again: piece.again - 1, ..piece })
                }
                _ => Some(piece),
            };
            self.waiting.lock().unwrap().extend(next);
        }
    }

    fn next_address(&self) -> Option<String> {
        let mut open = self.open.lock().unwrap();
        let (address, times) = open.as_mut()?;
        *times = times.checked_sub(1)?;
        Some(address.clone())
    }

    fn path(&self) -> String {
        format!("/hooks/{}/{}", self.house.channel().name(), self.account)
    }
}

impl Drop for News {
    fn drop(&mut self) {
        self.room.over.store(true, Ordering::Relaxed);
        if let Some(thread) = self.thread.take() {
            thread.join().ok();
        }
    }
}
