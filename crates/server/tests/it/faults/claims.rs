//! Several nodes that take work from one database at the same instant, and what an account that is out of order takes from
//! others.

use std::collections::BTreeMap;
use std::sync::Arc;

use clinic::actors::{Actor, Origin};
use clinic::gate::Route;
use clinic::outbox::Outbound;
use desk::Act;
use desk::loops::Dispatcher;
use kernel::AccountId;
use store::accounts::Account;
use store::trial::Room;
use store::{Engine, Store};

use super::crowd::desk;
use super::moods::{Mood, Weather};
use super::office::{Office, on_both, wire};

#[test]
fn four_nodes_that_claim_at_once_never_send_the_same_message() {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(4).enable_all().build().unwrap();
    let room = Room::on(Engine::Postgres);
    runtime.block_on(async {
        let weather = Weather { seed: 2, troubled: 10, moods: &[Mood::TooFast, Mood::TakesInSilence], turned_away: 0 };
        let mut office = Office::open(room.store().await, weather, 80).await;
        office.decide(160).await;
        let mut nodes = Vec::new();
        for name in ["one", "two", "three", "four"] {
            let store = Store::open(room.place(), 0).await.unwrap();
            nodes.push(Arc::new(Dispatcher::new(desk(store, office.clock.clone(), name), wire(weather))));
        }
        for _ in 0..15 {
            let rounds: Vec<_> = nodes.iter().cloned().map(|node| tokio::spawn(async move { one_round(&node).await })).collect();
            for round in rounds {
                round.await.unwrap();
            }
            office.turn().await;
        }
        office.settle().await;
        office.judge().await.expect_kept_promises();
    });
}

/// Two nodes that meet at the same rows are told so, and come again.
async fn one_round(node: &Dispatcher) {
    drop(node.round().await);
    node.finish().await;
}

#[test]
fn an_account_whose_settings_cannot_be_read_takes_no_place_from_others() {
    on_both(async |store| {
        let mut office = Office::open(store, Weather::FAIR, 6).await;
        office.decide(6).await;
        let (telegram, thread) = (office.crowd.people.telegram, office.crowd.members[5].conversation);
        let broken = office.desk.act(Actor::Program, Origin::Program, move |act| {
            let account = store::accounts::find(act.tx, telegram)?.expect("it is connected");
            let second = AccountId::new(act.now, &mut act.chance);
            store::accounts::save(act.tx, &Account { id: second, ..account.clone() })?;
            store::accounts::set_trouble(act.tx, second, "channel-trouble-unauthorized", act.now)?;
            store::accounts::save(act.tx, &Account { settings: BTreeMap::new(), ..account.clone() })?;
            // the last of them goes through the account that works
            let last = store::outbound::of_conversation(act.tx, thread, store::conversations::NEWEST, 1)?.remove(0);
            let before = last.version;
            let route = last.route.clone().map(|route| Route { account: second, ..route });
            store::outbound::change(act.tx, &Outbound { route, version: before + 1, ..last }, before)?;
            Ok((account, second))
        });
        let (account, second) = broken.await.unwrap();
        let (_, dispatcher) = office.node("another");
        let dispatcher = dispatcher.claiming(4);
        dispatcher.round().await.unwrap();
        dispatcher.finish().await;
        assert_eq!(office.messenger.shown().len(), 1, "four that cannot go are before it");
        assert_eq!(
            troubles(&office, [telegram, second]).await,
            ["channel-trouble-settings", ""],
            "and the desk is told which does not work"
        );

        let mend = move |act: &mut Act<'_, '_>| Ok(store::accounts::save(act.tx, &account)?);
        office.desk.act(Actor::Program, Origin::Program, mend).await.unwrap();
        office.settle().await;
        office.judge().await.expect_kept_promises();
        assert_eq!(office.messenger.shown().len(), 6);
    });
}

async fn troubles(office: &Office, accounts: [AccountId; 2]) -> [String; 2] {
    let known = office.desk.look(|tx, _| Ok(store::accounts::all(tx)?)).await.unwrap();
    let trouble = |id| known.iter().find(|account| account.id == id).and_then(|account| account.trouble.clone());
    accounts.map(|id| trouble(id).map_or(String::new(), |trouble| trouble.key))
}
