//! Runs: what happened starts and stops them; each step's effects are carried out in the same transaction.

use kernel::{DeskTaskId, PatientId, RunId, VisitId};
use store::runs::Kept;
use store::whereabouts::Restore;

use clinic::actors::{Actor, Origin};
use clinic::conversations::Urgency;
use clinic::happenings::{Happening, Recorded};
use clinic::journal::Visit;
use clinic::playbooks::{
    Advance, Condition, Effect, Facts, Imported, Input, Repeat, Reply, Run, RunState, Script, StopReason, TraceLine, advance, shipped,
};
use clinic::tasks::{DeskTask, NewTask, TaskKind};

use super::facts;
use super::marking::Marked;
use crate::act::Repeats;
use crate::{Act, ActError};

/// What the bot leads a patient through, with the way that led here.
struct Led {
    run: Run,
    /// The version it was read with.
    version: i64,
    trace: Vec<TraceLine>,
}

/// The shipped playbook of this name.
pub(crate) fn script(id: &str) -> Option<&'static Script> {
    shipped().iter().map(|(script, _)| script).find(|script| script.id == id)
}

impl Act<'_, '_> {
    /// Lets a happening end and begin runs. `inside` is the run that made it happen: it goes on by itself.
    pub(crate) fn move_playbooks(&mut self, recorded: &Recorded, inside: Option<RunId>) -> Result<(), ActError> {
        if let Some(visit) = recorded.what.visit() {
            self.stop_runs(recorded, visit, inside)?;
            self.void_tasks(&recorded.what, visit)?;
        }
        let Some(patient) = recorded.patient else { return Ok(()) };
        if matches!(recorded.what, Happening::CallAnswered { .. }) {
            self.stop_runs_of(patient, recorded, inside)?;
        }
        let imported = if recorded.through == Origin::Import { Imported::IsLeftAlone } else { Imported::Counts };
        // most of what happens begins nothing
        let mut begins =
            shipped().iter().map(|(script, _)| script).filter(|script| script.is_started_by(&recorded.what, imported)).peekable();
        if begins.peek().is_none() {
            return Ok(());
        }
        let off = store::runs::switched_off(self.tx, recorded.clinic)?;
        for script in begins.filter(|script| !off.contains(&script.id)) {
            self.start_by(script, patient, &recorded.what)?;
        }
        Ok(())
    }

    fn stop_runs(&mut self, recorded: &Recorded, visit: VisitId, inside: Option<RunId>) -> Result<(), ActError> {
        let moved = matches!(recorded.what, Happening::VisitMoved { .. });
        if !moved && !shipped().iter().any(|(script, _)| script.is_stopped_by(&recorded.what)) {
            return Ok(());
        }
        for Kept { run, version, .. } in store::runs::of_visit(self.tx, visit)? {
            let stops = moved || script(&run.playbook).is_some_and(|script| script.is_stopped_by(&recorded.what));
            if !run.is_open() || Some(run.id) == inside || !stops {
                continue;
            }
            let reason = match recorded.what {
                Happening::VisitMoved { .. } => StopReason::VisitMoved,
                Happening::VisitConfirmed { .. } => StopReason::VisitConfirmed,
                Happening::VisitCancelled { .. } => StopReason::VisitCancelled,
                _ => StopReason::VisitStarted,
            };
            let run = run.without(visit, reason);
            let line = TraceLine { step: String::new(), what: "stopped".to_owned(), detail: reason.key().to_owned() };
            self.keep(Led { run, version, trace: vec![line] })?;
        }
        Ok(())
    }

    /// What a playbook without a visit waits for has come about.
    fn stop_runs_of(&mut self, patient: PatientId, recorded: &Recorded, inside: Option<RunId>) -> Result<(), ActError> {
        for Kept { run, version, .. } in store::runs::open_of_patient(self.tx, patient)? {
            let stops = script(&run.playbook).is_some_and(|script| script.is_stopped_by(&recorded.what));
            if Some(run.id) == inside || !stops {
                continue;
            }
            let reason = StopReason::Spoken;
            let line = TraceLine { step: String::new(), what: "stopped".to_owned(), detail: reason.key().to_owned() };
            self.keep(Led { run: run.stop(reason), version, trace: vec![line] })?;
        }
        Ok(())
    }

    /// A call to confirm a visit is needless once the visit is settled.
    fn void_tasks(&mut self, what: &Happening, visit: VisitId) -> Result<(), ActError> {
        let settled = matches!(
            what,
            Happening::VisitConfirmed { .. }
                | Happening::VisitMoved { .. }
                | Happening::VisitCancelled { .. }
                | Happening::VisitArrived { .. }
                | Happening::VisitMissed { .. }
        );
        if settled {
            for task in store::tasks::open_of_visit(self.tx, visit)? {
                if task.kind == TaskKind::Call {
                    let (clinic, patient) = (task.clinic, task.patient);
                    let (task, what) = task.void(self.now);
                    store::tasks::save(self.tx, &task)?;
                    self.happened(clinic, patient, what);
                }
            }
        }
        Ok(())
    }

    fn start_by(&mut self, script: &'static Script, patient: PatientId, what: &Happening) -> Result<(), ActError> {
        if script.trigger.repeat == Repeat::OncePerPatient && store::runs::has_had(self.tx, patient, &script.id)? {
            return Ok(());
        }
        if script.trigger.repeat == Repeat::OneAtATime {
            let open = store::runs::open_of_patient(self.tx, patient)?;
            if open.iter().any(|kept| kept.run.playbook == script.id) {
                return Ok(());
            }
        }
        let visit = match what {
            Happening::VisitMoved { to, .. } => Some(*to),
            other => other.visit(),
        };
        let visit = visit.map(|id| facts::visit(self.tx, id)).transpose()?;
        let about_the_past = matches!(what, Happening::VisitMissed { .. });
        if visit.as_ref().is_some_and(|visit| !about_the_past && visit.starts_at <= self.now) {
            return Ok(());
        }
        self.start(script, patient, visit.as_ref(), Input::Started).map(drop)
    }

    /// Begins a run.
    pub(crate) fn start(
        &mut self,
        script: &'static Script,
        patient: PatientId,
        visit: Option<&Visit>,
        input: Input,
    ) -> Result<Run, ActError> {
        let about = facts::patient(self.tx, patient)?;
        let run = Run {
            id: self.next_run(),
            playbook: script.id.clone(),
            script_version: script.version,
            clinic: visit.map_or(about.clinic, |visit| visit.clinic),
            patient,
            visits: visit.map(|visit| visit.id).into_iter().collect(),
            state: RunState::Active { step: String::new() },
            offered: Vec::new(),
            last_offer: 0,
            offers: 0,
            reason: None,
            late_minutes: None,
            started_by: self.by,
            started_at: self.now,
        };
        store::runs::add(self.tx, &run, self.now)?;
        let what = Happening::RunStarted { run: run.id, playbook: script.id.clone() };
        self.happened_inside(Some(run.id), run.clinic, Some(patient), [what]);
        self.lead(Led { run, version: 1, trace: Vec::new() }, script, input)
    }

    /// Goes on with a run: its moment has come, or the patient has answered.
    pub(crate) fn go_on(&mut self, kept: Kept, input: Input) -> Result<Run, ActError> {
        let Kept { run, version, .. } = kept;
        if !run.is_open() {
            return Ok(run);
        }
        if let Some(script) = script(&run.playbook) {
            return self.lead(Led { run, version, trace: Vec::new() }, script, input);
        }
        let run = run.stop(StopReason::SwitchedOff);
        self.keep(Led { run: run.clone(), version, trace: Vec::new() })?;
        Ok(run)
    }

    fn lead(&mut self, mut led: Led, script: &'static Script, input: Input) -> Result<Run, ActError> {
        let mut next = Some(input);
        while let Some(input) = next.take() {
            let known: Vec<VisitId> = led.run.visits.clone();
            let due = matches!(input, Input::Due);
            let Advance { run, effects, trace } = self.step(script, &led.run, input)?;
            led.run = run;
            led.trace.extend(trace);
            if due {
                self.end_joined(&led.run, &known)?;
            }
            for effect in effects {
                next = self.carry_out(script, &mut led, effect)?.or(next);
            }
        }
        let run = led.run.clone();
        self.keep(led)?;
        Ok(run)
    }

    fn step(&mut self, script: &Script, run: &Run, input: Input) -> Result<Advance, ActError> {
        let clinic = facts::clinic(self.tx, run.clinic)?;
        let patient = facts::patient(self.tx, run.patient)?;
        let mut visits = Vec::new();
        for id in &run.visits {
            visits.extend(store::visits::find(self.tx, *id)?);
        }
        if matches!(input, Input::Due) {
            visits.extend(self.siblings(run, &visits)?);
        }
        let counts_missed = script.asks_whether(&[Condition::MissedOften, Condition::MissedOnce]);
        let missed = if counts_missed { facts::missed(self.tx, run.patient, self.now)? } else { 0 };
        let slack_minutes = match visits.first() {
            Some(visit) if script.asks_whether(&[Condition::StillFits, Condition::DoesNotFit]) => facts::slack(self.tx, visit)?,
            Some(_) | None => 0,
        };
        let facts = Facts { clinic: &clinic, patient: &patient, visits: &visits, missed, slack_minutes };
        Ok(advance(script, run.clone(), input, &facts, self.now))
    }

    /// Visits of the family on the same day whose runs wait for the same step: one message will name them all.
    fn siblings(&mut self, run: &Run, own: &[Visit]) -> Result<Vec<Visit>, ActError> {
        let (Some(first), RunState::Waiting { next, .. }) = (own.first(), &run.state) else { return Ok(Vec::new()) };
        let clinic = facts::clinic(self.tx, run.clinic)?;
        let about = facts::patient(self.tx, run.patient)?;
        let day = first.starts_at.date(&clinic.zone);
        let (from, until) = (clinic.zone.start_of(day), clinic.zone.start_of(super::slots::days_after(day, 1)));
        let mut siblings = Vec::new();
        for member in facts::household(self.tx, &about)? {
            for visit in store::visits::of_patient(self.tx, member, from, until)? {
                let known = own.iter().any(|own| own.id == visit.id);
                if !known && visit.clinic == run.clinic && self.run_waits_for(visit.id, run, next)? {
                    siblings.push(visit);
                }
            }
        }
        Ok(siblings)
    }

    fn run_waits_for(&mut self, visit: VisitId, run: &Run, step: &str) -> Result<bool, ActError> {
        let runs = store::runs::of_visit(self.tx, visit)?;
        Ok(runs.iter().any(|kept| {
            kept.run.id != run.id
                && kept.run.playbook == run.playbook
                && matches!(&kept.run.state, RunState::Waiting { next, .. } if next == step)
        }))
    }

    /// Another run now speaks for these visits.
    fn end_joined(&mut self, run: &Run, known: &[VisitId]) -> Result<(), ActError> {
        for visit in run.visits.iter().filter(|visit| !known.contains(visit)) {
            for Kept { run: other, version, .. } in store::runs::of_visit(self.tx, *visit)? {
                if other.id != run.id && other.playbook == run.playbook && other.is_open() {
                    let line = TraceLine { step: String::new(), what: "stopped".to_owned(), detail: StopReason::Joined.key().to_owned() };
                    self.keep(Led { run: other.without(*visit, StopReason::Joined), version, trace: vec![line] })?;
                }
            }
        }
        Ok(())
    }

    /// Does one effect; what it answers goes into the run again.
    fn carry_out(&mut self, script: &Script, led: &mut Led, effect: Effect) -> Result<Option<Input>, ActError> {
        match effect {
            Effect::Send(outline) => self.say(script, &led.run, &outline).map(|()| None),
            Effect::FindSlots { visit, besides, limit } => {
                let visit = facts::visit(self.tx, visit)?;
                let found = super::slots::instead_of(self.tx, &visit, &besides, limit, self.now)?;
                Ok(Some(Input::Found(found)))
            }
            Effect::Mark { visits, mark } => match self.mark(led.run.id, &visits, mark)? {
                Marked::Done { replaced } => {
                    for (old, new) in replaced {
                        led.run.visits.iter_mut().filter(|id| **id == old).for_each(|id| *id = new);
                    }
                    Ok(Some(Input::Marked))
                }
                Marked::Refused(code) => {
                    led.trace.push(TraceLine { step: String::new(), what: "journal-refused".to_owned(), detail: code.to_owned() });
                    Ok(Some(Input::MarkRefused))
                }
            },
            Effect::OpenTask { kind, reason } => {
                let asked = kind == TaskKind::Call && self.is_to_be_rung_up(&led.run)?;
                if !asked {
                    self.open_task(&led.run, kind, &reason)?;
                }
                Ok(None)
            }
            Effect::HandOver { reason, urgency } => self.hand_over(&led.run, &reason, urgency).map(|()| None),
        }
    }

    /// One call settles everything about a visit, and one about whatever else somebody wanted.
    fn is_to_be_rung_up(&mut self, run: &Run) -> Result<bool, ActError> {
        let Some(visit) = run.visit() else {
            let about = facts::patient(self.tx, run.patient)?;
            let reader = facts::recipient(self.tx, &about)?;
            let Some(conversation) = store::conversations::of_patient(self.tx, reader.id)? else { return Ok(false) };
            let open = store::tasks::open_of_conversation(self.tx, conversation.id)?;
            return Ok(open.iter().any(|task| task.kind == TaskKind::Call && task.visit.is_none()));
        };
        Ok(store::tasks::open_of_visit(self.tx, visit)?.iter().any(|task| task.kind == TaskKind::Call))
    }

    pub(crate) fn open_task(&mut self, run: &Run, kind: TaskKind, reason: &str) -> Result<DeskTaskId, ActError> {
        let about = facts::patient(self.tx, run.patient)?;
        let reader = facts::recipient(self.tx, &about)?;
        let conversation = self.conversation_with(&reader)?;
        // about a visit at once; what has no time of its own, in staffed hours
        let clinic = facts::clinic(self.tx, run.clinic)?;
        let due_at = if run.visit().is_some() || kind != TaskKind::Call { self.now } else { facts::answered_by(&clinic, self.now) };
        let new = NewTask {
            clinic: run.clinic,
            kind,
            patient: Some(run.patient),
            visit: run.visit(),
            conversation: Some(conversation.id),
            run: Some(run.id),
            reason: reason.to_owned(),
            due_at,
            tries: 0,
        };
        self.open(new)
    }

    pub(crate) fn open(&mut self, new: NewTask) -> Result<DeskTaskId, ActError> {
        let (clinic, patient, run) = (new.clinic, new.patient, new.run);
        let (task, what) = DeskTask::open(new, DeskTaskId::new(self.now, &mut self.chance), self.now);
        store::tasks::save(self.tx, &task)?;
        self.happened_inside(run, clinic, patient, what);
        Ok(task.id)
    }

    /// The conversation waits for a person, with the run as its context.
    fn hand_over(&mut self, run: &Run, reason: &str, urgency: Urgency) -> Result<(), ActError> {
        let kind = if urgency == Urgency::Emergency { TaskKind::Emergency } else { TaskKind::Answer };
        let task = self.open_task(run, kind, &reason_key(reason))?;
        let about = facts::patient(self.tx, run.patient)?;
        let reader = facts::recipient(self.tx, &about)?;
        let conversation = self.conversation_with(&reader)?;
        self.wait_for_a_person(conversation, urgency)?;
        self.happened_inside(Some(run.id), run.clinic, Some(run.patient), [Happening::HandedOver { run: run.id, task }]);
        Ok(())
    }

    fn keep(&mut self, led: Led) -> Result<(), ActError> {
        let Led { run, version, trace } = led;
        store::runs::add_trace(self.tx, run.id, &trace, self.now)?;
        store::runs::change(self.tx, &run, version, self.now)?;
        let outcome = match &run.state {
            RunState::Active { .. } | RunState::Waiting { .. } => return Ok(()),
            RunState::Done { outcome } => outcome.clone(),
            RunState::Stopped { reason } => reason.key().to_owned(),
            RunState::HandedOver => "handed-over".to_owned(),
        };
        let what = Happening::RunEnded { run: run.id, playbook: run.playbook.clone(), outcome };
        self.happened_inside(Some(run.id), run.clinic, Some(run.patient), [what]);
        Ok(())
    }

    /// A run whose moment has come. Asked again under the transaction: it may have moved on meanwhile.
    /// Where its moment came in the hours that a restored backup knows nothing of, a person looks at what it says.
    pub(crate) fn run_is_due(&mut self, id: RunId, restore: Option<Restore>) -> Result<(), ActError> {
        let Some(kept) = store::runs::find(self.tx, id)? else { return Ok(()) };
        let Some(due) = kept.run.due_at().filter(|due| *due <= self.now) else { return Ok(()) };
        let began = kept.run.started_at;
        let is_lost = restore.is_some_and(|restore| began <= restore.lost_from && due <= restore.found_at);
        self.repeats = if is_lost { Repeats::Perhaps } else { Repeats::Never };
        self.by = Actor::Bot(id);
        self.go_on(kept, Input::Due)?;
        self.repeats = Repeats::Never;
        Ok(())
    }

    /// A run that cannot be led on ends, and a person looks after the patient: it must not hold up the others.
    pub(crate) fn give_up(&mut self, id: RunId) -> Result<(), ActError> {
        let Some(Kept { run, version, .. }) = store::runs::find(self.tx, id)? else { return Ok(()) };
        if !run.is_open() {
            return Ok(());
        }
        self.open_task(&run, TaskKind::Decide, "task-reason-broken-script")?;
        let line = TraceLine { step: String::new(), what: "broken".to_owned(), detail: String::new() };
        self.keep(Led { run: run.stop(StopReason::Broken), version, trace: vec![line] })
    }

    /// Starts the playbook of lateness for a visit, with what the patient has said.
    pub(crate) fn patient_is_late(&mut self, visit: &Visit, reply: Reply) -> Result<(), ActError> {
        let Some(script) = script("running-late") else { return Err(ActError::not_found()) };
        let input = if matches!(reply, Reply::Late(Some(_))) { Input::StartedWith(reply) } else { Input::Started };
        self.start(script, visit.patient, Some(visit), input).map(drop)
    }
}

/// Reasons of the engine are short; those of scripts are keys already.
fn reason_key(reason: &str) -> String {
    if reason.starts_with("task-reason-") { reason.to_owned() } else { format!("task-reason-{reason}") }
}
