//! A child's messages go to the guardian, and one message speaks for the family.

use clinic::actors::Origin;
use desk::{Seen, VisitMark, mark_visit};
use insta::assert_snapshot;

use crate::world::{DORA, told};

#[test]
fn the_guardian_gets_the_childs_messages_and_answers_for_the_child() {
    told(async |mut world| {
        let visit = world.book(world.people.mira, "2026-12-03T15:00").await;
        world.forward("2026-11-30T10:00").await;
        assert_snapshot!(world.sent(), @r#"
        Mon 23 Nov 09:00, Dora on Telegram
          Hello, Dora!
          The visit to Mosoly is booked:
          Thursday, 3 December, 15:00
          For: Mira
          With: Dr Gromov
          Where: 1052 Budapest, Petőfi Sándor utca 7.
          We look forward to seeing you.
          (visit.ics)
        Mon 30 Nov 10:00, Dora on Telegram
          Hello, Dora!
          A visit to Mosoly is coming up:
          Thursday, 3 December, 15:00
          For: Mira
          With: Dr Gromov
          Where: 1052 Budapest, Petőfi Sándor utca 7.
          Does this time suit you? You can answer "yes", "another time" or "cancel".
          [Confirm] [Another time] [Cancel the visit] [A person, please]
        "#);
        world.taps(DORA, "Confirm").await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Dora on Telegram
          Thank you, it is confirmed: Thursday, 3 December, 15:00.
          For: Mira
          See you at Mosoly!
        ");
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 15:00 Mira: confirmed by Dora through telegram");
        assert_snapshot!(world.trace(visit.id, "visit-reminder").await, @r"
         | Began
        three-days | Waits
        three-days | Asked | visit-reminder-ask
        three-days | The patient answered | confirm
        confirm | Marked the journal
        thanks | Said | visit-reminder-thanks
         | Finished | confirmed
        ");
    });
}

#[test]
fn the_guardian_moves_the_childs_visit() {
    told(async |mut world| {
        let visit = world.book(world.people.mira, "2026-12-03T15:00").await;
        world.forward("2026-11-30T10:00").await;
        world.taps(DORA, "Another time").await;
        let offer = world.provider.sent_to(DORA).pop().unwrap();
        world.taps(DORA, &offer.buttons[0].0).await;
        assert_eq!(world.newest(&visit).await.moves, 1);
        assert_snapshot!(world.tasks().await, @"");
    });
}

#[test]
fn one_message_names_two_visits_of_a_family_and_one_tap_confirms_both() {
    told(async |mut world| {
        let doras = world.book(world.people.dora, "2026-12-03T14:00").await;
        let miras = world.book(world.people.mira, "2026-12-03T15:00").await;
        world.turn().await;
        world.sent();
        world.forward("2026-11-30T10:00").await;
        assert_snapshot!(world.sent(), @r#"
        Mon 23 Nov 09:00, Dora on Telegram
          Hello, Dora!
          The visit to Mosoly is booked:
          Thursday, 3 December, 15:00
          For: Mira
          With: Dr Gromov
          Where: 1052 Budapest, Petőfi Sándor utca 7.
          We look forward to seeing you.
          (visit.ics)
        Mon 30 Nov 10:00, Dora on Telegram
          Hello, Dora!
          Visits to Mosoly are coming up on Thursday, 3 December:
          14:00, Dora, Dr Gromov
          15:00, Mira, Dr Gromov
          Where: 1052 Budapest, Petőfi Sándor utca 7.
          Do these times suit you? You can answer "yes", "another time" or "cancel".
          [Confirm] [Another time] [Cancel the visit] [A person, please]
        "#);
        world.taps(DORA, "Confirm").await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Dora on Telegram
          Thank you, these visits are confirmed for Thursday, 3 December:
          14:00, Dora, Dr Gromov
          15:00, Mira, Dr Gromov
          See you at Mosoly!
        ");
        assert_snapshot!(world.journal().await, @r"
        Thu 03 Dec 14:00 Dora: confirmed by Dora through telegram
        Thu 03 Dec 15:00 Mira: confirmed by Dora through telegram
        ");
        assert_snapshot!(world.trace(doras.id, "visit-reminder").await, @r"
         | Began
        three-days | Waits
         | Speaks for several visits of the family
        three-days | Asked | visit-reminder-several
        three-days | The patient answered | confirm
        confirm | Marked the journal
        thanks | Said | visit-reminder-thanks-several
         | Finished | confirmed
        ");
        assert_snapshot!(world.trace(miras.id, "visit-reminder").await, @r"
         | Began
        three-days | Waits
         | Speaks for several visits of the family
        three-days | Asked | visit-reminder-several
        three-days | The patient answered | confirm
        confirm | Marked the journal
        thanks | Said | visit-reminder-thanks-several
         | Finished | confirmed
         | Began
        three-days | Waits
         | Stopped | stop-joined
        ");
        world.forward("2026-12-03T15:00").await;
        assert_snapshot!(world.sent(), @"");
    });
}

#[test]
fn of_two_visits_asked_about_together_one_can_be_settled_at_the_desk() {
    told(async |mut world| {
        let doras = world.book(world.people.dora, "2026-12-03T14:00").await;
        world.book(world.people.mira, "2026-12-03T15:00").await;
        world.forward("2026-11-30T10:00").await;
        world.sent();
        let seen = Seen { visit: doras.id, version: doras.version };
        mark_visit(&world.desk, world.kata(), Origin::Desk, seen, VisitMark::Confirm).await.unwrap();
        world.forward("2026-12-02T10:00").await;
        assert_snapshot!(world.sent(), @r#"
        Wed 02 Dec 10:00, Dora on Telegram
          Hello, Dora!
          We are expecting you soon at Mosoly:
          Thursday, 3 December, 15:00
          For: Mira
          With: Dr Gromov
          Where: 1052 Budapest, Petőfi Sándor utca 7.
          Please let us know whether you are coming: "yes", "another time" or "cancel".
          [Confirm] [Another time] [Cancel the visit] [A person, please]
        "#);
        world.taps(DORA, "Confirm").await;
        assert_snapshot!(world.journal().await, @r"
        Thu 03 Dec 14:00 Dora: confirmed by the desk through the desk
        Thu 03 Dec 15:00 Mira: confirmed by Dora through telegram
        ");
    });
}

#[test]
fn which_of_two_visits_should_be_moved_is_asked_by_a_person() {
    told(async |mut world| {
        world.book(world.people.dora, "2026-12-03T14:00").await;
        world.book(world.people.mira, "2026-12-03T15:00").await;
        world.forward("2026-11-30T10:00").await;
        world.sent();
        world.taps(DORA, "Another time").await;
        assert_snapshot!(world.sent_briefly(), @"Mon 30 Nov 10:00, Dora on Telegram | Thank you. A person from our team will read this and answer you here.");
        assert_snapshot!(world.tasks().await, @"answer Dora: task-reason-unclear");
    });
}
