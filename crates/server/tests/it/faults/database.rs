//! PostgreSQL is killed, stopped at once, or lost for good and followed by its standby, while patients write and the desk
//! answers: what was acknowledged is there, nothing is sent twice, and within ten seconds after the database the desk
//! works again.

use std::collections::HashMap;
use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use channels::{Answer, Body, Call, Letter, Method};
use clinic::outbox::{Outbound, OutboundState};
use desk::wire::Wire;
use desk::{Desk, Parts};
use futures_util::future::BoxFuture;
use kernel::{Address, Chance, Clock, Scheme, Timestamp, Zone};
use serde_json::{Value, json};
use store::trial::{End, Server};
use store::{Place, Store};
use tokio::sync::oneshot;
use tokio::task::JoinSet;

use crate::world::{People, SECRET};

/// In `./check` each end once; as often as `CAREDESK_TRIAL_ENDS` says in the long form.
const ENDS: usize = 3;
/// How soon after the database the desk must work again.
const WORKS_WITHIN: Duration = Duration::from_secs(10);
/// Patients who write at once.
const AT_ONCE: usize = 4;
/// So many are heard before the database goes away, and again after it has come back.
const HEARD: usize = 30;
/// A message whose sender was lost is found by then.
const DOUBTS_WITHIN: Duration = Duration::from_secs(90);

/// How the database goes away.
#[derive(Debug, Clone, Copy)]
enum Loss {
    Killed,
    Stopped,
    /// For good: its standby takes over.
    Followed,
}

const LOSSES: [Loss; ENDS] = [Loss::Killed, Loss::Stopped, Loss::Followed];

/// So many times as fast as the wall: a lease of what was being sent is over in eight seconds.
const HURRY: u32 = 4;

/// The clinic's clock in a hurry, from a Monday at 09:00 on.
struct Running {
    from: Timestamp,
    since: Instant,
}

impl Clock for Running {
    fn now(&self) -> Timestamp {
        self.from + self.run()
    }

    fn run(&self) -> Duration {
        self.since.elapsed() * HURRY
    }
}

/// What patients see on their phones, by chat.
#[derive(Default)]
struct Phones {
    seen: Mutex<Vec<(i64, Instant)>>,
}

impl Wire for Phones {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        let Letter::Http(letter) = letter else { unreachable!("only Telegram is connected to anything") };
        let Body::Json(body) = &letter.body else { unreachable!("a message without a file") };
        let chat = serde_json::from_str::<Value>(body).unwrap()["chat_id"].clone();
        let chat = chat.as_i64().or_else(|| chat.as_str()?.parse().ok()).expect("a chat");
        let mut seen = self.seen.lock().unwrap();
        seen.push((chat, instant()));
        let answer = json!({ "ok": true, "result": { "message_id": seen.len(), "chat": { "id": chat, "type": "private" }, "date": 0 } });
        let answer = Answer::Http { status: 200, headers: vec![], body: answer.to_string().into_bytes() };
        Box::pin(async {
            // long enough for the database to go away meanwhile
            tokio::time::sleep(Duration::from_millis(20)).await;
            answer
        })
    }
}

/// Patients nobody knows yet, each of whom writes once and is asked for a number.
struct Strangers {
    desk: Desk,
    people: People,
    next: AtomicI64,
    heard: Mutex<Vec<(i64, Instant)>>,
    enough: AtomicBool,
}

impl Strangers {
    async fn write(self: Arc<Self>) {
        while !self.enough.load(Ordering::Relaxed) {
            let stranger = self.next.fetch_add(1, Ordering::Relaxed);
            // a provider calls until it is told that the news has arrived
            while !self.calls(stranger).await {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            self.heard.lock().unwrap().push((stranger, instant()));
        }
    }

    async fn calls(&self, stranger: i64) -> bool {
        let from = json!({ "id": stranger, "is_bot": false, "first_name": "Zoltán", "language_code": "en" });
        let now = self.desk.now();
        let message = json!({
            "message_id": stranger, "from": from, "chat": { "id": stranger, "type": "private", "first_name": "Zoltán" },
            "date": now.as_millis() / 1000, "text": "Good morning",
        });
        let body = json!({ "update_id": stranger, "message": message }).to_string();
        let headers: [(&str, &[u8]); 1] = [("X-Telegram-Bot-Api-Secret-Token", SECRET.as_bytes())];
        let call = Call { method: Method::Post, tail: "", query: "", headers: &headers, body: body.as_bytes(), received_at: now };
        desk::receive_call(&self.desk, self.people.telegram, &call).await.is_ok_and(|received| received.reply.status == 200)
    }

    fn heard(&self) -> usize {
        self.heard.lock().unwrap().len()
    }

    /// What was kept of a stranger: how often heard, and what was written to them.
    async fn kept(&self, stranger: i64) -> (usize, Vec<Outbound>) {
        let address = Address::new(Scheme::Telegram, &stranger.to_string()).unwrap();
        let kept = self.desk.look(move |tx, _| {
            let Some(thread) = store::conversations::with_unknown(tx, &address)? else { return Ok((0, vec![])) };
            let newest = store::conversations::NEWEST;
            let heard = store::conversations::inbound_of(tx, thread.id, newest, 10)?;
            Ok((heard.len(), store::outbound::of_conversation(tx, thread.id, newest, 10)?))
        });
        kept.await.unwrap()
    }
}

/// One loss and what follows from it.
async fn lose(loss: Loss, number: usize, servers: &mut Vec<Server>) {
    let followed = matches!(loss, Loss::Followed).then(|| servers[0].standby());
    let ports = servers.iter().chain(&followed).map(|server| format!("127.0.0.1:{}", server.port()));
    let url = format!("postgres://caredesk@{}/postgres", ports.collect::<Vec<_>>().join(","));
    let store = Store::open(&Place::Schema { url, schema: "clinic".to_owned() }, 0).await.unwrap();
    let from = Zone::named("Europe/Budapest").unwrap().at("2026-11-23T09:00".parse().unwrap());
    let clock = Arc::new(Running { from, since: instant() });
    let chance = Chance::from_seed(500 + number as u64);
    let desk = Desk::new(Parts { store: store.clone(), clock, chance, node: format!("node-{number}") });
    let people = if number == 0 { People::settle(&desk).await } else { People::known(&desk).await };

    let phones = Arc::new(Phones::default());
    let (stop, stopped) = oneshot::channel::<()>();
    let loops = tokio::spawn(desk::loops::run(desk.clone(), phones.clone(), async { stopped.await.unwrap_or_default() }));
    let next = AtomicI64::new(100_000 + 10_000 * i64::try_from(number).unwrap());
    let strangers = Arc::new(Strangers { desk, people, next, heard: Mutex::default(), enough: AtomicBool::new(false) });
    let mut writing = JoinSet::new();
    for _ in 0..AT_ONCE {
        writing.spawn(Arc::clone(&strangers).write());
    }
    until("the desk works", || strangers.heard() >= HEARD && phones.seen.lock().unwrap().len() >= HEARD / 2).await;

    match (loss, followed) {
        (Loss::Killed, _) => servers[0].end(End::Killed),
        (Loss::Stopped, _) | (Loss::Followed, None) => servers[0].end(End::Immediate),
        (Loss::Followed, Some(standby)) => {
            servers[0].end(End::Killed);
            servers.insert(0, standby);
        }
    }
    let mut returning = std::mem::take(servers);
    let back = tokio::task::spawn_blocking(move || {
        match loss {
            Loss::Killed | Loss::Stopped => returning[0].go_on(),
            Loss::Followed => returning[0].promote(),
        }
        returning.truncate(1);
        returning
    });
    *servers = back.await.unwrap();
    let back = instant();
    let works = || {
        let heard = strangers.heard.lock().unwrap().iter().any(|(_, at)| *at > back);
        heard && phones.seen.lock().unwrap().iter().any(|(_, at)| *at > back)
    };
    until("the desk works again", works).await;
    let works_after = back.elapsed();
    assert!(works_after <= WORKS_WITHIN, "{loss:?}: works again after {works_after:?} only");

    let before = strangers.heard();
    until("more is heard", || strangers.heard() >= before + HEARD).await;
    strangers.enough.store(true, Ordering::Relaxed);
    writing.join_all().await;
    let doubts = checked(&strangers, &phones, loss).await;
    println!("{loss:?}: {} heard, {doubts} in doubt, works again after {works_after:?}", strangers.heard());
    stop.send(()).unwrap();
    loops.await.unwrap();
    store.close().await;
}

/// Every stranger was heard once and asked once; says how many of the questions stand in doubt.
async fn checked(strangers: &Strangers, phones: &Phones, loss: Loss) -> usize {
    let heard: Vec<i64> = strangers.heard.lock().unwrap().iter().map(|(stranger, _)| *stranger).collect();
    let begun = instant();
    let mut doubts = 0;
    for stranger in heard {
        let messages = loop {
            let (times, messages) = strangers.kept(stranger).await;
            assert_eq!(times, 1, "{loss:?}: a stranger was heard {times} times");
            let is_going = |message: &Outbound| matches!(message.state, OutboundState::Queued { .. } | OutboundState::Sending { .. });
            if !messages.iter().any(is_going) || begun.elapsed() > DOUBTS_WITHIN {
                break messages;
            }
            tokio::time::sleep(Duration::from_millis(100)).await;
        };
        let mut phones_of = HashMap::<i64, usize>::new();
        for (chat, _) in phones.seen.lock().unwrap().iter() {
            *phones_of.entry(*chat).or_default() += 1;
        }
        let seen = phones_of.get(&stranger).copied().unwrap_or_default();
        let [message] = &messages[..] else { panic!("{loss:?}: {} messages to a stranger", messages.len()) };
        match &message.state {
            OutboundState::Accepted { .. } => assert_eq!(seen, 1, "{loss:?}: accepted, and seen {seen} times"),
            OutboundState::Uncertain { .. } => {
                assert!(seen <= 1, "{loss:?}: sent {seen} times");
                doubts += 1;
            }
            other => panic!("{loss:?}: seen {seen} times, and it stands as {other:?}"),
        }
    }
    doubts
}

#[expect(clippy::disallowed_methods, reason = "how soon a real server is back is measured by the wall")]
fn instant() -> Instant {
    Instant::now()
}

async fn until(what: &str, is_so: impl Fn() -> bool) {
    let begun = instant();
    while !is_so() {
        assert!(begun.elapsed() < Duration::from_mins(1), "never: {what}");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_database_that_is_killed_stopped_or_followed_by_its_standby_loses_nothing() {
    let ends = std::env::var("CAREDESK_TRIAL_ENDS").map_or(ENDS, |ends| ends.parse().expect("a number"));
    let mut servers = vec![tokio::task::spawn_blocking(Server::start).await.unwrap()];
    for number in 0..ends {
        lose(LOSSES[number % LOSSES.len()], number, &mut servers).await;
    }
}
