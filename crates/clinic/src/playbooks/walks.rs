//! Every step meets every reply, and random lives of runs keep what a run promises.

#![cfg(test)]

use std::time::Duration;

use proptest::prelude::*;

use super::stage::{Stage, Taken, every_reply, script};
use super::{Action, Input, RunState, shipped};

/// A run of the playbook on the day before the visit, with times to offer.
fn begun(playbook: &str) -> Stage {
    let mut stage = Stage::of(playbook, "2026-11-23T09:00", "2026-12-10T14:00");
    let hours = (9..18).map(|hour| format!("2026-12-11T{hour:02}:00"));
    stage.free = hours.map(|start| stage.slot(&start)).collect();
    stage
}

fn inputs() -> Vec<Input> {
    let answers = every_reply().into_iter().map(Input::Answered);
    let others = [Input::Started, Input::Due, Input::Unclear, Input::Marked, Input::MarkRefused, Input::Found(vec![])];
    answers.chain(others).collect()
}

#[test]
fn whatever_a_patient_answers_to_any_step_they_are_answered_or_given_to_a_person() {
    for (script, _) in shipped() {
        for step in &script.steps {
            for reply in every_reply() {
                for question in [Some(step.name.clone()), None] {
                    let mut stage = begun(&script.id);
                    stage.now = stage.at("2026-12-09T10:30");
                    let due_at = stage.now + Duration::from_hours(1);
                    stage.run.state = RunState::Waiting { next: script.steps[0].name.clone(), due_at, question };
                    stage.take(Input::Answered(reply));
                    let said = stage.look();
                    let place = format!("{} {}: {reply:?}", script.id, step.name);
                    assert!(said.contains('\n') || said.contains('['), "{place} is met with silence: {said}");
                    let is_over = !stage.run.is_open();
                    assert!(is_over || stage.run.due_at().is_some_and(|due| due >= stage.now), "{place}: {:?}", stage.run.state);
                }
            }
        }
    }
}

#[test]
fn every_step_takes_every_input_without_losing_the_patient() {
    for (script, _) in shipped() {
        for step in &script.steps {
            for input in inputs() {
                let offers = matches!(step.action, Action::Offer { .. });
                let marks = matches!(step.action, Action::Mark { .. });
                let from_the_desk = match input {
                    Input::Found(_) => offers,
                    Input::Marked | Input::MarkRefused => offers || marks,
                    _ => false,
                };
                if !from_the_desk && matches!(input, Input::Found(_) | Input::Marked | Input::MarkRefused) {
                    continue;
                }
                let waiting = RunState::Waiting { next: step.name.clone(), due_at: begun(&script.id).now, question: None };
                let state = if from_the_desk { RunState::Active { step: step.name.clone() } } else { waiting };
                let mut life = begun(&script.id);
                life.run.state = state.clone();
                life.take(input.clone());
                let lost = matches!(life.run.state, RunState::Stopped { .. });
                assert!(!lost, "{} {state:?} {input:?}: {:?}", script.id, life.run.state);
            }
        }
    }
}

#[test]
fn a_run_that_has_ended_stays_ended() {
    for end in [RunState::HandedOver, RunState::Done { outcome: "confirmed".to_owned() }] {
        for input in inputs() {
            let mut stage = begun("visit-reminder");
            stage.run.state = end.clone();
            let facts = super::Facts {
                clinic: &stage.world.clinic,
                patient: &stage.world.anna,
                visits: &stage.visits,
                missed: 0,
                slack_minutes: 0,
            };
            let after = super::advance(&stage.script, stage.run.clone(), input, &facts, stage.now);
            assert_eq!((after.run, after.effects.len(), after.trace.len()), (stage.run.clone(), 0, 0));
        }
    }
}

#[test]
fn a_script_that_was_changed_under_a_run_is_said_to_the_desk() {
    let mut stage = begun("visit-reminder").start();
    stage.script.steps.truncate(1);
    stage.script.steps[0].name = "renamed".to_owned();
    stage.silence();
    assert_eq!(stage.look(), "Mon 07 Dec 10:00 task decide task-reason-broken-script");
    assert_eq!(stage.run.state, RunState::Stopped { reason: super::StopReason::Broken });
    let mut empty = begun("visit-reminder");
    empty.script.steps.clear();
    assert_eq!(empty.start().look(), "Mon 23 Nov 09:00 task decide task-reason-broken-script");
}

#[derive(Debug, Clone)]
enum Turn {
    Silence,
    Minutes(u64),
    Answer(usize),
    Unclear,
    /// The journal gives everything away, or is fair again.
    Rival(bool),
}

fn turns() -> impl Strategy<Value = Vec<Turn>> {
    let answers = every_reply().len();
    let turn = prop_oneof![
        3 => Just(Turn::Silence),
        2 => (1_u64..3_000).prop_map(Turn::Minutes),
        6 => (0..answers).prop_map(Turn::Answer),
        1 => Just(Turn::Unclear),
        1 => any::<bool>().prop_map(Turn::Rival),
    ];
    proptest::collection::vec(turn, 1..25)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    /// [`Stage::take`] itself asserts that a run rests only waiting or ended, and says no step twice without a wait.
    #[test]
    fn a_run_waits_with_a_moment_or_has_ended_whatever_happens(playbook in 0_usize..5, turns in turns()) {
        let id = &shipped()[playbook].0.id;
        let mut stage = begun(id).start();
        let replies = every_reply();
        for turn in turns {
            let was_open = stage.run.is_open();
            let before = stage.run.clone();
            match turn {
                Turn::Silence => {
                    if was_open {
                        stage.silence();
                    }
                }
                Turn::Minutes(minutes) => stage.now = stage.now + Duration::from_secs(minutes * 60),
                Turn::Answer(place) => stage.take(Input::Answered(replies[place])),
                Turn::Unclear => stage.take(Input::Unclear),
                Turn::Rival(always) => stage.taken = if always { Taken::Always } else { Taken::Never },
            }
            if was_open {
                prop_assert_eq!(stage.run.is_open(), stage.run.due_at().is_some());
            } else {
                prop_assert_eq!(&stage.run, &before);
            }
            let is_broken = matches!(stage.run.state, RunState::Stopped { .. });
            prop_assert!(!is_broken);
        }
        if stage.run.is_open() {
            stage.silence_to_the_end();
        }
        let ends = script(id).steps.iter().any(|step| matches!(step.action, Action::End { .. }));
        prop_assert!(ends && !stage.run.is_open());
    }
}
