//! Somebody chooses another password for themselves.

use kernel::{Refusal, Secret};

use clinic::actors::Origin;

use crate::access::{Session, passwords};
use crate::{ActError, Desk, Signed};

/// Ends every session of theirs; the browser at hand goes on with the new one.
pub async fn change_password(desk: &Desk, signed: &Signed, current: Secret, new: Secret) -> Result<Session, ActError> {
    let email = signed.staff.email.clone().ok_or_else(ActError::not_found)?;
    desk.doors().attempts.count_for(&email, desk.now())?;
    let asked = email.clone();
    let (member, hash) = desk.look(move |tx, _| Ok(store::staff::by_email(tx, &asked)?)).await?.ok_or_else(ActError::not_found)?;
    if !passwords::fits(desk, current, hash.clone()).await? {
        return Err(Refusal::new("password.wrong").at("current").into());
    }
    passwords::check(&new, &member)?;
    let new = passwords::hash(desk, new).await?;
    let (asked, id) = (email.clone(), member.id);
    let session = desk
        .act(signed.actor, Origin::Desk, move |act| {
            let now = store::staff::by_email(act.tx, &asked)?;
            if now.is_none_or(|(member, now)| member.id != id || !member.can_sign_in() || now != hash) {
                return Err(Refusal::new("password.wrong").at("current").into());
            }
            store::staff::set_password(act.tx, id, &new)?;
            store::staff::end_sessions_of(act.tx, id)?;
            act.begin_session(id)
        })
        .await?;
    desk.doors().attempts.forgive(&email);
    Ok(session)
}
