//! Marks in the journal, made by the bot or by a person: one way for both.

use std::time::Duration;

use kernel::{Date, RunId, StaffId, Timestamp, VisitId, Zone};

use clinic::actors::Actor;
use clinic::clinics::Clinic;
use clinic::happenings::Happening;
use clinic::journal::{Booking, Move, Slot, Visit, conflicts};
use clinic::playbooks::JournalMark;

use super::facts;
use super::slots::days_after;
use crate::{Act, ActError};

impl Act<'_, '_> {
    /// Saves what a step of a visit's life has made of it, and says what happened.
    pub(crate) fn keep_visit(&mut self, before: i64, visit: &Visit, what: Vec<Happening>, inside: Option<RunId>) -> Result<(), ActError> {
        if what.is_empty() {
            return Ok(());
        }
        store::visits::change(self.tx, visit, before)?;
        self.happened_inside(inside, visit.clinic, Some(visit.patient), what);
        Ok(())
    }

    /// Takes the days of the provider and the chair, then makes sure that the slot is free: two at once stand in line.
    pub(crate) fn take_slot(&mut self, clinic: &Clinic, slot: &Slot, except: Option<VisitId>) -> Result<(), ActError> {
        let days = days_of(slot, &clinic.zone);
        facts::staff(self.tx, slot.provider)?;
        let chairs = store::clinics::chairs(self.tx, clinic.id)?;
        if slot.chair.is_some_and(|chair| !chairs.iter().any(|known| known.id == chair)) {
            return Err(ActError::not_found());
        }
        for day in &days {
            store::visits::take_day(self.tx, slot.provider, *day)?;
        }
        if let Some(chair) = slot.chair {
            for day in &days {
                store::visits::take_day(self.tx, chair, *day)?;
            }
        }
        let existing = self.around(clinic, slot.starts_at, slot.ends_at)?;
        match conflicts(&existing, slot, except) {
            Some(conflict) => Err(conflict.refusal().into()),
            None => Ok(()),
        }
    }

    fn around(&mut self, clinic: &Clinic, from: Timestamp, until: Timestamp) -> Result<Vec<Visit>, ActError> {
        let first = clinic.zone.start_of(days_after(from.date(&clinic.zone), -1));
        Ok(store::visits::between(self.tx, clinic.id, first, until)?)
    }

    /// Books a visit into a free slot.
    pub(crate) fn book(&mut self, booking: Booking, inside: Option<RunId>) -> Result<Visit, ActError> {
        let clinic = facts::clinic(self.tx, booking.clinic)?;
        facts::patient(self.tx, booking.patient)?;
        facts::service(self.tx, booking.service)?;
        self.take_slot(&clinic, &booking.slot, None)?;
        let id = VisitId::new(self.now, &mut self.chance);
        let (visit, what) = Visit::book(booking, id, self.by, self.through, self.now)?;
        store::visits::add(self.tx, &visit)?;
        self.happened_inside(inside, visit.clinic, Some(visit.patient), what);
        Ok(visit)
    }

    /// Moves a visit into a free slot. The new one keeps the chain, the key of other systems and the note.
    pub(crate) fn shift(&mut self, visit: Visit, slot: Slot, inside: Option<RunId>) -> Result<Visit, ActError> {
        let clinic = facts::clinic(self.tx, visit.clinic)?;
        let (before, old_id) = (visit.version, visit.id);
        let id = VisitId::new(self.now, &mut self.chance);
        let (old, new, what) = visit.move_to(Move { id, slot }, self.by, self.through, self.now)?;
        self.take_slot(&clinic, &slot, Some(old_id))?;
        store::visits::change(self.tx, &Visit { external_key: None, ..old }, before)?;
        store::visits::add(self.tx, &new)?;
        self.happened_inside(inside, new.clinic, Some(new.patient), what);
        Ok(new)
    }

    /// What a run marks. A refusal by the journal is an answer, not an error: the run goes on with it.
    pub(crate) fn mark(&mut self, run: RunId, visits: &[VisitId], mark: JournalMark) -> Result<Marked, ActError> {
        let mut replaced = Vec::new();
        for id in visits {
            match self.mark_one(run, *id, mark) {
                Ok(new) => replaced.extend(new.map(|new| (*id, new))),
                Err(ActError::Refused(refusal)) => return Ok(Marked::Refused(refusal.code())),
                Err(error @ ActError::Store(_)) => return Err(error),
            }
        }
        Ok(Marked::Done { replaced })
    }

    fn mark_one(&mut self, run: RunId, id: VisitId, mark: JournalMark) -> Result<Option<VisitId>, ActError> {
        let visit = facts::visit(self.tx, id)?;
        let by = self.by;
        // a guardian speaks as the child whose visit it is
        if let Actor::Patient(speaker) = by {
            self.by = facts::patient(self.tx, visit.patient)?.spoken_for_by(speaker)?;
        }
        let marked = self.mark_visit(run, visit, mark);
        self.by = by;
        marked
    }

    fn mark_visit(&mut self, run: RunId, visit: Visit, mark: JournalMark) -> Result<Option<VisitId>, ActError> {
        let before = visit.version;
        let (visit, what) = match mark {
            JournalMark::Confirm => visit.confirm(self.by, self.through, self.now)?,
            JournalMark::Cancel(reason) => visit.cancel(reason, self.by, self.through, self.now)?,
            JournalMark::Late(minutes) => visit.late(minutes, self.by, self.through, self.now)?,
            JournalMark::MoveTo(slot) => return self.shift(visit, slot, Some(run)).map(|new| Some(new.id)),
            JournalMark::BookAgain(slot) => {
                let booking = Booking {
                    clinic: visit.clinic,
                    patient: visit.patient,
                    service: visit.service,
                    slot,
                    note: visit.note.clone(),
                    external_key: None,
                };
                return self.book(booking, Some(run)).map(|new| Some(new.id));
            }
        };
        self.keep_visit(before, &visit, what, Some(run))?;
        Ok(None)
    }

    /// The provider of a visit, as patients hear of them.
    pub(crate) fn title_of(&mut self, provider: StaffId) -> Result<String, ActError> {
        Ok(facts::staff(self.tx, provider)?.title)
    }
}

/// The days that a slot touches, in their order: one that goes over midnight meets those that begin after it.
fn days_of(slot: &Slot, zone: &Zone) -> Vec<Date> {
    let last_moment = (slot.ends_at - Duration::from_millis(1)).max(slot.starts_at);
    let mut days = vec![slot.starts_at.date(zone), last_moment.date(zone)];
    days.dedup();
    days
}

pub(crate) enum Marked {
    /// Visits that another one now stands for.
    Done {
        replaced: Vec<(VisitId, VisitId)>,
    },
    Refused(&'static str),
}
