//! One connection to an exchange, from its first octet to its last: carries what the session says, and brings everybody their answer.

use std::collections::{HashMap, VecDeque};
use std::time::Duration;

use channels::exchange::{Manner, Session, Step};
use channels::{Answer, ExchangeAnswer, ExchangeErrand, NotSent};
use sha2::{Digest, Sha256};
use tokio::io::AsyncReadExt;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

use super::{Asked, Told};
use crate::wire::line::{self, Errands, OtherSide, Parted};
use crate::wire::{Stream, moment};

/// An exchange that is silent for so long is asked whether it is still there, and has as long to answer.
const SILENCE: Duration = Duration::from_secs(15);
/// Handed out at once.
const BATCH: usize = 200;
/// More than any clinic's calls while nobody listens. The oldest are let go.
const MOST_HEARD: usize = 5_000;

struct Listener {
    reply: oneshot::Sender<Answer>,
    until: Instant,
}

/// News that wait to be on disk, and the batch that was handed out last.
#[derive(Default)]
pub struct Heard {
    news: VecDeque<String>,
    handed: Option<(String, usize)>,
    batches: u64,
}

pub struct Talk<'a> {
    stream: Box<dyn Stream>,
    session: Session,
    name: Option<String>,
    next_ticket: u64,
    rings: HashMap<u64, oneshot::Sender<Answer>>,
    /// What is to be asked once the exchange has let us in.
    early: Vec<Asked>,
    listener: Option<Listener>,
    heard: &'a mut Heard,
    out: Vec<u8>,
    ended: Option<Ended>,
    heard_at: Instant,
    pinged: Pinged,
    used_at: Instant,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Ended {
    Broken,
    NotLetIn,
    Left,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pinged {
    Not,
    Waits,
}

impl<'a> Talk<'a> {
    pub fn begin(stream: Box<dyn Stream>, manner: &Manner, heard: &'a mut Heard) -> Self {
        let (session, steps) = Session::begin(manner);
        let mut talk = Self {
            stream,
            session,
            name: None,
            next_ticket: 0,
            rings: HashMap::new(),
            early: Vec::new(),
            listener: None,
            heard,
            out: Vec::new(),
            ended: None,
            heard_at: moment(),
            pinged: Pinged::Not,
            used_at: moment(),
        };
        talk.take(steps);
        talk
    }

    pub async fn run(mut self, first: Asked, errands: &mut Errands<ExchangeErrand>) -> Parted {
        self.asked(first);
        let mut octets = vec![0; 16 * 1024];
        while self.ended.is_none() {
            if !line::say(&mut *self.stream, &mut self.out).await {
                break;
            }
            self.hand_out();
            let listens_until = self.listener.as_ref().map_or(self.used_at + Told::IDLE, |listener| listener.until);
            tokio::select! {
                asked = errands.recv() => match asked {
                    Some(asked) => self.asked(asked),
                    // the line was replaced by one with other settings
                    None => self.ended = Some(Ended::Left),
                },
                read = self.stream.read(&mut octets) => match read {
                    Ok(0) | Err(_) => self.ended = Some(Ended::Broken),
                    Ok(count) => {
                        (self.heard_at, self.pinged) = (moment(), Pinged::Not);
                        let steps = self.session.received(&octets[..count]);
                        self.take(steps);
                    }
                },
                () = sleep_until(self.heard_at + SILENCE) => self.silence(),
                () = sleep_until(listens_until) => self.nothing_heard(),
            }
        }
        self.part()
    }

    /// Whoever does not let us in, or does not answer, is not there.
    fn silence(&mut self) {
        if self.pinged == Pinged::Waits || self.name.is_none() {
            self.ended = Some(Ended::Broken);
            return;
        }
        (self.heard_at, self.pinged) = (moment(), Pinged::Waits);
        let steps = self.session.ping();
        self.take(steps);
    }

    fn asked(&mut self, asked: Asked) {
        self.used_at = moment();
        let Some(name) = &self.name else {
            return match asked.errand {
                ExchangeErrand::Listen { .. } => self.listens(asked),
                ExchangeErrand::Check | ExchangeErrand::Ring(_) => self.early.push(asked),
            };
        };
        match &asked.errand {
            ExchangeErrand::Check => {
                let name = name.clone();
                asked.answer(Answer::Exchange(ExchangeAnswer::Stands { name }));
            }
            ExchangeErrand::Ring(originate) => {
                self.next_ticket += 1;
                match self.session.originate(self.next_ticket, originate) {
                    Some(steps) => {
                        self.rings.insert(self.next_ticket, asked.reply);
                        self.take(steps);
                    }
                    None => asked.answer(Answer::NotSent(NotSent::Refused)),
                }
            }
            ExchangeErrand::Listen { .. } => self.listens(asked),
        }
    }

    fn listens(&mut self, asked: Asked) {
        if let ExchangeErrand::Listen { taken } = &asked.errand
            && let Some((_, count)) = self.heard.handed.take_if(|(batch, _)| batch == taken)
        {
            self.heard.news.drain(..count.min(self.heard.news.len()));
        }
        self.listener = Some(Listener { reply: asked.reply, until: moment() + asked.patience });
    }

    fn hand_out(&mut self) {
        if self.heard.news.is_empty() {
            return;
        }
        let Some(Listener { reply, .. }) = self.listener.take() else { return };
        let told: Vec<String> = self.heard.news.iter().take(BATCH).cloned().collect();
        self.heard.batches += 1;
        let mut digest = Sha256::new_with_prefix(self.heard.batches.to_be_bytes());
        for told in &told {
            digest.update(told);
        }
        let batch = hex::encode(&digest.finalize()[..12]);
        self.heard.handed = Some((batch.clone(), told.len()));
        drop(reply.send(Answer::Exchange(ExchangeAnswer::Heard { batch, told })));
    }

    /// Nobody was told of: the listener goes round, or, if there is none, the line is not needed any more.
    fn nothing_heard(&mut self) {
        match self.listener.take() {
            Some(Listener { reply, .. }) if self.name.is_some() => {
                self.used_at = moment();
                drop(reply.send(nothing()));
            }
            Some(Listener { reply, .. }) => drop(reply.send(Answer::NotSent(NotSent::Interrupted))),
            None => self.ended = Some(Ended::Left),
        }
    }

    fn take(&mut self, steps: Vec<Step>) {
        for step in steps {
            match step {
                Step::Say(octets) => self.out.extend(octets),
                Step::LetIn { name } => {
                    self.name = Some(name);
                    for asked in std::mem::take(&mut self.early) {
                        self.asked(asked);
                    }
                }
                Step::NotLetIn => self.ended = self.ended.or(Some(Ended::NotLetIn)),
                Step::Over => self.ended = self.ended.or(Some(Ended::Broken)),
                Step::Told(news) => {
                    if self.heard.news.len() >= MOST_HEARD {
                        self.heard.news.pop_front();
                        self.heard.handed = None;
                    }
                    self.heard.news.push_back(news);
                }
                Step::Answered { ticket, taken } => {
                    let answer = match taken {
                        Ok(()) => ExchangeAnswer::Rung,
                        Err(why) => ExchangeAnswer::Refused { why },
                    };
                    if let Some(reply) = self.rings.remove(&ticket) {
                        drop(reply.send(Answer::Exchange(answer)));
                    }
                }
            }
        }
    }

    fn part(self) -> Parted {
        let was_in = self.name.is_some();
        let parted = match self.ended {
            Some(Ended::NotLetIn) => Parted::NotLetIn(Answer::Exchange(ExchangeAnswer::NotLetIn)),
            Some(Ended::Left | Ended::Broken) | None if was_in => Parted::Friends,
            Some(Ended::Left | Ended::Broken) | None => Parted::NeverMet(NotSent::Interrupted),
        };
        let why = || match &parted {
            Parted::NotLetIn(why) => why.clone(),
            Parted::Friends | Parted::NeverMet(_) => Answer::NotSent(NotSent::Interrupted),
        };
        for asked in self.early {
            asked.answer(why());
        }
        // what was asked for may ring
        for reply in self.rings.into_values() {
            drop(reply.send(Answer::Broken));
        }
        if let Some(Listener { reply, .. }) = self.listener {
            // a line that stood is opened again at once
            drop(reply.send(if was_in { nothing() } else { why() }));
        }
        parted
    }
}

fn nothing() -> Answer {
    Answer::Exchange(ExchangeAnswer::Heard { batch: String::new(), told: Vec::new() })
}
