//! Every state with every step, and the ways in which two people get into each other's way.

use std::time::Duration;

use kernel::{Chance, ClinicId, ConversationId, MessageId, PatientId, Refusal, StaffId, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::actors::Actor;
use crate::happenings::Happening;
use crate::staff::Role;

const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);
const LATER: Timestamp = Timestamp::from_seconds(1_795_000_600);

fn chance(seed: u64) -> Chance {
    Chance::from_seed(seed)
}

fn ida() -> StaffId {
    StaffId::new(NOW, &mut chance(1))
}

fn olga() -> StaffId {
    StaffId::new(NOW, &mut chance(2))
}

fn at_desk(id: StaffId) -> Actor {
    Actor::Staff { id, role: Role::Desk }
}

fn conversation(state: ConversationState) -> Conversation {
    let address = "telegram:9".parse().unwrap();
    let with = Counterpart::Unknown { address, name: "V".to_owned() };
    let begun = Conversation::begin(ConversationId::new(NOW, &mut chance(3)), ClinicId::new(NOW, &mut chance(4)), with, NOW);
    Conversation { state, ..begun }
}

/// Bot, Waiting, Emergency waiting, Mine (Ida's), Theirs (Olga's, the patient waits), Answered, Snoozed, Closed.
const STATES: &str = "BWEMTASC";

fn state(letter: char) -> ConversationState {
    let (since, urgency) = (NOW, Urgency::Normal);
    match letter {
        'B' => ConversationState::Bot,
        'W' => ConversationState::Waiting { since, urgency },
        'E' => ConversationState::Waiting { since, urgency: Urgency::Emergency },
        'M' => ConversationState::Assigned { to: ida(), since, waiting_since: None, urgency },
        'T' => ConversationState::Assigned { to: olga(), since, waiting_since: Some(NOW), urgency },
        'A' => ConversationState::Answered { by: olga(), at: NOW },
        'S' => ConversationState::Snoozed { until: LATER, by: olga() },
        'C' => ConversationState::Closed { at: NOW, topic: Topic::Visit },
        other => panic!("no state {other}"),
    }
}

fn letter(state: &ConversationState) -> char {
    match state {
        ConversationState::Bot => 'B',
        ConversationState::Waiting { urgency: Urgency::Normal, .. } => 'W',
        ConversationState::Waiting { urgency: Urgency::Emergency, .. } => 'E',
        ConversationState::Assigned { to, .. } if *to == ida() => 'M',
        ConversationState::Assigned { .. } => 'T',
        ConversationState::Answered { .. } => 'A',
        ConversationState::Snoozed { .. } => 'S',
        ConversationState::Closed { .. } => 'C',
    }
}

fn step(conversation: Conversation, name: &str) -> Result<(Conversation, Vec<Happening>), Refusal> {
    let by = at_desk(ida());
    let seen = conversation.version;
    match name {
        "bot hears" => Ok(conversation.receive(Handling::ByBot, LATER)),
        "desk hears" => Ok(conversation.receive(Handling::ForDesk(Urgency::Normal), LATER)),
        "emergency" => Ok(conversation.receive(Handling::ForDesk(Urgency::Emergency), LATER)),
        "waits" => Ok(conversation.waits(Urgency::Normal, LATER)),
        "bot said" => Ok((conversation.bot_said(LATER), vec![])),
        "take" => conversation.assign(ida(), by, LATER),
        "hand over" => conversation.assign(olga(), by, LATER),
        "give back" => conversation.give_back(by, LATER),
        "reply" => conversation.reply(by, seen, LATER),
        "close" => conversation.close(Topic::Price, by, seen, LATER),
        "reopen" => conversation.reopen(by, LATER),
        "snooze" => conversation.snooze(LATER + Duration::from_hours(1), by, seen, LATER),
        "wake" => Ok(conversation.wake(LATER)),
        "wake early" => Ok(conversation.wake(NOW)),
        "unsnooze" => conversation.unsnooze(by, LATER),
        "take in" => Ok(conversation.take_in(&self::conversation(state('W')))),
        "silent one" => Ok(conversation.take_in(&self::conversation(state('A')))),
        other => panic!("no step {other}"),
    }
}

/// A letter: the state after it, possibly the same one. `.`: nothing happens. `-`: refused.
const WALK: [(&str, &str); 18] = [
    ("           ", "BWEMTASC"),
    ("bot hears  ", "BWEMTASB"),
    ("desk hears ", "WWEMTWWW"),
    ("emergency  ", "EEEEEEEE"),
    ("waits      ", "W..M.WWW"),
    ("bot said   ", "BWEMTASB"),
    ("take       ", "MMM.MMM-"),
    ("hand over  ", "TTTT.TT-"),
    ("give back  ", "---WW---"),
    ("reply      ", "AAAA-AAA"),
    ("close      ", "CC-CCCC."),
    ("reopen     ", "-------M"),
    ("snooze     ", "SS-SSSS-"),
    ("wake       ", "......W."),
    ("wake early ", "........"),
    ("unsnooze   ", "------M-"),
    ("take in    ", "WWEMTWWW"),
    ("silent one ", "BWEMTASC"),
];

#[test]
fn every_state_with_every_step() {
    assert_eq!(WALK[0].1, STATES);
    for (name, expected) in &WALK[1..] {
        for (from, expected) in STATES.chars().zip(expected.chars()) {
            let before = conversation(state(from));
            let found = match step(before.clone(), name.trim_end()) {
                Err(_) => '-',
                Ok((after, happened)) if after.version == before.version => {
                    assert!(after == before && happened.is_empty(), "{name} from {from}: changed without a new version");
                    '.'
                }
                Ok((after, _)) => {
                    assert_eq!(after.version, before.version + 1, "{name} from {from}");
                    letter(&after.state)
                }
            };
            assert_eq!(found, expected, "{name} from {from}");
        }
    }
}

#[test]
fn nobody_answers_the_same_patient_twice() {
    let waiting = conversation(state('W'));
    let seen = waiting.version;
    let (answered, _) = waiting.reply(at_desk(ida()), seen, LATER).unwrap();
    let again = |by| answered.clone().reply(at_desk(by), seen, LATER).unwrap_err();
    assert_eq!(again(olga()).code(), "conversation.answered-meanwhile");
    assert_eq!(again(ida()).code(), "conversation.answered-meanwhile", "a form that was sent twice");
    assert!(answered.clone().reply(at_desk(olga()), answered.version, LATER).is_ok(), "who has read the answer may add to it");
}

#[test]
fn who_saw_an_older_thread_is_told_what_changed() {
    let by = at_desk(ida());
    let (heard, _) = conversation(state('W')).receive(Handling::ForDesk(Urgency::Normal), LATER);
    let (closed, _) = conversation(state('W')).close(Topic::Thanks, at_desk(olga()), 1, LATER).unwrap();
    let table = [
        (heard.clone().reply(by, 1, LATER), "conversation.changed-meanwhile"),
        (heard.clone().close(Topic::Thanks, by, 1, LATER), "conversation.changed-meanwhile"),
        (heard.snooze(LATER + Duration::from_hours(1), by, 1, LATER), "conversation.changed-meanwhile"),
        (closed.reply(by, 1, LATER), "conversation.closed-meanwhile"),
    ];
    for (found, expected) in table {
        assert_eq!(found.unwrap_err().code(), expected);
    }
}

#[test]
fn what_somebody_holds_is_theirs_until_taken_over() {
    let theirs = conversation(state('T'));
    let seen = theirs.version;
    assert_eq!(theirs.clone().reply(at_desk(ida()), seen, LATER).unwrap_err().code(), "conversation.with-somebody-else");
    let (mine, _) = theirs.assign(ida(), at_desk(ida()), LATER).unwrap();
    assert_eq!(mine.waiting_since(), Some((NOW, Urgency::Normal)), "the patient waits since before");
    assert!(mine.clone().reply(at_desk(ida()), mine.version, LATER).is_ok());
}

#[test]
fn an_emergency_is_neither_closed_nor_put_aside_nor_forgotten_on_the_way() {
    let (taken, _) = conversation(state('E')).assign(ida(), at_desk(ida()), LATER).unwrap();
    let (back, _) = taken.clone().give_back(Actor::Program, LATER).unwrap();
    for held in [conversation(state('E')), taken, back] {
        let seen = held.version;
        assert_eq!(held.waiting_since(), Some((NOW, Urgency::Emergency)));
        assert_eq!(held.clone().close(Topic::Other, at_desk(ida()), seen, LATER).unwrap_err().code(), "conversation.emergency");
        let aside = held.snooze(LATER + Duration::from_hours(1), at_desk(ida()), seen, LATER);
        assert_eq!(aside.unwrap_err().code(), "conversation.emergency");
    }
}

#[test]
fn a_second_message_does_not_reset_the_clock() {
    let (heard, happened) = conversation(state('W')).receive(Handling::ForDesk(Urgency::Normal), LATER);
    assert_eq!((heard.waiting_since(), happened.len()), (Some((NOW, Urgency::Normal)), 0));
    assert_eq!(heard.last_message_at, LATER);
    let (late, _) = heard.receive(Handling::ForDesk(Urgency::Normal), NOW);
    assert_eq!(late.last_message_at, LATER, "a message that comes late does not turn time back");
}

#[test]
fn who_waited_before_they_were_known_waits_since_then() {
    let unknown = conversation(state('W'));
    let answered_later = Conversation { last_message_at: LATER, ..conversation(state('A')) };
    let (joined, happened) = answered_later.take_in(&unknown);
    assert_eq!((joined.waiting_since(), joined.last_message_at, happened.len()), (Some((NOW, Urgency::Normal)), LATER, 1));
    let (own, _) = conversation(state('B')).receive(Handling::ForDesk(Urgency::Normal), LATER);
    let (joined, _) = own.take_in(&conversation(state('E')));
    assert_eq!(joined.waiting_since(), Some((NOW, Urgency::Emergency)), "whichever was the longer and the more urgent");
}

#[test]
fn it_is_put_aside_only_for_a_time_to_come() {
    let snooze = |until| conversation(state('W')).snooze(until, at_desk(ida()), 1, NOW).map_err(|refusal| refusal.code());
    assert_eq!(snooze(NOW), Err("conversation.snooze-time"));
    assert_eq!(snooze(NOW + Duration::from_hours(24 * 367)), Err("conversation.snooze-time"));
    assert!(snooze(LATER).is_ok());
}

#[test]
fn only_people_of_the_desk_write() {
    let others = [Actor::Staff { id: ida(), role: Role::Clinician }, Actor::Patient(PatientId::new(NOW, &mut chance(5))), Actor::Program];
    for by in others {
        for refused in [
            conversation(state('W')).reply(by, 1, LATER),
            conversation(state('W')).close(Topic::Other, by, 1, LATER),
            conversation(state('W')).snooze(LATER, by, 1, NOW),
            conversation(state('C')).reopen(by, LATER),
            conversation(state('S')).unsnooze(by, LATER),
        ] {
            assert_eq!(refused.unwrap_err().code(), "actor.not-allowed");
        }
    }
}

#[test]
fn a_note_is_a_staff_member_s_and_says_something() {
    let id = MessageId::new(NOW, &mut chance(7));
    let note = |by, text: &str| conversation(state('W')).note(id, by, text, NOW).map_err(|refusal| refusal.code());
    let (written, happened) = note(Actor::Staff { id: ida(), role: Role::Clinician }, "  afraid of needles ").unwrap();
    assert_eq!((written.text.as_str(), written.by, happened.len()), ("afraid of needles", ida(), 1));
    assert_eq!(note(at_desk(ida()), " \n"), Err("conversation.note-empty"));
    assert!(note(at_desk(ida()), &"é".repeat(4_000)).is_ok());
    assert_eq!(note(at_desk(ida()), &"é".repeat(4_001)), Err("conversation.note-too-long"));
    assert_eq!(note(Actor::Program, "noted"), Err("actor.not-allowed"));
}

#[test]
fn an_unknown_sender_becomes_one_patient_and_stays_that_one() {
    let vera = PatientId::new(NOW, &mut chance(8));
    let other = PatientId::new(NOW, &mut chance(9));
    let (known, _) = conversation(state('W')).identify(vera, Actor::Patient(vera)).unwrap();
    assert_eq!(known.with, Counterpart::Patient(vera));
    assert_eq!(known.clone().identify(vera, at_desk(ida())).unwrap().0, known);
    assert_eq!(known.identify(other, at_desk(ida())).unwrap_err().code(), "conversation.already-known");
    assert!(conversation(state('W')).identify(vera, Actor::Patient(other)).is_err());
}

proptest! {
    /// Who waits in an emergency is answered by a person: nothing else ends the waiting.
    #[test]
    fn an_emergency_ends_only_with_an_answer(steps in prop::collection::vec(1_usize..16, 1..60)) {
        let mut current = conversation(state('E'));
        for at in steps {
            let name = WALK[at].0.trim_end();
            let Ok((after, _)) = step(current.clone(), name) else { continue };
            if name == "reply" {
                break;
            }
            prop_assert_eq!(after.waiting_since(), Some((NOW, Urgency::Emergency)), "{}", name);
            current = after;
        }
    }
}
