//! Dispatch over HTTP: from the queue over the network to a local fake channel, and its answer kept.

use std::sync::Arc;

use crate::drain::drain;
use crate::limits;
use crate::messenger::Outside;
use crate::place::Place;
use crate::table::Line;

const MESSAGES: usize = 30_000;

pub async fn measure(place: Place) -> anyhow::Result<Vec<Line>> {
    let (outside, _taken) = Outside::open().await?;
    let wire = Arc::new(outside);
    let letters = limits::letters(wire.clone()).await;
    let drained = drain(&place, MESSAGES, wire).await?;
    Ok(vec![Line {
        what: format!("dispatch over HTTP, {MESSAGES} messages"),
        required: "3,000/s".to_owned(),
        measured: format!("{:.0}/s, {:.3} s of processor a 1,000", drained.a_second, drained.processor * 1_000.0),
        limit: format!("{letters:.0} letters/s ({:.0} %)", 100.0 * drained.a_second / letters),
    }])
}
