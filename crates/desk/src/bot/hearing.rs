//! What a message from outside means: who it is, what it answers, and whether a person must look.

use kernel::{AccountId, Address, ContactPointId, ConversationId, Locale, Phone, Timestamp, VisitId};

use channels::{Arrival, Disclosure, Event};
use clinic::actors::{Actor, Channel};
use clinic::answers::{Answer, Understood, read};
use clinic::conversations::{Cause, Conversation, Counterpart, Handling, Inbound, Said, SenderCheck, Urgency};
use clinic::files::{FileState, MessageFile, WhyLost, harmless_name};
use clinic::happenings::Happening;
use clinic::journal::VisitState;
use clinic::outbox::{Outbound, Rank};
use clinic::patients::{ContactPoint, ContactState, Patient, ProfileName, Sign, Sureness};
use clinic::playbooks::Input;
use clinic::tasks::{NewTask, TaskKind};
use store::links::LinkPurpose;

use super::facts;
use super::meaning::{Meaning, asked, is_bots_turn};
use super::saying::{Ask, Courtesy};
use super::threads::token_hash;
use crate::{Act, ActError};

const PREVIEW_CHARACTERS: usize = 120;

/// One message as it came in.
pub(super) struct Heard<'a> {
    pub account: AccountId,
    pub channel: Channel,
    pub from: &'a Address,
    /// Where the provider vouches for it.
    pub phone: Option<&'a Phone>,
    pub said: &'a Said,
    pub locale: Option<Locale>,
    /// The message of ours that this answers, by a name that nobody can guess.
    pub answers: Option<Outbound>,
    /// Who has shown by a code from the desk that they are this reader.
    pub coded: Option<Patient>,
}

impl Act<'_, '_> {
    pub(crate) fn hear(&mut self, account: AccountId, channel: Channel, arrival: &Arrival) -> Result<(), ActError> {
        let Event::Message { provider_key, from, phone, name, locale, said, reply_to } = &arrival.event else { return Ok(()) };
        // under a borrowed address nobody answers us, whatever they have found out
        let named = reply_to.as_deref().filter(|_| arrival.sender != SenderCheck::Failed);
        let answers = self.answered(account, channel, named)?;
        let locale = locale.as_deref().and_then(Locale::preferred);
        let coded = if vouches(channel) { self.coded(account, from, said)? } else { None };
        // in the thread it stands as what it was: the way in
        let opened = Said::Opened { token: String::new() };
        let said = if coded.is_some() { &opened } else { said };
        let heard = Heard { account, channel, from, phone: phone.as_ref(), said, locale, answers, coded };
        if matches!(said, Said::Automatic(_)) && heard.answers.is_none() && self.thread_at(from)?.is_none() {
            // advertising, and what other programs write: of nobody whom we know
            return Ok(());
        }
        let conversation = self.thread_of(&heard, name)?;
        let patient = reader_of(&conversation);
        if let Some(patient) = patient {
            self.by = Actor::Patient(patient);
        }
        let inbound = Inbound {
            id: self.next_message(),
            conversation: conversation.id,
            channel,
            account,
            from: from.clone(),
            provider_key: provider_key.clone(),
            said: said.clone(),
            sender: arrival.sender,
            sent_at: arrival.at,
            received_at: self.now,
        };
        // before anything refers to the thread: whoever is joining it with another one is waited for, and does not wait for us
        store::conversations::set_preview(self.tx, conversation.id, &preview(said))?;
        store::conversations::add_inbound(self.tx, &inbound)?;
        self.expect_file(&inbound)?;
        let what = Happening::MessageReceived { conversation: conversation.id, message: inbound.id };
        self.happened(conversation.clinic, patient, [what]);
        match patient {
            Some(patient) => {
                if matches!(said, Said::Automatic(_)) {
                    return self.led(&conversation);
                }
                let is_doubted = self.heard_from(patient, &heard, name)?;
                let reader = facts::patient(self.tx, patient)?;
                if !is_doubted && self.has_proven(&reader, &heard)? {
                    self.understood(&conversation, &reader, &heard)
                } else {
                    self.unproven(&conversation, &reader, &heard)
                }
            }
            None => self.stranger(&conversation, &heard),
        }
    }

    /// What came by reference is fetched once this is on disk. What a mail or the program itself brings along is kept already, and
    /// nobody else can name a file of ours.
    fn expect_file(&mut self, inbound: &Inbound) -> Result<(), ActError> {
        let Said::Media { kind, file: Some(file), .. } = &inbound.said else { return Ok(()) };
        let brings = matches!(inbound.channel, Channel::Email | Channel::Web | Channel::Sandbox);
        if let Some(hash) = file.kept().filter(|_| brings)
            && let Some(kept) = store::files::find(self.tx, &hash)?
        {
            return self.enclose(inbound.id, &file.name, kept);
        }
        // of what is not there any more the thread says so: the message stands
        let state =
            if file.kept().is_some() { FileState::Lost(WhyLost::Gone) } else { FileState::Waiting { due_at: self.now, attempts: 0 } };
        let file = MessageFile { number: 0, name: harmless_name(&file.name), kind: *kind, state };
        Ok(store::files::add(self.tx, inbound.id, &file)?)
    }

    /// The message of ours that is answered, where only that proves who writes. It must have gone through this very account.
    fn answered(&mut self, account: AccountId, channel: Channel, named: Option<&str>) -> Result<Option<Outbound>, ActError> {
        let proves = channels::connector(channel).is_some_and(|connector| !connector.vouches_for_senders());
        let Some(id) = named.filter(|_| proves).and_then(|named| named.parse().ok()) else { return Ok(None) };
        self.sent_through(account, id)
    }

    /// Whose thread it is: a deep link or a shared number proves it; an address that we know says it.
    fn thread_of(&mut self, heard: &Heard<'_>, name: &str) -> Result<Conversation, ActError> {
        let proven = match heard.said {
            Said::Opened { .. } if heard.coded.is_some() => heard.coded.clone(),
            Said::Opened { token } => self.opened(token)?,
            Said::SharedContact { phone } => self.owner_of_number(heard, phone)?,
            _ => None,
        };
        if let Some(reader) = proven {
            return self.connect(&reader, heard);
        }
        // from another address too: whoever answers has our message
        if let Some(message) = &heard.answers
            && let Some(conversation) = store::conversations::find(self.tx, message.conversation)?
            && reader_of(&conversation).is_some()
        {
            return Ok(conversation);
        }
        // the messenger's account is a number that stands on somebody's card
        if let Some(phone) = heard.phone
            && store::patients::contacts_at(self.tx, heard.from)?.is_empty()
            && let Some(reader) = self.known_at(&Address::phone(phone))?
        {
            return self.connect(&reader, heard);
        }
        // asked before the card: a thread that the desk links meanwhile is gone only once its address is known
        let unknown = store::conversations::with_unknown(self.tx, heard.from)?;
        if let Some(reader) = self.known_at(heard.from)? {
            return self.conversation_with(&reader);
        }
        if let Some(conversation) = unknown {
            return Ok(conversation);
        }
        let account = store::accounts::find(self.tx, heard.account)?.ok_or_else(ActError::not_found)?;
        let name: String = name.chars().filter(|letter| !letter.is_control()).take(100).collect();
        self.begin_conversation(account.clinic, Counterpart::Unknown { address: heard.from.clone(), name })
    }

    /// The thread in which somebody at this address reads; None if nothing was ever said there.
    pub(crate) fn thread_at(&mut self, address: &Address) -> Result<Option<ConversationId>, ActError> {
        if let Some(reader) = self.known_at(address)? {
            return Ok(store::conversations::of_patient(self.tx, reader.id)?.map(|conversation| conversation.id));
        }
        Ok(store::conversations::with_unknown(self.tx, address)?.map(|conversation| conversation.id))
    }

    /// Who reads at an address: of several people the one who speaks for the others.
    pub(crate) fn known_at(&mut self, address: &Address) -> Result<Option<Patient>, ActError> {
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
    fn connect(&mut self, reader: &Patient, heard: &Heard<'_>) -> Result<Conversation, ActError> {
        let address = heard.from;
        self.by = Actor::Patient(reader.id);
        let contacts = store::patients::contacts(self.tx, reader.id)?;
        let (contact, what) = if let Some(contact) = contacts.into_iter().find(|contact| contact.address == *address) {
            self.is_theirs(&contact)?;
            contact.verify()
        } else {
            let id = ContactPointId::new(self.now, &mut self.chance);
            let (contact, added) = ContactPoint::new(id, reader.id, address.clone(), Sureness::Unverified, self.now);
            let (contact, verified) = contact.hear(self.now).0.verify();
            (contact, added.into_iter().chain(verified).collect())
        };
        store::patients::save_contact(self.tx, &contact)?;
        self.happened(reader.clinic, Some(reader.id), what);
        let conversation = match store::conversations::with_unknown(self.tx, address)? {
            Some(unknown) => self.join_threads(unknown, reader.id)?,
            None => self.conversation_with(reader)?,
        };
        // whoever was welcomed long ago still wants to see that it has worked
        if store::runs::has_had(self.tx, reader.id, "welcome")? {
            self.courtesy(&conversation, "contact-linked", heard.politely())?;
        }
        Ok(conversation)
    }

    /// A sign of life from an address: it opens a messenger's window and leads the choice of channel. True: it may be somebody
    /// else who has the number by now.
    fn heard_from(&mut self, patient: kernel::PatientId, heard: &Heard<'_>, name: &str) -> Result<bool, ActError> {
        let contacts = store::patients::contacts(self.tx, patient)?;
        let Some(before) = contacts.into_iter().find(|contact| contact.address == *heard.from) else { return Ok(false) };
        let (contact, what) = before.clone().hear(self.now);
        let shown = ProfileName::new(name).filter(|_| vouches(heard.channel));
        let contact = ContactPoint { called: shown.or(contact.called), ..contact };
        store::patients::change_contact(self.tx, &contact)?;
        let card = facts::patient(self.tx, patient)?;
        self.happened(card.clinic, Some(patient), what);
        // whoever has just shown who they are is not doubted
        if matches!(heard.said, Said::Opened { .. } | Said::SharedContact { .. }) {
            return Ok(false);
        }
        if let ContactState::Unreachable { at } = before.state
            && self.notice(&contact, Sign::BackAfter(self.now.since(at)))?
        {
            return Ok(true);
        }
        let (Some(was), Some(is)) = (&before.called, &contact.called) else { return Ok(false) };
        let patient = format!("{} {}", card.name.given(), card.name.family());
        self.notice(&contact, Sign::Renamed { was: was.as_str(), is: is.as_str(), patient: &patient })
    }

    /// Where anybody may sit, the address alone proves nothing.
    fn has_proven(&mut self, reader: &Patient, heard: &Heard<'_>) -> Result<bool, ActError> {
        let connector = channels::connector(heard.channel);
        if connector.is_some_and(|connector| !connector.vouches_for_senders()) {
            return Ok(heard.answers.as_ref().and_then(|message| message.route.as_ref()).is_some_and(|route| route.to == *heard.from));
        }
        let disclosure = connector.map(|connector| connector.card().disclosure);
        if disclosure != Some(Disclosure::Verified) {
            return Ok(true);
        }
        let contacts = store::patients::contacts(self.tx, reader.id)?;
        Ok(contacts.iter().any(|contact| contact.address == *heard.from && contact.sureness == Sureness::Verified))
    }

    /// The desk believes that it is this patient, and nothing has proven it: the bot neither tells nor takes anything.
    fn unproven(&mut self, conversation: &Conversation, reader: &Patient, heard: &Heard<'_>) -> Result<(), ActError> {
        if let Said::Pressed { data, .. } = heard.said
            && self.takes_the_way_out(reader, data)?
        {
            self.led(conversation)?;
            return self.wrong_person(heard.from);
        }
        match read(heard.said, asked(None, reader.locale)) {
            Understood::Certain(Answer::Stop) => {
                self.contact_opts(reader, heard.from, Wish::Out)?;
                self.led(conversation)
            }
            Understood::Certain(Answer::WrongPerson) if vouches(heard.channel) => {
                self.led(conversation)?;
                self.wrong_person(heard.from)
            }
            Understood::Certain(Answer::Emergency) => self.emergency(conversation, reader, heard),
            _ => self.for_the_desk(conversation, heard),
        }
    }

    fn understood(&mut self, conversation: &Conversation, reader: &Patient, heard: &Heard<'_>) -> Result<(), ActError> {
        match self.meaning(conversation, reader, heard)? {
            Meaning::Nothing | Meaning::Thanks => self.led(conversation),
            // not even an echo goes out after it
            Meaning::Stop => {
                self.contact_opts(reader, heard.from, Wish::Out)?;
                self.led(conversation)
            }
            // a stranger reads nothing more of the patient's
            Meaning::WrongPerson => {
                self.led(conversation)?;
                self.wrong_person(heard.from)
            }
            Meaning::Start => {
                self.contact_opts(reader, heard.from, Wish::In)?;
                let conversation = self.led_by_bot(conversation)?;
                self.courtesy(&conversation, "start-done", heard.politely())
            }
            Meaning::Emergency => self.emergency(conversation, reader, heard),
            Meaning::Stale(visit) => self.stale(conversation, visit, heard),
            Meaning::Answer(reply, kept) => {
                self.led(conversation)?;
                self.go_on(*kept, Input::Answered(reply)).map(drop)
            }
            Meaning::About(reply, visit) => {
                self.led(conversation)?;
                self.answered_about(&visit, reply)
            }
            Meaning::Unclear => self.unclear(conversation, reader, heard),
        }
    }

    /// Nobody can be certain: a person looks, with the context of the question that was open.
    fn unclear(&mut self, conversation: &Conversation, reader: &Patient, heard: &Heard<'_>) -> Result<(), ActError> {
        match self.asking(reader)? {
            Some(kept) if is_bots_turn(conversation, Some(&kept)) => {
                self.received(conversation, Handling::ByBot)?;
                self.go_on(kept, Input::Unclear).map(drop)
            }
            _ => self.for_the_desk(conversation, heard),
        }
    }

    /// A button of what has changed since: how it stands now.
    fn stale(&mut self, conversation: &Conversation, visit: Option<VisitId>, heard: &Heard<'_>) -> Result<(), ActError> {
        let conversation = self.led_by_bot(conversation)?;
        let newest = match visit {
            Some(visit) => {
                let chain = facts::visit(self.tx, visit)?.chain;
                store::visits::newest_of_chain(self.tx, chain)?
            }
            None => None,
        };
        match &newest {
            Some(visit) if visit.state.is_ahead() && visit.starts_at > self.now => {
                self.courtesy_about(&conversation, "stale-button", heard.politely(), Some(visit))
            }
            Some(visit) if matches!(visit.state, VisitState::Cancelled { .. }) => {
                self.courtesy_about(&conversation, "cancelled-details", heard.politely(), Some(visit))
            }
            _ => self.courtesy(&conversation, "nothing-to-do", heard.politely()),
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
            tries: 0,
        })?;
        self.courtesy(&conversation, "emergency-routed", heard.safely())
    }

    /// Somebody whom we do not know waits for a person; the first time they are asked for their own number.
    fn stranger(&mut self, conversation: &Conversation, heard: &Heard<'_>) -> Result<(), ActError> {
        // a forwarded button, or a wish to hear nothing: there is nobody to write to
        let silent = matches!(heard.said, Said::Automatic(_) | Said::Pressed { .. } | Said::Reacted { .. } | Said::Deleted { .. });
        let language = heard.locale.unwrap_or_default();
        let understood = read(heard.said, asked(None, language));
        if silent || matches!(understood, Understood::Certain(Answer::Stop | Answer::WrongPerson)) {
            return self.led(conversation);
        }
        let first = store::outbound::of_conversation(self.tx, conversation.id, store::conversations::NEWEST, 1)?.is_empty();
        let urgent = understood == Understood::Certain(Answer::Emergency);
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
        store::patients::change_contact(self.tx, &contact)?;
        self.happened(reader.clinic, Some(reader.id), what);
        Ok(())
    }

    pub(crate) fn contact_blocked(&mut self, address: &Address) -> Result<(), ActError> {
        for contact in store::patients::contacts_at(self.tx, address)? {
            let patient = facts::patient(self.tx, contact.patient)?;
            let (contact, what) = contact.lose(self.now);
            store::patients::change_contact(self.tx, &contact)?;
            self.happened(patient.clinic, Some(patient.id), what);
        }
        Ok(())
    }

    /// Whoever reads there does not want what we write.
    pub(crate) fn contact_unwelcome(&mut self, address: &Address) -> Result<(), ActError> {
        for contact in store::patients::contacts_at(self.tx, address)? {
            let patient = facts::patient(self.tx, contact.patient)?;
            let (contact, what) = contact.opt_out(self.now);
            store::patients::change_contact(self.tx, &contact)?;
            self.happened(patient.clinic, Some(patient.id), what);
        }
        Ok(())
    }

    pub(crate) fn contact_unblocked(&mut self, address: &Address) -> Result<(), ActError> {
        for contact in store::patients::contacts_at(self.tx, address)? {
            let patient = facts::patient(self.tx, contact.patient)?;
            let (contact, what) = contact.hear(self.now);
            store::patients::change_contact(self.tx, &contact)?;
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

/// Whether the provider knows who writes.
fn vouches(channel: Channel) -> bool {
    channels::connector(channel).is_some_and(channels::Connector::vouches_for_senders)
}

fn reader_of(conversation: &Conversation) -> Option<kernel::PatientId> {
    match &conversation.with {
        Counterpart::Patient(patient) => Some(*patient),
        Counterpart::Unknown { .. } => None,
    }
}

/// The first words, for the list.
fn preview(said: &Said) -> String {
    let words = match said {
        Said::Words(words) | Said::Automatic(words) | Said::Edited { words, .. } => words.as_str(),
        Said::Pressed { label, .. } => label,
        Said::Reacted { emoji, .. } => emoji,
        Said::Media { kind, caption, .. } if caption.trim().is_empty() => kind.sign(),
        Said::Media { caption, .. } => caption,
        Said::Deleted { .. } | Said::SharedContact { .. } | Said::Opened { .. } => "",
    };
    words.chars().take(PREVIEW_CHARACTERS).collect()
}
