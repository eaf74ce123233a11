//! The one thread of a reader, made when there is something to say for the first time, and the links patients hold.

use std::fmt::Write;
use std::time::Duration;

use kernel::{ConversationId, PatientId};
use sha2::{Digest, Sha256};

use clinic::actors::Channel;
use clinic::clinics::Clinic;
use clinic::conversations::{Conversation, Counterpart, Urgency};
use clinic::journal::Visit;
use clinic::patients::Patient;
use store::links::{Link, LinkPurpose};

use crate::{Act, ActError};

/// A link to a visit works until a day after it; one to connect a messenger for a month.
const AFTER_VISIT: Duration = Duration::from_hours(24);
const MONTH: Duration = Duration::from_hours(30 * 24);

impl Act<'_, '_> {
    pub(crate) fn conversation_with(&mut self, reader: &Patient) -> Result<Conversation, ActError> {
        match store::conversations::of_patient(self.tx, reader.id)? {
            Some(conversation) => Ok(conversation),
            None => self.begin_conversation(reader.clinic, Counterpart::Patient(reader.id)),
        }
    }

    pub(crate) fn begin_conversation(&mut self, clinic: kernel::ClinicId, with: Counterpart) -> Result<Conversation, ActError> {
        let id = ConversationId::new(self.now, &mut self.chance);
        let conversation = Conversation::begin(id, clinic, with, self.now);
        store::conversations::add(self.tx, &conversation)?;
        Ok(conversation)
    }

    /// It is known who somebody unknown is: what they said becomes part of the reader's one thread. Whoever waited still
    /// waits, since then, and whoever has that thread open is told that it has changed.
    pub(crate) fn join_threads(&mut self, unknown: Conversation, reader: PatientId) -> Result<Conversation, ActError> {
        let from = unknown.id;
        let joined = if let Some(own) = store::conversations::of_patient(self.tx, reader)? {
            store::conversations::join(self.tx, from, own.id)?;
            let before = own.version;
            let (own, what) = own.take_in(&unknown);
            self.keep_conversation(before, &own, what)?;
            own
        } else {
            let before = unknown.version;
            let (known, what) = unknown.identify(reader, self.by)?;
            self.keep_conversation(before, &known, what)?;
            known
        };
        self.tx.touch(format!("conversation:{}", joined.id));
        self.tx.touch(format!("conversation:{from}"));
        self.tx.touch("inbox");
        Ok(joined)
    }

    /// It is a person's turn.
    pub(crate) fn wait_for_a_person(&mut self, conversation: Conversation, urgency: Urgency) -> Result<Conversation, ActError> {
        let before = conversation.version;
        let (conversation, what) = conversation.waits(urgency, self.now);
        self.keep_conversation(before, &conversation, what)?;
        Ok(conversation)
    }

    pub(crate) fn keep_conversation(
        &mut self,
        before: i64,
        conversation: &Conversation,
        what: Vec<clinic::happenings::Happening>,
    ) -> Result<(), ActError> {
        if conversation.version != before {
            store::conversations::change(self.tx, conversation, before)?;
        }
        let patient = match &conversation.with {
            Counterpart::Patient(patient) => Some(*patient),
            Counterpart::Unknown { .. } => None,
        };
        self.happened(conversation.clinic, patient, what);
        Ok(())
    }

    /// A link to a page of ours, where the clinic has an address that patients can reach.
    pub(crate) fn link(
        &mut self,
        clinic: &Clinic,
        patient: &Patient,
        purpose: LinkPurpose,
        visit: Option<&Visit>,
    ) -> Result<Option<String>, ActError> {
        let Some(base) = clinic.public_url.as_deref() else { return Ok(None) };
        let token = self.token(patient, purpose, visit, None)?;
        let page = match purpose {
            LinkPurpose::Visit => "visit",
            LinkPurpose::Connect | LinkPurpose::Code => "connect",
            LinkPurpose::Unsubscribe => "unsubscribe",
        };
        Ok(Some(format!("{}/{page}/{token}", base.trim_end_matches('/'))))
    }

    /// A token for one purpose; only its hash is kept.
    pub(crate) fn token(
        &mut self,
        patient: &Patient,
        purpose: LinkPurpose,
        visit: Option<&Visit>,
        channel: Option<Channel>,
    ) -> Result<String, ActError> {
        let token = self.chance.token();
        let expires_at = visit.map_or(self.now + MONTH, |visit| visit.ends_at.max(self.now) + AFTER_VISIT);
        let link = Link { purpose, patient: patient.id, chain: visit.map(|visit| visit.chain), channel, expires_at, used_at: None };
        store::links::add(self.tx, &token_hash(&token), &link, self.now)?;
        Ok(token)
    }
}

/// What is kept of a token: its SHA-256 in hex.
pub fn token_hash(token: &str) -> String {
    let digest = Sha256::digest(token.as_bytes());
    digest.iter().fold(String::with_capacity(64), |mut text, byte| {
        write!(text, "{byte:02x}").expect("writing to a string");
        text
    })
}
