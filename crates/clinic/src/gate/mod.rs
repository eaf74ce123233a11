//! The gate: the one place that decides whether, when and on which channel a message may go, and says why.
//!
//! Who speaks, and about what, decides which rules apply. 'Bot's own' is what a playbook begins by itself; 'answer' is
//! rank `Reply`, to a patient who waits; 'warning' is rank `Safety`; 'person' is somebody at the desk.
//!
//! | asked in this order                              | bot's own     | bot's answer | warning     | person       | person's answer |
//! |--------------------------------------------------|---------------|--------------|-------------|--------------|-----------------|
//! | reader or patient has died                       | never         | never        | never       | never        | never           |
//! | the visit it speaks of has changed since         | never         | never        | never       | never        | never           |
//! | it is no longer of use                           | never         | never        | never       | never        | never           |
//! | patient on the refusal list                      | no; visit: task | goes       | goes        | unless cheerful | unless cheerful |
//! | reader or patient wants no bots                  | task          | task         | task        | goes         | goes            |
//! | a complaint is open                              | unless cheerful | same       | same        | same         | same            |
//! | already said                                     | no            | no           | no          | goes         | goes            |
//! | contact: opted out, unreachable                  | next channel  | same         | same        | same         | same            |
//! | contact: tried in vain for this question         | next channel  | same         | same        | same         | same            |
//! | consent for the purpose on that channel          | next channel  | not asked    | not asked   | next channel | not asked       |
//! | sensitive, but unverified, shared or lock screen | next channel  | same         | same        | same         | same            |
//! | window closed and no approved text               | next channel  | same         | same        | same         | same            |
//! | channel's budget spent                           | next channel  | not asked    | not asked   | not asked    | not asked       |
//! | no channel is left                               | no; visit: task | task       | task        | no           | no              |
//! | quiet hours where the reader lives               | waits *       | goes         | goes        | waits *      | goes            |
//! | the clinic is closed                             | goes          | goes         | goes        | waits *      | waits *         |
//! | enough for today (service and marketing apart)   | waits *       | goes         | goes        | goes         | goes            |
//!
//! `*` What a person insists on or releases does not wait. What would wait beyond its use is dropped at once, visibly.
//! A greeting does not wait for another day, it drops. A message about a visit that cannot wait until tomorrow is not
//! crowded out by lesser ones: it goes unless another about a visit went today.
//! 'Cheerful' are greetings and everything that is not service. 'Task' means that a person must call or decide instead.
//! After an opt-out or a missing consent only a warning becomes a task: the rest is the patient's own wish.
//!
//! The channel: the one that a person chose and no other; else the one that the patient prefers; else the first rung of the
//! clinic's [`Ladder`] that reaches them; else where they last answered; else the cheapest. An answer goes where the question
//! came from, before the preference. What climbs the ladder by itself goes to another rung or nowhere.
//!
//! To add a rule: a variant in [`reasons`](SuppressReason) with its sentences, its place in this table, a row in the
//! tests. A rule may only ever take away: whatever forbids a message today forbids it with more facts, too.

#[cfg(test)]
mod climbs;
mod ladder;
mod prices;
#[cfg(test)]
mod properties;
mod question;
mod reached;
mod reasons;
mod routes;
mod said;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod world;

use kernel::{AccountId, Address, ContactPointId, OpenDays, Timestamp, Zone};
use serde::{Deserialize, Serialize};

pub use ladder::{Group, LONGEST, Ladder, Rule, Rung, Scope, USUAL};
pub use prices::{Cost, Kind, Priced, Prices, Tariff, Told};
pub use question::{
    Approval, Budget, Complaint, Disclosure, Follows, Past, Question, Rank, Reach, Reports, Sender, Sensitivity, Timing, VisitCheck,
    VisitPin, Whom, Wish, Words,
};
pub use reached::{Plan, Reached, Reader, Way, reached};
pub use reasons::{ChannelReason, HoldReason, SuppressReason, Why};
pub use said::{Occasion, said_key};

use crate::actors::Channel;
use crate::consents::Purpose;
use crate::patients::{Bots, Standing};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Verdict {
    Allow {
        route: Route,
        form: Form,
        why: Why,
    },
    Hold {
        until: Timestamp,
        reason: HoldReason,
        why: Why,
    },
    Suppress {
        reason: SuppressReason,
        why: Why,
    },
    /// Suppressed, and a person must call or decide instead.
    Task {
        reason: SuppressReason,
        why: Why,
    },
}

/// Where a message goes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Route {
    pub channel: Channel,
    pub account: AccountId,
    pub contact: Option<ContactPointId>,
    pub to: Address,
}

/// Our own words, or a template that the channel has approved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    #[default]
    Free,
    Template,
}

/// What the facts say at the moment of sending.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recheck {
    Go,
    Hold { until: Timestamp, reason: HoldReason },
    Stop { reason: SuppressReason },
}

/// Whether, when and where it may go. Ask for waiting messages in the order of their rank, and let what was allowed
/// stand in the history of the next question.
pub fn decide(question: &Question<'_>) -> Verdict {
    if let Some(reason) = forbidden(question).or_else(|| said::again(question)) {
        return stopped(&question.wish, reason, None);
    }
    let path = match routes::choose(question) {
        Ok(path) => path,
        Err(reason) => return stopped(&question.wish, reason, None),
    };
    let channel = (path.route.channel, path.reason);
    match wait(question) {
        Wait::Over => Verdict::Allow { route: path.route, form: path.form, why: Why::going(channel.0, channel.1) },
        Wait::Until(until, reason) => {
            Verdict::Hold { until, reason, why: Why { channel: Some(channel), held: Some((until, reason)), suppressed: None } }
        }
        Wait::Useless(reason) => stopped(&question.wish, reason, Some(channel)),
    }
}

/// The same rules over fresh facts for a message whose way is already chosen, just before it leaves. The daily cap,
/// repeats, the ladder and the clinic's hours were settled when it was queued.
pub fn recheck(question: &Question<'_>, route: &Route, form: Form) -> Recheck {
    if let Some(reason) = forbidden(question).or_else(|| routes::blocked(question, route, form)) {
        return Recheck::Stop { reason };
    }
    match quiet_until(question) {
        None => Recheck::Go,
        Some(until) if question.wish.is_of_use_at(until) => Recheck::Hold { until, reason: HoldReason::QuietHours },
        Some(_) => Recheck::Stop { reason: SuppressReason::Stale },
    }
}

/// How many minutes a message may wait on its route for word of its delivery before it goes to the next rung of the ladder.
/// None: it does not climb by itself.
pub fn patience(question: &Question<'_>, route: &Route) -> Option<u32> {
    routes::patience(question, route)
}

/// How long a message may wait there to leave at all, while its account is out of order. None: for as long as it takes.
pub fn unsent_patience(question: &Question<'_>, route: &Route) -> Option<u32> {
    routes::unsent_patience(question, route)
}

/// Whether somebody must do what the bot may not or cannot. What has gone already, and only found no further rung, asks for nobody.
pub fn calls_for_a_person(wish: &Wish<'_>, reason: SuppressReason) -> bool {
    if wish.follows == Follows::Undelivered {
        return false;
    }
    let at_least = match reason {
        SuppressReason::NoBots => Rank::Care,
        SuppressReason::NotReachable
        | SuppressReason::NotVerified
        | SuppressReason::WindowClosed
        | SuppressReason::TemplatePaused
        | SuppressReason::TemplateNotApproved
        | SuppressReason::TemplateAdvertises
        | SuppressReason::OverBudget
        | SuppressReason::Refused => Rank::Visit,
        SuppressReason::OptedOut | SuppressReason::NoConsent => Rank::Safety,
        SuppressReason::Deceased
        | SuppressReason::OpenComplaint
        | SuppressReason::Duplicate
        | SuppressReason::OverCap
        | SuppressReason::Stale
        | SuppressReason::VisitChanged
        | SuppressReason::GoneBefore
        | SuppressReason::ArrivedAfterAll => return false,
    };
    wish.sender == Sender::Bot && wish.purpose == Purpose::Service && wish.rank >= at_least
}

fn stopped(wish: &Wish<'_>, reason: SuppressReason, channel: Option<(Channel, ChannelReason)>) -> Verdict {
    let why = Why { channel, held: None, suppressed: Some(reason) };
    if calls_for_a_person(wish, reason) { Verdict::Task { reason, why } } else { Verdict::Suppress { reason, why } }
}

/// What no channel and no waiting can mend.
fn forbidden(question: &Question<'_>) -> Option<SuppressReason> {
    let wish = &question.wish;
    let (bots, standings) = match question.whom {
        Whom::Patient { recipient, about, .. } => ([recipient.bots, about.bots], [about.standing, recipient.standing]),
        Whom::Stranger { .. } => ([Bots::Welcome; 2], [Standing::Lead; 2]),
    };
    if standings.contains(&Standing::Deceased) {
        return Some(SuppressReason::Deceased);
    }
    if wish.visit == VisitCheck::Changed {
        return Some(SuppressReason::VisitChanged);
    }
    if !wish.is_of_use_at(question.now) {
        return Some(SuppressReason::Stale);
    }
    // The list names the patient, not who speaks for them: a refused mother still hears about her child's visit.
    if (standings[0] == Standing::Refused && wish.is_bots_own()) || (standings.contains(&Standing::Refused) && wish.is_cheerful()) {
        return Some(SuppressReason::Refused);
    }
    if wish.sender == Sender::Bot && bots.contains(&Bots::NoBots) {
        return Some(SuppressReason::NoBots);
    }
    if question.complaint == Complaint::Open && wish.is_cheerful() {
        return Some(SuppressReason::OpenComplaint);
    }
    None
}

enum Wait {
    Over,
    Until(Timestamp, HoldReason),
    Useless(SuppressReason),
}

fn wait(question: &Question<'_>) -> Wait {
    let wish = &question.wish;
    let quiet = quiet_until(question).map(|until| (until, HoldReason::QuietHours));
    let closed = closed_until(question).map(|until| (until, HoldReason::OutOfHours));
    let polite = quiet.into_iter().chain(closed).max_by_key(|(until, _)| *until);
    if let Some((until, _)) = polite
        && !wish.is_of_use_at(until)
    {
        return Wait::Useless(SuppressReason::Stale);
    }
    // A message held until the morning counts for the day on which it goes.
    let goes_at = polite.map_or(question.now, |(until, _)| until);
    match enough_until(question, goes_at) {
        None => polite.map_or(Wait::Over, |(until, reason)| Wait::Until(until, reason)),
        Some(until) if wish.rank == Rank::Greeting || question.clinic.daily_cap == 0 || !wish.is_of_use_at(until) => {
            Wait::Useless(SuppressReason::OverCap)
        }
        Some(until) => Wait::Until(until, HoldReason::DailyCap),
    }
}

fn quiet_until(question: &Question<'_>) -> Option<Timestamp> {
    let wish = &question.wish;
    if wish.is_awaited() || wish.timing == Timing::Insisted {
        return None;
    }
    question.clinic.quiet_hours.until_allowed(question.now, zone(question))
}

/// Patients must not get used to answers on Sunday: what a person writes while the clinic is closed goes at opening.
fn closed_until(question: &Question<'_>) -> Option<Timestamp> {
    let wish = &question.wish;
    if wish.sender == Sender::Bot || wish.rank == Rank::Safety || wish.timing == Timing::Insisted {
        return None;
    }
    let clinic = question.clinic;
    let days = OpenDays { hours: &clinic.hours, exceptions: &clinic.exceptions, zone: &clinic.zone };
    // A clinic that never opens again has nobody to wait for.
    days.next_opening(question.now).filter(|opening| *opening > question.now)
}

/// The next morning, if the reader has had enough on the day of `at`.
fn enough_until(question: &Question<'_>, at: Timestamp) -> Option<Timestamp> {
    let wish = &question.wish;
    if !wish.is_bots_own() || wish.timing == Timing::Insisted {
        return None;
    }
    let zone = zone(question);
    let day = at.date(zone);
    let midnight = zone.start_of(day);
    let is_service = |purpose: Purpose| purpose == Purpose::Service;
    let same_kind = |past: &&Past<'_>| {
        past.at >= midnight && past.sender == Sender::Bot && past.rank < Rank::Reply && is_service(past.purpose) == is_service(wish.purpose)
    };
    let today = || question.history.iter().filter(same_kind);
    if today().take(question.clinic.daily_cap as usize).count() < question.clinic.daily_cap as usize {
        return None;
    }
    let midnight_after = zone.start_of(day.tomorrow().unwrap_or(day));
    let morning = question.clinic.quiet_hours.until_allowed(midnight_after, zone).unwrap_or(midnight_after);
    let crowded_out = wish.rank == Rank::Visit && !wish.is_of_use_at(morning) && today().all(|past| past.rank < Rank::Visit);
    if crowded_out && question.clinic.daily_cap > 0 { None } else { Some(morning) }
}

/// Where the reader lives.
fn zone<'a>(question: &Question<'a>) -> &'a Zone {
    match question.whom {
        Whom::Patient { recipient, .. } => recipient.zone.as_ref().unwrap_or(&question.clinic.zone),
        Whom::Stranger { .. } => &question.clinic.zone,
    }
}
