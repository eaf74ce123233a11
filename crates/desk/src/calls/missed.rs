//! A call that nobody took, of somebody whom we do not know: a person rings back, and the caller is told so where the clinic
//! writes text messages. Of patients the playbook of missed calls speaks.

use std::time::Duration;

use kernel::{Address, OpenDays, Timestamp};

use clinic::answers::{Answer, Asked, Question, Understood, read};
use clinic::clinics::Clinic;
use clinic::conversations::{Cause, Conversation};
use clinic::outbox::Rank;
use clinic::tasks::{NewTask, TaskKind};
use store::conversations::NEWEST;

use crate::bot::facts;
use crate::bot::saying::{Ask, Courtesy};
use crate::{Act, ActError};

/// Why the desk rings back.
pub(crate) const REASON: &str = "task-reason-missed-call";
/// Whoever calls again and again is written to once.
const WRITTEN_WITHIN: Duration = Duration::from_hours(24);

impl Act<'_, '_> {
    pub(super) fn missed_stranger(&mut self, conversation: &Conversation, address: &Address, clinic: &Clinic) -> Result<(), ActError> {
        let open = store::tasks::open_of_conversation(self.tx, conversation.id)?;
        if !open.iter().any(|task| task.kind == TaskKind::Call) {
            self.open(NewTask {
                clinic: clinic.id,
                kind: TaskKind::Call,
                patient: None,
                visit: None,
                conversation: Some(conversation.id),
                run: None,
                reason: REASON.to_owned(),
                due_at: facts::answered_by(clinic, self.now),
                tries: 0,
            })?;
        }
        if self.may_be_written_to(conversation, address)? {
            let text = if is_open(&facts::open_days(clinic), self.now) { "missed-call-sorry" } else { "missed-call-closed" };
            let courtesy = Courtesy { rank: Rank::Reply, locale: Some(clinic.locale), channel: None, ask: Ask::Nothing };
            self.courtesy(conversation, text, courtesy)?;
        }
        Ok(())
    }

    fn may_be_written_to(&mut self, conversation: &Conversation, address: &Address) -> Result<bool, ActError> {
        if !self.writes_to(conversation.clinic, address)? {
            return Ok(false);
        }
        let written = store::outbound::since(self.tx, conversation.id, self.now - WRITTEN_WITHIN)?;
        if written.iter().any(|message| matches!(&message.cause, Cause::Courtesy { text } if text.starts_with("missed-call"))) {
            return Ok(false);
        }
        let last = store::conversations::inbound_of(self.tx, conversation.id, NEWEST, 1)?.pop();
        let asked = Asked { language: kernel::Locale::default(), question: Question::Open };
        Ok(last.is_none_or(|last| read(&last.said, asked) != Understood::Certain(Answer::Stop)))
    }

    /// Whoever was spoken with need not be rung up for the call that was missed before.
    pub(super) fn nobody_need_ring_back(&mut self, conversation: &Conversation) -> Result<(), ActError> {
        for task in store::tasks::open_of_conversation(self.tx, conversation.id)? {
            if task.kind == TaskKind::Call && task.reason == REASON {
                let (clinic, patient) = (task.clinic, task.patient);
                let (task, what) = task.void(self.now);
                store::tasks::save(self.tx, &task)?;
                self.happened(clinic, patient, what);
            }
        }
        Ok(())
    }
}

fn is_open(days: &OpenDays<'_>, now: Timestamp) -> bool {
    days.next_opening(now).is_some_and(|opens| opens <= now)
}
