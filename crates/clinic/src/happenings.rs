//! What happened: the one stream that triggers playbooks, moves live pages, feeds integrations and figures,
//! and is the timeline on a patient's card. Appended in the transaction that made it true, never changed.

use kernel::{ClinicId, ConsentId, ConversationId, DeskTaskId, HappeningId, MessageId, PatientId, RunId, StaffId, Timestamp, VisitId};
use serde::{Deserialize, Serialize};

use crate::actors::{Actor, Channel, Origin};
use crate::consents::Purpose;
use crate::gate::SuppressReason;
use crate::journal::CancelReason;

/// One fact with who, when and through what.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Recorded {
    pub id: HappeningId,
    pub at: Timestamp,
    pub by: Actor,
    pub through: Origin,
    pub clinic: ClinicId,
    pub patient: Option<PatientId>,
    pub what: Happening,
}

#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(tag = "what", rename_all = "snake_case")]
pub enum Happening {
    PatientAdded,
    PatientChanged {
        fields: Vec<String>,
    },
    ContactAdded {
        channel: Channel,
    },
    ContactVerified {
        channel: Channel,
    },
    /// Known to be used by several people.
    ContactShared {
        channel: Channel,
    },
    ContactRegained {
        channel: Channel,
    },
    ContactLost {
        channel: Channel,
    },
    OptedOut {
        channel: Channel,
    },
    OptedIn {
        channel: Channel,
    },
    ConsentGiven {
        consent: ConsentId,
        purpose: Purpose,
    },
    ConsentWithdrawn {
        consent: ConsentId,
        purpose: Purpose,
    },
    VisitRequested {
        visit: VisitId,
        starts_at: Timestamp,
    },
    VisitBooked {
        visit: VisitId,
        starts_at: Timestamp,
    },
    VisitConfirmed {
        visit: VisitId,
    },
    VisitMoved {
        visit: VisitId,
        to: VisitId,
        from_at: Timestamp,
        to_at: Timestamp,
    },
    VisitCancelled {
        visit: VisitId,
        reason: CancelReason,
    },
    VisitLate {
        visit: VisitId,
        minutes: u32,
    },
    VisitArrived {
        visit: VisitId,
    },
    VisitInChair {
        visit: VisitId,
    },
    VisitCompleted {
        visit: VisitId,
    },
    VisitMissed {
        visit: VisitId,
    },
    /// A mark of arrived, in chair, completed or no-show was a slip and has been taken back.
    VisitMarkUndone {
        visit: VisitId,
    },
    MessageReceived {
        conversation: ConversationId,
        message: MessageId,
    },
    MessageQueued {
        conversation: ConversationId,
        message: MessageId,
    },
    MessageSuppressed {
        conversation: ConversationId,
        message: MessageId,
        reason: SuppressReason,
    },
    MessageAccepted {
        conversation: ConversationId,
        message: MessageId,
    },
    MessageDelivered {
        conversation: ConversationId,
        message: MessageId,
    },
    MessageRead {
        conversation: ConversationId,
        message: MessageId,
    },
    MessageFailed {
        conversation: ConversationId,
        message: MessageId,
    },
    MessageUncertain {
        conversation: ConversationId,
        message: MessageId,
    },
    ConversationAssigned {
        conversation: ConversationId,
        to: StaffId,
    },
    ConversationWaiting {
        conversation: ConversationId,
    },
    ConversationClosed {
        conversation: ConversationId,
    },
    NoteWritten {
        conversation: ConversationId,
    },
    RunStarted {
        run: RunId,
        playbook: String,
    },
    RunEnded {
        run: RunId,
        playbook: String,
        outcome: String,
    },
    HandedOver {
        run: RunId,
        task: DeskTaskId,
    },
    TaskOpened {
        task: DeskTaskId,
    },
    TaskDone {
        task: DeskTaskId,
    },
}
