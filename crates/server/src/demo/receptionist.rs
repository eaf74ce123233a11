//! Before the visitor came, somebody sat at the desk: most who waited were answered or rung up, some threads are closed,
//! some are still open. From then on the desk is the visitor's.

use std::time::Duration;

use clinic::actors::Actor;
use clinic::clinics::Clinic;
use clinic::conversations::{Conversation, ConversationState, Counterpart, Topic, Urgency};
use clinic::gate::Timing;
use clinic::journal::VisitState;
use clinic::tasks::{TaskKind, TaskOutcome};
use desk::{ActError, Answer, Desk, Tending, reply, settle_task, tend_conversation};
use kernel::{Locale, OpenDays, Timestamp};

use super::habits::chance_of;
use super::speech::Speech;

/// Nobody is answered at once.
const AFTER: Duration = Duration::from_mins(20);
const EVERY: Duration = Duration::from_mins(30);
const MOST_WAITING: u32 = 100;

pub struct Receptionist {
    pub seed: u64,
    pub clinic: Clinic,
    pub by: Actor,
}

/// What becomes of somebody who waits.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Care {
    Answered,
    Closed,
    /// Taken by the receptionist, who has not answered yet.
    Taken,
    LeftForLater,
}

impl Receptionist {
    /// When the inbox is looked through again: every half hour, and nobody sits there while the clinic is closed.
    pub fn next_look(&self, now: Timestamp) -> Timestamp {
        let Clinic { hours, exceptions, zone, .. } = &self.clinic;
        let opening = OpenDays { hours, exceptions, zone }.next_opening(now);
        if self.clinic.is_open(now) { now + EVERY } else { opening.unwrap_or(now + EVERY) }
    }

    /// Looks through the inbox once, while the clinic is open.
    pub async fn look_through(&self, desk: &Desk) -> Result<(), ActError> {
        let now = desk.now();
        if !self.clinic.is_open(now) {
            return Ok(());
        }
        let clinic = self.clinic.id;
        let waiting = desk
            .look(move |tx, _| {
                let mut waiting = Vec::new();
                for listed in store::conversations::list_waiting(tx, clinic, MOST_WAITING)? {
                    let Counterpart::Patient(id) = listed.conversation.with else { continue };
                    let reader = store::patients::find(tx, id)?.ok_or_else(ActError::not_found)?;
                    waiting.push((listed.conversation, reader.locale, reader.name.full(Locale::En)));
                }
                Ok(waiting)
            })
            .await?;
        for (conversation, locale, name) in waiting {
            self.care_for(desk, conversation, (locale, &name), now).await?;
        }
        self.ring_up(desk, now).await
    }

    /// Most whom the bot could not reach are rung up and say that they come; a few calls are left for the visitor.
    async fn ring_up(&self, desk: &Desk, now: Timestamp) -> Result<(), ActError> {
        let clinic = self.clinic.id;
        let calls = desk.look(move |tx, _| {
            let mut calls = Vec::new();
            for task in store::tasks::open(tx, clinic, now, MOST_WAITING)? {
                let visit = task.visit.map(|id| store::visits::find(tx, id)).transpose()?.flatten();
                let can_confirm = visit.is_some_and(|visit| visit.starts_at > now && matches!(visit.state, VisitState::Booked));
                if task.kind == TaskKind::Call && can_confirm && task.due_at + AFTER <= now {
                    calls.push(task.id);
                }
            }
            Ok(calls)
        });
        for task in calls.await? {
            if chance_of(self.seed, "rung up", &task.to_string()).percent(70) {
                settle_task(desk, self.by, task, TaskOutcome::Confirmed).await?;
            }
        }
        Ok(())
    }

    async fn care_for(
        &self,
        desk: &Desk,
        conversation: Conversation,
        (locale, name): (Locale, &str),
        now: Timestamp,
    ) -> Result<(), ActError> {
        let ConversationState::Waiting { since, urgency } = conversation.state else { return Ok(()) };
        let mut chance = chance_of(self.seed, name, &since.to_string());
        let care = match chance.below(100) {
            _ if since + AFTER > now => Care::LeftForLater,
            _ if urgency == Urgency::Emergency => Care::Answered,
            0..30 => Care::Answered,
            30..60 => Care::Closed,
            60..70 => Care::Taken,
            _ => Care::LeftForLater,
        };
        match care {
            Care::LeftForLater => Ok(()),
            Care::Taken => {
                let to = self.by.staff().ok_or_else(ActError::not_found)?;
                tend_conversation(desk, self.by, conversation.id, conversation.version, Tending::Assign(to)).await.map(drop)
            }
            Care::Answered | Care::Closed => {
                let text = chance.pick(&Speech::of(locale).desk).clone();
                let (id, seen) = (conversation.id, conversation.version);
                reply(desk, self.by, Answer { conversation: id, seen, text, channel: None, timing: Timing::Polite, files: Vec::new() })
                    .await?;
                if care == Care::Answered {
                    return Ok(());
                }
                let answered = desk.look(move |tx, _| Ok(store::conversations::find(tx, id)?)).await?.ok_or_else(ActError::not_found)?;
                tend_conversation(desk, self.by, id, answered.version, Tending::Close(Topic::Visit)).await.map(drop)
            }
        }
    }
}
