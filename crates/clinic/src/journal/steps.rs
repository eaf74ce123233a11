//! The steps of a visit's life. Each takes the visit, who acts, through what and when, and gives the next visit with
//! what happened, or a refusal. A step that is already done is not an error: the visit comes back with nothing happened.
//!
//! Staff need a right. A patient, proven to speak for this visit's patient, may book, confirm, move, cancel and say that
//! they will be late, until the visit starts. To add a step, add a method here and a column in `steps_walk`.

use std::time::Duration;

use kernel::{Refusal, Timestamp, VisitId, Zone};

use super::{Booking, CancelReason, Course, Mark, Move, Notice, Slot, Visit, VisitState};
use crate::actors::{Actor, Origin};
use crate::happenings::Happening;
use crate::staff::Right;

type Step = Result<(Visit, Vec<Happening>), Refusal>;

/// Nobody waits longer than this before a visit; an earlier arrival is a slip of the hand on another day's visit.
const ARRIVES_WITHIN: Duration = Duration::from_hours(12);
/// Longer than any treatment in a chair.
const LASTS_WITHIN: Duration = Duration::from_hours(12);
/// A time chosen further ahead is forgotten like any other: its reminder asks again.
const CHOSEN_HOLDS: Duration = Duration::from_hours(3 * 24);
const LATE_MINUTES: std::ops::RangeInclusive<u32> = 1..=240;
const NOTE_CHARACTERS: usize = 2_000;

impl Visit {
    /// The clinic, or the patient from offered slots, takes a time.
    pub fn book(booking: Booking, id: VisitId, by: Actor, through: Origin, now: Timestamp) -> Step {
        let visit = Self::begin(booking, id, VisitState::Booked, Mark { by, through, at: now })?;
        let what = Happening::VisitBooked { visit: id, starts_at: visit.starts_at };
        Ok((visit, vec![what]))
    }

    /// Somebody asks for a time that the clinic has yet to accept.
    pub fn request(booking: Booking, id: VisitId, by: Actor, through: Origin, now: Timestamp) -> Step {
        let visit = Self::begin(booking, id, VisitState::Requested, Mark { by, through, at: now })?;
        let what = Happening::VisitRequested { visit: id, starts_at: visit.starts_at };
        Ok((visit, vec![what]))
    }

    /// The clinic accepts a request.
    pub fn accept(self, by: Actor, _through: Origin, _now: Timestamp) -> Step {
        self.allows(by, Who::Clinic(Right::ChangeJournal))?;
        match self.ahead()? {
            Ahead::Requested => {}
            Ahead::Booked | Ahead::Confirmed(_) => return Ok((self, vec![])),
        }
        let what = Happening::VisitBooked { visit: self.id, starts_at: self.starts_at };
        Ok(self.becomes(VisitState::Booked, what))
    }

    pub fn confirm(self, by: Actor, through: Origin, now: Timestamp) -> Step {
        self.allows(by, Who::Both(Right::ChangeJournal))?;
        match self.ahead()? {
            Ahead::Confirmed(_) => return Ok((self, vec![])),
            Ahead::Booked => {}
            Ahead::Requested => return Err(Refusal::new("visit.only-requested")),
        }
        if now >= self.starts_at {
            return Err(Refusal::new("visit.already-started"));
        }
        let what = Happening::VisitConfirmed { visit: self.id };
        Ok(self.becomes(VisitState::Confirmed { mark: Mark { by, through, at: now } }, what))
    }

    pub fn arrive(self, by: Actor, through: Origin, now: Timestamp) -> Step {
        self.allows(by, Who::Clinic(Right::MarkTreatment))?;
        if matches!(self.state, VisitState::Arrived { .. }) {
            return Ok((self, vec![]));
        }
        let confirmed = match self.ahead()? {
            Ahead::Booked => None,
            Ahead::Confirmed(mark) => Some(mark),
            Ahead::Requested => return Err(Refusal::new("visit.only-requested")),
        };
        if self.starts_at.since(now) > ARRIVES_WITHIN {
            return Err(Refusal::new("visit.not-today"));
        }
        let course = Course { confirmed, ..Course::default() };
        let what = Happening::VisitArrived { visit: self.id };
        Ok(self.becomes(VisitState::Arrived { mark: Mark { by, through, at: now }, course }, what))
    }

    pub fn take_in_chair(self, by: Actor, through: Origin, now: Timestamp) -> Step {
        self.allows(by, Who::Clinic(Right::MarkTreatment))?;
        let course = match self.state {
            VisitState::InChair { .. } => return Ok((self, vec![])),
            VisitState::Arrived { mark, course } => Course { arrived: Some(mark), ..course },
            VisitState::Requested | VisitState::Booked | VisitState::Confirmed { .. } => return Err(Refusal::new("visit.not-arrived")),
            VisitState::Completed { .. } | VisitState::Cancelled { .. } | VisitState::Moved { .. } | VisitState::NoShow { .. } => {
                return Err(self.not_open());
            }
        };
        let what = Happening::VisitInChair { visit: self.id };
        Ok(self.becomes(VisitState::InChair { mark: Mark { by, through, at: now }, course }, what))
    }

    /// Also straight from the waiting room, where nobody marks the chair.
    pub fn complete(self, by: Actor, through: Origin, now: Timestamp) -> Step {
        self.allows(by, Who::Clinic(Right::MarkTreatment))?;
        let course = match self.state {
            VisitState::Completed { .. } => return Ok((self, vec![])),
            VisitState::Arrived { mark, course } => Course { arrived: Some(mark), ..course },
            VisitState::InChair { mark, course } => Course { in_chair: Some(mark), ..course },
            VisitState::Requested | VisitState::Booked | VisitState::Confirmed { .. } => return Err(Refusal::new("visit.not-arrived")),
            VisitState::Cancelled { .. } | VisitState::Moved { .. } | VisitState::NoShow { .. } => return Err(self.not_open()),
        };
        let what = Happening::VisitCompleted { visit: self.id };
        Ok(self.becomes(VisitState::Completed { mark: Mark { by, through, at: now }, course }, what))
    }

    /// The clinic can still cancel after the start, when the patient rings or the booking was a mistake.
    pub fn cancel(self, reason: CancelReason, by: Actor, through: Origin, now: Timestamp) -> Step {
        self.allows(by, Who::Both(Right::ChangeJournal))?;
        if matches!(self.state, VisitState::Cancelled { .. }) {
            return Ok((self, vec![]));
        }
        self.ahead()?;
        self.not_started_for(by, now)?;
        let notice = Notice::of(self.starts_at, now);
        let what = Happening::VisitCancelled { visit: self.id, reason };
        Ok(self.becomes(VisitState::Cancelled { mark: Mark { by, through, at: now }, reason, notice }, what))
    }

    /// The old visit points to the new one, which keeps the chain. A patient who chose a time within the next
    /// days has thereby confirmed it; later ones are reminded of. A request that the patient moves is still a request.
    pub fn move_to(self, to: Move, by: Actor, through: Origin, now: Timestamp) -> Result<(Self, Self, Vec<Happening>), Refusal> {
        self.allows(by, Who::Both(Right::ChangeJournal))?;
        let Move { id, slot } = to;
        let before = self.ahead()?;
        self.not_started_for(by, now)?;
        if slot == self.slot() {
            return Err(Refusal::new("visit.same-slot"));
        }
        fits(&slot, by, now)?;
        let mark = Mark { by, through, at: now };
        let state = match (by, before) {
            (Actor::Patient(_) | Actor::Guardian { .. }, Ahead::Requested) => VisitState::Requested,
            (Actor::Patient(_) | Actor::Guardian { .. }, Ahead::Booked | Ahead::Confirmed(_))
                if slot.starts_at.since(now) <= CHOSEN_HOLDS =>
            {
                VisitState::Confirmed { mark }
            }
            (Actor::Patient(_) | Actor::Guardian { .. } | Actor::Staff { .. } | Actor::Bot(_) | Actor::Program, _) => VisitState::Booked,
        };
        let what = Happening::VisitMoved { visit: self.id, to: id, from_at: self.starts_at, to_at: slot.starts_at };
        let mut old = self;
        let new = Self {
            id,
            provider: slot.provider,
            chair: slot.chair,
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            state,
            late_minutes: None,
            booked_at: now,
            moves: old.moves + 1,
            // Grows along the chain: a page that showed the old hour cannot answer for the new one.
            version: old.version + 1,
            // The other program's key goes with the visit that takes place.
            external_key: old.external_key.take(),
            ..old.clone()
        };
        let (old, happened) = old.becomes(VisitState::Moved { mark, to: id }, what);
        Ok((old, new, happened))
    }

    /// The start has passed and nobody came.
    pub fn miss(self, by: Actor, through: Origin, now: Timestamp) -> Step {
        self.allows(by, Who::Clinic(Right::MarkTreatment))?;
        if matches!(self.state, VisitState::NoShow { .. }) {
            return Ok((self, vec![]));
        }
        let confirmed = match self.ahead()? {
            Ahead::Booked => None,
            Ahead::Confirmed(mark) => Some(mark),
            Ahead::Requested => return Err(Refusal::new("visit.only-requested")),
        };
        if now < self.starts_at {
            return Err(Refusal::new("visit.not-started"));
        }
        let course = Course { confirmed, ..Course::default() };
        let what = Happening::VisitMissed { visit: self.id };
        Ok(self.becomes(VisitState::NoShow { mark: Mark { by, through, at: now }, course }, what))
    }

    /// A mark, not a state: the patient is on the way.
    pub fn late(self, minutes: u32, by: Actor, _through: Origin, now: Timestamp) -> Step {
        self.allows(by, Who::Both(Right::ChangeJournal))?;
        if matches!(self.ahead()?, Ahead::Requested) {
            return Err(Refusal::new("visit.only-requested"));
        }
        if !LATE_MINUTES.contains(&minutes) {
            return Err(Refusal::new("visit.late-minutes").at("minutes").with("most", *LATE_MINUTES.end()));
        }
        // People say it on the way, often after the start; after the end there is nothing left to be late for.
        if now >= self.ends_at {
            return Err(Refusal::new("visit.over"));
        }
        if self.late_minutes == Some(minutes) {
            return Ok((self, vec![]));
        }
        let what = Happening::VisitLate { visit: self.id, minutes };
        let next = Self { late_minutes: Some(minutes), version: self.version + 1, ..self };
        Ok((next, vec![what]))
    }

    /// Takes back the last mark of arrived, in chair, completed or no-show, on the day it was made.
    pub fn undo(self, zone: &Zone, by: Actor, now: Timestamp) -> Step {
        self.allows(by, Who::Staff(Right::MarkTreatment))?;
        let (mark, before) = match self.state {
            VisitState::Arrived { mark, course } | VisitState::NoShow { mark, course } => (mark, course.before_arrival()),
            VisitState::InChair { mark, course } => (mark, course.before_chair()),
            VisitState::Completed { mark, course } => (mark, course.before_completion()),
            VisitState::Requested | VisitState::Booked | VisitState::Confirmed { .. } => {
                return Err(Refusal::new("visit.nothing-to-undo"));
            }
            VisitState::Cancelled { .. } | VisitState::Moved { .. } => return Err(self.not_open()),
        };
        if mark.at.date(zone) != now.date(zone) {
            return Err(Refusal::new("visit.undo-another-day"));
        }
        let what = Happening::VisitMarkUndone { visit: self.id };
        Ok(self.becomes(before, what))
    }

    /// The visit, if it is still as the form or button saw it.
    pub fn at_version(self, expected: i64) -> Result<Self, Refusal> {
        if self.version == expected { Ok(self) } else { Err(Refusal::new("visit.stale")) }
    }

    fn begin(booking: Booking, id: VisitId, state: VisitState, mark: Mark) -> Result<Self, Refusal> {
        let slot = booking.slot;
        let visit = Self {
            id,
            clinic: booking.clinic,
            patient: booking.patient,
            provider: slot.provider,
            chair: slot.chair,
            service: booking.service,
            starts_at: slot.starts_at,
            ends_at: slot.ends_at,
            state,
            late_minutes: None,
            note: booking.note,
            booked_at: mark.at,
            chain: id,
            moves: 0,
            version: 1,
            external_key: booking.external_key,
        };
        visit.allows(mark.by, Who::Both(Right::ChangeJournal))?;
        fits(&slot, mark.by, mark.at)?;
        if visit.note.chars().count() > NOTE_CHARACTERS {
            return Err(Refusal::new("visit.note-too-long").at("note"));
        }
        Ok(visit)
    }

    fn becomes(self, state: VisitState, what: Happening) -> (Self, Vec<Happening>) {
        (Self { state, version: self.version + 1, ..self }, vec![what])
    }

    fn allows(&self, by: Actor, who: Who) -> Result<(), Refusal> {
        match (by, who) {
            (Actor::Patient(id) | Actor::Guardian { of: id, .. }, Who::Both(_)) if id == self.patient => Ok(()),
            (Actor::Patient(_) | Actor::Guardian { .. }, Who::Both(_)) => Err(Refusal::new("visit.not-yours")),
            (Actor::Bot(_), Who::Staff(_)) => Err(Refusal::new("actor.not-allowed")),
            (_, Who::Both(right) | Who::Clinic(right) | Who::Staff(right)) => by.may(right),
        }
    }

    /// From its start on, a visit is the desk's to change.
    fn not_started_for(&self, by: Actor, now: Timestamp) -> Result<(), Refusal> {
        match by {
            Actor::Patient(_) | Actor::Guardian { .. } | Actor::Bot(_) if now >= self.starts_at => {
                Err(Refusal::new("visit.already-started"))
            }
            Actor::Patient(_) | Actor::Guardian { .. } | Actor::Bot(_) | Actor::Staff { .. } | Actor::Program => Ok(()),
        }
    }

    /// Where it stands before the patient comes, or why it is too late for that.
    fn ahead(&self) -> Result<Ahead, Refusal> {
        match self.state {
            VisitState::Requested => Ok(Ahead::Requested),
            VisitState::Booked => Ok(Ahead::Booked),
            VisitState::Confirmed { mark } => Ok(Ahead::Confirmed(mark)),
            VisitState::Arrived { .. } | VisitState::InChair { .. } => Err(Refusal::new("visit.already-arrived")),
            VisitState::Completed { .. } | VisitState::Cancelled { .. } | VisitState::Moved { .. } | VisitState::NoShow { .. } => {
                Err(self.not_open())
            }
        }
    }

    fn not_open(&self) -> Refusal {
        Refusal::new("visit.not-open").with("state", self.state.name())
    }
}

impl Course {
    fn before_arrival(self) -> VisitState {
        self.confirmed.map_or(VisitState::Booked, |mark| VisitState::Confirmed { mark })
    }

    fn before_chair(self) -> VisitState {
        let Some(mark) = self.arrived else { return self.before_arrival() };
        VisitState::Arrived { mark, course: Self { arrived: None, ..self } }
    }

    fn before_completion(self) -> VisitState {
        let Some(mark) = self.in_chair else { return self.before_chair() };
        VisitState::InChair { mark, course: Self { in_chair: None, ..self } }
    }
}

enum Ahead {
    Requested,
    Booked,
    Confirmed(Mark),
}

/// Who may take a step, and with which right if they are staff.
#[derive(Clone, Copy)]
enum Who {
    /// Also the patient, for their own visit.
    Both(Right),
    /// Staff, and the program and the bot on their behalf.
    Clinic(Right),
    /// Not the bot: it makes no slips of the hand.
    Staff(Right),
}

fn fits(slot: &Slot, by: Actor, now: Timestamp) -> Result<(), Refusal> {
    if slot.ends_at <= slot.starts_at {
        return Err(Refusal::new("slot.ends-before-start").at("ends_at"));
    }
    if slot.ends_at.since(slot.starts_at) > LASTS_WITHIN {
        return Err(Refusal::new("slot.too-long").at("ends_at"));
    }
    // The desk writes down who walked in ten minutes ago; nobody else books the past.
    match by {
        Actor::Patient(_) | Actor::Guardian { .. } | Actor::Bot(_) if slot.starts_at <= now => {
            Err(Refusal::new("slot.passed").at("starts_at"))
        }
        Actor::Patient(_) | Actor::Guardian { .. } | Actor::Bot(_) | Actor::Staff { .. } | Actor::Program => Ok(()),
    }
}
