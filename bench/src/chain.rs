//! A chain of clinics as two years of work have left it: 200,000 patients, a million visits, and a million messages of
//! their reminders and answers. The first clinic has half of all patients on its books, the others share the rest.
//!
//! The journals are those of the demo, visit by visit through the steps of its life, another seed for each clinic: the same
//! chain whenever and wherever it is made. The visits to come are taken over by the real act, so that their reminders wait
//! as they would.

use std::sync::mpsc::{Receiver, sync_channel};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::{Context, ensure};
use caredesk::demo::furnishing::{Plan, Wishes, begin_reminders};
use caredesk::demo::people::Person;
use caredesk::demo::{Premises, opens_at, wishes};
use clinic::actors::Channel;
use clinic::happenings::Recorded;
use clinic::patients::ContactPoint;
use desk::{Desk, Parts};
use kernel::{Address, Chance, ConversationId, HandClock, Locale, Scheme, Timestamp};
use store::{Store, StoreError, Tx};

use crate::stopwatch::Stopwatch;
use crate::talk::{self, Talk};

/// How many clinics the chain has, where somebody wants less than all of it.
const SIZE: &str = "CAREDESK_BENCH_CLINICS";
const CLINICS: u64 = 42;
/// Of all of them.
const PATIENTS: usize = 200_000;
/// Clinics that are drawn while another is being written.
const AHEAD: usize = 2;
/// Rows of a kind in one transaction.
const ROWS: usize = 10_000;

/// Apart from what the plans draw from.
const TALKED: u64 = 0x7a1c_0000;

/// How big the chain is.
#[derive(Debug, Clone, Copy)]
pub struct Size {
    pub clinics: u64,
}

/// What stands in it.
#[derive(Debug, Clone, Copy, Default)]
pub struct Founded {
    pub patients: usize,
    pub visits: usize,
    pub messages: usize,
    pub took: Duration,
}

/// One clinic as it was drawn, before it is written.
pub struct Drawn {
    pub plan: Plan,
    pub talk: Talk,
}

/// One clinic, and some of those whom its pages are asked for.
pub struct Member {
    pub premises: Premises,
    pub some: Vec<Person>,
    pub threads: Vec<ConversationId>,
}

impl Size {
    pub fn wanted() -> anyhow::Result<Self> {
        let clinics = std::env::var(SIZE).ok().map(|size| size.parse()).transpose().with_context(|| format!("{SIZE} is a number"))?;
        Ok(Self { clinics: clinics.unwrap_or(CLINICS).max(1) })
    }

    fn is_whole(self) -> bool {
        self.clinics >= CLINICS
    }

    /// Half of all belong to the first.
    fn patients(self, number: u64) -> usize {
        let many = |number: u64| usize::try_from(number).expect("some clinics");
        let (all, others) = (PATIENTS * many(self.clinics) / many(CLINICS), many(self.clinics) - 1);
        match number {
            _ if others == 0 => all,
            0 => all - all / 2,
            number => all / 2 / others + usize::from(many(number) <= all / 2 % others),
        }
    }

    /// The `number`-th clinic, the same every time.
    pub fn draw(self, number: u64) -> Drawn {
        let locale = Locale::ALL[usize::try_from(number).expect("some clinics") % Locale::ALL.len()];
        let mut plan = Plan::of(&Wishes { patients: self.patients(number), ..wishes(number, locale, None) });
        // one login belongs to one person of the chain
        for member in [&mut plan.premises.manager, &mut plan.premises.receptionist] {
            member.email = member.email.take().map(|email| format!("{number}.{email}"));
        }
        // and one messenger account to one patient
        for person in &mut plan.people {
            for contact in person.contacts.iter_mut().filter(|contact| contact.channel() == Channel::Sandbox) {
                let handle = format!("{number}-{}", contact.address.rest());
                contact.address = Address::new(Scheme::Sandbox, &handle).expect("a number and a word");
            }
        }
        let talk = talk::of(&plan, &mut Chance::from_seed(number ^ TALKED));
        Drawn { plan, talk }
    }
}

impl Drawn {
    /// The last ones came of late; those before them have a longer history.
    pub fn member(self) -> Member {
        let Plan { premises, people, .. } = self.plan;
        let threads = self.talk.conversations.iter().map(|thread| thread.id).collect();
        Member { premises, some: people, threads }
    }
}

/// Founds the chain in an empty store, and says on the way how far it is.
pub async fn found(store: &Store, size: Size) -> anyhow::Result<Founded> {
    let watch = Stopwatch::start();
    let (sender, drawn) = sync_channel(AHEAD);
    let drawing = std::thread::spawn(move || {
        // whoever no longer listens wants no more
        let _heard = (0..size.clinics).try_for_each(|number| sender.send(size.draw(number)).map_err(drop));
    });
    let drawn = Arc::new(Mutex::new(drawn));
    let mut founded = Founded::default();
    let mut organisation = None;
    for number in 0..size.clinics {
        let queue = Arc::clone(&drawn);
        let Drawn { plan, talk } = tokio::task::spawn_blocking(move || next(&queue)).await??;
        founded.patients += plan.people.len();
        founded.visits += plan.history.past.len() + plan.history.coming.len();
        founded.messages += talk.outbound.len() + talk.inbound.len();
        organisation.get_or_insert(plan.premises.organisation);
        write(store, number, plan, talk).await?;
        let Founded { patients, visits, messages, .. } = founded;
        let seconds = watch.read().as_secs();
        eprintln!("{} of {} clinics, {patients} patients, {visits} visits, {messages} messages, {seconds} s", number + 1, size.clinics);
    }
    drawing.join().map_err(|_| anyhow::anyhow!("a clinic could not be drawn"))?;
    let Founded { patients, visits, messages, .. } = founded;
    let is_big = patients >= 200_000 && visits >= 1_000_000 && messages >= 1_000_000;
    ensure!(is_big || !size.is_whole(), "the chain is smaller than it says: {founded:?}");
    // the last thing written: a chain that was given up half-way has no organisation
    let organisation = organisation.context("a chain has clinics")?;
    store.write::<_, StoreError, _>(move |tx| store::clinics::add_organisation(tx, organisation, "Mosoly", opens_at())).await?;
    Ok(Founded { took: watch.read(), ..founded })
}

fn next(queue: &Mutex<Receiver<Drawn>>) -> anyhow::Result<Drawn> {
    let queue = queue.lock().map_err(|_| anyhow::anyhow!("a clinic could not be drawn"))?;
    Ok(queue.recv()?)
}

async fn write(store: &Store, number: u64, plan: Plan, talk: Talk) -> anyhow::Result<()> {
    let Plan { premises, people, history } = plan;
    store.write(move |tx| premises.save(tx)).await?;
    portions(store, people, |tx, people| {
        let people: Vec<(_, &[ContactPoint])> = people.iter().map(|person| (&person.patient, person.contacts.as_slice())).collect();
        store::patients::add_all(tx, &people)
    })
    .await?;
    let coming = history.coming.clone();
    portions(store, history.past, store::visits::add_all).await?;
    portions(store, history.coming, store::visits::add_all).await?;
    portions(store, talk.conversations, store::conversations::add_all).await?;
    portions(store, talk.outbound, store::outbound::add_all).await?;
    portions(store, talk.inbound, store::conversations::add_all_inbound).await?;
    portions(store, talk.runs, store::runs::add_all).await?;
    portions(store, talk.tasks, |tx, tasks| tasks.iter().try_for_each(|task| store::tasks::save(tx, task))).await?;
    let mut told: Vec<Recorded> = history.told;
    told.extend(talk.told);
    told.sort_by_key(|recorded| recorded.id);
    portions(store, told, |tx, told| store::happenings::append(tx, told)).await?;
    let desk = desk_at(store, Arc::new(HandClock::at(opens_at())), number);
    begin_reminders(&desk, coming).await?;
    Ok(())
}

/// A desk over the chain. `seed`: no id is made twice.
pub fn desk_at(store: &Store, clock: Arc<HandClock>, seed: u64) -> Desk {
    let chance = Chance::from_seed(!seed);
    Desk::new(Parts { store: store.clone(), clock, chance, node: "bench".to_owned() })
}

/// A Monday morning, half an hour after opening: everything written is behind it.
pub fn now() -> Timestamp {
    opens_at()
}

async fn portions<T: Send + 'static>(
    store: &Store,
    mut rows: Vec<T>,
    write: fn(&mut Tx<'_>, &[T]) -> Result<(), StoreError>,
) -> Result<(), StoreError> {
    while !rows.is_empty() {
        let rest = rows.split_off(rows.len().min(ROWS));
        store.write(move |tx| write(tx, &rows)).await?;
        rows = rest;
    }
    Ok(())
}
