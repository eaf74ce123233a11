//! Which way a message goes: over the reader's contact points and the clinic's connected accounts.

use std::cmp::Reverse;

use kernel::Timestamp;

use super::ladder::Rule;
use super::prices::{Kind, Priced};
use super::question::{Approval, Budget, Disclosure, Follows, Question, Rank, Reach, Reports, Sender, Sensitivity, Whom};
use super::{ChannelReason, Form, Route, SuppressReason};
use crate::consents::Standing;
use crate::patients::{ContactPoint, ContactState, Patient, Sureness};
use crate::texts::segments;

pub(super) struct Path {
    pub route: Route,
    pub form: Form,
    pub reason: ChannelReason,
}

/// The best way that is open, or what stands in the way of the one that is nearest to open.
pub(super) fn choose(question: &Question<'_>) -> Result<Path, SuppressReason> {
    match question.whom {
        Whom::Patient { recipient, contacts, .. } => choose_for(question, recipient, contacts),
        Whom::Stranger { .. } => answer_stranger(question),
    }
}

/// What has come to stand in the way of a route that was chosen before.
pub(super) fn blocked(question: &Question<'_>, route: &Route, form: Form) -> Option<SuppressReason> {
    let reach = question.reaches.iter().find(|reach| reach.account == route.account && reach.channel == route.channel);
    let Some(reach) = reach else { return Some(SuppressReason::NotReachable) };
    let open = match question.whom {
        Whom::Patient { contacts, .. } => {
            let contact = contacts.iter().find(|contact| Some(contact.id) == route.contact && contact.address == route.to);
            contact.ok_or(SuppressReason::NotReachable).and_then(|contact| open(question, contact, reach))
        }
        Whom::Stranger { wrote_at, .. } => open_to_stranger(question, reach, wrote_at),
    };
    match open {
        Err(reason) => Some(reason),
        // Written in our own words for a window that has closed since.
        Ok(Form::Template) if form == Form::Free => Some(SuppressReason::WindowClosed),
        Ok(_) => None,
    }
}

fn choose_for(question: &Question<'_>, recipient: &Patient, contacts: &[ContactPoint]) -> Result<Path, SuppressReason> {
    let mut nearest = SuppressReason::NotReachable;
    let mut best: Option<(&ContactPoint, &Reach, Form)> = None;
    let mut ways = 0_u32;
    let rule = question.rule();
    let is_asked = |reach: &&Reach| match question.wish.follows {
        Follows::Nothing => question.wish.chosen.is_none_or(|chosen| chosen == reach.channel),
        // by itself it goes to no channel that the clinic has not put on the ladder
        Follows::Undelivered => rule.is_some_and(|rule| rule.place(reach.channel) != usize::MAX),
    };
    for contact in contacts {
        let reaches = question.reaches.iter().filter(|reach| reach.channel.reaches(&contact.address));
        for reach in reaches.filter(is_asked) {
            match open_untried(question, contact, reach) {
                Err(reason) => nearest = if nearness(reason) > nearness(nearest) { reason } else { nearest },
                Ok(form) => {
                    ways += 1;
                    let order = |contact, reach, form| order(question, (rule, recipient), contact, (reach, form));
                    if best.is_none_or(|(other, its, own)| order(contact, reach, form) < order(other, its, own)) {
                        best = Some((contact, reach, form));
                    }
                }
            }
        }
    }
    let (contact, reach, form) = best.ok_or(nearest)?;
    let reason = reason(question, (rule, recipient), (contact, reach), ways);
    let route = Route { channel: reach.channel, account: reach.account, contact: Some(contact.id), to: contact.address.clone() };
    Ok(Path { route, form, reason })
}

fn answer_stranger(question: &Question<'_>) -> Result<Path, SuppressReason> {
    let Whom::Stranger { address, account, wrote_at } = question.whom else { return Err(SuppressReason::NotReachable) };
    let mut reaches = question.reaches.iter().filter(|reach| reach.account == account && reach.channel.reaches(address));
    let reach = reaches.find(|reach| question.wish.chosen.is_none_or(|chosen| chosen == reach.channel));
    let reach = reach.ok_or(SuppressReason::NotReachable)?;
    let form = open_to_stranger(question, reach, wrote_at)?;
    let route = Route { channel: reach.channel, account, contact: None, to: address.clone() };
    Ok(Path { route, form, reason: ChannelReason::OnlyOne })
}

fn open_to_stranger(question: &Question<'_>, reach: &Reach, wrote_at: Timestamp) -> Result<Form, SuppressReason> {
    if question.wish.is_bots_own() {
        return Err(SuppressReason::NotReachable);
    }
    permitted(question, reach, Sureness::Unverified)?;
    window(question.now, reach, Some(wrote_at))
}

fn open_untried(question: &Question<'_>, contact: &ContactPoint, reach: &Reach) -> Result<Form, SuppressReason> {
    let form = open(question, contact, reach)?;
    if question.tried.contains(&contact.id) { Err(SuppressReason::NotReachable) } else { Ok(form) }
}

fn open(question: &Question<'_>, contact: &ContactPoint, reach: &Reach) -> Result<Form, SuppressReason> {
    match contact.state {
        ContactState::Unreachable { .. } | ContactState::NotTheirs { .. } => return Err(SuppressReason::NotReachable),
        ContactState::OptedOut { .. } => return Err(SuppressReason::OptedOut),
        ContactState::Open => {}
    }
    permitted(question, reach, contact.sureness)?;
    let form = window(question.now, reach, contact.last_inbound_at)?;
    let wish = &question.wish;
    if reach.budget == Budget::Spent && wish.sender == Sender::Bot && !wish.is_awaited() {
        return Err(SuppressReason::OverBudget);
    }
    Ok(form)
}

fn permitted(question: &Question<'_>, reach: &Reach, sureness: Sureness) -> Result<(), SuppressReason> {
    let wish = &question.wish;
    if !wish.is_awaited() && question.consents.allows(wish.purpose, reach.channel, question.now) != Standing::Given {
        return Err(SuppressReason::NoConsent);
    }
    if reach.disclosure == Disclosure::AfterProof && sureness != Sureness::Verified && wish.is_bots_knowledge() {
        return Err(SuppressReason::NotVerified);
    }
    let is_private = matches!(reach.disclosure, Disclosure::Private | Disclosure::AfterProof);
    let is_safe = sureness == Sureness::Verified && is_private;
    if wish.sensitivity == Sensitivity::Sensitive && !is_safe { Err(SuppressReason::NotVerified) } else { Ok(()) }
}

fn window(now: Timestamp, reach: &Reach, last_inbound_at: Option<Timestamp>) -> Result<Form, SuppressReason> {
    let is_open = reach.window.is_none_or(|window| last_inbound_at.is_some_and(|at| now < at + window));
    match reach.approval {
        _ if is_open => Ok(Form::Free),
        Approval::Approved => Ok(Form::Template),
        Approval::Missing => Err(SuppressReason::WindowClosed),
        Approval::Paused => Err(SuppressReason::TemplatePaused),
        Approval::NotApproved => Err(SuppressReason::TemplateNotApproved),
        Approval::Advertises => Err(SuppressReason::TemplateAdvertises),
    }
}

/// How near to open a way is that is closed for this reason.
const fn nearness(reason: SuppressReason) -> u8 {
    match reason {
        SuppressReason::OptedOut => 1,
        SuppressReason::NoConsent => 2,
        SuppressReason::NotVerified => 3,
        SuppressReason::WindowClosed => 4,
        SuppressReason::TemplateNotApproved | SuppressReason::TemplateAdvertises => 5,
        SuppressReason::TemplatePaused => 6,
        SuppressReason::OverBudget => 7,
        SuppressReason::NotReachable
        | SuppressReason::Refused
        | SuppressReason::Deceased
        | SuppressReason::NoBots
        | SuppressReason::OpenComplaint
        | SuppressReason::Duplicate
        | SuppressReason::OverCap
        | SuppressReason::Stale
        | SuppressReason::VisitChanged
        | SuppressReason::GoneBefore
        | SuppressReason::ArrivedAfterAll => 0,
    }
}

/// The smallest goes first.
fn order(
    question: &Question<'_>,
    (rule, recipient): (Option<&Rule>, &Patient),
    contact: &ContactPoint,
    (reach, form): (&Reach, Form),
) -> impl Ord + use<> {
    let wish = &question.wish;
    let answered = Reverse(contact.last_inbound_at);
    let answers = if wish.rank == Rank::Reply { answered } else { Reverse(None) };
    let sureness = match contact.sureness {
        Sureness::Verified => 0_u8,
        Sureness::Unverified => 1,
        Sureness::Shared => 2,
    };
    let second_best = recipient.preferred_channel != Some(reach.channel);
    let rung = rule.map_or(0, |rule| rule.place(reach.channel));
    let cost = reach.tariff.weight(&priced(question, contact, form));
    (answers, second_best, rung, answered, cost, sureness, contact.created_at, contact.id)
}

/// What its price depends on. How many parts a text has is only asked where somebody has typed a price in.
fn priced<'a>(question: &Question<'_>, contact: &'a ContactPoint, form: Form) -> Priced<'a> {
    let has_prices = question.reaches.iter().any(|reach| reach.tariff.counts_parts());
    let parts = if has_prices { segments(question.wish.words.0).parts } else { 1 };
    Priced { to: &contact.address, kind: Kind::of(form, question.wish.purpose), parts: u32::try_from(parts).unwrap_or(u32::MAX) }
}

/// How long a message may wait on this route for word that it has arrived, in minutes, before it goes to the next rung.
pub(super) fn patience(question: &Question<'_>, route: &Route) -> Option<u32> {
    let reach = question.reaches.iter().find(|reach| reach.account == route.account && reach.channel == route.channel)?;
    unsent_patience(question, route).filter(|_| reach.reports == Reports::Delivery)
}

/// The same for what has not left: that it has not, is known of every channel.
pub(super) fn unsent_patience(question: &Question<'_>, route: &Route) -> Option<u32> {
    let climbs = question.wish.is_bots_own() && question.wish.chosen.is_none();
    question.rule().filter(|_| climbs)?.minutes_on(route.channel)
}

fn reason(
    question: &Question<'_>,
    (rule, recipient): (Option<&Rule>, &Patient),
    (contact, reach): (&ContactPoint, &Reach),
    ways: u32,
) -> ChannelReason {
    let answers = question.wish.rank == Rank::Reply && contact.last_inbound_at.is_some();
    if question.wish.chosen.is_some() {
        ChannelReason::Chosen
    } else if !question.tried.is_empty() {
        ChannelReason::NextInLadder
    } else if recipient.preferred_channel == Some(reach.channel) && !answers {
        ChannelReason::Preferred
    } else if ways == 1 {
        ChannelReason::OnlyOne
    } else if rule.is_some_and(|rule| rule.place(reach.channel) != usize::MAX) && !answers {
        ChannelReason::Ladder
    } else if contact.last_inbound_at.is_some() {
        ChannelReason::LastAnswered
    } else {
        ChannelReason::Cheapest
    }
}
