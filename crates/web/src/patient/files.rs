//! A file that the clinic has sent as a link, for whoever holds it and only for a while: the patient, or the provider on the way.

use axum::extract::{Path, State};
use axum::http::HeaderMap;
use axum::response::Response;

use clinic::files::FileState;
use kernel::Secret;

use super::NotShown;
use crate::pages::inbox::files::handed_out;
use crate::range;
use crate::site::Site;

pub async fn file(State(site): State<Site>, Path(token): Path<String>, headers: HeaderMap) -> Result<Response, NotShown> {
    let file = desk::open_linked_file(site.desk(), &Secret::new(token)).await?;
    let FileState::Kept(kept) = file.state else { return Err(NotShown::Ended) };
    let bytes = desk::read_file(site.desk(), &kept).await?;
    Ok(handed_out(&file.name, kept.file_type, range::asked(&headers), bytes))
}
