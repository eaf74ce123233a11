//! A backup was restored: what the bot would say again waits until somebody at the desk has looked.

use clinic::gate::SuppressReason;
use clinic::outbox::{Outbound, OutboundState};
use desk::{Finding, drop_message, look_whether_restored, release_message, settle_restored};
use store::Engine;
use store::trial::{Backup, Copied, Room};

use crate::world::World;

/// What waits for somebody to look.
async fn held(world: &World) -> Vec<Outbound> {
    let clinic = world.people.clinic.id;
    let held = world.desk.look(move |tx, _| Ok(store::outbound::restored(tx, clinic, 100)?)).await.unwrap();
    held.into_iter().map(|held| held.message).collect()
}

#[tokio::test]
async fn what_the_bot_said_in_the_hours_that_a_backup_does_not_know_is_not_said_again_by_itself() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let room = if engine == Engine::Sqlite { Room::in_a_file() } else { Room::on(engine) };
        let mut world = World::begin(room.store().await).await;
        assert_eq!(look_whether_restored(&world.desk).await.unwrap(), 0, "a first start is no restore");
        let people = world.people.clone();
        for (patient, hour) in [(people.anna, "10:00"), (people.vera, "11:00"), (people.mira, "14:00")] {
            world.book(patient, &format!("2026-11-26T{hour}")).await;
        }
        world.turn().await;
        let known = world.provider.sent().len();
        let backup = Backup::of(&room, world.desk.store()).await;
        world.forward("2026-11-25T12:00").await;
        let went = world.provider.sent().len() - known;
        assert!(went >= 3, "everybody is reminded: {went}");
        world.desk.store().clone().close().await;
        drop(world);

        backup.put_back(&room, Copied::Instead);
        let mut world = World::again(room.store().await, "2026-11-25T12:10", 77).await;
        look_whether_restored(&world.desk).await.unwrap();
        assert_eq!(look_whether_restored(&world.desk).await.unwrap(), 0, "and is looked at once");
        world.turn().await;
        world.forward("2026-11-25T12:20").await;
        assert_eq!(world.provider.sent().len(), 0, "nothing of it is said again");
        let waiting = held(&world).await;
        assert!(waiting.len() >= 3, "it waits at the desk: {}", waiting.len());

        // one of them has not gone after all, another has; of the rest the same is said at once
        release_message(&world.desk, world.kata(), waiting[0].id).await.unwrap();
        let dropped = drop_message(&world.desk, world.kata(), waiting[1].id).await.unwrap();
        assert!(matches!(dropped.state, OutboundState::Suppressed { reason: SuppressReason::GoneBefore, .. }), "{:?}", dropped.state);
        let rest = settle_restored(&world.desk, world.kata(), people.clinic.id, Finding::WentBefore).await.unwrap();
        assert_eq!(rest, waiting.len() - 2);
        world.turn().await;
        assert_eq!((world.provider.sent().len(), held(&world).await.len()), (1, 0), "on {engine:?}");

        // what is decided on from now on is not held
        world.book(people.anna, "2026-11-27T10:00").await;
        world.forward("2026-11-26T12:00").await;
        assert!(held(&world).await.is_empty());
        world.desk.store().clone().close().await;
    }
}
