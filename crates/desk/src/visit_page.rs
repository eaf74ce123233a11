//! The patient's page of one visit, behind a link that only they were sent.

use kernel::{PatientId, Refusal, VisitId};

use clinic::actors::{Actor, Origin};
use clinic::clinics::Clinic;
use clinic::conversations::{Attachment, Urgency};
use clinic::journal::{CancelReason, Slot, Visit};
use clinic::patients::Patient;
use clinic::playbooks::Reply;
use store::Tx;
use store::links::{Link, LinkPurpose};

use crate::bot::saying::calendar;
use crate::bot::threads::token_hash;
use crate::bot::{facts, slots};
use crate::{ActError, Desk};

/// How many times a patient can choose from.
const OFFERED: usize = 6;

/// What the page shows.
#[derive(Debug, Clone)]
pub struct VisitPage {
    pub clinic: Clinic,
    pub patient: Patient,
    pub visit: Visit,
    /// As patients hear of them.
    pub provider: String,
    pub preparation: String,
    /// Free times instead; only looked up where they were asked for.
    pub slots: Vec<Slot>,
    pub now: kernel::Timestamp,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    TheVisit,
    OtherTimes,
}

/// What a patient does on the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PageAnswer {
    Confirm,
    Cancel(CancelReason),
    Late(u32),
    /// One of the offered times.
    Move(Slot),
    Person,
}

/// The visit as it stands now, however often it was moved since the link was sent.
pub async fn open_visit_page(desk: &Desk, token: String, wanted: Wanted) -> Result<VisitPage, ActError> {
    desk.look(move |tx, now| {
        let (link, visit) = linked(tx, &token, now)?;
        let clinic = facts::clinic(tx, visit.clinic)?;
        let patient = facts::patient(tx, link.patient)?;
        let provider = facts::staff(tx, visit.provider)?.title;
        let preparation = facts::service(tx, visit.service)?.preparation;
        let slots = match wanted {
            Wanted::TheVisit => Vec::new(),
            Wanted::OtherTimes => slots::instead_of(tx, &visit, &[], OFFERED, now)?,
        };
        Ok(VisitPage { clinic, patient, visit, provider, preparation, slots, now })
    })
    .await
}

/// The visit as a file for the patient's calendar.
pub async fn visit_calendar(desk: &Desk, token: String) -> Result<Attachment, ActError> {
    desk.look(move |tx, now| {
        let (_, visit) = linked(tx, &token, now)?;
        let clinic = facts::clinic(tx, visit.clinic)?;
        Ok(calendar(&visit, &clinic, now))
    })
    .await
}

/// `seen`: the version that stood on the page. A page that is out of date changes nothing.
pub async fn answer_visit_page(desk: &Desk, token: String, seen: i64, answer: PageAnswer) -> Result<Visit, ActError> {
    let owner = token.clone();
    let by = desk.look(move |tx, now| {
        let (link, _) = linked(tx, &owner, now)?;
        holder(tx, link.patient)
    });
    let by = by.await?;
    desk.act(by, Origin::VisitPage, move |act| {
        let (_, visit) = linked(act.tx, &token, act.now)?;
        let visit = visit.at_version(seen)?;
        let before = visit.version;
        let (visit, what) = match answer {
            PageAnswer::Confirm => visit.confirm(by, Origin::VisitPage, act.now)?,
            PageAnswer::Cancel(reason) => visit.cancel(reason, by, Origin::VisitPage, act.now)?,
            PageAnswer::Late(minutes) => {
                // what the journal refuses is said on the page; what the day does not hold goes to a person
                let (late, what) = visit.clone().late(minutes, by, Origin::VisitPage, act.now)?;
                if !what.is_empty() {
                    // the run reads the visit anew: nobody may change it in between
                    store::visits::hold(act.tx, &visit)?;
                    act.patient_is_late(&visit, Reply::Late(Some(minutes)))?;
                }
                return Ok(late);
            }
            PageAnswer::Move(slot) => {
                let free = slots::instead_of(act.tx, &visit, &[], OFFERED, act.now)?;
                if !free.contains(&slot) {
                    return Err(Refusal::new("slot.gone").into());
                }
                return act.shift(visit, slot, None);
            }
            PageAnswer::Person => {
                let patient = facts::patient(act.tx, visit.patient)?;
                let reader = facts::recipient(act.tx, &patient)?;
                let conversation = act.conversation_with(&reader)?;
                act.wait_for_a_person(conversation, Urgency::Normal)?;
                return Ok(visit);
            }
        };
        act.keep_visit(before, &visit, what, None)?;
        Ok(visit)
    })
    .await
}

/// Whoever is written to about a patient holds the link.
fn holder(tx: &mut Tx<'_>, patient: PatientId) -> Result<Actor, ActError> {
    let patient = facts::patient(tx, patient)?;
    Ok(patient.spoken_for_by(patient.guardian.unwrap_or(patient.id))?)
}

fn linked(tx: &mut Tx<'_>, token: &str, now: kernel::Timestamp) -> Result<(Link, Visit), ActError> {
    let link = store::links::find(tx, &token_hash(token))?.filter(|link| link.purpose == LinkPurpose::Visit && link.expires_at > now);
    let link = link.ok_or_else(ActError::not_found)?;
    let chain: VisitId = link.chain.ok_or_else(ActError::not_found)?;
    let visit = store::visits::newest_of_chain(tx, chain)?.ok_or_else(ActError::not_found)?;
    Ok((link, visit))
}
