//! Why a page was not shown or an act not done. It leaves a handler as a value and becomes a page, a fragment or a
//! problem report (RFC 9457) in [`crate::responder`].

use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};

use desk::ActError;
use kernel::Refusal;
use store::{Outcome, StoreError};

#[derive(Debug, Clone)]
pub struct Fault {
    pub status: StatusCode,
    pub refusal: Refusal,
    /// Where the person can go on.
    pub way_on: String,
}

/// Refusals that say: what you saw is no longer so. The page shows how it stands now.
const OVERTAKEN: [&str; 9] = [
    "visit.stale",
    "slot.gone",
    "slot.taken",
    "slot.provider-busy",
    "slot.chair-busy",
    "conversation.answered-meanwhile",
    "conversation.closed-meanwhile",
    "conversation.changed-meanwhile",
    "task.already-done",
];

impl Fault {
    fn new(status: StatusCode, code: &'static str) -> Self {
        Self { status, refusal: Refusal::new(code), way_on: "/".to_owned() }
    }

    /// Not there, or not for this person: both look the same.
    pub fn not_found() -> Self {
        Self::new(StatusCode::NOT_FOUND, "page.not-found")
    }

    /// Nothing that a page of ours would send.
    pub fn malformed() -> Self {
        Self::new(StatusCode::BAD_REQUEST, "page.malformed")
    }

    /// Sent by another site, or by a page of ours that is too old.
    pub fn foreign() -> Self {
        Self::new(StatusCode::FORBIDDEN, "page.foreign")
    }

    pub fn too_large() -> Self {
        Self::new(StatusCode::PAYLOAD_TOO_LARGE, "page.too-large")
    }

    fn broken() -> Self {
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "page.broken")
    }

    /// What the router itself has refused.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::not_found(),
            StatusCode::METHOD_NOT_ALLOWED => Self::new(status, "page.wrong-method"),
            StatusCode::PAYLOAD_TOO_LARGE => Self::too_large(),
            StatusCode::REQUEST_TIMEOUT => Self::new(status, "page.too-slow"),
            StatusCode::TOO_MANY_REQUESTS => Self::new(status, "page.too-often"),
            StatusCode::FORBIDDEN => Self::new(status, "actor.not-allowed"),
            status if status.is_client_error() => Self { status, ..Self::malformed() },
            StatusCode::SERVICE_UNAVAILABLE => Self::new(status, "page.unavailable"),
            _ => Self::broken(),
        }
    }

    #[must_use]
    pub fn way_on(self, path: impl Into<String>) -> Self {
        Self { way_on: path.into(), ..self }
    }

    pub fn is_overtaken(refusal: &Refusal) -> bool {
        OVERTAKEN.contains(&refusal.code())
    }
}

impl From<Refusal> for Fault {
    fn from(refusal: Refusal) -> Self {
        let status = match refusal.code() {
            "thing.not-found" => return Self::not_found(),
            "actor.not-allowed" => StatusCode::FORBIDDEN,
            _ if Self::is_overtaken(&refusal) => StatusCode::CONFLICT,
            _ => StatusCode::UNPROCESSABLE_ENTITY,
        };
        Self { status, refusal, way_on: "/".to_owned() }
    }
}

impl From<ActError> for Fault {
    fn from(error: ActError) -> Self {
        match error {
            ActError::Refused(refusal) => refusal.into(),
            ActError::Store(error) => error.into(),
        }
    }
}

impl From<StoreError> for Fault {
    fn from(error: StoreError) -> Self {
        tracing::error!(%error, "the store did not answer a page");
        match error {
            StoreError::Conflict { .. } => Self::new(StatusCode::CONFLICT, "visit.stale"),
            StoreError::Unavailable { outcome: Outcome::Unknown, .. } => Self::new(StatusCode::SERVICE_UNAVAILABLE, "page.unsure"),
            StoreError::Busy { .. } | StoreError::Unavailable { outcome: Outcome::NotDone, .. } => {
                Self::new(StatusCode::SERVICE_UNAVAILABLE, "page.unavailable")
            }
            StoreError::Full => Self::new(StatusCode::SERVICE_UNAVAILABLE, "page.disk-full"),
            StoreError::Row { .. } | StoreError::Schema(_) | StoreError::Bug(_) => Self::broken(),
        }
    }
}

impl IntoResponse for Fault {
    fn into_response(self) -> Response {
        let mut response = self.status.into_response();
        response.extensions_mut().insert(self);
        response
    }
}
