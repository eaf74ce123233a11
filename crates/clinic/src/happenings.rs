//! What happened: the one stream that triggers playbooks, moves live pages, feeds integrations and figures,
//! and is the timeline on a patient's card. Appended in the transaction that made it true, never changed.

mod timeline;

pub use timeline::Detail;

use kernel::{
    CallId, ClinicId, ConsentId, ConversationId, DeskTaskId, HappeningId, MessageId, PatientId, RunId, StaffId, Timestamp, VisitId,
};
use serde::{Deserialize, Serialize};

use crate::actors::{Actor, Channel, Origin};
use crate::calls::Direction;
use crate::consents::Purpose;
use crate::gate::SuppressReason;
use crate::journal::CancelReason;
use crate::patients::NotTheirs;

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
    /// A person is asked whose it is.
    ContactDoubted {
        channel: Channel,
    },
    /// Somebody else reads there.
    ContactNotTheirs {
        channel: Channel,
        why: NotTheirs,
    },
    /// It is the patient's after all.
    ContactGivenBack {
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
    MessageHeld {
        conversation: ConversationId,
        message: MessageId,
        until: Timestamp,
    },
    /// A person let it go before its time.
    MessageReleased {
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
    /// A server on the way reports that it has it and cannot hand it on yet.
    MessageDelayed {
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
    ConversationAnswered {
        conversation: ConversationId,
        by: StaffId,
    },
    ConversationSnoozed {
        conversation: ConversationId,
        until: Timestamp,
    },
    ConversationReopened {
        conversation: ConversationId,
    },
    ConversationClosed {
        conversation: ConversationId,
    },
    NoteWritten {
        conversation: ConversationId,
    },
    /// Somebody was spoken with by telephone.
    CallAnswered {
        call: CallId,
        conversation: ConversationId,
        direction: Direction,
    },
    /// Nobody took a call to the clinic.
    CallMissed {
        call: CallId,
        conversation: ConversationId,
    },
    /// A call of the clinic reached nobody.
    CallUnanswered {
        call: CallId,
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
    /// What it was for has settled itself.
    TaskVoid {
        task: DeskTaskId,
    },
}

impl Happening {
    /// Every name, as scripts and the stream use them.
    pub const NAMES: [&'static str; 52] = [
        "patient_added",
        "patient_changed",
        "contact_added",
        "contact_verified",
        "contact_shared",
        "contact_regained",
        "contact_lost",
        "contact_doubted",
        "contact_not_theirs",
        "contact_given_back",
        "opted_out",
        "opted_in",
        "consent_given",
        "consent_withdrawn",
        "visit_requested",
        "visit_booked",
        "visit_confirmed",
        "visit_moved",
        "visit_cancelled",
        "visit_late",
        "visit_arrived",
        "visit_in_chair",
        "visit_completed",
        "visit_missed",
        "visit_mark_undone",
        "message_received",
        "message_queued",
        "message_held",
        "message_released",
        "message_suppressed",
        "message_accepted",
        "message_delivered",
        "message_read",
        "message_delayed",
        "message_failed",
        "message_uncertain",
        "conversation_assigned",
        "conversation_waiting",
        "conversation_answered",
        "conversation_snoozed",
        "conversation_reopened",
        "conversation_closed",
        "note_written",
        "call_answered",
        "call_missed",
        "call_unanswered",
        "run_started",
        "run_ended",
        "handed_over",
        "task_opened",
        "task_done",
        "task_void",
    ];

    /// Its name for ever.
    pub const fn name(&self) -> &'static str {
        match self {
            Self::PatientAdded => "patient_added",
            Self::PatientChanged { .. } => "patient_changed",
            Self::ContactAdded { .. } => "contact_added",
            Self::ContactVerified { .. } => "contact_verified",
            Self::ContactShared { .. } => "contact_shared",
            Self::ContactRegained { .. } => "contact_regained",
            Self::ContactLost { .. } => "contact_lost",
            Self::ContactDoubted { .. } => "contact_doubted",
            Self::ContactNotTheirs { .. } => "contact_not_theirs",
            Self::ContactGivenBack { .. } => "contact_given_back",
            Self::OptedOut { .. } => "opted_out",
            Self::OptedIn { .. } => "opted_in",
            Self::ConsentGiven { .. } => "consent_given",
            Self::ConsentWithdrawn { .. } => "consent_withdrawn",
            Self::VisitRequested { .. } => "visit_requested",
            Self::VisitBooked { .. } => "visit_booked",
            Self::VisitConfirmed { .. } => "visit_confirmed",
            Self::VisitMoved { .. } => "visit_moved",
            Self::VisitCancelled { .. } => "visit_cancelled",
            Self::VisitLate { .. } => "visit_late",
            Self::VisitArrived { .. } => "visit_arrived",
            Self::VisitInChair { .. } => "visit_in_chair",
            Self::VisitCompleted { .. } => "visit_completed",
            Self::VisitMissed { .. } => "visit_missed",
            Self::VisitMarkUndone { .. } => "visit_mark_undone",
            Self::MessageReceived { .. } => "message_received",
            Self::MessageQueued { .. } => "message_queued",
            Self::MessageHeld { .. } => "message_held",
            Self::MessageReleased { .. } => "message_released",
            Self::MessageSuppressed { .. } => "message_suppressed",
            Self::MessageAccepted { .. } => "message_accepted",
            Self::MessageDelivered { .. } => "message_delivered",
            Self::MessageRead { .. } => "message_read",
            Self::MessageDelayed { .. } => "message_delayed",
            Self::MessageFailed { .. } => "message_failed",
            Self::MessageUncertain { .. } => "message_uncertain",
            Self::ConversationAssigned { .. } => "conversation_assigned",
            Self::ConversationWaiting { .. } => "conversation_waiting",
            Self::ConversationAnswered { .. } => "conversation_answered",
            Self::ConversationSnoozed { .. } => "conversation_snoozed",
            Self::ConversationReopened { .. } => "conversation_reopened",
            Self::ConversationClosed { .. } => "conversation_closed",
            Self::NoteWritten { .. } => "note_written",
            Self::CallAnswered { .. } => "call_answered",
            Self::CallMissed { .. } => "call_missed",
            Self::CallUnanswered { .. } => "call_unanswered",
            Self::RunStarted { .. } => "run_started",
            Self::RunEnded { .. } => "run_ended",
            Self::HandedOver { .. } => "handed_over",
            Self::TaskOpened { .. } => "task_opened",
            Self::TaskDone { .. } => "task_done",
            Self::TaskVoid { .. } => "task_void",
        }
    }

    /// The visit it is about.
    pub const fn visit(&self) -> Option<VisitId> {
        match self {
            Self::VisitRequested { visit, .. }
            | Self::VisitBooked { visit, .. }
            | Self::VisitConfirmed { visit }
            | Self::VisitMoved { visit, .. }
            | Self::VisitCancelled { visit, .. }
            | Self::VisitLate { visit, .. }
            | Self::VisitArrived { visit }
            | Self::VisitInChair { visit }
            | Self::VisitCompleted { visit }
            | Self::VisitMissed { visit }
            | Self::VisitMarkUndone { visit } => Some(*visit),
            Self::PatientAdded
            | Self::PatientChanged { .. }
            | Self::ContactAdded { .. }
            | Self::ContactVerified { .. }
            | Self::ContactShared { .. }
            | Self::ContactRegained { .. }
            | Self::ContactLost { .. }
            | Self::ContactDoubted { .. }
            | Self::ContactNotTheirs { .. }
            | Self::ContactGivenBack { .. }
            | Self::OptedOut { .. }
            | Self::OptedIn { .. }
            | Self::ConsentGiven { .. }
            | Self::ConsentWithdrawn { .. }
            | Self::MessageReceived { .. }
            | Self::MessageQueued { .. }
            | Self::MessageHeld { .. }
            | Self::MessageReleased { .. }
            | Self::MessageSuppressed { .. }
            | Self::MessageAccepted { .. }
            | Self::MessageDelivered { .. }
            | Self::MessageRead { .. }
            | Self::MessageDelayed { .. }
            | Self::MessageFailed { .. }
            | Self::MessageUncertain { .. }
            | Self::ConversationAssigned { .. }
            | Self::ConversationWaiting { .. }
            | Self::ConversationAnswered { .. }
            | Self::ConversationSnoozed { .. }
            | Self::ConversationReopened { .. }
            | Self::ConversationClosed { .. }
            | Self::NoteWritten { .. }
            | Self::CallAnswered { .. }
            | Self::CallMissed { .. }
            | Self::CallUnanswered { .. }
            | Self::RunStarted { .. }
            | Self::RunEnded { .. }
            | Self::HandedOver { .. }
            | Self::TaskOpened { .. }
            | Self::TaskDone { .. }
            | Self::TaskVoid { .. } => None,
        }
    }

    /// The telephone call it is about.
    pub const fn call(&self) -> Option<CallId> {
        if let Self::CallAnswered { call, .. } | Self::CallMissed { call, .. } | Self::CallUnanswered { call, .. } = self {
            Some(*call)
        } else {
            None
        }
    }

    /// The thread it belongs to.
    pub const fn conversation(&self) -> Option<ConversationId> {
        match self {
            Self::MessageReceived { conversation, .. }
            | Self::MessageQueued { conversation, .. }
            | Self::MessageHeld { conversation, .. }
            | Self::MessageReleased { conversation, .. }
            | Self::MessageSuppressed { conversation, .. }
            | Self::MessageAccepted { conversation, .. }
            | Self::MessageDelivered { conversation, .. }
            | Self::MessageRead { conversation, .. }
            | Self::MessageDelayed { conversation, .. }
            | Self::MessageFailed { conversation, .. }
            | Self::MessageUncertain { conversation, .. }
            | Self::ConversationAssigned { conversation, .. }
            | Self::ConversationWaiting { conversation }
            | Self::ConversationAnswered { conversation, .. }
            | Self::ConversationSnoozed { conversation, .. }
            | Self::ConversationReopened { conversation }
            | Self::ConversationClosed { conversation }
            | Self::NoteWritten { conversation }
            | Self::CallAnswered { conversation, .. }
            | Self::CallMissed { conversation, .. }
            | Self::CallUnanswered { conversation, .. } => Some(*conversation),
            Self::PatientAdded
            | Self::PatientChanged { .. }
            | Self::ContactAdded { .. }
            | Self::ContactVerified { .. }
            | Self::ContactShared { .. }
            | Self::ContactRegained { .. }
            | Self::ContactLost { .. }
            | Self::ContactDoubted { .. }
            | Self::ContactNotTheirs { .. }
            | Self::ContactGivenBack { .. }
            | Self::OptedOut { .. }
            | Self::OptedIn { .. }
            | Self::ConsentGiven { .. }
            | Self::ConsentWithdrawn { .. }
            | Self::VisitRequested { .. }
            | Self::VisitBooked { .. }
            | Self::VisitConfirmed { .. }
            | Self::VisitMoved { .. }
            | Self::VisitCancelled { .. }
            | Self::VisitLate { .. }
            | Self::VisitArrived { .. }
            | Self::VisitInChair { .. }
            | Self::VisitCompleted { .. }
            | Self::VisitMissed { .. }
            | Self::VisitMarkUndone { .. }
            | Self::RunStarted { .. }
            | Self::RunEnded { .. }
            | Self::HandedOver { .. }
            | Self::TaskOpened { .. }
            | Self::TaskDone { .. }
            | Self::TaskVoid { .. } => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_name_of_a_happening_is_the_tag_that_it_is_kept_under() {
        for happening in [Happening::PatientAdded, Happening::ContactLost { channel: Channel::Telegram }] {
            let kept = serde_json::to_value(&happening).unwrap();
            assert_eq!(kept["what"], happening.name());
            assert!(Happening::NAMES.contains(&happening.name()));
        }
    }
}
