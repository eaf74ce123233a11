//! 'I am late', and a visit that was missed.

use clinic::actors::{Actor, Origin};
use clinic::staff::Role;
use desk::{Seen, VisitMark, mark_visit};
use insta::assert_snapshot;

use crate::world::{ANNA, told};

#[test]
fn lateness_in_words_marks_the_journal_while_the_day_holds() {
    told(async |mut world| {
        let visit = world.book(world.people.anna, "2026-11-25T10:00").await;
        world.forward("2026-11-24T10:00").await;
        world.taps(ANNA, "Confirm").await;
        world.forward("2026-11-25T09:50").await;
        world.sent();
        world.says(ANNA, "I'll be 10 minutes late").await;
        assert_snapshot!(world.sent(), @r"
        Wed 25 Nov 09:50, Anna on Telegram
          Noted: about 10 minutes later. We are waiting for you, no need to hurry.
        ");
        assert_snapshot!(world.journal().await, @"Wed 25 Nov 10:00 Anna: confirmed by Anna through telegram, 10 minutes late");
        assert_snapshot!(world.trace(visit.id, "running-late").await, @r"
         | Began | late
        how-much | The patient answered | late-10
        mark | Marked the journal
        noted | Said | running-late-noted
         | Finished | noted
        ");
        assert_snapshot!(world.tasks().await, @"");
    });
}

#[test]
fn whoever_is_too_late_for_the_next_patient_is_given_to_a_person() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-11-25T10:00").await;
        world.book(world.people.vera, "2026-11-25T11:00").await;
        world.forward("2026-11-25T09:50").await;
        world.sent();
        world.says(ANNA, "I am running late").await;
        assert_snapshot!(world.sent_briefly(), @"Wed 25 Nov 09:50, Anna on Telegram | Thank you for telling us. About how many minutes late will you be? | [5 minutes] [10 minutes] [15 minutes] [30 minutes] [A person, please]");
        world.taps(ANNA, "30 minutes").await;
        assert_snapshot!(world.sent(), @r"
        Wed 25 Nov 09:50, Anna on Telegram
          Thank you for telling us. With 30 minutes the time may become too short.
          A person is looking at the day now and will write to you here. Please keep on coming for now.
        ");
        let tasks = world.tasks().await;
        assert!(tasks.contains("answer Anna: task-reason-too-late"), "{tasks}");
        assert_snapshot!(world.journal().await, @r"
        Wed 25 Nov 10:00 Anna: booked, 30 minutes late
        Wed 25 Nov 11:00 Vera: booked
        ");
    });
}

#[test]
fn a_bare_number_after_how_late_is_minutes() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-11-25T10:00").await;
        world.forward("2026-11-25T09:50").await;
        world.says(ANNA, "I am running late").await;
        world.sent();
        world.says(ANNA, "15").await;
        assert_snapshot!(world.sent_briefly(), @"Wed 25 Nov 09:50, Anna on Telegram | Noted: about 15 minutes later. We are waiting for you, no need to hurry.");
        assert_snapshot!(world.journal().await, @"Wed 25 Nov 10:00 Anna: booked, 15 minutes late");
    });
}

#[test]
fn a_missed_visit_is_written_about_without_blame_and_booked_again() {
    told(async |mut world| {
        let visit = world.book(world.people.anna, "2026-11-25T10:00").await;
        world.forward("2026-11-25T10:30").await;
        world.sent();
        let seen = Seen { visit: visit.id, version: world.visit(visit.id).await.version };
        mark_visit(&world.desk, world.kata(), Origin::Desk, seen, VisitMark::Miss).await.unwrap();
        world.forward("2026-11-25T12:00").await;
        assert_snapshot!(world.sent(), @r#"
        Wed 25 Nov 11:30, Anna on Telegram
          Hello, Anna!
          We missed you at Mosoly on Wednesday, 25 November, 10:00. We hope that all is well.
          Shall we find a new time? Answer "yes" or tell us here what would suit you.
          [Another time] [A person, please]
        "#);
        world.taps(ANNA, "Another time").await;
        let offer = world.provider.sent_to(ANNA).pop().unwrap();
        world.taps(ANNA, &offer.buttons[0].0).await;
        assert_snapshot!(world.sent_briefly(), @r"
        Wed 25 Nov 12:00, Anna on Telegram | Shall we find you a new date? These times are free: | [25 Nov, 14:00] [26 Nov, 12:00] [27 Nov, 11:45] [More times] [A person, please]
        Wed 25 Nov 12:00, Anna on Telegram | The visit to Mosoly is booked:
        ");
        assert_snapshot!(world.journal().await, @r"
        Wed 25 Nov 10:00 Anna: missed by the desk through the desk
        Wed 25 Nov 14:00 Anna: booked
        ");
    });
}

#[test]
fn whoever_was_marked_as_missed_by_a_slip_of_the_hand_is_not_written_to() {
    told(async |mut world| {
        let visit = world.book(world.people.anna, "2026-11-25T10:00").await;
        world.forward("2026-11-25T10:30").await;
        world.sent();
        let owner = Actor::Staff { id: world.people.kata, role: Role::Owner };
        for mark in [VisitMark::Miss, VisitMark::Undo] {
            let seen = Seen { visit: visit.id, version: world.visit(visit.id).await.version };
            mark_visit(&world.desk, owner, Origin::Desk, seen, mark).await.unwrap();
        }
        world.forward("2026-11-25T18:00").await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.journal().await, @"Wed 25 Nov 10:00 Anna: booked");
    });
}
