//! Whom a ladder would reach, rung by rung, and what it would cost: asked before it is saved. Counted over the newest cards of
//! a clinic, never more than so many, by the gate itself.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::{ClinicId, Currency, PatientId, Price, Timestamp};

use channels::{Means, Receipts};
use clinic::actors::Channel;
use clinic::consents::{Ledger, Purpose};
use clinic::gate::{Approval, Group, Ladder, Plan, Reach, Reached, Reader, Reports, Rule, Sender, Tariff, Way, Words, reached};
use clinic::outbox::Outbound;
use clinic::templates::{Category, State};
use clinic::texts::segments;
use store::Tx;
use store::newest::Newest;

use crate::bot::facts;
use crate::bot::gating::reaches;
use crate::{ActError, Desk};

/// So many cards tell what all would: a share is off by one in a hundred at most.
const CARDS: u32 = 10_000;
/// So many messages tell how long they are and how many there are in a month.
const MESSAGES: u32 = 1_000;
const MONTH: Duration = Duration::from_hours(30 * 24);
/// A text message in parts, where nothing has been sent yet.
const USUAL_PARTS: u32 = 2;
/// Shown by name.
const NAMED: usize = 200;

/// How a ladder would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LadderReach {
    /// Of whom it speaks, among the cards that were looked at.
    pub patients: u32,
    pub looked_at: Looked,
    pub rungs: Vec<RungReach>,
    /// Reached by no rung, but where the gate would write without one.
    pub elsewhere: u32,
    pub nowhere: u32,
    /// To whom the bot does not write.
    pub left_out: u32,
    /// Of a text message.
    pub parts: u32,
    /// What a hundred messages cost if each arrives at its first try, and if none does before the last.
    pub hundred: Option<(Price, Price)>,
    /// The same for as many as went in the last thirty days, and how many those were.
    pub month: Option<(Price, Price)>,
    pub month_messages: u32,
    /// They cost, but nobody has typed in what.
    pub unpriced: Vec<Channel>,
}

/// Whether all cards of the clinic were looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Looked {
    AtAll,
    AtTheNewest(u32),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RungReach {
    pub channel: Channel,
    /// Who can be written to there.
    pub here: u32,
    /// There or on a rung before.
    pub so_far: u32,
}

/// A channel on which something can be written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct LadderChannel {
    pub channel: Channel,
    pub reports: Reports,
}

/// All of them; what the cards say of their reports.
pub fn ladder_channels() -> Vec<LadderChannel> {
    let written = channels::registry().iter().filter(|connector| connector.card().means == Means::Words);
    let known = written.map(|connector| LadderChannel {
        channel: connector.channel(),
        reports: match connector.card().receipts {
            Receipts::None | Receipts::SometimesDelivered => Reports::Nothing,
            Receipts::Delivered | Receipts::DeliveredAndRead => Reports::Delivery,
        },
    });
    known.collect()
}

/// Whether a provider asks money for what is written on a channel.
pub fn is_paid_for(channel: Channel) -> bool {
    let card = channels::connector(channel).map(channels::Connector::card);
    card.is_some_and(|card| card.means == Means::Words && card.cost != channels::Cost::Free)
}

/// What the page shows before a rule is saved.
pub async fn ladder_reach(desk: &Desk, clinic: ClinicId, rule: Rule) -> Result<LadderReach, ActError> {
    desk.look(move |tx, now| {
        let known = Known::read(tx, clinic, &rule, now)?;
        let mut reach = LadderReach::empty(&rule, &known);
        let (mut first, mut most) = (0_u64, 0_u64);
        for about in &known.newest.cards {
            let Some(found) = known.reached(about, &rule) else { continue };
            reach.patients += 1;
            match found {
                Reached::LeftOut => reach.left_out += 1,
                Reached::Nowhere => reach.nowhere += 1,
                Reached::Over(ways) => {
                    reach.count(&ways);
                    let cost = |way: &Way| way.cost.map_or(0, |cost| cost.price.millionths);
                    first += ways.first().map_or(0, cost);
                    most += ways.iter().map(cost).sum::<u64>();
                }
            }
        }
        let reached = u64::from(reach.patients - reach.left_out - reach.nowhere);
        let of_many = |sum: u64, many: u64| Price::new((sum * many).checked_div(reached).unwrap_or_default(), known.currency);
        if known.reaches.iter().any(|reach| !matches!(reach.tariff, Tariff::Free)) && reached > 0 {
            let month = u64::from(reach.month_messages);
            reach.hundred = Some((of_many(first, 100), of_many(most, 100)));
            reach.month = (month > 0).then(|| (of_many(first, month), of_many(most, month)));
        }
        Ok(reach)
    })
    .await
}

/// Somebody whom no channel reaches.
#[derive(Debug, Clone)]
pub struct Unreached {
    pub id: PatientId,
    pub given: String,
    pub family: String,
}

/// The newest of them, by name; and how many there are.
pub async fn unreached(desk: &Desk, clinic: ClinicId, rule: Rule) -> Result<(Vec<Unreached>, u32), ActError> {
    desk.look(move |tx, now| {
        let known = Known::read(tx, clinic, &rule, now)?;
        let nowhere = known.newest.cards.iter().filter(|about| known.reached(about, &rule) == Some(Reached::Nowhere));
        let all: Vec<Unreached> = nowhere
            .map(|patient| Unreached { id: patient.id, given: patient.name.given().to_owned(), family: patient.name.family().to_owned() })
            .collect();
        let many = u32::try_from(all.len()).unwrap_or(u32::MAX);
        Ok((all.into_iter().take(NAMED).collect(), many))
    })
    .await
}

/// What is counted over.
struct Known {
    clinic: clinic::clinics::Clinic,
    currency: Currency,
    purpose: Purpose,
    reaches: Vec<Reach>,
    /// The rule alone: whoever it speaks of is asked by it.
    ladder: Ladder,
    newest: Newest,
    words: String,
    parts: u32,
    month_messages: u32,
    now: Timestamp,
}

impl Known {
    fn read(tx: &mut Tx<'_>, clinic: ClinicId, rule: &Rule, now: Timestamp) -> Result<Self, ActError> {
        // of a rule for every purpose the reminders and answers count: they are nearly all
        let purpose = rule.scope.purpose.unwrap_or(Purpose::Service);
        let clinic = facts::clinic(tx, clinic)?;
        let reaches = reaches(tx, clinic.id)?.to_vec();
        let reaches = with_texts(tx, reaches, purpose)?;
        let newest = store::newest::cards(tx, clinic.id, CARDS)?;
        let said = store::newest::said(tx, clinic.id, now - MONTH, MESSAGES)?;
        let ladder = if rule.rungs.is_empty() { Ladder::default() } else { Ladder::default().with(rule.clone()) };
        let mut known = Self {
            currency: Currency::of_region(&clinic.region),
            clinic,
            purpose,
            reaches,
            ladder,
            newest,
            words: String::new(),
            parts: USUAL_PARTS,
            month_messages: 0,
            now,
        };
        known.learn(rule, &said);
        // as many letters as that many parts hold
        known.words = "x".repeat(if known.parts == 1 { 100 } else { 153 * known.parts as usize });
        Ok(known)
    }

    /// How long such messages are, and how many go in a month.
    fn learn(&mut self, rule: &Rule, said: &[Outbound]) {
        let cards: BTreeMap<PatientId, usize> = self.newest.cards.iter().enumerate().map(|(place, card)| (card.id, place)).collect();
        let fits = |message: &&Outbound| {
            let about = message.patient.and_then(|patient| cards.get(&patient)).map(|place| &self.newest.cards[*place]);
            message.sender() == Sender::Bot
                && rule.scope.purpose.is_none_or(|purpose| purpose == message.purpose)
                && (rule.scope.group.is_none() || about.is_some_and(|about| self.speaks_of(about, rule)))
        };
        let fitting: Vec<&Outbound> = said.iter().filter(fits).collect();
        let many = u32::try_from(fitting.len()).unwrap_or(u32::MAX);
        if many == 0 {
            return;
        }
        let parts: usize = fitting.iter().map(|message| segments(&message.content.text).parts).sum();
        self.parts = u32::try_from(parts).unwrap_or(u32::MAX).div_ceil(many).max(1);
        self.month_messages = many;
        // more than were looked at: as many as there would be if the whole month went like its end
        if let Some(oldest) = said.last().filter(|_| said.len() >= MESSAGES as usize) {
            let span = (self.now.as_millis() - oldest.created_at.as_millis()).max(1);
            let month = i64::try_from(MONTH.as_millis()).unwrap_or(i64::MAX);
            self.month_messages = u32::try_from(i64::from(many) * month / span).unwrap_or(u32::MAX);
        }
    }

    fn speaks_of(&self, about: &clinic::patients::Patient, rule: &Rule) -> bool {
        let Some(reader) = self.newest.reader(about) else { return rule.scope.group.is_none() };
        rule.scope.fits(self.purpose, &Group::of(reader, about, self.now.date(&self.clinic.zone)))
    }

    /// None: the rule does not speak of them.
    fn reached(&self, about: &clinic::patients::Patient, rule: &Rule) -> Option<Reached> {
        if !self.speaks_of(about, rule) {
            return None;
        }
        let Some(recipient) = self.newest.reader(about) else { return Some(Reached::Nowhere) };
        let contacts = self.newest.contacts.get(&recipient.id).map_or([].as_slice(), Vec::as_slice);
        let consents = self.newest.consents.get(&about.id).map_or([].as_slice(), Vec::as_slice);
        let plan = Plan {
            clinic: &self.clinic,
            reaches: &self.reaches,
            ladder: &self.ladder,
            purpose: self.purpose,
            words: Words(&self.words),
            now: self.now,
        };
        Some(reached(&plan, &Reader { recipient, about, contacts, consents: Ledger(consents) }))
    }
}

/// Which text will be sent is not known yet: that one of the kind is approved is what can be counted on.
fn with_texts(tx: &mut Tx<'_>, mut reaches: Vec<Reach>, purpose: Purpose) -> Result<Vec<Reach>, ActError> {
    let category = if purpose == Purpose::Service { Category::Utility } else { Category::Marketing };
    for reach in reaches.iter_mut().filter(|reach| reach.window.is_some()) {
        let texts = store::templates::of_account(tx, reach.account)?;
        if texts.iter().any(|text| text.category == category && text.state == State::Approved) {
            reach.approval = Approval::Approved;
        }
    }
    Ok(reaches)
}

impl LadderReach {
    fn empty(rule: &Rule, known: &Known) -> Self {
        let looked = u32::try_from(known.newest.cards.len()).unwrap_or(u32::MAX);
        let unpriced = known.reaches.iter().filter(|reach| {
            matches!(&reach.tariff, Tariff::PerMessage(prices) | Tariff::PerSegment(prices) if prices.is_empty())
                && (rule.rungs.is_empty() || rule.place(reach.channel) != usize::MAX)
        });
        let mut unpriced: Vec<Channel> = unpriced.map(|reach| reach.channel).collect();
        unpriced.dedup();
        Self {
            patients: 0,
            looked_at: if looked < CARDS { Looked::AtAll } else { Looked::AtTheNewest(looked) },
            rungs: rule.rungs.iter().map(|rung| RungReach { channel: rung.channel, here: 0, so_far: 0 }).collect(),
            elsewhere: 0,
            nowhere: 0,
            left_out: 0,
            parts: known.parts,
            hundred: None,
            month: None,
            month_messages: known.month_messages,
            unpriced,
        }
    }

    fn count(&mut self, ways: &[Way]) {
        let mut is_reached = false;
        for rung in &mut self.rungs {
            let here = ways.iter().any(|way| way.channel == rung.channel);
            is_reached |= here;
            rung.here += u32::from(here);
            rung.so_far += u32::from(is_reached);
        }
        self.elsewhere += u32::from(!is_reached);
    }
}
