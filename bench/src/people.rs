//! A clinic of any size: patients who can be reached, and reminders that wait for them.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::Duration;

use clinic::actors::{Actor, Channel, Origin};
use clinic::clinics::Clinic;
use clinic::consents::Purpose;
use clinic::conversations::{Button, Cause, Content, Conversation, Counterpart, Press};
use clinic::gate::{Form, Route, Sensitivity, Timing, Why};
use clinic::outbox::{Draft, Outbound, OutboundState, Rank};
use clinic::patients::{ContactPoint, ContactState, NewPatient, Patient, Sureness};
use clinic::staff::{Employed, Provides, Role, StaffMember};
use desk::{Desk, Parts};
use kernel::{
    AccountId, Address, Chance, ClinicId, ContactPointId, ConversationId, Locale, MessageId, OrganisationId, PatientId, PersonName,
    QuietHours, RunId, Scheme, Secret, SessionId, StaffId, Time, Timestamp,
};
use store::accounts::{Account, AccountState, Reached};
use store::staff::NewSession;
use store::{Store, StoreError};

use crate::clock::{MorningClock, morning, zone};
use channels::sandbox::KEY_HEADER;

/// One account may write a thousand letters a second; these together are never what limits a figure.
const ACCOUNTS: usize = 16;
/// Which the messenger shows at the hook of each account.
const KEY: &str = "a-key-of-the-benchmark";
/// Rows in one act.
const PART: usize = 2_000;
/// Parts that are drawn while another is being written.
const AHEAD: usize = 2;
const SAID_EVERY: usize = 100_000;

/// Somebody who can be written to.
#[derive(Clone)]
pub struct Person {
    patient: PatientId,
    conversation: ConversationId,
    route: Route,
}

pub struct People {
    pub desk: Desk,
    pub clinic: ClinicId,
    pub all: Arc<Vec<Person>>,
    chance: Chance,
}

impl People {
    /// Opens the clinic with so many patients.
    pub async fn settle(store: Store, many: usize) -> anyhow::Result<Self> {
        let mut chance = Chance::from_seed(7);
        let now = morning();
        let desk =
            Desk::new(Parts { store, clock: Arc::new(MorningClock::start()), chance: Chance::from_seed(8), node: "bench".to_owned() });
        let clinic = ClinicId::new(now, &mut chance);
        let accounts: Vec<Account> = (0..ACCOUNTS).map(|number| account(clinic, number, now, &mut chance)).collect();
        let (room, kept) = (premises(clinic), accounts.clone());
        let organisation = OrganisationId::new(now, &mut chance);
        let open = move |act: &mut desk::Act<'_, '_>| {
            store::clinics::add_organisation(act.tx, organisation, "Mosoly", now)?;
            store::clinics::save_clinic(act.tx, &room)?;
            kept.iter().try_for_each(|account| store::accounts::save(act.tx, account))?;
            Ok(())
        };
        desk.act(Actor::Program, Origin::Program, open).await?;
        let mut all = Vec::with_capacity(many);
        let mut number = 0;
        while number < many {
            let part: Vec<_> = (number..many.min(number + PART)).map(|number| person(clinic, number, now, &mut chance)).collect();
            number += part.len();
            for (_, contact, conversation) in &part {
                let account = accounts[all.len() % ACCOUNTS].id;
                let route = Route { channel: Channel::Sandbox, account, contact: Some(contact.id), to: contact.address.clone() };
                all.push(Person { patient: contact.patient, conversation: conversation.id, route });
            }
            let save = move |act: &mut desk::Act<'_, '_>| {
                let people: Vec<_> = part.iter().map(|(patient, contact, _)| (patient, std::slice::from_ref(contact))).collect();
                let threads: Vec<_> = part.iter().map(|(_, _, thread)| thread.clone()).collect();
                store::patients::add_all(act.tx, &people)?;
                Ok::<_, desk::ActError>(store::conversations::add_all(act.tx, &threads)?)
            };
            desk.act(Actor::Program, Origin::Program, save).await?;
        }
        Ok(Self { desk, clinic, all: Arc::new(all), chance })
    }

    /// Reminders that wait, said one after the other so long ago, the `number`-th due at `due_at(number)`: one for each patient in
    /// turn. What a patient was told before goes first, whenever it is due. Some are drawn while others are being written; how
    /// far it is, is said on the way.
    pub async fn remind(&mut self, many: usize, ago: Duration, due_at: impl Fn(usize) -> Timestamp + Send + 'static) -> anyhow::Result<()> {
        let (clinic, all, mut chance) = (self.clinic, Arc::clone(&self.all), self.chance.fork());
        let (sender, mut drawn) = tokio::sync::mpsc::channel(AHEAD);
        let drawing = tokio::task::spawn_blocking(move || {
            for first in (0..many).step_by(PART) {
                let part: Vec<Outbound> = (first..many.min(first + PART))
                    .map(|number| {
                        let said_at = morning() - ago + Duration::from_millis(number as u64);
                        let planned = reminder(clinic, &all[number % all.len()], said_at, &mut chance);
                        Outbound { state: OutboundState::Queued { due_at: due_at(number) }, ..planned }
                    })
                    .collect();
                if sender.blocking_send(part).is_err() {
                    // whoever no longer listens wants no more
                    return;
                }
            }
        });
        let mut written = 0;
        while let Some(part) = drawn.recv().await {
            written += part.len();
            let wait = move |tx: &mut store::Tx<'_>| store::outbound::add_all(tx, &part);
            self.desk.store().write::<_, StoreError, _>(wait).await?;
            if written % SAID_EVERY == 0 {
                eprintln!("{written} of {many} messages wait");
            }
        }
        Ok(drawing.await?)
    }

    /// The call by which the messenger tells that a patient has written.
    pub fn writes(&self, person: usize, number: usize, words: &str) -> String {
        let Person { route: Route { account, to, .. }, .. } = &self.all[person];
        let tap = serde_json::json!({ "key": format!("tap-{number}"), "from": to.rest(), "did": { "words": { "text": words } } });
        let body = tap.to_string();
        let head = format!("POST /hooks/sandbox/{account} HTTP/1.1\r\nhost: desk\r\n{KEY_HEADER}: {KEY}\r\ncontent-length: {}", body.len());
        format!("{head}\r\n\r\n{body}")
    }

    /// Somebody at the desk; the cookie of their browser.
    pub async fn sign_in(&self) -> anyhow::Result<String> {
        let (clinic, token) = (self.clinic, self.desk.chance().token());
        let hash = desk::token_hash(&token);
        let sign_in = move |act: &mut desk::Act<'_, '_>| {
            let (id, now) = (StaffId::new(act.now, &mut act.chance), act.now);
            store::staff::save(act.tx, &receptionist(clinic, id))?;
            let session = NewSession {
                id: SessionId::new(now, &mut act.chance),
                staff: id,
                created_at: now,
                expires_at: now + Duration::from_hours(12),
            };
            Ok(store::staff::add_session(act.tx, &hash, session)?)
        };
        self.desk.act(Actor::Program, Origin::Program, sign_in).await?;
        Ok(format!("desk={token}"))
    }

    /// Whether some message has not gone, or has no outcome.
    pub async fn is_waiting(&self) -> anyhow::Result<bool> {
        let is_waiting = |tx: &mut store::Tx<'_>| {
            Ok::<_, StoreError>(!store::outbound::lanes(tx)?.is_empty() || !store::outbound::sending(tx)?.is_empty())
        };
        Ok(self.desk.store().read(is_waiting).await?)
    }
}

fn premises(id: ClinicId) -> Clinic {
    let night = |hour| Time::new(hour, 0, 0, 0).expect("a full hour");
    Clinic {
        id,
        name: "Mosoly".to_owned(),
        zone: zone(),
        locale: Locale::Hu,
        address: "1052 Budapest, Petőfi Sándor utca 7.".to_owned(),
        map_url: None,
        region: "HU".to_owned(),
        hours: "mon-sun 08:00-20:00".parse().expect("hours"),
        exceptions: BTreeMap::new(),
        quiet_hours: QuietHours { from: night(21), until: night(8) },
        daily_cap: 10,
        public_url: None,
    }
}

fn receptionist(clinic: ClinicId, id: StaffId) -> StaffMember {
    StaffMember {
        id,
        clinic,
        name: PersonName::new("Kata", "Szabó").expect("a name"),
        title: String::new(),
        role: Role::Desk,
        locale: Locale::Hu,
        email: Some("kata@mosoly.example".to_owned()),
        shifts: "mon-sun 08:00-20:00".parse().expect("hours"),
        provides: Provides::Nothing,
        employed: Employed::Yes,
    }
}

fn account(clinic: ClinicId, number: usize, now: Timestamp, chance: &mut Chance) -> Account {
    Account {
        id: AccountId::new(now, chance),
        clinic,
        channel: Channel::Sandbox,
        name: format!("Desk {number}"),
        handle: format!("desk_{number}"),
        settings: BTreeMap::from([("key".to_owned(), Secret::new(KEY.to_owned()))]),
        reached: Reached::ByWebhook,
        state: AccountState::On,
        cursor: None,
        trouble: None,
        created_at: now,
    }
}

fn person(clinic: ClinicId, number: usize, now: Timestamp, chance: &mut Chance) -> (Patient, ContactPoint, Conversation) {
    let id = PatientId::new(now, chance);
    let patient =
        Patient::new(NewPatient::named(clinic, PersonName::new(&format!("Anna{number}"), "Kiss").expect("a name"), Locale::Hu), id, now)
            .expect("a card")
            .0;
    let contact = ContactPoint {
        id: ContactPointId::new(now, chance),
        patient: id,
        address: Address::new(Scheme::Sandbox, &format!("anna-{number}")).expect("an address"),
        sureness: Sureness::Verified,
        state: ContactState::Open,
        last_inbound_at: Some(now),
        called: None,
        created_at: now,
    };
    let conversation = Conversation::begin(ConversationId::new(now, chance), clinic, Counterpart::Patient(id), now);
    (patient, contact, conversation)
}

/// What waits to go at once.
fn reminder(clinic: ClinicId, to: &Person, now: Timestamp, chance: &mut Chance) -> Outbound {
    let id = MessageId::new(now, chance);
    let button = |label: &str, code: &str| Button { label: label.to_owned(), press: Press::Answer(format!("{id}.{code}")) };
    let text = "Kedves Anna!\n\nHamarosan várjuk Önt a Mosoly rendelőben:\ncsütörtök, december 3., 10:00\nKezelőorvos: dr. Gromov\n\
        Cím: 1052 Budapest, Petőfi Sándor utca 7.\n\nMegfelel Önnek ez az időpont? Válaszolhat így is: „igen”, „másik időpont” vagy „lemondom”.";
    let run = RunId::new(now, chance);
    let draft = Draft {
        conversation: to.conversation,
        clinic,
        patient: Some(to.patient),
        purpose: Purpose::Service,
        rank: Rank::Visit,
        sensitivity: Sensitivity::Open,
        timing: Timing::Polite,
        cause: Cause::Run { run, playbook: "visit-reminder".to_owned(), step: "three-days".to_owned() },
        content: Content {
            subject: "Emlékeztető".to_owned(),
            text: text.to_owned(),
            buttons: vec![button("Rendben", "confirm"), button("Másik időpont", "another-time"), button("Lemondom", "cancel")],
            ..Content::default()
        },
        says: vec![format!("visit-reminder/three-days/{run}")],
        visit: None,
        chosen: None,
        useful_until: None,
    };
    let planned = Outbound::plan(draft, id, now);
    let why = Why::going(Channel::Sandbox, clinic::gate::ChannelReason::OnlyOne);
    Outbound { route: Some(to.route.clone()), form: Form::Free, why, state: OutboundState::Queued { due_at: now }, version: 2, ..planned }
}
