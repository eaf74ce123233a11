//! The link under every mail that ends the mails, with one click and no questions (RFC 8058).

use kernel::{Scheme, Timestamp};

use clinic::actors::{Actor, Origin};
use clinic::clinics::Clinic;
use clinic::patients::{ContactState, Patient};
use store::Tx;
use store::links::LinkPurpose;

use crate::bot::facts;
use crate::bot::threads::token_hash;
use crate::{ActError, Desk};

/// What the page shows.
#[derive(Debug, Clone)]
pub struct UnsubscribePage {
    pub clinic: Clinic,
    pub patient: Patient,
    pub mails: Mails,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Mails {
    Come,
    HaveEnded,
}

/// Changes nothing: mail programs open links before people do.
pub async fn open_unsubscribe_page(desk: &Desk, token: String) -> Result<UnsubscribePage, ActError> {
    desk.look(move |tx, now| {
        let patient = reader(tx, &token, now)?;
        let clinic = facts::clinic(tx, patient.clinic)?;
        let open = store::patients::contacts(tx, patient.id)?.into_iter().any(|contact| {
            contact.address.scheme() == Scheme::Mailto
                && !matches!(contact.state, ContactState::OptedOut { .. } | ContactState::NotTheirs { .. })
        });
        Ok(UnsubscribePage { clinic, patient, mails: if open { Mails::Come } else { Mails::HaveEnded } })
    })
    .await
}

/// Ends the mails to every address of whoever reads them. A second time changes nothing.
pub async fn unsubscribe(desk: &Desk, token: String) -> Result<(), ActError> {
    let asked = token.clone();
    let reader = desk.look(move |tx, now| reader(tx, &asked, now)).await?;
    desk.act(Actor::Patient(reader.id), Origin::VisitPage, move |act| {
        for contact in store::patients::contacts(act.tx, reader.id)? {
            if contact.address.scheme() != Scheme::Mailto {
                continue;
            }
            let (contact, what) = contact.opt_out(act.now);
            store::patients::save_contact(act.tx, &contact)?;
            act.happened(reader.clinic, Some(reader.id), what);
        }
        Ok(())
    })
    .await
}

fn reader(tx: &mut Tx<'_>, token: &str, now: Timestamp) -> Result<Patient, ActError> {
    let link = store::links::find(tx, &token_hash(token))?
        .filter(|link| link.purpose == LinkPurpose::Unsubscribe && link.expires_at > now)
        .ok_or_else(ActError::not_found)?;
    let patient = facts::patient(tx, link.patient)?;
    facts::recipient(tx, &patient)
}
