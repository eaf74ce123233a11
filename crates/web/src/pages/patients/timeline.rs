//! Everything that happened between the patient and the clinic, the newest first.

use std::collections::HashMap;

use axum::extract::{Path, State};
use axum::response::Response;

use clinic::calls::Call;
use clinic::happenings::{Happening, Recorded};
use clinic::staff::Right;
use desk::ActError;
use kernel::{CallId, HappeningId, PatientId, Timestamp, format};
use store::Tx;

use super::acts::patient;
use super::view::{Day, Kind, Lately, LatelyPiece, Touchpoint};
use crate::fault::Fault;
use crate::people::People;
use crate::query::Asked;
use crate::responder::shown;
use crate::session::SignedIn;
use crate::site::Site;
use crate::telling::Telling;
use crate::{Place, calls};

const LINES: u32 = 60;

pub async fn piece(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, Asked(asked): Asked) -> Result<Response, Fault> {
    me.actor().may(Right::SeePatients)?;
    let id = patient(&id)?;
    let lately = lately(&site, &me, id, asked.maybe_given("before")?).await?;
    shown(&LatelyPiece { page: me.page(&site, Place::Patients, "patients-title").await?, lately })
}

pub async fn lately(site: &Site, me: &SignedIn, id: PatientId, before: Option<HappeningId>) -> Result<Lately, Fault> {
    let locale = me.locale();
    let before = before.map_or(store::conversations::NEWEST.to_owned(), |before| before.to_string());
    let read = move |tx: &mut Tx<'_>, _: Timestamp| {
        store::patients::find(tx, id)?.ok_or_else(ActError::not_found)?;
        let happened = store::happenings::of_patient(tx, id, &before, LINES)?;
        let mut people = People::read(tx, locale)?;
        people.meet(tx, happened.iter().filter_map(|recorded| recorded.by.guardian()))?;
        let mut known_calls = HashMap::new();
        for call in happened.iter().filter_map(|recorded| recorded.what.call()) {
            known_calls.extend(store::calls::find(tx, call)?.map(|known| (call, known)));
        }
        Ok((happened, people, known_calls))
    };
    let (happened, people, known_calls) = site.desk().look(read).await?;
    let telling = me.telling();
    let older = happened.last().filter(|_| happened.len() == LINES as usize).map(|last| format!("/patients/{id}?before={}", last.id));
    let mut days: Vec<Day> = Vec::new();
    for recorded in &happened {
        let day = format::date_long(recorded.at.date(telling.zone), me.locale());
        let line = line(&telling, (&people, &known_calls), recorded);
        match days.last_mut().filter(|last| last.day == day) {
            Some(last) => last.lines.push(line),
            None => days.push(Day { day, lines: vec![line] }),
        }
    }
    Ok(Lately { patient: id, days, older })
}

fn line(telling: &Telling<'_>, (people, known_calls): (&People, &HashMap<CallId, Call>), recorded: &Recorded) -> Touchpoint {
    let told = telling.happening(&recorded.what, &|id| people.name(id));
    // what came of it is told to the end only by the call itself
    let call = recorded.what.call().and_then(|call| known_calls.get(&call)).map(|call| calls::line(telling, call, telling.now).1);
    Touchpoint {
        at: telling.time(recorded.at),
        text: call.unwrap_or(told),
        through: telling.by_whom(recorded.by, recorded.through, people),
        kind: kind(&recorded.what),
    }
}

const fn kind(what: &Happening) -> Kind {
    match what {
        Happening::VisitRequested { .. }
        | Happening::VisitBooked { .. }
        | Happening::VisitConfirmed { .. }
        | Happening::VisitMoved { .. }
        | Happening::VisitCancelled { .. }
        | Happening::VisitLate { .. }
        | Happening::VisitArrived { .. }
        | Happening::VisitInChair { .. }
        | Happening::VisitCompleted { .. }
        | Happening::VisitMissed { .. }
        | Happening::VisitMarkUndone { .. } => Kind::Visit,
        Happening::MessageReceived { .. }
        | Happening::MessageQueued { .. }
        | Happening::MessageHeld { .. }
        | Happening::MessageReleased { .. }
        | Happening::MessageSuppressed { .. }
        | Happening::MessageAccepted { .. }
        | Happening::MessageDelivered { .. }
        | Happening::MessageRead { .. }
        | Happening::MessageDelayed { .. }
        | Happening::MessageFailed { .. }
        | Happening::MessageUncertain { .. }
        | Happening::ConversationAssigned { .. }
        | Happening::ConversationWaiting { .. }
        | Happening::ConversationAnswered { .. }
        | Happening::ConversationSnoozed { .. }
        | Happening::ConversationReopened { .. }
        | Happening::ConversationClosed { .. }
        | Happening::NoteWritten { .. } => Kind::Message,
        Happening::CallAnswered { .. } | Happening::CallMissed { .. } | Happening::CallUnanswered { .. } => Kind::Call,
        Happening::RunStarted { .. } | Happening::RunEnded { .. } | Happening::HandedOver { .. } => Kind::Bot,
        Happening::TaskOpened { .. } | Happening::TaskDone { .. } | Happening::TaskVoid { .. } => Kind::Task,
        Happening::PatientAdded
        | Happening::PatientChanged { .. }
        | Happening::ContactAdded { .. }
        | Happening::ContactVerified { .. }
        | Happening::ContactShared { .. }
        | Happening::ContactRegained { .. }
        | Happening::ContactLost { .. }
        | Happening::ContactDoubted { .. }
        | Happening::ContactNotTheirs { .. }
        | Happening::ContactGivenBack { .. }
        | Happening::OptedOut { .. }
        | Happening::OptedIn { .. }
        | Happening::ConsentGiven { .. }
        | Happening::ConsentWithdrawn { .. } => Kind::Card,
    }
}
