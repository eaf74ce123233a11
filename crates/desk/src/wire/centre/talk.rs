//! One connection to a centre, from its first octet to its last: carries what the session says, and brings everybody their answer.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use channels::smpp::{Command, Ended, Known, Manner, Session, ShortMessage, Step, Submission, Unit, receipt};
use channels::{Answer, CentreAnswer, Errand, HeardMessage, NotSent};
use sha2::{Digest, Sha256};
use store::sown::{Fault, sown};
use tokio::io::AsyncReadExt;
use tokio::sync::oneshot;
use tokio::time::{Instant, sleep_until};

use super::{Asked, Side, Submitted};
use crate::wire::line::{self, Errands, OtherSide, Parted};
use crate::wire::{Stream, moment};

/// What is submitted leaves within this; see the lease of the dispatch loop.
const LEAVES_WITHIN: Duration = Duration::from_secs(8);
/// Handed out at once.
const BATCH: usize = 200;
/// More than any window of a centre. What comes beyond it is not acknowledged, and comes again.
const MOST_HEARD: usize = 5_000;

struct Listener {
    reply: oneshot::Sender<Answer>,
    until: Instant,
    stored: bool,
}

impl Listener {
    fn heard_nothing(self) {
        let nothing = CentreAnswer::Heard { batch: String::new(), stored: self.stored, messages: Vec::new() };
        drop(self.reply.send(Answer::Centre(nothing)));
    }
}

pub struct Talk {
    stream: Box<dyn Stream>,
    session: Session,
    began: Instant,
    known: Arc<Mutex<Known>>,
    /// The name that the centre has given itself.
    centre: Option<String>,
    next_ticket: u64,
    submitted: HashMap<u64, Submitted>,
    checks: Vec<oneshot::Sender<Answer>>,
    listener: Option<Listener>,
    heard: VecDeque<(u32, HeardMessage)>,
    /// The batch that was handed out last, and how many are in it.
    handed: Option<(String, usize)>,
    out: Vec<u8>,
    ended: Option<Ended>,
    used_at: Instant,
}

impl Talk {
    pub fn begin(stream: Box<dyn Stream>, manner: Manner, known: Arc<Mutex<Known>>) -> Self {
        let now = moment();
        let (session, steps) = Session::begin(manner, Duration::ZERO);
        let mut talk = Self {
            stream,
            session,
            began: now,
            known,
            centre: None,
            next_ticket: 0,
            submitted: HashMap::new(),
            checks: Vec::new(),
            listener: None,
            heard: VecDeque::new(),
            handed: None,
            out: Vec::new(),
            ended: None,
            used_at: now,
        };
        talk.take(steps);
        talk
    }

    pub async fn run(mut self, first: Asked, errands: &mut Errands<Errand>) -> Parted {
        self.asked(first);
        let mut octets = vec![0; 64 * 1024];
        while self.ended.is_none() {
            if !self.say().await {
                break;
            }
            // not before the centre has been told what is stored
            self.hand_out();
            if sown(Fault::DeliveredBeforeCommit) && !self.say().await {
                break;
            }
            let tick = self.began + self.session.next_at();
            let listens_until = self.listener.as_ref().map_or(self.used_at + Side::IDLE, |listener| listener.until);
            tokio::select! {
                asked = errands.recv() => match asked {
                    Some(asked) => {
                        self.asked(asked);
                        while let Ok(asked) = errands.try_recv() {
                            self.asked(asked);
                        }
                    }
                    // the line was replaced by one with other settings
                    None => self.leaves(),
                },
                read = self.stream.read(&mut octets) => match read {
                    Ok(0) | Err(_) => self.broke(),
                    Ok(count) => {
                        let steps = self.session.received(&octets[..count], self.began.elapsed());
                        self.take(steps);
                    }
                },
                () = sleep_until(tick) => {
                    let steps = self.session.tick(self.began.elapsed());
                    self.take(steps);
                }
                () = sleep_until(listens_until) => self.nothing_heard(),
            }
        }
        let _said = self.say().await;
        self.part()
    }

    fn asked(&mut self, Asked { errand, patience, reply }: Asked) {
        self.used_at = moment();
        match (errand, &self.centre) {
            (Errand::Check, Some(centre)) => drop(reply.send(Answer::Centre(CentreAnswer::Bound { centre: centre.clone() }))),
            (Errand::Check, None) => self.checks.push(reply),
            (Errand::Submit { ours, message }, _) => {
                self.next_ticket += 1;
                self.submitted.insert(self.next_ticket, Submitted::of(&ours, &message, reply));
                let steps = self.session.submit(self.next_ticket, message, (self.began.elapsed(), LEAVES_WITHIN));
                self.take(steps);
            }
            (Errand::Listen { taken }, _) => {
                let stored = self.stored(&taken);
                self.listener = Some(Listener { reply, until: moment() + patience, stored });
            }
        }
    }

    /// The batch of this name is on disk: the centre may forget it.
    fn stored(&mut self, taken: &str) -> bool {
        let Some((_, count)) = self.handed.take_if(|(batch, _)| batch == taken) else { return false };
        let stored: Vec<u32> = self.heard.drain(..count).map(|(sequence, _)| sequence).collect();
        for sequence in stored {
            let steps = self.session.stored(sequence);
            self.take(steps);
        }
        true
    }

    fn hand_out(&mut self) {
        if self.heard.is_empty() {
            return;
        }
        let Some(Listener { reply, stored, .. }) = self.listener.take() else { return };
        let count = self.heard.len().min(BATCH);
        let mut digest = Sha256::new();
        for (sequence, heard) in self.heard.iter().take(count) {
            digest.update(Unit::asking(*sequence, Command::Deliver(heard.message.clone())).write());
        }
        let batch = hex::encode(&digest.finalize()[..12]);
        let messages = self.heard.iter().take(count).map(|(_, heard)| heard.clone()).collect();
        self.handed = Some((batch.clone(), count));
        if sown(Fault::DeliveredBeforeCommit) {
            self.stored(&batch);
        }
        drop(reply.send(Answer::Centre(CentreAnswer::Heard { batch, stored, messages })));
    }

    /// Nobody spoke: the listener goes round, or, if there is none, the line is not needed any more.
    fn nothing_heard(&mut self) {
        match self.listener.take() {
            Some(listener) if self.centre.is_some() => {
                self.used_at = moment();
                listener.heard_nothing();
            }
            Some(Listener { reply, .. }) => drop(reply.send(Answer::NotSent(NotSent::Interrupted))),
            None if self.session.is_idle() => self.leaves(),
            None => self.used_at = moment(),
        }
    }

    fn leaves(&mut self) {
        let steps = self.session.leave();
        self.take(steps);
    }

    fn broke(&mut self) {
        let steps = self.session.broke();
        self.take(steps);
    }

    fn take(&mut self, steps: Vec<Step>) {
        // first of all, because whoever has not left is told why
        self.ended = self.ended.or_else(|| steps.iter().find_map(|step| if let Step::Ended(why) = step { Some(*why) } else { None }));
        for step in steps {
            match step {
                Step::Say(octets) => self.out.extend(octets),
                Step::Bound { centre } => {
                    for check in self.checks.drain(..) {
                        drop(check.send(Answer::Centre(CentreAnswer::Bound { centre: centre.clone() })));
                    }
                    self.centre = Some(centre);
                }
                Step::Answered { ticket, submission } => self.answered(ticket, submission),
                Step::Heard { sequence, message } => self.hears(sequence, *message),
                Step::Ended(_) => {}
            }
        }
    }

    fn answered(&mut self, ticket: u64, submission: Submission) {
        let Some(Submitted { ours, to, asked }) = self.submitted.get_mut(&ticket) else { return };
        let reply = asked.take();
        let answer = match submission {
            Submission::Taken { id } => {
                // a receipt may come before the answer is in our books, and an answer after it was given up
                self.known.lock().unwrap_or_else(PoisonError::into_inner).remember(&id, ours, to);
                Answer::Centre(CentreAnswer::Taken { id })
            }
            Submission::Refused { status } => Answer::Centre(CentreAnswer::Refused { status }),
            Submission::Unsent => self.ended.map_or(Answer::NotSent(NotSent::Interrupted), why_unsent),
            Submission::Silent if sown(Fault::SilentCentreUnsent) => Answer::NotSent(NotSent::Interrupted),
            Submission::Silent => Answer::Broken,
        };
        if answer != Answer::Broken {
            self.submitted.remove(&ticket);
        }
        if let Some(reply) = reply {
            drop(reply.send(answer));
        }
    }

    fn hears(&mut self, sequence: u32, message: ShortMessage) {
        if self.heard.len() >= MOST_HEARD {
            return;
        }
        let known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        let ours = receipt(&message).and_then(|receipt| known.find(&receipt.id, &message.from.number).map(str::to_owned));
        drop(known);
        self.heard.push_back((sequence, HeardMessage { message, ours }));
    }

    /// Says what there is to say. Not, if the other side does not listen.
    async fn say(&mut self) -> bool {
        let is_said = line::say(&mut *self.stream, &mut self.out).await;
        if !is_said {
            self.broke();
        }
        is_said
    }

    fn part(mut self) -> Parted {
        let (was_bound, ended) = (self.centre.is_some(), self.ended.unwrap_or(Ended::Broken));
        let parted = match ended {
            Ended::NotBound { .. } => Parted::NotLetIn(why_unsent(ended)),
            Ended::Left | Ended::Silent | Ended::Garbled | Ended::Broken if was_bound => Parted::Friends,
            Ended::Left | Ended::Silent | Ended::Garbled | Ended::Broken => Parted::NeverMet(NotSent::Interrupted),
        };
        for check in self.checks.drain(..) {
            drop(check.send(why_unsent(ended)));
        }
        match self.listener.take() {
            // a line that stood is opened again at once
            Some(listener) if was_bound => listener.heard_nothing(),
            Some(Listener { reply, .. }) => drop(reply.send(why_unsent(ended))),
            None => {}
        }
        parted
    }
}

fn why_unsent(ended: Ended) -> Answer {
    match ended {
        Ended::NotBound { status } => Answer::Centre(CentreAnswer::NotBound { status }),
        Ended::Left | Ended::Silent | Ended::Garbled | Ended::Broken => Answer::NotSent(NotSent::Interrupted),
    }
}
