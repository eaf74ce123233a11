//! The fake channel: a messenger behind real HTTP on this machine. It takes every letter and says so.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use axum::Router;
use axum::routing::post;
use channels::{Answer, Body, HttpLetter, Letter};
use desk::wire::{Network, Wire};
use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use kernel::Secret;

/// The length of a reminder with its buttons, as a provider is sent it.
const WORDS: usize = 900;

/// Carries what would stay in the program to the fake channel, over the network that clinics use.
pub struct Outside {
    network: Network,
    url: String,
    body: String,
}

/// Answers at once, and nothing leaves.
pub struct Nowhere;

impl Outside {
    /// Opens the fake channel.
    pub async fn open() -> anyhow::Result<(Self, Arc<AtomicU64>)> {
        let taken = Arc::new(AtomicU64::new(0));
        let count = Arc::clone(&taken);
        let take = move |body: String| {
            let number = count.fetch_add(1, Ordering::Relaxed);
            std::future::ready(format!(r#"{{"ok":true,"result":{{"message_id":{number},"length":{}}}}}"#, body.len()))
        };
        let listener = tokio::net::TcpListener::bind(SocketAddr::from(([127, 0, 0, 1], 0))).await?;
        let url = format!("http://127.0.0.1:{}/bot/sendMessage", listener.local_addr()?.port());
        let served = axum::serve(listener, Router::new().route("/bot/sendMessage", post(take)));
        tokio::spawn(served.into_future());
        let body = serde_json::json!({ "chat_id": 1, "text": "x".repeat(WORDS) }).to_string();
        Ok((Self { network: Network::new(), url, body }, taken))
    }
}

impl Wire for Outside {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        async move {
            let Letter::Internal { id } = letter else { return Answer::Broken };
            let letter = HttpLetter {
                body: Body::Json(self.body.clone()),
                patience: Duration::from_secs(10),
                ..HttpLetter::posted(Secret::new(self.url.clone()))
            };
            match self.network.carry(&Letter::Http(letter)).await {
                Answer::Http { status: 200, .. } => Answer::Internal { id: id.clone() },
                other => other,
            }
        }
        .boxed()
    }
}

impl Wire for Nowhere {
    fn carry<'a>(&'a self, letter: &'a Letter) -> BoxFuture<'a, Answer> {
        let answer = match letter {
            Letter::Internal { id } => Answer::Internal { id: id.clone() },
            Letter::Http(_) | Letter::Mail(_) | Letter::MailCheck(_) | Letter::Mailbox(_) | Letter::Centre(_) | Letter::Exchange(_) => {
                Answer::Broken
            }
        };
        std::future::ready(answer).boxed()
    }
}
