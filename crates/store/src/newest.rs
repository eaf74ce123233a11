//! The newest cards of a clinic with all that the gate asks of them, and what was lately said: enough to count by, and never
//! more than so many, however many there are.

use std::collections::BTreeMap;

use kernel::{ClinicId, MessageId, PatientId, Timestamp};

use clinic::consents::Consent;
use clinic::outbox::Outbound;
use clinic::patients::{ContactPoint, Patient};

use crate::{StoreError, Tx, Value};

const CARDS: &str = "SELECT id, clinic_id, given, family, locale, born_on, guardian_id, zone, preferred_channel, bots, standing, note,
    external_key, created_at FROM patients WHERE clinic_id = $1 ORDER BY id DESC LIMIT $2";
const GUARDIANS: &str = "SELECT id, clinic_id, given, family, locale, born_on, guardian_id, zone, preferred_channel, bots, standing, note,
    external_key, created_at FROM patients WHERE id IN (SELECT guardian_id
    FROM (SELECT guardian_id FROM patients WHERE clinic_id = $1 ORDER BY id DESC LIMIT $2) AS newest
    WHERE guardian_id IS NOT NULL) ORDER BY id";
const CONTACTS: &str = "SELECT id, patient_id, address, sureness, state, last_inbound_at, called, created_at
    FROM contact_points WHERE patient_id IN (SELECT COALESCE(guardian_id, id)
    FROM (SELECT id, guardian_id FROM patients WHERE clinic_id = $1 ORDER BY id DESC LIMIT $2) AS newest)
    ORDER BY patient_id, created_at, id";
const CONSENTS: &str = "SELECT id, patient_id, purpose, channel, wording, locale, given_by, through, proof, given_at, withdrawn_at
    FROM consents WHERE patient_id IN (SELECT id
    FROM (SELECT id FROM patients WHERE clinic_id = $1 ORDER BY id DESC LIMIT $2) AS newest)
    ORDER BY patient_id, given_at, id";
const SAID: &str = "SELECT id, conversation_id, message, words FROM outbound JOIN outbound_words ON message_id = id
    WHERE clinic_id = $1 AND id >= $2 ORDER BY id DESC LIMIT $3";

/// The newest first.
#[derive(Debug, Default)]
pub struct Newest {
    pub cards: Vec<Patient>,
    /// Of those who speak for one of them.
    pub guardians: BTreeMap<PatientId, Patient>,
    pub contacts: BTreeMap<PatientId, Vec<ContactPoint>>,
    pub consents: BTreeMap<PatientId, Vec<Consent>>,
}

impl Newest {
    /// Who reads what is said about somebody. None: the guardian's card is gone.
    pub fn reader<'a>(&'a self, about: &'a Patient) -> Option<&'a Patient> {
        about.guardian.map_or(Some(about), |guardian| self.guardians.get(&guardian))
    }
}

pub fn cards(tx: &mut Tx<'_>, clinic: ClinicId, most: u32) -> Result<Newest, StoreError> {
    let which = [Value::text(clinic), most.into()];
    let mut newest = Newest { cards: tx.query(CARDS, &which, crate::patients::read)?, ..Newest::default() };
    newest.guardians = tx.query(GUARDIANS, &which, crate::patients::read)?.into_iter().map(|guardian| (guardian.id, guardian)).collect();
    for contact in tx.query(CONTACTS, &which, crate::patients::read_contact)? {
        newest.contacts.entry(contact.patient).or_default().push(contact);
    }
    for consent in tx.query(CONSENTS, &which, crate::patients::read_consent)? {
        newest.consents.entry(consent.patient).or_default().push(consent);
    }
    Ok(newest)
}

/// What a clinic has said since an instant, the newest first.
pub fn said(tx: &mut Tx<'_>, clinic: ClinicId, since: Timestamp, most: u32) -> Result<Vec<Outbound>, StoreError> {
    tx.query(SAID, &[Value::text(clinic), Value::text(MessageId::earliest(since)), most.into()], crate::outbound::read)
}
