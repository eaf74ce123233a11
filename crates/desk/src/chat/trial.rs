//! The test message of the settings page: to whoever has just tried the chat on our own trial page. It takes the whole way,
//! through gate and outbox to the open browser.

use clinic::actors::{Actor, Origin};
use clinic::consents::Purpose;
use clinic::conversations::{Cause, Content, Counterpart};
use clinic::gate::{Sensitivity, Timing};
use clinic::outbox::{Draft, Outbound, Rank};
use clinic::staff::Right;
use kernel::{AccountId, Refusal};

use super::Page;
use crate::bot::facts;
use crate::{ActError, Desk};

pub async fn try_chat(desk: &Desk, by: Actor, account: AccountId) -> Result<Outbound, ActError> {
    by.may(Right::ChangeSettings)?;
    desk.act(by, Origin::Desk, move |act| {
        let untried = || Refusal::new("chat.not-tried").at("to");
        let visitor = store::chat::newest_from(act.tx, account, Page::Own.origin())?.ok_or_else(untried)?;
        let thread = store::chat::thread_of(act.tx, &visitor.address())?.ok_or_else(untried)?;
        let conversation = store::conversations::find(act.tx, thread)?.ok_or_else(ActError::not_found)?;
        let clinic = facts::clinic(act.tx, conversation.clinic)?;
        let book = clinic::texts::Phrasebook::of(clinic.locale);
        let name = [("clinic", kernel::Arg::from(clinic.name.clone()))];
        let draft = Draft {
            conversation: thread,
            clinic: clinic.id,
            patient: match conversation.with {
                Counterpart::Patient(patient) => Some(patient),
                Counterpart::Unknown { .. } => None,
            },
            purpose: Purpose::Service,
            rank: Rank::Reply,
            sensitivity: Sensitivity::Open,
            timing: Timing::Insisted,
            cause: Cause::Trial { by },
            content: Content { text: book.say_plain("trial-text", &name), ..Content::default() },
            says: Vec::new(),
            visit: None,
            chosen: Some(clinic::actors::Channel::Web),
            useful_until: None,
        };
        let id = act.next_message();
        act.send(Outbound::plan(draft, id, act.now), &[])
    })
    .await
}
