//! Rows of a file become visits in the journal: added, moved, marked, or left as they are.

use std::time::Duration;

use kernel::{PatientId, Refusal, Timestamp, VisitId};

use clinic::actors::Origin;
use clinic::journal::{Booking, Move, Slot, Visit, VisitState, conflicts};

use super::marks::{Marked, Marking};
use super::{Context, Did, Taken, people, rooms};
use crate::import::{Imported, ImportedRow, ImportedVisit, Whose, is_made_key, key_of_visit};
use crate::{Act, ActError};

/// A visit that begins earlier can still be going on.
const LONGEST: Duration = Duration::from_hours(12);

/// Takes some rows in one transaction.
pub(super) fn take(act: &mut Act<'_, '_>, context: &Context, rows: &[ImportedRow]) -> Result<Taken, ActError> {
    let mut taken = Taken::default();
    for row in rows {
        let done = match &row.what {
            Imported::Patient(patient) => people::take(act, &context.clinic, patient, row.line).map(|(_, did)| taken.patients.add(did)),
            Imported::Visit(visit) => take_visit(act, context, row, visit, &mut taken),
        };
        match done {
            Ok(()) => taken.doubts.extend(row.doubts.iter().cloned()),
            Err(ActError::Refused(refusal)) => taken.bad.push(row.refused(refusal)),
            Err(error @ ActError::Store(_)) => return Err(error),
        }
    }
    Ok(taken)
}

fn take_visit(
    act: &mut Act<'_, '_>,
    context: &Context,
    row: &ImportedRow,
    visit: &ImportedVisit,
    taken: &mut Taken,
) -> Result<(), ActError> {
    // What the clinic does not have is asked first: a row that cannot be taken leaves no patient behind.
    let provider = context.known.provider(visit.provider.as_deref())?;
    let service = context.known.service(visit.service.as_deref()).ok_or_else(ActError::not_found)?;
    let chair = visit.chair.as_deref().and_then(|chair| context.known.chair(chair));
    let ends_at = visit.ends_at.unwrap_or(visit.starts_at + rooms::length_of(service));
    let slot = Slot { provider, chair, starts_at: visit.starts_at, ends_at };
    let (patient, did) = match &visit.whose {
        Whose::Written(patient) => people::take(act, &context.clinic, patient, row.line)?,
        Whose::Keyed(key) => match store::patients::by_external_key(act.tx, context.clinic.id, key)? {
            Some(patient) => (patient.id, Did::Nothing),
            None => return Err(Refusal::new("import.patient-unknown").into()),
        },
    };
    let wanted = Wanted { context, row: visit, patient, slot, service: service.id };
    let written = wanted.take(act)?;
    if let Whose::Written(_) = visit.whose {
        taken.patients.add(did);
    }
    taken.visits.add(written.did);
    taken.doubts.extend(written.doubts.into_iter().map(|code| row.finding(code)));
    Ok(())
}

struct Wanted<'a> {
    context: &'a Context,
    row: &'a ImportedVisit,
    patient: PatientId,
    slot: Slot,
    service: kernel::ServiceId,
}

struct Written {
    did: Did,
    doubts: Vec<&'static str>,
}

impl Wanted<'_> {
    fn take(&self, act: &mut Act<'_, '_>) -> Result<Written, ActError> {
        let made = key_of_visit(self.patient, self.slot.starts_at, &self.slot.provider.to_string());
        let key = self.row.key.clone().unwrap_or(made);
        match self.found(act, &key)? {
            Some(visit) => self.follow(act, visit, &key),
            None => self.add(act, key),
        }
    }

    /// By its key; else one of the same patient at the same time, which somebody entered in both books.
    fn found(&self, act: &mut Act<'_, '_>, key: &str) -> Result<Option<Visit>, ActError> {
        if let Some(visit) = store::visits::by_external_key(act.tx, self.context.clinic.id, key)? {
            return Ok(Some(visit));
        }
        let same_time = self.at_that_time(act)?;
        let unkeyed = |visit: &Visit| visit.external_key.as_deref().is_none_or(is_made_key);
        Ok(same_time.into_iter().find(|visit| visit.state.takes_time() && visit.provider == self.slot.provider && unkeyed(visit)))
    }

    fn at_that_time(&self, act: &mut Act<'_, '_>) -> Result<Vec<Visit>, ActError> {
        let start = self.slot.starts_at;
        Ok(store::visits::of_patient(act.tx, self.patient, start, start + Duration::from_millis(1))?)
    }

    fn add(&self, act: &mut Act<'_, '_>, key: String) -> Result<Written, ActError> {
        let mut doubts = self.overlap(act, None)?;
        let booking = Booking {
            clinic: self.context.clinic.id,
            patient: self.patient,
            service: self.service,
            slot: self.slot,
            note: self.row.note.clone(),
            external_key: Some(key),
        };
        let id = VisitId::new(act.now, &mut act.chance);
        let (visit, booked) = Visit::book(booking, id, act.by, Origin::Import, act.now)?;
        let Marked { visit, what, doubt } = self.marking(act).new_visit(visit, self.row.status)?;
        doubts.extend(doubt);
        store::visits::add(act.tx, &Visit { version: 1, ..visit.clone() })?;
        act.happened(visit.clinic, Some(visit.patient), if what.is_empty() { booked } else { what });
        Ok(Written { did: Did::Added, doubts })
    }

    /// The visit is there: it moves to where the book has it now, and gets the book's mark.
    fn follow(&self, act: &mut Act<'_, '_>, visit: Visit, key: &str) -> Result<Written, ActError> {
        let mut doubts = Vec::new();
        let (mut visit, mut did) = (visit, Did::Nothing);
        let elsewhere = visit.starts_at != self.slot.starts_at || visit.provider != self.slot.provider;
        if elsewhere && self.was_moved_here(act, &visit)? {
            return Ok(Written { did, doubts: vec!["import.moved-here"] });
        }
        if elsewhere && !visit.state.is_ahead() {
            return Ok(Written { did, doubts: vec!["import.visit-closed"] });
        }
        if elsewhere {
            visit = self.shift(act, visit)?;
            did = Did::Moved;
            doubts = self.overlap(act, Some(visit.id))?;
        }
        let before = visit.version;
        let keyed = visit.external_key.as_deref() != Some(key) && self.row.key.is_some();
        let Marked { visit: mut marked, what, doubt } = self.marking(act).mark(visit, self.row.status)?;
        doubts.extend(doubt);
        if keyed {
            marked.external_key = Some(key.to_owned());
        }
        if keyed || !what.is_empty() {
            marked.version = before + 1;
            store::visits::change(act.tx, &marked, before)?;
            did = did.and(Did::Changed);
            act.happened(marked.clinic, Some(marked.patient), what);
        }
        Ok(Written { did, doubts })
    }

    /// The time in the file is one that the visit had before somebody here, not the file, moved it on.
    fn was_moved_here(&self, act: &mut Act<'_, '_>, visit: &Visit) -> Result<bool, ActError> {
        let left = |earlier: &Visit| match earlier.state {
            VisitState::Moved { mark, .. } => earlier.chain == visit.chain && mark.through != Origin::Import,
            _ => false,
        };
        Ok(self.at_that_time(act)?.iter().any(left))
    }

    fn shift(&self, act: &mut Act<'_, '_>, visit: Visit) -> Result<Visit, ActError> {
        let before = visit.version;
        let lasted = visit.ends_at.since(visit.starts_at);
        let ends_at = self.row.ends_at.unwrap_or(self.slot.starts_at + lasted);
        let slot = Slot { chair: self.slot.chair.or(visit.chair), ends_at, ..self.slot };
        let id = VisitId::new(act.now, &mut act.chance);
        let (old, new, what) = visit.move_to(Move { id, slot }, act.by, Origin::Import, act.now)?;
        store::visits::change(act.tx, &old, before)?;
        store::visits::add(act.tx, &new)?;
        act.happened(new.clinic, Some(new.patient), what);
        Ok(new)
    }

    /// The clinic's own book is the truth, also where it has two in one chair; but somebody should look.
    fn overlap(&self, act: &mut Act<'_, '_>, except: Option<VisitId>) -> Result<Vec<&'static str>, ActError> {
        if self.slot.ends_at <= act.now || self.row.status == Some(crate::import::Status::Cancelled) {
            return Ok(Vec::new());
        }
        let from: Timestamp = self.slot.starts_at - LONGEST;
        let existing = store::visits::between(act.tx, self.context.clinic.id, from, self.slot.ends_at)?;
        Ok(conflicts(&existing, &self.slot, except).map(|_| "import.overlaps").into_iter().collect())
    }

    fn marking(&self, act: &Act<'_, '_>) -> Marking<'_> {
        Marking { by: act.by, now: act.now, zone: &self.context.clinic.zone }
    }
}
