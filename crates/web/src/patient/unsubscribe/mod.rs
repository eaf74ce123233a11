//! The link under every mail that ends the mails.

pub mod view;

use axum::extract::{Path, State};
use axum::response::Response;

use super::{NotShown, shell};
use crate::responder::shown;
use crate::site::Site;
use view::{Mails, UnsubscribePage};

/// Asks: programs that look into mails open links too.
pub async fn open(State(site): State<Site>, Path(token): Path<String>) -> Result<Response, NotShown> {
    let opened = desk::open_unsubscribe_page(site.desk(), token.clone()).await?;
    let mails = match opened.mails {
        desk::Mails::Come => Mails::Come,
        desk::Mails::HaveEnded => Mails::HaveEnded,
    };
    let page = shell(opened.patient.locale, "unsubscribe-title");
    Ok(shown(&UnsubscribePage { page, clinic: opened.clinic.name, path: format!("/unsubscribe/{token}"), mails })?)
}

/// Pressed here, or by the mail program for the reader.
pub async fn end(State(site): State<Site>, Path(token): Path<String>) -> Result<Response, NotShown> {
    desk::unsubscribe(site.desk(), token.clone()).await?;
    open(State(site), Path(token)).await
}
