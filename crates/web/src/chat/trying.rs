//! A page of ours with the chat on it, for whoever has just connected it: what is written here comes in like any visitor's.

use askama::Template;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;
use desk::chat::{self, Caller, Page};
use kernel::AccountId;

use crate::fault::Fault;
use crate::pages::sign_in::Peer;
use crate::patient::shell;
use crate::query::Asked;
use crate::responder::{Language, shown_as};
use crate::site::Site;
use crate::{PlainPage, Words};

#[derive(Template)]
#[template(path = "chat/try.html")]
pub struct TryPage {
    pub page: PlainPage,
    pub clinic: String,
    pub account: String,
}

pub async fn page(
    State(site): State<Site>,
    Path(account): Path<String>,
    Peer(from): Peer,
    Language(preferred): Language,
    asked: Asked,
) -> Result<Response, Fault> {
    let account: AccountId = account.parse().map_err(|_| Fault::not_found())?;
    let door = chat::open(site.desk(), Caller { account, page: Page::Own, from }).await?;
    let locale = kernel::Locale::preferred(asked.0.text("lang")).unwrap_or(preferred);
    let words = Words::of(locale);
    let page = shell(locale, "chat-try-title");
    let title = words.say("chat-try-title");
    let page = PlainPage { title, ..page };
    shown_as(StatusCode::OK, &TryPage { page, clinic: door.clinic.name, account: account.to_string() })
}
