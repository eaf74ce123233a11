//! Walks every state of a visit with every step, by the desk, by the patient and by a stranger.
#![cfg(test)]

use std::time::Duration;

use kernel::{ChairId, Chance, ClinicId, Date, PatientId, Refusal, RunId, ServiceId, StaffId, VisitId, Zone};
use proptest::prelude::*;

use super::*;
use crate::actors::{Actor, Channel, Origin};
use crate::happenings::Happening;
use crate::sample::expect_words;
use crate::staff::Role;

struct World {
    anna: PatientId,
    boris: PatientId,
    visit: VisitId,
    next: VisitId,
    desk: Actor,
    slot: Slot,
    later: Slot,
    clinic: ClinicId,
    service: ServiceId,
    zone: Zone,
}

fn hours(count: u64) -> Duration {
    Duration::from_hours(count)
}

fn world() -> World {
    let zone = Zone::named("Europe/Budapest").unwrap();
    // A Monday, 09:00.
    let nine = zone.at("2026-11-23".parse::<Date>().unwrap().at(9, 0, 0, 0));
    let chance = &mut Chance::from_seed(5);
    let gromov = StaffId::new(nine, chance);
    let slot = Slot { provider: gromov, chair: Some(ChairId::new(nine, chance)), starts_at: nine, ends_at: nine + hours(1) };
    World {
        anna: PatientId::new(nine, chance),
        boris: PatientId::new(nine, chance),
        visit: VisitId::new(nine, chance),
        next: VisitId::new(nine, chance),
        desk: Actor::Staff { id: StaffId::new(nine, chance), role: Role::Desk },
        slot,
        later: Slot { starts_at: nine + hours(48), ends_at: nine + hours(49), ..slot },
        clinic: ClinicId::new(nine, chance),
        service: ServiceId::new(nine, chance),
        zone,
    }
}

impl World {
    fn booking(&self) -> Booking {
        Booking {
            clinic: self.clinic,
            patient: self.anna,
            service: self.service,
            slot: self.slot,
            note: String::new(),
            external_key: Some("4711".to_owned()),
        }
    }

    fn in_state(&self, name: &str) -> Visit {
        let at = self.slot.starts_at - hours(1);
        let mark = Mark { by: self.desk, through: Origin::Desk, at };
        let course = Course { confirmed: Some(mark), arrived: None, in_chair: None };
        let state = match name {
            "requested" => VisitState::Requested,
            "booked" => VisitState::Booked,
            "confirmed" => VisitState::Confirmed { mark },
            "arrived" => VisitState::Arrived { mark, course },
            "in_chair" => VisitState::InChair { mark, course: Course { arrived: Some(mark), ..course } },
            "completed" => VisitState::Completed { mark, course: Course { arrived: Some(mark), in_chair: Some(mark), ..course } },
            "cancelled" => VisitState::Cancelled { mark, reason: CancelReason::Cost, notice: Notice::Late },
            "moved" => VisitState::Moved { mark, to: self.next },
            "no_show" => VisitState::NoShow { mark, course },
            other => panic!("no state {other}"),
        };
        let booked = Visit::book(self.booking(), self.visit, self.desk, Origin::Desk, self.slot.starts_at - hours(72)).unwrap().0;
        Visit { state, version: 4, ..booked }
    }

    /// Half an hour before the start, or half an hour after it.
    fn take(&self, visit: Visit, step: &str, by: Actor, when: When) -> Result<(Visit, Vec<Happening>), Refusal> {
        let half = Duration::from_mins(30);
        let now = match when {
            When::Before => self.slot.starts_at - half,
            When::After => self.slot.starts_at + half,
        };
        match step {
            "accept" => visit.accept(by, Origin::Desk, now),
            "confirm" => visit.confirm(by, Origin::Desk, now),
            "arrive" => visit.arrive(by, Origin::Desk, now),
            "in_chair" => visit.take_in_chair(by, Origin::Desk, now),
            "complete" => visit.complete(by, Origin::Desk, now),
            "cancel" => visit.cancel(CancelReason::Unwell, by, Origin::Desk, now),
            "move" => {
                visit.move_to(Move { id: self.next, slot: self.later }, by, Origin::Desk, now).map(|(old, _, happened)| (old, happened))
            }
            "miss" => visit.miss(by, Origin::Desk, now),
            "late" => visit.late(10, by, Origin::Desk, now),
            "undo" => visit.undo(&self.zone, by, now),
            other => panic!("no step {other}"),
        }
    }
}

#[derive(Debug, Clone, Copy)]
enum When {
    Before,
    After,
}

/// What a step came to: the next state, `=` where nothing happened, or the code of the refusal.
fn outcome(given: &Visit, result: Result<(Visit, Vec<Happening>), Refusal>) -> String {
    match result {
        Ok((next, happened)) if happened.is_empty() => {
            assert_eq!(&next, given, "nothing happened, so nothing may have changed");
            "=".to_owned()
        }
        Ok((next, happened)) => {
            assert_eq!(happened.len(), 1);
            assert_eq!(next.version, given.version + 1);
            next.state.name().to_owned()
        }
        Err(refusal) => refusal.code().trim_start_matches("visit.").to_owned(),
    }
}

const STEPS: [&str; 10] = ["accept", "confirm", "arrive", "in_chair", "complete", "cancel", "move", "miss", "late", "undo"];

#[rustfmt::skip]
const DESK_BEFORE_START: [(&str, [&str; 10]); 9] = [
    //            accept              confirm            arrive             in_chair       complete       cancel             move               miss               late               undo
    ("requested", ["booked",          "only-requested",  "only-requested",  "not-arrived", "not-arrived", "cancelled",       "moved",           "only-requested",  "only-requested",  "nothing-to-undo"]),
    ("booked",    ["=",               "confirmed",       "arrived",         "not-arrived", "not-arrived", "cancelled",       "moved",           "not-started",     "booked",          "nothing-to-undo"]),
    ("confirmed", ["=",               "=",               "arrived",         "not-arrived", "not-arrived", "cancelled",       "moved",           "not-started",     "confirmed",       "nothing-to-undo"]),
    ("arrived",   ["already-arrived", "already-arrived", "=",               "in_chair",    "completed",   "already-arrived", "already-arrived", "already-arrived", "already-arrived", "confirmed"]),
    ("in_chair",  ["already-arrived", "already-arrived", "already-arrived", "=",           "completed",   "already-arrived", "already-arrived", "already-arrived", "already-arrived", "arrived"]),
    ("completed", ["not-open",        "not-open",        "not-open",        "not-open",    "=",           "not-open",        "not-open",        "not-open",        "not-open",        "in_chair"]),
    ("cancelled", ["not-open",        "not-open",        "not-open",        "not-open",    "not-open",    "=",               "not-open",        "not-open",        "not-open",        "not-open"]),
    ("moved",     ["not-open",        "not-open",        "not-open",        "not-open",    "not-open",    "not-open",        "not-open",        "not-open",        "not-open",        "not-open"]),
    ("no_show",   ["not-open",        "not-open",        "not-open",        "not-open",    "not-open",    "not-open",        "not-open",        "=",               "not-open",        "confirmed"]),
];

#[test]
fn every_state_answers_every_step_of_the_desk() {
    let world = world();
    assert_eq!(DESK_BEFORE_START.map(|(state, _)| state), VisitState::NAMES, "the table has a row for each state");
    for (state, expected) in DESK_BEFORE_START {
        for (step, expected) in STEPS.into_iter().zip(expected) {
            let given = world.in_state(state);
            let result = world.take(given.clone(), step, world.desk, When::Before);
            assert_eq!(outcome(&given, result), expected, "{step} of a visit {state}");
        }
    }
}

#[test]
fn after_the_start_only_these_answers_of_the_desk_differ() {
    let world = world();
    let differ = [("booked", "confirm", "already-started"), ("booked", "miss", "no_show"), ("confirmed", "miss", "no_show")];
    for (state, before) in DESK_BEFORE_START {
        for (step, before) in STEPS.into_iter().zip(before) {
            let given = world.in_state(state);
            let result = world.take(given.clone(), step, world.desk, When::After);
            let expected = differ.iter().find(|row| (row.0, row.1) == (state, step)).map_or(before, |row| row.2);
            assert_eq!(outcome(&given, result), expected, "{step} of a visit {state}, after its start");
        }
    }
}

#[test]
fn a_patient_changes_only_what_lies_ahead_and_never_marks_treatment() {
    let world = world();
    let anna = Actor::Patient(world.anna);
    for (state, desk) in DESK_BEFORE_START {
        for (step, desk) in STEPS.into_iter().zip(desk) {
            for when in [When::Before, When::After] {
                let given = world.in_state(state);
                let got = outcome(&given, world.take(given.clone(), step, anna, when));
                let started = matches!(when, When::After) && given.state.is_ahead();
                let expected = match step {
                    "confirm" | "cancel" | "move" | "late" => match desk {
                        "confirmed" | "cancelled" | "moved" if started && step != "late" => "already-started",
                        other => other,
                    },
                    _ => "actor.not-allowed",
                };
                assert_eq!(got, expected, "{step} of a visit {state} by its patient, {when:?}");
            }
        }
    }
}

#[test]
fn nobody_touches_the_visit_of_somebody_else() {
    let world = world();
    for state in VisitState::NAMES {
        for step in STEPS {
            let given = world.in_state(state);
            let refused = world.take(given, step, Actor::Patient(world.boris), When::Before).unwrap_err();
            assert!(["visit.not-yours", "actor.not-allowed"].contains(&refused.code()), "{step} of {state}: {refused}");
        }
    }
    let foreign =
        Visit::book(world.booking(), world.visit, Actor::Patient(world.boris), Origin::VisitPage, world.slot.starts_at - hours(5));
    assert_eq!(foreign.unwrap_err().code(), "visit.not-yours");
}

#[test]
fn a_clinician_marks_treatment_and_leaves_the_book_to_the_desk() {
    let world = world();
    let clinician = Actor::Staff { id: world.slot.provider, role: Role::Clinician };
    for (step, from, may) in [
        ("confirm", "booked", "actor.not-allowed"),
        ("cancel", "booked", "actor.not-allowed"),
        ("move", "booked", "actor.not-allowed"),
        ("late", "booked", "actor.not-allowed"),
        ("accept", "requested", "actor.not-allowed"),
        ("arrive", "booked", "arrived"),
        ("in_chair", "arrived", "in_chair"),
        ("complete", "in_chair", "completed"),
        ("undo", "arrived", "confirmed"),
    ] {
        let given = world.in_state(from);
        assert_eq!(outcome(&given, world.take(given.clone(), step, clinician, When::Before)), may, "{step}");
    }
    let bot = Actor::Bot(RunId::new(world.slot.starts_at, &mut Chance::from_seed(1)));
    let given = world.in_state("arrived");
    assert_eq!(outcome(&given, world.take(given.clone(), "undo", bot, When::Before)), "actor.not-allowed");
}

#[test]
fn a_moved_visit_keeps_its_chain_and_the_clinics_key() {
    let world = world();
    let now = world.slot.starts_at - hours(30);
    let anna = Actor::Patient(world.anna);
    let first = world.in_state("booked");
    let (old, new, happened) =
        first.clone().move_to(Move { id: world.next, slot: world.later }, anna, Origin::Channel(Channel::Telegram), now).unwrap();
    assert_eq!(
        old.state,
        VisitState::Moved { mark: Mark { by: anna, through: Origin::Channel(Channel::Telegram), at: now }, to: world.next }
    );
    assert_eq!((old.version, old.external_key.as_deref()), (5, None));
    assert_eq!((new.chain, new.sequence(), new.version), (world.visit, 1, 5), "a page of the old hour is stale");
    assert_eq!((new.slot(), new.booked_at, new.external_key.as_deref()), (world.later, now, Some("4711")));
    assert_eq!(
        happened,
        [Happening::VisitMoved { visit: world.visit, to: world.next, from_at: first.starts_at, to_at: world.later.starts_at }]
    );
    let soon = Slot { starts_at: world.slot.starts_at + hours(24), ends_at: world.slot.ends_at + hours(24), ..world.slot };
    for (by, from, slot, state) in [
        (anna, "booked", soon, "confirmed"),
        (anna, "confirmed", soon, "confirmed"),
        (anna, "confirmed", world.later, "booked"),
        (anna, "requested", soon, "requested"),
        (world.desk, "confirmed", soon, "booked"),
        (world.desk, "requested", world.later, "booked"),
    ] {
        let moved = world.in_state(from).move_to(Move { id: world.next, slot }, by, Origin::Desk, now).unwrap();
        assert_eq!(moved.1.state.name(), state, "{from} by {by:?}");
    }
    let same = first.clone().move_to(Move { id: world.next, slot: world.slot }, anna, Origin::VisitPage, now);
    assert_eq!(same.unwrap_err().code(), "visit.same-slot");
    let again = new.move_to(Move { id: world.visit, slot: Slot { chair: None, ..world.later } }, world.desk, Origin::Desk, now).unwrap();
    assert_eq!((again.1.chain, again.1.moves), (world.visit, 2));
}

#[test]
fn notice_is_late_within_a_day_of_the_start() {
    let world = world();
    let second = Duration::from_secs(1);
    for (now, expected) in [
        (world.slot.starts_at - hours(25), Notice::InTime),
        (world.slot.starts_at - hours(24), Notice::InTime),
        (world.slot.starts_at - hours(24) + second, Notice::Late),
        (world.slot.starts_at + second, Notice::Late),
    ] {
        let (cancelled, happened) = world.in_state("booked").cancel(CancelReason::Unwell, world.desk, Origin::Desk, now).unwrap();
        assert!(matches!(cancelled.state, VisitState::Cancelled { notice, .. } if notice == expected), "{now}");
        assert_eq!(happened, [Happening::VisitCancelled { visit: world.visit, reason: CancelReason::Unwell }]);
    }
}

#[test]
fn undoing_walks_back_with_the_marks_that_were_there() {
    let world = world();
    let nine = world.slot.starts_at;
    let minute = |count: u64| nine + Duration::from_mins(count);
    let booked = world.in_state("booked");
    let confirmed = booked.confirm(Actor::Patient(world.anna), Origin::VisitPage, nine - hours(2)).unwrap().0;
    let arrived = confirmed.clone().arrive(world.desk, Origin::Desk, nine).unwrap().0;
    let in_chair = arrived.clone().take_in_chair(world.desk, Origin::Desk, minute(5)).unwrap().0;
    let completed = in_chair.clone().complete(world.desk, Origin::Desk, minute(50)).unwrap().0;
    assert_eq!(completed.confirmed(), confirmed.state.mark());
    let mut visit = completed;
    for before in [in_chair, arrived, confirmed] {
        let (undone, happened) = visit.undo(&world.zone, world.desk, minute(55)).unwrap();
        assert_eq!(undone.state, before.state);
        assert_eq!(happened, [Happening::VisitMarkUndone { visit: world.visit }]);
        visit = undone;
    }
}

#[test]
fn a_mark_of_yesterday_stays() {
    let world = world();
    let given = world.in_state("completed");
    let midnight = world.zone.start_of("2026-11-24".parse().unwrap());
    let last_minute = midnight - Duration::from_mins(1);
    assert!(given.clone().undo(&world.zone, world.desk, last_minute).is_ok());
    assert_eq!(given.undo(&world.zone, world.desk, midnight).unwrap_err().code(), "visit.undo-another-day");
}

#[test]
fn limits_name_the_field_that_breaks_them() {
    let world = world();
    let now = world.slot.starts_at - hours(3);
    let anna = Actor::Patient(world.anna);
    let book = |change: fn(&mut Booking), by: Actor| {
        let mut booking = world.booking();
        change(&mut booking);
        Visit::book(booking, world.visit, by, Origin::Desk, now).map(|_| ()).map_err(|refusal| (refusal.code(), refusal.field()))
    };
    let backwards: fn(&mut Booking) = |booking| booking.slot.ends_at = booking.slot.starts_at;
    let endless: fn(&mut Booking) = |booking| booking.slot.ends_at = booking.slot.starts_at + hours(13);
    let chatty: fn(&mut Booking) = |booking| booking.note = "x".repeat(2_001);
    let past: fn(&mut Booking) = |booking| booking.slot.starts_at = booking.slot.starts_at - hours(4);
    assert_eq!(book(backwards, world.desk), Err(("slot.ends-before-start", Some("ends_at"))));
    assert_eq!(book(endless, world.desk), Err(("slot.too-long", Some("ends_at"))));
    assert_eq!(book(chatty, world.desk), Err(("visit.note-too-long", Some("note"))));
    assert_eq!(book(past, anna), Err(("slot.passed", Some("starts_at"))));
    assert_eq!(book(past, world.desk), Ok(()));
    for (minutes, code) in [(0, Some("visit.late-minutes")), (1, None), (240, None), (241, Some("visit.late-minutes"))] {
        let late = world.in_state("booked").late(minutes, anna, Origin::VisitPage, now);
        assert_eq!(late.err().map(|refusal| refusal.code()), code, "{minutes}");
    }
    let over = world.in_state("booked").late(10, anna, Origin::VisitPage, world.slot.ends_at);
    assert_eq!(over.unwrap_err().code(), "visit.over");
    let yesterday = world.in_state("booked").arrive(world.desk, Origin::Desk, world.slot.starts_at - hours(13));
    assert_eq!(yesterday.unwrap_err().code(), "visit.not-today");
}

#[test]
fn saying_the_same_lateness_twice_happens_once() {
    let world = world();
    let now = world.slot.starts_at;
    let once = world.in_state("booked").late(10, world.desk, Origin::Desk, now).unwrap().0;
    assert_eq!(once.clone().late(10, world.desk, Origin::Desk, now).unwrap(), (once.clone(), vec![]));
    let more = once.late(25, world.desk, Origin::Desk, now).unwrap();
    assert_eq!((more.0.late_minutes, more.1.len()), (Some(25), 1));
}

#[test]
fn states_reasons_and_dayparts_have_words_in_every_language() {
    let world = world();
    expect_words(VisitState::NAMES.map(|name| world.in_state(name).state.key()));
    expect_words(CancelReason::ALL.map(CancelReason::key));
    expect_words(Daypart::ALL.map(Daypart::key));
    for reason in CancelReason::ALL {
        assert_eq!(CancelReason::named(reason.name()), Some(reason));
    }
}

#[test]
fn a_stale_form_is_recognised() {
    let visit = world().in_state("booked");
    assert!(visit.clone().at_version(4).is_ok());
    assert_eq!(visit.at_version(3).unwrap_err().code(), "visit.stale");
}

proptest! {
    /// Whatever is pressed in whatever order: the version counts the happenings, and the past is never unsaid but by an undo.
    #[test]
    fn no_order_of_steps_breaks_a_visit(steps in prop::collection::vec((0..STEPS.len(), any::<bool>(), any::<bool>()), 0..24)) {
        let world = world();
        let (mut visit, mut happened) =
            Visit::request(world.booking(), world.visit, world.desk, Origin::Desk, world.slot.starts_at - hours(72)).unwrap();
        for (step, by_patient, after) in steps {
            let by = if by_patient { Actor::Patient(world.anna) } else { world.desk };
            let when = if after { When::After } else { When::Before };
            let closed = matches!(visit.state, VisitState::Cancelled { .. } | VisitState::Moved { .. });
            if let Ok((next, more)) = world.take(visit.clone(), STEPS[step], by, when) {
                prop_assert!(!closed || more.is_empty(), "{} came back by {}", visit.state.name(), STEPS[step]);
                happened.extend(more);
                visit = next;
            }
        }
        prop_assert_eq!(usize::try_from(visit.version).unwrap(), happened.len());
        prop_assert_eq!((visit.id, visit.chain, visit.patient), (world.visit, world.visit, world.anna));
    }

    #[test]
    fn a_state_reads_back_from_its_text(at in 0..VisitState::NAMES.len()) {
        let state = world().in_state(VisitState::NAMES[at]).state;
        let text = serde_json::to_string(&state).unwrap();
        let named = format!(r#""state":"{}""#, state.name());
        prop_assert!(text.contains(&named));
        prop_assert_eq!(serde_json::from_str::<VisitState>(&text).unwrap(), state);
    }
}
