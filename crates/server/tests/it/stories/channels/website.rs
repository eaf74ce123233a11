//! The chat on the website, from the page where it stands to the desk and back: connected on the settings page, asked by a
//! foreign page, written in, answered, fetched, shown; a call that was asked for; a visitor who has gone.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Method, StatusCode};
use clinic::actors::{Actor, Channel, Origin};
use clinic::conversations::{Counterpart, Said};
use clinic::files::Enclosed;
use clinic::gate::Timing;
use clinic::patients::Sureness;
use insta::assert_snapshot;
use kernel::{AccountId, ConversationId, PatientId, Timestamp};
use serde_json::{Value, json};
use store::conversations::NEWEST;

use super::{filled_in, signed_in, words};
use crate::pages::counter::{Browser, Page};
use crate::world::{World, told};

pub(super) const WEBSITE: &str = "https://smile.example";

/// The clinic with a chat on its website.
pub(super) struct Site {
    pub world: World,
    account: AccountId,
    settings: Page,
    pub owner: Browser,
}

/// Somebody's browser on the website.
pub(super) struct Visitor {
    pub browser: Browser,
    pub account: AccountId,
    cursor: String,
}

/// Whether the visitor looks at the chat, or only has the page open.
#[derive(Clone, Copy, PartialEq)]
enum Eyes {
    OnIt,
    Elsewhere,
}

impl Site {
    pub async fn open(world: World) -> Self {
        world.opens_pages().await;
        let mut owner = Browser::signed_in(world.router(), signed_in(&world).await);
        let form = "/settings/channels/new/web";
        let fields = [("origins", "https://smile.example/contact, https://www.smile.example"), ("colour", "#0F6B66")];
        let connected = filled_in(&mut owner, form, form, &fields).await;
        let path = connected.leads_to().split('?').next().unwrap_or_default().to_owned();
        let account = path.rsplit('/').next().unwrap().parse().unwrap_or_else(|_| panic!("{} {}", connected.status, connected.text()));
        let settings = owner.get(&path).await;
        Self { world, account, settings, owner }
    }

    pub fn visitor(&self, origin: &str) -> Visitor {
        let mut browser = self.owner.clone();
        browser.headers = vec![
            ("origin", origin.to_owned()),
            ("sec-fetch-site", "cross-site".to_owned()),
            ("content-type", "application/json".to_owned()),
        ];
        Visitor { browser, account: self.account, cursor: String::new() }
    }

    /// The newest thread.
    pub async fn thread(&self) -> ConversationId {
        let clinic = self.world.people.clinic.id;
        let list =
            move |tx: &mut store::Tx<'_>, _: Timestamp| Ok(store::conversations::list(tx, clinic, Timestamp::from_millis(i64::MAX), 1)?);
        self.world.desk.look(list).await.unwrap()[0].conversation.id
    }

    pub async fn heard(&self) -> Vec<Said> {
        let thread = self.thread().await;
        let read = move |tx: &mut store::Tx<'_>, _: Timestamp| Ok(store::conversations::inbound_of(tx, thread, NEWEST, 20)?);
        let mut heard = self.world.desk.look(read).await.unwrap();
        heard.reverse();
        heard.into_iter().map(|inbound| inbound.said).collect()
    }

    async fn answers(&self, text: &str) {
        self.answer(text, None).await;
    }

    pub async fn answers_with(&self, text: &str, (name, content): (&str, &[u8])) {
        let file = desk::enclose_file(&self.world.desk, self.world.kata(), name, content.to_vec()).await.unwrap();
        self.answer(text, Some(file)).await;
    }

    async fn answer(&self, text: &str, file: Option<Enclosed>) {
        let thread = self.thread().await;
        let find = move |tx: &mut store::Tx<'_>, _: Timestamp| Ok(store::conversations::find(tx, thread)?);
        let seen = self.world.desk.look(find).await.unwrap().unwrap().version;
        let answer = desk::Answer {
            conversation: thread,
            seen,
            text: text.to_owned(),
            channel: None,
            timing: Timing::Polite,
            files: file.into_iter().collect(),
        };
        desk::reply(&self.world.desk, self.world.kata(), answer).await.unwrap();
        self.world.turn().await;
    }

    /// How the messages of the newest thread stand.
    async fn outbox(&self) -> String {
        let thread = self.thread().await;
        let read = move |tx: &mut store::Tx<'_>, _: Timestamp| Ok(store::outbound::of_conversation(tx, thread, NEWEST, 20)?);
        let mut messages = self.world.desk.look(read).await.unwrap();
        messages.reverse();
        let line = |message: &clinic::outbox::Outbound| {
            let channel = message.route.as_ref().map_or("nowhere", |route| route.channel.name());
            let state = serde_json::to_value(&message.state).unwrap()["state"].as_str().unwrap_or_default().to_owned();
            format!("{channel}: {state}: {}", message.content.text.lines().next().unwrap_or_default())
        };
        messages.iter().map(line).collect::<Vec<_>>().join("\n")
    }
}

impl Visitor {
    pub async fn ask(&mut self, path: &str, body: &Value) -> (StatusCode, Value) {
        let page = self.browser.ask(Method::POST, &format!("/chat/{}{path}", self.account), Body::from(body.to_string())).await;
        (page.status, serde_json::from_str(&page.body).unwrap_or(Value::Null))
    }

    pub async fn look(&mut self, lang: &str) -> Page {
        self.browser.get(&format!("/chat/{}?lang={lang}", self.account)).await
    }

    pub async fn begins(&mut self) {
        let (status, said) = self.ask("/begin", &json!({ "lang": "en" })).await;
        assert_eq!(status, 200, "{said}");
        self.carries(said["token"].as_str().unwrap());
    }

    pub fn token(&self) -> &str {
        let shown = self.browser.headers.iter().find(|(name, _)| *name == "authorization");
        shown.map_or("", |(_, shown)| shown.trim_start_matches("Bearer "))
    }

    pub fn carries(&mut self, token: &str) {
        self.browser.headers.retain(|(name, _)| *name != "authorization");
        self.browser.headers.push(("authorization", format!("Bearer {token}")));
    }

    pub async fn says(&mut self, key: &str, text: &str) -> StatusCode {
        self.ask("/say", &json!({ "key": key, "text": text })).await.0
    }

    /// The thread as it is shown, with what this browser has of it.
    async fn follows(&mut self, eyes: Eyes) -> String {
        let (status, said) = self.ask("/follow", &json!({ "lang": "en", "cursor": "", "got": null, "read": null })).await;
        assert_eq!(status, 200, "{said}");
        if let Some(token) = said["token"].as_str() {
            self.carries(token);
        }
        let lines = said["lines"].as_array().unwrap();
        let newest = lines.iter().rev().find(|line| line["by"] != "you").map(|line| line["id"].clone());
        let shown = |line: &Value| format!("{}: {}", line["by"].as_str().unwrap(), line["text"].as_str().unwrap());
        let shown = lines.iter().map(shown).collect::<Vec<_>>().join("\n");
        let seen = json!({ "lang": "en", "cursor": "", "got": newest, "read": if eyes == Eyes::OnIt { newest.clone() } else { None } });
        said["cursor"].as_str().unwrap().clone_into(&mut self.cursor);
        assert_eq!(self.ask("/follow", &seen).await.0, 200);
        shown
    }
}

#[test]
fn a_visitor_writes_on_the_website_and_reads_the_answer_there() {
    told(async |world| {
        let site = Site::open(world).await;
        let line = site.settings.texts("#embed").join("");
        assert_eq!(line, format!("<script src=\"https://desk.mosoly.example/chat.js\" data-account=\"{}\" async></script>", site.account));

        let mut visitor = site.visitor(WEBSITE);
        let look = visitor.look("ru").await;
        assert_eq!((look.status.as_u16(), look.headers["access-control-allow-origin"].to_str().unwrap()), (200, WEBSITE));
        assert!(!look.headers.contains_key("set-cookie") && !look.headers.contains_key("access-control-allow-credentials"));
        let look: Value = serde_json::from_str(&look.body).unwrap();
        assert_eq!(
            (look["dir"].as_str(), look["ink"].as_str(), look["standing"]["live"].as_bool()),
            (Some("ltr"), Some("#ffffff"), Some(true))
        );
        visitor.begins().await;
        // told again because an answer was lost
        for _ in 0..3 {
            assert_eq!(visitor.says("key-0001", "Do you have time on Friday? <b>").await, 200);
        }
        assert!(site.heard().await == [words("Do you have time on Friday? <b>")]);
        assert_snapshot!(site.world.inbox().await, @"an unknown sender: waits for a person");

        site.answers("Yes, at ten.").await;
        assert_snapshot!(site.outbox().await, @"web: accepted: Yes, at ten.");
        assert_snapshot!(visitor.follows(Eyes::Elsewhere).await, @r"
        you: Do you have time on Friday? <b>
        person: Yes, at ten.
        ");
        assert_snapshot!(site.outbox().await, @"web: delivered: Yes, at ten.");
        visitor.follows(Eyes::OnIt).await;
        assert_snapshot!(site.outbox().await, @"web: read: Yes, at ten.");

        // whoever waits hears of it as soon as it is there
        let waits = json!({ "lang": "en", "cursor": visitor.cursor, "got": null, "read": null });
        let answers = async {
            tokio::task::yield_now().await;
            site.answers("Shall I note you down?").await;
        };
        let ((status, said), ()) = tokio::join!(visitor.ask("/follow", &waits), answers);
        assert_eq!((status.as_u16(), said["lines"][2]["text"].as_str()), (200, Some("Shall I note you down?")));
    });
}

#[test]
fn another_page_another_browser_and_another_form_change_nothing() {
    told(async |world| {
        let site = Site::open(world).await;
        let mut visitor = site.visitor(WEBSITE);
        visitor.begins().await;
        assert_eq!(visitor.says("key-0001", "Hello").await, 200);
        let token = visitor.browser.headers.last().unwrap().1.trim_start_matches("Bearer ").to_owned();

        for origin in
            ["https://evil.example", "https://smile.example.evil.example", "http://smile.example", "https://smile.example:444", "null"]
        {
            let mut other = site.visitor(origin);
            other.carries(&token);
            let look = other.look("en").await;
            assert_eq!((look.status.as_u16(), look.headers.contains_key("access-control-allow-origin")), (403, false), "{origin}");
            assert_eq!(other.says("key-0002", "It is me").await, 403, "{origin}");
            let asked = other.browser.ask(Method::OPTIONS, &format!("/chat/{}/say", site.account), Body::empty()).await;
            assert_eq!((asked.status.as_u16(), asked.headers.contains_key("access-control-allow-headers")), (403, false), "{origin}");
        }
        // a token of one website is none on another one of the same clinic
        let mut beside = site.visitor("https://www.smile.example");
        beside.carries(&token);
        assert_eq!(beside.says("key-0003", "Hello").await, 401);
        let mut nobody = site.visitor(WEBSITE);
        assert_eq!(nobody.says("key-0004", "Hello").await, 401);
        for forged in ["", "x", &token[1..], &token.to_uppercase()] {
            nobody.carries(forged);
            assert_eq!(nobody.ask("/follow", &json!({ "lang": "en", "cursor": "", "got": null, "read": null })).await.0, 401, "{forged}");
        }

        let long = "x".repeat(2_001);
        for (path, body, expected) in [
            ("/say", json!({ "key": "key-0005", "text": " " }), 422),
            ("/say", json!({ "key": "key-0005", "text": long }), 422),
            ("/say", json!({ "key": "k", "text": "Hello" }), 400),
            ("/say", json!({ "key": "../../etc", "text": "Hello" }), 400),
            ("/say", json!({ "key": "key-0005", "text": "Hello", "patient": "pat_1" }), 400),
            ("/say", json!({ "key": "key-0005" }), 400),
            ("/say", json!("x".repeat(17_000)), 413),
            ("/press", json!({ "key": "key-0006", "on": "msg_01jd0000000000000000000000", "data": "v:1:yes" }), 404),
            ("/press", json!({ "key": "key-0006", "on": "x", "data": "v:1:yes" }), 400),
            ("/follow", json!({ "lang": "en", "cursor": "", "got": "x", "read": null }), 400),
            ("/begin", json!({}), 400),
        ] {
            assert_eq!(visitor.ask(path, &body).await.0, expected, "{path} {body:.60}");
        }
        visitor.browser.headers.retain(|(name, _)| *name != "content-type");
        visitor.browser.headers.push(("content-type", "text/plain".to_owned()));
        assert_eq!(visitor.says("key-0007", "Hello").await, 415);
        assert!(site.heard().await == [words("Hello")]);
    });
}

#[test]
fn a_call_that_was_asked_for_waits_at_the_desk_with_the_words_agreed_to() {
    told(async |world| {
        let site = Site::open(world).await;
        let mut visitor = site.visitor(WEBSITE);
        let look: Value = serde_json::from_str(&visitor.look("en").await.body).unwrap();
        let (first, says) = (look["times"][1]["at"].clone(), look["times"][1]["says"].as_str().unwrap().to_owned());
        assert_snapshot!(says, @"today, 12:00–13:00");
        visitor.begins().await;
        let wish = |change: &[(&str, Value)]| {
            let mut wish = json!({
                "key": "call-0001", "name": "Zita Kis", "phone": "+36 30 765 4321", "at": first, "about": "A crown",
                "wording": look["wording"],
            });
            for (name, value) in change {
                wish[*name] = value.clone();
            }
            wish
        };
        for (change, at) in [
            (("name", json!(" ")), "name"),
            (("phone", json!("12")), "phone"),
            (("wording", json!("")), "consent"),
            (("at", json!(1)), "at"),
        ] {
            let (status, said) = visitor.ask("/call", &wish(&[change])).await;
            assert_eq!((status.as_u16(), said["at"].as_str()), (422, Some(at)), "{said}");
        }
        for _ in 0..2 {
            assert_eq!(visitor.ask("/call", &wish(&[])).await.0, 200);
        }
        site.world.turn().await;
        assert_snapshot!(site.world.tasks().await, @"call somebody: task-reason-callback");
        assert_snapshot!(visitor.follows(Eyes::OnIt).await, @r"
        you: Please call me back: Zita Kis, +36 30 765 4321. When: Monday, 23 November, 12:00.
        A crown
        bot: Thank you. Your wish to be called back has been noted, with the number and the time that you gave.
        ");
        let mut owner = site.owner.clone();
        let today = owner.get("/today").await;
        assert!(today.text().contains("Zita Kis") && today.text().contains("+36 30 765 4321"), "{}", today.text());

        // once the desk knows who it is, the ledger has what they agreed to
        let anna = site.world.people.anna;
        desk::link_conversation(&site.world.desk, site.world.kata(), site.thread().await, anna).await.unwrap();
        let consents = site.world.desk.look(move |tx, _| Ok(store::patients::consents(tx, anna)?)).await.unwrap();
        let given = consents.iter().find(|consent| consent.channel == Some(Channel::Web)).expect("a consent of the website");
        assert!(given.wording.starts_with("callback-1: I agree that Mosoly uses my name"), "{}", given.wording);
        assert_eq!((given.through, given.withdrawn_at), (Origin::Channel(Channel::Web), None));
    });
}

#[test]
fn nobody_who_has_proven_nothing_is_told_of_a_visit() {
    told(async |world| {
        let mut site = Site::open(world).await;
        let mut visitor = site.visitor(WEBSITE);
        visitor.begins().await;
        assert_eq!(visitor.says("key-0001", "I am Vera").await, 200);
        let vera = site.world.people.vera;
        desk::link_conversation(&site.world.desk, site.world.kata(), site.thread().await, vera).await.unwrap();
        site.world.book(vera, "2026-12-03T10:00").await;
        site.world.forward("2026-11-30T11:00").await;
        assert_eq!(visitor.says("key-0002", "Yes").await, 200);
        assert_eq!(visitor.says("key-0003", "When is my visit?").await, 200);
        site.world.turn().await;
        assert_snapshot!(visitor.follows(Eyes::OnIt).await, @r"
        you: I am Vera
        you: Yes
        you: When is my visit?
        ");
        assert_snapshot!(site.world.inbox().await, @"Vera: waits for a person");
        // the desk has seen a proof: then the bot speaks there too, and a tap marks the journal
        verified(&site.world, vera).await;
        site.world.forward("2026-12-02T10:05").await;
        let (_, said) = visitor.ask("/follow", &json!({ "lang": "en", "cursor": "", "got": null, "read": null })).await;
        if let Some(token) = said["token"].as_str() {
            visitor.carries(token);
        }
        let asked = said["lines"].as_array().unwrap().last().unwrap().clone();
        assert_eq!(asked["by"], "bot", "{asked}");
        let tap = json!({ "key": "tap-00001", "on": asked["id"], "data": asked["buttons"][0]["data"] });
        for _ in 0..2 {
            assert_eq!(visitor.ask("/press", &tap).await.0, 200);
        }
        let bent = json!({ "key": "tap-00002", "on": asked["id"], "data": "x.confirm" });
        assert_eq!(visitor.ask("/press", &bent).await.0, 404);
        site.world.turn().await;
        assert_snapshot!(site.world.journal().await, @"Thu 03 Dec 10:00 Vera: confirmed by Vera through web");
    });
}

async fn verified(world: &World, patient: PatientId) {
    let verify = move |act: &mut desk::Act<'_, '_>| {
        for contact in store::patients::contacts(act.tx, patient)?.into_iter().filter(|contact| contact.channel() == Channel::Web) {
            assert_eq!(contact.sureness, Sureness::Unverified);
            store::patients::change_contact(act.tx, &contact.verify().0)?;
        }
        Ok(())
    };
    world.desk.act(Actor::Program, Origin::Program, verify).await.unwrap();
}

#[test]
fn what_a_visitor_who_has_gone_does_not_fetch_goes_on_the_next_channel() {
    told(async |world| {
        let mut site = Site::open(world).await;
        let mut visitor = site.visitor(WEBSITE);
        visitor.begins().await;
        assert_eq!(visitor.says("key-0001", "It is Vera, can I come later?").await, 200);
        // nobody knows them: the answer waits for them in the chat
        site.answers("Who is it, please?").await;
        site.world.pass(Duration::from_mins(20));
        site.world.turn().await;
        assert_snapshot!(site.outbox().await, @"web: accepted: Who is it, please?");
        let vera = site.world.people.vera;
        desk::link_conversation(&site.world.desk, site.world.kata(), site.thread().await, vera).await.unwrap();
        assert_eq!(visitor.says("key-0002", "Vera Molnar").await, 200);
        site.answers("Yes, at noon.").await;
        site.world.sent();
        site.world.pass(Duration::from_mins(14));
        site.world.turn().await;
        assert_snapshot!(site.world.sent_briefly(), @"");
        site.world.pass(Duration::from_mins(1));
        site.world.turn().await;
        assert_snapshot!(site.world.sent_briefly(), @"Mon 23 Nov 09:35, Vera on Telegram | Yes, at noon.");
        assert_snapshot!(site.outbox().await, @r"
        web: accepted: Who is it, please?
        web: failed: Yes, at noon.
        telegram: accepted: Yes, at noon.
        ");
        // in the evening nobody is there, and the chat says so
        let evening = site.world.at("2026-11-23T19:00");
        site.world.clock.set(evening);
        let look: Value = serde_json::from_str(&visitor.look("en").await.body).unwrap();
        assert_snapshot!(look["standing"].to_string(), @r#"{"live":false,"says":"Nobody is here just now. Somebody answers from 24 Nov, 09:00."}"#);
    });
}

#[test]
fn a_browser_keeps_its_thread_over_new_tokens() {
    told(async |world| {
        let site = Site::open(world).await;
        let mut visitor = site.visitor(WEBSITE);
        visitor.begins().await;
        let first = visitor.browser.headers.last().unwrap().1.trim_start_matches("Bearer ").to_owned();
        assert_eq!(visitor.says("key-0001", "Hello").await, 200);
        site.world.pass(Duration::from_hours(25));
        assert_snapshot!(visitor.follows(Eyes::OnIt).await, @"you: Hello");
        let second = visitor.browser.headers.last().unwrap().1.trim_start_matches("Bearer ").to_owned();
        assert_ne!(first, second);
        assert_eq!(visitor.says("key-0002", "Still me").await, 200);
        // the answer that brought the new one may have been lost
        visitor.carries(&first);
        site.world.pass(Duration::from_hours(2));
        assert_snapshot!(visitor.follows(Eyes::OnIt).await, @r"
        you: Hello
        you: Still me
        ");
        visitor.carries(&first);
        site.world.pass(Duration::from_hours(30));
        assert_eq!(visitor.says("key-0003", "Far too late").await, 401);
        // an account that is switched off is not there
        let (account, kata) = (site.account, Actor::Staff { id: site.world.people.kata, role: clinic::staff::Role::Owner });
        desk::switch_account(&site.world.desk, kata, account, store::accounts::AccountState::Off).await.unwrap();
        assert_eq!(visitor.look("en").await.status, 404);
    });
}

#[test]
fn the_test_message_goes_to_whoever_tries_the_chat() {
    told(async |world| {
        let site = Site::open(world).await;
        let form = format!("/settings/channels/{}", site.account);
        let mut owner = site.owner.clone();
        let untried = filled_in(&mut owner, &form, &format!("{form}/trial"), &[]).await;
        assert!(untried.status == 422 && untried.text().contains("Nobody has written on the trial page yet"), "{}", untried.text());
        assert_eq!(owner.get(&format!("/chat/{}/try?lang=fa", site.account)).await.all("html", "dir"), ["rtl"]);
        // from a page of ours
        let mut visitor = site.visitor(WEBSITE);
        visitor.browser.headers = vec![("sec-fetch-site", "same-origin".to_owned()), ("content-type", "application/json".to_owned())];
        visitor.begins().await;
        assert_eq!(visitor.says("key-0001", "Hello, me").await, 200);
        let tried = filled_in(&mut owner, &form, &format!("{form}/trial"), &[]).await;
        assert!(tried.texts("p[role=status]").join(" ").contains("was sent"), "{}", tried.text());
        site.world.turn().await;
        let shown = visitor.follows(Eyes::OnIt).await;
        assert!(shown.lines().count() == 2 && shown.contains("Mosoly"), "{shown}");
        let with = site.thread().await;
        let find = move |tx: &mut store::Tx<'_>, _: Timestamp| Ok(store::conversations::find(tx, with)?);
        let thread = site.world.desk.look(find).await.unwrap().unwrap();
        assert!(matches!(thread.with, Counterpart::Unknown { name, .. } if name.is_empty()));
    });
}
