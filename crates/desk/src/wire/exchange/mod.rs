//! Lines to telephone exchanges. A line stands as long as somebody listens on it or rings somebody up, and for a while more; it is
//! opened again by whoever needs it next, not more often than its last failures allow.
//!
//! What was told and is not on disk yet outlives the connection on which it was told.

mod talk;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use channels::exchange::Manner;
use channels::{Answer, Exchange, ExchangeAnswer, ExchangeErrand, ExchangeLetter, NotSent};
use rustls::ClientConfig;
use sha2::{Digest, Sha256};
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout};

use super::addresses::Lookup;
use super::{Network, line_to, moment};
use talk::{Heard, Parted, Talk};

/// A line over which nobody asks anything is closed after this.
const IDLE: Duration = Duration::from_secs(90);
/// After one failure, doubled with each further one.
const AGAIN_AFTER: Duration = Duration::from_secs(1);
const AGAIN_AT_MOST: Duration = Duration::from_secs(30);
/// An exchange that does not let us in is not asked again sooner: most lock out whoever tries too often.
const LET_IN_AFTER: Duration = Duration::from_mins(1);
/// A line that breaks sooner has not stood.
const STANDS_FOR: Duration = Duration::from_secs(5);
/// Beyond what the letter itself allows: the line answers by then in any case.
const OVER_THE_LINE: Duration = Duration::from_secs(5);

#[derive(Default)]
pub struct Lines(Mutex<HashMap<String, Line>>);

struct Line {
    exchange: Exchange,
    errands: mpsc::UnboundedSender<Asked>,
}

/// What somebody wants of a line, and where they wait.
struct Asked {
    errand: ExchangeErrand,
    patience: Duration,
    reply: oneshot::Sender<Answer>,
}

impl Asked {
    fn answer(self, answer: Answer) {
        // whoever does not wait any more does not miss it
        drop(self.reply.send(answer));
    }
}

pub async fn carry(network: &Network, letter: &ExchangeLetter) -> Answer {
    let (reply, answer) = oneshot::channel();
    let asked = Asked { errand: letter.errand.clone(), patience: letter.patience, reply };
    network.exchanges.ask(network, &letter.exchange, asked);
    match timeout(letter.patience + OVER_THE_LINE, answer).await {
        Ok(Ok(answer)) => answer,
        // a telephone may be ringing
        Ok(Err(_)) | Err(_) if matches!(letter.errand, ExchangeErrand::Ring(_)) => Answer::Broken,
        Ok(Err(_)) | Err(_) => Answer::NotSent(NotSent::Interrupted),
    }
}

impl Lines {
    /// Over the line that stands, or over a new one.
    fn ask(&self, network: &Network, exchange: &Exchange, asked: Asked) {
        let name = format!("{:?} {}@{}:{}", exchange.dialect, exchange.user, exchange.host, exchange.port);
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = match lines.get(&name).filter(|line| line.exchange == *exchange) {
            Some(line) => match line.errands.send(asked) {
                Ok(()) => return,
                Err(returned) => returned.0,
            },
            None => asked,
        };
        let (errands, waiting) = mpsc::unbounded_channel();
        drop(errands.send(asked));
        tokio::spawn(keep(exchange.clone(), (Arc::clone(&network.tls), network.lookup), waiting));
        lines.insert(name, Line { exchange: exchange.clone(), errands });
    }
}

/// Keeps a line until nobody needs it.
async fn keep(exchange: Exchange, (tls, lookup): (Arc<ClientConfig>, Lookup), mut errands: mpsc::UnboundedReceiver<Asked>) {
    let mut closed: Option<(Instant, Answer)> = None;
    let (mut failures, mut opened, mut heard) = (0_u32, 0_u64, Heard::default());
    while let Ok(Some(asked)) = timeout(IDLE, errands.recv()).await {
        if let Some((_, why)) = closed.as_ref().filter(|(until, _)| moment() < *until) {
            asked.answer(why.clone());
            continue;
        }
        let opened_at = moment();
        opened += 1;
        let parted = match line_to(&tls, lookup, (&exchange.host, exchange.port, exchange.security)).await {
            Ok(stream) => Talk::begin(stream, &manner(&exchange, opened), &mut heard).run(asked, &mut errands).await,
            Err(reason) => {
                asked.answer(Answer::NotSent(reason));
                Parted::NeverMet(reason)
            }
        };
        let pause = AGAIN_AFTER.saturating_mul(1 << failures.min(5)).min(AGAIN_AT_MOST);
        (closed, failures) = match parted {
            Parted::Friends if opened_at.elapsed() < STANDS_FOR && failures > 0 => {
                (Some((moment() + pause, Answer::NotSent(NotSent::Interrupted))), failures + 1)
            }
            Parted::Friends if opened_at.elapsed() < STANDS_FOR => (None, failures + 1),
            Parted::Friends => (None, 0),
            Parted::NotLetIn => (Some((moment() + LET_IN_AFTER, Answer::Exchange(ExchangeAnswer::NotLetIn))), failures),
            Parted::NeverMet(reason) => (Some((moment() + pause, Answer::NotSent(reason))), failures + 1),
        };
    }
    // who came between the last look and the end is known not to have been heard
    errands.close();
    while let Ok(asked) = errands.try_recv() {
        asked.answer(Answer::NotSent(NotSent::Interrupted));
    }
}

fn manner(exchange: &Exchange, opened: u64) -> Manner {
    let Exchange { dialect, host, port, user, password, .. } = exchange;
    let digest = Sha256::digest(format!("{host} {port} {user} {opened}"));
    let mut nonce = [0; 16];
    nonce.copy_from_slice(&digest[..16]);
    Manner { dialect: *dialect, host: format!("{host}:{port}"), user: user.clone(), password: password.clone(), nonce }
}
