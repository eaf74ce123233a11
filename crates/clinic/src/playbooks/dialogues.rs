//! What each answer does, from the first reminder to the last word.

#![cfg(test)]

use super::stage::{Stage, Taken};
use super::{Input, RunState, StopReason};
use crate::outbox::Rank;

/// Anna has been asked, three days before her visit on Thursday, 10 December at 14:00.
fn asked() -> Stage {
    let mut stage = Stage::of("visit-reminder", "2026-11-23T09:00", "2026-12-10T14:00").start();
    stage.free = free(&stage);
    stage.silence();
    assert_eq!(stage.look(), "Mon 07 Dec 10:00 visit-reminder-ask [confirm, another-time, cancel, person]");
    stage
}

fn free(stage: &Stage) -> Vec<crate::journal::Slot> {
    let hours = (9..18).map(|hour| format!("2026-12-11T{hour:02}:00"));
    hours.map(|start| stage.slot(&start)).collect()
}

/// Said at once, within the minute of the first reminder.
fn said(stage: &mut Stage) -> String {
    stage.look().replace("Mon 07 Dec 10:00 ", "")
}

const OFFERED: &str = "visit-reminder-slots [0: Fri 09:00, 1: Fri 10:00, 2: Fri 11:00, more, person]";
const MORE: &str =
    "visit-reminder-slots [3: Fri 12:00, 4: Fri 13:00, 5: Fri 14:00, 6: Fri 15:00, 7: Fri 16:00, 8: Fri 17:00, more, person]";

#[test]
fn each_answer_to_a_reminder_leads_somewhere() {
    for (answers, expected) in [
        ("confirm", "confirmed\nvisit-reminder-thanks\nended confirmed"),
        ("yes", "confirmed\nvisit-reminder-thanks\nended confirmed"),
        ("another-time", OFFERED),
        ("cancel", WHY),
        ("no", WHY),
        ("keep", "confirmed\nvisit-reminder-kept\nended confirmed"),
        ("person", "handed-over\nto a person: person"),
        // nothing that the script can be sure of
        ("late", "handed-over\nto a person: unclear"),
        ("late-10", "handed-over\nto a person: unclear"),
        ("more", "handed-over\nto a person: unclear"),
        ("slot-1", "handed-over\nto a person: unclear"),
        ("reason-cost", "handed-over\nto a person: unclear"),
        ("thanks", "handed-over\nto a person: unclear"),
    ] {
        let mut stage = asked();
        stage.answer(answers);
        assert_eq!(said(&mut stage), expected, "{answers}");
    }
}

const WHY: &str = "visit-reminder-cancel-why [reason-unwell, reason-no-time, reason-cost, reason-other, another-time, keep]";

#[test]
fn another_time_offers_three_slots_then_six_more_and_the_tapped_one_becomes_the_visit() {
    let mut stage = asked();
    stage.answer("another-time");
    assert_eq!(said(&mut stage), OFFERED);
    stage.answer("more");
    assert_eq!(said(&mut stage), MORE);
    let before = stage.visits[0].clone();
    stage.answer("slot-4");
    assert_eq!(said(&mut stage), "moved to Fri 13:00\nvisit-reminder-moved\nended moved");
    let after = &stage.visits[0];
    assert_eq!((after.chain, after.moves, stage.run.visits.as_slice()), (before.chain, 1, &[after.id][..]));
}

#[test]
fn whoever_finds_nothing_among_three_offers_is_given_to_a_person() {
    let mut stage = asked();
    stage.free.extend((9..18).map(|hour| stage.slot(&format!("2026-12-14T{hour:02}:00"))).collect::<Vec<_>>());
    stage.answer("another-time").answer("more").answer("more");
    assert!(stage.look().ends_with("14: Mon 14:00, person]"), "the third offer has no 'more'");
    stage.answer("more");
    assert_eq!(said(&mut stage), "handed-over\nto a person: no-slot-fits");
}

#[test]
fn no_free_time_is_a_matter_for_a_person() {
    let mut stage = asked();
    stage.free.clear();
    stage.answer("another-time");
    assert_eq!(said(&mut stage), "visit-reminder-no-slots\nto a person: task-reason-no-slots");
}

#[test]
fn a_slot_that_somebody_took_a_moment_earlier_is_followed_by_others() {
    let mut stage = asked();
    stage.taken = Taken::Always;
    stage.answer("another-time").answer("slot-0");
    assert_eq!(said(&mut stage), format!("{OFFERED}\nvisit-reminder-slot-gone\n{MORE}"));
    stage.answer("slot-3");
    // nine were free: nothing is left
    assert_eq!(said(&mut stage), "visit-reminder-slot-gone\nvisit-reminder-no-slots\nto a person: task-reason-no-slots");
}

#[test]
fn an_offer_hears_only_what_is_clear() {
    for (answer, expected) in [
        // which of the three?
        ("yes", "handed-over\nto a person: unclear"),
        ("no", "handed-over\nto a person: unclear"),
        ("slot-7", "handed-over\nto a person: unclear"),
        ("another-time", MORE),
        ("keep", "confirmed\nvisit-reminder-kept\nended confirmed"),
        ("confirm", "confirmed\nvisit-reminder-thanks\nended confirmed"),
        ("cancel", WHY),
        ("person", "handed-over\nto a person: person"),
    ] {
        let mut stage = asked();
        stage.answer("another-time");
        stage.look();
        stage.answer(answer);
        assert_eq!(said(&mut stage), expected, "{answer}");
    }
}

#[test]
fn an_offer_that_nobody_answers_leads_back_to_the_next_reminder() {
    let mut stage = asked();
    stage.answer("another-time");
    stage.look();
    stage.silence();
    assert_eq!(stage.look(), "Wed 09 Dec 10:00 visit-reminder-day-before [confirm, another-time, cancel, person]");
}

#[test]
fn cancelling_asks_why_then_offers_a_new_date() {
    let cancelled = "visit-reminder-cancelled [another-time, person]";
    for (reason, expected) in [
        ("reason-cost", format!("cancelled: cost\n{cancelled}")),
        ("reason-unwell", format!("cancelled: unwell\n{cancelled}")),
        ("cancel", format!("cancelled: unsaid\n{cancelled}")),
        ("keep", "confirmed\nvisit-reminder-kept\nended confirmed".to_owned()),
        ("confirm", "confirmed\nvisit-reminder-thanks\nended confirmed".to_owned()),
        ("another-time", OFFERED.to_owned()),
        // 'yes, you may ask' or 'yes, cancel' or 'yes, I come after all'?
        ("yes", "handed-over\nto a person: unclear".to_owned()),
        ("no", "handed-over\nto a person: unclear".to_owned()),
    ] {
        let mut stage = asked();
        stage.answer("cancel");
        stage.look();
        stage.answer(reason);
        assert_eq!(said(&mut stage), expected, "{reason}");
    }
}

#[test]
fn whoever_does_not_say_why_is_cancelled_all_the_same() {
    let mut stage = asked();
    stage.answer("cancel");
    stage.look();
    stage.silence();
    assert_eq!(stage.look(), "Mon 07 Dec 10:30 cancelled: unsaid\nMon 07 Dec 10:30 visit-reminder-cancelled [another-time, person]");
    stage.silence_to_the_end();
    assert_eq!(stage.look(), "Wed 09 Dec 10:30 ended cancelled");
}

#[test]
fn after_a_cancellation_a_new_date_is_booked_and_nothing_brings_the_old_one_back() {
    for (answers, expected) in [
        (
            "another-time slot-1",
            "visit-reminder-new-date [0: Fri 09:00, 1: Fri 10:00, 2: Fri 11:00, more, person]\n\
             booked again for Fri 10:00\nbooked-details\nended moved",
        ),
        ("keep", "handed-over\nto a person: task-reason-visit-changed"),
        ("confirm", "handed-over\nto a person: task-reason-visit-changed"),
        ("cancel", "nothing-to-do\nended cancelled"),
    ] {
        let mut stage = asked();
        stage.answer("cancel").answer("reason-cost");
        stage.look();
        for answer in answers.split(' ') {
            stage.answer(answer);
        }
        assert_eq!(said(&mut stage), expected, "{answers}");
    }
}

#[test]
fn whatever_follows_an_answer_goes_out_as_an_answer() {
    for answers in
        ["confirm", "another-time", "another-time slot-1", "another-time more", "cancel reason-cost another-time slot-0", "person"]
    {
        let mut stage = asked();
        stage.ranks.clear();
        for answer in answers.split(' ') {
            stage.answer(answer);
        }
        assert!(!stage.ranks.is_empty() && stage.ranks.iter().all(|rank| *rank == Rank::Reply), "{answers}: {:?}", stage.ranks);
    }
    assert_eq!(asked().ranks, [Rank::Visit]);
}

#[test]
fn words_that_nobody_understands_go_to_a_person() {
    let mut stage = asked();
    stage.take(Input::Unclear);
    assert_eq!(said(&mut stage), "handed-over\nto a person: unclear");
    assert_eq!(stage.run.state, RunState::HandedOver);
    assert!(stage.trace.contains(&"three-days handed-over".to_owned()), "{:?}", stage.trace);
}

#[test]
fn an_answer_before_any_question_is_understood_if_it_is_clear() {
    for (answer, expected) in
        [("confirm", "confirmed\nvisit-reminder-thanks\nended confirmed"), ("cancel", WHY), ("yes", "handed-over\nto a person: unclear")]
    {
        let mut stage = Stage::of("visit-reminder", "2026-11-23T09:00", "2026-12-10T14:00").start();
        stage.answer(answer);
        assert_eq!(stage.look().replace("Mon 23 Nov 09:00 ", ""), expected, "{answer}");
    }
}

#[test]
fn an_answer_after_the_visit_has_begun_goes_to_a_person() {
    let mut stage = asked();
    stage.now = stage.at("2026-12-10T14:00");
    stage.answer("confirm");
    assert_eq!(stage.look().replace("Thu 10 Dec 14:00 ", ""), "handed-over\nto a person: task-reason-visit-changed");
}

/// Anna's visit at 14:00 and one of the family at 15:00, both to be asked about.
fn family() -> Stage {
    let mut stage = Stage::of("visit-reminder", "2026-11-23T09:00", "2026-12-10T14:00").start();
    let sibling = stage.visit("2026-12-10T15:00");
    stage.siblings = vec![sibling.clone()];
    stage.silence();
    assert_eq!(stage.look(), "Mon 07 Dec 10:00 visit-reminder-several [confirm, another-time, cancel, person]");
    assert_eq!(stage.run.visits, [stage.visits[0].id, sibling.id]);
    stage.siblings.clear();
    stage.visits.push(sibling);
    stage
}

#[test]
fn one_message_asks_for_several_visits_and_one_tap_confirms_them_all() {
    for answer in ["confirm", "yes"] {
        let mut stage = family();
        stage.answer(answer);
        assert_eq!(said(&mut stage), "confirmed\nconfirmed\nvisit-reminder-thanks-several\nended confirmed", "{answer}");
    }
    for answer in ["another-time", "cancel", "no", "keep", "late-10"] {
        let mut stage = family();
        stage.answer(answer);
        assert_eq!(said(&mut stage), "handed-over\nto a person: unclear", "{answer}: which of them?");
    }
}

#[test]
fn a_visit_that_goes_its_own_way_leaves_the_others_to_the_run() {
    let mut stage = family();
    let (first, second) = (stage.visits[0].id, stage.visits[1].id);
    let run = stage.run.clone().without(first, StopReason::VisitMoved);
    assert!(run.is_open() && run.visits == [second]);
    assert_eq!(run.without(second, StopReason::VisitCancelled).state, RunState::Stopped { reason: StopReason::VisitCancelled });
    stage.run = stage.run.without(first, StopReason::VisitMoved);
    stage.answer("confirm");
    assert_eq!(said(&mut stage), "confirmed\nvisit-reminder-thanks\nended confirmed");
}

#[test]
fn a_text_for_one_visit_never_speaks_for_several() {
    let mut stage = Stage::of("no-show", "2026-11-16T09:00", "2026-11-23T12:00");
    stage.now = stage.at("2026-11-23T14:00");
    let mut stage = stage.start();
    stage.siblings = vec![stage.visit("2026-11-23T15:00")];
    stage.silence();
    assert_eq!(stage.run.visits.len(), 1);
}

#[test]
fn lateness_is_marked_where_the_day_holds_and_given_to_a_person_where_it_does_not() {
    let how_much = "running-late-how-much [late-5, late-10, late-15, late-30, person]";
    for (answers, slack, expected) in [
        ("late-10", 15, "late by 10\nrunning-late-noted\nended noted"),
        ("late-15", 15, "late by 15\nrunning-late-noted\nended noted"),
        ("late-30", 15, "late by 30\nrunning-late-too-late\nto a person: task-reason-too-late"),
        ("late-239", 15, "late by 239\nrunning-late-too-late\nto a person: task-reason-too-late"),
        // longer than any patience of the journal
        ("late-500", 15, "handed-over\nto a person: task-reason-visit-changed"),
        ("late", 15, "handed-over\nto a person: unclear"),
        ("person", 15, "handed-over\nto a person: person"),
        ("yes", 15, "handed-over\nto a person: unclear"),
        ("confirm", 15, "handed-over\nto a person: unclear"),
    ] {
        let mut stage = Stage::of("running-late", "2026-11-23T09:00", "2026-11-25T14:00");
        (stage.now, stage.slack_minutes) = (stage.at("2026-11-25T13:40"), slack);
        let mut stage = stage.start();
        assert_eq!(stage.look().replace("Wed 25 Nov 13:40 ", ""), how_much);
        stage.answer(answers);
        assert_eq!(stage.look().replace("Wed 25 Nov 13:40 ", ""), expected, "{answers}");
    }
}

#[test]
fn whoever_says_at_once_how_late_is_not_asked_and_whoever_never_says_is_left_alone() {
    let mut stage = Stage::of("running-late", "2026-11-23T09:00", "2026-11-25T14:00");
    stage.now = stage.at("2026-11-25T13:40");
    stage.take(Input::StartedWith(super::Reply::Late(Some(10))));
    assert_eq!(stage.look().replace("Wed 25 Nov 13:40 ", ""), "late by 10\nrunning-late-noted\nended noted");
    let mut stage = Stage::of("running-late", "2026-11-23T09:00", "2026-11-25T14:00");
    stage.now = stage.at("2026-11-25T13:40");
    let mut stage = stage.start();
    stage.look();
    stage.silence();
    assert_eq!(stage.look(), "Wed 25 Nov 14:10 ended unanswered");
}

#[test]
fn after_a_missed_visit_each_answer_leads_somewhere() {
    let offered = "visit-reminder-new-date [0: Fri 09:00, 1: Fri 10:00, 2: Fri 11:00, more, person]";
    for (answers, expected) in [
        ("another-time", offered.to_owned()),
        ("yes", offered.to_owned()),
        ("yes slot-2", format!("{offered}\nbooked again for Fri 11:00\nbooked-details\nended booked")),
        ("no", "nothing-to-do\nended declined".to_owned()),
        ("cancel", "nothing-to-do\nended declined".to_owned()),
        ("person", "handed-over\nto a person: person".to_owned()),
        ("confirm", "handed-over\nto a person: unclear".to_owned()),
    ] {
        let mut stage = Stage::of("no-show", "2026-11-16T09:00", "2026-11-23T12:00");
        stage.now = stage.at("2026-11-23T14:00");
        stage.free = free(&stage);
        let mut stage = stage.start();
        stage.silence();
        stage.look();
        for answer in answers.split(' ') {
            stage.answer(answer);
        }
        assert_eq!(stage.look().replace("Mon 23 Nov 15:00 ", ""), expected, "{answers}");
    }
}
