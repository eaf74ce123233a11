//! What a message from outside means: who it is, what it answers, and whether a person must look.

use kernel::{AccountId, Address, ContactPointId, Locale, MessageId, Phone, RunId, Timestamp};

use channels::{Arrival, Event};
use clinic::actors::{Actor, Channel};
use clinic::answers::{Answer, Asked, Question, Understood, read, understand_reaction};
use clinic::conversations::{Cause, Conversation, Counterpart, Handling, Inbound, Said, Urgency};
use clinic::happenings::Happening;
use clinic::journal::Visit;
use clinic::outbox::Rank;
use clinic::patients::{ContactPoint, Patient, Sureness};
use clinic::playbooks::{Input, Reply, RunState};
use clinic::tasks::{NewTask, TaskKind};
use store::links::LinkPurpose;
use store::runs::Kept;

use super::facts;
use super::saying::{Ask, Courtesy};
use super::slots::days_after;
use super::threads::token_hash;
use crate::{Act, ActError};

const PREVIEW_CHARACTERS: usize = 120;

/// One message as it came in.
struct Heard<'a> {
    account: AccountId,
    channel: Channel,
    from: &'a Address,
    said: &'a Said,
    locale: Option<Locale>,
}

/// What a patient meant, as far as it is certain.
enum Meaning {
    Stop,
    Start,
    Emergency,
    /// To the question of a run, where one is named.
    Reply(Reply, Option<RunId>),
    /// A button of something that has changed since.
    Stale,
    Thanks,
    /// A person must look.
    Unclear,
    /// Nothing to do: a tap that was heard before, a deleted message.
    Nothing,
}

impl Act<'_, '_> {
    pub(crate) fn hear(&mut self, account: AccountId, channel: Channel, arrival: &Arrival) -> Result<(), ActError> {
        let Event::Message { provider_key, from, name, locale, said, .. } = &arrival.event else { return Ok(()) };
        let heard = Heard { account, channel, from, said, locale: locale.as_deref().and_then(Locale::preferred) };
        let conversation = self.thread_of(&heard, name)?;
        let patient = reader_of(&conversation);
        if let Some(patient) = patient {
            self.by = Actor::Patient(patient);
        }
        let inbound = Inbound {
            id: MessageId::new(self.now, &mut self.chance),
            conversation: conversation.id,
            channel,
            account,
            from: from.clone(),
            provider_key: provider_key.clone(),
            said: said.clone(),
            sent_at: arrival.at,
            received_at: self.now,
        };
        store::conversations::add_inbound(self.tx, &inbound)?;
        store::conversations::set_preview(self.tx, conversation.id, &preview(said))?;
        let what = Happening::MessageReceived { conversation: conversation.id, message: inbound.id };
        self.happened(conversation.clinic, patient, [what]);
        match patient {
            Some(patient) => {
                self.heard_from(patient, from)?;
                let reader = facts::patient(self.tx, patient)?;
                self.understood(conversation, &reader, &heard)
            }
            None => self.stranger(&conversation, &heard),
        }
    }

    /// Whose thread it is: a deep link or a shared number proves it; an address that we know says it.
    fn thread_of(&mut self, heard: &Heard<'_>, name: &str) -> Result<Conversation, ActError> {
        let proven = match heard.said {
            Said::Opened { token } => self.opened(token)?,
            Said::SharedContact { phone } => self.owner_of_number(heard, phone)?,
            _ => None,
        };
        if let Some(reader) = proven {
            return self.connect(&reader, heard.from);
        }
        if let Some(reader) = self.known_at(heard.from)? {
            return self.conversation_with(&reader);
        }
        if let Some(conversation) = store::conversations::with_unknown(self.tx, heard.from)? {
            return Ok(conversation);
        }
        let account = store::accounts::find(self.tx, heard.account)?.ok_or_else(ActError::not_found)?;
        let name: String = name.chars().filter(|letter| !letter.is_control()).take(100).collect();
        self.begin_conversation(account.clinic, Counterpart::Unknown { address: heard.from.clone(), name })
    }

    /// Who reads at an address: of several people the one who speaks for the others.
    fn known_at(&mut self, address: &Address) -> Result<Option<Patient>, ActError> {
        let mut readers = Vec::new();
        for contact in store::patients::contacts_at(self.tx, address)? {
            let patient = facts::patient(self.tx, contact.patient)?;
            let reader = facts::recipient(self.tx, &patient)?;
            if !readers.iter().any(|known: &Patient| known.id == reader.id) {
                readers.push(reader);
            }
        }
        // two who are not of one family: only a person can say which of them it is
        Ok(if readers.len() == 1 { readers.pop() } else { None })
    }

    fn opened(&mut self, token: &str) -> Result<Option<Patient>, ActError> {
        let hash = token_hash(token);
        let Some(link) = store::links::find(self.tx, &hash)? else { return Ok(None) };
        let fits = link.purpose == LinkPurpose::Connect && link.expires_at > self.now;
        if !fits || !store::links::use_once(self.tx, &hash, self.now)? {
            return Ok(None);
        }
        let patient = facts::patient(self.tx, link.patient)?;
        Ok(Some(facts::recipient(self.tx, &patient)?))
    }

    /// The messenger proves that the number is the sender's own; the card says whose number it is.
    fn owner_of_number(&mut self, heard: &Heard<'_>, phone: &str) -> Result<Option<Patient>, ActError> {
        let account = store::accounts::find(self.tx, heard.account)?.ok_or_else(ActError::not_found)?;
        let clinic = facts::clinic(self.tx, account.clinic)?;
        let international = if phone.starts_with('+') { phone.to_owned() } else { format!("+{phone}") };
        let Ok(phone) = Phone::parse(&international, &clinic.region).or_else(|_| Phone::parse(phone, &clinic.region)) else {
            return Ok(None);
        };
        self.known_at(&Address::phone(&phone))
    }

    /// Ties an account to a patient and brings what was said before into their thread.
    fn connect(&mut self, reader: &Patient, address: &Address) -> Result<Conversation, ActError> {
        self.by = Actor::Patient(reader.id);
        let contacts = store::patients::contacts(self.tx, reader.id)?;
        let (contact, what) = if let Some(contact) = contacts.into_iter().find(|contact| contact.address == *address) {
            contact.verify()
        } else {
            let id = ContactPointId::new(self.now, &mut self.chance);
            let (contact, added) = ContactPoint::new(id, reader.id, address.clone(), Sureness::Unverified, self.now);
            let (contact, verified) = contact.hear(self.now).0.verify();
            (contact, added.into_iter().chain(verified).collect())
        };
        store::patients::save_contact(self.tx, &contact)?;
        self.happened(reader.clinic, Some(reader.id), what);
        let conversation = self.conversation_with(reader)?;
        if let Some(before) = store::conversations::with_unknown(self.tx, address)?
            && before.id != conversation.id
        {
            store::conversations::join(self.tx, before.id, conversation.id)?;
        }
        Ok(conversation)
    }

    /// A sign of life from an address: it opens a messenger's window and leads the choice of channel.
    fn heard_from(&mut self, patient: kernel::PatientId, address: &Address) -> Result<(), ActError> {
        let contacts = store::patients::contacts(self.tx, patient)?;
        if let Some(contact) = contacts.into_iter().find(|contact| contact.address == *address) {
            let (contact, what) = contact.hear(self.now);
            store::patients::save_contact(self.tx, &contact)?;
            let clinic = facts::patient(self.tx, patient)?.clinic;
            self.happened(clinic, Some(patient), what);
        }
        Ok(())
    }

    fn understood(&mut self, conversation: Conversation, reader: &Patient, heard: &Heard<'_>) -> Result<(), ActError> {
        let meaning = self.meaning(reader, heard)?;
        match meaning {
            Meaning::Nothing | Meaning::Thanks => self.led(&conversation),
            // not even an echo goes out after it
            Meaning::Stop => {
                self.contact_opts(reader, heard.from, Wish::Out)?;
                self.led(&conversation)
            }
            Meaning::Start => {
                self.contact_opts(reader, heard.from, Wish::In)?;
                let conversation = self.led_by_bot(&conversation)?;
                self.courtesy(&conversation, "start-done", heard.politely())
            }
            Meaning::Emergency => self.emergency(&conversation, reader, heard),
            Meaning::Stale => {
                let conversation = self.led_by_bot(&conversation)?;
                self.courtesy(&conversation, "stale-button", heard.politely())
            }
            Meaning::Reply(reply, run) => self.answer(&conversation, reader, heard, (reply, run)),
            Meaning::Unclear => self.unclear(&conversation, reader, heard),
        }
    }

    fn meaning(&mut self, reader: &Patient, heard: &Heard<'_>) -> Result<Meaning, ActError> {
        Ok(match heard.said {
            Said::Words(_) | Said::Edited { .. } | Said::Media { .. } => {
                let open = self.asking(reader)?;
                match read(heard.said, asked(open.as_ref(), reader.locale)) {
                    Understood::Certain(answer) => meaning_of(answer, open.as_ref()),
                    Understood::Several(_) | Understood::Nothing => Meaning::Unclear,
                }
            }
            Said::Pressed { data, .. } => self.pressed(reader, data)?,
            Said::Reacted { to, emoji } => {
                let message = store::outbound::by_provider_key(self.tx, heard.account, to)?;
                let run = message.and_then(|message| run_of(&message.cause));
                match (understand_reaction(emoji), run) {
                    (Understood::Certain(answer), Some(run)) => match meaning_of(answer, None) {
                        Meaning::Reply(reply, _) => Meaning::Reply(reply, Some(run)),
                        other => other,
                    },
                    _ => Meaning::Nothing,
                }
            }
            Said::Deleted { .. } | Said::SharedContact { .. } | Said::Opened { .. } => Meaning::Nothing,
        })
    }

    /// A button names the message that it stood under: only that message's own patient can press it, and only while the
    /// question is open.
    fn pressed(&mut self, reader: &Patient, data: &str) -> Result<Meaning, ActError> {
        let Some((message, code)) = data.split_once('.') else { return Ok(Meaning::Unclear) };
        let (Ok(message), Some(reply)) = (message.parse::<MessageId>(), Reply::from_code(code)) else { return Ok(Meaning::Unclear) };
        let Some(message) = store::outbound::find(self.tx, message)? else { return Ok(Meaning::Unclear) };
        let theirs = store::conversations::of_patient(self.tx, reader.id)?.is_some_and(|own| own.id == message.conversation);
        let (true, Some(run)) = (theirs, run_of(&message.cause)) else { return Ok(Meaning::Unclear) };
        let Some(kept) = store::runs::find(self.tx, run)? else { return Ok(Meaning::Stale) };
        if kept.run.is_open() {
            return Ok(Meaning::Reply(reply, Some(run)));
        }
        // the second tap on 'confirm' is no news; anything else about what has ended is
        let repeats =
            matches!(&kept.run.state, RunState::Done { outcome } if outcome == "confirmed" || outcome == "moved" || outcome == "noted");
        Ok(match (repeats, reply) {
            (_, Reply::Person) => Meaning::Unclear,
            (true, Reply::Confirm | Reply::Slot(_) | Reply::Late(_) | Reply::Thanks) => Meaning::Nothing,
            _ => match self.current_visit(&kept)? {
                Some(_) if reply == Reply::Cancel || reply == Reply::AnotherTime => Meaning::Unclear,
                _ => Meaning::Stale,
            },
        })
    }

    fn current_visit(&mut self, kept: &Kept) -> Result<Option<Visit>, ActError> {
        let Some(visit) = kept.run.visit() else { return Ok(None) };
        let visit = facts::visit(self.tx, visit)?;
        let newest = store::visits::newest_of_chain(self.tx, visit.chain)?;
        Ok(newest.filter(|visit| visit.starts_at > self.now && visit.state.takes_time()))
    }

    /// The newest question that is open to this patient or for a child of theirs.
    fn asking(&mut self, reader: &Patient) -> Result<Option<Kept>, ActError> {
        let mut asking: Vec<Kept> = Vec::new();
        for member in facts::household(self.tx, reader)? {
            asking.extend(store::runs::open_of_patient(self.tx, member)?);
        }
        asking.retain(|kept| matches!(&kept.run.state, RunState::Waiting { question: Some(_), .. }));
        asking.sort_by_key(|kept| (kept.changed_at, kept.run.id));
        Ok(asking.pop())
    }

    fn answer(
        &mut self,
        conversation: &Conversation,
        reader: &Patient,
        heard: &Heard<'_>,
        meant: (Reply, Option<RunId>),
    ) -> Result<(), ActError> {
        let (reply, run) = meant;
        let named = run.map(|run| store::runs::find(self.tx, run)).transpose()?.flatten();
        let late_now = matches!(reply, Reply::Late(_)) && named.as_ref().is_none_or(|kept| kept.run.playbook != "running-late");
        if late_now && let Some(visit) = self.visit_today(reader)? {
            self.led_by_bot(conversation)?;
            return self.patient_is_late(&visit, reply);
        }
        let kept = match named {
            Some(kept) => Some(kept),
            None => self.asking(reader)?,
        };
        match kept {
            Some(kept) => {
                self.led_by_bot(conversation)?;
                self.go_on(kept, Input::Answered(reply)).map(drop)
            }
            None => self.unclear(conversation, reader, heard),
        }
    }

    /// The visit that somebody who is late means: today's next one of the family, begun an hour ago at most.
    fn visit_today(&mut self, reader: &Patient) -> Result<Option<Visit>, ActError> {
        let clinic = facts::clinic(self.tx, reader.clinic)?;
        let until = clinic.zone.start_of(days_after(self.now.date(&clinic.zone), 1));
        let from = self.now - std::time::Duration::from_hours(1);
        let mut today = Vec::new();
        for member in facts::household(self.tx, reader)? {
            today.extend(store::visits::of_patient(self.tx, member, from, until)?);
        }
        today.retain(|visit| visit.state.is_ahead());
        today.sort_by_key(|visit| (visit.starts_at, visit.id));
        Ok(today.into_iter().next())
    }

    /// Nobody can be certain: a person looks, with the context of the question that was open.
    fn unclear(&mut self, conversation: &Conversation, reader: &Patient, heard: &Heard<'_>) -> Result<(), ActError> {
        match self.asking(reader)? {
            Some(kept) if conversation_is_bots(conversation) => {
                self.received(conversation, Handling::ByBot)?;
                self.go_on(kept, Input::Unclear).map(drop)
            }
            _ => self.for_the_desk(conversation, heard),
        }
    }

    /// For the desk, with one acknowledgement in a closed period.
    fn for_the_desk(&mut self, conversation: &Conversation, heard: &Heard<'_>) -> Result<(), ActError> {
        let before = self.last_acknowledged(conversation)?;
        let conversation = self.received(conversation, Handling::ForDesk(Urgency::Normal))?;
        let clinic = facts::clinic(self.tx, conversation.clinic)?;
        if conversation.acknowledgement(heard.channel, before, &facts::open_days(&clinic), self.now).is_some() {
            self.courtesy(&conversation, "out-of-hours", heard.politely())?;
        }
        Ok(())
    }

    fn last_acknowledged(&mut self, conversation: &Conversation) -> Result<Option<Timestamp>, ActError> {
        let newest = store::outbound::of_conversation(self.tx, conversation.id, store::conversations::NEWEST, 50)?;
        let is_acknowledgement = |cause: &Cause| matches!(cause, Cause::Courtesy { text } if text == "out-of-hours");
        Ok(newest.iter().find(|message| is_acknowledgement(&message.cause)).map(|message| message.created_at))
    }

    fn emergency(&mut self, conversation: &Conversation, reader: &Patient, heard: &Heard<'_>) -> Result<(), ActError> {
        let conversation = self.received(conversation, Handling::ForDesk(Urgency::Emergency))?;
        self.open(NewTask {
            clinic: conversation.clinic,
            kind: TaskKind::Emergency,
            patient: Some(reader.id),
            visit: None,
            conversation: Some(conversation.id),
            run: None,
            reason: "task-reason-emergency".to_owned(),
            due_at: self.now,
        })?;
        self.courtesy(&conversation, "emergency-routed", heard.safely())
    }

    /// Somebody whom we do not know waits for a person; the first time they are asked for their own number.
    fn stranger(&mut self, conversation: &Conversation, heard: &Heard<'_>) -> Result<(), ActError> {
        let first = store::outbound::of_conversation(self.tx, conversation.id, store::conversations::NEWEST, 1)?.is_empty();
        let language = heard.locale.unwrap_or_default();
        let urgent = read(heard.said, asked(None, language)) == Understood::Certain(Answer::Emergency);
        let urgency = if urgent { Urgency::Emergency } else { Urgency::Normal };
        let conversation = self.received(conversation, Handling::ForDesk(urgency))?;
        if urgent {
            return self.courtesy(&conversation, "emergency-routed", heard.safely());
        }
        let asks =
            channels::connector(heard.channel).and_then(|connector| connector.card().buttons).is_some_and(|buttons| buttons.share_contact);
        if first && asks {
            return self.courtesy(&conversation, "contact-ask", Courtesy { ask: Ask::Number, ..heard.politely() });
        }
        Ok(())
    }

    fn led(&mut self, conversation: &Conversation) -> Result<(), ActError> {
        self.led_by_bot(conversation).map(drop)
    }

    fn led_by_bot(&mut self, conversation: &Conversation) -> Result<Conversation, ActError> {
        self.received(conversation, Handling::ByBot)
    }

    fn received(&mut self, conversation: &Conversation, handling: Handling) -> Result<Conversation, ActError> {
        // the row may have moved on since it was read: a hand-over within this very act
        let conversation = store::conversations::find(self.tx, conversation.id)?.ok_or_else(ActError::not_found)?;
        let before = conversation.version;
        let (conversation, what) = conversation.receive(handling, self.now);
        self.keep_conversation(before, &conversation, what)?;
        Ok(conversation)
    }

    fn contact_opts(&mut self, reader: &Patient, address: &Address, wish: Wish) -> Result<(), ActError> {
        let contacts = store::patients::contacts(self.tx, reader.id)?;
        let Some(contact) = contacts.into_iter().find(|contact| contact.address == *address) else { return Ok(()) };
        let (contact, what) = match wish {
            Wish::Out => contact.opt_out(self.now),
            Wish::In => contact.opt_in(),
        };
        store::patients::save_contact(self.tx, &contact)?;
        self.happened(reader.clinic, Some(reader.id), what);
        Ok(())
    }

    pub(crate) fn contact_blocked(&mut self, address: &Address) -> Result<(), ActError> {
        for contact in store::patients::contacts_at(self.tx, address)? {
            let patient = facts::patient(self.tx, contact.patient)?;
            let (contact, what) = contact.lose(self.now);
            store::patients::save_contact(self.tx, &contact)?;
            self.happened(patient.clinic, Some(patient.id), what);
        }
        Ok(())
    }

    pub(crate) fn contact_unblocked(&mut self, address: &Address) -> Result<(), ActError> {
        for contact in store::patients::contacts_at(self.tx, address)? {
            let patient = facts::patient(self.tx, contact.patient)?;
            let (contact, what) = contact.hear(self.now);
            store::patients::save_contact(self.tx, &contact)?;
            self.happened(patient.clinic, Some(patient.id), what);
        }
        Ok(())
    }
}

#[derive(Clone, Copy)]
enum Wish {
    Out,
    In,
}

impl Heard<'_> {
    fn politely(&self) -> Courtesy {
        Courtesy { rank: Rank::Reply, locale: self.locale, channel: Some(self.channel), ask: Ask::Nothing }
    }

    fn safely(&self) -> Courtesy {
        Courtesy { rank: Rank::Safety, ..self.politely() }
    }
}

fn reader_of(conversation: &Conversation) -> Option<kernel::PatientId> {
    match &conversation.with {
        Counterpart::Patient(patient) => Some(*patient),
        Counterpart::Unknown { .. } => None,
    }
}

const fn run_of(cause: &Cause) -> Option<RunId> {
    match cause {
        Cause::Run { run, .. } => Some(*run),
        Cause::Reply { .. } | Cause::Trial { .. } | Cause::Courtesy { .. } => None,
    }
}

fn conversation_is_bots(conversation: &Conversation) -> bool {
    use clinic::conversations::ConversationState as State;
    matches!(conversation.state, State::Bot | State::Answered { .. } | State::Closed { .. })
}

/// The first words, for the list.
fn preview(said: &Said) -> String {
    let words = match said {
        Said::Words(words) | Said::Edited { words, .. } => words.as_str(),
        Said::Pressed { label, .. } => label,
        Said::Reacted { emoji, .. } => emoji,
        Said::Media { caption, .. } => caption,
        Said::Deleted { .. } | Said::SharedContact { .. } | Said::Opened { .. } => "",
    };
    words.chars().take(PREVIEW_CHARACTERS).collect()
}

/// What the patient was asked last: a bare '2' means something else after three offered times than after 'how late?'.
fn asked(open: Option<&Kept>, language: Locale) -> Asked {
    let question = match open.map(|kept| &kept.run) {
        Some(run) if run.playbook == "running-late" => Question::Minutes,
        Some(run) if run.offered.len() > run.last_offer => Question::Slots(run.offered.len() - run.last_offer),
        Some(_) | None => Question::Open,
    };
    Asked { language, question }
}

fn meaning_of(answer: Answer, open: Option<&Kept>) -> Meaning {
    let reply = match answer {
        Answer::Stop => return Meaning::Stop,
        Answer::Start => return Meaning::Start,
        Answer::Emergency => return Meaning::Emergency,
        Answer::Thanks => return Meaning::Thanks,
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
        Answer::Slot(place) => Reply::Slot(place + open.map_or(0, |kept| kept.run.last_offer)),
    };
    Meaning::Reply(reply, None)
}
