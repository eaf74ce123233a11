//! A clinic's own wording of a text: checked before it is saved, said from the next message on.

use kernel::ClinicId;

use clinic::actors::{Actor, Origin};
use clinic::staff::Right;
use clinic::texts::{Fault, Sensitivity, TextSource, check, may_name};

use crate::{ActError, Desk};

/// Why a wording was not saved.
#[derive(Debug)]
pub enum NotSaved {
    Faults(Vec<Fault>),
    Act(ActError),
}

impl<E: Into<ActError>> From<E> for NotSaved {
    fn from(error: E) -> Self {
        Self::Act(error.into())
    }
}

/// Saves a wording in all languages, or says every fault of it. Anybody who holds the phone may see what the bot says, so
/// nothing sensitive may stand in it.
pub async fn save_text(desk: &Desk, by: Actor, clinic: ClinicId, text: TextSource) -> Result<(), NotSaved> {
    by.may(Right::ChangePlaybooks)?;
    let Some(staff) = by.staff() else { return Err(ActError::not_found().into()) };
    let allowed = may_name(&text.key).ok_or_else(ActError::not_found)?;
    check(&text, allowed, Sensitivity::Open).map_err(NotSaved::Faults)?;
    desk.act(by, Origin::Desk, move |act| {
        store::texts::save(act.tx, clinic, &text, staff, act.now)?;
        act.tx.touch("playbooks");
        Ok(())
    })
    .await?;
    Ok(())
}

/// Goes back to the shipped wording.
pub async fn reset_text(desk: &Desk, by: Actor, clinic: ClinicId, key: String) -> Result<(), ActError> {
    by.may(Right::ChangePlaybooks)?;
    desk.act(by, Origin::Desk, move |act| {
        store::texts::drop_own(act.tx, clinic, &key)?;
        act.tx.touch("playbooks");
        Ok(())
    })
    .await
}
