//! The list of patients: by name, or whoever fits what was typed.

use axum::extract::State;
use axum::response::Response;

use clinic::journal::Visit;
use clinic::patients::{ContactPoint, Patient, Standing};
use clinic::staff::Right;
use desk::ActError;
use kernel::{Arg, PatientId, Scheme, Timestamp, format};
use store::Tx;

use super::view::{Found, PatientRow, PatientsPage, RowsPiece};
use crate::fault::Fault;
use crate::people::People;
use crate::query::{Asked, Filled};
use crate::responder::shown;
use crate::session::SignedIn;
use crate::site::Site;
use crate::{Chip, Place, Tone};

const ROWS: u32 = 40;
/// Counted so far. To go through all of a big clinic would take longer than the rest of the page, and change nothing.
const MANY: u32 = 10_000;

pub async fn open(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    let found = found(&site, &me, &asked).await?;
    let clinic = me.clinic.id;
    // whoever types or turns the pages is not told again how many there are
    let total = if asked.maybe_given::<PatientId>("after")?.is_some() {
        None
    } else {
        let total = site.desk().look(move |tx, _| Ok(store::patients::count(tx, clinic, MANY + 1)?)).await?;
        let (words, count) = if total > MANY { ("patients-over", MANY) } else { ("patients-total", total) };
        Some(me.words().with(words, &[("count", Arg::from(count))]))
    };
    let page = me.page(&site, Place::Patients, "patients-title").await?;
    shown(&PatientsPage { page, found, total })
}

pub async fn rows(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    let found = found(&site, &me, &asked).await?;
    let page = me.page(&site, Place::Patients, "patients-title").await?;
    shown(&RowsPiece { page, found })
}

struct Known {
    patient: Patient,
    contacts: Vec<ContactPoint>,
    next: Option<Visit>,
}

async fn found(site: &Site, me: &SignedIn, asked: &Filled) -> Result<Found, Fault> {
    me.actor().may(Right::SeePatients)?;
    let (clinic, locale, find) = (me.clinic.id, me.locale(), asked.text("find").to_owned());
    let after: Option<PatientId> = asked.maybe_given("after")?;
    let typed = find.clone();
    let read = move |tx: &mut Tx<'_>, now: Timestamp| {
        let after = after.map(|after| store::patients::find(tx, after)).transpose()?.flatten();
        let patients = if typed.trim().is_empty() {
            store::search::page(tx, clinic, after.as_ref(), ROWS)?
        } else {
            store::search::patients(tx, clinic, &typed, ROWS)?
        };
        let ids: Vec<PatientId> = patients.iter().map(|patient| patient.id).collect();
        store::patients::foresee_contacts(tx, &ids.iter().copied().collect())?;
        let next = store::visits::next_of_each(tx, &ids, now)?;
        let mut known = Vec::with_capacity(patients.len());
        for (patient, next) in patients.into_iter().zip(next) {
            let contacts = store::patients::contacts(tx, patient.id)?;
            known.push(Known { patient, contacts, next });
        }
        Ok::<_, ActError>((known, People::read(tx, locale)?))
    };
    let (known, people) = site.desk().look(read).await?;
    let full = known.len() == ROWS as usize && find.trim().is_empty();
    let more = known.last().filter(|_| full).map(|last| format!("/patients?after={}", last.patient.id));
    Ok(Found { find, rows: known.iter().map(|known| known.row(me, &people)).collect(), more })
}

impl Known {
    fn row(&self, me: &SignedIn, people: &People) -> PatientRow {
        let patient = &self.patient;
        let shown = self.contacts.iter().find(|contact| matches!(contact.address.scheme(), Scheme::Tel | Scheme::Mailto));
        PatientRow {
            patient: patient.id,
            name: patient.name.full(me.locale()),
            initials: patient.name.initials(),
            born: patient.born_on.map(|born| format::date_with_year(born, me.locale())).unwrap_or_default(),
            contact: shown.map(super::card::value).unwrap_or_default(),
            next_visit: self.next_visit(me, people),
            standing: (patient.standing != Standing::Patient).then(|| standing(me, patient.standing)),
        }
    }

    fn next_visit(&self, me: &SignedIn, people: &People) -> String {
        let Some(next) = &self.next else { return String::new() };
        format!("{} · {}", me.telling().moment(next.starts_at), people.name(next.provider))
    }
}

pub fn standing(me: &SignedIn, standing: Standing) -> Chip {
    let tone = match standing {
        Standing::Lead => Tone::Calm,
        Standing::Patient => Tone::Good,
        Standing::Refused => Tone::Bad,
        Standing::Deceased => Tone::Done,
    };
    Chip::new(tone, me.words().say(standing.key()))
}
