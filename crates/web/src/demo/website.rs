//! The website of the demo clinic, with its chat on it: what a visitor writes there comes to the desk beside it.

use axum::Extension;
use axum::extract::State;
use axum::response::Response;
use kernel::{AccountId, Locale};

use super::view::WebsitePage;
use crate::fault::Fault;
use crate::patient::shell;
use crate::query::Asked;
use crate::responder::shown;
use crate::site::Site;

/// The account of the chat.
#[derive(Debug, Clone, Copy)]
pub struct Website(pub AccountId);

/// `GET /demo/website?lang=fa`. In the clinic's language, if no other is asked for.
pub async fn show(
    State(site): State<Site>,
    Extension(Website(account)): Extension<Website>,
    Asked(asked): Asked,
) -> Result<Response, Fault> {
    let clinic = site
        .desk()
        .look(move |tx, _| {
            let account = store::accounts::find(tx, account)?.ok_or_else(desk::ActError::not_found)?;
            store::clinics::clinic(tx, account.clinic)?.ok_or_else(desk::ActError::not_found)
        })
        .await?;
    let locale = Locale::preferred(asked.text("lang")).unwrap_or(clinic.locale);
    let page = shell(locale, "demo-website-title");
    shown(&WebsitePage { page, clinic: clinic.name, address: clinic.address, account: account.to_string() })
}
