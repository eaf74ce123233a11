//! The demo clinic itself: where it is, who works there, in which chairs, and what it offers.

use std::collections::BTreeMap;

use clinic::actors::{Actor, Channel};
use clinic::clinics::Clinic;
use clinic::services::{Chair, Offered, Service};
use clinic::staff::{Employed, Provides, Role, StaffMember};
use kernel::{
    AccountId, ChairId, Chance, ClinicId, Date, Interval, Locale, OrganisationId, PersonName, QuietHours, Secret, ServiceId, StaffId, Time,
    Timestamp, Zone,
};
use store::accounts::{Account, AccountState, Reached};
use store::{StoreError, Tx};

use super::speech::Speech;

const HOURS: &str = "mon-fri 08:00-20:00; sat 09:00-13:00";
const MORNINGS: &str = "mon-fri 08:00-14:00; sat 09:00-13:00";
const AFTERNOONS: &str = "mon-fri 13:30-20:00";
const WHOLE_DAYS: &str = "mon-thu 09:00-13:00 14:00-18:00";
/// Days on which Hungary rests, as month and day.
const HOLIDAYS: [(i8, i8); 9] = [(1, 1), (3, 15), (5, 1), (8, 20), (10, 23), (11, 1), (12, 24), (12, 25), (12, 26)];

/// A dentist or hygienist: who, in which chair, and when.
const PROVIDERS: [(&str, &str, &str, &str); 5] = [
    ("Katalin", "Kovács", "Dr. Kovács Katalin", MORNINGS),
    ("Pavel", "Gromov", "Dr. Pavel Gromov", AFTERNOONS),
    ("Dariush", "Tehrani", "Dr. Dariush Tehrani", WHOLE_DAYS),
    ("Helen", "Lind", "Dr. Helen Lind", MORNINGS),
    ("Réka", "Szabó", "Szabó Réka", WHOLE_DAYS),
];

/// What the clinic is made of.
pub struct Premises {
    pub organisation: OrganisationId,
    pub clinic: Clinic,
    /// Who the visitor is.
    pub manager: StaffMember,
    pub receptionist: StaffMember,
    /// Four dentists and, last, the hygienist; each with the chair of the same place in `chairs`.
    pub providers: Vec<StaffMember>,
    pub chairs: Vec<Chair>,
    pub services: Vec<Service>,
    /// The sandbox: the messenger of every patient.
    pub account: Account,
    /// The chat on the clinic's website.
    pub chat: Account,
}

impl Premises {
    /// As it was opened, three years before `now`.
    pub fn open(locale: Locale, now: Timestamp, chance: &mut Chance) -> Self {
        let words = &Speech::of(locale).clinic;
        let zone = zone();
        let clinic = Clinic {
            id: ClinicId::new(now, chance),
            name: words.name.clone(),
            zone,
            locale,
            address: "1052 Budapest, Petőfi Sándor utca 7.".to_owned(),
            map_url: Some("https://www.openstreetmap.org/?mlat=47.4943&mlon=19.0539#map=17/47.4943/19.0539".to_owned()),
            region: "HU".to_owned(),
            hours: HOURS.parse().expect("hours that the tests of the demo read"),
            exceptions: holidays(now),
            quiet_hours: QuietHours { from: Time::constant(20, 0, 0, 0), until: Time::constant(8, 0, 0, 0) },
            daily_cap: 2,
            public_url: None,
        };
        let staff = Hiring { clinic: clinic.id, locale, now };
        let providers: Vec<_> = PROVIDERS.iter().map(|provider| staff.provider(provider, chance)).collect();
        let chairs: Vec<_> = (1..=providers.len())
            .map(|number| Chair { id: ChairId::new(now, chance), clinic: clinic.id, name: number.to_string() })
            .collect();
        let services = services(&staff, &providers, &chairs, chance);
        let account = Account {
            id: AccountId::new(now, chance),
            clinic: clinic.id,
            channel: Channel::Sandbox,
            name: words.name.clone(),
            handle: String::new(),
            settings: BTreeMap::from([("key".to_owned(), Secret::new(chance.token()))]),
            reached: Reached::ByWebhook,
            state: AccountState::On,
            cursor: None,
            trouble: None,
            created_at: now,
        };
        Self {
            organisation: OrganisationId::new(now, chance),
            manager: staff.member(("Olga", "Nagy"), Role::Owner, chance),
            receptionist: staff.member(("Kata", "Horváth"), Role::Desk, chance),
            clinic,
            providers,
            chairs,
            services,
            chat: Account { id: AccountId::new(now, chance), channel: Channel::Web, settings: chat(chance), ..account.clone() },
            account,
        }
    }

    pub fn at_the_desk(&self) -> Actor {
        Actor::Staff { id: self.receptionist.id, role: self.receptionist.role }
    }

    /// Writes the clinic down, into an organisation that is there.
    pub fn save(&self, tx: &mut Tx<'_>) -> Result<(), StoreError> {
        store::clinics::save_clinic(tx, &self.clinic)?;
        for member in self.providers.iter().chain([&self.manager, &self.receptionist]) {
            store::staff::save(tx, member)?;
        }
        for chair in &self.chairs {
            store::clinics::save_chair(tx, chair)?;
        }
        for service in &self.services {
            store::clinics::save_service(tx, service)?;
        }
        store::accounts::save(tx, &self.account)?;
        store::accounts::save(tx, &self.chat)
    }

    /// The services that a provider gives.
    pub fn services_of(&self, provider: StaffId) -> Vec<&Service> {
        self.services.iter().filter(|service| service.providers.contains(&provider)).collect()
    }
}

/// The website of the demo is a page of the program itself, where the chat always stands.
fn chat(chance: &mut Chance) -> BTreeMap<String, Secret> {
    let settings = [("origins", "https://mosoly.example".to_owned()), ("key", chance.token())];
    settings.into_iter().map(|(name, value)| (name.to_owned(), Secret::new(value))).collect()
}

pub fn zone() -> Zone {
    Zone::named("Europe/Budapest").expect("the zone stands in the database that is built in")
}

struct Hiring {
    clinic: ClinicId,
    locale: Locale,
    now: Timestamp,
}

impl Hiring {
    fn member(&self, (given, family): (&str, &str), role: Role, chance: &mut Chance) -> StaffMember {
        StaffMember {
            id: StaffId::new(self.now, chance),
            clinic: self.clinic,
            name: PersonName::new(given, family).expect("a name"),
            title: format!("{given} {family}"),
            role,
            locale: self.locale,
            email: Some(format!("{}@mosoly.example", given.to_lowercase())),
            shifts: HOURS.parse().expect("hours that the tests of the demo read"),
            provides: Provides::Nothing,
            employed: Employed::Yes,
        }
    }

    fn provider(&self, (given, family, title, shifts): &(&str, &str, &str, &str), chance: &mut Chance) -> StaffMember {
        StaffMember {
            title: (*title).to_owned(),
            email: None,
            shifts: shifts.parse().expect("hours that the tests of the demo read"),
            provides: Provides::Treatment,
            ..self.member((given, family), Role::Clinician, chance)
        }
    }
}

/// Three years back and two ahead.
fn holidays(now: Timestamp) -> BTreeMap<Date, Vec<Interval>> {
    let year = now.date(&zone()).year();
    let days = (year - 3..=year + 2).flat_map(|year| HOLIDAYS.map(|(month, day)| Date::constant(year, month, day)));
    days.map(|day| (day, Vec::new())).collect()
}

fn services(hiring: &Hiring, providers: &[StaffMember], chairs: &[Chair], chance: &mut Chance) -> Vec<Service> {
    let Hiring { clinic, locale, now } = *hiring;
    let words = &Speech::of(locale).clinic;
    let (hygienist, dentists) = providers.split_last().expect("the clinic has people who treat");
    let dentists: Vec<StaffId> = dentists.iter().map(|dentist| dentist.id).collect();
    let all_chairs: Vec<ChairId> = chairs.iter().map(|chair| chair.id).collect();
    let mut service = |name: &str, minutes: u32, providers: &[StaffId], preparation: &str| Service {
        id: ServiceId::new(now, chance),
        clinic,
        name: name.to_owned(),
        minutes,
        buffer_minutes: 0,
        providers: providers.to_vec(),
        chairs: all_chairs.clone(),
        preparation: preparation.to_owned(),
        offered: Offered::Yes,
    };
    vec![
        service(&words.check_up, 30, &dentists, ""),
        service(&words.filling, 45, &dentists, ""),
        service(&words.root_canal, 60, &dentists, ""),
        service(&words.crown, 45, &dentists, ""),
        service(&words.extraction, 30, &dentists, &words.extraction_preparation),
        service(&words.hygiene, 45, &[hygienist.id], &words.hygiene_preparation),
    ]
}
