//! Those who are not written to, and when nobody is: STOP, no bots, quiet hours.

use clinic::patients::Bots;
use insta::assert_snapshot;

use crate::world::{ANNA, BORIS, VERA, told};

#[test]
fn after_stop_nothing_is_sent_not_even_what_was_queued() {
    told(async |mut world| {
        world.lives_in(world.people.anna, "Pacific/Auckland").await;
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        world.sent();
        // the reminder waits for Anna's morning
        assert_snapshot!(world.why(world.people.anna).await, @r"
        booked/new: sent, why-channel-only-one
        visit-reminder/three-days: waits, why-held-quiet-hours
        ");
        world.says(ANNA, "STOP").await;
        world.forward("2026-12-04T10:00").await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.why(world.people.anna).await, @r"
        booked/new: sent, why-channel-only-one
        visit-reminder/three-days: not sent, why-suppressed-opted-out
        visit-reminder/day-before: not sent, why-suppressed-opted-out
        visit-reminder/next-channel: not sent, why-suppressed-opted-out
        visit-reminder/soon: not sent, why-suppressed-opted-out
        ");
        assert_snapshot!(world.tasks().await, @"call Anna: task-reason-unconfirmed");
        assert_snapshot!(world.trace(visit.id, "visit-reminder").await, @r"
         | Began
        three-days | Waits
        three-days | Asked | visit-reminder-ask
        day-before | Asked | visit-reminder-day-before
        next-channel | Asked | visit-reminder-day-before
        call | Asked a person to do something | task-reason-unconfirmed
        soon | Waits
        soon | Asked | visit-reminder-soon
         | Finished | unanswered
        ");
        world.says(ANNA, "START").await;
        assert_snapshot!(world.sent(), @r"
        Fri 04 Dec 10:00, Anna on Telegram
          Welcome back! Mosoly will write to you here again. To end it, send STOP.
        ");
    });
}

#[test]
fn whoever_opted_out_is_rung_up_instead() {
    told(async |mut world| {
        world.book(world.people.boris, "2026-12-03T10:00").await;
        world.forward("2026-12-03T12:00").await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.why(world.people.boris).await, @r"
        booked/new: not sent, why-suppressed-opted-out
        visit-reminder/three-days: not sent, why-suppressed-opted-out
        visit-reminder/day-before: not sent, why-suppressed-opted-out
        visit-reminder/next-channel: not sent, why-suppressed-opted-out
        visit-reminder/soon: not sent, why-suppressed-opted-out
        ");
        assert_snapshot!(world.tasks().await, @"call Boris: task-reason-unconfirmed");
        // Boris writes again: that is no START
        world.says(BORIS, "yes").await;
        assert_snapshot!(world.sent(), @"");
    });
}

#[test]
fn a_patient_who_wants_no_bots_is_a_call_for_a_person() {
    told(async |mut world| {
        world.changed(world.people.anna, |anna| anna.bots = Bots::NoBots).await;
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-12-03T12:00").await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.tasks().await, @"call Anna: task-reason-not-sent");
        assert_snapshot!(world.why(world.people.anna).await, @r"
        booked/new: not sent, why-suppressed-no-bots
        visit-reminder/three-days: not sent, why-suppressed-no-bots
        visit-reminder/day-before: not sent, why-suppressed-no-bots
        visit-reminder/next-channel: not sent, why-suppressed-no-bots
        visit-reminder/soon: not sent, why-suppressed-no-bots
        ");
        assert_snapshot!(world.trace(visit.id, "visit-reminder").await, @r"
         | Began
        three-days | Waits
        three-days | Asked | visit-reminder-ask
        day-before | Asked | visit-reminder-day-before
        next-channel | Asked | visit-reminder-day-before
        call | Asked a person to do something | task-reason-unconfirmed
        soon | Waits
        soon | Asked | visit-reminder-soon
         | Finished | unanswered
        ");
    });
}

#[test]
fn quiet_hours_hold_a_message_and_what_has_lost_its_use_by_morning_is_dropped() {
    told(async |mut world| {
        world.forward("2026-11-23T21:30").await;
        world.book(world.people.anna, "2026-12-10T10:00").await;
        world.book(world.people.vera, "2026-11-24T07:30").await;
        world.turn().await;
        assert_snapshot!(world.sent(), @"");
        world.forward("2026-11-24T07:59").await;
        assert_snapshot!(world.sent(), @"");
        world.forward("2026-11-24T08:01").await;
        assert_snapshot!(world.sent_briefly(), @"Tue 24 Nov 08:00, Anna on Telegram | The visit to Mosoly is booked:");
        assert_snapshot!(world.why(world.people.anna).await, @"booked/new: sent, why-channel-only-one");
        assert_snapshot!(world.why(world.people.vera).await, @"booked/new: not sent, why-suppressed-stale");
    });
}

#[test]
fn stop_on_one_channel_leaves_the_others() {
    told(async |mut world| {
        world.says(VERA, "stop").await;
        world.book(world.people.vera, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        assert_snapshot!(world.sent_briefly(), @r"
        Mon 23 Nov 09:00, vera@example.org by mail | Your visit: Thursday, 3 December, 10:00
        Mon 30 Nov 10:00, vera@example.org by mail | Your visit: Thursday, 3 December, 10:00
        ");
        assert_snapshot!(world.why(world.people.vera).await, @r"
        booked/new: sent, why-channel-only-one
        visit-reminder/three-days: sent, why-channel-only-one
        ");
    });
}
