//! Calls told in any order, late and twice.

#![cfg(test)]

use std::time::Duration;

use kernel::{AccountId, Arg, CallId, ConversationId, Locale, Phone, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::sample::{Sample, expect_words};
use crate::texts::Phrasebook;

const UNSPOKEN: [Unspoken; 4] = [Unspoken::Missed, Unspoken::Refused, Unspoken::Busy, Unspoken::Failed];

fn news(second: u64, turn: Turn) -> News {
    let at = Timestamp::from_seconds(1_795_330_800) + Duration::from_secs(second);
    let theirs = Phone::from_e164("+447700900123").ok();
    News { at, direction: Some(Direction::In), theirs, ours: "+74950000001".to_owned(), turn }
}

fn ended(unspoken: Option<Unspoken>, talk: Option<u32>, lasted: Option<u32>) -> Turn {
    Turn::Ended { unspoken, talk, lasted }
}

fn taken() -> Turn {
    Turn::Taken { by: "101".to_owned() }
}

/// A call of which this is told, in a thread of its own.
fn call(direction: Direction, turns: &[News]) -> Call {
    let mut world = Sample::new();
    let now = world.monday_nine();
    let place = Place { clinic: world.clinic.id, account: AccountId::new(now, &mut world.chance), key: "17".to_owned() };
    let turned: Vec<News> = turns.iter().map(|news| News { direction: Some(direction), ..news.clone() }).collect();
    let call = Call::begin(place, CallId::new(now, &mut world.chance), &turned[0]);
    let call = call.belongs_to(ConversationId::new(now, &mut world.chance));
    turned.iter().skip(1).fold(call, Call::hear)
}

#[test]
fn how_a_call_stands_follows_from_what_was_told() {
    let answered = |seconds| Standing::Ended(CallResult::Answered { seconds });
    let table: Vec<(&str, Vec<News>, Standing)> = vec![
        ("rings", vec![news(0, Turn::Rings)], Standing::Ringing),
        ("taken", vec![news(0, Turn::Rings), news(7, taken())], Standing::Talking),
        ("hung up before", vec![news(0, Turn::Rings), news(9, ended(None, None, None))], Standing::Ended(CallResult::Missed)),
        ("spoken", vec![news(0, Turn::Rings), news(7, taken()), news(91, ended(None, None, None))], answered(Some(84))),
        ("summary alone", vec![news(99, ended(None, Some(84), None))], answered(Some(84))),
        ("summary of silence", vec![news(99, ended(None, Some(0), None))], Standing::Ended(CallResult::Missed)),
        (
            "summary completes",
            vec![news(7, taken()), news(91, ended(None, None, None)), news(92, ended(None, Some(80), None))],
            answered(Some(80)),
        ),
        ("busy", vec![news(2, ended(Some(Unspoken::Busy), None, None))], Standing::Ended(CallResult::Busy)),
        ("the machine spoke", vec![news(6, ended(None, None, Some(6)))], Standing::Ended(CallResult::Missed)),
        ("connected for long", vec![news(73, ended(None, None, Some(73)))], answered(Some(73))),
        (
            "nobody inside took it",
            vec![news(1, Turn::RingsInside), news(73, ended(None, None, Some(73)))],
            Standing::Ended(CallResult::Missed),
        ),
        (
            "one was busy, another took it",
            vec![news(2, ended(Some(Unspoken::Busy), None, None)), news(5, taken()), news(65, ended(None, None, None))],
            answered(Some(60)),
        ),
    ];
    for (name, told, expected) in table {
        assert_eq!(call(Direction::In, &told).standing(), expected, "{name}");
    }
}

#[test]
fn an_end_happens_once_and_is_put_right_once() {
    let missed = call(Direction::In, &[news(0, Turn::Rings), news(9, ended(None, None, None))]);
    let name = |call: &Call, before| call.happened_since(before).map(|what| what.name());
    assert_eq!(name(&missed, Some(Standing::Ringing)), Some("call_missed"));
    assert_eq!(name(&missed, None), Some("call_missed"));
    assert_eq!(name(&missed, Some(missed.standing())), None);
    let busy = missed.clone().hear(&news(9, ended(Some(Unspoken::Busy), None, None)));
    assert_eq!(name(&busy, Some(missed.standing())), None);
    let answered = missed.clone().hear(&news(9, ended(None, Some(40), None)));
    assert_eq!(name(&answered, Some(missed.standing())), Some("call_answered"));
    assert_eq!(name(&answered, Some(answered.standing())), None);
    let out = call(Direction::Out, &[news(9, ended(Some(Unspoken::Busy), None, None))]);
    assert_eq!(name(&out, None), Some("call_unanswered"));
    let withheld = Call { conversation: None, ..missed };
    assert_eq!(name(&withheld, None), None);
}

#[test]
fn calls_have_words_in_every_language() {
    let results = [CallResult::Answered { seconds: None }, CallResult::Missed, CallResult::Busy, CallResult::Refused, CallResult::Failed];
    for direction in [Direction::In, Direction::Out] {
        expect_words(results.map(|result| result.key(direction)));
        expect_words([direction.key()]);
        for locale in Locale::ALL {
            let said = Phrasebook::of(locale).say_plain("timeline-call-answered", &[("direction", Arg::from("x"))]);
            assert!(!said.contains('{'), "{said}");
        }
    }
}

fn any_news() -> impl Strategy<Value = News> {
    let turn = prop_oneof![
        Just(Turn::Rings),
        Just(Turn::RingsInside),
        "[0-9]{0,3}".prop_map(|by| Turn::Taken { by }),
        (prop::option::of(0..4_usize), prop::option::of(0..90_u32), prop::option::of(0..90_u32)).prop_map(|(why, talk, lasted)| ended(
            why.map(|place| UNSPOKEN[place]),
            talk,
            lasted
        )),
    ];
    (0..120_u64, turn, prop::option::of(Just(Direction::Out)))
        .prop_map(|(second, turn, direction)| News { direction, ..news(second, turn) })
}

proptest! {
    #[test]
    fn what_is_told_in_any_order_and_any_number_of_times_is_one_call(
        told in prop::collection::vec(any_news(), 1..7),
        again in prop::collection::vec(any::<prop::sample::Index>(), 0..12),
        seed in any::<u64>(),
    ) {
        let once = told.iter().skip(1).fold(Told::of(&told[0]), |known, news| known.and(Told::of(news)));
        let mut shuffled: Vec<News> = told.iter().cloned().chain(again.iter().map(|place| place.get(&told).clone())).collect();
        let mut chance = kernel::Chance::from_seed(seed);
        for place in (1..shuffled.len()).rev() {
            shuffled.swap(place, chance.below(place + 1));
        }
        let other = shuffled.iter().skip(1).fold(Told::of(&shuffled[0]), |known, news| known.and(Told::of(news)));
        prop_assert!(once == other);
        // told again, nothing changes and nothing happens
        let whole = call(Direction::In, &shuffled);
        let turned = News { direction: Some(Direction::In), ..shuffled[0].clone() };
        let still = whole.clone().hear(&turned);
        prop_assert_eq!(still.version, whole.version);
        prop_assert!(still.happened_since(Some(whole.standing())).is_none());
    }
}
