//! Whom the names on a page belong to: everybody who works here, and the patients and guardians that it speaks of.

use std::collections::{BTreeSet, HashMap};

use clinic::actors::Actor;
use desk::ActError;
use kernel::{Locale, PatientId, StaffId};
use store::Tx;

pub struct People {
    locale: Locale,
    staff: HashMap<StaffId, String>,
    patients: HashMap<PatientId, String>,
}

impl People {
    pub fn read(tx: &mut Tx<'_>, locale: Locale) -> Result<Self, ActError> {
        let staff = store::staff::names(tx)?.into_iter().map(|(id, name)| (id, name.full(locale))).collect();
        Ok(Self { locale, staff, patients: HashMap::new() })
    }

    /// Learns the names of patients and of whoever spoke for one.
    pub fn meet(&mut self, tx: &mut Tx<'_>, patients: impl IntoIterator<Item = PatientId>) -> Result<(), ActError> {
        let strangers: BTreeSet<PatientId> = patients.into_iter().filter(|id| !self.patients.contains_key(id)).collect();
        store::patients::foresee_cards(tx, &strangers)?;
        for id in strangers {
            if let Some(patient) = store::patients::find(tx, id)? {
                self.patients.insert(id, patient.name.full(self.locale));
            }
        }
        Ok(())
    }

    pub fn name(&self, id: StaffId) -> String {
        self.staff.get(&id).cloned().unwrap_or_default()
    }

    /// Nobody whom the page has not met has a name.
    pub fn patient(&self, id: PatientId) -> String {
        self.patients.get(&id).cloned().unwrap_or_default()
    }

    /// Who acted, where it is not the patient whose page it is: somebody of the clinic, or a guardian.
    pub fn actor(&self, by: Actor) -> Option<String> {
        let name = match by {
            Actor::Staff { id, .. } => self.name(id),
            Actor::Guardian { id, .. } => self.patient(id),
            Actor::Patient(_) | Actor::Bot(_) | Actor::Program => String::new(),
        };
        Some(name).filter(|name| !name.is_empty())
    }
}
