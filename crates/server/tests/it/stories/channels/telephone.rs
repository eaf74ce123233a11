//! The telephone: an exchange tells of calls, the desk sees who rings, what was missed is rung back, and what came of it marks
//! the journal. Told through the real hook and the real pages.

use axum::body::Body;
use axum::http::Method;
use clinic::actors::{Actor, Channel, Origin};
use clinic::staff::Role;
use clinic::tasks::{DeskTask, TaskOutcome};
use hmac::{Hmac, KeyInit, Mac};
use insta::assert_snapshot;
use kernel::AccountId;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use store::Touched;

use super::provider::{Provider, Seen};
use super::sms::form;
use super::twilio_library::signature;
use super::{Line, filled_in, signed_in};
use crate::pages::counter::Browser;
use crate::world::{VERA, World, account, told};

const WORD: &str = "a-word-of-the-exchange";
/// Vera's own.
const HER_NUMBER: &str = "06 30 123 4567";
const NOBODYS_NUMBER: &str = "+36209876543";

/// The clinic's exchange, and somebody who sits at the desk.
struct Desk {
    world: World,
    exchange: AccountId,
    kata: Browser,
}

impl Desk {
    async fn with_an_exchange(world: World) -> Self {
        Self::with(world, &[("provider", "generic"), ("word", WORD)]).await
    }

    async fn with(world: World, settings: &'static [(&'static str, &'static str)]) -> Self {
        world.opens_pages().await;
        let clinic = world.people.clinic.id;
        let connect = move |act: &mut desk::Act<'_, '_>| {
            let id = AccountId::new(act.now, &mut act.chance);
            let hook = hook(id);
            let settings = [settings, &[("hook", hook.as_str())]].concat();
            store::accounts::save(act.tx, &account((id, clinic), Channel::Telephone, &settings, act.now))?;
            Ok(id)
        };
        let exchange = world.desk.act(Actor::Program, Origin::Program, connect).await.unwrap();
        let kata = Browser::signed_in(world.router(), signed_in(&world).await);
        Self { world, exchange, kata }
    }

    async fn tells(&self, news: &Value) -> u16 {
        let (at, body) = ((self.world.desk.now().as_millis() / 1_000).to_string(), news.to_string());
        let mut mac = Hmac::<Sha256>::new_from_slice(WORD.as_bytes()).unwrap();
        mac.update(format!("{at}.{body}").as_bytes());
        let shown = format!("sha256={}", hex(&mac.finalize().into_bytes()));
        self.calls(&[("x-caredesk-timestamp", at), ("x-caredesk-signature", shown)], body).await
    }

    async fn calls(&self, headers: &[(&'static str, String)], body: String) -> u16 {
        let mut caller = self.kata.clone();
        caller.headers = headers.to_vec();
        let status = caller.ask(Method::POST, &format!("/hooks/telephone/{}", self.exchange), Body::from(body)).await.status.as_u16();
        self.world.turn().await;
        status
    }

    async fn rings(&self, call: &str, number: &str) {
        assert_eq!(self.tells(&json!({ "call": call, "event": "ringing", "direction": "in", "number": number })).await, 200);
    }

    async fn ends(&self, call: &str, number: &str, result: &str) {
        let news = json!({ "call": call, "event": "ended", "direction": "in", "number": number, "result": result, "seconds": 84 });
        assert_eq!(self.tells(&news).await, 200);
    }

    /// What stands over every page.
    async fn seen(&mut self) -> String {
        self.kata.get("/calls/ringing").await.text()
    }

    async fn to_ring_back(&self) -> Vec<DeskTask> {
        let tasks = self.world.open_tasks().await;
        tasks.into_iter().filter(|task| task.reason == "task-reason-missed-call").collect()
    }

    async fn page(&mut self, path: &str) -> String {
        let page = self.kata.get(path).await;
        assert_eq!(page.status.as_u16(), 200, "{path}");
        page.text()
    }
}

fn hook(exchange: AccountId) -> String {
    format!("https://desk.mosoly.example/hooks/telephone/{exchange}")
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(b"0123456789abcdef"[usize::from(half)])).collect()
}

#[test]
fn who_rings_stands_on_every_page_and_a_missed_call_is_rung_back() {
    told(async |world| {
        let vera = world.people.vera;
        world.book(vera, "2026-11-25T10:00").await;
        world.turn().await;
        let mut desk = Desk::with_an_exchange(world).await;
        // what Vera was told of the visit went a while ago
        desk.world.pass(std::time::Duration::from_secs(5));
        let mut pages = desk.world.desk.store().subscribe();
        desk.rings("c1", HER_NUMBER).await;
        let mut touched = Vec::new();
        while let Ok(Touched(topic)) = pages.try_recv() {
            touched.push(topic);
        }
        assert!(touched.contains(&"calls".to_owned()), "{touched:?}");
        let card = desk.seen().await;
        for part in ["Incoming call", "Vera", "+36 30 123 4567", "speaks", "Next visit", "10:00", "Gromov", "Open the card"] {
            assert!(card.contains(part), "{part}: {card}");
        }
        assert!(desk.page("/settings/me").await.contains("Caredesk"));

        // told twice, and the end once more under another name: one missed call
        let before = desk.world.provider.sent_to(VERA).len();
        for _ in 0..2 {
            desk.ends("c1", HER_NUMBER, "missed").await;
        }
        desk.rings("c1", HER_NUMBER).await;
        assert_eq!(desk.seen().await.trim(), "");
        let sent = desk.world.provider.sent_to(VERA);
        assert_eq!(sent.len(), before + 1);
        assert!(sent[before].text.contains("could not take your call"), "{}", sent[before].text);
        let task = desk.to_ring_back().await.pop().unwrap();
        assert_eq!(desk.to_ring_back().await.len(), 1);
        let today = desk.page("/today").await;
        assert!(today.contains("nobody took the call") && today.contains("sorry that we missed your call"), "{today}");
        assert!(desk.page(&format!("/patients/{vera}")).await.contains("Missed call"));

        // rung back in vain, and again later
        filled_in(&mut desk.kata, "/today", &format!("/tasks/{}", task.id), &[("outcome", "no_answer")]).await;
        let again = desk.to_ring_back().await.pop().unwrap();
        assert_eq!((again.tries, desk.world.wall(again.due_at).as_str()), (1, "Mon 23 Nov 11:00"));

        // she calls once more and is spoken with: the summary comes before all else
        desk.ends("c2", HER_NUMBER, "answered").await;
        desk.rings("c2", HER_NUMBER).await;
        assert_eq!(desk.seen().await.trim(), "");
        assert!(desk.to_ring_back().await.is_empty());
        let thread = desk.world.conversation(vera).await.id;
        let thread_shown = desk.page(&format!("/inbox/{thread}")).await;
        assert!(thread_shown.contains("Incoming call · 1:24") && thread_shown.contains("Missed call"), "{thread_shown}");
    });
}

#[test]
fn a_call_of_somebody_unknown_is_a_thread_and_a_call_back_and_out_of_hours_it_says_so() {
    told(async |world| {
        let mut desk = Desk::with_an_exchange(world).await;
        desk.rings("c1", NOBODYS_NUMBER).await;
        let card = desk.seen().await;
        assert!(card.contains("Unknown number") && card.contains("+36 20 987 6543"), "{card}");
        desk.ends("c1", NOBODYS_NUMBER, "missed").await;
        desk.ends("c2", NOBODYS_NUMBER, "busy").await;
        let tasks = desk.world.open_tasks().await;
        assert_eq!(tasks.len(), 1, "{tasks:?}");
        assert_eq!(desk.world.wall(tasks[0].due_at), "Mon 23 Nov 09:15");
        let today = desk.page("/today").await;
        assert!(today.contains("Unknown number") && today.contains("+36 20 987 6543"), "{today}");
        let thread_shown = desk.page(&format!("/inbox/{}", tasks[0].conversation.unwrap())).await;
        assert!(thread_shown.contains("Missed call: the line was busy"), "{thread_shown}");
        // rung back and settled; who is spoken with later need not be rung again
        desk::settle_task(&desk.world.desk, desk.world.kata(), tasks[0].id, TaskOutcome::Settled).await.unwrap();

        // whoever hides the number rings too, and nobody can be rung back
        desk.rings("c3", "anonymous").await;
        assert!(desk.seen().await.contains("Number withheld"));
        desk.ends("c3", "", "missed").await;
        assert!(desk.world.open_tasks().await.is_empty());

        // in the evening
        desk.world.forward("2026-11-23T21:00").await;
        let before = desk.world.provider.sent_to(VERA).len();
        desk.ends("c4", HER_NUMBER, "missed").await;
        let sent = desk.world.provider.sent_to(VERA);
        let told = sent.get(before).map(|sent| sent.text.clone()).unwrap_or_default();
        assert!(told.contains("we are closed just now"), "{told}");
        let task = desk.world.open_tasks().await.pop().unwrap();
        assert_eq!(desk.world.wall(task.due_at), "Tue 24 Nov 09:15");
        // calling again and again brings one message
        desk.ends("c5", HER_NUMBER, "missed").await;
        assert_eq!(desk.world.provider.sent_to(VERA).len(), before + 1);
    });
}

#[test]
fn what_is_unsigned_old_or_nonsense_changes_nothing_and_is_the_callers_fault() {
    told(async |world| {
        let mut desk = Desk::with_an_exchange(world).await;
        let news = json!({ "call": "c1", "event": "ringing", "direction": "in", "number": HER_NUMBER }).to_string();
        assert_eq!(desk.calls(&[], news.clone()).await, 401);
        let old = [("x-caredesk-timestamp", "1".to_owned()), ("x-caredesk-signature", "sha256=00".to_owned())];
        assert_eq!(desk.calls(&old, news).await, 401);
        for nonsense in [json!([]), json!({}), json!({ "call": "c", "event": "explodes" }), json!("x")] {
            assert_eq!(desk.tells(&nonsense).await, 400, "{nonsense}");
        }
        assert_eq!(desk.seen().await.trim(), "");
    });
}

fn zadarma(seen: &Seen) -> Option<Value> {
    match seen.path.as_str() {
        "/v1/info/balance/" => Some(json!({ "status": "success", "balance": 10.5, "currency": "EUR" })),
        "/v1/request/callback/" => Some(json!({ "status": "success" })),
        _ => None,
    }
}

fn mango(seen: &Seen) -> Option<Value> {
    (seen.path == "/vpbx/commands/callback").then(|| json!({ "result": 1000 }))
}

#[test]
fn exchanges_are_connected_on_their_page_and_ring_up_whom_the_desk_wants() {
    told(async |world| {
        let vera = world.people.vera;
        let fields = [("provider", "zadarma"), ("user", "key"), ("key", "secret"), ("extension", "101")];
        let mut line = Line::connected(world, Channel::Telephone, Provider::open(zadarma).await, &fields).await;
        assert!(line.page.text().contains("Zadarma"), "{}", line.page.text());
        assert!(line.tries("06 30 987 6543").await.contains("telephone is ringing"));
        assert_eq!(line.provider.last("/request/callback/").query, "from=101&to=36309876543");
        assert!(line.provider.last("/request/callback/").headers["authorization"].starts_with("key:"));

        let card = line.owner.get(&format!("/patients/{vera}")).await;
        assert!(card.text().contains("Ring up"), "{}", card.text());
        let id = vera.to_string();
        let rung = filled_in(&mut line.owner, "/settings/me", "/calls/ring", &[("patient", &id), ("to", "+36301234567")]).await;
        assert!(rung.leads_to().contains("done=rings"), "{}", rung.leads_to());
        assert_eq!(line.provider.last("/request/callback/").query, "from=101&to=36301234567");
        // nobody dials elsewhere through the clinic's exchange
        let elsewhere = filled_in(&mut line.owner, "/settings/me", "/calls/ring", &[("patient", &id), ("to", "+19005550000")]).await;
        assert_eq!((elsewhere.status.as_u16(), line.provider.calls("/request/callback/").len()), (404, 2));
        assert_eq!(line.looked_at("zd_echo=7f").await.text(), "7f");
    });
    told(async |world| {
        let vera = world.people.vera.to_string();
        let fields = [("provider", "mango"), ("user", "KEY1"), ("key", "salt"), ("extension", "101")];
        let mut line = Line::connected(world, Channel::Telephone, Provider::open(mango).await, &fields).await;
        filled_in(&mut line.owner, "/settings/me", "/calls/ring", &[("patient", &vera), ("to", "+36301234567")]).await;
        let asked = line.provider.last("/vpbx/commands/callback");
        let signed = hex(&Sha256::digest(format!("KEY1{}salt", asked.field("json"))));
        assert_eq!((asked.field("vpbx_api_key").as_str(), asked.field("sign")), ("KEY1", signed));
        let told: Value = serde_json::from_str(&asked.field("json")).unwrap();
        assert_eq!((told["from"]["extension"].as_str(), told["to_number"].as_str()), (Some("101"), Some("36301234567")));
        line.provider.answers_once(200, r#"{"result":3102}"#);
        let refused = filled_in(&mut line.owner, "/settings/me", "/calls/ring", &[("patient", &vera), ("to", "+36301234567")]).await;
        assert!(refused.leads_to().contains("done=did-not-ring"), "{}", refused.leads_to());
    });
    told(async |world| {
        let line = Line::connected(world, Channel::Telephone, Provider::open(|_| None).await, &[("provider", "uis")]).await;
        assert!(line.page.text().contains("{{call_session_id}}"), "{}", line.page.text());
        let lost = r#"{"notification_mnemonic":"lost_call","contact_phone_number":"36209876543","call_session_id":17}"#;
        let door = format!("{}/{}", line.hook(), line.shown("copied-1"));
        assert_eq!(line.called_at(&door, &[], lost).await.status.as_u16(), 200);
        assert_eq!(line.called_at(&line.hook(), &[], lost).await.status.as_u16(), 401);
        assert_eq!(line.world.tasks().await, "call somebody: task-reason-missed-call");
    });
}

#[test]
fn each_at_the_desk_is_rung_at_their_own_telephone_and_the_clinics_rings_for_the_others() {
    told(async |world| {
        let vera = world.people.vera.to_string();
        let fields = [("provider", "zadarma"), ("user", "key"), ("key", "secret"), ("extension", "")];
        let mut line = Line::connected(world, Channel::Telephone, Provider::open(zadarma).await, &fields).await;
        let me = "/settings/me";
        let card = format!("/patients/{vera}");
        assert!(!line.owner.get(&card).await.text().contains("Ring up"), "nothing rings at the desk yet");
        let sits = filled_in(&mut line.owner, me, "/settings/me/telephone", &[("telephone", " 117 ")]).await;
        assert!(sits.leads_to().contains("done=saved"), "{}", sits.text());
        assert_eq!(line.owner.get(me).await.all("#telephone", "value"), ["117"]);
        assert!(line.owner.get(&card).await.text().contains("Ring up"));
        filled_in(&mut line.owner, me, "/calls/ring", &[("patient", &vera), ("to", "+36301234567")]).await;
        assert_eq!(line.provider.last("/request/callback/").query, "from=117&to=36301234567");
        for wrong in ["117;", "Kata Szabó", &"1".repeat(65)] {
            let refused = filled_in(&mut line.owner, me, "/settings/me/telephone", &[("telephone", wrong)]).await;
            assert!(refused.status == 422 && refused.text().contains("no extension of the exchange"), "{wrong}: {}", refused.text());
        }
        // whoever may not change the settings names no number that costs the clinic money
        let by = Actor::Staff { id: line.world.people.kata, role: Role::Desk };
        for (telephone, fits) in [("118", true), ("+36301234567", false), ("900123456", false), ("PJSIP/900@trunk", false), ("", true)] {
            assert_eq!(desk::sit_at(&line.world.desk, by, telephone).await.is_ok(), fits, "{telephone}");
        }
        assert!(!line.owner.get(&card).await.text().contains("Ring up"), "it is taken back");
    });
}

/// A reminder to which nobody answered ends in a call, and the button for what came of it marks the journal.
#[test]
fn a_reminder_without_an_answer_is_a_call_and_what_was_said_marks_the_journal() {
    told(async |mut world| {
        let boris = world.people.boris;
        world.book(boris, "2026-12-03T10:00").await;
        world.forward("2026-12-03T08:00").await;
        let mut desk = Desk::with_an_exchange(world).await;
        assert_snapshot!(desk.world.tasks().await, @"call Boris: task-reason-unconfirmed");
        assert_snapshot!(desk.world.journal().await, @"Thu 03 Dec 10:00 Boris: booked");
        let task = desk.world.open_tasks().await.pop().unwrap();
        let today = desk.kata.get("/today").await;
        assert!(today.text().contains("Boris"), "{}", today.text());
        let form = format!("form[action='/tasks/{}'] button[name=outcome]", task.id);
        let outcomes = today.all(&form, "value");
        assert_eq!(outcomes.first().map(String::as_str), Some("confirmed"), "{outcomes:?}");
        let clicked = filled_in(&mut desk.kata, "/today", &format!("/tasks/{}", task.id), &[("outcome", "confirmed")]).await;
        assert!(clicked.leads_to().contains("done=settled"), "{} {}", clicked.status, clicked.text());
        desk.world.turn().await;
        let journal = desk.world.journal().await;
        assert!(journal.starts_with("Thu 03 Dec 10:00 Boris: confirmed by") && journal.lines().count() == 1, "{journal}");
        assert!(desk.page("/journal?on=2026-12-03").await.contains("Boris"));
        assert_snapshot!(desk.world.tasks().await, @"");
        // a second click on an old page changes nothing
        let twice = filled_in(&mut desk.kata, "/today", &format!("/tasks/{}", task.id), &[("outcome", "cancelled")]).await;
        assert!(twice.status.is_client_error(), "{}", twice.status);
        assert_eq!(desk.world.journal().await, journal);
    });
}

#[test]
fn a_call_that_twilios_own_library_has_signed_rings_on_every_page() {
    const TOKEN: &str = "a-token-of-twilio";
    const USER: &str = "AC0123456789abcdef0123456789abcdef";
    told(async |world| {
        let settings = &[("provider", "twilio"), ("user", USER), ("key", TOKEN), ("word", WORD)];
        let mut desk = Desk::with(world, settings).await;
        let ringing = [
            ("AccountSid", USER),
            ("CallSid", "CA01"),
            ("CallStatus", "ringing"),
            ("Direction", "inbound"),
            ("From", "+36301234567"),
            ("To", "+3612345678"),
        ];
        let shown = |token: &str| [("x-twilio-signature", signature(token, &hook(desk.exchange), &ringing))];
        assert_eq!(desk.calls(&shown("another-token"), form(&ringing)).await, 401);
        assert_eq!(desk.calls(&shown(TOKEN), form(&ringing)).await, 200);
        let seen = desk.seen().await;
        assert!(seen.contains("Vera Kis"), "{seen}");
    });
}
