//! Books a visit into a slot.

use clinic::actors::{Actor, Origin};
use clinic::journal::{Booking, Visit};

use crate::{ActError, Desk};

/// The visit as it now stands in the journal. Its patient is told and reminded by the playbooks.
pub async fn book_visit(desk: &Desk, by: Actor, through: Origin, booking: Booking) -> Result<Visit, ActError> {
    desk.act(by, through, move |act| act.book(booking.clone(), None)).await
}
