//! The ladder asked by the gate: which rung, and how long a message waits there.

use std::sync::Arc;

use kernel::Currency;
use proptest::prelude::*;

use super::world::{HOUR, Scene, contact, reach};
use super::*;
use crate::patients::ContactState;

/// Minutes of each rung: 10, 20, 30.
fn ladder(scope: Scope, channels: &[Channel]) -> Ladder {
    let rungs = (1..).zip(channels).map(|(place, channel)| Rung { channel: *channel, minutes: place * 10 }).collect();
    Ladder::default().with(Rule { scope, rungs }.checked().expect("a rule"))
}

fn climbs(channels: &[Channel]) -> impl FnOnce(&mut Scene) {
    let ladder = ladder(Scope::default(), channels);
    move |scene| scene.ladder = ladder
}

fn went(scene: &Scene) -> Result<(Channel, ChannelReason), SuppressReason> {
    match scene.verdict() {
        Verdict::Allow { why, .. } | Verdict::Hold { why, .. } => Ok(why.channel.expect("what goes has a channel")),
        Verdict::Suppress { reason, .. } | Verdict::Task { reason, .. } => Err(reason),
    }
}

#[test]
fn the_first_rung_that_reaches_them_comes_after_what_they_prefer_and_before_everything_else() {
    let rungs = [Channel::Sms, Channel::Email];
    let answered = |scene: &mut Scene| scene.contacts[0].last_inbound_at = Some(scene.now - HOUR);
    let tried = |which: usize| move |scene: &mut Scene| scene.tried.push(scene.contacts[which].id);
    let prefers = |scene: &mut Scene| scene.recipient.preferred_channel = Some(Channel::Telegram);
    let follows = |scene: &mut Scene| scene.wish.follows = Follows::Undelivered;
    let vera = || Scene::vera().but(climbs(&rungs));
    let of_others = ladder(Scope { purpose: Some(Purpose::Marketing), group: None }, &rungs);
    for (name, scene, expected) in [
        ("the first rung", vera(), Ok((Channel::Sms, ChannelReason::Ladder))),
        ("though she answered elsewhere", vera().but(answered), Ok((Channel::Sms, ChannelReason::Ladder))),
        ("what she prefers", vera().but(prefers), Ok((Channel::Telegram, ChannelReason::Preferred))),
        (
            "an answer goes where she wrote",
            vera().but(answered).but(|scene| scene.wish.rank = Rank::Reply),
            Ok((Channel::Telegram, ChannelReason::LastAnswered)),
        ),
        ("the first is closed", vera().but(|scene| scene.opt_out(1)), Ok((Channel::Email, ChannelReason::Ladder))),
        ("the first was tried", vera().but(tried(1)), Ok((Channel::Email, ChannelReason::NextInLadder))),
        (
            "by its playbook it leaves the ladder at its end",
            vera().but(tried(1)).but(tried(2)),
            Ok((Channel::Telegram, ChannelReason::NextInLadder)),
        ),
        ("by itself it does not", vera().but(tried(1)).but(tried(2)).but(follows), Err(SuppressReason::NotReachable)),
        ("by itself it goes on", vera().but(tried(1)).but(follows), Ok((Channel::Email, ChannelReason::NextInLadder))),
        (
            "nothing of the ladder reaches her",
            vera().but(|scene| {
                scene.contacts.truncate(1);
            }),
            Ok((Channel::Telegram, ChannelReason::OnlyOne)),
        ),
        (
            "a rule for something else",
            Scene::vera().but(|scene| scene.ladder = of_others),
            Ok((Channel::Telegram, ChannelReason::Cheapest)),
        ),
        ("the rule has gone meanwhile", Scene::vera().but(tried(1)).but(follows), Err(SuppressReason::NotReachable)),
    ] {
        assert_eq!(went(&scene), expected, "{name}");
    }
    let at_its_end = vera().but(tried(1)).but(tried(2)).but(follows);
    assert!(matches!(at_its_end.verdict(), Verdict::Suppress { .. }), "nobody has to call: the first has gone");
}

#[test]
fn a_message_waits_for_its_delivery_only_where_somebody_tells_of_it() {
    let rungs = [Channel::Sms, Channel::Email];
    let vera = || Scene::vera().but(climbs(&rungs));
    let silent = |which: usize| move |scene: &mut Scene| scene.reaches[which].reports = Reports::Nothing;
    let waits = |scene: &Scene| match scene.verdict() {
        Verdict::Allow { route, .. } => scene.asked(|question| patience(question, &route)),
        other => panic!("it goes: {other:?}"),
    };
    for (name, scene, expected) in [
        ("the minutes of the first rung", vera(), Some(10)),
        ("of the second", vera().but(|scene| scene.opt_out(1)), Some(20)),
        (
            "what she prefers and no rung names: of the first",
            vera().but(|scene| scene.recipient.preferred_channel = Some(Channel::Telegram)),
            Some(10),
        ),
        ("nobody tells", vera().but(silent(1)), None),
        ("no ladder", Scene::vera(), None),
        ("an answer", vera().but(|scene| scene.wish.rank = Rank::Reply), None),
        ("a person wrote it", vera().but(|scene| scene.wish.sender = Sender::Person).at(23, 10, 0), None),
        ("a person chose the channel", vera().but(|scene| scene.wish.chosen = Some(Channel::Sms)), None),
        ("one rung alone", Scene::vera().but(climbs(&[Channel::Sms])), None),
    ] {
        assert_eq!(waits(&scene), expected, "{name}");
    }
}

#[test]
fn the_cheapest_is_the_one_that_costs_least_for_these_very_words() {
    let priced = |channel, list: &str, seed| {
        let prices = Arc::new(Prices::read(list, Currency::Huf).expect("a list"));
        let tariff = if channel == Channel::Sms { Tariff::PerSegment(prices) } else { Tariff::PerMessage(prices) };
        Reach { tariff, ..reach(channel, 0, seed) }
    };
    let scene = || {
        Scene::vera().but(|scene| {
            scene.contacts = vec![scene.contacts[1].clone(), contact("whatsapp:36301112233", 15, &scene.recipient)];
            scene.reaches = vec![priced(Channel::Sms, "+36;10\n+1;1", 22), priced(Channel::Whatsapp, "+36;15", 24)];
        })
    };
    assert_eq!(went(&scene()), Ok((Channel::Sms, ChannelReason::Cheapest)), "one part");
    let long = "я".repeat(71);
    let long: &'static str = Box::leak(long.into_boxed_str());
    assert_eq!(went(&scene().but(|scene| scene.wish.words = Words(long))), Ok((Channel::Whatsapp, ChannelReason::Cheapest)), "two parts");
    let unknown = scene().but(|scene| scene.reaches[0].tariff = Tariff::PerSegment(Arc::default()));
    assert_eq!(went(&unknown), Ok((Channel::Whatsapp, ChannelReason::Cheapest)), "nobody knows what a text message costs");
    assert_eq!(format!("{:?}", scene().wish.words), "***");
}

proptest! {
    #[test]
    fn climbing_goes_over_every_open_rung_once_and_then_ends(
        rungs in prop::sample::subsequence(vec![Channel::Sms, Channel::Email, Channel::Telegram], 0..=3).prop_shuffle(),
        closed in any::<[bool; 3]>(),
        prefers in prop::option::of(prop::sample::select(vec![Channel::Sms, Channel::Email, Channel::Telegram])),
    ) {
        let mut scene = Scene::vera();
        if !rungs.is_empty() {
            scene.ladder = ladder(Scope::default(), &rungs);
        }
        scene.recipient.preferred_channel = prefers;
        for (which, closed) in closed.into_iter().enumerate() {
            if closed {
                scene.contacts[which].state = ContactState::Unreachable { at: scene.now };
            }
        }
        let mut tried = Vec::new();
        while let Verdict::Allow { route, .. } = scene.verdict() {
            prop_assert!(!tried.contains(&route.channel), "{tried:?} {:?}", route.channel);
            tried.push(route.channel);
            scene.tried.extend(route.contact);
            scene.wish.follows = Follows::Undelivered;
        }
        let open = |channel: &Channel| scene.contacts.iter().any(|contact| contact.channel() == *channel && contact.state == ContactState::Open);
        // after the first, which may be of the patient's own wish, exactly the open rungs in their order
        let after: Vec<Channel> = tried.iter().skip(1).copied().collect();
        let first = tried.first().copied();
        let expected: Vec<Channel> = rungs.iter().filter(|channel| open(channel) && Some(**channel) != first).copied().collect();
        if prefers.is_some_and(|wish| open(&wish)) {
            prop_assert_eq!(first, prefers);
        }
        // what is preferred comes first, whichever rung it is
        prop_assert_eq!(after, if first.is_some() { expected } else { vec![] });
    }
}
