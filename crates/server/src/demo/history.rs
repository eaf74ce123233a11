//! What stands in the journal: two years of visits as they went, and three weeks of visits to come.
//!
//! Every visit goes through the steps of its life with the clock of its own day, so that the journal tells by whom and
//! through what it was booked, confirmed, moved, cancelled, kept or missed. No provider and no chair has two at once.

use std::time::Duration;

use clinic::actors::{Actor, Channel, Origin};
use clinic::happenings::{Happening, Recorded};
use clinic::journal::{Booking, CancelReason, Move, Slot, Visit};
use clinic::patients::Standing;
use clinic::services::Service;
use clinic::staff::StaffMember;
use kernel::{Chance, Date, HappeningId, Refusal, Timestamp, VisitId, Zone};

use super::people::Person;
use super::premises::Premises;

const MINUTE: Duration = Duration::from_mins(1);
const HOUR: Duration = Duration::from_hours(1);
const DAY: Duration = Duration::from_hours(24);

pub const COMING_DAYS: i32 = 21;
/// Of visits longer ago only the outcome is told on the timeline.
const TOLD_WITHIN: Duration = Duration::from_hours(60 * 24);
/// Nobody comes twice within so many days.
const APART: i32 = 4;

/// How full a day is, of a hundred free times: the days behind, and each week ahead.
const PAST_FULLNESS: usize = 93;
const COMING_FULLNESS: [usize; 3] = [88, 66, 42];

/// The journal of the demo.
pub struct History {
    pub past: Vec<Visit>,
    pub told: Vec<Recorded>,
    /// Booked, and still to come.
    pub coming: Vec<Visit>,
}

/// Which day divides what has been from what is to come, and how far it goes back.
pub struct Span {
    /// The day that has just begun.
    pub today: Date,
    pub past_days: i32,
    /// When the visits to come had all been booked.
    pub booked_before: Timestamp,
}

pub fn history(premises: &Premises, people: &[Person], span: &Span, chance: &mut Chance) -> History {
    let history = History { past: Vec::new(), told: Vec::new(), coming: Vec::new() };
    let seen_on = vec![None; people.len()];
    let mut writer = Writer { premises, people, span, chance, history, seen_on, known: 0 };
    for offset in -span.past_days..=COMING_DAYS {
        writer.day(days_after(span.today, offset), offset);
    }
    let mut history = writer.history;
    history.past.sort_by_key(|visit| visit.id);
    history.coming.sort_by_key(|visit| visit.id);
    history.told.sort_by_key(|recorded| recorded.id);
    history
}

pub fn days_after(day: Date, days: i32) -> Date {
    day.saturating_add(jiff::Span::new().days(days))
}

struct Writer<'a> {
    premises: &'a Premises,
    people: &'a [Person],
    span: &'a Span,
    chance: &'a mut Chance,
    history: History,
    /// When each person was last given a time.
    seen_on: Vec<Option<Date>>,
    /// So many of the people were patients on the day that is being written.
    known: usize,
}

/// How a visit of the past went.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Went {
    Kept,
    Missed,
    Cancelled,
}

impl Writer<'_> {
    fn day(&mut self, day: Date, offset: i32) {
        let zone = self.zone();
        let begins = zone.start_of(day);
        while self.people.get(self.known).is_some_and(|person| person.patient.created_at + DAY * 5 < begins) {
            self.known += 1;
        }
        if self.premises.clinic.open_on(day).is_empty() || self.known == 0 {
            return;
        }
        let fullness = match usize::try_from(offset) {
            Ok(ahead) => COMING_FULLNESS[(ahead / 7).min(COMING_FULLNESS.len() - 1)],
            Err(_) => PAST_FULLNESS,
        };
        for place in 0..self.premises.providers.len() {
            self.column(place, day, offset, fullness);
        }
    }

    /// A provider's day, from the beginning of each shift to its end.
    fn column(&mut self, place: usize, day: Date, offset: i32, fullness: usize) {
        let provider: &StaffMember = &self.premises.providers[place];
        let services = self.premises.services_of(provider.id);
        let zone = self.zone();
        let mut beside: Option<usize> = None;
        for interval in provider.shifts.on(day.weekday()) {
            let (from, until) = interval.on(day);
            let (mut at, until) = (zone.at(from), zone.at(until));
            loop {
                let service = *self.chance.pick(&services);
                let ends_at = at + MINUTE * service.minutes;
                if ends_at > until {
                    break;
                }
                let patient = if self.chance.percent(fullness) { beside.take().or_else(|| self.somebody(day)) } else { None };
                let Some(index) = patient else {
                    at = at + MINUTE * 15;
                    continue;
                };
                self.seen_on[index] = Some(day);
                beside = self.family_beside(index, day);
                let slot = Slot { provider: provider.id, chair: Some(self.premises.chairs[place].id), starts_at: at, ends_at };
                let stands = if offset < 0 { self.past(index, slot, service) } else { self.coming(index, slot, service) };
                if stands {
                    at = ends_at;
                }
            }
        }
    }

    /// A patient who is not here anyway.
    fn somebody(&mut self, day: Date) -> Option<usize> {
        for _ in 0..20 {
            let index = self.chance.below(self.known);
            if self.is_free(index, day) {
                return Some(index);
            }
        }
        None
    }

    fn is_free(&self, index: usize, day: Date) -> bool {
        let treated = matches!(self.people[index].patient.standing, Standing::Patient | Standing::Lead);
        treated && self.seen_on[index].is_none_or(|seen| days_after(seen, APART) < day)
    }

    /// Every third child comes with the parent, who is treated afterwards.
    fn family_beside(&mut self, index: usize, day: Date) -> Option<usize> {
        let guardian = self.people[index].patient.guardian?;
        let brings = self.chance.percent(33);
        let place = self.people[..index].iter().rposition(|person| person.patient.id == guardian)?;
        (brings && self.is_free(place, day)).then_some(place)
    }

    fn coming(&mut self, index: usize, slot: Slot, service: &Service) -> bool {
        let latest = slot.starts_at.min(self.span.booked_before);
        let booked_at = self.earlier(latest, 2, 40, index);
        let (visit, _) = self.book(index, slot, service, booked_at);
        self.history.coming.push(visit);
        true
    }

    /// A visit that was. Says whether it held its time.
    fn past(&mut self, index: usize, slot: Slot, service: &Service) -> bool {
        let booked_at = self.earlier(slot.starts_at, 2, 45, index);
        let (mut visit, told) = self.book(index, slot, service, booked_at);
        self.tell(&visit, booked_at, told);
        if self.chance.percent(6)
            && let Some(moved) = self.moved_here(&visit)
        {
            visit = moved;
        }
        let went = match self.chance.below(100) {
            0..5 => Went::Cancelled,
            5..9 => Went::Missed,
            _ => Went::Kept,
        };
        let visit = self.go(visit, went).expect("the steps of a visit follow each other");
        self.history.past.push(visit);
        went != Went::Cancelled
    }

    fn book(&mut self, index: usize, slot: Slot, service: &Service, booked_at: Timestamp) -> (Visit, Vec<Happening>) {
        let booking = Booking {
            clinic: self.premises.clinic.id,
            patient: self.people[index].patient.id,
            service: service.id,
            slot,
            note: String::new(),
            external_key: None,
        };
        let id = VisitId::new(booked_at, self.chance);
        Visit::book(booking, id, self.premises.at_the_desk(), Origin::Desk, booked_at).expect("a slot within a shift")
    }

    /// The visit stood a week earlier or later before, and the patient moved it to where it is now.
    fn moved_here(&mut self, visit: &Visit) -> Option<Visit> {
        let week = DAY * 7;
        let before = if self.chance.percent(50) { visit.starts_at + week } else { visit.starts_at - week };
        let old = Visit { starts_at: before, ends_at: before + visit.ends_at.since(visit.starts_at), ..visit.clone() };
        let moved_at = visit.booked_at + DAY;
        if moved_at >= old.starts_at.min(visit.starts_at) {
            return None;
        }
        let id = VisitId::new(moved_at, self.chance);
        let to = Move { id, slot: visit.slot() };
        let by = Actor::Patient(visit.patient);
        let (old, new, told) = old.move_to(to, by, Origin::Channel(Channel::Sandbox), moved_at).ok()?;
        self.tell_by(&new, moved_at, (by, Origin::Channel(Channel::Sandbox)), told);
        self.history.past.push(old);
        Some(new)
    }

    fn go(&mut self, visit: Visit, went: Went) -> Result<Visit, Refusal> {
        let desk = self.premises.at_the_desk();
        if went == Went::Cancelled {
            return self.cancelled(visit);
        }
        let visit = self.confirmed(visit)?;
        let starts_at = visit.starts_at;
        if went == Went::Missed {
            let at = starts_at + MINUTE * 25;
            let (visit, told) = visit.miss(desk, Origin::Desk, at)?;
            self.tell_outcome(&visit, at, told);
            return Ok(visit);
        }
        let arrives_at = starts_at - MINUTE * self.minutes(12);
        let (visit, told) = visit.arrive(desk, Origin::Desk, arrives_at)?;
        self.tell(&visit, arrives_at, told);
        let sits_at = starts_at + MINUTE * self.minutes(6);
        let (visit, told) = visit.take_in_chair(desk, Origin::Desk, sits_at)?;
        self.tell(&visit, sits_at, told);
        let ends_at = visit.ends_at - MINUTE * self.minutes(5);
        let (visit, told) = visit.complete(desk, Origin::Desk, ends_at)?;
        self.tell_outcome(&visit, ends_at, told);
        Ok(visit)
    }

    /// Most confirm a day before, by themselves or on the telephone.
    fn confirmed(&mut self, visit: Visit) -> Result<Visit, Refusal> {
        let at = visit.starts_at - HOUR * 20 - MINUTE * self.minutes(180);
        if at <= visit.booked_at || visit.confirmed().is_some() {
            return Ok(visit);
        }
        let (by, through) = match self.chance.below(100) {
            0..68 => (Actor::Patient(visit.patient), Origin::Channel(Channel::Sandbox)),
            68..82 => (self.premises.at_the_desk(), Origin::Desk),
            _ => return Ok(visit),
        };
        let (visit, told) = visit.confirm(by, through, at)?;
        self.tell_by(&visit, at, (by, through), told);
        Ok(visit)
    }

    fn cancelled(&mut self, visit: Visit) -> Result<Visit, Refusal> {
        let notice = if self.chance.percent(30) { HOUR * 5 } else { DAY * 2 };
        let at = (visit.starts_at - notice).max(visit.booked_at + HOUR);
        let reason = *self.chance.pick(&[
            CancelReason::Unwell,
            CancelReason::NoTime,
            CancelReason::NoTime,
            CancelReason::Other,
            CancelReason::Unsaid,
        ]);
        let (by, through) = if at < visit.starts_at && self.chance.percent(60) {
            (Actor::Patient(visit.patient), Origin::Channel(Channel::Sandbox))
        } else {
            (self.premises.at_the_desk(), Origin::Desk)
        };
        let (visit, told) = visit.cancel(reason, by, through, at)?;
        self.tell_outcome_by(&visit, at, (by, through), told);
        Ok(visit)
    }

    /// Between `least` and `most` days before, in working hours, and not before the patient came to the clinic.
    fn earlier(&mut self, than: Timestamp, least: usize, most: usize, index: usize) -> Timestamp {
        let days = least + self.chance.below(most - least);
        let zone = self.zone();
        let day = days_after(than.date(&zone), -i32::try_from(days).expect("some weeks"));
        let minute = self.chance.below(540);
        let at = zone.start_of(day) + HOUR * 9 + MINUTE * u32::try_from(minute).expect("minutes of a day");
        at.max(self.people[index].patient.created_at + HOUR).min(than - HOUR * 3)
    }

    fn minutes(&mut self, below: usize) -> u32 {
        u32::try_from(self.chance.below(below)).expect("some minutes")
    }

    fn zone(&self) -> Zone {
        self.premises.clinic.zone.clone()
    }

    fn tell(&mut self, visit: &Visit, at: Timestamp, what: Vec<Happening>) {
        self.tell_by(visit, at, (self.premises.at_the_desk(), Origin::Desk), what);
    }

    fn tell_by(&mut self, visit: &Visit, at: Timestamp, by: (Actor, Origin), what: Vec<Happening>) {
        if visit.starts_at + TOLD_WITHIN >= self.span.booked_before {
            self.tell_outcome_by(visit, at, by, what);
        }
    }

    fn tell_outcome(&mut self, visit: &Visit, at: Timestamp, what: Vec<Happening>) {
        self.tell_outcome_by(visit, at, (self.premises.at_the_desk(), Origin::Desk), what);
    }

    fn tell_outcome_by(&mut self, visit: &Visit, at: Timestamp, (by, through): (Actor, Origin), what: Vec<Happening>) {
        for what in what {
            let id = HappeningId::new(at, self.chance);
            self.history.told.push(Recorded { id, at, by, through, clinic: visit.clinic, patient: Some(visit.patient), what });
        }
    }
}
