//! The clinic's ladder: what goes without word of its delivery goes to the next rung, once; what arrives after all calls back
//! what follows it.

use std::time::Duration;

use channels::{Arrival, Became, Event};
use clinic::actors::{Actor, Channel, Origin};
use clinic::consents::Purpose;
use clinic::gate::{Rule, Rung, Scope, SuppressReason};
use clinic::outbox::{Climbed, Failure, Outbound, OutboundState};
use clinic::staff::Role;
use desk::loops::keep_house;
use desk::{LadderChange, save_ladder, save_prices};
use insta::assert_snapshot;
use kernel::{AccountId, Currency, Price};
use store::Engine;
use store::trial::Room;

use crate::world::{VERA, World, told};

/// Text messages first, twenty minutes; then mail.
async fn with_ladder(world: &World) -> AccountId {
    let account = world.texts().await;
    let owner = Actor::Staff { id: world.people.kata, role: Role::Owner };
    let rungs = vec![Rung { channel: Channel::Sms, minutes: 20 }, Rung { channel: Channel::Email, minutes: 30 }];
    let rule = Rule { scope: Scope { purpose: Some(Purpose::Service), group: None }, rungs };
    save_ladder(&world.desk, owner, world.people.clinic.id, 0, LadderChange::Save(rule)).await.unwrap();
    save_prices(&world.desk, owner, account, "+36; 14.9\n*; 40".to_owned()).await.unwrap();
    account
}

async fn delivered(world: &World, account: AccountId, message: &Outbound) {
    let OutboundState::Accepted { provider_key, .. } = &message.state else { panic!("{:?}", message.state) };
    let at = world.desk.now();
    let report = Arrival::new(format!("{provider_key}:1"), at, Event::report(provider_key, Became::Delivered));
    desk::receive(&world.desk, account, Channel::Sms, vec![report]).await.unwrap();
}

async fn newest(world: &World) -> Outbound {
    world.outbox(world.people.vera).await.pop().unwrap()
}

#[test]
fn what_goes_without_word_of_its_delivery_goes_to_the_next_rung_and_what_arrives_calls_it_back() {
    told(async |mut world| {
        let account = with_ladder(&world).await;
        world.book(world.people.vera, "2026-12-03T10:00").await;
        world.turn().await;
        assert_snapshot!(world.sent_briefly(), @"Mon 23 Nov 09:00, +36301234567 by text | The visit to Mosoly is booked:");
        delivered(&world, account, &newest(&world).await).await;
        world.forward("2026-11-23T12:00").await;
        assert_snapshot!(world.sent_briefly(), @"");

        // nobody tells of the reminder
        world.forward("2026-11-30T10:19").await;
        assert_snapshot!(world.sent_briefly(), @"Mon 30 Nov 10:00, +36301234567 by text | A visit to Mosoly is coming up:");
        let first = newest(&world).await;
        assert_eq!(first.cost.map(|cost| cost.price.currency), Some(Currency::Rub), "the provider has told what it cost");
        world.forward("2026-11-30T12:00").await;
        assert_snapshot!(world.sent_briefly(), @"Mon 30 Nov 10:20, vera@example.org by mail | Your visit: Thursday, 3 December, 10:00");
        let second = newest(&world).await;
        assert_eq!((second.follows, second.content == first.content), (Some(first.id), true));
        // it comes after all: both stand there, and nothing is said again
        delivered(&world, account, &first).await;
        world.forward("2026-11-30T16:00").await;
        assert_snapshot!(world.sent_briefly(), @"");
        assert_snapshot!(world.why(world.people.vera).await, @r"
        booked/new: delivered, why-channel-ladder
        visit-reminder/three-days: delivered, why-channel-ladder
        visit-reminder/three-days: sent, why-channel-next-in-ladder
        ");

        // in the evening the next rung waits for the morning, and is called back before
        world.forward("2026-11-30T19:50").await;
        world.book(world.people.vera, "2026-12-10T10:00").await;
        world.turn().await;
        let evening = newest(&world).await;
        world.forward("2026-11-30T21:00").await;
        let waits = newest(&world).await;
        assert!(matches!(waits.state, OutboundState::Held { .. }) && waits.follows == Some(evening.id), "{:?}", waits.state);
        delivered(&world, account, &evening).await;
        let taken = newest(&world).await;
        assert_eq!((taken.id, taken.why.suppressed), (waits.id, Some(SuppressReason::ArrivedAfterAll)));
        world.forward("2026-12-01T09:00").await;
        assert_snapshot!(world.sent_briefly(), @"Mon 30 Nov 19:50, +36301234567 by text | The visit to Mosoly is booked:");
    });
}

#[test]
fn an_answer_on_the_same_channel_or_a_marked_visit_is_word_enough() {
    told(async |mut world| {
        with_ladder(&world).await;
        let visit = world.book(world.people.vera, "2026-12-03T10:00").await;
        world.turn().await;
        world.sent();
        let seen = desk::Seen { visit: visit.id, version: visit.version };
        desk::mark_visit(&world.desk, world.kata(), Origin::Desk, seen, desk::VisitMark::Confirm).await.unwrap();
        world.forward("2026-11-23T12:00").await;
        assert_snapshot!(world.sent_briefly(), @"");
        let said = world.outbox(world.people.vera).await;
        assert_eq!(said.last().unwrap().climbed, Some(Climbed::Stayed(SuppressReason::ArrivedAfterAll)));
        assert!(!said.iter().any(|message| message.route.as_ref().is_some_and(|route| route.to == VERA.address())));
    });
}

/// Whether a report comes while two nodes climb, before or after: there is never a second message that still waits beside one
/// that has arrived, and never two of them.
#[test]
fn of_several_nodes_one_climbs_and_a_report_that_crosses_calls_it_back() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    runtime.block_on(async {
        for engine in [Engine::Sqlite, Engine::Postgres] {
            let room = if engine == Engine::Sqlite { Room::in_a_file() } else { Room::on(engine) };
            let mut world = World::begin(room.store().await).await;
            let account = with_ladder(&world).await;
            let other = if engine == Engine::Postgres { world.another_node(room.store().await, 2) } else { world.desk.clone() };
            for round in 0..6 {
                world.book(world.people.vera, &format!("2026-12-{:02}T10:00", 8 + round)).await;
                world.turn().await;
                world.sent();
                let first = newest(&world).await;
                world.pass(Duration::from_mins(20));
                let report = async {
                    if round % 3 > 0 {
                        delivered(&world, account, &first).await;
                    }
                };
                let (one, two, ()) = tokio::join!(keep_house(&world.desk), keep_house(&other), report);
                one.and(two).unwrap();
                let said = world.outbox(world.people.vera).await;
                let following: Vec<&Outbound> = said.iter().filter(|message| message.follows == Some(first.id)).collect();
                let first = said.iter().find(|message| message.id == first.id).unwrap();
                assert_eq!(first.has_arrived(), round % 3 > 0);
                if first.has_arrived() {
                    assert!(following.len() < 2 && following.iter().all(|message| message.why.suppressed.is_some()), "{following:?}");
                } else {
                    assert_eq!(following.len(), 1, "{engine:?} {round}");
                    assert_eq!(first.climbed, Some(Climbed::To(following[0].id)));
                }
                // the next day, so that nothing is crowded out
                world.pass(Duration::from_hours(24));
                world.turn().await;
                world.sent();
            }
        }
    });
}

#[test]
fn what_it_costs_is_counted_by_the_list_where_the_provider_tells_nothing() {
    told(async |world| {
        let account = with_ladder(&world).await;
        world.provider.tells_no_price();
        world.book(world.people.vera, "2026-12-03T10:00").await;
        world.turn().await;
        let cost = newest(&world).await.cost.unwrap();
        assert_eq!(cost.price, Price::new(14_900_000, Currency::Huf).times(u64::from(cost.parts)));
        let since = world.at("2026-11-23T00:00");
        let traffic = world.desk.look(move |tx, now| Ok(store::traffic::since(tx, since, now)?)).await.unwrap();
        assert_eq!(traffic[&account].paid, [(cost.price, 1)]);
    });
}

#[test]
fn what_cannot_leave_because_its_account_is_out_of_order_goes_on_the_next_rung_and_never_twice() {
    told(async |mut world| {
        with_ladder(&world).await;
        world.provider.has_no_money();
        world.book(world.people.vera, "2026-12-03T10:00").await;
        for minutes in [0, 19] {
            world.pass(Duration::from_mins(minutes));
            world.turn().await;
            assert_snapshot!(world.sent_briefly(), @"");
        }
        world.pass(Duration::from_mins(2));
        world.turn().await;
        assert!(world.sent_briefly().contains("vera@example.org by mail"));
        let [first, second] = world.outbox(world.people.vera).await.try_into().unwrap();
        assert!(matches!(first.state, OutboundState::Failed { failure: Failure::AccountDown, .. }), "{:?}", first.state);
        assert!(matches!(second.state, OutboundState::Accepted { .. }), "{:?}", second.state);
        // the account is back: what was said elsewhere is not said there too
        world.provider.has_money();
        world.pass(Duration::from_hours(2));
        world.turn().await;
        assert_snapshot!(world.sent_briefly(), @"");
    });
}
