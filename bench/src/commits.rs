//! The raw limit itself: commits of one small row, 64 acts waiting at any time.

use crate::limits;
use crate::place::Place;
use crate::table::Line;

pub async fn measure(place: Place) -> anyhow::Result<Vec<Line>> {
    let store = place.store().await?;
    let commits = limits::commits(&store).await;
    store.close().await;
    Ok(vec![Line {
        what: "acts of one small row, each committed".to_owned(),
        required: "none: it is the limit of others".to_owned(),
        measured: format!("{commits:.0}/s"),
        limit: String::new(),
    }])
}
