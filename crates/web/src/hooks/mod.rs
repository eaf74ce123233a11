//! Where the channels' providers call us: `/hooks/<channel>/<account>`, and what some of them need behind it.
//!
//! What came is on disk before we say 'received'. A call that is unsigned, wrongly signed, malformed or too large changes
//! nothing and is told so as a problem report (RFC 9457).

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Bytes;
use axum::extract::{DefaultBodyLimit, FromRequest, Path, Request, State};
use axum::http::header::CONTENT_TYPE;
use axum::http::{HeaderMap, Method, StatusCode};
use axum::response::{IntoResponse, Response};
use axum::routing::get;

use clinic::actors::Channel;
use desk::wire::Wire;
use desk::{Call, Letter, Reply};
use kernel::AccountId;
use store::sown::rest;

use crate::site::Site;

/// Providers send many messages at once, never a flood.
const BODY: usize = 2 * 1024 * 1024;
/// A provider sends what it has to say in one go.
const BODY_WITHIN: Duration = Duration::from_secs(10);

pub fn routes() -> Router<Site> {
    Router::new()
        .route("/hooks/{channel}/{account}", get(call).post(call))
        .route("/hooks/{channel}/{account}/{*tail}", get(call_behind).post(call_behind))
        .layer(DefaultBodyLimit::max(BODY))
}

/// One call as it stood on the wire.
struct Raw {
    method: Method,
    query: String,
    headers: HeaderMap,
    body: Bytes,
}

impl<S: Send + Sync> FromRequest<S> for Raw {
    type Rejection = Response;

    async fn from_request(request: Request, state: &S) -> Result<Self, Response> {
        let (method, headers) = (request.method().clone(), request.headers().clone());
        let query = request.uri().query().unwrap_or_default().to_owned();
        let body = tokio::time::timeout(rest(BODY_WITHIN), Bytes::from_request(request, state)).await;
        let body = body.map_err(|_| problem(StatusCode::REQUEST_TIMEOUT))?.map_err(|refused| problem(refused.status()))?;
        Ok(Self { method, query, headers, body })
    }
}

async fn call(State(site): State<Site>, Path((channel, account)): Path<(String, String)>, raw: Raw) -> Response {
    take(&site, (&channel, &account, ""), raw).await
}

async fn call_behind(State(site): State<Site>, Path((channel, account, tail)): Path<(String, String, String)>, raw: Raw) -> Response {
    take(&site, (&channel, &account, &tail), raw).await
}

async fn take(site: &Site, (channel, account, tail): (&str, &str, &str), raw: Raw) -> Response {
    let (Some(channel), Ok(account)) = (Channel::named(channel), account.parse::<AccountId>()) else {
        return problem(StatusCode::NOT_FOUND);
    };
    let method = if raw.method == Method::POST { desk::Method::Post } else { desk::Method::Get };
    let headers: Vec<(&str, &[u8])> = raw.headers.iter().map(|(name, value)| (name.as_str(), value.as_bytes())).collect();
    let received_at = site.desk().now();
    let call = Call { method, tail, query: &raw.query, headers: &headers, body: &raw.body, received_at };
    match desk::receive_call_at(site.desk(), channel, account, &call).await {
        Ok(received) => {
            carry_politely(site.wire(), received.letters);
            answer(&received.reply)
        }
        Err(error) => {
            tracing::error!(%account, %error, "a provider's call was not stored");
            // asks the provider to tell it again
            problem(StatusCode::SERVICE_UNAVAILABLE)
        }
    }
}

/// What courtesy asks: the little clock on a tapped button stops. Nothing depends on the answers.
fn carry_politely(wire: Arc<dyn Wire>, letters: Vec<Letter>) {
    if letters.is_empty() {
        return;
    }
    tokio::spawn(async move {
        for letter in &letters {
            wire.carry(letter).await;
        }
    });
}

fn answer(reply: &Reply) -> Response {
    let status = StatusCode::from_u16(reply.status).unwrap_or(StatusCode::OK);
    if status.is_client_error() || status.is_server_error() {
        return problem(status);
    }
    (status, [(CONTENT_TYPE, reply.media_type)], reply.body.clone()).into_response()
}

fn problem(status: StatusCode) -> Response {
    let report = serde_json::json!({
        "type": "about:blank",
        "title": status.canonical_reason().unwrap_or("Error"),
        "status": status.as_u16(),
    });
    (status, [(CONTENT_TYPE, "application/problem+json")], report.to_string()).into_response()
}
