//! A happening as a line of the patient's timeline: the key of its sentence, and what the sentence names.
//!
//! The sentence stands in Fluent under `timeline-<name>`. Who did it and through what is said beside it.

use kernel::{StaffId, Timestamp};

use super::Happening;
use crate::actors::Channel;

/// What a sentence names. The page writes it in the reader's language, zone and digits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detail {
    At(Timestamp),
    Number(u32),
    /// Keys of words in Fluent, to be said as a list.
    Words(Vec<String>),
    Staff(StaffId),
    /// The name of a script: its title is the playbooks' to say.
    Playbook(String),
}

impl Happening {
    /// The key of its sentence.
    pub fn key(&self) -> String {
        format!("timeline-{}", self.name().replace('_', "-"))
    }

    /// What the sentence names, by the placeholders of its text.
    pub fn details(&self) -> Vec<(&'static str, Detail)> {
        match self {
            Self::PatientChanged { fields } => {
                let words = fields.iter().map(|field| format!("patient-field-{}", field.replace('_', "-")));
                vec![("fields", Detail::Words(words.collect()))]
            }
            Self::ContactAdded { channel }
            | Self::ContactVerified { channel }
            | Self::ContactShared { channel }
            | Self::ContactRegained { channel }
            | Self::ContactLost { channel }
            | Self::ContactDoubted { channel }
            | Self::ContactGivenBack { channel }
            | Self::OptedOut { channel }
            | Self::OptedIn { channel } => vec![("channel", word_of(*channel))],
            Self::ContactNotTheirs { channel, why } => {
                vec![("channel", word_of(*channel)), ("why", Detail::Words(vec![why.key().to_owned()]))]
            }
            Self::ConsentGiven { purpose, .. } | Self::ConsentWithdrawn { purpose, .. } => {
                vec![("purpose", Detail::Words(vec![purpose.key()]))]
            }
            Self::VisitRequested { starts_at, .. } | Self::VisitBooked { starts_at, .. } => vec![("at", Detail::At(*starts_at))],
            Self::VisitMoved { from_at, to_at, .. } => vec![("from", Detail::At(*from_at)), ("to", Detail::At(*to_at))],
            Self::VisitCancelled { reason, .. } => vec![("reason", Detail::Words(vec![reason.key()]))],
            Self::VisitLate { minutes, .. } => vec![("minutes", Detail::Number(*minutes))],
            Self::ConversationAssigned { to, .. } => vec![("staff", Detail::Staff(*to))],
            Self::ConversationAnswered { by, .. } => vec![("staff", Detail::Staff(*by))],
            Self::MessageHeld { until, .. } | Self::ConversationSnoozed { until, .. } => vec![("until", Detail::At(*until))],
            Self::CallAnswered { direction, .. } => vec![("direction", Detail::Words(vec![direction.key()]))],
            Self::RunStarted { playbook, .. } | Self::RunEnded { playbook, .. } => {
                vec![("playbook", Detail::Playbook(playbook.clone()))]
            }
            Self::PatientAdded
            | Self::VisitConfirmed { .. }
            | Self::VisitArrived { .. }
            | Self::VisitInChair { .. }
            | Self::VisitCompleted { .. }
            | Self::VisitMissed { .. }
            | Self::VisitMarkUndone { .. }
            | Self::MessageReceived { .. }
            | Self::MessageQueued { .. }
            | Self::MessageReleased { .. }
            | Self::MessageSuppressed { .. }
            | Self::MessageAccepted { .. }
            | Self::MessageDelivered { .. }
            | Self::MessageRead { .. }
            | Self::MessageDelayed { .. }
            | Self::MessageFailed { .. }
            | Self::MessageUncertain { .. }
            | Self::ConversationWaiting { .. }
            | Self::ConversationReopened { .. }
            | Self::ConversationClosed { .. }
            | Self::NoteWritten { .. }
            | Self::CallMissed { .. }
            | Self::CallUnanswered { .. }
            | Self::HandedOver { .. }
            | Self::TaskOpened { .. }
            | Self::TaskDone { .. }
            | Self::TaskVoid { .. } => vec![],
        }
    }
}

fn word_of(channel: Channel) -> Detail {
    Detail::Words(vec![format!("channel-{}", channel.name())])
}

#[cfg(test)]
mod tests {
    use kernel::{Arg, CallId, Chance, ConsentId, ConversationId, DeskTaskId, Locale, MessageId, RunId, VisitId};

    use super::*;
    use crate::calls::Direction;
    use crate::consents::Purpose;
    use crate::gate::SuppressReason;
    use crate::journal::CancelReason;
    use crate::patients::NotTheirs;
    use crate::texts::Phrasebook;

    /// One of each, in the order of [`Happening::NAMES`].
    fn all() -> Vec<Happening> {
        let at = Timestamp::from_seconds(1_795_000_000);
        let chance = &mut Chance::from_seed(9);
        let (channel, purpose, consent) = (Channel::Telegram, Purpose::Photos, ConsentId::new(at, chance));
        let (visit, to) = (VisitId::new(at, chance), VisitId::new(at, chance));
        let (conversation, message) = (ConversationId::new(at, chance), MessageId::new(at, chance));
        let call = CallId::new(at, chance);
        let (run, task, staff) = (RunId::new(at, chance), DeskTaskId::new(at, chance), StaffId::new(at, chance));
        let (playbook, reason) = ("visit-reminder".to_owned(), SuppressReason::Stale);
        vec![
            Happening::PatientAdded,
            Happening::PatientChanged { fields: vec!["born_on".to_owned(), "name".to_owned()] },
            Happening::ContactAdded { channel },
            Happening::ContactVerified { channel },
            Happening::ContactShared { channel },
            Happening::ContactRegained { channel },
            Happening::ContactLost { channel },
            Happening::ContactDoubted { channel },
            Happening::ContactNotTheirs { channel, why: NotTheirs::WrongPerson },
            Happening::ContactGivenBack { channel },
            Happening::OptedOut { channel },
            Happening::OptedIn { channel },
            Happening::ConsentGiven { consent, purpose },
            Happening::ConsentWithdrawn { consent, purpose },
            Happening::VisitRequested { visit, starts_at: at },
            Happening::VisitBooked { visit, starts_at: at },
            Happening::VisitConfirmed { visit },
            Happening::VisitMoved { visit, to, from_at: at, to_at: at },
            Happening::VisitCancelled { visit, reason: CancelReason::Unwell },
            Happening::VisitLate { visit, minutes: 5 },
            Happening::VisitArrived { visit },
            Happening::VisitInChair { visit },
            Happening::VisitCompleted { visit },
            Happening::VisitMissed { visit },
            Happening::VisitMarkUndone { visit },
            Happening::MessageReceived { conversation, message },
            Happening::MessageQueued { conversation, message },
            Happening::MessageHeld { conversation, message, until: at },
            Happening::MessageReleased { conversation, message },
            Happening::MessageSuppressed { conversation, message, reason },
            Happening::MessageAccepted { conversation, message },
            Happening::MessageDelivered { conversation, message },
            Happening::MessageRead { conversation, message },
            Happening::MessageDelayed { conversation, message },
            Happening::MessageFailed { conversation, message },
            Happening::MessageUncertain { conversation, message },
            Happening::ConversationAssigned { conversation, to: staff },
            Happening::ConversationWaiting { conversation },
            Happening::ConversationAnswered { conversation, by: staff },
            Happening::ConversationSnoozed { conversation, until: at },
            Happening::ConversationReopened { conversation },
            Happening::ConversationClosed { conversation },
            Happening::NoteWritten { conversation },
            Happening::CallAnswered { call, conversation, direction: Direction::In },
            Happening::CallMissed { call, conversation },
            Happening::CallUnanswered { call, conversation },
            Happening::RunStarted { run, playbook: playbook.clone() },
            Happening::RunEnded { run, playbook, outcome: "confirmed".to_owned() },
            Happening::HandedOver { run, task },
            Happening::TaskOpened { task },
            Happening::TaskDone { task },
            Happening::TaskVoid { task },
        ]
    }

    fn told(happening: &Happening, locale: Locale) -> String {
        let book = Phrasebook::of(locale);
        let details = happening.details().into_iter().map(|(name, detail)| {
            let arg = match detail {
                Detail::Number(number) => Arg::from(number),
                Detail::Words(keys) => Arg::from(keys.iter().map(|key| book.say_plain(key, &[])).collect::<Vec<_>>().join(", ")),
                Detail::At(at) => Arg::from(at.to_string()),
                Detail::Staff(_) => Arg::from("Kata"),
                Detail::Playbook(name) => Arg::from(name),
            };
            (name, arg)
        });
        book.say_plain(&happening.key(), &details.collect::<Vec<_>>())
    }

    #[test]
    fn every_happening_is_told_in_every_language() {
        let all = all();
        assert_eq!(all.iter().map(Happening::name).collect::<Vec<_>>(), Happening::NAMES);
        for happening in &all {
            for locale in Locale::ALL {
                let line = told(happening, locale);
                assert!(!line.contains(['{', '}', '⟨']), "{locale}: {line}");
            }
            assert_eq!(serde_json::to_value(happening).unwrap()["what"], happening.name());
        }
    }

    #[test]
    fn a_line_names_what_changed() {
        let all = all();
        let told = |name: &str, locale| told(all.iter().find(|happening| happening.name() == name).unwrap(), locale);
        assert_eq!(told("patient_changed", Locale::En), "Card changed: birthday, name");
        assert_eq!(told("visit_cancelled", Locale::Hu), "Időpont lemondva: betegség");
        assert_eq!(told("visit_late", Locale::Ru), "Опоздает на 5 минут");
        assert_eq!(told("opted_out", Locale::Fa), "خواست دیگر پیامی نگیرد: تلگرام");
        assert_eq!(told("visit_moved", Locale::En), "Visit moved from 2026-11-18T11:06:40Z to 2026-11-18T11:06:40Z");
    }
}
