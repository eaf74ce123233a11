//! The visits of the day with their next mark, and those of the next working day that are not sure.

use std::collections::HashMap;

use clinic::journal::{Visit, VisitState};
use desk::ActError;
use kernel::{Arg, ClinicId, Timestamp, VisitId};
use store::Tx;
use store::runs::Asking;
use store::visits::Listed;

use super::view::{Coming, Step, Unsure};
use crate::patient::visit::tone;
use crate::people::People;
use crate::telling::Telling;
use crate::{Chip, Tone};

/// In the order of the day; who has been is last.
pub fn shown(telling: &Telling<'_>, people: &People, visits: &[Listed]) -> Vec<Coming> {
    let expected = |state: &VisitState| state.is_ahead() || matches!(state, VisitState::Arrived { .. } | VisitState::InChair { .. });
    let (coming, been): (Vec<&Listed>, Vec<&Listed>) = visits.iter().partition(|listed| expected(&listed.visit.state));
    coming.into_iter().chain(been).map(|listed| line(telling, people, listed)).collect()
}

fn line(telling: &Telling<'_>, people: &People, listed: &Listed) -> Coming {
    let visit = &listed.visit;
    let chair = telling.chair(&listed.chair);
    let place = if listed.chair.is_empty() { listed.service.clone() } else { format!("{chair} · {}", listed.service) };
    Coming {
        href: format!("/journal/visits/{}", visit.id),
        at: telling.time(visit.starts_at),
        name: telling.name(&listed.given, &listed.family),
        card: visit.patient,
        provider: people.name(visit.provider),
        place,
        state: chip(telling, &visit.state),
        origin: telling.mark(&visit.state).unwrap_or_default(),
        late: late(telling, visit),
        note: visit.note.clone(),
        step: step(telling, visit),
    }
}

fn chip(telling: &Telling<'_>, state: &VisitState) -> Chip {
    Chip::new(tone(state), telling.words.say(&state.key()))
}

fn late(telling: &Telling<'_>, visit: &Visit) -> String {
    if let VisitState::Arrived { mark, .. } = &visit.state {
        let minutes = u32::try_from(telling.now.since(mark.at).as_secs() / 60).unwrap_or(0);
        return telling.words.with("today-sits", &[("minutes", Arg::from(minutes))]);
    }
    match visit.late_minutes.filter(|_| visit.state.is_ahead()) {
        Some(minutes) => telling.words.with("today-late", &[("minutes", Arg::from(minutes))]),
        None => String::new(),
    }
}

fn step(telling: &Telling<'_>, visit: &Visit) -> Option<Step> {
    let (value, key) = match visit.state {
        VisitState::Booked | VisitState::Confirmed { .. } => ("arrive", "today-step-arrive"),
        VisitState::Arrived { .. } => ("in-chair", "today-step-chair"),
        VisitState::InChair { .. } => ("complete", "today-step-complete"),
        VisitState::Requested
        | VisitState::Completed { .. }
        | VisitState::Cancelled { .. }
        | VisitState::Moved { .. }
        | VisitState::NoShow { .. } => return None,
    };
    let action = format!("/journal/visits/{}/mark", visit.id);
    Some(Step { action, name: "mark", value, seen: visit.version, label: telling.words.say(key) })
}

/// A visit that is not sure, and how far the bot has come with it.
pub struct Asked {
    listed: Listed,
    times: u32,
    next_at: Option<Timestamp>,
}

/// Of the visits of a clinic that start in `from..until`.
pub fn unsure(tx: &mut Tx<'_>, clinic: ClinicId, (from, until): (Timestamp, Timestamp)) -> Result<Vec<Asked>, ActError> {
    let asking: HashMap<VisitId, Asking> =
        store::runs::asking(tx, clinic, from, until)?.into_iter().map(|asking| (asking.visit, asking)).collect();
    let visits = store::visits::day(tx, clinic, from, until)?;
    let unsure = visits.into_iter().filter(|listed| matches!(listed.visit.state, VisitState::Booked | VisitState::Requested));
    let asked = |listed: Listed| {
        let asking = asking.get(&listed.visit.id);
        Asked { times: asking.map_or(0, |asking| asking.times), next_at: asking.and_then(|asking| asking.next_at), listed }
    };
    Ok(unsure.map(asked).collect())
}

impl Asked {
    pub fn shown(&self, telling: &Telling<'_>, people: &People) -> Unsure {
        let visit = &self.listed.visit;
        let next = self.next_at.map(|at| telling.words.with("today-unsure-next", &[("at", Arg::from(telling.at(at)))]));
        Unsure {
            href: format!("/journal/visits/{}", visit.id),
            at: telling.time(visit.starts_at),
            name: telling.name(&self.listed.given, &self.listed.family),
            card: visit.patient,
            provider: people.name(visit.provider),
            state: Chip::new(Tone::Wait, telling.words.say(&visit.state.key())),
            reason: telling.words.with("today-unsure-asked", &[("times", Arg::from(self.times))]),
            next: next.unwrap_or_default(),
        }
    }
}
