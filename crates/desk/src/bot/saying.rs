//! From an outline or a few words to a message in the outbox: the text in the reader's language, the buttons, the gate.

use kernel::{ContactPointId, Locale, MessageId, Timestamp, format};

use channels::calendar::{CalendarVisit, Standing as CalendarStanding, invitation, media_type};
use clinic::actors::Channel;
use clinic::clinics::Clinic;
use clinic::consents::Purpose;
use clinic::conversations::{Attachment, Button, Cause, Content, Conversation, Counterpart, MadeOf, Press};
use clinic::gate::{Occasion, Sensitivity, Timing, VisitPin, said_key};
use clinic::journal::Visit;
use clinic::outbox::{Draft, Outbound, Rank};
use clinic::patients::Patient;
use clinic::playbooks::{Attach, Ladder, Outline, Reply, Run, Script};
use clinic::texts::{Filling, Overrides, Phrasebook, SlotLine, VisitLine, render};
use store::links::LinkPurpose;

use super::facts;
use crate::{Act, ActError};

/// Who and what a message is about.
#[derive(Clone, Copy)]
struct Scene<'a> {
    clinic: &'a Clinic,
    reader: &'a Patient,
    about: &'a Patient,
    visits: &'a [Visit],
}

/// How a courtesy is said.
#[derive(Clone, Copy)]
pub(crate) struct Courtesy {
    pub rank: Rank,
    /// The language of the sender's telephone, for somebody whom we do not know.
    pub locale: Option<Locale>,
    /// Where it must go, whatever is preferred: STOP is answered where it was said.
    pub channel: Option<Channel>,
    pub ask: Ask,
}

impl Courtesy {
    /// An answer to what was asked there just now.
    pub const fn on(channel: Channel, locale: Locale) -> Self {
        Self { rank: Rank::Reply, locale: Some(locale), channel: Some(channel), ask: Ask::Nothing }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ask {
    Nothing,
    /// The sender's own number, with one tap.
    Number,
}

impl Act<'_, '_> {
    /// A step of a run says something.
    pub(crate) fn say(&mut self, script: &Script, run: &Run, outline: &Outline) -> Result<(), ActError> {
        let mut visits = Vec::new();
        for id in &outline.visits {
            visits.extend(store::visits::find(self.tx, *id)?);
        }
        // a family reads its day in the order of the day
        visits.sort_by_key(|visit| (visit.starts_at, visit.id));
        // of a family's visits that were asked about together, only the child's may be left
        let about = facts::patient(self.tx, visits.first().map_or(run.patient, |visit| visit.patient))?;
        let reader = facts::recipient(self.tx, &about)?;
        let clinic = facts::clinic(self.tx, run.clinic)?;
        let id = self.next_message();
        let filling = self.filling(&Scene { clinic: &clinic, reader: &reader, about: &about, visits: &visits }, outline, run)?;
        let own = self.wordings(&clinic)?;
        let mut content = words(&outline.text, reader.locale, &filling, &own)?;
        content.made_of = self.made_of(&clinic, &outline.text, reader.locale, &filling)?;
        content.buttons = buttons(id, outline, &clinic, reader.locale);
        if outline.attach == Attach::Calendar {
            content.attachments = visits.iter().map(|visit| calendar(visit, &clinic, self.now)).collect();
        }
        let conversation = self.conversation_with(&reader)?;
        let draft = Draft {
            conversation: conversation.id,
            clinic: run.clinic,
            patient: Some(about.id),
            purpose: script.purpose,
            rank: outline.rank,
            sensitivity: Sensitivity::Open,
            timing: Timing::Polite,
            cause: Cause::Run { run: run.id, playbook: run.playbook.clone(), step: outline.step.clone() },
            content,
            says: says(run, outline, &visits),
            visit: visits.first().filter(|visit| visit.starts_at > self.now).map(pin),
            chosen: None,
            useful_until: outline.useful_until,
        };
        let tried = match outline.ladder {
            Ladder::Same => Vec::new(),
            Ladder::Next => self.tried(run, &conversation)?,
        };
        self.send(Outbound::plan(draft, id, self.now), &tried).map(drop)
    }

    fn filling(&mut self, scene: &Scene<'_>, outline: &Outline, run: &Run) -> Result<Filling, ActError> {
        let Scene { clinic, reader, about, visits } = *scene;
        let mut filling = Filling::of(clinic).patient(&reader.name).opening(facts::answered_by(clinic, self.now));
        if about.id != reader.id {
            filling = filling.visitor(&about.name);
        }
        if let Some(visit) = visits.first() {
            let title = self.title_of(visit.provider)?;
            filling = filling.provider(&title).visit_at(visit.starts_at);
            let service = facts::service(self.tx, visit.service)?;
            if !service.preparation.is_empty() {
                filling = filling.preparation(&service.preparation);
            }
            if let Some(url) = self.link(clinic, about, LinkPurpose::Visit, Some(visit))? {
                filling = filling.visit_url(&url);
            }
        }
        if let Some(minutes) = run.late_minutes {
            filling = filling.minutes(minutes);
        }
        let mut slots = Vec::new();
        for (_, slot) in &outline.slots {
            slots.push(SlotLine { starts_at: slot.starts_at, provider: Some(self.title_of(slot.provider)?) });
        }
        let mut lines = Vec::new();
        for visit in visits {
            let visitor = facts::patient(self.tx, visit.patient)?.name;
            lines.push(VisitLine { starts_at: visit.starts_at, visitor, provider: Some(self.title_of(visit.provider)?) });
        }
        Ok(filling.slots(slots).visits(lines))
    }

    /// Kept beside the words where they may have to be said by an approved text.
    fn made_of(&mut self, clinic: &Clinic, text: &str, locale: Locale, filling: &Filling) -> Result<Option<MadeOf>, ActError> {
        let may_need_it = self.has_approved_texts(clinic.id)?;
        Ok(may_need_it.then(|| MadeOf { text: text.to_owned(), locale, values: filling.said(locale) }))
    }

    /// The clinic's own wordings. One that no longer fits is left out, and the shipped one is said.
    fn wordings(&mut self, clinic: &Clinic) -> Result<Overrides, ActError> {
        let (own, _) = Overrides::read(store::texts::of_clinic(self.tx, clinic.id)?);
        Ok(own)
    }

    /// Where this run has asked before.
    fn tried(&mut self, run: &Run, conversation: &Conversation) -> Result<Vec<ContactPointId>, ActError> {
        let before = store::outbound::since(self.tx, conversation.id, run.started_at)?;
        let of_run = |message: &&Outbound| matches!(&message.cause, Cause::Run { run: known, .. } if *known == run.id);
        Ok(before.iter().filter(of_run).filter_map(|message| message.route.as_ref()?.contact).collect())
    }

    /// A short answer of the program itself: after STOP, out of hours, to an unknown sender.
    pub(crate) fn courtesy(&mut self, conversation: &Conversation, text: &str, ask: Courtesy) -> Result<(), ActError> {
        self.courtesy_about(conversation, text, ask, None)
    }

    /// The same about a visit as it stands.
    pub(crate) fn courtesy_about(
        &mut self,
        conversation: &Conversation,
        text: &str,
        ask: Courtesy,
        visit: Option<&Visit>,
    ) -> Result<(), ActError> {
        let clinic = facts::clinic(self.tx, conversation.clinic)?;
        let reader = match &conversation.with {
            Counterpart::Patient(patient) => store::patients::find(self.tx, *patient)?,
            Counterpart::Unknown { .. } => None,
        };
        let locale = reader.as_ref().map_or(clinic.locale, |reader| reader.locale);
        let locale = ask.locale.filter(|_| reader.is_none()).unwrap_or(locale);
        let mut filling = Filling::of(&clinic).opening(facts::answered_by(&clinic, self.now));
        if let Some(reader) = &reader {
            filling = filling.patient(&reader.name);
        }
        if let Some(visit) = visit {
            let about = facts::patient(self.tx, visit.patient)?;
            filling = filling.provider(&self.title_of(visit.provider)?).visit_at(visit.starts_at);
            if reader.as_ref().is_some_and(|reader| reader.id != about.id) {
                filling = filling.visitor(&about.name);
            }
            if let Some(url) = self.link(&clinic, &about, LinkPurpose::Visit, Some(visit))? {
                filling = filling.visit_url(&url);
            }
        }
        let mut content = words(text, locale, &filling, &self.wordings(&clinic)?)?;
        content.made_of = self.made_of(&clinic, text, locale, &filling)?;
        if ask.ask == Ask::Number {
            let label = Phrasebook::of(locale).say_plain("button-share-contact", &[]);
            content.buttons = vec![Button { label, press: Press::ShareContact }];
        }
        let id = self.next_message();
        let draft = Draft {
            conversation: conversation.id,
            clinic: conversation.clinic,
            patient: reader.as_ref().map(|reader| reader.id),
            purpose: Purpose::Service,
            rank: ask.rank,
            sensitivity: Sensitivity::Open,
            timing: Timing::Polite,
            cause: Cause::Courtesy { text: text.to_owned() },
            content,
            says: Vec::new(),
            visit: None,
            chosen: ask.channel,
            useful_until: None,
        };
        self.send(Outbound::plan(draft, id, self.now), &[]).map(drop)
    }
}

/// A text with its subject, for a reader.
fn words(text: &str, locale: Locale, filling: &Filling, own: &Overrides) -> Result<Content, ActError> {
    let say = |key: &str| render(key, locale, filling, own);
    let unsaid = |unsaid: clinic::texts::Unsaid| ActError::Store(store::StoreError::Bug(unsaid.to_string()));
    let subject = say(&format!("subject-{text}")).map_err(unsaid)?;
    Ok(Content { subject, text: say(text).map_err(unsaid)?, ..Content::default() })
}

fn buttons(id: MessageId, outline: &Outline, clinic: &Clinic, locale: Locale) -> Vec<Button> {
    let press = |reply: Reply| Press::Answer(format!("{id}.{}", reply.code()));
    let slots = outline.slots.iter().map(|(place, slot)| Button {
        label: format::moment_short(slot.starts_at, &clinic.zone, locale),
        press: press(Reply::Slot(*place)),
    });
    let words = outline
        .replies
        .iter()
        .map(|reply| Button { label: Phrasebook::of(locale).say_plain(&format!("button-{}", reply.code()), &[]), press: press(*reply) });
    slots.chain(words).collect()
}

/// One key for each visit that it names, so that no visit is reminded of twice by the same step.
fn says(run: &Run, outline: &Outline, visits: &[Visit]) -> Vec<String> {
    if outline.rank == Rank::Reply || outline.ladder == Ladder::Next {
        return Vec::new();
    }
    let occasion = |visit: &Visit| Occasion::Visit { chain: visit.chain, starts_at: visit.starts_at };
    if visits.is_empty() {
        return vec![said_key(&run.playbook, &outline.step, Occasion::Run(run.id))];
    }
    visits.iter().map(|visit| said_key(&run.playbook, &outline.step, occasion(visit))).collect()
}

fn pin(visit: &Visit) -> VisitPin {
    VisitPin { visit: visit.id, version: visit.version }
}

/// The visit as a file for the patient's calendar: when and where, never what is done there.
pub(crate) fn calendar(visit: &Visit, clinic: &Clinic, now: Timestamp) -> Attachment {
    let entry = CalendarVisit {
        chain: visit.chain.to_string(),
        changes: visit.moves,
        standing: if visit.state.takes_time() { CalendarStanding::Stands } else { CalendarStanding::Cancelled },
        starts_at: visit.starts_at,
        ends_at: visit.ends_at,
        at: now,
        title: clinic.name.clone(),
        place: clinic.address.clone(),
        page: None,
        parties: None,
    };
    Attachment { name: "visit.ics".to_owned(), media_type: media_type(&entry), text: invitation(&entry) }
}
