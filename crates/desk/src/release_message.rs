//! A person decides about a message that waits or stands in doubt.

use kernel::MessageId;

use clinic::actors::{Actor, Origin};
use clinic::outbox::{Outbound, OutboundState, Resolution};

use crate::{Act, ActError, Desk};

/// Lets a held message go before its time. The gate is asked once more.
pub async fn release_message(desk: &Desk, by: Actor, message: MessageId) -> Result<Outbound, ActError> {
    desk.act(by, Origin::Desk, move |act| {
        let message = store::outbound::find(act.tx, message)?.ok_or_else(ActError::not_found)?;
        act.release(message)
    })
    .await
}

impl Act<'_, '_> {
    pub(crate) fn release(&mut self, message: Outbound) -> Result<Outbound, ActError> {
        let before = message.version;
        let (message, what) = message.release(self.by)?;
        store::outbound::change(self.tx, &message, before)?;
        self.happened(message.clinic, message.patient, what);
        self.decide_again(message)
    }
}

/// Ends the doubt whether a message has left.
pub async fn resolve_message(desk: &Desk, by: Actor, message: MessageId, resolution: Resolution) -> Result<Outbound, ActError> {
    desk.act(by, Origin::Desk, move |act| {
        let message = store::outbound::find(act.tx, message)?.ok_or_else(ActError::not_found)?;
        let before = message.version;
        let (message, what) = message.resolve(resolution.clone(), by, act.now)?;
        store::outbound::change(act.tx, &message, before)?;
        act.happened(message.clinic, message.patient, what);
        if message.state == OutboundState::Planned { act.decide_again(message) } else { Ok(message) }
    })
    .await
}
