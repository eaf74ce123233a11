//! Somebody new works in the clinic.

use kernel::{ClinicId, Hours, Locale, PersonName, Refusal, Secret, StaffId};
use store::StoreError;

use clinic::actors::{Actor, Origin};
use clinic::staff::{Employed, Provides, Right, Role, StaffMember};

use crate::access::passwords;
use crate::{Act, ActError, Desk};

/// The card of a person as the form was filled in.
#[derive(Clone, PartialEq)]
pub struct StaffCard {
    pub clinic: ClinicId,
    pub name: PersonName,
    pub title: String,
    pub role: Role,
    pub locale: Locale,
    /// None for somebody who does not sign in.
    pub email: Option<String>,
    pub shifts: Hours,
    pub provides: Provides,
}

/// With a password they can sign in at once, and choose another one then.
pub async fn add_staff(desk: &Desk, by: Actor, card: StaffCard, password: Option<Secret>) -> Result<StaffMember, ActError> {
    by.may(Right::ManageStaff)?;
    let member = card.of(StaffId::new(desk.now(), &mut desk.chance()), Employed::Yes)?;
    let hash = password_for(desk, &member, password).await?;
    let added = desk.act(by, Origin::Desk, move |act| {
        act.by.may(Right::ManageStaff)?;
        act.keep_staff(&member, hash.as_ref())?;
        Ok(member.clone())
    });
    added.await.map_err(email_taken)
}

impl StaffCard {
    pub(crate) fn of(self, id: StaffId, employed: Employed) -> Result<StaffMember, Refusal> {
        let Self { clinic, name, title, role, locale, email, shifts, provides } = self;
        StaffMember { id, clinic, name, title, role, locale, email, shifts, provides, employed }.checked()
    }
}

/// The hash of a password that this person may have, if one is set.
pub(crate) async fn password_for(desk: &Desk, member: &StaffMember, password: Option<Secret>) -> Result<Option<Secret>, ActError> {
    let Some(password) = password.filter(|password| !password.is_empty()) else { return Ok(None) };
    if member.email.is_none() {
        return Err(Refusal::new("staff.email-needed").at("email").into());
    }
    passwords::check(&password, member)?;
    passwords::hash(desk, password).await.map(Some)
}

/// Nobody else has the address; `staff.email` is the one column of staff that is unique beside the id.
pub(crate) fn email_taken(error: ActError) -> ActError {
    match error {
        ActError::Store(StoreError::Conflict { on }) if on.contains("email") => Refusal::new("staff.email-taken").at("email").into(),
        other => other,
    }
}

impl Act<'_, '_> {
    pub(crate) fn keep_staff(&mut self, member: &StaffMember, hash: Option<&Secret>) -> Result<(), ActError> {
        store::clinics::clinic(self.tx, member.clinic)?.ok_or_else(ActError::not_found)?;
        if let Some(email) = &member.email
            && store::staff::by_email(self.tx, email)?.is_some_and(|(other, _)| other.id != member.id)
        {
            return Err(Refusal::new("staff.email-taken").at("email").into());
        }
        store::staff::save(self.tx, member)?;
        if let Some(hash) = hash {
            store::staff::set_password(self.tx, member.id, hash)?;
        }
        Ok(())
    }
}
