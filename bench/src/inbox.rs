//! From a patient's message to the open Inbox: the provider's call leaves, the page hears of it over its live connection,
//! asks for its list again, and the words are there.

use std::time::Duration;

use crate::browser::Browser;
use crate::people::People;
use crate::place::Place;
use crate::program::Program;
use crate::stopwatch::{Stopwatch, Times, millis};
use crate::table::Line;

const MESSAGES: usize = 300;
const PATIENTS: usize = 20_000;
/// From one message to the next.
const EACH: Duration = Duration::from_millis(50);

pub async fn measure(place: Place) -> anyhow::Result<Vec<Line>> {
    let store = place.store().await?;
    let people = People::settle(store.clone(), PATIENTS).await?;
    place.settle()?;
    let cookie = people.sign_in().await?;
    let program = Program::start(&people.desk).await?;
    let late = seen(&program, &people, &cookie).await?;
    program.stop().await?;
    store.close().await;
    Ok(vec![Line {
        what: "inbound message -> words on an open Inbox, 20 messages a second".to_owned(),
        required: "99 % within 150 ms".to_owned(),
        measured: format!("99 % within {}, half within {}", millis(late.percentile(99)), millis(late.median())),
        limit: String::new(),
    }])
}

/// How long each message took to be shown.
async fn seen(program: &Program, people: &People, cookie: &str) -> anyhow::Result<Times> {
    let (mut provider, mut page) = (Browser::connect(program.address).await?, Browser::connect(program.address).await?);
    let mut updates = Browser::connect(program.address).await?;
    let get = |path: &str| format!("GET {path} HTTP/1.1\r\nhost: desk\r\ncookie: {cookie}\r\n\r\n");
    updates.listen(&get("/live?topic=inbox")).await?;
    let mut calling = tokio::time::interval(EACH);
    let (mut asked, mut shown, mut took) = (Vec::new(), 0, Times::default());
    while shown < MESSAGES {
        tokio::select! {
            _ = calling.tick(), if asked.len() < MESSAGES => {
                let number = asked.len();
                asked.push(Stopwatch::start());
                let (status, _) = provider.ask(&people.writes(number, number, &words(number))).await?;
                anyhow::ensure!(status == 200, "a call was answered with {status}");
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
    format!("Számla {number:04} kérem")
}
