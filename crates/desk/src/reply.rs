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
use crate::{Act, ActError, Desk};

const MOST_CHARACTERS: u32 = 4_000;
/// More than a patient looks at in a thread.
const MOST_FILES: usize = 10;

#[derive(Debug, Clone)]
pub struct Answer {
    pub conversation: ConversationId,
    /// The version that the writer had before their eyes: nobody answers the same patient twice.
    pub seen: i64,
    pub text: String,
    /// None: where the gate would write.
    pub channel: Option<Channel>,
    pub timing: Timing,
    /// Beside the words, or without any: the first goes with the words, each other one as a message of its own.
    pub files: Vec<Enclosed>,
}

/// The message, or the first of them, as it stands in the outbox: queued, held until opening, or stopped with its reason.
pub async fn reply(desk: &Desk, by: Actor, answer: Answer) -> Result<Outbound, ActError> {
    let text = answer.text.trim().to_owned();
    if answer.files.len() > MOST_FILES {
        return Err(Refusal::new("reply.too-many-files").at("file").with("most", i64::try_from(MOST_FILES).unwrap_or(i64::MAX)).into());
    }
    if text.is_empty() && answer.files.is_empty() {
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
        let clinic_itself = crate::bot::facts::clinic(act.tx, clinic)?;
        let patient = match with {
            Counterpart::Patient(patient) => Some(patient),
            Counterpart::Unknown { .. } => None,
        };
        let say = |act: &mut Act<'_, '_>, text: String, file: Option<Enclosed>| {
            let draft = Draft {
                conversation: conversation.id,
                clinic,
                patient,
                purpose: Purpose::Service,
                rank: Rank::Reply,
                sensitivity: Sensitivity::Open,
                timing: answer.timing,
                cause: Cause::Reply { by },
                content: Content { text, file, ..Content::default() },
                says: Vec::new(),
                visit: None,
                chosen: answer.channel,
                useful_until: None,
            };
            let id = act.next_message();
            let message = act.send(Outbound::plan(draft, id, act.now), &[])?;
            fits(&message, clinic_itself.public_url.as_deref())?;
            Ok::<_, ActError>(message)
        };
        let mut files = answer.files.iter().cloned();
        let message = say(act, text.clone(), files.next())?;
        for file in files {
            say(act, String::new(), Some(file))?;
        }
        Ok(message)
    })
    .await
}
