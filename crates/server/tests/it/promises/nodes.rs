//! Several nodes over one PostgreSQL: what happens at one is seen on the live pages of the others, and of those that could
//! fetch an account's messages one does.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use axum::Router;
use axum::body::{Body, BodyDataStream};
use axum::http::header::{CONTENT_TYPE, COOKIE};
use axum::http::{Request, StatusCode};
use channels::{Answer, Letter};
use clinic::actors::{Actor, Origin};
use desk::loops::poll_once;
use desk::wire::Wire;
use desk::{Seen, VisitMark, mark_visit};
use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use kernel::SessionId;
use serde_json::json;
use store::Engine;
use store::staff::NewSession;
use store::trial::Room;
use tower::ServiceExt;

use super::tried;
use crate::world::{ANNA, World};

/// A live page hears of it in a blink; a machine that does ten things at once may take a little longer.
const WITHIN: Duration = Duration::from_secs(10);

#[test]
fn what_comes_in_at_one_node_is_seen_on_the_live_pages_of_the_other() {
    tried(async {
        let room = Room::on(Engine::Postgres);
        let mut world = World::begin(room.store().await).await;
        let other = world.another_node(room.store().await, 2);
        let visit = world.book(world.people.anna, "2026-12-03T10:00").await;
        let cookie = signed_in(&world).await;
        let anna = world.people.anna;
        let mut inbox = Listening::at(world.router_of(&other), &cookie, "topic=inbox").await;
        let mut journal = Listening::at(world.router_of(&other), &cookie, &format!("topic=journal&topic=patient:{anna}")).await;
        let mut here = Listening::at(world.router(), &cookie, "topic=inbox").await;

        world.writes(ANNA, json!({ "text": "How much is a crown?" })).await;
        assert_eq!(inbox.next_event().await, "inbox: inbox");
        assert_eq!(here.next_event().await, "inbox: inbox");
        assert_eq!(journal.next_event().await, format!("patient: patient:{anna}"));

        let seen = Seen { visit: visit.id, version: visit.version };
        mark_visit(&other, world.kata(), Origin::Desk, seen, VisitMark::Confirm).await.unwrap();
        let mut heard = [journal.next_event().await, journal.next_event().await];
        heard.sort();
        assert_eq!(heard, ["journal: journal".to_owned(), format!("patient: patient:{anna}")]);
    });
}

async fn signed_in(world: &World) -> String {
    let token = world.desk.chance().token();
    let (hash, kata) = (desk::token_hash(&token), world.people.kata);
    let done = world.desk.act(Actor::Program, Origin::Program, move |act| {
        let session = SessionId::new(act.now, &mut act.chance);
        let (created_at, expires_at) = (act.now, act.now + Duration::from_hours(12));
        let email = Some("kata@mosoly.example".to_owned());
        let member = store::staff::find(act.tx, kata)?.expect("Kata works here");
        store::staff::save(act.tx, &clinic::staff::StaffMember { email, ..member })?;
        Ok(store::staff::add_session(act.tx, &hash, NewSession { id: session, staff: kata, created_at, expires_at })?)
    });
    done.await.unwrap();
    format!("desk={token}")
}

/// An open page.
struct Listening {
    events: BodyDataStream,
    heard: String,
}

impl Listening {
    async fn at(router: Router, cookie: &str, topics: &str) -> Self {
        let request = Request::builder().uri(format!("/live?{topics}")).header(COOKIE, cookie).body(Body::empty()).unwrap();
        let response = router.oneshot(request).await.unwrap();
        assert_eq!(response.status(), StatusCode::OK);
        assert_eq!(response.headers()[CONTENT_TYPE], "text/event-stream");
        Self { events: response.into_body().into_data_stream(), heard: String::new() }
    }

    /// `name: data`
    async fn next_event(&mut self) -> String {
        loop {
            if let Some(end) = self.heard.find("\n\n") {
                let event: String = self.heard.drain(..end + 2).collect();
                let field = |name: &str| event.lines().find_map(|line| line.strip_prefix(name)).map(|value| value.trim().to_owned());
                match field("event:").zip(field("data:")) {
                    Some((name, data)) => return format!("{name}: {data}"),
                    // a heartbeat
                    None => continue,
                }
            }
            let more = tokio::time::timeout(WITHIN, self.events.next()).await.expect("the page hears of it");
            self.heard.push_str(std::str::from_utf8(&more.expect("the page stays open").unwrap()).unwrap());
        }
    }
}

/// A provider that has nothing new and counts who asks.
#[derive(Default)]
struct Silent(AtomicUsize);

impl Wire for Silent {
    fn carry<'a>(&'a self, _: &'a Letter) -> BoxFuture<'a, Answer> {
        self.0.fetch_add(1, Ordering::Relaxed);
        let body = json!({ "ok": true, "result": [] }).to_string().into_bytes();
        Box::pin(async { Answer::Http { status: 200, headers: vec![], body } })
    }
}

#[test]
fn of_several_nodes_one_fetches_the_messages_of_an_account_and_another_only_once_it_is_gone() {
    tried(async {
        let room = Room::on(Engine::Postgres);
        let world = World::begin(room.store().await).await;
        let other = world.another_node(room.store().await, 2);
        let (account, provider) = (world.people.telegram, Silent::default());
        let asked = || provider.0.load(Ordering::Relaxed);
        for round in 1..=3 {
            assert_eq!(poll_once(&world.desk, &provider, account).await.unwrap(), None);
            assert!(poll_once(&other, &provider, account).await.unwrap().is_some(), "the other one rests");
            assert_eq!(asked(), round);
            // as long as it fetches, however long that is
            world.clock.forward(Duration::from_mins(1));
        }
        world.clock.forward(Duration::from_secs(31));
        assert_eq!((poll_once(&other, &provider, account).await.unwrap(), asked()), (None, 4), "the first one is gone");
        assert!(poll_once(&world.desk, &provider, account).await.unwrap().is_some(), "and has nothing to fetch when it is back");
        assert_eq!(asked(), 4);
    });
}
