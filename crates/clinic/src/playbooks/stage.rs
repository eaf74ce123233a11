//! A run played by hand: the journal answers as it would, silence passes to the next moment, and what the run says,
//! asks and marks is written down line by line.

#![cfg(test)]

use kernel::{RunId, Timestamp, VisitId, Zone};

use super::{Advance, Effect, Facts, Input, JournalMark, Ladder, Reply, Run, RunState, Script, advance, shipped};
use crate::actors::{Actor, Origin};
use crate::journal::{Booking, Move, Slot, Visit};
use crate::outbox::Rank;
use crate::sample::Sample;

pub(super) struct Stage {
    pub world: Sample,
    pub script: Script,
    pub run: Run,
    /// The journal.
    pub visits: Vec<Visit>,
    /// Visits of the family that another run of the same playbook waits to speak of.
    pub siblings: Vec<Visit>,
    pub free: Vec<Slot>,
    /// Somebody else is always a moment faster.
    pub taken: Taken,
    pub now: Timestamp,
    pub missed: u32,
    pub slack_minutes: u32,
    pub lines: Vec<String>,
    /// How urgent each message was.
    pub ranks: Vec<Rank>,
    /// What the trace says, without details.
    pub trace: Vec<String>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Taken {
    Never,
    Always,
}

/// The shipped playbook of this name.
pub(super) fn script(id: &str) -> Script {
    shipped().iter().map(|(script, _)| script).find(|script| script.id == id).expect("a shipped playbook").clone()
}

pub(super) fn every_reply() -> Vec<Reply> {
    let codes = [
        "confirm",
        "another-time",
        "cancel",
        "late",
        "late-10",
        "late-200",
        "person",
        "more",
        "slot-0",
        "slot-7",
        "reason-cost",
        "keep",
        "yes",
        "no",
        "thanks",
    ];
    codes.iter().map(|code| Reply::from_code(code).expect("a reply")).collect()
}

impl Stage {
    /// A visit of Anna's with Dr Gromov, booked by the desk, in the wall time of the clinic's zone.
    pub fn of(playbook: &str, booked: &str, starts: &str) -> Self {
        Self::in_zone("Europe/Budapest", playbook, booked, starts)
    }

    pub fn in_zone(zone: &str, playbook: &str, booked: &str, starts: &str) -> Self {
        let mut world = Sample::new();
        world.clinic.zone = Zone::named(zone).unwrap();
        let now = world.clinic.zone.at(booked.parse().unwrap());
        let mut stage = Self {
            script: script(playbook),
            run: Run {
                id: RunId::new(now, &mut world.chance),
                playbook: playbook.to_owned(),
                script_version: 1,
                clinic: world.clinic.id,
                patient: world.anna.id,
                visits: vec![],
                state: RunState::Active { step: String::new() },
                offered: vec![],
                last_offer: 0,
                offers: 0,
                reason: None,
                late_minutes: None,
                started_by: world.desk_actor(),
                started_at: now,
            },
            visits: vec![],
            siblings: vec![],
            free: vec![],
            taken: Taken::Never,
            now,
            missed: 0,
            slack_minutes: 15,
            lines: vec![],
            ranks: vec![],
            trace: vec![],
            world,
        };
        let visit = stage.visit(starts);
        stage.run.visits = vec![visit.id];
        stage.visits = vec![visit];
        stage
    }

    pub fn at(&self, wall: &str) -> Timestamp {
        self.world.clinic.zone.at(wall.parse().unwrap())
    }

    pub fn slot(&self, starts: &str) -> Slot {
        let starts_at = self.at(starts);
        Slot { provider: self.world.gromov.id, chair: None, starts_at, ends_at: starts_at + std::time::Duration::from_hours(1) }
    }

    /// A visit of the same day's booking.
    pub fn visit(&mut self, starts: &str) -> Visit {
        let booking = self.booking(self.slot(starts));
        let id = VisitId::new(self.now, &mut self.world.chance);
        // an import or a test may put a visit into the past: it was booked before it
        let booked_at = self.now.min(booking.slot.starts_at - std::time::Duration::from_mins(1));
        Visit { booked_at: self.now, ..Visit::book(booking, id, self.world.desk_actor(), Origin::Desk, booked_at).unwrap().0 }
    }

    fn booking(&self, slot: Slot) -> Booking {
        Booking {
            clinic: self.world.clinic.id,
            patient: self.world.anna.id,
            service: self.world.service.id,
            slot,
            note: String::new(),
            external_key: None,
        }
    }

    pub fn start(mut self) -> Self {
        self.take(Input::Started);
        self
    }

    pub fn answer(&mut self, code: &str) -> &mut Self {
        self.take(Input::Answered(Reply::from_code(code).expect("a reply")));
        self
    }

    /// Nobody answers until the run's next moment.
    pub fn silence(&mut self) -> &mut Self {
        let due = self.run.due_at().expect("an open run waits for a moment");
        self.now = self.now.max(due);
        self.take(Input::Due);
        self
    }

    /// Nobody ever answers.
    pub fn silence_to_the_end(&mut self) -> &mut Self {
        for _ in 0..50 {
            if !self.run.is_open() {
                return self;
            }
            self.silence();
        }
        panic!("a run that never ends: {:?}", self.lines);
    }

    pub fn take(&mut self, input: Input) {
        let mut next = Some(input);
        let mut sent: Vec<String> = Vec::new();
        for _ in 0..20 {
            let Some(input) = next.take() else { return };
            let mut visits: Vec<Visit> = self.visits.iter().filter(|visit| self.run.visits.contains(&visit.id)).cloned().collect();
            if matches!(input, Input::Due) {
                visits.extend(self.siblings.iter().cloned());
            }
            let facts = Facts {
                clinic: &self.world.clinic,
                patient: &self.world.anna,
                visits: &visits,
                missed: self.missed,
                slack_minutes: self.slack_minutes,
            };
            let Advance { run, effects, trace } = advance(&self.script, self.run.clone(), input, &facts, self.now);
            self.run = run;
            self.trace.extend(trace.into_iter().map(|line| format!("{} {}", line.step, line.what).trim().to_owned()));
            for effect in effects {
                if let Effect::Send(outline) = &effect {
                    assert!(!sent.contains(&outline.step), "said twice without a wait: {} {:?}", outline.step, self.lines);
                    sent.push(outline.step.clone());
                }
                assert!(next.is_none(), "a run that asks the desk stops there");
                next = self.carry_out(effect);
            }
            let asks_the_desk = next.is_some();
            assert_eq!(matches!(self.run.state, RunState::Active { .. }), asks_the_desk, "{:?}", self.run.state);
            if let RunState::Done { outcome } = &self.run.state {
                self.write(&format!("ended {outcome}"));
            }
        }
        panic!("a run that never comes to rest: {:?}", self.lines);
    }

    fn carry_out(&mut self, effect: Effect) -> Option<Input> {
        match effect {
            Effect::Send(outline) => {
                self.ranks.push(outline.rank);
                let slots = outline.slots.iter().map(|(place, slot)| format!("{place}: {}", self.wall(slot.starts_at, "%a %H:%M")));
                let buttons: Vec<String> = slots.chain(outline.replies.iter().map(|reply| reply.code())).collect();
                let buttons = if buttons.is_empty() { String::new() } else { format!(" [{}]", buttons.join(", ")) };
                let ladder = if outline.ladder == Ladder::Next { " on the next channel" } else { "" };
                self.write(&format!("{}{ladder}{buttons}", outline.text));
                None
            }
            Effect::FindSlots { besides, limit, .. } => {
                let found = self.free.iter().filter(|slot| !besides.contains(slot)).take(limit).copied().collect();
                Some(Input::Found(found))
            }
            Effect::Mark { visits, mark } => {
                Some(if visits.into_iter().all(|id| self.mark(id, mark)) { Input::Marked } else { Input::MarkRefused })
            }
            Effect::OpenTask { kind, reason } => {
                self.write(&format!("task {} {reason}", kind.name()));
                None
            }
            Effect::HandOver { reason, .. } => {
                self.write(&format!("to a person: {reason}"));
                None
            }
        }
    }

    /// What the journal makes of it; false where it says no.
    fn mark(&mut self, id: VisitId, mark: JournalMark) -> bool {
        let Some(place) = self.visits.iter().position(|visit| visit.id == id) else { return false };
        let visit = self.visits[place].clone();
        let (by, through, now) = (Actor::Patient(visit.patient), Origin::VisitPage, self.now);
        let name = match mark {
            JournalMark::Confirm => "confirmed".to_owned(),
            JournalMark::Cancel(reason) => format!("cancelled: {}", reason.name()),
            JournalMark::Late(minutes) => format!("late by {minutes}"),
            JournalMark::MoveTo(slot) => format!("moved to {}", self.wall(slot.starts_at, "%a %H:%M")),
            JournalMark::BookAgain(slot) => format!("booked again for {}", self.wall(slot.starts_at, "%a %H:%M")),
        };
        let fresh = VisitId::new(now, &mut self.world.chance);
        let takes_a_slot = matches!(mark, JournalMark::MoveTo(_) | JournalMark::BookAgain(_));
        let next = match mark {
            JournalMark::Confirm => visit.confirm(by, through, now).map(|done| done.0),
            JournalMark::Cancel(reason) => visit.cancel(reason, by, through, now).map(|done| done.0),
            JournalMark::Late(minutes) => visit.late(minutes, by, through, now).map(|done| done.0),
            JournalMark::MoveTo(slot) => visit.move_to(Move { id: fresh, slot }, by, through, now).map(|done| done.1),
            JournalMark::BookAgain(slot) => Visit::book(self.booking(slot), fresh, by, through, now).map(|done| done.0),
        };
        let Ok(next) = next else { return false };
        if takes_a_slot && self.taken == Taken::Always {
            return false;
        }
        self.run.visits.iter_mut().filter(|known| **known == id).for_each(|known| *known = next.id);
        self.visits[place] = next;
        self.write(&name);
        true
    }

    fn wall(&self, at: Timestamp, form: &str) -> String {
        at.in_zone(&self.world.clinic.zone).strftime(form).to_string()
    }

    fn write(&mut self, line: &str) {
        self.lines.push(format!("{} {line}", self.wall(self.now, "%a %d %b %H:%M")));
    }

    /// What was written since the last look.
    pub fn look(&mut self) -> String {
        std::mem::take(&mut self.lines).join("\n")
    }
}
