//! What providers tell about messages and patients: shuffled, repeated, and the same to two accounts.

use channels::{Arrival, Became, Event};
use clinic::actors::{Actor, Channel, Origin};
use clinic::outbox::OutboundState;
use desk::receive;
use kernel::{AccountId, Chance};

use super::moods::Weather;
use super::office::{Office, on_both};
use crate::world::SECRET;

/// How far a message has come, as its state in the books says.
fn reached(state: &OutboundState) -> u8 {
    match state {
        OutboundState::Accepted { .. } => 1,
        OutboundState::Delivered { .. } => 2,
        OutboundState::Read { .. } => 3,
        other => panic!("it was taken: {other:?}"),
    }
}

#[test]
fn reports_that_come_backwards_and_twice_never_take_a_message_back() {
    on_both(async |store| {
        let mut office = Office::open(store, Weather::FAIR, 20).await;
        office.decide(20).await;
        office.settle().await;
        let mut chance = Chance::from_seed(6);
        for (number, shown) in office.messenger.shown().into_iter().enumerate() {
            let message = format!("{}:{}", shown.chat, shown.message);
            let mut highest = 1;
            for told in 0..6 {
                let step = 1 + chance.below(3);
                let became = match step {
                    1 => Became::Sent,
                    2 => Became::Delivered,
                    _ => Became::Read,
                };
                let event = Event::report(message.clone(), became);
                highest = highest.max(u8::try_from(step).unwrap());
                let arrival = Arrival::new(format!("report {number} {told}"), office.desk.now(), event);
                receive(&office.desk, office.crowd.people.telegram, Channel::Telegram, vec![arrival]).await.unwrap();
            }
            let (account, key) = (office.crowd.people.telegram, message.clone());
            let kept = office.desk.look(move |tx, _| Ok(store::outbound::by_provider_key(tx, account, &key)?)).await.unwrap();
            assert_eq!(reached(&kept.expect("it was taken").state), highest, "reports of message {number}");
        }
        office.judge().await.expect_kept_promises();
    });
}

#[test]
fn the_same_key_told_to_two_accounts_is_two_pieces_of_news() {
    on_both(async |store| {
        let office = Office::open(store, Weather::FAIR, 2).await;
        let first = office.crowd.people.telegram;
        let second = second_account(&office, first).await;
        for (account, member) in [(first, office.crowd.members[0]), (second, office.crowd.members[1])] {
            for _ in 0..2 {
                assert_eq!(told(&office, account, member.chat).await, 200);
            }
            let heard = office
                .desk
                .look(move |tx, _| Ok(store::conversations::inbound_of(tx, member.conversation, store::conversations::NEWEST, 10)?.len()));
            assert_eq!(heard.await.unwrap(), 1, "told twice, heard once, by each account");
        }
    });
}

async fn second_account(office: &Office, first: AccountId) -> AccountId {
    office
        .desk
        .act(Actor::Program, Origin::Program, move |act| {
            let account = store::accounts::find(act.tx, first)?.expect("settled");
            let id = AccountId::new(act.now, &mut act.chance);
            store::accounts::save(act.tx, &store::accounts::Account { id, ..account })?;
            Ok(id)
        })
        .await
        .unwrap()
}

async fn told(office: &Office, account: AccountId, chat: i64) -> u16 {
    let at = office.desk.now();
    let update = serde_json::json!({ "update_id": 5, "message": {
        "message_id": 5, "date": at.as_seconds(), "text": "Thank you",
        "chat": { "id": chat, "type": "private" }, "from": { "id": chat, "is_bot": false, "first_name": "Anna" },
    } })
    .to_string();
    let headers: [(&str, &[u8]); 1] = [("X-Telegram-Bot-Api-Secret-Token", SECRET.as_bytes())];
    let call =
        channels::Call { method: channels::Method::Post, tail: "", query: "", headers: &headers, body: update.as_bytes(), received_at: at };
    desk::receive_call(&office.desk, account, &call).await.unwrap().reply.status
}
