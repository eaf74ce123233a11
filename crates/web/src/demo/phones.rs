//! The list of telephones.

use axum::extract::State;
use axum::response::Response;
use kernel::{ClinicId, ConversationId, PatientId};
use store::Tx;

use clinic::actors::Channel;
use clinic::conversations::Counterpart;
use clinic::outbox::Outbound;
use clinic::patients::Patient;
use clinic::playbooks::RunState;

use super::phone::lies_on_the_phone;
use super::view::{PhoneRow, Phones, PhonesPage, PhonesPiece, Question};
use crate::Place;
use crate::fault::Fault;
use crate::pages::inbox::files::preview_in;
use crate::query::Asked;
use crate::responder::shown;
use crate::session::{Piece, SignedIn};
use crate::site::Site;

const NEWEST: u32 = 60;
const FOUND: u32 = 20;
/// How far back a message on the telephone is looked for.
const RECENT: u32 = 8;

pub async fn show(State(site): State<Site>, me: SignedIn, Asked(asked): Asked) -> Result<Response, Fault> {
    let (clinic, find, locale) = (me.clinic.id, asked.text("find").trim().to_owned(), me.locale());
    let typed = find.clone();
    let found =
        site.desk().look(move |tx, now| if typed.is_empty() { Ok(newest(tx, clinic, now)?) } else { Ok(fitting(tx, clinic, &typed)?) });
    let rows = found.await?.into_iter().map(|(patient, preview, question)| PhoneRow {
        patient: patient.id,
        name: patient.name.full(locale),
        initials: patient.name.initials(),
        preview: preview_in(me.words(), preview),
        question,
    });
    let phones = Phones { find, rows: rows.collect() };
    let page = me.page(&site, Place::Elsewhere, "demo-phones-title").await?;
    match me.asks_for {
        Piece::Page => shown(&PhonesPage { page, phones }),
        Piece::Fragment => shown(&PhonesPiece { page, phones }),
    }
}

type Found = (Patient, String, Question);

/// Those on whose telephones something happened last; open questions first.
fn newest(tx: &mut Tx<'_>, clinic: ClinicId, now: kernel::Timestamp) -> Result<Vec<Found>, store::StoreError> {
    let mut found = Vec::new();
    for listed in store::conversations::list(tx, clinic, now + std::time::Duration::from_secs(1), NEWEST)? {
        let Counterpart::Patient(id) = listed.conversation.with else { continue };
        let Some(patient) = store::patients::find(tx, id)? else { continue };
        let contacts = store::patients::contacts(tx, id)?;
        if !contacts.iter().any(|contact| contact.channel() == Channel::Sandbox) {
            continue;
        }
        let Some(newest) = newest_on_it(tx, listed.conversation.id)? else { continue };
        let question = if newest.content.buttons.is_empty() { Question::None } else { question(tx, id)? };
        found.push((patient, listed.preview, question));
    }
    found.sort_by_key(|(_, _, question)| *question);
    Ok(found)
}

/// The newest message that lies on the telephone. What went by mail is not there.
fn newest_on_it(tx: &mut Tx<'_>, conversation: ConversationId) -> Result<Option<Outbound>, store::StoreError> {
    let newest = store::outbound::of_conversation(tx, conversation, store::conversations::NEWEST, RECENT)?;
    Ok(newest.into_iter().find(lies_on_the_phone))
}

fn fitting(tx: &mut Tx<'_>, clinic: ClinicId, typed: &str) -> Result<Vec<Found>, store::StoreError> {
    let mut found = Vec::new();
    for patient in store::search::patients(tx, clinic, typed, FOUND)? {
        let question = question(tx, patient.id)?;
        found.push((patient, String::new(), question));
    }
    Ok(found)
}

/// Whether the bot waits for an answer from this reader, for themselves or for a child.
fn question(tx: &mut Tx<'_>, reader: PatientId) -> Result<Question, store::StoreError> {
    let mut family = store::patients::wards(tx, reader)?;
    family.push(reader);
    for member in family {
        let open = store::runs::open_of_patient(tx, member)?;
        if open.iter().any(|kept| matches!(&kept.run.state, RunState::Waiting { question: Some(_), .. })) {
            return Ok(Question::Open);
        }
    }
    Ok(Question::None)
}
