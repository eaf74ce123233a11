//! Live pages: the browser listens at `/live?topic=...` and hears the names of what has changed, never what it became.
//! The page then fetches its fragment again, with its own rights; so a lost or repeated name does no harm.
//!
//! Topics: `inbox`, `journal`, `today`, `playbooks`, `settings`, `calls`, `conversation:<id>`, `patient:<id>`. The event is called
//! by the word before the colon. `refresh` says that something may have been missed.

use std::collections::BTreeSet;
use std::convert::Infallible;
use std::time::Duration;

use axum::extract::State;
use axum::http::HeaderValue;
use axum::http::header::CACHE_CONTROL;
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream;
use kernel::{ConversationId, PatientId};
use store::Touched;
use tokio::sync::broadcast::Receiver;
use tokio::sync::broadcast::error::{RecvError, TryRecvError};

use crate::fault::Fault;
use crate::query::Asked;
use crate::session::SignedIn;
use crate::site::Site;

/// Names that come close together are told once.
const GATHERED_WITHIN: Duration = Duration::from_millis(80);
/// Proxies close what is silent for a minute.
const HEARTBEAT: Duration = Duration::from_secs(20);
/// No page shows more.
const MOST_TOPICS: usize = 20;

const PLAIN: [&str; 6] = ["inbox", "journal", "today", "playbooks", "settings", "calls"];

pub async fn live(State(site): State<Site>, _: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    let topics: BTreeSet<String> = asked.all("topic").into_iter().map(str::to_owned).collect();
    if topics.is_empty() || topics.len() > MOST_TOPICS || !topics.iter().all(|topic| is_topic(topic)) {
        return Err(Fault::malformed());
    }
    let listener = Listener { updates: site.desk().store().subscribe(), topics, waiting: Vec::new() };
    let events = stream::unfold(listener, |mut listener| async move {
        let event = listener.next().await?;
        Some((Ok::<_, Infallible>(event), listener))
    });
    let mut response = Sse::new(events).keep_alive(KeepAlive::new().interval(HEARTBEAT)).into_response();
    // a proxy that gathers would make it late
    response.headers_mut().insert("x-accel-buffering", HeaderValue::from_static("no"));
    response.headers_mut().insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
    Ok(response)
}

fn is_topic(topic: &str) -> bool {
    match topic.split_once(':') {
        Some(("conversation", id)) => id.parse::<ConversationId>().is_ok(),
        Some(("patient", id)) => id.parse::<PatientId>().is_ok(),
        Some(_) => false,
        None => PLAIN.contains(&topic),
    }
}

struct Listener {
    updates: Receiver<Touched>,
    topics: BTreeSet<String>,
    waiting: Vec<String>,
}

/// What a touch means to a page.
enum Heard {
    Topic(String),
    Nothing,
    SomethingMissed,
}

impl Listener {
    async fn next(&mut self) -> Option<Event> {
        while self.waiting.is_empty() {
            let touched = self.updates.recv().await;
            let heard = match touched {
                Ok(touched) => self.heard(touched),
                Err(RecvError::Lagged(_)) => Heard::SomethingMissed,
                Err(RecvError::Closed) => return None,
            };
            self.take(heard);
            if !self.waiting.is_empty() {
                tokio::time::sleep(GATHERED_WITHIN).await;
                self.gather();
            }
        }
        let topic = self.waiting.remove(0);
        let name = topic.split(':').next().unwrap_or_default().to_owned();
        Some(Event::default().event(name).data(topic))
    }

    fn gather(&mut self) {
        loop {
            let heard = match self.updates.try_recv() {
                Ok(touched) => self.heard(touched),
                Err(TryRecvError::Lagged(_)) => Heard::SomethingMissed,
                Err(TryRecvError::Empty | TryRecvError::Closed) => return,
            };
            self.take(heard);
        }
    }

    fn heard(&self, Touched(topic): Touched) -> Heard {
        if Touched(topic.clone()) == Touched::anything() {
            Heard::SomethingMissed
        } else if self.topics.contains(&topic) {
            Heard::Topic(topic)
        } else {
            Heard::Nothing
        }
    }

    fn take(&mut self, heard: Heard) {
        let topic = match heard {
            Heard::Nothing => return,
            Heard::SomethingMissed => "refresh".to_owned(),
            Heard::Topic(topic) => topic,
        };
        if !self.waiting.contains(&topic) {
            self.waiting.push(topic);
        }
    }
}

#[cfg(test)]
mod tests {
    use tokio::sync::broadcast;

    use super::*;

    fn listener(topics: &[&str], room: usize) -> (broadcast::Sender<Touched>, Listener) {
        let (sender, updates) = broadcast::channel(room);
        (sender, Listener { updates, topics: topics.iter().map(|topic| (*topic).to_owned()).collect(), waiting: Vec::new() })
    }

    #[tokio::test]
    async fn a_page_hears_only_of_what_it_shows_and_once() {
        let (sender, mut listener) = listener(&["inbox", "journal"], 16);
        for topic in ["today", "inbox", "patient:x", "inbox", "journal"] {
            sender.send(Touched(topic.to_owned())).unwrap();
        }
        assert!(listener.next().await.is_some());
        assert_eq!(listener.waiting, ["journal"]);
        assert!(listener.next().await.is_some());
        drop(sender);
        assert!(listener.next().await.is_none());
    }

    #[tokio::test]
    async fn a_page_that_lags_behind_is_told_to_look_again() {
        let (sender, mut listener) = listener(&["inbox"], 2);
        for _ in 0..9 {
            sender.send(Touched("today".to_owned())).unwrap();
        }
        let event = listener.next().await.unwrap();
        assert!(format!("{event:?}").contains("refresh"), "{event:?}");
    }

    #[test]
    fn only_topics_of_pages_are_listened_to() {
        let id = "cnv_01jd0000000000000000000000";
        for (topic, known) in [("inbox", true), ("*", false), ("conversation:x", false), ("", false), ("patients", false), (id, false)] {
            assert_eq!(is_topic(topic), known, "{topic}");
        }
    }
}
