//! Lines to telephone exchanges. What was told and is not on disk yet outlives the connection on which it was told.

mod talk;

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use channels::exchange::Manner;
use channels::{Answer, Exchange, ExchangeErrand, ExchangeLetter, NotSent, Security};
use sha2::{Digest, Sha256};

use super::line::{self, Errands, OtherSide, Parted};
use super::{Network, Stream};
use talk::{Heard, Talk};

type Asked = line::Asked<ExchangeErrand>;

#[derive(Default)]
pub struct Lines(Mutex<HashMap<String, Line>>);

struct Line {
    exchange: Exchange,
    line: line::Line<ExchangeErrand>,
}

/// An exchange, with what it has told and how often its line was opened.
struct Told {
    exchange: Exchange,
    opened: u64,
    heard: Heard,
}

pub async fn carry(network: &Network, letter: &ExchangeLetter) -> Answer {
    let (asked, answer) = Asked::new(letter.errand.clone(), letter.patience);
    network.exchanges.ask(network, &letter.exchange, asked);
    // a telephone may be ringing
    let lost = if matches!(letter.errand, ExchangeErrand::Ring(_)) { Answer::Broken } else { Answer::NotSent(NotSent::Interrupted) };
    line::heard(answer, letter.patience, lost).await
}

impl Lines {
    /// Over the line that stands, or over a new one.
    fn ask(&self, network: &Network, exchange: &Exchange, asked: Asked) {
        let name = format!("{:?} {}@{}:{}", exchange.dialect, exchange.user, exchange.host, exchange.port);
        let mut lines = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let asked = match lines.get(&name).filter(|line| line.exchange == *exchange) {
            Some(standing) => match standing.line.ask(asked) {
                Ok(()) => return,
                Err(returned) => returned,
            },
            None => asked,
        };
        let told = Told { exchange: exchange.clone(), opened: 0, heard: Heard::default() };
        lines.insert(name, Line { exchange: exchange.clone(), line: line::Line::open(network, told, asked) });
    }
}

impl OtherSide for Told {
    type Errand = ExchangeErrand;

    const IDLE: Duration = Duration::from_secs(90);
    /// Most lock out whoever tries too often.
    const LET_IN_AFTER: Duration = Duration::from_mins(1);

    fn door(&self) -> (&str, u16, Security) {
        (&self.exchange.host, self.exchange.port, self.exchange.security)
    }

    async fn talk(&mut self, stream: Box<dyn Stream>, first: Asked, errands: &mut Errands<ExchangeErrand>) -> Parted {
        self.opened += 1;
        Talk::begin(stream, &manner(&self.exchange, self.opened), &mut self.heard).run(first, errands).await
    }
}

fn manner(exchange: &Exchange, opened: u64) -> Manner {
    let Exchange { dialect, host, port, user, password, .. } = exchange;
    let digest = Sha256::digest(format!("{host} {port} {user} {opened}"));
    let mut nonce = [0; 16];
    nonce.copy_from_slice(&digest[..16]);
    Manner { dialect: *dialect, host: format!("{host}:{port}"), user: user.clone(), password: password.clone(), nonce }
}
