//! Who lives in the stories.

use desk::Desk;
use kernel::{
    AccountId, Address, ChairId, ClinicId, ContactPointId, Date, Locale, PatientId, PersonName, QuietHours, Scheme, Secret, ServiceId,
    StaffId, Time, Timestamp, Zone,
};
use serde_json::{Value, json};
use store::accounts::{AccountState, Reached};

use clinic::actors::{Actor, Channel, Origin};
use clinic::clinics::Clinic;
use clinic::patients::{ContactPoint, NewPatient, Patient, Sureness};
use clinic::services::{Chair, Offered, Service};
use clinic::staff::{Employed, Provides, Role, StaffMember};

/// Somebody's account at Telegram.
#[derive(Clone, Copy)]
pub struct Account {
    pub name: &'static str,
    pub id: i64,
}

/// New here, writes on Telegram.
pub const ANNA: Account = Account { name: "Anna", id: 501 };
/// Wants no messages.
pub const BORIS: Account = Account { name: "Boris", id: 502 };
/// Has a number and a mail address besides.
pub const VERA: Account = Account { name: "Vera", id: 503 };
/// Speaks for little Mira.
pub const DORA: Account = Account { name: "Dora", id: 504 };
/// Nobody here knows them.
pub const STRANGER: Account = Account { name: "Zoltán", id: 599 };

pub const EVERYBODY: [Account; 5] = [ANNA, BORIS, VERA, DORA, STRANGER];

impl Account {
    pub fn user(self) -> Value {
        json!({ "id": self.id, "is_bot": false, "first_name": self.name, "language_code": "en" })
    }

    pub fn chat(self) -> Value {
        json!({ "id": self.id, "type": "private", "first_name": self.name })
    }

    pub fn address(self) -> Address {
        Address::new(Scheme::Telegram, &self.id.to_string()).unwrap()
    }
}

#[derive(Clone)]
pub struct People {
    pub clinic: Clinic,
    pub kata: StaffId,
    pub gromov: StaffId,
    pub chair: ChairId,
    pub service: ServiceId,
    pub telegram: AccountId,
    pub mail: AccountId,
    pub anna: PatientId,
    pub boris: PatientId,
    pub vera: PatientId,
    pub dora: PatientId,
    pub mira: PatientId,
}

const WEEK: &str = "mon-fri 09:00-13:00 14:00-18:00";

impl People {
    /// Everybody moves in.
    pub async fn settle(desk: &Desk) -> Self {
        Self::settle_in(desk, &Zone::named("Europe/Budapest").unwrap()).await
    }

    /// The same elsewhere in the world.
    pub async fn settle_in(desk: &Desk, zone: &Zone) -> Self {
        let zone = zone.clone();
        desk.act(Actor::Program, Origin::Program, move |act| {
            let (now, chance) = (act.now, &mut act.chance);
            let clinic = clinic(ClinicId::new(now, chance), zone.clone());
            let id = clinic.id;
            let people = Self {
                kata: StaffId::new(now, chance),
                gromov: StaffId::new(now, chance),
                chair: ChairId::new(now, chance),
                service: ServiceId::new(now, chance),
                telegram: AccountId::new(now, chance),
                mail: AccountId::new(now, chance),
                anna: PatientId::new(now, chance),
                boris: PatientId::new(now, chance),
                vera: PatientId::new(now, chance),
                dora: PatientId::new(now, chance),
                mira: PatientId::new(now, chance),
                clinic,
            };
            store::clinics::save_clinic(act.tx, &people.clinic)?;
            store::clinics::save_chair(act.tx, &Chair { id: people.chair, clinic: id, name: "2".to_owned() })?;
            store::clinics::save_service(act.tx, &service(&people))?;
            let staff = [
                (people.kata, "Kata", "Szabo", Role::Desk, Provides::Nothing),
                (people.gromov, "Pavel", "Gromov", Role::Clinician, Provides::Treatment),
            ];
            for (member, given, family, role, provides) in staff {
                let title = if role == Role::Clinician { format!("Dr {family}") } else { given.to_owned() };
                let member = StaffMember {
                    id: member,
                    clinic: id,
                    name: PersonName::new(given, family).unwrap(),
                    title,
                    role,
                    locale: Locale::En,
                    email: None,
                    shifts: WEEK.parse().unwrap(),
                    provides,
                    employed: Employed::Yes,
                };
                store::staff::save(act.tx, &member)?;
            }
            for account in accounts(&people, now) {
                store::accounts::save(act.tx, &account)?;
            }
            let patients = [
                (people.anna, "Anna", "Bell", "1985-01-30", None),
                (people.boris, "Boris", "Orlov", "1979-11-02", None),
                (people.vera, "Vera", "Kis", "1968-07-14", None),
                (people.dora, "Dora", "Varga", "1990-05-12", None),
                (people.mira, "Mira", "Varga", "2019-02-28", Some(people.dora)),
            ];
            for (patient, given, family, born_on, guardian) in patients {
                let born_on: Date = born_on.parse().unwrap();
                let card = Patient { born_on: Some(born_on), guardian, ..self::patient(patient, id, (given, family), now) };
                store::patients::save(act.tx, &card)?;
            }
            let contacts = [
                (people.anna, ANNA.address(), true),
                (people.boris, BORIS.address(), true),
                (people.vera, VERA.address(), true),
                (people.vera, "mailto:vera@example.org".parse().unwrap(), false),
                (people.vera, "tel:+36301234567".parse().unwrap(), false),
                (people.dora, DORA.address(), true),
            ];
            for (patient, address, has_written) in contacts {
                let contact = ContactPointId::new(now, &mut act.chance);
                let (contact, _) = ContactPoint::new(contact, patient, address, Sureness::Verified, now);
                let contact = if has_written { contact.hear(now).0 } else { contact };
                let contact = if patient == people.boris { contact.opt_out(now).0 } else { contact };
                store::patients::save_contact(act.tx, &contact)?;
            }
            Ok(people)
        })
        .await
        .unwrap()
    }

    /// Those who have moved in before.
    pub async fn known(desk: &Desk) -> Self {
        desk.look(|tx, _| {
            let clinic = store::clinics::clinics(tx)?.remove(0);
            let staff = store::staff::all(tx)?;
            let of_family = |family: &str| staff.iter().find(|member| member.name.family() == family).unwrap().id;
            let accounts = store::accounts::all(tx)?;
            let on = |channel| accounts.iter().find(|account| account.channel == channel).unwrap().id;
            let mut who = |account: Account| store::patients::contacts_at(tx, &account.address()).map(|contacts| contacts[0].patient);
            let (anna, boris, vera, dora) = (who(ANNA)?, who(BORIS)?, who(VERA)?, who(DORA)?);
            let chair = store::clinics::chairs(tx, clinic.id)?[0].id;
            let service = store::clinics::services(tx, clinic.id)?[0].id;
            let mira = store::patients::wards(tx, dora)?[0];
            let (kata, gromov) = (of_family("Szabo"), of_family("Gromov"));
            let (telegram, mail) = (on(Channel::Telegram), on(Channel::Email));
            Ok(Self { clinic, kata, gromov, chair, service, telegram, mail, anna, boris, vera, dora, mira })
        })
        .await
        .unwrap()
    }

    /// A patient more, who has written to the clinic from this account.
    pub async fn moves_in(&self, desk: &Desk, account: Account) -> PatientId {
        let clinic = self.clinic.id;
        let moved_in = desk.act(Actor::Program, Origin::Program, move |act| {
            let patient = patient(PatientId::new(act.now, &mut act.chance), clinic, (account.name, "Nagy"), act.now);
            store::patients::save(act.tx, &patient)?;
            let contact = ContactPointId::new(act.now, &mut act.chance);
            let (contact, _) = ContactPoint::new(contact, patient.id, account.address(), Sureness::Verified, act.now);
            store::patients::save_contact(act.tx, &contact.hear(act.now).0)?;
            Ok(patient.id)
        });
        moved_in.await.unwrap()
    }

    pub fn name_of(&self, patient: PatientId) -> &'static str {
        let known = [(self.anna, "Anna"), (self.boris, "Boris"), (self.vera, "Vera"), (self.dora, "Dora"), (self.mira, "Mira")];
        known.into_iter().find(|(id, _)| *id == patient).map_or("somebody", |(_, name)| name)
    }
}

fn clinic(id: ClinicId, zone: Zone) -> Clinic {
    Clinic {
        id,
        name: "Mosoly".to_owned(),
        zone,
        locale: Locale::Hu,
        address: "1052 Budapest, Petőfi Sándor utca 7.".to_owned(),
        map_url: None,
        region: "HU".to_owned(),
        hours: WEEK.parse().unwrap(),
        exceptions: std::collections::BTreeMap::new(),
        quiet_hours: QuietHours { from: Time::constant(20, 0, 0, 0), until: Time::constant(8, 0, 0, 0) },
        daily_cap: 2,
        public_url: None,
    }
}

fn patient(id: PatientId, clinic: ClinicId, (given, family): (&str, &str), now: Timestamp) -> Patient {
    Patient::new(NewPatient::named(clinic, PersonName::new(given, family).unwrap(), Locale::En), id, now).unwrap().0
}

fn service(people: &People) -> Service {
    Service {
        id: people.service,
        clinic: people.clinic.id,
        name: "Check-up".to_owned(),
        minutes: 60,
        buffer_minutes: 0,
        providers: vec![],
        chairs: vec![],
        preparation: String::new(),
        offered: Offered::Yes,
    }
}

/// An account for text messages, which the clinic has not from the first.
pub fn texts(people: &People, id: AccountId, now: Timestamp) -> store::accounts::Account {
    let settings = [("provider", "smsc"), ("user", "mosoly"), ("key", "a-key-of-the-provider"), ("word", "a-word-of-ours")];
    account((id, people.clinic.id), Channel::Sms, &settings, now)
}

fn accounts(people: &People, now: Timestamp) -> [store::accounts::Account; 2] {
    let telegram = [("token", "1000001:AAHdqTcvCH1vGWJxfSeofSAs0K5"), ("webhook_secret", super::SECRET)];
    let mail = [("host", "mail.example"), ("from_address", "desk@mosoly.example"), ("from_name", "Mosoly")];
    [(people.telegram, Channel::Telegram, &telegram[..]), (people.mail, Channel::Email, &mail)]
        .map(|(id, channel, settings)| account((id, people.clinic.id), channel, settings, now))
}

/// An account of a clinic, as it stands once it is connected.
pub fn account(
    (id, clinic): (AccountId, ClinicId),
    channel: Channel,
    settings: &[(&str, &str)],
    created_at: Timestamp,
) -> store::accounts::Account {
    store::accounts::Account {
        id,
        clinic,
        channel,
        name: "Mosoly".to_owned(),
        handle: "mosoly_bot".to_owned(),
        settings: settings.iter().map(|(name, value)| ((*name).to_owned(), Secret::new(*value))).collect(),
        reached: Reached::ByWebhook,
        state: AccountState::On,
        cursor: None,
        trouble: None,
        created_at,
    }
}
