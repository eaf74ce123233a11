//! The one address that the demo prints: whoever opens it first is signed in, and nobody after them.

use std::sync::{Arc, Mutex, PoisonError};

use axum::Extension;
use axum::extract::State;
use axum::response::{IntoResponse, Redirect, Response};
use axum_extra::extract::CookieJar;
use kernel::Secret;

use crate::query::Asked;
use crate::session;
use crate::site::Site;

/// The word that is printed, and the session that it gives away.
#[derive(Clone)]
pub struct Entry(Arc<Door>);

struct Door {
    word: Secret,
    session: Mutex<Option<Secret>>,
}

impl Entry {
    /// `session`: the token of a session that the store knows.
    pub fn new(word: Secret, session: Secret) -> Self {
        Self(Arc::new(Door { word, session: Mutex::new(Some(session)) }))
    }

    /// Once, for the word that was printed.
    fn open(&self, shown: &str) -> Option<Secret> {
        if desk::token_hash(self.0.word.expose()) != desk::token_hash(shown) {
            return None;
        }
        self.0.session.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// `GET /demo/enter?word=...` Whoever opens it again is led to where the first one is: to the desk if that was them, to the
/// sign-in page if not.
pub async fn enter(State(site): State<Site>, Extension(entry): Extension<Entry>, jar: CookieJar, Asked(asked): Asked) -> Response {
    let to_the_desk = Redirect::to("/today");
    match entry.open(asked.text("word")) {
        Some(token) => {
            let cookie = session::cookie(&site, session::cookie_name(&site), token.expose().to_owned());
            (jar.add(cookie), to_the_desk).into_response()
        }
        None => to_the_desk.into_response(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_word_opens_once_and_no_other_does() {
        let entry = Entry::new(Secret::new("word"), Secret::new("session"));
        assert!(entry.open("").is_none() && entry.open("Word").is_none());
        assert_eq!(entry.open("word"), Some(Secret::new("session")));
        assert_eq!(entry.open("word"), None);
    }
}
