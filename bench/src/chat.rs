//! From a visitor of the website to the open Inbox: the chat sends what was written, the page at the desk hears of it over
//! its live connection, asks for its list again, and the words are there.

use std::collections::BTreeMap;
use std::net::Ipv4Addr;
use std::time::Duration;

use clinic::actors::{Actor, Channel, Origin};
use kernel::{AccountId, Secret};
use store::accounts::{Account, AccountState, Reached};

use crate::browser::Browser;
use crate::people::People;
use crate::place::Place;
use crate::program::Program;
use crate::stopwatch::{Stopwatch, Times, millis};
use crate::table::Line;

const MESSAGES: usize = 300;
/// Each has an address of their own, as visitors have: one alone would be slowed down.
const VISITORS: u8 = 60;
const PATIENTS: usize = 20_000;
/// From one message to the next.
const EACH: Duration = Duration::from_millis(50);
const WEBSITE: &str = "https://smile.example";

/// A browser on the website.
struct Visitor {
    browser: Browser,
    token: String,
}

pub async fn measure(place: Place) -> anyhow::Result<Vec<Line>> {
    let store = place.store().await?;
    let people = People::settle(store.clone(), PATIENTS).await?;
    let account = connect(&people).await?;
    place.settle()?;
    let cookie = people.sign_in().await?;
    let program = Program::start(&people.desk).await?;
    let late = seen(&program, account, &cookie).await?;
    program.stop().await?;
    store.close().await;
    Ok(vec![Line {
        what: "website chat: written by a visitor -> words on an open Inbox, 20 a second".to_owned(),
        required: "99 % within 150 ms".to_owned(),
        measured: format!("99 % within {}, half within {}", millis(late.percentile(99)), millis(late.median())),
        limit: String::new(),
    }])
}

async fn connect(people: &People) -> anyhow::Result<AccountId> {
    let clinic = people.clinic;
    let open = move |act: &mut desk::Act<'_, '_>| {
        let settings = [("origins", WEBSITE.to_owned()), ("key", act.chance.token())];
        let account = Account {
            id: AccountId::new(act.now, &mut act.chance),
            clinic,
            channel: Channel::Web,
            name: String::new(),
            handle: String::new(),
            settings: settings.map(|(name, value)| (name.to_owned(), Secret::new(value))).into_iter().collect::<BTreeMap<_, _>>(),
            reached: Reached::ByWebhook,
            state: AccountState::On,
            cursor: None,
            trouble: None,
            created_at: act.now,
        };
        store::accounts::save(act.tx, &account)?;
        Ok::<_, desk::ActError>(account.id)
    };
    Ok(people.desk.act(Actor::Program, Origin::Program, open).await?)
}

fn post(account: AccountId, act: &str, token: &str, body: &str) -> String {
    format!(
        "POST /chat/{account}/{act} HTTP/1.1\r\nhost: desk\r\norigin: {WEBSITE}\r\nauthorization: Bearer {token}\r\n\
         content-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    )
}

async fn visitors(program: &Program, account: AccountId) -> anyhow::Result<Vec<Visitor>> {
    let mut visitors = Vec::new();
    for number in 1..=VISITORS {
        let mut browser = Browser::connect_from(Ipv4Addr::new(127, 0, 1, number), program.address).await?;
        let (status, said) = browser.ask(&post(account, "begin", "", r#"{"lang":"hu"}"#)).await?;
        anyhow::ensure!(status == 200, "a visitor was answered with {status}");
        let said: serde_json::Value = serde_json::from_str(&said)?;
        let token = said["token"].as_str().unwrap_or_default().to_owned();
        visitors.push(Visitor { browser, token });
    }
    Ok(visitors)
}

/// How long each message took to be shown.
async fn seen(program: &Program, account: AccountId, cookie: &str) -> anyhow::Result<Times> {
    let mut visitors = visitors(program, account).await?;
    let (mut page, mut updates) = (Browser::connect(program.address).await?, Browser::connect(program.address).await?);
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: desk\r\ncookie: {cookie}\r\n\r\n");
    updates.listen(&get("/live?topic=inbox")).await?;
    let mut writing = tokio::time::interval(EACH);
    let (mut asked, mut shown, mut took) = (Vec::new(), 0, Times::default());
    while shown < MESSAGES {
        tokio::select! {
            _ = writing.tick(), if asked.len() < MESSAGES => {
                let number = asked.len();
                asked.push(Stopwatch::start());
                let Visitor { browser, token } = &mut visitors[number % usize::from(VISITORS)];
                let body = serde_json::json!({ "key": format!("message-{number}"), "text": words(number) }).to_string();
                let (status, _) = browser.ask(&post(account, "say", token, &body)).await?;
                anyhow::ensure!(status == 200, "a visitor was answered with {status}");
            }
            line = updates.line() => {
                if !line?.starts_with("event:") {
                    continue;
                }
                let (status, list) = page.ask(&get("/inbox/list?tab=all")).await?;
                anyhow::ensure!(status == 200, "the list was answered with {status}");
                while shown < asked.len() && list.contains(&words(shown)) {
                    took.add(asked[shown].read());
                    shown += 1;
                }
            }
        }
    }
    Ok(took)
}

/// No two are alike.
fn words(number: usize) -> String {
    format!("Mennyibe kerül {number:04}")
}
