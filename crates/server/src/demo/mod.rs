//! The demo: a living clinic made from a seed, with a clock in the visitor's hand and a telephone for every patient.
//!
//! Nothing in it is a mock: messages go through gate and outbox to the sandbox, and answers come back through its webhook.

pub mod clock;
mod day;
pub mod furnishing;
pub mod habits;
pub mod history;
pub mod keeper;
mod life;
pub mod patients;
pub mod people;
pub mod premises;
mod receptionist;
mod speech;
mod telephones;

use std::sync::{Arc, Mutex};
use std::time::Duration;

use desk::{ActError, Desk, Parts};
use kernel::{Chance, Clock, Locale, Secret, SessionId, Timestamp};
use store::Store;
use store::staff::NewSession;

use clock::DemoClock;
use day::Day;
use furnishing::{Beginning, Wishes, furnish};
pub use life::Life;
use patients::Patients;
pub use premises::Premises;
use premises::zone;
use receptionist::Receptionist;
use telephones::{Doorbell, Telephones};

/// Two years of visits, and a weekend in which the desk has sent its reminders: from Friday on Monday is reminded of.
const PAST_DAYS: i32 = 2 * 365;
const LIVED_DAYS: i32 = 3;
pub const PATIENTS: usize = 4_000;

/// The clinic at the moment when the visitor comes in.
pub struct Demo {
    pub premises: Premises,
    pub life: Life,
    pub telephones: Telephones,
}

/// A Monday morning, half an hour after opening: the same in every demo.
pub fn opens_at() -> Timestamp {
    zone().at(kernel::Date::constant(2026, 11, 23).at(8, 30, 0, 0))
}

/// The clinic that a visitor sees.
pub fn wishes(seed: u64, locale: Locale, public_url: Option<String>) -> Wishes {
    Wishes { seed, patients: PATIENTS, past_days: PAST_DAYS, lived_days: LIVED_DAYS, locale, opens_at: opens_at(), public_url }
}

/// Apart from the plan's own chance, so that no id is made twice: of the desk before the visitor came, and since.
const BEFORE: u64 = 0x5eed_0000_0000;
const SINCE: u64 = 0x5eed_ffff_0000;

/// Makes the clinic in an empty store and lives through the days before the visitor comes.
pub async fn open(store: Store, wishes: Wishes) -> Result<Demo, ActError> {
    let (seed, opens_at) = (wishes.seed, wishes.opens_at);
    let beginning = Beginning::of(&wishes);
    let clock = Arc::new(DemoClock::at(beginning.lives_from));
    let desk = desk_over(store, &clock, Chance::from_seed(seed ^ BEFORE));
    let (premises, people) = furnish(&desk, beginning).await?;

    let doorbell = Arc::new(Doorbell::default());
    let telephones = Telephones::new(desk.clone(), premises.account.clone());
    let patients = Patients::new(seed, zone(), telephones.clone(), &people);
    let by = premises.at_the_desk();
    let day = Day { seed, clinic: premises.clinic.id, zone: zone(), at_the_desk: by, open: Mutex::default() };
    let life = Life { desk, clock, doorbell, patients, day };
    let receptionist = Receptionist { seed, clinic: premises.clinic.clone(), by };
    life.live_until(opens_at, &receptionist).await?;
    Ok(Demo { premises, life, telephones })
}

fn desk_over(store: Store, clock: &Arc<DemoClock>, chance: Chance) -> Desk {
    let clock = Arc::clone(clock) as Arc<dyn Clock>;
    Desk::new(Parts { store, clock, chance, node: "demo".to_owned() })
}

/// The clock is pushed by days: nobody is signed out by that.
const SIGNED_IN_FOR: Duration = Duration::from_hours(10 * 366 * 24);

impl Demo {
    /// The same clinic over a copy of its store.
    #[must_use]
    pub fn moved_to(mut self, store: Store) -> Self {
        let desk = desk_over(store, &self.life.clock, Chance::from_seed(self.life.day.seed ^ SINCE));
        self.telephones = Telephones::new(desk.clone(), self.premises.account.clone());
        self.life.patients.take_telephones(self.telephones.clone());
        self.life.desk = desk;
        self.life.day.open = Mutex::default();
        self
    }

    /// Signs in the manager, by whose eyes the visitor sees the clinic. Gives the token of the session.
    pub async fn sign_in(&self, token: Secret) -> Result<Secret, ActError> {
        let desk = &self.life.desk;
        let (now, mut chance) = (desk.now(), desk.chance());
        let session = NewSession {
            id: SessionId::new(now, &mut chance),
            staff: self.premises.manager.id,
            created_at: now,
            expires_at: now + SIGNED_IN_FOR,
        };
        let hash = desk::token_hash(token.expose());
        desk.store().write(move |tx| store::staff::add_session(tx, &hash, session)).await.map_err(ActError::Store)?;
        Ok(token)
    }
}
