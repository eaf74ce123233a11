//! Whom a ladder reaches, and where: the gate itself, asked for one patient as if nobody ever told of a delivery.

use kernel::{ContactPointId, Timestamp};

use super::prices::{Cost, Kind, Priced};
use super::{
    Complaint, Follows, Ladder, Question, Rank, Reach, Sender, Sensitivity, SuppressReason, Timing, Verdict, VisitCheck, Whom, Wish, Words,
    decide,
};
use crate::actors::Channel;
use crate::clinics::Clinic;
use crate::consents::{Ledger, Purpose};
use crate::patients::{ContactPoint, Patient};
use crate::texts::segments;

/// What is the same for everybody.
#[derive(Debug, Clone, Copy)]
pub struct Plan<'a> {
    pub clinic: &'a Clinic,
    pub reaches: &'a [Reach],
    pub ladder: &'a Ladder,
    pub purpose: Purpose,
    /// As long as such messages usually are.
    pub words: Words<'a>,
    pub now: Timestamp,
}

/// Who reads, whom it is about, and what the gate knows of them.
#[derive(Debug, Clone, Copy)]
pub struct Reader<'a> {
    pub recipient: &'a Patient,
    pub about: &'a Patient,
    pub contacts: &'a [ContactPoint],
    pub consents: Ledger<'a>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Reached {
    /// The bot does not write to them, on whatever channel: by their own wish, or because of their standing.
    LeftOut,
    /// On no channel.
    Nowhere,
    /// In the order in which it would be tried.
    Over(Vec<Way>),
}

/// One try.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Way {
    pub channel: Channel,
    pub contact: Option<ContactPointId>,
    /// None: it costs nothing, or nobody has typed a price in.
    pub cost: Option<Cost>,
}

pub fn reached(plan: &Plan<'_>, reader: &Reader<'_>) -> Reached {
    let parts = u32::try_from(segments(plan.words.0).parts).unwrap_or(u32::MAX);
    let (mut ways, mut tried): (Vec<Way>, Vec<ContactPointId>) = (Vec::new(), Vec::new());
    loop {
        match decide(&plan.question(reader, &tried)) {
            Verdict::Allow { route, form, .. } => {
                let tariff = plan.reaches.iter().find(|reach| reach.account == route.account).map(|reach| &reach.tariff);
                let priced = Priced { to: &route.to, kind: Kind::of(form, plan.purpose), parts };
                ways.push(Way { channel: route.channel, contact: route.contact, cost: tariff.and_then(|tariff| tariff.cost(&priced)) });
                let Some(contact) = route.contact else { break };
                tried.push(contact);
            }
            Verdict::Suppress { reason, .. } | Verdict::Task { reason, .. } if ways.is_empty() => return left_out(reason),
            Verdict::Hold { .. } | Verdict::Suppress { .. } | Verdict::Task { .. } => break,
        }
    }
    if ways.is_empty() { Reached::Nowhere } else { Reached::Over(ways) }
}

impl<'a> Plan<'a> {
    fn question(&self, reader: &Reader<'a>, tried: &'a [ContactPointId]) -> Question<'a> {
        let wish = Wish {
            purpose: self.purpose,
            rank: if self.purpose == Purpose::Service { Rank::Visit } else { Rank::Care },
            sensitivity: Sensitivity::Open,
            sender: Sender::Bot,
            // whether it must wait is not what is asked
            timing: Timing::Insisted,
            useful_until: None,
            visit: VisitCheck::NoVisit,
            says: &[],
            chosen: None,
            follows: if tried.is_empty() { Follows::Nothing } else { Follows::Undelivered },
            words: self.words,
        };
        let Reader { recipient, about, contacts, consents } = *reader;
        Question {
            wish,
            whom: Whom::Patient { recipient, about, contacts },
            consents,
            complaint: Complaint::NoneOpen,
            clinic: self.clinic,
            reaches: self.reaches,
            ladder: self.ladder,
            tried,
            history: &[],
            now: self.now,
        }
    }
}

const fn left_out(reason: SuppressReason) -> Reached {
    match reason {
        SuppressReason::NotReachable
        | SuppressReason::OptedOut
        | SuppressReason::NoConsent
        | SuppressReason::NotVerified
        | SuppressReason::WindowClosed
        | SuppressReason::TemplatePaused
        | SuppressReason::TemplateNotApproved
        | SuppressReason::TemplateAdvertises
        | SuppressReason::OverBudget => Reached::Nowhere,
        SuppressReason::Refused
        | SuppressReason::Deceased
        | SuppressReason::NoBots
        | SuppressReason::OpenComplaint
        | SuppressReason::Duplicate
        | SuppressReason::OverCap
        | SuppressReason::Stale
        | SuppressReason::VisitChanged
        | SuppressReason::GoneBefore
        | SuppressReason::ArrivedAfterAll => Reached::LeftOut,
    }
}

#[cfg(test)]
mod tests {
    use super::super::world::Scene;
    use super::super::{Rule, Rung, Scope};
    use super::*;
    use crate::patients::Bots;

    #[test]
    fn a_patient_is_reached_over_the_rungs_that_the_gate_would_try() {
        let rungs = [Channel::Email, Channel::Viber, Channel::Sms].map(|channel| Rung { channel, minutes: 10 });
        let ladder = Ladder::default().with(Rule { scope: Scope::default(), rungs: rungs.into() });
        let over = |scene: &Scene| {
            let plan = Plan {
                clinic: &scene.clinic,
                reaches: &scene.reaches,
                ladder: &ladder,
                purpose: Purpose::Service,
                words: Words("Tomorrow at 10:30"),
                // at night, too
                now: scene.now - super::super::world::HOUR * 6,
            };
            let reader =
                Reader { recipient: &scene.recipient, about: &scene.about, contacts: &scene.contacts, consents: Ledger(&scene.consents) };
            reached(&plan, &reader)
        };
        let channels = |scene: &Scene| match over(scene) {
            Reached::Over(ways) => ways.iter().map(|way| way.channel).collect(),
            Reached::LeftOut | Reached::Nowhere => vec![],
        };
        let prefers = |scene: &mut Scene| scene.recipient.preferred_channel = Some(Channel::Telegram);
        for (name, scene, expected) in [
            ("rung by rung", Scene::vera(), vec![Channel::Email, Channel::Sms]),
            ("her own wish first", Scene::vera().but(prefers), vec![Channel::Telegram, Channel::Email, Channel::Sms]),
            ("one is closed", Scene::vera().but(|scene| scene.opt_out(2)), vec![Channel::Sms]),
            ("no rung, but another channel", Scene::vera().but(|scene| scene.contacts.truncate(1)), vec![Channel::Telegram]),
        ] {
            assert_eq!(channels(&scene), expected, "{name}");
        }
        assert_eq!(over(&Scene::vera().but(|scene| scene.contacts.clear())), Reached::Nowhere);
        assert_eq!(over(&Scene::vera().but(|scene| scene.recipient.bots = Bots::NoBots)), Reached::LeftOut);
    }
}
