//! The pure step of a run: reminders of real visits, from their start over the question to a confirmation.

use std::hint::black_box;

use anyhow::{Context, ensure};
use caredesk::demo::furnishing::{Plan, Wishes};
use caredesk::demo::{opens_at, wishes};
use clinic::actors::Actor;
use clinic::journal::Visit;
use clinic::patients::Patient;
use clinic::playbooks::{Effect, Facts, Input, Reply, Run, RunState, Script, advance, shipped};
use kernel::{Chance, Locale, RunId, Timestamp};

use crate::stopwatch::{Core, Times, a_second};
use crate::table::Line;

pub const PLAYBOOK: &str = "visit-reminder";
const STEPS: usize = 200_000;
/// Of which the median is taken.
const ROUNDS: usize = 7;

/// One step that can be taken again and again.
struct Step<'a> {
    run: Run,
    input: Input,
    patient: &'a Patient,
    visit: &'a Visit,
    now: Timestamp,
}

pub fn measure() -> anyhow::Result<Line> {
    let plan = Plan::of(&Wishes { patients: 1_000, past_days: 30, ..wishes(1, Locale::Hu, None) });
    let script = shipped().iter().map(|(script, _)| script).find(|script| script.id == PLAYBOOK).context("the reminder is shipped")?;
    let steps = lives(&plan, script);
    ensure!(steps.iter().any(|step| matches!(step.input, Input::Marked)), "some run is answered");
    let mut rounds = Times::default();
    for _ in 0..ROUNDS {
        let taken: Vec<(Run, Input, &Step<'_>)> =
            steps.iter().cycle().take(STEPS).map(|step| (step.run.clone(), step.input.clone(), step)).collect();
        let watch = Core::start();
        for (run, input, step) in taken {
            black_box(advance(script, run, input, &facts(&plan, step), step.now));
        }
        rounds.add(watch.read());
    }
    Ok(Line {
        what: "pure `advance`, by the time of one core".to_owned(),
        required: "500,000/s".to_owned(),
        measured: format!("{:.0}/s", a_second(STEPS, rounds.median())),
        limit: String::new(),
    })
}

fn facts<'a>(plan: &'a Plan, step: &Step<'a>) -> Facts<'a> {
    Facts { clinic: &plan.premises.clinic, patient: step.patient, visits: std::slice::from_ref(step.visit), missed: 0, slack_minutes: 30 }
}

/// For each visit to come its run begins, waits, asks, and hears a yes that the journal then carries out.
fn lives<'a>(plan: &'a Plan, script: &Script) -> Vec<Step<'a>> {
    let mut chance = Chance::from_seed(2);
    let mut steps = Vec::new();
    for visit in &plan.history.coming {
        let Some(person) = plan.people.iter().find(|person| person.patient.id == visit.patient) else { continue };
        let booked_at = visit.booked_at.min(opens_at());
        let mut step =
            Step { run: begun(visit, booked_at, &mut chance), input: Input::Started, patient: &person.patient, visit, now: booked_at };
        loop {
            let done = advance(script, step.run.clone(), step.input.clone(), &facts(plan, &step), step.now);
            let asked = done.effects.iter().any(|effect| matches!(effect, Effect::Send(_)));
            let marks = done.effects.iter().any(|effect| matches!(effect, Effect::Mark { .. }));
            let next = match done.run.due_at() {
                Some(_) if asked => Some((Input::Answered(Reply::Confirm), step.now)),
                Some(due_at) => Some((Input::Due, due_at)),
                None if marks => Some((Input::Marked, step.now)),
                None => None,
            };
            let (patient, visit) = (step.patient, step.visit);
            steps.push(step);
            let Some((input, now)) = next else { break };
            step = Step { run: done.run, input, patient, visit, now };
        }
    }
    steps
}

pub fn begun(visit: &Visit, at: Timestamp, chance: &mut Chance) -> Run {
    Run {
        id: RunId::new(at, chance),
        playbook: PLAYBOOK.to_owned(),
        script_version: 1,
        clinic: visit.clinic,
        patient: visit.patient,
        visits: vec![visit.id],
        state: RunState::Active { step: String::new() },
        offered: Vec::new(),
        last_offer: 0,
        offers: 0,
        reason: None,
        late_minutes: None,
        started_by: Actor::Program,
        started_at: at,
    }
}
