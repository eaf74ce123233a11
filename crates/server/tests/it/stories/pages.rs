//! The patient's page of a visit, behind the link that they were sent.

use clinic::actors::Origin;
use clinic::journal::CancelReason;
use desk::{ActError, PageAnswer, Seen, Wanted, answer_visit_page, move_visit, open_visit_page};
use insta::assert_snapshot;

use crate::world::{ANNA, Account, World, told};

/// The token of the newest link that somebody was sent.
fn token(world: &World, who: Account) -> String {
    let sent = world.provider.sent_to(who);
    let with_link = sent.iter().rev().find_map(|sent| sent.text.split_once("https://desk.mosoly.example/visit/"));
    let token = with_link.expect("a message with a link").1;
    token.chars().take_while(char::is_ascii_alphanumeric).collect()
}

fn code(refused: Result<impl std::fmt::Debug, ActError>) -> &'static str {
    match refused.expect_err("a refusal") {
        ActError::Refused(refusal) => refusal.code(),
        ActError::Store(error) => panic!("{error}"),
    }
}

#[test]
fn the_link_shows_the_visit_as_it_stands_and_its_answer_marks_the_journal() {
    told(async |mut world| {
        world.opens_pages().await;
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        let token = token(&world, ANNA);
        let page = open_visit_page(&world.desk, token.clone(), Wanted::TheVisit).await.unwrap();
        assert_eq!((page.visit.id, page.provider.as_str(), page.slots.len()), (visit.id, "Dr Gromov", 0));
        answer_visit_page(&world.desk, token.clone(), 1, PageAnswer::Confirm).await.unwrap();
        assert_snapshot!(world.journal().await, @"Thu 03 Dec 10:00 Anna: confirmed by Anna through the visit page");
        world.forward("2026-12-03T09:00").await;
        world.sent();
        assert_snapshot!(world.why(world.people.anna).await, @"booked/new: sent, why-channel-only-one");
    });
}

#[test]
fn a_page_that_is_out_of_date_and_a_link_that_is_no_link_change_nothing() {
    told(async |mut world| {
        world.opens_pages().await;
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        let token = token(&world, ANNA);
        let stale = 1;
        let seen = Seen { visit: visit.id, version: visit.version };
        move_visit(&world.desk, world.kata(), Origin::Desk, seen, world.slot("2026-12-10T14:00")).await.unwrap();
        for answer in [
            PageAnswer::Confirm,
            PageAnswer::Cancel(CancelReason::Cost),
            PageAnswer::Late(10),
            PageAnswer::Move(world.slot("2026-12-11T14:00")),
        ] {
            assert_eq!(code(answer_visit_page(&world.desk, token.clone(), stale, answer).await), "visit.stale", "{answer:?}");
        }
        for wrong in ["", "x", &"a".repeat(10_000), "../../etc", &token[1..]] {
            assert_eq!(code(open_visit_page(&world.desk, wrong.to_owned(), Wanted::TheVisit).await), "thing.not-found");
            assert_eq!(code(answer_visit_page(&world.desk, wrong.to_owned(), stale, PageAnswer::Confirm).await), "thing.not-found");
        }
        // the old link leads to the new hour
        let page = open_visit_page(&world.desk, token.clone(), Wanted::TheVisit).await.unwrap();
        assert_eq!(page.visit.starts_at, world.at("2026-12-10T14:00"));
        // a time that nobody offered
        let seen = page.visit.version;
        let at_night = world.slot("2026-12-11T03:00");
        assert_eq!(code(answer_visit_page(&world.desk, token.clone(), seen, PageAnswer::Move(at_night)).await), "slot.gone");
        assert_snapshot!(world.journal().await, @r"
        Thu 03 Dec 10:00 Anna: moved by the desk through the desk
        Thu 10 Dec 14:00 Anna: booked
        ");
        // two days after the visit the link is over
        world.forward("2026-12-12T00:00").await;
        assert_eq!(code(open_visit_page(&world.desk, token, Wanted::TheVisit).await), "thing.not-found");
    });
}

#[test]
fn another_time_on_the_page_moves_the_visit_and_says_nothing_twice() {
    told(async |mut world| {
        world.opens_pages().await;
        world.book(world.people.anna, "2026-12-03T10:00").await;
        world.turn().await;
        world.sent();
        let token = token(&world, ANNA);
        let page = open_visit_page(&world.desk, token.clone(), Wanted::OtherTimes).await.unwrap();
        let seen = page.visit.version;
        answer_visit_page(&world.desk, token, seen, PageAnswer::Move(page.slots[0])).await.unwrap();
        world.forward("2026-11-23T10:00").await;
        assert_snapshot!(world.sent(), @"");
        assert_snapshot!(world.journal().await, @r"
        Wed 02 Dec 10:00 Anna: booked
        Thu 03 Dec 10:00 Anna: moved by Anna through the visit page
        ");
    });
}

#[test]
fn lateness_on_the_page_asks_whether_the_day_holds() {
    told(async |mut world| {
        world.opens_pages().await;
        let visit = world.book(world.people.anna, "2026-11-25T10:00").await;
        world.book(world.people.vera, "2026-11-25T11:00").await;
        world.forward("2026-11-25T09:50").await;
        world.sent();
        let token = token(&world, ANNA);
        let seen = world.visit(visit.id).await.version;
        answer_visit_page(&world.desk, token, seen, PageAnswer::Late(40)).await.unwrap();
        world.forward("2026-11-25T09:51").await;
        assert_snapshot!(world.sent(), @r"
        Wed 25 Nov 09:50, Anna on Telegram
          Thank you for telling us. With 40 minutes the time may become too short.
          A person is looking at the day now and will write to you here. Please keep on coming for now.
        ");
        assert_snapshot!(world.journal().await, @r"
        Wed 25 Nov 10:00 Anna: booked, 40 minutes late
        Wed 25 Nov 11:00 Vera: booked
        ");
        assert!(world.tasks().await.contains("answer Anna: task-reason-too-late"));
    });
}
