//! Lines to SMS centres.
//!
//! Messages of many letters leave over one line, each answered by its own name. What waited to leave when a line broke is known not
//! to have left; what had left without an answer is doubt.

mod talk;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use channels::smpp::{Known, Manner, Role, ShortMessage};
use channels::{Answer, Binding, Centre, CentreLetter, Errand, NotSent, Security};
use tokio::sync::oneshot;

use super::line::{self, Errands, OtherSide, Parted};
use super::{Network, Stream};
use talk::Talk;

type Asked = line::Asked<Errand>;

#[derive(Default)]
pub struct Lines(Mutex<HashMap<(String, Role), Line>>);

struct Line {
    centre: Centre,
    known: Arc<Mutex<Known>>,
    near: line::Line<Errand>,
}

/// A centre, in the role in which the line was opened.
struct Side {
    centre: Centre,
    role: Role,
    known: Arc<Mutex<Known>>,
}

pub async fn carry(network: &Network, letter: &CentreLetter) -> Answer {
    let listens = matches!(letter.errand, Errand::Listen { .. });
    let role = match (letter.centre.binding, listens) {
        (Binding::One, _) => Role::Transceiver,
        (Binding::Pair, true) => Role::Receiver,
        (Binding::Pair, false) => Role::Transmitter,
    };
    let (asked, answer) = Asked::new(letter.errand.clone(), letter.patience);
    network.lines.ask(network, &letter.centre, (role, asked));
    let lost = if matches!(letter.errand, Errand::Submit { .. }) { Answer::Broken } else { Answer::NotSent(NotSent::Interrupted) };
    line::heard(answer, letter.patience, lost).await
}

impl Lines {
    /// Over the line that stands, or over a new one.
    fn ask(&self, network: &Network, centre: &Centre, (role, asked): (Role, Asked)) {
        let name = format!("{}@{}:{}", centre.user, centre.host, centre.port);
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        // both lines of a pair speak of the same messages
        let known = lines.iter().find(|((other, _), _)| *other == name).map(|(_, line)| Arc::clone(&line.known)).unwrap_or_default();
        let asked = match lines.get(&(name.clone(), role)).filter(|line| line.centre == *centre) {
            Some(standing) => match standing.near.ask(asked) {
                Ok(()) => return,
                Err(returned) => returned,
            },
            None => asked,
        };
        let side = Side { centre: centre.clone(), role, known: Arc::clone(&known) };
        lines.insert((name, role), Line { centre: centre.clone(), known, near: line::Line::open(network, side, asked) });
    }
}

impl OtherSide for Side {
    type Errand = Errand;

    const IDLE: Duration = Duration::from_mins(1);
    const LET_IN_AFTER: Duration = Duration::from_secs(30);

    fn door(&self) -> (&str, u16, Security) {
        (&self.centre.host, self.centre.port, self.centre.security)
    }

    async fn talk(&mut self, stream: Box<dyn Stream>, first: Asked, errands: &mut Errands<Errand>) -> Parted {
        Talk::begin(stream, manner(&self.centre, self.role), Arc::clone(&self.known)).run(first, errands).await
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
