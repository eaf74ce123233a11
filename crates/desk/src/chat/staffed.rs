//! Live chat is offered only while somebody can answer: the clinic is open, and somebody who may write to patients is on
//! shift. Otherwise the visitor reads the hour from which somebody is.

use clinic::clinics::Clinic;
use clinic::staff::{Employed, Right, StaffMember};
use kernel::{OpenDays, Timestamp};
use store::{StoreError, Tx};

use crate::bot::facts::open_days;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answering {
    Now,
    From(Timestamp),
    /// Not within two months.
    Unknown,
}

pub fn answering(tx: &mut Tx<'_>, clinic: &Clinic, now: Timestamp) -> Result<Answering, StoreError> {
    let staff = store::staff::all(tx)?;
    let at_the_desk = staff
        .into_iter()
        .filter(|member| member.clinic == clinic.id && member.employed == Employed::Yes && member.role.has(Right::WriteToPatients));
    Ok(answered_from(clinic, &at_the_desk.collect::<Vec<_>>(), now))
}

/// A clinic that keeps no shifts is staffed while it is open.
fn answered_from(clinic: &Clinic, at_the_desk: &[StaffMember], now: Timestamp) -> Answering {
    let open = open_days(clinic);
    let shifts: Vec<OpenDays<'_>> = at_the_desk
        .iter()
        .filter(|member| !member.shifts.is_empty())
        .map(|member| OpenDays { hours: &member.shifts, exceptions: &clinic.exceptions, zone: &clinic.zone })
        .collect();
    // each round goes on to the next opening or the next shift; a week has few of either
    let mut from = now;
    for _ in 0..400 {
        let Some(opening) = open.next_opening(from) else { return Answering::Unknown };
        let begins = shifts.iter().filter_map(|shift| shift.next_opening(opening)).min();
        from = match begins {
            None if shifts.is_empty() => opening,
            None => return Answering::Unknown,
            Some(begins) => begins,
        };
        if open.is_open(from) {
            return if from == now { Answering::Now } else { Answering::From(from) };
        }
    }
    Answering::Unknown
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;

    use clinic::staff::{Employed, Provides, Role};
    use kernel::{Chance, ClinicId, Locale, PersonName, QuietHours, StaffId, Time, Zone};

    use super::*;

    fn premises(hours: &str) -> Clinic {
        Clinic {
            id: ClinicId::new(Timestamp::from_millis(1), &mut Chance::from_seed(1)),
            name: "Mosoly".to_owned(),
            zone: Zone::named("Europe/Budapest").unwrap(),
            locale: Locale::Hu,
            address: String::new(),
            map_url: None,
            region: "HU".to_owned(),
            hours: hours.parse().unwrap(),
            exceptions: BTreeMap::new(),
            quiet_hours: QuietHours { from: Time::constant(21, 0, 0, 0), until: Time::constant(8, 0, 0, 0) },
            daily_cap: 1,
            public_url: None,
        }
    }

    fn kata(clinic: &Clinic, shifts: &str) -> StaffMember {
        StaffMember {
            id: StaffId::new(Timestamp::from_millis(1), &mut Chance::from_seed(2)),
            clinic: clinic.id,
            name: PersonName::new("Kata", "Szabó").unwrap(),
            title: String::new(),
            role: Role::Desk,
            locale: Locale::Hu,
            email: None,
            shifts: shifts.parse().unwrap(),
            provides: Provides::Nothing,
            employed: Employed::Yes,
        }
    }

    #[test]
    fn somebody_answers_while_the_clinic_is_open_and_staffed() {
        let clinic = premises("mon-fri 09:00-17:00");
        let at = |wall: &str| clinic.zone.at(wall.parse().unwrap());
        let monday = |time: &str| at(&format!("2026-11-23T{time}"));
        for (shifts, now, expected) in [
            (&[][..], monday("10:00"), Answering::Now),
            (&[], monday("17:00"), Answering::From(at("2026-11-24T09:00"))),
            (&["mon-fri 12:00-20:00"], monday("10:00"), Answering::From(monday("12:00"))),
            (&["mon-fri 12:00-20:00"], monday("12:00"), Answering::Now),
            (&["mon-fri 12:00-20:00"], monday("18:00"), Answering::From(at("2026-11-24T12:00"))),
            (&["mon 06:00-08:00", "wed 09:00-10:00"], monday("10:00"), Answering::From(at("2026-11-25T09:00"))),
            (&["sun 09:00-17:00"], monday("10:00"), Answering::Unknown),
        ] {
            let staff: Vec<_> = shifts.iter().map(|shifts| kata(&clinic, shifts)).collect();
            assert_eq!(answered_from(&clinic, &staff, now), expected, "{shifts:?} at {now}");
        }
    }
}
