//! One patient going through one playbook: every step it took, and why.

use axum::extract::{Path, State};
use axum::response::Response;

use clinic::playbooks::{Reply, RunState, TraceLine};
use clinic::staff::Right;
use desk::ActError;
use kernel::{Arg, RunId, Timestamp};
use store::Tx;

use super::view::{RunPage, Step};
use super::{name, state_tone};
use crate::fault::Fault;
use crate::responder::shown;
use crate::session::SignedIn;
use crate::site::Site;
use crate::telling::Telling;
use crate::{Chip, Place, Words};

pub async fn open(State(site): State<Site>, me: SignedIn, Path(id): Path<String>) -> Result<Response, Fault> {
    me.actor().may(Right::SeePlaybooks)?;
    let id: RunId = id.parse().map_err(|_| Fault::not_found())?;
    let read = move |tx: &mut Tx<'_>, _: Timestamp| {
        let kept = store::runs::find(tx, id)?.ok_or_else(ActError::not_found)?;
        let patient = store::patients::find(tx, kept.run.patient)?.ok_or_else(ActError::not_found)?;
        let visit = kept.run.visit().map(|visit| store::visits::find(tx, visit)).transpose()?.flatten();
        Ok((store::runs::trace(tx, id)?, kept, patient, visit))
    };
    let (trace, kept, patient, visit) = site.desk().look(read).await?;
    let (telling, words) = (me.telling(), me.words());
    let next = match &kept.run.state {
        RunState::Waiting { due_at, .. } => words.with("playbooks-run-next", &[("at", Arg::from(telling.at(*due_at)))]),
        RunState::Active { .. } | RunState::Done { .. } | RunState::Stopped { .. } | RunState::HandedOver => String::new(),
    };
    let name = name(words, &kept.run.playbook);
    let mut page = me.page(&site, Place::Playbooks, "playbooks-title").await?;
    page.title.clone_from(&name);
    shown(&RunPage {
        page,
        playbook: kept.run.playbook.clone(),
        name,
        patient: patient.name.full(me.locale()),
        card: patient.id.to_string(),
        visit: visit.map(|visit| (format!("/journal/visits/{}", visit.id), telling.moment(visit.starts_at))),
        chip: chip(words, &kept.run.state),
        next,
        steps: trace.iter().map(|(at, line)| step(&telling, *at, line)).collect(),
    })
}

/// How it stands, and with what it ended.
pub fn chip(words: Words, state: &RunState) -> Chip {
    let (state, why) = match state {
        RunState::Active { .. } => ("active", None),
        RunState::Waiting { .. } => ("waiting", None),
        RunState::Done { outcome } => ("done", words.known(&format!("outcome-{outcome}"))),
        RunState::Stopped { reason } => ("stopped", words.known(reason.key())),
        RunState::HandedOver => ("handed_over", None),
    };
    let stands = words.say(&format!("playbooks-run-{}", state.replace('_', "-")));
    Chip::new(state_tone(state), why.map_or(stands.clone(), |why| format!("{stands}: {why}")))
}

fn step(telling: &Telling<'_>, at: Timestamp, line: &TraceLine) -> Step {
    let words = telling.words;
    Step {
        at: telling.at(at),
        what: words.known(&format!("trace-{}", line.what)).unwrap_or_else(|| line.what.clone()),
        why: why(telling, line),
        step: line.step.clone(),
    }
}

/// What the detail of a line names: a moment, an answer, a reason, a text, an end.
fn why(telling: &Telling<'_>, line: &TraceLine) -> String {
    let (words, detail) = (telling.words, line.detail.as_str());
    if detail.is_empty() {
        return String::new();
    }
    if let Some(at) = instant(detail) {
        return telling.moment(at);
    }
    let answer = Reply::from_code(detail).map(|reply| format!("answer-{}", reply.name())).unwrap_or_default();
    let keys = [
        detail.to_owned(),
        answer,
        format!("outcome-{detail}"),
        format!("task-reason-{detail}"),
        format!("refusal-{}", detail.replace('.', "-")),
        format!("stop-{detail}"),
    ];
    let text = clinic::texts::Shipped::of(detail).map(|shipped| shipped.source(words.locale()));
    text.or_else(|| keys.iter().find_map(|key| words.known(key))).unwrap_or_else(|| detail.to_owned())
}

/// An instant as the trace writes it: `2026-11-22T10:00:00Z`.
fn instant(detail: &str) -> Option<Timestamp> {
    let wall: kernel::Moment = detail.strip_suffix('Z')?.parse().ok()?;
    Some(kernel::Zone::utc().at(wall))
}
