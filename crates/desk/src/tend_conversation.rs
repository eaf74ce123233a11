//! Whose conversation it is, and what becomes of it: taken, given back, put aside, closed, opened again, noted.

use kernel::{ConversationId, StaffId, Timestamp};

use clinic::actors::{Actor, Origin};
use clinic::conversations::{Conversation, Topic};
use clinic::staff::Employed;
use store::Tx;

use crate::{ActError, Desk};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tending {
    Assign(StaffId),
    GiveBack,
    Close(Topic),
    Reopen,
    Snooze { until: Timestamp },
    Unsnooze,
}

/// `seen`: the version that the person had before their eyes.
pub async fn tend_conversation(
    desk: &Desk,
    by: Actor,
    conversation: ConversationId,
    seen: i64,
    tending: Tending,
) -> Result<Conversation, ActError> {
    desk.act(by, Origin::Desk, move |act| {
        let conversation = store::conversations::find(act.tx, conversation)?.ok_or_else(ActError::not_found)?;
        let before = conversation.version;
        let (conversation, what) = match tending {
            Tending::Assign(to) if !works_here(act.tx, to)? => return Err(ActError::not_found()),
            Tending::Assign(to) => conversation.assign(to, by, act.now)?,
            Tending::GiveBack => conversation.give_back(by, act.now)?,
            Tending::Close(topic) => conversation.close(topic, by, seen, act.now)?,
            Tending::Reopen => conversation.reopen(by, act.now)?,
            Tending::Snooze { until } => conversation.snooze(until, by, seen, act.now)?,
            Tending::Unsnooze => conversation.unsnooze(by, act.now)?,
        };
        act.keep_conversation(before, &conversation, what)?;
        if let Tending::Close(_) = tending {
            for task in store::tasks::open_of_conversation(act.tx, conversation.id)? {
                act.settle_by_answer(task)?;
            }
        }
        Ok(conversation)
    })
    .await
}

fn works_here(tx: &mut Tx<'_>, member: StaffId) -> Result<bool, ActError> {
    Ok(store::staff::find(tx, member)?.is_some_and(|member| member.employed == Employed::Yes))
}

/// A line in the thread that no patient sees.
pub async fn write_note(desk: &Desk, by: Actor, conversation: ConversationId, text: String) -> Result<(), ActError> {
    desk.act(by, Origin::Desk, move |act| {
        let conversation = store::conversations::find(act.tx, conversation)?.ok_or_else(ActError::not_found)?;
        let id = act.next_message();
        let (note, what) = conversation.note(id, by, &text, act.now)?;
        store::conversations::add_note(act.tx, &note)?;
        act.keep_conversation(conversation.version, &conversation, what)
    })
    .await
}
