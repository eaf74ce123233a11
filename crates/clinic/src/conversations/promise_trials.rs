//! The promised answer by tables. The clinic of these tests is open Monday to Friday, 9 to 13 and 14 to 17, in Budapest.

use std::collections::BTreeMap;

use jiff::civil::date;
use kernel::{Chance, ClinicId, ConversationId, Hours, OpenDays, StaffId, Timestamp, Zone};

use super::*;

fn at(day: i8, hour: i8, minute: i8) -> Timestamp {
    Zone::named("Europe/Budapest").unwrap().at(date(2026, 11, day).at(hour, minute, 0, 0))
}

fn in_the_clinic<R>(hours: &str, ask: impl FnOnce(&OpenDays<'_>) -> R) -> R {
    let (hours, exceptions, zone) = (hours.parse::<Hours>().unwrap(), BTreeMap::new(), Zone::named("Europe/Budapest").unwrap());
    ask(&OpenDays { hours: &hours, exceptions: &exceptions, zone: &zone })
}

const OPEN: &str = "mon-fri 09:00-13:00 14:00-17:00";

fn waiting(since: Timestamp, urgency: Urgency) -> Conversation {
    let mut chance = Chance::from_seed(1);
    let with = Counterpart::Unknown { address: "web:1".parse().unwrap(), name: String::new() };
    let begun = Conversation::begin(ConversationId::new(since, &mut chance), ClinicId::new(since, &mut chance), with, since);
    Conversation { state: ConversationState::Waiting { since, urgency }, ..begun }
}

#[test]
fn a_promise_runs_in_staffed_hours_and_warns_at_half() {
    use PromiseState::{HalfGone, Late, OnTime};
    // Friday is the 20th, Monday the 23rd.
    let table = [
        (Channel::Web, at(20, 10, 0), at(20, 10, 1), at(20, 10, 3), OnTime),
        (Channel::Web, at(20, 10, 0), at(20, 10, 2), at(20, 10, 3), HalfGone),
        (Channel::Web, at(20, 10, 0), at(20, 10, 3), at(20, 10, 3), Late),
        (Channel::Telegram, at(20, 16, 50), at(20, 16, 57), at(23, 9, 5), OnTime),
        (Channel::Telegram, at(20, 16, 50), at(22, 12, 0), at(23, 9, 5), HalfGone),
        (Channel::Telegram, at(20, 16, 50), at(23, 9, 5), at(23, 9, 5), Late),
        (Channel::Telegram, at(20, 18, 0), at(23, 9, 7), at(23, 9, 15), OnTime),
        (Channel::Sms, at(20, 12, 50), at(20, 13, 30), at(20, 14, 5), HalfGone),
        (Channel::Email, at(20, 16, 30), at(20, 16, 45), at(23, 12, 30), OnTime),
        (Channel::Email, at(20, 16, 0), at(23, 12, 0), at(23, 12, 0), Late),
    ];
    for (channel, since, now, due_at, state) in table {
        let found = in_the_clinic(OPEN, |days| waiting(since, Urgency::Normal).promise(channel, days, now));

        assert_eq!(found, Some(Promise { due_at, state }), "{channel:?} since {since} at {now}");
    }
}

#[test]
fn an_emergency_by_e_mail_does_not_take_four_hours() {
    let urgent = waiting(at(20, 10, 0), Urgency::Emergency);
    let found = in_the_clinic(OPEN, |days| urgent.promise(Channel::Email, days, at(20, 10, 5)));
    assert_eq!(found, Some(Promise { due_at: at(20, 10, 3), state: PromiseState::Late }));
}

#[test]
fn nothing_is_promised_while_we_wait_for_the_patient_or_where_nobody_comes() {
    let answered = ConversationState::Answered { by: StaffId::new(at(20, 9, 0), &mut Chance::from_seed(4)), at: at(20, 9, 0) };
    let thread = waiting(at(20, 10, 0), Urgency::Normal);
    for state in [ConversationState::Bot, answered, ConversationState::Closed { at: at(20, 9, 0), topic: Topic::Other }] {
        let quiet = Conversation { state, ..thread.clone() };
        assert_eq!(in_the_clinic(OPEN, |days| quiet.promise(Channel::Web, days, at(20, 11, 0))), None);
        assert_eq!(in_the_clinic(OPEN, |days| quiet.acknowledgement(Channel::Web, None, days, at(20, 20, 0))), None);
    }
    assert_eq!(in_the_clinic("closed", |days| thread.promise(Channel::Web, days, at(20, 11, 0))), None);
}

#[test]
fn one_acknowledgement_in_a_closed_period() {
    let table = [
        ("while open none", at(20, 16, 59), None, None),
        ("on Friday evening the first", at(20, 18, 0), None, Some(at(23, 9, 15))),
        ("on Saturday not again", at(21, 12, 0), Some(at(20, 18, 0)), None),
        ("on Monday before nine not again", at(23, 8, 59), Some(at(20, 18, 0)), None),
        ("on Monday evening again", at(23, 18, 0), Some(at(20, 18, 0)), Some(at(24, 9, 15))),
        ("after one of Thursday evening", at(20, 18, 0), Some(at(19, 18, 0)), Some(at(23, 9, 15))),
        ("at lunch", at(20, 13, 10), None, Some(at(20, 14, 15))),
        ("the evening after a lunch", at(20, 18, 0), Some(at(20, 13, 10)), Some(at(23, 9, 15))),
    ];
    for (case, now, before, answer_by) in table {
        let found = in_the_clinic(OPEN, |days| waiting(now, Urgency::Normal).acknowledgement(Channel::Telegram, before, days, now));
        assert_eq!(found, answer_by.map(|answer_by| Acknowledgement { answer_by }), "{case}");
    }
}
