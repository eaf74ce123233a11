//! The wire's part: a message becomes the letters of its channel, and their answers become one outcome.

use std::time::Duration;

use channels::{Repeats, Sending, Trouble, whole};
use clinic::outbox::Outcome;
use kernel::Price;
use store::sown::{Fault, sown};

use super::claim::Ready;
use crate::wire::Wire;

/// What became of a message, and what it showed of the provider.
pub struct Carried {
    pub outcome: Outcome,
    pub heard: Heard,
    /// What the provider says that it has cost.
    pub price: Option<Price>,
}

impl Carried {
    pub const fn unsent(outcome: Outcome) -> Self {
        Self { outcome, heard: Heard::Nothing, price: None }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Heard {
    /// The provider was not asked.
    Nothing,
    Answer,
    /// Not reached, silent, or the account is not let in.
    Failure(Trouble),
}

/// `in_time` is asked before each letter: what wakes too late does not leave.
pub async fn carry(wire: &dyn Wire, in_time: impl Fn() -> bool, ready: &Ready) -> Carried {
    let connector = ready.connector;
    let letters = match connector.write(&ready.settings, &ready.outgoing) {
        Ok(letters) => letters,
        Err(unwritable) => {
            return Carried::unsent(Outcome::Refused { code: unwritable.code().to_owned() });
        }
    };
    let (mut outcomes, mut price) = (Vec::with_capacity(letters.len()), None);
    for letter in &letters {
        if !in_time() {
            // what has not begun to leave is known not to have left
            let outcome = if outcomes.is_empty() { Outcome::NotBegun } else { Outcome::Uncertain };
            return Carried::unsent(outcome);
        }
        let mut answer = wire.carry(letter).await;
        let mut sending = connector.read_answer(letter, &answer);
        // known there by our own number: brought again at once, it does not arrive twice
        if sending == Sending::Uncertain && connector.card().repeats == Repeats::KnowsOurId && in_time() {
            answer = wire.carry(letter).await;
            sending = connector.read_answer(letter, &answer);
        }
        price = together(price, connector.told_price(&answer));
        let goes_on = matches!(sending, Sending::Accepted { .. });
        outcomes.push(sending);
        if !goes_on {
            break;
        }
    }
    let heard = outcomes.last().map_or(Heard::Nothing, heard);
    Carried { outcome: outcome(whole(outcomes)), heard, price }
}

/// Of letters of one message, all in the same money.
fn together(one: Option<Price>, other: Option<Price>) -> Option<Price> {
    match (one, other) {
        (Some(one), Some(other)) if one.currency == other.currency => Some(Price::new(one.millionths + other.millionths, one.currency)),
        (one, other) => one.or(other),
    }
}

impl From<Sending> for Carried {
    fn from(sending: Sending) -> Self {
        Self { heard: heard(&sending), outcome: outcome(sending), price: None }
    }
}

fn outcome(sending: Sending) -> Outcome {
    match sending {
        Sending::Accepted { ids } => Outcome::Accepted { provider_key: ids.into_iter().next().unwrap_or_default() },
        Sending::Later { after, .. } => Outcome::Later { after },
        Sending::Refused { code, why: Trouble::NoSuchRecipient } => Outcome::NobodyThere { code },
        Sending::Refused { code, why } if why.is_about_the_reader() => Outcome::NotBrought { code },
        Sending::Refused { code, .. } => Outcome::Refused { code },
        Sending::Stopped => Outcome::Blocked,
        Sending::AccountBroken { .. } => Outcome::AccountBroken,
        Sending::Uncertain if sown(Fault::RetriedInDoubt) => Outcome::Later { after: Duration::ZERO },
        Sending::Uncertain if sown(Fault::DoubtCalledSent) => Outcome::Accepted { provider_key: String::new() },
        Sending::Uncertain => Outcome::Uncertain,
    }
}

/// What is told of one recipient is an answer too.
fn heard(last: &Sending) -> Heard {
    match last {
        Sending::Later { why, .. } if why.is_silence() => Heard::Failure(*why),
        Sending::AccountBroken { why, .. } => Heard::Failure(*why),
        Sending::Uncertain => Heard::Failure(Trouble::Overloaded),
        Sending::Accepted { .. } | Sending::Later { .. } | Sending::Refused { .. } | Sending::Stopped => Heard::Answer,
    }
}
