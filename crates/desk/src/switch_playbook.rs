//! Switches a playbook on or off for a clinic. What runs already goes on to its end.

use kernel::ClinicId;

use clinic::actors::{Actor, Origin};
use clinic::staff::Right;

use crate::bot::running::script;
use crate::{ActError, Desk};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Switched {
    On,
    Off,
}

pub async fn switch_playbook(desk: &Desk, by: Actor, clinic: ClinicId, playbook: String, switched: Switched) -> Result<(), ActError> {
    by.may(Right::ChangePlaybooks)?;
    if script(&playbook).is_none() {
        return Err(ActError::not_found());
    }
    desk.act(by, Origin::Desk, move |act| {
        let word = match switched {
            Switched::On => "on",
            Switched::Off => "off",
        };
        store::runs::switch(act.tx, clinic, &playbook, word)?;
        act.tx.touch("playbooks");
        Ok(())
    })
    .await
}
