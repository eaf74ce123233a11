//! What a person must do: whom it is about, by when, and what to say on the phone.

use std::time::Duration;

use clinic::clinics::Clinic;
use clinic::conversations::Counterpart;
use clinic::journal::Visit;
use clinic::patients::ContactState;
use clinic::tasks::{TaskKind, TaskOutcome};
use desk::ActError;
use kernel::{Arg, Phone as Number, Scheme, StaffId};
use store::Tx;
use store::tasks::Listed;

use super::view::{Cancels, Phone, Rings, Task};
use crate::clock::Clock;
use crate::people::People;
use crate::session::SignedIn;
use crate::telling::Telling;
use crate::{Chip, Tone};

/// Less than that in staffed time is a little late.
const SOON: Duration = Duration::from_hours(1);

pub struct Known {
    listed: Listed,
    /// Who asked to be called on the website, where nobody is known yet.
    caller: Option<String>,
    phones: Vec<String>,
    visit: Option<Visit>,
    rings: Rings,
}

pub fn read(tx: &mut Tx<'_>, clinic: &Clinic, reader: StaffId, limit: u32) -> Result<Vec<Known>, ActError> {
    let mut known = Vec::new();
    let tasks = store::tasks::list(tx, clinic.id, limit)?;
    let rings = if desk::can_ring_up(tx, clinic.id, reader)? { Rings::FromHere } else { Rings::ByHand };
    store::patients::foresee_contacts_of_readers(tx, &tasks.iter().filter_map(|listed| listed.task.patient).collect())?;
    store::visits::foresee(tx, &tasks.iter().filter_map(|listed| listed.task.visit).collect())?;
    for listed in tasks {
        let (mut phones, mut caller) = (Vec::new(), None);
        if let Some(patient) = listed.task.patient {
            let contacts = store::patients::contacts_of_reader(tx, patient)?;
            let dialled = contacts.into_iter().filter(|contact| contact.address.scheme() == Scheme::Tel);
            phones.extend(
                dialled
                    .filter(|contact| !matches!(contact.state, ContactState::Unreachable { .. } | ContactState::NotTheirs { .. }))
                    .map(|contact| contact.address.rest().to_owned()),
            );
        } else if let (TaskKind::Call, Some(thread)) = (listed.task.kind, listed.task.conversation)
            && let Some(asked) = store::chat::newest_callback_in(tx, thread)?
        {
            phones.push(asked.phone);
            caller = Some(asked.name);
        } else if let (TaskKind::Call, Some(thread)) = (listed.task.kind, listed.task.conversation)
            && let Some(Counterpart::Unknown { address, name }) = store::conversations::find(tx, thread)?.map(|thread| thread.with)
            && address.scheme() == Scheme::Tel
        {
            phones.push(address.rest().to_owned());
            caller = Some(name).filter(|name| !name.is_empty());
        }
        let visit = listed.task.visit.map(|id| store::visits::find(tx, id)).transpose()?.flatten();
        known.push(Known { listed, caller, phones, visit, rings });
    }
    Ok(known)
}

/// Emergencies first, then what is overdue, then what comes due.
pub fn shown(me: &SignedIn, people: &People, mut tasks: Vec<Known>) -> Vec<Task> {
    tasks.sort_by_key(|known| known.listed.task.priority(me.now));
    let telling = me.telling();
    tasks.into_iter().map(|known| line(me, &telling, people, known)).collect()
}

fn line(me: &SignedIn, telling: &Telling<'_>, people: &People, Known { listed, caller, phones, visit: known, rings }: Known) -> Task {
    let Listed { task, given, family, starts_at } = listed;
    let unknown = || if task.patient.is_none() && task.kind == TaskKind::Call { telling.words.say("calls-unknown") } else { String::new() };
    let name = caller.unwrap_or_else(|| telling.name(&given, &family));
    let name = if name.is_empty() { unknown() } else { name };
    let provider = known.as_ref().map(|visit| people.name(visit.provider)).unwrap_or_default();
    let ahead = known.as_ref().filter(|visit| visit.state.is_ahead());
    let visit = starts_at.map(|at| format!("{} · {provider}", telling.moment(at))).unwrap_or_default();
    Task {
        id: task.id,
        kind: task.kind,
        card: task.patient,
        reason: telling.words.say(&task.reason),
        visit,
        journal: task.visit.map(|visit| format!("/journal/visits/{visit}")),
        due: due(me, telling, &task),
        phones: phones.into_iter().map(phone).collect(),
        rings: if task.conversation.is_some() { rings } else { Rings::ByHand },
        script: script(me, telling, &task, (&name, known.as_ref())),
        conversation: task.conversation,
        outcomes: outcomes(task.kind, ahead),
        cancels: if task.kind == TaskKind::Call && ahead.is_some() { Cancels::Yes } else { Cancels::No },
        name,
    }
}

fn phone(dialled: String) -> Phone {
    let shown = Number::from_e164(&dialled).map_or_else(|_| dialled.clone(), |number| number.international());
    Phone { shown, dialled }
}

fn due(me: &SignedIn, telling: &Telling<'_>, task: &clinic::tasks::DeskTask) -> Chip {
    let words = telling.words;
    if task.kind == TaskKind::Emergency {
        return Chip::new(Tone::Bad, words.say("today-due-emergency"));
    }
    let days = me.open_days();
    if task.due_at > telling.now {
        return Chip::new(Tone::Calm, Clock::Task.left(telling, &days, task.due_at));
    }
    let tone = if days.open_between(task.due_at, telling.now) < SOON { Tone::Wait } else { Tone::Bad };
    Chip::new(tone, Clock::Task.late(telling, &days, task.due_at))
}

/// What to say, where somebody is rung up.
fn script(me: &SignedIn, telling: &Telling<'_>, task: &clinic::tasks::DeskTask, (name, visit): (&str, Option<&Visit>)) -> Vec<String> {
    if task.kind != TaskKind::Call {
        return Vec::new();
    }
    let words = telling.words;
    let greeting = [("staff", Arg::from(me.member.name.given())), ("clinic", Arg::from(me.clinic.name.clone()))];
    let mut said =
        vec![words.with("task-script-greeting", &greeting), words.with("task-script-speak-with", &[("patient", Arg::from(name))])];
    match visit {
        None if task.reason == "task-reason-missed-call" => said.push(words.say("task-script-missed-call")),
        Some(visit) if visit.state.cancelled_for().is_some() => {
            said.push(words.with("task-script-cancelled", &[("at", Arg::from(telling.moment(visit.starts_at)))]));
        }
        Some(visit) if visit.starts_at > telling.now => {
            said.push(words.with("task-script-visit", &[("at", Arg::from(telling.moment(visit.starts_at)))]));
            said.extend(["task-script-yes", "task-script-move"].map(|key| words.say(key)));
        }
        Some(_) => said.push(words.say("task-script-missed")),
        None => said.push(words.say("task-script-help")),
    }
    said
}

/// Only what can have come of it. An answer is settled by answering.
fn outcomes(kind: TaskKind, ahead: Option<&Visit>) -> Vec<TaskOutcome> {
    match (kind, ahead) {
        (TaskKind::Call, Some(_)) => vec![TaskOutcome::Confirmed, TaskOutcome::Moved, TaskOutcome::NoAnswer],
        (TaskKind::Call, None) => vec![TaskOutcome::Settled, TaskOutcome::NoAnswer],
        (TaskKind::Answer | TaskKind::Emergency | TaskKind::Decide, _) => vec![TaskOutcome::Settled],
    }
}
