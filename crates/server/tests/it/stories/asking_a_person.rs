//! What the bot cannot settle waits at the desk, with its context, and is answered from there.

use clinic::gate::Timing;
use desk::{Answer, reply};
use insta::assert_snapshot;

use crate::world::{ANNA, World, told};

async fn desk_answers(world: &World, text: &str) {
    let conversation = world.conversation(world.people.anna).await;
    let answer = Answer {
        conversation: conversation.id,
        seen: conversation.version,
        text: text.to_owned(),
        channel: None,
        timing: Timing::Polite,
        files: Vec::new(),
    };
    reply(&world.desk, world.kata(), answer).await.unwrap();
}

#[test]
fn words_that_the_bot_does_not_know_wait_at_the_desk_and_its_answer_reaches_the_patient() {
    told(async |mut world| {
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        world.sent();
        world.says(ANNA, "Can I bring my dog?").await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Anna on Telegram
          Thank you. A person from our team will read this and answer you here.
          Answer by: Monday, 30 November, 10:15
        ");
        assert_eq!(world.turn_of(world.people.anna).await, "waits for a person");
        assert_snapshot!(world.tasks().await, @"answer Anna: task-reason-unclear");
        let task = world.open_tasks().await.remove(0);
        assert_eq!((task.visit, task.conversation), (Some(visit.id), Some(world.conversation(world.people.anna).await.id)));
        assert_snapshot!(world.trace(visit.id, "visit-reminder").await, @r"
         | Began
        three-days | Waits
        three-days | Asked | visit-reminder-ask
        three-days | Handed over to a person | unclear
        ");
        desk_answers(&world, "Of course, if it is a small one.").await;
        world.turn().await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 10:00, Anna on Telegram
          Of course, if it is a small one.
        ");
        assert_eq!(world.turn_of(world.people.anna).await, "answered by a person");
        assert_snapshot!(world.tasks().await, @"");
        // 'yes' is said to the person, not to the reminder of this morning
        world.says(ANNA, "Yes").await;
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Anna: booked");
        assert_eq!(world.turn_of(world.people.anna).await, "waits for a person");
        // the button still means what stands on it
        world.taps(ANNA, "Confirm").await;
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Anna: confirmed by Anna through telegram");
    });
}

#[test]
fn what_a_person_writes_out_of_hours_waits_for_the_opening() {
    told(async |mut world| {
        world.forward("2026-11-27T18:30").await;
        world.says(ANNA, "Do you have parking?").await;
        assert_snapshot!(world.sent(), @r"
        Fri 27 Nov 18:30, Anna on Telegram
          Thank you for writing to Mosoly. We are closed just now; your message has arrived.
          A person answers by: Monday, 30 November, 09:15
        ");
        world.says(ANNA, "Hello?").await;
        assert_snapshot!(world.sent(), @"");
        desk_answers(&world, "Yes, behind the house.").await;
        world.forward("2026-11-30T08:59").await;
        assert_snapshot!(world.sent(), @"");
        world.forward("2026-11-30T09:00").await;
        assert_snapshot!(world.sent(), @r"
        Mon 30 Nov 09:00, Anna on Telegram
          Yes, behind the house.
        ");
    });
}

#[test]
fn an_emergency_stands_first_at_any_hour() {
    told(async |mut world| {
        world.book(world.people.vera, "2026-11-25T10:00").await;
        world.forward("2026-11-24T22:00").await;
        world.sent();
        assert_snapshot!(world.tasks().await, @"call Vera: task-reason-unconfirmed");
        world.says(ANNA, "my gum is bleeding and it will not stop").await;
        assert_snapshot!(world.sent(), @r"
        Tue 24 Nov 22:00, Anna on Telegram
          Your message has been passed on to our team as urgent.
          A person answers you here by: Wednesday, 25 November, 09:15
          If there is bleeding that does not stop, trouble breathing or swallowing, or a fast growing swelling, do not wait for our answer: dial the emergency number 112 now.
        ");
        assert_snapshot!(world.tasks().await, @r"
        emergency Anna: task-reason-emergency
        call Vera: task-reason-unconfirmed
        ");
        assert_eq!(world.turn_of(world.people.anna).await, "waits for a person at once");
    });
}

#[test]
fn clear_words_are_understood_before_any_reminder_and_only_where_one_visit_can_be_meant() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-24T10:00").await;
        world.sent();
        world.says(ANNA, "I would like another time, please").await;
        assert_snapshot!(world.sent_briefly(), @"Tue 24 Nov 10:00, Anna on Telegram | Of course. These times are free: | [2 Dec, 10:00] [3 Dec, 12:00] [4 Dec, 10:00] [More times] [A person, please]");
        world.says(ANNA, "2").await;
        assert_snapshot!(world.sent_briefly(), @"Tue 24 Nov 10:00, Anna on Telegram | Done, the visit has been moved. The new time:");
        assert_snapshot!(world.journal().await, @r"
        Thu 03 Dec 10:00 Anna: moved by Anna through telegram
        Thu 03 Dec 12:00 Anna: booked
        ");
        world.book(world.people.anna, "2026-12-10T10:00").await;
        world.turn().await;
        world.sent();
        world.says(ANNA, "Please cancel my visit").await;
        assert_snapshot!(world.sent_briefly(), @"");
        assert_eq!(world.turn_of(world.people.anna).await, "waits for a person");
    });
}

#[test]
fn thanks_need_no_answer() {
    told(async |mut world| {
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.forward("2026-11-30T10:00").await;
        world.taps(ANNA, "Confirm").await;
        world.sent();
        world.says(ANNA, "Thank you!").await;
        assert_snapshot!(world.sent(), @"");
        assert_eq!(world.turn_of(world.people.anna).await, "the bot's");
    });
}
