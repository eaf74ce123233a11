//! A patient's card: what is known, what was agreed, how they are reached, and what has happened.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use axum::response::Response;

use clinic::actors::Channel;
use clinic::consents::{Consent, Ledger, Purpose};
use clinic::patients::{Bots, ContactPoint, ContactState, Sureness};
use clinic::staff::Right;
use desk::ActError;
use kernel::{AccountId, Arg, ConversationId, HappeningId, PatientId, Phone, Scheme, Timestamp, format};
use store::Tx;
use store::accounts::{Account as Connected, AccountState};
use store::visits::Listed;

use super::acts::patient;
use super::timeline;
use super::view::{Account, Card, CardPage, CardVisit, ConsentLine, Contact, Invitation, News, Preference, Relative, When};
use crate::fault::Fault;
use crate::forms::{Choice, Faults};
use crate::pages::inbox::facts::{Known, state};
use crate::pages::inbox::talk::language;
use crate::pages::journal::day::origin;
use crate::qr::QrCode;
use crate::query::{Asked, Filled};
use crate::responder::shown_as;
use crate::session::SignedIn;
use crate::site::Site;
use crate::{Chip, Place, Tone};

pub async fn open(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, Asked(asked): Asked) -> Result<Response, Fault> {
    me.actor().may(Right::SeePatients)?;
    let beside = Beside { before: asked.maybe_given("before")?, ..Beside::default() };
    shown(&site, &me, patient(&id)?, beside).await
}

/// What stands on the card besides what is on it.
#[derive(Default)]
pub struct Beside {
    pub before: Option<HappeningId>,
    pub invitation: Option<Invitation>,
    pub fault: Option<Fault>,
}

/// A link that ties a messenger to this card, the same as a picture to scan, and digits for whoever can do neither.
pub async fn connect(State(site): State<Site>, me: SignedIn, Path(id): Path<String>, form: Filled) -> Result<Response, Fault> {
    let id = patient(&id)?;
    let account: AccountId = form.given("account")?;
    let link = desk::link_patient(site.desk(), me.actor(), id, account).await?;
    let known = site.desk().look(move |tx, _| Ok(store::accounts::find(tx, account)?)).await?.ok_or(Fault::not_found())?;
    let digits = if desk::takes_codes(&known) { Some(desk::code_for(site.desk(), me.actor(), id).await?) } else { None };
    let code = link.as_deref().and_then(QrCode::of);
    let digits = digits.map(|digits| format!("{} {}", &digits[..3], &digits[3..]));
    let invitation = Invitation { channel: me.telling().channel(known.channel), code, link, digits };
    shown(&site, &me, id, Beside { invitation: Some(invitation), ..Beside::default() }).await
}

/// The card with what was wrong with one of its forms.
pub async fn refused(site: &Site, me: &SignedIn, id: PatientId, error: ActError) -> Result<Response, Fault> {
    let fault = Fault::from(error).way_on(format!("/patients/{id}"));
    if fault.status != StatusCode::UNPROCESSABLE_ENTITY {
        return Err(fault);
    }
    shown(site, me, id, Beside { fault: Some(fault), ..Beside::default() }).await
}

async fn shown(site: &Site, me: &SignedIn, id: PatientId, beside: Beside) -> Result<Response, Fault> {
    let known = Known::read_with(site, me, id, 1).await?;
    let reader = known.patient.guardian.unwrap_or(id);
    let (clinic, who) = (me.clinic.id, me.member.id);
    let read = move |tx: &mut Tx<'_>, _: Timestamp| {
        let conversation = store::conversations::of_patient(tx, reader)?.map(|conversation| conversation.id);
        let rings = desk::can_ring_up(tx, clinic, who)?;
        Ok((conversation, store::accounts::all(tx)?, rings))
    };
    let (conversation, accounts, rings) = site.desk().look(read).await?;
    let lately = timeline::lately(site, me, id, beside.before).await?;
    let status = beside.fault.as_ref().map_or(StatusCode::OK, |fault| fault.status);
    let faults = beside.fault.map(|fault| Faults::of(&fault.refusal, me.words())).unwrap_or_default();
    let whole = Whole { me, known: &known };
    let mut page = me.page(site, Place::Patients, "patients-title").await?;
    page.title = known.patient.name.full(me.locale());
    let mut card = whole.card(conversation, &accounts);
    if !(rings && me.member.role.has(Right::WriteToPatients)) {
        card.contacts.iter_mut().for_each(|contact| contact.dialled = None);
    }
    let card = Card { invitation: beside.invitation, lately, ..card };
    shown_as(status, &CardPage { page, card, faults })
}

/// A number as it is read, an address as it is written; nothing for a messenger's account.
pub fn value(contact: &ContactPoint) -> String {
    let rest = contact.address.rest();
    match contact.address.scheme() {
        Scheme::Tel => Phone::from_e164(rest).map_or_else(|_| rest.to_owned(), |phone| phone.international()),
        Scheme::Mailto => rest.to_owned(),
        _ => String::new(),
    }
}

struct Whole<'a> {
    me: &'a SignedIn,
    known: &'a Known,
}

impl Whole<'_> {
    fn card(&self, conversation: Option<ConversationId>, accounts: &[Connected]) -> Card {
        let (me, known) = (self.me, self.known);
        let patient = &known.patient;
        Card {
            patient: patient.id,
            name: patient.name.full(me.locale()),
            initials: patient.name.initials(),
            line: self.line(),
            banners: known.banners(&me.telling()),
            note: patient.note.clone(),
            conversation,
            visits: known.visits.iter().map(|listed| self.visit(listed)).collect(),
            contacts: known.contacts.iter().map(|contact| self.contact(contact)).collect(),
            consents: Purpose::ALL.into_iter().map(|purpose| self.consent(purpose)).collect(),
            consent_channels: self.consent_channels(),
            preferences: self.preferences(),
            family: self.family(),
            accounts: self.accounts(accounts),
            invitation: None,
            lately: super::view::Lately { patient: patient.id, days: Vec::new(), older: None },
        }
    }

    /// 'born 12 May 1988 (38) · speaks Russian · number 4711'
    fn line(&self) -> String {
        let (me, patient) = (self.me, &self.known.patient);
        let words = me.words();
        let today = me.now.date(&me.clinic.zone);
        let born = patient.born_on.zip(patient.age(today)).map(|(born, age)| {
            let born = format::date_with_year(born, me.locale());
            words.with("patients-born-age", &[("day", Arg::from(born)), ("age", Arg::from(i64::from(age)))])
        });
        let speaks = words.with("inbox-speaks", &[("language", language(words, patient.locale).into())]);
        let number = patient.external_key.clone().map(|key| words.with("patients-number", &[("number", Arg::from(key))]));
        born.into_iter().chain([speaks]).chain(number).collect::<Vec<_>>().join(" · ")
    }

    fn visit(&self, listed: &Listed) -> CardVisit {
        let (telling, visit) = (self.me.telling(), &listed.visit);
        CardVisit {
            href: format!("/journal/visits/{}", visit.id),
            at: format!(
                "{} {}",
                format::date_with_year(visit.starts_at.date(telling.zone), telling.words.locale()),
                telling.time(visit.starts_at)
            ),
            with: format!("{} · {}", self.known.people.name(visit.provider), listed.service),
            state: state(&telling, &visit.state),
            origin: visit.state.mark().map(|mark| origin(&telling, &self.known.people, mark)).unwrap_or_default(),
            when: if visit.ends_at > self.me.now { When::Ahead } else { When::Past },
        }
    }

    fn contact(&self, contact: &ContactPoint) -> Contact {
        let (telling, words) = (self.me.telling(), self.me.words());
        let tone = match contact.sureness {
            Sureness::Verified => Tone::Good,
            Sureness::Unverified => Tone::Wait,
            Sureness::Shared => Tone::Calm,
        };
        let last = contact.last_inbound_at.map(|at| words.with("patients-contact-last", &[("at", Arg::from(telling.at(at)))]));
        let is_open = contact.state == ContactState::Open;
        let news = [
            (News::Verified, contact.sureness == Sureness::Unverified),
            (News::Shared, contact.sureness != Sureness::Shared),
            (News::OptedOut, !matches!(contact.state, ContactState::OptedOut { .. })),
            (News::NotTheirs, true),
        ];
        let not_theirs = if let ContactState::NotTheirs { why, .. } = contact.state { Some(why) } else { None };
        let slip = [(News::Theirs, true)];
        let news = if not_theirs.is_some() { slip.as_slice() } else { news.as_slice() };
        let may = self.me.member.role.has(Right::ChangePatients);
        Contact {
            id: contact.id,
            channel: telling.channel(contact.channel()),
            value: value(contact),
            sureness: Chip::new(tone, words.say(contact.sureness.key())),
            state: (!is_open).then(|| Chip::new(Tone::Bad, words.say(contact.state.key()))),
            last: last.unwrap_or_default(),
            why: not_theirs.map(|why| words.say(why.key())),
            dialled: (contact.address.scheme() == Scheme::Tel && not_theirs.is_none()).then(|| contact.address.rest().to_owned()),
            news: news.iter().filter(|(_, fits)| *fits && may).map(|(news, _)| *news).collect(),
        }
    }

    fn consent(&self, purpose: Purpose) -> ConsentLine {
        let (me, words) = (self.me, self.me.words());
        let channel = self.known.contacts.first().map_or(Channel::Sms, ContactPoint::channel);
        let standing = Ledger(&self.known.consents).allows(purpose, channel, me.now);
        let open = self.known.consents.iter().rev().find(|consent| consent.purpose == purpose && consent.withdrawn_at.is_none());
        let newest = open.or_else(|| self.known.consents.iter().rev().find(|consent| consent.purpose == purpose));
        ConsentLine {
            purpose: purpose.name().to_owned(),
            label: words.say(&purpose.key()),
            standing: Chip::new(if standing.permits() { Tone::Good } else { Tone::Done }, words.say(standing.key())),
            proof: newest.map(|consent| self.proof(consent)).unwrap_or_default(),
            withdrawable: open.map(|consent| consent.id),
        }
    }

    /// 'Telegram, 12 May: signed form'
    fn proof(&self, consent: &Consent) -> String {
        let (telling, words) = (self.me.telling(), self.me.words());
        let everywhere = || words.say("patients-consent-everywhere");
        let channel = consent.channel.map_or_else(everywhere, |channel| telling.channel(channel));
        let at = telling.at(consent.withdrawn_at.unwrap_or(consent.given_at));
        words.with("patients-consent-given", &[("channel", channel.into()), ("at", at.into()), ("proof", consent.proof.clone().into())])
    }

    fn consent_channels(&self) -> Vec<Choice> {
        let telling = self.me.telling();
        let mut channels = vec![Choice::new("", self.me.words().say("patients-consent-everywhere"))];
        for contact in &self.known.contacts {
            let channel = contact.channel();
            if !channels.iter().any(|known| known.value == channel.name()) {
                channels.push(Choice::new(channel.name(), telling.channel(channel)));
            }
        }
        channels
    }

    fn preferences(&self) -> Vec<Preference> {
        let (patient, words) = (&self.known.patient, self.me.words());
        let line = |field: &str, value: String| Preference { label: words.say(&format!("patient-field-{field}")), value };
        let channel = patient.preferred_channel.map(|channel| line("preferred-channel", self.me.telling().channel(channel)));
        let zone = patient.zone.as_ref().map(|zone| line("zone", zone.name().to_owned()));
        let bots = (patient.bots == Bots::NoBots).then(|| line("bots", words.say("inbox-no-bots")));
        let spoken = line("locale", language(words, patient.locale));
        [Some(spoken), channel, zone, bots].into_iter().flatten().collect()
    }

    fn family(&self) -> Vec<Relative> {
        let line = |patient: &clinic::patients::Patient, relation: &str| Relative {
            patient: patient.id,
            name: patient.name.full(self.me.locale()),
            relation: self.me.words().say(relation),
        };
        let guardian = self.known.guardian.iter().map(|guardian| line(guardian, "inbox-relation-guardian"));
        guardian.chain(self.known.wards.iter().map(|ward| line(ward, "inbox-relation-child"))).collect()
    }

    /// Accounts that a patient can open by a link, or from which they can write a code.
    fn accounts(&self, accounts: &[Connected]) -> Vec<Account> {
        let telling = self.me.telling();
        let here = |account: &&Connected| {
            account.clinic == self.known.patient.clinic
                && account.state == AccountState::On
                && (desk::has_opening_link(account) || desk::takes_codes(account))
        };
        let name = |account: &Connected| match account.handle.as_str() {
            "" => telling.channel(account.channel),
            handle => format!("{} · @{handle}", telling.channel(account.channel)),
        };
        accounts.iter().filter(here).map(|account| Account { id: account.id, name: name(account) }).collect()
    }
}
