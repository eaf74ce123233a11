//! The text form of a playbook: TOML in, a checked [`Script`] out, or every fault with its place and rule.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use kernel::Time;
use serde::Deserialize;

use super::script::{Attach, Imported, Ladder, MarkKind, MovedFrom, Repeat};
use super::{Action, Condition, Reply, Script, Step, Trigger, When};
use crate::consents::Purpose;
use crate::happenings::Happening;
use crate::outbox::Rank;
use crate::tasks::TaskKind;

/// What is wrong, where, and by which rule. `rule` has its sentence in Fluent as `fault-<rule>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// The step, or the line of the file where it cannot be read at all.
    pub place: String,
    pub rule: &'static str,
    pub detail: String,
}

impl Fault {
    /// Every rule; its sentence may show the `{ $detail }`.
    pub const RULES: [&'static str; 18] = [
        "unreadable",
        "no-steps",
        "bad-name",
        "twice",
        "unknown-happening",
        "unknown-step",
        "unknown-answer",
        "unknown-condition",
        "unknown-mark",
        "answer-without-step",
        "days-before-needs-at",
        "several-moments",
        "bad-span",
        "missing",
        "does-nothing",
        "several-actions",
        "endless-question",
        "circle",
    ];
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct Written {
    playbook: String,
    version: u32,
    purpose: Purpose,
    rank: Rank,
    goal: String,
    trigger: WrittenTrigger,
    #[serde(default)]
    stops: Vec<String>,
    #[serde(default)]
    answers: BTreeMap<String, String>,
    steps: Vec<WrittenStep>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenTrigger {
    #[serde(default)]
    on: Vec<String>,
    #[serde(default)]
    imported: bool,
    #[serde(default)]
    once_per_patient: bool,
    #[serde(default)]
    one_at_a_time: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields, rename_all = "kebab-case")]
struct WrittenStep {
    name: String,
    days_before: Option<u32>,
    at: Option<Time>,
    before: Option<String>,
    after_start: Option<String>,
    after: Option<String>,
    only_if: Option<String>,
    urgent_within: Option<String>,
    next: Option<String>,
    // one of these says what the step does
    say: Option<String>,
    ask: Option<String>,
    offer: Option<String>,
    mark: Option<String>,
    task: Option<TaskKind>,
    hand_over: Option<String>,
    end: Option<String>,
    // and these how
    several: Option<String>,
    #[serde(default)]
    buttons: Vec<String>,
    #[serde(default)]
    answers: BTreeMap<String, String>,
    #[serde(default)]
    next_channel: bool,
    #[serde(default)]
    calendar: bool,
    #[serde(default)]
    books_again: bool,
    empty: Option<String>,
    taken: Option<String>,
    gone: Option<String>,
    refused: Option<String>,
    reason: Option<String>,
}

impl Script {
    /// Reads and checks. A script that comes back has no step that leads nowhere.
    pub fn read(source: &str) -> Result<Self, Vec<Fault>> {
        let written: Written = toml::from_str(source).map_err(|error| {
            let line = error.span().map_or(1, |span| source[..span.start.min(source.len())].matches('\n').count() + 1);
            vec![fault(&format!("line {line}"), "unreadable", error.message())]
        })?;
        let mut faults = Vec::new();
        let mut steps = Vec::new();
        for step in written.steps {
            match step.checked() {
                Ok(step) => steps.push(step),
                Err(fault) => faults.push(fault),
            }
        }
        let script = Self {
            id: written.playbook,
            version: written.version,
            purpose: written.purpose,
            rank: written.rank,
            trigger: Trigger {
                on: written.trigger.on,
                imported: if written.trigger.imported { Imported::Counts } else { Imported::IsLeftAlone },
                repeat: match (written.trigger.once_per_patient, written.trigger.one_at_a_time) {
                    (true, _) => Repeat::OncePerPatient,
                    (false, true) => Repeat::OneAtATime,
                    (false, false) => Repeat::Always,
                },
            },
            stops: written.stops,
            answers: written.answers,
            steps,
            goal: written.goal,
        };
        faults.extend(script.faults());
        if faults.is_empty() { Ok(script) } else { Err(faults) }
    }

    fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let named =
            |name: &str| !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
        if !named(&self.id) {
            faults.push(fault("playbook", "bad-name", &self.id));
        }
        if self.steps.is_empty() {
            faults.push(fault("steps", "no-steps", ""));
        }
        for happening in self.trigger.on.iter().chain(&self.stops) {
            if !Happening::NAMES.contains(&happening.as_str()) {
                faults.push(fault("trigger", "unknown-happening", happening));
            }
        }
        let mut seen = BTreeSet::new();
        for step in &self.steps {
            if !named(&step.name) {
                faults.push(fault(&step.name, "bad-name", &step.name));
            }
            if !seen.insert(step.name.as_str()) {
                faults.push(fault(&step.name, "twice", &step.name));
            }
            for target in step.targets() {
                if self.step(target).is_none() {
                    faults.push(fault(&step.name, "unknown-step", target));
                }
            }
            if let Action::Ask { buttons, answers, .. } = &step.action {
                let unknown = answers.keys().filter(|answer| !Reply::NAMES.contains(&answer.as_str()));
                faults.extend(unknown.map(|answer| fault(&step.name, "unknown-answer", answer)));
                for code in buttons {
                    let Some(reply) = Reply::from_code(code) else {
                        faults.push(fault(&step.name, "unknown-answer", code));
                        continue;
                    };
                    let name = reply.name();
                    if reply != Reply::Person && !answers.contains_key(name) && !self.answers.contains_key(name) {
                        faults.push(fault(&step.name, "answer-without-step", code));
                    }
                }
            }
        }
        for (answer, target) in &self.answers {
            if self.step(target).is_none() {
                faults.push(fault("answers", "unknown-step", target));
            }
            if !Reply::NAMES.contains(&answer.as_str()) {
                faults.push(fault("answers", "unknown-answer", answer));
            }
        }
        for step in &self.steps {
            if matches!(step.action, Action::Ask { .. } | Action::Offer { .. }) && !self.waiting_ends(step) {
                faults.push(fault(&step.name, "endless-question", ""));
            }
            if self.comes_round(step) {
                faults.push(fault(&step.name, "circle", ""));
            }
        }
        faults
    }

    /// A question stays open until the moment of a later step: there must be one.
    fn waiting_ends(&self, question: &Step) -> bool {
        let mut ahead = self.after(&question.name);
        while let Some(step) = ahead {
            if step.when.is_some() {
                return true;
            }
            ahead = self.below(&step.name);
        }
        false
    }

    /// Whether a step leads back to itself without waiting for anybody.
    fn comes_round(&self, from: &Step) -> bool {
        let mut ahead = self.at_once_after(from);
        let mut seen = BTreeSet::new();
        while let Some(step) = ahead.pop() {
            if step.name == from.name {
                return true;
            }
            if seen.insert(step.name.as_str()) {
                ahead.extend(self.at_once_after(step));
            }
        }
        false
    }

    fn at_once_after<'a>(&'a self, step: &'a Step) -> Vec<&'a Step> {
        let skipped = step.only_if.is_some() || step.when.is_some();
        let mut names = Vec::new();
        match &step.action {
            Action::Say { .. } | Action::Task { .. } => names.extend(self.after(&step.name)),
            Action::Mark { refused, .. } => names.extend(self.after(&step.name).into_iter().chain(self.step(refused))),
            Action::Ask { .. } | Action::Offer { .. } | Action::HandOver { .. } | Action::End { .. } => {}
        }
        names.extend(self.below(&step.name).filter(|_| skipped));
        names.retain(|step| !matches!(step.when, Some(When::After(_))));
        names
    }
}

impl Step {
    fn targets(&self) -> Vec<&str> {
        let mut targets: Vec<&str> = self.next.as_deref().into_iter().collect();
        match &self.action {
            Action::Ask { answers, .. } => targets.extend(answers.values().map(String::as_str)),
            Action::Offer { empty, taken, gone, .. } => targets.extend([empty.as_str(), taken, gone]),
            Action::Mark { refused, .. } => targets.push(refused),
            Action::Say { .. } | Action::Task { .. } | Action::HandOver { .. } | Action::End { .. } => {}
        }
        targets
    }
}

impl WrittenStep {
    fn checked(self) -> Result<Step, Fault> {
        let when = self.when()?;
        let only_if = match &self.only_if {
            None => None,
            Some(name) => Some(
                Condition::ALL
                    .iter()
                    .find(|(_, known)| known == name)
                    .map(|(condition, _)| *condition)
                    .ok_or_else(|| fault(&self.name, "unknown-condition", name))?,
            ),
        };
        let urgent_within = self.urgent_within.as_deref().map(|span| self.span(span)).transpose()?;
        let (name, next) = (self.name.clone(), self.next.clone());
        Ok(Step { name, when, only_if, urgent_within, next, action: self.action()? })
    }

    fn when(&self) -> Result<Option<When>, Fault> {
        let mut moments = Vec::new();
        match (self.days_before, self.at) {
            (Some(days), Some(at)) => moments.push(When::DaysBefore { days, at }),
            (None, None) => {}
            _ => return Err(fault(&self.name, "days-before-needs-at", "")),
        }
        if let Some(span) = &self.before {
            moments.push(When::Before(self.span(span)?));
        }
        if let Some(span) = &self.after_start {
            moments.push(When::AfterStart(self.span(span)?));
        }
        if let Some(span) = &self.after {
            moments.push(When::After(self.span(span)?));
        }
        if moments.len() > 1 { Err(fault(&self.name, "several-moments", "")) } else { Ok(moments.pop()) }
    }

    /// `90m`, `2h`, `7d`, `0m`.
    fn span(&self, text: &str) -> Result<Duration, Fault> {
        let bad = || fault(&self.name, "bad-span", text);
        let unit = text.chars().last().ok_or_else(bad)?;
        let number: u64 = text[..text.len() - unit.len_utf8()].parse().map_err(|_| bad())?;
        let seconds = match unit {
            'm' => 60,
            'h' => 60 * 60,
            'd' => 24 * 60 * 60,
            _ => return Err(bad()),
        };
        number.checked_mul(seconds).filter(|total| *total <= 5 * 366 * 24 * 60 * 60).map(Duration::from_secs).ok_or_else(bad)
    }

    fn action(self) -> Result<Action, Fault> {
        let name = self.name.clone();
        let need = |value: Option<String>, what: &str| value.ok_or_else(|| fault(&name, "missing", what));
        let mut actions = Vec::new();
        if let Some(text) = self.say {
            let several = self.several.clone();
            actions.push(Action::Say { text, several, attach: if self.calendar { Attach::Calendar } else { Attach::Nothing } });
        }
        if let Some(text) = self.ask {
            let ladder = if self.next_channel { Ladder::Next } else { Ladder::Same };
            actions.push(Action::Ask { text, several: self.several, buttons: self.buttons, answers: self.answers, ladder });
        }
        if let Some(text) = self.offer {
            actions.push(Action::Offer {
                text,
                empty: need(self.empty, "empty")?,
                taken: need(self.taken, "taken")?,
                gone: need(self.gone, "gone")?,
                moved_from: if self.books_again { MovedFrom::Nothing } else { MovedFrom::Visit },
            });
        }
        if let Some(mark) = self.mark {
            let mark = match mark.as_str() {
                "confirm" => MarkKind::Confirm,
                "cancel" => MarkKind::Cancel,
                "late" => MarkKind::Late,
                _ => return Err(fault(&name, "unknown-mark", &mark)),
            };
            actions.push(Action::Mark { mark, refused: need(self.refused, "refused")? });
        }
        if let Some(text) = self.hand_over {
            actions.push(Action::HandOver { text, reason: need(self.reason, "reason")? });
        } else if let Some(kind) = self.task {
            actions.push(Action::Task { kind, reason: need(self.reason, "reason")? });
        }
        if let Some(outcome) = self.end {
            actions.push(Action::End { outcome });
        }
        match (actions.pop(), actions.is_empty()) {
            (Some(action), true) => Ok(action),
            (None, _) => Err(fault(&name, "does-nothing", "")),
            (Some(_), false) => Err(fault(&name, "several-actions", "")),
        }
    }
}

fn fault(place: &str, rule: &'static str, detail: &str) -> Fault {
    Fault { place: place.to_owned(), rule, detail: detail.to_owned() }
}
