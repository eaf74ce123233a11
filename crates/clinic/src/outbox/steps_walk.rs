//! Every state with every step, and what must hold on any walk through them.

use std::time::Duration;

use kernel::{AccountId, Chance, ClinicId, ConversationId, MessageId, PatientId, Refusal, StaffId, Timestamp};
use proptest::prelude::*;

use super::*;
use crate::actors::Actor;
use crate::conversations::{Cause, Content};
use crate::gate::{ChannelReason, Recheck, Verdict};
use crate::happenings::Happening;
use crate::staff::Role;

pub(super) const NOW: Timestamp = Timestamp::from_seconds(1_795_000_000);
/// After every retry is due and every lease has run out.
const NEXT_DAY: Timestamp = Timestamp::from_seconds(1_795_086_400);

fn chance(seed: u64) -> Chance {
    Chance::from_seed(seed)
}

fn route() -> Route {
    let to = "telegram:77".parse().unwrap();
    Route { channel: Channel::Telegram, account: AccountId::new(NOW, &mut chance(1)), contact: None, to }
}

pub(super) fn message(state: OutboundState, attempts: u32) -> Outbound {
    let draft = Draft {
        conversation: ConversationId::new(NOW, &mut chance(2)),
        clinic: ClinicId::new(NOW, &mut chance(3)),
        patient: Some(PatientId::new(NOW, &mut chance(4))),
        purpose: Purpose::Service,
        rank: Rank::Visit,
        sensitivity: Sensitivity::Open,
        timing: Timing::Polite,
        cause: Cause::Courtesy { text: "ack".to_owned() },
        content: Content::default(),
        says: vec!["visit-reminder/day-before/1".to_owned()],
        visit: None,
        chosen: None,
        useful_until: None,
    };
    let why = Why::going(Channel::Telegram, ChannelReason::OnlyOne);
    Outbound { state, attempts, route: Some(route()), why, ..Outbound::plan(draft, MessageId::new(NOW, &mut chance(5)), NOW) }
}

/// One letter for each state, in the order of the table's columns.
pub(super) const STATES: &str = "PXHQSADRFU";

pub(super) fn state(letter: char) -> OutboundState {
    let (provider_key, attempt, at) = ("tg-1".to_owned(), "a1".to_owned(), NOW);
    match letter {
        'P' => OutboundState::Planned,
        'X' => OutboundState::Suppressed { reason: SuppressReason::OptedOut, at },
        'H' => OutboundState::Held { until: NOW, reason: HoldReason::QuietHours },
        'Q' => OutboundState::Queued { due_at: NOW },
        'S' => OutboundState::Sending { node: "one".to_owned(), attempt, lease_until: NOW },
        'A' => OutboundState::Accepted { provider_key, at },
        'D' => OutboundState::Delivered { provider_key, at },
        'R' => OutboundState::Read { provider_key, at },
        'F' => OutboundState::Failed { failure: Failure::Exhausted, at },
        'U' => OutboundState::Uncertain { attempt, since: at },
        other => panic!("no state {other}"),
    }
}

fn letter(state: &OutboundState) -> char {
    match state {
        OutboundState::Planned => 'P',
        OutboundState::Suppressed { .. } => 'X',
        OutboundState::Held { .. } => 'H',
        OutboundState::Queued { .. } => 'Q',
        OutboundState::Sending { .. } => 'S',
        OutboundState::Accepted { .. } => 'A',
        OutboundState::Delivered { .. } => 'D',
        OutboundState::Read { .. } => 'R',
        OutboundState::Failed { .. } => 'F',
        OutboundState::Uncertain { .. } => 'U',
    }
}

fn desk() -> Actor {
    Actor::Staff { id: StaffId::new(NOW, &mut chance(6)), role: Role::Desk }
}

fn allow() -> Verdict {
    Verdict::Allow { route: route(), form: Form::Free, why: Why::going(Channel::Telegram, ChannelReason::OnlyOne) }
}

fn hold() -> Verdict {
    Verdict::Hold { until: NOW + Duration::from_hours(1), reason: HoldReason::QuietHours, why: Why::default() }
}

fn suppress() -> Verdict {
    Verdict::Suppress { reason: SuppressReason::OptedOut, why: Why::suppressed(SuppressReason::OptedOut) }
}

fn claim(attempt: &str) -> Claim {
    Claim { node: "one".to_owned(), attempt: attempt.to_owned(), lease_until: NOW + Duration::from_mins(2) }
}

fn report(status: Status) -> Report {
    Report { status, provider_key: "tg-1".to_owned(), at: NOW }
}

type Stepped = Result<(Outbound, Vec<Happening>), Refusal>;

fn step(message: Outbound, name: &str) -> Stepped {
    let end = |message: Outbound, outcome| message.finish("a1", outcome, NOW, &mut chance(8));
    let resolve = |message: Outbound, resolution| message.resolve(resolution, desk(), NOW);
    match name {
        "settle allow" => message.settle(allow(), NEXT_DAY),
        "settle hold" => message.settle(hold(), NOW),
        "settle suppress" => message.settle(suppress(), NOW),
        "settle task" => {
            message.settle(Verdict::Task { reason: SuppressReason::NoBots, why: Why::suppressed(SuppressReason::NoBots) }, NOW)
        }
        "halt go" => message.halt(Recheck::Go, NOW),
        "halt hold" => message.halt(Recheck::Hold { until: NOW, reason: HoldReason::QuietHours }, NOW),
        "halt stop" => message.halt(Recheck::Stop { reason: SuppressReason::OptedOut }, NOW),
        "release" => message.release(desk()),
        "claim" => message.claim(claim("a1"), NEXT_DAY),
        "end accepted" => end(message, Outcome::Accepted { provider_key: "tg-1".to_owned() }),
        "end later" => end(message, Outcome::Later { after: Duration::from_secs(5) }),
        "end refused" => end(message, Outcome::Refused { code: "400".to_owned() }),
        "end blocked" => end(message, Outcome::Blocked),
        "end broken" => end(message, Outcome::AccountBroken),
        "end not begun" => end(message, Outcome::NotBegun),
        "end uncertain" => end(message, Outcome::Uncertain),
        "end of another" => message.finish("a0", Outcome::Accepted { provider_key: "tg-0".to_owned() }, NOW, &mut chance(8)),
        "lapse" => message.lapse(NEXT_DAY),
        "abandon" => message.abandon("one", NOW),
        "abandon another's" => message.abandon("two", NOW),
        "report sent" => message.report(report(Status::Sent)),
        "report delivered" => message.report(report(Status::Delivered)),
        "report read" => message.report(report(Status::Read)),
        "report failed" => message.report(report(Status::Failed(Failure::Permanent("131026".to_owned())))),
        "resolve sent" => resolve(message, Resolution::Sent { provider_key: String::new() }),
        "resolve not sent" => resolve(message, Resolution::NotSent),
        "resolve again" => resolve(message, Resolution::SendAgain),
        "expire" => message.expire(NOW),
        "expire late" => Outbound { useful_until: Some(NOW - Duration::from_millis(1)), ..message }.expire(NOW),
        "restored" => message.restored(NOW),
        "drop" => message.drop_restored(desk(), NOW),
        "restored, drop" => message.restored(NOW).and_then(|(message, _)| Outbound { version: 1, ..message }.drop_restored(desk(), NOW)),
        other => panic!("no step {other}"),
    }
}

/// Columns as in [`STATES`]. A letter: the state after it. `.`: nothing happens. `-`: refused.
const WALK: [(&str, &str); 30] = [
    ("                  ", "PXHQSADRFU"),
    ("settle allow      ", "Q-Q-------"),
    ("settle hold       ", "H-H-------"),
    ("settle suppress   ", "X-X-------"),
    ("settle task       ", "X-X-------"),
    ("halt go           ", "---.------"),
    ("halt hold         ", "---H------"),
    ("halt stop         ", "---X------"),
    ("release           ", "--P-------"),
    ("claim             ", "---S------"),
    ("end accepted      ", "----A....A"),
    ("end later         ", "----Q....Q"),
    ("end refused       ", "----F....F"),
    ("end blocked       ", "----F....F"),
    ("end broken        ", "----Q....Q"),
    ("end not begun     ", "----Q....Q"),
    ("end uncertain     ", "----U....."),
    ("end of another    ", "-----....-"),
    ("lapse             ", "....U....."),
    ("abandon           ", "....U....."),
    ("abandon another's ", ".........."),
    ("report sent       ", "----A....A"),
    ("report delivered  ", "----DD..DD"),
    ("report read       ", "----RRR.RR"),
    ("report failed     ", "----FF...F"),
    ("resolve sent      ", "---------A"),
    ("resolve not sent  ", "---------F"),
    ("resolve again     ", "---------P"),
    ("expire            ", ".........."),
    ("expire late       ", "X.XX......"),
];

/// The same after it has been tried once and was found not sent.
const WALK_AGAIN: [(&str, &str); 5] = [
    ("end accepted      ", "AAAA"),
    ("end later         ", "...."),
    ("report sent       ", "AAAA"),
    ("report delivered  ", "DDDD"),
    ("report failed     ", "...."),
];

fn walk(rows: &[(&str, &str)], attempts_before: u32) {
    for (name, expected) in rows {
        for (from, expected) in STATES.chars().zip(expected.chars()) {
            let attempts = if "PXHQ".contains(from) { attempts_before } else { 1 };
            let before = message(state(from), attempts);
            let found = match step(before.clone(), name.trim_end()) {
                Err(_) => '-',
                Ok((after, happened)) if after.state == before.state && happened.is_empty() => {
                    assert_eq!(after.version, before.version, "{name} from {from}: nothing to save");
                    '.'
                }
                Ok((after, _)) => {
                    assert_eq!(after.version, before.version + 1, "{name} from {from}: saved once");
                    letter(&after.state)
                }
            };
            assert_eq!(found, expected, "{name} from {from}");
        }
    }
}

#[test]
fn every_state_with_every_step() {
    assert_eq!(WALK[0].1, STATES);
    walk(&WALK[1..], 0);
    walk(&[("restored          ", "H.HHU....."), ("drop              ", "----------"), ("restored, drop    ", "X-XX------")], 0);
    walk(&WALK_AGAIN, 1);
}

#[test]
fn nothing_is_released_or_sent_again_but_by_a_person_of_the_desk() {
    let clinician = Actor::Staff { id: StaffId::new(NOW, &mut chance(6)), role: Role::Clinician };
    let patient = Actor::Patient(PatientId::new(NOW, &mut chance(4)));
    for by in [clinician, patient, Actor::Program] {
        assert_eq!(message(state('H'), 0).release(by).unwrap_err().code(), "actor.not-allowed");
        let (restored, _) = message(state('Q'), 0).restored(NOW).unwrap();
        assert_eq!(restored.drop_restored(by, NOW).unwrap_err().code(), "actor.not-allowed");
        let again = message(state('U'), 1).resolve(Resolution::SendAgain, by, NOW);
        assert_eq!(again.unwrap_err().code(), "actor.not-allowed");
    }
    let found = Resolution::Sent { provider_key: "tg-9".to_owned() };
    let (after, _) = message(state('U'), 1).resolve(found, Actor::Program, NOW).unwrap();
    assert_eq!(after.state, OutboundState::Accepted { provider_key: "tg-9".to_owned(), at: NOW });
}

#[test]
fn a_released_message_insists_but_one_from_a_backup_only_may_go() {
    let (released, _) = message(state('H'), 0).release(desk()).unwrap();
    assert_eq!(released.timing, Timing::Insisted);
    let (restored, _) = message(state('Q'), 0).restored(NOW).unwrap();
    assert_eq!(restored.clone().settle(allow(), NOW + Duration::from_hours(99)).unwrap_err().code(), "outbox.still-held");
    let (released, _) = restored.release(desk()).unwrap();
    assert_eq!((released.timing, released.why.held), (Timing::Polite, None));
}

#[test]
fn a_held_message_goes_at_its_time_and_stops_at_any() {
    let held = || message(OutboundState::Held { until: NOW + Duration::from_secs(1), reason: HoldReason::QuietHours }, 0);
    assert_eq!(held().settle(allow(), NOW).unwrap_err().code(), "outbox.still-held");
    assert_eq!(letter(&held().settle(allow(), NOW + Duration::from_secs(1)).unwrap().0.state), 'Q');
    assert_eq!(letter(&held().settle(suppress(), NOW).unwrap().0.state), 'X');
}

#[test]
fn nothing_is_claimed_before_it_is_due_or_after_its_use() {
    let due = |due_at, useful_until| Outbound { useful_until, ..message(OutboundState::Queued { due_at }, 0) };
    let later = NOW + Duration::from_millis(1);
    assert_eq!(due(later, None).claim(claim("a1"), NOW).unwrap_err().code(), "outbox.not-due");
    assert_eq!(due(NOW, Some(NOW)).claim(claim("a1"), later).unwrap_err().code(), "outbox.stale");
    let (sending, _) = due(NOW, Some(NOW)).claim(claim("a1"), NOW).unwrap();
    assert_eq!(sending.attempts, 1);
    assert_eq!(
        sending.state,
        OutboundState::Sending { node: "one".into(), attempt: "a1".into(), lease_until: NOW + Duration::from_mins(2) }
    );
}

#[test]
fn a_lease_that_runs_out_makes_doubt_and_a_late_answer_ends_it() {
    let running = OutboundState::Sending { node: "one".into(), attempt: "a1".into(), lease_until: NOW + Duration::from_millis(1) };
    assert_eq!(letter(&message(running, 1).lapse(NOW).unwrap().0.state), 'S');
    let (doubt, _) = message(state('S'), 1).lapse(NOW).unwrap();
    let (sent, _) = step(doubt, "end accepted").unwrap();
    assert_eq!(sent.state, OutboundState::Accepted { provider_key: "tg-1".into(), at: NOW });
}

#[test]
fn after_eight_attempts_it_has_failed_and_a_broken_account_costs_none() {
    let (last, _) = step(message(state('S'), ATTEMPTS), "end later").unwrap();
    assert_eq!(last.state, OutboundState::Failed { failure: Failure::Exhausted, at: NOW });
    let (again, _) = step(message(state('S'), ATTEMPTS - 1), "end later").unwrap();
    let OutboundState::Queued { due_at } = again.state else { panic!("it is tried once more") };
    assert!(due_at >= NOW + Duration::from_secs(5));
    let (waits, _) = step(message(state('S'), 1), "end broken").unwrap();
    assert_eq!((waits.attempts, letter(&waits.state)), (0, 'Q'));
}

#[test]
fn a_conversation_keeps_its_order() {
    let base = message(state('Q'), 0);
    let then = |rank, letter, seconds: u64| Outbound {
        id: MessageId::new(NOW + Duration::from_secs(seconds), &mut chance(seconds)),
        created_at: NOW + Duration::from_secs(seconds),
        rank,
        ..message(state(letter), 0)
    };
    let elsewhere = Outbound { conversation: ConversationId::new(NOW, &mut chance(77)), ..base.clone() };
    let forgotten = Outbound { id: MessageId::new(NOW - Duration::from_hours(31 * 24), &mut chance(78)), ..base.clone() };
    let table = vec![
        ("what was said before goes before", then(Rank::Visit, 'Q', 1), base.clone(), true),
        ("not the other way round", base.clone(), then(Rank::Visit, 'Q', 1), false),
        ("a greeting waits too", then(Rank::Greeting, 'Q', 1), base.clone(), true),
        ("an answer passes a reminder", then(Rank::Reply, 'Q', 1), base.clone(), false),
        ("but does not cut into its sending", then(Rank::Reply, 'Q', 1), message(state('S'), 1), true),
        ("what is held holds nothing back", then(Rank::Visit, 'Q', 1), message(state('H'), 0), false),
        ("doubt holds nothing back", then(Rank::Visit, 'Q', 1), message(state('U'), 1), false),
        ("what has gone holds nothing back", then(Rank::Visit, 'Q', 1), message(state('A'), 1), false),
        ("another conversation does not matter", then(Rank::Visit, 'Q', 1), elsewhere, false),
        ("what has not left for a month holds nothing back", base.clone(), forgotten, false),
        ("nothing waits for itself", base.clone(), base, false),
    ];
    for (case, message, other, expected) in table {
        assert_eq!(message.waits_for(&other, NOW), expected, "{case}");
    }
}

#[test]
fn only_what_the_patient_has_or_will_have_is_remembered() {
    let remembered: String = STATES.chars().filter(|letter| message(state(*letter), 1).past().is_some()).collect();
    assert_eq!(remembered, "QSADRU");
    let reply = Outbound { cause: Cause::Reply { by: desk() }, ..message(state('A'), 1) };
    let by_bot = Outbound { cause: Cause::Reply { by: Actor::Program }, ..message(state('A'), 1) };
    assert_eq!((reply.sender(), by_bot.sender()), (Sender::Person, Sender::Bot));
}

fn known_before(letter: char) -> u8 {
    match letter {
        'A' => 1,
        'D' => 2,
        'R' => 3,
        _ => 0,
    }
}

proptest! {
    /// Whatever nodes, providers and clocks do: who leaves 'sending' or 'uncertain' is never queued again by itself
    /// unless it is known that nothing was sent, and proof of arrival is never lost.
    #[test]
    fn no_walk_sends_twice_or_forgets_a_proof(from in 0_usize..10, steps in prop::collection::vec(1_usize..27, 1..60)) {
        let from = STATES.chars().nth(from).expect("ten states");
        let mut current = message(state(from), 1);
        for at in steps {
            let name = WALK[at].0.trim_end();
            let before = letter(&current.state);
            let Ok((after, _)) = step(current.clone(), name) else { continue };
            let now = letter(&after.state);
            if "SU".contains(before) && "PQHX".contains(now) {
                let known_not_sent = ["end later", "end broken", "end not begun"].contains(&name);
                prop_assert!(known_not_sent || (before == 'U' && name == "resolve again"), "{name} from {before} to {now}");
            }
            if "DR".contains(before) {
                prop_assert!(known_before(now) >= known_before(before), "{name} from {before} to {now}");
            }
            current = after;
        }
    }
}
