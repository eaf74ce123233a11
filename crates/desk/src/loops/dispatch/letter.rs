//! The wire's part: a message becomes the letters of its channel, and their answers become one outcome.

use std::time::Duration;

use channels::{Repeats, Sending, whole};
use clinic::outbox::Outcome;
use store::sown::{Fault, sown};

use super::claim::Ready;
use crate::wire::Wire;

/// `in_time` is asked before each letter: what wakes too late does not leave.
pub async fn carry(wire: &dyn Wire, in_time: impl Fn() -> bool, ready: &Ready) -> Outcome {
    let connector = ready.connector;
    let letters = match connector.write(&ready.settings, &ready.outgoing) {
        Ok(letters) => letters,
        Err(unwritable) => return Outcome::Refused { code: unwritable.code().to_owned() },
    };
    let mut outcomes = Vec::with_capacity(letters.len());
    for letter in &letters {
        if !in_time() {
            // what has not begun to leave is known not to have left
            return if outcomes.is_empty() { Outcome::NotBegun } else { Outcome::Uncertain };
        }
        let mut sending = connector.read_answer(letter, &wire.carry(letter).await);
        // known there by our own number: brought again at once, it does not arrive twice
        if sending == Sending::Uncertain && connector.card().repeats == Repeats::KnowsOurId && in_time() {
            sending = connector.read_answer(letter, &wire.carry(letter).await);
        }
        let goes_on = matches!(sending, Sending::Accepted { .. });
        outcomes.push(sending);
        if !goes_on {
            break;
        }
    }
    outcome(whole(outcomes))
}

/// What an answer means for the message.
pub fn outcome(sending: Sending) -> Outcome {
    match sending {
        Sending::Accepted { ids } => Outcome::Accepted { provider_key: ids.into_iter().next().unwrap_or_default() },
        Sending::Later { after, .. } => Outcome::Later { after },
        Sending::Refused { code, .. } => Outcome::Refused { code },
        Sending::Stopped => Outcome::Blocked,
        Sending::AccountBroken { .. } => Outcome::AccountBroken,
        Sending::Uncertain if sown(Fault::RetriedInDoubt) => Outcome::Later { after: Duration::ZERO },
        Sending::Uncertain if sown(Fault::DoubtCalledSent) => Outcome::Accepted { provider_key: String::new() },
        Sending::Uncertain => Outcome::Uncertain,
    }
}
