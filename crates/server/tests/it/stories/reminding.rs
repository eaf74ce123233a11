//! From the booking to the mark in the journal.

use insta::assert_snapshot;

use crate::world::{ANNA, told};

#[test]
fn a_booked_visit_is_told_reminded_of_confirmed_by_a_tap_and_never_reminded_again() {
    told(async |mut world| {
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        assert_snapshot!(world.sent(), @r"
        Mon 23 Nov 09:00, Anna on Telegram
          Hello, Anna!
          The visit to Mosoly is booked:
          Thursday, 3 December, 10:00
          With: Dr Gromov
          Where: 1052 Budapest, Petőfi Sándor utca 7.
          We look forward to seeing you.
          (visit.ics)
        ");
        world.forward("2026-11-30T09:59").await;
        assert_snapshot!(world.sent(), @"");
        world.forward("2026-11-30T10:00").await;
        assert_snapshot!(world.sent(), @r#"
        Mon 30 Nov 10:00, Anna on Telegram
          Hello, Anna!
          A visit to Mosoly is coming up:
          Thursday, 3 December, 10:00
          With: Dr Gromov
          Where: 1052 Budapest, Petőfi Sándor utca 7.
          Does this time suit you? You can answer "yes", "another time" or "cancel".
          [Confirm] [Another time] [Cancel the visit] [A person, please]
        "#);
        world.taps(ANNA, "Confirm").await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Anna on Telegram
          Thank you, it is confirmed: Thursday, 3 December, 10:00.
          See you at Mosoly!
        ");
        assert_eq!(world.provider.acknowledged(), 1, "the wheel on the button stops");
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Anna: confirmed by Anna through telegram");
        world.forward("2026-12-03T10:00").await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.tasks().await, @"");
        assert_snapshot!(world.why(world.people.anna).await, @r"
        booked/new: sent, why-channel-only-one
        visit-reminder/three-days: sent, why-channel-only-one
        visit-reminder/thanks: sent, why-channel-only-one
        ");
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
fn whoever_never_answers_is_reminded_on_two_channels_and_then_rung_up() {
    told(async |mut world| {
        world.book(world.people.vera, "2026-12-03T10:00").await;
        world.forward("2026-12-03T10:00").await;
        assert_snapshot!(world.sent_briefly(), @r"
        Mon 23 Nov 09:00, Vera on Telegram | The visit to Mosoly is booked:
        Mon 30 Nov 10:00, Vera on Telegram | A visit to Mosoly is coming up: | [Confirm] [Another time] [Cancel the visit] [A person, please]
        Wed 02 Dec 10:00, Vera on Telegram | We are expecting you soon at Mosoly: | [Confirm] [Another time] [Cancel the visit] [A person, please]
        Wed 02 Dec 15:00, vera@example.org by mail | Your visit: Thursday, 3 December, 10:00
        Thu 03 Dec 08:00, Vera on Telegram | Mosoly: we have kept the time for you on Thursday, 3 December, 10:00. | [Confirm] [Another time] [Cancel the visit] [A person, please]
        ");
        assert_snapshot!(world.why(world.people.vera).await, @r"
        booked/new: sent, why-channel-last-answered
        visit-reminder/three-days: sent, why-channel-last-answered
        visit-reminder/day-before: sent, why-channel-last-answered
        visit-reminder/next-channel: sent, why-channel-next-in-ladder
        visit-reminder/soon: sent, why-channel-last-answered
        ");
        assert_snapshot!(world.tasks().await, @"call Vera: task-reason-unconfirmed");
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Vera: booked");
    });
}
