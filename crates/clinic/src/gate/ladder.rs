//! The ladder of a clinic: on which channels a message is tried, one after another, and how long each of them may go
//! without word that it has arrived.
//!
//! A rule speaks of a purpose and of a group of patients, or of all of them. Of the rules that fit, the most specific
//! counts: purpose and group, then purpose, then group, then neither. Where no rule fits the gate does what it always does:
//! where the patient last answered, else the cheapest. What a patient prefers goes before any rung.
//!
//! A message climbs by itself only from a channel that reports delivery. From one that does not, nobody can tell 'not
//! delivered' from 'delivered'; there only the playbook's own step goes on, when no answer has come.
//!
//! To add a group: a variant with its name, its place in [`Group::of`], and its words in `ladder.ftl`.

use std::collections::BTreeSet;

use kernel::{Date, Locale, Refusal};
use serde::{Deserialize, Serialize};

use crate::actors::Channel;
use crate::consents::Purpose;
use crate::patients::{Patient, Standing};

/// In minutes: a day. What waits longer than that is a matter for a playbook.
pub const LONGEST: u32 = 24 * 60;
/// What a new rung begins with, in minutes.
pub const USUAL: u32 = 30;
/// From this age on.
const SENIOR: i16 = 65;

#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Ladder {
    rules: Vec<Rule>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub scope: Scope,
    /// The first is tried first. Each channel once.
    pub rungs: Vec<Rung>,
}

/// Of which messages a rule speaks. None: of all.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Scope {
    pub purpose: Option<Purpose>,
    pub group: Option<Group>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Rung {
    pub channel: Channel,
    /// Without a report of delivery, until the next one is tried.
    pub minutes: u32,
}

/// Patients whom a rule can speak of, by what stands on their cards. Who is in several is in the first of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Messages about a child, read by the guardian.
    Children,
    /// Not yet a patient.
    Leads,
    Seniors,
    /// By the language of whoever reads.
    Speaking(Locale),
}

impl Group {
    pub const ALL: [Self; 7] = [
        Self::Children,
        Self::Leads,
        Self::Seniors,
        Self::Speaking(Locale::En),
        Self::Speaking(Locale::Ru),
        Self::Speaking(Locale::Hu),
        Self::Speaking(Locale::Fa),
    ];

    pub const fn name(self) -> &'static str {
        match self {
            Self::Children => "children",
            Self::Leads => "leads",
            Self::Seniors => "seniors",
            Self::Speaking(Locale::En) => "speaking-en",
            Self::Speaking(Locale::Ru) => "speaking-ru",
            Self::Speaking(Locale::Hu) => "speaking-hu",
            Self::Speaking(Locale::Fa) => "speaking-fa",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|group| group.name() == name)
    }

    /// The groups of a message: about whom it is, and who reads it. The one that counts first is first.
    pub fn of(reader: &Patient, about: &Patient, today: Date) -> Vec<Self> {
        let is_child = about.id != reader.id || about.guardian.is_some() || about.is_minor(today);
        let is_senior = reader.age(today).is_some_and(|age| age >= SENIOR);
        let groups = [
            (Self::Children, is_child),
            (Self::Leads, about.standing == Standing::Lead),
            (Self::Seniors, is_senior),
            (Self::Speaking(reader.locale), true),
        ];
        groups.into_iter().filter(|(_, is_in)| *is_in).map(|(group, _)| group).collect()
    }
}

impl Scope {
    /// For what a clinic writes by itself.
    pub const PURPOSES: [Purpose; 3] = [Purpose::Service, Purpose::Reviews, Purpose::Marketing];

    pub fn fits(self, purpose: Purpose, groups: &[Group]) -> bool {
        self.purpose.is_none_or(|own| own == purpose) && self.group.is_none_or(|own| groups.contains(&own))
    }

    /// The smallest counts: a purpose before a group, and of several groups the first of the message's.
    fn order(self, groups: &[Group]) -> (bool, usize) {
        let place = self.group.and_then(|own| groups.iter().position(|group| *group == own));
        (self.purpose.is_none(), place.unwrap_or(usize::MAX))
    }
}

impl Rule {
    /// As it was filled in, or what cannot stay so.
    pub fn checked(self) -> Result<Self, Refusal> {
        if self.scope.purpose.is_some_and(|purpose| !Scope::PURPOSES.contains(&purpose)) {
            return Err(Refusal::new("ladder.purpose").at("purpose"));
        }
        if self.rungs.is_empty() {
            return Err(Refusal::new("ladder.no-rungs").at("rungs"));
        }
        let mut known = BTreeSet::new();
        for (place, rung) in (1_u32..).zip(&self.rungs) {
            if rung.channel == Channel::Telephone {
                return Err(Refusal::new("ladder.nothing-written").at("rungs"));
            }
            if !known.insert(rung.channel) {
                return Err(Refusal::new("ladder.channel-twice").at("rungs"));
            }
            if !(1..=LONGEST).contains(&rung.minutes) {
                return Err(Refusal::new("ladder.minutes").at("minutes").with("place", place).with("most", LONGEST));
            }
        }
        Ok(self)
    }

    /// Where a channel stands; behind all others if it is no rung.
    pub fn place(&self, channel: Channel) -> usize {
        self.rungs.iter().position(|rung| rung.channel == channel).unwrap_or(usize::MAX)
    }

    /// How long a message waits there for word of its delivery. What a patient prefers and no rung names gets as long as
    /// the first rung. None: there is no other rung to go to.
    pub fn minutes_on(&self, channel: Channel) -> Option<u32> {
        self.rungs.iter().find(|rung| rung.channel != channel)?;
        let own = self.rungs.iter().find(|rung| rung.channel == channel).or(self.rungs.first());
        own.map(|rung| rung.minutes)
    }
}

impl Ladder {
    /// In the order of what they speak of.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The rule that speaks of exactly this.
    pub fn rule(&self, scope: Scope) -> Option<&Rule> {
        self.rules.iter().find(|rule| rule.scope == scope)
    }

    /// The rule that counts for a message.
    pub fn rule_for(&self, purpose: Purpose, groups: &[Group]) -> Option<&Rule> {
        let fitting = self.rules.iter().filter(|rule| rule.scope.fits(purpose, groups));
        fitting.min_by_key(|rule| rule.scope.order(groups))
    }

    #[must_use]
    pub fn with(mut self, rule: Rule) -> Self {
        self.rules.retain(|known| known.scope != rule.scope);
        self.rules.push(rule);
        self.rules.sort_by_key(|rule| rule.scope);
        self
    }

    /// For these messages the gate decides as it does without a ladder, or by a rule that is less specific.
    #[must_use]
    pub fn without(mut self, scope: Scope) -> Self {
        self.rules.retain(|known| known.scope != scope);
        self
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::sample::Sample;

    const SERVICE: Option<Purpose> = Some(Purpose::Service);
    const CHILDREN: Option<Group> = Some(Group::Children);
    const HUNGARIAN: Option<Group> = Some(Group::Speaking(Locale::Hu));

    fn rule(purpose: Option<Purpose>, group: Option<Group>, channels: &[Channel]) -> Rule {
        let rungs = channels.iter().map(|channel| Rung { channel: *channel, minutes: 10 }).collect();
        Rule { scope: Scope { purpose, group }, rungs }
    }

    #[test]
    fn the_most_specific_rule_counts() {
        let one = |purpose, group| rule(purpose, group, &[Channel::Sms]);
        let all = [
            one(SERVICE, CHILDREN),
            one(SERVICE, HUNGARIAN),
            one(SERVICE, None),
            one(None, CHILDREN),
            one(None, HUNGARIAN),
            one(None, None),
        ];
        let groups = [Group::Children, Group::Speaking(Locale::Hu)];
        for first in 0..all.len() {
            let ladder = all[first..].iter().rev().cloned().fold(Ladder::default(), Ladder::with);
            assert_eq!(ladder.rule_for(Purpose::Service, &groups), Some(&all[first]), "{first}");
        }
        let ladder = all.into_iter().fold(Ladder::default(), Ladder::with);
        for (purpose, groups, expected) in [
            (Purpose::Marketing, vec![Group::Children], (None, CHILDREN)),
            (Purpose::Marketing, vec![Group::Seniors], (None, None)),
            (Purpose::Service, vec![Group::Seniors], (SERVICE, None)),
            (Purpose::Service, vec![Group::Speaking(Locale::Hu)], (SERVICE, HUNGARIAN)),
        ] {
            let found = ladder.rule_for(purpose, &groups).map(|rule| (rule.scope.purpose, rule.scope.group));
            assert_eq!(found, Some(expected), "{purpose:?} {groups:?}");
        }
        let own = Scope { purpose: SERVICE, group: None };
        assert_eq!(ladder.clone().without(own).rule_for(Purpose::Service, &[]).map(|rule| rule.scope), Some(Scope::default()));
        assert_eq!(Ladder::default().rule_for(Purpose::Service, &groups), None);
    }

    #[test]
    fn a_group_is_read_from_the_cards() {
        let world = Sample::new();
        let today: Date = "2026-11-23".parse().unwrap();
        let old = Patient { born_on: Some("1961-11-23".parse().unwrap()), ..world.anna.clone() };
        let almost = Patient { born_on: Some("1961-11-24".parse().unwrap()), ..world.anna.clone() };
        let lead = Patient { standing: Standing::Lead, ..world.anna.clone() };
        let anna = Group::Speaking(world.anna.locale);
        for (name, reader, about, expected) in [
            ("a grown-up", &world.anna, &world.anna, vec![anna]),
            ("a child", &world.dora, &world.mira, vec![Group::Children, Group::Speaking(world.dora.locale)]),
            ("65 today", &old, &old, vec![Group::Seniors, anna]),
            ("65 tomorrow", &almost, &almost, vec![anna]),
            ("a lead", &lead, &lead, vec![Group::Leads, anna]),
        ] {
            assert_eq!(Group::of(reader, about, today), expected, "{name}");
        }
        for group in Group::ALL {
            assert_eq!(Group::named(group.name()), Some(group));
        }
        assert_eq!(Group::named("everybody"), None);
    }

    #[test]
    fn a_rule_that_cannot_be_is_refused_at_its_place() {
        let good = rule(SERVICE, CHILDREN, &[Channel::Whatsapp, Channel::Sms]);
        let minutes = |place: usize, minutes| {
            let mut rule = good.clone();
            rule.rungs[place].minutes = minutes;
            rule
        };
        for (given, expected) in [
            (good.clone(), None),
            (minutes(1, LONGEST), None),
            (rule(None, None, &[]), Some(("ladder.no-rungs", "rungs"))),
            (rule(None, None, &[Channel::Sms, Channel::Email, Channel::Sms]), Some(("ladder.channel-twice", "rungs"))),
            (rule(None, None, &[Channel::Telephone]), Some(("ladder.nothing-written", "rungs"))),
            (rule(Some(Purpose::Photos), None, &[Channel::Sms]), Some(("ladder.purpose", "purpose"))),
            (minutes(1, 0), Some(("ladder.minutes", "minutes"))),
            (minutes(0, LONGEST + 1), Some(("ladder.minutes", "minutes"))),
        ] {
            let refused = given.checked().err();
            assert_eq!(refused.as_ref().map(|refusal| (refusal.code(), refusal.field().unwrap_or_default())), expected);
        }
    }

    #[test]
    fn a_message_waits_as_long_as_its_rung_says() {
        let mut rule = rule(None, None, &[Channel::Whatsapp, Channel::Sms]);
        rule.rungs[1].minutes = 45;
        let table = [(Channel::Whatsapp, Some(10)), (Channel::Sms, Some(45)), (Channel::Viber, Some(10))];
        for (channel, minutes) in table {
            assert_eq!(rule.minutes_on(channel), minutes, "{channel:?}");
        }
        rule.rungs.truncate(1);
        assert_eq!(rule.minutes_on(Channel::Whatsapp), None, "there is nowhere to go");
        assert_eq!(rule.minutes_on(Channel::Viber), Some(10));
    }

    fn scopes() -> impl Strategy<Value = Scope> {
        let purpose = prop::option::of(prop::sample::select(Scope::PURPOSES.to_vec()));
        let group = prop::option::of(prop::sample::select(Group::ALL.to_vec()));
        (purpose, group).prop_map(|(purpose, group)| Scope { purpose, group })
    }

    proptest! {
        #[test]
        fn whatever_the_order_of_saving_the_same_rule_counts(scopes in prop::collection::vec(scopes(), 0..12), turn in 0_usize..12) {
            let saved = |scopes: &[Scope]| scopes.iter().fold(Ladder::default(), |ladder, scope| {
                ladder.with(rule(scope.purpose, scope.group, &[Channel::Sms]))
            });
            let mut turned = scopes.clone();
            if !turned.is_empty() {
                let by = turn % turned.len();
                turned.rotate_left(by);
            }
            let (one, other) = (saved(&scopes), saved(&turned));
            prop_assert_eq!(&one, &other);
            for purpose in Scope::PURPOSES {
                let groups = [Group::Children, Group::Speaking(Locale::Fa)];
                let found = one.rule_for(purpose, &groups).map(|rule| rule.scope);
                // none that fits says more than the one that counts
                let says = |scope: Scope| (scope.purpose.is_some(), scope.group.is_some());
                let most = scopes.iter().filter(|scope| scope.fits(purpose, &groups)).map(|scope| says(*scope)).max();
                prop_assert_eq!(found.map(says), most);
                prop_assert!(found.is_none_or(|scope| scope.fits(purpose, &groups)));
            }
            for scope in scopes {
                prop_assert!(one.clone().without(scope).rule(scope).is_none());
            }
        }
    }
}
