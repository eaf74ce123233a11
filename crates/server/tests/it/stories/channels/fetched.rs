//! A clinic without a public address: VK and MAX are asked for what patients wrote. It comes in, is answered, and whoever goes on
//! after a restart goes on from there; what is told again is heard once.

use std::time::Duration;

use clinic::actors::Channel;
use desk::loops::poll_once;
use serde_json::{Value, json};
use store::accounts::AccountState;

use super::provider::{Provider, Seen};
use super::sealed::AUTHORITY;
use super::{ANSWER, Line, filled_in, signed_in, words};
use crate::pages::counter::Browser;
use crate::world::told;

const VK_TOKEN: &str = "vk1.a.a-token-of-the-community";
const MAX_TOKEN: &str = "f9LHodD0cOL5a-token-of-the-bot";

/// A question, told three times.
fn vk(seen: &Seen) -> Option<Value> {
    if seen.path == "/lp/wh210000001" {
        let ts = seen.query.split('&').find_map(|field| field.strip_prefix("ts=")).expect("where to go on");
        assert!(seen.query.starts_with("act=a_check&key=k3y&"), "{}", seen.query);
        let message = json!({ "id": 1, "date": 1_795_420_800, "peer_id": 155_000_777, "from_id": 155_000_777, "attachments": [],
            "text": "Есть время в пятницу?" });
        let update =
            json!({ "type": "message_new", "group_id": 210_000_001, "event_id": "e1", "v": "5.199", "object": { "message": message } });
        let next = ts.parse::<u32>().expect("a number") + 1;
        let updates = if next <= 4 { vec![update] } else { Vec::new() };
        return Some(json!({ "ts": next.to_string(), "updates": updates }));
    }
    assert_eq!(seen.field("access_token"), VK_TOKEN);
    match seen.path.as_str() {
        "/method/groups.getById" => {
            Some(json!({ "response": { "groups": [{ "id": 210_000_001, "name": "Mosoly", "screen_name": "mosoly" }] } }))
        }
        "/method/groups.setLongPollSettings" => Some(json!({ "response": 1 })),
        "/method/groups.getLongPollServer" => {
            let server = format!("http://{}/lp/wh210000001", seen.headers["host"]);
            Some(json!({ "response": { "key": "k3y", "server": server, "ts": "1" } }))
        }
        "/method/messages.send" => Some(json!({ "response": 9010 })),
        _ => None,
    }
}

/// The same at MAX.
fn max(seen: &Seen) -> Option<Value> {
    assert_eq!(seen.headers["authorization"], MAX_TOKEN);
    match seen.path.as_str() {
        "/me" => Some(json!({ "user_id": 66_000_001, "first_name": "Mosoly", "username": "mosoly_bot", "is_bot": true })),
        "/updates" => {
            let marker = seen.query.split('&').find_map(|field| field.strip_prefix("marker="));
            let next = marker.map_or(1, |marker| marker.parse::<u32>().expect("a number")) + 1;
            let zoltan = json!({ "user_id": 55_100_200, "first_name": "Zoltán", "is_bot": false });
            let recipient = json!({ "chat_id": 91_000_555, "chat_type": "dialog", "user_id": 66_000_001 });
            let body = json!({ "mid": "mid.in1", "seq": 1, "text": "Есть время в пятницу?", "attachments": [] });
            let message = json!({ "sender": zoltan, "recipient": recipient, "timestamp": 1_795_420_800_123_i64, "body": body });
            let update = json!({ "update_type": "message_created", "timestamp": 1_795_420_800_123_i64, "message": message });
            let updates = if next <= 4 { vec![update] } else { Vec::new() };
            Some(json!({ "marker": next, "updates": updates }))
        }
        "/messages" => Some(json!({ "message": { "body": { "mid": "mid.out1", "seq": 2, "text": "" } } })),
        _ => None,
    }
}

async fn both_ways(line: &Line, address: &str, (asks, sends): (&str, &str)) {
    let fetched = async |desk| poll_once(desk, &*line.wire, line.account).await.unwrap();
    // at most: where to ask, what is new, and the same again
    for _ in 0..3 {
        assert_eq!(fetched(&line.world.desk).await, None);
    }
    assert!(line.heard(address).await == [words("Есть время в пятницу?")]);
    let message = line.answers(address).await;
    assert!(line.provider.last(sends).body.contains(ANSWER) || line.provider.last(sends).field("message") == ANSWER);
    line.expect(&message, "sent").await;

    // another program goes on where this one was, once this one is gone
    let place = line.provider.last(asks).query;
    let again = line.world.another_node(line.world.desk.store().clone(), 7);
    assert!(fetched(&again).await.is_some(), "it rests as long as the first one fetches");
    assert_eq!(line.provider.last(asks).query, place);
    line.world.pass(Duration::from_mins(2));
    let begun = line.provider.calls("/method/groups.getLongPollServer").len();
    assert_eq!(fetched(&again).await, None);
    let number = |query: &str| {
        let field = query.split('&').find_map(|field| field.strip_prefix("ts=").or_else(|| field.strip_prefix("marker=")));
        field.expect("where to go on").parse::<u32>().unwrap()
    };
    assert_eq!(number(&line.provider.last(asks).query), number(&place) + 1, "it goes on from there");
    assert_eq!(line.provider.calls("/method/groups.getLongPollServer").len(), begun);
    assert_eq!(line.heard(address).await.len(), 1, "told again, heard once");
}

#[test]
fn without_a_public_address_vk_is_asked_and_a_new_program_goes_on_from_there() {
    told(async |world| {
        let fields = [("token", VK_TOKEN), ("group_id", "210000001")];
        let line = Line::connected_out_of_reach(world, Channel::Vk, Provider::open(vk).await, &fields).await;
        assert_eq!(line.provider.last("/groups.setLongPollSettings").field("enabled"), "1", "VK is told that we ask");
        both_ways(&line, "vk:155000777", ("/lp/wh210000001", "/messages.send")).await;
    });
}

#[test]
fn without_a_public_address_max_is_asked_and_a_new_program_goes_on_from_there() {
    told(async |world| {
        let line = Line::connected_out_of_reach(world, Channel::Max, Provider::open(max).await, &[("token", MAX_TOKEN)]).await;
        both_ways(&line, "max:55100200", ("/updates", "/messages")).await;
    });
}

#[test]
fn an_authority_that_no_machine_knows_is_believed_once_the_clinic_has_named_it() {
    told(async |world| {
        let provider = Provider::sealed(max).await;
        let site = web::Site::new(web::Parts {
            desk: world.desk.clone(),
            wire: std::sync::Arc::new(desk::wire::Network::new()),
            public_url: None,
        });
        let mut owner = Browser::signed_in(web::router(site), signed_in(&world).await);
        let form = "/settings/channels/new/max";
        let refused = filled_in(&mut owner, form, form, &[("server", &provider.url), ("token", MAX_TOKEN)]).await;
        assert_eq!((refused.status.as_u16(), provider.calls("").len()), (422, 0), "nobody vouches for it: {}", refused.text());

        let line = Line::connected_out_of_reach(world, Channel::Max, provider, &[("token", MAX_TOKEN), ("authority", AUTHORITY)]).await;
        let account = line.account;
        let kept = line.world.desk.look(move |tx, _| Ok(store::accounts::find(tx, account)?)).await.unwrap().unwrap();
        assert_eq!((kept.state, kept.name.as_str()), (AccountState::On, "Mosoly"));
        both_ways(&line, "max:55100200", ("/updates", "/messages")).await;
    });
}
