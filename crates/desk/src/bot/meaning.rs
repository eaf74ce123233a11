//! What a patient means, as far as it is certain: by a button, by a reaction, in words.
//!
//! A button and a reaction name the message that they answer, so the bot hears them at any time. Words have no address:
//! while a person has the conversation they are for that person, unless the bot has asked something since.

use kernel::{MessageId, RunId, VisitId};

use clinic::answers::{Answer, Asked, Question, Understood, read, understand_reaction};
use clinic::conversations::{Cause, Conversation, ConversationState, Said};
use clinic::journal::Visit;
use clinic::patients::Patient;
use clinic::playbooks::{Input, Reply, RunState};
use kernel::Locale;
use store::runs::Kept;

use super::facts;
use super::hearing::Heard;
use super::running::script;
use super::slots::days_after;
use crate::{Act, ActError};

const REMINDER: &str = "visit-reminder";
const LATENESS: &str = "running-late";

pub(super) enum Meaning {
    Stop,
    /// They are somebody else.
    WrongPerson,
    Start,
    Emergency,
    /// To a question that is open.
    Answer(Reply, Box<Kept>),
    /// About a visit, without a question: 'I cannot come' a week before any reminder.
    About(Reply, Box<Visit>),
    /// A button of something that has changed since.
    Stale(Option<VisitId>),
    Thanks,
    /// A person must look.
    Unclear,
    /// Nothing to do: a tap that was heard before, a deleted message.
    Nothing,
}

impl Act<'_, '_> {
    pub(super) fn meaning(&mut self, conversation: &Conversation, reader: &Patient, heard: &Heard<'_>) -> Result<Meaning, ActError> {
        match heard.said {
            Said::Words(_) | Said::Edited { .. } | Said::Media { .. } => {
                let open = self.asking(reader)?;
                match read(heard.said, asked(open.as_ref(), reader.locale)) {
                    Understood::Certain(answer) => self.in_words(conversation, reader, answer, open),
                    Understood::Several(_) | Understood::Nothing => Ok(Meaning::Unclear),
                }
            }
            Said::Pressed { data, .. } => self.pressed(reader, data),
            Said::Reacted { to, emoji } => {
                let message = store::outbound::by_provider_key(self.tx, heard.account, to)?;
                let run = message.and_then(|message| run_of(&message.cause));
                let kept = run.map(|run| store::runs::find(self.tx, run)).transpose()?.flatten().filter(|kept| kept.run.is_open());
                Ok(match (understand_reaction(emoji), kept) {
                    (Understood::Certain(Answer::Yes), Some(kept)) => Meaning::Answer(Reply::Yes, Box::new(kept)),
                    (Understood::Certain(Answer::No), Some(kept)) => Meaning::Answer(Reply::No, Box::new(kept)),
                    _ => Meaning::Nothing,
                })
            }
            Said::Automatic(_) | Said::Deleted { .. } | Said::SharedContact { .. } | Said::Opened { .. } => Ok(Meaning::Nothing),
        }
    }

    fn in_words(&mut self, conversation: &Conversation, reader: &Patient, answer: Answer, open: Option<Kept>) -> Result<Meaning, ActError> {
        let reply = match answer {
            Answer::Stop => return Ok(Meaning::Stop),
            Answer::Start => return Ok(Meaning::Start),
            Answer::WrongPerson if is_bots_turn(conversation, open.as_ref()) => return Ok(Meaning::WrongPerson),
            // said to whoever has the conversation: they know what was meant
            Answer::WrongPerson => return Ok(Meaning::Unclear),
            Answer::Emergency => return Ok(Meaning::Emergency),
            Answer::Thanks => return Ok(Meaning::Thanks),
            Answer::Confirm => Reply::Confirm,
            Answer::AnotherTime => Reply::AnotherTime,
            Answer::Cancel => Reply::Cancel,
            Answer::Late(minutes) => Reply::Late(minutes),
            Answer::Person => Reply::Person,
            Answer::Yes => Reply::Yes,
            Answer::No => Reply::No,
            Answer::More => Reply::More,
            Answer::Keep => Reply::Keep,
            // counted within the last offer; a run counts all that it has offered
            Answer::Slot(place) => Reply::Slot(place + open.as_ref().map_or(0, |kept| kept.run.last_offer)),
        };
        if matches!(reply, Reply::Late(_))
            && let Some(visit) = self.visit_today(reader)?
        {
            return self.late_for(visit, reply);
        }
        if !is_bots_turn(conversation, open.as_ref()) {
            return Ok(Meaning::Unclear);
        }
        if let Some(kept) = open {
            return Ok(Meaning::Answer(reply, Box::new(kept)));
        }
        let is_clear = matches!(reply, Reply::Confirm | Reply::AnotherTime | Reply::Cancel);
        let visit = if is_clear { self.only_visit_ahead(reader)? } else { None };
        Ok(visit.map_or(Meaning::Unclear, |visit| Meaning::About(reply, Box::new(visit))))
    }

    /// A button names the message that it stood under: only that message's own patient can press it.
    fn pressed(&mut self, reader: &Patient, data: &str) -> Result<Meaning, ActError> {
        if self.takes_the_way_out(reader, data)? {
            return Ok(Meaning::WrongPerson);
        }
        let Some((message, code)) = data.split_once('.') else { return Ok(Meaning::Nothing) };
        let (Ok(message), Some(reply)) = (message.parse::<MessageId>(), Reply::from_code(code)) else { return Ok(Meaning::Nothing) };
        let Some(message) = store::outbound::find(self.tx, message)? else { return Ok(Meaning::Nothing) };
        let theirs = store::conversations::of_patient(self.tx, reader.id)?.is_some_and(|own| own.id == message.conversation);
        let (true, Some(run)) = (theirs, run_of(&message.cause)) else { return Ok(Meaning::Nothing) };
        let Some(kept) = store::runs::find(self.tx, run)? else { return Ok(Meaning::Stale(None)) };
        if kept.run.is_open() {
            return Ok(Meaning::Answer(reply, Box::new(kept)));
        }
        self.pressed_too_late(reply, &kept, message.visit.map(|pin| pin.visit))
    }

    /// The question has ended; the visit may still stand as it did.
    fn pressed_too_late(&mut self, reply: Reply, kept: &Kept, visit: Option<VisitId>) -> Result<Meaning, ActError> {
        let outcome = match &kept.run.state {
            RunState::Done { outcome } => outcome.as_str(),
            RunState::Active { .. } | RunState::Waiting { .. } | RunState::Stopped { .. } | RunState::HandedOver => "",
        };
        let again = matches!(
            (outcome, reply),
            ("confirmed", Reply::Confirm | Reply::Keep) | ("moved" | "booked", Reply::Slot(_)) | ("noted", Reply::Late(_))
        );
        if again {
            // the second tap is no news
            return Ok(Meaning::Nothing);
        }
        let Some(visit) = visit.or(kept.run.visit()) else { return Ok(Meaning::Unclear) };
        let visit = facts::visit(self.tx, visit)?;
        let stands = visit.state.is_ahead() && visit.starts_at > self.now;
        Ok(match reply {
            Reply::Confirm | Reply::AnotherTime | Reply::Cancel if stands => Meaning::About(reply, Box::new(visit)),
            Reply::Confirm | Reply::Keep | Reply::Slot(_) | Reply::More | Reply::Late(_) | Reply::Reason(_) => {
                Meaning::Stale(Some(visit.id))
            }
            Reply::Cancel | Reply::AnotherTime | Reply::Person | Reply::Yes | Reply::No | Reply::Thanks => Meaning::Unclear,
        })
    }

    /// The newest question that is open to this patient or for a child of theirs.
    pub(super) fn asking(&mut self, reader: &Patient) -> Result<Option<Kept>, ActError> {
        let mut asking: Vec<Kept> = Vec::new();
        for member in facts::household(self.tx, reader)? {
            asking.extend(store::runs::open_of_patient(self.tx, member)?);
        }
        asking.retain(|kept| matches!(&kept.run.state, RunState::Waiting { question: Some(_), .. }));
        asking.sort_by_key(|kept| (kept.changed_at, kept.run.id));
        Ok(asking.pop())
    }

    /// Late for today's visit: the question how late is open, or is asked now.
    fn late_for(&mut self, visit: Visit, reply: Reply) -> Result<Meaning, ActError> {
        let open = self.open_run(&visit, LATENESS)?;
        Ok(match (open, reply) {
            (Some(kept), Reply::Late(Some(_))) => Meaning::Answer(reply, Box::new(kept)),
            (Some(_), _) => Meaning::Nothing,
            (None, _) => Meaning::About(reply, Box::new(visit)),
        })
    }

    /// The visit that somebody who is late means: today's next one of the family, begun an hour ago at most.
    fn visit_today(&mut self, reader: &Patient) -> Result<Option<Visit>, ActError> {
        let clinic = facts::clinic(self.tx, reader.clinic)?;
        let until = clinic.zone.start_of(days_after(self.now.date(&clinic.zone), 1));
        let from = self.now - std::time::Duration::from_hours(1);
        let today = self.visits_of_family(reader, from, until)?;
        Ok(today.into_iter().next())
    }

    /// The one visit that clear words can mean. Of two, a person must ask which.
    fn only_visit_ahead(&mut self, reader: &Patient) -> Result<Option<Visit>, ActError> {
        let clinic = facts::clinic(self.tx, reader.clinic)?;
        let until = clinic.zone.start_of(days_after(self.now.date(&clinic.zone), 366));
        let mut ahead = self.visits_of_family(reader, self.now, until)?;
        ahead.retain(|visit| visit.starts_at > self.now);
        Ok(if ahead.len() == 1 { ahead.pop() } else { None })
    }

    fn visits_of_family(&mut self, reader: &Patient, from: kernel::Timestamp, until: kernel::Timestamp) -> Result<Vec<Visit>, ActError> {
        let mut visits = Vec::new();
        for member in facts::household(self.tx, reader)? {
            visits.extend(store::visits::of_patient(self.tx, member, from, until)?);
        }
        visits.retain(|visit| visit.state.is_ahead());
        visits.sort_by_key(|visit| (visit.starts_at, visit.id));
        Ok(visits)
    }

    /// What the patient said about a visit goes into the run that waits for it, or begins one.
    pub(super) fn answered_about(&mut self, visit: &Visit, reply: Reply) -> Result<(), ActError> {
        if matches!(reply, Reply::Late(_)) {
            return self.patient_is_late(visit, reply);
        }
        if let Some(kept) = self.open_run(visit, REMINDER)?
            && kept.run.visits == [visit.id]
        {
            return self.go_on(kept, Input::Answered(reply)).map(drop);
        }
        let Some(script) = script(REMINDER) else { return Err(ActError::not_found()) };
        self.start(script, visit.patient, Some(visit), Input::StartedWith(reply)).map(drop)
    }

    fn open_run(&mut self, visit: &Visit, playbook: &str) -> Result<Option<Kept>, ActError> {
        let runs = store::runs::of_visit(self.tx, visit.id)?;
        Ok(runs.into_iter().rev().find(|kept| kept.run.playbook == playbook && kept.run.is_open()))
    }
}

/// Whether words are for the bot: nobody at the desk is talking with the patient, or the bot has asked something since.
pub(super) fn is_bots_turn(conversation: &Conversation, open: Option<&Kept>) -> bool {
    match conversation.state {
        ConversationState::Bot | ConversationState::Closed { .. } => true,
        ConversationState::Waiting { since: at, .. } | ConversationState::Answered { at, .. } => {
            open.is_some_and(|kept| kept.changed_at > at)
        }
        ConversationState::Assigned { .. } | ConversationState::Snoozed { .. } => false,
    }
}

/// What the patient was asked last: a bare '2' means something else after three offered times than after 'how late?'.
pub(super) fn asked(open: Option<&Kept>, language: Locale) -> Asked {
    let question = match open.map(|kept| &kept.run) {
        Some(run) if run.playbook == LATENESS => Question::Minutes,
        Some(run) if run.offered.len() > run.last_offer => Question::Slots(run.offered.len() - run.last_offer),
        Some(_) | None => Question::Open,
    };
    Asked { language, question }
}

const fn run_of(cause: &Cause) -> Option<RunId> {
    match cause {
        Cause::Run { run, .. } => Some(*run),
        Cause::Reply { .. } | Cause::Trial { .. } | Cause::Courtesy { .. } => None,
    }
}
