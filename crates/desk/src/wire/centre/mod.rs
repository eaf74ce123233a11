//! Lines to SMS centres. A line stands as long as somebody sends over it or listens on it, and for a minute more; it is opened
//! again by whoever needs it next, not more often than its last failures allow.
//!
//! Messages of many letters leave over one line, each answered by its own name. What waited to leave when a line broke is known not
//! to have left; what had left without an answer is doubt.

mod talk;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use channels::smpp::{Known, Manner, Role, ShortMessage};
use channels::{Answer, Binding, Centre, CentreAnswer, CentreLetter, Errand, NotSent};
use rustls::ClientConfig;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout};

use super::addresses::Lookup;
use super::{Network, Stream, line_to, moment};
use talk::{Parted, Talk};

/// A line over which nothing goes is closed after this.
const IDLE: Duration = Duration::from_mins(1);
/// After one failure, doubled with each further one.
const AGAIN_AFTER: Duration = Duration::from_secs(1);
const AGAIN_AT_MOST: Duration = Duration::from_secs(30);
/// A centre that does not let us in is not asked again sooner.
const LET_IN_AFTER: Duration = Duration::from_secs(30);
/// A line that breaks sooner has not stood.
const STANDS_FOR: Duration = Duration::from_secs(5);
/// Beyond what the letter itself allows: the line answers by then in any case.
const OVER_THE_LINE: Duration = Duration::from_secs(5);

#[derive(Default)]
pub struct Lines(Mutex<HashMap<(String, Role), Line>>);

struct Line {
    centre: Centre,
    known: Arc<Mutex<Known>>,
    errands: mpsc::UnboundedSender<Asked>,
}

/// What somebody wants of a line, and where they wait.
struct Asked {
    errand: Errand,
    patience: Duration,
    reply: oneshot::Sender<Answer>,
}

/// How a line reaches its centre.
struct Roads {
    tls: Arc<ClientConfig>,
    lookup: Lookup,
}

impl Asked {
    fn answer(self, answer: Answer) {
        // whoever does not wait any more does not miss it
        drop(self.reply.send(answer));
    }
}

pub async fn carry(network: &Network, letter: &CentreLetter) -> Answer {
    let listens = matches!(letter.errand, Errand::Listen { .. });
    let role = match (letter.centre.binding, listens) {
        (Binding::One, _) => Role::Transceiver,
        (Binding::Pair, true) => Role::Receiver,
        (Binding::Pair, false) => Role::Transmitter,
    };
    let (reply, answer) = oneshot::channel();
    let asked = Asked { errand: letter.errand.clone(), patience: letter.patience, reply };
    network.lines.ask(network, &letter.centre, (role, asked));
    match timeout(letter.patience + OVER_THE_LINE, answer).await {
        Ok(Ok(answer)) => answer,
        Ok(Err(_)) | Err(_) if matches!(letter.errand, Errand::Submit { .. }) => Answer::Broken,
        Ok(Err(_)) | Err(_) => Answer::NotSent(NotSent::Interrupted),
    }
}

impl Lines {
    /// Over the line that stands, or over a new one.
    fn ask(&self, network: &Network, centre: &Centre, (role, asked): (Role, Asked)) {
        let name = format!("{}@{}:{}", centre.user, centre.host, centre.port);
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // both lines of a pair speak of the same messages
        let known = lines.iter().find(|((other, _), _)| *other == name).map(|(_, line)| Arc::clone(&line.known)).unwrap_or_default();
        let asked = match lines.get(&(name.clone(), role)).filter(|line| line.centre == *centre) {
            Some(line) => match line.errands.send(asked) {
                Ok(()) => return,
                Err(returned) => returned.0,
            },
            None => asked,
        };
        let (errands, waiting) = mpsc::unbounded_channel();
        drop(errands.send(asked));
        let roads = Roads { tls: Arc::clone(&network.tls), lookup: network.lookup };
        tokio::spawn(keep(centre.clone(), role, roads, (waiting, Arc::clone(&known))));
        lines.insert((name, role), Line { centre: centre.clone(), known, errands });
    }
}

/// Keeps a line until nobody needs it.
async fn keep(centre: Centre, role: Role, roads: Roads, (mut errands, known): (mpsc::UnboundedReceiver<Asked>, Arc<Mutex<Known>>)) {
    let mut closed: Option<(Instant, Answer)> = None;
    let mut failures = 0_u32;
    while let Ok(Some(asked)) = timeout(IDLE, errands.recv()).await {
        if let Some((_, why)) = closed.as_ref().filter(|(until, _)| moment() < *until) {
            asked.answer(why.clone());
            continue;
        }
        let opened_at = moment();
        let parted = match roads.open(&centre).await {
            Ok(stream) => Talk::begin(stream, manner(&centre, role), Arc::clone(&known)).run(asked, &mut errands).await,
            Err(reason) => {
                asked.answer(Answer::NotSent(reason));
                Parted::NeverMet(reason)
            }
        };
        let pause = AGAIN_AFTER.saturating_mul(1 << failures.min(5)).min(AGAIN_AT_MOST);
        (closed, failures) = match parted {
            // one that hangs up as soon as it has let us in is not run after
            Parted::Friends if opened_at.elapsed() < STANDS_FOR && failures > 0 => {
                (Some((moment() + pause, Answer::NotSent(NotSent::Interrupted))), failures + 1)
            }
            Parted::Friends if opened_at.elapsed() < STANDS_FOR => (None, failures + 1),
            Parted::Friends => (None, 0),
            Parted::NotLetIn(status) => (Some((moment() + LET_IN_AFTER, Answer::Centre(CentreAnswer::NotBound { status }))), failures),
            Parted::NeverMet(reason) => (Some((moment() + pause, Answer::NotSent(reason))), failures + 1),
        };
    }
    // who came between the last look and the end is known not to have been heard
    errands.close();
    while let Ok(asked) = errands.try_recv() {
        asked.answer(Answer::NotSent(NotSent::Interrupted));
    }
}

fn manner(centre: &Centre, role: Role) -> Manner {
    Manner {
        role,
        user: centre.user.clone(),
        password: centre.password.clone(),
        kind: centre.kind.clone(),
        window: centre.window,
        rate: centre.rate,
    }
}

impl Roads {
    async fn open(&self, centre: &Centre) -> Result<Box<dyn Stream>, NotSent> {
        line_to(&self.tls, self.lookup, (&centre.host, centre.port, centre.security)).await
    }
}

/// What is submitted, and which of our messages it is.
struct Submitted {
    ours: String,
    to: String,
    asked: Option<oneshot::Sender<Answer>>,
}

impl Submitted {
    fn of(ours: &str, message: &ShortMessage, asked: oneshot::Sender<Answer>) -> Self {
        Self { ours: ours.to_owned(), to: message.to.number.clone(), asked: Some(asked) }
    }
}
