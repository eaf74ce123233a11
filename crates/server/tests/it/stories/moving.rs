//! Another time: offered, taken, lost to somebody faster, and moved by the desk.

use clinic::actors::Origin;
use clinic::journal::VisitState;
use desk::{Seen, VisitMark, mark_visit, move_visit};
use insta::assert_snapshot;

use crate::world::{ANNA, DORA, VERA, told};

#[test]
fn another_time_offers_three_slots_and_the_tapped_one_moves_the_visit() {
    told(async |mut world| {
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        let reminder = world.provider.newest_with(ANNA, "Confirm").unwrap();
        world.sent();
        world.taps(ANNA, "Another time").await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Anna on Telegram
          Of course. These times are free:
          1. Wednesday, 2 December, 10:00, Dr Gromov
          2. Thursday, 3 December, 12:00, Dr Gromov
          3. Friday, 4 December, 10:00, Dr Gromov
          Which one suits you? Your present time stays yours until you choose.
          [2 Dec, 10:00] [3 Dec, 12:00] [4 Dec, 10:00] [More times] [A person, please]
        ");
        let offer = world.provider.sent_to(ANNA).pop().unwrap();
        let second = offer.buttons[1].0.clone();
        world.taps(ANNA, &second).await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Anna on Telegram
          Done, the visit has been moved. The new time:
          Thursday, 3 December, 12:00
          With: Dr Gromov
          (visit.ics)
        ");
        assert_snapshot!(world.journal().await, @r"
        Thu 03 Dec 10:00 Anna: moved by Anna through telegram
        Thu 03 Dec 12:00 Anna: booked
        ");
        let moved = world.newest(&visit).await;
        assert_eq!((moved.chain, moved.moves), (visit.id, 1), "the chain is kept");
        assert_snapshot!(world.trace(moved.id, "visit-reminder").await, @r"
         | Began
        three-days | Waits
        three-days | Asked | visit-reminder-ask
        three-days | The patient answered | another-time
        offer | Offered times
        offer | The patient answered | slot-1
        offer | Marked the journal
        moved | Said | visit-reminder-moved
         | Finished | moved
         | Began
        three-days | Left out: the booking is too fresh to be asked about
        day-before | Waits
        ");
        // the old button is stale, and so is the offer
        world.taps_on(ANNA, &reminder, "Confirm").await;
        world.taps_on(ANNA, &offer, &second).await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Anna on Telegram
          This visit has changed in the meantime. It is now: Thursday, 3 December, 12:00.
        ");
        assert_eq!(world.newest(&visit).await.version, moved.version, "nothing has changed");
        // the old hour is never reminded of
        world.forward("2026-12-24T00:00").await;
        assert_snapshot!(world.sent_briefly(), @r"
        Wed 02 Dec 10:00, Anna on Telegram | We are expecting you soon at Mosoly: | [Confirm] [Another time] [Cancel the visit] [A person, please]
        Thu 03 Dec 10:00, Anna on Telegram | Mosoly: we have kept the time for you on Thursday, 3 December, 12:00. | [Confirm] [Another time] [Cancel the visit] [A person, please]
        ");
    });
}

#[test]
fn three_offers_without_a_fitting_time_end_with_a_person() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        world.sent();
        world.taps(ANNA, "Another time").await;
        world.taps(ANNA, "More times").await;
        world.taps(ANNA, "More times").await;
        assert_snapshot!(world.sent_briefly(), @r"
        Mon 30 Nov 10:00, Anna on Telegram | Of course. These times are free: | [2 Dec, 10:00] [3 Dec, 12:00] [4 Dec, 10:00] [More times] [A person, please]
        Mon 30 Nov 10:00, Anna on Telegram | Of course. These times are free: | [2 Dec, 09:45] [2 Dec, 12:00] [3 Dec, 09:00] [3 Dec, 11:00] [4 Dec, 09:45] [4 Dec, 12:00] [More times] [A person, please]
        Mon 30 Nov 10:00, Anna on Telegram | Of course. These times are free: | [1 Dec, 12:00] [2 Dec, 09:30] [2 Dec, 10:15] [3 Dec, 11:15] [3 Dec, 14:00] [4 Dec, 10:15] [A person, please]
        ");
        world.taps(ANNA, "A person, please").await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Anna on Telegram
          Thank you. A person from our team will read this and answer you here.
          Answer by: Monday, 30 November, 10:15
        ");
        assert_snapshot!(world.tasks().await, @"answer Anna: task-reason-person");
        assert_eq!(world.turn_of(world.people.anna).await, "waits for a person");
    });
}

#[test]
fn cancelling_asks_why_and_finds_a_new_date() {
    told(async |mut world| {
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        world.sent();
        world.taps(ANNA, "Cancel the visit").await;
        world.taps(ANNA, "I have no time").await;
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Anna: cancelled (no_time) by Anna through telegram");
        world.taps(ANNA, "Another time").await;
        let offer = world.provider.sent_to(ANNA).pop().unwrap();
        world.taps(ANNA, &offer.buttons[0].0).await;
        assert_snapshot!(world.sent_briefly(), @r"
        Mon 30 Nov 10:00, Anna on Telegram | We are sorry that you cannot come. May we ask why? It helps us, and you need not say. | [I am not well] [I have no time] [The cost] [Another reason] [Another time] [Keep the visit]
        Mon 30 Nov 10:00, Anna on Telegram | The visit has been cancelled: Thursday, 3 December, 10:00. | [Another time] [A person, please]
        Mon 30 Nov 10:00, Anna on Telegram | Shall we find you a new date? These times are free: | [2 Dec, 10:00] [3 Dec, 12:00] [4 Dec, 10:00] [More times] [A person, please]
        Mon 30 Nov 10:00, Anna on Telegram | The visit to Mosoly is booked:
        ");
        assert_snapshot!(world.journal().await, @r"
        Wed 02 Dec 10:00 Anna: booked
        Thu 03 Dec 10:00 Anna: cancelled (no_time) by Anna through telegram
        ");
        assert_snapshot!(world.trace(visit.id, "visit-reminder").await, @"");
        assert_snapshot!(world.tasks().await, @"");
    });
}

#[test]
fn a_visit_moved_by_the_desk_is_told_and_its_old_hour_never_reminded_of() {
    told(async |mut world| {
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        let reminder = world.provider.newest_with(ANNA, "Confirm").unwrap();
        world.sent();
        let seen = Seen { visit: visit.id, version: world.visit(visit.id).await.version };
        let moved = move_visit(&world.desk, world.kata(), Origin::Desk, seen, world.slot("2026-12-10T14:00")).await.unwrap();
        world.forward("2026-11-30T10:01").await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Anna on Telegram
          Hello, Anna!
          The visit to Mosoly has been moved. The new time:
          Thursday, 10 December, 14:00
          With: Dr Gromov
          Where: 1052 Budapest, Petőfi Sándor utca 7.
          (visit.ics)
        ");
        world.taps_on(ANNA, &reminder, "Confirm").await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:01, Anna on Telegram
          This visit has changed in the meantime. It is now: Thursday, 10 December, 14:00.
        ");
        assert_eq!(world.visit(moved.id).await.state, VisitState::Booked, "a tap for the old hour confirms nothing");
        assert_snapshot!(world.trace(visit.id, "visit-reminder").await, @r"
         | Began
        three-days | Waits
        three-days | Asked | visit-reminder-ask
         | Stopped | stop-visit-moved
        ");
        world.forward("2026-12-10T14:00").await;
        assert_snapshot!(world.sent_briefly(), @r"
        Mon 07 Dec 10:00, Anna on Telegram | A visit to Mosoly is coming up: | [Confirm] [Another time] [Cancel the visit] [A person, please]
        Wed 09 Dec 10:00, Anna on Telegram | We are expecting you soon at Mosoly: | [Confirm] [Another time] [Cancel the visit] [A person, please]
        Thu 10 Dec 12:00, Anna on Telegram | Mosoly: we have kept the time for you on Thursday, 10 December, 14:00. | [Confirm] [Another time] [Cancel the visit] [A person, please]
        ");
    });
}

#[test]
fn a_reminder_that_waits_for_the_morning_is_not_sent_once_its_visit_is_cancelled() {
    told(async |mut world| {
        let visit = world.book(world.people.anna, "2026-12-03T08:30").await;
        // Anna lives where it is night when the clinic reminds
        world.lives_in(world.people.anna, "Pacific/Auckland").await;
        world.forward("2026-11-30T10:00").await;
        world.sent();
        assert_snapshot!(world.why(world.people.anna).await, @r"
        booked/new: sent, why-channel-only-one
        visit-reminder/three-days: waits, why-held-quiet-hours
        ");
        world.forward_a_second().await;
        let seen = Seen { visit: visit.id, version: world.visit(visit.id).await.version };
        let cancelled = VisitMark::Cancel(clinic::journal::CancelReason::Clinic);
        mark_visit(&world.desk, world.kata(), Origin::Desk, seen, cancelled).await.unwrap();
        world.forward("2026-12-01T12:00").await;
        assert_snapshot!(world.sent_briefly(), @"Mon 30 Nov 20:00, Anna on Telegram | We are sorry: Mosoly has to cancel the visit on Thursday, 3 December, 08:30. | [Another time] [A person, please]");
        assert_snapshot!(world.why(world.people.anna).await, @r"
        booked/new: sent, why-channel-only-one
        visit-reminder/three-days: not sent, why-suppressed-visit-changed
        cancelled/sorry: sent, why-channel-only-one
        ");
    });
}

#[test]
fn a_visit_that_the_clinic_cannot_keep_is_told_and_a_new_one_found_with_a_tap() {
    told(async |mut world| {
        let visit = world.book(world.people.mira, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        world.sent();
        let seen = Seen { visit: visit.id, version: world.visit(visit.id).await.version };
        let cancelled = VisitMark::Cancel(clinic::journal::CancelReason::Clinic);
        mark_visit(&world.desk, world.kata(), Origin::Desk, seen, cancelled).await.unwrap();
        world.forward("2026-11-30T10:01").await;
        assert_snapshot!(world.sent(), @r#"
        Mon 30 Nov 10:00, Dora on Telegram
          Hello, Dora!
          We are sorry: Mosoly has to cancel the visit on Thursday, 3 December, 10:00.
          For: Mira
          We would like to find you a new date: answer "another time", and we will offer some.
          [Another time] [A person, please]
        "#);
        world.taps(DORA, "Another time").await;
        let offer = world.provider.sent_to(DORA).pop().unwrap();
        world.taps(DORA, &offer.buttons[0].0).await;
        assert_snapshot!(world.sent_briefly(), @r"
        Mon 30 Nov 10:01, Dora on Telegram | Shall we find you a new date? These times are free: | [2 Dec, 10:00] [3 Dec, 12:00] [4 Dec, 10:00] [More times] [A person, please]
        Mon 30 Nov 10:01, Dora on Telegram | The visit to Mosoly is booked:
        ");
        assert_snapshot!(world.journal().await, @r"
        Wed 02 Dec 10:00 Mira: booked
        Thu 03 Dec 10:00 Mira: cancelled (clinic) by the desk through the desk
        ");
        world.forward("2026-12-01T14:00").await;
        assert_snapshot!(world.tasks().await, @"");
    });
}

#[test]
fn whoever_wants_no_messages_is_rung_up_where_a_visit_of_tomorrow_falls_through() {
    told(async |mut world| {
        for (patient, starts) in [(world.people.boris, "2026-11-24T10:00"), (world.people.vera, "2026-11-24T11:00")] {
            let visit = world.book(patient, starts).await;
            world.turn().await;
            world.sent();
            let seen = Seen { visit: visit.id, version: visit.version };
            let cancelled = VisitMark::Cancel(clinic::journal::CancelReason::Clinic);
            mark_visit(&world.desk, world.kata(), Origin::Desk, seen, cancelled).await.unwrap();
        }
        world.forward("2026-11-23T09:30").await;
        assert_snapshot!(world.sent_briefly(), @"Mon 23 Nov 09:00, Vera on Telegram | We are sorry: Mosoly has to cancel the visit on Tuesday, 24 November, 11:00. | [Another time] [A person, please]");
        assert_snapshot!(world.tasks().await, @"call Boris: task-reason-not-sent");
    });
}

#[test]
fn whoever_cancels_their_own_visit_is_answered_once() {
    told(async |mut world| {
        world.opens_pages().await;
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        let sent = world.sent();
        let token: String = sent.split_once("/visit/").unwrap().1.chars().take_while(char::is_ascii_alphanumeric).collect();
        let cancel = desk::PageAnswer::Cancel(clinic::journal::CancelReason::NoTime);
        desk::answer_visit_page(&world.desk, token, visit.version, cancel).await.unwrap();
        world.forward("2026-11-23T12:00").await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Anna: cancelled (no_time) by Anna through the visit page");
    });
}

#[test]
fn of_two_who_take_the_same_time_at_once_one_wins_and_the_other_is_told() {
    told(async |mut world| {
        let annas = world.book(world.people.anna, "2026-12-03T10:00").await;
        let veras = world.book(world.people.vera, "2026-12-03T11:00").await;
        world.forward("2026-11-30T10:00").await;
        world.taps(ANNA, "Another time").await;
        world.taps(VERA, "Another time").await;
        world.sent();
        let (of_anna, of_vera) = (world.provider.sent_to(ANNA).pop().unwrap(), world.provider.sent_to(VERA).pop().unwrap());
        let shared = of_anna.buttons.iter().find(|(label, data)| data.contains("slot") && of_vera.data_of(label).is_some());
        let label = shared.expect("both were offered the same time").0.clone();
        let mut first = world.tap(ANNA, &of_anna, &of_anna.data_of(&label).unwrap());
        let mut second = world.tap(VERA, &of_vera, &of_vera.data_of(&label).unwrap());
        (first["update_id"], second["update_id"]) = (9_001.into(), 9_002.into());
        let (one, other) = futures_util::future::join(world.webhook(&first), world.webhook(&second)).await;
        assert_eq!((one, other), (200, 200));
        let (annas, veras) = (world.newest(&annas).await, world.newest(&veras).await);
        assert_eq!(annas.moves + veras.moves, 1, "one of them has the time");
        world.forward("2026-11-30T10:01").await;
        let sent = world.sent();
        assert_eq!(sent.matches("has been moved").count(), 1, "{sent}");
        assert_eq!(sent.matches("somebody has just taken that time").count(), 1, "{sent}");
        let (sorry, others) = (sent.find("somebody has just taken"), sent.find("These times are free"));
        assert!(sorry.is_some() && sorry < others, "first what happened, then the others: {sent}");
    });
}
