//! Which of the free slots a patient is offered: few, and such that each is another choice.

use std::time::Duration;

use kernel::{Date, Timestamp, Zone};

use super::slots::minute_of;
use super::{Daypart, Slot};

/// Buttons under a question: more than three are not read.
const OFFERED: usize = 3;
/// Who cannot come at nine cannot come at a quarter past nine either.
const APART: Duration = Duration::from_hours(1);
/// A slot on the day of another offer counts like one that is five days off.
const SAME_DAY: u32 = 5 * DAY_AWAY;
const SAME_DAYPART: u32 = 2 * DAY_AWAY;
/// A day sooner or later weighs as much as an hour earlier or later on the clock.
const DAY_AWAY: u32 = 60;

/// At most three, sorted by time: near the hour and the day of the original visit, but differing from it and from each
/// other by an hour at least, and by day and daypart where the journal allows.
pub fn pick_three(slots: &[Slot], around: Timestamp, zone: &Zone) -> Vec<Slot> {
    let habit = Place::of(around, zone);
    let mut open: Vec<_> = slots.iter().map(|slot| (Place::of(slot.starts_at, zone), slot)).collect();
    open.retain(|(_, slot)| !near(slot.starts_at, around));
    let mut picked: Vec<(Place, &Slot)> = Vec::with_capacity(OFFERED);
    while picked.len() < OFFERED {
        let cost = |place: &Place| place.away_from(&habit) + picked.iter().map(|(other, _)| place.repeats(other)).sum::<u32>();
        let Some(best) = open.iter().min_by_key(|(place, slot)| (cost(place), slot.starts_at)).copied() else { break };
        open.retain(|(_, slot)| !near(slot.starts_at, best.1.starts_at));
        picked.push(best);
    }
    let mut picked: Vec<_> = picked.into_iter().map(|(_, slot)| *slot).collect();
    picked.sort_by_key(|slot| slot.starts_at);
    picked
}

fn near(one: Timestamp, other: Timestamp) -> bool {
    one.since(other) < APART && other.since(one) < APART
}

/// Where a slot lies in days and hours, as people think of it.
#[derive(Clone, Copy)]
struct Place {
    day: Date,
    minute: u32,
    daypart: Daypart,
}

impl Place {
    fn of(at: Timestamp, zone: &Zone) -> Self {
        let wall = at.in_zone(zone);
        Self { day: wall.date(), minute: minute_of(wall.time()), daypart: Daypart::of(wall.time()) }
    }

    fn away_from(&self, other: &Self) -> u32 {
        let days = self.day.since(other.day).map_or(0, |span| span.get_days().unsigned_abs());
        days * DAY_AWAY + self.minute.abs_diff(other.minute)
    }

    fn repeats(&self, other: &Self) -> u32 {
        let day = if self.day == other.day { SAME_DAY } else { 0 };
        let daypart = if self.daypart == other.daypart { SAME_DAYPART } else { 0 };
        day + daypart
    }
}
