//! The pure step of a run.

use std::time::Duration;

use kernel::{Timestamp, VisitId};

use super::moment::{grace, moment};
use super::{Action, Condition, Reply, Run, RunState, Script, Step, StopReason, TraceLine, When};
use crate::actors::Actor;
use crate::clinics::Clinic;
use crate::conversations::Urgency;
use crate::journal::{CancelReason, Slot, Visit, VisitState};
use crate::outbox::Rank;
use crate::patients::Patient;
use crate::playbooks::script::{Attach, Ladder, MarkKind, MovedFrom};
use crate::tasks::TaskKind;

/// Times that slots are offered before a person takes over.
const OFFERS: u32 = 3;
/// No confirmation is asked for a visit booked less than this before its start.
const LEAD: Duration = Duration::from_hours(24);
/// Nothing is said this shortly after the booking was made.
const AFTER_BOOKING: Duration = Duration::from_hours(2);
/// A script whose steps lead in a circle without waiting is broken.
const STEPS_AT_ONCE: usize = 50;

/// What comes in.
#[derive(Debug, Clone, PartialEq)]
pub enum Input {
    Started,
    /// Started by an answer to its own first question: 'I am 10 minutes late'.
    StartedWith(Reply),
    /// The moment of the step it waits for has come.
    Due,
    Answered(Reply),
    /// Words that nobody can be certain about.
    Unclear,
    Found(Vec<Slot>),
    Marked,
    MarkRefused,
}

/// What is true at this moment.
pub struct Facts<'a> {
    pub clinic: &'a Clinic,
    pub patient: &'a Patient,
    /// The visits of the run as the journal has them, and those of the family on the same day that wait for the same step.
    pub visits: &'a [Visit],
    /// No-shows of the patient within the last year; for a script that asks whether visits were missed.
    pub missed: u32,
    /// Minutes by which the provider's day can slip after this visit; for a script that asks whether a lateness fits.
    pub slack_minutes: u32,
}

/// What the desk carries out, in this order and in the same transaction.
#[derive(Debug, Clone, PartialEq)]
pub enum Effect {
    Send(Outline),
    /// Answered with [`Input::Found`].
    FindSlots {
        visit: VisitId,
        besides: Vec<Slot>,
        limit: usize,
    },
    /// Answered with [`Input::Marked`] or [`Input::MarkRefused`].
    Mark {
        visits: Vec<VisitId>,
        mark: JournalMark,
    },
    OpenTask {
        kind: TaskKind,
        reason: String,
    },
    /// The conversation waits for a person.
    HandOver {
        reason: String,
        urgency: Urgency,
    },
}

/// A message before it has words.
#[derive(Debug, Clone, PartialEq)]
pub struct Outline {
    pub step: String,
    pub text: String,
    pub visits: Vec<VisitId>,
    pub replies: Vec<Reply>,
    /// The offered slots that buttons stand for, with their place in [`Run::offered`].
    pub slots: Vec<(usize, Slot)>,
    pub attach: Attach,
    pub ladder: Ladder,
    pub rank: Rank,
    pub useful_until: Option<Timestamp>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum JournalMark {
    Confirm,
    MoveTo(Slot),
    /// A new visit for the same service: the old one is over.
    BookAgain(Slot),
    Cancel(CancelReason),
    Late(u32),
}

#[derive(Debug, Clone, PartialEq)]
pub struct Advance {
    pub run: Run,
    pub effects: Vec<Effect>,
    pub trace: Vec<TraceLine>,
}

/// One step. A run that has ended stays as it is; what it cannot use goes to a person, never nowhere.
pub fn advance(script: &Script, run: Run, input: Input, facts: &Facts<'_>, now: Timestamp) -> Advance {
    let mut walk = Walk { script, facts, now, run, effects: Vec::new(), trace: Vec::new(), answering: Answering::No };
    if walk.run.is_open() {
        walk.take(input);
    }
    Advance { run: walk.run, effects: walk.effects, trace: walk.trace }
}

impl Facts<'_> {
    pub fn visit(&self, id: VisitId) -> Option<&Visit> {
        self.visits.iter().find(|visit| visit.id == id)
    }
}

/// Whether what is said now answers a patient who has just written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Answering {
    Yes,
    No,
}

struct Walk<'a> {
    script: &'a Script,
    facts: &'a Facts<'a>,
    now: Timestamp,
    run: Run,
    effects: Vec<Effect>,
    trace: Vec<TraceLine>,
    answering: Answering,
}

impl<'a> Walk<'a> {
    fn take(&mut self, input: Input) {
        match input {
            Input::Started => self.start(),
            Input::StartedWith(reply) => self.start_with(reply),
            Input::Due => self.due(),
            Input::Answered(reply) => self.answered(reply),
            Input::Unclear => self.unclear(),
            // the desk looks up and marks what the patient asked for: what follows is still an answer
            Input::Found(slots) => self.answering().found(slots),
            Input::Marked => self.answering().marked(),
            Input::MarkRefused => self.answering().refused(),
        }
    }

    const fn answering(&mut self) -> &mut Self {
        self.answering = Answering::Yes;
        self
    }

    fn start(&mut self) {
        self.note("", "started", "");
        match self.script.steps.first() {
            Some(step) => self.enter(step, Waited::No),
            None => self.broken(),
        }
    }

    fn start_with(&mut self, reply: Reply) {
        self.note("", "started", reply.name());
        match self.script.steps.first() {
            Some(step) => {
                self.run.state = RunState::Waiting { next: step.name.clone(), due_at: self.now, question: Some(step.name.clone()) };
                self.answered(reply);
            }
            None => self.broken(),
        }
    }

    fn due(&mut self) {
        let RunState::Waiting { next, due_at, .. } = &self.run.state else { return };
        if *due_at > self.now {
            return;
        }
        match self.script.step(&next.clone()) {
            Some(step) => self.enter(step, Waited::Yes),
            None => self.broken(),
        }
    }

    fn answered(&mut self, reply: Reply) {
        self.answering();
        let RunState::Waiting { question, .. } = &self.run.state else { return self.unclear() };
        let question = question.clone().unwrap_or_default();
        self.note(&question, "answered", &reply.code());
        match reply {
            Reply::Reason(reason) => self.run.reason = Some(reason),
            Reply::Late(Some(minutes)) => self.run.late_minutes = Some(minutes),
            _ => {}
        }
        let step = self.script.step(&question);
        match (step.map(|step| &step.action), reply) {
            (Some(Action::Offer { moved_from, .. }), Reply::Slot(place)) => self.choose(&question, *moved_from, place),
            (Some(Action::Offer { .. }), Reply::More | Reply::AnotherTime) => self.offer(&question),
            (_, Reply::Person) => self.hand_over(&question, "handed-over", "person"),
            (action, reply) => match self.target(action, reply) {
                Some(target) => self.enter(target, Waited::Yes),
                None => self.unclear(),
            },
        }
    }

    /// Where a reply leads: the question's own answers first, then the script's. With several visits in one question
    /// only a confirmation is certain; anything else needs a person to ask which one.
    fn target(&self, action: Option<&Action>, reply: Reply) -> Option<&'a Step> {
        if self.run.visits.len() > 1 && !matches!(reply, Reply::Confirm | Reply::Yes) {
            return None;
        }
        // late, but by how much?
        if reply == Reply::Late(None) && self.run.late_minutes.is_none() {
            return None;
        }
        let own = match action {
            Some(Action::Ask { answers, .. }) => answers.get(reply.name()),
            _ => None,
        };
        let name = own.or_else(|| self.script.answers.get(reply.name()))?;
        self.script.step(name)
    }

    fn choose(&mut self, step: &str, moved_from: MovedFrom, place: usize) {
        let Some(slot) = self.run.offered.get(place).copied() else { return self.unclear() };
        let mark = match moved_from {
            MovedFrom::Visit => JournalMark::MoveTo(slot),
            MovedFrom::Nothing => JournalMark::BookAgain(slot),
        };
        self.run.state = RunState::Active { step: step.to_owned() };
        self.effects.push(Effect::Mark { visits: self.run.visit().into_iter().collect(), mark });
    }

    fn offer(&mut self, step: &str) {
        let Some(visit) = self.run.visit() else { return self.broken() };
        if self.run.offers >= OFFERS {
            return self.hand_over(step, "handed-over", "no-slot-fits");
        }
        let limit = if self.run.offers == 0 { 3 } else { 6 };
        self.run.offers += 1;
        self.run.state = RunState::Active { step: step.to_owned() };
        self.effects.push(Effect::FindSlots { visit, besides: self.run.offered.clone(), limit });
    }

    fn found(&mut self, slots: Vec<Slot>) {
        let Some((step, Action::Offer { text, empty, .. })) = self.active() else { return self.broken() };
        if slots.is_empty() {
            self.note(&step.name, "no-slots", "");
            return self.go_to(empty);
        }
        let first = self.run.offered.len();
        self.run.last_offer = first;
        self.run.offered.extend(&slots);
        let slots = slots.into_iter().enumerate().map(|(place, slot)| (first + place, slot)).collect();
        let replies = if self.run.offers < OFFERS { vec![Reply::More, Reply::Person] } else { vec![Reply::Person] };
        self.note(&step.name, "offered", "");
        self.say(step, text, Beside { replies, slots, ..Beside::default() });
        self.wait_after(step, Some(step.name.clone()));
    }

    fn marked(&mut self) {
        let Some((step, action)) = self.active() else { return };
        self.note(&step.name, "marked", "");
        match action {
            Action::Offer { taken, .. } => self.go_to(taken),
            _ => self.go_after(step),
        }
    }

    fn refused(&mut self) {
        let Some((step, action)) = self.active() else { return };
        self.note(&step.name, "mark-refused", "");
        match action {
            Action::Offer { gone, .. } => self.go_to(gone),
            Action::Mark { refused, .. } => self.go_to(refused),
            _ => self.broken(),
        }
    }

    fn active(&self) -> Option<(&'a Step, &'a Action)> {
        let RunState::Active { step } = &self.run.state else { return None };
        self.script.step(step).map(|step| (step, &step.action))
    }

    fn go_to(&mut self, name: &str) {
        match self.script.step(name) {
            Some(step) => self.enter(step, Waited::Yes),
            None => self.broken(),
        }
    }

    fn go_after(&mut self, step: &Step) {
        match self.script.after(&step.name) {
            Some(next) => self.enter(next, Waited::No),
            None => self.end("done"),
        }
    }

    /// Goes on from `step` until the run waits, asks the desk for something or ends.
    fn enter(&mut self, step: &'a Step, mut waited: Waited) {
        let mut step = step;
        for _ in 0..STEPS_AT_ONCE {
            let next = match self.ripe(step, waited) {
                Ripe::Wait(due_at) => {
                    let question = self.open_question();
                    self.note(&step.name, "waiting", &due_at.to_string());
                    self.run.state = RunState::Waiting { next: step.name.clone(), due_at, question };
                    return;
                }
                Ripe::Now => {
                    if self.perform(step) == Flow::Stops {
                        return;
                    }
                    self.script.after(&step.name)
                }
                Ripe::Skip(why) => {
                    self.note(&step.name, why, "");
                    self.script.below(&step.name)
                }
            };
            let Some(next) = next else { return self.end("done") };
            (step, waited) = (next, Waited::No);
        }
        self.broken();
    }

    /// A question that was asked before stays open while the run waits for a later step.
    fn open_question(&self) -> Option<String> {
        match &self.run.state {
            RunState::Waiting { question, .. } => question.clone(),
            _ => None,
        }
    }

    fn ripe(&self, step: &Step, waited: Waited) -> Ripe {
        if !step.only_if.is_none_or(|condition| self.holds(condition)) {
            return Ripe::Skip("skipped-condition");
        }
        let visit = self.run.visit().and_then(|id| self.facts.visit(id));
        let Some(at) = moment(step, &self.run, self.facts, self.now) else { return Ripe::Now };
        if matches!(step.when, Some(When::After(_))) {
            return if waited == Waited::Yes { Ripe::Now } else { Ripe::Wait(at) };
        }
        if let (Some(visit), Action::Ask { .. } | Action::Say { .. } | Action::Task { .. }) = (visit, &step.action)
            && !matches!(step.when, Some(When::AfterStart(_)))
            && (visit.starts_at.since(visit.booked_at) < LEAD || at < visit.booked_at + AFTER_BOOKING)
        {
            return Ripe::Skip("skipped-too-soon");
        }
        if at > self.now {
            return Ripe::Wait(at);
        }
        if matches!(step.action, Action::End { .. }) {
            return Ripe::Now;
        }
        let fresh = waited == Waited::Yes && self.now.since(at) <= grace(at, visit.map(|visit| visit.starts_at));
        if fresh || matches!(step.when, Some(When::AfterStart(_))) { Ripe::Now } else { Ripe::Skip("skipped-passed") }
    }

    fn holds(&self, condition: Condition) -> bool {
        let visit = self.run.visit().and_then(|id| self.facts.visit(id));
        let moved = visit.is_some_and(|visit| visit.moves > 0);
        let cancelled = visit.and_then(|visit| visit.state.cancelled_for());
        match condition {
            Condition::Unconfirmed => visit.is_some_and(|visit| matches!(visit.state, VisitState::Booked | VisitState::Requested)),
            Condition::BookedByUs => !moved && self.begun_by_us(),
            Condition::MovedByUs => moved && self.begun_by_us(),
            Condition::CancelledByUs => cancelled.is_some() && self.begun_by_us(),
            Condition::CancelledForUs => cancelled == Some(CancelReason::Clinic) && self.begun_by_us(),
            Condition::MissedOften => self.facts.missed >= 2,
            Condition::MissedOnce => self.facts.missed < 2,
            Condition::StillFits => self.fits(),
            Condition::DoesNotFit => !self.fits(),
            Condition::OpenNow => self.is_open(),
            Condition::ClosedNow => !self.is_open(),
        }
    }

    fn begun_by_us(&self) -> bool {
        matches!(self.run.started_by, Actor::Staff { .. } | Actor::Program)
    }

    fn is_open(&self) -> bool {
        let wall = self.now.in_zone(&self.facts.clinic.zone);
        self.facts.clinic.open_on(wall.date()).iter().any(|open| open.contains(wall.time()))
    }

    fn fits(&self) -> bool {
        self.run.late_minutes.is_some_and(|minutes| minutes <= self.facts.slack_minutes)
    }

    fn perform(&mut self, step: &'a Step) -> Flow {
        match &step.action {
            Action::Say { text, several, attach } => {
                let text = self.in_number(text, several.as_ref());
                self.note(&step.name, "said", text);
                self.say(step, text, Beside { attach: *attach, ..Beside::default() });
                Flow::GoesOn
            }
            Action::Ask { text, several, buttons, ladder, .. } => {
                if several.is_some() {
                    self.join();
                }
                let text = self.in_number(text, several.as_ref());
                let replies = buttons.iter().filter_map(|code| Reply::from_code(code)).collect();
                self.note(&step.name, "asked", text);
                self.say(step, text, Beside { replies, ladder: *ladder, ..Beside::default() });
                self.wait_after(step, Some(step.name.clone()));
                Flow::Stops
            }
            Action::Offer { .. } => {
                self.offer(&step.name);
                Flow::Stops
            }
            Action::Mark { mark, .. } => {
                let mark = match mark {
                    MarkKind::Confirm => JournalMark::Confirm,
                    MarkKind::Cancel => JournalMark::Cancel(self.run.reason.unwrap_or(CancelReason::Unsaid)),
                    MarkKind::Late => JournalMark::Late(self.run.late_minutes.unwrap_or_default()),
                };
                self.run.state = RunState::Active { step: step.name.clone() };
                self.effects.push(Effect::Mark { visits: self.run.visits.clone(), mark });
                Flow::Stops
            }
            Action::Task { kind, reason } => {
                self.note(&step.name, "task", reason);
                self.effects.push(Effect::OpenTask { kind: *kind, reason: reason.clone() });
                Flow::GoesOn
            }
            Action::HandOver { text, reason } => {
                self.hand_over(&step.name, text, reason);
                Flow::Stops
            }
            Action::End { outcome } => {
                self.end(outcome);
                Flow::Stops
            }
        }
    }

    /// The text for one visit, or the one for several.
    fn in_number(&self, one: &'a str, several: Option<&'a String>) -> &'a str {
        several.filter(|_| self.run.visits.len() > 1).map_or(one, String::as_str)
    }

    /// Takes in the visits of the family on the same day, so that all of them are asked for at once.
    fn join(&mut self) {
        let others: Vec<VisitId> = self.facts.visits.iter().map(|visit| visit.id).filter(|id| !self.run.visits.contains(id)).collect();
        if !others.is_empty() {
            self.run.visits.extend(others);
            self.note("", "joined", "");
        }
    }

    fn say(&mut self, step: &Step, text: &str, beside: Beside) {
        let Beside { replies, slots, attach, ladder } = beside;
        let rank = match self.answering {
            Answering::Yes => Rank::Reply,
            Answering::No if self.is_urgent(step) => Rank::Safety,
            Answering::No => self.script.rank,
        };
        let outline = Outline {
            step: step.name.clone(),
            text: text.to_owned(),
            visits: self.run.visits.clone(),
            replies,
            slots,
            attach,
            ladder,
            rank,
            useful_until: self.useful_until(step),
        };
        self.effects.push(Effect::Send(outline));
    }

    fn is_urgent(&self, step: &Step) -> bool {
        let starts_at = self.run.visit().and_then(|id| self.facts.visit(id)).map(|visit| visit.starts_at);
        step.urgent_within.zip(starts_at).is_some_and(|(within, starts_at)| starts_at.since(self.now) <= within)
    }

    /// A reminder is worth something until the next one, and never after the visit has begun.
    fn useful_until(&self, step: &Step) -> Option<Timestamp> {
        let starts_at = self.run.visit().and_then(|id| self.facts.visit(id)).map(|visit| visit.starts_at).filter(|at| *at > self.now);
        let following =
            step.when.and_then(|_| self.script.after(&step.name)).and_then(|next| moment(next, &self.run, self.facts, self.now));
        following.into_iter().chain(starts_at).filter(|at| *at > self.now).min()
    }

    /// Waits for an answer; unanswered, the run goes on with the step after at its moment.
    fn wait_after(&mut self, step: &'a Step, question: Option<String>) {
        self.run.state = RunState::Waiting { next: step.name.clone(), due_at: self.now, question };
        match self.script.after(&step.name) {
            Some(next) => self.enter_later(next),
            None => self.end("asked"),
        }
    }

    /// Finds the next step that still has a moment before it. Steps without one are not reached by silence.
    fn enter_later(&mut self, step: &'a Step) {
        let mut step = step;
        for _ in 0..STEPS_AT_ONCE {
            if step.when.is_some()
                && let Ripe::Wait(due_at) = self.ripe_later(step)
            {
                let question = self.open_question();
                self.run.state = RunState::Waiting { next: step.name.clone(), due_at, question };
                return;
            }
            match self.script.below(&step.name) {
                Some(next) => step = next,
                None => return self.end("unanswered"),
            }
        }
        self.broken();
    }

    /// Conditions are asked when the moment comes, not now.
    fn ripe_later(&self, step: &Step) -> Ripe {
        let open = Step { only_if: None, ..step.clone() };
        self.ripe(&open, Waited::No)
    }

    fn unclear(&mut self) {
        let question = self.open_question().unwrap_or_default();
        self.hand_over(&question, "handed-over", "unclear");
    }

    fn hand_over(&mut self, step: &str, text: &str, reason: &str) {
        self.note(step, "handed-over", reason);
        let outline = Outline {
            step: if step.is_empty() { "handed-over".to_owned() } else { step.to_owned() },
            text: text.to_owned(),
            visits: self.run.visits.clone(),
            replies: Vec::new(),
            slots: Vec::new(),
            attach: Attach::Nothing,
            ladder: Ladder::Same,
            rank: Rank::Reply,
            useful_until: None,
        };
        self.effects.push(Effect::Send(outline));
        self.effects.push(Effect::HandOver { reason: reason.to_owned(), urgency: Urgency::Normal });
        self.run.state = RunState::HandedOver;
    }

    fn end(&mut self, outcome: &str) {
        self.note("", "ended", outcome);
        self.run.state = RunState::Done { outcome: outcome.to_owned() };
    }

    fn broken(&mut self) {
        self.note("", "broken", "");
        self.effects.push(Effect::OpenTask { kind: TaskKind::Decide, reason: "task-reason-broken-script".to_owned() });
        self.run.state = RunState::Stopped { reason: StopReason::Broken };
    }

    fn note(&mut self, step: &str, what: &str, detail: &str) {
        self.trace.push(TraceLine { step: step.to_owned(), what: what.to_owned(), detail: detail.to_owned() });
    }
}

/// What goes with a text.
#[derive(Default)]
struct Beside {
    replies: Vec<Reply>,
    slots: Vec<(usize, Slot)>,
    attach: Attach,
    ladder: Ladder,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Waited {
    Yes,
    No,
}

enum Ripe {
    Now,
    Wait(Timestamp),
    Skip(&'static str),
}

#[derive(PartialEq, Eq)]
enum Flow {
    GoesOn,
    Stops,
}
