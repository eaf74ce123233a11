//! A treatment chair is added or gets another name.

use kernel::{ChairId, ClinicId};

use clinic::actors::{Actor, Origin};
use clinic::services::Chair;
use clinic::staff::Right;

use crate::{ActError, Desk};

/// Without an id it is a new one.
pub async fn save_chair(desk: &Desk, by: Actor, clinic: ClinicId, id: Option<ChairId>, name: String) -> Result<Chair, ActError> {
    by.may(Right::ChangeSettings)?;
    let new = ChairId::new(desk.now(), &mut desk.chance());
    let chair = Chair { id: id.unwrap_or(new), clinic, name }.checked()?;
    desk.act(by, Origin::Desk, move |act| {
        store::clinics::clinic(act.tx, clinic)?.ok_or_else(ActError::not_found)?;
        if id.is_some() && !store::clinics::chairs(act.tx, clinic)?.iter().any(|known| known.id == chair.id) {
            return Err(ActError::not_found());
        }
        store::clinics::save_chair(act.tx, &chair)?;
        act.tx.touch("journal");
        Ok(chair.clone())
    })
    .await
}
