//! When a patient who never answers is written to.

#![cfg(test)]

use super::Input;
use super::stage::Stage;

/// What nobody ever answers, without the buttons.
fn silent(stage: Stage) -> Vec<String> {
    let mut stage = stage.start();
    stage.silence_to_the_end();
    stage.look().lines().map(|line| line.split(" [").next().unwrap_or(line).to_owned()).collect()
}

fn reminders(booked: &str, starts: &str) -> Vec<String> {
    silent(Stage::of("visit-reminder", booked, starts))
}

#[test]
fn silence_leads_from_reminder_to_reminder_to_a_call() {
    assert_eq!(
        reminders("2026-11-23T09:00", "2026-12-10T14:00"),
        [
            "Mon 07 Dec 10:00 visit-reminder-ask",
            "Wed 09 Dec 10:00 visit-reminder-day-before",
            "Wed 09 Dec 15:00 visit-reminder-day-before on the next channel",
            "Wed 09 Dec 17:00 task call task-reason-unconfirmed",
            "Thu 10 Dec 12:00 visit-reminder-soon",
            "Thu 10 Dec 14:00 ended unanswered",
        ]
    );
}

#[test]
fn what_was_booked_late_is_asked_about_only_where_there_is_time_to_ask() {
    let day_before = ["Tue 24 Nov 10:00 visit-reminder-day-before", "Tue 24 Nov 15:00 visit-reminder-day-before on the next channel"];
    for (name, booked, starts, expected) in [
        ("two days before: the three days are over", "2026-11-23T09:00", "2026-11-25T14:00", [&day_before[..], &CALL_AND_SOON].concat()),
        (
            "a quarter to ten for the day after tomorrow: nobody is asked a quarter of an hour after booking",
            "2026-11-24T09:45",
            "2026-11-25T14:00",
            [&day_before[1..], &CALL_AND_SOON].concat(),
        ),
        (
            "within a day: no confirmation is asked, and nobody rings",
            "2026-11-24T15:00",
            "2026-11-25T14:00",
            vec!["Wed 25 Nov 14:00 ended unanswered"],
        ),
        ("for the same day", "2026-11-25T09:00", "2026-11-25T14:00", vec!["Wed 25 Nov 14:00 ended unanswered"]),
    ] {
        assert_eq!(reminders(booked, starts), expected, "{name}");
    }
}

const CALL_AND_SOON: [&str; 3] =
    ["Tue 24 Nov 17:00 task call task-reason-unconfirmed", "Wed 25 Nov 12:00 visit-reminder-soon", "Wed 25 Nov 14:00 ended unanswered"];

#[test]
fn two_hours_before_an_early_visit_is_the_evening_before() {
    for (starts, soon) in [
        ("2026-12-10T08:30", "Wed 09 Dec 19:00 visit-reminder-soon"),
        ("2026-12-10T09:59", "Wed 09 Dec 19:00 visit-reminder-soon"),
        ("2026-12-10T10:00", "Thu 10 Dec 08:00 visit-reminder-soon"),
        ("2026-12-10T17:30", "Thu 10 Dec 15:30 visit-reminder-soon"),
        ("2026-12-10T21:59", "Thu 10 Dec 19:59 visit-reminder-soon"),
        // late at night it is the evening of the day, not the one before
        ("2026-12-10T22:30", "Thu 10 Dec 19:00 visit-reminder-soon"),
        ("2026-12-10T01:00", "Wed 09 Dec 19:00 visit-reminder-soon"),
    ] {
        let said = reminders("2026-11-23T09:00", starts);
        assert_eq!(said[4], soon, "{starts}");
    }
}

#[test]
fn the_wall_clock_of_the_clinic_counts_on_days_when_it_changes() {
    for (zone, what, booked, starts, expected) in [
        (
            "Europe/Budapest",
            "an hour is lost in the night before",
            "2026-03-10T09:00",
            "2026-03-29T14:00",
            ["Thu 26", "Sat 28", "Sun 29 Mar 12:00"],
        ),
        (
            "Europe/Budapest",
            "an hour is won in the night before",
            "2026-10-10T09:00",
            "2026-10-25T14:00",
            ["Thu 22", "Sat 24", "Sun 25 Oct 12:00"],
        ),
        (
            "Europe/Budapest",
            "an early visit on such a day",
            "2026-03-10T09:00",
            "2026-03-29T08:30",
            ["Thu 26", "Sat 28", "Sat 28 Mar 19:00"],
        ),
        ("America/New_York", "an hour is lost", "2026-02-20T09:00", "2026-03-08T14:00", ["Thu 05", "Sat 07", "Sun 08 Mar 12:00"]),
        ("America/New_York", "an hour is won", "2026-10-20T09:00", "2026-11-01T14:00", ["Thu 29", "Sat 31", "Sun 01 Nov 12:00"]),
        (
            "Asia/Tehran",
            "midnight was skipped when clocks still changed",
            "2021-03-01T09:00",
            "2021-03-22T14:00",
            ["Fri 19", "Sun 21", "Mon 22 Mar 12:00"],
        ),
        ("Asia/Tehran", "clocks no longer change", "2026-03-01T09:00", "2026-03-22T14:00", ["Thu 19", "Sat 21", "Sun 22 Mar 12:00"]),
    ] {
        let said = silent(Stage::in_zone(zone, "visit-reminder", booked, starts));
        let [three_days, day_before, soon] = expected;
        assert!(said[0].starts_with(three_days) && said[0].contains(" 10:00 visit-reminder-ask"), "{zone}, {what}: {said:?}");
        assert!(said[1].starts_with(day_before) && said[1].contains(" 10:00 visit-reminder-day-before"), "{zone}, {what}: {said:?}");
        assert_eq!(said[4], format!("{soon} visit-reminder-soon"), "{zone}, {what}");
    }
}

#[test]
fn a_reminder_that_comes_late_is_said_while_it_is_of_use_and_skipped_after() {
    for (down_until, first) in [
        ("2026-12-07T12:00", "Mon 07 Dec 12:00 visit-reminder-ask"),
        ("2026-12-07T16:00", "Mon 07 Dec 16:00 visit-reminder-ask"),
        ("2026-12-07T16:01", "Wed 09 Dec 10:00 visit-reminder-day-before"),
    ] {
        let mut stage = Stage::of("visit-reminder", "2026-11-23T09:00", "2026-12-10T14:00").start();
        stage.now = stage.at(down_until);
        stage.take(Input::Due);
        if stage.lines.is_empty() {
            stage.silence();
        }
        assert!(stage.look().starts_with(first), "{down_until}");
    }
    // two hours before the visit there is less patience: an hour and a half
    for (down_until, said) in [("2026-12-10T13:30", true), ("2026-12-10T13:31", false)] {
        let mut stage = Stage::of("visit-reminder", "2026-11-23T09:00", "2026-12-10T14:00").start();
        for _ in 0..4 {
            stage.silence();
        }
        stage.look();
        stage.now = stage.at(down_until);
        stage.take(Input::Due);
        assert_eq!(stage.look().contains("visit-reminder-soon"), said, "{down_until}");
    }
}

#[test]
fn a_moment_that_has_not_come_changes_nothing() {
    let mut stage = Stage::of("visit-reminder", "2026-11-23T09:00", "2026-12-10T14:00").start();
    let before = stage.run.clone();
    stage.take(Input::Due);
    assert_eq!((stage.run.clone(), stage.look()), (before, String::new()));
}

#[test]
fn a_visit_confirmed_at_the_desk_is_not_asked_about() {
    let mut stage = Stage::of("visit-reminder", "2026-11-23T09:00", "2026-12-10T14:00").start();
    let desk = stage.world.desk_actor();
    let now = stage.now;
    stage.visits = stage.visits.drain(..).map(|visit| visit.confirm(desk, crate::actors::Origin::Desk, now).unwrap().0).collect();
    stage.silence_to_the_end();
    assert_eq!(stage.look(), "Thu 10 Dec 14:00 ended unanswered");
    assert!(stage.trace.contains(&"three-days skipped-condition".to_owned()), "{:?}", stage.trace);
}

#[test]
fn a_missed_visit_is_written_about_an_hour_later_and_whoever_misses_often_is_rung_up() {
    for (missed, expected) in [
        (1, "Mon 23 Nov 15:00 no-show-missed-you [another-time, person]\nMon 30 Nov 15:00 ended unanswered"),
        (
            2,
            "Mon 23 Nov 14:00 task call task-reason-missed-often\n\
             Mon 23 Nov 15:00 no-show-missed-you [another-time, person]\nMon 30 Nov 15:00 ended unanswered",
        ),
    ] {
        let mut stage = Stage::of("no-show", "2026-11-16T09:00", "2026-11-23T12:00");
        (stage.missed, stage.now) = (missed, stage.at("2026-11-23T14:00"));
        let mut stage = stage.start();
        stage.silence_to_the_end();
        assert_eq!(stage.look(), expected, "{missed} missed");
    }
}

#[test]
fn details_are_told_by_whoever_has_not_been_told() {
    let of = |change: fn(&mut Stage)| {
        let mut stage = Stage::of("booked", "2026-11-23T09:00", "2026-12-10T14:00");
        change(&mut stage);
        let mut stage = stage.start();
        stage.look().replace("Mon 23 Nov 09:00 ", "")
    };
    assert_eq!(of(|_| {}), "booked-details\nended sent");
    assert_eq!(of(|stage| stage.visits[0].moves = 1), "moved-details\nended sent");
    // they chose the time in a dialogue, and were answered there
    assert_eq!(of(|stage| stage.run.started_by = crate::actors::Actor::Patient(stage.world.anna.id)), "ended sent");
    let moved_by_anna = |stage: &mut Stage| {
        stage.visits[0].moves = 1;
        stage.run.started_by = crate::actors::Actor::Patient(stage.world.anna.id);
    };
    assert_eq!(of(moved_by_anna), "ended sent");
}

#[test]
fn who_is_told_of_a_cancelled_visit_how_and_how_urgently() {
    use crate::actors::{Actor, Origin};
    use crate::journal::CancelReason;
    use crate::outbox::Rank;

    let sorry = "cancelled-sorry [another-time, person]";
    let told = "cancelled-details [another-time, person]";
    for (reason, starts, expected, rank) in [
        (CancelReason::Clinic, "2026-12-10T14:00", Some(sorry), Rank::Visit),
        (CancelReason::Clinic, "2026-11-24T21:00", Some(sorry), Rank::Safety),
        (CancelReason::Clinic, "2026-11-24T21:01", Some(sorry), Rank::Visit),
        (CancelReason::Unsaid, "2026-12-10T14:00", Some(told), Rank::Visit),
        // rung up in the evening for the next morning: whoever did not hear it must not set out
        (CancelReason::NoTime, "2026-11-24T08:59", Some(told), Rank::Safety),
    ] {
        for by_patient in [false, true] {
            let mut stage = Stage::of("cancelled", "2026-11-23T09:00", starts);
            let desk = stage.world.desk_actor();
            let by = if by_patient { Actor::Patient(stage.world.anna.id) } else { desk };
            let now = stage.now;
            stage.visits = stage.visits.drain(..).map(|visit| visit.cancel(reason, by, Origin::Desk, now).unwrap().0).collect();
            stage.run.started_by = by;
            let mut stage = stage.start();
            let said = stage.look().replace("Mon 23 Nov 09:00 ", "");
            let expected = expected.filter(|_| !by_patient).unwrap_or("ended sent");
            assert_eq!(said, expected, "{reason:?} {starts} by {by:?}");
            assert_eq!(stage.ranks.first().copied(), (!by_patient).then_some(rank), "{reason:?} {starts}");
        }
    }
}

#[test]
fn whoever_takes_no_new_date_for_what_the_clinic_took_away_is_rung_up() {
    for (reason, expected) in [
        (
            crate::journal::CancelReason::Clinic,
            "Tue 24 Nov 09:00 task call task-reason-cancelled-for-us\nThu 26 Nov 09:00 ended unanswered",
        ),
        (crate::journal::CancelReason::Unsaid, "Wed 25 Nov 09:00 ended unanswered"),
    ] {
        let mut stage = Stage::of("cancelled", "2026-11-23T09:00", "2026-12-10T14:00");
        let (desk, now) = (stage.world.desk_actor(), stage.now);
        let cancel = |visit: crate::journal::Visit| visit.cancel(reason, desk, crate::actors::Origin::Desk, now).unwrap().0;
        stage.visits = stage.visits.drain(..).map(cancel).collect();
        let mut stage = stage.start();
        stage.look();
        stage.silence_to_the_end();
        assert_eq!(stage.look(), expected, "{reason:?}");
    }
}

#[test]
fn a_new_date_is_found_with_one_tap_for_a_visit_that_the_clinic_cancelled() {
    let mut stage = Stage::of("cancelled", "2026-11-23T09:00", "2026-12-10T14:00");
    let (desk, now) = (stage.world.desk_actor(), stage.now);
    let reason = crate::journal::CancelReason::Clinic;
    let cancel = |visit: crate::journal::Visit| visit.cancel(reason, desk, crate::actors::Origin::Desk, now).unwrap().0;
    stage.visits = stage.visits.drain(..).map(cancel).collect();
    stage.free = vec![stage.slot("2026-12-11T09:00")];
    let mut stage = stage.start();
    stage.look();
    stage.answer("another-time");
    stage.answer("slot-0");
    assert_eq!(
        stage.look().replace("Mon 23 Nov 09:00 ", ""),
        "visit-reminder-new-date [0: Fri 09:00, more, person]\nbooked again for Fri 09:00\nbooked-details\nended booked"
    );
}
