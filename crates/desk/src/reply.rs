//! Somebody at the desk answers a patient.

use kernel::ConversationId;

use clinic::actors::{Actor, Channel, Origin};
use clinic::consents::Purpose;
use clinic::conversations::{Cause, Content, Counterpart};
use clinic::files::Enclosed;
use clinic::gate::{Sensitivity, Timing};
use clinic::outbox::{Draft, Outbound, Rank};
use kernel::Refusal;

use crate::files::fits;
use crate::{ActError, Desk};

const MOST_CHARACTERS: u32 = 4_000;

#[derive(Debug, Clone)]
pub struct Answer {
    pub conversation: ConversationId,
    /// The version that the writer had before their eyes: nobody answers the same patient twice.
    pub seen: i64,
    pub text: String,
    /// None: where the gate would write.
    pub channel: Option<Channel>,
    pub timing: Timing,
    /// Beside the words, or without any.
    pub file: Option<Enclosed>,
}

/// The message as it stands in the outbox: queued, held until opening, or stopped with its reason.
pub async fn reply(desk: &Desk, by: Actor, answer: Answer) -> Result<Outbound, ActError> {
    let text = answer.text.trim().to_owned();
    if text.is_empty() && answer.file.is_none() {
        return Err(Refusal::new("reply.empty").at("text").into());
    }
    if text.chars().count() > MOST_CHARACTERS as usize {
        return Err(Refusal::new("reply.too-long").at("text").with("most", MOST_CHARACTERS).into());
    }
    desk.act(by, Origin::Desk, move |act| {
        let conversation = store::conversations::find(act.tx, answer.conversation)?.ok_or_else(ActError::not_found)?;
        let before = conversation.version;
        let (clinic, with) = (conversation.clinic, conversation.with.clone());
        let (conversation, what) = conversation.reply(by, answer.seen, act.now)?;
        act.keep_conversation(before, &conversation, what)?;
        for task in store::tasks::open_of_conversation(act.tx, conversation.id)? {
            act.settle_by_answer(task)?;
        }
        let draft = Draft {
            conversation: conversation.id,
            clinic,
            patient: match with {
                Counterpart::Patient(patient) => Some(patient),
                Counterpart::Unknown { .. } => None,
            },
            purpose: Purpose::Service,
            rank: Rank::Reply,
            sensitivity: Sensitivity::Open,
            timing: answer.timing,
            cause: Cause::Reply { by },
            content: Content { text: text.clone(), file: answer.file.clone(), ..Content::default() },
            says: Vec::new(),
            visit: None,
            chosen: answer.channel,
            useful_until: None,
        };
        let id = act.next_message();
        let message = act.send(Outbound::plan(draft, id, act.now), &[])?;
        if message.content.file.is_some() {
            let clinic = crate::bot::facts::clinic(act.tx, clinic)?;
            fits(&message, clinic.public_url.as_deref())?;
        }
        Ok(message)
    })
    .await
}
