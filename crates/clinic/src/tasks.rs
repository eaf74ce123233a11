//! Desk tasks: what a person must do because the bot should not or could not.

use kernel::{ClinicId, ConversationId, DeskTaskId, PatientId, RunId, StaffId, Timestamp, VisitId};
use serde::{Deserialize, Serialize};

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
