//! The clinic's day as the people at the front of the house keep it: patients come, sit down, are treated and go, some do
//! not come, and whoever needs another visit is given one before they leave.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use clinic::actors::{Actor, Origin};
use clinic::journal::{Booking, Slot, Visit, VisitState, Wanted};
use desk::{ActError, Desk, Seen, VisitMark, book_visit, find_slots, mark_visit};
use futures_util::future::try_join_all;
use kernel::{Chance, ClinicId, Date, Timestamp, Zone};
use store::Touched;
use tokio::sync::broadcast;

use super::habits::chance_of;
use super::history::days_after;

const MINUTE: Duration = Duration::from_mins(1);
/// So early before a visit somebody may come.
const EARLY: Duration = Duration::from_mins(15);
/// Marks are made on the five minutes.
const FIVE_MINUTES: i64 = 5 * 60_000;

pub struct Day {
    pub seed: u64,
    pub clinic: ClinicId,
    pub zone: Zone,
    pub at_the_desk: Actor,
    pub open: Mutex<Option<OpenJournal>>,
}

/// The page of the journal that lies open at the front of the house; it is read anew only when something was written.
pub struct OpenJournal {
    page: Arc<[Visit]>,
    on: Date,
    written: broadcast::Receiver<Touched>,
}

impl OpenJournal {
    /// Whether nothing has been written since the page was read.
    fn is_fresh(&mut self, today: Date) -> bool {
        if self.on != today {
            return false;
        }
        loop {
            match self.written.try_recv() {
                Ok(touched) if touched.0 == "journal" || touched == Touched::anything() => return false,
                Ok(_) => {}
                Err(broadcast::error::TryRecvError::Empty) => return true,
                Err(_) => return false,
            }
        }
    }
}

impl Day {
    /// Makes the marks that are due. Says how many.
    pub async fn act_due(&self, desk: &Desk) -> Result<usize, ActError> {
        let now = desk.now();
        let visits = self.visits(desk, now).await?;
        let due = visits.iter().filter_map(|visit| Some((visit, self.next(visit).filter(|(at, _)| *at <= now)?.1)));
        // what is marked at one moment shares a commit
        let marked = try_join_all(due.map(|(visit, mark)| self.mark(desk, visit, mark))).await?;
        for (visit, _) in marked.iter().flatten().filter(|(_, mark)| *mark == VisitMark::Complete) {
            self.book_again(desk, visit).await?;
        }
        Ok(marked.iter().flatten().count())
    }

    /// When the next mark is due today.
    pub async fn next_due(&self, desk: &Desk) -> Result<Option<Timestamp>, ActError> {
        let now = desk.now();
        let visits = self.visits(desk, now).await?;
        Ok(visits.iter().filter_map(|visit| self.next(visit)).map(|(at, _)| at).filter(|at| *at > now).min())
    }

    /// Today's visits, in an order that does not depend on ids.
    async fn visits(&self, desk: &Desk, now: Timestamp) -> Result<Arc<[Visit]>, ActError> {
        let today = now.date(&self.zone);
        if let Some(open) = self.open.lock().unwrap_or_else(PoisonError::into_inner).as_mut()
            && open.is_fresh(today)
        {
            return Ok(Arc::clone(&open.page));
        }
        let written = desk.store().subscribe();
        let (clinic, from, until) = (self.clinic, self.zone.start_of(today), self.zone.start_of(days_after(today, 1)));
        let mut visits = desk.look(move |tx, _| Ok(store::visits::between(tx, clinic, from, until)?)).await?;
        visits.sort_by_key(|visit| (visit.starts_at, visit.chair, visit.provider));
        let page: Arc<[Visit]> = visits.into();
        let open = OpenJournal { page: Arc::clone(&page), on: today, written };
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = Some(open);
        Ok(page)
    }

    /// The next mark of a visit and when it is made.
    fn next(&self, visit: &Visit) -> Option<(Timestamp, VisitMark)> {
        let mut chance = chance_of(self.seed, "day", &format!("{} {:?}", visit.starts_at, visit.chair.map(|chair| chair.to_string())));
        let likely = if visit.confirmed().is_some() { 3 } else { 9 };
        let stays_away = chance.percent(likely);
        let early = MINUTE * u32::try_from(5 * chance.below(3)).expect("some minutes");
        let late = MINUTE * visit.late_minutes.unwrap_or(0);
        let marked = visit.state.mark().map_or(visit.starts_at, |mark| mark.at);
        let (at, mark) = match visit.state {
            VisitState::Booked | VisitState::Confirmed { .. } if stays_away && late.is_zero() => {
                (visit.starts_at + MINUTE * 25, VisitMark::Miss)
            }
            VisitState::Booked | VisitState::Confirmed { .. } => (visit.starts_at + late - early.min(EARLY), VisitMark::Arrive),
            VisitState::Arrived { .. } => (visit.starts_at.max(marked) + MINUTE * 5, VisitMark::TakeInChair),
            VisitState::InChair { .. } => (visit.ends_at.max(marked + MINUTE * 10), VisitMark::Complete),
            VisitState::Requested
            | VisitState::Completed { .. }
            | VisitState::Cancelled { .. }
            | VisitState::Moved { .. }
            | VisitState::NoShow { .. } => return None,
        };
        Some((Timestamp::from_millis(at.as_millis().div_euclid(FIVE_MINUTES) * FIVE_MINUTES), mark))
    }

    /// Somebody else may have marked the visit meanwhile: then their mark stands.
    async fn mark<'a>(&self, desk: &Desk, visit: &'a Visit, mark: VisitMark) -> Result<Option<(&'a Visit, VisitMark)>, ActError> {
        let seen = Seen { visit: visit.id, version: visit.version };
        match mark_visit(desk, self.at_the_desk, Origin::Desk, seen, mark).await {
            Ok(_) => Ok(Some((visit, mark))),
            Err(ActError::Refused(_)) => Ok(None),
            Err(error @ ActError::Store(_)) => Err(error),
        }
    }

    /// Every third patient leaves with a time for the next visit.
    async fn book_again(&self, desk: &Desk, visit: &Visit) -> Result<(), ActError> {
        let mut chance = chance_of(self.seed, "again", &format!("{} {}", visit.starts_at, visit.ends_at));
        if !chance.percent(33) {
            return Ok(());
        }
        let today = desk.now().date(&self.zone);
        let wanted = Wanted { provider: Some(visit.provider), ..Wanted::between(days_after(today, 8), days_after(today, 21)) };
        let free = find_slots(desk, self.at_the_desk, visit.service, wanted).await?;
        let Some(slot) = pick(&free, &mut chance) else { return Ok(()) };
        let booking =
            Booking { clinic: visit.clinic, patient: visit.patient, service: visit.service, slot, note: String::new(), external_key: None };
        match book_visit(desk, self.at_the_desk, Origin::Desk, booking).await {
            Ok(_) | Err(ActError::Refused(_)) => Ok(()),
            Err(error @ ActError::Store(_)) => Err(error),
        }
    }
}

fn pick(free: &[Slot], chance: &mut Chance) -> Option<Slot> {
    if free.is_empty() { None } else { Some(*chance.pick(free)) }
}
