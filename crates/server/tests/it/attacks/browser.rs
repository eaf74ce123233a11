//! Two hundred scripts in the place of words, names, labels and numbers, from every channel, looked at in a real browser on every
//! page on which they are shown: none runs, and the browser has nothing to forbid.

use std::collections::BTreeSet;
use std::io::Write;
use std::process::{Command, Stdio};
use std::sync::Arc;

use axum::Router;
use axum::http::header::{CONTENT_SECURITY_POLICY, CONTENT_TYPE};
use axum::routing::get;
use channels::trial::{Shown, scripts};
use channels::{Arrival, Event};
use clinic::conversations::Said;
use kernel::{Address, ConversationId, Timestamp};
use serde_json::{Value, json};
use store::Engine;
use store::trial::Room;
use tokio::net::TcpListener;

use super::{Door, Same, open, pages};
use crate::stories::channels::signed_in;
use crate::world::{ANNA, Account, World};

const NEVER: Timestamp = Timestamp::from_millis(i64::MAX / 2);
/// What one message holds of them: the website's visitors write no more at once.
const AT_ONCE: usize = 40;
/// So many senders of each way have one for a name.
const NAMES: usize = 12;

/// Everything that a way can bring, with scripts in it. `number` goes round all of them.
fn hostile(door: &Door, world: &World, number: &mut usize) -> Vec<Arrival> {
    let (at, scripts) = (world.desk.now(), scripts());
    let mut next = |many: usize| {
        let some: Vec<&str> = (0..many).map(|step| scripts[(*number + step) % scripts.len()]).collect();
        *number += many;
        some.join(" ")
    };
    let (mut brought, mut arrivals) = (BTreeSet::new(), Vec::new());
    for news in door.way.news(&door.settings, at) {
        for place in 0..news.places().len() {
            let read = |words: &str| door.read(world, &door.way.told(&door.settings, &news.saying(place, words), at));
            let marked = read("Zq7 <i>");
            let kinds: BTreeSet<Shown> = marked
                .iter()
                .flat_map(|arrival| channels::trial::shown(&arrival.event))
                .filter(|(_, said)| said.contains("Zq7"))
                .map(|(kind, _)| kind)
                .collect();
            let many = match kinds.first() {
                None => continue,
                Some(_) if kinds.is_subset(&brought) => 0,
                Some(Shown::Words) => scripts.len() / AT_ONCE,
                Some(Shown::Name) => NAMES,
                Some(_) => 2,
            };
            let at_once = if kinds.contains(&Shown::Words) { AT_ONCE } else { 1 };
            for _ in 0..many {
                arrivals.extend(read(&next(at_once)));
            }
            brought.extend(kinds);
        }
    }
    arrivals
}

/// Each is news of its own; who has a script for a name is somebody else each time.
fn told_apart(arrivals: Vec<Arrival>, way: &str) -> Vec<Arrival> {
    let apart = |(number, mut arrival): (usize, Arrival)| {
        arrival.repeat_key = format!("{way} {number}");
        if let Event::Message { provider_key, from, name, .. } = &mut arrival.event {
            *provider_key = format!("{way}-{number}");
            let other = match from.rest() {
                mailbox if mailbox.contains('@') => format!("p{number}@example.test"),
                digits if digits.trim_start_matches('+').bytes().all(|byte| byte.is_ascii_digit()) => {
                    format!("{}{number:03}", &digits[..digits.len() - 3])
                }
                _ => return arrival,
            };
            if name.contains("alert") {
                *from = Address::new(from.scheme(), &other).unwrap_or_else(|_| from.clone());
            }
        }
        arrival
    };
    arrivals.into_iter().enumerate().map(apart).collect()
}

/// Anna has an account there too, so that her card shows it.
fn of_anna(arrivals: &[Arrival]) -> Vec<Arrival> {
    let messages =
        arrivals.iter().filter(|arrival| matches!(&arrival.event, Event::Message { said: Said::Words(_) | Said::Pressed { .. }, .. }));
    let hers = |(number, arrival): (usize, &Arrival)| {
        let mut arrival = arrival.clone();
        arrival.repeat_key = format!("anna {number}");
        if let Event::Message { provider_key, from, .. } = &mut arrival.event {
            *provider_key = format!("anna-{number}");
            *from = ANNA.address();
        }
        arrival
    };
    messages.enumerate().map(hers).collect()
}

/// What the browser met on these pages.
fn looked_at(origin: &str, cookie: &str, paths: &[String]) -> Value {
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/../../trials/attacks-peer.mjs");
    let mut peer = Command::new("node")
        .arg(script)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .expect("node opens a browser: `./check machine` installs both");
    let asked = json!({ "origin": origin, "cookie": cookie, "paths": paths }).to_string();
    let mut input = peer.stdin.take().expect("piped");
    input.write_all(asked.as_bytes()).expect("it reads");
    drop(input);
    let said = peer.wait_with_output().expect("it ends");
    serde_json::from_slice(&said.stdout).unwrap_or_else(|error| panic!("{error}: {}", String::from_utf8_lossy(&said.stdout)))
}

/// Pages that are as bad as can be, to see that the browser would tell.
fn controls() -> Router {
    let bad = || async { ([(CONTENT_TYPE, "text/html")], "<p><img src=x onerror=alert(1)></p>") };
    let guarded = || async {
        let policy = "default-src 'none'; img-src 'self'; script-src 'self'";
        ([(CONTENT_TYPE, "text/html"), (CONTENT_SECURITY_POLICY, policy)], "<p><img src=/x onerror=alert(1)></p>")
    };
    Router::new().route("/control/bare", get(bad)).route("/control/guarded", get(guarded))
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn t_c1_no_script_from_any_channel_runs_on_any_page() {
    let world = World::begin(Room::on(Engine::Sqlite).store().await).await;
    let [doors, _] = open(&world).await;
    let mut number = 0;
    for door in &doors {
        let arrivals = told_apart(hostile(door, &world, &mut number), &door.way.name());
        let hers = if door.way.name() == "telegram" { of_anna(&arrivals) } else { Vec::new() };
        desk::receive(&world.desk, door.account, door.way.channel(), arrivals).await.unwrap();
        desk::receive(&world.desk, world.people.telegram, door.way.channel(), hers).await.unwrap();
    }
    assert!(number > 10 * scripts().len(), "{number} scripts");
    // whoever imports a list may find one in it
    for (place, script) in scripts().into_iter().take(5).enumerate() {
        world.people.moves_in(&world.desk, Account { name: script, id: 900 + i64::try_from(place).unwrap() }).await;
    }
    let paths = shown_at(&world, &doors).await;

    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let origin = format!("http://{}", listener.local_addr().unwrap());
    let router = pages(&world, Arc::new(Same(Vec::new()))).merge(controls());
    let serving = tokio::spawn(axum::serve(listener, router).into_future());
    let (cookie, asked) = (signed_in(&world).await, paths.clone());
    let met = tokio::task::spawn_blocking(move || looked_at(&origin, &cookie, &asked)).await.unwrap();
    serving.abort();
    let faults = |key: &str| met[key].as_array().unwrap_or_else(|| panic!("{met}")).iter().map(Value::to_string).collect::<Vec<_>>();
    let (bare, guarded) = (faults("bare").join(" "), faults("guarded").join(" "));
    assert!(bare.contains("ran") && guarded.contains("Content Security Policy"), "the browser tells nothing: {bare} {guarded}");
    assert_eq!(faults("faults"), [] as [String; 0]);
    assert_eq!(met["pages"], paths.len());
    assert!(met["seen"].as_u64().unwrap() > 1_000, "the scripts are not on the pages: {}", met["seen"]);
}

/// The pages on which anything of it stands.
async fn shown_at(world: &World, doors: &[Door]) -> Vec<String> {
    let (anna, clinic) = (world.people.anna, world.people.clinic.id);
    let found = world.desk.look(move |tx, _| {
        let mut threads: Vec<ConversationId> = store::conversations::of_patient(tx, anna)?.map(|thread| thread.id).into_iter().collect();
        let mut alone = 0;
        for listed in store::conversations::list(tx, clinic, NEVER, 500)? {
            let thread = listed.conversation.id;
            // who has nothing but a name is much like the next one
            let is_short = store::conversations::inbound_of(tx, thread, store::conversations::NEWEST, 3)?.len() < 3;
            alone += usize::from(is_short);
            if !is_short || alone <= 6 {
                threads.push(thread);
            }
        }
        Ok(threads)
    });
    let threads = found.await.unwrap();
    let mut paths: Vec<String> = [
        "/today",
        "/inbox",
        "/inbox?tab=all",
        "/patients",
        "/journal",
        "/settings/channels",
        "/settings/channels/health",
        "/settings/ladder",
    ]
    .map(str::to_owned)
    .to_vec();
    paths.push(format!("/patients/{anna}"));
    paths.push(format!("/settings/channels/{}", doors[0].account));
    paths.extend(threads.into_iter().map(|thread| format!("/inbox/{thread}")));
    paths
}
