//! The telephone on every page: who rings just now, and a button that rings somebody up.

pub mod view;

use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::response::Response;
use axum::routing::{get, post};

use clinic::calls::{Call, Direction};
use clinic::conversations::Counterpart;
use clinic::staff::Right;
use desk::{Sending, Whom};
use kernel::{Arg, ConversationId, PatientId, Phone, Timestamp};
use store::Tx;

use self::view::{Ring, RingingPiece};
use crate::done::Done;
use crate::fault::Fault;
use crate::pages::inbox::facts::{Known, with_whom};
use crate::pages::inbox::talk::language;
use crate::query::Filled;
use crate::responder::shown;
use crate::session::SignedIn;
use crate::site::Site;

/// Nobody lets it ring for longer: its end was lost on the way.
const RINGS_FOR: Duration = Duration::from_mins(5);
/// More cards than that cover the page.
const MOST: u32 = 3;

pub fn routes() -> Router<Site> {
    Router::new().route("/calls/ringing", get(ringing)).route("/calls/ring", post(ring))
}

pub async fn ringing(State(site): State<Site>, me: SignedIn) -> Result<Response, Fault> {
    me.actor().may(Right::SeePatients)?;
    let clinic = me.clinic.id;
    let read = move |tx: &mut Tx<'_>, now: Timestamp| {
        let calls = store::calls::ringing(tx, clinic, now - RINGS_FOR, MOST)?;
        let mut rings = Vec::new();
        for call in calls.into_iter().filter(|call| call.direction() == Direction::In) {
            let thread = call.conversation.map(|id| store::conversations::find(tx, id)).transpose()?.flatten();
            rings.push((call, thread.map(|thread| thread.with)));
        }
        Ok(rings)
    };
    let mut rings = Vec::new();
    for (call, with) in site.desk().look(read).await? {
        rings.push(match with {
            Some(Counterpart::Patient(patient)) => known(&me, &call, &Known::read_with(&site, &me, patient, 1).await?),
            Some(Counterpart::Unknown { name, .. }) => unknown(&me, &call, &name),
            None => unknown(&me, &call, ""),
        });
    }
    shown(&RingingPiece { words: me.words(), rings })
}

fn unknown(me: &SignedIn, call: &Call, name: &str) -> Ring {
    let phone = call.told.phone();
    let key = if phone.is_some() { "calls-unknown" } else { "calls-withheld" };
    Ring {
        id: call.id.to_string(),
        name: if name.is_empty() { me.words().say(key) } else { name.to_owned() },
        number: phone.map(|phone| phone.international()).unwrap_or_default(),
        card: None,
        conversation: call.conversation,
        speaks: String::new(),
        banners: Vec::new(),
        note: String::new(),
        family: Vec::new(),
        visit: None,
    }
}

fn known(me: &SignedIn, call: &Call, known: &Known) -> Ring {
    let (telling, words) = (me.telling(), me.words());
    let patient = &known.patient;
    let speaks = words.with("inbox-speaks", &[("language", Arg::from(language(words, patient.locale)))]);
    Ring {
        name: patient.name.full(me.locale()),
        card: Some(patient.id),
        speaks,
        banners: known.banners(&telling),
        note: patient.note.clone(),
        family: known.wards.iter().map(|ward| (ward.id, ward.name.full(me.locale()))).collect(),
        visit: known.next_visit().map(|listed| {
            let href = format!("/journal?on={}&visit={}", listed.visit.starts_at.date(telling.zone), listed.visit.id);
            (href, format!("{} · {}", telling.moment(listed.visit.starts_at), with_whom(&telling, &known.people, listed)))
        }),
        ..unknown(me, call, "")
    }
}

/// `to`, and whom: `patient` or `conversation`. Leads back to where the button stood: `at`.
pub async fn ring(State(site): State<Site>, me: SignedIn, form: Filled) -> Result<Response, Fault> {
    let (whom, back) = match form.some("patient") {
        Some(patient) => {
            let patient: PatientId = patient.parse().map_err(|_| Fault::not_found())?;
            (Whom::Patient(patient), format!("/patients/{patient}"))
        }
        None => (Whom::Thread(form.given::<ConversationId>("conversation")?), "/today".to_owned()),
    };
    let to = Phone::from_e164(form.text("to")).map_err(|_| Fault::malformed())?;
    match desk::ring_up(site.desk(), &*site.wire(), me.actor(), whom, to).await? {
        Sending::Accepted { .. } => Ok(Done::Rings.go_to(back)),
        Sending::Uncertain => Ok(Done::RingsPerhaps.go_to(back)),
        Sending::Later { .. } | Sending::Refused { .. } | Sending::AccountBroken { .. } | Sending::Stopped => {
            Ok(Done::DidNotRing.go_to(back))
        }
    }
}
