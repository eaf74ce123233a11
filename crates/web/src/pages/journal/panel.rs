//! One visit beside its day: how it came to stand so, what can be done to it now, what the bot does next.

use clinic::actors::Actor;
use clinic::conversations::Conversation;
use clinic::happenings::Recorded;
use clinic::journal::{Slot, Visit, VisitState, Wanted};
use clinic::patients::Patient;
use clinic::playbooks::RunState;
use clinic::services::{Chair, Service};
use clinic::staff::Right;
use desk::ActError;
use kernel::{Arg, Timestamp, VisitId, format};
use store::Tx;
use store::runs::Kept;

use super::view::{self, HistoryLine, VisitAct, VisitPanel};
use crate::Chip;
use crate::fault::Fault;
use crate::forms::Choice;
use crate::people::People;
use crate::session::SignedIn;
use crate::site::Site;
use crate::slot_word::SlotWord;
use crate::telling::{Telling, days_after};

/// How far ahead, and how many times a visit can be moved to with one tap.
const DAYS_AHEAD: u32 = 21;
const TIMES: usize = 24;

struct Known {
    visit: Visit,
    patient: Patient,
    service: Service,
    chair: Option<Chair>,
    conversation: Option<Conversation>,
    happened: Vec<Recorded>,
    runs: Vec<Kept>,
    people: People,
}

/// None for a visit that is not there. One that has moved is shown where it now stands.
pub async fn shown(site: &Site, me: &SignedIn, id: VisitId) -> Result<Option<VisitPanel>, Fault> {
    let locale = me.locale();
    let read = move |tx: &mut Tx<'_>, _: Timestamp| {
        let Some(visit) = store::visits::find(tx, id)? else { return Ok(None) };
        let visit = store::visits::newest_of_chain(tx, visit.chain)?.unwrap_or(visit);
        let patient = store::patients::find(tx, visit.patient)?.ok_or_else(ActError::not_found)?;
        let reader = patient.guardian.unwrap_or(patient.id);
        let chairs = store::clinics::chairs(tx, visit.clinic)?;
        let mut happened = store::happenings::of_visit(tx, visit.id)?;
        if visit.chain != visit.id {
            happened.extend(store::happenings::of_visit(tx, visit.chain)?);
        }
        happened.sort_by_key(|recorded| (recorded.at, recorded.id));
        let mut people = People::read(tx, locale)?;
        people.meet(tx, happened.iter().filter_map(|recorded| recorded.by.guardian()))?;
        Ok(Some(Known {
            service: store::clinics::service(tx, visit.service)?.ok_or_else(ActError::not_found)?,
            chair: chairs.into_iter().find(|chair| Some(chair.id) == visit.chair),
            conversation: store::conversations::of_patient(tx, reader)?,
            happened,
            runs: store::runs::of_visit(tx, visit.id)?,
            people,
            patient,
            visit,
        }))
    };
    let Some(known) = site.desk().look(read).await? else { return Ok(None) };
    let times = times(site, me, &known).await?;
    Ok(Some(known.panel(me, times)))
}

/// Free times with the same provider, if the visit can still be moved.
async fn times(site: &Site, me: &SignedIn, known: &Known) -> Result<Vec<Choice>, Fault> {
    if !known.visit.state.is_ahead() || !me.member.role.has(Right::ChangeJournal) {
        return Ok(Vec::new());
    }
    let today = me.now.date(&me.clinic.zone);
    let mut wanted = Wanted::between(today, days_after(today, DAYS_AHEAD));
    wanted.provider = Some(known.visit.provider);
    let slots = desk::find_slots(site.desk(), me.actor(), known.visit.service, wanted).await?;
    let other = slots.iter().filter(|slot| slot.starts_at != known.visit.starts_at).take(TIMES);
    Ok(other.map(|slot| time(&me.telling(), slot)).collect())
}

fn time(telling: &Telling<'_>, slot: &Slot) -> Choice {
    Choice::new(SlotWord(*slot).to_string(), telling.moment(slot.starts_at))
}

impl Known {
    fn panel(&self, me: &SignedIn, times: Vec<Choice>) -> VisitPanel {
        let telling = me.telling();
        let visit = &self.visit;
        let late = visit.late_minutes.map(|minutes| telling.words.with("journal-late", &[("minutes", Arg::from(minutes))]));
        let chair = self.chair.as_ref().map(|chair| telling.chair(&chair.name));
        VisitPanel {
            id: visit.id.to_string(),
            version: visit.version,
            on: visit.starts_at.date(telling.zone).to_string(),
            patient: self.patient.name.full(me.locale()),
            card: self.patient.id.to_string(),
            conversation: self.conversation.as_ref().map(|conversation| conversation.id.to_string()),
            chip: Chip::new(view::tone(&visit.state), telling.words.say(&visit.state.key())),
            when: when(&telling, visit),
            provider: self.people.name(visit.provider),
            chair: chair.unwrap_or_default(),
            service: self.service.name.clone(),
            note: visit.note.clone(),
            late,
            history: self.happened.iter().map(|recorded| self.line(&telling, recorded)).collect(),
            next: self.next(&telling),
            acts: self.acts(me),
            undo: undo(&telling, visit),
            times,
        }
    }

    /// What this person may do of what fits the visit now.
    fn acts(&self, me: &SignedIn) -> Vec<VisitAct> {
        let role = me.member.role;
        let may = |act: &VisitAct| match act {
            VisitAct::Arrive | VisitAct::TakeInChair | VisitAct::Complete | VisitAct::Miss => role.has(Right::MarkTreatment),
            VisitAct::Accept | VisitAct::Confirm | VisitAct::Late | VisitAct::Move | VisitAct::Cancel => role.has(Right::ChangeJournal),
        };
        VisitAct::of(&self.visit, me.now).into_iter().filter(may).collect()
    }

    fn line(&self, telling: &Telling<'_>, recorded: &Recorded) -> HistoryLine {
        let run = match recorded.by {
            Actor::Bot(run) => Some(run.to_string()),
            Actor::Staff { .. } | Actor::Patient(_) | Actor::Guardian { .. } | Actor::Program => None,
        };
        HistoryLine {
            at: telling.at(recorded.at),
            text: telling.happening(&recorded.what, &|id| self.people.name(id)),
            origin: telling.by_whom(recorded.by, recorded.through, &self.people),
            run,
        }
    }

    /// The soonest that a run waits for.
    fn next(&self, telling: &Telling<'_>) -> Option<HistoryLine> {
        let waits = self.runs.iter().filter_map(|kept| match &kept.run.state {
            RunState::Waiting { due_at, .. } => Some((*due_at, &kept.run)),
            RunState::Active { .. } | RunState::Done { .. } | RunState::Stopped { .. } | RunState::HandedOver => None,
        });
        let (due_at, run) = waits.min_by_key(|(due_at, run)| (*due_at, run.id))?;
        let text = telling.words.say(&format!("playbook-{}-name", run.playbook));
        Some(HistoryLine { at: telling.at(due_at), text, origin: String::new(), run: Some(run.id.to_string()) })
    }
}

/// 'Wednesday, 25 November, 10:30–11:15'
fn when(telling: &Telling<'_>, visit: &Visit) -> String {
    let until = format::time(visit.ends_at.in_zone(telling.zone).time(), telling.words.locale());
    format!("{}–{until}", telling.moment(visit.starts_at))
}

/// The mark that can be taken back, on the day it was made.
fn undo(telling: &Telling<'_>, visit: &Visit) -> Option<String> {
    let mark = match &visit.state {
        VisitState::Arrived { mark, .. }
        | VisitState::InChair { mark, .. }
        | VisitState::Completed { mark, .. }
        | VisitState::NoShow { mark, .. } => mark,
        VisitState::Requested
        | VisitState::Booked
        | VisitState::Confirmed { .. }
        | VisitState::Cancelled { .. }
        | VisitState::Moved { .. } => return None,
    };
    let today = mark.at.date(telling.zone) == telling.now.date(telling.zone);
    today.then(|| telling.words.say(&visit.state.key()))
}
