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
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 15:00 Mira: confirmed by Mira through telegram");
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
        Thu 03 Dec 15:00 Mira: confirmed by Mira through telegram
        ");
    });
}
