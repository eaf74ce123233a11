//! `GET <path>` asks, `POST <path>` ends the mails.

use askama::Template;

use crate::PlainPage;

#[derive(Template)]
#[template(path = "unsubscribe.html")]
pub struct UnsubscribePage {
    pub page: PlainPage,
    pub clinic: String,
    /// `/unsubscribe/<token>`
    pub path: String,
    pub mails: Mails,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mails {
    Come,
    HaveEnded,
}
