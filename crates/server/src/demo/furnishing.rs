//! Fills an empty organisation with the demo clinic: the people, the journal, and the reminders of the visits to come.

use std::sync::Arc;

use clinic::actors::{Actor, Origin};
use clinic::happenings::Happening;
use clinic::journal::Visit;
use desk::{ActError, Desk};
use kernel::{Chance, Locale, Timestamp};
use store::StoreError;

use super::history::{History, Span, days_after, history};
use super::people::{Person, people};
use super::premises::Premises;

/// Rows that share a transaction.
const ROWS: usize = 4_000;

/// What the demo is made from: the same wishes make the same clinic.
#[derive(Debug, Clone)]
pub struct Wishes {
    pub seed: u64,
    pub patients: usize,
    /// How many days back the journal goes.
    pub past_days: i32,
    /// So many days before the visitor comes, the clinic began to live by its own loops.
    pub lived_days: i32,
    /// The language of the visitor's screens and of what the clinic offers.
    pub locale: Locale,
    /// When the visitor comes in.
    pub opens_at: Timestamp,
    /// Where the pages of patients are reached.
    pub public_url: Option<String>,
}

/// The whole clinic, before anything is written down.
pub struct Plan {
    pub premises: Premises,
    pub people: Vec<Person>,
    pub history: History,
    /// From here on the clinic lives by its own loops.
    pub lives_from: Timestamp,
}

impl Plan {
    pub fn of(wishes: &Wishes) -> Self {
        let mut chance = Chance::from_seed(wishes.seed);
        let opens_at = wishes.opens_at;
        let mut premises = Premises::open(wishes.locale, opens_at, &mut chance.fork());
        premises.clinic.public_url.clone_from(&wishes.public_url);
        let people = people(&premises, wishes.patients, opens_at, &mut chance.fork());
        let today = opens_at.date(&premises.clinic.zone);
        let lives_from = lives_from(&premises, wishes);
        let span = Span { today, past_days: wishes.past_days, booked_before: lives_from };
        let history = history(&premises, &people, &span, &mut chance.fork());
        Self { premises, people, history, lives_from }
    }
}

/// A morning, a quarter of an hour before reminders go out.
fn lives_from(premises: &Premises, wishes: &Wishes) -> Timestamp {
    let zone = &premises.clinic.zone;
    let day = days_after(wishes.opens_at.date(zone), -wishes.lived_days);
    zone.at(day.at(9, 45, 0, 0))
}

/// Writes the plan down. The desk's clock shows [`Plan::lives_from`].
pub async fn furnish(desk: &Desk, plan: Plan) -> Result<(Premises, Vec<Person>), ActError> {
    let Plan { premises, people, history, lives_from } = plan;
    let premises = Arc::new(premises);
    let rooms = Arc::clone(&premises);
    write(desk, move |tx| save_premises(tx, &rooms, lives_from)).await?;

    let people = Arc::new(people);
    for (from, until) in portions(people.len()) {
        let people = Arc::clone(&people);
        write(desk, move |tx| people[from..until].iter().try_for_each(|person| save_person(tx, person))).await?;
    }
    let History { past, told, coming } = history;
    for visits in in_portions(past).into_iter().chain(in_portions(coming.clone())) {
        write(desk, move |tx| visits.iter().try_for_each(|visit| store::visits::add(tx, visit))).await?;
    }
    for told in in_portions(told) {
        write(desk, move |tx| store::happenings::append(tx, &told)).await?;
    }
    for visits in in_portions(coming) {
        begin_reminders(desk, visits).await?;
    }
    let taken = "the transactions that shared it have ended";
    Ok((Arc::into_inner(premises).expect(taken), Arc::into_inner(people).expect(taken)))
}

async fn write<F>(desk: &Desk, work: F) -> Result<(), ActError>
where
    F: FnOnce(&mut store::Tx<'_>) -> Result<(), StoreError> + Send + 'static,
{
    desk.store().write(work).await.map_err(ActError::Store)
}

fn portions(count: usize) -> impl Iterator<Item = (usize, usize)> {
    (0..count).step_by(ROWS).map(move |from| (from, (from + ROWS).min(count)))
}

fn in_portions<T>(mut rows: Vec<T>) -> Vec<Vec<T>> {
    let mut portions = Vec::new();
    while rows.len() > ROWS {
        let rest = rows.split_off(ROWS);
        portions.push(std::mem::replace(&mut rows, rest));
    }
    portions.push(rows);
    portions
}

fn save_premises(tx: &mut store::Tx<'_>, premises: &Premises, now: Timestamp) -> Result<(), StoreError> {
    store::clinics::add_organisation(tx, premises.organisation, &premises.clinic.name, now)?;
    store::clinics::save_clinic(tx, &premises.clinic)?;
    for member in premises.providers.iter().chain([&premises.manager, &premises.receptionist]) {
        store::staff::save(tx, member)?;
    }
    for chair in &premises.chairs {
        store::clinics::save_chair(tx, chair)?;
    }
    for service in &premises.services {
        store::clinics::save_service(tx, service)?;
    }
    store::accounts::save(tx, &premises.account)
}

fn save_person(tx: &mut store::Tx<'_>, person: &Person) -> Result<(), StoreError> {
    store::patients::save(tx, &person.patient)?;
    person.contacts.iter().try_for_each(|contact| store::patients::save_contact(tx, contact))
}

/// The visits to come stood in the clinic's journal before: they are taken over as an import is, so that each is reminded
/// of at its time and none is told again that it was booked.
async fn begin_reminders(desk: &Desk, visits: Vec<Visit>) -> Result<(), ActError> {
    desk.act(Actor::Program, Origin::Import, move |act| {
        for visit in &visits {
            let what = Happening::VisitBooked { visit: visit.id, starts_at: visit.starts_at };
            act.happened(visit.clinic, Some(visit.patient), [what]);
        }
        Ok(())
    })
    .await
}
