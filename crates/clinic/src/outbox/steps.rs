//! The steps of a message's life in the outbox. Each takes the message and gives the next one with what happened, or
//! refuses. A step that is already done, or that time has made needless, gives the message back with nothing happened.

use std::time::Duration;

use kernel::{Chance, Refusal, Timestamp};

use super::{ATTEMPTS, Failure, Outbound, OutboundState, retry_at};
use crate::actors::Actor;
use crate::gate::{Form, HoldReason, Recheck, Route, SuppressReason, Timing, Verdict, Why};
use crate::happenings::Happening;
use crate::staff::Right;

type Step = Result<(Outbound, Vec<Happening>), Refusal>;

/// An account that a person must mend is not asked again before.
const MENDING: Duration = Duration::from_mins(15);

/// Who sends it now, and until when nobody else may look at it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    pub node: String,
    /// Names this attempt and no other: goes along as our id where the channel takes one.
    pub attempt: String,
    pub lease_until: Timestamp,
}

/// How an attempt ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    Accepted {
        /// The provider's name for it; empty if it gives none.
        provider_key: String,
    },
    /// Known not sent: again, not before.
    Later { after: Duration },
    /// Known not sent, and never will be in this form: the provider's code.
    Refused { code: String },
    /// The same, because there is nobody at that address: the provider's code.
    NobodyThere { code: String },
    /// The same, for what has to do with whoever reads there: the provider's code.
    NotBrought { code: String },
    /// The patient has blocked us.
    Blocked,
    /// Known not sent: a person must look at the account. Does not count as an attempt.
    AccountBroken,
    /// Known not sent: whoever had claimed it was held up and has not begun. Does not count as an attempt.
    NotBegun,
    /// Nobody knows.
    Uncertain,
}

/// What the provider tells about it later.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    pub status: Status,
    pub provider_key: String,
    pub at: Timestamp,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Status {
    Sent,
    Delivered,
    Read,
    Failed(Failure),
}

/// How a doubt ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Resolution {
    /// It left: found in the provider's records, or seen by a person.
    Sent { provider_key: String },
    /// It never left, and nobody wants it sent any more.
    NotSent,
    /// It never left; a person wants it sent after all. The gate is asked again.
    SendAgain,
}

impl Outbound {
    /// The gate has decided: the first time, when the time of a held message has come, or when its facts have changed.
    pub fn settle(self, verdict: Verdict, now: Timestamp) -> Step {
        let still_held = match self.state {
            OutboundState::Planned => false,
            OutboundState::Held { until, reason } => now < until || reason == HoldReason::Restored,
            OutboundState::Suppressed { .. }
            | OutboundState::Queued { .. }
            | OutboundState::Sending { .. }
            | OutboundState::Accepted { .. }
            | OutboundState::Delivered { .. }
            | OutboundState::Read { .. }
            | OutboundState::Failed { .. }
            | OutboundState::Uncertain { .. } => return Err(Refusal::new("outbox.not-waiting")),
        };
        match verdict {
            Verdict::Suppress { reason, why } | Verdict::Task { reason, why } => Ok(self.suppressed(reason, why, now)),
            Verdict::Allow { .. } | Verdict::Hold { .. } if still_held => Err(Refusal::new("outbox.still-held")),
            Verdict::Hold { until, reason, why } => Ok(self.held(until, reason, why)),
            Verdict::Allow { route, form, why } => Ok(self.queued(route, form, why, now)),
        }
    }

    /// The facts were asked again when its turn had come.
    pub fn halt(self, recheck: Recheck, now: Timestamp) -> Step {
        if !matches!(self.state, OutboundState::Queued { .. }) {
            return Err(Refusal::new("outbox.not-queued"));
        }
        let channel = self.why.channel;
        match recheck {
            Recheck::Go => Ok((self, vec![])),
            Recheck::Hold { until, reason } => Ok(self.held(until, reason, Why { channel, held: Some((until, reason)), suppressed: None })),
            Recheck::Stop { reason } => Ok(self.suppressed(reason, Why { channel, held: None, suppressed: Some(reason) }, now)),
        }
    }

    /// A person lets it go before its time. The gate is asked once more: nobody can release what was opted out of.
    pub fn release(self, by: Actor) -> Step {
        let Actor::Staff { .. } = by else { return Err(Refusal::new("actor.not-allowed")) };
        by.may(Right::WriteToPatients)?;
        let OutboundState::Held { reason, .. } = self.state else { return Err(Refusal::new("outbox.not-held")) };
        // After a restore the question was whether it had gone before, not whether it may disturb.
        let timing = if reason == HoldReason::Restored { self.timing } else { Timing::Insisted };
        let what = Happening::MessageReleased { conversation: self.conversation, message: self.id };
        let why = Why { channel: self.why.channel, ..Why::default() };
        Ok((Self { timing, why, ..self.becomes(OutboundState::Planned) }, vec![what]))
    }

    /// A person has found that it went in the hours that a restored backup knows nothing of, or that nobody needs it now.
    pub fn drop_restored(self, by: Actor, now: Timestamp) -> Step {
        let Actor::Staff { .. } = by else { return Err(Refusal::new("actor.not-allowed")) };
        by.may(Right::WriteToPatients)?;
        if !matches!(self.state, OutboundState::Held { reason: HoldReason::Restored, .. }) {
            return Err(Refusal::new("outbox.not-held"));
        }
        let why = Why { channel: self.why.channel, ..Why::suppressed(SuppressReason::GoneBefore) };
        Ok(self.suppressed(SuppressReason::GoneBefore, why, now))
    }

    /// The intent to send, committed before the first byte leaves.
    pub fn claim(self, claim: Claim, now: Timestamp) -> Step {
        let OutboundState::Queued { due_at } = self.state else { return Err(Refusal::new("outbox.not-queued")) };
        if now < due_at {
            return Err(Refusal::new("outbox.not-due"));
        }
        if self.is_stale(now) {
            return Err(Refusal::new("outbox.stale"));
        }
        let attempts = self.attempts + 1;
        let Claim { node, attempt, lease_until } = claim;
        Ok((Self { attempts, ..self.becomes(OutboundState::Sending { node, attempt, lease_until }) }, vec![]))
    }

    /// The attempt has ended. An answer that comes after its lease ran out still settles the doubt.
    pub fn finish(self, attempt: &str, outcome: Outcome, now: Timestamp, chance: &mut Chance) -> Step {
        let own = match &self.state {
            OutboundState::Sending { attempt: current, .. } | OutboundState::Uncertain { attempt: current, .. } => current == attempt,
            // A report was faster than the answer, and says more.
            OutboundState::Accepted { .. }
            | OutboundState::Delivered { .. }
            | OutboundState::Read { .. }
            | OutboundState::Failed { .. } => {
                return Ok((self, vec![]));
            }
            // Somebody judged that it had not gone: only the proof that it has still counts.
            OutboundState::Planned | OutboundState::Held { .. } | OutboundState::Queued { .. } | OutboundState::Suppressed { .. }
                if self.attempts > 0 =>
            {
                return match outcome {
                    Outcome::Accepted { provider_key } => Ok(self.accepted(provider_key, now)),
                    Outcome::Later { .. }
                    | Outcome::Refused { .. }
                    | Outcome::NobodyThere { .. }
                    | Outcome::NotBrought { .. }
                    | Outcome::Blocked
                    | Outcome::AccountBroken
                    | Outcome::NotBegun
                    | Outcome::Uncertain => Ok((self, vec![])),
                };
            }
            OutboundState::Planned | OutboundState::Held { .. } | OutboundState::Queued { .. } | OutboundState::Suppressed { .. } => false,
        };
        if !own {
            return Err(Refusal::new("outbox.other-attempt"));
        }
        match outcome {
            Outcome::Accepted { provider_key } => Ok(self.accepted(provider_key, now)),
            Outcome::Later { .. } if self.attempts >= ATTEMPTS => Ok(self.failed(Failure::Exhausted, now)),
            Outcome::Later { after } => {
                let due_at = retry_at(self.attempts, after, now, chance);
                Ok((self.becomes(OutboundState::Queued { due_at }), vec![]))
            }
            Outcome::AccountBroken => {
                let attempts = self.attempts.saturating_sub(1);
                Ok((Self { attempts, ..self.becomes(OutboundState::Queued { due_at: now + MENDING }) }, vec![]))
            }
            Outcome::NotBegun => {
                let attempts = self.attempts.saturating_sub(1);
                Ok((Self { attempts, ..self.becomes(OutboundState::Queued { due_at: now }) }, vec![]))
            }
            Outcome::Refused { code } | Outcome::NobodyThere { code } | Outcome::NotBrought { code } => {
                Ok(self.failed(Failure::Permanent(code), now))
            }
            Outcome::Blocked => Ok(self.failed(Failure::Blocked, now)),
            Outcome::Uncertain => Ok(self.doubted(now)),
        }
    }

    /// A lease has run out in the middle of sending: it may or may not have left. Doubt, never a second sending.
    pub fn lapse(self, now: Timestamp) -> Step {
        match self.state {
            OutboundState::Sending { lease_until, .. } if lease_until <= now => Ok(self.doubted(now)),
            OutboundState::Sending { .. }
            | OutboundState::Planned
            | OutboundState::Suppressed { .. }
            | OutboundState::Held { .. }
            | OutboundState::Queued { .. }
            | OutboundState::Accepted { .. }
            | OutboundState::Delivered { .. }
            | OutboundState::Read { .. }
            | OutboundState::Failed { .. }
            | OutboundState::Uncertain { .. } => Ok((self, vec![])),
        }
    }

    /// The node that was sending it has begun anew and knows nothing of it: the same doubt, without waiting for the lease.
    pub fn abandon(self, node: &str, now: Timestamp) -> Step {
        match &self.state {
            OutboundState::Sending { node: sender, .. } if sender == node => Ok(self.doubted(now)),
            OutboundState::Sending { .. }
            | OutboundState::Planned
            | OutboundState::Suppressed { .. }
            | OutboundState::Held { .. }
            | OutboundState::Queued { .. }
            | OutboundState::Accepted { .. }
            | OutboundState::Delivered { .. }
            | OutboundState::Read { .. }
            | OutboundState::Failed { .. }
            | OutboundState::Uncertain { .. } => Ok((self, vec![])),
        }
    }

    /// Reports come twice, late and out of order: queued < sent < delivered < read, never back.
    pub fn report(self, report: Report) -> Step {
        let Report { status, provider_key, at } = report;
        // What has certainly never left us has no report: this one means something else.
        if self.attempts == 0 {
            return Err(Refusal::new("outbox.never-sent"));
        }
        // How far a report has to reach to tell something new, and whether 'failed' does.
        let (above, may_fail) = match self.state {
            OutboundState::Planned | OutboundState::Suppressed { .. } | OutboundState::Held { .. } | OutboundState::Queued { .. } => {
                (0, false)
            }
            OutboundState::Sending { .. } | OutboundState::Uncertain { .. } => (0, true),
            OutboundState::Accepted { .. } => (1, true),
            OutboundState::Failed { .. } => (1, false),
            OutboundState::Delivered { .. } => (2, false),
            OutboundState::Read { .. } => (3, false),
        };
        match status {
            Status::Failed(failure) if may_fail => Ok(self.failed(failure, at)),
            Status::Sent if above < 1 => Ok(self.accepted(provider_key, at)),
            Status::Delivered if above < 2 => Ok(self.delivered(provider_key, at)),
            Status::Read if above < 3 => Ok(self.read(provider_key, at)),
            Status::Failed(_) | Status::Sent | Status::Delivered | Status::Read => Ok((self, vec![])),
        }
    }

    /// Ends a doubt, by a look into the provider's records or by a person. Only a person may have it sent again.
    pub fn resolve(self, resolution: Resolution, by: Actor, now: Timestamp) -> Step {
        if matches!(by, Actor::Patient(_) | Actor::Guardian { .. } | Actor::Bot(_))
            || (resolution == Resolution::SendAgain && by.staff().is_none())
        {
            return Err(Refusal::new("actor.not-allowed"));
        }
        by.may(Right::WriteToPatients)?;
        if !matches!(self.state, OutboundState::Uncertain { .. }) {
            return Err(Refusal::new("outbox.not-uncertain"));
        }
        match resolution {
            Resolution::Sent { provider_key } => Ok(self.accepted(provider_key, now)),
            Resolution::NotSent => Ok(self.failed(Failure::NotSent, now)),
            Resolution::SendAgain => {
                let what = Happening::MessageReleased { conversation: self.conversation, message: self.id };
                Ok((self.becomes(OutboundState::Planned), vec![what]))
            }
        }
    }

    /// What has waited beyond its use.
    pub fn expire(self, now: Timestamp) -> Step {
        match self.state {
            OutboundState::Planned | OutboundState::Held { .. } | OutboundState::Queued { .. } if self.is_stale(now) => {
                let why = Why { channel: self.why.channel, held: None, suppressed: Some(SuppressReason::Stale) };
                Ok(self.suppressed(SuppressReason::Stale, why, now))
            }
            OutboundState::Planned
            | OutboundState::Held { .. }
            | OutboundState::Queued { .. }
            | OutboundState::Suppressed { .. }
            | OutboundState::Sending { .. }
            | OutboundState::Accepted { .. }
            | OutboundState::Delivered { .. }
            | OutboundState::Read { .. }
            | OutboundState::Failed { .. }
            | OutboundState::Uncertain { .. } => Ok((self, vec![])),
        }
    }

    /// A backup was restored: what was due then may have gone since. Nothing leaves until a person has looked.
    pub fn restored(self, now: Timestamp) -> Step {
        match self.state {
            OutboundState::Planned | OutboundState::Held { .. } | OutboundState::Queued { .. } => {
                let why = Why { channel: self.why.channel, held: Some((now, HoldReason::Restored)), suppressed: None };
                Ok(self.held(now, HoldReason::Restored, why))
            }
            OutboundState::Sending { .. } => Ok(self.doubted(now)),
            OutboundState::Suppressed { .. }
            | OutboundState::Accepted { .. }
            | OutboundState::Delivered { .. }
            | OutboundState::Read { .. }
            | OutboundState::Failed { .. }
            | OutboundState::Uncertain { .. } => Ok((self, vec![])),
        }
    }

    fn becomes(self, state: OutboundState) -> Self {
        Self { state, version: self.version + 1, ..self }
    }

    fn queued(self, route: Route, form: Form, why: Why, now: Timestamp) -> (Self, Vec<Happening>) {
        let what = Happening::MessageQueued { conversation: self.conversation, message: self.id };
        (Self { route: Some(route), form, why, ..self.becomes(OutboundState::Queued { due_at: now }) }, vec![what])
    }

    fn held(self, until: Timestamp, reason: HoldReason, why: Why) -> (Self, Vec<Happening>) {
        let what = Happening::MessageHeld { conversation: self.conversation, message: self.id, until };
        (Self { why, ..self.becomes(OutboundState::Held { until, reason }) }, vec![what])
    }

    pub(super) fn suppressed(self, reason: SuppressReason, why: Why, at: Timestamp) -> (Self, Vec<Happening>) {
        let what = Happening::MessageSuppressed { conversation: self.conversation, message: self.id, reason };
        (Self { why, ..self.becomes(OutboundState::Suppressed { reason, at }) }, vec![what])
    }

    fn accepted(self, provider_key: String, at: Timestamp) -> (Self, Vec<Happening>) {
        let what = Happening::MessageAccepted { conversation: self.conversation, message: self.id };
        let provider_key = self.known_as(provider_key);
        (self.left().becomes(OutboundState::Accepted { provider_key, at }), vec![what])
    }

    fn delivered(self, provider_key: String, at: Timestamp) -> (Self, Vec<Happening>) {
        let what = Happening::MessageDelivered { conversation: self.conversation, message: self.id };
        let provider_key = self.known_as(provider_key);
        (self.left().becomes(OutboundState::Delivered { provider_key, at }), vec![what])
    }

    fn read(self, provider_key: String, at: Timestamp) -> (Self, Vec<Happening>) {
        let what = Happening::MessageRead { conversation: self.conversation, message: self.id };
        let provider_key = self.known_as(provider_key);
        (self.left().becomes(OutboundState::Read { provider_key, at }), vec![what])
    }

    /// A report by our own id may not name the provider's: then the name that we know stays.
    fn known_as(&self, provider_key: String) -> String {
        match &self.state {
            OutboundState::Accepted { provider_key: known, .. }
            | OutboundState::Delivered { provider_key: known, .. }
            | OutboundState::Read { provider_key: known, .. }
                if provider_key.is_empty() =>
            {
                known.clone()
            }
            OutboundState::Accepted { .. }
            | OutboundState::Delivered { .. }
            | OutboundState::Read { .. }
            | OutboundState::Planned
            | OutboundState::Suppressed { .. }
            | OutboundState::Held { .. }
            | OutboundState::Queued { .. }
            | OutboundState::Sending { .. }
            | OutboundState::Failed { .. }
            | OutboundState::Uncertain { .. } => provider_key,
        }
    }

    /// What has gone is no longer held or suppressed, whatever somebody thought meanwhile.
    fn left(self) -> Self {
        Self { why: Why { channel: self.why.channel, ..Why::default() }, ..self }
    }

    pub(super) fn failed(self, failure: Failure, at: Timestamp) -> (Self, Vec<Happening>) {
        let what = Happening::MessageFailed { conversation: self.conversation, message: self.id };
        (self.becomes(OutboundState::Failed { failure, at }), vec![what])
    }

    fn doubted(self, since: Timestamp) -> (Self, Vec<Happening>) {
        let OutboundState::Sending { attempt, .. } = &self.state else { return (self, vec![]) };
        let attempt = attempt.clone();
        let what = Happening::MessageUncertain { conversation: self.conversation, message: self.id };
        (self.becomes(OutboundState::Uncertain { attempt, since }), vec![what])
    }
}
