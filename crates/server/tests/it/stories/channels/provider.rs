//! A provider on loopback: keeps every call that we make, and answers as it was told to.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::{Bytes, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use axum::serve::Listener;
use serde_json::Value;
use tokio::net::TcpListener;

use super::sealed::Sealed;

/// One call as it came over the wire.
#[derive(Debug, Clone)]
pub struct Seen {
    pub path: String,
    pub query: String,
    pub headers: HashMap<String, String>,
    pub body: String,
}

pub struct Provider {
    pub url: String,
    seen: Arc<Mutex<Vec<Seen>>>,
    /// The answer to the next call that sends something, instead of the usual one.
    next: Arc<Mutex<Option<(u16, String)>>>,
    files: Arc<Mutex<HashMap<String, Stored>>>,
}

/// A file that lies at the provider, or where its address leads.
#[derive(Debug, Clone)]
pub enum Stored {
    File(Vec<u8>),
    Leads(String),
    /// Not now.
    Busy,
}

impl Seen {
    pub fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{}: {error}", self.path))
    }

    /// Of a form.
    pub fn field(&self, name: &str) -> String {
        let url: axum::http::Uri = format!("/?{}", self.body).parse().expect("a form can stand in an address");
        let fields: HashMap<String, String> = axum::extract::Query::try_from_uri(&url).expect("a form").0;
        fields.get(name).cloned().unwrap_or_default()
    }
}

impl Provider {
    /// Answers each call by its path; `None` is 404.
    pub async fn open(answer: fn(&Seen) -> Option<Value>) -> Self {
        let door = TcpListener::bind("127.0.0.1:0").await.expect("a port on loopback");
        let url = format!("http://{}", door.local_addr().expect("its address"));
        Self::at(url, door, answer)
    }

    /// The same behind TLS, by the name of this machine. An authority that no machine knows vouches for it.
    pub async fn sealed(answer: fn(&Seen) -> Option<Value>) -> Self {
        let door = Sealed::open().await;
        Self::at(format!("https://localhost:{}", door.port()), door, answer)
    }

    fn at<L: Listener>(url: String, door: L, answer: fn(&Seen) -> Option<Value>) -> Self
    where
        L::Addr: std::fmt::Debug,
    {
        let (seen, next) = (Arc::<Mutex<Vec<Seen>>>::default(), Arc::<Mutex<Option<(u16, String)>>>::default());
        let files = Arc::<Mutex<HashMap<String, Stored>>>::default();
        let (kept, other, lie) = (Arc::clone(&seen), Arc::clone(&next), Arc::clone(&files));
        let take = move |request: Request| {
            let (kept, other, lie) = (Arc::clone(&kept), Arc::clone(&other), Arc::clone(&lie));
            async move {
                let stored = lie.lock().unwrap().get(request.uri().path()).cloned();
                if let Some(stored) = stored {
                    kept.lock().unwrap().push(seen_of(&request.into_parts().0, &[]));
                    return given(stored);
                }
                take(request, &kept, &other, answer).await
            }
        };
        tokio::spawn(axum::serve(door, Router::new().fallback(take)).into_future());
        Self { url, seen, next, files }
    }

    /// Where a file lies from now on.
    pub fn stores(&self, path: &str, stored: Stored) -> String {
        self.files.lock().unwrap().insert(path.to_owned(), stored);
        format!("{}{path}", self.url)
    }

    /// The next letter meets this answer.
    pub fn answers_once(&self, status: u16, body: &str) {
        *self.next.lock().unwrap() = Some((status, body.to_owned()));
    }

    /// The calls whose path ends so, the oldest first.
    pub fn calls(&self, end: &str) -> Vec<Seen> {
        self.seen.lock().unwrap().iter().filter(|seen| seen.path.ends_with(end)).cloned().collect()
    }

    pub fn last(&self, end: &str) -> Seen {
        self.calls(end).pop().unwrap_or_else(|| panic!("no call of {end}: {:?}", self.seen.lock().unwrap()))
    }
}

fn given(stored: Stored) -> Response {
    match stored {
        Stored::File(bytes) => bytes.into_response(),
        Stored::Leads(to) => (StatusCode::FOUND, [("location", to)]).into_response(),
        Stored::Busy => StatusCode::SERVICE_UNAVAILABLE.into_response(),
    }
}

fn seen_of(head: &Parts, body: &[u8]) -> Seen {
    let text = |value: &[u8]| String::from_utf8_lossy(value).into_owned();
    Seen {
        path: head.uri.path().to_owned(),
        query: head.uri.query().unwrap_or_default().to_owned(),
        headers: head.headers.iter().map(|(name, value)| (name.as_str().to_owned(), text(value.as_bytes()))).collect(),
        body: text(body),
    }
}

async fn take(
    request: Request,
    seen: &Mutex<Vec<Seen>>,
    next: &Mutex<Option<(u16, String)>>,
    answer: fn(&Seen) -> Option<Value>,
) -> Response {
    let (head, body) = request.into_parts();
    let body: Bytes = to_bytes(body, 1024 * 1024).await.expect("a call that can be read");
    let call = seen_of(&head, &body);
    let usual = answer(&call);
    seen.lock().unwrap().push(call);
    if let Some((status, body)) = next.lock().unwrap().take() {
        return (StatusCode::from_u16(status).expect("a status"), body).into_response();
    }
    match usual {
        Some(answer) => answer.to_string().into_response(),
        None => StatusCode::NOT_FOUND.into_response(),
    }
}
