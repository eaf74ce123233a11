//! The settings of a clinic are changed.

use clinic::actors::{Actor, Origin};
use clinic::clinics::Clinic;
use clinic::staff::Right;

use crate::{ActError, Desk};

pub async fn save_clinic(desk: &Desk, by: Actor, clinic: Clinic) -> Result<Clinic, ActError> {
    by.may(Right::ChangeSettings)?;
    let clinic = clinic.checked()?;
    desk.act(by, Origin::Desk, move |act| {
        store::clinics::clinic(act.tx, clinic.id)?.ok_or_else(ActError::not_found)?;
        store::clinics::save_clinic(act.tx, &clinic)?;
        act.tx.touch("journal");
        Ok(clinic.clone())
    })
    .await
}
