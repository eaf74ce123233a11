//! What was said about the visits of a clinic: a reminder for each, the tap that answered it, the run that asked, what the
//! stream tells of it, and what waits for a person on the Monday morning.

use std::collections::HashMap;
use std::time::Duration;

use caredesk::demo::furnishing::Plan;
use caredesk::demo::opens_at;
use clinic::actors::{Actor, Channel, Origin};
use clinic::consents::Purpose;
use clinic::conversations::{
    Button, Cause, Content, Conversation, ConversationState, Counterpart, Inbound, Press, Said, Urgency as Urgent,
};
use clinic::gate::{ChannelReason, Form, Occasion, Route, Sensitivity, Timing, Why, said_key};
use clinic::happenings::{Happening, Recorded};
use clinic::journal::Visit;
use clinic::outbox::{Draft, Failure, Outbound, OutboundState, Rank};
use clinic::patients::ContactPoint;
use clinic::playbooks::{Run, RunState, TraceLine};
use clinic::tasks::{DeskTask, NewTask, TaskKind};
use kernel::{Chance, ConversationId, DeskTaskId, HappeningId, MessageId, PatientId, Timestamp};

use crate::advance::{PLAYBOOK, begun};

const DAY: Duration = Duration::from_hours(24);
const ANSWERED_WITHIN: Duration = Duration::from_mins(12);
/// The clinics began to send reminders so long ago.
const SENDS_SINCE: Duration = Duration::from_hours(480 * 24);
/// Of what was said longer ago only the words are left: no runs, no lines on the timeline.
const TOLD_WITHIN: Duration = Duration::from_hours(60 * 24);
/// Whoever was written to within so many days may still wait for a person.
const FRESH: Duration = Duration::from_hours(3 * 24);
/// Of a hundred of those so many wait, and of a hundred fresh messages so many have failed.
const WAITING: usize = 15;
const FAILED: usize = 4;
/// Calls that stand on Today.
const CALLS: usize = 25;
const STEP: &str = "day-before";

#[derive(Default)]
pub struct Talk {
    pub conversations: Vec<Conversation>,
    pub outbound: Vec<Outbound>,
    pub inbound: Vec<Inbound>,
    pub runs: Vec<(Run, Vec<TraceLine>)>,
    pub told: Vec<Recorded>,
    pub tasks: Vec<DeskTask>,
}

/// Somebody who is written to, and when that last happened.
struct Reader<'a> {
    conversation: ConversationId,
    contact: &'a ContactPoint,
    last: Timestamp,
}

/// Deterministic: the same plan and chance give the same talk.
pub fn of(plan: &Plan, chance: &mut Chance) -> Talk {
    let mut talk = Talk::default();
    let mut readers: HashMap<PatientId, Reader<'_>> = HashMap::new();
    let mut speaks_for: HashMap<PatientId, PatientId> = HashMap::new();
    for person in &plan.people {
        speaks_for.insert(person.patient.id, person.patient.guardian.unwrap_or(person.patient.id));
        if let Some(contact) = person.contacts.iter().find(|contact| contact.channel() == Channel::Sandbox) {
            let begun_at = person.patient.created_at;
            let reader = Reader { conversation: ConversationId::new(begun_at, chance), contact, last: begun_at };
            readers.insert(person.patient.id, reader);
        }
    }
    for visit in plan.history.past.iter().filter(|visit| visit.starts_at + SENDS_SINCE > opens_at()) {
        let reader = speaks_for.get(&visit.patient).and_then(|reader| readers.get_mut(reader));
        if let Some(reader) = reader {
            reader.last = reader.last.max(talk.remind(plan, visit, reader, chance));
        }
    }
    for person in &plan.people {
        if let Some(reader) = readers.get(&person.patient.id) {
            talk.conversations.push(thread(plan, person.patient.id, reader, chance));
        }
    }
    for visit in plan.history.coming.iter().take(CALLS) {
        talk.tasks.push(call(visit, chance));
    }
    talk.conversations.sort_by_key(|conversation| conversation.id);
    talk.outbound.sort_by_key(|message| message.id);
    talk.inbound.sort_by_key(|message| message.id);
    talk.runs.sort_by_key(|(run, _)| run.id);
    talk
}

fn thread(plan: &Plan, patient: PatientId, reader: &Reader<'_>, chance: &mut Chance) -> Conversation {
    let begun = Conversation::begin(reader.conversation, plan.premises.clinic.id, Counterpart::Patient(patient), reader.last);
    let is_fresh = reader.last + FRESH > opens_at();
    let state = match chance.below(100) {
        0 if is_fresh => ConversationState::Waiting { since: reader.last, urgency: Urgent::Emergency },
        1..WAITING if is_fresh => ConversationState::Waiting { since: reader.last, urgency: Urgent::Normal },
        _ => ConversationState::Bot,
    };
    Conversation { state, ..begun }
}

fn call(visit: &Visit, chance: &mut Chance) -> DeskTask {
    let new = NewTask {
        clinic: visit.clinic,
        kind: TaskKind::Call,
        patient: Some(visit.patient),
        visit: Some(visit.id),
        conversation: None,
        run: None,
        reason: "task-reason-unconfirmed".to_owned(),
        due_at: opens_at() + ANSWERED_WITHIN,
        tries: 0,
    };
    DeskTask::open(new, DeskTaskId::new(opens_at(), chance), opens_at()).0
}

impl Talk {
    /// Says when the last word was said.
    fn remind(&mut self, plan: &Plan, visit: &Visit, reader: &Reader<'_>, chance: &mut Chance) -> Timestamp {
        let asked_at = (visit.starts_at - DAY).max(visit.booked_at);
        let run = run(visit, asked_at, chance);
        let message = message(plan, visit, (reader, &run), chance);
        let answered_at = visit.confirmed().map(|_| asked_at + ANSWERED_WITHIN);
        let tapped = answered_at.map(|at| tap(plan, &message, (reader, at), chance));
        if asked_at + TOLD_WITHIN > opens_at() {
            self.tell(visit, &run, (&message, tapped.as_ref()), chance);
        }
        self.outbound.push(message);
        self.inbound.extend(tapped);
        answered_at.unwrap_or(asked_at)
    }

    /// Keeps the run with its trace, and what the stream tells of it.
    fn tell(&mut self, visit: &Visit, run: &Run, (message, tapped): (&Outbound, Option<&Inbound>), chance: &mut Chance) {
        let conversation = message.conversation;
        let bot = (Actor::Bot(run.id), Origin::Program);
        let mut tell = |at, (by, through), what| {
            let id = HappeningId::new(at, chance);
            self.told.push(Recorded { id, at, by, through, clinic: visit.clinic, patient: Some(visit.patient), what });
        };
        let playbook = || PLAYBOOK.to_owned();
        tell(run.started_at, bot, Happening::RunStarted { run: run.id, playbook: playbook() });
        tell(run.started_at, bot, Happening::MessageAccepted { conversation, message: message.id });
        let mut trace = vec![line("asked", "")];
        if let Some(tapped) = tapped {
            let patient = (Actor::Patient(visit.patient), Origin::Channel(Channel::Sandbox));
            tell(tapped.received_at, patient, Happening::MessageReceived { conversation, message: tapped.id });
            trace.push(line("answered", "confirm"));
        }
        let ended_at = tapped.map_or(visit.starts_at, |tapped| tapped.received_at);
        tell(ended_at, bot, Happening::RunEnded { run: run.id, playbook: playbook(), outcome: "done".to_owned() });
        trace.push(line("ended", "done"));
        self.runs.push((run.clone(), trace));
    }
}

fn line(what: &str, detail: &str) -> TraceLine {
    TraceLine { step: STEP.to_owned(), what: what.to_owned(), detail: detail.to_owned() }
}

fn run(visit: &Visit, at: Timestamp, chance: &mut Chance) -> Run {
    Run { state: RunState::Done { outcome: "done".to_owned() }, ..begun(visit, at, chance) }
}

fn message(plan: &Plan, visit: &Visit, (reader, run): (&Reader<'_>, &Run), chance: &mut Chance) -> Outbound {
    let at = run.started_at;
    let id = MessageId::new(at, chance);
    let button = |label: &str, code: &str| Button { label: label.to_owned(), press: Press::Answer(format!("{id}.{code}")) };
    let draft = Draft {
        conversation: reader.conversation,
        clinic: visit.clinic,
        patient: Some(visit.patient),
        purpose: Purpose::Service,
        rank: Rank::Visit,
        sensitivity: Sensitivity::Open,
        timing: Timing::Polite,
        cause: Cause::Run { run: run.id, playbook: PLAYBOOK.to_owned(), step: STEP.to_owned() },
        content: Content {
            subject: "Emlékeztető".to_owned(),
            text: "Hamarosan várjuk Önt a Mosoly rendelőben. Megfelel Önnek ez az időpont?".to_owned(),
            buttons: vec![button("Rendben", "confirm"), button("Másik időpont", "another-time"), button("Lemondom", "cancel")],
            ..Content::default()
        },
        says: vec![said_key(PLAYBOOK, STEP, Occasion::Visit { chain: visit.chain, starts_at: visit.starts_at })],
        visit: None,
        chosen: None,
        useful_until: None,
    };
    let to = reader.contact.address.clone();
    let route = Route { channel: Channel::Sandbox, account: plan.premises.account.id, contact: Some(reader.contact.id), to };
    let has_failed = at + FRESH > opens_at() && chance.percent(FAILED);
    let state = if has_failed {
        OutboundState::Failed { failure: Failure::Exhausted, at: at + ANSWERED_WITHIN }
    } else {
        OutboundState::Read { provider_key: id.to_string(), at: at + ANSWERED_WITHIN }
    };
    let why = Why::going(Channel::Sandbox, ChannelReason::OnlyOne);
    Outbound { route: Some(route), form: Form::Free, why, state, version: 5, ..Outbound::plan(draft, id, at) }
}

fn tap(plan: &Plan, message: &Outbound, (reader, at): (&Reader<'_>, Timestamp), chance: &mut Chance) -> Inbound {
    let id = MessageId::new(at, chance);
    Inbound {
        id,
        conversation: message.conversation,
        channel: Channel::Sandbox,
        account: plan.premises.account.id,
        from: reader.contact.address.clone(),
        provider_key: format!("tap.{id}"),
        said: Said::Pressed { data: format!("{}.confirm", message.id), label: "Rendben".to_owned() },
        sender: clinic::conversations::SenderCheck::NotLookedAt,
        sent_at: at,
        received_at: at,
    }
}
