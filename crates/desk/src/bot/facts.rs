//! What is true at this moment about a patient, a visit and their clinic.

use std::time::Duration;

use kernel::{ClinicId, OpenDays, PatientId, ServiceId, StaffId, Timestamp, VisitId};
use store::Tx;

use clinic::clinics::Clinic;
use clinic::consents::Consent;
use clinic::journal::Visit;
use clinic::patients::{ContactPoint, Patient};
use clinic::services::Service;
use clinic::staff::StaffMember;

use crate::ActError;

const YEAR: Duration = Duration::from_hours(365 * 24);
/// A day that nothing follows can slip by this much.
const MOST_SLACK: u32 = 120;

pub(crate) fn clinic(tx: &mut Tx<'_>, id: ClinicId) -> Result<Clinic, ActError> {
    store::clinics::clinic(tx, id)?.ok_or_else(ActError::not_found)
}

/// Everything that the gate asks about the people of one message.
pub(crate) struct Card {
    /// Of the reader, and of whom it is about.
    pub versions: Versions,
    pub reader: Patient,
    /// None: about the reader.
    pub about: Option<Patient>,
    /// Where the reader can be reached.
    pub contacts: Vec<ContactPoint>,
    /// What was permitted for whom it is about.
    pub consents: Vec<Consent>,
}

pub(crate) type Versions = (i64, i64);

/// Who reads, and about whom.
pub(crate) type Whose = (PatientId, PatientId);

pub(crate) fn card(tx: &mut Tx<'_>, (reader, about): Whose) -> Result<Card, ActError> {
    Ok(Card {
        versions: (version(tx, reader)?, version(tx, about)?),
        reader: patient(tx, reader)?,
        about: if about == reader { None } else { Some(patient(tx, about)?) },
        contacts: store::patients::contacts(tx, reader)?,
        consents: store::patients::consents(tx, about)?,
    })
}

impl Card {
    pub(crate) const fn whose(&self) -> Whose {
        (self.reader.id, self.about().id)
    }

    pub(crate) const fn about(&self) -> &Patient {
        match &self.about {
            Some(about) => about,
            None => &self.reader,
        }
    }
}

pub(crate) fn patient(tx: &mut Tx<'_>, id: PatientId) -> Result<Patient, ActError> {
    store::patients::find(tx, id)?.ok_or_else(ActError::not_found)
}

fn version(tx: &mut Tx<'_>, id: PatientId) -> Result<i64, ActError> {
    store::patients::version(tx, id)?.ok_or_else(ActError::not_found)
}

pub(crate) fn visit(tx: &mut Tx<'_>, id: VisitId) -> Result<Visit, ActError> {
    store::visits::find(tx, id)?.ok_or_else(ActError::not_found)
}

pub(crate) fn service(tx: &mut Tx<'_>, id: ServiceId) -> Result<Service, ActError> {
    store::clinics::service(tx, id)?.ok_or_else(ActError::not_found)
}

pub(crate) fn staff(tx: &mut Tx<'_>, id: StaffId) -> Result<StaffMember, ActError> {
    store::staff::find(tx, id)?.ok_or_else(ActError::not_found)
}

/// Who reads what is said about a patient: a child's guardian.
pub(crate) fn recipient(tx: &mut Tx<'_>, about: &Patient) -> Result<Patient, ActError> {
    match about.guardian {
        Some(guardian) => patient(tx, guardian),
        None => Ok(about.clone()),
    }
}

/// The whole family that one person reads for, themselves first.
pub(crate) fn household(tx: &mut Tx<'_>, about: &Patient) -> Result<Vec<PatientId>, ActError> {
    let head = about.guardian.unwrap_or(about.id);
    let mut family = vec![head];
    family.extend(store::patients::wards(tx, head)?);
    Ok(family)
}

pub(crate) fn open_days(clinic: &Clinic) -> OpenDays<'_> {
    OpenDays { hours: &clinic.hours, exceptions: &clinic.exceptions, zone: &clinic.zone }
}

/// By when a person answers what is asked now.
pub(crate) fn answered_by(clinic: &Clinic, now: Timestamp) -> Timestamp {
    open_days(clinic).add_open(now, Duration::from_mins(15)).unwrap_or(now + Duration::from_hours(24))
}

pub(crate) fn missed(tx: &mut Tx<'_>, patient: PatientId, now: Timestamp) -> Result<u32, ActError> {
    Ok(store::visits::missed_since(tx, patient, now - YEAR)?)
}

/// Minutes by which the provider's day can slip after a visit.
pub(crate) fn slack(tx: &mut Tx<'_>, visit: &Visit) -> Result<u32, ActError> {
    let horizon = visit.ends_at + Duration::from_mins(u64::from(MOST_SLACK));
    let next = store::visits::next_of_provider(tx, visit, horizon)?;
    let slack = next.map_or(MOST_SLACK, |next| u32::try_from(next.since(visit.ends_at).as_secs() / 60).unwrap_or(MOST_SLACK));
    // ten minutes are always caught up somewhere
    Ok(slack.clamp(10, MOST_SLACK))
}
