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

/// The clinic and its people, before anything has happened there.
pub struct Beginning {
    pub premises: Premises,
    pub people: Vec<Person>,
    span: Span,
    /// From here on the clinic lives by its own loops.
    pub lives_from: Timestamp,
    /// What the journal is drawn from.
    drawn_from: [u8; 32],
}

/// The whole clinic, before anything is written down.
pub struct Plan {
    pub premises: Premises,
    pub people: Vec<Person>,
    pub history: History,
}

impl Beginning {
    pub fn of(wishes: &Wishes) -> Self {
        let mut chance = Chance::from_seed(wishes.seed);
        let opens_at = wishes.opens_at;
        let mut premises = Premises::open(wishes.locale, opens_at, &mut chance.fork());
        premises.clinic.public_url.clone_from(&wishes.public_url);
        let people = people(&premises, wishes.patients, opens_at, &mut chance.fork());
        let today = opens_at.date(&premises.clinic.zone);
        let lives_from = lives_from(&premises, wishes);
        let span = Span { today, past_days: wishes.past_days, booked_before: lives_from };
        Self { premises, people, span, lives_from, drawn_from: chance.bytes() }
    }

    fn history(&self) -> History {
        history(&self.premises, &self.people, &self.span, &mut Chance::from_entropy(self.drawn_from))
    }
}

impl Plan {
    pub fn of(wishes: &Wishes) -> Self {
        let beginning = Beginning::of(wishes);
        let history = beginning.history();
        let Beginning { premises, people, .. } = beginning;
        Self { premises, people, history }
    }
}

/// A morning, a quarter of an hour before reminders go out.
fn lives_from(premises: &Premises, wishes: &Wishes) -> Timestamp {
    let zone = &premises.clinic.zone;
    let day = days_after(wishes.opens_at.date(zone), -wishes.lived_days);
    zone.at(day.at(9, 45, 0, 0))
}

/// Writes the clinic down; its journal is drawn while its people are being written. The desk's clock shows
/// [`Beginning::lives_from`].
pub async fn furnish(desk: &Desk, beginning: Beginning) -> Result<(Premises, Vec<Person>), ActError> {
    let beginning = Arc::new(beginning);
    let drawn = Arc::clone(&beginning);
    let drawing = tokio::task::spawn_blocking(move || drawn.history());
    let known = Arc::clone(&beginning);
    write(desk, move |tx| {
        let Premises { organisation, clinic, .. } = &known.premises;
        store::clinics::add_organisation(tx, *organisation, &clinic.name, known.lives_from)?;
        known.premises.save(tx)?;
        let people: Vec<_> = known.people.iter().map(|person| (&person.patient, person.contacts.as_slice())).collect();
        store::patients::add_all(tx, &people)
    })
    .await?;
    let History { past, told, coming } = drawing.await.expect("whoever draws from a seed does not stumble");
    let booked = coming.clone();
    write(desk, move |tx| {
        store::visits::add_all(tx, &past)?;
        store::visits::add_all(tx, &booked)?;
        store::happenings::append(tx, &told)
    })
    .await?;
    begin_reminders(desk, coming).await?;
    let Beginning { premises, people, .. } = Arc::into_inner(beginning).expect("the journal is drawn, the people are written");
    Ok((premises, people))
}

async fn write<F>(desk: &Desk, work: F) -> Result<(), ActError>
where
    F: FnOnce(&mut store::Tx<'_>) -> Result<(), StoreError> + Send + 'static,
{
    desk.store().write(work).await.map_err(ActError::Store)
}

/// The visits to come stood in the clinic's journal before: they are taken over as an import is, so that each is reminded
/// of at its time and none is told again that it was booked.
pub async fn begin_reminders(desk: &Desk, visits: Vec<Visit>) -> Result<(), ActError> {
    desk.act(Actor::Program, Origin::Import, move |act| {
        for visit in &visits {
            let what = Happening::VisitBooked { visit: visit.id, starts_at: visit.starts_at };
            act.happened(visit.clinic, Some(visit.patient), [what]);
        }
        Ok(())
    })
    .await
}
