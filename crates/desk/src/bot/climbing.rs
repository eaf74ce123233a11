//! What has gone without word of its delivery climbs the clinic's ladder; what arrives after all calls back what follows it.
//!
//! Idempotent by the message: it climbs once, over the version that was read. A report of its delivery that crosses the climb
//! makes one of the two be done again, and then either finds what the other did.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::{AccountId, ContactPointId, MessageId, Timestamp};

use clinic::gate::{SuppressReason, Verdict};
use clinic::outbox::{Climbed, Outbound, OutboundState};

use store::accounts::Account;

use super::gating::{History, Moment};
use crate::{Act, ActError};

/// A thread is looked at so far back for an answer.
const ANSWERS: u32 = 10;

impl Act<'_, '_> {
    /// How many have been decided on.
    pub(crate) fn climb_ladders(&mut self, most: u32) -> Result<usize, ActError> {
        let mut moved = self.pass_by_what_is_down(most)?;
        for message in store::outbound::climbing(self.tx, self.now, most)? {
            let id = message.id;
            match self.climb(message) {
                Ok(()) => moved += 1,
                // it stays where it is, and does not hold up the others
                Err(error @ ActError::Refused(_)) => tracing::error!(message = %id, %error, "a message cannot climb the ladder"),
                Err(error @ ActError::Store(_)) => return Err(error),
            }
        }
        Ok(moved)
    }

    /// What waits behind an account that has been out of order for as long as the ladder gives its rung goes on the next one. It is
    /// known not to have left, so nobody reads it twice.
    fn pass_by_what_is_down(&mut self, most: u32) -> Result<usize, ActError> {
        let accounts = store::accounts::all(self.tx)?;
        let since = |account: &Account| account.trouble.as_ref().and_then(|trouble| trouble.since);
        let down: BTreeMap<AccountId, Timestamp> = accounts.iter().filter_map(|account| Some((account.id, since(account)?))).collect();
        let mut moved = 0;
        for account in accounts.iter().filter(|account| down.contains_key(&account.id)) {
            if store::ladders::of_clinic(self.tx, account.clinic)?.ladder.rules().is_empty() {
                continue;
            }
            for message in store::outbound::queued_at(self.tx, account.id, most)? {
                moved += usize::from(self.passes_by(message, &down)?);
            }
        }
        Ok(moved)
    }

    /// `down`: since when each account that is out of order is. False: it waits on, and goes there when the account is back.
    fn passes_by(&mut self, message: Outbound, down: &BTreeMap<AccountId, Timestamp>) -> Result<bool, ActError> {
        let since = message.route.as_ref().and_then(|route| down.get(&route.account)).copied();
        let Some(since) = since.map(|since| since.max(message.created_at)) else { return Ok(false) };
        let known = self.known(&message, History::Counts)?;
        let check = self.visit_check(&message)?;
        let mut tried = contacts(std::slice::from_ref(&message));
        tried.extend(contacts(&self.followed(&message)?));
        let moment = Moment { visit: check, tried: &tried, now: self.now };
        let Some(minutes) = known.unsent_patience(&message, &moment) else { return Ok(false) };
        if self.now < since + Duration::from_mins(u64::from(minutes)) {
            return Ok(false);
        }
        let elsewhere = message.again(self.next_message(), self.now);
        match known.decided(&elsewhere, &moment).0 {
            Verdict::Allow { route, .. } if !down.contains_key(&route.account) => {}
            // there is no other way, or it is no better
            Verdict::Allow { .. } | Verdict::Hold { .. } | Verdict::Suppress { .. } | Verdict::Task { .. } => return Ok(false),
        }
        let before = message.version;
        let (passed, what) = message.pass_by(self.now)?;
        store::outbound::change(self.tx, &passed, before)?;
        self.happened(passed.clinic, passed.patient, what);
        self.say_elsewhere(&passed)?;
        Ok(true)
    }

    fn climb(&mut self, first: Outbound) -> Result<(), ActError> {
        let climbed = match self.stays(&first)? {
            Some(reason) => Climbed::Stayed(reason),
            None => self.say_on_next_rung(&first)?,
        };
        let before = first.version;
        let first = first.climb(climbed, self.now)?;
        store::outbound::change(self.tx, &first, before)?;
        // what became of it stands beside the message
        self.tx.touch(format!("conversation:{}", first.conversation));
        Ok(())
    }

    /// What speaks against saying it again, before anybody asks on which channel.
    fn stays(&mut self, first: &Outbound) -> Result<Option<SuppressReason>, ActError> {
        let OutboundState::Accepted { at, .. } = first.state else { return Ok(None) };
        let restore = store::whereabouts::last_restore(self.tx)?;
        if restore.is_some_and(|restore| at <= restore.found_at) {
            // it may have climbed, or arrived, in the hours that the backup knows nothing of
            return Ok(Some(SuppressReason::GoneBefore));
        }
        let mut all = self.followed(first)?;
        all.push(first.clone());
        Ok(self.is_settled(first, &all)?.then_some(SuppressReason::ArrivedAfterAll))
    }

    fn say_on_next_rung(&mut self, first: &Outbound) -> Result<Climbed, ActError> {
        let second = first.next_rung(self.next_message(), self.now);
        let tried = contacts(&self.followed(&second)?);
        let known = self.known(&second, History::Counts)?;
        let check = self.visit_check(&second)?;
        let (verdict, patience) = known.decided(&second, &Moment { visit: check, tried: &tried, now: self.now });
        if let Verdict::Suppress { reason, .. } | Verdict::Task { reason, .. } = verdict {
            return Ok(Climbed::Stayed(reason));
        }
        let (second, what) = Outbound { patience, ..second }.settle(verdict, self.now)?;
        let second = self.with_a_way_out(second, &known.who)?;
        store::outbound::add(self.tx, &second)?;
        self.enclose_own(&second)?;
        self.happened(second.clinic, second.patient, what);
        Ok(Climbed::To(second.id))
    }

    /// The messages whose words it repeats, the last one first.
    pub(crate) fn followed(&mut self, message: &Outbound) -> Result<Vec<Outbound>, ActError> {
        let mut all: Vec<Outbound> = Vec::new();
        let mut next: Option<MessageId> = message.follows;
        while let Some(id) = next {
            let Some(followed) = store::outbound::find(self.tx, id)? else { break };
            next = followed.follows;
            all.push(followed);
        }
        Ok(all)
    }

    /// Whether what it repeats has arrived, or been answered, since it was decided on.
    pub(crate) fn is_needless(&mut self, message: &Outbound, followed: &[Outbound]) -> Result<bool, ActError> {
        Ok(!followed.is_empty() && self.is_settled(message, followed)?)
    }

    /// `all`: every message that has said it. Whoever writes on one of their channels has it before their eyes; a visit that was
    /// marked meanwhile was answered otherwise, and what was said of it may no longer be so.
    fn is_settled(&mut self, message: &Outbound, all: &[Outbound]) -> Result<bool, ActError> {
        if all.iter().any(Outbound::has_arrived) {
            return Ok(true);
        }
        if let Some(pin) = message.visit
            && store::visits::find(self.tx, pin.visit)?.is_none_or(|visit| visit.version != pin.version)
        {
            return Ok(true);
        }
        let Some(first_said) = all.iter().map(|said| said.created_at).min() else { return Ok(false) };
        let heard = store::conversations::inbound_of(self.tx, message.conversation, store::conversations::NEWEST, ANSWERS)?;
        let is_theirs = |account| all.iter().any(|said| said.route.as_ref().is_some_and(|route| route.account == account));
        Ok(heard.iter().any(|inbound| inbound.received_at >= first_said && is_theirs(inbound.account)))
    }

    /// It has arrived after all: what repeats it on other rungs and has not left is taken back.
    pub(crate) fn take_back_what_follows(&mut self, arrived: &Outbound) -> Result<(), ActError> {
        let mut next = arrived.climbed;
        while let Some(Climbed::To(id)) = next {
            let Some(following) = store::outbound::find(self.tx, id)? else { break };
            next = following.climbed;
            let before = following.version;
            let (following, what) = following.take_back(self.now);
            if following.version != before {
                store::outbound::change(self.tx, &following, before)?;
                self.happened(following.clinic, following.patient, what);
            }
        }
        Ok(())
    }
}

/// Where they went.
pub(crate) fn contacts(said: &[Outbound]) -> Vec<ContactPointId> {
    said.iter().filter_map(|said| said.route.as_ref()?.contact).collect()
}
