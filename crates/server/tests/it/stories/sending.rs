//! When the channel does not simply take a message.

use clinic::outbox::{OutboundState, Resolution};
use clinic::patients::ContactState;
use desk::resolve_message;
use insta::assert_snapshot;

use crate::world::{Trouble, told};

#[test]
fn a_patient_who_has_blocked_the_bot_is_written_to_elsewhere() {
    told(async |mut world| {
        world.book(world.people.vera, "2026-12-03T10:00").await;
        world.turn().await;
        world.sent();
        world.provider.fails(Trouble::Blocked);
        world.forward("2026-11-30T10:00").await;
        assert_snapshot!(world.sent_briefly(), @"Mon 30 Nov 10:00, vera@example.org by mail | Your visit: Thursday, 3 December, 10:00");
        assert_snapshot!(world.why(world.people.vera).await, @r"
        booked/new: sent, why-channel-last-answered
        visit-reminder/three-days: failed, why-channel-last-answered
        visit-reminder/three-days: sent, why-channel-next-in-ladder
        ");
        let contacts = world.contacts(world.people.vera).await;
        let lost = contacts.iter().filter(|contact| matches!(contact.state, ContactState::Unreachable { .. })).count();
        assert_eq!(lost, 1);
        world.forward("2026-12-02T12:00").await;
        assert_snapshot!(world.sent_briefly(), @"Wed 02 Dec 10:00, vera@example.org by mail | Your visit: Thursday, 3 December, 10:00");
    });
}

#[test]
fn a_patient_who_can_be_reached_nowhere_else_is_rung_up() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        world.sent();
        world.provider.fails(Trouble::Blocked);
        world.forward("2026-11-30T10:00").await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.tasks().await, @"call Anna: task-reason-not-sent");
        world.forward("2026-12-03T12:00").await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.tasks().await, @"call Anna: task-reason-not-sent");
        assert_snapshot!(world.why(world.people.anna).await, @r"
        booked/new: sent, why-channel-only-one
        visit-reminder/three-days: failed, why-channel-only-one
        visit-reminder/three-days: not sent, why-suppressed-not-reachable
        visit-reminder/day-before: not sent, why-suppressed-not-reachable
        visit-reminder/next-channel: not sent, why-suppressed-not-reachable
        visit-reminder/soon: not sent, why-suppressed-not-reachable
        ");
    });
}

#[test]
fn whoever_comes_back_after_blocking_is_written_to_again() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        world.provider.fails(Trouble::Blocked);
        world.forward("2026-11-30T10:00").await;
        world.sent();
        world.membership(crate::world::ANNA, "member").await;
        world.forward("2026-12-02T10:00").await;
        assert_snapshot!(world.sent_briefly(), @"Wed 02 Dec 10:00, Anna on Telegram | We are expecting you soon at Mosoly: | [Confirm] [Another time] [Cancel the visit] [A person, please]");
    });
}

#[test]
fn a_channel_that_is_too_busy_is_asked_again_after_its_delay() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        world.sent();
        world.provider.fails(Trouble::TooFast(90));
        world.forward("2026-11-30T10:01").await;
        assert_snapshot!(world.sent(), @"");
        world.forward("2026-11-30T10:10").await;
        let sent = world.sent();
        assert_eq!(sent.matches("A visit to Mosoly is coming up").count(), 1, "{sent}");
        assert!(sent.contains("10:01") || sent.contains("10:02"), "after a minute and a half: {sent}");
    });
}

#[test]
fn silence_of_the_wire_is_doubt_never_a_repeat_and_resolved_by_a_person() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        world.sent();
        world.provider.fails(Trouble::Silence);
        world.forward("2026-12-01T10:00").await;
        assert_eq!(world.sent().matches("coming up").count(), 1, "it did arrive, and is not said again");
        assert_snapshot!(world.why(world.people.anna).await, @r"
        booked/new: sent, why-channel-only-one
        visit-reminder/three-days: in doubt, why-channel-only-one
        ");
        let doubtful = world.outbox(world.people.anna).await.pop().unwrap();
        assert!(matches!(doubtful.state, OutboundState::Uncertain { .. }));
        resolve_message(&world.desk, world.kata(), doubtful.id, Resolution::SendAgain).await.unwrap();
        world.turn().await;
        assert_eq!(world.sent().matches("coming up").count(), 1, "a person has decided to say it again");
    });
}

#[test]
fn an_answer_resolves_nothing_but_still_counts_while_its_question_stands_in_doubt() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        world.provider.fails(Trouble::Silence);
        world.forward("2026-11-30T10:00").await;
        world.taps(crate::world::ANNA, "Confirm").await;
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Anna: confirmed by Anna through telegram");
    });
}

#[test]
fn a_message_that_will_never_arrive_is_a_call_for_a_person() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        world.sent();
        world.provider.fails(Trouble::Refused);
        world.forward("2026-11-30T10:00").await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.tasks().await, @"call Anna: task-reason-not-sent");
        assert_snapshot!(world.why(world.people.anna).await, @r"
        booked/new: sent, why-channel-only-one
        visit-reminder/three-days: failed, why-channel-only-one
        visit-reminder/three-days: not sent, why-suppressed-not-reachable
        ");
    });
}
