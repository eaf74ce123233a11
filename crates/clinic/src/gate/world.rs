//! The named world of the gate's tests: Monday 09:00 in Budapest. Vera (Telegram, two numbers, e-mail), little Mira and
//! her guardian Dora. Each test bends one scene.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use jiff::civil::{date, time};
use kernel::{AccountId, Chance, ClinicId, ConsentId, ContactPointId, Locale, PatientId, PersonName, QuietHours, Timestamp, Zone};

use super::*;
use crate::actors::{Actor, Origin};
use crate::clinics::Clinic;
use crate::consents::{Consent, Ledger};
use crate::patients::{ContactPoint, ContactState, NewPatient, Patient, Sureness};

pub(super) const HOUR: Duration = Duration::from_hours(1);

/// Everything that a question borrows.
#[derive(Debug, Clone)]
pub(super) struct Scene {
    pub clinic: Clinic,
    pub recipient: Patient,
    pub about: Patient,
    pub contacts: Vec<ContactPoint>,
    pub consents: Vec<Consent>,
    pub complaint: Complaint,
    pub reaches: Vec<Reach>,
    pub tried: Vec<ContactPointId>,
    pub ladder: Ladder,
    pub history: Vec<Before>,
    pub wish: Wish<'static>,
    pub says: Vec<String>,
    pub now: Timestamp,
}

#[derive(Debug, Clone)]
pub(super) struct Before {
    pub sender: Sender,
    pub purpose: Purpose,
    pub rank: Rank,
    pub says: Vec<String>,
    pub at: Timestamp,
}

impl Scene {
    /// A playbook reminds Vera of her visit, on Monday at 09:00. She has Telegram, a phone and a mailbox, all verified,
    /// and has never written.
    pub fn vera() -> Self {
        let now = budapest().at(date(2026, 11, 23).at(9, 0, 0, 0));
        let vera = patient(1, now);
        let contacts =
            vec![contact("telegram:77", 11, &vera), contact("tel:+36301112233", 12, &vera), contact("mailto:vera@example.org", 13, &vera)];
        Self {
            clinic: clinic(now),
            about: vera.clone(),
            recipient: vera,
            contacts,
            consents: vec![],
            complaint: Complaint::NoneOpen,
            reaches: vec![
                reach(Channel::Telegram, 0, 21),
                Reach { disclosure: Disclosure::LockScreen, ..reach(Channel::Sms, 40, 22) },
                reach(Channel::Email, 1, 23),
            ],
            tried: vec![],
            ladder: Ladder::default(),
            history: vec![],
            wish: Wish {
                purpose: Purpose::Service,
                rank: Rank::Visit,
                sensitivity: Sensitivity::Open,
                sender: Sender::Bot,
                timing: Timing::Polite,
                useful_until: None,
                visit: VisitCheck::Unchanged,
                says: &[],
                chosen: None,
                follows: Follows::Nothing,
                words: Words("Tomorrow at 10:30"),
            },
            says: vec![],
            now,
        }
    }

    /// The same with a change.
    pub fn but(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }

    pub fn asked<'a, R>(&'a self, ask: impl FnOnce(&Question<'_>) -> R) -> R {
        let remembered = |before: &'a Before| Past {
            sender: before.sender,
            purpose: before.purpose,
            rank: before.rank,
            says: &before.says,
            at: before.at,
        };
        let history: Vec<Past<'_>> = self.history.iter().map(remembered).collect();
        ask(&Question {
            wish: Wish { says: &self.says, ..self.wish },
            whom: Whom::Patient { recipient: &self.recipient, about: &self.about, contacts: &self.contacts },
            consents: Ledger(&self.consents),
            complaint: self.complaint,
            clinic: &self.clinic,
            reaches: &self.reaches,
            ladder: &self.ladder,
            tried: &self.tried,
            history: &history,
            now: self.now,
        })
    }

    pub fn verdict(&self) -> Verdict {
        self.asked(decide)
    }

    pub fn at(mut self, day: i8, hour: i8, minute: i8) -> Self {
        self.now = at(day, hour, minute);
        self
    }

    pub fn opt_out(&mut self, which: usize) {
        self.contacts[which].state = ContactState::OptedOut { at: self.now };
    }

    pub fn agrees(&mut self, purpose: Purpose, channel: Option<Channel>) {
        self.consents.push(Consent {
            id: ConsentId::new(self.now, &mut Chance::from_seed(31)),
            patient: self.about.id,
            purpose,
            channel,
            wording: "w1".to_owned(),
            locale: Locale::Hu,
            given_by: Actor::Patient(self.about.id),
            through: Origin::Desk,
            proof: "a signed form".to_owned(),
            given_at: self.now - HOUR,
            withdrawn_at: None,
        });
    }

    pub fn had(&mut self, purpose: Purpose, rank: Rank, ago: Duration) {
        let at = self.now - ago;
        self.history.push(Before { sender: Sender::Bot, purpose, rank, says: vec![], at });
    }
}

pub(super) fn budapest() -> Zone {
    Zone::named("Europe/Budapest").expect("a zone of the database")
}

/// A wall time of November 2026 in Budapest; the 23rd is a Monday.
pub(super) fn at(day: i8, hour: i8, minute: i8) -> Timestamp {
    budapest().at(date(2026, 11, day).at(hour, minute, 0, 0))
}

pub(super) fn patient(seed: u64, now: Timestamp) -> Patient {
    let card =
        NewPatient::named(ClinicId::new(now, &mut Chance::from_seed(100)), PersonName::new("Vera", "Kiss").expect("a name"), Locale::Hu);
    Patient::new(card, PatientId::new(now, &mut Chance::from_seed(seed)), now).expect("a card").0
}

pub(super) fn contact(address: &str, seed: u64, patient: &Patient) -> ContactPoint {
    ContactPoint {
        id: ContactPointId::new(patient.created_at, &mut Chance::from_seed(seed)),
        patient: patient.id,
        address: address.parse().expect("an address"),
        sureness: Sureness::Verified,
        state: ContactState::Open,
        last_inbound_at: None,
        called: None,
        created_at: patient.created_at,
    }
}

/// `cost`: nothing, or more of two.
pub(super) fn reach(channel: Channel, cost: u32, seed: u64) -> Reach {
    let tariff = match cost {
        0 => Tariff::Free,
        1..=9 => Tariff::PerMessage(Arc::default()),
        _ => Tariff::PerSegment(Arc::default()),
    };
    Reach {
        channel,
        account: AccountId::new(at(23, 9, 0), &mut Chance::from_seed(seed)),
        tariff,
        reports: Reports::Delivery,
        disclosure: Disclosure::Private,
        window: None,
        approval: Approval::Missing,
        budget: Budget::Left,
    }
}

fn clinic(now: Timestamp) -> Clinic {
    Clinic {
        id: ClinicId::new(now, &mut Chance::from_seed(100)),
        name: "Dental".to_owned(),
        zone: budapest(),
        locale: Locale::Hu,
        address: String::new(),
        map_url: None,
        region: "HU".to_owned(),
        hours: "mon-fri 09:00-17:00".parse().expect("hours"),
        exceptions: BTreeMap::new(),
        quiet_hours: QuietHours { from: time(21, 0, 0, 0), until: time(8, 0, 0, 0) },
        daily_cap: 1,
        public_url: None,
    }
}
