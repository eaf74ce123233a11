//! What a person must do: whom it is about, by when, and what to say on the phone.

use std::time::Duration;

use clinic::clinics::Clinic;
use clinic::patients::ContactState;
use clinic::tasks::{TaskKind, TaskOutcome};
use desk::ActError;
use kernel::{Arg, Phone as Number, Scheme};
use store::Tx;
use store::tasks::Listed;

use super::view::{Phone, Task};
use crate::pages::inbox::list::People;
use crate::session::SignedIn;
use crate::telling::Telling;
use crate::{Chip, Tone};

pub struct Known {
    listed: Listed,
    phones: Vec<String>,
    provider: Option<kernel::StaffId>,
}

pub fn read(tx: &mut Tx<'_>, clinic: &Clinic, limit: u32) -> Result<Vec<Known>, ActError> {
    let mut known = Vec::new();
    for listed in store::tasks::list(tx, clinic.id, limit)? {
        let mut phones = Vec::new();
        if let Some(patient) = listed.task.patient.map(|id| store::patients::find(tx, id)).transpose()?.flatten() {
            let contacts = store::patients::contacts(tx, patient.guardian.unwrap_or(patient.id))?;
            let dialled = contacts.into_iter().filter(|contact| contact.address.scheme() == Scheme::Tel);
            phones.extend(
                dialled
                    .filter(|contact| !matches!(contact.state, ContactState::Unreachable { .. }))
                    .map(|contact| contact.address.rest().to_owned()),
            );
        }
        let visit = listed.task.visit.map(|id| store::visits::find(tx, id)).transpose()?.flatten();
        known.push(Known { listed, phones, provider: visit.map(|visit| visit.provider) });
    }
    Ok(known)
}

/// Emergencies first, then what is overdue, then what comes due.
pub fn shown(me: &SignedIn, people: &People, mut tasks: Vec<Known>) -> Vec<Task> {
    tasks.sort_by_key(|known| known.listed.task.priority(me.now));
    let telling = me.telling();
    tasks.into_iter().map(|known| line(me, &telling, people, known)).collect()
}

fn line(me: &SignedIn, telling: &Telling<'_>, people: &People, Known { listed, phones, provider }: Known) -> Task {
    let Listed { task, given, family, starts_at } = listed;
    let name = telling.name(&given, &family);
    let provider = provider.map(|id| people.name(id)).unwrap_or_default();
    let visit = starts_at.map(|at| format!("{} · {provider}", telling.moment(at))).unwrap_or_default();
    Task {
        id: task.id,
        kind: task.kind,
        card: task.patient,
        reason: telling.words.say(&task.reason),
        visit,
        journal: task.visit.map(|visit| format!("/journal/visits/{visit}")),
        due: due(telling, &task),
        phones: phones.into_iter().map(phone).collect(),
        script: script(me, telling, &task, (&name, starts_at)),
        conversation: task.conversation,
        outcomes: outcomes(&task),
        name,
    }
}

fn phone(dialled: String) -> Phone {
    let shown = Number::from_e164(&dialled).map_or_else(|_| dialled.clone(), |number| number.international());
    Phone { shown, dialled }
}

fn due(telling: &Telling<'_>, task: &clinic::tasks::DeskTask) -> Chip {
    let words = telling.words;
    if task.kind == TaskKind::Emergency {
        return Chip::new(Tone::Bad, words.say("today-due-emergency"));
    }
    if task.due_at > telling.now {
        return Chip::new(Tone::Calm, words.with("today-due", &[("at", Arg::from(telling.at(task.due_at)))]));
    }
    let over = telling.now.since(task.due_at);
    let minutes = u32::try_from(over.as_secs() / 60).unwrap_or(u32::MAX);
    if over < Duration::from_hours(1) {
        return Chip::new(Tone::Wait, words.with("today-due-over", &[("minutes", Arg::from(minutes))]));
    }
    Chip::new(Tone::Bad, words.with("today-due-over-hours", &[("hours", Arg::from(minutes / 60))]))
}

/// What to say, where somebody is rung up.
fn script(
    me: &SignedIn,
    telling: &Telling<'_>,
    task: &clinic::tasks::DeskTask,
    (name, starts_at): (&str, Option<kernel::Timestamp>),
) -> Vec<String> {
    if task.kind != TaskKind::Call {
        return Vec::new();
    }
    let words = telling.words;
    let greeting = [("staff", Arg::from(me.member.name.given())), ("clinic", Arg::from(me.clinic.name.clone()))];
    let mut said =
        vec![words.with("task-script-greeting", &greeting), words.with("task-script-speak-with", &[("patient", Arg::from(name))])];
    match starts_at {
        Some(at) if at > telling.now => {
            said.push(words.with("task-script-visit", &[("at", Arg::from(telling.moment(at)))]));
            said.extend(["task-script-yes", "task-script-move"].map(|key| words.say(key)));
        }
        Some(_) => said.push(words.say("task-script-missed")),
        None => said.push(words.say("task-script-help")),
    }
    said
}

/// Only what can have come of it. An answer is settled by answering.
fn outcomes(task: &clinic::tasks::DeskTask) -> Vec<TaskOutcome> {
    match (task.kind, task.visit) {
        (TaskKind::Call, Some(_)) => vec![TaskOutcome::Confirmed, TaskOutcome::Moved, TaskOutcome::Cancelled, TaskOutcome::NoAnswer],
        (TaskKind::Call, None) => vec![TaskOutcome::Settled, TaskOutcome::NoAnswer],
        (TaskKind::Answer | TaskKind::Emergency | TaskKind::Decide, _) => vec![TaskOutcome::Settled],
    }
}
