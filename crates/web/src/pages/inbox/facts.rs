//! What is worth knowing about a patient before answering: the next visit, where they are reached, what may be sent.

use clinic::consents::{Consent, Ledger, Purpose};
use clinic::happenings::Recorded;
use clinic::journal::VisitState;
use clinic::patients::{Bots, ContactPoint, ContactState, Patient, Standing};
use desk::ActError;
use kernel::{ConversationId, PatientId, Scheme, Timestamp, format};
use store::Tx;
use store::conversations::NEWEST;
use store::visits::Listed;

use super::view::{Candidate, Facts, Happened, NextVisit, Reach, Relative};
use crate::fault::Fault;
use crate::patient::visit::tone;
use crate::people::People;
use crate::session::SignedIn;
use crate::site::Site;
use crate::telling::Telling;
use crate::{Chip, Tone};

const VISITS: u32 = 30;
const HAPPENINGS: u32 = 12;
const CANDIDATES: u32 = 8;

/// A card with everything around it, as it was read.
pub struct Known {
    pub patient: Patient,
    pub contacts: Vec<ContactPoint>,
    pub consents: Vec<Consent>,
    pub guardian: Option<Patient>,
    pub wards: Vec<Patient>,
    /// The latest first.
    pub visits: Vec<Listed>,
    pub happened: Vec<Recorded>,
    pub people: People,
    pub now: Timestamp,
}

impl Known {
    pub async fn read(site: &Site, me: &SignedIn, id: PatientId) -> Result<Self, Fault> {
        Self::read_with(site, me, id, HAPPENINGS).await
    }

    pub async fn read_with(site: &Site, me: &SignedIn, id: PatientId, happenings: u32) -> Result<Self, Fault> {
        let locale = me.locale();
        let read = move |tx: &mut Tx<'_>, now| {
            let patient = store::patients::find(tx, id)?.ok_or_else(ActError::not_found)?;
            let guardian = patient.guardian.map(|guardian| store::patients::find(tx, guardian)).transpose()?.flatten();
            let mut wards = Vec::new();
            for ward in store::patients::wards(tx, id)? {
                wards.extend(store::patients::find(tx, ward)?);
            }
            Ok(Self {
                contacts: store::patients::contacts(tx, id)?,
                consents: store::patients::consents(tx, id)?,
                visits: store::visits::listed_of_patient(tx, id, VISITS)?,
                happened: store::happenings::of_patient(tx, id, NEWEST, happenings)?,
                people: People::read(tx, locale)?,
                patient,
                guardian,
                wards,
                now,
            })
        };
        Ok(site.desk().look(read).await?)
    }

    pub fn facts(&self, me: &SignedIn, conversation: ConversationId) -> Facts {
        let telling = me.telling();
        Facts {
            conversation,
            patient: self.patient.id,
            name: self.patient.name.full(me.locale()),
            banners: self.banners(&telling),
            next_visit: self.next_visit().map(|listed| self.visit(&telling, listed)),
            note: self.patient.note.clone(),
            reach: self.contacts.iter().map(|contact| reach(&telling, contact)).collect(),
            may_send: self.may_send(&telling),
            family: self.family(me),
            timeline: self.timeline(&telling),
        }
    }

    /// What everybody must see before they write.
    pub fn banners(&self, telling: &Telling<'_>) -> Vec<Chip> {
        let mut banners = Vec::new();
        if matches!(self.patient.standing, Standing::Refused | Standing::Deceased) {
            banners.push(Chip { tone: Tone::Bad, text: telling.words.say(self.patient.standing.key()) });
        }
        if self.patient.bots == Bots::NoBots {
            banners.push(Chip { tone: Tone::Wait, text: telling.words.say("inbox-no-bots") });
        }
        banners
    }

    pub fn next_visit(&self) -> Option<&Listed> {
        self.visits.iter().rev().find(|listed| listed.visit.ends_at > self.now && listed.visit.state.takes_time())
    }

    fn visit(&self, telling: &Telling<'_>, listed: &Listed) -> NextVisit {
        let visit = &listed.visit;
        NextVisit {
            href: format!("/journal?on={}&visit={}", visit.starts_at.date(telling.zone), visit.id),
            at: telling.moment(visit.starts_at),
            with: with_whom(telling, &self.people, listed),
            state: state(telling, &visit.state),
            origin: telling.mark(&visit.state).unwrap_or_default(),
        }
    }

    pub fn may_send(&self, telling: &Telling<'_>) -> Vec<Chip> {
        let ledger = Ledger(&self.consents);
        let channel = self.contacts.first().map_or(clinic::actors::Channel::Sms, ContactPoint::channel);
        let chip = |(purpose, key): (Purpose, &str)| {
            let standing = ledger.allows(purpose, channel, self.now);
            let tone = if standing.permits() { Tone::Good } else { Tone::Done };
            Chip { tone, text: format!("{}: {}", telling.words.say(key), telling.words.say(standing.key())) }
        };
        [(Purpose::Service, "inbox-may-care"), (Purpose::Marketing, "inbox-may-offers")].map(chip).into()
    }

    fn family(&self, me: &SignedIn) -> Vec<Relative> {
        let line = |patient: &Patient, relation: &str| Relative {
            patient: patient.id,
            name: patient.name.full(me.locale()),
            relation: me.words().say(relation),
        };
        let guardian = self.guardian.iter().map(|guardian| line(guardian, "inbox-relation-guardian"));
        guardian.chain(self.wards.iter().map(|ward| line(ward, "inbox-relation-child"))).collect()
    }

    fn timeline(&self, telling: &Telling<'_>) -> Vec<Happened> {
        let line = |recorded: &Recorded| Happened {
            at: telling.at(recorded.at),
            text: telling.happening(&recorded.what, &|id| self.people.name(id)),
        };
        self.happened.iter().map(line).collect()
    }
}

/// 'Dr Gromov · chair 2'
pub fn with_whom(telling: &Telling<'_>, people: &People, listed: &Listed) -> String {
    let provider = people.name(listed.visit.provider);
    if listed.chair.is_empty() {
        return provider;
    }
    let chair = telling.chair(&listed.chair);
    format!("{provider} · {chair}")
}

pub fn state(telling: &Telling<'_>, state: &VisitState) -> Chip {
    Chip { tone: tone(state), text: telling.words.say(&state.key()) }
}

fn reach(telling: &Telling<'_>, contact: &ContactPoint) -> Reach {
    let (tone, key) = match contact.state {
        ContactState::Open if contact.sureness == clinic::patients::Sureness::Verified => (Tone::Good, contact.sureness.key()),
        ContactState::Open => (Tone::Wait, contact.sureness.key()),
        ContactState::OptedOut { .. } | ContactState::Unreachable { .. } | ContactState::NotTheirs { .. } => {
            (Tone::Bad, contact.state.key())
        }
    };
    let value = crate::pages::patients::card::value(contact);
    Reach { channel: telling.channel(contact.channel()), value, standing: Chip { tone, text: telling.words.say(key) } }
}

/// Who fits what was typed, with what tells two people of one name apart.
pub async fn candidates(site: &Site, me: &SignedIn, typed: &str) -> Result<Vec<Candidate>, Fault> {
    if typed.trim().is_empty() {
        return Ok(Vec::new());
    }
    let (clinic, typed) = (me.clinic.id, typed.to_owned());
    let read = move |tx: &mut Tx<'_>, _| {
        let found = store::search::patients(tx, clinic, &typed, CANDIDATES)?;
        let mut known = Vec::with_capacity(found.len());
        for patient in found {
            let contacts = store::patients::contacts(tx, patient.id)?;
            known.push((patient, contacts));
        }
        Ok(known)
    };
    let found = site.desk().look(read).await?;
    let candidate = |(patient, contacts): (Patient, Vec<ContactPoint>)| {
        let born = patient.born_on.map(|born| format::date_with_year(born, me.locale()));
        let phone = contacts.iter().find(|contact| contact.address.scheme() == Scheme::Tel).map(crate::pages::patients::card::value);
        Candidate {
            patient: patient.id,
            name: patient.name.full(me.locale()),
            initials: patient.name.initials(),
            detail: born.into_iter().chain(phone).collect::<Vec<_>>().join(" · "),
        }
    };
    Ok(found.into_iter().map(candidate).collect())
}
