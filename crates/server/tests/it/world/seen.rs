//! What a story looks at: what was sent, how the journal stands, what waits at the desk, and why.

use clinic::actors::{Actor, Origin};
use clinic::conversations::{Cause, Conversation, ConversationState, Counterpart, Urgency};
use clinic::journal::{Mark, Visit, VisitState};
use clinic::outbox::{Outbound, OutboundState};
use clinic::patients::ContactPoint;
use clinic::tasks::{DeskTask, TaskState};
use kernel::{Locale, PatientId, Timestamp, VisitId};

use super::World;

impl World {
    /// What was sent since the last look, as patients see it.
    pub fn sent(&mut self) -> String {
        let sent = self.provider.sent();
        let fresh: Vec<String> = sent[self.looked_at..].iter().map(|sent| self.provider.shown(sent)).collect();
        self.looked_at = sent.len();
        fresh.join("\n")
    }

    /// The same in one line each: when, to whom, the line that says it, the buttons.
    pub fn sent_briefly(&mut self) -> String {
        let sent = self.provider.sent();
        let fresh: Vec<String> = sent[self.looked_at..].iter().map(|sent| brief(&self.provider.shown(sent))).collect();
        self.looked_at = sent.len();
        fresh.join("\n")
    }

    /// Every visit of the journal, the earliest first, with its newest mark.
    pub async fn journal(&self) -> String {
        let (clinic, from, until) = (self.people.clinic.id, self.at("2026-01-01T00:00"), self.at("2028-01-01T00:00"));
        let visits = self.desk.look(move |tx, _| Ok(store::visits::between(tx, clinic, from, until)?)).await.unwrap();
        let lines: Vec<String> = visits.iter().map(|visit| self.line(visit)).collect();
        lines.join("\n")
    }

    fn line(&self, visit: &Visit) -> String {
        let late = visit.late_minutes.map_or_else(String::new, |minutes| format!(", {minutes} minutes late"));
        let state = match &visit.state {
            VisitState::Requested => "requested".to_owned(),
            VisitState::Booked => "booked".to_owned(),
            VisitState::Confirmed { mark } => format!("confirmed {}", self.marked(mark)),
            VisitState::Arrived { mark, .. } => format!("arrived {}", self.marked(mark)),
            VisitState::InChair { mark, .. } => format!("in chair {}", self.marked(mark)),
            VisitState::Completed { mark, .. } => format!("completed {}", self.marked(mark)),
            VisitState::Cancelled { mark, reason, .. } => format!("cancelled ({}) {}", reason.name(), self.marked(mark)),
            VisitState::Moved { mark, .. } => format!("moved {}", self.marked(mark)),
            VisitState::NoShow { mark, .. } => format!("missed {}", self.marked(mark)),
        };
        format!("{} {}: {state}{late}", self.wall(visit.starts_at), self.people.name_of(visit.patient))
    }

    fn marked(&self, mark: &Mark) -> String {
        let by = match mark.by {
            Actor::Patient(speaker) | Actor::Guardian { id: speaker, .. } => self.people.name_of(speaker),
            Actor::Staff { .. } => "the desk",
            Actor::Bot(_) => "the bot",
            Actor::Program => "the program",
        };
        let through = match mark.through {
            Origin::Channel(channel) => channel.name(),
            Origin::Desk => "the desk",
            Origin::VisitPage => "the visit page",
            Origin::Import => "import",
            Origin::Program => "the program",
        };
        format!("by {by} through {through}")
    }

    /// What waits for a person, the most urgent first.
    pub async fn tasks(&self) -> String {
        let (clinic, end) = (self.people.clinic.id, self.at("2028-01-01T00:00"));
        let mut tasks = self.desk.look(move |tx, _| Ok(store::tasks::open(tx, clinic, end, 100)?)).await.unwrap();
        let now = self.desk.now();
        tasks.sort_by_key(|task| task.priority(now));
        let who = |task: &DeskTask| task.patient.map_or("somebody", |patient| self.people.name_of(patient));
        let line = |task: &DeskTask| format!("{} {}: {}", task.kind.name(), who(task), task.reason);
        tasks.iter().map(line).collect::<Vec<_>>().join("\n")
    }

    pub async fn open_tasks(&self) -> Vec<DeskTask> {
        let (clinic, end) = (self.people.clinic.id, self.at("2028-01-01T00:00"));
        let tasks = self.desk.look(move |tx, _| Ok(store::tasks::open(tx, clinic, end, 100)?)).await.unwrap();
        tasks.into_iter().filter(|task| task.state == TaskState::Open).collect()
    }

    pub async fn visit(&self, id: VisitId) -> Visit {
        self.desk.look(move |tx, _| Ok(store::visits::find(tx, id)?)).await.unwrap().unwrap()
    }

    /// The visit that now stands for this one.
    pub async fn newest(&self, visit: &Visit) -> Visit {
        let chain = visit.chain;
        self.desk.look(move |tx, _| Ok(store::visits::newest_of_chain(tx, chain)?)).await.unwrap().unwrap()
    }

    pub async fn conversation(&self, patient: PatientId) -> Conversation {
        self.desk.look(move |tx, _| Ok(store::conversations::of_patient(tx, patient)?)).await.unwrap().expect("a conversation")
    }

    pub async fn contacts(&self, patient: PatientId) -> Vec<ContactPoint> {
        self.desk.look(move |tx, _| Ok(store::patients::contacts(tx, patient)?)).await.unwrap()
    }

    /// Whose turn it is.
    pub async fn turn_of(&self, patient: PatientId) -> &'static str {
        turn(&self.conversation(patient).await.state)
    }

    /// Every conversation with whose turn it is, by name.
    pub async fn inbox(&self) -> String {
        let (clinic, end) = (self.people.clinic.id, self.at("2028-01-01T00:00"));
        let listed = self.desk.look(move |tx, _| Ok(store::conversations::list(tx, clinic, end, 100)?)).await.unwrap();
        let line = |conversation: &Conversation| {
            let who = match &conversation.with {
                Counterpart::Patient(patient) => self.people.name_of(*patient),
                Counterpart::Unknown { .. } => "an unknown sender",
            };
            format!("{who}: {}", turn(&conversation.state))
        };
        let mut lines: Vec<String> = listed.iter().map(|listed| line(&listed.conversation)).collect();
        lines.sort();
        lines.join("\n")
    }

    /// Every message decided on for a patient, the oldest first.
    pub async fn outbox(&self, patient: PatientId) -> Vec<Outbound> {
        let conversation = self.conversation(patient).await.id;
        let messages = move |tx: &mut store::Tx<'_>, _: Timestamp| {
            Ok(store::outbound::of_conversation(tx, conversation, store::conversations::NEWEST, 100)?)
        };
        let mut messages = self.desk.look(messages).await.unwrap();
        messages.reverse();
        messages
    }

    /// For each message what said it, what became of it, and the sentence beside it that says why.
    pub async fn why(&self, patient: PatientId) -> String {
        self.outbox(patient).await.iter().map(why).collect::<Vec<_>>().join("\n")
    }

    /// What the runs of a visit did and why, as the trace shows it.
    pub async fn trace(&self, visit: VisitId, playbook: &'static str) -> String {
        let lines = move |tx: &mut store::Tx<'_>, _: Timestamp| {
            let mut lines = Vec::new();
            for kept in store::runs::of_visit(tx, visit)? {
                if kept.run.playbook == playbook {
                    lines.extend(store::runs::trace(tx, kept.run.id)?);
                }
            }
            Ok(lines)
        };
        let lines = self.desk.look(lines).await.unwrap();
        let english = clinic::texts::Phrasebook::of(Locale::En);
        let line = |line: clinic::playbooks::TraceLine| {
            let what = english.say_plain(&format!("trace-{}", line.what), &[]);
            // a moment stands in there for the screen to write
            let detail = if line.what == "waiting" { String::new() } else { line.detail };
            format!("{} | {what} | {detail}", line.step).trim_end_matches([' ', '|']).to_owned()
        };
        lines.into_iter().map(|(_, traced)| line(traced)).collect::<Vec<_>>().join("\n")
    }

    pub fn wall(&self, at: Timestamp) -> String {
        at.in_zone(&self.people.clinic.zone).strftime("%a %d %b %H:%M").to_string()
    }
}

fn turn(state: &ConversationState) -> &'static str {
    match state {
        ConversationState::Bot => "the bot's",
        ConversationState::Waiting { urgency: Urgency::Emergency, .. } => "waits for a person at once",
        ConversationState::Waiting { .. } => "waits for a person",
        ConversationState::Assigned { .. } => "a person's",
        ConversationState::Answered { .. } => "answered by a person",
        ConversationState::Snoozed { .. } => "put aside",
        ConversationState::Closed { .. } => "closed",
    }
}

fn why(message: &Outbound) -> String {
    let cause = match &message.cause {
        Cause::Run { playbook, step, .. } => format!("{playbook}/{step}"),
        Cause::Reply { .. } => "the desk".to_owned(),
        Cause::Trial { .. } => "trial".to_owned(),
        Cause::Courtesy { text } => text.clone(),
    };
    let state = match &message.state {
        OutboundState::Planned => "planned",
        OutboundState::Suppressed { .. } => "not sent",
        OutboundState::Held { .. } => "waits",
        OutboundState::Queued { .. } => "queued",
        OutboundState::Sending { .. } => "being sent",
        OutboundState::Accepted { .. } => "sent",
        OutboundState::Delivered { .. } => "delivered",
        OutboundState::Read { .. } => "read",
        OutboundState::Failed { .. } => "failed",
        OutboundState::Uncertain { .. } => "in doubt",
    };
    format!("{cause}: {state}, {}", message.why.key().unwrap_or("undecided"))
}

/// `Mon 23 Nov 10:00, Anna on Telegram | the line that says it | [Confirm] ...`
fn brief(shown: &str) -> String {
    let mut lines = shown.lines();
    let head = lines.next().unwrap_or_default();
    let mut body: Vec<&str> = lines.map(str::trim).filter(|line| !line.starts_with("Hello, ")).collect();
    let buttons = body.pop_if(|last| last.starts_with('[')).map_or_else(String::new, |buttons| format!(" | {buttons}"));
    format!("{head} | {}{buttons}", body.first().unwrap_or(&""))
}
