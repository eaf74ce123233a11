//! When somebody treats: their shifts, as far as the clinic is open, without the time they are away.

use kernel::{Date, Interval, Refusal, StaffId, Time, Timestamp};
use serde::{Deserialize, Serialize};

use crate::clinics::Clinic;
use crate::staff::{Employed, StaffMember};

/// A holiday, an illness, a course: not there from then until then.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Absence {
    pub staff: StaffId,
    pub from: Timestamp,
    pub until: Timestamp,
}

impl Absence {
    pub fn new(staff: StaffId, from: Timestamp, until: Timestamp) -> Result<Self, Refusal> {
        if from < until { Ok(Self { staff, from, until }) } else { Err(Refusal::new("absence.ends-before-start").at("until")) }
    }
}

impl StaffMember {
    /// The hours of a day on duty while the clinic is open. Nothing on a holiday and after they have left.
    pub fn works(&self, date: Date, clinic: &Clinic) -> Vec<Interval> {
        if self.employed == Employed::Left {
            return vec![];
        }
        let open = clinic.open_on(date);
        let shifts = self.shifts.on(date.weekday());
        shifts.flat_map(|shift| open.iter().filter_map(move |open| overlap(shift, *open))).collect()
    }
}

fn overlap(one: Interval, other: Interval) -> Option<Interval> {
    let start = one.start().max(other.start());
    let end = match (one.end(), other.end()) {
        // Midnight is the end of the day, later than every other end.
        (Time::MIN, end) | (end, Time::MIN) => end,
        (one, other) => one.min(other),
    };
    Interval::new(start, end).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::Sample;

    #[test]
    fn a_shift_counts_only_while_the_clinic_is_open() {
        let mut world = Sample::new();
        world.clinic.exceptions.insert("2026-11-24".parse().unwrap(), vec![]);
        world.clinic.exceptions.insert("2026-11-25".parse().unwrap(), vec!["12:30-24:00".parse().unwrap()]);
        for (hours, shifts, day, expected) in [
            ("mon-fri 08:00-20:00", "mon-fri 09:00-13:00 14:00-18:00", "2026-11-23", "09:00-13:00 14:00-18:00"),
            ("mon-fri 10:00-12:00 15:00-17:00", "mon 09:00-16:00", "2026-11-23", "10:00-12:00 15:00-16:00"),
            ("mon-fri 00:00-24:00", "mon 20:00-24:00", "2026-11-23", "20:00-24:00"),
            ("mon 08:00-12:00", "mon 12:00-18:00", "2026-11-23", ""),
            ("mon-fri 08:00-20:00", "mon-fri 09:00-13:00 14:00-18:00", "2026-11-24", ""),
            ("mon-fri 08:00-20:00", "mon-fri 09:00-13:00 14:00-18:00", "2026-11-25", "12:30-13:00 14:00-18:00"),
            ("mon-fri 08:00-20:00", "mon-fri 09:00-13:00", "2026-11-28", ""),
        ] {
            world.clinic.hours = hours.parse().unwrap();
            world.gromov.shifts = shifts.parse().unwrap();
            let works = world.gromov.works(day.parse().unwrap(), &world.clinic);
            let works: Vec<_> = works.iter().map(ToString::to_string).collect();
            assert_eq!(works.join(" "), expected, "{hours} and {shifts} on {day}");
        }
        world.gromov.employed = Employed::Left;
        assert_eq!(world.gromov.works("2026-11-26".parse().unwrap(), &world.clinic), []);
    }

    #[test]
    fn an_absence_ends_after_it_begins() {
        let world = Sample::new();
        let nine = world.monday_nine();
        assert!(Absence::new(world.gromov.id, nine, nine + std::time::Duration::from_secs(1)).is_ok());
        assert_eq!(Absence::new(world.gromov.id, nine, nine).unwrap_err().field(), Some("until"));
    }
}
