//! The search for a free time.
//!
//! A slot begins on the grid of the wall clock, lies within the shift of its provider while the clinic is open, meets no
//! visit with its buffer and no absence, has a chair where the service can be done, and leaves time to get there.
//! The buffer after the new visit may reach into a break or past closing: that is when a room is cleaned.

use std::collections::BTreeMap;
use std::time::Duration;

use kernel::{ChairId, Date, Interval, StaffId, Time, Timestamp, Weekday, Zone};
use serde::{Deserialize, Serialize};

use super::{Absence, Busy, Slot};
use crate::clinics::Clinic;
use crate::services::{Chair, Offered, Service};
use crate::staff::{Provides, StaffMember};

/// Everything the search looks at.
#[derive(Clone, Copy)]
pub struct SlotSearch<'a> {
    pub clinic: &'a Clinic,
    pub service: &'a Service,
    pub providers: &'a [StaffMember],
    pub absences: &'a [Absence],
    pub chairs: &'a [Chair],
    pub busy: &'a [Busy],
    pub wanted: &'a Wanted,
    pub now: Timestamp,
    pub rules: SlotRules,
}

/// What somebody would like. An empty list and `None` mean: any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wanted {
    pub provider: Option<StaffId>,
    pub from: Date,
    /// The last day, included.
    pub until: Date,
    pub dayparts: Vec<Daypart>,
    pub weekdays: Vec<Weekday>,
    /// Not before this time of day.
    pub earliest: Option<Time>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct SlotRules {
    /// Slots begin on multiples of this, counted from midnight.
    pub step_minutes: u32,
    /// A patient needs this long to come, and the desk to notice.
    pub notice_minutes: u32,
    pub limit: usize,
}

/// A part of the day, by when a visit begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Daypart {
    /// Before noon.
    Morning,
    /// Before 17:00.
    Afternoon,
    Evening,
}

/// Longer than any recall interval; keeps a slip in a date from searching for years.
const LOOKS_AHEAD_DAYS: usize = 400;

impl Default for SlotRules {
    fn default() -> Self {
        Self { step_minutes: 15, notice_minutes: 120, limit: 500 }
    }
}

impl Wanted {
    pub const fn between(from: Date, until: Date) -> Self {
        Self { provider: None, from, until, dayparts: Vec::new(), weekdays: Vec::new(), earliest: None }
    }

    fn day_fits(&self, day: Date) -> bool {
        self.weekdays.is_empty() || self.weekdays.contains(&day.weekday())
    }

    fn time_fits(&self, minute: u32) -> bool {
        let late_enough = self.earliest.is_none_or(|earliest| minute >= minute_of(earliest));
        late_enough && (self.dayparts.is_empty() || self.dayparts.contains(&Daypart::of_minute(minute)))
    }
}

impl Daypart {
    pub const ALL: [Self; 3] = [Self::Morning, Self::Afternoon, Self::Evening];

    pub fn of(time: Time) -> Self {
        Self::of_minute(minute_of(time))
    }

    fn of_minute(minute: u32) -> Self {
        match minute / 60 {
            0..12 => Self::Morning,
            12..17 => Self::Afternoon,
            _ => Self::Evening,
        }
    }

    /// The key of its word.
    pub fn key(self) -> String {
        format!("daypart-{}", self.name())
    }

    pub const fn name(self) -> &'static str {
        match self {
            Self::Morning => "morning",
            Self::Afternoon => "afternoon",
            Self::Evening => "evening",
        }
    }
}

impl SlotSearch<'_> {
    /// Sorted by when they begin; at the same time in the order of the providers.
    pub fn find(&self) -> Vec<Slot> {
        let mut found = Vec::new();
        if self.service.offered == Offered::Retired || self.service.minutes == 0 {
            return found;
        }
        let (providers, chairs) = (self.columns(), self.places());
        for day in self.wanted.from.series(jiff::Span::new().days(1)).take(LOOKS_AHEAD_DAYS) {
            if day > self.wanted.until || found.len() >= self.rules.limit {
                break;
            }
            if !self.wanted.day_fits(day) {
                continue;
            }
            let today = Today::of(day, &self.clinic.zone);
            let first = found.len();
            for column in &providers {
                for shift in column.provider.works(day, self.clinic) {
                    self.search(&today, shift, (column, &chairs), &mut found);
                }
            }
            found[first..].sort_by_key(|slot| slot.starts_at);
        }
        found.truncate(self.rules.limit);
        found
    }

    fn search(&self, today: &Today, shift: Interval, (column, chairs): (&Column, &[Place]), found: &mut Vec<Slot>) {
        let shift = today.shift(shift);
        let step = self.rules.step_minutes.max(1);
        let to_grid = (step - shift.first_minute % step) % step;
        let soonest = self.now + minutes(self.rules.notice_minutes);
        let (treatment, buffer) = (minutes(self.service.minutes), minutes(self.service.buffer_minutes));
        let mut starts_at = shift.from + minutes(to_grid);
        while starts_at + treatment <= shift.until {
            let ends_at = starts_at + treatment;
            let fits = starts_at >= soonest
                && self.wanted.time_fits(today.minute_at(starts_at))
                && column.busy.is_free(starts_at, ends_at + buffer)
                && column.away.is_free(starts_at, ends_at);
            if fits && let Some(place) = chairs.iter().find(|place| place.busy.is_free(starts_at, ends_at + buffer)) {
                found.push(Slot { provider: column.provider.id, chair: place.chair, starts_at, ends_at });
            }
            starts_at = starts_at + minutes(step);
        }
    }

    fn columns(&self) -> Vec<Column<'_>> {
        let mut busy = grouped(self.busy.iter().map(|busy| (busy.provider, (busy.starts_at, busy.ends_at))));
        let mut away = grouped(self.absences.iter().map(|absence| (absence.staff, (absence.from, absence.until))));
        let mut columns = Vec::new();
        for provider in self.providers {
            let asked_for = self.wanted.provider.is_none_or(|wanted| wanted == provider.id);
            let able = self.service.providers.is_empty() || self.service.providers.contains(&provider.id);
            if asked_for && able && provider.provides == Provides::Treatment {
                let (busy, away) = (busy.remove(&provider.id), away.remove(&provider.id));
                columns.push(Column { provider, busy: busy.unwrap_or_default(), away: away.unwrap_or_default() });
            }
        }
        columns
    }

    /// Where it can be done. A clinic that keeps no list of chairs has one place that is never taken.
    fn places(&self) -> Vec<Place> {
        if self.chairs.is_empty() && self.service.chairs.is_empty() {
            return vec![Place { chair: None, busy: Taken::default() }];
        }
        let taken = self.busy.iter().filter_map(|busy| Some((busy.chair?, (busy.starts_at, busy.ends_at))));
        let mut busy = grouped(taken);
        let allowed = |chair: &&Chair| self.service.chairs.is_empty() || self.service.chairs.contains(&chair.id);
        let place = |chair: &Chair| Place { chair: Some(chair.id), busy: busy.remove(&chair.id).unwrap_or_default() };
        self.chairs.iter().filter(allowed).map(place).collect()
    }
}

struct Column<'a> {
    provider: &'a StaffMember,
    busy: Taken,
    away: Taken,
}

struct Place {
    chair: Option<ChairId>,
    busy: Taken,
}

/// A day of the wall clock. The zone is asked for single times only on a day on which the clocks change.
struct Today<'a> {
    day: Date,
    zone: &'a Zone,
    begins_at: Timestamp,
    clock: WallClock,
}

#[derive(Clone, Copy)]
enum WallClock {
    Steady,
    Changes,
}

impl<'a> Today<'a> {
    fn of(day: Date, zone: &'a Zone) -> Self {
        let begins_at = zone.start_of(day);
        let steady = day.tomorrow().is_ok_and(|next| begins_at + minutes(MINUTES_OF_DAY) == zone.start_of(next));
        Self { day, zone, begins_at, clock: if steady { WallClock::Steady } else { WallClock::Changes } }
    }

    fn shift(&self, interval: Interval) -> Shift {
        let first_minute = minute_of(interval.start());
        let last_minute = if interval.end() == Time::midnight() { MINUTES_OF_DAY } else { minute_of(interval.end()) };
        let (from, until) = match self.clock {
            WallClock::Steady => (self.begins_at + minutes(first_minute), self.begins_at + minutes(last_minute)),
            WallClock::Changes => {
                let (from, until) = interval.on(self.day);
                (self.zone.at(from), self.zone.at(until))
            }
        };
        Shift { from, until, first_minute }
    }

    /// The minute of the day on the wall.
    fn minute_at(&self, at: Timestamp) -> u32 {
        match self.clock {
            WallClock::Steady => u32::try_from(at.since(self.begins_at).as_secs() / 60).unwrap_or(0),
            WallClock::Changes => minute_of(at.in_zone(self.zone).time()),
        }
    }
}

/// Working hours of one day as instants.
struct Shift {
    from: Timestamp,
    until: Timestamp,
    first_minute: u32,
}

/// Times that are taken: sorted, none overlapping another.
#[derive(Default)]
struct Taken(Vec<(Timestamp, Timestamp)>);

impl Taken {
    fn new(mut times: Vec<(Timestamp, Timestamp)>) -> Self {
        times.retain(|(from, until)| from < until);
        times.sort_unstable();
        times.dedup_by(|next, kept| {
            let meets = next.0 <= kept.1;
            if meets {
                kept.1 = kept.1.max(next.1);
            }
            meets
        });
        Self(times)
    }

    fn is_free(&self, from: Timestamp, until: Timestamp) -> bool {
        let next = self.0.partition_point(|taken| taken.1 <= from);
        self.0.get(next).is_none_or(|taken| taken.0 >= until)
    }
}

fn grouped<K: Ord>(times: impl Iterator<Item = (K, (Timestamp, Timestamp))>) -> BTreeMap<K, Taken> {
    let mut groups: BTreeMap<K, Vec<_>> = BTreeMap::new();
    for (key, time) in times {
        groups.entry(key).or_default().push(time);
    }
    groups.into_iter().map(|(key, times)| (key, Taken::new(times))).collect()
}

const MINUTES_OF_DAY: u32 = 24 * 60;

pub(super) fn minute_of(time: Time) -> u32 {
    u32::from(time.hour().unsigned_abs()) * 60 + u32::from(time.minute().unsigned_abs())
}

fn minutes(count: u32) -> Duration {
    Duration::from_mins(u64::from(count))
}
