//! Whether the database is as the book says, and whether what was sent is what may be sent.

use std::collections::BTreeMap;

use clinic::conversations::{Cause, ConversationState, Urgency};
use clinic::gate::Rank;
use clinic::happenings::Happening;
use clinic::journal::{Slot, Visit};
use clinic::outbox::{Outbound, OutboundState};
use clinic::patients::ContactState;
use clinic::playbooks::RunState;
use clinic::tasks::TaskKind;
use kernel::{PatientId, Timestamp, VisitId};
use store::runs::Kept;

use super::acts::Who;
use super::book::{Book, Contact, Entry, Turn};
use super::lives::Town;

/// Of one day, with the one about a visit that lesser ones do not crowd out.
const MOST_OF_A_DAY: usize = 3;

/// What the database says of a life.
struct Found {
    visits: Vec<(Who, Visit)>,
    runs: Vec<Kept>,
    contact: ContactState,
    turn: Option<ConversationState>,
    answers: usize,
    emergencies: usize,
    permissions: [usize; 2],
}

impl Town {
    /// Compares the book with the database, and writes down the names of what is new.
    pub async fn agrees(&mut self, place: usize, after: &str) {
        let found = self.found(place).await;
        let book = &mut self.people[place].book;
        let mut faults = journal_agrees(book, &found);
        faults.extend(talks_agree(book, &found));
        let turn = found.turn.map_or(Turn::Bot, turn_of);
        if turn != book.turn {
            faults.push(format!("the conversation is {turn:?}, not {:?}", book.turn));
        }
        let contact = match found.contact {
            ContactState::Open => Contact::Open,
            ContactState::OptedOut { .. } => Contact::OptedOut,
            ContactState::Unreachable { .. } | ContactState::NotTheirs { .. } => Contact::Lost,
        };
        if contact != book.contact {
            faults.push(format!("the account is {contact:?}, not {:?}", book.contact));
        }
        if (found.answers, found.emergencies) != (book.answers, book.emergencies) {
            let (answers, emergencies) = (book.answers, book.emergencies);
            faults.push(format!("{}/{} tasks to answer are open, not {answers}/{emergencies}", found.answers, found.emergencies));
        }
        if found.permissions != book.ledger.map(|(many, _)| many) {
            faults.push(format!("the ledger has {:?} entries, not {:?}", found.permissions, book.ledger));
        }
        for fault in faults {
            self.wrong(place, format!("after {after}: {fault}"));
        }
    }

    async fn found(&self, place: usize) -> Found {
        let person = &self.people[place];
        let (parent, child) = (person.parent, person.child);
        let look = move |tx: &mut store::Tx<'_>, _: Timestamp| {
            let (from, until) = (Timestamp::from_millis(0), Timestamp::from_millis(i64::MAX));
            let mut visits = Vec::new();
            for (who, patient) in [(Who::Parent, parent), (Who::Child, child)] {
                visits.extend(store::visits::of_patient(tx, patient, from, until)?.into_iter().map(|visit| (who, visit)));
            }
            let mut runs: BTreeMap<String, Kept> = BTreeMap::new();
            for (_, visit) in &visits {
                runs.extend(store::runs::of_visit(tx, visit.id)?.into_iter().map(|kept| (kept.run.id.to_string(), kept)));
            }
            let contact = store::patients::contacts(tx, parent)?[0].state;
            let thread = store::conversations::of_patient(tx, parent)?;
            let tasks = match &thread {
                Some(thread) => store::tasks::open_of_conversation(tx, thread.id)?,
                None => Vec::new(),
            };
            let open = |kind| tasks.iter().filter(|task| task.kind == kind).count();
            let permissions = [store::patients::consents(tx, parent)?.len(), store::patients::consents(tx, child)?.len()];
            Ok(Found {
                answers: open(TaskKind::Answer),
                emergencies: open(TaskKind::Emergency),
                visits,
                runs: runs.into_values().collect(),
                contact,
                turn: thread.map(|thread| thread.state),
                permissions,
            })
        };
        self.world.desk.look(look).await.unwrap()
    }

    /// What was sent, once nothing waits any more.
    pub async fn all_is_told(&mut self, place: usize) {
        let Some(thread) = self.thread(place).await else { return };
        let (outbox, shown) = (self.outbox(thread.id).await, self.shown(place));
        let mut faults = Vec::new();
        for message in &outbox {
            if matches!(
                message.state,
                OutboundState::Planned | OutboundState::Held { .. } | OutboundState::Queued { .. } | OutboundState::Sending { .. }
            ) {
                faults.push(format!("a message still waits: {:?}", message.state));
            }
        }
        faults.extend(as_shown(&outbox, &shown.iter().map(|sent| (sent.message_id, sent.text.as_str())).collect::<Vec<_>>()));
        faults.extend(said_twice(&outbox));
        faults.extend(too_many(&outbox, &self.people[place].book));
        let person = &self.people[place];
        for sent in &shown {
            let silent = person.silences.iter().any(|(from, until)| *from <= sent.at && until.is_none_or(|until| sent.at < until));
            if silent {
                faults.push(format!("something was sent at {} to an account that was opted out", sent.at));
            }
        }
        let doubtful = outbox.iter().filter(|message| matches!(message.state, OutboundState::Uncertain { .. }));
        let clinic = self.world.people.clinic.id;
        let held_up =
            self.world.desk.look(move |tx, _| Ok(store::outbound::held_up(tx, clinic, Timestamp::from_millis(0), 10_000)?)).await.unwrap();
        for message in doubtful {
            if !held_up.iter().any(|line| line.message.id == message.id) {
                faults.push("a doubt is not shown at the desk".to_owned());
            }
        }
        faults.extend(self.every_run_has_ended_once(place).await);
        for fault in faults {
            self.wrong(place, fault);
        }
    }

    async fn every_run_has_ended_once(&self, place: usize) -> Vec<String> {
        let mut faults = Vec::new();
        let patients: [PatientId; 2] = [self.people[place].parent, self.people[place].child];
        for kept in self.found(place).await.runs {
            let id = kept.run.id;
            let ended = self.world.desk.look(move |tx, _| {
                let mut ended = 0;
                for patient in patients {
                    let happened = store::happenings::of_patient(tx, patient, "~", 10_000)?;
                    ended += happened.iter().filter(|line| matches!(line.what, Happening::RunEnded { run, .. } if run == id)).count();
                }
                Ok(ended)
            });
            let ended = ended.await.unwrap();
            let outcome = match &kept.run.state {
                RunState::Done { outcome } => outcome.as_str(),
                RunState::Stopped { reason } => reason.key(),
                RunState::HandedOver => "handed-over",
                RunState::Active { .. } | RunState::Waiting { .. } => "",
            };
            if outcome.is_empty() || ended != 1 {
                faults.push(format!("a run of {} ended {ended} times with '{outcome}'", kept.run.playbook));
            }
        }
        faults
    }
}

fn journal_agrees(book: &mut Book, found: &Found) -> Vec<String> {
    let mut faults = Vec::new();
    let known: Vec<VisitId> = book.visits.iter().filter_map(|entry| entry.id).collect();
    for (who, visit) in found.visits.iter().filter(|(_, visit)| !known.contains(&visit.id)) {
        let is_new = |entry: &&mut Entry| entry.id.is_none() && entry.who == *who && entry.slot.starts_at == visit.starts_at;
        match book.visits.iter_mut().find(is_new) {
            Some(entry) => entry.id = Some(visit.id),
            None => faults.push(format!("a visit that nobody has booked: {visit:?}")),
        }
    }
    for entry in &book.visits {
        let Some((_, visit)) = found.visits.iter().find(|(_, visit)| Some(visit.id) == entry.id) else {
            faults.push(format!("a visit is not in the journal: {entry:?}"));
            continue;
        };
        let stands = (visit.state.name(), visit.late_minutes, visit.version, visit.moves, visit.ends_at);
        let meant = (entry.state.name(), entry.late, entry.version, entry.moves, entry.slot.ends_at);
        if stands != meant {
            faults.push(format!("a visit is {stands:?}, not {meant:?}"));
        }
    }
    faults
}

fn talks_agree(book: &mut Book, found: &Found) -> Vec<String> {
    let mut faults = Vec::new();
    for at in 0..book.talks.len() {
        let attached: Vec<_> = book.talks.iter().filter_map(|talk| talk.run).collect();
        let talk = &book.talks[at];
        let visit = book.visits[talk.visit].id;
        let kept = found.runs.iter().find(|kept| match talk.run {
            Some(run) => kept.run.id == run,
            None => kept.run.playbook == talk.playbook() && kept.run.visit() == visit && !attached.contains(&kept.run.id),
        });
        let Some(kept) = kept else {
            faults.push(format!("there is no run of {} for {:?}", talk.playbook(), book.visits[talk.visit]));
            continue;
        };
        let outcome = match &kept.run.state {
            RunState::Active { .. } | RunState::Waiting { .. } => None,
            RunState::Done { outcome } => Some(outcome.as_str()),
            RunState::Stopped { .. } => Some("stopped"),
            RunState::HandedOver => Some("handed-over"),
        };
        if outcome != talk.outcome {
            faults.push(format!("a run of {} in {:?} is {outcome:?}, not {:?}", talk.playbook(), talk.stage, talk.outcome));
        }
        let fresh = kept.run.offered.get(kept.run.last_offer..).unwrap_or_default();
        let offers_now = talk.offers_now;
        let is_taken = |slot: &Slot| slot.starts_at <= book.now || !book.is_free(slot, None);
        if offers_now && talk.is_open() && (fresh.is_empty() || fresh.iter().any(is_taken)) {
            faults.push(format!("times were offered that are not free: {fresh:?}"));
        }
        let (run, offered) = (kept.run.id, kept.run.offered.clone());
        let talk = &mut book.talks[at];
        (talk.run, talk.offered, talk.offers_now) = (Some(run), offered, false);
    }
    let attached: Vec<_> = book.talks.iter().filter_map(|talk| talk.run).collect();
    for kept in &found.runs {
        let modelled = matches!(kept.run.playbook.as_str(), "visit-reminder" | "no-show");
        if modelled && !attached.contains(&kept.run.id) {
            faults.push(format!("a run of {} that nothing began", kept.run.playbook));
        }
    }
    faults
}

fn turn_of(state: ConversationState) -> Turn {
    match state {
        ConversationState::Bot => Turn::Bot,
        ConversationState::Waiting { since, urgency } => Turn::Waiting { since, emergency: urgency == Urgency::Emergency },
        ConversationState::Assigned { waiting_since, urgency, .. } => {
            Turn::Assigned { waiting_since, emergency: urgency == Urgency::Emergency }
        }
        ConversationState::Answered { at, .. } => Turn::Answered { at },
        ConversationState::Snoozed { until, .. } => Turn::Waiting { since: until, emergency: false },
        ConversationState::Closed { .. } => Turn::Closed,
    }
}

/// Each message that a channel took was shown once, with its own words; what is in doubt may have been.
fn as_shown(outbox: &[Outbound], shown: &[(i64, &str)]) -> Vec<String> {
    let mut faults = Vec::new();
    let mut left: Vec<(i64, &str)> = shown.to_vec();
    for message in outbox {
        let (OutboundState::Accepted { provider_key: key, .. }
        | OutboundState::Delivered { provider_key: key, .. }
        | OutboundState::Read { provider_key: key, .. }) = &message.state
        else {
            continue;
        };
        let number: Option<i64> = key.rsplit(':').next().and_then(|number| number.parse().ok());
        match left.iter().position(|(id, text)| Some(*id) == number && text.starts_with(message.content.text.trim())) {
            Some(at) => drop(left.remove(at)),
            None => faults.push(format!("the messenger has not shown {key} as it was written")),
        }
    }
    for message in outbox.iter().filter(|message| matches!(message.state, OutboundState::Uncertain { .. })) {
        if let Some(at) = left.iter().position(|(_, text)| text.starts_with(message.content.text.trim())) {
            left.remove(at);
        }
    }
    faults.extend(left.iter().map(|(id, _)| format!("the messenger has shown {id}, and nobody knows of it")));
    faults
}

fn said_twice(outbox: &[Outbound]) -> Vec<String> {
    let gone = outbox.iter().filter(|message| sent_at(message).is_some());
    let mut keys: Vec<&String> = gone.flat_map(|message| &message.says).collect();
    keys.sort();
    keys.windows(2).filter(|two| two[0] == two[1]).map(|two| format!("{} was said twice", two[0])).collect()
}

/// What playbooks began by themselves, on each day of the reader.
fn too_many(outbox: &[Outbound], book: &Book) -> Vec<String> {
    let mut days: BTreeMap<String, usize> = BTreeMap::new();
    for message in outbox.iter().filter(|message| message.rank < Rank::Reply && matches!(message.cause, Cause::Run { .. })) {
        if let Some(at) = sent_at(message) {
            *days.entry(at.date(&book.zone).to_string()).or_default() += 1;
        }
    }
    days.into_iter().filter(|(_, many)| *many > MOST_OF_A_DAY).map(|(day, many)| format!("{many} messages on {day}")).collect()
}

fn sent_at(message: &Outbound) -> Option<Timestamp> {
    match message.state {
        OutboundState::Accepted { at, .. } | OutboundState::Delivered { at, .. } | OutboundState::Read { at, .. } => Some(at),
        OutboundState::Uncertain { since, .. } => Some(since),
        OutboundState::Planned
        | OutboundState::Suppressed { .. }
        | OutboundState::Held { .. }
        | OutboundState::Queued { .. }
        | OutboundState::Sending { .. }
        | OutboundState::Failed { .. } => None,
    }
}
