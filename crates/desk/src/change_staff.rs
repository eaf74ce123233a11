//! The card of somebody of the staff is changed, or they leave.

use kernel::{Secret, StaffId};

use clinic::actors::{Actor, Origin};
use clinic::staff::{Employed, Right, StaffMember, keeps_an_owner};

use crate::add_staff::{StaffCard, email_taken, password_for};
use crate::{ActError, Desk};

#[derive(Clone, PartialEq)]
pub struct StaffChange {
    pub card: StaffCard,
    pub employed: Employed,
    /// None: theirs stays.
    pub password: Option<Secret>,
}

/// Whoever leaves, or gets another role, address or password, is signed out everywhere at once. An owner always remains.
pub async fn change_staff(desk: &Desk, by: Actor, id: StaffId, change: StaffChange) -> Result<StaffMember, ActError> {
    by.may(Right::ManageStaff)?;
    let member = change.card.of(id, change.employed)?;
    let hash = password_for(desk, &member, change.password).await?;
    let changed = desk.act(by, Origin::Desk, move |act| {
        act.by.may(Right::ManageStaff)?;
        store::clinics::take_turns(act.tx)?;
        let before = store::staff::find(act.tx, id)?.ok_or_else(ActError::not_found)?;
        act.keep_staff(&member, hash.as_ref())?;
        keeps_an_owner(&store::staff::all(act.tx)?)?;
        let same_access = (before.role, &before.email, before.employed) == (member.role, &member.email, member.employed);
        if !same_access || hash.is_some() {
            store::staff::end_sessions_of(act.tx, id)?;
        }
        Ok(member.clone())
    });
    changed.await.map_err(email_taken)
}
