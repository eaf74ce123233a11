//! The messenger as an operator's SMS centre, over SMPP. What it has for us, receipts and patients' words, it says on whichever
//! line stands, late and more than once, until it hears that it is kept.

use std::collections::HashMap;
use std::io;
use std::sync::atomic::Ordering;
use std::time::Duration;

use channels::smpp::{Command, Frame, Party, ShortMessage, Unit, status};
use kernel::Chance;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use super::super::moods::{Fate, Mood};
use super::super::phones::Shown;
use super::http::drip;
use super::{Brought, Messenger, Room};

const SYSTEM_ERROR: u32 = 0x08;
const REJECTED: u32 = 0x66;
/// The class of a delivery that is a receipt.
const RECEIPT: u8 = 0x04;
/// How often a line looks whether there is something to say.
const LOOKS: Duration = Duration::from_millis(5);
/// Said and not yet answered, on one line.
const WINDOW: usize = 5;

#[derive(Default)]
pub struct Deliveries(Vec<Delivery>);

struct Delivery {
    message: ShortMessage,
    is_receipt: bool,
    /// It is not said before so many letters have come.
    after: u64,
    /// How often it is said although it was kept.
    again: usize,
    kept: usize,
}

impl Messenger {
    /// A patient says thanks, to which nothing is said. Told until it is kept: the same words after that would be new ones.
    pub fn thanks(&self, chat: i64) {
        let delivery = Delivery { message: delivered(chat, 0, "Thank you"), is_receipt: false, after: 0, again: 0, kept: 0 };
        self.room.deliveries.lock().unwrap().0.push(delivery);
    }

    /// How often we have said of each of the patients' words that they are kept.
    pub fn kept(&self) -> Vec<usize> {
        self.room.deliveries.lock().unwrap().0.iter().filter(|delivery| !delivery.is_receipt).map(|words| words.kept).collect()
    }

    /// What it still has to say.
    pub fn has_to_say(&self) -> usize {
        self.room.deliveries.lock().unwrap().0.iter().filter(|delivery| delivery.kept <= delivery.again).count()
    }

    /// Nothing is late any more.
    pub fn is_late_no_more(&self) {
        self.room.deliveries.lock().unwrap().0.iter_mut().for_each(|delivery| delivery.after = 0);
    }
}

fn delivered(chat: i64, class: u8, text: &str) -> ShortMessage {
    let from = Party { kind: 1, plan: 1, number: chat.to_string() };
    let to = Party { kind: 5, plan: 0, number: "Mosoly".to_owned() };
    ShortMessage { from, to, class, text: text.as_bytes().to_vec(), ..ShortMessage::default() }
}

/// Hexadecimal where it is taken, decimal in every second receipt.
pub fn receipt(shown: &Shown, fate: Fate) -> ShortMessage {
    let number = number(shown);
    let id = if shown.message % 2 == 0 { number.to_string() } else { format!("{number:X}") };
    let state = if fate == Fate::Shown { "DELIVRD" } else { "UNDELIV" };
    let day = "2611231000";
    let text = format!("id:{id} sub:001 dlvrd:001 submit date:{day} done date:{day} stat:{state} err:000 text:");
    delivered(shown.chat, RECEIPT, &text)
}

fn number(shown: &Shown) -> i64 {
    0x3000_0000 + shown.message
}

/// What this line has said and not heard the answer to: by its number, the place among all deliveries.
#[derive(Default)]
struct Saying {
    last: u32,
    open: HashMap<u32, usize>,
}

pub async fn talk(mut stream: TcpStream, room: &Room) -> io::Result<()> {
    let (mut read, mut saying, mut line) = (Vec::new(), Saying::default(), 0);
    loop {
        while let Some(frame) = Frame::cut(&mut read).map_err(|_| io::Error::other("no unit"))? {
            let Unit { sequence, command, .. } = frame.read().map_err(|_| io::Error::other("no unit of ours"))?;
            let answer = match command {
                Command::Bind { role, .. } => {
                    line = room.lines.fetch_add(1, Ordering::Relaxed) + 1;
                    Command::BindAnswer { role, centre: "trial".to_owned() }
                }
                Command::EnquireLink => Command::EnquireLinkAnswer,
                Command::Unbind => Command::UnbindAnswer,
                Command::Submit(message) => {
                    if room.turns_away() {
                        return stream.set_zero_linger();
                    }
                    submitted(&mut stream, room, (sequence, &message)).await?;
                    continue;
                }
                Command::DeliverAnswer => {
                    if let Some(at) = saying.open.remove(&sequence) {
                        room.deliveries.lock().unwrap().0[at].kept += 1;
                    }
                    continue;
                }
                _ => continue,
            };
            stream.write_all(&Unit { status: status::OK, sequence, command: answer }.write()).await?;
        }
        if line > 0 {
            if line < room.lines.load(Ordering::Relaxed) {
                return Ok(());
            }
            let said = saying.next(room);
            stream.write_all(&said).await?;
        }
        tokio::select! {
            count = stream.read_buf(&mut read) => if count? == 0 { return Ok(()) },
            () = tokio::time::sleep(LOOKS) => {}
        }
    }
}

impl Saying {
    fn next(&mut self, room: &Room) -> Vec<u8> {
        let (deliveries, arrived) = (room.deliveries.lock().unwrap(), room.arrived.load(Ordering::Relaxed));
        let mut said = Vec::new();
        for (at, delivery) in deliveries.0.iter().enumerate() {
            let is_due = delivery.after <= arrived && delivery.kept <= delivery.again;
            if self.open.len() >= WINDOW || !is_due || self.open.values().any(|open| *open == at) {
                continue;
            }
            self.last += 1;
            self.open.insert(self.last, at);
            said.extend(Unit::asking(self.last, Command::Deliver(delivery.message.clone())).write());
        }
        said
    }
}

async fn submitted(stream: &mut TcpStream, room: &Room, (sequence, message): (u32, &ShortMessage)) -> io::Result<()> {
    let text = String::from_utf8_lossy(message.words()).into_owned();
    let chat = message.to.number.parse().expect("a number");
    let (mood, shown) = room.take(Brought { chat, text, named: String::new() });
    if mood.fate() != Fate::NotShown {
        let mut chance = Chance::from_seed(shown.message.unsigned_abs());
        let after = room.arrived.load(Ordering::Relaxed) + u64::try_from(chance.below(20)).expect("few");
        let (message, again) = (receipt(&shown, mood.fate()), chance.below(3));
        let delivery = Delivery { message, is_receipt: true, after, again, kept: 0 };
        room.deliveries.lock().unwrap().0.push(delivery);
    }
    let says = |status, id: String| Unit { status, sequence, command: Command::SubmitAnswer { id, congestion: 0 } }.write();
    let taken = says(status::OK, format!("{:X}", number(&shown)));
    let gone = || Err(io::ErrorKind::ConnectionReset.into());
    match mood {
        Mood::Takes | Mood::RepeatsNumber | Mood::Returns => stream.write_all(&taken).await,
        Mood::Fails | Mood::TakesAndFails => stream.write_all(&says(SYSTEM_ERROR, String::new())).await,
        Mood::TooFast => stream.write_all(&says(status::TOO_FAST, String::new())).await,
        Mood::Refuses => stream.write_all(&says(REJECTED, String::new())).await,
        Mood::TakesInEmptiness => stream.write_all(&says(status::OK, String::new())).await,
        Mood::Drips => drip(stream, &taken).await,
        // the other messages of the line go on
        Mood::TakesAndHangs | Mood::Hangs => Ok(()),
        Mood::TakesInSilence => {
            stream.shutdown().await?;
            gone()
        }
        Mood::ResetsRead | Mood::TakesAndResets => {
            stream.set_zero_linger()?;
            gone()
        }
        Mood::HalfAnswers => {
            stream.write_all(&taken[..taken.len() / 2]).await?;
            stream.shutdown().await?;
            gone()
        }
        Mood::TakesInGarbage => stream.write_all(&[0xFF; 32]).await,
        Mood::Page => stream.write_all(b"<!doctype html><title>Welcome to the Wi-Fi of the airport</title>").await,
    }
}
