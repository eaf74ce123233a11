//! A session with a centre: what is said when, and what is made of what is heard. Time comes in as the time since the session began.
//!
//! A centre that says it is too fast is written to half as fast, and a little faster again with each message that it takes.

use std::collections::{BTreeMap, VecDeque};
use std::time::Duration;

use kernel::Secret;

use super::unit::{Bind, Command, Frame, Role, ShortMessage, Unit, status};

/// The version that we speak. Centres of 5.0 speak it too.
const VERSION: u8 = 0x34;
const BIND_WITHIN: Duration = Duration::from_secs(15);
const ANSWER_WITHIN: Duration = Duration::from_secs(20);
/// A silent connection is asked whether it still stands.
const ASK_AFTER: Duration = Duration::from_secs(30);
const STANDS_WITHIN: Duration = Duration::from_secs(15);
/// After a centre has said that it is too fast.
const BREATH: Duration = Duration::from_secs(1);
const SLOWEST: Duration = Duration::from_secs(2);
/// Whoever wakes late may say so much at once.
const CATCHES_UP: Duration = Duration::from_millis(50);
/// Hundredths of what a centre of 5.0 can bear.
const BUSY: u8 = 90;
const LAST_SEQUENCE: u32 = 0x7FFF_FFFF;

/// How a session with a centre is kept.
#[derive(Clone, PartialEq, Eq)]
pub struct Manner {
    pub role: Role,
    pub user: String,
    pub password: Secret,
    /// The system type that some centres ask for; empty for most.
    pub kind: String,
    /// So many messages may wait for their answers.
    pub window: usize,
    /// Messages in a second.
    pub rate: u32,
}

/// What the wire has to do.
#[derive(Clone, PartialEq, Eq)]
pub enum Step {
    Say(Vec<u8>),
    Bound {
        centre: String,
    },
    Answered {
        ticket: u64,
        submission: Submission,
    },
    /// To be answered by its number once it is stored, see [`Session::stored`].
    Heard {
        sequence: u32,
        message: Box<ShortMessage>,
    },
    Ended(Ended),
}

/// What became of a submitted message.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Submission {
    Taken {
        id: String,
    },
    Refused {
        status: u32,
    },
    /// It did not leave.
    Unsent,
    /// It left, and nobody knows. An answer may still come.
    Silent,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ended {
    NotBound {
        status: u32,
    },
    /// By the wish of either side.
    Left,
    /// The centre does not answer.
    Silent,
    /// Nobody knows where the next unit begins.
    Garbled,
    Broken,
}

#[derive(Clone, Copy, PartialEq)]
enum Stage {
    Binding { until: Duration },
    Bound,
    Ended,
}

struct Queued {
    ticket: u64,
    message: ShortMessage,
    leaves_by: Duration,
}

struct Waiting {
    ticket: u64,
    /// None: it was given up, and holds no place in the window.
    until: Option<Duration>,
}

pub struct Session {
    manner: Manner,
    stage: Stage,
    stream: Vec<u8>,
    last_sequence: u32,
    submitted: BTreeMap<u32, Waiting>,
    queue: VecDeque<Queued>,
    /// Between two messages, by contract and at the moment.
    least_gap: Duration,
    gap: Duration,
    next_submit_at: Duration,
    heard_at: Duration,
    asked_at: Option<Duration>,
}

impl Session {
    /// Begins by saying who we are.
    pub fn begin(manner: Manner, now: Duration) -> (Self, Vec<Step>) {
        let least_gap = Duration::from_secs(1) / manner.rate.max(1);
        let mut session = Self {
            manner,
            stage: Stage::Binding { until: now + BIND_WITHIN },
            stream: Vec::new(),
            last_sequence: 0,
            submitted: BTreeMap::new(),
            queue: VecDeque::new(),
            least_gap,
            gap: least_gap,
            next_submit_at: Duration::ZERO,
            heard_at: now,
            asked_at: None,
        };
        let Manner { role, user, password, kind, .. } = &session.manner;
        let bind = Bind { user: user.clone(), password: password.expose().to_owned(), kind: kind.clone(), version: VERSION };
        let bind = Command::Bind { role: *role, bind };
        let said = session.ask(bind);
        (session, vec![said])
    }

    pub fn is_bound(&self) -> bool {
        self.stage == Stage::Bound
    }

    /// Nothing waits to leave, nothing for an answer.
    pub fn is_idle(&self) -> bool {
        self.queue.is_empty() && self.submitted.values().all(|waiting| waiting.until.is_none())
    }

    /// The gap between two messages at the moment.
    pub fn gap(&self) -> Duration {
        self.gap
    }

    /// It leaves within `patience` or not at all: whoever waits longer may have been given up by others.
    pub fn submit(&mut self, ticket: u64, message: ShortMessage, (now, patience): (Duration, Duration)) -> Vec<Step> {
        if self.stage == Stage::Ended {
            return vec![Step::Answered { ticket, submission: Submission::Unsent }];
        }
        self.queue.push_back(Queued { ticket, message, leaves_by: now + patience });
        self.go_on(now)
    }

    /// What was heard under this number is on disk.
    pub fn stored(&mut self, sequence: u32) -> Vec<Step> {
        if self.stage == Stage::Bound { vec![answer(status::OK, sequence, Command::DeliverAnswer)] } else { Vec::new() }
    }

    pub fn received(&mut self, octets: &[u8], now: Duration) -> Vec<Step> {
        if self.stage == Stage::Ended {
            return Vec::new();
        }
        self.stream.extend_from_slice(octets);
        (self.heard_at, self.asked_at) = (now, None);
        let mut steps = Vec::new();
        while self.stage != Stage::Ended {
            let frame = match Frame::cut(&mut self.stream) {
                Ok(Some(frame)) => frame,
                Ok(None) => break,
                Err(_) => {
                    steps.extend(self.end(Ended::Garbled));
                    break;
                }
            };
            let (sequence, is_answer) = (frame.sequence, frame.is_answer());
            match frame.read() {
                Ok(unit) => steps.extend(self.unit(unit, now)),
                // an answer that nobody can read answers nothing
                Err(_) if is_answer => {}
                Err(_) => steps.push(answer(status::WRONG_LENGTH, sequence, Command::Nack)),
            }
        }
        steps.extend(self.go_on(now));
        steps
    }

    fn unit(&mut self, unit: Unit, now: Duration) -> Vec<Step> {
        let Unit { status: told, sequence, command } = unit;
        match command {
            Command::BindAnswer { centre, .. } if told == status::OK && matches!(self.stage, Stage::Binding { .. }) => {
                self.stage = Stage::Bound;
                vec![Step::Bound { centre }]
            }
            Command::BindAnswer { .. } if told == status::OK => Vec::new(),
            Command::BindAnswer { .. } => self.end(Ended::NotBound { status: told }),
            Command::SubmitAnswer { id, congestion } => self.answered(sequence, (told, id), congestion, now),
            Command::Nack => {
                if matches!(self.stage, Stage::Binding { .. }) {
                    return self.end(Ended::NotBound { status: told });
                }
                self.answered(sequence, (told.max(1), String::new()), 0, now)
            }
            Command::Deliver(message) => vec![Step::Heard { sequence, message: Box::new(message) }],
            Command::EnquireLink => vec![answer(status::OK, sequence, Command::EnquireLinkAnswer)],
            Command::Unbind => {
                let mut steps = vec![answer(status::OK, sequence, Command::UnbindAnswer)];
                steps.extend(self.end(Ended::Left));
                steps
            }
            Command::UnbindAnswer => self.end(Ended::Left),
            Command::EnquireLinkAnswer | Command::DeliverAnswer => Vec::new(),
            // alerts ask for no answer, and answers to what we do not ask mean nothing
            Command::Other { number, .. } if number & 0x8000_0000 != 0 || number == 0x102 => Vec::new(),
            Command::Bind { .. } | Command::Submit(_) | Command::Other { .. } => {
                vec![answer(status::UNKNOWN_COMMAND, sequence, Command::Nack)]
            }
        }
    }

    fn answered(&mut self, sequence: u32, (told, id): (u32, String), congestion: u8, now: Duration) -> Vec<Step> {
        let Some(Waiting { ticket, .. }) = self.submitted.remove(&sequence) else { return Vec::new() };
        let submission = match told {
            status::OK => {
                if congestion >= BUSY {
                    self.slow_down();
                } else {
                    self.gap = self.least_gap.max(self.gap.saturating_sub(self.gap / 8));
                }
                Submission::Taken { id }
            }
            status::TOO_FAST | status::QUEUE_IS_FULL => {
                self.slow_down();
                self.next_submit_at = self.next_submit_at.max(now + BREATH);
                Submission::Refused { status: told }
            }
            _ => Submission::Refused { status: told },
        };
        vec![Step::Answered { ticket, submission }]
    }

    fn slow_down(&mut self) {
        self.gap = (self.gap.max(Duration::from_millis(10)) * 2).min(SLOWEST.max(self.least_gap));
    }

    /// What time alone brings.
    pub fn tick(&mut self, now: Duration) -> Vec<Step> {
        match self.stage {
            Stage::Ended => return Vec::new(),
            Stage::Binding { until } if now >= until => return self.end(Ended::Silent),
            Stage::Binding { .. } => return self.gives_up(now),
            Stage::Bound => {}
        }
        let mut steps = Vec::new();
        for waiting in self.submitted.values_mut() {
            if waiting.until.is_some_and(|until| now >= until) {
                waiting.until = None;
                steps.push(Step::Answered { ticket: waiting.ticket, submission: Submission::Silent });
            }
        }
        match self.asked_at {
            Some(asked_at) if now >= asked_at + STANDS_WITHIN => {
                steps.extend(self.end(Ended::Silent));
                return steps;
            }
            None if now >= self.heard_at + ASK_AFTER => {
                self.asked_at = Some(now);
                steps.push(self.ask(Command::EnquireLink));
            }
            Some(_) | None => {}
        }
        steps.extend(self.go_on(now));
        steps
    }

    /// When time brings something again.
    pub fn next_at(&self) -> Duration {
        if let Stage::Binding { until } = self.stage {
            return self.queue.iter().map(|queued| queued.leaves_by).min().unwrap_or(until).min(until);
        }
        let link = self.asked_at.map_or(self.heard_at + ASK_AFTER, |asked_at| asked_at + STANDS_WITHIN);
        let answers = self.submitted.values().filter_map(|waiting| waiting.until).min();
        let has_room = !self.queue.is_empty() && self.in_flight() < self.manner.window;
        let next = has_room.then_some(self.next_submit_at);
        let given_up = self.queue.front().map(|queued| queued.leaves_by);
        [Some(link), answers, next, given_up].into_iter().flatten().min().unwrap_or(link)
    }

    fn in_flight(&self) -> usize {
        self.submitted.values().filter(|waiting| waiting.until.is_some()).count()
    }

    /// What has waited too long stays.
    fn gives_up(&mut self, now: Duration) -> Vec<Step> {
        let late = |queued: &Queued| now >= queued.leaves_by;
        if !self.queue.iter().any(late) {
            return Vec::new();
        }
        let (gone, kept) = std::mem::take(&mut self.queue).into_iter().partition::<VecDeque<_>, _>(late);
        self.queue = kept;
        gone.into_iter().map(|queued| Step::Answered { ticket: queued.ticket, submission: Submission::Unsent }).collect()
    }

    /// Submits what may leave now.
    fn go_on(&mut self, now: Duration) -> Vec<Step> {
        let mut steps = self.gives_up(now);
        if self.stage != Stage::Bound {
            return steps;
        }
        let mut room = self.manner.window.saturating_sub(self.in_flight());
        while room > 0 && now >= self.next_submit_at {
            let Some(Queued { ticket, message, .. }) = self.queue.pop_front() else { break };
            let said = self.ask(Command::Submit(message));
            self.submitted.insert(self.last_sequence, Waiting { ticket, until: Some(now + ANSWER_WITHIN) });
            self.next_submit_at = self.next_submit_at.max(now.saturating_sub(CATCHES_UP)) + self.gap;
            room -= 1;
            steps.push(said);
        }
        steps
    }

    /// Says goodbye. Nothing more leaves.
    pub fn leave(&mut self) -> Vec<Step> {
        if self.stage == Stage::Ended {
            return Vec::new();
        }
        let mut steps = if self.is_bound() { vec![self.ask(Command::Unbind)] } else { Vec::new() };
        steps.extend(self.end(Ended::Left));
        steps
    }

    /// The connection is gone.
    pub fn broke(&mut self) -> Vec<Step> {
        if self.stage == Stage::Ended { Vec::new() } else { self.end(Ended::Broken) }
    }

    fn end(&mut self, why: Ended) -> Vec<Step> {
        self.stage = Stage::Ended;
        let silent = std::mem::take(&mut self.submitted).into_values().filter(|waiting| waiting.until.is_some());
        let silent = silent.map(|waiting| (waiting.ticket, Submission::Silent));
        let unsent = std::mem::take(&mut self.queue).into_iter().map(|queued| (queued.ticket, Submission::Unsent));
        let answered = silent.chain(unsent).map(|(ticket, submission)| Step::Answered { ticket, submission });
        answered.chain([Step::Ended(why)]).collect()
    }

    fn ask(&mut self, command: Command) -> Step {
        self.last_sequence = if self.last_sequence >= LAST_SEQUENCE { 1 } else { self.last_sequence + 1 };
        Step::Say(Unit::asking(self.last_sequence, command).write())
    }
}

fn answer(status: u32, sequence: u32, command: Command) -> Step {
    Step::Say(Unit { status, sequence, command }.write())
}
