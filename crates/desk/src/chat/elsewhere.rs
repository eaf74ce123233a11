//! A visitor who has gone does not read the chat. What was said there to a patient and no browser has fetched goes on the
//! next channel after a while, if the patient has one; if not, it waits in the thread until they come back.
//!
//! Idempotent by the state of the message.

use std::time::Duration;

use clinic::actors::{Actor, Channel};
use clinic::conversations::Cause;
use clinic::outbox::{Failure, Outbound, Report, Status};
use clinic::patients::ContactState;
use store::accounts::AccountState;

use crate::{Act, ActError};

/// Long enough to make a coffee or to lose a network for a moment.
const FETCHED_WITHIN: Duration = Duration::from_mins(15);
const BATCH: u32 = 200;
/// What is said of it to whoever asks why it was said twice.
const CODE: &str = "not-fetched";

impl Act<'_, '_> {
    /// How many have moved on.
    pub(crate) fn move_on_from_chat(&mut self) -> Result<usize, ActError> {
        let (mut moved, mut last) = (0, None);
        loop {
            let waiting = store::chat::unfetched(self.tx, last, self.now - FETCHED_WITHIN, BATCH)?;
            let Some(newest) = waiting.last().map(|message| message.id) else { return Ok(moved) };
            last = Some(newest);
            for message in waiting {
                if self.is_said_elsewhere(message)? {
                    moved += 1;
                }
            }
        }
    }

    fn is_said_elsewhere(&mut self, message: Outbound) -> Result<bool, ActError> {
        let goes_on = match &message.cause {
            Cause::Run { .. } => true,
            Cause::Reply { by } => matches!(by, Actor::Staff { .. }),
            // worth nothing but there and then
            Cause::Trial { .. } | Cause::Courtesy { .. } => false,
        };
        if !goes_on || !self.is_reached_otherwise(&message)? {
            return Ok(false);
        }
        let before = message.version;
        let report = Report { status: Status::Failed(Failure::Permanent(CODE.to_owned())), provider_key: String::new(), at: self.now };
        let (failed, what) = message.report(report)?;
        store::outbound::change(self.tx, &failed, before)?;
        self.happened(failed.clinic, failed.patient, what);
        // what was meant for the chat alone was meant for the patient
        self.say_elsewhere(&Outbound { chosen: None, ..failed })?;
        Ok(true)
    }

    /// Whether another channel is connected on which whoever reads the thread can be written to.
    fn is_reached_otherwise(&mut self, message: &Outbound) -> Result<bool, ActError> {
        let Some(contact) = message.route.as_ref().and_then(|route| route.contact) else { return Ok(false) };
        let Some(contact) = store::patients::contact(self.tx, contact)? else { return Ok(false) };
        let accounts = store::accounts::all(self.tx)?;
        let others = store::patients::contacts(self.tx, contact.patient)?;
        Ok(others.iter().any(|other| {
            let is_on = |channel: Channel| {
                accounts
                    .iter()
                    .any(|account| (account.clinic, account.channel, account.state) == (message.clinic, channel, AccountState::On))
            };
            other.channel() != Channel::Web && other.state == ContactState::Open && is_on(other.channel())
        }))
    }
}
