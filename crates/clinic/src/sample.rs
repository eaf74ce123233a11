//! The people and things that tests speak of: Anna, Boris, Vera, little Mira and her guardian Dora, Dr Gromov, chair 2,
//! a Monday at 09:00 in Budapest.

use kernel::{
    ChairId, Chance, ClinicId, Interval, Locale, PatientId, PersonName, QuietHours, ServiceId, StaffId, Time, Timestamp, VisitId, Zone,
};

use crate::actors::{Actor, Origin};
use crate::clinics::Clinic;
use crate::journal::{Booking, Slot, Visit};
use crate::patients::{NewPatient, Patient};
use crate::services::{Chair, Offered, Service};
use crate::staff::{Employed, Provides, Role, StaffMember};
use crate::texts::Phrasebook;

pub struct Sample {
    pub chance: Chance,
    pub clinic: Clinic,
    pub gromov: StaffMember,
    /// A second dentist.
    pub lind: StaffMember,
    pub desk: StaffMember,
    pub owner: StaffMember,
    pub chairs: Vec<Chair>,
    pub service: Service,
    pub anna: Patient,
    pub boris: Patient,
    pub mira: Patient,
    pub dora: Patient,
}

const WEEK: &str = "mon-fri 09:00-13:00 14:00-18:00";

impl Sample {
    pub fn new() -> Self {
        let zone = Zone::named("Europe/Budapest").unwrap();
        let now = zone.at("2026-11-23T09:00".parse().unwrap());
        let mut chance = Chance::from_seed(23);
        let clinic = Clinic {
            id: ClinicId::new(now, &mut chance),
            name: "Mosoly".to_owned(),
            zone,
            locale: Locale::Hu,
            address: "1052 Budapest, Petőfi Sándor utca 7.".to_owned(),
            map_url: None,
            region: "HU".to_owned(),
            hours: WEEK.parse().unwrap(),
            exceptions: std::collections::BTreeMap::new(),
            quiet_hours: QuietHours { from: Time::constant(20, 0, 0, 0), until: Time::constant(8, 0, 0, 0) },
            daily_cap: 1,
            public_url: None,
        };
        let staff = |chance: &mut Chance, name: (&str, &str), role, provides| StaffMember {
            id: StaffId::new(now, chance),
            clinic: clinic.id,
            name: PersonName::new(name.0, name.1).unwrap(),
            title: format!("Dr {}", name.1),
            role,
            locale: Locale::Hu,
            email: Some(format!("{}@mosoly.example", name.1.to_lowercase())),
            shifts: WEEK.parse().unwrap(),
            provides,
            employed: Employed::Yes,
        };
        let patient = |chance: &mut Chance, name: (&str, &str), born_on: &str| {
            let card = NewPatient::named(clinic.id, PersonName::new(name.0, name.1).unwrap(), Locale::En);
            let card = NewPatient { born_on: Some(born_on.parse().unwrap()), ..card };
            Patient::new(card, PatientId::new(now, chance), now).unwrap().0
        };
        let dora = patient(&mut chance, ("Dora", "Varga"), "1990-05-12");
        let mut mira = patient(&mut chance, ("Mira", "Varga"), "2019-02-28");
        mira.guardian = Some(dora.id);
        let chair = |chance: &mut Chance, number: u32| Chair { id: ChairId::new(now, chance), clinic: clinic.id, name: number.to_string() };
        Self {
            gromov: staff(&mut chance, ("Pavel", "Gromov"), Role::Clinician, Provides::Treatment),
            lind: staff(&mut chance, ("Ida", "Lind"), Role::Clinician, Provides::Treatment),
            desk: staff(&mut chance, ("Kata", "Szabo"), Role::Desk, Provides::Nothing),
            owner: staff(&mut chance, ("Olga", "Nagy"), Role::Owner, Provides::Nothing),
            chairs: (1..=2).map(|number| chair(&mut chance, number)).collect(),
            service: Service {
                id: ServiceId::new(now, &mut chance),
                clinic: clinic.id,
                name: "Check-up".to_owned(),
                minutes: 60,
                buffer_minutes: 0,
                providers: vec![],
                chairs: vec![],
                preparation: String::new(),
                offered: Offered::Yes,
            },
            anna: patient(&mut chance, ("Anna", "Bell"), "1985-01-30"),
            boris: patient(&mut chance, ("Boris", "Orlov"), "1979-11-02"),
            mira,
            dora,
            clinic,
            chance,
        }
    }

    pub fn monday_nine(&self) -> Timestamp {
        self.clinic.zone.at("2026-11-23T09:00".parse().unwrap())
    }

    pub fn desk_actor(&self) -> Actor {
        Actor::Staff { id: self.desk.id, role: self.desk.role }
    }

    /// Anna's visit, booked by the desk a week before.
    pub fn booked(&mut self, slot: Slot) -> Visit {
        let now = slot.starts_at - std::time::Duration::from_hours(7 * 24);
        let id = VisitId::new(now, &mut self.chance);
        let booking = Booking {
            clinic: self.clinic.id,
            patient: self.anna.id,
            service: self.service.id,
            slot,
            note: String::new(),
            external_key: None,
        };
        Visit::book(booking, id, self.desk_actor(), Origin::Desk, now).unwrap().0
    }

    pub fn hours(text: &str) -> Interval {
        text.parse().unwrap()
    }
}

/// Each key has words, in every language.
pub fn expect_words(keys: impl IntoIterator<Item = String>) {
    for key in keys {
        for locale in Locale::ALL {
            assert!(Phrasebook::of(locale).has(&key), "{locale} has no words for `{key}`");
        }
    }
}
