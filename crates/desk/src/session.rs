//! Who is signed in: asked with every request of a browser.

use kernel::{Secret, Timestamp};

use clinic::actors::Actor;
use clinic::clinics::Clinic;
use clinic::staff::StaffMember;

use crate::{ActError, Desk, token_hash};

#[derive(Debug, Clone, PartialEq)]
pub struct Signed {
    /// As the card stands now: a role that was changed holds from the next request on.
    pub staff: StaffMember,
    pub actor: Actor,
    /// Where they work.
    pub clinic: Clinic,
    /// When they asked.
    pub now: Timestamp,
}

/// None if the token is nobody's, is too old, or its owner works here no longer.
pub async fn session(desk: &Desk, token: &Secret) -> Result<Option<Signed>, ActError> {
    let hash = token_hash(token.expose());
    desk.look(move |tx, now| {
        let staff = store::staff::signed_in(tx, &hash, now)?.filter(StaffMember::can_sign_in);
        let Some(staff) = staff else { return Ok(None) };
        let clinic = store::clinics::clinic(tx, staff.clinic)?.ok_or_else(ActError::not_found)?;
        Ok(Some(Signed { actor: Actor::Staff { id: staff.id, role: staff.role }, staff, clinic, now }))
    })
    .await
}
