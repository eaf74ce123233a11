//! Desk tasks: what a person must do because the bot should not or could not.
//!
//! ```text
//! open -> done(by, outcome) | void (what it was for has settled itself)
//! ```

use kernel::{ClinicId, ConversationId, DeskTaskId, PatientId, Refusal, RunId, StaffId, Timestamp, VisitId};
use serde::{Deserialize, Serialize};

use crate::actors::Actor;
use crate::happenings::Happening;

/// Whoever has not answered so often is not rung up again by themselves.
const MOST_TRIES: u32 = 3;

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct DeskTask {
    pub id: DeskTaskId,
    pub clinic: ClinicId,
    pub kind: TaskKind,
    pub patient: Option<PatientId>,
    pub visit: Option<VisitId>,
    pub conversation: Option<ConversationId>,
    /// The run that asked for it: its trace is the context.
    pub run: Option<RunId>,
    /// Why it is there: the key of a sentence in Fluent.
    pub reason: String,
    pub state: TaskState,
    pub due_at: Timestamp,
    pub created_at: Timestamp,
    /// How often somebody has rung up in vain.
    pub tries: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskKind {
    /// Ring the patient, with the script of the playbook.
    Call,
    /// Answer what the bot did not understand.
    Answer,
    /// Pain, bleeding, swelling: before everything else.
    Emergency,
    /// Choose between what the program must not choose alone.
    Decide,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "state", rename_all = "snake_case")]
pub enum TaskState {
    Open,
    Done {
        by: StaffId,
        at: Timestamp,
        outcome: TaskOutcome,
    },
    /// Fell away by itself: the visit was confirmed, moved or cancelled meanwhile.
    Void {
        at: Timestamp,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum TaskOutcome {
    Confirmed,
    Moved,
    Cancelled,
    NoAnswer,
    Settled,
}

/// What asks for a person.
#[derive(Debug, Clone, PartialEq)]
pub struct NewTask {
    pub clinic: ClinicId,
    pub kind: TaskKind,
    pub patient: Option<PatientId>,
    pub visit: Option<VisitId>,
    pub conversation: Option<ConversationId>,
    pub run: Option<RunId>,
    pub reason: String,
    pub due_at: Timestamp,
    pub tries: u32,
}

/// What stands first in the list: emergencies, then what is overdue, then what comes due, the longest waiting first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Priority(Urgency, Timestamp, DeskTaskId);

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Urgency {
    Emergency,
    Overdue,
    Ahead,
    Settled,
}

impl Priority {
    pub const fn urgency(self) -> Urgency {
        self.0
    }
}

impl DeskTask {
    pub fn open(new: NewTask, id: DeskTaskId, now: Timestamp) -> (Self, Vec<Happening>) {
        let task = Self {
            id,
            clinic: new.clinic,
            kind: new.kind,
            patient: new.patient,
            visit: new.visit,
            conversation: new.conversation,
            run: new.run,
            reason: new.reason,
            state: TaskState::Open,
            due_at: new.due_at,
            created_at: now,
            tries: new.tries,
        };
        (task, vec![Happening::TaskOpened { task: id }])
    }

    /// Somebody on the staff has done it. A second tap with the same outcome is not an error.
    pub fn done(self, outcome: TaskOutcome, by: Actor, now: Timestamp) -> Result<(Self, Vec<Happening>), Refusal> {
        let Some(by) = by.staff() else { return Err(Refusal::new("actor.not-allowed")) };
        match self.state {
            TaskState::Open => {}
            TaskState::Done { by: who, outcome: said, .. } if (who, said) == (by, outcome) => return Ok((self, vec![])),
            TaskState::Done { .. } => return Err(Refusal::new("task.already-done")),
            TaskState::Void { .. } => return Err(Refusal::new("task.fallen-away")),
        }
        let what = Happening::TaskDone { task: self.id };
        Ok((Self { state: TaskState::Done { by, at: now, outcome }, ..self }, vec![what]))
    }

    /// Nobody answered: the same once more at `due_at`. None: it was tried often enough, or it was no call.
    pub fn again(&self, due_at: Timestamp) -> Option<NewTask> {
        let tries = self.tries + 1;
        (self.kind == TaskKind::Call && tries < MOST_TRIES).then(|| NewTask {
            clinic: self.clinic,
            kind: self.kind,
            patient: self.patient,
            visit: self.visit,
            conversation: self.conversation,
            run: self.run,
            reason: self.reason.clone(),
            due_at,
            tries,
        })
    }

    /// The visit was confirmed, moved or cancelled meanwhile. What a person has done stays done.
    #[must_use]
    pub fn void(self, now: Timestamp) -> (Self, Vec<Happening>) {
        match self.state {
            TaskState::Done { .. } | TaskState::Void { .. } => (self, vec![]),
            TaskState::Open => {
                let what = Happening::TaskVoid { task: self.id };
                (Self { state: TaskState::Void { at: now }, ..self }, vec![what])
            }
        }
    }

    /// Sort by it.
    pub fn priority(&self, now: Timestamp) -> Priority {
        let urgency = match (self.state, self.kind) {
            (TaskState::Done { .. } | TaskState::Void { .. }, _) => Urgency::Settled,
            (TaskState::Open, TaskKind::Emergency) => Urgency::Emergency,
            (TaskState::Open, TaskKind::Call | TaskKind::Answer | TaskKind::Decide) if self.due_at <= now => Urgency::Overdue,
            (TaskState::Open, TaskKind::Call | TaskKind::Answer | TaskKind::Decide) => Urgency::Ahead,
        };
        Priority(urgency, self.due_at, self.id)
    }
}

impl TaskKind {
    pub const ALL: [Self; 4] = [Self::Call, Self::Answer, Self::Emergency, Self::Decide];

    /// The key of its word.
    pub fn key(self) -> String {
        format!("task-kind-{}", self.name())
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Call => "call",
            Self::Answer => "answer",
            Self::Emergency => "emergency",
            Self::Decide => "decide",
        }
    }
}

impl TaskOutcome {
    pub const ALL: [Self; 5] = [Self::Confirmed, Self::Moved, Self::Cancelled, Self::NoAnswer, Self::Settled];

    /// The key of its word.
    pub fn key(self) -> String {
        format!("task-outcome-{}", self.name().replace('_', "-"))
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Confirmed => "confirmed",
            Self::Moved => "moved",
            Self::Cancelled => "cancelled",
            Self::NoAnswer => "no_answer",
            Self::Settled => "settled",
        }
    }

    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|outcome| outcome.name() == name)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::sample::{Sample, expect_words};

    fn task(world: &mut Sample, kind: TaskKind, due_in_minutes: i64) -> DeskTask {
        let now = world.monday_nine();
        let due_at = Timestamp::from_millis(now.as_millis() + due_in_minutes * 60_000);
        let id = DeskTaskId::new(now, &mut world.chance);
        let new = NewTask {
            clinic: world.clinic.id,
            kind,
            patient: Some(world.anna.id),
            visit: None,
            conversation: None,
            run: None,
            reason: "task-reason-no-answer".to_owned(),
            due_at,
            tries: 0,
        };
        let (task, happened) = DeskTask::open(new, id, now);
        assert_eq!(happened, [Happening::TaskOpened { task: id }]);
        task
    }

    #[test]
    fn tasks_and_their_outcomes_have_words_in_every_language() {
        expect_words(TaskKind::ALL.map(TaskKind::key));
        expect_words(TaskOutcome::ALL.map(TaskOutcome::key));
        assert!(TaskOutcome::ALL.into_iter().all(|outcome| TaskOutcome::named(outcome.name()) == Some(outcome)));
    }

    #[test]
    fn the_most_urgent_task_stands_first() {
        let mut world = Sample::new();
        let now = world.monday_nine();
        let desk = world.desk_actor();
        let mut tasks = [
            ("done", task(&mut world, TaskKind::Emergency, -90).done(TaskOutcome::Settled, desk, now).unwrap().0),
            ("in an hour", task(&mut world, TaskKind::Call, 60)),
            ("due now", task(&mut world, TaskKind::Decide, 0)),
            ("late", task(&mut world, TaskKind::Answer, -30)),
            ("in five minutes", task(&mut world, TaskKind::Answer, 5)),
            ("second emergency", task(&mut world, TaskKind::Emergency, 20)),
            ("first emergency", task(&mut world, TaskKind::Emergency, 10)),
        ];
        tasks.sort_by_key(|(_, task)| task.priority(now));
        let order = tasks.map(|(name, _)| name).join(", ");
        assert_eq!(order, "first emergency, second emergency, late, due now, in five minutes, in an hour, done");
    }

    #[test]
    fn whoever_does_not_answer_is_rung_up_three_times_and_no_more() {
        let mut world = Sample::new();
        let now = world.monday_nine();
        let mut tries = 0;
        let mut call = task(&mut world, TaskKind::Call, 0);
        while let Some(again) = call.again(now + Duration::from_hours(2)) {
            tries += 1;
            assert_eq!((again.tries, again.due_at), (tries, now + Duration::from_hours(2)));
            call = DeskTask::open(again, DeskTaskId::new(now, &mut world.chance), now).0;
        }
        assert_eq!(tries, 2);
        assert_eq!(task(&mut world, TaskKind::Answer, 0).again(now), None);
    }

    #[test]
    fn every_state_of_a_task_answers_every_step() {
        let mut world = Sample::new();
        let now = world.monday_nine() + Duration::from_hours(1);
        let (kata, olga) = (world.desk_actor(), Actor::Staff { id: world.owner.id, role: world.owner.role });
        let open = task(&mut world, TaskKind::Call, 0);
        let done = open.clone().done(TaskOutcome::NoAnswer, kata, now).unwrap().0;
        let void = open.clone().void(now).0;
        for (state, given, same, other, someone_else, voided) in [
            ("open", &open, "task_done", "task_done", "task_done", Some("task_void")),
            ("done", &done, "=", "task.already-done", "task.already-done", None),
            ("void", &void, "task.fallen-away", "task.fallen-away", "task.fallen-away", None),
        ] {
            let finish = |outcome, by| match given.clone().done(outcome, by, now) {
                Ok((next, happened)) if happened.is_empty() => {
                    assert_eq!(&next, given);
                    "="
                }
                Ok((_, happened)) => happened[0].name(),
                Err(refusal) => refusal.code(),
            };
            assert_eq!(finish(TaskOutcome::NoAnswer, kata), same, "{state}");
            assert_eq!(finish(TaskOutcome::Confirmed, kata), other, "{state}");
            assert_eq!(finish(TaskOutcome::NoAnswer, olga), someone_else, "{state}");
            assert_eq!(finish(TaskOutcome::NoAnswer, Actor::Program), "actor.not-allowed", "{state}");
            assert_eq!(given.clone().void(now).1.first().map(Happening::name), voided, "{state}");
        }
    }
}
